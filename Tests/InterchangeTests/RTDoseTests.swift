// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Dosimetry
import Foundation
import Phantoms
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@testable import Interchange

/// Writes RT Dose files as other systems would, one tag changed at a time.
struct DoseFile {
  /// D = 60 + x + 2y + 3z gray at the voxel centres: what is read can be checked at any point.
  static func dose(_ p: SIMD3<Double>) -> Double { 60 + p.x + 2 * p.y + 3 * p.z }

  var along = SIMD3(1.0, 0, 0)
  var down = SIMD3(0.0, 1, 0)
  var position = SIMD3(-2.0, 1, -3)
  var columns = 4
  var rows = 3
  var offsets: [Double] = [0, 1, 2.5]
  var bits = 32
  var spacing = (row: 1.5, column: 2.0)
  var scaling = "0.001"
  var tags: [DICOMTag: String?] = [:]
  /// Written instead of the offsets from the first frame.
  var writtenOffsets: [Double]?

  var normal: SIMD3<Double> {
    SIMD3(
      along.y * down.z - along.z * down.y, along.z * down.x - along.x * down.z,
      along.x * down.y - along.y * down.x)
  }

  func write(to path: String) throws {
    let file = try DICOMFile(creating: path)
    let data = file.dataset
    var values: [(DICOMTag, String)] = [
      (.sopClassUID, RTDose.sopClass), (.sopInstanceUID, "2.25.7"), (.modality, "RTDOSE"),
      (.patientID, "P1"), (.frameOfReferenceUID, "2.25.1"), (.doseUnits, "GY"), (.doseType, "PHYSICAL"),
      (.doseSummationType, "PLAN"), (.rows, String(rows)), (.columns, String(columns)),
      (.numberOfFrames, String(offsets.count)), (.bitsAllocated, String(bits)), (.pixelRepresentation, "0"),
      (.doseGridScaling, scaling),
      (.imagePositionPatient, "\(position.x)\\\(position.y)\\\(position.z)"),
      (.imageOrientationPatient, "\(along.x)\\\(along.y)\\\(along.z)\\\(down.x)\\\(down.y)\\\(down.z)"),
      (.pixelSpacing, "\(spacing.row)\\\(spacing.column)"),
      (.gridFrameOffsetVector, (writtenOffsets ?? offsets).map { String($0) }.joined(separator: "\\")),
    ]
    values.removeAll { tags.keys.contains($0.0) }
    for (tag, value) in tags { if let value { values.append((tag, value)) } }
    for (tag, value) in values { try data.put(tag, value) }
    var words: [UInt16] = []
    for offset in offsets {
      for row in 0..<rows {
        for column in 0..<columns {
          let place =
            position + along * (spacing.column * Double(column)) + down * (spacing.row * Double(row))
            + normal * offset
          let stored = UInt32((Self.dose(place) / 0.001).rounded())
          words.append(UInt16(truncatingIfNeeded: stored))
          if bits == 32 { words.append(UInt16(truncatingIfNeeded: stored >> 16)) }
        }
      }
    }
    try data.putPixels(words)
    try FileAccess.write(try file.data(), to: path)
  }
}

@Suite("RT Dose is read where it lies and refused where it is not plain")
struct RTDoseTests {
  private func read(_ file: DoseFile, _ prescription: AbsorbedDose? = nil) throws -> RTDose {
    let scratch = try Scratch()
    try file.write(to: scratch.path("dose.dcm"))
    return try RTDose(path: scratch.path("dose.dcm"), prescription: prescription)
  }

  private static let axes: [SIMD3<Double>] = [
    SIMD3(1, 0, 0), SIMD3(-1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, -1, 0), SIMD3(0, 0, 1), SIMD3(0, 0, -1),
  ]

  /// Head or feet first, supine, prone or on the side, axial, sagittal or coronal: 24 ways to lay out a grid.
  @Test("every axis-aligned orientation lands in the same place")
  func orientations() throws {
    var seen = 0
    for along in Self.axes {
      for down in Self.axes where (along * down).sum() == 0 {
        var file = DoseFile()
        file.along = along
        file.down = down
        // Uneven frames only where they run along z; elsewhere evenness is asked for.
        file.offsets = abs(file.normal.z) == 1 ? [0, 1, 2.5] : [0, 1.5, 3]
        let grid = try read(file).grid
        for (column, row, frame) in [(0, 0, 0), (3, 2, 2), (1, 2, 1), (3, 0, 2)] {
          let place =
            file.position + along * (2 * Double(column)) + down * (1.5 * Double(row))
            + file.normal * file.offsets[frame]
          let dose = try #require(grid.dose(at: place))
          #expect(abs(dose.gray - DoseFile.dose(place)) < 1e-3)
        }
        seen += 1
      }
    }
    #expect(seen == 24)
  }

