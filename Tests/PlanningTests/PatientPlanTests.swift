// SPDX-License-Identifier: Apache-2.0
import Ablation
import Cases
import Dosimetry
import Eligibility
import Facts
import Phantoms
import Quantities
import Radiotherapy
import Reasons
import Report
import Testing
import Vocabulary

@testable import Optimization
@testable import Planning

/// What must hold of every plan.
@Suite struct PatientPlanTests {
  private static func quick() -> JointOptions {
    var options = JointOptions()
    options.samples = 0
    options.alternatives = 4
    options.timeLimit = nil
    return options
  }

  private static func words(_ plan: PatientPlan) -> [String: String] {
    Dictionary(
      plan.recommended.assignments.map { ($0.lesion, $0.choice.word + ($0.scheme?.id ?? "")) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func theOrderOfTheListChangesNothing() throws {
    var patientCase = try Patients.thorax(lesions: ["L1", "L3", "L4", "L6", "L7"])
    let plan = try Patients.plan(patientCase, Self.quick())
    patientCase.lesions.reverse()
    let other = try Patients.plan(patientCase, Self.quick())
    #expect(Self.words(plan) == Self.words(other))
    #expect(plan.recommended.standing == other.recommended.standing)
    #expect(plan.recommended.burden == other.recommended.burden)
  }

  /// Any set of targets against the same with one more.
  @Test func anotherLesionNeverMakesTheLungDoseSmaller() throws {
    let pool = try Patients.pool(try Patients.thorax())
    let courses = try #require(pool.courses)
    let firsts = courses.regimens.indices.filter { courses.regimens[$0].isFirstChoice }
    #expect(firsts.count == 7)
    for set in 1..<(1 << firsts.count) where set % 3 == 1 {
      let chosen = firsts.indices.filter { set & (1 << $0) != 0 }.map { firsts[$0] }
      let dose = try #require(courses.cost(of: chosen).lungMean?.expected)
      for more in firsts where !chosen.contains(more) {
        #expect(try #require(courses.cost(of: chosen + [more]).lungMean?.expected) >= dose)
      }
    }
  }

  /// The lungs' limits twice as wide: nothing that was possible is lost.
  @Test func aLooserLimitNeverMakesThePlanWorse() throws {
    let patientCase = try Patients.thorax(lesions: ["L1", "L2", "L3", "L5", "L7"])
    let careProtocol = try Patients.careProtocol()
    let pool = try Patients.pool(patientCase)
    func best(_ weight: Double) throws -> ChoiceRank {
      var radiotherapy = try #require(careProtocol.radiotherapy)
      radiotherapy.limits = radiotherapy.limits.map { limit in
        guard [.lungs, .heart, .airways].contains(limit.organ) else { return limit }
        return DoseLimit(
          set: limit.set, organ: limit.organ, endpoint: limit.endpoint, level: limit.level, unit: limit.unit,
          byFractions: limit.byFractions.mapValues { $0 * weight }, sex: limit.sex, mark: limit.mark,
          sources: limit.sources, note: limit.note, isAdvisory: limit.isAdvisory,
          unanswerable: limit.unanswerable)
      }
      let other = CareProtocol(
        id: careProtocol.id, version: careProtocol.version, title: careProtocol.title,
        sha256: careProtocol.sha256, ruleSet: careProtocol.ruleSet, bibliography: careProtocol.bibliography,
        facts: careProtocol.facts,
        radiotherapy: radiotherapy, ablation: nil, resection: nil, joint: careProtocol.joint)
      let measurements = try Measurements(of: patientCase)
      let pool = try TherapyPool(
        patientCase, measurements, FactAssembly(patientCase, measurements, by: other.facts), by: other,
        parameters: pool.parameters,
        options: JointOptions())
      let reading = GroupEvaluation(pool)
      let options = try OptionCatalogue(pool, reading, locks: [], advice: .treat).options.filter {
        $0.choice.modality == .sbrt || $0.choice == .untreated
      }
      var search = try PlanSearch(try JointProblem(pool, options, reading), locks: [])
      return try #require(try search.solve()).choice.rank
    }
    let ranks = try [0.5, 1, 2].map(best)
    #expect(ranks[1].unacceptable <= ranks[0].unacceptable)
    #expect(ranks[2].unacceptable <= ranks[1].unacceptable)
    #expect(ranks[2] < ranks[0])
  }

  @Test func aDecisionIsKeptAndItsReasonPrinted() throws {
    let patientCase = try Patients.thorax(lesions: ["L1", "L3", "L7"])
    var options = Self.quick()
    options.locks = [
      ClinicianChoice(lesion: "L7", kind: .fix, choices: ["sbrt"], reason: "no operation on this side"),
      ClinicianChoice(lesion: "L1", kind: .forbid, choices: ["ablation"], reason: "no needle"),
    ]
    let plan = try Patients.plan(patientCase, options)
    let assignments = plan.recommended.assignments
    #expect(assignments.first { $0.lesion == "L7" }?.choice.modality == .sbrt)
    #expect(
      assignments.first { $0.lesion == "L7" }?.reasons.contains {
        $0.reason.kind == .joint(.fixedByUser)
          && $0.reason.quote?.contains("no operation on this side") == true
      } == true)
    #expect(assignments.first { $0.lesion == "L1" }?.choice.family != .ablation)
    for variant in plan.alternatives {
      #expect(variant.assignments.first { $0.lesion == "L7" }?.choice.modality == .sbrt)
    }
  }

  /// What the user ruled out is said as the user's choice, never as a limit that was broken.
  @Test func aKindThatWasRuledOutSaysSo() throws {
    var options = Self.quick()
    options.locks = [
      ClinicianChoice(lesion: "L1", kind: .forbid, choices: ["ablation", "surgery"], reason: "declined"),
      ClinicianChoice(lesion: "L7", kind: .fix, choices: ["sbrt"], reason: "no theatre"),
    ]
    let plan = try Patients.plan(try Patients.thorax(lesions: ["L1", "L7"]), options)
    for family in [TherapyFamily.surgery, .ablation] {
      let reasons = try #require(plan.impossible.first { $0.family == family }).reasons
        .map(ReasonWords.text)
      #expect(
        reasons == [
          "L1: ruled out: ablation, surgery by the user: declined", "L7: decided by the user: no theatre",
        ])
    }
    #expect(!plan.impossible.contains { $0.family == .irradiation })
  }

  /// The heart touches the target: no prescription with a limit for it keeps it.
  @Test func aDecisionAgainstALimitIsExplained() throws {
    let patientCase = try Patients.thorax(lesions: ["L3", "L7"])
    var options = Self.quick()
    options.locks = [
      ClinicianChoice(lesion: "L3", kind: .fix, choices: ["sbrt"], reason: "the patient's wish")
    ]
    let error = #expect(throws: PlanObstacle.self) { try Patients.plan(patientCase, options) }
    // The limit, its organ and its figures are values: the heart's 46 Gy.
    let limits = (error?.because ?? []).filter { $0.kind == .joint(.organLimit) }
    #expect(limits.contains { $0.names.first == "heart" && $0.figures[1].value == 46 })
    #expect(limits.map(ReasonWords.text).contains { $0.contains("heart") && $0.contains("46") })
  }

  @Test func aDecisionThatLeavesNothingOrNamesNothingIsRefused() throws {
    let patientCase = try Patients.thorax(lesions: ["L1"])
    for lock in [
      ClinicianChoice(lesion: "L1", kind: .fix, choices: ["hepaticResection"], reason: "wrong organ"),
      ClinicianChoice(lesion: "L9", kind: .fix, choices: ["sbrt"], reason: "no such lesion"),
      ClinicianChoice(lesion: "L1", kind: .fix, choices: ["prayer"], reason: "no therapy"),
      ClinicianChoice(lesion: "L1", kind: .fix, choices: ["sbrt"], reason: " "),
    ] {
      var options = Self.quick()
      options.locks = [lock]
      #expect(throws: PlanObstacle.self) { try Patients.plan(patientCase, options) }
    }
  }

  /// Every lesion once, in sessions that treat one lung and hold no more than they may.
  @Test func sessionsHoldWhatIsAssigned() throws {
    let plan = try Patients.plan(try Patients.thorax(lesions: ["L1", "L2", "L4", "L5", "L7"]), Self.quick())
    for variant in [plan.recommended] + plan.alternatives {
      let treated = variant.assignments.filter { $0.choice.modality != nil }.map(\.lesion).sorted()
      #expect(variant.sessions.flatMap(\.lesions).sorted() == treated)
      for session in variant.sessions {
        let own = variant.assignments.filter { session.lesions.contains($0.lesion) }
        #expect(Set(own.map(\.choice.modality)).count == 1)
        if session.modality != .sbrt { #expect(Set(own.map(\.side)).count == 1) }
        if Modality.ablations.contains(session.modality) { #expect(session.lesions.count <= 3) }
      }
      let visits = variant.sessions.compactMap(\.visits).reduce(0, +)
      #expect(visits == variant.burden.visits)
    }
    let kinds = plan.impossible.map(\.family)
    let titles = (plan.alternatives.map(\.title) + plan.alsoCalled).joined()
    for family in [TherapyFamily.surgery, .irradiation, .ablation] {
      #expect(kinds.contains(family) || titles.contains("all \(family.title)"))
    }
    #expect(plan.impossible.allSatisfy { !$0.reasons.isEmpty })
  }

  /// Sixty things that fill twenty bins, and one more: found without trying every order.
  @Test func manyThingsArePacked() {
    for count in [60, 61] {
      let sizes = [Int](repeating: 2, count: count)
      let bins = Packing(sizes: sizes, capacity: 6, most: 3).bins()
      #expect(bins.count == (count + 2) / 3 && bins.flatMap(\.self).sorted() == Array(sizes.indices))
    }
    // Threes and twos of 6: pairs of threes, then triples of twos.
    let mixed = [Int](repeating: 3, count: 21) + [Int](repeating: 2, count: 20)
    #expect(Packing(sizes: mixed, capacity: 6, most: 3).bins().count == 18)
  }

  @Test(arguments: 0..<40)
  func binsAreTheFewest(_ seed: Int) {
    var state = UInt64(seed) &* 7919 &+ 3
    func draw(_ most: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(most))
    }
    let sizes = (0..<(1 + draw(7))).map { _ in 1 + draw(4) }.sorted(by: >)
    let (capacity, most) = (4 + draw(3), 1 + draw(3))
    let bins = Packing(sizes: sizes, capacity: capacity, most: most).bins()
    #expect(bins.flatMap(\.self).sorted() == Array(sizes.indices))
    for bin in bins {
      #expect(bin.count <= most)
      #expect(bin.count == 1 || bin.reduce(0) { $0 + sizes[$1] } <= capacity)
    }
    // Every way to put things into fewer bins fails.
    let fewer = bins.count - 1
    guard fewer > 0 else { return }
    var places = [Int](repeating: 0, count: sizes.count)
    while true {
      let fits = (0..<fewer).allSatisfy { bin in
        let own = places.indices.filter { places[$0] == bin }
        return own.count <= 1
          || (own.count <= most && own.reduce(0) { $0 + sizes[$1] } <= capacity)
      }
      #expect(!fits)
      var index = 0
      while index < places.count, places[index] == fewer - 1 {
        places[index] = 0
        index += 1
      }
      if index == places.count { break }
      places[index] += 1
    }
  }
}
