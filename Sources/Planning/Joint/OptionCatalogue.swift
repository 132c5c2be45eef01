// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Radiotherapy
public import Reasons
internal import Vocabulary

/// One thing that can be done about one lesion.
struct PlanOption: Sendable {
  /// The lesion's place in the pool.
  let lesion: Int
  /// The lesion, by id.
  let id: String
  /// Where it lies; `nil` when unknown.
  let site: Site?
  /// What is done.
  let choice: TherapyChoice
  /// The options it is judged together with.
  let group: Group
  /// The regimen of the pool's courses; `nil` where no target could be made, and for everything but SBRT.
  let regimen: Int?

  /// Options that weigh on one another.
  enum Group: Int, Sendable, CaseIterable {
    case none, irradiation, ablation, rightLung, leftLung, otherSurgery, embolization
  }
}

/// A therapy that is not offered for a lesion, with the reason.
public struct RefusedChoice: Sendable, Hashable {
  /// The lesion, by id.
  public let lesion: String
  /// The therapy.
  public let choice: TherapyChoice
  /// Why, with its sources.
  public let reason: Reason
}

/// All options of a pool, and why others are none.
struct OptionCatalogue: Sendable {
  let options: [PlanOption]
  let refused: [RefusedChoice]
  /// Why a lesion has nothing but being left; by id.
  let without: [String: Reason]
  /// The catalogue of a pool.
  ///
  /// A therapy that is ineligible, or that the service does not have, is offered only where a lock names it.
  init(_ pool: TherapyPool, _ reading: GroupEvaluation, locks: [ClinicianChoice], advice: Advice) throws {
    var options: [PlanOption] = []
    var refused: [RefusedChoice] = []
    var without: [String: Reason] = [:]
    for (index, lesion) in pool.lesions.enumerated() {
      let site = pool.facts.site(of: lesion)
      let decided = locks.filter { $0.lesion == lesion.id }
      func isFixed(_ choice: TherapyChoice) -> Bool {
        decided.contains { $0.kind == .fix && $0.names(choice) }
      }
      func add(_ choice: TherapyChoice) {
        options.append(
          PlanOption(lesion: index, id: lesion.id, site: site, choice: choice, group: .none, regimen: nil))
      }
      let judged = pool.judge.judge(lesion: lesion.id, site: site, facts: pool.facts.facts(of: lesion))
      if let note = judged.note { without[lesion.id] = note }
      for modality in pool.judge.ruleSet.modalities(at: site ?? .other) where judged.note == nil {
        for (choice, regimen) in Self.choices(modality, lesion.id, pool) {
          if let reason = pool.judge.ruleSet.unavailable(modality), !isFixed(choice) {
            refused.append(RefusedChoice(lesion: lesion.id, choice: choice, reason: reason))
            continue
          }
          let option = PlanOption(
            lesion: index, id: lesion.id, site: site, choice: choice,
            group: Self.group(modality, pool.facts.side(of: lesion), site), regimen: regimen)
          let alone = try reading.read(option.group, [option]).judgements[0]
          // Without a fact that nothing can be judged without, nothing is planned either.
          if let alone, !alone.isScored {
            let lacking = alone.missing.filter { $0.need == .indispensable }.map(\.fact)
            without[lesion.id] = Reason(.joint(.lacksFact), facts: lacking)
            if !isFixed(choice) { continue }
          }
          if let alone, alone.verdict == .ineligible, !isFixed(choice) {
            let strongest = alone.findings.first { $0.effect == .excludes }
            refused.append(
              RefusedChoice(
                lesion: lesion.id, choice: choice, reason: strongest?.reason ?? Reason(.joint(.ineligible))))
            continue
          }
          // Zones that leave part of the lesion out are no therapy of it, however light they are.
          if let alone, !isFixed(choice), let uncovered = Self.uncovered(alone) {
            refused.append(RefusedChoice(lesion: lesion.id, choice: choice, reason: uncovered))
            continue
          }
          options.append(option)
        }
      }
      // Where something else comes first, waiting for it is what is done about a lesion now.
      if [.observe, .systemicFirst, .stageFirst, .palliative].contains(advice) || isFixed(.observe) {
        add(.observe)
      }
      add(.untreated)
    }
    self.options = options
    self.refused = refused
    self.without = without
  }

  /// Every lesion with its therapies, each judged as if this lesion alone were treated, with its own proposal.
  ///
  /// Those that the service does not have as well; in the order of the pool's lesions.
  ///
  /// - Throws: errors of geometry.
  static func alone(_ pool: TherapyPool, _ reading: GroupEvaluation) throws -> [LesionJudgement] {
    try pool.lesions.enumerated().map { index, lesion in
      let site = pool.facts.site(of: lesion)
      let judged = pool.judge.judge(lesion: lesion.id, site: site, facts: pool.facts.facts(of: lesion))
      return judged.judging(
        try judged.modalities.map { unplanned in
          let options = choices(unplanned.modality, lesion.id, pool).map { choice, regimen in
            PlanOption(
              lesion: index, id: lesion.id, site: site, choice: choice,
              group: group(unplanned.modality, pool.facts.side(of: lesion), site), regimen: regimen)
          }
          // Of several prescriptions the one that stands first tells how the therapy stands.
          return try options.compactMap { try reading.read($0.group, [$0]).judgements[0] }
            .min { $0.precedes($1) } ?? unplanned
        })
    }
  }

  /// Why planned zones do not hold the lesion; `nil` where they do, or none is planned.
  private static func uncovered(_ judged: ModalityJudgement) -> Reason? {
    judged.findings.first { finding in
      guard finding.fact == .planned(.zoneMargin, judged.modality),
        case .known(.number(let margin)) = finding.value.knowledge
      else { return false }
      return margin < 0
    }?.reason
  }

  private static func choices(
    _ modality: Modality, _ lesion: String, _ pool: TherapyPool
  ) -> [(TherapyChoice, Int?)] {
    guard modality == .sbrt, let courses = pool.courses else {
      return [(.therapy(modality, scheme: nil), nil)]
    }
    let regimens = courses.regimens.indices.filter { courses.regimens[$0].lesions.contains(lesion) }
    guard regimens.isEmpty else {
      return regimens.map { (.therapy(.sbrt, scheme: courses.regimens[$0].scheme.id), $0) }
    }
    // Without a target what is stated may still choose a prescription.
    let stated = courses.unplanned.first { $0.lesion == lesion }?.choice?.scheme
    return [(.therapy(.sbrt, scheme: stated?.id), nil)]
  }

  private static func group(_ modality: Modality, _ side: Side?, _ site: Site?) -> PlanOption.Group {
    switch TherapyFamily(modality) {
    case .irradiation: return .irradiation
    case .ablation: return .ablation
    case .embolization: return .embolization
    default:
      guard site == .lung else { return .otherSurgery }
      switch side {
      case .right?: return .rightLung
      case .left?: return .leftLung
      default: return .otherSurgery
      }
    }
  }
}
