// SPDX-License-Identifier: Apache-2.0
import Cases
import Facts
import Foundation
import Testing
import Vocabulary

@testable import Interchange

/// A DICOM SR of TID 1500 to be written by tests.
private struct ReportDraft {
  struct Group {
    var tracking: String? = "Lesion 1"
    var uid: String? = "1.2.3"
    var finding: (String, String, String)? = ("M-80006", "SRT", "Metastasis")
    var site: (String, String, String)? = ("T-28000", "SRT", "Lung")
    /// Name, value and unit.
    var numbers: [((String, String, String), String, String?)] = []
    /// Outlines in three dimensions, each as its coordinates.
    var outlines: [String] = []
    var segment: (String, Int)?
  }

  var day = "20260110"
  var instance: String?
  var patientID = "P1"
  var title = ("126000", "DCM", "Imaging Measurement Report")
  var groups: [Group] = []

  func write(to path: String) throws {
    let file = try DICOMFile(creating: path)
    let data = file.dataset
    try data.put(.sopClassUID, "1.2.840.10008.5.1.4.1.1.88.33")
    try data.put(.modality, "SR")
    if let instance { try data.put(.sopInstanceUID, instance) }
    try data.put(.patientID, patientID)
    try data.put(.studyDate, day)
    try name(data, title)
    let measurements = try item(in: data, "CONTAINER", ("126010", "DCM", "Imaging Measurements"))
    for group in groups {
      let item = try item(in: measurements, "CONTAINER", ("125007", "DCM", "Measurement Group"))
      if let text = group.tracking {
        try self.item(in: item, "TEXT", ("112039", "DCM", "Tracking Identifier")).put(.textValue, text)
      }
      if let uid = group.uid {
        try self.item(in: item, "UIDREF", ("112040", "DCM", "Tracking Unique Identifier")).put(.uid, uid)
      }
      if let finding = group.finding {
        try code(try self.item(in: item, "CODE", ("121071", "DCM", "Finding")), .conceptCodeSequence, finding)
      }
      if let site = group.site {
        try code(
          try self.item(in: item, "CODE", ("363698007", "SCT", "Finding Site")), .conceptCodeSequence, site)
      }
      for (concept, value, unit) in group.numbers {
        let measured = try self.item(in: item, "NUM", concept).append(.measuredValueSequence)
        try measured.put(.numericValue, value)
        if let unit { try code(measured, .measurementUnitsCodeSequence, (unit, "UCUM", unit)) }
      }
      for outline in group.outlines {
        let region = try self.item(in: item, "SCOORD3D", ("111030", "DCM", "Image Region"))
        try region.put(.graphicData, outline)
        try region.put(.referencedFrameOfReferenceUID, "1.2")
      }
      if let segment = group.segment {
        let image = try self.item(in: item, "IMAGE", ("121191", "DCM", "Referenced Segment"))
        let reference = try image.append(.referencedSOPSequence)
        try reference.put(.referencedSOPInstanceUID, segment.0)
        try reference.put(.referencedSegmentNumberOfReport, String(segment.1))
      }
    }
    try file.data().write(to: URL(fileURLWithPath: path))
  }

  private func item(
    in parent: DICOMItem, _ type: String, _ concept: (String, String, String)
  ) throws -> DICOMItem {
    let item = try parent.append(.contentSequence)
    try item.put(.valueType, type)
    try name(item, concept)
    return item
  }

  private func name(_ item: DICOMItem, _ concept: (String, String, String)) throws {
    try code(item, .conceptNameCodeSequence, concept)
  }

  private func code(_ item: DICOMItem, _ sequence: DICOMTag, _ value: (String, String, String)) throws {
    let child = try item.append(sequence)
    try child.put(.codeValue, value.0)
    try child.put(.codingSchemeDesignator, value.1)
    try child.put(.codeMeaning, value.2)
  }
}

