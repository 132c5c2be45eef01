// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Cases
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// Operations: of one lung or organ in one anaesthetic, proposed again together, with what they take along and leave.
struct SurgeryGroup: TherapyGroup {
  let pool: TherapyPool

  /// A side that is open takes what lies in its reach.
  var takesAlong: Bool { true }

  func read(_ options: [PlanOption], by reading: GroupEvaluation) throws -> GroupEvaluation.Result {
    guard let resections = pool.resections else {
      var result = GroupEvaluation.Result(judgements: [])
      reading.judge(options, patient: FactTable(), [:], into: &result)
      return result
    }
    let plan = try resections.plan(
      of: Set(options.map(\.id)), withVariants: false, othersMayFollow: false)
    var result = GroupEvaluation.Result(judgements: [])
    // What remains of lungs and liver is each lesion's own question: their facts stay with the lesions.
    let facts = Dictionary(
      options.map { ($0.id, plan.patientFacts.merging(plan.lesionFacts[$0.id] ?? FactTable())) },
      uniquingKeysWith: { first, _ in first })
    reading.judge(options, patient: FactTable(), facts, into: &result)
    result.resection = plan
    let sessions = SessionMaker(pool).operations(options)
    result[.visits] = sessions.count
    result[.anaesthetics] = sessions.count
    result[.hospitalDays] = sessions.count * pool.parameters.hospitalDays(.surgery)
    result[.weeks] = sessions.reduce(0) { $0 + pool.parameters.weeks(after: .surgery, at: $1.site) }
    let liver = options.filter { $0.site == .liver }
    result.isForBoard =
      plan.lobes.contains(where: \.isForBoard) || (liver.count > 1 && isLiverRemnantUnknown(liver))
    for lobe in plan.lobes {
      if let segments = lobe.segments.expected {
        result[.segments] += Int((100 * segments).rounded())
      } else {
        result[.assumed] += pool.parameters.assumedSegments(
          lesions: lobe.lesions.count, atMost: lobe.segments.worst)
        result.add(
          .segments, lobe.lobe == nil ? .segmentsOfUnknownLobe : .segmentsOfLobe,
          [lobe.lobe?.abbreviation].compactMap(\.self) + lobe.lesions
        )
      }
      if let name = lobe.lobe, lobe.pieces.count > 1 { result.bridged.append(name) }
      result.incompatibilities += takenAlong(lobe, options)
    }
    let unplanned = plan.lesions.filter { $0.site == .lung && $0.proposal == nil }.map(\.lesion)
    let known = options.indices.filter { place in
      plan.lesions.contains { $0.lesion == options[place].id && ($0.site != .lung || $0.proposal != nil) }
    }
    if !known.isEmpty, known.count < options.count {
      // What is not known takes something as well: what the known part alone breaks is broken.
      let part = try reading.read(options[known[0]].group, known.map { options[$0] })
      result.incompatibilities += part.incompatibilities.compactMap { incompatibility in
        var whole = incompatibility
        whole.all = incompatibility.all.map { known[$0] }
        whole.unlessResected = incompatibility.unlessResected.filter { id in !options.contains { $0.id == id }
        }
        return incompatibility.unlessResected.isEmpty || !whole.unlessResected.isEmpty ? whole : nil
      }
    }
    if !unplanned.isEmpty {
      result[.assumed] += pool.parameters.assumedSegments(lesions: unplanned.count, atMost: nil)
      result.add(.segments, .segments, unplanned)
    }
    for stage in plan.stages where stage.sides.count == 1 {
      guard let flow = stage.flows.first,
        case .risk(.high, let text, _)? = flow.expected
      else { continue }
      result.incompatibilities.append(
        GroupEvaluation.Incompatibility(
          all: options.indices.filter { stage.lesions.contains(options[$0].id) },
          why: LungReserve.noReserve(stage, flow.flow.title, text)))
    }
    return result
  }

  /// Whether what remains of the liver is neither reported nor follows from what is planned.
  func isLiverRemnantUnknown(_ options: [PlanOption]) -> Bool {
    guard pool.facts.patient.interval(.futureLiverRemnant) == nil else { return false }
    let plan = try? pool.resections?.plan(
      of: Set(options.map(\.id)), withVariants: false, othersMayFollow: false)
    return plan?.liver?.remnantPercent == nil
  }

