// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Report
internal import Vocabulary

private func plain(_ x: Double?, digits: Int = 2) -> Double? {
  x.map { JSONText.rounded($0, digits: digits) }
}

extension PatientPlanPart {
  init(_ plan: PatientPlan) {
    advice = plan.patient.advice.rawValue
    status = plan.status.rawValue
    alsoCalled = plan.alsoCalled
    weeks = plan.patient.weeks
    patientFindings = plan.patient.findings.map(AssessmentDocument.FindingEntry.init)
    requires = plan.patient.requires.map { .init(text: $0.text, sources: $0.sources) }
    locks = plan.locks.map {
      LockEntry(lesion: $0.lesion, kind: $0.kind.rawValue, choices: $0.choices, reason: $0.reason)
    }
    let best = plan.recommended
    assignments = best.assignments.map { AssignmentEntry($0, isRecommended: true) }
    sessions = Self.sessions(best)
    standing = StandingEntry(best.standing)
    burden = BurdenEntry(best.burden)
    limits = best.limits.map(LimitEntry.init)
    proof = best.proof.words
    alternatives = plan.alternatives.map(AlternativeEntry.init)
    impossible = plan.impossible.map {
      ImpossibleEntry(kind: $0.family.rawValue, reasons: $0.reasons.map(ReasonWords.text))
    }
    unassigned = best.assignments.filter { $0.choice == .untreated }.map {
      UnassignedEntry(lesion: $0.lesion, why: $0.reasons.map { ReasonWords.text($0.reason) })
    }
    refused = plan.refused.map {
      RefusedEntry(
        lesion: $0.lesion, modality: $0.choice.word, why: ReasonWords.text($0.reason),
        sources: $0.reason.sources)
    }
    judgedAlone = plan.alone.map { lesion in
      AloneEntry(
        lesion: lesion.lesion,
        modalities: lesion.modalities.map {
          .init(
            modality: $0.modality.rawValue, verdict: $0.verdict.word,
            score: $0.verdict == .indeterminate ? nil : plain($0.score, digits: 1))
        })
    }
    robustness = plan.robustness.map(RobustnessEntry.init)
  }

  fileprivate static func sessions(_ variant: PlanVariant) -> [SessionEntry] {
    variant.sessions.enumerated().map { place, session in
      SessionEntry(
        order: place + 1, modality: session.modality.rawValue, lesions: session.lesions,
        side: session.side?.rawValue, visits: session.visits, punctures: session.punctures,
        weeksAfterPrevious: session.weeksAfter, startWeek: session.startWeek,
        isIntraoperative: session.isIntraoperative, before: session.before.map(ReasonEntry.init),
        sources: session.sources)
    }
  }
}

extension PatientPlanPart.AssignmentEntry {
  fileprivate init(_ assignment: PlanAssignment, isRecommended: Bool) {
    lesion = assignment.lesion
    site = assignment.site?.rawValue
    side = assignment.side?.rawValue
    modality = assignment.choice.word
    verdict = assignment.judgement?.verdict.word
    score = plain(assignment.judgement?.score, digits: 1)
    scheme = assignment.scheme.map {
      .init(
        id: $0.id, doseGy: $0.fractionation.total.gray, fractions: $0.fractionation.fractions,
        sources: $0.sources)
    }
    findings = (assignment.judgement?.findings ?? []).filter {
      [.conditions, .lowers, .excludes].contains($0.effect)
    }.map(AssessmentDocument.FindingEntry.init)
    providedThat = ((assignment.judgement?.providedThat ?? []) + assignment.provisos).map(ReasonEntry.init)
    proposal = assignment.proposal.map(ReasonEntry.init)
    ablation = isRecommended ? assignment.ablation.map(AblationPlanPart.ProposalEntry.init) : nil
    why = assignment.reasons.map { ReasonWords.text($0.reason) }
    noMeaningfulDifference = assignment.alike.map(\.word)
  }
}

