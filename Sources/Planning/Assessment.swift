// SPDX-License-Identifier: Apache-2.0
public import Ablation
public import Cases
public import Eligibility
public import Facts
public import Radiotherapy
public import Resection

/// What `assess` answers: every lesion by every local therapy, and the patient as a whole.
public struct Assessment: Sendable {
  /// The patient.
  public let patient: PatientJudgement
  /// The lesions, in the case's order.
  public let lesions: [LesionJudgement]
  /// The registry group if every lung metastasis can be resected, by interval and number; `nil` where these are not known
  /// closely enough, or there is no lung metastasis.
  public let registryGroup: IRLMGroup?
  /// Where what was stated and what was measured differ, in words.
  public let warnings: [String]

  /// The same with other judgements of the lesions, in this one's order.
  func judging(_ others: [LesionJudgement]) -> Assessment {
    Assessment(
      patient: patient,
      lesions: lesions.map { lesion in others.first { $0.lesion == lesion.lesion } ?? lesion },
      registryGroup: registryGroup, warnings: warnings)
  }

  private init(
    patient: PatientJudgement, lesions: [LesionJudgement], registryGroup: IRLMGroup?, warnings: [String]
  ) {
    self.patient = patient
    self.lesions = lesions
    self.registryGroup = registryGroup
    self.warnings = warnings
  }

  /// The registry group of a patient whose lung metastases could all be resected: both ends of what is known of the interval
  /// must give one group; `nil` else.
  public static func registryGroup(_ facts: FactTable) -> IRLMGroup? {
    guard let months = facts.interval(.diseaseFreeInterval), let nodules = facts.number(.lungMetastasisCount),
      nodules >= 1
    else { return nil }
    let groups = Set(
      [months.lowerBound, months.upperBound].map {
        IRLMGroup(isResectable: true, diseaseFreeMonths: $0, nodules: Int(nodules))
      })
    return groups.count == 1 ? groups.first : nil
  }

  /// Judges a measured case by a protocol.
  ///
  /// - Parameters:
  ///   - planned: the facts of a plan; without them rules that ask for a plan do not speak.
  ///   - plans: the files that these facts come from.
  public init(
    of patientCase: PatientCase, _ measurements: Measurements, by careProtocol: CareProtocol,
    planned: PlannedFactTables? = nil, plans: [PlanSource] = []
  ) {
    self.init(
      of: patientCase, FactAssembly(patientCase, measurements, by: careProtocol.facts), by: careProtocol,
      planned: planned,
      plans: plans)
  }

  /// Judges a case whose facts are assembled already.
  ///
  /// - Parameters:
  ///   - facts: of this very case.
  ///   - planned: the facts of a plan; without them rules that ask for a plan do not speak.
  ///   - plans: the files that these facts come from.
  public init(
    of patientCase: PatientCase, _ facts: FactAssembly, by careProtocol: CareProtocol,
    planned: PlannedFactTables? = nil, plans: [PlanSource] = []
  ) {
    let judge = Judge(careProtocol.ruleSet)
    var told: [String] = []
    registryGroup = Self.registryGroup(facts.patient)
    patient = judge.judgePatient(
      Self.lay(planned?.patient ?? FactTable(), beside: facts.patient, of: "the patient", &told))
    lesions = patientCase.lesions.map { lesion in
      var table = facts.facts(of: lesion)
      // A plan speaks of the lesions it treats: what they cost the lungs says nothing of treating others as well.
      if let planned, let own = planned.lesions[lesion.id] {
        let whom = "lesion \(lesion.id)"
        var known: [String] = []
        table = Self.lay(planned.patient, beside: table, of: whom, &known)
        table = Self.lay(own, beside: table, of: whom, &told)
      }
      return judge.judge(lesion: lesion.id, site: facts.site(of: lesion), facts: table)
    }
    warnings =
      facts.warnings + told
      + plans.compactMap { plan in
        plan.devices.map {
          "\(plan.name) was made with the devices of \($0.name) (SHA-256 \($0.sha256.prefix(12))…), not with the protocol's charts alone"
        }
      }
  }

  /// A plan's facts laid beside others: what somebody stated counts before what a plan estimates, and a difference is told.
  static func lay(
    _ planned: FactTable, beside table: FactTable, of whom: String, _ warnings: inout [String]
  ) -> FactTable {
    var result = table
    for fact in planned.recorded {
      let (value, known) = (planned[fact], table[fact])
      // A planned fact that is known before the plan was stated by somebody.
      if known.knowledge != .unknown, fact.definition.isPlanned {
        if known.knowledge != value.knowledge {
          warnings.append("\(whom): \(fact.title) is stated and planned differently; the statement counts")
        }
        continue
      }
      result[fact] = value
    }
    return result
  }
}

/// What a plan says as facts, for the patient and for each lesion.
public struct PlannedFactTables: Sendable, Hashable {
  /// About the patient.
  public let patient: FactTable
  /// About each lesion, by id.
  public let lesions: [String: FactTable]

  /// Facts of a plan.
  public init(patient: FactTable, lesions: [String: FactTable]) {
    self.patient = patient
    self.lesions = lesions
  }

  /// The facts of a planned ablation.
  public init(_ plan: AblationPlan) { self.init(patient: plan.patientFacts, lesions: plan.lesionFacts) }

  /// The facts of a planned resection.
  public init(_ plan: ResectionPlan) { self.init(patient: plan.patientFacts, lesions: plan.lesionFacts) }

  /// Both plans' facts; where both say something of one fact, the other's count.
  public func merging(_ other: PlannedFactTables) -> PlannedFactTables {
    PlannedFactTables(
      patient: patient.merging(other.patient),
      lesions: lesions.merging(other.lesions) { $0.merging($1) })
  }

  /// The facts of a planned SBRT course.
  public init(_ plan: SBRTPlan) { self.init(patient: plan.patientFacts, lesions: plan.lesionFacts) }
}
