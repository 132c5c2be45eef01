// SPDX-License-Identifier: Apache-2.0
public import PlanarGeometry
public import Quantities

/// The parts of a solid that do not touch one another.
///
/// Areas of neighbouring slabs touch where they share a point; a single missing plane does not part them, since
/// contours often lack one. Areas of one slab that only share a corner are parts of their own.
public struct SolidParts: Sendable {
  /// The solid that was taken apart.
  public let solid: Solid
  /// The volume of each part, the largest first.
  public let volumes: [Volume]
  /// For each slab the part that each of its polygons belongs to.
  private let numbers: [[Int]]

  /// The parts of a solid; at least one.
  public init(of solid: Solid) {
    self.solid = solid
    let slabs = solid.slabs
    var starts = [0]
    for slab in slabs { starts.append(starts[starts.count - 1] + slab.region.polygons.count) }
    var sets = DisjointSets(count: starts[starts.count - 1])
    var below: [Outline] = []
    for (index, slab) in slabs.enumerated() {
      let own = slab.region.polygons.enumerated().map { Outline($1, starts[index] + $0) }.sorted {
        $0.low.x < $1.low.x
      }
      if index > 0, slab.lower - slabs[index - 1].upper <= solid.nominalSpacing.millimeters * 1.01 {
        Self.eachMeeting(own, below) { sets.join($0, $1) }
      }
      below = own
    }
    var volumes: [Int: Double] = [:]
    for (index, slab) in slabs.enumerated() {
      for (place, polygon) in slab.region.polygons.enumerated() {
        let area = Region(storedPolygons: [(polygon.outer, polygon.holes)]).area
        volumes[sets.first(starts[index] + place), default: 0] += (area * slab.thickness).cubicMillimeters
      }
    }
    let ranked = volumes.keys.sorted { (-(volumes[$0] ?? 0), $0) < (-(volumes[$1] ?? 0), $1) }
    let places = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1, $0) })
    self.volumes = ranked.map { .cubicMillimeters(volumes[$0] ?? 0) }
    numbers = slabs.indices.map { index in
      slabs[index].region.polygons.indices.map { places[sets.first(starts[index] + $0)] ?? 0 }
    }
  }

  /// How many parts there are.
  public var count: Int { volumes.count }

  /// A part as a body of its own, with the slabs it has in the whole.
  ///
  /// - Parameter number: by falling volume from 0; `nil` for a number there is not.
  public func body(_ number: Int) -> Solid? {
    guard volumes.indices.contains(number) else { return nil }
    let slabs = solid.slabs.indices.map { index in
      let slab = solid.slabs[index]
      return Slab(
        z: slab.z, lower: slab.lower, upper: slab.upper, region: region(ofSlab: index) { $0 == number })
    }.filter { !$0.region.isEmpty }
    return Solid(
      slabs: slabs, endCap: solid.endCap, nominalSpacing: solid.nominalSpacing,
      gaps: solid.gaps.filter { gap in
        slabs.contains { $0.z <= gap.below } && slabs.contains { $0.z >= gap.above }
      })
  }

  /// What of a slab belongs to the parts that are wanted, by number.
  public func region(ofSlab index: Int, where wanted: (Int) -> Bool) -> Region {
    let polygons = solid.slabs[index].region.polygons
    return Region(
      storedPolygons: polygons.indices.filter { wanted(numbers[index][$0]) }.map {
        (polygons[$0].outer, polygons[$0].holes)
      })
  }

  /// A polygon with the box around it.
  private struct Outline {
    let number: Int
    let low: SIMD2<Double>
    let high: SIMD2<Double>
    let region: Region

    init(_ polygon: PlanarPolygon, _ number: Int) {
      self.number = number
      region = Region(storedPolygons: [(polygon.outer, polygon.holes)])
      (low, high) = region.bounds ?? (.zero, .zero)
    }
  }

  /// Calls back for every pair that shares a point; both sorted by their boxes' left ends.
  private static func eachMeeting(_ a: [Outline], _ b: [Outline], _ found: (Int, Int) -> Void) {
    guard a.count > 1 || b.count > 1 else {
      if let x = a.first, let y = b.first, meet(x, y) { found(x.number, y.number) }
      return
    }
    var first = 0
    // Boxes end anywhere, so only those that begin too far right end the search.
    let widest = b.map { $0.high.x - $0.low.x }.max() ?? 0
    var prepared: [Int: PlanarIndex] = [:]
    func index(_ outline: Outline) -> PlanarIndex {
      if let known = prepared[outline.number] { return known }
      let made = PlanarIndex(outline.region)
      prepared[outline.number] = made
      return made
    }
    for x in a {
      while first < b.count, b[first].low.x + widest < x.low.x { first += 1 }
      for y in b[first...] {
        guard y.low.x <= x.high.x else { break }
        guard y.high.x >= x.low.x, y.low.y <= x.high.y, y.high.y >= x.low.y else { continue }
        if plainlyMeet(x, y) || index(x).nearest(to: index(y), below: touching) != nil {
          found(x.number, y.number)
        }
      }
    }
  }

  private static func meet(_ a: Outline, _ b: Outline) -> Bool {
    guard all(a.low .<= b.high), all(b.low .<= a.high) else { return false }
    return plainlyMeet(a, b)
      || PlanarIndex(a.region).nearest(to: PlanarIndex(b.region), below: touching) != nil
  }

  /// Whether the middle of one, lying in it, lies in the other: of an organ's outlines one above the other nearly always
  /// so.
  private static func plainlyMeet(_ a: Outline, _ b: Outline) -> Bool {
    guard let middle = a.region.centroid else { return false }
    return a.region.contains(middle) && b.region.contains(middle)
  }

  /// Square millimetres: points shared but for rounding.
  private static let touching = 1e-12
}
