// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Follows one direction from the target to the skin and says what is met on the way.
struct PathTracer: Sendable {
  /// What hard limits say of a direction.
  struct Outcome: Sendable {
    /// Obstacles crossed that must not be, a bit each.
    var crossed: UInt64 = 0
    /// Obstacles passed nearer than their limit.
    var near: UInt64 = 0
    var others: Set<PathRefusal> = []
    /// How far out the skin is; `nil` where none was found.
    var exit: Double?
    var positions: [PatientPosition] = []
    /// How far the target may be missed before anything is touched.
    ///
    /// No more than fields are sure to see.
    var clearRadius = NeedleSpace.surelySeen

    var isClear: Bool { crossed == 0 && near == 0 && others.isEmpty && exit != nil }
    var isOnlyNear: Bool { crossed == 0 && others.isEmpty && exit != nil }
  }

  let search: PathSearch
  let setting: PathSearch.Setting

  /// The distance of samples along the way, in millimetres.
  static let step = 1.5

  var space: NeedleSpace { search.space }
  var request: PathSearch.Request { setting.request }

  /// Whether hard limits are kept outward in a direction of length one.
  func trace(outward: SIMD3<Double>, from target: SIMD3<Double>? = nil) -> Outcome {
    let target = target ?? request.target
    var outcome = Outcome()
    findExit(target, outward, &outcome)
    guard let exit = outcome.exit else { return outcome }
    let depth = exit + request.beyond
    let length = request.lengths.first { $0 >= depth }
    if length == nil { outcome.others.insert(.tooLong) }
    let entry = target + outward * exit
    findPositions(entry, outward, beyondSkin: (length ?? depth) - depth, &outcome)
    meet(target, outward, exit, &outcome)
    return outcome
  }

  /// What an outcome is called.
  func refusals(of outcome: Outcome) -> Set<PathRefusal> {
    var refusals = outcome.others
    for (index, obstacle) in space.obstacles.enumerated() {
      let bit = UInt64(1) << UInt64(index)
      if outcome.crossed & bit != 0 {
        refusals.insert(.crosses(obstacle.role))
      } else if outcome.near & bit != 0 {
        refusals.insert(.near(obstacle.role))
      }
    }
    return refusals
  }

  // MARK: Skin, table, gantry

  private func findExit(_ target: SIMD3<Double>, _ outward: SIMD3<Double>, _ outcome: inout Outcome) {
    let farthest = (request.lengths.last ?? 0) + 60
    var previous = space.body.value(target)
    guard previous < 0 else { return }
    var s = 0.0
    var step = Self.step
    while s < farthest {
      s += step
      step = Self.step
      let point = target + outward * s
      if outcome.exit == nil, space.isDeep(point), point.z > space.ends.low, point.z < space.ends.high {
        previous = -3
        continue
      }
      if point.z <= space.ends.low || point.z >= space.ends.high {
        if outcome.exit == nil { outcome.others.insert(.beyondImages) }
        return
      }
      let here = space.body.value(point)
      if let exit = outcome.exit {
        if here < -2, s > exit + 6 {
          outcome.others.insert(.meetsBodyAgain)
          return
        }
        // Beyond the outline's nodes a straight way does not come back, and away from it there is nothing to miss.
        guard space.isByBody(point) else { return }
        step = max(Self.step, min(here, NeedleSpace.bodyReach) - Self.step)
      } else if here >= 0 {
        outcome.exit = s - Self.step * here / (here - previous)
      }
      previous = here
    }
    if outcome.exit == nil { outcome.others.insert(.tooLong) }
  }

  private func findPositions(
    _ entry: SIMD3<Double>, _ outward: SIMD3<Double>, beyondSkin: Double, _ outcome: inout Outcome
  ) {
    let gantry = search.parameters.gantry
    let lowest = -sin(gantry.belowLevelDegrees * .pi / 180) - 1e-9
    outcome.positions = request.positions.filter { (outward * $0.up).sum() >= lowest }
    if outcome.positions.isEmpty { outcome.others.insert(.table) }
    // The outer end, seen along the bore; turning the patient moves it on a circle around the middle.
    let end = entry + outward * beyondSkin
    let offset = SIMD2(end.x, end.y) - space.middle
    if (offset * offset).sum().squareRoot() > gantry.bore.millimeters / 2 { outcome.others.insert(.gantry) }
  }

  // MARK: Hard limits

  private func meet(
    _ target: SIMD3<Double>, _ outward: SIMD3<Double>, _ exit: Double, _ outcome: inout Outcome
  ) {
    let start = -request.beyond
    let (count, each) = samples(exit)
    let guarded = setting.guarded
    for index in 0..<count {
      let s = start + Double(index) * each
      let point = target + outward * s
      var bits = space.nearby(point) & guarded
      guard bits != 0 else { continue }
      // How far the path is moved here when the target is missed by one.
      let share = max(0.02, min(1, (exit - s) / exit))
      while bits != 0 {
        let which = bits.trailingZeroBitCount
        let bit = bits & (~bits + 1)
        bits &= bits - 1
        guard let limit = setting.limits[which] else { continue }
        let gap = space.obstacles[which].value(point) - request.radius
        outcome.clearRadius = min(outcome.clearRadius, max(0, gap) / share)
        if gap < 0, limit.forbidsCrossing { outcome.crossed |= bit }
        if gap < limit.distance.millimeters, !request.isAtTarget(point) { outcome.near |= bit }
      }
    }
  }

  /// The samples from the tip to the skin, and how far they are apart.
  func samples(_ exit: Double) -> (count: Int, each: Double) {
    let total = exit + request.beyond
    let count = max(2, Int((total / Self.step).rounded(.up)) + 1)
    return (count, total / Double(count - 1))
  }
}
