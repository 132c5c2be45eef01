internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

extension PlanDocument {
  init(_ dossier: Dossier, _ plan: SBRTPlan, tool: String) {
    provenance = ProvenanceEntry(dossier, tool: tool, withProtocol: true)
    warnings = dossier.patientCase.warnings + (dossier.assessment?.warnings ?? [])
    patientID = dossier.patientCase.patientID
    let unplanned = Dictionary(
      plan.unplanned.map { ($0.lesion, $0) }, uniquingKeysWith: { first, _ in first })
    proposals = dossier.patientCase.lesions.compactMap { lesion in
      let judged = dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.modalities.first {
        $0.modality == .sbrt
      }
      let proposal = plan.proposals.first { $0.lesion == lesion.id }
      guard proposal != nil || unplanned[lesion.id] != nil else { return nil }
      return LesionEntry(
        lesion: lesion.id, why: unplanned[lesion.id].map { ReasonEntry($0.why) },
        verdict: judged?.verdict.word,
        score: judged.map { JSONText.rounded($0.score, digits: 1) },
        proposal: proposal.map(ProposalEntry.init), asStated: unplanned[lesion.id].flatMap(StatedEntry.init))
    }
    let isSilent = plan.proposals.isEmpty && plan.cumulative.isEmpty && plan.remarks.isEmpty
    burden = isSilent ? nil : BurdenEntry(plan)
    facts = PlannedFactsEntry(PlannedFactTables(plan))
    var cited: Set<String> = []
    for proposal in plan.proposals {
      cited.formUnion(proposal.scheme.sources + proposal.target.sources)
      cited.formUnion(proposal.choice.candidates.flatMap(\.sources))
      cited.formUnion(proposal.neighbours.flatMap { $0.checks.flatMap(\.limit.sources) })
    }
    for lesion in plan.unplanned {
      cited.formUnion(
        lesion.choice.map { ($0.scheme?.sources ?? []) + $0.candidates.flatMap(\.sources) } ?? [])
    }
    for organ in plan.organs { cited.formUnion(organ.checks.flatMap(\.limit.sources)) }
    for organ in plan.cumulative {
      cited.formUnion(organ.checks.flatMap(\.limit.sources) + organ.words.flatMap(\.sources))
    }
    cited.formUnion(plan.pneumonitis?.thresholds.flatMap(\.threshold.sources) ?? [])
    cited.formUnion(plan.pneumonitis?.readings.flatMap(\.curve.sources) ?? [])
    cited.formUnion(dossier.careProtocol.radiotherapy?.fallOffSources ?? [])
    sources = AssessmentDocument.entries(cited, in: dossier.careProtocol.bibliography)
  }
}

extension PlanDocument {
  static func entry(_ centrality: Centrality) -> [String: String] {
    [
      "rtog": centrality.rtog.text, "iaslc": centrality.iaslc.text, "hilus": centrality.hilus.text,
      "ultracentral": centrality.ultracentral.text,
    ]
  }

  static func alternatives(to choice: PrescriptionChoice) -> [AlternativeEntry] {
    choice.candidates.filter { $0.scheme != choice.scheme }.map {
      AlternativeEntry(
        scheme: $0.scheme.id, doseGy: $0.scheme.fractionation.total.gray,
        fractions: $0.scheme.fractionation.fractions, standing: $0.standing.rawValue,
        why: $0.why.map(ReasonEntry.init),
        sources: $0.sources)
    }
  }
}

extension PlanDocument.PrescriptionEntry {
  init(_ scheme: PrescriptionScheme, isodosePercent: Double, ratio: AlphaBetaRatio, because: Reason?) {
    let fractionation = scheme.fractionation
    self.scheme = scheme.id
    doseGy = fractionation.total.gray
    fractions = fractionation.fractions
    self.isodosePercent = isodosePercent
    isodoseIsStatedBySource = scheme.isodosePercent != nil
    prescribedTo = scheme.prescribedTo
    bed10Gy = JSONText.rounded(fractionation.bed(ratio).gray, digits: 2)
    eqd2Gy = JSONText.rounded(fractionation.eqd2(ratio).gray, digits: 2)
    alphaBetaGy = ratio.gray
    exceedsLinearQuadraticRange = fractionation.exceedsLinearQuadraticRange
    requires = scheme.requiresBoard ? "board" : nil
    chosenBecause = because.map(ReasonEntry.init)
    sources = scheme.sources
  }
}

