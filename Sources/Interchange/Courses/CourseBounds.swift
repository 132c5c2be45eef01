// SPDX-License-Identifier: Apache-2.0
internal import Quantities

/// The bounds of what is told of a course, wherever it is told: by options, in a plan, a patient file, a histogram's
/// text or a case.
///
/// They part a slip of unit or a damaged file from a course; heuristics without a source, and none is a limit of therapy.
enum CourseBounds {
  /// The fractions of one course.
  static let fractions = 1...100
  /// A prescription or a greatest dose of one course, in gray: beyond it lies centigray called gray.
  static let mostGray = 200.0
  /// How long ago a course was, in months.
  static let monthsAgo = 0.0...900
  /// A prescription isodose: less than a third of the greatest dose is not in use; a slip of the pen is.
  static let isodosePercent = 30.0...100
  /// The volume of an organ in cubic centimetres: no body has more.
  static let mostCC = 500_000.0

  /// A number of fractions as text; `nil` for what is none.
  static func fractions(_ text: String) -> Int? { Int(text).flatMap { fractions.contains($0) ? $0 : nil } }

  /// A dose in gray; `nil` for what is none, is zero, or lies beyond the bound.
  static func dose(_ gray: Double) -> AbsorbedDose? {
    gray > 0 && gray <= mostGray ? .gray(gray) : nil
  }

  /// A dose in gray as text; `nil` for what is none.
  static func dose(_ text: String) -> AbsorbedDose? { Double(text).flatMap(dose) }

  /// A volume in cubic centimetres; `nil` for what is none.
  static func volume(_ cc: Double) -> Volume? { cc > 0 && cc <= mostCC ? .cubicCentimeters(cc) : nil }
}
