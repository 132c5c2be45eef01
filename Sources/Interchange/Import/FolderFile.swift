// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// One file of a patient's folder: what it is by its content, and whose and of when it is where it says so.
struct FolderFile {
  /// What a file can be used for.
  enum Use: Equatable {
    case structureSet, dose, plan, segmentation, labelMap, ctImage, niftiImage, measurements, lesionList
    case patientFile
    /// Not used, with why.
    case none(String)
  }

  let path: String
  var use: Use
  /// What DICOM says; empty for other files.
  var patientID: String?
  var study: String?
  var studyDay: String?
  var frame: String?
  var series: String?
  var instance: String?
  /// The SOP instances that it names: a dose its plans.
  var references: [String] = []
  /// The series that a structure set or segmentation was drawn on.
  var drawnOn: [String] = []
  /// Whether one object holds many planes.
  var isMultiFrame = false

  /// Looks at a file.
  init(_ path: String) {
    self.path = path
    use = .none("not recognised")
    switch FileKind(path) {
    case .dicom: readDICOM()
    case .nifti: use = Self.isImage(path) ? .niftiImage : .labelMap
    case .nrrd: readNRRD()
    case .empty: use = .none("empty")
    case .archive where Workbook.isWorkbook(path): use = .lesionList
    case .compressed, .archive: use = .none("packed: unpack it first")
    case .pdf: use = .none("PDF")
    case .missing, .folder: use = .none("cannot be read")
    case .slicerFiducials:
      use =
        (try? SlicerPoints.table(path)) != nil
        ? .lesionList
        : .none("Slicer's markups that are neither points nor lines, or name no coordinate system")
    case .other: readText()
    }
  }

  private mutating func readDICOM() {
    let file: DICOMFile
    do { file = try DICOMFile(path: path, headOnly: true) } catch {
      // Of a folder of slices one may be damaged; what is used is read again and refused there.
      use = .none(error.message)
      return
    }
    let data = file.dataset
    patientID = data.string(.patientID)
    study = data.string(.studyInstanceUID)
    studyDay = data.day(.studyDate)
    series = data.string(.seriesInstanceUID)
    instance = data.string(.sopInstanceUID)
    frame = data.string(.frameOfReferenceUID)
    let modality = data.string(.modality)
    switch FileKind.dicomClass(sopClass: data.string(.sopClassUID), modality: modality) {
    case .structureSet: readStructureSet(data)
    case .segmentation:
      use = .segmentation
      drawnOn = (data.items(.referencedSeriesSequence) ?? []).compactMap { $0.string(.seriesInstanceUID) }
    case .structuredReport:
      let title = CodedConcept(data, .conceptNameCodeSequence)
      use =
        title?.scheme == "DCM" && title?.value == "126000"
        ? .measurements
        : .none("a structured report of another kind (\(title?.meaning ?? "without a title"))")
    case .ctImage:
      let type = data.string(.imageType) ?? ""
      let unit = data.string(.rescaleType) ?? "HU"
      use =
        type.contains("LOCALIZER")
        ? .none("a scout image")
        : ["HU", "US"].contains(unit) ? .ctImage : .none("a map in other units than HU, no CT")
      // One series that cannot be read must not cost the rest of the folder.
      if use == .ctImage, let cosines = try? data.decimals(.imageOrientationPatient), cosines.count == 6,
        max(abs(cosines[2]), abs(cosines[5])) > GridPlacement.leaningTolerance
      {
        use = .none("a CT image that is not axial, or of a tilted gantry: resample it")
      }
      isMultiFrame = data.items(.perFrameFunctionalGroupsSequence) != nil
    case .other(let words):
      switch modality {
      case "RTDOSE":
        use = .dose
        references = (data.items(.referencedRTPlanSequence) ?? []).compactMap {
          $0.string(.referencedSOPInstanceUID)
        }
      case "RTPLAN": use = .plan
      // A structure set without a SOP class, as some converters leave it.
      case "RTSTRUCT": readStructureSet(data)
      default: use = .none("\(words): nothing is read from it")
      }
    }
  }

  private mutating func readStructureSet(_ data: DICOMItem) {
    use = .structureSet
    let declared = data.items(.structureSetROISequence) ?? []
    frame = declared.lazy.compactMap { $0.string(.referencedFrameOfReferenceUID) }.first ?? frame
    for item in data.items(.referencedFrameOfReferenceSequence) ?? [] {
      for study in item.items(.rtReferencedStudySequence) ?? [] {
        drawnOn += (study.items(.rtReferencedSeriesSequence) ?? []).compactMap {
          $0.string(.seriesInstanceUID)
        }
      }
    }
  }

  /// Slicer's segmentations name their segments; of other NRRD files whole numbers without a sign are labels.
  private mutating func readNRRD() {
    guard let readable = try? PipeContents.readable(path),
      let header = try? NRRDHeader(path: path, readable: readable)
    else {
      use = .none("NRRD that cannot be read")
      return
    }
    let isUnsigned = [
      "uchar", "unsigned char", "uint8", "uint8_t", "ushort", "unsigned short", "uint16", "uint16_t",
    ]
    use =
      header.values["Segment0_ID"] != nil || header.values["Segment0_Name"] != nil
        || isUnsigned.contains(header.fields["type"]?.lowercased() ?? "")
      ? .labelMap : .none("an image in NRRD: --labels FILE if it holds labels")
  }

  /// Whether a NIfTI holds an image rather than labels: it goes below zero, as a CT does where air is.
  private static func isImage(_ path: String) -> Bool {
    guard let file = try? NIfTIFile(path: path), file.mayBeNegative else { return false }
    return file.hasNegative(amongFirst: 1 << 22)
  }

  private mutating func readText() {
    switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "csv", "tsv":
      use = LesionListColumns.areLesions(path) ? .lesionList : .none("a table without lesions, by its header")
    case "yaml", "yml": use = .patientFile
    case "json":
      switch JSONKind(path) {
      case .rows: use = .lesionList
      case .ours(let schema): use = .none("\(schema), a file of this program")
      case .unreadable: use = .none("not JSON that can be read")
      case .other: use = .none("JSON: say what it is, --lesions FILE or --patient FILE")
      }
    case "txt": use = .none("text: a histogram of an earlier course is given with --dvh FILE,fractions=N")
    default: break
    }
  }
}

extension DICOMTag {
  static let referencedFrameOfReferenceSequence = DICOMTag(0x3006, 0x0010)
  static let rtReferencedStudySequence = DICOMTag(0x3006, 0x0012)
  static let rtReferencedSeriesSequence = DICOMTag(0x3006, 0x0014)
  static let referencedSeriesSequence = DICOMTag(0x0008, 0x1115)
}