extension PlanDocument.StatedEntry {
  init?(_ lesion: UnplannedLesion) {
    guard let choice = lesion.choice, let scheme = choice.scheme else { return nil }
    prescription = .init(
      scheme, isodosePercent: lesion.isodosePercent, ratio: lesion.ratio, because: choice.override)
    centrality = lesion.centrality.map(PlanDocument.entry)
    alternatives = PlanDocument.alternatives(to: choice)
    providedThat = choice.providedThat.map(ReasonEntry.init)
  }
}

extension PlanDocument.ProposalEntry {
  init(_ proposal: SBRTProposal) {
    let scheme = proposal.scheme
    prescription = .init(
      scheme, isodosePercent: proposal.isodosePercent, ratio: proposal.bed.alphaBeta,
      because: proposal.choice.override)
    centrality = proposal.centrality.map(PlanDocument.entry)
    centralityRemarks = proposal.centrality?.remarks.map(ReasonEntry.init)
    let target = proposal.target
    func list(_ axes: SIMD3<Double>) -> [Double] { [axes.x, axes.y, axes.z] }
    margins = .init(
      basis: target.basis.rawValue, technique: target.technique, itvMM: list(target.motionMargin),
      ptvMM: list(target.setupMargin), remarks: target.remarks.map(ReasonEntry.init),
      sources: target.sources)
    ptvCC = JSONText.rounded(target.solid.volume.cubicCentimeters, digits: 3)
    compositeWith = proposal.compositeWith
    isOutsideConformityTable = proposal.fallOff.isOutsideTable
    r50 = .init(proposal.r50)
    d2cmPercent = .init(proposal.d2cmPercent)
    lungMeanGy = proposal.lungCost.map { .init($0.mean) }
    lungV20Percent = proposal.lungCost.map { .init($0.v20Percent) }
    organs = proposal.neighbours.map { neighbour in
      PlanDocument.OrganEntry(
        name: neighbour.organ.rawValue, structures: [neighbour.structure], volumeCC: nil,
        distanceMM: JSONText.rounded(neighbour.distance.millimeters, digits: 2), remarks: [],
        metrics: [.init("nearMaximum", "Gy", neighbour.dose)],
        limits: neighbour.checks.map(PlanDocument.LimitEntry.init))
    }
    alternatives = PlanDocument.alternatives(to: proposal.choice)
    providedThat = proposal.choice.providedThat.map(ReasonEntry.init)
  }
}

