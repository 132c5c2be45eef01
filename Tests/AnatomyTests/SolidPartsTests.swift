// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities
import Testing

@Suite("Parts of a body that do not touch")
struct SolidPartsTests {
  /// Boxes of whole cells on planes one apart, against flooding the cells.
  @Test("parts and volumes are those of flooding cells", arguments: 1...30)
  func flooding(seed: Int) throws {
    var random = Generator(UInt64(seed))
    let size = 7
    var cells: Set<SIMD3<Int>> = []
    for _ in 0..<Int.random(in: 20...90, using: &random) {
      cells.insert(
        SIMD3(
          .random(in: 0..<size, using: &random), .random(in: 0..<size, using: &random),
          .random(in: 0..<size, using: &random)))
    }
    var planes: [(z: Double, region: Region)] = []
    for z in 0..<size {
      var region = Region.empty
      for cell in cells where cell.z == z {
        let low = SIMD2(Double(cell.x), Double(cell.y))
        region = try region.union(Region.rectangle(low: low, high: low + 1))
      }
      planes.append((Double(z), region))
    }
    guard planes.contains(where: { !$0.region.isEmpty }) else { return }
    let solid = try Solid(planes: planes, endCap: .half, singlePlaneThickness: .millimeters(1))
    // Missing planes part bodies unless only one is missing; the reference knows planes by number.
    let present = Set(cells.map(\.z))
    guard present == Set((present.min() ?? 0)...(present.max() ?? 0)) else { return }
    let parts = SolidParts(of: solid)
    #expect(parts.count == Self.flood(cells).count)
    #expect(zip(parts.volumes, parts.volumes.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(abs(parts.volumes.reduce(.zero, +).cubicMillimeters - solid.volume.cubicMillimeters) < 1e-6)
    for (number, volume) in parts.volumes.enumerated() {
      #expect(abs(try #require(parts.body(number)).volume.cubicMillimeters - volume.cubicMillimeters) < 1e-9)
    }
    #expect(parts.body(parts.count) == nil)
  }

  /// In a plane cells join by a side; from plane to plane by any shared point.
  private static func flood(_ cells: Set<SIMD3<Int>>) -> [Set<SIMD3<Int>>] {
    var rest = cells
    var parts: [Set<SIMD3<Int>>] = []
    while let start = rest.first {
      var part: Set = [start]
      var open = [start]
      rest.remove(start)
      while let cell = open.popLast() {
        for dx in -1...1 {
          for dy in -1...1 {
            for dz in -1...1 {
              let isSide = dz == 0 ? abs(dx) + abs(dy) == 1 : true
              let next = SIMD3(cell.x + dx, cell.y + dy, cell.z + dz)
              guard isSide, rest.remove(next) != nil else { continue }
              part.insert(next)
              open.append(next)
            }
          }
        }
      }
      parts.append(part)
    }
    return parts
  }
}

private struct Generator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
