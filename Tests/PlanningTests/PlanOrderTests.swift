// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Facts
import Foundation
import Interchange
import Radiotherapy
import Reasons
import Testing
import Vocabulary

@testable import Planning

/// The order of plans, what burden counts, and what is never recommended.
@Suite struct PlanOrderTests {
  private static func quick(_ locks: [ClinicianChoice] = [], samples: Int = 0) -> JointOptions {
    var options = JointOptions()
    options.samples = samples
    options.alternatives = 4
    options.timeLimit = nil
    options.locks = locks
    return options
  }

  private static func fix(_ lesion: String, _ word: String) -> ClinicianChoice {
    ClinicianChoice(lesion: lesion, kind: .fix, choices: [word], reason: "test")
  }

  /// A patient of a list and of statements written down here.
  static func written(_ rows: [String], _ statements: [String]) throws -> PatientCase {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data((rows.joined(separator: "\n") + "\n").utf8).write(
      to: folder.appendingPathComponent("lesions.csv"))
    try Data((statements.joined(separator: "\n") + "\n").utf8).write(
      to: folder.appendingPathComponent("patient.yaml"))
    return try Patients.listed(folder)
  }

  private static let fit = [
    "histology: leiomyosarcoma", "ecog: 0", "asa: 2", "inr: 1.0", "platelets_10e9_l: 250",
    "general_anaesthesia: possible", "consent: given", "can_lie_still: yes", "primary_control: controlled",
    "disease_free_interval_months: 40", "metastasis_proof: grew",
  ]

  private static func nodules(_ places: [(String, String)], size: Int = 12) -> [String] {
    ["lesion_id,site,side,lobe,longest_diameter_mm,depth_from_pleura_mm"]
      + places.enumerated().map { "L\($0 + 1),lung,\($1.0),\($1.1),\(size),8" }
  }

  // MARK: What is not known

  /// Halving what is known of a course's dose never makes it heavier, and not knowing it never makes it lighter than nothing.
  @Test func whatIsNotKnownCounts() throws {
    let patientCase = try Self.written(Self.nodules([("right", "RUL")]), Self.fit)
    let parameters = try #require(try Patients.careProtocol().joint)
    let irradiated = try Patients.plan(patientCase, Self.quick([Self.fix("L1", "sbrt")])).recommended.burden
    #expect(irradiated.lungDoseGray == 0 && !irradiated.isWhole(.lungDose))
    #expect(irradiated.assumedPoints == parameters.assumed.lungGray * parameters.burden.lungGray)
    let resected = try Patients.plan(
      patientCase, Self.quick([Self.fix("L1", "metastasectomy")])
    ).recommended.burden
    #expect(resected.assumedPoints > 0 || resected.isWhole(.segments))
    for burden in [irradiated, resected] {
      let known =
        parameters.burden.visit * Double(burden.visits)
        + parameters.burden.anaesthetic * Double(burden.anaesthetics)
        + parameters.burden.hospitalDay * Double(burden.hospitalDays)
        + parameters.burden.week * Double(burden.weeks) + parameters.burden.segment * burden.segments
      #expect(abs(burden.points - known - burden.assumedPoints) < 0.01)
    }
  }

  /// In closed form: one ablation of one nodule, by the numbers of the protocol.
  @Test(arguments: [("asa: 2", 1.0), ("asa: 3", 1.5), ("asa: 4", 3.0)])
  func burdenIsTheProtocolsArithmetic(_ asa: String, _ factor: Double) throws {
    var statements = Self.fit.filter { !$0.hasPrefix("asa") }
    statements.append(asa)
    let patientCase = try Self.written(Self.nodules([("right", "RUL")]), statements)
    let burden = try Patients.plan(
      patientCase, Self.quick([Self.fix("L1", "microwave")])
    ).recommended.burden
    // Visit 1, anaesthetic 3, one day 0.5, one puncture 0.5 as the least, four weeks 1, one energy 1.
    #expect(burden.points == 1 + 3 * factor + 0.5 + 0.5 + 1 + 1)
    #expect(!burden.isWhole(.punctures))
  }

  // MARK: Reserve

