// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Facts
import Foundation
import Quantities
import Reasons
import Testing
import Vocabulary

@testable import Interchange

/// What lists from spreadsheets and trial software have in them that is no lesion, kind by kind.
@Suite("Lesion lists as they come")
struct ListKindsTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func read(_ text: String, _ options: LesionListOptions = .init(), name: String = "l.csv") throws
    -> LesionList
  { try LesionListReader.read(try scratch.write(name, text), options) }

  private func refusal(_ text: String, _ options: LesionListOptions = .init()) throws -> String {
    do {
      _ = try read(text, options)
      return "accepted"
    } catch let error as InputErrors { return error.description } catch let error as InputError {
      return error.description
    }
  }

  private func size(_ lesion: Lesion, _ fact: Fact = .longestAxialDiameter) -> Double? {
    if case .number(let x)? = lesion.statements[fact]?.value { x } else { nil }
  }

  private static let head = "lesion_id,site,longest_diameter_mm\n"

  @Test(
    "rows without any value are no lesions, whatever stands for nothing",
    arguments: [",,", "\"\",\"\",\"\"", " , ,\u{00A0}", "NA,n/a,null", "-,–,", ",,,,", ","])
  func blankRows(row: String) throws {
    let list = try read(Self.head + "L1,lung,12\n\(row)\n\(row)\n")
    #expect(list.lesions.map(\.id) == ["L1"])
    let objects = try read(
      #"[{"lesion_id": "L1", "site": "lung"}, {}, {"site": ""}, {"site": null}]"#, name: "l.json")
    #expect(objects.lesions.count == 1)
  }

  @Test("a row of a patient id alone is no lesion, and that is told")
  func patientAlone() throws {
    let list = try read("patient_id,lesion_id,site\nP,L1,lung\nP,,\n")
    #expect(
      list.lesions.count == 1 && list.warnings.contains { $0.contains("names a patient and nothing else") })
  }

  @Test(
    "sums and statistics are never lesions",
    arguments: [
      "Sum", "Sum of diameters (mm)", "SLD", "Total", "TOTAL", "Mean", "Median", "SD", "RR from Baseline",
      "% change", "Percent change from nadir", "Summe", "Somme des diamètres", "Gesamt", "Média", "Nadir",
    ])
  func summaries(name: String) throws {
    let list = try read(Self.head + "L1,lung,12\n\(name),,33\n")
    #expect(list.lesions.map(\.id) == ["L1"])
    #expect(list.warnings.contains { $0.contains("line 3 (\"\(name)\")") })
    // Where no column is the lesion's, the row's first cell tells.
    #expect(try read("label,site,longest_diameter_mm\nL1,lung,12\n\(name),,33\n").lesions.count == 1)
  }

  @Test(
    "a name that only holds such a word is a lesion's",
    arguments: ["L-sum", "Max1", "rr1", "lesion total", "Meander", "Summit", "Percent", "baseline"])
  func noSummaries(name: String) throws {
    #expect(try read(Self.head + "\(name),lung,12\n").lesions.map(\.id) == [name])
  }

  @Test("a row without site and place whose size is the others' sum or mean is refused, whatever its name")
  func unnamedSums() throws {
    for row in ["N,,21", ",,21", "PR,,10.5", "Alle,,21"] {
      #expect(try refusal(Self.head + "L1,lung,12\nL2,lung,9\n\(row)\n").contains("of the 2 others"))
    }
    #expect(try read(Self.head + "L1,lung,12\nL2,lung,9\nL3,lung,21\n").lesions.count == 3)
    #expect(try read(Self.head + "L1,lung,12\nL2,lung,9\nL3,,20\n").lesions.count == 3)
    #expect(try read("lesion_id,longest_diameter_mm\nL1,12\nL2,9\nL3,21\n").lesions.count == 3)
    #expect(try read(Self.head + "L1,lung,9\nL2,lung,9\nL3,,9\n").lesions.count == 3)
    // What has a place is a lesion, whatever it is called; a remark names no row.
    #expect(try read("lesion_id,side,longest_diameter_mm\nSD,right,12\n").lesions.map(\.id) == ["SD"])
    #expect(
      try read(#"[{"comment": "max diameter", "lesion_id": "A", "longest_diameter_mm": 9}]"#, name: "m.json")
        .lesions.count == 1)
    #expect(try read("patient_id,site,longest_diameter_mm\nSD-001,lung,12\n").lesions.count == 1)
  }

  @Test(
    "a header that looks like a day is read or refused",
    arguments: ["02-Apr-2026", "Apr 2, 2026", "2026-04", "CT 2026-01-05"])
  func unreadDays(header: String) throws {
    let list = "lesion,site,2026-01-05_mm,\"\(header)\"\nL1,lung,12,34\n"
    #expect(try refusal(list).contains("looks like a day"))
  }

  @Test("what spreadsheets say of the separator is read, quotes aside")
  func separators() throws {
    #expect(
      try read("sep=;\nlesion_id;site;longest_diameter_mm\nL1;lung;12.5\n").lesions.compactMap { size($0) }
        == [12.5])
    #expect(try read("\u{FEFF}\"sep=\t\"\r\nlesion_id\tsite\r\nL1\tlung\r\n").lesions.map(\.site) == [.lung])
    #expect(
      try read("lesion_id,\"note; free\",longest_diameter_mm\nL1,a,12.5\n").lesions.compactMap { size($0) }
        == [12.5])
    // Lines are counted with that line.
    #expect(try refusal("sep=,\n" + Self.head + "L1,lung,x\n").contains("line 3"))
  }

  @Test(
    "a unit in the cell counts, and one that measures something else is refused",
    arguments: [
      ("12", 12.0), ("12 mm", 12), ("12mm", 12), ("1.2 cm", 12), ("1.2cm", 12), ("12 cc", nil),
      ("12 kg", nil),
      ("12 mm3", nil), ("12 mm x", nil),
    ])
  func unitInTheCell(cell: String, expected: Double?) throws {
    guard let expected else {
      #expect(try refusal(Self.head + "L1,lung,\(cell)\n") != "accepted")
      return
    }
    let value = try #require(size(try read(Self.head + "L1,lung,\(cell)\n").lesions[0]))
    #expect(abs(value - expected) < 1e-9)
  }

  @Test("units of every fact are its own")
  func factUnits() throws {
    let list = try read(
      "lesion_id,site,volume_cc,distance_to_heart_mm,x_mm,y_mm,z_mm\nL1,lung,500 mm³,1.4 cm,1 cm,2,3 mm\n")
    let lesion = list.lesions[0]
    #expect(size(lesion, .volume) == 0.5 && size(lesion, .clearance(.heart)) == 14)
    #expect(lesion.position == SIMD3(10, 2, 3))
    // No substance has another's molar mass.
    for definition in FactCatalogue.all {
      guard case .number(.milligramsPerDecilitre, _) = definition.kind else { continue }
      let factor = FactKey.factor(ofUnit: "µmol/L", for: definition)
      switch definition.name {
      case "bilirubin": #expect(factor == 0.05847)
      case "creatinine": #expect(factor == 0.01131)
      default: #expect(factor == nil, "\(definition.name)")
      }
    }
  }

  @Test("identities that a spreadsheet shortened are refused, ids it made dates of are told")
  func spreadsheets() throws {
    let head = "patient_id,lesion_id,site\n"
    for id in ["1.23457E+11", "1E+05", "1,2e11"] {
      #expect(
        try refusal(head + "\"\(id)\",L1,lung\n\"\(id)\",L2,lung\n").contains("a spreadsheet shortened"))
    }
    #expect(try read(head + "E11,L1,lung\n").patientID == "E11")
    for id in ["27-Aug", "Aug-27", "3-Mai", "8/27/2026", "27.08.2026", "2026-08-27"] {
      #expect(
        try read(Self.head + "\(id),lung,12\n").lesions[0].warnings.contains {
          $0.contains("looks like a date")
        })
    }
    for id in ["A-27", "L1", "27", "S4-2"] {
      #expect(try read(Self.head + "\(id),lung,12\n").lesions[0].warnings.isEmpty)
    }
  }

  @Test("left-out rows are counted among all rows")
  func keepGoing() throws {
    let list = try read(
      "lesion_id,site,longest_diameter_mm,label\nL1,lung,12,RUL, apical\nL2,lung,9,RLL\n",
      LesionListOptions(keepGoing: true))
    #expect(list.lesions.map(\.id) == ["L2"])
    #expect(list.warnings.contains { $0.contains("1 of 2 rows were left out") })
  }

  // MARK: Days

  @Test("one column a day: the newest is the size, the one before it the growth")
  func datedColumns() throws {
    let text =
      "Lesion,Location,2026-01-05,2025-10-05,2026-04-02\nL1,Lung,1.23,1.1,1.41\nL2,Lung,2.1,,\nSum (cm),,3.33,,1.41\n"
    #expect(try refusal(text).contains("without a unit"))
    let options = LesionListOptions(diameterKind: .longestAxial, sizeFactor: 10)
    #expect(try refusal(text, LesionListOptions(sizeFactor: 10)).contains("which diameter"))
    let list = try read(text, options)
    #expect(list.lesions.map(\.id) == ["L1", "L2"] && list.newestScan == "2026-04-02")
    #expect(abs(try #require(size(list.lesions[0])) - 14.1) < 1e-9)
    #expect(abs(try #require(size(list.lesions[0], .earlierLongestDiameter)) - 12.3) < 1e-9)
    #expect(size(list.lesions[0], .growthInterval) == 87)
    // Not measured on the newest day: the older size is not today's.
    #expect(size(list.lesions[1]) == nil && size(list.lesions[1], .earlierLongestDiameter) == nil)
  }

  @Test(
    "headers that are days",
    arguments: [
      ("2026-04-02", "2026-04-02", nil), ("2026-04-02 (mm)", "2026-04-02", 1.0),
      ("2026-04-02_cm", "2026-04-02", 10),
      ("20260402", "2026-04-02", nil), ("2.4.2026 mm", "2026-04-02", 1), ("27/4/2026", "2026-04-27", nil),
      ("4/27/2026", "2026-04-27", nil), ("Baseline", nil, nil), ("note 2026-04-02", nil, nil),
      ("2026-13-02", nil, nil), ("12345678", nil, nil),
    ] as [(String, String?, Double?)])
  func dayHeaders(text: String, day: String?, factor: Double?) throws {
    let found = try DatedColumns.header(text)
    #expect(found?.day == day && found?.factor == factor)
  }

  @Test("a day whose month cannot be told is refused")
  func ambiguousDay() {
    #expect(throws: DatedColumns.Ambiguous.self) { try DatedColumns.header("2/4/2026") }
  }

  // MARK: Scans

  @Test("lesions of two scans are refused until one is chosen, or both are said to belong together")
  func scans() throws {
    let text =
      "patient_id,series_uid,lesion_id,site,longest_diameter_mm\nP,1.2,a,lung,5\nP,1.3,b,lung,6\nP,1.3,c,lung,7\nQ,1.4,d,lung,8\n"
    let refused = try refusal(text, LesionListOptions(patientID: "P"))
    #expect(refused.contains("2 scans of one patient: 1.2 (1); 1.3 (2)"))
    let one = try read(text, LesionListOptions(patientID: "P", scans: ["1.3"]))
    #expect(one.lesions.map(\.id) == ["b", "c"])
    #expect(one.warnings.contains { $0.contains("1 row of scan 1.2 left out") })
    #expect(try read(text, LesionListOptions(patientID: "P", scans: ["1.2", "1.3"])).lesions.count == 3)
    #expect(try refusal(text, LesionListOptions(patientID: "P", scans: ["9"])).contains("no row of scan 9"))
    // One scan of one patient is no question, and a series alone is the patient.
    #expect(try read(text, LesionListOptions(patientID: "Q")).lesions.count == 1)
    #expect(try read("seriesuid,site\n1.2,lung\n1.2,lung\n").lesions.count == 2)
  }

  @Test("lesions of two days are refused, the same lesion on two days too")
  func days() throws {
    let head = "lesion_id,site,longest_diameter_mm,scan_date\n"
    #expect(
      try refusal(head + "a,lung,5,2026-01-05\nb,lung,6,2026-04-02\n").contains("2 scans of one patient"))
    #expect(
      try refusal(head + "a,lung,5,2026-01-05\na,lung,6,2026-04-02\n").contains("2 scans of one patient"))
    let list = try read(head + "a,lung,5,2026-04-02\nb,lung,6,2026-04-02\nc,lung,6,\n")
    #expect(list.lesions.count == 3 && list.newestScan == "2026-04-02")
  }

  // MARK: Other files

  @Test("what is no list is called what it is")
  func otherFiles() throws {
    let fiducials = "# Markups fiducial file version = 4.11\n# CoordinateSystem = LPS\n"
    let points = try scratch.write("points.fcsv", fiducials)
    for wanted in [FileKind.Wanted.structureSet, .labelMap] {
      #expect(
        FileKind(points).refusal(points, wanted: wanted)?.description.contains("3D Slicer's points") == true)
    }
    #expect(FileKind(points).refusal(points, wanted: .lesionList) == nil)
    let path = scratch.path("rs.dcm")
    try StructureSetDraft(regions: [.column("GTV", 0, side: 20, planes: [0, 3])]).write(path)
    for wanted in [FileKind.Wanted.lesionList, .labelMap] {
      #expect(FileKind(path).refusal(path, wanted: wanted)?.description.contains("RT Structure Set") == true)
    }
    #expect(FileKind(path).refusal(path, wanted: .structureSet) == nil)
    #expect(FileKind.words(sopClass: "1.2.840.10008.5.1.4.1.1.66.4", modality: nil).contains("SEG"))
    #expect(FileKind.words(sopClass: "1.2.840.10008.5.1.4.1.1.88.33", modality: nil).contains("(SR)"))
  }
}
