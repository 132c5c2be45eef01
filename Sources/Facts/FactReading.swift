// SPDX-License-Identifier: Apache-2.0
extension FactTable {
  /// The least and the greatest a number may be: equal where it is known; `nil` where nothing is known.
  public func interval(_ fact: Fact) -> ClosedRange<Double>? {
    switch self[fact].knowledge {
    case .known(.number(let x)): x...x
    case .between(let low, let high) where low <= high: low...high
    default: nil
    }
  }

  /// A number that is known; `nil` for one that is unknown or only lies between two others.
  public func number(_ fact: Fact) -> Double? {
    if case .known(.number(let x)) = self[fact].knowledge { x } else { nil }
  }

  /// A word that is known.
  public func word(_ fact: Fact) -> String? {
    if case .known(.word(let word)) = self[fact].knowledge { word } else { nil }
  }

  /// A yes or no that is known.
  public func answer(_ fact: Fact) -> Bool? {
    switch word(fact) {
    case "yes": true
    case "no": false
    default: nil
    }
  }
}
