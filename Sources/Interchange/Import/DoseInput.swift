// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import Quantities

/// A dose file and what the user says about it.
public struct DoseInput: Sendable, Hashable {
  /// The RTDOSE.
  public var path: String
  /// Its RTPLAN.
  public var plan: String?
  /// The number of fractions, where no plan says it.
  public var fractions: Int?
  /// The date, YYYY-MM-DD.
  public var date: String?
  /// The course's name.
  public var course: String?
  /// A Spatial Registration, a 4×4 matrix as text, or `identity`.
  public var registration: String?
  /// What 100 % of a RELATIVE dose is.
  public var prescription: AbsorbedDose?

  /// A dose file alone.
  public init(path: String) { self.path = path }

  /// The keys that may follow the file's name.
  static let keys = ["plan", "fractions", "date", "course", "registration", "prescription"]

  /// Reads `FILE,key=value…`; only trailing known keys are split off, so a file's name may hold commas.
  ///
  /// - Throws: `InputError` for a value that cannot be used.
  public init(argument: String) throws(InputError) {
    let (path, values) = try KeyedArgument.split(argument, keys: Self.keys)
    self.init(path: path)
    plan = values["plan"]
    course = values["course"]
    guard course != "" else {
      throw InputError(file: path, place: "course", "is empty", advice: "give it a name")
    }
    registration = values["registration"]
    if let text = values["fractions"] {
      guard let number = CourseBounds.fractions(text) else {
        throw InputError(
          file: path, place: "fractions", "\(text) is no number of fractions", advice: "1 to 100")
      }
      fractions = number
    }
    if let text = values["date"] {
      guard CourseDate.isDate(text) else {
        throw InputError(file: path, place: "date", "\(text) is no date", advice: "YYYY-MM-DD")
      }
      date = text
    }
    if let text = values["prescription"] {
      guard let dose = CourseBounds.dose(text) else {
        throw InputError(
          file: path, place: "prescription", "\(text) is no dose", advice: "a number of gray, up to 200")
      }
      prescription = dose
    }
  }

  /// The files it names.
  public var files: [String] {
    [path] + (plan.map { [$0] } ?? []) + (registration.map { $0 == "identity" ? [] : [$0] } ?? [])
  }
}
