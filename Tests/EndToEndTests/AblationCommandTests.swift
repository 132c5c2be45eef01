// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Planning ablation on the command line", .serialized)
final class AblationCommandTests: CommandFolder {
  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("from the phantom to a plan, its files, and an assessment that rests on it")
  func wholeWay() throws {
    try thoraxCase(hasPatient: false)
    let planned = try run(
      "plan", "case.json", "--modality", "microwave", "--lesion", "L2", "--lesion", "L6", "--lesion", "L8",
      "--candidates", "4000", "--format", "json", "-o", "plan.json")
    #expect(planned.status == 0, "\(planned.errors)")
    let plan = try object(planned.output)
    #expect(plan["schema"] as? String == "oligoplan.plan/2")
    #expect(plan["modality"] as? String == "microwave")
    let proposals = try #require(plan["proposals"] as? [[String: Any]])
    #expect(proposals.map { $0["lesion"] as? String } == ["L2", "L6", "L8"])
    let why = try #require(proposals[2]["why"] as? [String: Any])
    #expect(proposals[2]["proposal"] == nil && why["kind"] as? String == "ablation.noBody")
    #expect((why["text"] as? String)?.isEmpty == false)
    // The contract's keys.
    let first = try #require(proposals[0]["proposal"] as? [String: Any])
    let applicators = try #require(first["applicators"] as? [[String: Any]])
    for key in [
      "entryMM", "tipMM", "lengthMM", "crosses", "clearances", "aeratedLungMM", "pleuralPunctures",
      "angleToPleuraDegrees", "probabilityClear",
    ] {
      #expect(applicators[0][key] != nil, "\(key)")
    }
    let zones = try #require(first["zones"] as? [[String: Any]])
    #expect((zones[0]["semiAxesMM"] as? [Double])?.count == 2 && zones[0]["centreMM"] != nil)
    let coverage = try #require(first["coverage"] as? [String: Any])
    for key in ["at5MMPercent", "at10MMPercent", "minimumMarginMM", "ablatedCC", "healthyCC"] {
      #expect(coverage[key] is Double, "\(key)")
    }
    let candidates = try #require(first["candidates"] as? [String: Any])
    #expect(candidates["tried"] as? Int == 4000)
    #expect((candidates["refusedBy"] as? [String: Int])?["crosses(Rib)"] != nil)

    // Planned facts speak only with the plan, and only of the energy and lesions planned.
    func findings(_ assessment: Data, _ lesion: String, _ modality: String) throws -> [String: String] {
      let lesions = try #require(try object(assessment)["lesions"] as? [[String: Any]])
      let entry = try #require(lesions.first { $0["id"] as? String == lesion })
      let modalities = try #require(entry["modalities"] as? [[String: Any]])
      let own = try #require(modalities.first { $0["modality"] as? String == modality })
      let all = try #require(own["findings"] as? [[String: Any]])
      return Dictionary(
        all.compactMap { finding in
          (finding["rule"] as? String).map { ($0, finding["grade"] as? String ?? "") }
        }, uniquingKeysWith: { a, _ in a })
    }
    let before = try run("assess", "case.json", "--format", "json").output
    let after = try run("assess", "case.json", "--plan", "plan.json", "--format", "json").output
    #expect(try findings(before, "L6", "microwave")["lung.microwave.plan.margin"] == nil)
    #expect(try findings(after, "L6", "microwave")["lung.microwave.plan.margin"] == "caution")
    #expect(try findings(after, "L2", "microwave")["lung.microwave.plan.path"] == "favourable")
    #expect(try findings(after, "L2", "cryoablation")["lung.cryoablation.plan.path"] == nil)
    #expect(try findings(after, "L4", "microwave")["lung.microwave.plan.path"] == nil)

    // A second plan of another modality adds to it.
    #expect(
      try run(
        "plan", "case.json", "--modality", "cryoablation", "--lesion", "L2", "--candidates", "2000", "-o",
        "cryo.json"
      ).status == 0)
    let both = try run(
      "assess", "case.json", "--plan", "plan.json", "--plan", "cryo.json", "--format", "json"
    ).output
    #expect(try findings(both, "L2", "cryoablation")["lung.cryoablation.plan.path"] == "favourable")
    #expect(try findings(both, "L2", "microwave")["lung.microwave.plan.path"] == "favourable")
  }

  @Test("text and table say what the plan rests on, for all three energies")
  func text() throws {
    try thoraxCase(hasPatient: false)
    let planned = try run(
      "plan", "case.json", "--modality", "ablation", "--lesion", "L3", "--candidates", "3000", "--detail",
      "--sources")
    #expect(planned.status == 0, "\(planned.errors)")
    let flat = planned.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for words in [
      "no medical device", "provided that your own device's chart confirms", "re-measure in the position",
      "energies, best first: cryoablation", "Heart", "the phrenic nerve is not contoured", "(heuristic)",
      "artificial pneumothorax for Heart", "chance of", "directions tried", "AZ-path.distance (heuristic",
    ] {
      #expect(flat.contains(words), "\(words)")
    }
    // No calibrated risk of the path: bands of cohorts and scores for ranking only.
    #expect(!flat.contains("score of pneumothorax"))
    let csv = try run(
      "plan", "case.json", "--modality", "ablation", "--lesion", "L3", "--candidates", "3000", "--format",
      "csv"
    ).text
    let rows = csv.split(separator: "\r\n")
    #expect(rows.count == 4)
    #expect(rows[1].contains(",L3,radiofrequency,"))
  }

  @Test("what cannot be planned or read is said with its exit status")
  func wrong() throws {
    try thoraxCase(hasPatient: false)
    try write(
      "devices.yaml",
      """
      schema: oligoplan.devices/1
      devices:
      - {id: a, name: A, energy: microwave, basis: clinical, tissue: lung, derating: 1, diameterMM: 2, mark: verified, sources: [x], settings: [{id: s, longMM: -30, shortMM: 20}]}
      """)
    let broken = try run("plan", "case.json", "--modality", "microwave", "--devices", "devices.yaml")
    #expect(broken.status == 65)
    #expect(broken.errors.contains("devices.yaml") && broken.errors.contains("line 3"))
    #expect(broken.errors.contains("longMM"))
    #expect(broken.text.isEmpty)
    #expect(
      try run("plan", "case.json", "--modality", "microwave", "--devices", "none.yaml").status == 66)
    #expect(try run("plan", "case.json", "--modality", "microwave", "--lesion", "L99").status == 65)
    #expect(try run("plan", "case.json", "--modality", "microwave", "--scheme", "x").status == 64)
    #expect(try run("plan", "case.json", "--modality", "sbrt", "--pages", "x").status == 64)
    #expect(try run("plan", "case.json", "--modality", "microwave", "--position", "upright").status == 64)
    #expect(try run("plan", "case.json", "--modality", "laser").status == 64)
    // A list without images: every lesion is explained, nothing fails.
    try write(
      "list.csv", "lesion_id,site,side,longest_diameter_mm,diameter_kind\nA,lung,left,12,longest_axial\n")
    #expect(try run("import", "--lesions", "list.csv", "-o", "list.json").status == 0)
    let list = try run("plan", "list.json", "--modality", "cryoablation")
    #expect(list.status == 0, "\(list.errors)")
    #expect(list.text.contains("neither contours nor place and size"))
  }

  @Test("applicators too short for any way: an explained verdict")
  func tooShort() throws {
    try thoraxCase(hasPatient: false)
    try write(
      "short.yaml",
      """
      schema: oligoplan.devices/1
      devices:
      - {id: a, name: Stub, energy: microwave, basis: clinical, tissue: lung, derating: 1, diameterMM: 2, lengthsMM: [30], mark: verified, sources: [x], settings: [{id: s, longMM: 30, shortMM: 25, pastTipMM: 8}]}
      """)
    let planned = try run(
      "plan", "case.json", "--modality", "microwave", "--lesion", "L2", "--devices", "short.yaml",
      "--candidates", "2000")
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(planned.text.contains("no path"))
    #expect(planned.text.contains("longer than any applicator"))
  }
}
