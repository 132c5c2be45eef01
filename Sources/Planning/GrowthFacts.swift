internal import Cases
internal import Eligibility
internal import Quantities

/// The shortest doubling time of all metastases, from dated earlier sizes.
///
/// A lesion that was treated is left out: scars mimic growth.
struct GrowthFacts {
  /// The patient's doubling time; `nil` where no lesion has an earlier size.
  let doublingTime: FactValue?
  /// Why lesions with an earlier size have no doubling time, in words.
  let warnings: [String]

  init(_ tables: [String: FactTable], order: [String]) {
    var shortest: (lesion: String, days: Double)?
    var open: [String] = []
    var warnings: [String] = []
    var hasAny = false
    for id in order {
      guard let facts = tables[id] else { continue }
      if let treated = facts.word(.priorTherapyHere), treated != "none" { continue }
      guard let rate = Self.rate(facts) else {
        open.append(id)
        continue
      }
      hasAny = true
      switch rate {
      case .doubling(let days):
        if days < shortest?.days ?? .infinity { shortest = (id, days) }
      case .noGrowth: break
      case .indeterminate(let why):
        open.append(id)
        warnings.append("lesion \(id): no doubling time: \(why)")
      }
    }
    self.warnings = warnings
    guard hasAny else {
      doublingTime = nil
      return
    }
    guard case .number(_, let domain) = Fact.doublingTime.definition.kind, let shortest else {
      doublingTime = .unknown(
        open.isEmpty
          ? "no metastasis grew between the dated scans"
          : "growth of the metastases could not be told from the dated scans")
      return
    }
    let days = min(domain.upperBound, max(domain.lowerBound, shortest.days))
    let source = "lesion \(shortest.lesion), sizes on two dated scans"
    // One that could not be told may double faster.
    doublingTime =
      open.isEmpty
      ? .number(days, .derived, source)
      : FactValue(
        .between(domain.lowerBound, days), origin: .derived,
        source: "\(source); not told of \(open.joined(separator: ", "))")
  }

  /// The growth of one lesion; `nil` where no earlier size or no interval is told.
  static func rate(_ facts: FactTable) -> GrowthRate? {
    guard let days = facts.number(.growthInterval) else { return nil }
    if let earlier = facts.number(.earlierVolume), let now = facts.number(.volume) {
      return .volumes(.cubicCentimeters(earlier), .cubicCentimeters(now), days: days)
    }
    guard let earlier = facts.number(.earlierLongestDiameter), let now = facts.number(.longestAxialDiameter)
    else { return nil }
    return .diameters(
      .millimeters(earlier), .millimeters(now), days: days,
      areStated: (true, facts[.longestAxialDiameter].origin != .measured))
  }
}