  @Test("offsets may be relative, absolute, uneven or falling")
  func offsets() throws {
    var absolute = DoseFile()
    absolute.writtenOffsets = [-3, -2, -0.5]
    #expect(try read(absolute).grid.planes == [-3, -2, -0.5])
    #expect(try read(DoseFile()).grid.planes == [-3, -2, -0.5])
    var falling = DoseFile()
    falling.offsets = [0, -1, -2.5]
    let grid = try read(falling).grid
    #expect(grid.planes == [-5.5, -4, -3])
    let dose = try #require(grid.dose(at: SIMD3(0, 2, -4.3)))
    #expect(abs(dose.gray - DoseFile.dose(SIMD3(0, 2, -4.3))) < 1e-3)
  }

  @Test("16 bits, and a round trip through our own writer")
  func bitsAndWriter() throws {
    var short = DoseFile()
    short.bits = 16
    let grid = try read(short).grid
    let dose = try #require(grid.dose(at: SIMD3(1.1, 2.2, -1)))
    #expect(abs(dose.gray - DoseFile.dose(SIMD3(1.1, 2.2, -1))) < 1e-3)
    let scratch = try Scratch()
    let course = CourseDose(name: "A", grid: grid, summation: .plan, sources: [])
    let owner = PatientCase(patientID: "P1", frameOfReference: "2.25.1")
    try RTDoseWriter(course, of: owner).write(to: scratch.path("again.dcm"))
    let again = try RTDose(path: scratch.path("again.dcm"))
    #expect(again.grid.planes == grid.planes)
    #expect(again.frameOfReference == "2.25.1")
    for (a, b) in zip(again.grid.gray, grid.gray) { #expect(abs(a - b) <= 1e-5) }
  }

  @Test(
    "what is not plain is refused, naming the tag",
    arguments: [
      (DICOMTag.doseUnits, "RELATIVE", "RELATIVE"), (.doseUnits, nil, "absent"),
      (.doseType, "EFFECTIVE", "EFFECTIVE"),
      (.doseType, "ERROR", "ERROR"), (.doseSummationType, nil, "sum of"),
      (.doseSummationType, "HALF", "HALF"),
      (.doseGridScaling, "0", "above zero"), (.doseGridScaling, "x", "no number"),
      (.doseGridScaling, nil, "absent"),
      (.imageOrientationPatient, "0.9\\0.1\\0\\0\\1\\0", "oblique"),
      (.imagePositionPatient, "1\\2", "three numbers"),
      (.gridFrameOffsetVector, "0\\1", "2 offsets for 3"), (.gridFrameOffsetVector, "5\\6\\7", "neither 0"),
      (.gridFrameOffsetVector, "0\\2\\1", "neither rises nor falls"), (.gridFrameOffsetVector, nil, "absent"),
      (.numberOfFrames, "2", "2 frames"), (.rows, "4", "bytes"), (.bitsAllocated, "8", "16 or 32"),
      (.sopClassUID, "1.2.840.10008.5.1.4.1.1.2", "no RT Dose"), (.pixelSpacing, "0\\1", "above zero"),
    ] as [(DICOMTag, String?, String)])
  func refusals(tag: DICOMTag, value: String?, word: String) throws {
    var file = DoseFile()
    file.tags[tag] = .some(value)
    let error = #expect(throws: InputError.self) { try read(file) }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "nothing")")
    #expect(error?.kind == .invalid)
  }

  @Test("a relative dose needs its prescription, and doubtful ones are refused even then")
  func relative() throws {
    var file = DoseFile()
    file.tags[.doseUnits] = "RELATIVE"
    // Values up to about 70 are per cent; of 50 Gy that is half of each.
    let found = try read(file, .gray(50))
    let place = SIMD3(0.0, 2, -2)
    let dose = try #require(found.grid.dose(at: place))
    #expect(abs(dose.gray - DoseFile.dose(place) / 2) < 1e-3)
    #expect(found.warnings.contains { $0.contains("per cent") })
    file.tags[.doseGridScaling] = "0.0002"
    #expect(throws: InputError.self) { try read(file, .gray(50)) }
  }
}

@Suite("Doses come into the contours' frame only by what is said")
struct DoseImportTests {
  private let scratch: Scratch
  private let structures: String

