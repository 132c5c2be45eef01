public import Eligibility
public import Vocabulary

/// What the planner is told of one lesion beside its body: where it lies and what is known of it.
public struct LesionSetting: Sendable {
  /// The lesion's site; `nil` when unknown.
  public let site: Site?
  /// What is known of the lesion and its patient.
  public let facts: FactTable

  /// A setting.
  public init(site: Site?, facts: FactTable) {
    self.site = site
    self.facts = facts
  }

  /// The zone of the lung that motion is reckoned by; `nil` when unknown.
  var lungZone: String? {
    if case .known(.word(let zone)) = facts[.lungZone].knowledge { zone } else { nil }
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
    switch facts[.clearance(role)].knowledge {
    case .known(.number(let mm)): (mm, mm)
    case .between(let low, let high): (low, high)
    default: nil
    }
  }
}
