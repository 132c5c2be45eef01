// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation

extension CaseImport {
  /// Brings what a patient file says into a case.
  func add(patientFile path: String, to result: inout PatientCase) throws {
    try add(try PatientFileReader.read(path), of: path, to: &result)
  }

  /// Brings what was read of a patient into a case.
  func add(_ file: PatientFile, of path: String, to result: inout PatientCase) throws {
    result.warnings += file.warnings
    if let told = file.patientID {
      if let known = result.patientID, known != told {
        throw InputError(
          file: path, "is about patient \(told), the other files about \(known)",
          advice: "check that the files belong together")
      }
      result.patientID = told
    }
    result.patient = file.record
    result.earlierCourses += file.courses
    let ids = result.lesions.map(\.id)
    for therapy in file.record.priorTherapies ?? [] {
      guard let lesion = therapy.lesion, !ids.contains(lesion) else { continue }
      throw InputError(
        file: path, "a prior therapy names lesion \(lesion), which the case does not have",
        advice: Suggestion.nearest(to: lesion, among: ids).map { "did you mean \($0)?" }
          ?? "for a lesion that is gone give site and side instead")
    }
  }
}
