// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

/// A run of bands that neither warn nor ask for anything: around a fact's usual value, or the highest values.
struct UsualRun {
  /// The values it covers.
  let span: FactSpan

  init(_ bands: [Band], around usual: FactValue.Point) {
    switch usual {
    case .word(let word):
      var words: [String] = []
      for band in bands where Self.isGranted(band) {
        if case .words(let these) = band.match { words += these }
      }
      span = .words(words.contains(word) ? words : [word])
    case .number(let x):
      let sorted = Self.ascending(bands)
      guard let home = sorted.firstIndex(where: { $0.bounds.contains(x) }), Self.isGranted(sorted[home].band)
      else {
        span = .point(usual)
        return
      }
      var first = home
      var last = home
      while first > 0, Self.isGranted(sorted[first - 1].band) { first -= 1 }
      while last + 1 < sorted.count, Self.isGranted(sorted[last + 1].band) { last += 1 }
      span = .bounds(
        Bounds(
          lower: sorted[first].bounds.lower, includesLower: sorted[first].bounds.includesLower,
          upper: sorted[last].bounds.upper, includesUpper: sorted[last].bounds.includesUpper))
    }
  }

  /// The usual value's own band, where nothing warns but other values are worth less; `nil` where all are worth the same.
  static func best(of bands: [Band], _ usual: FactValue.Point, _ fact: Fact) -> Reason? {
    guard let own = bands.first(where: { $0.matches(usual) }),
      bands.contains(where: { $0.desirability.least < own.desirability.least })
    else { return nil }
    return .provided(fact, own.limit(unit: fact.definition.unit))
  }

  /// The run that ends with the highest values; `nil` for words, and where the highest values warn.
  init?(highestOf bands: [Band]) {
    let run = Self.ascending(bands).reversed().prefix { Self.isGranted($0.band) }
    guard let last = run.last else { return nil }
    span = .bounds(
      Bounds(
        lower: last.bounds.lower, includesLower: last.bounds.includesLower, upper: nil, includesUpper: false))
  }

  /// Whether a band neither warns nor asks for anything.
  private static func isGranted(_ band: Band) -> Bool { band.grade <= .acceptable && band.condition == nil }

  /// The bands of numbers, lowest first.
  private static func ascending(_ bands: [Band]) -> [(band: Band, bounds: Bounds)] {
    bands.compactMap { band -> (band: Band, bounds: Bounds)? in
      guard case .numbers(let bounds) = band.match else { return nil }
      return (band, bounds)
    }.sorted { ($0.bounds.lower ?? -.infinity) < ($1.bounds.lower ?? -.infinity) }
  }

  /// What it grants of a fact, within the fact's domain; `nil` where that is every value.
  func granted(of fact: Fact) -> Reason? {
    switch span {
    case .bounds(let bounds):
      let domain = fact.definition.domain
      let trimmed = Bounds(
        lower: bounds.lower.flatMap { $0 <= domain.lowerBound ? nil : $0 },
        includesLower: bounds.includesLower,
        upper: bounds.upper.flatMap { $0 >= domain.upperBound ? nil : $0 },
        includesUpper: bounds.includesUpper)
      if trimmed.lower == nil, trimmed.upper == nil { return nil }
      return .provided(fact, .within([trimmed], unit: fact.definition.unit))
    case .words(let words):
      if case .word(let all) = fact.definition.kind, Set(words) == Set(all) { return nil }
      return .provided(fact, .oneOf(words))
    default: return nil
    }
  }
}
