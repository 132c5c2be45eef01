// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Synchronization
internal import Vocabulary

/// What options of one group come to when they are chosen together: proposed again for just these, judged with what
/// that tells, and held against the limits of the patient.
struct GroupEvaluation: Sendable {
  let pool: TherapyPool
  private let memory = Memory()

  init(_ pool: TherapyPool) { self.pool = pool }

  /// What was read already: the same set reads the same.
  private final class Memory: Sendable {
    let results = Mutex<[[Key]: Result]>([:])
    let judgements = Mutex<[JudgementKey: ModalityJudgement]>([:])
    let sums = Mutex<[CourseCheck.Sum]>([])
  }

  /// Adds what a grid tells of courses together with earlier ones, to be read in every course that holds them.
  func learn(_ sums: [CourseCheck.Sum]) {
    memory.sums.withLock { $0 += sums }
    memory.results.withLock { $0.removeAll() }
  }

  /// The sums with earlier courses that were learnt so far.
  var learntSums: [CourseCheck.Sum] { memory.sums.withLock(\.self) }

  /// What a lesion's own judgement hangs on.
  private struct JudgementKey: Hashable {
    let key: Key
    let own: FactTable
    let told: [Fact]
  }

  private struct Key: Hashable {
    let id: String
    let choice: TherapyChoice
    /// Two targets of one lesion may have the same prescription.
    let regimen: Int?

    init(_ option: PlanOption) { (id, choice, regimen) = (option.id, option.choice, option.regimen) }
  }

  typealias Measure = PlanMeasure

  /// A set of the options that cannot stay as it is.
  struct Incompatibility: Sendable {
    /// The options, by their place among those that were read.
    var all: [Int]
    /// Lesions whose operation would put it right, by id.
    var unlessResected: [String] = []
    /// Lesions that must have the same prescription, by id with the regimen.
    var unlessRegimen: [(lesion: String, regimen: Int)] = []
    /// Whether nothing but what is named lifts it.
    var isFirm = false
    /// Which limit, and by how much.
    let why: Reason
  }

  struct Result: Sendable {
    /// One for each option; `nil` for what is no therapy.
    ///
    /// What the plan as a whole tells is left to `findings`.
    var judgements: [ModalityJudgement?]
    /// What the plan as a whole tells, found once for all options.
    var findings: [Finding] = []
    /// By measure.
    var burden = [Int](repeating: 0, count: Measure.allCases.count)
    var incompatibilities: [Incompatibility] = []
    /// Burdens that are not known, by measure: the figures are without them.
    var unknown: [(measure: Measure, reason: Reason)] = []
    /// With more fractions in company some figures are told otherwise: options of more fractions void what was learnt.
    var fractions: Int?
    /// Whether only a board can decide about it as a whole: more than a lobe of one lung goes.
    var isForBoard = false
    /// Lesions whose proposal is not known: what the plan tells of the patient is without them.
    var unplanned: [String] = []
    /// Lobes in which another piece may join two into one, which costs less.
    var bridged: [Lobe] = []
    /// What the proposals tell the rules.
    var facts = PlannedFactTables(patient: FactTable(), lesions: [:])
    /// What SBRT costs; `nil` without targets.
    var course: CourseCost?
    /// What is resected; `nil` without.
    var resection: ResectionPlan?

    mutating func add(_ measure: Measure, _ kind: PlanReason, _ names: [String] = []) {
      unknown.append((measure, Reason(.plan(kind), names: names)))
    }

    subscript(measure: Measure) -> Int {
      get { burden[measure.rawValue] }
      set { burden[measure.rawValue] = newValue }
    }
  }

  /// Reads options of one group, at most one for each lesion.
  ///
  /// - Throws: errors of geometry.
  func read(_ group: PlanOption.Group, _ options: [PlanOption]) throws -> Result {
    let key = options.map(Key.init)
    if let known = memory.results.withLock({ $0[key] }) { return known }
    let learnt = learntSums.count
    let result = try pool.group(group.family).read(options, by: self)
    // What others learnt meanwhile may be missing in it.
    memory.results.withLock { if learntSums.count == learnt { $0[key] = result } }
    return result
  }

