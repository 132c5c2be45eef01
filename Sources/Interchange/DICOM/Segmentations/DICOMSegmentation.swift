// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation

/// A DICOM SEG as it was read: its segments, and which frame shows which of them where.
///
/// Binary, fractional and label map segmentations; frames that were left out are empty.
struct DICOMSegmentation {
  static let sopClass = "1.2.840.10008.5.1.4.1.1.66.4"
  static let labelMapClass = "1.2.840.10008.5.1.4.1.1.66.7"

  /// One segment as the file declares it.
  struct Segment {
    let number: Int
    let label: String
    let meaning: SegmentMeaning?
  }

  /// What the voxels of frames are.
  enum Content: Equatable {
    /// One bit a voxel.
    case bits
    /// A share of the greatest value, of one segment a frame.
    case fractions(greatest: Int, isProbability: Bool)
    /// Numbers of segments, of 8 or 16 bits.
    case labels(bits: Int)
  }

  /// One frame: its place in the file, its segment (none in a label map) and its plane.
  struct Frame: Hashable {
    let index: Int
    let segment: Int
    let plane: Int
  }

  let path: String
  let file: DICOMFile
  let segments: [Segment]
  let content: Content
  let planes: SegmentationPlanes
  /// By segment, then plane.
  let frames: [Frame]
  let identity: LabelMap.Identity
  private let threshold: Double?
  private var doubts: [String] = []

  /// Reads all but the voxels.
  ///
  /// - Parameter threshold: the share from which a voxel of a fractional segmentation counts.
  /// - Throws: `InputError` naming the tag.
  init(path: String, threshold: Double?) throws(InputError) {
    self.path = path
    self.threshold = threshold
    file = try DICOMFile(path: path)
    let data = file.dataset
    content = try Self.content(data, path)
    segments = try Self.segments(data, path)
    if let note = file.charsetNote { doubts.append(note) }
    let groups = try FrameGroups(data, path)
    planes = try SegmentationPlanes(data, groups, path)
    doubts += planes.doubts
    frames = try Self.frames(groups, planes, segments, isLabelMap: content.isLabelMap, path)
    identity = LabelMap.Identity(
      patientID: try data.patientID(path), frameOfReference: data.string(.frameOfReferenceUID),
      studyDay: data.day(.studyDate), instance: data.string(.sopInstanceUID))
    if segments.contains(where: { segment in frames.contains { $0.segment == segment.number } }) == false,
      !content.isLabelMap
    {
      doubts.append("no frame shows any segment")
    }
  }

  /// The segments with their voxels.
  ///
  /// - Throws: `InputError` for pixel data that do not fit, and for fractions without a threshold.
  func map() throws(InputError) -> LabelMap {
    var doubts = doubts
    let grid = try planes.placement.grid()
    if let doubt = planes.placement.leaningDoubt(grid) { doubts.append(doubt) }
    let voxels = try SegmentVoxels(self, threshold: threshold)
    doubts += voxels.doubts
    let names = Dictionary(uniqueKeysWithValues: segments.map { ($0.number, $0.label) })
    let meanings = Dictionary(uniqueKeysWithValues: segments.map { ($0.number, $0.meaning) })
    let labels = voxels.sets.filter { $0.value.count > 0 }.sorted { $0.key < $1.key }.map {
      LabelMap.Label(value: $0.key, voxels: $0.value, meaning: meanings[$0.key] ?? nil)
    }
    for label in labels where names[label.value] == nil {
      doubts.append("voxels of segment \(label.value), which the file does not declare")
    }
    return LabelMap(
      path: path, grid: grid, labels: labels, names: names, doubts: doubts, identity: identity)
  }

  // MARK: Reading

  private static func content(_ data: DICOMItem, _ path: String) throws(InputError) -> Content {
    func broken(_ tag: DICOMTag, _ message: String, _ advice: String) -> InputError {
      InputError(file: path, place: tag.text, message, advice: advice)
    }
    guard let type = data.string(.segmentationType) else {
      throw broken(.segmentationType, "is absent, so what the voxels are is not known", "export it again")
    }
    let bits = data.unsigned(.bitsAllocated) ?? 0
    guard data.unsigned(.samplesPerPixel) ?? 1 == 1 else {
      throw broken(.samplesPerPixel, "is not 1: colours are no segmentation", "export the segmentation")
    }
    switch type {
    case "BINARY":
      guard bits == 1 else {
        throw broken(.bitsAllocated, "is \(bits) in a binary segmentation, 1 is expected", "export it again")
      }
      return .bits
    case "FRACTIONAL":
      guard bits == 8 else {
        throw broken(
          .bitsAllocated, "is \(bits) in a fractional segmentation, 8 is expected", "export it again")
      }
      guard let greatest = data.unsigned(.maximumFractionalValue), (1...255).contains(greatest) else {
        throw broken(
          .maximumFractionalValue, "is absent or not 1 to 255, so what a value means is not known",
          "export it again")
      }
      return .fractions(
        greatest: greatest, isProbability: data.string(.segmentationFractionalType) == "PROBABILITY")
    case "LABELMAP":
      guard bits == 8 || bits == 16 else {
        throw broken(.bitsAllocated, "is \(bits) in a label map, 8 or 16 is expected", "export it again")
      }
      return .labels(bits: bits)
    default:
      throw broken(
        .segmentationType, "is \(QuotedCell.words(type)), not BINARY, FRACTIONAL or LABELMAP",
        "export it as one of these")
    }
  }

