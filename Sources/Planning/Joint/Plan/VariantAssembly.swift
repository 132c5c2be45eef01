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

  /// A choice written out.
  ///
  /// - Parameter isRecommended: whether doses of earlier courses are listed for organs too in which no courses meet: of plans
  ///   beside the recommended one they would decide nothing.
  /// - Throws: errors of geometry.
  func variant(
    _ title: String, _ result: ChoiceResult, isRecommended: Bool = false, _ search: inout PlanSearch
  ) throws -> PlanVariant {
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
    if let course = try search.course(
      result.choice, isWhole: isRecommended)
    {
      limits += PatientLimits.limits(course)
    }
    let rank = result.choice.rank
    let scores = chosen.compactMap { judgements[$0.id]?.score }
    return PlanVariant(
      title: title,
      assignments: try indices.map { try assignment($0, among: result.choice, judgements, &search) },
      sessions: SessionOrder(pool).sessions(chosen),
      standing: PlanStanding(
        withoutAcceptable: rank.unacceptable, untreated: rank.untreated, board: rank.board,
        outside: rank.outside, conditions: rank.conditions,
        cautions: rank.cautions, acceptables: rank.acceptables,
        meanScore: scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)),
      burden: burden(result.choice, unknown), limits: limits, facts: facts,
      proof: Self.proof(result.proof), won: [],
      lost: [], remarks: try energies(result.choice, &search) + liver(chosen))
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
      hospitalDays: measure(.hospitalDays), punctures: measure(.punctures), weeks: measure(.weeks),
      energies: measure(.energies), assumedPoints: Double(measure(.assumed)) / 1000,
      points: Double(choice.rank.burden) / 1000, unknown: unknown)
  }

  /// Why one place is treated with several energies.
  private func energies(_ choice: EvaluatedChoice, _ search: inout PlanSearch) throws -> [Reason] {
    let maker = SessionMaker(pool)
    let own = choice.options.filter { joint.options[$0].choice.family == .ablation }
    let places = Dictionary(grouping: own) { maker.place(of: joint.options[$0]) }
    return try places.sorted { $0.key < $1.key }.compactMap { place, members in
      let words = members.map { joint.options[$0].choice.word }
      let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
      guard counts.count > 1,
        let main = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key
      else { return nil }
      let why = try members.filter { joint.options[$0].choice.word != main }.map { index in
        Reason(
          .plan(.notByOther), of: .lesion(joint.options[index].id), names: [main],
          because: try whyNot(main, in: index, choice, &search))
      }
      return Reason(
        .plan(.severalEnergies), names: [place.title] + counts.keys.sorted(), because: why)
    }
  }

  /// Why a lesion is not treated by another therapy in a choice.
  private func whyNot(
    _ word: String, in index: Int, _ choice: EvaluatedChoice, _ search: inout PlanSearch
  ) throws -> [Reason] {
    let option = joint.options[index]
    guard
      let other = joint.options.indices.first(where: {
        joint.options[$0].id == option.id && joint.options[$0].choice.word == word
      })
    else {
      return catalogue.refused.filter { $0.lesion == option.id && $0.choice.word == word }.map(\.reason)
    }
    var switched = choice.options
    switched[option.lesion] = other
    let evaluated = try search.evaluate(switched)
    guard evaluated.conflicts.isEmpty else { return Self.whys(evaluated.conflicts) }
    guard let theirs = try judged(other, among: switched), let mine = try judged(index, among: choice.options)
    else { return [] }
    if theirs.verdict != mine.verdict {
      return [Reason(.joint(.lesserVerdict), names: [theirs.verdict.word, mine.verdict.word])]
    }
    let worse = theirs.findings.first { finding in
      [.conditions, .lowers].contains(finding.effect)
        && !mine.findings.contains { $0.reason == finding.reason }
    }
    return [
      Reason(
        .joint(.lesserScore), figures: [theirs.score, mine.score].map { .init($0, unit: "points") })
    ] + [worse?.reason].compactMap(\.self)
  }

  /// Why a choice cannot be done: each limit once, and of the lungs' reserve, which many pairs of operations touch alike, the
  /// first pair.
  private static func whys(_ conflicts: [ChoiceConflict]) -> [Reason] {
    var kinds: [Reason.Kind] = []
    return conflicts.map(\.why).uniqued.filter { why in
      guard why.kind == .joint(.unknownReserve) || why.kind == .joint(.noReserve) else { return true }
      defer { kinds.append(why.kind) }
      return !kinds.contains(why.kind)
    }
  }

  /// That several liver lesions are resected while what remains is not known.
  private func liver(_ chosen: [PlanOption]) -> [Reason] {
    let own = chosen.filter { $0.choice.family == .surgery && $0.site == .liver }
    guard own.count > 1, SurgeryGroup(pool: pool).isLiverRemnantUnknown(own) else { return [] }
    return [Reason(.plan(.reserveOfLiverUnknown), names: own.map(\.id))]
  }

  private static func proof(_ proof: ChoiceResult.Proof) -> PlanProof {
    switch proof {
    case .optimal: .optimal
    case .leastRegret(let count): .leastRegret(of: count)
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
                because: Self.whys(evaluated.conflicts)),
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
      ablation: pool.ablationProposal(of: option), alike: alike)
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
    case .board: "in questions for a board"
    case .outside: "in lesions treated by less than their first therapy"
    case .conditions: "in open conditions"
    case .cautions: "in cautions"
    case .acceptables: "in concerns short of favourable"
    case .treatment:
      "in lesions without any treatment, with \(Self.unacceptableWeight) for one without acceptable treatment"
    case .suitability:
      "in lesions treated by less than their first therapy, with \(Self.boardWeight) for a question for a board"
    case .concerns: "in concerns short of favourable, with \(Self.cautionWeight) for a caution"
    case .burden: "in thousandths of points of burden"
    case .measure: "in one measure of burden"
    case .score: "in tenths of points missing to full scores"
    }
  }
}
