// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

extension AblationPlanPart {
  init(_ dossier: Dossier, _ plan: TherapyPlan, _ ablation: AblationPlan) {
    proposals = plan.proposals.compactMap { entry in
      guard let lesion = ablation.lesions.first(where: { $0.lesion == entry.lesion }) else { return nil }
      let proposal = lesion.proposals.first { $0.energy == entry.modality }
      return PlanProposalEntry(
        entry, dossier,
        LesionDetail(
          energies: EnergiesEntry(lesion.choice), proposal: proposal.map(ProposalEntry.init)))
    }
    burden = BurdenEntry(
      ablatedLung: ablation.lungVolumes.map {
        .init(
          energy: $0.energy.rawValue, side: $0.side?.rawValue, lesions: $0.lesions,
          volumeCC: JSONText.rounded($0.volume.cubicCentimeters), isFlagged: $0.isFlagged)
      })
  }
}

extension AblationPlanPart.EnergiesEntry {
  init(_ choice: EnergyChoice) {
    order = choice.order.map(\.rawValue)
    avoided = choice.avoided.map(\.rawValue).sorted()
    because = choice.holding.map { .init(id: $0.id, text: $0.text, sources: $0.sources) }
    open = choice.open.map {
      .init(id: $0.preference.id, text: $0.preference.text, facts: $0.facts.map(\.name))
    }
  }
}

private func mm(_ length: Length) -> Double { JSONText.rounded(length.millimeters) }
private func point(_ p: SIMD3<Double>) -> [Double] {
  [JSONText.rounded(p.x), JSONText.rounded(p.y), JSONText.rounded(p.z)]
}
private func unit(_ p: SIMD3<Double>) -> [Double] {
  [
    JSONText.rounded(p.x, digits: 5), JSONText.rounded(p.y, digits: 5), JSONText.rounded(p.z, digits: 5),
  ]
}
private func plain(_ x: Double) -> Double { JSONText.rounded(x, digits: 2) }

extension AblationPlanPart.ProposalEntry {
  init(_ proposal: AblationProposal) {
    let zone = proposal.zone
    energy = proposal.energy.rawValue
    device = zone.device.id
    deviceName = zone.device.name
    setting = zone.setting.id
    applicatorsOfSetting = zone.setting.applicators
    basis = zone.device.basis.rawValue
    tissue = zone.device.tissue
    derating = zone.device.derating
    mark = zone.device.mark.rawValue
    isShippedChart = zone.device.isShipped
    isotherm = proposal.isotherm?.rawValue
    method = ReasonEntry(proposal.method)
    standing = proposal.standing.rawValue
    applicators = proposal.applicators.map { .init($0) }
    zones = proposal.zones.map {
      .init(
        centreMM: point($0.centre), axis: unit($0.axis), semiAxesMM: [mm($0.along), mm($0.across)])
    }
    coverage = .init(proposal.coverage)
    let search = proposal.search
    candidates = .init(
      tried: search.tried, feasible: search.feasible,
      refusedBy: Dictionary(
        search.refusals.map { ($0.key.word, $0.value) }, uniquingKeysWith: { a, _ in a }),
      paretoFront: search.front, isOnlyNear: search.isNear)
    alternatives = proposal.alternatives.map { .init($0) }
    neighbours = proposal.neighbours.map { .init($0) }
    reachesPleura = proposal.reachesPleura
    manoeuvres = proposal.manoeuvres.map { .init($0) }
    nerveQuestions = proposal.nerveQuestions.map {
      .init(role: $0.role.rawValue, text: $0.text, mark: Mark.heuristic.rawValue, sources: $0.sources)
    }
    risks = proposal.notes.map {
      .init(
        id: $0.note.id, topic: $0.note.topic.rawValue, text: $0.note.text,
        isPreparation: $0.note.isPreparation, ifKnown: $0.unknown.map(\.name), sources: $0.note.sources)
    }
    providedThat = proposal.providedThat.map(ReasonEntry.init)
    notContoured = proposal.notContoured.map(\.rawValue)
    remarks = proposal.remarks.map(ReasonEntry.init)
  }
}

