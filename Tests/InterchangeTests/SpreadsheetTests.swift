// SPDX-License-Identifier: Apache-2.0
import Cases
import Facts
import Foundation
import Testing
import Vocabulary

@testable import Interchange

/// A workbook to be written by tests, its parts stored without packing.
private struct WorkbookDraft {
  var sheet =
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>site</t></is></c><c r=\"D1\" t=\"inlineStr\"><is><t>scan_date</t></is></c></row>"
    + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>L1</t></is></c><c r=\"B3\"><v>12.300000000000001</v></c><c r=\"C3\" t=\"str\"><f>x</f><v>lung</v></c><c r=\"D3\" s=\"1\"><v>46032</v></c></row>"
  var merged = ""
  var styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>"
  var shared =
    "<si><t>lesion_id</t></si><si><r><t>longest_</t></r><r><t>diameter_mm</t></r><rPh><t>x</t></rPh></si>"
  var sheets = ["List", "Other"]

  var bytes: [UInt8] {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    var parts: [(String, String)] = [
      (
        "xl/workbook.xml",
        "<workbook \(main) xmlns:r=\"r\"><sheets>"
          + sheets.enumerated().map {
            "<sheet name=\"\($0.element)\" sheetId=\"\($0.offset + 1)\" r:id=\"r\($0.offset)\"/>"
          }
          .joined() + "</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships>"
          + sheets.indices.map { "<Relationship Id=\"r\($0)\" Target=\"worksheets/sheet\($0).xml\"/>" }
          .joined()
          + "</Relationships>"
      ), ("xl/sharedStrings.xml", "<sst \(main)>\(shared)</sst>"),
      (
        "xl/styles.xml",
        "<styleSheet \(main)><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/></numFmts><cellXfs>\(styles)</cellXfs></styleSheet>"
      ),
    ]
    for index in sheets.indices {
      parts.append(
        (
          "xl/worksheets/sheet\(index).xml",
          "<worksheet \(main)><sheetData>\(index == 0 ? sheet : "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")</sheetData>\(index == 0 ? merged : "")</worksheet>"
        ))
    }
    return Self.zip(parts)
  }

  static func zip(_ parts: [(String, String)]) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in parts {
      let (name, text) = (Array(name.utf8), Array(text.utf8))
      let sizes = number(0, 4) + number(text.count, 4) + number(text.count, 4)
      let offset = bytes.count
      bytes +=
        number(0x0403_4B50, 4) + number(20, 2) + number(0, 8) + sizes + number(name.count, 2) + number(0, 2)
      bytes += name + text
      directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 8) + sizes
      directory += number(name.count, 2) + number(0, 12) + number(offset, 4) + name
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
      + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
    return bytes + directory + end
  }
}

