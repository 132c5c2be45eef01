internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Radiotherapy
internal import Vocabulary

/// Holds a plan's course of SBRT against every limit on a grid, earlier courses included: what sample points and nearest
/// points cannot see.
struct CourseCheck {
  private let pool: TherapyPool
  private let parameters: RadiotherapyParameters?
  private let options: SBRTOptions

  init(_ pool: TherapyPool, _ careProtocol: CareProtocol, _ options: SBRTOptions) {
    self.pool = pool
    parameters = careProtocol.radiotherapy
    self.options = options
  }

  /// Options that cannot stay together, by their places, with the limit.
  struct Broken {
    let places: [Int]
    let why: String
  }

  /// - Throws: what planning a course throws.
  func check(_ chosen: [PlanOption]) throws -> (course: SBRTPlan?, broken: [Broken]) {
    let places = chosen.indices.filter { chosen[$0].regimen != nil }
    guard let parameters, let courses = pool.courses, !places.isEmpty else { return (nil, []) }
    var asked = options
    asked.lesions = Set(places.map { chosen[$0].id })
    asked.schemeReason = "chosen for the plan as a whole"
    for place in places {
      guard let regimen = chosen[place].regimen, !courses.regimens[regimen].isFirstChoice else { continue }
      asked.schemes[chosen[place].id] = courses.regimens[regimen].scheme.id
    }
    let plan = try SBRTPlanner(parameters, options: asked).plan(
      pool.patientCase, settings: pool.facts.settings(of: pool.patientCase), patient: pool.facts.patient)
    return (plan, broken(plan, places, chosen))
  }

  private func broken(_ plan: SBRTPlan, _ places: [Int], _ chosen: [PlanOption]) -> [Broken] {
    var found: [Broken] = []
    // What one target alone exceeds beside it is that lesion's own open question.
    let own = Set(
      plan.proposals.flatMap { proposal in
        proposal.neighbours.filter { neighbour in
          LimitCheck.decisive(neighbour.checks, of: plan.primarySet).map { $0.outcome.rank >= 2 } ?? false
        }.map(\.organ)
      })
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
            why: LimitReading.words(organ.organ, beside: nil, check)))
      }
    }
    for organ in plan.cumulative {
      for check in organ.checks where check.limit.isConsensus && check.outcome == .exceeded {
        found.append(
          Broken(
            places: beside(organ.organ),
            why:
              "\(organ.organ.title): with earlier courses over the cumulative limit of \(check.limit.set)"))
      }
    }
    return found
  }
}
