// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The header of an NRRD file, as its fields stand (teem's NRRD0001 to NRRD0005).
struct NRRDHeader {
  /// Fields by name in small letters: "space directions: …".
  private(set) var fields: [String: String] = [:]
  /// Keys and values of writers: "Segment0_Name:=liver".
  private(set) var values: [String: String] = [:]
  /// Where the data begin in the file.
  let dataOffset: Int

  /// More than the header of any segmentation takes: each of a thousand segments has a dozen lines.
  private static let mostBytes = 16 << 20

  /// Reads the header.
  ///
  /// - Throws: `InputError` for no NRRD, a header without an end, or data in a file of its own.
  init(path: String, readable: String) throws(InputError) {
    let bytes = try Self.head(readable, path)
    var line = 0
    var start = 0
    var offset: Int?
    while start < bytes.count {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { break }
      var stop = end
      if stop > start, bytes[stop - 1] == 0x0D { stop -= 1 }
      let text = String(decoding: bytes[start..<stop], as: UTF8.self)
      start = end + 1
      line += 1
      if line == 1 {
        guard text.hasPrefix("NRRD000"), let version = text.last.flatMap({ $0.wholeNumberValue }),
          (1...5).contains(version), text.count == 8
        else { throw InputError(file: path, "is no NRRD file", advice: "give a .nrrd or .seg.nrrd file") }
        continue
      }
      if text.isEmpty {
        offset = start
        break
      }
      if text.hasPrefix("#") { continue }
      if let sign = text.range(of: ":=") {
        values[String(text[..<sign.lowerBound])] = String(text[sign.upperBound...])
      } else if let sign = text.range(of: ": ") {
        fields[text[..<sign.lowerBound].lowercased()] = text[sign.upperBound...].trimmingCharacters(
          in: .whitespaces)
      } else {
        throw InputError(
          file: path, place: "header, line \(line)", "is no field",
          advice: "the file is damaged; write it again")
      }
    }
    if fields["data file"] != nil || fields["datafile"] != nil {
      throw InputError(
        file: path, place: "data file", "its voxels lie in another file",
        advice: "save it as one .nrrd file, header and voxels together")
    }
    guard let offset else {
      throw InputError(
        file: path, "its header has no end", advice: "the file is damaged or cut short; write it again")
    }
    dataOffset = offset
  }

  private static func head(_ readable: String, _ path: String) throws(InputError) -> [UInt8] {
    // Most headers are short: read more only where none ends.
    for length in [1 << 16, mostBytes] {
      let bytes = try Descriptor.reading(readable).piece(of: path, length)
      if bytes.count < length || bytes.containsBlankLine { return bytes }
    }
    throw InputError(
      file: path, "its header goes on beyond \(mostBytes >> 20) MB", advice: "is it an NRRD file?")
  }

  /// A field as numbers apart from one another by spaces; `nil` where it is absent or is none.
  func numbers(_ field: String) -> [Double]? {
    guard let text = fields[field] else { return nil }
    let words = text.split(separator: " ")
    let numbers = words.compactMap { Double($0) }
    return numbers.count == words.count ? numbers : nil
  }

  /// A field as vectors, "(1,0,0) none (0,1,0)", `nil` standing for "none"; `nil` where it is absent or damaged.
  func vectors(_ field: String) -> [[Double]?]? {
    guard let text = fields[field] else { return nil }
    var found: [[Double]?] = []
    var rest = Substring(text)
    while true {
      rest = rest.drop { $0 == " " }
      guard let first = rest.first else { return found }
      if rest.hasPrefix("none") {
        found.append(nil)
        rest = rest.dropFirst(4)
        continue
      }
      guard first == "(", let close = rest.firstIndex(of: ")") else { return nil }
      let words = rest[rest.index(after: rest.startIndex)..<close].split(separator: ",")
      let numbers = words.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
      guard numbers.count == words.count else { return nil }
      found.append(numbers)
      rest = rest[rest.index(after: close)...]
    }
  }

  /// A field as words apart from one another by spaces.
  func words(_ field: String) -> [String]? {
    fields[field]?.split(separator: " ").map(String.init)
  }
}

extension [UInt8] {
  /// Whether a line without anything ends the header.
  fileprivate var containsBlankLine: Bool {
    var previous: UInt8 = 0
    for byte in self where byte != 0x0D {
      if byte == 0x0A, previous == 0x0A { return true }
      previous = byte
    }
    return false
  }
}
