// SPDX-License-Identifier: Apache-2.0
import Foundation
import Report
import Testing

@testable import Interchange

/// `triage`: a cohort in, three worklists out.
@Suite("Worklists of a cohort")
final class TriageCommandTests: CommandFolder {
  /// Patients of all kinds, seeded; some of them cannot be read.
  private static let cohort: [String] = {
    var state: UInt64 = 0x2545_F491_4F6C_DD1D
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    return (0..<150).map { number in
      if number % 23 == 5 { return "no patient \(number)" }
      let lesions = (0..<(1 + random(4))).map { lesion -> String in
        var parts = [#""lesion_id":"\#(lesion + 1)""#]
        parts.append(#""site":"\#(["lung", "lung", "liver", "bone"][random(4)])""#)
        if random(4) > 0 { parts.append(#""longest_axial_diameter_mm":\#(3 + random(50))"#) }
        if random(3) == 0 { parts.append(#""depth_from_pleura_mm":\#(random(40))"#) }
        return "{\(parts.joined(separator: ","))}"
      }
      var patient: [String] = []
      if random(2) == 0 { patient.append(#""ecog":\#(random(4))"#) }
      if random(3) == 0 { patient.append(#""life_expectancy_months":\#(random(30))"#) }
      if random(2) == 0 { patient.append(#""disease_free_interval_months":\#(random(90))"#) }
      return
        #"{"patient_id":"P\#(number)","lesions":[\#(lesions.joined(separator: ","))],"patient":{\#(patient.joined(separator: ","))}}"#
    }
  }()

  private func lines(_ data: Data) throws -> [WorklistLine] {
    try data.split(separator: 0x0A).map { try JSONDecoder().decode(WorklistLine.self, from: $0) }
  }

  private func file(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  @Test("every patient is on a list, on none with why, or not read with why; ranks follow the levels")
  func whole() throws {
    try write("cohort.jsonl", Self.cohort.joined(separator: "\n"))
    let answered = try run("triage", "cohort.jsonl", "--as", "jsonl")
    #expect(
      answered.status == 0 && answered.errors.contains("7 of 150 patients could not be read"),
      "\(answered.errors)")
    let found = try lines(answered.output)
    let rows = found.filter { $0.kind == "row" }
    let listed = Set(rows.compactMap { $0.row?.patientID })
    let unlisted = found.filter { $0.kind == "unlisted" }.compactMap { $0.patient?.patientID }
    #expect(found.filter { $0.kind == "error" }.count == 7)
    #expect(listed.isDisjoint(with: unlisted) && listed.count + unlisted.count == 143)
    #expect(found.filter { $0.kind == "unlisted" }.allSatisfy { $0.patient?.unlisted?.count == 3 })
    for service in ["ir", "radonc", "surgery"] {
      let own = rows.filter { $0.service == service }
      #expect(own.map(\.rank) == (1...own.count).map { $0 } && own.allSatisfy { $0.of == own.count })
      let levels = own.map { $0.row?.order.map(\.level) ?? [] }
      for ((a, b), line) in zip(zip(levels, levels.dropFirst()), own.dropFirst()) {
        #expect(!b.lexicographicallyPrecedes(a))
        let step = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        #expect(line.behind == step.map { line.row?.order[$0].by } ?? nil)
      }
      let summary = try #require(found.first { $0.kind == "summary" && $0.service == service })
      #expect(summary.patients == own.count && summary.triaged == 150 && summary.errors == 7)
      #expect(summary.verdicts?.values.reduce(0, +) == own.count)
      for missing in summary.missing ?? [] {
        let asking = own.filter { $0.row?.missing.contains { $0.question == missing.question } ?? false }
        #expect(missing.patients == asking.count, "\(missing.question)")
        #expect(
          missing.lesions
            == asking.reduce(0) {
              $0 + ($1.row?.missing.first { $0.question == missing.question }?.lesions ?? 0)
            })
      }
      // Each row says on which lists its patient is.
      for line in own {
        let lists = ["ir", "radonc", "surgery"].filter { name in
          rows.contains { $0.service == name && $0.row?.patientID == line.row?.patientID }
        }
        #expect(line.row?.lists == lists)
      }
    }
    #expect(try run("triage", "cohort.jsonl", "--as", "jsonl", "--strict").status == 65)
  }

  @Test("what a row says of a lesion is what the record of the same patient says")
  func sameAsRecords() throws {
    try write("cohort.jsonl", Self.cohort.joined(separator: "\n"))
    let rows = try lines(run("triage", "cohort.jsonl", "--as", "jsonl").output).filter { $0.kind == "row" }
    let records = try run("assess", "--jsonl", "cohort.jsonl").output.split(separator: 0x0A).map {
      try JSONDecoder().decode(AssessmentRecord.self, from: $0)
    }
    let families = [
      "ir": [
        "radiofrequency", "microwave", "cryoablation", "irreversibleElectroporation", "chemoembolization",
        "radioembolization",
      ], "radonc": ["sbrt"], "surgery": ["metastasectomy", "hepaticResection"],
    ]
    for line in rows {
      let row = try #require(line.row)
      let record = try #require(records.first { $0.patientID == row.patientID })
      #expect(
        record.advice == row.advice && record.lesions?.count == row.candidates.count + row.excluded.count)
      let own = try #require(families[line.service ?? ""])
      for lesion in row.candidates {
        let judged = try #require(
          record.lesions?.first { $0.id == lesion.id }?.modalities.first { own.contains($0.modality) })
        #expect(
          judged.modality == lesion.modality && judged.verdict == lesion.verdict
            && judged.verdict != "ineligible")
        #expect(judged.leading?.text ?? "" == lesion.leading)
      }
      for lesion in row.excluded {
        let judged =
          record.lesions?.first { $0.id == lesion.id }?.modalities.filter { own.contains($0.modality) } ?? []
        #expect(judged.allSatisfy { $0.verdict == "ineligible" } && !lesion.why.isEmpty)
      }
    }
  }

  @Test(
    "the bytes are the same for any number of processors, for parts that are merged, and in another order of patients"
  )
  func sameBytes() throws {
    try write("cohort.jsonl", Self.cohort.joined(separator: "\n"))
    let whole = try run("triage", "cohort.jsonl", "--as", "jsonl").output
    #expect(try run("triage", "cohort.jsonl", "--as", "jsonl", "--threads", "1").output == whole)
    for part in 1...3 {
      #expect(
        try run(
          "triage", "cohort.jsonl", "--as", "patients", "--shard", "\(part)/3", "-o", "part-\(part).jsonl"
        ).status == 0)
    }
    #expect(
      try run("triage", "part-1.jsonl", "part-2.jsonl", "part-3.jsonl", "--as", "jsonl").output == whole)
    let piped = try run(
      "triage", "-", "--as", "patients", input: Data(Self.cohort.joined(separator: "\n").utf8))
    #expect(try run("triage", "-", "--as", "jsonl", input: piped.output).output == whole)
    let turned = Data(Self.cohort.reversed().joined(separator: "\n").utf8)
    #expect(try run("triage", "-", "--as", "jsonl", input: turned).output == whole)
    // A part by another protocol is not merged.
    try write(
      "site.yaml",
      """
      schema: oligoplan.protocol/1
      id: site
      version: "1"
      title: Own order
      extends: oligoplan-default
      worklists: {ir: {order: [{by: lesions}], sources: [OP-WORKLISTS]}}
      """)
    let other = try run("triage", "part-1.jsonl", "--as", "jsonl", "--protocol", "site.yaml", "--strict")
    #expect(other.status == 65)
    let own = try lines(run("triage", "cohort.jsonl", "--as", "jsonl", "--protocol", "site.yaml").output)
    // What is advised is shown whatever a list is ordered by.
    let page = try run(
      "triage", "cohort.jsonl", "--protocol", "site.yaml", "--service", "ir", "--limit", "200")
    let observed = own.filter { $0.kind == "row" && $0.service == "ir" && $0.row?.advice != "treat" }
    #expect(!observed.isEmpty && page.text.contains("restage"), "\(observed.count)")
    let counts = own.filter { $0.kind == "row" && $0.service == "ir" }.compactMap { $0.row?.candidates.count }
    #expect(counts == counts.sorted() && counts.count > 20)
  }

  @Test("a run that was stopped goes on and ends as one that was not")
  func resumed() throws {
    try write("cohort.jsonl", Self.cohort.joined(separator: "\n"))
    #expect(try run("triage", "cohort.jsonl", "--as", "jsonl", "-o", "whole.jsonl").status == 0)
    #expect(!exists("whole.jsonl.journal"))
    let whole = try file("whole.jsonl")
    let journal = try run("triage", "cohort.jsonl", "--as", "patients").output
    for cut in [0, 1, 700, journal.count / 3, journal.count / 2, journal.count - 1, journal.count] {
      try journal.prefix(cut).write(to: folder.appendingPathComponent("again.jsonl.journal"))
      let again = try run("triage", "cohort.jsonl", "--as", "jsonl", "-o", "again.jsonl", "--resume")
      #expect(again.status == 0, "\(cut): \(again.errors)")
      #expect(try file("again.jsonl") == whole, "\(cut)")
      #expect(!exists("again.jsonl.journal"))
    }
    // Without --resume what is there is begun anew.
    try Data("rubbish\n".utf8).write(to: folder.appendingPathComponent("again.jsonl.journal"))
    #expect(try run("triage", "cohort.jsonl", "--as", "jsonl", "-o", "again.jsonl").status == 0)
    #expect(try file("again.jsonl") == whole)
    // Of other patients, other options or no triage at all, nothing is gone on from.
    let lines = journal.split(separator: 0x0A)
    let half = Data(lines.prefix(lines.count / 2).flatMap { $0 + [0x0A] })
    try half.write(to: folder.appendingPathComponent("again.jsonl.journal"))
    try write("other.jsonl", Self.cohort.reversed().joined(separator: "\n"))
    for arguments in [["other.jsonl"], ["cohort.jsonl", "--site", "lung"]] {
      let refused = try Command.run(
        ["triage"] + arguments + ["--as", "jsonl", "-o", "again.jsonl", "--resume"], in: folder)
      #expect(refused.status == 65 && refused.errors.contains("again.jsonl.journal"), "\(refused.errors)")
      #expect(try file("again.jsonl.journal") == half)
    }
    try Data("rubbish\n".utf8).write(to: folder.appendingPathComponent("again.jsonl.journal"))
    #expect(try run("triage", "cohort.jsonl", "--as", "jsonl", "-o", "again.jsonl", "--resume").status == 65)
    #expect(try file("again.jsonl") == whole)
  }

  @Test("tables, cases and lines of one patient say the same")
  func forms() throws {
    try write(
      "list.csv",
      "patient_id,lesion_id,site,lobe,longest_axial_diameter_mm,ecog\nA,1,lung,RUL,12,1\nA,2,lung,LLL,8,1\nB,1,liver,,25,0\n"
    )
    try write("a.csv", "lesion_id,site,lobe,longest_axial_diameter_mm\n1,lung,RUL,12\n2,lung,LLL,8\n")
    try write("a.yaml", "patient_id: A\necog: 1\n")
    try write("b.csv", "lesion_id,site,longest_axial_diameter_mm\n1,liver,25\n")
    try write("b.yaml", "patient_id: B\necog: 0\n")
    try write(
      "list.jsonl",
      #"""
      {"patient_id":"A","lesions":[{"lesion_id":"1","site":"lung","lobe":"RUL","longest_axial_diameter_mm":12},{"lesion_id":"2","site":"lung","lobe":"LLL","longest_axial_diameter_mm":8}],"patient":{"ecog":1}}
      {"patient_id":"B","lesions":[{"lesion_id":"1","site":"liver","longest_axial_diameter_mm":25}],"patient":{"ecog":0}}
      """#)
    for name in ["a", "b"] {
      #expect(
        try run("import", "--lesions", "\(name).csv", "--patient", "\(name).yaml", "-o", "cases/\(name)")
          .status == 0)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func rows(_ arguments: String...) throws -> [String] {
      let answered = try Command.run(["triage"] + arguments + ["--as", "jsonl"], in: folder)
      #expect(answered.status == 0, "\(answered.errors)")
      return try lines(answered.output).filter { $0.kind == "row" }.map { line in
        "\(line.service ?? "") \(line.rank ?? 0) \(String(decoding: try encoder.encode(line.row?.candidates), as: UTF8.self)) \(line.row?.patientID ?? "") \(line.row?.verdict ?? "") \(line.row?.order.map(\.level) ?? [])"
      }
    }
    let expected = try rows("--lesions", "list.csv")
    #expect(expected.count == 6)
    #expect(try rows("list.jsonl") == expected)
    #expect(try rows("cases") == expected)
    #expect(try rows("cases/b", "cases/a") == expected)
    try write("sheet.csv", "patient_id,ecog\nB,0\nA,1\n")
    try write(
      "bare.csv",
      "patient_id,lesion_id,site,lobe,longest_axial_diameter_mm\nA,1,lung,RUL,12\nA,2,lung,LLL,8\nB,1,liver,,25\n"
    )
    #expect(try rows("--lesions", "bare.csv", "--patients", "sheet.csv") == expected)
  }

  /// The plans of the same case are the oracle.
  @Test("of a contoured case the lists have the figures of its plans")
  func contoured() throws {
    try thoraxFiles()
    // The one lesion that is listed and not drawn would leave nothing to plan of the whole.
    let list = String(decoding: try file("thorax/lesions.csv"), as: UTF8.self)
    try write(
      "drawn.csv",
      list.split(whereSeparator: \.isNewline).filter { !$0.contains(",L8,") }.joined(separator: "\n"))
    #expect(
      try run(
        "import", "--structures", "thorax/structures.dcm", "--lesions", "drawn.csv", "--patient",
        "thorax/patient.yaml", "-o", "cases/thorax"
      ).status == 0)
    let found = try lines(run("triage", "cases", "--as", "jsonl").output)
    let row = try #require(found.first { $0.kind == "row" && $0.service == "radonc" }?.row)
    let ids = row.candidates.map(\.id)
    let planned = try run("plan", "cases/thorax", "--modality", "sbrt", "--format", "json")
    let plan = try #require(JSONSerialization.jsonObject(with: planned.output) as? [String: Any])
    let proposals = try #require(plan["proposals"] as? [[String: Any]])
    try #require(Set(proposals.compactMap { $0["lesion"] as? String }) == Set(ids), "all are candidates")
    let burden = try #require(plan["burden"] as? [String: Any])
    let figures = try #require(row.irradiation)
    #expect(figures.basis == "planned")
    #expect(abs((figures.targetVolumeCC?.first ?? 0) - (burden["ptvCC"] as? Double ?? -1)) < 0.006)
    #expect(figures.visits == [burden["visits"] as? Int ?? -1, burden["visits"] as? Int ?? -1])
    let lungs = try #require((burden["lungs"] as? [String: Any])?["v20Percent"] as? [String: Any])
    let expected = ["expected", "low", "high"].map { lungs[$0] as? Double ?? -1 }
    for (a, b) in zip(figures.lungV20Percent ?? [], expected) { #expect(abs(a - b) < 0.006) }
    #expect(figures.lungV20Percent?.count == 3)
    let surgery = try #require(found.first { $0.kind == "row" && $0.service == "surgery" }?.row)
    let resected = try run("plan", "cases/thorax", "--modality", "metastasectomy", "--format", "json")
    let resection = try #require(JSONSerialization.jsonObject(with: resected.output) as? [String: Any])
    for entry in try #require(resection["proposals"] as? [[String: Any]]) {
      let technique = (entry["proposal"] as? [String: Any])?["technique"] as? String
      let shown = surgery.candidates.first { $0.id == entry["lesion"] as? String }?.technique
      #expect(shown != nil && technique != nil, "\(entry["lesion"] ?? "")")
      if technique == "wedge" {
        #expect(
          shown == "wedge" || shown == "deep wedge" || shown == "lobectomy" || shown == "extent not settled")
      }
    }
  }

  @Test("text, CSV and the page hold the lists; a report that is there is linked")
  func outputs() throws {
    try write("cohort.jsonl", Self.cohort.joined(separator: "\n"))
    let text = try run("triage", "cohort.jsonl", "--service", "ir", "--limit", "5")
    #expect(
      text.text.contains("Worklist of interventional radiology") && !text.text.contains("Worklist of surgery")
    )
    #expect(
      text.text.contains("more (--limit N") && text.text.contains("On no list")
        && text.text.contains("Not read: 7"))
    let table = try run("triage", "cohort.jsonl", "--as", "csv").text.split(whereSeparator: \.isNewline)
    let found = try lines(run("triage", "cohort.jsonl", "--as", "jsonl").output)
    #expect(table.count == 1 + found.filter { $0.kind != "summary" }.count)
    #expect(table.dropFirst().filter { $0.hasPrefix("error,") }.count == 7)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("boards/P1"), withIntermediateDirectories: true)
    try write("boards/P1/report.html", "")
    #expect(
      try run(
        "triage", "cohort.jsonl", "--as", "html", "-o", "list.html", "--reports",
        "boards/{patient_id}/report.html"
      ).status == 0)
    let page = String(decoding: try file("list.html"), as: UTF8.self)
    #expect(page.contains(#""links":{"P1":"boards/P1/report.html"}"#))
    #expect(
      page.contains("Content-Security-Policy") && !page.contains("http://") && !page.contains("https://"))
  }

  @Test("what was said of a patient in vain is said, and lines made with other options are not mixed")
  func inVain() throws {
    try write("list.csv", "patient_id,site,size\nP1,lung,12\nP2,lung,9\n")
    try write("sheet.csv", "patient_id,ecog\np1,4\n")
    try write("lines.jsonl", Self.cohort[0])
    let unmatched = try run(
      "triage", "--lesions", "list.csv", "--patients", "sheet.csv", "--size-unit", "mm", "--diameter-kind",
      "longest_axial")
    #expect(
      unmatched.status == 0 && unmatched.errors.contains("stands in no list: p1"), "\(unmatched.errors)")
    #expect(try run("triage", "--lesions", "lines.jsonl", "--patients", "sheet.csv").status == 65)
    for (unit, name) in [("mm", "a"), ("cm", "b")] {
      #expect(
        try run(
          "triage", "--lesions", "list.csv", "--size-unit", unit, "--diameter-kind", "longest_axial", "--as",
          "patients", "-o", "\(name).jsonl"
        ).status == 0)
    }
    let mixed = try run("triage", "a.jsonl", "b.jsonl")
    #expect(mixed.status == 65 && mixed.errors.contains("different options"), "\(mixed.errors)")
    let twice = try run("triage", "a.jsonl", "a.jsonl")
    #expect(twice.status == 0 && twice.errors.contains("more than one patient: P1, P2"), "\(twice.errors)")
  }

  @Test("warnings of what was read stand in every form; an open verdict is no first choice")
  func warnings() throws {
    try write(
      "cohort.jsonl",
      #"""
      {"patient_id":"W","lesions":[{"lesion_id":"1","site":"lung","longest_axial_diameter_mm":12,"x_mm":1,"y_mm":1,"z_mm":1},{"lesion_id":"2","site":"lung","longest_axial_diameter_mm":14,"x_mm":2,"y_mm":1,"z_mm":1}]}
      {"patient_id":"Z-known","lesions":[{"lesion_id":"1","site":"lung","longest_axial_diameter_mm":12}]}
      {"patient_id":"A-unknown","lesions":[{"lesion_id":"1","site":"lung"}]}
      """#)
    for form in ["text", "csv", "jsonl", "html"] {
      let answered = try run("triage", "cohort.jsonl", "--as", form)
      #expect(answered.text.contains("is one lesion listed twice"), "\(form)")
    }
    let rows = try lines(run("triage", "cohort.jsonl", "--as", "jsonl").output)
    let surgery = rows.filter { $0.kind == "row" && $0.service == "surgery" }.compactMap(\.row)
    let order = surgery.compactMap(\.patientID)
    #expect((order.firstIndex(of: "Z-known") ?? 9) < (order.firstIndex(of: "A-unknown") ?? 0), "\(order)")
    let open = surgery.flatMap(\.candidates).filter { $0.verdict == "indeterminate" }
    #expect(!open.isEmpty && open.allSatisfy { !$0.isFirstChoice })
  }

  @Test("what cannot be meant is refused before anything is read, what is not there with 66")
  func refusals() throws {
    try write("cohort.jsonl", Self.cohort[0])
    for arguments in [
      [], ["cohort.jsonl", "--service", "nurse"], ["cohort.jsonl", "--resume"],
      ["cohort.jsonl", "--shard", "1/2"],
      ["cohort.jsonl", "--as", "patients", "--service", "ir"],
      ["cohort.jsonl", "--patients", "cohort.jsonl"],
      ["cohort.jsonl", "--reports", "x"], ["cohort.jsonl", "--limit", "0"],
      ["cohort.jsonl", "--as", "html", "-o", "x.html", "--reports", "x"],
    ] {
      #expect(try Command.run(["triage"] + arguments, in: folder).status == 64, "\(arguments)")
    }
    #expect(try run("triage", "nowhere.jsonl").status == 66)
    #expect(try run("triage", "--lesions", "nowhere.csv").status == 66)
  }
}
