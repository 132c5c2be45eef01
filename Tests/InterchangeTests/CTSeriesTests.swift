// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Imaging
import Testing

@testable import Interchange

@Suite("CT series")
struct CTSeriesTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func read(_ draft: CTDraft, _ folder: String = "ct", series: String? = nil) throws -> CTSeries {
    try draft.write(to: scratch.path(folder))
    return try CTSeries(path: scratch.path(folder), series: series)
  }

  private func refusal(_ draft: CTDraft, _ folder: String) throws -> String {
    try #require(throws: InputError.self) { try read(draft, folder) }.description
  }

  @Test("values and places of a plain series")
  func plain() throws {
    let draft = CTDraft()
    let read = try read(draft)
    let grid = read.image.grid
    #expect(grid.size == SIMD3(7, 5, 3))
    #expect(grid.spacing == SIMD3(0.5, 1.5, 2))
    for z in 0..<3 {
      for y in 0..<5 {
        for x in 0..<7 { #expect(Int(read.image.value(x, y, z)) == x + 10 * y + 100 * z - 1000) }
      }
    }
    #expect(SIMD3(grid.centre(0, 3), grid.centre(1, 2), grid.centre(2, 1)) == SIMD3(11.5, 23, 2))
    #expect(read.doubts.isEmpty)
    #expect(read.image.window == .init(centre: 40, width: 400))
    #expect(read.files.count == 3)
  }

  @Test("six patient orientations give the same image")
  func orientations() throws {
    let plain = try read(CTDraft()).image
    let (nx, ny) = (7, 5)
    for (index, orientation) in [
      [-1.0, 0, 0, 0, -1, 0], [-1, 0, 0, 0, 1, 0], [1, 0, 0, 0, -1, 0], [0, 1, 0, -1, 0, 0],
      [0, -1, 0, 1, 0, 0],
      [0, 1, 0, 1, 0, 0],
    ].enumerated() {
      var draft = CTDraft()
      draft.orientation = orientation
      let isTurned = orientation[0] == 0
      let alongX = isTurned ? orientation[3] : orientation[0]
      let alongY = isTurned ? orientation[1] : orientation[4]
      if isTurned {
        (draft.columns, draft.rows) = (ny, nx)
        draft.spacing = (0.5, 1.5)
      }
      draft.origin = SIMD2(alongX > 0 ? 10 : 13, alongY > 0 ? 20 : 26)
      draft.value = { column, row, z in
        let (a, b) = isTurned ? (row, column) : (column, row)
        let x = alongX > 0 ? a : nx - 1 - a
        let y = alongY > 0 ? b : ny - 1 - b
        return x + 10 * y + 100 * z - 1000
      }
      let turned = try read(draft, "turned\(index)").image
      #expect(turned.grid == plain.grid, "\(orientation)")
      #expect(turned.hounsfield == plain.hounsfield, "\(orientation)")
    }
  }

  @Test("slope, intercept, signed values and those beyond a CT's range")
  func values() throws {
    var draft = CTDraft()
    draft.isSigned = true
    draft.intercept = "0"
    draft.value = { x, _, _ in x == 0 ? -2000 : x == 1 ? 20_000 : -5 * x }
    let image = try read(draft).image
    #expect((0..<4).map { image.value($0, 0, 0) } == [-1024, 16_383, -10, -15])
    draft.slope = "0.5"
    #expect(try read(draft, "half").image.value(3, 0, 0) == -8)
    draft.slope = nil
    #expect(try refusal(draft, "none").contains("(0028,1053)"))
  }

  @Test("uneven planes are kept, missing ones told, doubled files used once and told")
  func planes() throws {
    var draft = CTDraft()
    draft.planes = [0, 2, 4, 7, 9]
    let uneven = try read(draft, "uneven")
    #expect((0..<5).map { uneven.image.grid.centre(2, $0) } == [0, 2, 4, 7, 9])
    #expect(uneven.doubts.count == 1)
    draft.planes = [0, 2, 4, 10, 12]
    #expect(try read(draft, "gap").doubts.contains { $0.contains("missing between 4.00 to 10.00") })
    draft.planes = [0, 2, 4]
    try draft.write(to: scratch.path("twice"))
    let again = scratch.path("twice/again.dcm")
    try draft.image(1, name: again).write(to: URL(fileURLWithPath: again))
    let twice = try CTSeries(path: scratch.path("twice"))
    #expect(twice.image.grid.size.z == 3)
    #expect(twice.doubts.contains { $0.contains("there twice") })
    // Another image in the same plane is another phase, under one UID as well.
    var other = draft
    other.value = { x, y, z in -x - y - z }
    other.series = draft.series
    let name = scratch.path("twice/other.dcm")
    var data = try other.image(2, z: 2, name: name)
    data.append(contentsOf: [])
    try data.write(to: URL(fileURLWithPath: name))
    #expect(throws: InputError.self) { try CTSeries(path: scratch.path("twice")) }
  }

  @Test("maps in other units, and images of no patient's size or place, are refused")
  func noImages() throws {
    var draft = CTDraft()
    draft.rescaleType = "MGML"
    #expect(try refusal(draft, "iodine").contains("(0028,1054)"))
    draft.rescaleType = "HU"
    _ = try read(draft, "hu")
    for (index, change)
      in ([
        { $0.spacing = (1e-12, 1e-12) }, { $0.spacing = (1e-300, 1) }, { $0.planes = [0, 1e9, 2e9] },
        { $0.origin.x = 1e12 },
      ] as [(inout CTDraft) -> Void]).enumerated()
    {
      var wild = CTDraft()
      change(&wild)
      #expect(throws: InputError.self) { try read(wild, "wild\(index)") }
    }
  }

  @Test("a tilted gantry is refused by name, leaning or sheared")
  func tilt() throws {
    var draft = CTDraft()
    let angle = 15.0 * .pi / 180
    draft.orientation = [1, 0, 0, 0, cos(angle), sin(angle)]
    draft.tilt = "15"
    let words = try refusal(draft, "tilted")
    #expect(words.contains("15.0 degrees"))
    #expect(words.contains("gantry"))
    // Images that begin ever further back, though each is axial.
    let plain = CTDraft()
    try FileManager.default.createDirectory(
      atPath: scratch.path("sheared"), withIntermediateDirectories: true)
    for plane in 0..<3 {
      var sheared = plain
      sheared.origin.y += 0.6 * Double(plane)
      let name = scratch.path("sheared/\(plane).dcm")
      try sheared.image(plane, name: name).write(to: URL(fileURLWithPath: name))
    }
    let message = try #require(throws: InputError.self) { try CTSeries(path: scratch.path("sheared")) }
    #expect(message.description.contains("gantry"))
  }

  @Test("several series are listed, and one can be chosen; a coronal one is refused")
  func severalSeries() throws {
    try CTDraft().write(to: scratch.path("both"))
    var other = CTDraft()
    other.series = "9.9"
    other.value = { _, _, _ in -1000 }
    try other.write(to: scratch.path("both"))
    let message = try #require(throws: InputError.self) { try CTSeries(path: scratch.path("both")) }
      .description
    #expect(message.contains("9.9 with 3"))
    #expect(try CTSeries(path: scratch.path("both"), series: "9.9").image.value(3, 3, 2) == -1000)
    var coronal = CTDraft()
    coronal.orientation = [1, 0, 0, 0, 0, -1]
    #expect(try refusal(coronal, "coronal").contains("no axial"))
  }

  @Test("an image is kept in the case without loss, and one that was changed is refused when it is asked for")
  func kept() throws {
    var draft = CTDraft()
    draft.columns = 33
    draft.rows = 21
    draft.planes = [0, 2, 4, 7]
    draft.value = { x, y, z in (x * 7919 + y * 104_729 + z * 1_299_709) % 4000 - 1024 }
    let image = try read(draft).image
    var patientCase = PatientCase(patientID: "P1")
    patientCase.ct = ImageStore.kept(image)
    let folder = scratch.path("case")
    try CaseStore.write(patientCase, to: folder, tool: "test")
    let stored = try CaseStore.read(folder).patientCase
    let found = try #require(stored.ct)
    #expect(try found.image() == image)
    #expect(found == patientCase.ct)
    // Nothing of whom it shows is kept.
    for name in ["case.json", "ct.bin"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
      #expect(bytes.range(of: Data("1.2.3".utf8)) == nil)
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/ct.bin"))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: "\(folder)/ct.bin"))
    #expect(throws: InputError.self) { try CaseStore.read(folder).patientCase.ct?.image() }
    try FileManager.default.removeItem(atPath: "\(folder)/ct.bin")
    #expect(throws: InputError.self) { try CaseStore.read(folder) }
    // A case that is written over without an image has none left.
    try bytes.write(to: URL(fileURLWithPath: "\(folder)/ct.bin"))
    try CaseStore.write(PatientCase(patientID: "P1"), to: folder, tool: "test")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/ct.bin"))
  }
}

@Suite("A patient's folder")
struct FolderContentsTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func folder(_ name: String) -> String { scratch.path(name) }

  private func list(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: scratch.url.appendingPathComponent(name).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    _ = try scratch.write(name, "lesion_id,site,longest_diameter_mm\nL1,lung,12\n")
  }

  private func segmentation(_ name: String, _ change: (inout SegmentationDraft) -> Void = { _ in }) throws {
    var draft = SegmentationDraft()
    draft.frameOfReference = "1.2"
    draft.frames = [0.0, 3].map {
      .init(
        segment: 1, z: $0,
        voxels: [UInt8](repeating: 0, count: 20) + [1, 1] + [UInt8](repeating: 0, count: 41))
    }
    change(&draft)
    try draft.write(to: scratch.path(name))
  }

  @Test("lists, segmentations, a CT and a patient file are found by what they hold, however deep")
  func found() throws {
    try CTDraft().write(to: folder("p/study/ct"))
    try list("p/tables/lesions.csv")
    _ = try scratch.write("p/tables/costs.csv", "year,costs\n2026,5\n")
    _ = try scratch.write("p/notes.docx", "x")
    _ = try scratch.write("p/patient.yaml", "ecog: 1\n")
    try segmentation("p/study/anything.bin")
    let contents = try FolderContents([folder("p")])
    func names(_ paths: [String]) -> [String] { paths.map { URL(fileURLWithPath: $0).lastPathComponent } }
    #expect(names(contents.lesionLists) == ["lesions.csv"])
    #expect(names(contents.labelMaps) == ["anything.bin"])
    #expect(contents.ct?.files?.count == 3)
    #expect(contents.patientFile.map { names([$0]) } == ["patient.yaml"])
    #expect(Set(names(contents.leftAside.map(\.file))) == ["costs.csv", "notes.docx"])
  }

  @Test("two patients are refused, and one can be chosen; nothing of the other is used")
  func twoPatients() throws {
    try segmentation("p2-a.dcm")
    try segmentation("p2-b.dcm") { $0.patientID = "P2" }
    let message = try #require(throws: InputError.self) { try FolderContents([scratch.url.path]) }.description
    #expect(message.contains("P1 (1 files)"))
    let chosen = try FolderContents([scratch.url.path], patientID: "P2")
    #expect(chosen.labelMaps.map { URL(fileURLWithPath: $0).lastPathComponent } == ["p2-b.dcm"])
    #expect(chosen.leftAside.contains { $0.why == "of patient P1" })
  }

  @Test("of two frames the one with contours, of two times the newest; two of one day are refused")
  func frames() throws {
    // A CT in another frame than the contours is left aside.
    try segmentation("seg.dcm")
    var other = CTDraft()
    other.frame = "7.7"
    try other.write(to: folder("ct"))
    let drawn = try FolderContents([scratch.url.path])
    #expect(drawn.ct == nil)
    #expect(drawn.labelMaps.count == 1)
    #expect(drawn.leftAside.allSatisfy { $0.why.contains("another frame of reference") })
    // The CT of the contours is used beside it.
    try CTDraft().write(to: folder("ct2"))
    #expect(try FolderContents([scratch.url.path]).ct?.files?.allSatisfy { $0.contains("/ct2/") } == true)
    // Contours in two frames on one day cannot be told apart.
    try segmentation("seg2.dcm") { $0.frameOfReference = "7.7" }
    let message = try #require(throws: InputError.self) { try FolderContents([scratch.url.path]) }.description
    #expect(message.contains("2 frames of reference"))
  }

  @Test("reports of dose, single images, maps and copies are left aside, and the rest is read")
  func leftAside() throws {
    try FileManager.default.createDirectory(atPath: folder("p"), withIntermediateDirectories: true)
    try segmentation("p/seg.dcm")
    try segmentation("p/copy.dcm")
    let single = CTDraft()
    try single.image(0, name: "x").write(to: scratch.url.appendingPathComponent("p/single.dcm"))
    let dose = try DICOMFile(creating: "sr")
    try dose.dataset.put(.sopClassUID, "1.2.840.10008.5.1.4.1.1.88.67")
    try dose.dataset.put(.sopInstanceUID, "8.8")
    try dose.dataset.put(.modality, "SR")
    try dose.dataset.put(.patientID, "P1")
    let title = try dose.dataset.append(.conceptNameCodeSequence)
    try title.put(.codeValue, "113701")
    try title.put(.codingSchemeDesignator, "DCM")
    try title.put(.codeMeaning, "X-Ray Radiation Dose Report")
    try dose.data().write(to: scratch.url.appendingPathComponent("p/dose.dcm"))
    var tilted = CTDraft()
    tilted.orientation = [1, 0, 0, 0, 0.9659258, 0.258819]
    tilted.series = "6.6"
    try tilted.write(to: folder("p/tilted"))
    let contents = try FolderContents([folder("p")])
    #expect(contents.labelMaps.count == 1)
    #expect(contents.lesionLists.isEmpty)
    #expect(contents.ct == nil)
    let reasons = contents.leftAside.map(\.why)
    #expect(reasons.contains { $0.contains("X-Ray Radiation Dose Report") })
    #expect(reasons.contains("a single CT image"))
    #expect(reasons.filter { $0.contains("tilted gantry") }.count == 3)
    #expect(reasons.contains { $0.hasPrefix("the same file as") })
  }

  @Test("contours of two times are never one: the newest are used, and undated ones refused")
  func times() throws {
    try segmentation("old.dcm") {
      $0.frameOfReference = nil
      $0.study = "1"
      $0.day = "20200101"
      $0.instance = "1.1"
    }
    try segmentation("new.dcm") {
      $0.study = "2"
      $0.instance = "1.2"
    }
    let contents = try FolderContents([scratch.url.path])
    #expect(contents.labelMaps.map { URL(fileURLWithPath: $0).lastPathComponent } == ["new.dcm"])
    #expect(contents.notes.contains { $0.contains("2020-01-01") })
    try segmentation("old.dcm") {
      $0.frameOfReference = "9"
      $0.study = "1"
      $0.day = nil
      $0.instance = "1.1"
    }
    #expect(throws: InputError.self) { try FolderContents([scratch.url.path]) }
  }

  @Test("of several CT series none is guessed at")
  func severalSeries() throws {
    try CTDraft().write(to: folder("a"))
    var other = CTDraft()
    other.series = "5.5"
    try other.write(to: folder("b"))
    try list("l.csv")
    let contents = try FolderContents([scratch.url.path])
    #expect(contents.ct == nil)
    #expect(contents.leftAside.contains { $0.why.contains("--series") })
  }
}
