// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation

/// A rigid transform between two frames of reference, from a DICOM Spatial Registration or a matrix as text.
struct FrameRegistration {
  static let sopClass = "1.2.840.10008.5.1.4.1.1.66.1"

  let transform: RigidTransform
  /// How it is told in outputs.
  let words: String

  /// Reads a registration that carries the dose's frame into the contours'.
  ///
  /// A text file holds the sixteen numbers of the 4×4 matrix that takes a point of the dose's frame to the
  /// contours', row by row, apart by spaces, commas or line ends. The word `identity` says that both frames are
  /// one and the same.
  ///
  /// - Throws: `InputError` when it is not rigid, does not name both frames, or cannot be read.
  init(
    _ path: String, from source: String?, to target: String?, patientID: String?
  ) throws(InputError) {
    if path == "identity" {
      transform = .identity
      words = "the user says that both frames are the same"
      return
    }
    let name = FileAccess.name(of: path)
    if let matrix = try Self.textMatrix(path) {
      transform = try Self.rigid(matrix, path, "")
      words = "matrix of \(name), dose to contours, " + Self.words(transform)
      return
    }
    guard let source, let target else {
      throw InputError(
        file: path, "cannot be applied: the dose or the contours name no frame of reference",
        advice: "give the matrix as text")
    }
    transform = try Self.spatialRegistration(path, from: source, to: target, patientID)
    words = "spatial registration \(name), " + Self.words(transform)
  }

  private static func words(_ transform: RigidTransform) -> String {
    let shift = transform.shift
    let moved = String(format: "shift (%.1f, %.1f, %.1f) mm", shift.x, shift.y, shift.z)
    return transform.isShift ? moved : moved + String(format: ", turned by %.1f°", transform.angleDegrees)
  }

  private static func textMatrix(_ path: String) throws(InputError) -> [Double]? {
    let data = try FileAccess.read(path)
    // Sixteen numbers are short, and DICOM has a preamble of zeros.
    guard data.count < 4096, let text = String(data: data, encoding: .utf8), !text.contains("\0") else {
      return nil
    }
    guard text.allSatisfy({ $0.isWhitespace || "0123456789+-.eE,;[]".contains($0) }) else { return nil }
    let words = text.split { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "[" || $0 == "]" }
    let numbers = words.compactMap { Double($0) }
    guard numbers.count == words.count, numbers.count == 16 else {
      throw InputError(
        file: path, "is no 4×4 matrix (\(words.count) words, \(numbers.count) numbers)",
        advice: "give sixteen numbers, row by row")
    }
    return numbers
  }

  private static func rigid(_ matrix: [Double], _ path: String, _ place: String) throws(InputError)
    -> RigidTransform
  {
    guard let transform = RigidTransform(matrix: matrix) else {
      throw InputError(
        file: path, place: place, "is not rigid (scaled, sheared, mirrored, or its last row is not 0 0 0 1)",
        advice: "give a rigid registration; deformable ones are not used")
    }
    return transform
  }

  /// Each item of a Spatial Registration takes its own frame to the registered one.
  private static func spatialRegistration(
    _ path: String, from source: String, to target: String, _ patientID: String?
  ) throws(InputError) -> RigidTransform {
    let file = try DICOMFile(path: path)
    let data = file.dataset
    guard data.string(.sopClassUID) == sopClass else {
      throw InputError(
        file: path, place: DICOMTag.sopClassUID.text, "is no Spatial Registration",
        advice: "give a Spatial Registration, or the matrix as text")
    }
    if let told = data.string(.patientID), let patientID, told != patientID {
      throw InputError(
        file: path, "is about patient \(told), the contours about \(patientID)",
        advice: "give the registration of this patient")
    }
    var frames: [String: RigidTransform] = [:]
    if let registered = data.string(.frameOfReferenceUID) { frames[registered] = .identity }
    for item in data.items(.registrationSequence) ?? [] {
      guard let frame = item.string(.frameOfReferenceUID) else { continue }
      var sum = RigidTransform.identity
      let place = "frame \(frame)"
      let entries = (item.items(.matrixRegistrationSequence) ?? []).map { $0.items(.matrixSequence) ?? [] }
      guard !entries.isEmpty, entries.allSatisfy({ !$0.isEmpty }) else {
        throw InputError(
          file: path, place: place, "holds no matrix, and none is not taken for no movement",
          advice: "export the registration again")
      }
      for step in entries {
        for entry in step {
          guard entry.string(.matrixType) == "RIGID", let matrix = try entry.decimals(.matrix) else {
            throw InputError(
              file: path, place: place, "its transformation is not RIGID",
              advice: "give a rigid registration; deformable ones are not used")
          }
          // In the order of the sequence.
          sum = try rigid(matrix, path, place).after(sum)
        }
      }
      if let known = frames[frame], known != sum {
        throw InputError(
          file: path, place: place, "stands twice with different matrices",
          advice: "export the registration again")
      }
      frames[frame] = sum
    }
    guard let first = frames[source], let second = frames[target] else {
      throw InputError(
        file: path, "does not relate frame \(source) to frame \(target)",
        advice: "give the registration of these two image sets")
    }
    return second.inverse.after(first)
  }
}

extension DICOMTag {
  fileprivate static let registrationSequence = DICOMTag(0x0070, 0x0308)
  fileprivate static let matrixRegistrationSequence = DICOMTag(0x0070, 0x0309)
  fileprivate static let matrixSequence = DICOMTag(0x0070, 0x030A)
  fileprivate static let matrixType = DICOMTag(0x0070, 0x030C)
  fileprivate static let matrix = DICOMTag(0x3006, 0x00C6)
}