extension AblationPlanPart.CoverageEntry {
  init(_ coverage: ZoneCoverage) {
    self.init(
      at5MMPercent: plain(coverage.at5Percent), at10MMPercent: plain(coverage.at10Percent),
      minimumMarginMM: mm(coverage.map.minimum), minimumMarginAtMM: point(coverage.map.place),
      fifthPercentileMarginMM: mm(coverage.map.fifthPercentile),
      surfaceAt5MMPercent: plain(coverage.map.surfacePercent.at5),
      surfaceAt10MMPercent: plain(coverage.map.surfacePercent.at10),
      probabilityOfHardMargin: plain(coverage.marginProbability),
      ablatedCC: JSONText.rounded(coverage.ablated.cubicCentimeters),
      healthyCC: JSONText.rounded(coverage.healthy.cubicCentimeters),
      lungCC: coverage.lung.map { JSONText.rounded($0.cubicCentimeters) })
  }
}

extension AblationPlanPart.NeighbourEntry {
  init(_ neighbour: ZoneNeighbour) {
    self.init(
      structure: neighbour.structure, role: neighbour.role.rawValue, distanceMM: mm(neighbour.distance),
      iceDistanceMM: neighbour.iceDistance.map(mm),
      overlapCC: JSONText.rounded(neighbour.overlap.cubicCentimeters, digits: 4),
      broken: neighbour.broken.map {
        .init(effect: $0.effect.rawValue, limitMM: mm($0.distance), text: $0.text, sources: $0.sources)
      })
  }
}

extension AblationPlanPart.ManoeuvreEntry {
  init(_ advice: ManoeuvreAdvice) {
    self.init(
      manoeuvre: advice.reach.manoeuvre.rawValue, structure: advice.structure,
      distanceMM: mm(advice.distance), wantedMM: mm(advice.wanted), neededMM: mm(advice.needed),
      usualMM: [advice.reach.usual.lowerBound, advice.reach.usual.upperBound],
      isUsuallyEnough: advice.isEnough.usually, isEnoughAtBest: advice.isEnough.atBest,
      text: advice.reach.text, sources: advice.reach.sources)
  }
}

extension AblationPlanPart.ApplicatorEntry {
  init(_ applicator: PlannedApplicator) {
    let path = applicator.path
    entryMM = point(path.entry)
    tipMM = point(path.tip)
    direction = unit(path.direction)
    depthMM = mm(path.depth)
    lengthMM = applicator.length.map(mm)
    pullBacksMM = applicator.pullBacks.map(mm)
    positions = path.positions.map { position in
      let angles = path.angles(in: position)
      return .init(
        position: position.rawValue, fromVerticalDegrees: plain(angles.fromVerticalDegrees),
        lean: angles.lean.rawValue, towardsHeadDegrees: plain(angles.towardsHeadDegrees))
    }
    crosses = applicator.crosses.map {
      .init(structure: $0.structure, role: $0.role.rawValue, lengthMM: mm($0.length))
    }
    clearances = applicator.clearances.map {
      .init(
        structure: $0.structure, role: $0.role.rawValue, distanceMM: mm($0.distance), atDepthMM: mm($0.depth))
    }
    aeratedLungMM = mm(path.aeratedLung)
    unchartedMM = mm(path.uncharted)
    pleuralPunctures = path.pleuralPunctures
    let isPleura = path.pleuralPunctures > 0
    angleToPleuraDegrees = isPleura ? path.surfaceAngleDegrees.map(plain) : nil
    angleToCapsuleDegrees = isPleura ? nil : path.surfaceAngleDegrees.map(plain)
    obliquityDegrees = plain(path.obliquityDegrees)
    fissures = path.fissures
    bullae = path.bullae
    vessels = path.vessels
    isBelowRib = path.isBelowRib
    entersPleuraInZone = path.entersPleuraInZone
    clearRadiusMM = mm(path.clearRadius)
    probabilityClear = Dictionary(
      applicator.probabilityClear.map { ($0.accuracy.id, plain($0.probability)) },
      uniquingKeysWith: { a, _ in a })
    pneumothoraxScore = plain(path.pneumothoraxScore)
    costs = Dictionary(
      PathCriterion.allCases.map { ($0.rawValue, JSONText.rounded(path.costs[$0])) },
      uniquingKeysWith: { a, _ in a })
  }
}
