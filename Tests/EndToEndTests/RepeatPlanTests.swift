// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A plan is made again from its own file, to the last byte.
@Suite("Plans keep what shaped them", .serialized)
final class RepeatPlanTests: CommandFolder {
  private func provenance(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent(name))
    let plan = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(plan["provenance"] as? [String: Any])
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  @Test("SBRT and ablation, with options and devices of one's own")
  func oneModality() throws {
    try thoraxCase(dose: "fractions=3,date=2025-09-25")
    let plans = [
      [
        "--modality", "sbrt", "--lesion", "L2", "--scheme", "L2=L-P-48/4", "--technique", "noFourDCT",
        "--grid", "3",
      ],
      ["--modality", "sbrt", "--lesion", "L2"],
      ["--modality", "microwave", "--lesion", "L7", "--candidates", "1000", "--position", "prone"],
      ["--modality", "metastasectomy", "--lesion", "L7"],
    ]
    for (index, options) in plans.enumerated() {
      let (first, second) = ("a\(index).json", "b\(index).json")
      let made = try Command.run(["plan", "case.json"] + options + ["-o", first], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let again = try run("plan", "case.json", "--again", first, "-o", second)
      #expect(again.status == 0, "\(again.errors)")
      #expect(try bytes(first) == bytes(second), "\(options)")
    }
    let kept = try #require(try provenance("a0.json")["options"] as? [String: [String]])
    #expect(
      kept["scheme"] == ["L2=L-P-48/4"] && kept["technique"] == ["noFourDCT"] && kept["grid"] == ["3.0"])
    #expect(kept["modality"] == ["sbrt"] && kept["lesion"] == ["L2"])
    #expect(
      try #require(try provenance("a2.json")["options"] as? [String: [String]])["candidates"] == ["1000"])
    // No scan is dated, so no day is taken for granted.
    #expect(try provenance("a0.json")["referenceDayFrom"] as? String == "unknown")
    #expect(try provenance("a0.json")["referenceDay"] == nil)
    let text = try run("plan", "case.json", "--modality", "sbrt", "--lesion", "L2").text
    #expect(text.replacingOccurrences(of: "\n", with: " ").contains("no scan is dated; give --on"))
    #expect(try run("plan", "case.json", "--again", "a0.json", "--technique", "itv4DCT").status == 64)
    #expect(try run("plan", "case.json", "--again", "case.json").status == 65)
  }

  @Test("a table of devices is hashed, told, and asked for again")
  func devices() throws {
    try thoraxCase(dose: "fractions=3,date=2025-09-25")
    try write(
      "ours.yaml",
      """
      schema: oligoplan.devices/1
      devices:
      - {id: ours, name: Our antenna, energy: microwave, basis: clinical, tissue: lung, derating: 1, diameterMM: 2,
         lengthsMM: [150, 200], mark: verified, sources: [our follow-up],
         settings: [{id: 100 W 8 min, longMM: 38, shortMM: 32, pastTipMM: 8}]}
      """)
    let made = try run(
      "plan", "case.json", "--modality", "microwave", "--lesion", "L7", "--candidates", "1000", "--devices",
      "ours.yaml", "-o", "a.json")
    guard made.status == 0 else {
      Issue.record("\(made.errors)")
      return
    }
    let told = try #require(try provenance("a.json")["devices"] as? [String: String])
    #expect(told["name"] == "ours.yaml" && told["sha256"]?.count == 64)
    let assessed = try run("assess", "case.json", "--plan", "a.json", "--format", "json")
    #expect(assessed.status == 0 && assessed.text.contains("was made with the devices of ours.yaml"))
    #expect(try run("plan", "case.json", "--again", "a.json", "-o", "b.json").status == 65)
    #expect(
      try run("plan", "case.json", "--again", "a.json", "--devices", "ours.yaml", "-o", "b.json").status == 0)
    #expect(try bytes("a.json") == bytes("b.json"))
    try write("ours.yaml", String(decoding: try bytes("ours.yaml"), as: UTF8.self) + "\n# another\n")
    #expect(
      try run("plan", "case.json", "--again", "a.json", "--devices", "ours.yaml", "-o", "b.json").status == 65
    )
  }

  @Test("the patient as a whole: decisions, draws and the reference day")
  func joint() throws {
    try write(
      "lesions.csv",
      """
      lesion_id,site,lobe,longest_diameter_mm,depth_from_pleura_mm,scan_date
      A,lung,RUL,9,12,2026-04-02
      B,lung,LLL,14,5,2026-04-02
      C,lung,RLL,22,8,2026-04-02

      """)
    try write("patient.yaml", "ecog: 1\nfev1_percent_predicted: 85\ndlco_percent_predicted: 80\ninr: 1.0\n")
    #expect(
      try run("import", "--lesions", "lesions.csv", "--patient", "patient.yaml", "-o", "case.json").status
        == 0)
    let made = try run(
      "plan", "case.json", "--samples", "50", "--seed", "7", "--forbid", "A=surgery,ablation: declined", "-o",
      "a.json")
    #expect(made.status == 0, "\(made.errors)")
    #expect(try run("plan", "case.json", "--again", "a.json", "-o", "b.json").status == 0)
    // A plan from elsewhere says how to plan, never where to write, and its values are no options.
    let plan = try #require(try JSONSerialization.jsonObject(with: try bytes("a.json")) as? [String: Any])
    for (name, value) in [
      ("output", "lesions.csv"), ("protocol", "p.yaml"), ("samples", "nan"), ("fix", "--output=x"),
    ] {
      var forged = plan
      var provenance = try #require(plan["provenance"] as? [String: Any])
      var options = try #require(provenance["options"] as? [String: Any])
      options[name] = [value]
      provenance["options"] = options
      forged["provenance"] = provenance
      try write(
        "forged.json", String(decoding: try JSONSerialization.data(withJSONObject: forged), as: UTF8.self))
      let result = try run("plan", "case.json", "--again", "forged.json", "-o", "c.json")
      #expect(result.status == 65 && !exists("c.json") && !exists("x"), "\(name): \(result.errors)")
    }
    #expect(String(decoding: try bytes("lesions.csv"), as: UTF8.self).hasPrefix("lesion_id"))
    #expect(try bytes("a.json") == bytes("b.json"))
    let kept = try provenance("a.json")
    #expect(
      kept["referenceDay"] as? String == "2026-04-02" && kept["referenceDayFrom"] as? String == "newestScan")
    let options = try #require(kept["options"] as? [String: [String]])
    #expect(
      options["seed"] == ["7"] && options["samples"] == ["50"] && options["technique-assumed"] == ["itv4DCT"])
    #expect(options["forbid"] == ["A=surgery,ablation: declined"])
    #expect(made.text.replacingOccurrences(of: "\n", with: " ").contains("2026-04-02, the newest scan"))
    let given = try run("plan", "case.json", "--samples", "0", "--on", "2026-05-01", "-o", "c.json")
    #expect(given.status == 0)
    #expect(try provenance("c.json")["referenceDayFrom"] as? String == "given")
  }
}
