// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry

/// Which of several dose files are one plan's dose given twice: it would count twice.
struct RepeatedDoses {
  /// What tells one dose from another.
  struct Entry {
    let file: String
    /// The file's own SOP Instance UID.
    let instance: String?
    /// The plans it belongs to; empty where the file does not say.
    let plans: [String]
    let summation: DoseSummation
    /// In the case's frame.
    let grid: DoseGrid
    /// As the file has it.
    let stored: DoseGrid
  }

  private let entries: [Entry]

  init(_ entries: [Entry]) { self.entries = entries }

  /// Refuses what would count twice, whatever grid, scale or kind of sum it comes in.
  ///
  /// Beams of one plan are its parts, and their sum is checked where it is made; only the same beam twice is refused.
  ///
  /// - Throws: `InputError` naming both files.
  func check(_ warnings: inout [String]) throws(InputError) {
    for (index, dose) in entries.enumerated() {
      for other in entries[..<index] {
        if let reason = Self.reason(dose, other) {
          throw InputError(
            file: dose.file, "\(reason) as \(other.file)",
            advice: "give the dose of each plan once: it would count twice")
        }
        if let likeness = Self.likeness(dose, other), likeness.hasShape {
          warnings.append(
            "\(dose.file) and \(other.file) belong to different plans, but one is \(Self.words(likeness.factor)) times the other everywhere; are they two courses by the same beams?"
          )
        }
      }
    }
  }

  /// Why two doses are one; `nil` where they are two, or nothing tells.
  private static func reason(_ a: Entry, _ b: Entry) -> String? {
    if let instance = a.instance, instance == b.instance { return "is the same dose" }
    if a.stored == b.stored, a.stored.gray.contains(where: { $0 != 0 }) { return "is the same dose" }
    let shared = !Set(a.plans).isDisjoint(with: b.plans)
    guard a.summation.isWholePlan, b.summation.isWholePlan else { return nil }
    if shared {
      return a.summation == b.summation
        ? "is of the same plan"
        : "is the \(a.summation.rawValue) dose of a plan whose \(b.summation.rawValue) dose is given as well, the same dose"
    }
    guard let likeness = a.grid.likeness(to: b.grid) else { return unnamedSum(a, b) }
    if likeness.isEqual { return "holds the same values" }
    // Two plans may well use the same beams one after the other; a plan nobody names may be the same one rescaled.
    if likeness.hasShape, a.plans.isEmpty || b.plans.isEmpty {
      return "holds \(words(1 / likeness.factor)) times the same values"
    }
    return unnamedSum(a, b)
  }

  /// A sum of plans that does not name them may hold the other dose.
  private static func unnamedSum(_ a: Entry, _ b: Entry) -> String? {
    guard a.plans.isEmpty && a.summation == .multiPlan || b.plans.isEmpty && b.summation == .multiPlan else {
      return nil
    }
    return "is, or stands beside, a MULTI_PLAN dose that names no plans and may hold the same dose"
  }

  private static func likeness(_ a: Entry, _ b: Entry) -> DoseLikeness? {
    guard a.summation.isWholePlan, b.summation.isWholePlan, !a.plans.isEmpty, !b.plans.isEmpty else {
      return nil
    }
    return a.grid.likeness(to: b.grid)
  }

  private static func words(_ factor: Double) -> String {
    let rounded = (factor * 100).rounded() / 100
    return StatementParser.plain(rounded)
  }
}
