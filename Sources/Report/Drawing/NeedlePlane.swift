// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Anatomy
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// The plane that holds a needle and the body's long axis, the needle running straight down in it.
///
/// It always holds the z axis, so a contour is cut by it in stretches of a line; what it shows are these stretches, joined
/// from plane to plane. Places in it are millimetres: to the right along `across`, down from the skin along `down`.
struct NeedlePlane {
  /// Where the needle enters: the place (0, 0).
  let origin: SIMD3<Double>
  /// The needle's direction.
  let down: SIMD3<Double>
  /// The direction to the right: the z axis made perpendicular to the needle; x where the needle runs along z.
  let across: SIMD3<Double>
  /// The plane's direction within axial planes.
  private let level: SIMD2<Double>
  private let cosine: Double
  private let sine: Double

  init(_ path: NeedlePath) {
    origin = path.entry
    down = path.direction
    let planar = SIMD2(path.direction.x, path.direction.y)
    let size = (planar * planar).sum().squareRoot()
    level = size > 0.02 ? planar / size : SIMD2(1, 0)
    cosine = size > 0.02 ? size : 0
    sine = size > 0.02 ? path.direction.z : (path.direction.z < 0 ? -1 : 1)
    across = SIMD3(-level.x * sine, -level.y * sine, cosine)
  }

  /// Where a point is drawn.
  func place(_ point: SIMD3<Double>) -> SIMD2<Double> {
    let offset = point - origin
    return place(along: offset.x * level.x + offset.y * level.y, rise: offset.z)
  }

  private func place(along: Double, rise: Double) -> SIMD2<Double> {
    SIMD2(cosine * rise - sine * along, cosine * along + sine * rise)
  }

  /// How far a point lies off the plane, to either side.
  func distance(_ point: SIMD3<Double>) -> Double {
    let offset = point - origin
    return offset.x * level.y - offset.y * level.x
  }

  // MARK: Contours

  /// One end of a stretch in one slab, upright in z.
  private struct Wall {
    let along: Double
    let slab: Int
  }

  /// The outline of a solid in this plane.
  ///
  /// Between two planes of contours the nearest ends are joined by straight lines; where a part ends, so does its outline,
  /// at the slab's own end.
  ///
  /// - Parameter reach: the heights above and below the needle's entry that are wanted.
  func region(of solid: Solid, reach: ClosedRange<Double>) -> Region {
    let slabs = solid.slabs.filter {
      $0.upper > $0.lower && $0.upper - origin.z > reach.lowerBound && $0.lower - origin.z < reach.upperBound
    }
    var walls: [Wall] = []
    var ofSlab: [[Int]] = []
    for (index, slab) in slabs.enumerated() {
      let ends = crossings(slab.region)
      ofSlab.append(Array(walls.count..<(walls.count + ends.count)))
      walls += ends.map { Wall(along: $0, slab: index) }
    }
    // Ends 2·n and 2·n + 1 are a wall's lower and upper one; in each seam they are joined in pairs from side to side.
    var partner = [Int](repeating: 0, count: 2 * walls.count)
    func join(_ ends: [Int]) {
      let sorted = ends.sorted { walls[$0 / 2].along < walls[$1 / 2].along }
      for pair in stride(from: 0, to: sorted.count - 1, by: 2) {
        partner[sorted[pair]] = sorted[pair + 1]
        partner[sorted[pair + 1]] = sorted[pair]
      }
    }
    for index in slabs.indices {
      let tops = ofSlab[index].map { 2 * $0 + 1 }
      let isLast = index + 1 == slabs.count
      let meets = !isLast && abs(slabs[index + 1].lower - slabs[index].upper) < 1e-6
      if index == 0 { join(ofSlab[0].map { 2 * $0 }) }
      if meets {
        join(tops + ofSlab[index + 1].map { 2 * $0 })
      } else {
        join(tops)
        if !isLast { join(ofSlab[index + 1].map { 2 * $0 }) }
      }
    }
    return Region(nesting: rings(walls, partner, slabs))
  }

  /// Follows walls and the seams between them until each ring is closed.
  private func rings(_ walls: [Wall], _ partner: [Int], _ slabs: [Slab]) -> [Contour] {
    var isDone = [Bool](repeating: false, count: walls.count)
    var rings: [Contour] = []
    func point(_ wall: Wall, _ z: Double) -> SIMD2<Double> { place(along: wall.along, rise: z - origin.z) }
    for start in walls.indices where !isDone[start] {
      var points: [SIMD2<Double>] = []
      var at = start
      var isRising = true
      while !isDone[at] {
        isDone[at] = true
        let wall = walls[at]
        points.append(point(wall, slabs[wall.slab].z))
        let next = partner[2 * at + (isRising ? 1 : 0)]
        let other = walls[next / 2]
        if other.slab == wall.slab {
          // The part ends here.
          let z = isRising ? slabs[wall.slab].upper : slabs[wall.slab].lower
          points.append(point(wall, z))
          points.append(point(other, z))
        }
        at = next / 2
        isRising = next % 2 == 0
      }
      if let ring = try? Contour(points) { rings.append(ring) }
    }
    return rings
  }

  /// Where a region's edges cross this plane, ascending; between the first and second is inside, and so on in pairs.
  private func crossings(_ region: Region) -> [Double] {
    let start = SIMD2(origin.x, origin.y)
    var found: [Double] = []
    for ring in region.rings {
      var a = ring.points[ring.points.count - 1] - start
      var sideA = a.x * level.y - a.y * level.x
      for corner in ring.points {
        let b = corner - start
        let sideB = b.x * level.y - b.y * level.x
        if (sideA < 0) != (sideB < 0) {
          let place = a + (b - a) * (sideA / (sideA - sideB))
          found.append((place * level).sum())
        }
        a = b
        sideA = sideB
      }
    }
    return found.sorted()
  }

  // MARK: Zones

  /// A spheroid in this plane; `nil` where the plane misses it.
  func section(of zone: Spheroid, corners: Int = 72) -> Region? {
    let (along, across) = (zone.along.millimeters, zone.across.millimeters)
    let inAcross = 1 / (across * across)
    let rest = 1 / (along * along) - inAcross
    func form(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
      (a * b).sum() * inAcross + rest * (zone.axis * a).sum() * (zone.axis * b).sum()
    }
    let offset = origin - zone.centre
    let (aa, ad, dd) = (form(self.across, self.across), form(self.across, down), form(down, down))
    let (ga, gd) = (form(self.across, offset), form(down, offset))
    let determinant = aa * dd - ad * ad
    let middle = SIMD2(-(dd * ga - ad * gd), -(aa * gd - ad * ga)) / determinant
    let left = 1 - form(offset, offset) - (ga * middle.x + gd * middle.y)
    guard left > 1e-9 else { return nil }
    // Cholesky's factor of the form turns the unit circle into the ellipse.
    let low = aa.squareRoot()
    let mixed = ad / low
    let high = (dd - mixed * mixed).squareRoot()
    let ring = (0..<corners).map { index -> SIMD2<Double> in
      let angle = 2 * Double.pi * Double(index) / Double(corners)
      let y = sin(angle) / high
      return middle + SIMD2((cos(angle) - mixed * y) / low, y) * left.squareRoot()
    }
    return (try? Contour(ring)).map { Region(nesting: [$0]) }
  }
}
