// SPDX-License-Identifier: Apache-2.0
import Foundation
import Interchange
import Testing

/// A service without ablation: judged, said, and never a first choice.
@Suite("What a service has, by the command", .serialized)
final class AvailabilityCommandTests: CommandFolder {
  private func prepare() throws {
    try write(
      "l.csv",
      "lesion_id,site,side,longest_axial_diameter_mm,depth_from_pleura_mm\nA,lung,right,12,10\nB,lung,left,9,12\n"
    )
    #expect(try run("import", "--lesions", "l.csv", "-o", "case.json").status == 0)
    try write(
      "site.yaml",
      "schema: oligoplan.protocol/1\nid: example\nversion: \"1\"\ntitle: Example\nextends: oligoplan-default\navailable: [metastasectomy, sbrt]\n"
    )
  }

  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test(
    "assess marks what the service does not have, on the page and for machines, and puts it after the rest")
  func assess() throws {
    try prepare()
    let made = try run("assess", "case.json", "--protocol", "site.yaml", "--format", "json")
    #expect(made.status == 0, "\(made.errors)")
    for lesion in try #require(try object(made.output)["lesions"] as? [[String: Any]]) {
      let modalities = try #require(lesion["modalities"] as? [[String: Any]])
      #expect(modalities.count == 5)
      for entry in modalities {
        let reason = entry["unavailable"] as? [String: Any]
        let isHere = ["metastasectomy", "sbrt"].contains(entry["modality"] as? String)
        #expect((reason == nil) == isHere)
        if let reason {
          #expect(reason["kind"] as? String == "judgement.notAvailable")
          #expect(reason["text"] as? String == "not available at this service")
        }
      }
      let order = modalities.filter { $0["verdict"] as? String != "ineligible" }.map {
        $0["unavailable"] != nil
      }
      #expect(order == order.sorted { !$0 && $1 }, "\(order)")
    }
    let page = try run("assess", "case.json", "--protocol", "site.yaml").text
    let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("Ablation not available at this service: A, B ("), "\(page)")
    #expect(page.contains("not here"))
    let usual = try run("assess", "case.json").text
    #expect(!usual.contains("not available") && !usual.contains("not here"))
    let table = try run("export", "case.json", "--as", "csv", "--protocol", "site.yaml", "-o", "a.csv")
    #expect(table.status == 0, "\(table.errors)")
    let rows = try String(contentsOf: folder.appendingPathComponent("a.csv"), encoding: .utf8)
    #expect(rows.contains("not available at this service"))
  }

  @Test("plan refuses it with that reason unless it is fixed")
  func plan() throws {
    try prepare()
    func planned(_ arguments: [String]) throws -> (choices: [String: String], refused: [[String: Any]]) {
      let made = try Command.run(
        ["plan", "case.json", "--protocol", "site.yaml", "--samples", "0", "--format", "json"] + arguments,
        in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let root = try object(made.output)
      let assignments = try #require(root["assignments"] as? [[String: Any]])
      return (
        Dictionary(
          uniqueKeysWithValues: assignments.map {
            ($0["lesion"] as? String ?? "", $0["modality"] as? String ?? "")
          }),
        try #require(root["refused"] as? [[String: Any]])
      )
    }
    let usual = try planned([])
    #expect(
      usual.choices.values.allSatisfy { ["metastasectomy", "sbrt", "observe", "untreated"].contains($0) })
    let refused = usual.refused.filter {
      $0["modality"] as? String == "microwave" && $0["why"] as? String == "not available at this service"
    }
    #expect(Set(refused.compactMap { $0["lesion"] as? String }) == ["A", "B"], "\(usual.refused)")
    let fixed = try planned(["--fix", "A=microwave: referred to the neighbouring hospital"])
    #expect(fixed.choices["A"] == "microwave" && fixed.choices["B"] != "microwave")
  }
}
