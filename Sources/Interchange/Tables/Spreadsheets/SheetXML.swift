// SPDX-License-Identifier: Apache-2.0

/// The elements of one XML part of a workbook, as they come.
///
/// As much of XML as spreadsheets write: elements, attributes, text, the five named entities and numbered characters, CDATA,
/// comments. A document type is refused, and with it every entity of a file's own. Foundation's parser stops the process on
/// attributes that are damaged.
struct SheetXML {
  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads a part; false where it is no XML.
  ///
  /// - Parameters:
  ///   - begin: an element's start with its attributes; names without what stands before a colon, but `r:id` as it is.
  ///   - end: an element's end with the text since the last start or end.
  static func read(
    _ data: some Sequence<UInt8>, begin: (String, [String: String]) -> Void, end: (String, String) -> Void
  ) -> Bool {
    var reader = SheetXML(Array(data))
    return reader.read(begin, end)
  }

  private mutating func read(
    _ begin: (String, [String: String]) -> Void, _ end: (String, String) -> Void
  ) -> Bool {
    var open: [String] = []
    var text: [UInt8] = []
    var hasRoot = false
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        guard takeText(into: &text) else { return false }
        continue
      }
      if starts(with: "<?") {
        guard skip(beyond: "?>") else { return false }
      } else if starts(with: "<!--") {
        guard skip(beyond: "-->") else { return false }
      } else if starts(with: "<![CDATA[") {
        at += 9
        let start = at
        guard skip(beyond: "]]>") else { return false }
        text += bytes[start..<(at - 3)]
      } else if starts(with: "<!") {
        return false
      } else if starts(with: "</") {
        at += 2
        guard let name = takeName(), open.popLast() == name else { return false }
        skipBlanks()
        guard take(">"), let words = String(validating: text, as: UTF8.self) else { return false }
        end(Self.plain(name), words)
        text.removeAll(keepingCapacity: true)
      } else {
        at += 1
        guard let name = takeName(), let attributes = takeAttributes(), open.count < Self.deepest else {
          return false
        }
        hasRoot = true
        text.removeAll(keepingCapacity: true)
        begin(Self.plain(name), attributes)
        if take("/") {
          guard take(">") else { return false }
          end(Self.plain(name), "")
        } else {
          guard take(">") else { return false }
          open.append(name)
        }
      }
    }
    return hasRoot && open.isEmpty
  }

  /// Elements within one another, at most: a sheet has five.
  private static let deepest = 100

  private static func plain(_ name: String) -> String {
    name.split(separator: ":").last.map(String.init) ?? name
  }

  private func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard at + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[at + $0] == text.utf8Start[$0] }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    guard starts(with: text) else { return false }
    at += text.utf8CodeUnitCount
    return true
  }

  /// Goes on behind the next place of a text; false where it does not come.
  private mutating func skip(beyond text: StaticString) -> Bool {
    while at < bytes.count {
      if take(text) { return true }
      at += 1
    }
    return false
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  /// A name: letters, digits and a few signs; `nil` where none stands here.
  private mutating func takeName() -> String? {
    let start = at
    while at < bytes.count, !Self.endsName.contains(bytes[at]) { at += 1 }
    guard at > start else { return nil }
    return String(validating: bytes[start..<at], as: UTF8.self)
  }

  private static let endsName = Set(" \t\n\r=/><\"'&".utf8)

  private mutating func takeAttributes() -> [String: String]? {
    var found: [String: String] = [:]
    while true {
      skipBlanks()
      guard at < bytes.count else { return nil }
      if bytes[at] == UInt8(ascii: ">") || bytes[at] == UInt8(ascii: "/") { return found }
      guard let name = takeName() else { return nil }
      skipBlanks()
      guard take("=") else { return nil }
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
        return nil
      }
      let quote = bytes[at]
      at += 1
      var value: [UInt8] = []
      while at < bytes.count, bytes[at] != quote {
        guard bytes[at] != UInt8(ascii: "<") else { return nil }
        if bytes[at] == UInt8(ascii: "&") {
          guard takeEntity(into: &value) else { return nil }
        } else {
          value.append(bytes[at])
          at += 1
        }
      }
      guard at < bytes.count, let words = String(validating: value, as: UTF8.self) else { return nil }
      at += 1
      // Twice the same is no XML.
      guard found.updateValue(words, forKey: name) == nil else { return nil }
    }
  }

  private mutating func takeText(into text: inout [UInt8]) -> Bool {
    while at < bytes.count, bytes[at] != UInt8(ascii: "<") {
      if bytes[at] == UInt8(ascii: "&") {
        guard takeEntity(into: &text) else { return false }
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    return true
  }

  /// An entity that XML itself names, or a character by its number.
  private mutating func takeEntity(into text: inout [UInt8]) -> Bool {
    guard let close = bytes[at...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return false }
    let name = String(decoding: bytes[(at + 1)..<close], as: UTF8.self)
    at = close + 1
    switch name {
    case "amp": text.append(UInt8(ascii: "&"))
    case "lt": text.append(UInt8(ascii: "<"))
    case "gt": text.append(UInt8(ascii: ">"))
    case "quot": text.append(UInt8(ascii: "\""))
    case "apos": text.append(UInt8(ascii: "'"))
    default:
      guard name.hasPrefix("#") else { return false }
      let digits = name.dropFirst()
      let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let number, let scalar = Unicode.Scalar(number) else { return false }
      text += Array(String(Character(scalar)).utf8)
    }
    return true
  }
}
