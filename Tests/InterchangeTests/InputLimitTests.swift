// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Facts
import Foundation
import PlanarGeometry
import Quantities
import Testing

@testable import Interchange

@Suite("Hostile inputs: refused early, with words")
struct InputLimitTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func refusal(_ body: () throws -> Void) throws -> InputError {
    do {
      try body()
    } catch let error as InputErrors {
      return error.all[0]
    } catch {
      return try #require(error as? InputError, "\(error)")
    }
    throw InputError(file: "test", "nothing was refused")
  }

  private func importing(_ change: (inout CaseImport) -> Void) throws -> InputError {
    try refusal {
      var work = CaseImport()
      change(&work)
      _ = try work.run()
    }
  }

  // MARK: Names

  @Test("an id that is longer than any is refused, and a row of it left out")
  func longIDs() throws {
    let long = String(repeating: "N", count: 65_536)
    let header = "patient_id,lesion_id,site,longest_diameter_mm"
    for (row, what) in [("\(long),A,lung,9", "patient id"), ("P,\(long),lung,9", "lesion id")] {
      let list = try scratch.write("long.csv", "\(header)\n\(row)\n")
      let refusal = try importing { $0.lesionLists = [list] }
      #expect(refusal.message.contains("\(what) of 65536 bytes"), "\(refusal.message)")
    }
    let list = try scratch.write("kept.csv", "\(header)\nP,\(String(repeating: "N", count: 512)),lung,9\n")
    var work = CaseImport()
    work.lesionLists = [list]
    #expect(try work.run().lesions.count == 1)
    let file = try scratch.write("long.yaml", "patient_id: \"\(long)\"\n")
    let refusal = try importing {
      $0.lesionLists = [list]
      $0.patientFile = file
    }
    #expect(refusal.message.contains("patient id of 65536 bytes"), "\(refusal.message)")
  }

  @Test("an ROI's name that is longer than any is shortened, and this is said")
  func longRegionName() throws {
    let long = "GTV " + String(repeating: "é", count: 40_000)
    let path = scratch.path("long.dcm")
    try StructureSetDraft(regions: [.column(long, 0, side: 10, planes: [0, 3, 6])]).write(path)
    let set = try RTStructureSet(path: path)
    let name = try #require(set.regions.first?.name)
    #expect(name.utf8.count < 100 && name.hasPrefix("GTV é") && name.contains("80004 bytes"))
    #expect(set.warnings.contains { $0.contains("80004 bytes") })
  }

  // MARK: Numbers

  private func dvh(volume: String = "500", last: String = "40.0") -> String {
    """
    Patient ID : P1
    Type : Cumulative Dose Volume Histogram

    Structure: Heart
    Volume [cm³]: \(volume)

       Dose [Gy]   Ratio of Total Structure Volume [%]
            0.0            100
            20.0           50
            \(last)           0
    """
  }

  @Test(
    "a histogram's numbers beyond all bounds",
    arguments: [
      ("500", "1e19"), ("500", "inf"), ("500", "nan"), ("1e308", "40.0"), ("inf", "40.0"), ("500", "201"),
    ])
  func histogram(volume: String, last: String) throws {
    let good = try DVHTextReader(path: try scratch.write("good.dvh", dvh()))
    #expect(good.curves.count == 1)
    let path = try scratch.write("old.dvh", dvh(volume: volume, last: last))
    let error = try refusal { _ = try DVHTextReader(path: path) }
    #expect(error.kind == .invalid && error.place.contains("Heart"))
  }

  @Test("a second table within a structure is not read with the first one's columns")
  func secondTable() throws {
    let text =
      dvh() + "\n   Relative dose [%]  Dose [Gy]   Ratio of Total Structure Volume [%]\n  0  50.0  0\n"
    let error = try refusal { _ = try DVHTextReader(path: try scratch.write("two.dvh", text)) }
    #expect(error.message.contains("second table"))
  }

  private func plan(_ fractions: [String], dose: String? = nil) throws -> String {
    let file = try DICOMFile(creating: "plan")
    try file.dataset.put(.sopClassUID, "1.2.840.10008.5.1.4.1.1.481.5")
    for count in fractions {
      let group = try file.dataset.append(DICOMTag(0x300A, 0x0070))
      try group.put(DICOMTag(0x300A, 0x0078), count)
    }
    if let dose {
      let reference = try file.dataset.append(DICOMTag(0x300A, 0x0010))
      try reference.put(DICOMTag(0x300A, 0x0026), dose)
    }
    try FileAccess.write(try file.data(), to: scratch.path("plan.dcm"))
    return scratch.path("plan.dcm")
  }

  @Test("a plan's fractions and dose: the bounds of the command line")
  func plans() throws {
    #expect(try RTPlan(path: try plan(["60", "40"], dose: "200")).fractions == 100)
    #expect(try RTPlan(path: try plan(["5", "0"])).fractions == nil)
    for wrong in [["101"], ["9223372036854775807", "9223372036854775807"], ["-1"], ["five"], ["60", "41"]] {
      let error = try refusal { _ = try RTPlan(path: try plan(wrong)) }
      #expect(error.place == "(300A,0078)", "\(wrong)")
    }
    let error = try refusal { _ = try RTPlan(path: try plan(["5"], dose: "5000")) }
    #expect(error.place == "(300A,0026)" && error.advice.contains("centigray"))
  }

  // MARK: Depth, size, number

  @Test("sequences within sequences: six levels are read, six thousand are not")
  func nesting() throws {
    /// Implicit little endian, each level an item of a private sequence.
    func nested(_ depth: Int) -> [UInt8] {
      func word(_ x: Int) -> [UInt8] { (0..<4).map { UInt8((x >> (8 * $0)) & 255) } }
      var inner: [UInt8] = []
      for _ in 0..<depth {
        let item = [0xFE, 0xFF, 0x00, 0xE0] + word(inner.count) + inner
        inner = [0x06, 0x30, 0x39, 0x00] + word(item.count) + item
      }
      let head: [UInt8] = [0x08, 0, 0x16, 0] + word(30) + [UInt8](RTStructureSet.sopClass.utf8) + [0]
      return head + inner
    }
    _ = try DICOMFile(path: try scratch.write("six.dcm", nested(6)))
    let error = try refusal { _ = try DICOMFile(path: try scratch.write("deep.dcm", nested(6000))) }
    #expect(error.message.contains("deeper"))
  }

  @Test("a data set whose tags fall instead of rise is not worked on for minutes")
  func fallingTags() throws {
    let head: [UInt8] = [0x08, 0, 0x16, 0, 30, 0, 0, 0] + [UInt8](RTStructureSet.sopClass.utf8) + [0]
    var bytes = head
    for element in (0..<60_000).reversed() {
      bytes += [0x03, 0x30, UInt8(element & 255), UInt8(element >> 8), 0, 0, 0, 0]
    }
    let error = try refusal { _ = try DICOMFile(path: try scratch.write("falling.dcm", bytes)) }
    #expect(error.message.contains("order"))
  }

  @Test("Japanese names by escape sequences are read, and steer no terminal")
  func japanese() throws {
    var draft = StructureSetDraft(regions: [
      .column("GTV \u{1B}$BGY\u{1B}(B", 0, side: 10, planes: [0, 3, 6])
    ])
    draft.charset = "\\ISO 2022 IR 87"
    try draft.write(scratch.path("rs.dcm"))
    let names = (try DICOMFile(path: scratch.path("rs.dcm"))).dataset.items(.structureSetROISequence)?.map {
      $0.string(.roiName)
    }
    #expect(names == ["GTV 肺"])
  }

  @Test("aliases in YAML: a few are read, a page of them is not")
  func aliases() throws {
    let few = "fev1_percent: &x 80\ndlco_percent: *x\n"
    let read = try PatientFileReader.read(try scratch.write("few.yaml", few))
    #expect(read.record.statements.count == 2)
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...15 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let error = try refusal {
      _ = try PatientFileReader.read(try scratch.write("bomb.yaml", bomb + "? *a15\n: x\n"))
    }
    #expect(error.message.contains("aliases"))
    // Asterisks in sentences are none.
    let note = "note: \"" + String(repeating: "5 * 3 ** ", count: 60) + "\"\n"
    #expect(try PatientFileReader.read(try scratch.write("note.yaml", note)).record.statements.isEmpty)
  }

  @Test("lists: too many columns, and too many lesions of one patient, are not read to their end")
  func lists() throws {
    let wide = "lesion_id,site,longest_diameter_mm" + String(repeating: ",", count: 20_000)
    let path = try scratch.write("wide.csv", wide + "\nA,lung,12" + String(repeating: ",", count: 20_000))
    #expect(try importing { $0.lesionLists = [path] }.message.contains("20003 columns"))
    // What follows the limit is never looked at: it would be an error of its own.
    let head = "patient_id,lesion_id,site,longest_diameter_mm\n"
    let rows = (1...1001).map { "P1,L\($0),lung,12\n" }.joined()
    let long = try scratch.write("long.csv", head + rows + "P1,X,nowhere,12\n")
    #expect(
      try importing {
        $0.lesionLists = [long]
        $0.listOptions.diameterKind = .longestAxial
      }.message.contains("more than 1000 lesions"))
    let many = try scratch.write("many.csv", head + rows.replacing("P1,L1,", with: "P2,L1,"))
    #expect(
      try importing {
        $0.lesionLists = [many]
        $0.listOptions.diameterKind = .longestAxial
      }.message.contains("2 patients"))
    // A list of defects is not read to its end for being told to keep going; the second patient is never met.
    let same = String(repeating: "P1,L1,lung,12\n", count: 10_001)
    let endless = try scratch.write("endless.csv", head + same + "P2,L1,lung,12\n")
    #expect(
      try importing {
        $0.lesionLists = [endless]
        $0.listOptions.diameterKind = .longestAxial
        $0.listOptions.keepGoing = true
      }.message.contains("more than 10000 rows of one patient"))
  }

  @Test("an image that unpacks beyond the limit is refused by its header")
  func image() throws {
    var draft = NIfTIDraft(size: (2, 2, 2), values: [Double](repeating: 1, count: 8))
    draft.size = (32767, 32767, 2)
    draft.datatype = 4
    let path = try scratch.write("big.nii", draft.bytes)
    let error = try importing {
      $0.labelMaps = [LabelMapInput(path: path)]
    }
    #expect(error.place == "dim" && error.message.contains("4095 MB"))
  }

  @Test("a label of a thousand specks is noise, and its voxels are the lesions of nobody")
  func specks() throws {
    let draft = NIfTIDraft.map(count: SIMD3(24, 24, 24)) { all($0 & 1 .== 0) ? 1 : 0 }
    let names = try scratch.write("names.json", #"{"1": "lesion"}"#)
    let path = try scratch.write("specks.nii", draft.bytes)
    let error = try importing { $0.labelMaps = [LabelMapInput(path: path, namesFile: names)] }
    #expect(error.message.contains("1728 parts") && error.advice.contains("--smallest-part"))
  }

  @Test("a scribble and a plane of two thousand rings are no outlines")
  func scribbles() throws {
    var seed: UInt64 = 7
    func random() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 40) / 65536
    }
    let points = (0..<1500).map { _ in SIMD3(random(), random(), 0) }
    let good = StructureSetDraft.Region.column("Heart", 0, side: 30, planes: [0, 3, 6])
    try StructureSetDraft(
      regions: [good, .init(name: "GTV", type: "GTV", rings: [.init(points: points)])]
    ).write(scratch.path("scribble.dcm"))
    let tangled = try importing { $0.structureSets = [scratch.path("scribble.dcm")] }
    #expect(tangled.place == "ROI GTV" && tangled.message.contains("cross"))
    let rings = (0..<2001).map {
      StructureSetDraft.Ring.square(Double($0 % 50) * 3, Double($0 / 50) * 3, side: 1, z: 0)
    }
    try StructureSetDraft(regions: [good, .init(name: "Vessels", rings: rings)]).write(
      scratch.path("crowd.dcm"))
    let crowded = try importing { $0.structureSets = [scratch.path("crowd.dcm")] }
    #expect(crowded.message.contains("2001 contours"))
  }

  @Test("a body with a stray point is nobody's")
  func strayPoint() throws {
    var column = StructureSetDraft.Region.column("GTV", 0, side: 10, planes: [0, 3, 6], type: "GTV")
    column.rings[1].points[2].x = 5000
    try StructureSetDraft(regions: [column]).write(scratch.path("rs.dcm"))
    #expect(try importing { $0.structureSets = [scratch.path("rs.dcm")] }.message.contains("5.0 m across"))
  }

  @Test("a case whose contours cross, with the right hash, is refused")
  func crossingCase() throws {
    let bow = [SIMD2(0.0, 0), SIMD2(10, 10), SIMD2(10, 0), SIMD2(0, 10)]
    let region = Region(storedPolygons: [(try Contour(bow), [])])
    let solid = try #require(
      Solid(
        slabs: [Slab(z: 0, lower: -1, upper: 1, region: region)], endCap: .half,
        nominalSpacing: .millimeters(2), gaps: []))
    var foreign = PatientCase()
    foreign.lesions = [Lesion(id: "A", sourceName: "A", body: .contoured(solid))]
    try CaseStore.write(foreign, to: scratch.path("case"), tool: "test")
    #expect(try refusal { _ = try CaseStore.read(scratch.path("case")) }.message.contains("cross"))
  }

  // MARK: Pipes

  @Test("a pipe is read once: what is imported through it is what is hashed")
  func pipes() throws {
    let text = "lesion_id,site,longest_diameter_mm\nA,lung,12\n"
    let file = try scratch.write("list.csv", text)
    #expect(mkfifo(scratch.path("pipe"), 0o600) == 0)
    let path = scratch.path("pipe")
    Thread.detachNewThread {
      let writer = FileHandle(forWritingAtPath: path)
      try? writer?.write(contentsOf: Data(text.utf8))
      try? writer?.close()
    }
    func read(_ path: String) throws -> PatientCase {
      var work = CaseImport()
      work.lesionLists = [path]
      work.listOptions.diameterKind = .longestAxial
      return try work.run()
    }
    let piped = try read(path)
    let plain = try read(file)
    #expect(piped.inputs.map(\.sha256) == plain.inputs.map(\.sha256))
    #expect(piped.lesions.map(\.id) == plain.lesions.map(\.id))
  }

  @Test("a file that changes while it is read is refused")
  func changing() throws {
    let path = try scratch.write("list.csv", "a")
    let states = try InputStates([path])
    try states.check()
    try Data("longer".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try refusal { try states.check() }.message.contains("changed"))
  }

  // MARK: Parts

  @Test("parts of a label: those that a slow flood finds", arguments: 1...12)
  func components(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    func chance() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
    let size = SIMD3(11, 9, 7)
    let density = 0.03 + 0.02 * Double(seed)
    var filled: Set<SIMD3<Int>> = []
    var voxels = VoxelSet()
    for z in 0..<size.z {
      for y in 0..<size.y {
        var x = 0
        while x < size.x {
          var end = x
          while end < size.x, chance() < density { end += 1 }
          if end > x {
            voxels.append(VoxelRun(first: Int32(x), last: Int32(end - 1), row: Int32(y), plane: Int32(z)))
            for k in x..<end { filled.insert(SIMD3(k, y, z)) }
          }
          x = end + 1
        }
      }
    }
    var expected: Set<Set<SIMD3<Int>>> = []
    var rest = filled
    while let start = rest.popFirst() {
      var part: Set = [start]
      var open = [start]
      while let voxel = open.popLast() {
        for dz in -1...1 {
          for dy in -1...1 {
            for dx in -1...1 {
              let next = voxel &+ SIMD3(dx, dy, dz)
              if rest.remove(next) != nil {
                part.insert(next)
                open.append(next)
              }
            }
          }
        }
      }
      expected.insert(part)
    }
    let found = voxels.components().map { part in
      Set(
        part.runs.flatMap { run in
          (Int(run.first)...Int(run.last)).map { SIMD3($0, Int(run.row), Int(run.plane)) }
        })
    }
    #expect(found.count == expected.count && Set(found) == expected)
  }
}