@Suite("Spreadsheets as lesion lists")
struct SpreadsheetTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func read(_ draft: WorkbookDraft, _ options: LesionListOptions = LesionListOptions()) throws
    -> LesionList
  {
    try LesionListReader.read(try scratch.write("list.xlsx", draft.bytes), options)
  }

  @Test(
    "shared and inline text, numbers without binary rounding, dates by their format, formulas by their value")
  func cells() throws {
    let list = try read(WorkbookDraft())
    let lesion = try #require(list.lesions.first)
    #expect(list.lesions.count == 1)
    #expect(lesion.id == "L1")
    #expect(lesion.statements[.longestAxialDiameter]?.value == .number(12.3))
    #expect(lesion.site == .lung)
    // 46,032 days after the last of 1899.
    #expect(list.newestScan == "2026-01-10")
  }

  @Test("merged cells are refused, and filled down where that is asked for")
  func merged() throws {
    var draft = WorkbookDraft()
    draft.sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>patient_id</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>longest_diameter_mm</t></is></c></row>"
      + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>P1</t></is></c><c r=\"B2\"><v>10</v></c></row>"
      + "<row r=\"3\"><c r=\"B3\"><v>11</v></c></row>"
    draft.merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>"
    let message = try #require(throws: InputError.self) { try read(draft) }.description
    #expect(message.contains("A2:A3"))
    #expect(message.contains("--fill-down"))
    var options = LesionListOptions()
    options.fillsDown = true
    let list = try read(draft, options)
    #expect(list.patientID == "P1")
    #expect(list.lesions.count == 2)
    // A cell over several columns is meant for none of them.
    draft.merged = "<mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells>"
    #expect(throws: InputError.self) { try read(draft, options) }
  }

  @Test("a share is read as it is shown; places beyond all sheets are refused, not counted to")
  func sharesAndPlaces() throws {
    var draft = WorkbookDraft()
    draft.sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>lesion_id</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>longest_diameter_mm</t></is></c></row>"
      + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>L1</t></is></c><c r=\"B2\" s=\"2\"><v>0.35</v></c></row>"
    draft.styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/>"
    // 35 % is no length.
    #expect(throws: (any Error).self) { try read(draft) }
    for row in ["-9223372036854775808", "9223372036854775807", "0", "9999999"] {
      var wild = WorkbookDraft()
      wild.sheet += "<row r=\"\(row)\"><c><v>1</v></c></row><row><c><v>1</v></c></row>"
      #expect(throws: (any Error).self) { try read(wild) }
    }
    var options = LesionListOptions()
    options.fillsDown = true
    var long = WorkbookDraft()
    long.merged = "<mergeCells><mergeCell ref=\"A3:A9223372036854775000\"/></mergeCells>"
    #expect(try read(long, options).lesions.count == 1)
  }

  @Test("a sheet by its name; one that is not there is refused with those that are")
  func sheets() throws {
    var options = LesionListOptions()
    options.sheet = "List"
    #expect(try read(WorkbookDraft(), options).lesions.count == 1)
    options.sheet = "Liste"
    #expect(
      try #require(throws: InputError.self) { try read(WorkbookDraft(), options) }.description.contains(
        "List, Other"))
  }

  @Test("damaged, encrypted and foreign archives are refused")
  func damaged() throws {
    let good = WorkbookDraft().bytes
    for cut in [good.count / 3, good.count - 30, 40] {
      #expect(throws: (any Error).self) {
        try LesionListReader.read(try scratch.write("cut.xlsx", Array(good.prefix(cut))), LesionListOptions())
      }
    }
    let other = WorkbookDraft.zip([("a.txt", "x")])
    #expect(throws: InputError.self) {
      try LesionListReader.read(try scratch.write("other.xlsx", other), LesionListOptions())
    }
    // Every byte turned in its turn: words or a list, never a crash.
    for index in stride(from: 0, to: good.count, by: 7) {
      var bytes = good
      bytes[index] ^= 0x55
      _ = try? LesionListReader.read(try scratch.write("turned.xlsx", bytes), LesionListOptions())
    }
  }

  @Test("columns in a clinic's own words, given one by one or in a file")
  func columns() throws {
    let path = try scratch.write("l.csv", "Herd;Größe;Ort\nA;12;Lunge\n")
    #expect(throws: (any Error).self) { try LesionListReader.read(path, LesionListOptions()) }
    var options = LesionListOptions()
    options.columns = ["Größe": "longest_diameter_mm", "Herd": "lesion_id", "Ort": "site"]
    let lesion = try LesionListReader.read(path, options).lesions.first
    #expect(lesion?.id == "A")
    #expect(lesion?.statements[.longestAxialDiameter]?.value == .number(12))
    options.columns["Höhe"] = "x_mm"
    #expect(throws: InputError.self) { try LesionListReader.read(path, options) }
    options.columns["Höhe"] = nil
    options.usualColumns = ["Höhe": "x_mm"]
    #expect(try LesionListReader.read(path, options).lesions.count == 1)
    options.columns["Ort"] = "nonsense"
    #expect(throws: InputError.self) { try LesionListReader.read(path, options) }
    let file = try scratch.write("columns.txt", "# ours\nGröße=longest_diameter_mm\n\nA=B = x_mm\n")
    #expect(try ColumnMapping.read(file) == ["Größe": "longest_diameter_mm", "A=B": "x_mm"])
    #expect(throws: InputError.self) { try ColumnMapping.pair("Größe") }
  }
}
