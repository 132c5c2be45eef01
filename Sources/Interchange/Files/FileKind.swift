// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What a file is by its content, for refusals that say so instead of what it is not.
enum FileKind: Equatable {
  case missing, empty, folder(dicomFiles: Int)
  case dicom(DICOMClass)
  case nifti, nrrd, compressed, archive, pdf
  case slicerFiducials
  /// Anything else.
  case other

  /// What a DICOM object is, as far as it matters here.
  enum DICOMClass: Equatable {
    case structureSet, segmentation, structuredReport, ctImage
    /// Anything else, in words.
    case other(String)

    /// With its article.
    var words: String {
      switch self {
      case .structureSet: "a DICOM RT Structure Set"
      case .segmentation: "a DICOM segmentation (SEG)"
      case .structuredReport: "a DICOM structured report (SR)"
      case .ctImage: "a DICOM CT image"
      case .other(let words): words
      }
    }
  }

  /// What was wanted of a file.
  enum Wanted { case lesionList, structureSet, labelMap }

  /// Looks at a file's first bytes, and at a DICOM file's class.
  init(_ path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      self = .missing
      return
    }
    guard !isFolder.boolValue else {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let files = names.filter {
        Self.head(URL(fileURLWithPath: path).appendingPathComponent($0).path).isDICOM
      }
      self = .folder(dicomFiles: files.count)
      return
    }
    // A pipe's bytes are there once only.
    let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    guard type == .typeRegular || type == .typeSymbolicLink else {
      self = .other
      return
    }
    let head = Self.head(path)
    if head.isEmpty {
      self = .empty
    } else if head.isDICOM {
      self = .dicom(Self.dicomClass(path))
    } else if head.starts(with: [0x1F, 0x8B]) {
      self = path.lowercased().hasSuffix(".nii.gz") ? .nifti : .compressed
    } else if head.starts(with: "PK\u{3}\u{4}".utf8) {
      self = .archive
    } else if head.starts(with: "%PDF".utf8) {
      self = .pdf
    } else if head.starts(with: "NRRD".utf8) {
      self = .nrrd
    } else if head.count >= 348, ["n+1", "n+2"].contains(String(decoding: head[344..<347], as: UTF8.self)) {
      self = .nifti
    } else if head.starts(with: "# Markups fiducial".utf8) || Self.isMarkups(head, path) {
      self = .slicerFiducials
    } else {
      self = .other
    }
  }

  /// The refusal of a file that is plainly something else than was wanted; `nil` where it may be that.
  func refusal(_ path: String, wanted: Wanted) -> InputError? {
    switch self {
    case .missing, .empty, .other: return nil
    case .folder(let dicomFiles):
      guard wanted != .labelMap, dicomFiles > 0 else { return nil }
      return InputError(
        file: path, "is a folder of \(dicomFiles) DICOM files, a file is expected",
        advice: wanted == .structureSet
          ? "give the RT Structure Set itself; image series are not read" : Self.listAdvice)
    case .dicom(let found):
      guard wanted != .lesionList || found != .structuredReport else { return nil }
      guard wanted != .structureSet, wanted != .labelMap || found != .segmentation else { return nil }
      return InputError(
        file: path, "is \(found.words)",
        advice: wanted == .lesionList
          ? Self.listAdvice : "give the segmentation as NIfTI (.nii.gz), NRRD or DICOM SEG")
    case .nifti: return wanted == .labelMap ? nil : refused(path, "a NIfTI image", wanted)
    case .nrrd: return wanted == .labelMap ? nil : refused(path, "an NRRD image", wanted)
    case .compressed: return wanted == .labelMap ? nil : refused(path, "a compressed file", wanted)
    case .archive: return refused(path, "a spreadsheet or an archive", wanted)
    case .pdf: return refused(path, "a PDF", wanted)
    case .slicerFiducials:
      guard wanted != .lesionList else { return nil }
      return InputError(
        file: path, "is a list of 3D Slicer's points", advice: "points and lines come with --lesions")
    }
  }

  private func refused(_ path: String, _ what: String, _ wanted: Wanted) -> InputError {
    InputError(
      file: path, "is \(what)",
      advice: {
        switch wanted {
        case .lesionList: Self.listAdvice
        case .structureSet: "give a DICOM RT Structure Set; label maps (NIfTI, NRRD) come with --labels"
        case .labelMap: "give the label map as NIfTI (.nii or .nii.gz), NRRD or DICOM SEG"
        }
      }())
  }

  private static let listAdvice =
    "a lesion list is a CSV, TSV or JSON file, one row a lesion, a spreadsheet (XLSX), a DICOM SR (TID 1500), or Slicer's points"

  /// The first bytes of a file; empty where it cannot be read.
  private static func head(_ path: String) -> [UInt8] {
    var status = stat()
    // A pipe in a folder would wait for its writer.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = try? Descriptor.reading(path), let bytes = try? file.piece(of: path, 4096)
    else { return [] }
    return bytes
  }

  private static func isMarkups(_ head: [UInt8], _ path: String) -> Bool {
    let text = String(decoding: head, as: UTF8.self)
    return text.contains("markups-schema")
      || (path.lowercased().hasSuffix(".mrk.json") && text.contains("\"markups\""))
  }

  private static func dicomClass(_ path: String) -> DICOMClass {
    guard let file = try? DICOMFile(path: path, headOnly: true) else {
      return .other("a DICOM file that is damaged or cut short")
    }
    return dicomClass(
      sopClass: file.dataset.string(.sopClassUID), modality: file.dataset.string(.modality))
  }

  /// What a DICOM object is by its SOP class.
  static func dicomClass(sopClass: String?, modality: String?) -> DICOMClass {
    switch sopClass {
    case RTStructureSet.sopClass: .structureSet
    case DICOMSegmentation.sopClass, DICOMSegmentation.labelMapClass: .segmentation
    case "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1": .ctImage
    case let known? where known.hasPrefix("1.2.840.10008.5.1.4.1.1.88."): .structuredReport
    default: .other(words(sopClass: sopClass, modality: modality))
    }
  }

  /// A DICOM object in words, by its SOP class (PS3.6 table A-1), else its modality.
  static func words(sopClass: String?, modality: String?) -> String {
    let storage = "1.2.840.10008.5.1.4.1.1."
    if let sopClass, sopClass.hasPrefix(storage) {
      let rest = String(sopClass.dropFirst(storage.count))
      if let known = classes[rest] { return known }
      if rest.hasPrefix("88.") { return "a DICOM structured report (SR)" }
    }
    return "a DICOM object of modality \(modality ?? "unknown")"
  }

  private static let classes = [
    "2": "a DICOM CT image", "2.1": "a DICOM CT image", "4": "a DICOM MR image", "4.1": "a DICOM MR image",
    "128": "a DICOM PET image", "7": "a DICOM secondary capture", "66.4": "a DICOM segmentation (SEG)",
    "66.7": "a DICOM label map segmentation (SEG)", "66.5": "a DICOM surface segmentation",
    "66.1": "a DICOM spatial registration", "66.3": "a DICOM deformable registration",
    "104.1": "a DICOM encapsulated PDF", "481.2": "a DICOM RT Dose", "481.3": "a DICOM RT Structure Set",
    "481.5": "a DICOM RT Plan", "481.8": "a DICOM RT Ion Plan", "481.1": "a DICOM RT image",
    "11.1": "a DICOM presentation state",
  ]
}

extension [UInt8] {
  fileprivate var isDICOM: Bool { count >= 132 && self[128..<132].elementsEqual("DICM".utf8) }
}
