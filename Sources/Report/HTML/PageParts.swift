// SPDX-License-Identifier: Apache-2.0
internal import CReportPage
internal import Foundation
internal import Mustache

/// The files that the HTML report is made with, as they are built into the program.
struct PageParts {
  /// The templates, by name without ending.
  let library: MustacheLibrary
  /// Every word that a template or the script shows, by key.
  let words: [String: String]
  /// The style sheet.
  let style: String
  /// The script.
  let script: String
  /// The style sheet and the script of worklists.
  let worklistStyle: String
  /// See `worklistStyle`.
  let worklistScript: String

  /// Why a built-in file cannot be used: a defect of the build, which a test finds.
  struct Defect: Error { let part: String }

  /// Reads the built-in files.
  init() throws {
    var texts: [String: String] = [:]
    for place in 0..<oligoplan_page_part_count() {
      let part = oligoplan_page_part_at(place)
      texts[String(cString: part.name)] = String(
        decoding: UnsafeBufferPointer(start: part.bytes, count: part.size), as: UTF8.self)
    }
    func text(_ name: String) throws(Defect) -> String {
      guard let text = texts[name] else { throw Defect(part: name) }
      return text
    }
    MustacheContentTypes.register(PageText(), named: PageText.name)
    var library = MustacheLibrary()
    for (name, text) in texts where name.hasSuffix(".mustache") {
      // Breaks of lines at a template's end would stand between every two of its uses.
      let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
      try library.register(
        "{{% CONTENT_TYPE:\(PageText.name)}}" + body, named: String(name.dropLast(".mustache".count)))
    }
    self.library = library
    words = try JSONDecoder().decode([String: String].self, from: Data(try text("words.json").utf8))
    style = try text("report.css")
    script = try text("report.js")
    worklistStyle = try text("worklist.css")
    worklistScript = try text("worklist.js")
  }

  /// A template filled in.
  func rendered(_ template: String, _ content: Any) throws(Defect) -> String {
    guard let text = library.render(content, withTemplate: template) else { throw Defect(part: template) }
    return text
  }
}

/// Text within HTML: no name breaks out of its place, and what is not seen is written out.
///
/// By Unicode scalars: a mark that combines with a quotation mark makes one character of both, which no list of characters
/// holds, and the quotation mark still ends an attribute.
struct PageText: MustacheContentType {
  static let name = "OLIGOPLAN"

  func escapeText(_ text: String) -> String { Self.escaped(text) }

  /// A name with what is not seen written out, for the script, which puts it into the page as text.
  static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnseen) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isUnseen(scalar) {
        shown.append(contentsOf: writtenOut(scalar).unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// "<U+202E>".
  private static func writtenOut(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }

  static func escaped(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in visible(text).unicodeScalars {
      switch scalar {
      case "<": shown.append(contentsOf: "&lt;".unicodeScalars)
      case ">": shown.append(contentsOf: "&gt;".unicodeScalars)
      case "&": shown.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": shown.append(contentsOf: "&quot;".unicodeScalars)
      case "'": shown.append(contentsOf: "&#39;".unicodeScalars)
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// Controls, and what formats text without being seen, breaks of lines and the two joiners apart.
  static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n"
    case .format: scalar.value != 0x200C && scalar.value != 0x200D
    case .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// A JSON text that may stand in a script element: nothing in it ends the element or begins markup.
  static func script(_ json: String) -> String {
    var shown = ""
    shown.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      switch scalar.value {
      // Only within strings do these stand in JSON.
      case 0x3C, 0x3E, 0x26, 0x2028, 0x2029:
        let digits = String(scalar.value, radix: 16)
        shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
