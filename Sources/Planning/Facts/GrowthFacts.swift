// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Foundation
internal import Quantities

/// The shortest doubling time of all metastases, from dated earlier sizes.
///
/// A lesion that was treated is left out: scars mimic growth.
struct GrowthFacts {
  /// The patient's doubling time; `nil` where no lesion has an earlier size.
  let doublingTime: FactValue?
  /// The shortest doubling time that could be told, in days, and whether every lesion told one or did not grow.
  private let shortest: Double?
  private let isComplete: Bool
  /// Lesions that did not grow: their earlier diameter in millimetres, and the days since.
  private let still: [(earlier: Double, days: Double)]

  private let parameters: FactParameters

  /// Whether a stated doubling time cannot go with the dated sizes.
  func contradicts(_ told: ClosedRange<Double>) -> Bool {
    guard let shortest else {
      // Nothing grew: contradicted only where the stated time would have shown.
      return still.contains { lesion in
        let grown = lesion.earlier * exp2(lesion.days / (3 * told.upperBound))
        return grown - lesion.earlier >= parameters.growth.value.leastGrowth.millimeters
      }
    }
    // The shortest of all is at most the shortest that could be told.
    if told.lowerBound > shortest * (1 + parameters.doublingTolerance.value) { return true }
    return isComplete && told.upperBound < shortest * (1 - parameters.doublingTolerance.value)
  }

  /// What the dated sizes say.
  var words: String {
    guard let shortest else { return "none grew" }
    return "\(isComplete ? "" : "at most ")\(Int(shortest.rounded())) days"
  }

  /// Why lesions with an earlier size have no doubling time, in words.
  let warnings: [String]

  init(_ tables: [String: FactTable], order: [String], by parameters: FactParameters) {
    self.parameters = parameters
    var shortest: (lesion: String, days: Double)?
    var open: [String] = []
    var warnings: [String] = []
    var hasAny = false
    var still: [(earlier: Double, days: Double)] = []
    for id in order {
      guard let facts = tables[id] else { continue }
      if let treated = facts.word(.priorTherapyHere), treated != "none" { continue }
      guard let rate = Self.rate(facts, parameters.growth.value) else {
        open.append(id)
        let hasSize = (facts.number(.earlierLongestDiameter) ?? facts.number(.earlierVolume)) != nil
        if hasSize != (facts.number(.growthInterval) != nil) {
          warnings.append(
            hasSize
              ? "lesion \(id): an earlier size is reported, but not when it was measured (earlier_scan_date, scan_date)"
              : "lesion \(id): an interval is reported, but no earlier size")
        }
        continue
      }
      hasAny = true
      switch rate {
      case .doubling(let days):
        if days < shortest?.days ?? .infinity { shortest = (id, days) }
      case .noGrowth:
        if let earlier = facts.number(.earlierLongestDiameter), let days = facts.number(.growthInterval) {
          still.append((earlier, days))
        }
      case .indeterminate(let why):
        open.append(id)
        warnings.append("lesion \(id): no doubling time: \(why)")
      }
    }
    self.shortest = shortest?.days
    self.still = still
    isComplete = hasAny && open.isEmpty
    guard hasAny else {
      doublingTime = nil
      self.warnings = warnings
      return
    }
    guard case .number(_, let domain) = Fact.doublingTime.definition.kind, let shortest else {
      self.warnings = warnings
      doublingTime = .unknown(
        open.isEmpty
          ? "no metastasis grew between the dated scans"
          : "growth of the metastases is not known from the dated scans")
      return
    }
    guard shortest.days >= domain.lowerBound else {
      self.warnings =
        warnings + [
          "lesion \(shortest.lesion): doubling within a day is not plausible; check sizes and dates"
        ]
      doublingTime = .unknown("the dated sizes are not plausible")
      return
    }
    self.warnings = warnings
    let days = min(domain.upperBound, shortest.days)
    let source = "lesion \(shortest.lesion), sizes on two dated scans"
    // One that could not be told may double faster.
    doublingTime =
      open.isEmpty
      ? .number(days, .derived, source)
      : FactValue(
        .between(domain.lowerBound, days), origin: .derived,
        source: "\(source); unknown of \(open.joined(separator: ", "))")
  }

  /// The growth of one lesion; `nil` where no earlier size or no interval is told.
  static func rate(_ facts: FactTable, _ limits: GrowthLimits) -> GrowthRate? {
    guard let days = facts.number(.growthInterval) else { return nil }
    if let earlier = facts.number(.earlierVolume), let now = facts.number(.volume) {
      return .volumes(.cubicCentimeters(earlier), .cubicCentimeters(now), days: days, limits: limits)
    }
    guard let earlier = facts.number(.earlierLongestDiameter), let now = facts.number(.longestAxialDiameter)
    else { return nil }
    return .diameters(
      .millimeters(earlier), .millimeters(now), days: days,
      areStated: (true, facts[.longestAxialDiameter].origin != .measured), limits: limits)
  }
}