  init() throws {
    scratch = try Scratch()
    structures = scratch.path("structures.dcm")
    let box = Region.rectangle(low: SIMD2(-1, 2), high: SIMD2(3, 3))
    let solid = try Solid(planes: [-2.6, -2.2, -1.8, -1.4].map { ($0, box) }, endCap: .half)
    let organ = Structure(name: .init(recognizing: "Heart"), sourceName: "Heart", solid: solid)
    let owner = PatientCase(patientID: "P1", frameOfReference: "2.25.1", structures: [organ])
    try RTStructureSetWriter(owner).write(to: structures)
  }

  private func imported(_ inputs: [String]) throws -> PatientCase {
    var work = CaseImport()
    work.structureSets = [structures]
    work.doses = try inputs.map { try DoseInput(argument: $0) }
    return try work.run()
  }

  private func dose(_ name: String, _ change: (inout DoseFile) -> Void = { _ in }) throws -> String {
    var file = DoseFile()
    file.columns = 6
    file.rows = 5
    change(&file)
    try file.write(to: scratch.path(name))
    return scratch.path(name)
  }

  /// The mean of a linear dose over a box is the dose at its centre.
  private func mean(_ patientCase: PatientCase) throws -> Double {
    let measured = DoseMeasurements(of: patientCase, dose: patientCase.doses[0], metrics: [.mean])
    return try #require(measured.regions.first?.values.first?.value)
  }

  @Test("the same frame needs nothing")
  func sameFrame() throws {
    let found = try mean(try imported([try dose("a.dcm")]))
    #expect(abs(found - DoseFile.dose(SIMD3(1, 2.5, -2))) < 1e-3)
  }

  @Test("another frame is refused, and told how to go on")
  func otherFrame() throws {
    let path = try dose("b.dcm") { $0.tags[.frameOfReferenceUID] = "2.25.2" }
    let error = #expect(throws: InputError.self) { try imported([path]) }
    #expect(error?.advice.contains("registration=") == true)
    let missing = try dose("c.dcm") { $0.tags[.frameOfReferenceUID] = .some(nil) }
    #expect(throws: InputError.self) { try imported([missing]) }
    #expect(
      abs(try mean(try imported([path + ",registration=identity"])) - DoseFile.dose(SIMD3(1, 2.5, -2))) < 1e-3
    )
  }

  @Test("a matrix takes a point of the dose to the contours")
  func matrix() throws {
    let path = try dose("d.dcm") { $0.tags[.frameOfReferenceUID] = "2.25.2" }
    let text = try scratch.write("m.txt", "1 0 0 0.5\n0 1 0 -0.25\n0 0 1 0.1\n0 0 0 1\n")
    // The dose that was at p now lies at p + (0.5, -0.25, 0.1).
    let found = try mean(try imported([path + ",registration=" + text]))
    #expect(abs(found - DoseFile.dose(SIMD3(0.5, 2.75, -2.1))) < 1e-3)
    let same = try dose("e.dcm")
    #expect(throws: InputError.self) { try imported([same + ",registration=" + text]) }
    let mirrored = try scratch.write("n.txt", "-1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1")
    #expect(throws: InputError.self) { try imported([path + ",registration=" + mirrored]) }
  }