private let longAxis = ("103339001", "SCT", "Long Axis")
private let oldLongAxis = ("G-A185", "SRT", "Long Axis")
private let shortAxis = ("103340004", "SCT", "Short Axis")
private let diameter = ("81827009", "SCT", "Diameter")
private let volume = ("118565006", "SCT", "Volume")

@Suite("DICOM structured reports of measurements")
struct MeasurementReportTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func imported(
    _ drafts: [ReportDraft], _ options: LesionListOptions = LesionListOptions()
  ) throws -> PatientCase {
    var work = CaseImport()
    work.listOptions = options
    for (index, draft) in drafts.enumerated() {
      let path = scratch.path("sr\(index).dcm")
      try draft.write(to: path)
      work.lesionLists.append(path)
    }
    return try work.run()
  }

  private func number(_ lesion: Lesion?, _ fact: Fact) -> Double? {
    if case .number(let value)? = lesion?.statements[fact]?.value { value } else { nil }
  }

  @Test("sizes come in the unit that the report names, under SNOMED's old and new codes")
  func units() throws {
    for (concept, unit, factor) in [
      (longAxis, "mm", 1.0), (oldLongAxis, "mm", 1), (longAxis, "cm", 10), (oldLongAxis, "um", 0.001),
    ] {
      let draft = ReportDraft(groups: [
        .init(numbers: [
          (concept, String(21.5 / factor), unit), (shortAxis, "12", "mm"), (volume, "3400", "mm3"),
        ])
      ])
      let lesion = try imported([draft]).lesions.first
      #expect(abs((number(lesion, .longestAxialDiameter) ?? 0) - 21.5) < 1e-9)
      #expect(number(lesion, .shortAxis) == 12)
      #expect(abs((number(lesion, .volume) ?? 0) - 3.4) < 1e-12)
      #expect(lesion?.id == "Lesion 1")
      #expect(lesion?.site == .lung)
    }
  }

  @Test("a length without a unit, in pixels, or twice is refused; a unit that is given counts")
  func withoutUnit() throws {
    for unit in [nil, "1", "{no units}"] {
      let draft = ReportDraft(groups: [.init(numbers: [(oldLongAxis, "2.19", unit)])])
      let message = try #require(throws: InputError.self) { try imported([draft]) }.description
      #expect(message.contains("--unit"))
      #expect(message.contains("Lesion 1"))
      let lesion = try imported([draft], LesionListOptions(sizeFactor: 10)).lesions.first
      #expect(abs((number(lesion, .longestAxialDiameter) ?? 0) - 21.9) < 1e-9)
    }
    let pixels = ReportDraft(groups: [.init(numbers: [(longAxis, "20", "{pixels}")])])
    #expect(throws: InputError.self) { try imported([pixels], LesionListOptions(sizeFactor: 1)) }
    let twice = ReportDraft(groups: [.init(numbers: [(longAxis, "20", "mm"), (oldLongAxis, "21", "mm")])])
    #expect(throws: InputError.self) { try imported([twice]) }
  }

  @Test("a diameter of no stated kind is refused as in lists")
  func kindOfDiameter() throws {
    let draft = ReportDraft(groups: [.init(numbers: [(diameter, "20", "mm")])])
    #expect(throws: InputError.self) { try imported([draft]) }
    let lesion = try imported([draft], LesionListOptions(diameterKind: .longestAxial)).lesions.first
    #expect(number(lesion, .longestAxialDiameter) == 20)
  }

  @Test(
    "organs are no lesions; what is not said to be one is taken for one only with a size, and that is told")
  func findings() throws {
    let draft = ReportDraft(groups: [
      .init(
        tracking: "Aorta", uid: "1", finding: ("15825003", "SCT", "Aorta"), numbers: [(longAxis, "20", "mm")]),
      .init(tracking: "A", uid: "2", finding: nil, numbers: [(longAxis, "20", "mm")]),
      .init(tracking: "B", uid: "3", finding: nil),
      .init(tracking: "C", uid: "4", finding: ("27925004", "SCT", "Nodule")),
    ])
    let patientCase = try imported([draft])
    #expect(patientCase.lesions.map(\.id) == ["A", "C"])
    #expect(patientCase.warnings.contains { $0.contains("Aorta, no lesion") })
    #expect(patientCase.warnings.contains { $0.contains("A does not say what was found") })
    #expect(patientCase.warnings.contains { $0.contains("B has neither") })
    #expect(number(patientCase.lesions[1], .longestAxialDiameter) == nil)
  }

  @Test("two time points are matched by tracking UID: the newest is the size, the one before it the growth")
  func timePoints() throws {
    let now = ReportDraft(
      day: "20260401",
      groups: [
        .init(tracking: "1", uid: "1.1", numbers: [(longAxis, "20", "mm")]),
        .init(tracking: "2", uid: "1.2", numbers: [(longAxis, "10", "mm")]),
      ])
    let before = ReportDraft(
      day: "20260101",
      groups: [
        .init(tracking: "renamed", uid: "1.1", numbers: [(longAxis, "10", "mm")]),
        .init(tracking: "2", uid: "1.9", numbers: [(longAxis, "8", "mm")]),
      ])
    for order in [[now, before], [before, now]] {
      let patientCase = try imported(order)
      #expect(patientCase.lesions.map(\.id) == ["1", "2"])
      #expect(number(patientCase.lesions[0], .longestAxialDiameter) == 20)
      #expect(number(patientCase.lesions[0], .earlierLongestDiameter) == 10)
      #expect(number(patientCase.lesions[0], .growthInterval) == 90)
      // Another UID is another lesion, whatever it is called.
      #expect(number(patientCase.lesions[1], .earlierLongestDiameter) == nil)
      #expect(patientCase.newestScan == "2026-04-01")
      #expect(patientCase.warnings.contains { $0.contains("not measured on 2026-04-01") })
    }
    var other = before
    other.patientID = "P2"
    #expect(throws: InputError.self) { try imported([now, other]) }
  }

  @Test("a group that refers to a segment is about the lesion of that segment")
  func segment() throws {
    var seg = SegmentationDraft()
    seg.segments = [.init(number: 3, label: "Something else")]
    seg.frames = [0.0, 3].map {
      .init(
        segment: 3, z: $0,
        voxels: [UInt8](repeating: 0, count: 20) + [1, 1] + [UInt8](repeating: 0, count: 41))
    }
    let segPath = scratch.path("seg.dcm")
    try seg.write(to: segPath)
    let draft = ReportDraft(groups: [
      .init(numbers: [(shortAxis, "1", "mm")], segment: (seg.instance, 3))
    ])
    let path = scratch.path("sr.dcm")
    try draft.write(to: path)
    var work = CaseImport()
    work.structureSets = [segPath]
    work.lesionLists = [path]
    let patientCase = try work.run()
    #expect(patientCase.lesions.map(\.id) == ["Something else"])
    #expect(number(patientCase.lesions[0], .shortAxis) == 1)
  }

  @Test("the place of a finding is the middle of all of its outlines")
  func outlines() throws {
    let draft = ReportDraft(groups: [
      .init(
        numbers: [(longAxis, "20", "mm")],
        outlines: ["0\\0\\0\\10\\4\\0", "0\\0\\10\\10\\4\\10", "0\\0\\20\\10\\4\\20"])
    ])
    let lesion = try imported([draft]).lesions.first
    #expect(lesion?.position == SIMD3(5, 2, 10))
  }

  @Test(
    "a report given twice, findings that cannot be told apart, and a segment of several lesions are refused")
  func doubles() throws {
    var draft = ReportDraft(groups: [.init(tracking: nil, uid: nil, numbers: [(longAxis, "20", "mm")])])
    #expect(try imported([draft]).lesions.count == 1)
    draft.instance = "5.5"
    #expect(throws: InputError.self) { try imported([draft, draft]) }
    var other = draft
    other.instance = "5.6"
    #expect(throws: InputError.self) { try imported([draft, other]) }
    var seg = SegmentationDraft()
    seg.frames = [0.0, 3].map {
      .init(
        segment: 1, z: $0,
        voxels: [1, 1] + [UInt8](repeating: 0, count: 40) + [1, 1] + [UInt8](repeating: 0, count: 19))
    }
    let segPath = scratch.path("seg.dcm")
    try seg.write(to: segPath)
    let path = scratch.path("sr.dcm")
    try ReportDraft(groups: [.init(numbers: [(longAxis, "20", "mm")], segment: (seg.instance, 1))]).write(
      to: path)
    var work = CaseImport()
    work.structureSets = [segPath]
    work.lesionLists = [path]
    #expect(try #require(throws: InputError.self) { try work.run() }.description.contains("parts"))
  }

  @Test("another kind of report is refused by its title")
  func otherReport() throws {
    let draft = ReportDraft(title: ("113701", "DCM", "X-Ray Radiation Dose Report"))
    #expect(try #require(throws: InputError.self) { try imported([draft]) }.description.contains("X-Ray"))
  }
}

