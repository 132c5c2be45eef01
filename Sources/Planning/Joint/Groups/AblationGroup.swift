// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Resection
internal import Ablation
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Ablation: lesions of one lung or organ by one energy share sessions, and lung that is destroyed adds up.
struct AblationGroup: TherapyGroup {
  let pool: TherapyPool

  func read(_ options: [PlanOption], by reading: GroupEvaluation) -> GroupEvaluation.Result {
    var energies: [String: Modality] = [:]
    for option in options { energies[option.id] = option.choice.modality }
    let facts = pool.ablation?.facts(choosing: energies)
    var result = GroupEvaluation.Result(judgements: [])
    reading.judge(options, patient: facts?.patient ?? FactTable(), facts?.lesions ?? [:], into: &result)
    let maker = SessionMaker(pool)
    let sessions = maker.thermal(options)
    result[.visits] = sessions.count
    result[.anaesthetics] = sessions.count
    result[.hospitalDays] = sessions.count * pool.parameters.hospitalDays(.ablation)
    result[.weeks] = sessions.reduce(0) { $0 + pool.parameters.weeks(after: .ablation, at: $1.site) }
    result[.punctures] = options.reduce(0) { $0 + maker.leastPunctures($1) }
    result[.energies] = Set(options.map(maker.room)).count
    let unknown = options.filter { maker.punctures($0) == nil }.map(\.id)
    if !unknown.isEmpty { result.add(.punctures, .punctures, unknown) }
    return result
  }

  /// Its own punctures; one where they are not known.
  func ownBurden(_ option: PlanOption) -> [Int] {
    var burden = PlanMeasure.none
    burden[PlanMeasure.punctures.rawValue] = SessionMaker(pool).leastPunctures(option)
    return burden
  }

  /// Sessions by place and energy.
  func charges(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge] {
    var burden = PlanMeasure.none
    burden[PlanMeasure.visits.rawValue] = 1
    burden[PlanMeasure.anaesthetics.rawValue] = 1
    burden[PlanMeasure.hospitalDays.rawValue] = pool.parameters.hospitalDays(.ablation)
    let maker = SessionMaker(pool)
    return Dictionary(grouping: options) { maker.room(of: $0.option) }.sorted { $0.key < $1.key }.map { own in
      burden[PlanMeasure.weeks.rawValue] = pool.parameters.weeks(
        after: .ablation, at: own.value.first?.option.site)
      return ChoiceProblem.Charge(
        group: PlanOption.Group.ablation.rawValue,
        sizes: Dictionary(own.value.map { ($0.index, 1) }, uniquingKeysWith: { first, _ in first }),
        capacity: maker.lesionsPerSession, burden: burden)
    } + energies(options)
  }

  /// One for each energy in a place.
  private func energies(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge] {
    var burden = PlanMeasure.none
    burden[PlanMeasure.energies.rawValue] = 1
    let maker = SessionMaker(pool)
    return Dictionary(grouping: options) { maker.room(of: $0.option) }.sorted { $0.key < $1.key }.map { own in
      ChoiceProblem.Charge(
        group: PlanOption.Group.ablation.rawValue,
        sizes: Dictionary(own.value.map { ($0.index, 1) }, uniquingKeysWith: { first, _ in first }),
        capacity: nil, burden: burden)
    }
  }

  /// What the lung destroyed brings about from some volume on.
  func thresholds(
    _ options: [(index: Int, option: PlanOption)], _ context: ([Finding]) -> Set<ContextItem>
  ) -> [ChoiceProblem.Threshold] {
    var weights: [Int: Int] = [:]
    var first: (index: Int, option: PlanOption)?
    for (index, option) in options where option.site == .lung {
      guard let energy = option.choice.modality, let plan = pool.ablation else { continue }
      let facts = plan.facts(choosing: [option.id: energy])
      // Rounded down: the sum never looks greater than it is.
      guard let cc = facts.patient.number(.ablatedLung(energy)) else { continue }
      weights[index] = Int(100 * cc)
      if index < first?.index ?? .max { first = (index, option) }
    }
    guard let first else { return [] }
    return Set(Modality.ablations.flatMap { VolumeSteps(pool, first.option, $0, context).steps }).map {
      ChoiceProblem.Threshold(item: $0.item, weights: weights, bound: $0.bound)
    }.sorted { ($0.item, $0.bound) < ($1.item, $1.bound) }
  }

  func sessions(_ options: [PlanOption], among chosen: [PlanOption]) -> [PlanSession] {
    let maker = SessionMaker(pool)
    // What was done to a lung before it counts, an operation too.
    var previous = maker.ordered(maker.operations(chosen.filter { $0.choice.family == .surgery }))
      .last { $0.site == .lung }
    var isLiverOpen = chosen.contains { $0.choice.family == .surgery && $0.site == .liver }
    return maker.ordered(maker.thermal(options)).map { session in
      defer {
        if session.site == .lung { previous = session }
        if session.site == .liver { isLiverOpen = false }
      }
      if session.site == .liver, isLiverOpen { return intraoperative(session) }
      return self.session(session, after: session.site == .lung ? previous : nil)
    }
  }

  /// Done while the liver is open: no visit and no anaesthetic of its own.
  private func intraoperative(_ session: SessionMaker.Session) -> PlanSession {
    var planned = PlanSession(
      modality: session.modality, lesions: session.lesions, side: nil, visits: 0,
      punctures: session.punctures, weeksAfter: nil, before: [Reason(.plan(.sameAnaesthetic))],
      sources: pool.parameters.lesionsPerSession.sources)
    planned.isIntraoperative = true
    return planned
  }

  private func session(
    _ session: SessionMaker.Session, after previous: SessionMaker.Session?
  ) -> PlanSession {
    // Only a side that is known is the same lung as before.
    let isOtherLung = previous.map { $0.side == nil || $0.side != session.side } ?? false
    let isSameLung = previous != nil && !isOtherLung
    var before: [Reason] = []
    if isOtherLung { before.append(Reason(.plan(.otherLungExpanded))) }
    if isSameLung { before.append(Reason(.plan(.sameLungExpanded))) }
    if session.site == .lung, session.side == nil {
      before.append(Reason(.plan(.sideBeforeSession)))
    }
    let isSingle = pool.facts.patient.word(.singleLung) == "yes"
    return PlanSession(
      modality: session.modality, lesions: session.lesions, side: session.side, visits: 1,
      punctures: session.punctures,
      weeksAfter: isOtherLung ? Int(pool.parameters.weeksBetweenLungs.value) : nil,
      before: before,
      sources: ((isSingle ? pool.parameters.lesionsPerSessionSingleLung : pool.parameters.lesionsPerSession)
        .sources + (isOtherLung ? pool.parameters.weeksBetweenLungs.sources : [])).uniqued)
  }

  func proposal(_ option: PlanOption) -> [Reason] {
    guard let proposal = pool.ablationProposal(of: option) else { return [] }
    return [
      Reason(
        .joint(.ablationZone),
        figures: [
          .init(proposal.coverage.map.minimum.millimeters, unit: "mm"),
          .init(Double(proposal.applicators.count), unit: ""),
        ], names: [proposal.zone.device.name, proposal.zone.setting.id])
    ] + proposal.remarks
  }

  func provisos(_ option: PlanOption) -> [Reason] {
    pool.ablationProposal(of: option)?.providedThat ?? []
  }
}
