// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Planning resection on the command line", .serialized)
final class ResectionCommandTests: CommandFolder {
  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("from the phantom to a plan, its files, and an assessment that rests on it")
  func wholeWay() throws {
    try thoraxCase()
    let planned = try run(
      "plan", "case.json", "--modality", "metastasectomy", "--format", "json", "-o", "plan.json", "--pages",
      "pages",
      "--structures", "pieces.dcm")
    #expect(planned.status == 0, "\(planned.errors)")
    let plan = try object(planned.output)
    #expect(plan["schema"] as? String == "oligoplan.plan/2")
    #expect(plan["modality"] as? String == "metastasectomy")
    let proposals = try #require(plan["proposals"] as? [[String: Any]])
    #expect(proposals.map { $0["lesion"] as? String } == (1...8).map { "L\($0)" })
    let why = try #require(proposals[7]["why"] as? [String: Any])
    #expect(proposals[7]["proposal"] == nil && why["kind"] as? String == "resection.noBody")
    #expect((why["text"] as? String)?.isEmpty == false)

    // The truth the phantom wrote is the plan's.
    let truth = try object(
      Data(contentsOf: URL(fileURLWithPath: folder.appendingPathComponent("thorax/truth.json").path)))
    let resection = try #require(truth["resection"] as? [String: Any])
    for entry in try #require(resection["techniques"] as? [[String: Any]]) {
      let proposal = try #require(
        proposals.first { $0["lesion"] as? String == entry["lesion"] as? String }?["proposal"]
          as? [String: Any])
      let deep = proposal["isDeepWedge"] as? Bool == true
      #expect((deep ? "deepWedge" : proposal["technique"] as? String) == entry["technique"] as? String)
    }

    // The contract's keys.
    let first = try #require(proposals[2]["proposal"] as? [String: Any])
    for key in [
      "technique", "lobe", "side", "marginMM", "profile", "nearestPleuraMM", "deepestMM", "zoneRatio",
      "resectedCC",
      "mergedWith", "localisation", "alternatives",
    ] {
      #expect(first[key] != nil, "\(key)")
    }
    let burden = try #require(plan["burden"] as? [String: Any])
    let sides = try #require(burden["sides"] as? [[String: Any]])
    #expect(sides.map { $0["side"] as? String } == ["right", "left", "both"])
    for key in ["segmentEquivalents", "ppoFEV1Percent", "ppoDLCOPercent", "methods", "flows"] {
      #expect(sides[0][key] != nil, "\(key)")
    }
    #expect(sides[0]["nextTest"] as? String == "stair climb or shuttle walk")

    // Planned facts speak only with the plan.
    func rules(_ assessment: Data, _ lesion: String) throws -> Set<String> {
      // Those that speak.
      let lesions = try #require(try object(assessment)["lesions"] as? [[String: Any]])
      let entry = try #require(lesions.first { $0["id"] as? String == lesion })
      let modalities = try #require(entry["modalities"] as? [[String: Any]])
      let own = try #require(modalities.first { $0["modality"] as? String == "metastasectomy" })
      let findings = own["findings"] as? [[String: Any]] ?? []
      return Set(
        findings.filter { $0["effect"] as? String != "silenced" }.compactMap { $0["rule"] as? String })
    }
    let before = try rules(try run("assess", "case.json", "--format", "json").output, "L4")
    let after = try rules(
      try run("assess", "case.json", "--plan", "plan.json", "--format", "json").output, "L4")
    #expect(!before.contains("lung.surgery.plan.technique"))
    #expect(before.contains("lung.surgery.bronchialTree"))
    #expect(after.contains("lung.surgery.plan.technique"))
    #expect(!after.contains("lung.surgery.bronchialTree"), "the plan's answer silences the bare distance")

    // Pages and contours.
    #expect(planned.errors.contains("wrote 7 pages to pages"), "\(planned.errors)")
    let page = try String(
      contentsOf: folder.appendingPathComponent("pages/L3-resection.svg"), encoding: .utf8)
    #expect(page.contains("Planned resection") && page.contains("specimen for L3"))
    let again = try run("measure", "pieces.json")
    #expect(again.status == 66)
    let imported = try run("import", "--structures", "pieces.dcm", "-o", "pieces.json")
    #expect(imported.status == 0, "\(imported.errors)")
    let measured = try object(try run("measure", "pieces.json", "--format", "json").output)
    let names = try #require(measured["structures"] as? [[String: Any]]).compactMap {
      $0["sourceName"] as? String
    }
    #expect(names.contains("Wedge_L3_10mm") && names.contains("Wedge_L7_10mm"))
    let lesions = try #require(measured["lesions"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(!lesions.contains { $0.contains("Wedge") })
  }

  @Test("text tells each side apart, the next test and what is not known")
  func text() throws {
    try thoraxCase()
    let planned = try run("plan", "case.json", "--modality", "metastasectomy", "--detail", "--sources")
    #expect(planned.status == 0, "\(planned.errors)")
    let flat = planned.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for words in [
      "no medical device", "Right lung", "Left lung", "Both lungs, one after the other",
      "ACCP 2013, as expected: next test: stair climb or shuttle walk", "needs a perfusion scan",
      "Not planned L8:", "completeness unknown",
      "no forecast for this patient", "emphysema is not contoured", "By other margin strategies and depths",
      "L6 taken with the lobe", "W-06 (heuristic",
    ] {
      #expect(flat.contains(words), "\(words)")
    }
    let table = try run("plan", "case.json", "--modality", "metastasectomy", "--format", "csv")
    #expect(table.text.split(whereSeparator: \.isNewline).count == 9)
    #expect(table.text.contains("PHANTOM-THORAX,L5,lung,left,LLL,contours"))
  }

  @Test("a list alone, odd requests, wrong values")
  func oddities() throws {
    try Data(
      """
      lesion_id,site,side,lobe,longest_axial_diameter_mm,depth_from_pleura_mm,distance_to_bronchial_tree_mm
      A,lung,right,RLL,12,6,30
      B,lung,left,,9,,
      """.utf8
    ).write(to: folder.appendingPathComponent("l.csv"))
    try Data("fev1_l: 1600\ndlco_percent_predicted: 220\n".utf8).write(
      to: folder.appendingPathComponent("bad.yaml"))
    let bad = try run("import", "--lesions", "l.csv", "--patient", "bad.yaml", "-o", "bad.json")
    #expect(bad.status == 65)
    #expect(bad.errors.contains("line 1") && bad.errors.contains("fev1Volume"), "\(bad.errors)")
    #expect(bad.errors.contains("line 2") && bad.errors.contains("dlco"), "\(bad.errors)")
    #expect(try run("import", "--lesions", "l.csv", "-o", "list.json").status == 0)
    let planned = try run("plan", "list.json", "--modality", "metastasectomy")
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(planned.text.contains("Not planned   B: "))
    #expect(planned.text.contains("about"))
    #expect(try run("plan", "list.json", "--modality", "metastasectomy", "--lesion", "Z").status == 65)
    #expect(try run("plan", "list.json", "--modality", "metastasectomy", "--device", "x").status == 64)
    #expect(try run("plan", "list.json", "--modality", "microwave", "--structures", "x.dcm").status == 64)
    let liver = try run("plan", "list.json", "--modality", "hepaticResection")
    #expect(liver.status == 0, "\(liver.errors)")
    #expect(liver.text.contains("a lung lesion: plan metastasectomy"))
  }
}