  @Test("a spatial registration is followed from the dose's frame to the contours'")
  func spatialRegistration() throws {
    let path = try dose("f.dcm") { $0.tags[.frameOfReferenceUID] = "2.25.2" }
    let file = try DICOMFile(creating: scratch.path("reg.dcm"))
    let data = file.dataset
    try data.put(.sopClassUID, FrameRegistration.sopClass)
    try data.put(.frameOfReferenceUID, "2.25.9")
    for (frame, matrix) in [
      ("2.25.2", "1\\0\\0\\0.7\\0\\1\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1"),
      ("2.25.1", "1\\0\\0\\0.2\\0\\1\\0\\0.25\\0\\0\\1\\-0.1\\0\\0\\0\\1"),
    ] {
      let item = try data.append(DICOMTag(0x0070, 0x0308))
      try item.put(.frameOfReferenceUID, frame)
      let entry = try item.append(DICOMTag(0x0070, 0x0309)).append(DICOMTag(0x0070, 0x030A))
      try entry.put(DICOMTag(0x0070, 0x030C), "RIGID")
      try entry.put(DICOMTag(0x3006, 0x00C6), matrix)
    }
    try FileAccess.write(try file.data(), to: scratch.path("reg.dcm"))
    let found = try mean(try imported([path + ",registration=" + scratch.path("reg.dcm")]))
    // Dose to registered: +0.7 x. Registered to contours: the inverse of (+0.2, +0.25, −0.1).
    #expect(abs(found - DoseFile.dose(SIMD3(0.5, 2.75, -2.1))) < 1e-3)
  }

  @Test("beams of a plan add; a plan beside its beams, other grids and twice the same name are refused")
  func sums() throws {
    func of(_ name: String, _ kind: String, plan: Bool = true, _ change: (inout DoseFile) -> Void = { _ in })
      throws -> String
    {
      let path = try dose(name) {
        $0.tags[.doseSummationType] = kind
        change(&$0)
      }
      return path + ",course=A"
    }
    let one = try of("g.dcm", "BEAM")
    let two = try of("h.dcm", "BEAM") {
      $0.tags[.doseGridScaling] = "0.0005"
      $0.tags[.sopInstanceUID] = "2.25.8"
    }
    let sum = try imported([one, two])
    #expect(sum.doses.count == 1)
    #expect(abs(try mean(sum) - 1.5 * DoseFile.dose(SIMD3(1, 2.5, -2))) < 1e-3)
    #expect(sum.warnings.contains { $0.contains("2 beam doses") })
    // The same beam twice, under its own or another UID, would count twice.
    #expect(throws: InputError.self) { try imported([one, one]) }
    let copy = try of("p.dcm", "BEAM") { $0.tags[.sopInstanceUID] = "2.25.8" }
    #expect(throws: InputError.self) { try imported([one, copy]) }
    #expect(throws: InputError.self) { try imported([one + ",fractions=5", two + ",fractions=30"]) }
    let shifted = try of("i.dcm", "BEAM") {
      $0.position.x += 0.5
      $0.tags[.sopInstanceUID] = "2.25.9"
    }
    #expect(throws: InputError.self) { try imported([one, shifted]) }
    let plan = try of("j.dcm", "PLAN")
    #expect(throws: InputError.self) { try imported([plan, try of("k.dcm", "PLAN")]) }
    #expect(throws: InputError.self) { try imported([plan, one]) }
    let fraction = try imported([try of("l.dcm", "FRACTION")])
    #expect(fraction.warnings.contains { $0.contains("FRACTION") })
  }

  @Test("another patient's dose is refused")
  func otherPatient() throws {
    let path = try dose("o.dcm") { $0.tags[.patientID] = "P2" }
    #expect(throws: InputError.self) { try imported([path]) }
  }

  @Test("a case keeps its doses, in a directory and in one file")
  func store() throws {
    let patientCase = try imported([try dose("q.dcm") + ",fractions=5,date=2025-03-01,course=C1"])
    for name in ["case", "case.json"] {
      try CaseStore.write(patientCase, to: scratch.path(name), tool: "test")
      let back = try CaseStore.read(scratch.path(name)).patientCase
      #expect(back.doses == patientCase.doses)
      #expect(back.doses[0].fractions == 5)
    }
    let voxels = scratch.path("case/doses.bin")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: voxels))
    bytes[10] ^= 1
    try bytes.write(to: URL(fileURLWithPath: voxels))
    #expect(throws: InputError.self) { try CaseStore.read(scratch.path("case")) }
  }

  @Test("only trailing known keys are split off a dose argument")
  func arguments() throws {
    let odd = try DoseInput(argument: "a,b=c.dcm,fractions=3,course=X")
    #expect(odd.path == "a,b=c.dcm" && odd.fractions == 3 && odd.course == "X")
    for wrong in [
      "a.dcm,fractions=0", "a.dcm,date=1.2.2024", "a.dcm,prescription=-1", "a.dcm,fractions=3,fractions=4",
    ] {
      #expect(throws: InputError.self) { try DoseInput(argument: wrong) }
    }
  }
}