extension PlanDocument.BurdenEntry {
  init(_ plan: SBRTPlan) {
    ptvCC = JSONText.rounded(plan.targetVolume.cubicCentimeters, digits: 2)
    fractions = plan.groups.reduce(0) { $0 + $1.fractions }
    visits = plan.visits
    groups = plan.groups.map { .init(fractions: $0.fractions, lesions: $0.lesions) }
    gridMM = plan.spacing.millimeters
    reckonedOn = plan.day
    lungs = plan.lungs.map(PlanDocument.LungEntry.init)
    lungsPlainSum =
      plan.plainLungs.isEmpty ? nil : plan.plainLungs.map { .init($0.name, $0.unit.rawValue, $0.value) }
    organs = plan.organs.map { organ in
      var entry = PlanDocument.OrganEntry(
        name: organ.organ.rawValue, structures: organ.structures,
        volumeCC: JSONText.rounded(organ.volume.cubicCentimeters, digits: 2), distanceMM: nil,
        remarks: organ.remarks.map(ReasonEntry.init),
        metrics: organ.metrics.map { .init($0.name, $0.unit.rawValue, $0.value) },
        limits: organ.checks.map(PlanDocument.LimitEntry.init))
      if let sum = plan.cumulative.first(where: { $0.organ == organ.organ }) {
        entry.alphaBetaGy = sum.alphaBeta.gray
        entry.priorEQD2Gy = .init(sum.earlier)
        entry.addedEQD2Gy = .init(sum.added)
        entry.cumulativeEQD2Gy = .init(sum.sum)
        entry.limitGy = sum.roomLimit?.bounds?.low
        entry.roomGy = sum.room.map(PlanDocument.BandEntry.init)
      }
      return entry
    }
    lungCosts = plan.lungCosts.map {
      .init(lesions: $0.lesions, meanGy: .init($0.mean), v20Percent: .init($0.v20Percent))
    }
    largestFeasibleSubset = plan.subset?.lesions
    largestFeasibleSubsetAsExpected = plan.subset.map(PlanDocument.SubsetEntry.init)
    largestFeasibleSubsetInPoorPlan = plan.poorSubset.map(PlanDocument.SubsetEntry.init)
    pneumonitis = plan.pneumonitis.map { risk in
      .init(
        readings: risk.readings.map {
          .init(
            metric: $0.curve.metric.name, riskPercent: .init($0.percent),
            isContinuedBeyondPoints: $0.isContinued,
            sources: $0.curve.sources)
        },
        thresholds: risk.thresholds.map {
          .init(
            metric: $0.threshold.name, above: $0.threshold.above, unit: $0.threshold.unit,
            value: .init($0.value), outcome: $0.outcome.rawValue, effect: $0.threshold.effect,
            population: $0.threshold.population, sources: $0.threshold.sources)
        })
    }
    cumulative = plan.cumulative.map(PlanDocument.CumulativeEntry.init)
    reirradiation = plan.reirradiation.map {
      .init(
        course: $0.course, type: $0.kind.rawValue, why: ReasonEntry($0.why),
        months: $0.months.map { JSONText.rounded($0, digits: 1) }, tooSoon: $0.isTooSoon)
    }
    remarks = plan.remarks.map(ReasonEntry.init)
  }
}

extension PlanDocument.LungEntry {
  init(_ lungs: OrganDose) {
    func metric(_ metric: DoseMetric, _ unit: DoseMetricValue.Unit) -> PlanDocument.BandEntry? {
      lungs.band(of: metric, in: unit).map { .init($0) }
    }
    func critical(_ cc: Double) -> PlanDocument.BandEntry? {
      lungs.checks.first { $0.limit.endpoint == .criticalVolumeDose(cc) && $0.value != nil }
        .flatMap { $0.value.map(PlanDocument.BandEntry.init) }
    }
    v20Percent = metric(.volumeAtDose(20), .percent)
    v10Percent = metric(.volumeAtDose(10), .percent)
    v5Percent = metric(.volumeAtDose(5), .percent)
    meanGy = metric(.mean, .gray)
    criticalVolume1500Gy = critical(1500)
    criticalVolume950Gy = critical(950)
  }
}

extension PlanDocument.CumulativeEntry {
  init(_ organ: CumulativeOrganDose) {
    name = organ.organ.rawValue
    alphaBetaGy = organ.alphaBeta.gray
    courses = organ.courses
    metric = organ.metric
    priorEQD2Gy = .init(organ.earlier)
    addedEQD2Gy = .init(organ.added)
    cumulativeEQD2Gy = .init(organ.sum)
    overlapEQD2Gy = organ.overlap.map(PlanDocument.BandEntry.init)
    worstWithinEllipsoidGy = organ.worst.map { JSONText.rounded($0.anywhere, digits: 2) }
    worstWithinEllipsoidInsideOrganGy = organ.worst.map { JSONText.rounded($0.inside, digits: 2) }
    limitGy = organ.roomLimit?.bounds?.low
    limitSet = organ.roomLimit?.set
    roomGy = organ.room.map(PlanDocument.BandEntry.init)
    roomPhysicalGy = organ.roomGray.map { JSONText.rounded($0, digits: 2) }
    limits = organ.checks.map { check in
      .init(
        set: check.limit.set, endpoint: check.limit.endpoint?.name ?? "",
        limit: check.limit.bounds.map { [$0.low, $0.high] } ?? [],
        unit: check.limit.isPercent ? "%" : "Gy", value: .init(check.value),
        outcome: check.outcome.rawValue, withinTheRangeOfItsAuthors: check.isWithinRange,
        agreed: check.limit.isConsensus, note: check.limit.note, sources: check.limit.sources)
    }
    statements = organ.words.map { "\($0.set): \($0.note ?? "")" }
    remarks = organ.remarks.map(ReasonEntry.init)
  }
}
