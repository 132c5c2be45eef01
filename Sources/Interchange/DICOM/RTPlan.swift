internal import Quantities

/// What an RT Plan says about a course: fractions, prescription, label and date.
///
/// Beams are not read.
struct RTPlan {
  static let sopClasses: Set<String> = ["1.2.840.10008.5.1.4.1.1.481.5", "1.2.840.10008.5.1.4.1.1.481.8"]

  let patientID: String?
  let instance: String?
  let label: String?
  /// YYYY-MM-DD.
  let date: String?
  /// The fractions of all fraction groups; `nil` when a group does not say.
  let fractions: Int?
  /// The greatest target prescription dose.
  let prescription: AbsorbedDose?
  let warnings: [String]

  /// Reads a plan.
  ///
  /// - Throws: `InputError` when it is none.
  init(path: String) throws(InputError) {
    let file = try DICOMFile(path: path)
    let data = file.dataset
    let sopClass = data.string(.sopClassUID)
    guard sopClass.map({ Self.sopClasses.contains($0) }) ?? (data.string(.modality) == "RTPLAN") else {
      throw InputError(
        file: path, place: DICOMTag.sopClassUID.text,
        "is no RT Plan (\(data.string(.modality) ?? sopClass ?? "no SOP class"))", advice: "give the RTPLAN")
    }
    var warnings: [String] = []
    patientID = data.string(.patientID)
    instance = data.string(.sopInstanceUID)
    label = data.string(.rtPlanLabel)
    date = data.day(.rtPlanDate)
    let groups = (data.items(.fractionGroupSequence) ?? []).map {
      $0.string(.numberOfFractionsPlanned).flatMap(Int.init)
    }
    if groups.count > 1 {
      warnings.append("the plan has \(groups.count) fraction groups; their fractions are added")
    }
    fractions =
      groups.isEmpty || groups.contains { ($0 ?? 0) < 1 } ? nil : groups.reduce(0) { $0 + ($1 ?? 0) }
    var doses: [Double] = []
    for reference in data.items(.doseReferenceSequence) ?? [] {
      doses += try reference.decimals(.targetPrescriptionDose) ?? []
    }
    let levels = Set(doses.filter { $0 > 0 })
    if levels.count > 1 {
      warnings.append(
        "the plan prescribes \(levels.count) dose levels; the greatest counts as the prescription")
    }
    prescription = levels.max().map { .gray($0) }
    self.warnings = warnings
  }
}

extension DICOMTag {
  fileprivate static let rtPlanLabel = DICOMTag(0x300A, 0x0002)
  fileprivate static let rtPlanDate = DICOMTag(0x300A, 0x0006)
  fileprivate static let fractionGroupSequence = DICOMTag(0x300A, 0x0070)
  fileprivate static let numberOfFractionsPlanned = DICOMTag(0x300A, 0x0078)
  fileprivate static let doseReferenceSequence = DICOMTag(0x300A, 0x0010)
  fileprivate static let targetPrescriptionDose = DICOMTag(0x300A, 0x0026)
}
