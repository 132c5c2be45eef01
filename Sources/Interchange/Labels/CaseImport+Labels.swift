// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

extension CaseImport {
  /// Adds what label maps hold to what was drawn.
  ///
  /// - Parameters:
  ///   - inputs: the maps in the order they were given.
  ///   - regions: the names of all ROIs, to which those of all labels are added.
  ///   - segments: the lesions of segments, by which reports name them.
  /// - Returns: the files that were read.
  func add(
    _ inputs: [LabelMapInput], to result: inout PatientCase, _ regions: inout RegionNames,
    _ parts: inout PartLedger, _ segments: inout [SegmentReference: [String]]
  ) throws -> [String] {
    var files: [String] = []
    for input in inputs {
      let assembled = try LabelMapAssembly(input, choice: choice, threshold: labelThreshold)
      try agree(on: assembled.identities, &result)
      if assembled.isEmpty {
        throw InputError(
          file: input.path, "holds no labelled voxel", advice: "give a segmentation that found something")
      }
      for lesion in assembled.lesions where result.lesions.contains(where: { $0.id == lesion.id }) {
        throw InputError(
          file: input.path, place: "label \(lesion.id)", "a lesion of this name was imported already",
          advice: "rename one of them, or import each lesion from one file")
      }
      result.warnings += assembled.warnings
      let earlier = result.structures
      for structure in assembled.structures {
        guard let known = earlier.first(where: { $0.name.tg263 == structure.name.tg263 }) else {
          result.structures.append(structure)
          continue
        }
        guard structure.name.role != .other || structure.name.tg263 != structure.sourceName else {
          result.warnings.append(
            "\(FileAccess.name(of: input.path)): \(known.sourceName) is there twice; both are kept")
          result.structures.append(structure)
          continue
        }
        // Two bodies under one name would let chance decide which is measured.
        result.warnings.append(
          "\(FileAccess.name(of: input.path)): \(structure.sourceName) was left out, since \(known.name.tg263) was imported already from \"\(known.sourceName)\" (\(Self.volume(structure)) against \(Self.volume(known)))"
        )
      }
      result.warnings += Self.sharedNames(assembled.structures, input.path)
      result.lesions += assembled.lesions
      result.targets += assembled.targets
      for name in assembled.names { regions.add(name, sourceName: name) }
      parts.add(assembled.parts)
      segments.merge(assembled.segmentLesions) { first, _ in first }
      files += assembled.files
    }
    guard let first = inputs.first else { return [] }
    if endCap != .half {
      result.warnings.append(
        "--end-cap \(endCap.rawValue) does not hold for label maps: a voxel is as thick as it is (half)")
    }
    if gapPolicy == .bridged {
      result.warnings.append("--bridge-gaps does not hold for label maps: a plane without voxels stays empty")
    }
    let placeless = inputs.filter { !Self.isSegmentation($0.path) }
    if let first = placeless.first, result.frameOfReference != nil {
      result.warnings.append(
        "\(FileAccess.name(of: first.path))\(placeless.count > 1 ? " and the other label maps name" : " names") no DICOM frame of reference: its coordinates are taken for those of \(FileAccess.name(of: (structureSets + inputs.map(\.path).filter(Self.isSegmentation))[0]))"
      )
    }
    if result.lesions.isEmpty, lesionLists.isEmpty, structureSets.isEmpty {
      result.warnings.append(
        "\(FileAccess.name(of: first.path)): no label was taken for a lesion (--lesion-roi NAME decides otherwise)"
      )
    }
    return files
  }

  /// Whether a path is that of a DICOM SEG.
  static func isSegmentation(_ path: String) -> Bool {
    guard case .dicom(.segmentation) = FileKind(path) else { return false }
    return true
  }

  /// Holds what DICOM segmentations and images say of patient and frame against what is known.
  func agree(
    on identities: [(file: String, identity: LabelMap.Identity)], _ result: inout PatientCase
  ) throws(InputError) {
    for (file, identity) in identities {
      try agree(on: identity.patientID, file: file, &result)
      if let wanted = listOptions.patientID, let known = result.patientID, wanted != known {
        throw InputError(
          file: file, "is about patient \(known), not \(wanted) as --patient-id says",
          advice: "check that the files belong together")
      }
      if let frame = identity.frameOfReference {
        if let known = result.frameOfReference, frame != known {
          throw InputError(
            file: file, place: DICOMTag.frameOfReferenceUID.text,
            "lies in another frame of reference (\(frame)) than what was read before it (\(known))",
            advice: "frames are never mixed without a registration; import it as a case of its own")
        }
        result.frameOfReference = frame
      }
      if let day = identity.studyDay {
        if let drawn = result.newestScan, drawn != day {
          result.warnings.append(
            "\(FileAccess.name(of: file)) is of \(day), what was imported before it of \(drawn): are both the same disease at one time?"
          )
        }
        result.sawScan(on: day)
      }
    }
  }

  /// A choice that names nothing there is a slip of the pen.
  func check(_ choice: RegionOfInterestChoice, against regions: RegionNames) throws(InputError) {
    for name in choice.names.sorted() where regions.meaning(of: name) == .none {
      throw InputError(
        file: structureSets.first ?? labelMaps.first?.path ?? "import",
        "has no ROI or label named \(name)",
        advice: regions.entries.isEmpty
          ? "give --structures or --labels"
          : "there are: " + regions.entries.map(\.id).joined(separator: ", "))
    }
  }

  private static func volume(_ structure: Structure) -> String {
    String(format: "%.1f cc", structure.solid.volume.cubicCentimeters)
  }

  /// Labels of one map that mean one structure are parts of it: all are kept, and the nearest counts.
  private static func sharedNames(_ structures: [Structure], _ path: String) -> [String] {
    Dictionary(grouping: structures, by: \.name.tg263).filter { $0.value.count > 1 }
      .sorted { $0.key < $1.key }.map { name, parts in
        "\(FileAccess.name(of: path)): \(parts.map(\.sourceName).joined(separator: " and ")) are all \(name); the nearest counts"
      }
  }
}
