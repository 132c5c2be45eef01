// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
internal import Foundation
internal import Quantities
internal import Vocabulary

extension PathTracer {
  /// What was met, from the skin inwards.
  private struct Way {
    var aerated = 0.0
    var uncharted = 0.0
    var punctures = 0
    var firstPuncture: Double?
    var entersInZone = false
    var fissures: [String] = []
    var crossed: UInt64 = 0
    var rib = (distance: 10.0, at: -1.0, index: -1)
  }

  /// The path of an outcome that has an exit, with its soft criteria.
  func path(
    _ outward: SIMD3<Double>, _ outcome: Outcome, from target: SIMD3<Double>? = nil
  ) -> NeedlePath {
    let target = target ?? request.target
    let exit = outcome.exit ?? 0
    let way = walk(target, outward, exit)
    let obstacles = space.obstacles
    func names(_ indices: [Int]) -> [String] {
      indices.filter { way.crossed & (1 << UInt64($0)) != 0 }.map { obstacles[$0].name }
    }
    let vessels = names(setting.vessels)
    let bullae = names(setting.bullae).count
    let angle = surfaceAngle(target, outward, exit, way.firstPuncture)
    let obliquity = asin(min(1, abs(outward.z))) * 180 / .pi
    let depth = exit + request.beyond
    // At least this chance that nothing is touched: all misses within the clear radius are harmless.
    let radius = outcome.clearRadius
    let clear = 1 - exp(-radius * radius / (2 * request.sigma * request.sigma))
    let isBelowRib =
      way.rib.index >= 0
      && obstacles[way.rib.index].gradient(target + outward * way.rib.at).z < -search.parameters.belowRib
        .value
    var costs = PathCosts()
    for (criterion, weight) in search.weights {
      let amount: Double =
        switch criterion {
        case .puncture: Double(way.punctures)
        case .fissure: Double(way.fissures.count)
        case .pleuraInZone: way.entersInZone ? 1 : 0
        case .bulla: Double(bullae)
        case .aeratedLung: way.aerated / 30
        case .vessel: Double(vessels.count)
        case .length: depth / 50
        case .uncharted: way.uncharted / 50
        case .obliquity: obliquity / 30
        case .surfaceAngle: angle.map { 1 - sin($0 * .pi / 180) } ?? 0
        case .belowRib: isBelowRib ? 1 : 0
        case .unsafe: -log(max(1e-6, clear))
        }
      costs[criterion] = amount * weight
    }
    return NeedlePath(
      entry: target + outward * exit, tip: target - outward * request.beyond, direction: -outward,
      depth: .millimeters(depth), positions: outcome.positions, uncharted: .millimeters(way.uncharted),
      aeratedLung: .millimeters(way.aerated),
      pleuralPunctures: way.punctures, fissures: way.fissures, bullae: bullae, vessels: vessels,
      surfaceAngleDegrees: angle, obliquityDegrees: obliquity, isBelowRib: isBelowRib,
      entersPleuraInZone: way.entersInZone, clearRadius: .millimeters(radius), costs: costs)
  }

  private func walk(_ target: SIMD3<Double>, _ outward: SIMD3<Double>, _ exit: Double) -> Way {
    var way = Way()
    let obstacles = space.obstacles
    let (count, each) = samples(exit)
    let wanted = setting.soft
    let isLungLesion = request.site == .lung
    var lastLobe: Int?
    var outer = (lung: NeedleSpace.reach, inside: false)
    for index in 0..<count {
      let s = exit - Double(index) * each
      let point = target + outward * s
      var bits = space.nearby(point)
      var isCharted = false
      var lung = NeedleSpace.reach
      var lobe: Int?
      var lobeLeast = 0.75
      while bits != 0 {
        let which = bits.trailingZeroBitCount
        bits &= bits - 1
        // Once a place is known to lie in something, only what soft criteria ask for is read.
        guard !isCharted || wanted & (1 << UInt64(which)) != 0 else { continue }
        let d = obstacles[which].value(point)
        if d < 0, obstacles[which].role != .other { isCharted = true }
        switch obstacles[which].role {
        case .lung: lung = min(lung, d)
        case .lobe:
          if d < lobeLeast { (lobeLeast, lobe) = (d, which) }
        case .rib: if d < way.rib.distance { way.rib = (d, s, which) }
        default:
          if wanted & (1 << UInt64(which)) != 0, d < request.radius { way.crossed |= 1 << UInt64(which) }
        }
      }
      let isLesion =
        (isLungLesion || lung < 0)
        && request.lesion.field.millimeters(at: point, outside: NeedleSpace.reach) < 0
      if index > 0, !isCharted, !isLesion { way.uncharted += each }
      if index > 0, !isLesion, lung < 0 || outer.lung < 0 {
        // Where the surface is met within the step, the part of it that lies in lung.
        way.aerated +=
          each
          * (lung < 0 ? (outer.lung < 0 ? 1 : lung / (lung - outer.lung)) : outer.lung / (outer.lung - lung))
      }
      let inside = lung < 0 || (isLesion && isLungLesion)
      if inside, !outer.inside, index > 0 {
        way.punctures += 1
        let share = outer.lung < NeedleSpace.reach && lung < 0 ? outer.lung / (outer.lung - lung) : 0.5
        let at = s + each * (1 - min(1, max(0, share)))
        if way.firstPuncture == nil { way.firstPuncture = at }
        if request.isAtTarget(target + outward * at) { way.entersInZone = true }
      }
      if let lobe, inside {
        if let last = lastLobe, last != lobe, let a = obstacles[last].lobe, let b = obstacles[lobe].lobe,
          a.side == b.side
        {
          way.fissures.append("\(a.abbreviation)–\(b.abbreviation)")
        }
        lastLobe = lobe
      }
      outer = (lung, inside)
    }
    return way
  }

  /// The angle to the first pleura met, else to the liver's capsule.
  private func surfaceAngle(
    _ target: SIMD3<Double>, _ outward: SIMD3<Double>, _ exit: Double, _ puncture: Double?
  ) -> Double? {
    func angle(_ obstacle: NeedleSpace.Obstacle, _ s: Double) -> Double? {
      let normal = obstacle.gradient(target + outward * s)
      let size = (normal * normal).sum().squareRoot()
      guard size > 0.1 else { return nil }
      return asin(min(1, abs((normal * outward).sum()) / size)) * 180 / .pi
    }
    if let puncture {
      let point = target + outward * puncture
      let lung = setting.lungs.min { space.obstacles[$0].value(point) < space.obstacles[$1].value(point) }
      return lung.flatMap { angle(space.obstacles[$0], puncture) }
    }
    guard let capsule = setting.capsule else { return nil }
    var s = exit
    while s > 0 {
      if space.obstacles[capsule].value(target + outward * s) < 0 {
        return angle(space.obstacles[capsule], s)
      }
      s -= Self.step
    }
    return nil
  }
}
