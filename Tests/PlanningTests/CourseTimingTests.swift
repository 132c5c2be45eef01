// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Evidence
import Quantities
import Radiotherapy
import Testing
import Vocabulary

@testable import Planning

/// SBRT of both lungs on the same days, or one lung after the other, as the protocol says.
@Suite struct CourseTimingTests {
  private typealias Timing = JointParameters.CourseTiming

  /// Lesions of both lungs with prescriptions of different fraction counts.
  private static let lesions: Set<String> = ["L1", "L2", "L3", "L4", "L7"]

  private struct Courses {
    let pool: TherapyPool
    let group: IrradiationGroup
    let reading: GroupEvaluation
    let options: [PlanOption]

    init(_ timing: Timing) throws {
      pool = try Patients.pool(try Patients.thorax(lesions: CourseTimingTests.lesions), timing: timing)
      group = IrradiationGroup(pool: pool)
      reading = GroupEvaluation(pool)
      var seen: Set<String> = []
      options = try OptionCatalogue(pool, reading, locks: [], advice: .treat).options.filter {
        $0.choice.modality == .sbrt && seen.insert($0.id).inserted
      }
    }

    func fractions(_ option: PlanOption) throws -> Int {
      let regimen = try #require(option.regimen)
      return try #require(pool.courses).regimens[regimen].scheme.fractionation.fractions
    }

    /// Visits and weeks of a set, counted lung by lung or all at once.
    func expected(_ chosen: [PlanOption], _ timing: Timing) throws -> (visits: Int, weeks: Int) {
      let sides = chosen.map { pool.facts.side(of: pool.lesions[$0.lesion]) }
      var most: [String: Int] = [:]
      for (option, side) in zip(chosen, sides) {
        let course = timing == .staged ? side?.rawValue ?? option.id : "all"
        most[course] = max(most[course] ?? 0, try fractions(option))
      }
      let rate = Int(pool.parameters.fractionsPerWeek.value)
      return (most.values.reduce(0, +), most.values.reduce(0) { $0 + ($1 + rate - 1) / rate })
    }
  }

  private static func subsets(_ options: [PlanOption]) -> [[Int]] {
    (0..<(1 << options.count)).map { set in options.indices.filter { set & (1 << $0) != 0 } }
  }

  @Test(arguments: Timing.allCases)
  private func visitsAreCountedByTheCourse(_ timing: Timing) throws {
    let courses = try Courses(timing)
    #expect(
      Set(courses.options.map { courses.pool.facts.side(of: courses.pool.lesions[$0.lesion]) }).count == 2)
    for set in Self.subsets(courses.options) {
      let chosen = set.map { courses.options[$0] }
      let burden = courses.group.burden(chosen, by: courses.reading)
      let expected = try courses.expected(chosen, timing)
      #expect(burden[PlanMeasure.visits.rawValue] == expected.visits, "\(chosen.map(\.id))")
      #expect(burden[PlanMeasure.weeks.rawValue] == expected.weeks, "\(chosen.map(\.id))")
    }
  }

  /// What the search charges by the course adds up to the burden of any set.
  @Test(arguments: Timing.allCases)
  private func chargesAddUpToTheBurden(_ timing: Timing) throws {
    let courses = try Courses(timing)
    let charges = courses.group.charges(courses.options.enumerated().map { ($0.offset, $0.element) })
    for set in Self.subsets(courses.options) {
      let burden = courses.group.burden(set.map { courses.options[$0] }, by: courses.reading)
      for measure in [PlanMeasure.visits, .weeks] {
        let charged = charges.filter { !Set($0.sizes.keys).isDisjoint(with: set) }.reduce(0) {
          $0 + $1.burden[measure.rawValue]
        }
        #expect(charged == burden[measure.rawValue], "\(measure) of \(set)")
      }
    }
  }

  @Test func stagedCoursesFollowOneAnother() throws {
    var options = JointOptions()
    options.samples = 0
    options.alternatives = 0
    options.timeLimit = nil
    // Two of the right lung and one of the left that keep all limits together.
    let lesions: Set<String> = ["L1", "L2", "L7"]
    options.locks = lesions.sorted().map {
      ClinicianChoice(lesion: $0, kind: .fix, choices: ["sbrt"], reason: "test")
    }
    let patientCase = try Patients.thorax(lesions: lesions)
    let together = try Patients.plan(patientCase, options, timing: .concurrent).recommended
    let staged = try Patients.plan(patientCase, options, timing: .staged).recommended
    #expect(together.sessions.count == 1)
    #expect(together.sessions.first?.side == nil)
    #expect(staged.sessions.count == 2)
    #expect(Set(staged.sessions.map(\.side)) == [.right, .left])
    #expect(Set(staged.sessions.flatMap(\.lesions)) == lesions)
    #expect(staged.sessions.map(\.visits).compactMap(\.self).reduce(0, +) == staged.burden.visits)
    #expect(staged.sessions[1].startWeek > 0)
    #expect(staged.sessions.allSatisfy { !$0.sources.isEmpty })
    #expect(staged.burden.visits > together.burden.visits)
    // The lungs get what they get, on whichever days.
    #expect(staged.burden.lungDoseGray == together.burden.lungDoseGray)
  }

  @Test func theStagedOptimumIsThatOfTryingAll() throws {
    let joint = try EnumerationTests.joint(
      try Patients.thorax(lesions: ["L1", "L3", "L4", "L6", "L7"]), .microwave, timing: .staged)
    var search = try PlanSearch(joint, locks: [])
    let found = try #require(try search.solve())
    #expect(found.proof == .optimal)
    #expect(found.choice.rank == (try EnumerationTests.bestByTrying(joint)).rank)
  }
}