extension PatientPlanPart.RobustnessEntry {
  fileprivate init(_ robustness: PlanRobustness) {
    func share(_ x: Double) -> Double { JSONText.rounded(x, digits: 4) }
    samples = robustness.samples
    seed = robustness.seed
    probabilityOfPlan = share(robustness.planProbability)
    probabilityAsGood = share(robustness.asGoodProbability)
    isRobust = robustness.isRobust
    regretPoints = JSONText.rounded(robustness.regretPoints, digits: 2)
    regretPointsAsMeasured = plain(robustness.regretPointsAsMeasured)
    settling = robustness.settling.map { found in
      let what =
        switch found.what {
        case .fact(let fact): fact.name
        case .placement: "zonePlacement"
        case .dose: "calculatedDose"
        }
      return .init(lesion: found.lesion, what: what, probabilityAsGood: share(found.asGoodProbability))
    }
    drawsLeftOpen = robustness.unsettled
    lesions = robustness.lesions.map { lesion in
      .init(
        lesion: lesion.lesion,
        probabilityOfVerdict: Dictionary(
          lesion.verdicts.map { ($0.key.word, share($0.value)) }, uniquingKeysWith: { first, _ in first }),
        probabilityAcceptable: Dictionary(
          lesion.acceptable.map { ($0.key.rawValue, share($0.value)) },
          uniquingKeysWith: { first, _ in first }),
        probabilityOfChoice: lesion.choices.mapValues(share))
    }
    flips = robustness.flips.map { flip in
      .init(
        lesion: flip.lesion, fact: flip.fact.name, value: JSONText.rounded(flip.value),
        atValue: JSONText.rounded(flip.edge), direction: flip.isRise ? "above" : "below",
        unit: flip.fact.definition.unit, standardDeviations: plain(flip.deviations),
        verdicts: flip.verdicts.map {
          .init(lesion: $0.lesion, modality: $0.modality.rawValue, from: $0.from.word, to: $0.to.word)
        },
        decisions: Dictionary(
          flip.decisions.map { ($0.lesion, $0.choice) }, uniquingKeysWith: { first, _ in first }))
    }
    worthObtaining = robustness.wishes.map {
      .init(
        fact: $0.fact.name, lesions: $0.lesions, mayChangePlan: $0.changesPlan,
        couldExclude: $0.couldExclude, scoreSpread: JSONText.rounded($0.scoreSpread, digits: 1))
    }
  }
}

extension PatientPlanPart.StandingEntry {
  fileprivate init(_ standing: PlanStanding) {
    lesionsWithoutAcceptableTreatment = standing.withoutAcceptable
    untreatedLesions = standing.untreated
    boardQuestions = standing.board
    lesionsOutsideFirstGroup = standing.outside
    openConditions = standing.conditions
    cautions = standing.cautions
    acceptableOrWorse = standing.acceptables
    meanScore = plain(standing.meanScore, digits: 1)
  }
}

extension PatientPlanPart.BurdenEntry {
  fileprivate init(_ burden: PlanBurden) {
    visits = burden.visits
    // Nothing known of it is no nought.
    func figure(_ x: Double, _ measure: PlanMeasure) -> Double? {
      x == 0 && !burden.isWhole(measure) ? nil : JSONText.rounded(x, digits: 2)
    }
    meanLungDoseGy = figure(burden.lungDoseGray, .lungDose)
    segments = figure(burden.segments, .segments)
    anaesthetics = burden.anaesthetics
    hospitalDays = burden.hospitalDays
    punctures = burden.punctures
    weeks = burden.weeks
    energies = burden.energies
    assumedPoints = JSONText.rounded(burden.assumedPoints, digits: 2)
    points = JSONText.rounded(burden.points, digits: 2)
    incomplete = PlanMeasure.allCases.filter { !burden.isWhole($0) }.map(\.key)
    unknown = burden.unknown.map { ReasonEntry($0.reason) }
  }
}

extension PlanMeasure {
  /// The key whose figure it is.
  fileprivate var key: String {
    switch self {
    case .visits: "visits"
    case .lungDose: "meanLungDoseGy"
    case .segments: "segments"
    case .anaesthetics: "anaesthetics"
    case .hospitalDays: "hospitalDays"
    case .punctures: "punctures"
    case .weeks: "weeks"
    case .energies: "energies"
    case .assumed: "assumedPoints"
    }
  }
}

extension PatientPlanPart.LimitEntry {
  fileprivate init(_ limit: PlanLimit) {
    name = limit.name
    value = plain(limit.value?.expected)
    low = plain(limit.value?.low)
    high = plain(limit.value?.high)
    self.limit = limit.bound
    unit = limit.unit
    standing = ReasonEntry(limit.standing)
    sources = limit.sources
  }
}

extension PatientPlanPart.AlternativeEntry {
  fileprivate init(_ variant: PlanVariant) {
    title = variant.title
    assignments = variant.assignments.map { .init($0, isRecommended: false) }
    sessions = PatientPlanPart.sessions(variant)
    standing = .init(variant.standing)
    burden = .init(variant.burden)
    limits = variant.limits.map(PatientPlanPart.LimitEntry.init)
    proof = variant.proof.words
    won = variant.won.map(ReasonEntry.init)
    lost = variant.lost.map(ReasonEntry.init)
    isOnParetoFront = variant.isOnFront
  }
}
