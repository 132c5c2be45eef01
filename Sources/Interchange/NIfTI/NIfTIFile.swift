// SPDX-License-Identifier: Apache-2.0
internal import CNIfTI
internal import Foundation

/// A NIfTI image that is being read: its header, its extensions, then its voxels in the file's order.
///
/// Belongs to one task.
final class NIfTIFile {
  private let handle: UnsafeMutablePointer<onifti_image>
  let path: String

  /// Opens a NIfTI-1 or NIfTI-2 file, plain or compressed.
  init(path: String) throws(InputError) {
    self.path = path
    let readable = try PipeContents.readable(path)
    var message = [CChar](repeating: 0, count: 256)
    var reason = ONIFTI_UNREADABLE
    guard let handle = onifti_open(readable, &reason, &message, message.count) else {
      let text = message.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      throw Self.refusal(path, reason, text)
    }
    self.handle = handle
  }

  deinit { onifti_close(handle) }

  private static func refusal(_ path: String, _ reason: onifti_refusal, _ text: String) -> InputError {
    switch reason {
    case ONIFTI_UNREADABLE:
      InputError(file: path, "cannot be read", advice: "check the permissions")
    case ONIFTI_PAIR:
      InputError(
        file: path, "is a NIfTI header whose image lies in a file of its own",
        advice: "save it as one .nii or .nii.gz file")
    case ONIFTI_DAMAGED:
      InputError(
        file: path, place: "header", "is damaged or cut short (\(text))",
        advice: "give a whole NIfTI file; write it again if it is one")
    case ONIFTI_DIMENSIONS:
      InputError(
        file: path, place: "dim", "is no single three-dimensional image (\(text))",
        advice: "give one label map; split a series of images into files")
    case ONIFTI_DATATYPE:
      InputError(
        file: path, place: "datatype", "holds no labels (\(text))",
        advice: "save the label map as whole numbers of 8, 16 or 32 bits")
    case ONIFTI_TOO_LARGE:
      InputError(
        file: path, place: "dim", "is refused: \(text)",
        advice: "crop the label map, or save it with 8 or 16 bits")
    case ONIFTI_PLACEMENT:
      InputError(
        file: path, place: "sform and qform", "does not say where its voxels lie (\(text))",
        advice: "write the label map with the affine of its CT")
    default:
      InputError(
        file: path, "is no NIfTI file (\(text))", advice: "give a label map as .nii or .nii.gz")
    }
  }

  /// The number of voxels along each of the file's axes.
  var size: SIMD3<Int> {
    SIMD3(Int(onifti_size(handle, 0)), Int(onifti_size(handle, 1)), Int(onifti_size(handle, 2)))
  }

  /// The place, RAS in the file's units, of a voxel's centre: a row of the affine has x, y or z.
  func affine(row: Int, column: Int) -> Double { onifti_affine(handle, Int32(row), Int32(column)) }

  /// Whether the affine is the sform; else it is the qform.
  var usesSform: Bool { onifti_uses_sform(handle) != 0 }

  /// The farthest, in the file's units, that sform and qform put a corner of the image apart.
  var disagreement: Double { onifti_disagreement(handle) }

  /// The voxel size that the header states beside its affine.
  var statedSpacing: SIMD3<Double> {
    SIMD3(onifti_spacing(handle, 0), onifti_spacing(handle, 1), onifti_spacing(handle, 2))
  }

  /// Millimetres of one unit of length; `nil` when the header names none.
  var millimetresPerUnit: Double? {
    switch onifti_space_units(handle) {
    case 1: 1000
    case 2: 1
    case 3: 0.001
    default: nil
    }
  }

  /// The header's extensions, as bytes.
  var extensions: [[UInt8]] {
    var found: [[UInt8]] = []
    var length = 0
    while let start = onifti_extension(handle, Int32(found.count), &length) {
      found.append(
        start.withMemoryRebound(to: UInt8.self, capacity: length) {
          [UInt8](UnsafeBufferPointer(start: $0, count: length))
        })
    }
    return found
  }

