// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Vocabulary

/// Writes a choice out as a plan: assignments, sessions, burden, limits.
struct VariantAssembly {
  private let joint: JointProblem
  private let catalogue: OptionCatalogue
  private let locks: [ClinicianChoice]

  private var pool: TherapyPool { joint.pool }

  init(_ joint: JointProblem, _ catalogue: OptionCatalogue, _ locks: [ClinicianChoice]) {
    self.joint = joint
    self.catalogue = catalogue
    self.locks = locks
  }

  /// - Throws: errors of geometry.
  func variant(_ title: String, _ result: ChoiceResult, _ search: inout PlanSearch) throws -> PlanVariant {
    let indices = result.choice.options
    let chosen = indices.map { joint.options[$0] }
    var judgements: [String: ModalityJudgement] = [:]
    var unknown: [PlanBurden.Unknown] = []
    var limits: [PlanLimit] = []
    var facts = PlannedFactTables(patient: FactTable(), lesions: [:])
    for group in PlanOption.Group.allCases {
      let own = chosen.filter { $0.group == group }
      guard !own.isEmpty else { continue }
      let reading = try joint.reading.read(group, own)
      for option in own { judgements[option.id] = joint.reading.whole(of: option, in: reading) }
      unknown += reading.unknown.map { .init(measure: $0.measure, reason: $0.reason) }
      facts = facts.merging(reading.facts)
      limits += PatientLimits.limits(reading)
    }
    limits += PatientLimits.limits(try LungReserve(pool, chosen))
    if let course = try search.course(result.choice) { limits += PatientLimits.limits(course) }
    let rank = result.choice.rank
    let scores = chosen.compactMap { judgements[$0.id]?.score }
    return PlanVariant(
      title: title,
      assignments: try indices.map { try assignment($0, among: result.choice, judgements, &search) },
      sessions: SessionOrder(pool).sessions(chosen),
      standing: PlanStanding(
        withoutAcceptable: rank.unacceptable, untreated: rank.untreated, conditions: rank.conditions,
        cautions: rank.cautions, acceptables: rank.acceptables,
        meanScore: scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)),
      burden: burden(result.choice, unknown), limits: limits, facts: facts,
      proof: Self.proof(result.proof), won: [],
      lost: [])
  }

  /// The families of which a decision leaves no therapy.
  private func refused(by lock: ClinicianChoice) -> Set<TherapyFamily> {
    Set(
      Dictionary(grouping: pool.judge.ruleSet.modalities) { TherapyFamily($0) }.filter { _, own in
        own.allSatisfy { lock.refuses(.therapy($0, scheme: nil)) }
      }.keys)
  }

  /// What the user decided for a lesion, as reasons against what that rules out.
  func decisions(on lesion: String) -> [AssignmentReason] {
    locks.filter { $0.lesion == lesion }.map { lock in
      AssignmentReason(
        lock.kind == .fix
          ? Reason(.joint(.fixedByUser), quote: lock.reason)
          : Reason(.joint(.excludedByUser), names: lock.choices, quote: lock.reason),
        against: refused(by: lock))
    }
  }

  private func burden(_ choice: EvaluatedChoice, _ unknown: [PlanBurden.Unknown]) -> PlanBurden {
    func measure(_ measure: GroupEvaluation.Measure) -> Int { choice.burden[measure.rawValue] }
    return PlanBurden(
      visits: measure(.visits), lungDoseGray: Double(measure(.lungDose)) / 100,
      segments: Double(measure(.segments)) / 100, anaesthetics: measure(.anaesthetics),
      points: Double(choice.rank.burden) / 1000, unknown: unknown)
  }

  private static func proof(_ proof: ChoiceResult.Proof) -> PlanProof {
    switch proof {
    case .optimal: .optimal
    case .gap(let aim, let least, let reached):
      .gap(
        "the search was cut short, and a better plan may exist: \(aim.words), this plan counts \(Int(reached)), none can count fewer than \(Int(least.rounded(.up)))"
      )
    }
  }

  private func assignment(
    _ index: Int, among choice: EvaluatedChoice, _ judgements: [String: ModalityJudgement],
    _ search: inout PlanSearch
  ) throws -> PlanAssignment {
    let option = joint.options[index]
    let lesion = pool.lesions[option.lesion]
    var why = decisions(on: option.id)
    let judgement = judgements[option.id]
    if judgement?.verdict == .ineligible { why.append(AssignmentReason(Reason(.joint(.againstProtocol)))) }
    var alike: [TherapyChoice] = []
    for other in joint.options.indices
    where other != index && joint.options[other].id == option.id && search.allowed.contains(other) {
      let alternative = joint.options[other]
      guard alternative.choice.modality != nil else { continue }
      var switched = choice.options
      switched[option.lesion] = other
      let evaluated = try search.evaluate(switched)
      guard evaluated.conflicts.isEmpty else {
        if option.choice == .untreated {
          why.append(
            AssignmentReason(
              Reason(
                .joint(.notPossible), names: [alternative.choice.title],
                because: evaluated.conflicts.map(\.why).uniqued),
              against: [alternative.choice.family]))
        }
        continue
      }
      guard let judgement, alternative.choice.word != option.choice.word,
        let theirs = try judged(other, among: switched),
        pool.judge.ruleSet.scoring.areEquivalent(theirs, judgement), !alike.contains(alternative.choice)
      else { continue }
      alike.append(alternative.choice)
    }
    if option.choice == .untreated {
      why += catalogue.refused.filter { $0.lesion == option.id }.map {
        AssignmentReason(
          Reason(.joint(.notPossible), names: [$0.choice.title], because: [$0.reason]),
          against: [$0.choice.family])
      }
      if let note = catalogue.without[option.id] { why.append(AssignmentReason(note)) }
    }
    return PlanAssignment(
      lesion: option.id, site: option.site, side: pool.facts.side(of: lesion), choice: option.choice,
      judgement: judgement, scheme: pool.prescription(of: option)?.scheme, reasons: why.uniqued,
      provisos: pool.group(option.choice.family).provisos(option),
      proposal: pool.group(option.choice.family).proposal(option),
      alike: alike)
  }

  private func judged(_ index: Int, among options: [Int]) throws -> ModalityJudgement? {
    let group = joint.options[index].group
    let own = options.map { joint.options[$0] }.filter { $0.group == group }
    let reading = try joint.reading.read(group, own)
    return own.first { $0.id == joint.options[index].id }.flatMap {
      joint.reading.whole(of: $0, in: reading)
    }
  }
}

extension ChoiceRequest.Aim {
  /// What was made least, for people.
  fileprivate var words: String {
    switch self {
    case .acceptable: "in lesions without acceptable treatment"
    case .untreated: "in lesions without any treatment"
    case .conditions: "in open conditions"
    case .cautions: "in cautions"
    case .acceptables: "in concerns short of favourable"
    case .treatment:
      "in open conditions, with \(Self.unacceptableWeight) for a lesion without acceptable treatment and \(Self.untreatedWeight) for one without any"
    case .concerns: "in concerns short of favourable, with \(Self.cautionWeight) for a caution"
    case .burden: "in thousandths of points of burden"
    case .measure: "in one measure of burden"
    case .score: "in tenths of points missing to full scores"
    }
  }
}
