// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Vocabulary

/// What an SBRT planner reads out of a setting.
extension LesionContext {
  /// The zone of the lung that motion is reckoned by; `nil` when unknown.
  var lungZone: String? {
    facts.word(.lungZone)
  }

  /// Peak-to-peak motion as somebody measured it, in millimetres; `nil` when nobody did.
  var statedMotion: Double? {
    let value = facts[Fact.respiratoryMotion]
    guard value.origin == .stated || value.origin == .measured else { return nil }
    if case .known(.number(let mm)) = value.knowledge { return mm }
    if case .between(_, let high) = value.knowledge { return high }
    return nil
  }

  /// A distance to a structure: its least and greatest, in millimetres; `nil` when nothing is known.
  func clearance(_ role: StructureRole) -> (low: Double, high: Double)? {
    facts.interval(.clearance(role)).map { ($0.lowerBound, $0.upperBound) }
  }
}
