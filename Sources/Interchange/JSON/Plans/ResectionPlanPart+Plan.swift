// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

private func mm(_ length: Length) -> Double { JSONText.rounded(length.millimeters) }
private func cc(_ volume: Volume?) -> Double? { volume.map { JSONText.rounded($0.cubicCentimeters) } }
private func plain(_ x: Double?) -> Double? { x.map { JSONText.rounded($0, digits: 2) } }

extension ResectionPlanPart {
  init(_ dossier: Dossier, _ plan: TherapyPlan, _ resection: ResectionPlan) {
    proposals = plan.proposals.map { entry in
      let proposal = resection.lesions.first { $0.lesion == entry.lesion }?.proposal
      return PlanProposalEntry(
        entry, dossier, LesionDetail(proposal: proposal.map { ProposalEntry($0, in: resection) }))
    }
    burden = BurdenEntry(resection)
    notes = resection.notes.map {
      NoteEntry(
        id: $0.note.id, topic: $0.note.topic.rawValue, text: $0.note.text, ifKnown: $0.unknown.map(\.name),
        sources: $0.note.sources)
    }
  }
}

extension ResectionPlanPart.ProposalEntry {
  init(_ proposal: ResectionProposal, in plan: ResectionPlan) {
    let home = plan.lobes.first { $0.lesions.contains(proposal.lesion) }
    let piece = home?.pieces.first { $0.lesions.contains(proposal.lesion) }
    technique = proposal.choice.technique.rawValue
    isDeepWedge = proposal.choice.isDeepWedge
    reasons = proposal.choice.reasons.map(ReasonEntry.init)
    open = proposal.choice.open.map(ReasonEntry.init)
    question = proposal.choice.question.map(ReasonEntry.init)
    lobe = proposal.lobe?.abbreviation
    side = proposal.side?.rawValue
    basis = proposal.basis.rawValue
    marginMM = mm(proposal.standard.margin)
    profile = proposal.standard.profiles.first
    diameterMM = mm(proposal.diameter)
    nearestPleuraMM = mm(proposal.nearestPleura)
    deepestMM = proposal.deepest.map(mm)
    zoneRatio = plain(proposal.zoneRatio)
    zone = proposal.zone?.rawValue
    resectedCC = proposal.choice.technique == .wedge ? cc(proposal.standard.wedge) : nil
    opensElsewhereMM = proposal.opensElsewhere.map(mm)
    mergedWith = (piece?.lesions ?? []).filter { $0 != proposal.lesion }
    takenBy =
      home?.isLobeProposed == true
      ? ResectionTechnique.lobectomy.rawValue
      : piece.flatMap { $0.technique == proposal.choice.technique ? nil : $0.technique.rawValue }
    margins = proposal.margins.map { ResectionPlanPart.MarginEntry($0) }
    localisation = proposal.localisation.map {
      .init(
        advice: $0.answer.rawValue, saito: $0.saito.rawValue, saitoDetectableToMM: mm($0.saitoDepth),
        nakashima: $0.nakashima.rawValue,
        nakashimaCriteria: [$0.nakashimaCriteria.lowerBound, $0.nakashimaCriteria.upperBound])
    }
    alternatives = proposal.alternatives.map {
      .init(
        kind: $0.kind.rawValue, reason: ReasonEntry($0.reason), resectedCC: cc($0.resected),
        sources: $0.sources)
    }
    flips = proposal.flips.map(ReasonEntry.init)
    remarks = proposal.remarks.map(ReasonEntry.init)
  }
}

extension ResectionPlanPart.MarginEntry {
  init(_ plan: MarginPlan) {
    marginMM = mm(plan.margin)
    profiles = plan.profiles
    technique = plan.usual.technique.rawValue
    techniqueWhereDeeper = plan.permissive.technique.rawValue
    isWedge = plan.usual.technique == .wedge
    isWedgeWhereDeeper = plan.permissive.technique == .wedge
    wedgeCC = cc(plan.wedge)
    contacts = plan.contacts.map { .init($0) }
  }
}

extension ResectionPlanPart.ContactEntry {
  init(_ contact: ResectionContact) {
    structure = contact.structure
    role = contact.role.rawValue
    distanceMM = mm(contact.distance)
  }
}

extension ResectionPlanPart.RangeEntry {
  init(_ value: (expected: Double?, worst: Double?), times factor: Double = 1) {
    expected = plain(value.expected.map { $0 * factor })
    worst = plain(value.worst.map { $0 * factor })
  }
}

