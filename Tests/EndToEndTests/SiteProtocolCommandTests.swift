// SPDX-License-Identifier: Apache-2.0
import Foundation
import Interchange
import Testing

/// A site's protocol by the command: what follows from it, and what every output says of its origin.
@Suite("A site's protocol by the command", .serialized)
final class SiteProtocolCommandTests: CommandFolder {
  private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "Examples/site-protocol.yaml")

  private func assessed(_ arguments: [String]) throws -> [String: Any] {
    let made = try Command.run(["assess", "case.json", "--format", "json"] + arguments, in: folder)
    #expect(made.status == 0, "\(made.errors)")
    return try #require(try JSONSerialization.jsonObject(with: made.output) as? [String: Any])
  }

  /// What is said of one rule, over all lesions and therapies.
  private func findings(_ root: [String: Any], of rule: String) throws -> [String] {
    let lesions = try #require(root["lesions"] as? [[String: Any]])
    return lesions.flatMap { $0["modalities"] as? [[String: Any]] ?? [] }.flatMap {
      $0["findings"] as? [[String: Any]] ?? []
    }.filter { $0["rule"] as? String == rule }.compactMap { $0["text"] as? String }
  }

  @Test("the changed number speaks, and what is extended is named with its hash")
  func site() throws {
    try write("l.csv", "lesion_id,site,side,longest_diameter_mm\nA,lung,right,12\n")
    try write("p.yaml", "platelets_10e9_l: 60\n")
    let imported = try run("import", "--lesions", "l.csv", "--patient", "p.yaml", "-o", "case.json")
    #expect(imported.status == 0, "\(imported.errors)")
    try write("site.yaml", String(contentsOf: Self.example, encoding: .utf8))

    let before = try assessed([])
    let after = try assessed(["--protocol", "site.yaml"])
    #expect(try findings(before, of: "ablation.platelets").allSatisfy { $0.contains("at least 50") })
    let changed = try findings(after, of: "ablation.platelets")
    #expect(changed.count == 3 && changed.allSatisfy { $0.contains("below 80") }, "\(changed)")

    func entry(_ root: [String: Any]) throws -> [String: Any] {
      let provenance = try #require(root["provenance"] as? [String: Any])
      return try #require(provenance["protocol"] as? [String: Any])
    }
    let shipped = try entry(before)
    #expect(shipped["extends"] == nil)
    let own = try entry(after)
    #expect(own["id"] as? String == "example-hospital")
    let extends = try #require(own["extends"] as? [String: Any])
    for key in ["id", "version", "sha256"] { #expect(extends[key] as? String == shipped[key] as? String) }
    #expect(own["sha256"] as? String != shipped["sha256"] as? String)

    let text = try run("assess", "case.json", "--protocol", "site.yaml").text
    #expect(
      text.replacingOccurrences(of: "\n", with: " ").contains(
        "example-hospital 2026.1 (extends oligoplan-default"))
    #expect(try run("protocol", "check", "site.yaml").text.contains("385 rules"))
  }

  @Test("rules are written out once they are asked for, and the schema knows both kinds of files")
  func shown() throws {
    try write("site.yaml", String(contentsOf: Self.example, encoding: .utf8))
    let plain = try run("protocol", "show", "site.yaml", "--expanded")
    #expect(plain.status == 0, "\(plain.errors)")
    try write("whole.yaml", plain.text)
    #expect(try run("protocol", "check", "whole.yaml").text.contains("385 rules"))
    #expect(try run("protocol", "show", "site.yaml").text.contains("extends: oligoplan-default"))
    let schema = try run("protocol", "schema").text
    for word in ["forEach", "overrides", "patches", "extends"] { #expect(schema.contains("\"\(word)\"")) }

    try write(
      "bad.yaml",
      String(contentsOf: Self.example, encoding: .utf8).replacing("ablation.platelets", with: "platelet"))
    let refused = try run("assess", "none.json", "--protocol", "bad.yaml")
    #expect(refused.status != 0)
    let checked = try run("protocol", "check", "bad.yaml")
    #expect(checked.status == 65)
    #expect(
      checked.errors.contains("bad.yaml:12: there is no rule platelet"), "\(checked.errors)")
  }
}
