// SPDX-License-Identifier: Apache-2.0
internal import Reasons

extension Bounds {
  /// The interval in signs: "> 10 and ≤ 20", "≤ 35", "any".
  func text(unit: String) -> String {
    let tail = unit.isEmpty || unit == "ratio" || unit == "class" || unit == "count" ? "" : " " + unit
    let low = lower.map { (includesLower ? "≥ " : "> ") + number($0) + tail }
    let high = upper.map { (includesUpper ? "≤ " : "< ") + number($0) + tail }
    let both = [low, high].compactMap(\.self).joined(separator: " and ")
    return both.isEmpty ? "any" : both
  }
}

/// A number without needless digits, to the third decimal.
func number(_ x: Double) -> String {
  if x == x.rounded(), abs(x) < 1e9 { return String(Int(x)) }
  return String((x * 1000).rounded() / 1000)
}
