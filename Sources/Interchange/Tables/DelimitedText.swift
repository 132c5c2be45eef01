// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Reads CSV and TSV (RFC 4180) in a stream: quoted fields with separators, quotes and line breaks in them,
/// LF or CRLF, an optional byte-order mark.
///
/// Memory is bounded by the longest row, not by the file.
struct DelimitedText {
  /// One record with the line it starts on.
  struct Record {
    let line: Int
    let fields: [String]
  }

  private static let chunkSize = 1 << 20
  /// A record longer than this is taken for a missing closing quote.
  private static let longestRecord = 1 << 22

  let path: String
  private let source: Descriptor
  private var chunk: [UInt8] = []
  private var position = 0
  private var line = 1
  private var separator: UInt8?
  private var ended = false

  init(path: String) throws(InputError) {
    self.path = path
    source = try Descriptor.reading(try PipeContents.readable(path))
    try fill()
    if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipSeparatorLine()
  }

  /// Reads the line `sep=;` that spreadsheets take for the separator of what follows.
  private mutating func skipSeparatorLine() {
    let line = chunk[position...].prefix { $0 != UInt8(ascii: "\n") }
    let text = line.filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\"") }
    guard text.count == 5, String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep=",
      let named = text.last
    else { return }
    separator = named
    position = min(chunk.count, position + line.count + 1)
    self.line += 1
  }

  private mutating func fill() throws(InputError) {
    chunk = try source.piece(of: path, Self.chunkSize)
    position = 0
    ended = chunk.isEmpty
  }

  private mutating func next() throws(InputError) -> UInt8? {
    if position == chunk.count {
      guard !ended else { return nil }
      try fill()
      guard !ended else { return nil }
    }
    defer { position += 1 }
    return chunk[position]
  }

  private mutating func peek() throws(InputError) -> UInt8? {
    if position == chunk.count, !ended { try fill() }
    return position < chunk.count ? chunk[position] : nil
  }

  /// The next record that is not empty, or `nil` at the end.
  ///
  /// The first record settles the separator: a tab, a semicolon or a comma, whichever its line holds outside
  /// quotes first in this order.
  mutating func record() throws(InputError) -> Record? {
    while true {
      guard let record = try rawRecord() else { return nil }
      if record.fields.count > 1 || !(record.fields.first ?? "").allSatisfy(\.isWhitespace) { return record }
    }
  }

  private mutating func settleSeparator() -> UInt8 {
    var seen: Set<UInt8> = []
    var quoted = false
    for byte in chunk[position...] {
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if quoted { continue }
      if byte == UInt8(ascii: "\n") { break }
      seen.insert(byte)
    }
    return [UInt8(ascii: "\t"), UInt8(ascii: ";")].first(where: seen.contains) ?? UInt8(ascii: ",")
  }

  private mutating func rawRecord() throws(InputError) -> Record? {
    guard try peek() != nil else { return nil }
    let separator = self.separator ?? settleSeparator()
    self.separator = separator
    let start = line
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var quoted = false
    var fieldStart = true
    while true {
      guard let byte = try next() else {
        guard !quoted else { throw openQuote(start) }
        break
      }
      if quoted {
        if byte == UInt8(ascii: "\"") {
          if try peek() == UInt8(ascii: "\"") {
            bytes.append(byte)
            _ = try next()
          } else {
            quoted = false
          }
        } else {
          if byte == UInt8(ascii: "\n") { line += 1 }
          bytes.append(byte)
          if bytes.count > Self.longestRecord { throw openQuote(start) }
        }
        continue
      }
      if byte == UInt8(ascii: "\""), fieldStart {
        quoted = true
        fieldStart = false
      } else if byte == separator {
        ends.append(bytes.count)
        fieldStart = true
      } else if byte == UInt8(ascii: "\n") {
        line += 1
        break
      } else if byte == UInt8(ascii: "\r"), try isLineEnd() {
        continue
      } else {
        bytes.append(byte)
        fieldStart = false
        if bytes.count > Self.longestRecord {
          throw InputError(
            file: path, place: "line \(start)", "a record of over 4 MB", advice: "is this a text table?")
        }
      }
    }
    ends.append(bytes.count)
    var fields: [String] = []
    var from = 0
    for end in ends {
      guard let field = String(validating: bytes[from..<end], as: UTF8.self) else {
        throw InputError(
          file: path, place: "line \(start)", "bytes that are not UTF-8",
          advice: "save the list as UTF-8 (spreadsheets: CSV UTF-8)")
      }
      fields.append(field)
      from = end
    }
    return Record(line: start, fields: fields)
  }

  private mutating func isLineEnd() throws(InputError) -> Bool {
    let byte = try peek()
    return byte == UInt8(ascii: "\n") || byte == nil
  }

  private func openQuote(_ start: Int) -> InputError {
    InputError(
      file: path, place: "line \(start)", "a quote is opened and never closed",
      advice: "close it, or double quotes inside a field")
  }
}
