// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities
import Testing

/// The least piece of an organ that holds a body with its margin and opens at the organ's surface.
@Suite struct WedgeTests {
  /// A lung that fills x < 0 as far as it matters: its surface is the plane x = 0.
  private static func halfSpace(planes: Int = 160) throws -> Envelope {
    try Envelope(
      Bodies.box(low: SIMD3(-160, -80, -80), high: SIMD3(0, 80, 80), planes: planes))
  }

  private static func wedge(
    radius: Double, depth: Double, margins: [Double], in lung: Envelope, spacing: Double = 1
  ) throws -> [Solid] {
    let ball = try Bodies.sampledBall(
      centre: SIMD3(-depth - radius, 0.3, 0.2), radius: radius, spacing: spacing)
    let field = try #require(
      WedgeField(around: ball, in: lung, toward: SIMD3(2, 0, 0), upTo: .millimeters(20)))
    return try field.solids(margins: margins.map { .millimeters($0) }).map { try #require($0) }
  }

  /// The hull of a ball of radius R, its centre at depth c ≥ 0, and its footprint on the surface: half a ball with an
  /// upright column of the same radius on it.
  private static func closedForm(radius: Double, depth: Double, margin: Double) -> Double {
    let grown = radius + margin
    return Double.pi * grown * grown * (depth + radius) + 2 / 3 * Double.pi * grown * grown * grown
  }

  @Test(arguments: [2.5, 4.0, 7.5, 15.0, 19.0], [0.0, 1.0, 5.0, 12.0, 20.0, 30.0])
  func halfSpaceHasTheClosedForm(radius: Double, depth: Double) throws {
    let lung = try Self.halfSpace()
    let margins = [5.0, 10, 15, 20]
    for (margin, solid) in zip(
      margins, try Self.wedge(radius: radius, depth: depth, margins: margins, in: lung))
    {
      let truth = Self.closedForm(radius: radius, depth: depth, margin: margin)
      let found = solid.volume.cubicMillimeters
      #expect(abs(found / truth - 1) < 0.02, "r \(radius), t \(depth), m \(margin): \(found / truth - 1)")
    }
  }

  /// The surface askew to the planes: the same body, turned about z.
  @Test(arguments: [0.3, 0.8, 1.2])
  func surfaceAskewHasTheClosedForm(angle: Double) throws {
    let lung = try Envelope(
      Bodies.moved(
        Bodies.box(low: SIMD3(-160, -120, -80), high: SIMD3(0, 120, 80), planes: 160), angle: angle,
        by: .zero))
    let outward = SIMD3(cosine(angle), sine(angle), 0)
    let ball = try Bodies.sampledBall(centre: outward * -18, radius: 6, spacing: 1)
    let field = try #require(WedgeField(around: ball, in: lung, toward: outward, upTo: .millimeters(20)))
    let found = try #require(try field.solids(margins: [.millimeters(10)])[0]).volume.cubicMillimeters
    #expect(abs(found / Self.closedForm(radius: 6, depth: 12, margin: 10) - 1) < 0.02)
  }

