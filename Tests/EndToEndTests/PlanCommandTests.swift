// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The plan verb", .serialized)
final class PlanCommandTests: CommandFolder {
  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func verdicts(_ assessment: Data) throws -> [String: String] {
    let lesions = try #require(try object(assessment)["lesions"] as? [[String: Any]])
    var found: [String: String] = [:]
    for lesion in lesions {
      let modalities = try #require(lesion["modalities"] as? [[String: Any]])
      for modality in modalities where modality["modality"] as? String == "sbrt" {
        found[try #require(lesion["id"] as? String)] = modality["verdict"] as? String
      }
    }
    return found
  }

  /// Solvers that are stopped anywhere in their work have ended processes by a signal.
  @Test("wherever the time limit falls there is a plan, or a refusal that says so")
  func anyTimeLimit() throws {
    let lobes = ["right,RUL", "right,RML", "right,RLL", "left,LUL", "left,LLL"]
    let rows = (0..<30).map { "N\($0),lung,\(lobes[$0 % 5]),\(6 + 7 * $0 % 19)" }
    try write(
      "list.csv",
      (["lesion_id,site,side,lobe,longest_diameter_mm"] + rows).joined(separator: "\n") + "\n")
    #expect(try run("import", "--lesions", "list.csv", "-o", "case.json").status == 0)
    for limit in ["0.03", "0.06", "0.1", "0.15", "0.2", "0.25", "0.3", "0.4"] {
      let planned = try run("plan", "case.json", "--time-limit", limit, "--samples", "0")
      #expect(
        planned.status == 0 || planned.errors.contains("cut short"), "\(limit): \(planned.status)")
    }
  }

  @Test("phantom with an earlier dose to plan, and from the plan to the assessment")
  func wholeWay() throws {
    try thoraxCase(dose: "fractions=3,course=first,date=2025-09-25")

    let planned = try run(
      "plan", "case.json", "--modality", "sbrt", "--lesion", "L2", "--lesion", "L8", "--on", "2026-11-25",
      "--format",
      "json", "-o", "plan.json")
    #expect(planned.status == 0, "\(planned.errors)")
    let plan = try object(planned.output)
    #expect(plan["schema"] as? String == "oligoplan.plan/2")
    let proposals = try #require(plan["proposals"] as? [[String: Any]])
    #expect(proposals.map { $0["lesion"] as? String } == ["L2", "L8"])
    #expect(proposals[0]["proposal"] != nil)
    let why = try #require(proposals[1]["why"] as? [String: Any])
    #expect(proposals[1]["proposal"] == nil && why["kind"] as? String == "radiotherapy.noBody")
    #expect((why["text"] as? String)?.isEmpty == false)
    let burden = try #require(plan["burden"] as? [String: Any])
    #expect(burden["lungs"] != nil && burden["cumulative"] != nil)

    let asked = ["plan", "case.json", "--modality", "sbrt", "--lesion", "L2", "--on", "2026-11-25"]
    let page = try Command.run(asked, in: folder).text
    #expect(page.contains("14.0 months ago: re-irradiation type I") && page.contains("not by dosimetry"))
    #expect(!page.contains("entrance"))
    let text = try Command.run(asked + ["--detail"], in: folder).text
    let flat = text.replacingOccurrences(of: "\n", with: " ")
    for words in [
      "no dosimetry", "no medical device", "14.0 months ago", "re-irradiation type I", "entrance",
    ] {
      #expect(flat.contains(words), "\(words)")
    }

    let csv = try run(
      "plan", "case.json", "--modality", "sbrt", "--lesion", "L2", "--on", "2026-11-25", "--format", "csv"
    ).text
    #expect(csv.contains("EQD2 earlier,first,") && csv.contains("EQD2 sum,first + planned,"))

    // The earlier dose is a fact without any plan; the plan's own doses are facts only with it, and never exclude.
    let before = try run("assess", "case.json", "--format", "json")
    let after = try run("assess", "case.json", "--plan", "plan.json", "--format", "json")
    #expect(before.status == 0 && after.status == 0, "\(after.errors)")
    let (bare, rested) = (try verdicts(before.output), try verdicts(after.output))
    #expect(bare["L2"] != nil && rested["L2"] != nil && rested["L2"] != "ineligible")
    for lesion in bare.keys where lesion != "L2" {
      #expect(rested[lesion] != "ineligible" || bare[lesion] == "ineligible", "\(lesion)")
    }
    #expect(after.text.contains("estimated"))

    // A plan is its own case's and its own protocol's.
    let other = try run(
      "import", "--structures", "thorax/structures.dcm", "--lesions", "thorax/lesions.csv", "-o", "other.json"
    )
    #expect(other.status == 0)
    let refused = try run("assess", "other.json", "--plan", "plan.json")
    #expect(refused.status == 65 && refused.output.isEmpty, "\(refused.errors)")
    let shown = try run("protocol", "show").text
    try write("mine.yaml", shown.replacingOccurrences(of: "id: oligoplan-default", with: "id: mine"))
    #expect(try run("assess", "case.json", "--plan", "plan.json", "--protocol", "mine.yaml").status == 65)
    try write("broken.json", "{\"schema\": \"oligoplan.plan/2\"}")
    #expect(try run("assess", "case.json", "--plan", "broken.json").status == 65)
    #expect(try run("assess", "case.json", "--plan", "case.json").status == 65)
    #expect(try run("assess", "case.json", "--plan", "none.json").status == 66)
  }

