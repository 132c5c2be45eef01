// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A sheet of a spreadsheet (XLSX) as rows of text, as a list in CSV would have them.
///
/// Numbers are written in full, dates as YYYY-MM-DD; of a formula its last value counts. Merged cells are refused, or given
/// to every row they span where the user says so: a blank is not the row above's by itself.
struct Workbook {
  private let path: String
  private let archive: ZipArchive
  private var shared: [String] = []
  /// Which cell styles show a date.
  private var dates: Set<Int> = []
  /// Which cell styles show a share in per cent.
  private var shares: Set<Int> = []
  private var startsIn1904 = false
  private var sheets: [(name: String, part: String)] = []

  /// Whether a file is a workbook.
  static func isWorkbook(_ path: String) -> Bool {
    (try? ZipArchive(path: path))?.holds("xl/workbook.xml") ?? false
  }

  /// Opens a workbook.
  ///
  /// - Throws: `InputError` for a file that is none, or damaged.
  init(path: String) throws(InputError) {
    self.path = path
    archive = try ZipArchive(path: path)
    guard archive.holds("xl/workbook.xml") else {
      throw InputError(
        file: path, "is an archive, no spreadsheet", advice: "unpack it, or give an .xlsx file")
    }
    try readSheets()
    try readShared()
    try readStyles()
  }

  private func part(_ name: String) throws(InputError) -> Data {
    guard let data = try archive.contents(name) else {
      throw InputError(file: path, place: name, "is missing", advice: "save the spreadsheet again")
    }
    return data
  }

  private func damaged(_ name: String) -> InputError {
    InputError(file: path, place: name, "is no XML", advice: "save the spreadsheet again")
  }

  private mutating func readSheets() throws(InputError) {
    var targets: [String: String] = [:]
    let links = "xl/_rels/workbook.xml.rels"
    guard
      SheetXML.read(
        try part(links),
        begin: { name, attributes in
          if name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
            targets[id] = target
          }
        }, end: { _, _ in })
    else { throw damaged(links) }
    var found: [(String, String)] = []
    var from1904 = false
    guard
      SheetXML.read(
        try part("xl/workbook.xml"),
        begin: { name, attributes in
          if name == "workbookPr" { from1904 = ["1", "true"].contains(attributes["date1904"] ?? "") }
          if name == "sheet", let title = attributes["name"],
            let id = attributes.first(where: { $0.key.hasSuffix(":id") })?.value, let target = targets[id]
          {
            found.append((title, target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target))
          }
        }, end: { _, _ in })
    else { throw damaged("xl/workbook.xml") }
    startsIn1904 = from1904
    sheets = found
    guard !sheets.isEmpty else { throw InputError(file: path, "has no sheet", advice: "save it again") }
  }

  private mutating func readShared() throws(InputError) {
    let name = "xl/sharedStrings.xml"
    guard let data = try archive.contents(name) else { return }
    var strings: [String] = []
    var current = ""
    var isPhonetic = false
    guard
      SheetXML.read(
        data,
        begin: { name, _ in
          if name == "si" { current = "" }
          if name == "rPh" { isPhonetic = true }
        },
        end: { name, text in
          // Text in several fonts stands in several runs.
          if name == "t", !isPhonetic { current += text }
          if name == "rPh" { isPhonetic = false }
          if name == "si" { strings.append(current) }
        })
    else { throw damaged(name) }
    shared = strings
  }

  private mutating func readStyles() throws(InputError) {
    let name = "xl/styles.xml"
    guard let data = try archive.contents(name) else { return }
    var formats: [Int: String] = [:]
    var found: Set<Int> = []
    var percents: Set<Int> = []
    var isCell = false
    var style = 0
    guard
      SheetXML.read(
        data,
        begin: { name, attributes in
          if name == "numFmt", let id = attributes["numFmtId"].flatMap(Int.init) {
            formats[id] = attributes["formatCode"] ?? ""
          }
          if name == "cellXfs" { isCell = true }
          if name == "xf", isCell {
            let id = attributes["numFmtId"].flatMap(Int.init) ?? 0
            if Self.isDate(id, formats[id]) { found.insert(style) }
            if id == 9 || id == 10 || (formats[id] ?? "").contains("%") { percents.insert(style) }
            style += 1
          }
        },
        end: { name, _ in if name == "cellXfs" { isCell = false } })
    else { throw damaged(name) }
    dates = found
    shares = percents
  }

  /// Whether a number format shows a day: the built-in ones, or codes with year or day outside of quotes and brackets.
  private static func isDate(_ id: Int, _ code: String?) -> Bool {
    if (14...17).contains(id) || id == 22 || (27...36).contains(id) || (50...58).contains(id) { return true }
    guard let code else { return false }
    var bare = ""
    var closing: Character?
    for letter in code {
      if let wanted = closing {
        if letter == wanted { closing = nil }
      } else if letter == "\"" {
        closing = "\""
      } else if letter == "[" {
        closing = "]"
      } else {
        bare.append(letter)
      }
    }
    return bare.lowercased().contains { $0 == "y" || $0 == "d" }
  }

  /// Which sheet is read, where there are others; `nil` for a workbook of one.
  func note(sheet wanted: String?) -> String? {
    guard wanted == nil, sheets.count > 1 else { return nil }
    let others = sheets.dropFirst().map { VisibleText.escaped($0.name) }.joined(separator: ", ")
    return
      "has \(sheets.count) sheets; the first, \(VisibleText.escaped(sheets[0].name)), was read, not \(others): --sheet NAME says which"
  }

  // MARK: Rows

  /// The rows of a sheet that hold anything; a row's line is its number in the sheet.
  ///
  /// - Parameters:
  ///   - wanted: the sheet's name; the first one without it.
  ///   - fillsDown: whether a merged cell counts for every row it spans.
  /// - Throws: `InputError` for a sheet that is not there, and for merged cells.
  func rows(sheet wanted: String?, fillsDown: Bool) throws(InputError) -> [DelimitedText.Record] {
    guard let sheet = wanted.map({ name in sheets.first { $0.name == name } }) ?? sheets.first else {
      throw InputError(
        file: path, "has no sheet \(wanted ?? "")",
        advice: "there are: " + sheets.map { VisibleText.escaped($0.name) }.joined(separator: ", "))
    }
    let grid = SheetGrid()
    let shared = shared
    let dates = dates
    let from1904 = startsIn1904
    let shares = shares
    guard
      SheetXML.read(
        try part(sheet.part), begin: { name, attributes in grid.begin(name, attributes) },
        end: { name, text in grid.end(name, text, shared, dates, shares, from1904) })
    else { throw damaged(sheet.part) }
    guard !grid.isTooLarge else {
      throw InputError(
        file: path, place: "sheet \(VisibleText.escaped(sheet.name))",
        "has more rows or columns than a list of lesions", advice: "keep the columns that tell of lesions")
    }
    if let merged = grid.merged.first(where: { grid.isUsed($0) }), !fillsDown {
      throw InputError(
        file: path, place: "sheet \(VisibleText.escaped(sheet.name)), \(merged.name)",
        "is a merged cell, and a blank is not the row above's by itself",
        advice: "--fill-down gives its value to every row that it spans; or unmerge it")
    }
    if fillsDown { try grid.fillDown(path, VisibleText.escaped(sheet.name)) }
    return grid.records
  }
}