  /// The surface across the planes: outwards is up.
  @Test func surfaceAboveHasTheClosedForm() throws {
    let lung = try Envelope(
      Bodies.box(low: SIMD3(-80, -80, -120), high: SIMD3(80, 80, 0), planes: 96))
    let ball = try Bodies.sampledBall(centre: SIMD3(0.2, 0.1, -19), radius: 7, spacing: 1.25)
    let field = try #require(
      WedgeField(around: ball, in: lung, toward: SIMD3(0, 0, 1), upTo: .millimeters(20)))
    for margin in [5.0, 10, 20] {
      let found = try #require(try field.solids(margins: [.millimeters(margin)])[0]).volume.cubicMillimeters
      #expect(abs(found / Self.closedForm(radius: 7, depth: 12, margin: margin) - 1) < 0.02)
    }
  }

  /// Deep in an organ the core is the body with its margin: 4/3 π (D/2 + m)³.
  @Test(arguments: [3.0, 6.0, 12.0], [5.0, 10.0])
  func coreIsTheGrownBall(radius: Double, margin: Double) throws {
    let ball = try Bodies.sampledBall(centre: SIMD3(-70, 0, 0), radius: radius, spacing: 1)
    let field = try #require(
      WedgeField(
        around: ball, in: Self.halfSpace(), toward: SIMD3(1, 0, 0), upTo: .millimeters(margin)))
    let found = try #require(try field.cores(margins: [.millimeters(margin)])[0]).volume.cubicMillimeters
    let truth = 4 / 3 * Double.pi * pow(radius + margin, 3)
    #expect(abs(found / truth - 1) < 0.02)
  }

  @Test func volumeGrowsWithMarginAndDepth() throws {
    let lung = try Self.halfSpace()
    let margins = [2.0, 5, 6, 9, 10, 14, 20]
    var before = [Double](repeating: 0, count: margins.count)
    for depth in [0.0, 3, 6, 11, 17, 24] {
      let volumes = try Self.wedge(radius: 5, depth: depth, margins: margins, in: lung).map {
        $0.volume.cubicMillimeters
      }
      for (less, more) in zip(volumes, volumes.dropFirst()) { #expect(less < more) }
      for (shallow, deep) in zip(before, volumes) { #expect(shallow < deep) }
      before = volumes
    }
  }

  // MARK: Against voxels, in a lobe that bends

  /// A bent lobe with a hole in it, and a body that is no ball.
  private static func bentLobe() throws -> (lobe: Solid, envelope: Envelope) {
    let planes = try (0..<120).map { index -> (z: Double, region: Region) in
      let z = -60 + Double(index) + 0.5
      let size = max(0.05, 1 - (z / 62) * (z / 62)).squareRoot()
      let outer = Region.ellipse(
        centre: SIMD2(-40 + z / 6, 4), semiAxes: SIMD2(46, 60) * size, corners: 90)
      // A bite from the middle, as the mediastinum takes.
      let bite = Region.ellipse(centre: SIMD2(4, 0), semiAxes: SIMD2(22, 26), corners: 60)
      let vessel = Region.ellipse(centre: SIMD2(-52, 10), semiAxes: SIMD2(3, 3), corners: 30)
      return (z, try outer.subtracting(bite).subtracting(vessel))
    }
    let lobe = try Solid(planes: planes, endCap: .half)
    return (lobe, try Envelope(lobe))
  }

  @Test(arguments: [
    (SIMD3(-66.0, 8, 4), SIMD3(-1.0, 0.1, 0)), (SIMD3(-40, -30, 20), SIMD3(0, -1, 0.3)),
    (SIMD3(-50, 10, -30), SIMD3(-0.5, 0.2, -0.8)), (SIMD3(-34, 0, 0), SIMD3(1, 0, 0)),
  ])
  func voxelsTellTheSame(centre: SIMD3<Double>, direction: SIMD3<Double>) throws {
    let (_, envelope) = try Self.bentLobe()
    let half = SIMD3(7.0, 4, 5)
    let body = try Solid(
      planes: (0..<10).map { index in
        let z = centre.z - 5 + (Double(index) + 0.5)
        let t = (z - centre.z) / half.z
        let size = (1 - t * t).squareRoot()
        return (
          z,
          Region.ellipse(
            centre: SIMD2(centre.x, centre.y), semiAxes: SIMD2(half.x, half.y) * size, corners: 80)
        )
      }, endCap: .half)
    let outward = direction / (direction * direction).sum().squareRoot()
    let margin = 8.0
    let field = try #require(
      WedgeField(around: body, in: envelope, toward: direction, upTo: .millimeters(margin)))
    let solid = try #require(try field.solids(margins: [.millimeters(margin)])[0])
    // Slow and plain: from each voxel inwards, until the lobe ends or the margin of the ideal ellipsoid is met.
    func isNear(_ p: SIMD3<Double>) -> Bool {
      let offset = p - centre
      // Far off, nothing needs to be worked out.
      return (offset * offset).sum() <= (7 + margin) * (7 + margin)
        && ReferenceEllipsoid(half).distance(offset) <= margin
    }
    var count = 0
    var wrong = 0
    let step = 1.0
    let bounds = solid.bounds
    for x in stride(from: bounds.low.x - 3, through: bounds.high.x + 3, by: step) {
      for y in stride(from: bounds.low.y - 3, through: bounds.high.y + 3, by: step) {
        for z in stride(from: bounds.low.z - 2.63, through: bounds.high.z + 3, by: step) {
          let p = SIMD3(x, y, z)
          guard envelope.contains(p) else {
            // Nothing outside the lobe is taken, but what is the body itself.
            if solid.contains(p) { #expect(body.contains(p)) }
            continue
          }
          var isTaken = false
          var s = 0.0
          var outside = 0.0
          // Gaps of up to 3 mm are bridged.
          while s < 120, outside <= 3 {
            let q = p - outward * s
            if !envelope.contains(q) {
              outside += 0.5
            } else {
              outside = 0
              if isNear(q) {
                isTaken = true
                break
              }
            }
            s += 0.5
          }
          if isTaken { count += 1 }
          if isTaken != solid.contains(p) {
            wrong += 1
          }
          // The whole margin within the lobe is taken, whatever lies outwards.
          if ReferenceEllipsoid(half).distance(p - centre) <= margin - 1.2 { #expect(solid.contains(p)) }
        }
      }
    }
    let volume = Double(count) * step * step * step
    #expect(abs(solid.volume.cubicMillimeters / volume - 1) < 0.015)
    #expect(Double(wrong) < 0.02 * Double(count), "\(wrong) of \(count)")
  }

  // MARK: What it answers for

  @Test func nothingWithoutASurface() throws {
    let lung = try Self.halfSpace()
    let outside = try Bodies.sampledBall(centre: SIMD3(20, 0, 0), radius: 5, spacing: 1)
    #expect(WedgeField(around: outside, in: lung, toward: SIMD3(1, 0, 0), upTo: .millimeters(10)) == nil)
    let ball = try Bodies.sampledBall(centre: SIMD3(-20, 0, 0), radius: 5, spacing: 1)
    #expect(WedgeField(around: ball, in: lung, toward: .zero, upTo: .millimeters(10)) == nil)
    let field = try #require(
      WedgeField(around: ball, in: lung, toward: SIMD3(1, 0, 0), upTo: .millimeters(10)))
    #expect(try field.solids(margins: [.millimeters(11), .zero]).allSatisfy { $0 == nil })
    #expect(abs(field.depthOfMiddle.millimeters - 20) < 0.02)
  }

  @Test func wayOutIsTheFirst() throws {
    let lung = try Self.halfSpace()
    let from = SIMD3(-30.0, 0, 0)
    let way = try #require(
      lung.wayOut(from: from, along: SIMD3(1, 0, 0), upTo: .millimeters(100), step: .millimeters(1)))
    #expect(abs(way.millimeters - 30) < 0.02)
    #expect(
      lung.wayOut(from: from, along: SIMD3(-1, 0, 0), upTo: .millimeters(100), step: .millimeters(1)) == nil)
    #expect(
      lung.wayOut(from: SIMD3(5, 0, 0), along: SIMD3(1, 0, 0), upTo: .millimeters(9), step: .millimeters(1))
        == .zero)
  }
}

/// The distance to an ellipsoid by bisection on the normal's parameter (Eberly); slow and plain.
struct ReferenceEllipsoid {
  let half: SIMD3<Double>
  init(_ half: SIMD3<Double>) { self.half = half }

  /// Zero inside.
  func distance(_ p: SIMD3<Double>) -> Double {
    let q = SIMD3(abs(p.x), abs(p.y), abs(p.z))
    let scaled = q / half
    guard (scaled * scaled).sum() > 1 else { return 0 }
    let squares = half * half
    func value(_ t: Double) -> Double {
      let r = half * q / (squares + t)
      return (r * r).sum() - 1
    }
    var low = 0.0
    var high = 2 * (q.max() + half.max()) * half.max() + (q * q).sum()
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if value(middle) > 0 { low = middle } else { high = middle }
    }
    let nearest = squares * q / (squares + (low + high) / 2)
    let offset = q - nearest
    return (offset * offset).sum().squareRoot()
  }
}
