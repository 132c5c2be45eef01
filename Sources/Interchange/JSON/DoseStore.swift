// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Dosimetry
internal import Foundation
internal import Quantities

/// One course's dose as `case.json` tells it; its voxels lie among those of the case.
struct DoseEntry: Codable, Hashable {
  var name: String
  var summation: String
  var fractions: Int?
  var prescriptionGy: Double?
  var date: String?
  var sources: [String]
  var registration: String?
  var originMM: [Double]
  var spacingMM: [Double]
  var columns: Int
  var rows: Int
  var planesMM: [Double]
  /// The first voxel's place among all voxels of the case.
  var offset: Int
}

/// The voxels of a case's doses as one run of little-endian 32-bit floats.
///
/// They are the largest part of a case: written from where they stand, and read to where they are to stand, without a
/// copy in between.
struct DoseStore {
  private var grids: [[Float]] = []
  private var count = 0

  /// No doses yet, to be written.
  init() {}

  mutating func add(_ dose: CourseDose) -> DoseEntry {
    let grid = dose.grid
    let entry = DoseEntry(
      name: dose.name, summation: dose.summation.rawValue, fractions: dose.fractions,
      prescriptionGy: dose.prescription?.gray, date: dose.date, sources: dose.sources,
      registration: dose.registration, originMM: [grid.origin.x, grid.origin.y],
      spacingMM: [grid.spacing.x, grid.spacing.y], columns: grid.columns, rows: grid.rows,
      planesMM: grid.planes, offset: count)
    grids.append(grid.gray)
    count += grid.gray.count
    return entry
  }

  /// The voxels as bytes.
  var bytes: OutputBytes {
    let grids = grids
    return OutputBytes { take throws(InputError) in
      for grid in grids { try Self.forEachPiece(of: grid, take) }
    }
  }

  /// The voxels in one piece, for a case in one file.
  var data: Data {
    var data = Data(capacity: 4 * count)
    for grid in grids { Self.forEachPiece(of: grid) { data.append(contentsOf: $0) } }
    return data
  }

  /// The hash of the voxels and all that is told of them.
  func sha256(_ entries: [DoseEntry]) throws -> String {
    let hash = RunningHash()
    for grid in grids { Self.forEachPiece(of: grid) { hash.add($0) } }
    hash.add(try JSONText.encode(entries))
    return hash.hexadecimal()
  }

  private static func forEachPiece<Failure: Error>(
    of grid: [Float], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var piece = [UInt32](repeating: 0, count: min(grid.count, 1 << 18))
    var first = 0
    while first < grid.count {
      let length = min(piece.count, grid.count - first)
      for index in 0..<length { piece[index] = grid[first + index].bitPattern.littleEndian }
      // Rethrown by hand: the buffer's closure cannot throw a typed error.
      let failure = piece.withUnsafeBytes { bytes -> Failure? in
        do throws(Failure) {
          try body(UnsafeRawBufferPointer(rebasing: bytes[..<(4 * length)]))
          return nil
        } catch {
          return error
        }
      }
      if let failure { throw failure }
      first += length
    }
  }

  // MARK: Reading

  /// The doses of a case, checked by their hash.
  ///
  /// - Parameters:
  ///   - entries: what the case tells of them, one after the other.
  ///   - size: how many bytes the voxels have.
  ///   - hash: of the voxels and the entries.
  ///   - file: the case, which a refusal names.
  ///   - fill: fills a buffer with the next bytes; whether there were as many.
  /// - Throws: `InputError` for what does not match, and what `fill` throws.
  static func doses(
    _ entries: [DoseEntry], size: Int, hash: String, file: String,
    fill: (UnsafeMutableRawBufferPointer) throws(InputError) -> Bool
  ) throws -> [CourseDose] {
    let running = RunningHash()
    var voxels: [[Float]] = []
    var used = 0
    for entry in entries {
      let broken = mismatch(entry, file)
      let count = try voxelCount(of: entry, file)
      guard entry.offset == used, count <= size / 4 - used else { throw broken }
      var failure: InputError?
      let gray = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        do throws(InputError) {
          guard try fill(UnsafeMutableRawBufferPointer(buffer)) else { throw broken }
          running.add(UnsafeRawBufferPointer(buffer))
          if UInt32(1).littleEndian != 1 {
            for index in buffer.indices {
              buffer[index] = Float(bitPattern: UInt32(littleEndian: buffer[index].bitPattern))
            }
          }
          filled = count
        } catch { failure = error }
      }
      if let failure { throw failure }
      voxels.append(gray)
      used += count
    }
    running.add(try JSONText.encode(entries))
    guard size == 4 * used, running.hexadecimal() == hash else {
      throw InputError(
        file: file, "its doses do not match the hash in \(CaseStore.documentName)",
        advice: "the case was changed or damaged; import it again")
    }
    var doses: [CourseDose] = []
    for (entry, gray) in zip(entries, voxels) { doses.append(try dose(entry, gray, file: file)) }
    return doses
  }

  private static func mismatch(_ entry: DoseEntry, _ file: String) -> InputError {
    InputError(
      file: file, place: "dose \(entry.name)", "the doses do not match the case",
      advice: "import the case again")
  }

  private static func voxelCount(of entry: DoseEntry, _ file: String) throws(InputError) -> Int {
    guard entry.columns > 0, entry.rows > 0, entry.columns <= RTDose.mostVoxels / entry.rows,
      entry.planesMM.count <= RTDose.mostVoxels / (entry.columns * entry.rows)
    else { throw mismatch(entry, file) }
    return entry.columns * entry.rows * entry.planesMM.count
  }

  private static func dose(_ entry: DoseEntry, _ gray: [Float], file: String) throws(InputError) -> CourseDose
  {
    guard entry.originMM.count == 2, entry.spacingMM.count == 2,
      let summation = DoseSummation(rawValue: entry.summation),
      entry.fractions.map(CourseBounds.fractions.contains) ?? true, entry.date.map(CourseDate.isDate) ?? true,
      let grid = try? DoseGrid(
        origin: SIMD2(entry.originMM[0], entry.originMM[1]),
        spacing: SIMD2(entry.spacingMM[0], entry.spacingMM[1]), columns: entry.columns, rows: entry.rows,
        planes: entry.planesMM, gray: gray)
    else { throw mismatch(entry, file) }
    var prescription: AbsorbedDose?
    if let told = entry.prescriptionGy {
      guard let dose = CourseBounds.dose(told) else { throw mismatch(entry, file) }
      prescription = dose
    }
    return CourseDose(
      name: entry.name, grid: grid, summation: summation, fractions: entry.fractions,
      prescription: prescription, date: entry.date, sources: entry.sources,
      registration: entry.registration)
  }
}