@Suite("Points and lines of 3D Slicer")
struct SlicerPointsTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func lesions(_ name: String, _ text: String) throws -> [Lesion] {
    var work = CaseImport()
    work.lesionLists = [try scratch.write(name, text)]
    return try work.run().lesions
  }

  private func fcsv(_ system: String?) -> String {
    "# Markups fiducial file version = 4.11\n" + (system.map { "# CoordinateSystem = \($0)\n" } ?? "")
      + "# columns = id,x,y,z,ow,ox,oy,oz,vis,sel,lock,label,desc,associatedNodeID\n"
      + "n_0,10.5,-20,30,0,0,0,1,1,1,0,\"L, 1\",,\n"
  }

  @Test("the coordinate system that the file names counts; without one it is refused")
  func coordinateSystems() throws {
    for (system, place) in [
      ("LPS", SIMD3(10.5, -20.0, 30)), ("1", SIMD3(10.5, -20, 30)), ("RAS", SIMD3(-10.5, 20, 30)),
      ("0", SIMD3(-10.5, 20, 30)),
    ] {
      let found = try lesions("a.fcsv", fcsv(system))
      #expect(found.map(\.position) == [place])
      #expect(found.map(\.id) == ["L, 1"])
    }
    for system in [nil, "IJK", "2"] {
      #expect(throws: InputError.self) { try lesions("a.fcsv", fcsv(system)) }
    }
  }

  private func markups(_ type: String, _ system: String?, _ points: [[Double]]) -> String {
    let system = system.map { "\"coordinateSystem\": \"\($0)\"," } ?? ""
    let controls = points.enumerated().map {
      "{\"label\": \"P\($0.offset)\", \"position\": \($0.element), \"positionStatus\": \"defined\"}"
    }.joined(separator: ",")
    return """
      {"@schema": "https://x/markups-schema-v1.0.0.json#", "markups": [{"type": "\(type)", "name": "Line",
      \(system) "controlPoints": [\(controls)]}]}
      """
  }

  @Test("a line in an axial plane is a longest axial diameter; one across planes needs its kind")
  func lines() throws {
    let axial = try lesions("a.mrk.json", markups("Line", "RAS", [[0, 0, 5], [12, 5, 5]]))
    #expect(axial.first?.position == SIMD3(-6, -2.5, 5))
    #expect(axial.first?.statements[.longestAxialDiameter]?.value == .number(13))
    #expect(throws: (any Error).self) {
      try lesions("a.mrk.json", markups("Line", "RAS", [[0, 0, 5], [3, 0, 9]]))
    }
    #expect(throws: InputError.self) {
      try lesions("a.mrk.json", markups("Line", nil, [[0, 0, 5], [12, 5, 5]]))
    }
    #expect(throws: InputError.self) { try lesions("a.mrk.json", markups("ROI", "LPS", [[0, 0, 5]])) }
    #expect(try lesions("a.mrk.json", markups("Fiducial", "LPS", [[1, 2, 3], [4, 5, 6]])).count == 2)
  }
}
