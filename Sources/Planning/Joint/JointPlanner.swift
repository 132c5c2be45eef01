// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
public import Cases
internal import Eligibility
internal import Facts
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// Plans the patient as a whole: one choice for each lesion, judged together.
///
/// The order of plans: fewest lesions without acceptable treatment, fewest questions for a board, fewest lesions treated by less
/// than their first therapy and those that no evidence tells from it, least burden, fewest other open conditions, fewest
/// cautions, best scores. Every set of choices is proposed anew: near targets as one course, wedges of a lobe together. Among
/// draws of the measurements the plan is recommended that is charged least on average.
public struct JointPlanner: Sendable {
  private let careProtocol: CareProtocol
  private let options: JointOptions

  /// A planner.
  public init(_ careProtocol: CareProtocol, options: JointOptions = JointOptions()) {
    self.careProtocol = careProtocol
    self.options = options
  }

  /// The plan of a measured case.
  ///
  /// - Throws: `PlanObstacle` for a protocol without a part on planning, for locks that name nothing or leave no plan; what
  ///   the planners throw.
  public func plan(_ patientCase: PatientCase, _ measurements: Measurements) throws -> PatientPlan {
    try plan(patientCase, measurements, FactAssembly(patientCase, measurements, by: careProtocol.facts))
  }

  /// The plan of a case whose facts are assembled already.
  ///
  /// - Throws: see `plan(_:_:)`.
  func plan(
    _ patientCase: PatientCase, _ measurements: Measurements, _ facts: FactAssembly
  ) throws -> PatientPlan {
    let clock = ContinuousClock().now
    guard let parameters = careProtocol.joint else {
      throw PlanObstacle(
        "says nothing about planning the patient as a whole", of: .careProtocol,
        advice: "add its joint part (oligoplan protocol show)")
    }
    guard !patientCase.lesions.isEmpty else {
      throw PlanObstacle("there is no lesion to plan", advice: "import a lesion list or contours")
    }
    try check(patientCase)
    options.progress?(.proposals)
    let pool = try TherapyPool(
      patientCase, measurements, facts, by: careProtocol, parameters: parameters, options: options)
    let patient = pool.judge.judgePatient(pool.facts.patient)
    let reading = GroupEvaluation(pool)
    let catalogue = try OptionCatalogue(pool, reading, locks: options.locks, advice: patient.advice)
    let joint = try JointProblem(pool, catalogue.options, reading)
    var search = try PlanSearch(
      joint, locks: options.locks, checkedBy: CourseCheck(pool, careProtocol, options.sbrt))
    options.progress?(.search)
    search.deadline = deadline(Self.shareOfSearch)
    let found = try search.best()
    let writer = VariantAssembly(joint, catalogue, options.locks)
    // Where something else comes first there is nothing to be sure of.
    let isWaiting = found.choice.options.contains { joint.options[$0].choice == .observe }
    let robust =
      options.samples == 0 || isWaiting
      ? nil
      : RobustnessAnalysis(
        joint, careProtocol.ablation, samples: options.samples, seed: options.seed,
        timeLimit: options.timeLimit)
    options.progress?(.alternatives)
    search.deadline = deadline(1 - Self.shareOfSearch)
    let alternatives = AlternativeSearch(joint, writer, count: options.alternatives)
    // Beside the search for alternatives, which leaves processors free; made again where that learnt what it rests on.
    let learnt = reading.learntSums.count
    var (others, early) = try Workers.beside {
      Result { try robust?.prepared() }
    } _: { early in
      let others = try alternatives.find(found, &search)
      return (others, early.value)
    }
    var prepared = try early.get()
    if reading.learntSums.count != learnt { prepared = try robust?.prepared() }
    options.progress?(.samples)
    var (chosen, robustness) = (found, PlanRobustness?.none)
    if let robust, let prepared {
      let drawing = try robust.drawing(
        found.choice, prepared, [found.choice] + others.entries.map(\.result.choice), &search)
      if let result = try Self.recommended(drawing, found, parameters.recommendation, &search) {
        chosen = result
        others.entries.insert((["best as measured"], found), at: 0)
      }
      robustness = try robust.read(
        found.choice, recommending: chosen.choice, prepared, drawing, &search)
    }
    let isAsMeasured = chosen.choice.options == found.choice.options
    let written = try alternatives.variants(
      others,
      beside: try writer.variant(
        "recommended", chosen, isRecommended: true, &search), chosen.choice, &search)
    return PatientPlan(
      patient: patient, locks: options.locks,
      status: Self.status(chosen.choice, patient.advice, isWaiting: isWaiting),
      recommended: written.recommended,
      alsoCalled: isAsMeasured ? others.titlesOfBest : [], alternatives: written.others,
      impossible: others.impossible,
      refused: catalogue.refused, alone: try OptionCatalogue.alone(pool, reading), robustness: robustness,
      remarks: PlanRemarks(pool, patient, written.recommended, robustness).all
        + (search.wasStopped || others.entries.contains { $0.result.isCutShort }
          ? [Reason(.plan(.alternativesCutShort))] : []),
      effort: .init(
        programmes: search.solver.solves, evaluations: search.solver.evaluator.evaluations,
        solverSeconds: search.solver.seconds, seconds: clock.duration(to: ContinuousClock().now).inSeconds))
  }