  /// Two lobes that go, one a side, and no lung function reported: no plan does so, unless the user decides for both.
  @Test func twoLobesAreNotProposedWithoutKnownReserve() throws {
    let rows =
      [
        "lesion_id,site,side,lobe,longest_diameter_mm,distance_to_bronchus_mm,distance_to_bronchial_tree_mm,depth_from_pleura_mm,depth_of_inner_edge_mm"
      ]
      + ["L1,lung,right,RUL,17,3,8,30,47", "L2,lung,left,LUL,17,3,8,30,47"]
    let patientCase = try Self.written(rows, Self.fit)
    let plan = try Patients.plan(patientCase, Self.quick())
    for variant in [plan.recommended] + plan.alternatives {
      #expect(!variant.assignments.allSatisfy { $0.choice.family == .surgery }, "\(variant.title)")
    }
    #expect(plan.impossible.contains { $0.family == .surgery })
    let decided = try Patients.plan(
      patientCase, Self.quick([Self.fix("L1", "metastasectomy"), Self.fix("L2", "metastasectomy")]))
    #expect(decided.recommended.assignments.allSatisfy { $0.choice.family == .surgery })
    // With known good function the same operations may be proposed.
    let known = try Self.written(
      rows, Self.fit + ["fev1_percent_predicted: 110", "dlco_percent_predicted: 110"])
    let possible = try Patients.plan(known, Self.quick())
    #expect(
      ([possible.recommended] + possible.alternatives).contains { variant in
        variant.assignments.allSatisfy { $0.choice.family == .surgery }
      })
    // Nothing of their depth is known: what goes is not either.
    let bare = try Self.written(
      ["lesion_id,site,side,longest_diameter_mm", "L1,lung,right,12", "L2,lung,left,12"], Self.fit)
    #expect(try Patients.plan(bare, Self.quick()).impossible.contains { $0.family == .surgery })
  }

  // MARK: Sessions

  /// Five nodules of one lung: one energy, as few sessions as three a session allow.
  @Test func oneEnergyInOneLung() throws {
    let patientCase = try Self.written(
      Self.nodules([("right", "RUL"), ("right", "RUL"), ("right", "RML"), ("right", "RLL"), ("right", "RLL")]
      ),
      Self.fit)
    let plan = try Patients.plan(patientCase, Self.quick())
    for variant in [plan.recommended] + plan.alternatives {
      let energies = Set(
        variant.assignments.compactMap(\.choice.modality).filter { Modality.ablations.contains($0) })
      let isExplained = variant.remarks.contains { $0.kind == .plan(.severalEnergies) }
      #expect(energies.count <= 1 || isExplained, "\(variant.title)")
    }
  }

  /// A liver lesion that is ablated while another is resected: one anaesthetic, one visit.
  @Test func liverLesionsAreAblatedWhileTheLiverIsOpen() throws {
    let patientCase = try Self.written(
      ["lesion_id,site,longest_diameter_mm", "H1,liver,30", "H2,liver,15"],
      Self.fit + ["future_liver_remnant_percent: 60"])
    let plan = try Patients.plan(
      patientCase, Self.quick([Self.fix("H1", "hepaticResection"), Self.fix("H2", "microwave")])
    ).recommended
    #expect(plan.sessions.map(\.isIntraoperative) == [false, true])
    #expect(plan.sessions.map(\.startWeek) == [0, 0])
    #expect(plan.burden.anaesthetics == 1 && plan.burden.visits == 1 && plan.burden.hospitalDays == 4)
    #expect(plan.sessions.compactMap(\.visits).reduce(0, +) == plan.burden.visits)
    let apart = try Patients.plan(
      patientCase, Self.quick([Self.fix("H1", "radiofrequency"), Self.fix("H2", "microwave")])
    ).recommended
    #expect(apart.burden.anaesthetics == 2 && apart.sessions.allSatisfy { !$0.isIntraoperative })
  }

  /// Sessions follow one another: each begins when the one before is over, and the last one's end is the plan's.
  @Test func weeksAddUp() throws {
    let patientCase = try Self.written(Self.nodules([("right", "RUL"), ("left", "LLL")]), Self.fit)
    let plan = try Patients.plan(
      patientCase, Self.quick([Self.fix("L1", "metastasectomy"), Self.fix("L2", "microwave")])
    ).recommended
    #expect(plan.sessions.map(\.startWeek) == [0, 4])
    #expect(plan.burden.weeks == 8)
  }

  // MARK: What comes first

  /// Under staging, observation and systemic treatment nothing local is recommended; one alternative says what could be done.
  @Test(arguments: ["15", "19"])
  func noLocalPlanWhereSomethingComesFirst(_ number: String) throws {
    let folder = try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix(number) })
    let plan = try Patients.plan(try Patients.listed(folder), Self.quick(samples: 50))
    #expect(plan.status == .noLocalPlan)
    #expect(plan.recommended.assignments.allSatisfy { $0.choice.modality == nil })
    #expect(plan.alternatives.map(\.title) == ["if the board decides otherwise"])
    #expect(plan.alternatives[0].assignments.contains { $0.choice.modality != nil })
  }

  /// Alternatives are at most four, and no two are the same.
  @Test(arguments: ["02", "06", "13", "22"])
  func alternativesAreFewAndDiffer(_ number: String) throws {
    let folder = try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix(number) })
    let plan = try Patients.plan(try Patients.listed(folder), Self.quick())
    let all = ([plan.recommended] + plan.alternatives).map { variant in
      variant.assignments.map { $0.choice.word + ($0.scheme?.id ?? "") }
    }
    #expect(all.count <= 5 && Set(all).count == all.count)
    for variant in plan.alternatives {
      #expect(variant.standing.withoutAcceptable >= plan.recommended.standing.withoutAcceptable)
    }
  }

  // MARK: Time

  /// Twelve liver lesions, and sixty of the lung: an answer, proven or with its gap.
  @Test func manyLesionsHaveAnAnswer() throws {
    let liver = ["lesion_id,site,longest_diameter_mm"] + (1...12).map { "H\($0),liver,\(10 + 3 * $0)" }
    let lung = Self.nodules((0..<60).map { $0 % 2 == 0 ? ("right", "RUL") : ("left", "LLL") })
    for rows in [liver, lung] {
      var options = Self.quick()
      options.timeLimit = 2
      let plan = try Patients.plan(try Self.written(rows, Self.fit), options)
      #expect(plan.recommended.assignments.count == rows.count - 1)
      #expect(plan.recommended.assignments.allSatisfy { $0.choice != .untreated })
    }
  }

  // MARK: Metamorphic

  /// Half the burden of one group's options: it is chosen for no less of the burden that there was.
  @Test(arguments: 0..<60)
  func aLighterTherapyIsNotChosenLess(_ seed: Int) throws {
    let random = RandomProblem(seed: UInt64(seed), lesions: 5, choices: 4)
    let problem = random.problem
    let group = seed % 3
    func own(_ options: [Int]) throws -> Int {
      let chosen = options.filter { problem.options[$0].group == group }
      guard !chosen.isEmpty else { return 0 }
      return zip(try problem.evaluate(group, chosen).burden, problem.weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    // All other burdens twice as heavy: the same order as this group's halved.
    let other = ChoiceProblem(
      lesionCount: problem.lesionCount,
      options: problem.options.map { option in
        .init(
          lesion: option.lesion, group: option.group,
          burden: option.group == group ? option.burden : option.burden.map { 2 * $0 })
      },
      groupCount: problem.groupCount, measureCount: problem.measureCount, weights: problem.weights,
      floors: problem.floors, conflicts: problem.conflicts, thresholds: [], charges: [],
      reducible: problem.reducible
    ) { asked, chosen in
      let outcome = try problem.evaluate(asked, chosen)
      return GroupOutcome(
        costs: outcome.costs, context: outcome.context,
        burden: asked == group ? outcome.burden : outcome.burden.map { 2 * $0 },
        conflicts: outcome.conflicts, exempt: outcome.exempt, exemptFromBurden: outcome.exemptFromBurden)
    }
    // What two groups save together belongs to neither.
    var plain = problem
    plain.credits = []
    var (a, b) = (try ChoiceSolver(plain), try ChoiceSolver(other))
    let before = try #require(try a.solve()).choice
    let after = try #require(try b.solve()).choice
    #expect(try own(after.options) >= own(before.options))
  }

  /// Two lesions whose every option is alike: the burden never rises, as long as nothing that comes before it changes.
  @Test(arguments: 0..<60)
  func widerGroupsNeverRaiseTheBurden(_ seed: Int) throws {
    let problem = RandomProblem(seed: UInt64(seed), lesions: 5, choices: 4).problem
    let other = ChoiceProblem(
      lesionCount: problem.lesionCount, options: problem.options, groupCount: problem.groupCount,
      measureCount: problem.measureCount, weights: problem.weights,
      floors: problem.floors.enumerated().map { index, cost in
        var cost = cost
        if problem.options[index].lesion < 2 { cost.outside = 0 }
        return cost
      }, conflicts: problem.conflicts, thresholds: [], charges: [], credits: problem.credits,
      reducible: problem.reducible
    ) { group, chosen in
      let outcome = try problem.evaluate(group, chosen)
      var costs = outcome.costs
      for option in costs.keys where problem.options[option].lesion < 2 { costs[option]?.outside = 0 }
      return GroupOutcome(
        costs: costs, context: outcome.context, burden: outcome.burden, conflicts: outcome.conflicts,
        exempt: outcome.exempt, exemptFromBurden: outcome.exemptFromBurden)
    }
    var (a, b) = (try ChoiceSolver(problem), try ChoiceSolver(other))
    let before = try #require(try a.solve()).choice.rank
    let after = try #require(try b.solve()).choice.rank
    #expect(after.outside <= before.outside && after.board <= before.board)
    let isAlike = after.figures.prefix(4) == before.figures.prefix(4)
    #expect(!isAlike || after.burden <= before.burden)
  }
}
