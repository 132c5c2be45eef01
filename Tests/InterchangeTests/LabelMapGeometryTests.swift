// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities
import Testing

@testable import Interchange

/// A seeded generator, so that a failure comes back.
private struct Lehmer: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) | (state << 31)
  }
}

@Suite("Voxels become solids")
struct LabelMapGeometryTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func read(_ draft: NIfTIDraft, _ name: String = "map.nii") throws -> LabelMap {
    try LabelMap(path: scratch.write(name, draft.bytes))
  }

  private func solid(_ draft: NIfTIDraft, label: Int = 1) throws -> Solid {
    let map = try read(draft)
    let voxels = try #require(map.labels.first { $0.value == label }?.voxels)
    return try #require(try VoxelBody(grid: map.grid).solid(of: voxels))
  }

  /// A map of one plane, drawn: a character for each voxel, the first line at the top (largest y).
  private func plane(_ drawing: [String]) -> NIfTIDraft {
    let rows = drawing.reversed().map(Array.init)
    return .map(count: SIMD3(rows[0].count, rows.count, 1)) { rows[$0.y][$0.x] == "#" ? 1 : 0 }
  }

  @Test(
    "rings are simple, holes and islands are kept, corners only touch",
    arguments: [
      // One voxel; two that share a corner are two polygons; a hole; an island in a hole.
      (["#"], 1, 0, 4), (["#.", ".#"], 2, 0, 8), ([".#", "#."], 2, 0, 8), (["###", "#.#", "###"], 1, 1, 8),
      (["#####", "#...#", "#.#.#", "#...#", "#####"], 2, 1, 12),
      // A hole that touches the outside by a corner, and two holes that touch one another.
      (["##.", "#.#", "###"], 1, 1, 10), (["####", "#.##", "##.#", "####"], 1, 2, 12),
      (["####", "##.#", "#.##", "####"], 1, 2, 12),
      // A hole around a voxel that hangs on by corners only.
      (["#####", "#.#.#", "##.##", "#.#.#", "#####"], 1, 5, 24),
      // Straight stretches have no corners between.
      (["####", "####"], 1, 0, 4), (["###", "#..", "###"], 1, 0, 8),
    ])
  func outlines(drawing: [String], polygons: Int, holes: Int, corners: Int) throws {
    let region = try solid(plane(drawing)).slabs[0].region
    #expect(region.polygons.count == polygons)
    #expect(region.polygons.reduce(0) { $0 + $1.holes.count } == holes)
    #expect(region.rings.reduce(0) { $0 + $1.points.count } == corners)
    let voxels = drawing.joined().filter { $0 == "#" }.count
    #expect(region.area.squareMillimeters == Double(voxels))
    for ring in region.rings { #expect(Set(ring.points).count == ring.points.count) }
    // GEOS finds nothing to mend and the same area.
    let (again, repairs) = try Region.evenOdd(region.rings)
    #expect(repairs.isEmpty)
    #expect(abs(again.area.squareMillimeters - Double(voxels)) < 1e-9)
  }

  @Test(
    "random voxels: volume, every voxel's side of the outline, and what GEOS makes of it", arguments: 1...12)
  func randomMaps(seed: Int) throws {
    var random = Lehmer(state: UInt64(seed))
    let share = Double.random(in: 0.2...0.9, using: &random)
    let count = SIMD3(Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random), 4)
    var filled: Set<SIMD3<Int>> = []
    for z in 0..<count.z {
      for y in 0..<count.y {
        for x in 0..<count.x where Double.random(in: 0..<1, using: &random) < share {
          filled.insert(SIMD3(x, y, z))
        }
      }
    }
    guard !filled.isEmpty else { return }
    let spacing = SIMD3(0.75, 1.25, 2.5)
    let draft = NIfTIDraft.map(count: count, spacing: spacing, origin: SIMD3(-100, 33, 7)) {
      filled.contains($0) ? 1 : 0
    }
    let solid = try solid(draft)
    let expected = Double(filled.count) * spacing.x * spacing.y * spacing.z
    #expect(abs(solid.volume.cubicMillimeters - expected) < 1e-9 * expected)
    for z in 0..<count.z {
      for y in 0..<count.y {
        for x in 0..<count.x {
          let centre = SIMD3(-100, 33, 7) + spacing * SIMD3(Double(x), Double(y), Double(z))
          #expect(solid.contains(centre) == filled.contains(SIMD3(x, y, z)))
        }
      }
    }
    for (a, b) in zip(solid.slabs, solid.slabs.dropFirst()) {
      // A region GEOS did not take for valid would break this sum.
      let sum =
        try a.region.union(b.region).area.squareMillimeters
        + a.region.intersection(b.region).area.squareMillimeters
      #expect(
        abs(sum - a.region.area.squareMillimeters - b.region.area.squareMillimeters) < 1e-9 * (sum + 1))
    }
  }

  @Test("a missing plane stays missing, every slab is a voxel thick, and the volume is exact")
  func gaps() throws {
    // One plane missing between two is a gap of twice the spacing, and there is no other spacing to go by.
    for planes in [[0, 2], [1], [0, 2, 4, 6], [0, 1, 5], [3, 4, 6]] {
      let draft = NIfTIDraft.map(count: SIMD3(3, 3, 8), spacing: SIMD3(1, 1, 3)) {
        planes.contains($0.z) ? 1 : 0
      }
      let solid = try solid(draft)
      #expect(solid.slabs.map { $0.thickness.millimeters } == planes.map { _ in 3.0 })
      #expect(solid.slabs.map(\.z) == planes.map { 3 * Double($0) })
      #expect(solid.volume.cubicMillimeters == Double(planes.count) * 27)
      #expect(solid.gaps.count == zip(planes, planes.dropFirst()).filter { $1 - $0 > 1 }.count)
      #expect(solid.endCap == .voxels)
      #expect(solid.nominalSpacing.millimeters == 3)
    }
  }

  /// The 48 orders and directions of three axes.
  static let orientations: [([Int], [Bool])] = {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    return orders.flatMap { order in
      (0..<8).map { bits in (order, [bits & 1 == 1, bits & 2 == 2, bits & 4 == 4]) }
    }
  }()

  @Test(
    "one body lands in one place, whatever the order and direction of the file's axes",
    arguments: orientations)
  func oriented(axes: [Int], against: [Bool]) throws {
    // No symmetry, so a swapped or turned axis shows.
    func label(_ p: SIMD3<Int>) -> Int {
      p.x < 2 || (p.y == 1 && p.z > 2) || p == SIMD3(4, 3, 1) ? 1 : p.z == 0 ? 2 : 0
    }
    let count = SIMD3(6, 5, 4)
    let spacing = SIMD3(1.5, 2, 3)
    let origin = SIMD3(-40.25, 12.5, 100.75)
    func draft(_ axes: [Int], _ against: [Bool]) -> NIfTIDraft {
      .map(count: count, spacing: spacing, origin: origin, axes: axes, against: against, label: label)
    }
    // Reference: axes as DICOM has them.
    let plain = draft([0, 1, 2], [false, false, false])
    for value in [1, 2] {
      let expected = try solid(plain, label: value)
      let found = try solid(draft(axes, against), label: value)
      #expect(found.slabs.map(\.z) == expected.slabs.map(\.z))
      #expect(found.slabs.map(\.lower) == expected.slabs.map(\.lower))
      for (a, b) in zip(found.slabs, expected.slabs) {
        #expect(Set(a.region.rings.map(\.canonical)) == Set(b.region.rings.map(\.canonical)))
      }
    }
    #expect(try solid(draft(axes, against)).bounds.low == origin - spacing / 2)
  }

  @Test("the first voxel of an RAS file lies where its affine says, mirrored into LPS")
  func mirrored() throws {
    var draft = NIfTIDraft(size: (3, 3, 3), values: [Double](repeating: 0, count: 27))
    draft.values[0] = 1
    draft.affine = [[2, 0, 0, 10], [0, 2, 0, 20], [0, 0, 2, 30]]
    draft.pixdim = [1, 2, 2, 2]
    let solid = try solid(draft)
    #expect(solid.centroid == SIMD3(-10, -20, 30))
    #expect(solid.bounds.low == SIMD3(-11, -21, 29))
  }

  @Test("a qform stands in for a missing sform, and gives way to one that is there")
  func quaternions() throws {
    var draft = NIfTIDraft.map(count: SIMD3(4, 3, 2), spacing: SIMD3(1, 2, 3)) { $0.x == 0 ? 1 : 0 }
    draft.qformCode = 1
    // Half a turn about z: x and y run towards right and front, which are LPS.
    draft.quaternion = [0, 0, 1, 0, 0, 0]
    draft.sformCode = 0
    draft.values = draft.values.enumerated().map { $0.offset % 4 == 0 ? 1 : 0 }
    let turned = try solid(draft)
    #expect(turned.bounds.low == SIMD3(-0.5, -1, -1.5))
    #expect(turned.volume.cubicMillimeters == 36)
    draft.sformCode = 2
    // A mirror or a long way between the two is two places; a little shift is told.
    draft.affine = [[1, 0, 0, 0], [0, 2, 0, 0], [0, 0, 3, 5]]
    #expect(throws: InputError.self) { try read(draft) }
    draft.affine = [[-1, 0, 0, 0], [0, -2, 0, 0], [0, 0, 3, 5]]
    let map = try read(draft)
    #expect(map.grid.edge(2, 0) == 3.5)
    #expect(map.doubts.contains { $0.contains("sform and qform differ") })
  }

  @Test("parts are told apart by 26 neighbours, as a slow search finds them", arguments: 1...10)
  func components(seed: Int) throws {
    var random = Lehmer(state: UInt64(100 + seed))
    let share = Double.random(in: 0.03...0.25, using: &random)
    let n = 9
    var values = [Double](repeating: 0, count: n * n * n)
    for i in values.indices where Double.random(in: 0..<1, using: &random) < share { values[i] = 1 }
    let map = try read(NIfTIDraft(size: (n, n, n), values: values))
    guard let voxels = map.labels.first?.voxels else { return }
    var seen: Set<Int> = []
    var sizes: [Int] = []
    for start in values.indices where values[start] == 1 && seen.insert(start).inserted {
      var waiting = [start]
      var size = 0
      while let at = waiting.popLast() {
        size += 1
        for other in values.indices where values[other] == 1 {
          let d = [at % n - other % n, at / n % n - other / n % n, at / n / n - other / n / n]
          if d.allSatisfy({ abs($0) <= 1 }), seen.insert(other).inserted { waiting.append(other) }
        }
      }
      sizes.append(size)
    }
    let parts = voxels.components()
    #expect(parts.map(\.count).sorted() == sizes.sorted())
    #expect(parts.reduce(0) { $0 + $1.count } == voxels.count)
    let body = VoxelBody(grid: map.grid)
    for part in parts {
      let solid = try #require(try body.solid(of: part))
      let centre = try #require(solid.centroid)
      let own = body.centroid(of: part)
      #expect(((centre - own) * (centre - own)).sum() < 1e-18)
    }
  }
}
