// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// Where a body's numbers lie among those of a case.
struct BodyLocation: Codable, Hashable {
  let offset: Int
  let count: Int
  let endCap: String
  let nominalSpacingMM: Double
  let gapsMM: [[Double]]
}

/// The bodies of a case as one run of little-endian doubles.
///
/// A body is: number of slabs; for each slab z, lower, upper, number of polygons; for each polygon the number
/// of rings, outer first; for each ring the number of points, then x, y of each. Text of the same would take
/// ten times as long to read.
struct BodyStore {
  private(set) var numbers: [Double] = []

  init() {}

  init(_ data: Data, file: String) throws(InputError) {
    guard data.count % 8 == 0 else { throw InputError(file: file, "the bodies are cut short") }
    numbers = [Double](unsafeUninitializedCapacity: data.count / 8) { buffer, count in
      data.withUnsafeBytes { bytes in
        for i in 0..<(bytes.count / 8) {
          let bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self))
          (buffer.baseAddress.map { $0 + i })?.initialize(to: Double(bitPattern: bits))
        }
        count = bytes.count / 8
      }
    }
  }

  var data: Data {
    guard UInt64(1).littleEndian != 1 else { return numbers.withUnsafeBytes { Data($0) } }
    return numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
  }

  mutating func add(_ solid: Solid) -> BodyLocation {
    let offset = numbers.count
    numbers.append(Double(solid.slabs.count))
    for slab in solid.slabs {
      numbers += [slab.z, slab.lower, slab.upper, Double(slab.region.polygons.count)]
      for polygon in slab.region.polygons {
        numbers.append(Double(1 + polygon.holes.count))
        for ring in [polygon.outer] + polygon.holes {
          numbers.append(Double(ring.points.count))
          for point in ring.points {
            numbers.append(point.x)
            numbers.append(point.y)
          }
        }
      }
    }
    return BodyLocation(
      offset: offset, count: numbers.count - offset, endCap: solid.endCap.rawValue,
      nominalSpacingMM: solid.nominalSpacing.millimeters,
      gapsMM: solid.gaps.map { [$0.below, $0.above] })
  }

  func solid(_ location: BodyLocation, file: String) throws(InputError) -> Solid {
    let broken = InputError(file: file, "the bodies do not match the case", advice: "import the case again")
    guard location.offset >= 0, location.count >= 1, location.offset <= numbers.count - location.count,
      let endCap = EndCap(rawValue: location.endCap), location.gapsMM.allSatisfy({ $0.count == 2 })
    else { throw broken }
    var cursor = location.offset
    let end = location.offset + location.count
    func number() throws(InputError) -> Double {
      guard cursor < end, abs(numbers[cursor]) <= 1e7 else { throw broken }
      cursor += 1
      return numbers[cursor - 1]
    }
    func count() throws(InputError) -> Int {
      let value = try number()
      guard value >= 0, value == value.rounded(), value <= Double(end) else { throw broken }
      return Int(value)
    }
    var slabs: [Slab] = []
    for _ in 0..<(try count()) {
      let z = try number()
      let lower = try number()
      let upper = try number()
      guard lower <= z, z <= upper, abs(z) <= LesionRow.farthestMM else { throw broken }
      var polygons: [(outer: Contour, holes: [Contour])] = []
      for _ in 0..<(try count()) {
        var rings: [Contour] = []
        for _ in 0..<(try count()) {
          var points: [SIMD2<Double>] = []
          for _ in 0..<(try count()) { points.append(SIMD2(try number(), try number())) }
          guard let ring = try? Contour(points),
            points.allSatisfy({ max(abs($0.x), abs($0.y)) <= LesionRow.farthestMM })
          else { throw broken }
          rings.append(ring)
        }
        guard let outer = rings.first else { throw broken }
        polygons.append((outer, Array(rings.dropFirst())))
      }
      let region = Region(storedPolygons: polygons)
      guard (try? region.isSound()) == true else {
        throw InputError(
          file: file, "holds contours that cross at z \(z) mm", advice: "the case is damaged; import it again"
        )
      }
      slabs.append(Slab(z: z, lower: lower, upper: upper, region: region))
    }
    guard cursor == end,
      let solid = Solid(
        slabs: slabs, endCap: endCap, nominalSpacing: .millimeters(location.nominalSpacingMM),
        gaps: location.gapsMM.map { PlaneGap(below: $0[0], above: $0[1]) })
    else { throw broken }
    return solid
  }
}