  private static func segments(_ data: DICOMItem, _ path: String) throws(InputError) -> [Segment] {
    guard let items = data.items(.segmentSequence), !items.isEmpty else {
      throw InputError(
        file: path, place: DICOMTag.segmentSequence.text, "declares no segment", advice: "export it again")
    }
    guard items.count <= LabelMap.mostLabels else {
      throw InputError(
        file: path, place: DICOMTag.segmentSequence.text,
        "declares \(items.count) segments, more than any segmentation has", advice: "export it again")
    }
    var found: [Segment] = []
    var numbers: Set<Int> = []
    for item in items {
      guard let number = item.unsigned(.segmentNumber) else {
        throw InputError(
          file: path, place: DICOMTag.segmentNumber.text, "a segment has no number", advice: "export it again"
        )
      }
      guard numbers.insert(number).inserted else {
        throw InputError(
          file: path, place: DICOMTag.segmentNumber.text, "two segments have the number \(number)",
          advice: "export it again")
      }
      // A label map declares its background as a segment.
      if number == 0 { continue }
      let meaning = Self.meaning(item)
      let label = item.string(.segmentLabel).map(NameLength.shortened)
      found.append(
        Segment(number: number, label: label ?? meaning?.words ?? "Segment_\(number)", meaning: meaning))
    }
    return found
  }

  private static func meaning(_ item: DICOMItem) -> SegmentMeaning? {
    guard let type = item.items(.segmentedPropertyTypeCodeSequence)?.first, let code = CodedConcept(type)
    else { return nil }
    let region = item.items(.anatomicRegionSequence)?.first
    return SegmentMeaning(
      type: code,
      modifiers: (type.items(.segmentedPropertyTypeModifierCodeSequence) ?? []).compactMap(CodedConcept.init),
      region: region.flatMap(CodedConcept.init),
      regionModifiers: (region?.items(.anatomicRegionModifierSequence) ?? []).compactMap(CodedConcept.init))
  }

  private static func frames(
    _ groups: FrameGroups, _ planes: SegmentationPlanes, _ segments: [Segment], isLabelMap: Bool,
    _ path: String
  ) throws(InputError) -> [Frame] {
    let known = Set(segments.map(\.number))
    var frames: [Frame] = []
    for index in 0..<groups.count {
      var segment = 0
      if !isLabelMap {
        guard
          let number = groups.item(.segmentIdentificationSequence, index)?.unsigned(
            .referencedSegmentNumber)
        else {
          throw InputError(
            file: path, place: "frame \(index + 1)", "does not say which segment it shows",
            advice: "export it again")
        }
        guard known.contains(number) else {
          throw InputError(
            file: path, place: "frame \(index + 1)", "shows segment \(number), which is not declared",
            advice: "export it again")
        }
        segment = number
      }
      frames.append(Frame(index: index, segment: segment, plane: planes.planeOfFrame[index]))
    }
    frames.sort { ($0.segment, $0.plane, $0.index) < ($1.segment, $1.plane, $1.index) }
    for (a, b) in zip(frames, frames.dropFirst()) where a.segment == b.segment && a.plane == b.plane {
      throw InputError(
        file: path, place: "frames \(a.index + 1) and \(b.index + 1)",
        "show one \(isLabelMap ? "plane" : "segment in one plane") twice; which of them holds cannot be known",
        advice: "export it again, one image or time point a file")
    }
    return frames
  }
}

extension DICOMSegmentation.Content {
  fileprivate var isLabelMap: Bool { if case .labels = self { true } else { false } }
}

extension DICOMTag {
  static let samplesPerPixel = DICOMTag(0x0028, 0x0002)
  static let segmentationType = DICOMTag(0x0062, 0x0001)
  static let segmentSequence = DICOMTag(0x0062, 0x0002)
  static let segmentNumber = DICOMTag(0x0062, 0x0004)
  static let segmentLabel = DICOMTag(0x0062, 0x0005)
  static let segmentIdentificationSequence = DICOMTag(0x0062, 0x000A)
  static let referencedSegmentNumber = DICOMTag(0x0062, 0x000B)
  static let maximumFractionalValue = DICOMTag(0x0062, 0x000E)
  static let segmentedPropertyTypeCodeSequence = DICOMTag(0x0062, 0x000F)
  static let segmentationFractionalType = DICOMTag(0x0062, 0x0010)
  static let segmentedPropertyTypeModifierCodeSequence = DICOMTag(0x0062, 0x0011)
  static let anatomicRegionSequence = DICOMTag(0x0008, 0x2218)
  static let anatomicRegionModifierSequence = DICOMTag(0x0008, 0x2220)
}
