// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What the examples' page tells a reader to type must work as it stands.
@Suite("The commands of Examples/README.md", .serialized)
final class ExamplesTests: CommandFolder {
  private static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Examples")

  /// The lines of the page's code blocks that run the command, word by word.
  private static func commands() throws -> [[String]] {
    let page = try String(contentsOf: examples.appendingPathComponent("README.md"), encoding: .utf8)
    var isCode = false
    var commands: [[String]] = []
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isCode.toggle()
      } else if isCode, line.hasPrefix("oligoplan ") {
        commands.append(line.split(separator: " ").dropFirst().map(String.init))
      }
    }
    return commands
  }

  private func copyExamples() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.examples.path) {
      let file = Self.examples.appendingPathComponent(name)
      try Data(contentsOf: file).write(to: folder.appendingPathComponent(name))
    }
  }

  @Test("every command of the page ends with status 0, in the order of the page")
  func commandsRun() throws {
    try copyExamples()
    let commands = try Self.commands()
    #expect(commands.count > 10)
    for words in commands {
      let result = try Command.run(words, in: folder)
      #expect(result.status == 0, "oligoplan \(words.joined(separator: " ")): \(result.errors)")
    }
    #expect(exists("pages/L2-microwave.html"))
    let plan = try Data(contentsOf: folder.appendingPathComponent("patient.json"))
    #expect(try Data(contentsOf: folder.appendingPathComponent("again.json")) == plan)

    // The zone is the table's: 38 × 32 mm, whole axes.
    let ablation = try JSONSerialization.jsonObject(
      with: try Data(contentsOf: folder.appendingPathComponent("microwave.json")))
    let proposals = try #require((ablation as? [String: Any])?["proposals"] as? [[String: Any]])
    let proposal = try #require(proposals.first?["proposal"] as? [String: Any])
    let zones = try #require(proposal["zones"] as? [[String: Any]])
    #expect(zones.first?["semiAxesMM"] as? [Double] == [19, 16])
  }

  @Test("the list is assessed as the page shows")
  func answers() throws {
    try copyExamples()
    #expect(
      try run("import", "--lesions", "lesions.csv", "--patient", "patient.yaml", "-o", "case").status == 0)
    let page = try String(
      contentsOf: Self.examples.appendingPathComponent("README.md"), encoding: .utf8)
    let shown = page.split(separator: "\n").filter { line in
      ["A  ", "B  ", "C  "].contains { line.hasPrefix($0) }
    }
    #expect(shown.count == 3)
    let text = try run("assess", "case").text
    for row in shown { #expect(text.contains(row), "\(row)") }
  }
}
