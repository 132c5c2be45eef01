// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation

/// The voxels of the segments of a DICOM SEG, by segment.
struct SegmentVoxels {
  /// By number of the segment.
  private(set) var sets: [Int: VoxelSet] = [:]
  /// What was found odd, in words.
  private(set) var doubts: [String] = []

  private let rows: Int
  private let columns: Int
  private let path: String

  /// - Throws: `InputError` for pixel data that do not fit, and for fractions without a threshold.
  init(_ segmentation: DICOMSegmentation, threshold: Double?) throws(InputError) {
    path = segmentation.path
    columns = segmentation.planes.placement.size.x
    rows = segmentation.planes.placement.size.y
    switch segmentation.content {
    case .bits: try readBits(segmentation)
    case .fractions(let greatest, let isProbability):
      try readFractions(segmentation, greatest, isProbability, threshold)
    case .labels(let bits): try readLabels(segmentation, bytes: bits / 8)
    }
    if threshold != nil, !segmentation.content.isFractional {
      doubts.append("--threshold does not apply to it: its voxels are whole")
    }
  }

  private var frameSize: Int { rows * columns }

  // MARK: One bit a voxel

  /// Frames follow one another bit by bit, the lowest bit of a byte first: a frame may begin within a byte.
  private mutating func readBits(_ segmentation: DICOMSegmentation) throws(InputError) {
    let total = frameSize * segmentation.frames.count
    let pixels = try segmentation.file.pixelBytes(
      sampleBytes: 1, expected: (total + 7) / 8, advice: "export the segmentation again, uncompressed or RLE")
    var bytes = [UInt8](repeating: 0, count: (frameSize + 7) / 8 + 1)
    for frame in segmentation.frames {
      let firstBit = frame.index * frameSize
      let count = (firstBit % 8 + frameSize + 7) / 8
      try pixels.read(offset: firstBit / 8, count: count, into: &bytes)
      var set = sets[frame.segment] ?? VoxelSet()
      sets[frame.segment] = nil
      Self.runs(bytes, from: firstBit % 8, rows: rows, columns: columns) { first, last, row in
        set.append(
          VoxelRun(first: Int32(first), last: Int32(last), row: Int32(row), plane: Int32(frame.plane)))
      }
      sets[frame.segment] = set
    }
  }

  /// The runs of set bits, row by row.
  private static func runs(
    _ bytes: [UInt8], from start: Int, rows: Int, columns: Int, _ body: (Int, Int, Int) -> Void
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<rows {
        var bit = start + row * columns
        let begin = bit
        let end = begin + columns
        while bit < end {
          // Whole bytes of nothing, which most of an image is, are passed at once.
          if bit & 7 == 0 {
            while bit + 8 <= end, bytes[bit >> 3] == 0 { bit += 8 }
            guard bit < end else { break }
          }
          guard bytes[bit >> 3] >> UInt8(bit & 7) & 1 == 1 else {
            bit += 1
            continue
          }
          let first = bit
          repeat {
            bit += 1
            if bit & 7 == 0 { while bit + 8 <= end, bytes[bit >> 3] == 0xFF { bit += 8 } }
          } while bit < end && bytes[bit >> 3] >> UInt8(bit & 7) & 1 == 1
          body(first - begin, bit - 1 - begin, row)
        }
      }
    }
  }

  // MARK: Fractions

  private mutating func readFractions(
    _ segmentation: DICOMSegmentation, _ greatest: Int, _ isProbability: Bool, _ threshold: Double?
  ) throws(InputError) {
    let pixels = try segmentation.file.pixelBytes(
      sampleBytes: 1, expected: frameSize * segmentation.frames.count,
      advice: "export the segmentation again, uncompressed or RLE")
    var bytes = [UInt8](repeating: 0, count: frameSize)
    // Without a threshold the values must be nothing or all.
    let least = threshold.map { max(1, Int(($0 * Double(greatest)).rounded(.up))) } ?? greatest
    var isWhole = true
    var highest = 0
    for frame in segmentation.frames {
      try pixels.read(offset: frame.index * frameSize, count: frameSize, into: &bytes)
      var set = sets[frame.segment] ?? VoxelSet()
      sets[frame.segment] = nil
      for row in 0..<rows {
        var x = 0
        let start = row * columns
        while x < columns {
          let value = Int(bytes[start + x])
          highest = max(highest, value)
          if value != 0, value != greatest {
            isWhole = false
            guard threshold != nil else { throw fraction(value, greatest, isProbability, frame, x, row) }
          }
          guard value >= least else {
            x += 1
            continue
          }
          let first = x
          repeat {
            if Int(bytes[start + x]) != greatest { isWhole = false }
            x += 1
          } while x < columns && Int(bytes[start + x]) >= least
          set.append(
            VoxelRun(first: Int32(first), last: Int32(x - 1), row: Int32(row), plane: Int32(frame.plane)))
        }
      }
      sets[frame.segment] = set
    }
    if let threshold, highest > 0, highest < least {
      let share = Double(highest) / Double(greatest)
      throw InputError(
        file: path, place: DICOMTag.pixelData.text,
        "holds no voxel from \(threshold) on: the highest is \(highest) of \(greatest)",
        advice:
          "if its writer means \(highest) by yes, give --threshold \(String(format: "%.3f", share * 0.75))")
    }
    if let threshold, !isWhole {
      doubts.append(
        "holds \(isProbability ? "probabilities" : "shares of voxels"): voxels count from \(String(threshold)) on (--threshold); another threshold gives other sizes"
      )
    }
  }

  private func fraction(
    _ value: Int, _ greatest: Int, _ isProbability: Bool, _ frame: DICOMSegmentation.Frame, _ x: Int, _ y: Int
  ) -> InputError {
    InputError(
      file: path, place: "frame \(frame.index + 1), column \(x + 1), row \(y + 1)",
      "holds \(isProbability ? "a probability" : "a share of a voxel") (\(value) of \(greatest)), so where a body ends is a choice",
      advice: "say from which share a voxel counts, as --threshold 0.5")
  }

  // MARK: Label maps

  private mutating func readLabels(_ segmentation: DICOMSegmentation, bytes width: Int) throws(InputError) {
    let size = frameSize * width
    let pixels = try segmentation.file.pixelBytes(
      sampleBytes: width, expected: size * segmentation.frames.count,
      advice: "export the segmentation again, uncompressed or RLE")
    var bytes = [UInt8](repeating: 0, count: size)
    var labels = [Int32](repeating: 0, count: columns)
    var runs = LabelRuns(rows: rows)
    for frame in segmentation.frames {
      try pixels.read(offset: frame.index * size, count: size, into: &bytes)
      for row in 0..<rows {
        var any: Int32 = 0
        for x in 0..<columns {
          let at = (row * columns + x) * width
          // Bytes are in host order, which is little endian wherever Swift runs on Linux.
          let label = width == 1 ? Int32(bytes[at]) : Int32(bytes[at]) | Int32(bytes[at + 1]) << 8
          labels[x] = label
          any |= label
        }
        guard any != 0 else { continue }
        let taken = labels.withUnsafeBufferPointer { runs.add(row: frame.plane * rows + row, $0) }
        guard taken else { throw LabelMap.isImage(path) }
      }
    }
    for (value, voxels) in runs.sets { sets[value] = voxels }
  }
}

extension DICOMSegmentation.Content {
  fileprivate var isFractional: Bool { if case .fractions = self { true } else { false } }
}