  /// Calls back with the labels of every row along the first axis that holds any, in the file's order.
  ///
  /// A row's number is its place among the rows: j + k × the second size.
  ///
  /// - Throws: `InputError` when the file ends early or a value is no label.
  func forEachRow(
    _ body: (_ row: Int, _ labels: UnsafeBufferPointer<Int32>) throws(InputError) -> Void
  ) throws(InputError) {
    let size = self.size
    let rows = size.y * size.z
    let together = max(1, min(rows, Self.voxelsAtOnce / size.x))
    var labels = [Int32](repeating: 0, count: together * size.x)
    var first = 0
    while first < rows {
      let count = min(together, rows - first)
      var offender = 0.0
      var index: Int64 = 0
      let state = onifti_read_labels(handle, &labels, Int64(count * size.x), &offender, &index)
      switch state {
      case ONIFTI_LABELS_EMPTY: break
      case ONIFTI_LABELS_READ:
        for row in 0..<count {
          let start = row * size.x
          // Rethrown by hand: the buffer's closure cannot throw a typed error.
          let failure = labels.withUnsafeBufferPointer { all -> InputError? in
            do throws(InputError) {
              try body(first + row, UnsafeBufferPointer(rebasing: all[start..<start + size.x]))
              return nil
            } catch {
              return error
            }
          }
          if let failure { throw failure }
        }
      default:
        throw refusal(state, offender, voxel: first * size.x + Int(index))
      }
      first += count
    }
    guard onifti_ends_well(handle) != 0 else { throw cutShort }
  }

  /// Calls back with the values of every row along the first axis, in the file's order.
  ///
  /// - Throws: `InputError` when the file ends early.
  func forEachRowOfValues(
    _ body: (_ row: Int, _ values: UnsafeBufferPointer<Double>) -> Void
  ) throws(InputError) {
    let size = self.size
    let rows = size.y * size.z
    let together = max(1, min(rows, Self.voxelsAtOnce / size.x))
    var values = [Double](repeating: 0, count: together * size.x)
    var first = 0
    while first < rows {
      let count = min(together, rows - first)
      guard onifti_read_values(handle, &values, Int64(count * size.x)) != 0 else { throw cutShort }
      values.withUnsafeBufferPointer { all in
        for row in 0..<count {
          body(first + row, UnsafeBufferPointer(rebasing: all[(row * size.x)..<((row + 1) * size.x)]))
        }
      }
      first += count
    }
    guard onifti_ends_well(handle) != 0 else { throw cutShort }
  }

  /// Whether its voxels can be below zero, by their type and scale.
  var mayBeNegative: Bool { onifti_may_be_negative(handle) != 0 }

  /// Whether a voxel below zero is among the first ones.
  func hasNegative(amongFirst most: Int) -> Bool {
    let size = self.size
    let count = min(most, size.x * size.y * size.z)
    var values = [Double](repeating: 0, count: min(count, Self.voxelsAtOnce))
    var done = 0
    while done < count {
      let part = min(values.count, count - done)
      guard onifti_read_values(handle, &values, Int64(part)) != 0 else { return false }
      if values[..<part].contains(where: { $0 < 0 }) { return true }
      done += part
    }
    return false
  }

  /// As many voxels as one reading takes: bounded memory whatever the header claims.
  private static let voxelsAtOnce = 1 << 18

  private var cutShort: InputError {
    InputError(
      file: path, "is damaged or cut short: it ends before its last voxel",
      advice: "copy or write the file again")
  }

  private func refusal(_ state: onifti_label_state, _ value: Double, voxel: Int) -> InputError {
    let size = self.size
    let place = "voxel (\(voxel % size.x), \(voxel / size.x % size.y), \(voxel / size.x / size.y))"
    switch state {
    case ONIFTI_LABELS_FRACTION:
      return InputError(
        file: path, place: place, "has the value \(value); a label map holds whole numbers",
        advice: "give a label map, not an image; cut a probability map at its threshold first")
    case ONIFTI_LABELS_NEGATIVE:
      return InputError(
        file: path, place: place, "has the value \(value); labels are 0 or more",
        advice: "give a label map, not the CT")
    case ONIFTI_LABELS_LARGE:
      return InputError(
        file: path, place: place, "has the value \(value); labels go up to \(Int32.max)",
        advice: "give a label map, not an image")
    default: return cutShort
    }
  }
}