  /// The burden of options of one group, by measure; of SBRT without reading what its course costs.
  ///
  /// - Throws: errors of geometry.
  func burden(_ group: PlanOption.Group, _ options: [PlanOption]) throws -> [Int] {
    try pool.group(group.family).burden(options, by: self)
  }

  /// A plan's facts about the patient as they would be if the plan cost nothing.
  private static func weightless(_ facts: FactTable) -> FactTable {
    var table = FactTable()
    for fact in facts.recorded {
      switch fact.definition.kind {
      case .number(_, let domain): table[fact] = .number(domain.lowerBound, .estimated, facts[fact].source)
      case .word(let words): table[fact] = .word(words.first ?? "", .estimated, facts[fact].source)
      }
    }
    return table
  }

  /// Judges options by their own facts, and once what the plan's facts about the patient tell of them all.
  func judge(
    _ options: [PlanOption], patient: FactTable, _ lesions: [String: FactTable], into result: inout Result
  ) {
    let weightless = Self.weightless(patient)
    let told = patient.recorded
    result.facts = PlannedFactTables(
      patient: patient, lesions: lesions.filter { id, _ in options.contains { $0.id == id } })
    var spheres: Set<String> = []
    for option in options {
      let own = lesions[option.id] ?? FactTable()
      // What the others' course tells is not told of a lesion whose own dose is not in it.
      let isInPlan = !result.unplanned.contains(option.id)
      let told = isInPlan ? told : []
      let key = JudgementKey(key: Key(option), own: own, told: told)
      if let known = memory.judgements.withLock({ $0[key] }) {
        result.judgements.append(known)
      } else {
        let judged = judge(option, isInPlan ? [weightless, own] : [own])
        if let judged { memory.judgements.withLock { $0[key] = judged } }
        result.judgements.append(judged)
      }
      // What the plan tells of the patient is the same for all lesions of one site and therapy.
      guard !told.isEmpty, let modality = option.choice.modality, let site = option.site,
        spheres.insert("\(modality.rawValue) \(site.rawValue)").inserted
      else { continue }
      let found = pool.planJudge.judge(
        modality, at: site, facts: pool.table(of: pool.lesions[option.lesion], with: [patient, own]))
      result.findings += found.findings.filter { told.contains($0.fact) }
    }
  }

  private func judge(_ option: PlanOption, _ plans: [FactTable]) -> ModalityJudgement? {
    guard let modality = option.choice.modality, let site = option.site else { return nil }
    return pool.judge.judge(
      modality, at: site, facts: pool.table(of: pool.lesions[option.lesion], with: plans))
  }

  /// The facts behind an option's own judgement in a reading.
  func table(of option: PlanOption, in result: Result) -> FactTable {
    table(of: option, Self.weightless(told(option, result)), result)
  }

  /// The same with all that the plan tells.
  func wholeTable(of option: PlanOption, in result: Result) -> FactTable {
    table(of: option, told(option, result), result)
  }

  /// What the plan tells of the patient, for an option that is in its sums.
  private func told(_ option: PlanOption, _ result: Result) -> FactTable {
    result.unplanned.contains(option.id) ? FactTable() : result.facts.patient
  }

  private func table(of option: PlanOption, _ patient: FactTable, _ result: Result) -> FactTable {
    pool.table(
      of: pool.lesions[option.lesion], with: [patient, result.facts.lesions[option.id] ?? FactTable()])
  }

  /// An option judged with all that the plan tells; `nil` for what is no therapy.
  func whole(of option: PlanOption, in result: Result) -> ModalityJudgement? {
    judge(option, [told(option, result), result.facts.lesions[option.id] ?? FactTable()])
  }
}
