internal import Cases
internal import Eligibility
internal import Facts
internal import Reasons
internal import Resection
internal import Vocabulary

extension GroupReading {
  /// What operations of one group come to together: proposed again, with what they take along and leave.
  ///
  /// - Throws: errors of geometry.
  func surgery(_ options: [PlanOption]) throws -> Result {
    guard let resections = pool.resections else {
      var result = Result(judgements: [])
      judge(options, patient: FactTable(), [:], into: &result)
      return result
    }
    let plan = try resections.plan(
      of: Set(options.map(\.id)), withVariants: false, othersMayFollow: false)
    var result = Result(judgements: [])
    // What remains of lungs and liver is each lesion's own question: their facts stay with the lesions.
    let facts = Dictionary(
      options.map { ($0.id, plan.patientFacts.merging(plan.lesionFacts[$0.id] ?? FactTable())) },
      uniquingKeysWith: { first, _ in first })
    judge(options, patient: FactTable(), facts, into: &result)
    result.resection = plan
    let sessions = SessionMaker(pool).operations(options)
    result[.visits] = sessions.count
    result[.anaesthetics] = sessions.count
    for lobe in plan.lobes {
      if let segments = lobe.segments.expected ?? lobe.segments.worst {
        result[.segments] += Int((100 * segments).rounded())
      } else {
        result.add(
          .segments, lobe.lobe == nil ? .segmentsOfUnknownLobe : .segmentsOfLobe,
          [lobe.lobe?.abbreviation].compactMap(\.self) + lobe.lesions
        )
      }
      if let name = lobe.lobe, lobe.pieces.count > 1 { result.bridged.append(name) }
      result.breaches += takenAlong(lobe, options)
    }
    let unplanned = plan.lesions.filter { $0.site == .lung && $0.proposal == nil }.map(\.lesion)
    let known = options.indices.filter { place in
      plan.lesions.contains { $0.lesion == options[place].id && ($0.site != .lung || $0.proposal != nil) }
    }
    if !known.isEmpty, known.count < options.count {
      // What is not known takes something as well: what the known part alone breaks is broken.
      let part = try read(options[known[0]].group, known.map { options[$0] })
      result.breaches += part.breaches.compactMap { breach in
        var whole = breach
        whole.all = breach.all.map { known[$0] }
        whole.unlessResected = breach.unlessResected.filter { id in !options.contains { $0.id == id } }
        return breach.unlessResected.isEmpty || !whole.unlessResected.isEmpty ? whole : nil
      }
    }
    if !unplanned.isEmpty {
      result.add(.segments, .segments, unplanned)
    }
    for stage in plan.stages where stage.sides.count == 1 {
      guard let flow = stage.flows.first,
        case .risk(.high, let text, _)? = flow.expected
      else { continue }
      result.breaches.append(
        Breach(
          all: options.indices.filter { stage.lesions.contains(options[$0].id) },
          why: LungReserve.noReserve(stage, flow.flow.title, text)))
    }
    return result
  }

  /// A lobe that goes takes whatever lies in it.
  private func takenAlong(_ lobe: LobeResection, _ options: [PlanOption]) -> [Breach] {
    guard lobe.isWhole, let name = lobe.lobe else { return [] }
    let own = options.indices.filter { lobe.lesions.contains(options[$0].id) }
    return pool.lesions.filter { lesion in
      pool.facts.site(of: lesion) == .lung && pool.facts.lobe(of: lesion) == name
        && !options.contains { $0.id == lesion.id }
    }.map { lesion in
      Breach(
        all: own, unlessResected: [lesion.id],
        why: Reason(.joint(.takenWithLobe), names: [lesion.id, name.abbreviation]))
    }
  }
}
