// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Foundation

/// Where the voxels of an RT Dose lie, in whichever way its rows, columns and frames run along the axes.
struct DoseGridGeometry {
  /// How far a direction cosine may be from 0 or ±1.
  private static let cosineTolerance = 1e-3

  private let rows: Int
  private let columns: Int
  private let frames: Int
  /// For each index of the file (along a row, along a column, through the frames): patient axis and positions.
  private let axes: [(axis: Int, positions: [Double])]

  var voxels: Int { rows * columns * frames }

  /// Reads the geometry.
  ///
  /// - Throws: `InputError` naming the tag: oblique orientation, offsets that do not ascend or descend, …
  init(_ data: DICOMItem, _ path: String) throws(InputError) {
    func broken(_ tag: DICOMTag, _ message: String) -> InputError {
      InputError(file: path, place: tag.text, message, advice: "export the dose on a grid along the axes")
    }
    guard let rows = data.unsigned(.rows), let columns = data.unsigned(.columns), rows > 0, columns > 0 else {
      throw broken(.rows, "rows or columns are absent")
    }
    let frames = data.string(.numberOfFrames).flatMap(Int.init) ?? 1
    guard frames > 0, rows * columns <= RTDose.mostVoxels / frames else {
      throw broken(.numberOfFrames, "is \(frames), with \(rows) rows and \(columns) columns")
    }
    guard let cosines = try data.decimals(.imageOrientationPatient), cosines.count == 6 else {
      throw broken(.imageOrientationPatient, "is absent or not six numbers")
    }
    guard let position = try data.decimals(.imagePositionPatient), position.count == 3 else {
      throw broken(.imagePositionPatient, "is absent or not three numbers")
    }
    guard let spacing = try data.decimals(.pixelSpacing), spacing.count == 2, spacing.allSatisfy({ $0 > 0 })
    else {
      throw broken(.pixelSpacing, "is absent or not two numbers above zero")
    }
    guard spacing.allSatisfy({ (0.05...100).contains($0) }) else {
      throw broken(.pixelSpacing, "is \(spacing[0])\\\(spacing[1]), no spacing of a dose in millimetres")
    }
    guard let along = Self.axis(Array(cosines[0..<3])), let down = Self.axis(Array(cosines[3..<6])),
      along.axis != down.axis
    else {
      throw broken(
        .imageOrientationPatient, "is oblique (\(cosines.map { String($0) }.joined(separator: "\\")))")
    }
    let normalAxis = 3 - along.axis - down.axis
    // The direction of frames is rows × columns.
    let isEven = (along.axis + 1) % 3 == down.axis
    let normalSign = along.sign * down.sign * (isEven ? 1 : -1)
    // Pixel Spacing: first between rows, that is down a column.
    let alongPositions = (0..<columns).map { position[along.axis] + along.sign * spacing[1] * Double($0) }
    let downPositions = (0..<rows).map { position[down.axis] + down.sign * spacing[0] * Double($0) }
    let framePositions = try Self.framePositions(
      data, path, count: frames, start: position[normalAxis], sign: normalSign)
    self.rows = rows
    self.columns = columns
    self.frames = frames
    axes = [(along.axis, alongPositions), (down.axis, downPositions), (normalAxis, framePositions)]
  }

  private static func axis(_ cosines: [Double]) -> (axis: Int, sign: Double)? {
    for axis in 0..<3 where abs(abs(cosines[axis]) - 1) <= cosineTolerance {
      guard (0..<3).allSatisfy({ $0 == axis || abs(cosines[$0]) <= cosineTolerance }) else { return nil }
      return (axis, cosines[axis] < 0 ? -1 : 1)
    }
    return nil
  }

  /// Positions of the frames: offsets from the first when the vector starts with zero, else the coordinates
  /// themselves, which must then start with the image position.
  private static func framePositions(
    _ data: DICOMItem, _ path: String, count: Int, start: Double, sign: Double
  ) throws(InputError) -> [Double] {
    let tag = DICOMTag.gridFrameOffsetVector
    guard let offsets = try data.decimals(tag) else {
      guard count == 1 else {
        throw InputError(
          file: path, place: tag.text, "is absent, so the planes' positions are not known",
          advice: "export the dose again")
      }
      return [start]
    }
    guard offsets.count == count else {
      throw InputError(
        file: path, place: tag.text, "holds \(offsets.count) offsets for \(count) frames",
        advice: "export the dose again")
    }
    let positions: [Double]
    if offsets[0] == 0 {
      positions = offsets.map { start + sign * $0 }
    } else if abs(offsets[0] - start) <= 1e-2 {
      positions = offsets
    } else {
      throw InputError(
        file: path, place: tag.text,
        "starts with \(offsets[0]), which is neither 0 nor the image position \(start)",
        advice: "export the dose again")
    }
    let steps = zip(positions.dropFirst(), positions).map { $0 - $1 }
    guard steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }) else {
      throw InputError(
        file: path, place: tag.text, "neither rises nor falls throughout", advice: "export the dose again")
    }
    return positions
  }

  /// The values in the order of the patient's axes, x fastest, every axis ascending.
  func grid(_ values: [Float]) throws -> DoseGrid {
    var order = [0, 0, 0]
    for (index, axis) in axes.enumerated() { order[axis.axis] = index }
    // Axis by axis: ascending positions, and how far a step takes in the file.
    let strides = [1, columns, columns * rows]
    var start = 0
    var steps = [0, 0, 0]
    var sorted: [[Double]] = []
    for axis in 0..<3 {
      let positions = axes[order[axis]].positions
      let stride = strides[order[axis]]
      if let first = positions.first, let last = positions.last, first > last {
        start += stride * (positions.count - 1)
        steps[axis] = -stride
        sorted.append(positions.reversed())
      } else {
        steps[axis] = stride
        sorted.append(positions)
      }
    }
    for axis in 0..<2 { try Self.requireEven(sorted[axis]) }
    let gray: [Float]
    if steps == strides, start == 0 {
      gray = values
    } else {
      var permuted: [Float] = []
      permuted.reserveCapacity(values.count)
      for k in sorted[2].indices {
        for j in sorted[1].indices {
          var at = start + k * steps[2] + j * steps[1]
          for _ in sorted[0].indices {
            permuted.append(values[at])
            at += steps[0]
          }
        }
      }
      gray = permuted
    }
    return try DoseGrid(
      origin: SIMD2(sorted[0][0], sorted[1][0]),
      spacing: SIMD2(Self.spacing(sorted[0]), Self.spacing(sorted[1])), columns: sorted[0].count,
      rows: sorted[1].count, planes: sorted[2], gray: gray)
  }

  private struct UnevenAcrossPlane: Error, CustomStringConvertible {
    var description: String { "uneven frames that do not run along z" }
  }

  private static func requireEven(_ positions: [Double]) throws {
    guard positions.count > 2 else { return }
    let step = spacing(positions)
    for (index, position) in positions.enumerated()
    where abs(position - positions[0] - step * Double(index)) > 1e-3 {
      throw UnevenAcrossPlane()
    }
  }

  private static func spacing(_ positions: [Double]) -> Double {
    guard let first = positions.first, let last = positions.last, positions.count > 1 else { return 1 }
    return (last - first) / Double(positions.count - 1)
  }
}