  /// One operation for each lung or organ, whatever it takes.
  func charges(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge] {
    let maker = SessionMaker(pool)
    return Dictionary(grouping: options) { maker.place(of: $0.option) }.sorted { $0.key < $1.key }.compactMap
    {
      _, own in
      guard let first = own.first?.option else { return nil }
      var burden = PlanMeasure.none
      burden[PlanMeasure.visits.rawValue] = 1
      burden[PlanMeasure.anaesthetics.rawValue] = 1
      burden[PlanMeasure.hospitalDays.rawValue] = pool.parameters.hospitalDays(.surgery)
      burden[PlanMeasure.weeks.rawValue] = pool.parameters.weeks(after: .surgery, at: first.site)
      return ChoiceProblem.Charge(
        group: first.group.rawValue,
        sizes: Dictionary(own.map { ($0.index, 1) }, uniquingKeysWith: { first, _ in first }),
        capacity: nil, burden: burden)
    }
  }

  /// An operation judged as it would be where company left its function unknown, or its class of risk open.
  func otherJudgements(_ option: PlanOption, by reading: GroupEvaluation) throws -> [ModalityJudgement?] {
    guard let modality = option.choice.modality, let site = option.site, let resections = pool.resections
    else { return [] }
    let plan = try resections.plan(of: [option.id], withVariants: false, othersMayFollow: false)
    let own = plan.lesionFacts[option.id] ?? FactTable()
    // Other operations may leave any of them unknown, and the rest as they are.
    let open: [Fact] = [.operativeRisk, .ppoFEV1, .ppoDLCO]
    return (1..<(1 << open.count)).map { which in
      open.indices.filter { which & (1 << $0) != 0 }.map { open[$0] }
    }.map { left in
      var facts = FactTable()
      for fact in own.recorded where !left.contains(fact) { facts[fact] = own[fact] }
      return pool.judge.judge(
        modality, at: site,
        facts: pool.table(of: pool.lesions[option.lesion], with: [plan.patientFacts, facts]))
    }
  }

  /// What several operations do to one another's verdict has no direction that could be relied on; in a lobe where specimens
  /// may become one, nor has their burden.
  func exemption(of other: PlanOption, from read: GroupEvaluation.Result) -> GroupExemption {
    let isBridged =
      pool.facts.lobe(of: pool.lesions[other.lesion]).map(read.bridged.contains) ?? false
    return GroupExemption(fromJudgements: true, fromBurden: isBridged, fromIncompatibilities: isBridged)
  }

  func sessions(_ options: [PlanOption], among chosen: [PlanOption]) -> [PlanSession] {
    let maker = SessionMaker(pool)
    return maker.ordered(maker.operations(options)).enumerated().map { place, session in
      let isFirst = place == 0
      return PlanSession(
        modality: session.modality, lesions: session.lesions, side: session.side, visits: 1, punctures: nil,
        weeksAfter: isFirst ? nil : Int(pool.parameters.weeksBetweenOperations.value),
        before: session.site == .lung && !isFirst ? [Reason(.plan(.functionAgain))] : [],
        sources: isFirst ? [] : pool.parameters.weeksBetweenOperations.sources)
    }
  }

  func proposal(_ option: PlanOption) -> [Reason] {
    guard let proposal = pool.resections?.proposal(of: option.id) else { return [] }
    let margin = Reason.Figure(proposal.standard.margin.millimeters, unit: "mm")
    let wedge = proposal.standard.wedge.map { Reason.Figure($0.cubicCentimeters, unit: "cc") }
    return [
      Reason(
        .joint(.specimen), figures: [margin] + [wedge].compactMap(\.self),
        names: [proposal.choice.title, proposal.basis.rawValue])
    ]
  }

  func provisos(_ option: PlanOption) -> [Reason] {
    guard pool.resections?.proposal(of: option.id)?.choice.technique == .extended else { return [] }
    return [Reason(.joint(.boardExtent))]
  }

  /// A lobe that goes takes whatever lies in it.
  private func takenAlong(_ lobe: LobeResection, _ options: [PlanOption]) -> [GroupEvaluation.Incompatibility]
  {
    guard lobe.isWhole, let name = lobe.lobe else { return [] }
    let own = options.indices.filter { lobe.lesions.contains(options[$0].id) }
    return pool.lesions.filter { lesion in
      pool.facts.site(of: lesion) == .lung && pool.facts.lobe(of: lesion) == name
        && !options.contains { $0.id == lesion.id }
    }.map { lesion in
      GroupEvaluation.Incompatibility(
        all: own, unlessResected: [lesion.id],
        why: Reason(.joint(.takenWithLobe), names: [lesion.id, name.abbreviation]))
    }
  }
}
