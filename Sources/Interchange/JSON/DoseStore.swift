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
struct DoseStore {
  private(set) var data = Data()

  init() {}

  init(_ data: Data) { self.data = data }

  mutating func add(_ dose: CourseDose) -> DoseEntry {
    let grid = dose.grid
    let entry = DoseEntry(
      name: dose.name, summation: dose.summation.rawValue, fractions: dose.fractions,
      prescriptionGy: dose.prescription?.gray, date: dose.date, sources: dose.sources,
      registration: dose.registration, originMM: [grid.origin.x, grid.origin.y],
      spacingMM: [grid.spacing.x, grid.spacing.y], columns: grid.columns, rows: grid.rows,
      planesMM: grid.planes, offset: data.count / 4)
    grid.gray.map(\.bitPattern.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
    return entry
  }

  /// What the hash of a case's doses is taken of: the voxels and all that is told of them.
  static func hashed(_ voxels: Data, _ entries: [DoseEntry]) throws -> Data {
    voxels + (try JSONText.encode(entries))
  }

  func dose(_ entry: DoseEntry, file: String) throws(InputError) -> CourseDose {
    let broken = InputError(
      file: file, place: "dose \(entry.name)", "the doses do not match the case",
      advice: "import the case again")
    guard entry.columns > 0, entry.rows > 0, entry.originMM.count == 2, entry.spacingMM.count == 2,
      entry.columns <= RTDose.mostVoxels / entry.rows,
      entry.planesMM.count <= RTDose.mostVoxels / (entry.columns * entry.rows), entry.offset >= 0,
      let summation = DoseSummation(rawValue: entry.summation)
    else { throw broken }
    let count = entry.columns * entry.rows * entry.planesMM.count
    guard entry.offset <= data.count / 4 - count else { throw broken }
    let gray = data.withUnsafeBytes { bytes in
      (0..<count).map { index in
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * (entry.offset + index), as: UInt32.self)))
      }
    }
    guard
      let grid = try? DoseGrid(
        origin: SIMD2(entry.originMM[0], entry.originMM[1]),
        spacing: SIMD2(entry.spacingMM[0], entry.spacingMM[1]), columns: entry.columns, rows: entry.rows,
        planes: entry.planesMM, gray: gray)
    else { throw broken }
    return CourseDose(
      name: entry.name, grid: grid, summation: summation, fractions: entry.fractions,
      prescription: entry.prescriptionGy.map { .gray($0) }, date: entry.date, sources: entry.sources,
      registration: entry.registration)
  }
}
