// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import Imaging
internal import Packing

/// The CT as the report's views show it under what was drawn: averaged over blocks, cut to the body, in 8 bits, packed.
///
/// A picture to recognise the patient by; nothing is measured on it. Frame: DICOM patient coordinates (LPS), millimetres.
struct SceneImage: Encodable {
  /// The number of voxels along x, y and z.
  let size: [Int]
  /// The size of a voxel along x, y and z.
  let stepMM: [Double]
  /// The lower corner of the first voxel.
  let cornerMM: [Double]
  /// The Hounsfield units that each of the 256 values stands for.
  let levels: [Int]
  /// The image's own window, centre and width, where it has one.
  let window: [Double]?
  /// The voxels, x fastest, each as its difference from the one before, deflated without a wrapper, in base64.
  let voxels: String

  /// How large voxels are at least, along x and y, and along z.
  private static let pixelMM = 1.8
  private static let planeMM = 3.0
  /// Bytes of base64 that an image may take: with the bodies, the page stays under 5 MB.
  private static let mostBytes = 1_300_000
  /// What is shown around lesions and structures.
  private static let marginMM = 15.0

  /// Steps of 4 HU from −160 to 240, where soft tissues differ, 13 below and 20 above.
  static let levels: [Int] = {
    var levels: [Int] = []
    for step in 0..<66 { levels.append(-1018 + 13 * step) }
    for step in 0..<100 { levels.append(-160 + 4 * step) }
    for step in 0..<90 { levels.append(240 + 20 * step) }
    return levels
  }()

  /// The image of a case; `nil` without one.
  ///
  /// - Throws: what reading it throws.
  init?(of patientCase: PatientCase) throws {
    guard let kept = patientCase.ct else { return nil }
    let image = try kept.image()
    let bounds = Self.bounds(of: patientCase, image.grid)
    var scale = 1.0
    while true {
      let made = Self.voxels(image, bounds, scale)
      let packed = Data(Compression.deflated(made.bytes)).base64EncodedString()
      if packed.utf8.count <= Self.mostBytes || scale > 4 {
        size = [made.size.x, made.size.y, made.size.z]
        stepMM = [made.step.x, made.step.y, made.step.z].map { (1e6 * $0).rounded() / 1e6 }
        cornerMM = [bounds.low.x, bounds.low.y, bounds.low.z].map { (1000 * $0).rounded() / 1000 }
        voxels = packed
        break
      }
      scale *= max(1.05, pow(Double(packed.utf8.count) / Double(Self.mostBytes), 1.0 / 3))
    }
    levels = Self.levels
    window = kept.window.map { [$0.centre, $0.width] }
  }

  /// Around all that was drawn, within the image.
  private static func bounds(
    of patientCase: PatientCase, _ grid: VoxelGrid
  ) -> (low: SIMD3<Double>, high: SIMD3<Double>) {
    let edges = (0..<3).map { (grid.edge($0, 0), grid.edge($0, grid.size[$0])) }
    let imageLow = SIMD3(edges[0].0, edges[1].0, edges[2].0)
    let imageHigh = SIMD3(edges[0].1, edges[1].1, edges[2].1)
    let bodies =
      patientCase.lesions.compactMap { $0.body?.solid.bounds } + patientCase.structures.map(\.solid.bounds)
    guard let first = bodies.first else { return (imageLow, imageHigh) }
    var low = first.low
    var high = first.high
    for body in bodies {
      low = pointwiseMin(low, body.low)
      high = pointwiseMax(high, body.high)
    }
    low = pointwiseMax(low - marginMM, imageLow)
    high = pointwiseMin(high + marginMM, imageHigh)
    guard (0..<3).allSatisfy({ low[$0] < high[$0] }) else { return (imageLow, imageHigh) }
    return (low, high)
  }

  /// Means over blocks, as differences of levels.
  ///
  /// Planes of the page are even, whatever those of the image are.
  private static func voxels(
    _ image: CTImage, _ bounds: (low: SIMD3<Double>, high: SIMD3<Double>), _ scale: Double
  ) -> (bytes: [UInt8], size: SIMD3<Int>, step: SIMD3<Double>) {
    let grid = image.grid
    let extent = bounds.high - bounds.low
    var size = SIMD3<Int>.zero
    var step = SIMD3<Double>.zero
    for axis in 0..<3 {
      let wanted = max(axis < 2 ? pixelMM : planeMM, grid.spacing[axis]) * scale
      size[axis] = max(1, Int((extent[axis] / wanted).rounded(.down)))
      step[axis] = extent[axis] / Double(size[axis])
    }
    // Which of the image's voxels have their centres in each block, axis by axis; the nearest where none has.
    let ranges = (0..<3).map { axis -> [Range<Int>] in
      var next = 0
      return (0..<size[axis]).map { block in
        let high = bounds.low[axis] + step[axis] * Double(block + 1)
        let low = high - step[axis]
        while next < grid.size[axis] - 1, grid.centre(axis, next) < low { next += 1 }
        var end = next
        while end < grid.size[axis], grid.centre(axis, end) < high { end += 1 }
        return next..<max(end, next + 1)
      }
    }
    let table = Self.table
    var bytes = [UInt8](repeating: 0, count: size.x * size.y * size.z)
    var before: UInt8 = 0
    var at = 0
    image.hounsfield.withUnsafeBufferPointer { values in
      for z in 0..<size.z {
        for y in 0..<size.y {
          for x in 0..<size.x {
            var sum = 0
            for k in ranges[2][z] {
              for j in ranges[1][y] {
                let line = (k * grid.size.y + j) * grid.size.x
                for i in ranges[0][x] { sum += Int(values[line + i]) }
              }
            }
            let mean = sum / (ranges[0][x].count * ranges[1][y].count * ranges[2][z].count)
            let level = table[min(max(mean, -1024), 3071) + 1024]
            bytes[at] = level &- before
            before = level
            at += 1
          }
        }
      }
    }
    return (bytes, size, step)
  }

  /// The nearest level of each value from −1024 to 3071.
  private static let table: [UInt8] = {
    var level = 0
    return (-1024...3071).map { value in
      while level < levels.count - 1, abs(levels[level + 1] - value) <= abs(levels[level] - value) {
        level += 1
      }
      return UInt8(level)
    }
  }()

  /// The JSON text.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
