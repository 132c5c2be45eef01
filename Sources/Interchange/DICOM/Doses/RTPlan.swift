// SPDX-License-Identifier: Apache-2.0
internal import Quantities

/// What an RT Plan says about a course: fractions, prescription and date.
///
/// Beams are not read.
struct RTPlan {
  static let sopClasses: Set<String> = ["1.2.840.10008.5.1.4.1.1.481.5", "1.2.840.10008.5.1.4.1.1.481.8"]

  let patientID: String?
  let instance: String?
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
    date = data.day(.rtPlanDate)
    var groups: [Int?] = []
    for item in data.items(.fractionGroupSequence) ?? [] {
      // Absent, or zero as some systems write for it: not told.
      guard let text = item.string(.numberOfFractionsPlanned), text != "0" else {
        groups.append(nil)
        continue
      }
      guard let count = CourseBounds.fractions(text) else {
        throw InputError(
          file: path, place: DICOMTag.numberOfFractionsPlanned.text,
          "is no number of fractions from \(CourseBounds.fractions.lowerBound) to \(CourseBounds.fractions.upperBound)",
          advice: "export the plan again")
      }
      groups.append(count)
    }
    if groups.count > 1 {
      warnings.append("the plan has \(groups.count) fraction groups; their fractions are added")
    }
    let told = groups.compactMap(\.self)
    let sum = told.reduce(0, +)
    guard told.isEmpty || CourseBounds.fractions.contains(sum) else {
      throw InputError(
        file: path, place: DICOMTag.numberOfFractionsPlanned.text,
        "its fraction groups have \(sum) fractions together, more than a course has",
        advice: "export the plan of one course")
    }
    fractions = groups.isEmpty || told.count < groups.count ? nil : sum
    var doses: [Double] = []
    for reference in data.items(.doseReferenceSequence) ?? [] {
      doses += try reference.decimals(.targetPrescriptionDose) ?? []
    }
    let levels = Set(doses.filter { $0 > 0 })
    if levels.count > 1 {
      warnings.append(
        "the plan prescribes \(levels.count) dose levels; the greatest counts as the prescription")
    }
    if let most = levels.max() {
      guard let dose = CourseBounds.dose(most) else {
        throw InputError(
          file: path, place: DICOMTag.targetPrescriptionDose.text,
          "is beyond \(Int(CourseBounds.mostGray)) Gy, more than a course gives",
          advice: "is it in centigray? export the plan again")
      }
      prescription = dose
    } else {
      prescription = nil
    }
    self.warnings = warnings
  }
}

extension DICOMTag {
  fileprivate static let rtPlanDate = DICOMTag(0x300A, 0x0006)
  fileprivate static let fractionGroupSequence = DICOMTag(0x300A, 0x0070)
  fileprivate static let numberOfFractionsPlanned = DICOMTag(0x300A, 0x0078)
  fileprivate static let doseReferenceSequence = DICOMTag(0x300A, 0x0010)
  fileprivate static let targetPrescriptionDose = DICOMTag(0x300A, 0x0026)
}
