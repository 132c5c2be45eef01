// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import PlanarGeometry

/// The least distance in space from nodes to a stack of sections.
struct SectionDistance: Sendable {
  let stack: SectionStack
  let reach: Float
  let side: DistanceField.Side

  /// One interval of z between two neighbouring levels of a run, as seen from a plane of nodes.
  private struct Interval {
    let run: Int
    let level: Int
    /// The ends relative to the plane of nodes.
    let low: Float
    let high: Float
  }

  func values(at positions: [Double]) -> [Float] {
    let count = stack.lattice.count
    var values = [Float](repeating: reach, count: count * positions.count)
    let planes = Workers.gather(positions.count, into: { [(Int, [Float])]() }) { index, found in
      found.append((index, plane(at: positions[index])))
    }
    for (index, plane) in planes.joined() {
      values.replaceSubrange((index * count)..<((index + 1) * count), with: plane)
    }
    return values
  }

  /// The signed distances of one plane of nodes.
  private func plane(at z: Double) -> [Float] {
    let count = stack.lattice.count
    var result = [Float](repeating: reach, count: count)
    var intervals: [Interval] = []
    // Where the plane itself cuts the stack: two levels and the share of the upper one.
    var own: [(run: Int, level: Int, share: Float)] = []
    for (run, levels) in stack.runs.enumerated() {
      for level in 0..<(levels.count - 1) {
        let (low, high) = (levels[level].z - z, levels[level + 1].z - z)
        if low <= 0, high >= 0 {
          own.append((run, level, high > low ? Float(-low / (high - low)) : 0))
        }
        guard low < Double(reach), high > -Double(reach) else { continue }
        intervals.append(Interval(run: run, level: level, low: Float(low), high: Float(high)))
      }
    }
    // Inside, the nearest height without any section bounds the distance to the surface.
    let void = Float(min(Double(reach), distanceToVoid(z)))
    // The nearest first, so that far ones can be passed over.
    intervals.sort { Self.gap($0) < Self.gap($1) }
    let sections = intervals.map { interval in
      let levels = stack.runs[interval.run]
      return Section(
        first: levels[interval.level].start, last: levels[interval.level + 1].start, low: interval.low,
        high: interval.high)
    }
    stack.nodes.withUnsafeBufferPointer { nodes in
      result.withUnsafeMutableBufferPointer { result in
        guard let start = result.baseAddress, let nodes = nodes.baseAddress else { return }
        for at in stride(from: 0, to: count, by: 8) {
          var here = SIMD8<Float>(repeating: reach)
          for cut in own {
            let low = Lanes.load(nodes, stack.runs[cut.run][cut.level].start + at)
            let high = Lanes.load(nodes, stack.runs[cut.run][cut.level + 1].start + at)
            here = Lanes.least(here, low + (high - low) * cut.share)
          }
          let isInside = here .< 0
          // Only the sign is wanted on one side: the planar distance has it.
          if side != .both {
            let other = side == .outside ? here : -here
            if Lanes.greatest(of: other) < 0 {
              Lanes.store(here, start, at)
              continue
            }
          }
          let sign = SIMD8<Float>(repeating: 1).replacing(with: -1, where: isInside)
          let most = SIMD8(repeating: reach * reach).replacing(with: void * void, where: isInside)
          let best = Self.squared(nodes, at, sign, sections, most)
          Lanes.store(sign * best.squareRoot(), start, at)
        }
      }
    }
    return result
  }

  /// An interval with where its two sections begin.
  private struct Section {
    let first: Int
    let last: Int
    let low: Float
    let high: Float
    let squaredGap: Float
    let inverseLength: Float

    init(first: Int, last: Int, low: Float, high: Float) {
      self.first = first
      self.last = last
      self.low = low
      self.high = high
      let gap = max(0, low, -high)
      squaredGap = gap * gap
      inverseLength = high > low ? 1 / (high - low) : 0
    }
  }

  /// How far the nearest height is that no run covers; zero where none covers this one.
  private func distanceToVoid(_ z: Double) -> Double {
    var spans = stack.runs.compactMap { run in run.first.flatMap { a in run.last.map { (a.z, $0.z) } } }
      .sorted { $0.0 < $1.0 }
    guard !spans.isEmpty else { return 0 }
    var joined = [spans.removeFirst()]
    for span in spans {
      if span.0 <= joined[joined.count - 1].1 + 1e-6 {
        joined[joined.count - 1].1 = max(joined[joined.count - 1].1, span.1)
      } else {
        joined.append(span)
      }
    }
    guard let span = joined.first(where: { $0.0 <= z && z <= $0.1 }) else { return 0 }
    return min(z - span.0, span.1 - z)
  }

  private static func gap(_ interval: Interval) -> Float { max(0, interval.low, -interval.high) }

  /// The least squared distance of eight nodes to where the sign changes.
  @inline(__always)
  private static func squared(
    _ nodes: UnsafePointer<Float>, _ at: Int, _ sign: SIMD8<Float>, _ sections: [Section],
    _ most: SIMD8<Float>
  ) -> SIMD8<Float> {
    var best = most
    let zero = SIMD8<Float>(repeating: 0)
    var farthest = Lanes.greatest(of: best)
    for section in sections {
      if section.squaredGap >= farthest { break }
      let first = sign * Lanes.load(nodes, section.first + at)
      let last = sign * Lanes.load(nodes, section.last + at)
      // The planar distance along the interval is no less than at its nearer end.
      let nearest = Lanes.greatest(Lanes.least(first, last), zero)
      if Lanes.greatest(of: best - nearest * nearest) <= section.squaredGap { continue }
      // Along the interval the planar distance is a + b·t, t = Δz; t² + max(0, a + b·t)² is convex in t.
      let b = (last - first) * section.inverseLength
      let a = first - b * section.low
      let free = (-a * b / (1 + b * b)).replacing(with: zero, where: a .<= 0)
      let t = Lanes.least(
        Lanes.greatest(free, SIMD8(repeating: section.low)), SIMD8(repeating: section.high))
      let planar = Lanes.greatest(a + b * t, zero)
      best = Lanes.least(best, t * t + planar * planar)
      farthest = Lanes.greatest(of: best)
    }
    return best
  }
}
