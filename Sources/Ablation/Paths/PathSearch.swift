// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Looks for straight ways from the skin to a target, thousands of them.
struct PathSearch: Sendable {
  /// What a search is asked.
  struct Request: Sendable {
    /// The point the needle's axis goes through: the planned zone's middle.
    var target: SIMD3<Double>
    /// How far the tip lies beyond it.
    var beyond: Double
    /// How far around the lesion neighbours are judged by the zone and not by the path's limits.
    var margin: Double
    /// The lesion.
    var lesion: LesionSurface
    /// The lesion's site.
    var site: Site?
    /// Structures the lesion lies in, which paths may go through.
    var home: Set<String>
    /// Applicators' lengths, ascending.
    var lengths: [Double]
    /// Half the applicator's diameter.
    var radius: Double
    /// The standard deviation of placement.
    var sigma: Double
    /// Positions allowed.
    var positions: [PatientPosition]
    /// Directions tried.
    var directions: [SIMD3<Double>]

    /// Whether a place belongs to the lesion and its margin.
    func isAtTarget(_ point: SIMD3<Double>) -> Bool {
      lesion.field.millimeters(at: point, outside: .infinity) <= margin
    }
  }

  let space: NeedleSpace
  let parameters: AblationParameters
  private let limitOfRole: [StructureRole: PathLimit]
  let weights: [(criterion: PathCriterion, weight: Double)]

  init(_ space: NeedleSpace, _ parameters: AblationParameters) {
    self.space = space
    self.parameters = parameters
    limitOfRole = Dictionary(parameters.pathLimits.map { ($0.role, $0) }, uniquingKeysWith: { a, _ in a })
    weights = parameters.costs.map { ($0.criterion, $0.weight) }
  }

  /// How paths see the obstacles of one request.
  struct Setting: Sendable {
    let request: Request
    /// The limit of each obstacle; `nil` where it may be crossed.
    let limits: [PathLimit?]
    /// Obstacles with a limit, a bit each.
    let guarded: UInt64
    /// Obstacles that soft criteria ask for.
    let soft: UInt64
    let lungs: [Int]
    let vessels: [Int]
    let bullae: [Int]
    let capsule: Int?
  }

  func setting(_ request: Request) -> Setting {
    let obstacles = space.obstacles
    func all(_ roles: Set<StructureRole>) -> [Int] {
      obstacles.indices.filter { roles.contains(obstacles[$0].role) }
    }
    // A lesion of one lung is not reached through the other; no way goes through another lesion.
    let ownLung =
      request.site == .lung && obstacles.contains { $0.role == .lung && request.home.contains($0.name) }
    let never = PathLimit(role: .lung, distance: .zero, forbidsCrossing: true, sources: [])
    let limits = obstacles.map { obstacle -> PathLimit? in
      if request.home.contains(obstacle.name) { return nil }
      switch obstacle.role {
      case .lung: return request.site != .lung ? limitOfRole[.lung] : (ownLung ? never : nil)
      case .other: return PathLimit(role: .other, distance: .zero, forbidsCrossing: true, sources: [])
      default: return limitOfRole[obstacle.role]
      }
    }
    func bits(_ indices: [Int]) -> UInt64 { indices.reduce(0) { $0 | 1 << UInt64($1) } }
    return Setting(
      request: request, limits: limits, guarded: bits(limits.indices.filter { limits[$0] != nil }),
      soft: bits(all([.lung, .lobe, .pulmonaryVessel, .hepaticVessel, .bulla, .emphysema, .rib])),
      lungs: all([.lung]), vessels: all([.pulmonaryVessel, .hepaticVessel]), bullae: all([.bulla]),
      capsule: obstacles.firstIndex { $0.role == .liver && request.home.contains($0.name) })
  }

  /// Searches all directions.
  func search(_ request: Request, keep count: Int) -> PathSearchResult {
    let setting = setting(request)
    let tracer = PathTracer(search: self, setting: setting)
    let found = traced(request.directions) { tracer.trace(outward: $0) }
    var refusals: [PathRefusal: Int] = [:]
    for outcome in found {
      for refusal in tracer.refusals(of: outcome) { refusals[refusal, default: 0] += 1 }
    }
    let clear = found.indices.filter { found[$0].isClear }
    let chosen = clear.isEmpty ? found.indices.filter { found[$0].isOnlyNear } : clear
    let paths = traced(chosen.map { $0 }) { tracer.path(request.directions[$0], found[$0]) }
    let front = ParetoFront.of(paths)
    return PathSearchResult(
      tried: request.directions.count, refusals: refusals, feasible: clear.count, front: front.count,
      areAllCrossing: found.allSatisfy { $0.crossed != 0 },
      ranked: Self.short(front, keep: count, apart: 12),
      pool: Self.short(paths, keep: Self.poolSize, apart: 2),
      isNear: clear.isEmpty && !paths.isEmpty)
  }

  private func traced<Item: Sendable, Found: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) -> Found
  ) -> [Found] {
    let size = 128
    return Workers.gather((items.count + size - 1) / size, into: { [(Int, [Found])]() }) { part, found in
      let range = (part * size)..<min(items.count, (part + 1) * size)
      found.append((part, range.map { body(items[$0]) }))
    }.joined().sorted { $0.0 < $1.0 }.flatMap(\.1)
  }

  /// How many ways are kept for plans of several applicators, which need room for all.
  private static let poolSize = 1200

  /// The cheapest that enter so many millimetres apart: a list of choices and not of one way twelve times.
  private static func short(_ paths: [NeedlePath], keep count: Int, apart: Double) -> [NeedlePath] {
    var list: [NeedlePath] = []
    for path in paths.sorted(by: {
      ($0.costs.sum, $0.entry.x, $0.entry.y) < ($1.costs.sum, $1.entry.x, $1.entry.y)
    }) {
      let isApart = list.allSatisfy { other in
        let offset = other.entry - path.entry
        return (offset * offset).sum() >= apart * apart
      }
      if isApart { list.append(path) }
      if list.count == count { break }
    }
    return list
  }
}

/// Paths that no other beats in every criterion.
enum ParetoFront {
  /// The criteria of a path, lower is better, rounded to what makes a difference.
  static func criteria(_ path: NeedlePath) -> SIMD8<Double> {
    func rounded(_ x: Double, _ unit: Double) -> Double { (x / unit).rounded() }
    return SIMD8(
      rounded(path.pneumothoraxScore, 0.1), rounded(path.costs[.vessel], 0.1),
      rounded(path.costs[.unsafe], 0.1),
      rounded(path.depth.millimeters, 2), rounded(path.obliquityDegrees, 2),
      rounded(path.costs[.belowRib], 0.1),
      rounded(path.costs[.surfaceAngle], 0.1), 0)
  }

  static func of(_ paths: [NeedlePath]) -> [NeedlePath] {
    let all = paths.map(criteria)
    // By the sum: whoever beats a path has a smaller sum and comes before it.
    let order = all.indices.sorted { (all[$0].sum(), $0) < (all[$1].sum(), $1) }
    var front: [Int] = []
    for index in order {
      let mine = all[index]
      let isBeaten = front.contains { other in
        let theirs = all[other]
        return Swift.all(theirs .<= mine) && Swift.any(theirs .< mine)
      }
      if !isBeaten { front.append(index) }
    }
    return front.sorted().map { paths[$0] }
  }
}
