internal import Ablation
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Synchronization
internal import Vocabulary

/// What options of one group come to when they are chosen together: proposed again for just these, judged with what
/// that tells, and held against the limits of the patient.
struct GroupReading: Sendable {
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

  /// How many sums with earlier courses were learnt so far.
  var learntSums: Int { memory.sums.withLock(\.count) }

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
  struct Breach: Sendable {
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
    var breaches: [Breach] = []
    /// Burdens that are not known, by measure: the figures are without them.
    var unknown: [(measure: Measure, reason: Reason)] = []
    /// With more fractions in company some figures are told otherwise: options of more fractions void what was learnt.
    var fractions: Int?
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
    let learnt = learntSums
    let result: Result =
      switch group {
      case .none: Result(judgements: options.map { _ in nil })
      case .irradiation: irradiation(options)
      case .ablation: ablation(options)
      case .rightLung, .leftLung, .otherSurgery: try surgery(options)
      case .embolization: embolization(options)
      }
    // What others learnt meanwhile may be missing in it.
    memory.results.withLock { if learntSums == learnt { $0[key] = result } }
    return result
  }

  /// The burden of options of one group, by measure; of SBRT without reading what its course costs.
  ///
  /// - Throws: errors of geometry.
  func burden(_ group: PlanOption.Group, _ options: [PlanOption]) throws -> [Int] {
    guard group == .irradiation else { return try read(group, options).burden }
    return irradiationBurden(options)
  }

  private func irradiationBurden(_ options: [PlanOption]) -> [Int] {
    var result = Result(judgements: [])
    var counts = Set(options.filter { $0.regimen == nil }.compactMap { statedFractions($0) })
    if let courses = pool.courses {
      let regimens = Set(options.compactMap(\.regimen))
      counts.formUnion(regimens.map { courses.regimens[$0].scheme.fractionation.fractions })
      result[.lungDose] = regimens.reduce(0) { $0 + Self.lungDose(courses.regimens[$1]) }
    }
    result[.visits] = counts.reduce(0, +)
    return result.burden
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

  // MARK: SBRT

  private func irradiation(_ options: [PlanOption]) -> Result {
    let regimens = Set(options.compactMap(\.regimen)).sorted()
    let stated = options.filter { $0.regimen == nil }
    var result = Result(judgements: [])
    result.burden = irradiationBurden(options)
    result.unplanned = stated.map(\.id)
    if !stated.isEmpty {
      result.add(.lungDose, .lungDose, stated.map(\.id))
    }
    let unscheduled = stated.filter { statedFractions($0) == nil }.map(\.id)
    if !unscheduled.isEmpty { result.add(.visits, .fractions, unscheduled) }
    guard let courses = pool.courses, !regimens.isEmpty else {
      judge(options, patient: FactTable(), [:], into: &result)
      return result
    }
    let cost = courses.cost(of: regimens)
    var facts = cost.lesionFacts
    for sum in memory.sums.withLock({ $0 }) where sum.regimens.isSubset(of: regimens) {
      facts[sum.lesion]?[.sbrtCumulative] = sum.value
    }
    judge(options, patient: cost.patientFacts, facts, into: &result)
    result.course = cost
    result.fractions = cost.fractions
    if cost.lungMean == nil, options.contains(where: { $0.site == .lung }) {
      result.add(.lungDose, .lungsNotContoured)
    }
    // A target for several lesions is irradiated for all of them in one prescription, or for none.
    for (place, option) in options.enumerated() {
      guard let regimen = option.regimen else { continue }
      let others = courses.regimens[regimen].lesions.filter { id in
        !options.contains { $0.id == id && $0.regimen == regimen }
      }
      for other in others {
        result.breaches.append(
          Breach(
            all: [place], unlessRegimen: [(other, regimen)], isFirm: true,
            why: Reason(.joint(.oneTarget), names: [option.id, other])))
      }
    }
    result.breaches += LimitReading(courses, options).breaches(of: cost)
    return result
  }

  private func statedFractions(_ option: PlanOption) -> Int? {
    pool.prescription(of: option)?.scheme?.fractionation.fractions
  }

  /// What a regimen alone adds to the lungs' mean dose, in hundredths of a gray; 0 where that is not known.
  static func lungDose(_ regimen: CourseRegimen) -> Int {
    Int((100 * (regimen.lungMean?.expected ?? 0)).rounded())
  }

  // MARK: Ablation

  private func ablation(_ options: [PlanOption]) -> Result {
    var energies: [String: Modality] = [:]
    for option in options { energies[option.id] = option.choice.modality }
    let facts = pool.ablation?.facts(choosing: energies)
    var result = Result(judgements: [])
    judge(options, patient: facts?.patient ?? FactTable(), facts?.lesions ?? [:], into: &result)
    let sessions = SessionMaker(pool).thermal(options)
    result[.visits] = sessions.count
    result[.anaesthetics] = sessions.count
    return result
  }

  // MARK: Embolization

  private func embolization(_ options: [PlanOption]) -> Result {
    var result = Result(judgements: [])
    judge(options, patient: FactTable(), [:], into: &result)
    let kinds = Set(options.compactMap(\.choice.modality)).count
    result[.visits] = kinds
    result[.anaesthetics] = kinds
    return result
  }
}
