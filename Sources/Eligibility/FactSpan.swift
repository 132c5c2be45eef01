// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons
internal import Vocabulary

/// The values a fact may have as far as is known.
enum FactSpan {
  case point(FactValue.Point)
  /// Both ends included.
  case numbers(Double, Double)
  case bounds(Bounds)
  case words([String])
  case all(FactKind)

  /// The bands of a rule that some value of the span lies in.
  func bands(of rule: Rule) -> [Band] {
    rule.bands.filter { band in
      switch (self, band.match) {
      case (.point(let point), _): band.matches(point)
      case (.all, _): true
      case (.words(let mine), .words(let words)): words.contains(where: mine.contains)
      case (.numbers(let low, let high), .numbers(let bounds)):
        Self.overlaps(
          bounds, Bounds(lower: low, includesLower: true, upper: high, includesUpper: true))
      case (.bounds(let mine), .numbers(let bounds)): Self.overlaps(bounds, mine)
      default: false
      }
    }
  }

  /// The lowest and highest worth over the span, ends of ramps clipped to it.
  ///
  /// - Parameter least: what a finding is worth at least while nothing excludes.
  func desirability(of rule: Rule, domain: ClosedRange<Double>, least: Double) -> ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for band in bands(of: rule) {
      for value in ends(in: band, domain: domain) {
        let d = band.worth(of: value, domain: domain, least: least)
        low = min(low, d)
        high = max(high, d)
      }
    }
    return low <= high ? low...high : 1...1
  }

  /// The values at which a linear desirability has its extremes within a band.
  private func ends(in band: Band, domain: ClosedRange<Double>) -> [FactValue.Point] {
    guard case .numbers(let bounds) = band.match else {
      if case .words(let words) = band.match { return words.prefix(1).map { .word($0) } }
      return []
    }
    var low = bounds.lower ?? domain.lowerBound
    var high = bounds.upper ?? domain.upperBound
    switch self {
    case .point(let point): return [point]
    case .numbers(let a, let b):
      low = max(low, a)
      high = min(high, b)
    case .bounds(let mine):
      low = max(low, mine.lower ?? low)
      high = min(high, mine.upper ?? high)
    default: break
    }
    return [.number(low), .number(high)]
  }

  static func overlaps(_ a: Bounds, _ b: Bounds) -> Bool {
    func below(_ upper: Double?, _ included: Bool, _ lower: Double?, _ includedLower: Bool) -> Bool {
      guard let upper, let lower else { return false }
      return upper < lower || (upper == lower && !(included && includedLower))
    }
    return !below(a.upper, a.includesUpper, b.lower, b.includesLower)
      && !below(b.upper, b.includesUpper, a.lower, a.includesLower)
  }
}
