// SPDX-License-Identifier: Apache-2.0
import Planning
import Anatomy
import Cases
import Foundation
import Testing

@testable import Interchange

@Suite("Names of files: shown, never obeyed")
struct VisibleTextTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(
    "what steers a terminal, turns text or breaks a line is written out",
    arguments: [
      ("GTV\u{1B}[2J", "GTV<U+001B>[2J"), ("a\nerror: x", "a<U+000A>error: x"), ("a\u{202E}b", "a<U+202E>b"),
      ("a\u{2066}b\u{200F}", "a<U+2066>b<U+200F>"), ("\u{85}\u{9B}", "<U+0085><U+009B>"),
      ("a\u{2028}b", "a<U+2028>b"), ("\u{7F}\0", "<U+007F><U+0000>"), ("\u{E0041}", "<U+E0041>"),
    ])
  func escapes(raw: String, shown: String) {
    #expect(VisibleText.escaped(raw) == shown)
    #expect(VisibleText.escaped(shown) == shown)
  }

  @Test(
    "words of all scripts stay as they are",
    arguments: ["Läsion – 3", "肺", "قلب", "می‌خواهم", "👩‍⚕️", "Foie (segment IV)", ""])
  func words(text: String) { #expect(VisibleText.escaped(text) == text) }

  @Test("a page keeps its lines, and its colours where they are used")
  func pages() {
    let page = "a\u{1B}[31mred\u{1B}[0m\nb\u{1B}]0;title\u{7}"
    #expect(
      VisibleText.page(page, keepsColours: true) == "a\u{1B}[31mred\u{1B}[0m\nb<U+001B>]0;title<U+0007>")
    #expect(VisibleText.page(page, keepsColours: false).contains("\u{1B}") == false)
    #expect(VisibleText.page("\u{1B}[2J", keepsColours: true) == "<U+001B>[2J")
  }

  @Test("a protocol written out shows what a text hides, and reads the same")
  func protocols() throws {
    let shipped = String(decoding: CareProtocolReader.shippedText, as: UTF8.self)
    let hidden = "a\u{200F}b\u{202E}c \u{E0041} \u{1B}[2J"
    let named = shipped.replacing(
      try Regex("title: \"OligoPlan default[^\n]*"),
      with: "title: \"a\u{200F}b\u{202E}c \u{E0041} \\e[2J\"", maxReplacements: 1)
    #expect(named != shipped)
    #expect(
      try CareProtocolReader.load(Data(named.utf8), file: "p.yaml").title == VisibleText.escaped(hidden))
    let expanded = try CareProtocolReader.expandedText(Data(named.utf8), file: "p.yaml")
    #expect(!VisibleText.hidesAnything(String(decoding: expanded, as: UTF8.self)))
    #expect(try CareProtocolReader.load(expanded, file: "e.yaml").title == VisibleText.escaped(hidden))
  }

  @Test("cells that a spreadsheet would run are text, and numbers stay numbers")
  func formulas() {
    let rows = [
      ["=1+1", "+cmd|' /C calc'!A0", "-2.5", "-1e-3", "@sum", "\tx", "-", "L-1", " =x", "a,b", "+5"]
    ]
    #expect(
      String(decoding: DossierTables.csv(rows), as: UTF8.self)
        == "'=1+1,'+cmd|' /C calc'!A0,-2.5,-1e-3,'@sum,'\tx,-,L-1,' =x,\"a,b\",+5\r\n")
  }

  @Test("a name that slipped into a number's place is not quoted, a number is")
  func quoted() {
    #expect(QuotedCell.words("12,5 mm") == "\"12,5 mm\"")
    #expect(QuotedCell.words("1.000.5") == "\"1.000.5\"")
    for text in ["Meier, Hans", "Meier^Hans", "12.03.1961", "1961-03-12", "Ng", "x12 Li"] {
      #expect(!QuotedCell.words(text).contains(text), "\(text)")
    }
    #expect(QuotedCell.words("12.03.2026", showsDates: true) == "\"12.03.2026\"")
  }

  @Test("names of ROIs come in written out, and so does a case that was made elsewhere")
  func cases() throws {
    let column = StructureSetDraft.Region.column(
      "GTV \u{1B}[2J", 0, side: 10, planes: [0, 3, 6], type: "GTV")
    try StructureSetDraft(regions: [column]).write(scratch.path("rs.dcm"))
    var work = CaseImport()
    work.structureSets = [scratch.path("rs.dcm")]
    let read = try work.run()
    #expect(read.lesions.map(\.id) == ["GTV <U+001B>[2J"])
    let foreign = PatientCase(
      patientID: "P\u{202E}1", frameOfReference: nil, warnings: ["a\nerror: forged"],
      inputs: [CaseInput(name: "x\u{1B}", sha256: "")])
    try CaseStore.write(foreign, to: scratch.path("case.json"), tool: "test")
    let back = try CaseStore.read(scratch.path("case.json")).patientCase
    #expect(back.patientID == "P<U+202E>1" && back.warnings == ["a<U+000A>error: forged"])
    #expect(back.inputs.map(\.name) == ["x<U+001B>"])
  }

  @Test("of where inputs lay only their own names are kept")
  func folders() throws {
    let folder = scratch.url.appendingPathComponent("MEIER HANS")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    let column = StructureSetDraft.Region.column("Heart", 0, side: 30, planes: [0, 3, 6])
    try StructureSetDraft(regions: [column]).write(path("rs.dcm"))
    try Data("lesion_id,site,longest_diameter_mm,note\nA,lung,12,x\nB,lung,300,x\n".utf8).write(
      to: folder.appendingPathComponent("list.csv"))
    try Data(
      "name: Hans Meier\nfev1_percent: 80\nearlier_courses:\n- {name: a, fractions: 5, months_ago: 9, organ_maxima_gy: {Heart: 2}}\n"
        .utf8
    )
    .write(to: folder.appendingPathComponent("patient.yaml"))
    var work = CaseImport()
    work.structureSets = [path("rs.dcm")]
    work.lesionLists = [path("list.csv")]
    work.patientFile = path("patient.yaml")
    work.listOptions.diameterKind = .longestAxial
    work.listOptions.keepGoing = true
    let read = try work.run()
    #expect(!read.warnings.isEmpty)
    try CaseStore.write(read, to: scratch.path("case"), tool: "test")
    let document = try String(contentsOfFile: scratch.path("case/case.json"), encoding: .utf8)
    #expect(
      !document.contains("MEIER") && !document.contains("Meier") && !document.contains(scratch.url.path))
    #expect(document.contains("list.csv, line 2"))
  }

  @Test("a name is written into DICOM as one value of at most 64 characters")
  func dicom() throws {
    let long = String(repeating: "n", count: 60) + "_lesion_number_12"
    let columns = [long, "GTV \\ left", "GTV ü"].enumerated().map {
      StructureSetDraft.Region.column($1, Double(40 * $0), side: 10, planes: [0, 3, 6], type: "GTV")
    }
    var draft = StructureSetDraft(regions: columns)
    draft.regions[1].name = "GTV / left"
    try draft.write(scratch.path("rs.dcm"))
    var work = CaseImport()
    work.structureSets = [scratch.path("rs.dcm")]
    var read = try work.run()
    read.lesions[1] = Lesion(id: "GTV \\ left", sourceName: "x", body: read.lesions[1].body)
    try RTStructureSetWriter(read).write(to: scratch.path("out.dcm"))
    let names = (try DICOMFile(path: scratch.path("out.dcm"))).dataset.items(.structureSetROISequence)?
      .compactMap {
        $0.string(.roiName)
      }
    #expect(names?.count == 3 && names?.contains("GTV / left") == true && names?.contains("GTV ü") == true)
    #expect(names?[0].count == 64 && names?[0].hasSuffix("_lesion_number_12") == true)
  }
}