  @Test("a dose without fractions is kept, but is no earlier course until they are told")
  func withoutFractions() throws {
    try thoraxFiles()
    let imported = try run(
      "import", "--structures", "thorax/structures.dcm", "--dose", "thorax/dose.dcm,course=first", "-o",
      "case.json")
    #expect(imported.status == 0, "\(imported.errors)")
    let planned = try run("plan", "case.json", "--modality", "sbrt", "--lesion", "L2")
    #expect(planned.status == 65 && planned.output.isEmpty)
    #expect(planned.errors.contains("fractions"), "\(planned.errors)")
  }

  @Test("what cannot be planned is refused by name")
  func refusals() throws {
    try write("l.csv", "lesion_id,site,side,longest_diameter_mm\nA,lung,right,12\n")
    #expect(try run("import", "--lesions", "l.csv", "-o", "c.json").status == 0)
    #expect(try run("plan", "c.json", "--modality", "laser").status == 64)
    let unknown = try run("plan", "c.json", "--modality", "sbrt", "--lesion", "B")
    #expect(unknown.status == 65 && unknown.errors.contains("B"))
    let scheme = try run("plan", "c.json", "--modality", "sbrt", "--scheme", "X-1/1")
    #expect(scheme.status == 65 && scheme.errors.contains("X-1/1"))
    #expect(try run("plan", "c.json", "--modality", "sbrt", "--grid", "0").status == 64)
    for day in ["yesterday", "2026-13-01", "2026-11-2", "26-11-25"] {
      #expect(try run("plan", "c.json", "--modality", "sbrt", "--on", day).status == 64, "\(day)")
    }
    #expect(try run("plan", "c.json", "--modality", "sbrt", "--scheme", "B=L-50/5").status == 65)
    #expect(try run("plan", "c.json", "--modality", "sbrt", "--technique", "guess").status == 65)
    #expect(try run("plan", "c.json", "--modality", "sbrt", "--recovery", "full").status == 65)
    // Without contours there is nothing to estimate: every lesion says why.
    let bare = try run("plan", "c.json", "--modality", "sbrt", "--format", "json")
    #expect(bare.status == 0, "\(bare.errors)")
    let proposals = try #require(try object(bare.output)["proposals"] as? [[String: Any]])
    #expect(proposals.count == 1 && proposals[0]["proposal"] == nil)
    let why = try #require(proposals[0]["why"] as? [String: Any])
    #expect(why["kind"] as? String == "radiotherapy.noBody" && (why["text"] as? String)?.isEmpty == false)
    // What is stated still chooses a prescription, on terms; no dose follows from it.
    let stated = try #require(proposals[0]["asStated"] as? [String: Any])
    #expect(stated["prescription"] != nil && (stated["providedThat"] as? [[String: Any]])?.isEmpty == false)
    #expect(try object(bare.output)["burden"] == nil)
  }

  @Test("the patient as a whole: a list to a plan, decisions, and the plan's facts in the assessment")
  func patientAsAWhole() throws {
    try Data(
      """
      lesion_id,site,side,lobe,longest_diameter_mm,depth_from_pleura_mm,distance_to_heart_mm,distance_to_bronchial_tree_mm
      A,lung,right,RUL,12,5,60,50
      B,lung,left,LLL,38,4,40,60

      """.utf8
    ).write(to: folder.appendingPathComponent("list.csv"))
    try Data(
      "ecog: 0\nfev1_percent_predicted: 95\ndlco_percent_predicted: 90\nhistology: leiomyosarcoma\n".utf8
    )
    .write(to: folder.appendingPathComponent("patient.yaml"))
    #expect(
      try run("import", "--lesions", "list.csv", "--patient", "patient.yaml", "-o", "list.json").status == 0)
    let planned = try run("plan", "list.json", "--samples", "50", "--format", "json", "-o", "joint.json")
    #expect(planned.status == 0, "\(planned.errors)")
    let plan = try object(planned.output)
    #expect(plan["schema"] as? String == "oligoplan.plan/2")
    let assignments = try #require(plan["assignments"] as? [[String: Any]])
    #expect(assignments.map { $0["lesion"] as? String } == ["A", "B"])
    for key in [
      "sessions", "limits", "alternatives", "unassigned", "burden", "standing", "robustness", "refused",
      "advice",
      "proof", "sources",
    ] {
      #expect(plan[key] != nil, "\(key)")
    }
    let robustness = try #require(plan["robustness"] as? [String: Any])
    #expect(robustness["samples"] as? Int == 50)
    #expect(try run("assess", "list.json", "--plan", "joint.json").status == 0)

    let fixed = try run("plan", "list.json", "--samples", "0", "--fix", "A=sbrt: declined an operation")
    #expect(fixed.status == 0, "\(fixed.errors)")
    #expect(fixed.text.contains("declined an operation"))
    #expect(fixed.text.replacingOccurrences(of: "\n", with: " ").contains("no medical device"))
    let csv = try run("plan", "list.json", "--samples", "0", "--format", "csv")
    #expect(csv.text.split(whereSeparator: \.isNewline).filter { $0.contains(",recommended,") }.count == 2)

    #expect(try run("plan", "list.json", "--fix", "A=sbrt").status == 64, "no reason")
    #expect(try run("plan", "list.json", "--fix", "Z=sbrt: x").status == 65, "no such lesion")
    #expect(try run("plan", "list.json", "--fix", "A=voodoo: x").status == 65, "no such therapy")
    #expect(try run("plan", "list.json", "--lesion", "A").status == 64, "needs --modality")
    #expect(try run("plan", "list.json", "--modality", "sbrt", "--fix", "A=sbrt: x").status == 64)
    #expect(try run("plan", "list.json", "--fix", "A=hepaticResection: x").status == 65, "leaves nothing")
  }
}
