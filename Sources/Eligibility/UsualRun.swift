// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

/// The run of bands around a fact's usual value that neither warn nor ask for anything.
struct UsualRun {
  /// The values it covers.
  let span: FactSpan

  init(_ bands: [Band], around usual: FactValue.Point) {
    func isGranted(_ band: Band) -> Bool { band.grade <= .acceptable && band.condition == nil }
    switch usual {
    case .word(let word):
      var words: [String] = []
      for band in bands where isGranted(band) {
        if case .words(let these) = band.match { words += these }
      }
      span = .words(words.contains(word) ? words : [word])
    case .number(let x):
      let sorted = bands.compactMap { band -> (Band, Bounds)? in
        guard case .numbers(let bounds) = band.match else { return nil }
        return (band, bounds)
      }.sorted { ($0.1.lower ?? -.infinity) < ($1.1.lower ?? -.infinity) }
      guard let home = sorted.firstIndex(where: { $0.1.contains(x) }), isGranted(sorted[home].0) else {
        span = .point(usual)
        return
      }
      var first = home
      var last = home
      while first > 0, isGranted(sorted[first - 1].0) { first -= 1 }
      while last + 1 < sorted.count, isGranted(sorted[last + 1].0) { last += 1 }
      span = .bounds(
        Bounds(
          lower: sorted[first].1.lower, includesLower: sorted[first].1.includesLower,
          upper: sorted[last].1.upper, includesUpper: sorted[last].1.includesUpper))
    }
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
