// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What a file is by its content, for refusals that say so instead of what it is not.
enum FileKind: Equatable {
  case missing, empty, folder(dicomFiles: Int)
  /// A DICOM object, in words.
  case dicom(String)
  case nifti, nrrd, compressed, archive, pdf
  case slicerFiducials
  /// Anything else.
  case other

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
      self = .dicom(Self.dicomWords(path))
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
    case .dicom(let words):
      guard wanted != .structureSet else { return nil }
      return InputError(
        file: path, "is \(words)",
        advice: wanted == .lesionList
          ? Self.listAdvice : "give the label map as NIfTI (.nii.gz); DICOM segmentations are not read")
    case .nifti: return wanted == .labelMap ? nil : refused(path, "a NIfTI image", wanted)
    case .nrrd: return refused(path, "an NRRD image", wanted)
    case .compressed: return wanted == .labelMap ? nil : refused(path, "a compressed file", wanted)
    case .archive: return refused(path, "a spreadsheet or an archive", wanted)
    case .pdf: return refused(path, "a PDF", wanted)
    case .slicerFiducials:
      return InputError(
        file: path, "is a list of 3D Slicer's points, which are not read",
        advice:
          "write a lesion list with x_mm, y_mm, z_mm in LPS (Slicer shows RAS: x and y change their sign)")
    }
  }

  private func refused(_ path: String, _ what: String, _ wanted: Wanted) -> InputError {
    InputError(
      file: path, "is \(what)",
      advice: {
        switch wanted {
        case .lesionList: Self.listAdvice
        case .structureSet: "give a DICOM RT Structure Set; NIfTI label maps come with --labels"
        case .labelMap: "give the label map as NIfTI (.nii or .nii.gz)"
        }
      }())
  }

  private static let listAdvice = "a lesion list is a CSV, TSV or JSON file, one row a lesion"

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

  private static func dicomWords(_ path: String) -> String {
    guard let file = try? DICOMFile(path: path) else { return "a DICOM file that is damaged or cut short" }
    return words(sopClass: file.dataset.string(.sopClassUID), modality: file.dataset.string(.modality))
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
