// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The cells of a sheet as they are read, and the cells that are merged.
final class SheetGrid {
  /// Cells that are merged, counted from 0.
  struct Merged {
    let name: String
    let rows: ClosedRange<Int>
    let columns: ClosedRange<Int>
  }

  private var cells: [Int: [Int: String]] = [:]
  private(set) var merged: [Merged] = []
  private(set) var isTooLarge = false
  private var cell: (row: Int, column: Int)?
  private var type = ""
  private var style = 0
  private var inline = ""
  private var row = -1
  private var column = -1

  /// Rows of a sheet that are read, at most.
  static let mostRows = 200_000

  func begin(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "row":
      let stated = attributes["r"].flatMap(Int.init)
      guard (1...Self.mostRows).contains(stated ?? row + 2) else {
        isTooLarge = true
        return
      }
      row = stated.map { $0 - 1 } ?? row + 1
      column = -1
    case "c":
      let place = attributes["r"].flatMap(Self.place)
      // A cell without a place follows the one before.
      cell = place ?? (row, column + 1)
      column = cell?.column ?? column
      type = attributes["t"] ?? "n"
      style = attributes["s"].flatMap(Int.init) ?? 0
      inline = ""
    case "mergeCell":
      let ends = (attributes["ref"] ?? "").split(separator: ":").compactMap { Self.place(String($0)) }
      if ends.count == 2, ends[0].row <= ends[1].row, ends[0].column <= ends[1].column {
        merged.append(
          Merged(
            name: attributes["ref"] ?? "", rows: ends[0].row...ends[1].row,
            columns: ends[0].column...ends[1].column))
      }
    default: break
    }
  }

  func end(
    _ name: String, _ text: String, _ shared: [String], _ dates: Set<Int>, _ shares: Set<Int>,
    _ from1904: Bool
  ) {
    switch name {
    case "t" where type == "inlineStr": inline += text
    case "v":
      switch type {
      case "s": keep(Int(text).flatMap { shared.indices.contains($0) ? shared[$0] : nil } ?? "")
      case "b": keep(text == "1" ? "TRUE" : "FALSE")
      case "n":
        keep(
          dates.contains(style)
            ? Self.day(text, from1904) ?? text
            : shares.contains(style) ? Self.percent(text) : Self.number(text))
      case "d": keep(String(text.prefix(10)))
      default: keep(text)
      }
    case "c": if type == "inlineStr" { keep(inline) }
    default: break
    }
  }

  private func keep(_ text: String) {
    guard let cell, !text.isEmpty else { return }
    guard cell.row < Self.mostRows, cell.column < InputLimits.columns, cell.row >= 0, cell.column >= 0 else {
      isTooLarge = true
      return
    }
    cells[cell.row, default: [:]][cell.column] = text
  }

  /// "C12" as row 11 and column 2.
  private static func place(_ name: String) -> (row: Int, column: Int)? {
    let letters = name.prefix { $0.isLetter }.uppercased()
    guard !letters.isEmpty, letters.utf8.count <= 3, letters.utf8.allSatisfy({ (65...90).contains($0) }),
      let row = Int(name.dropFirst(letters.count)), row > 0
    else {
      return nil
    }
    let column = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
    return (row - 1, column - 1)
  }

  /// A number without the rounding of binary fractions: 12.300000000000001 is 12.3.
  private static func number(_ text: String) -> String {
    guard let value = Double(text), value.isFinite else { return text }
    let short = String(format: "%.15g", value)
    return short.contains("e") ? text : short
  }

  /// A share as it is shown: 0.35 is 35 %.
  private static func percent(_ text: String) -> String {
    Double(text).map { number(String(100 * $0)) + " %" } ?? text
  }

  /// The day of a spreadsheet's number of days; `nil` where it is none.
  private static func day(_ text: String, _ from1904: Bool) -> String? {
    guard let number = Double(text), (1..<200_000).contains(number) else { return nil }
    // Days since the last of 1899, as if 1900 had been a leap year; or since the first of 1904.
    let start = from1904 ? -2_082_844_800.0 : -2_209_161_600.0
    let date = Date(timeIntervalSince1970: start + number.rounded(.down) * 86_400)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
  }

  /// Whether a merged cell holds anything and spans other rows or columns that are read.
  func isUsed(_ merged: Merged) -> Bool { cells[merged.rows.lowerBound]?[merged.columns.lowerBound] != nil }

  /// Gives every row that a merged cell spans its value.
  ///
  /// - Throws: `InputError` for one that spans columns: which of them it is meant for is not known.
  func fillDown(_ path: String, _ sheet: String) throws(InputError) {
    for merged in merged where isUsed(merged) {
      guard merged.columns.count == 1 else {
        throw InputError(
          file: path, place: "sheet \(sheet), \(merged.name)", "is a cell merged over several columns",
          advice: "unmerge it: a list has one header line and one value a column")
      }
      let value = cells[merged.rows.lowerBound]?[merged.columns.lowerBound]
      for row in cells.keys where merged.rows.contains(row) { cells[row]?[merged.columns.lowerBound] = value }
    }
  }

  /// The rows that hold anything, each as wide as the widest.
  var records: [DelimitedText.Record] {
    let width = (cells.values.compactMap { $0.keys.max() }.max() ?? -1) + 1
    return cells.keys.sorted().map { row in
      DelimitedText.Record(line: row + 1, fields: (0..<width).map { cells[row]?[$0] ?? "" })
    }
  }
}
