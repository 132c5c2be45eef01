// SPDX-License-Identifier: Apache-2.0
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

extension SBRTPlanPart {
  init(_ dossier: Dossier, _ plan: TherapyPlan, _ course: SBRTPlan) {
    proposals = plan.proposals.map { entry in
      PlanProposalEntry(
        entry, dossier,
        LesionDetail(
          proposal: course.proposals.first { $0.lesion == entry.lesion }.map(ProposalEntry.init),
          asStated: course.unplanned.first { $0.lesion == entry.lesion }.flatMap(StatedEntry.init)))
    }
    let isSilent = course.proposals.isEmpty && course.cumulative.isEmpty && course.remarks.isEmpty
    burden = isSilent ? nil : BurdenEntry(course)
  }
}

extension SBRTPlanPart {
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

extension SBRTPlanPart.PrescriptionEntry {
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

extension SBRTPlanPart.StatedEntry {
  init?(_ lesion: UnplannedLesion) {
    guard let choice = lesion.choice, let scheme = choice.scheme else { return nil }
    prescription = .init(
      scheme, isodosePercent: lesion.isodosePercent, ratio: lesion.ratio, because: choice.override)
    centrality = lesion.centrality.map(SBRTPlanPart.entry)
    alternatives = SBRTPlanPart.alternatives(to: choice)
    providedThat = choice.providedThat.map(ReasonEntry.init)
  }
}

extension SBRTPlanPart.ProposalEntry {
  init(_ proposal: SBRTProposal) {
    let scheme = proposal.scheme
    prescription = .init(
      scheme, isodosePercent: proposal.isodosePercent, ratio: proposal.bed.alphaBeta,
      because: proposal.choice.override)
    centrality = proposal.centrality.map(SBRTPlanPart.entry)
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
      SBRTPlanPart.OrganEntry(
        name: neighbour.organ.rawValue, structures: [neighbour.structure], volumeCC: nil,
        distanceMM: JSONText.rounded(neighbour.distance.millimeters, digits: 2), remarks: [],
        metrics: [.init("nearMaximum", "Gy", neighbour.dose)],
        limits: neighbour.checks.map(SBRTPlanPart.LimitEntry.init))
    }
    alternatives = SBRTPlanPart.alternatives(to: proposal.choice)
    providedThat = proposal.choice.providedThat.map(ReasonEntry.init)
  }
}

extension SBRTPlanPart.BurdenEntry {
  init(_ plan: SBRTPlan) {
    ptvCC = JSONText.rounded(plan.targetVolume.cubicCentimeters, digits: 2)
    fractions = plan.groups.reduce(0) { $0 + $1.fractions }
    visits = plan.visits
    groups = plan.groups.map { .init(fractions: $0.fractions, lesions: $0.lesions) }
    gridMM = plan.spacing.millimeters
    reckonedOn = plan.day
    lungs = plan.lungs.map(SBRTPlanPart.LungEntry.init)
    lungsPlainSum =
      plan.plainLungs.isEmpty ? nil : plan.plainLungs.map { .init($0.name, $0.unit.rawValue, $0.value) }
    organs = plan.organs.map { organ in
      var entry = SBRTPlanPart.OrganEntry(
        name: organ.organ.rawValue, structures: organ.structures,
        volumeCC: JSONText.rounded(organ.volume.cubicCentimeters, digits: 2), distanceMM: nil,
        remarks: organ.remarks.map(ReasonEntry.init),
        metrics: organ.metrics.map { .init($0.name, $0.unit.rawValue, $0.value) },
        limits: organ.checks.map(SBRTPlanPart.LimitEntry.init))
      if let sum = plan.cumulative.first(where: { $0.organ == organ.organ }) {
        entry.alphaBetaGy = sum.alphaBeta.gray
        entry.priorEQD2Gy = .init(sum.earlier)
        entry.addedEQD2Gy = .init(sum.added)
        entry.cumulativeEQD2Gy = .init(sum.sum)
        entry.limitGy = sum.roomLimit?.bounds?.low
        entry.roomGy = sum.room.map(SBRTPlanPart.BandEntry.init)
      }
      entry.curve = organ.curve.map(SBRTPlanPart.CurveEntry.init)
      return entry
    }
    lungCosts = plan.lungCosts.map {
      .init(lesions: $0.lesions, meanGy: .init($0.mean), v20Percent: .init($0.v20Percent))
    }
    largestFeasibleSubset = plan.subset?.lesions
    largestFeasibleSubsetAsExpected = plan.subset.map(SBRTPlanPart.SubsetEntry.init)
    largestFeasibleSubsetInPoorPlan = plan.poorSubset.map(SBRTPlanPart.SubsetEntry.init)
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
    cumulative = plan.cumulative.map(SBRTPlanPart.CumulativeEntry.init)
    reirradiation = plan.reirradiation.map {
      .init(
        course: $0.course, type: $0.kind.rawValue, why: ReasonEntry($0.why),
        months: $0.months.map { JSONText.rounded($0, digits: 1) }, tooSoon: $0.isTooSoon)
    }
  }
}

extension SBRTPlanPart.LungEntry {
  init(_ lungs: OrganDose) {
    func metric(_ metric: DoseMetric, _ unit: DoseMetricValue.Unit) -> SBRTPlanPart.BandEntry? {
      lungs.band(of: metric, in: unit).map { .init($0) }
    }
    func critical(_ cc: Double) -> SBRTPlanPart.BandEntry? {
      lungs.checks.first { $0.limit.endpoint == .criticalVolumeDose(cc) && $0.value != nil }
        .flatMap { $0.value.map(SBRTPlanPart.BandEntry.init) }
    }
    v20Percent = metric(.volumeAtDose(20), .percent)
    v10Percent = metric(.volumeAtDose(10), .percent)
    v5Percent = metric(.volumeAtDose(5), .percent)
    meanGy = metric(.mean, .gray)
    criticalVolume1500Gy = critical(1500)
    criticalVolume950Gy = critical(950)
  }
}

extension SBRTPlanPart.CumulativeEntry {
  init(_ organ: CumulativeOrganDose) {
    name = organ.organ.rawValue
    alphaBetaGy = organ.alphaBeta.gray
    courses = organ.courses
    metric = organ.metric
    priorEQD2Gy = .init(organ.earlier)
    addedEQD2Gy = .init(organ.added)
    cumulativeEQD2Gy = .init(organ.sum)
    overlapEQD2Gy = organ.overlap.map(SBRTPlanPart.BandEntry.init)
    worstWithinEllipsoidGy = organ.worst.map { JSONText.rounded($0.anywhere, digits: 2) }
    worstWithinEllipsoidInsideOrganGy = organ.worst.map { JSONText.rounded($0.inside, digits: 2) }
    limitGy = organ.roomLimit?.bounds?.low
    limitSet = organ.roomLimit?.set
    roomGy = organ.room.map(SBRTPlanPart.BandEntry.init)
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
