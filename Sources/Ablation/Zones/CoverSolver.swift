// SPDX-License-Identifier: Apache-2.0
internal import Optimization

/// Covers points by equal balls on parallel tracks, as few as a set cover finds.
///
/// Candidates stand on a lattice; the cover found is held against all points, and what it misses is added and solved
/// again, so that a few points decide and all are held.
struct CoverSolver {
  /// The balls' radius, in millimetres.
  let radius: Double
  let limit: DeliveryLimit
  /// The most balls of interest.
  let most: Int

  /// The branch-and-bound nodes a solve may take: enough for small covers, and a ceiling for hopeless ones.
  private static let nodes = 30
  private static let rounds = 6
  /// About this many candidates and, at first, points.
  private static let candidates = 140
  private static let firstPoints = 60

  /// Middles with their tracks; `nil` when none within the limits was found.
  ///
  /// - Parameters:
  ///   - points: what must be held.
  ///   - inner: what lies between them and must be held too.
  func cover(
    _ points: [SIMD3<Double>], inner: [SIMD3<Double>]
  ) -> [(centre: SIMD3<Double>, track: Int)]? {
    let all = points + inner
    guard let lattice = lattice(all) else { return nil }
    var chosen = stride(from: 0, to: points.count, by: max(1, points.count / Self.firstPoints)).map { $0 }
    var known = Set(chosen)
    for _ in 0..<Self.rounds {
      guard let found = solve(lattice, chosen.map { all[$0] }) else { return nil }
      let moved = settled(found, all)
      var missed: [(excess: Double, index: Int)] = []
      for (index, point) in all.enumerated() {
        let nearest = moved.map { squared($0.centre - point) }.min() ?? .infinity
        if nearest > radius * radius * (1 + 1e-9) { missed.append((nearest, index)) }
      }
      guard !missed.isEmpty else { return moved }
      missed.sort { $0.excess > $1.excess }
      for entry in missed.prefix(25) where known.insert(entry.index).inserted { chosen.append(entry.index) }
    }
    return nil
  }

  private struct Lattice {
    var centres: [SIMD3<Double>] = []
    var tracks: [Int] = []
    var trackCount = 0
  }

  /// Candidate middles in columns along the axis, the third coordinate.
  private func lattice(_ points: [SIMD3<Double>]) -> Lattice? {
    guard let first = points.first else { return nil }
    var (low, high) = (first, first)
    for point in points { (low, high) = (pointwiseMin(low, point), pointwiseMax(high, point)) }
    let size = high - low
    // As coarse as keeps the count, at most a third of the radius.
    let room = max(1, size.x) * max(1, size.y) * max(1, size.z)
    let volume: Double = room / Double(Self.candidates)
    var step = radius / 3
    while step * step * step < volume { step *= 1.1 }
    guard step < radius else { return nil }
    var lattice = Lattice()
    func places(_ a: Double, _ b: Double) -> [Double] {
      let count = max(1, Int(((b - a) / step).rounded()) + 1)
      let middle = (a + b) / 2
      return (0..<count).map { middle + (Double($0) - Double(count - 1) / 2) * step }
    }
    for x in places(low.x, high.x) {
      for y in places(low.y, high.y) {
        for z in places(low.z, high.z) {
          lattice.centres.append(SIMD3(x, y, z))
          lattice.tracks.append(lattice.trackCount)
        }
        lattice.trackCount += 1
      }
    }
    return lattice
  }

  private func solve(_ lattice: Lattice, _ points: [SIMD3<Double>]) -> [(centre: SIMD3<Double>, track: Int)]?
  {
    let reach = radius * radius
    let candidates = lattice.centres.indices.map { index in
      SetCover.Candidate(
        elements: points.indices.filter { squared(points[$0] - lattice.centres[index]) <= reach }, cost: 1,
        group: lattice.tracks[index])
    }
    // A further track is a further puncture: dearer than a further position.
    let opening = [Double](repeating: 0.5, count: lattice.trackCount)
    guard
      let cover = try? SetCover(
        elementCount: points.count, candidates: candidates, openingCosts: opening, mostCandidates: most,
        mostGroups: most),
      case .cover(let answer)? = try? cover.solve(limit: SolveLimit(nodes: Self.nodes))
    else { return nil }
    return answer.chosen.map { (lattice.centres[$0], lattice.tracks[$0]) }
  }

  /// Middles moved to where their own points' least ball is: what lattice steps cost is given back.
  private func settled(
    _ found: [(centre: SIMD3<Double>, track: Int)], _ points: [SIMD3<Double>]
  ) -> [(centre: SIMD3<Double>, track: Int)] {
    // Several middles on one track must keep their line.
    guard Set(found.map(\.track)).count == found.count else { return found }
    var centres = found.map(\.centre)
    for _ in 0..<12 {
      var own = [[SIMD3<Double>]](repeating: [], count: centres.count)
      for point in points {
        let nearest = centres.indices.min { squared(centres[$0] - point) < squared(centres[$1] - point) } ?? 0
        own[nearest].append(point)
      }
      for index in centres.indices where !own[index].isEmpty {
        centres[index] = EnclosingBall(own[index]).centre
      }
    }
    return zip(centres, found).map { ($0, $1.track) }
  }

  private func squared(_ p: SIMD3<Double>) -> Double { (p * p).sum() }
}