  /// How much of the time limit the search for the best plan has, the rest being that of the alternatives.
  private static let shareOfSearch = 0.6

  /// When a part of the search ends; `nil` without a limit.
  private func deadline(_ share: Double) -> ContinuousClock.Instant? {
    options.timeLimit.map { ContinuousClock().now + .seconds(share * $0) }
  }

  /// What is recommended in place of the plan that is best as measured; `nil` where that one stays.
  private static func recommended(
    _ drawing: RobustnessAnalysis.Drawing, _ found: ChoiceResult,
    _ parameters: JointParameters.Recommendation, _ search: inout PlanSearch
  ) throws -> ChoiceResult? {
    var verified: EvaluatedChoice?
    let rank = found.choice.rank
    let weighed = try drawing.recommended(parameters) { options in
      guard let choice = try search.verified(options), choice.rank.unacceptable <= rank.unacceptable,
        choice.rank.board <= rank.board
      else { return false }
      verified = choice
      return true
    }
    guard let verified, let weighed, weighed.options != found.choice.options else { return nil }
    return ChoiceResult(choice: verified, proof: .leastRegret(of: drawing.drawn.weighed.count))
  }

  /// What a plan is to the board.
  private static func status(_ choice: EvaluatedChoice, _ advice: Advice, isWaiting: Bool) -> PlanStatus {
    isWaiting
      ? .noLocalPlan : advice == .boardOnly || choice.rank.board > 0 ? .ifBoardLifts : .recommended
  }

  /// Refuses locks that name nothing there is.
  private func check(_ patientCase: PatientCase) throws(PlanObstacle) {
    for lock in options.locks {
      guard patientCase.lesions.contains(where: { $0.id == lock.lesion }) else {
        throw PlanObstacle(
          "there is no lesion \(lock.lesion)",
          advice: "there are " + patientCase.lesions.map(\.id).joined(separator: ", "))
      }
      if let stranger = lock.choices.first(where: { !ClinicianChoice.words.contains($0) }) {
        throw PlanObstacle(
          "there is no therapy \(stranger)", advice: "one of " + ClinicianChoice.words.joined(separator: ", ")
        )
      }
      if lock.reason.contains(where: \.isNewline) {
        throw PlanObstacle(
          "the reason for \(lock.lesion) has more than one line", advice: "write it in one line")
      }
      if lock.choices.isEmpty || lock.reason.allSatisfy(\.isWhitespace) {
        throw PlanObstacle(
          "the decision on \(lock.lesion) names no therapy or no reason",
          advice: "write LESION=THERAPY: reason")
      }
    }
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
