// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Foundation

extension CaseImport {
  /// Adds the histograms of an earlier course.
  func add(_ input: DVHTextInput, to result: inout PatientCase) throws {
    let text = try DVHTextReader(path: input.path)
    try agree(on: text.patientID, file: input.path, &result)
    let name = input.course ?? FileAccess.name(of: input.path)
    if !text.ignored.isEmpty {
      result.warnings.append(
        "\(FileAccess.name(of: input.path)): \(text.ignored.joined(separator: ", ")): of no organ that limits are written for, left out"
      )
    }
    result.earlierCourses.append(
      EarlierCourse(
        name: name, fractions: input.fractions, date: input.date, record: .curves(text.curves),
        source: FileAccess.name(of: input.path)))
  }

  /// A course told twice would count twice.
  func checkCourseNames(_ result: PatientCase) throws(InputError) {
    var names = Set(result.doses.map(\.name))
    for course in result.earlierCourses where !names.insert(course.name).inserted {
      throw InputError(
        file: course.source, "a second course is named \(course.name)",
        advice: "one course must be told once; give different courses different names")
    }
  }
}
