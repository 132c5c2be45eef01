// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// Holds a plan's course of SBRT against every limit on a grid, earlier courses included: what sample points and nearest
/// points cannot see.
struct CourseCheck {
  private let pool: TherapyPool
  private let parameters: RadiotherapyParameters?
  private let options: SBRTOptions
  private var known: [Course: SBRTPlan] = [:]

  private struct Course: Hashable {
    let regimens: Set<Int>
    let isFine: Bool
    let isForLimits: Bool
  }

  /// Whether the case has earlier courses: without them a course for its limits is the whole of it.
  private var hasEarlierCourses: Bool {
    !pool.patientCase.doses.isEmpty || !pool.patientCase.earlierCourses.isEmpty
  }

  /// The distance of nodes on which alternatives are estimated: many are looked at.
  private static let coarse = Length.millimeters(4)

  init(_ pool: TherapyPool, _ careProtocol: CareProtocol, _ options: SBRTOptions) {
    self.pool = pool
    parameters = careProtocol.radiotherapy
    self.options = options
  }

  /// Options that cannot stay together, by their places, with the limit.
  struct Broken {
    let places: [Int]
    let why: Reason
  }

  /// What regimens together with earlier courses come to for a lesion.
  struct Sum: Sendable {
    let regimens: Set<Int>
    let lesion: String
    let value: FactValue
  }

  /// The course of a plan, on nodes as close as it was checked on; `nil` without SBRT.
  ///
  /// - Parameter isWhole: whether organs in which it meets no earlier course are in its sums as well.
  /// - Throws: what planning a course throws.
  mutating func course(_ chosen: [PlanOption], isWhole: Bool) throws -> SBRTPlan? {
    let regimens = Set(chosen.compactMap(\.regimen))
    let isFine = known[Course(regimens: regimens, isFine: true, isForLimits: true)] != nil
    return try course(chosen, isFine: isFine, isForLimits: !isWhole || !hasEarlierCourses)
  }

  private mutating func course(
    _ chosen: [PlanOption], isFine: Bool, isForLimits: Bool
  ) throws -> SBRTPlan? {
    let irradiated = chosen.filter { $0.regimen != nil }
    guard let parameters, let courses = pool.courses, !irradiated.isEmpty else { return nil }
    let regimens = Set(irradiated.compactMap(\.regimen))
    let key = Course(regimens: regimens, isFine: isFine, isForLimits: isForLimits)
    let finer = Course(regimens: regimens, isFine: true, isForLimits: isForLimits)
    if let plan = known[finer] ?? known[key] { return plan }
    var asked = options
    if !isFine {
      asked.spacing = max(asked.spacing, Self.coarse)
      asked.sumSpacing = max(asked.sumSpacing, SBRTPlanner.coarseSumSpacing)
    }
    let plan = try courses.course(
      of: regimens.sorted(), by: SBRTPlanner(parameters, options: asked), patient: pool.facts.patient,
      isForLimits: isForLimits)
    known[key] = plan
    return plan
  }

  /// What the grid refuses, and what earlier courses make worse than was read.
  ///
  /// - Parameters:
  ///   - read: the same course as it was read; `nil` without SBRT.
  ///   - isFine: whether nodes lie as close as in a course planned by itself.
  /// - Throws: what planning a course throws.
  mutating func check(
    _ chosen: [PlanOption], read: GroupEvaluation.Result?, isFine: Bool
  ) throws -> (broken: [Broken], sums: [Sum]) {
    guard let read, let plan = try course(chosen, isFine: isFine, isForLimits: true) else { return ([], []) }
    let places = chosen.indices.filter { chosen[$0].regimen != nil }
    let regimens = Set(places.compactMap { chosen[$0].regimen })
    let sums = places.compactMap { place -> Sum? in
      let id = chosen[place].id
      guard let value = plan.lesionFacts[id]?[.sbrtCumulative], let word = Self.word(value),
        Self.rank(word) > Self.rank(read.facts.lesions[id].flatMap { Self.word($0[.sbrtCumulative]) } ?? "")
      else { return nil }
      return Sum(regimens: regimens, lesion: id, value: value)
    }
    return (broken(plan, places, chosen, read), sums)
  }

  private static func word(_ value: FactValue) -> String? {
    if case .known(.word(let word)) = value.knowledge { word } else { nil }
  }

  /// The worse the greater; nothing told, and courses that do not meet, come first.
  private static func rank(_ word: String) -> Int { LimitCheck.Outcome(rawValue: word)?.rank ?? -1 }

  private func broken(
    _ plan: SBRTPlan, _ places: [Int], _ chosen: [PlanOption], _ read: GroupEvaluation.Result
  ) -> [Broken] {
    var found: [Broken] = []
    // What one target alone exceeds beside it is that lesion's own open question.
    let own = Set(
      (read.course?.limits ?? []).filter { $0.decides && ($0.alone?.rank ?? -1) >= 2 }.map(\.organ))
    func beside(_ organ: OrganAtRisk) -> [Int] {
      // Targets over 10 cm away have no part in a near-maximum.
      let near = places.filter { place in
        plan.proposals.first { $0.lesion == chosen[place].id }?.neighbours.contains { $0.organ == organ }
          ?? false
      }
      return near.isEmpty || organ.isParallel ? places : near
    }
    for organ in plan.organs {
      for check in organ.checks
      where check.limit.set == plan.primarySet && check.limit.level.binds && !check.limit.isAdvisory {
        guard
          check.outcome == .exceeded
            || (check.outcome == .exceededAsExpected && !own.contains(organ.organ))
        else { continue }
        found.append(
          Broken(
            places: beside(organ.organ),
            why: LimitConflicts.reason(organ.organ, beside: nil, check)))
      }
    }
    for organ in plan.cumulative {
      for check in organ.checks where check.limit.isConsensus && check.outcome == .exceeded {
        found.append(
          Broken(
            places: beside(organ.organ),
            why: Reason(.joint(.cumulativeLimit), names: [organ.organ.title, check.limit.set])))
      }
    }
    return found
  }
}
