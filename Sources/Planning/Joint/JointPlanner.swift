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
/// The order of plans: fewest lesions without acceptable treatment, fewest open conditions, fewest cautions, least burden,
/// best scores. Every set of choices is proposed anew: near targets as one course, wedges of a lobe together.
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
    let pool = try TherapyPool(
      patientCase, measurements, facts, by: careProtocol, parameters: parameters, options: options)
    let patient = pool.judge.judgePatient(pool.facts.patient)
    let reading = GroupEvaluation(pool)
    let catalogue = try OptionCatalogue(pool, reading, locks: options.locks, advice: patient.advice)
    let joint = try JointProblem(pool, catalogue.options, reading)
    var search = try PlanSearch(
      joint, locks: options.locks, checkedBy: CourseCheck(pool, careProtocol, options.sbrt))
    let found = try search.best()
    let writer = VariantAssembly(joint, catalogue, options.locks)
    let recommended = try writer.variant("recommended", found, &search)
    // Beside the search for alternatives, which leaves processors free; made again where that learnt what it rests on.
    let robust =
      options.samples == 0
      ? nil
      : RobustnessAnalysis(joint, careProtocol.ablation, samples: options.samples, seed: options.seed)
    let learnt = reading.learntSums.count
    let (others, early) = try Workers.beside {
      Result { try robust?.prepared(found.choice) }
    } _: { early in
      let others = try AlternativeSearch(joint, writer, count: options.alternatives).find(
        found, recommended, &search)
      return (others, early.value)
    }
    var prepared = try early.get()
    if reading.learntSums.count != learnt { prepared = try robust?.prepared(found.choice) }
    let robustness = try prepared.flatMap { try robust?.read(found.choice, $0, others.pool, &search) }
    return PatientPlan(
      patient: patient, locks: options.locks,
      recommended: others.recommended, alternatives: others.variants, impossible: others.impossible,
      refused: catalogue.refused, robustness: robustness,
      remarks: PlanRemarks(pool, patient, others.recommended).all
        + (search.wasStopped
          ? [Reason(.plan(.alternativesCutShort))] : []),
      effort: .init(
        programmes: search.solver.solves, evaluations: search.solver.evaluator.evaluations,
        solverSeconds: search.solver.seconds, seconds: clock.duration(to: ContinuousClock().now).inSeconds))
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
