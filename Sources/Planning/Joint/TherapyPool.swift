// SPDX-License-Identifier: Apache-2.0
public import Ablation
internal import Cases
internal import Eligibility
internal import Facts
public import Radiotherapy
internal import Resection
internal import Vocabulary

/// Everything a joint plan chooses from: each therapy's proposals, ready to be put together.
///
/// A class, for it never changes and is handed on with every plan that is looked at.
final class TherapyPool: Sendable {
  let patientCase: PatientCase
  /// The lesions by id: plans do not depend on the order of a list.
  let lesions: [Lesion]
  let facts: FactAssembly
  /// Where what was told and what was measured do not fit.
  let warnings: [String]
  let judge: Judge
  /// The rules on what a plan tells of the patient alone.
  let planJudge: Judge
  let parameters: JointParameters
  /// `nil` where the protocol says nothing of it.
  let ablation: AblationPlan?
  let resections: ResectionChoices?
  let courses: CourseChoices?

  /// Plans every therapy for every lesion.
  ///
  /// - Throws: what the planners throw.
  init(
    _ patientCase: PatientCase, _ measurements: Measurements, _ assembled: FactAssembly,
    by careProtocol: CareProtocol, parameters: JointParameters, options: JointOptions
  ) throws {
    var ordered = patientCase
    ordered.lesions.sort { $0.id < $1.id }
    let isOrdered = ordered.lesions.map(\.id) == patientCase.lesions.map(\.id)
    let facts = isOrdered ? assembled : FactAssembly(ordered, measurements, by: careProtocol.facts)
    let settings = facts.lesionContexts(of: ordered)
    self.patientCase = ordered
    lesions = ordered.lesions
    self.facts = facts
    warnings = facts.warnings.filter { !patientCase.warnings.contains($0) }
    let rules = careProtocol.ruleSet
    judge = Judge(rules)
    planJudge = Judge(
      RuleSet(
        rules: rules.rules.filter {
          $0.fact.definition.isPlanned && $0.fact.definition.scope == .patient
        }, needs: rules.needs, scoring: rules.scoring, requirements: []))
    self.parameters = parameters
    ablation = try careProtocol.ablation.map { ablation in
      var asked = options.ablation
      asked.candidates = parameters.needleCandidates
      // One way of each is enough to choose by; a plan of the therapy by itself tells others, and tries more.
      asked.ways = 1
      asked.pooledWays = 200
      return try AblationPlanner(ablation, options: asked).plan(
        ordered, by: ablation.energies, settings: settings)
    }
    resections = try careProtocol.resection.map { resection in
      try ResectionPlanner(resection).choices(
        ordered, measurements, by: ResectionPlanner.modalities, settings: settings, patient: facts.patient)
    }
    courses = try careProtocol.radiotherapy.map { radiotherapy in
      try SBRTPlanner(radiotherapy, options: options.sbrt).choices(
        ordered, settings: settings, patient: facts.patient, mostRegimens: parameters.mostRegimens)
    }
  }

  /// The prescription of an option of SBRT, and why; `nil` where none could be chosen, and for every other therapy.
  func prescription(of option: PlanOption) -> PrescriptionChoice? {
    guard option.choice.modality == .sbrt, let courses else { return nil }
    if let regimen = option.regimen { return courses.regimens[regimen].choice }
    // Without a target what is stated may still have chosen one.
    return courses.unplanned.first { $0.lesion == option.id }?.choice
  }

  /// The proposal of an option of ablation; `nil` where none could be made, and for every other therapy.
  func ablationProposal(of option: PlanOption) -> AblationProposal? {
    ablation?.lesions.first { $0.lesion == option.id }?.proposals.first {
      $0.energy == option.choice.modality
    }
  }

  /// What is known of a lesion with what a plan of it says laid beside.
  func table(of lesion: Lesion, with plans: [FactTable]) -> FactTable {
    var ignored: [String] = []
    return plans.reduce(facts.facts(of: lesion)) { table, plan in
      Assessment.lay(plan, beside: table, of: lesion.id, &ignored)
    }
  }
}

/// What a user asks of a joint plan.
public struct JointOptions: Sendable {
  /// What is decided already.
  public var locks: [ClinicianChoice] = []
  /// How SBRT is planned.
  public var sbrt = SBRTOptions()
  /// How ablation is planned; its directions are the protocol's.
  public var ablation = AblationOptions()
  /// How many plans of another kind are shown at most.
  public var alternatives = 4
  /// Seconds after which the search ends with the best plan found so far; never when `nil`.
  public var timeLimit: Double?
  /// What is called at each stage of making the plan; `nil` without a listener.
  public var progress: (@Sendable (PlanStage) -> Void)?
  /// How many times measurements are drawn anew; 0 leaves robustness out.
  public var samples = 1000
  /// Where drawing starts: the same seed, the same figures.
  public var seed: UInt64 = 1

  /// What nobody asked.
  public init() {}
}
