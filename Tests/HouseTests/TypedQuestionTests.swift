// SPDX-License-Identifier: Apache-2.0
import Facts
import Foundation
import Testing

/// Rooms that make reasons: what they say is asked by kind and field, and facts by their names in `Facts` alone.
@Suite("Rooms that decide search no sentences and spell no facts")
struct TypedQuestionTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let rooms = [
    "Facts", "Reasons", "Eligibility", "Cases", "Radiotherapy", "Ablation", "Resection", "Planning",
  ]

  private static func files(_ room: String) throws -> [(name: String, text: String)] {
    let folder = root.appendingPathComponent("Sources/\(room)")
    let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return try (walker?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "swift" }
      .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// Lines that are code: a comment may quote anything.
  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
  }

  @Test("no text is searched", arguments: rooms)
  func noTextIsSearched(room: String) throws {
    let files = try Self.files(room)
    #expect(!files.isEmpty)
    for (name, text) in files {
      for line in Self.lines(text) {
        for search in [#"contains(""#, #"hasPrefix(""#, #"hasSuffix(""#] {
          #expect(!line.contains(search), "\(room)/\(name): \(line)")
        }
      }
    }
  }

  @Test("no fact is spelt outside its definition", arguments: rooms.filter { $0 != "Facts" })
  func noFactIsSpelt(room: String) throws {
    // Names of one word, as `age` or `sex`, are words of other things too.
    let names = Set(FactCatalogue.all.map(\.fact.name).filter { $0.contains(where: \.isUppercase) })
    #expect(names.count > 50)
    for (name, text) in try Self.files(room) {
      for line in Self.lines(text) {
        for literal in line.matches(of: /"([A-Za-z0-9()]+)"/).map({ String($0.1) }) {
          #expect(!names.contains(literal), "\(room)/\(name): \(line)")
        }
      }
    }
  }
}