extension ResectionPlanPart.BurdenEntry {
  init(_ plan: ResectionPlan) {
    lobes = plan.lobes.map { .init($0) }
    variants = plan.variants.map {
      .init(
        habit: $0.habit.rawValue, leftToOthers: $0.leftToOthers, rightSegments: .init($0.right),
        leftSegments: .init($0.left),
        lobes: $0.lobes.map { .init($0) })
    }
    sides = plan.stages.map { .init($0) }
    liver = plan.liver.map { .init($0) }
    completeness = plan.completeness?.rawValue
    elsewhere = plan.elsewhere.map(ReasonEntry.init)
    irlmGroup = plan.irlmGroup?.numeral
    thoracoscore = plan.thoracoscore.map { score in
      .init(
        probabilityPercent: [score.probability.lowerBound, score.probability.upperBound].map {
          JSONText.rounded($0 * 100, digits: 2)
        }, unknown: score.unknown, isInformationOnly: true)
    }
    cardiacRisk = plan.cardiacRisk.map { risk in
      let classes = [risk.classes.least, risk.classes.most]
      return .init(
        points: [risk.points.lowerBound, risk.points.upperBound], classes: classes.map(\.rawValue),
        eventsPercent: [risk.eventsPercent.lowerBound, risk.eventsPercent.upperBound], unknown: risk.unknown,
        isInformationOnly: true)
    }
  }
}

extension ResectionPlanPart.LobeEntry {
  init(_ body: LobeResection) {
    lobe = body.lobe?.abbreviation
    side = body.side?.rawValue
    resections = body.pieces.map {
      .init(technique: $0.technique.rawValue, lesions: $0.lesions, resectedCC: cc($0.volume))
    }
    resectedCC = cc(body.volume)
    shareOfLobePercent = plain(body.share.map { $0 * 100 })
    isLobeProposed = body.isLobeProposed
    isForBoard = body.isForBoard
    segmentEquivalents = .init(body.segments)
    remarks = body.remarks.map(ReasonEntry.init)
  }
}

extension ResectionPlanPart.StageEntry {
  init(_ stage: StageFunction) {
    side = stage.sides.count == 1 ? stage.sides[0].rawValue : "both"
    lesions = stage.lesions
    segmentEquivalents = .init(stage.segments)
    ppoFEV1Percent = .init(stage.fev1)
    ppoDLCOPercent = .init(stage.dlco)
    ppoFEV1Liters = .init(stage.fev1Liters)
    isBelowLeastFEV1 = stage.isBelowLeastFEV1
    toMark = stage.toMark
    isReoperation = stage.isReoperation
    without = stage.without
    leftPercent = .init(stage.left, times: 100)
    methods = stage.remaining.map {
      .init(
        method: $0.method.rawValue, remainingPercent: .init(($0.expected, $0.worst), times: 100),
        remark: $0.remark.map(ReasonEntry.init))
    }
    flows = stage.flows.map { result in
      .init(
        id: result.flow.id, title: result.flow.title, caveat: result.flow.caveat,
        expected: result.expected.map { .init($0) }, worst: result.worst.map { .init($0) })
    }
    nextTest = stage.flows.first.flatMap { result in
      if case .needs(let test, _)? = result.worst ?? result.expected { test } else { nil }
    }
  }
}

extension ResectionPlanPart.FlowEntry.AnswerEntry {
  init(_ answer: ReserveFlow.Answer) {
    switch answer {
    case .risk(let risk, let text, let sources):
      self.init(risk: risk.rawValue, text: text, nextTest: nil, unknown: [], sources: sources)
    case .needs(let test, let facts):
      self.init(risk: nil, text: nil, nextTest: test, unknown: facts.map(\.name), sources: [])
    }
  }
}

extension ResectionPlanPart.LiverEntry {
  init(_ liver: LiverResection) {
    lesions = liver.lesions
    marginMM = mm(liver.margin)
    liverCC = cc(liver.liver) ?? 0
    tumourCC = cc(liver.tumour) ?? 0
    resectedHealthyCC = cc(liver.healthy) ?? 0
    isExact = liver.isExact
    remnantPercent = liver.remnantPercent.map { JSONText.rounded($0, digits: 1) }
    standardisedLiverCC = cc(liver.standardised)
    remnantOfStandardisedPercent = liver.standardisedPercent.map { JSONText.rounded($0, digits: 1) }
    contacts = liver.contacts.map { .init(lesion: $0.lesion, contact: .init($0.contact)) }
  }
}
