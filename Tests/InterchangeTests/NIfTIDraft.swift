// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A NIfTI file written byte by byte, independent of the library that reads it.
struct NIfTIDraft {
  /// Voxels along the file's axes.
  var size: (Int, Int, Int)
  /// The first axis runs fastest.
  var values: [Double]
  /// x, y and z (RAS) as rows.
  var affine: [[Double]] = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]
  var sformCode = 1
  var qformCode = 0
  /// b, c, d, then the offsets.
  var quaternion: [Double] = [0, 0, 0, 0, 0, 0]
  var pixdim: [Double] = [1, 1, 1, 1]
  var datatype = 2
  var version = 1
  var bigEndian = false
  var slope = 1.0
  var intercept = 0.0
  var units = 2
  var magic: String?
  /// dim[0] and what follows the third dimension.
  var dimensions = 3
  var further: [Int] = [1, 1, 1, 1]
  var offset: Double?
  var header: String?

  private static let bits: [Int: Int] = [
    2: 8, 4: 16, 8: 32, 16: 32, 64: 64, 256: 8, 512: 16, 768: 32, 128: 24,
  ]

  /// The whole file.
  var bytes: [UInt8] {
    var extensionBytes: [UInt8] = []
    if let header {
      let text = [UInt8](header.utf8)
      let length = (text.count + 8 + 15) / 16 * 16
      extensionBytes = integer(length, 4) + integer(0, 4) + text
      extensionBytes += [UInt8](repeating: 0, count: length - 8 - text.count)
    }
    let dim = [dimensions, size.0, size.1, size.2] + further
    let spacing = pixdim + [1, 1, 1, 1]
    let start = version == 1 ? 352 : 544
    let begin = offset ?? Double(start + extensionBytes.count)
    var out: [UInt8]
    if version == 1 {
      out = integer(348, 4) + [UInt8](repeating: 0, count: 36)
      for n in dim { out += integer(n, 2) }
      out += [UInt8](repeating: 0, count: 14)
      out += integer(datatype, 2) + integer(Self.bits[datatype] ?? 0, 2) + integer(0, 2)
      for x in spacing { out += real(x, 4) }
      out += real(begin, 4) + real(slope, 4) + real(intercept, 4)
      out += [0, 0, 0, UInt8(units)] + [UInt8](repeating: 0, count: 128)
      out += integer(qformCode, 2) + integer(sformCode, 2)
      for x in quaternion { out += real(x, 4) }
      for row in affine { for x in row { out += real(x, 4) } }
      out += [UInt8](repeating: 0, count: 16)
      out += [UInt8]((magic ?? "n+1").utf8) + [0]
    } else {
      out = integer(540, 4) + [UInt8]((magic ?? "n+2").utf8) + [0, 13, 10, 26, 10]
      out += integer(datatype, 2) + integer(Self.bits[datatype] ?? 0, 2)
      for n in dim { out += integer(n, 8) }
      out += [UInt8](repeating: 0, count: 24)
      for x in spacing { out += real(x, 8) }
      out += integer(Int(begin), 8) + real(slope, 8) + real(intercept, 8)
      out += [UInt8](repeating: 0, count: 32 + 16 + 104)
      out += integer(qformCode, 4) + integer(sformCode, 4)
      for x in quaternion { out += real(x, 8) }
      for row in affine { for x in row { out += real(x, 8) } }
      out += integer(0, 4) + integer(units, 4) + [UInt8](repeating: 0, count: 36)
    }
    precondition(out.count == start - 4)
    out += [extensionBytes.isEmpty ? 0 : 1, 0, 0, 0] + extensionBytes
    for value in values { out += voxel(value) }
    return out
  }

  /// The file as a gzip stream of stored blocks.
  var compressed: [UInt8] { Self.compress(bytes) }

  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
      let end = min(start + 65535, bytes.count)
      let length = end - start
      out += [end == bytes.count ? 1 : 0, UInt8(length & 255), UInt8(length >> 8)]
      out += [UInt8(~length & 255), UInt8((~length >> 8) & 255)] + bytes[start..<end]
      start = end
    } while start < bytes.count
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    for word in [~sum, UInt32(truncatingIfNeeded: bytes.count)] {
      out += (0..<4).map { UInt8((word >> (8 * UInt32($0))) & 255) }
    }
    return out
  }

  private func integer(_ value: Int, _ count: Int) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return bigEndian ? little.reversed() : little
  }

  private func real(_ value: Double, _ count: Int) -> [UInt8] {
    count == 4
      ? integer(Int(Float(value).bitPattern), 4)
      : integer(Int(bitPattern: UInt(value.bitPattern)), 8)
  }

  private func voxel(_ value: Double) -> [UInt8] {
    switch datatype {
    case 16: real(value, 4)
    case 64: real(value, 8)
    default: integer(Int(value), (Self.bits[datatype] ?? 8) / 8)
    }
  }
}

extension NIfTIDraft {
  /// A map of voxels that a body holds, written in any order and direction of axes.
  ///
  /// - Parameters:
  ///   - count: voxels along the patient's x, y, z (LPS).
  ///   - spacing: their size.
  ///   - origin: the centre of the first of them, LPS.
  ///   - axes: the patient's axis (0 x, 1 y, 2 z) along each of the file's.
  ///   - against: whether the file's axis runs towards smaller LPS coordinates.
  ///   - label: the label of the voxel with this index along x, y, z.
  static func map(
    count: SIMD3<Int>, spacing: SIMD3<Double> = SIMD3(1, 1, 1), origin: SIMD3<Double> = .zero,
    axes: [Int] = [0, 1, 2], against: [Bool] = [true, true, false], label: (SIMD3<Int>) -> Int
  ) -> NIfTIDraft {
    var values: [Double] = []
    let n = axes.map { count[$0] }
    for k in 0..<n[2] {
      for j in 0..<n[1] {
        for i in 0..<n[0] {
          var index = SIMD3<Int>.zero
          for (axis, at) in [i, j, k].enumerated() {
            index[axes[axis]] = against[axis] ? n[axis] - 1 - at : at
          }
          values.append(Double(label(index)))
        }
      }
    }
    var affine = [[Double]](repeating: [0, 0, 0, 0], count: 3)
    for patient in 0..<3 {
      let sign = patient < 2 ? -1.0 : 1.0
      affine[patient][3] = sign * origin[patient]
      for (axis, runs) in axes.enumerated() where runs == patient {
        let step = against[axis] ? -spacing[patient] : spacing[patient]
        affine[patient][axis] = sign * step
        if against[axis] { affine[patient][3] += sign * spacing[patient] * Double(count[patient] - 1) }
      }
    }
    var draft = NIfTIDraft(size: (n[0], n[1], n[2]), values: values, affine: affine)
    draft.pixdim = [1] + axes.map { spacing[$0] }
    return draft
  }
}
