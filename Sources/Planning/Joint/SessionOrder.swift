internal import Cases
internal import Eligibility
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Vocabulary

/// The order in which a plan's parts are done.
///
/// Operations first, for they prove what the nodules are; needles then; SBRT last. Of two lungs the one with the larger
/// metastasis first: what grows there is the greater part of the disease. A convention, no proof.
struct SessionOrder {
  private let pool: TherapyPool

  init(_ pool: TherapyPool) { self.pool = pool }

  func sessions(_ chosen: [PlanOption]) -> [PlanSession] {
    let surgical = chosen.filter { $0.choice.family == .surgery }
    let thermal = chosen.filter { $0.choice.family == .ablation }
    let operations = ordered(SessionMaker(pool).operations(surgical)).enumerated().map { place, session in
      operation(session, isFirst: place == 0)
    }
    let needles = ordered(SessionMaker(pool).thermal(thermal))
    var ablations: [PlanSession] = []
    // What was done to a lung before it counts, an operation too.
    var previous = ordered(SessionMaker(pool).operations(surgical)).last { $0.site == .lung }
    for session in needles {
      ablations.append(ablation(session, after: session.site == .lung ? previous : nil))
      if session.site == .lung { previous = session }
    }
    return operations + ablations + embolizations(chosen) + courses(chosen)
  }

  private func ordered(_ sessions: [SessionMaker.Session]) -> [SessionMaker.Session] {
    // Sessions of one lung stay together; lungs by their largest lesion.
    func largest(_ side: Side?) -> Double {
      sessions.filter { $0.side == side }.flatMap(\.lesions).map(size).max() ?? 0
    }
    return sessions.enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      if (x.site == .lung) != (y.site == .lung) { return x.site == .lung }
      let (p, q) = (largest(x.side), largest(y.side))
      if p != q { return p > q }
      // Two lungs with equal lesions do not take turns.
      let (r, t) = (x.side?.rawValue ?? "~", y.side?.rawValue ?? "~")
      return r != t ? r > t : a.offset < b.offset
    }.map(\.element)
  }

  private func size(_ id: String) -> Double {
    guard let lesion = pool.lesions.first(where: { $0.id == id }) else { return 0 }
    return pool.facts.facts(of: lesion).interval(.longestAxialDiameter)?.upperBound ?? 0
  }

  private func operation(_ session: SessionMaker.Session, isFirst: Bool) -> PlanSession {
    let retest = session.site == .lung && !isFirst
    return PlanSession(
      modality: session.modality, lesions: session.lesions, side: session.side, visits: 1, punctures: nil,
      weeksAfter: isFirst ? nil : Int(pool.parameters.weeksBetweenOperations.value),
      before: retest
        ? [Reason(.plan(.functionAgain))]
        : [], sources: isFirst ? [] : pool.parameters.weeksBetweenOperations.sources)
  }

  private func ablation(
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

  private func embolizations(_ chosen: [PlanOption]) -> [PlanSession] {
    [Modality.chemoembolization, .radioembolization].compactMap { modality in
      let own = chosen.filter { $0.choice.modality == modality }
      return own.isEmpty
        ? nil
        : PlanSession(
          modality: modality, lesions: own.map(\.id), side: nil, visits: 1, punctures: nil, weeksAfter: nil,
          before: [], sources: [])
    }
  }

  private func courses(_ chosen: [PlanOption]) -> [PlanSession] {
    let own = chosen.filter { $0.choice.modality == .sbrt }
    let groups = Dictionary(grouping: own) { pool.prescription(of: $0)?.scheme?.fractionation.fractions }
    return groups.sorted { ($0.key ?? .max) < ($1.key ?? .max) }.map { count, members in
      PlanSession(
        modality: .sbrt, lesions: members.map(\.id), side: nil, visits: count, punctures: nil,
        weeksAfter: nil,
        before: count == nil ? [Reason(.plan(.prescriptionBeforeSession))] : [], sources: [])
    }
  }
}
