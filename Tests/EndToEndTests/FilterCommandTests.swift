// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `assess --jsonl`: a patient a line in, a record a line out.
@Suite("A cohort through the assessment")
final class FilterCommandTests: CommandFolder {
  private struct Record: Decodable {
    let patient_id: String?
    let advice: String?
    let lesions: [Lesion]?
    let errors: [Failure]?
    let warnings: [String]?
    let inputSHA256: String

    struct Lesion: Decodable {
      let id: String
      let modalities: [Modality]
    }
    struct Modality: Decodable {
      let modality: String
      let verdict: String
      let score: Int?
      let leading: Leading?
    }
    struct Leading: Decodable {
      let rule: String?
      let text: String
      let sources: [String]
    }
    struct Failure: Decodable {
      let place: String
      let message: String
    }
  }

  private func records(_ output: Data) throws -> [Record] {
    try output.split(separator: 0x0A).map { try JSONDecoder().decode(Record.self, from: $0) }
  }

  private static let good = [
    #"{"patient_id":"A","lesions":[{"lesion_id":"1","site":"lung","lobe":"RUL","longest_axial_diameter_mm":12},{"lesion_id":"2","site":"liver","longest_axial_diameter_mm":"4 cm"}],"patient":{"ecog":1,"age_years":61}}"#,
    #"{"patient_id":"B","lesions":[{"site":"lung","side":"left","longest_axial_diameter_mm":37}],"patient":{"fev1_percent_predicted":55,"prior_therapies":[{"kind":"resection","site":"lung","side":"left","months_ago":12}]}}"#,
    #"{"patient_id":"C","lesions":[{"lesion_id":"x","site":"lung"}]}"#,
    #"{"patient_id":"C2","lesions":[{"site":"lung","longest_axial_diameter_mm":14,"short_axis_mm":9,"x_mm":-80,"y_mm":4,"z_mm":30},{"site":"lung","side":"left","longest_axial_diameter_mm":22,"x_mm":70,"y_mm":4,"z_mm":0}]}"#,
  ]
  private static let bad = [
    "not JSON", "[1,2]", #"{"patient_id":"D","lesions":[]}"#,
    #"{"patient_id":"E","lesions":[{"site":"lung","longest_axial_diameter_mm":"12,5"}]}"#,
    #"{"patient_id":"F","lesions":[{"site":"lung","longest_axial_diameter_mm":9}],"patient":{"ecgo":1}}"#,
    #"{"patient_id":7,"lesions":[{"site":"lung","longest_axial_diameter_mm":9}]}"#,
    #"{"patient_id":"G","leisons":[{"site":"lung"}],"lesions":[{"site":"lung"}]}"#,
    "\u{FEFF}{}", "{\"patient_id\":\"H\"",
  ]

  /// The case of the same patient, assessed as a case is, is the reference.
  @Test("a record says what the assessment of the same case says")
  func sameAsCase() throws {
    let cohort = Data(Self.good.joined(separator: "\n").utf8)
    let answered = try run("assess", "--jsonl", input: cohort)
    #expect(answered.status == 0, "\(answered.errors)")
    let records = try records(answered.output)
    #expect(records.map(\.patient_id) == ["A", "B", "C", "C2"])
    for (line, record) in zip(Self.good, records) {
      let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      try write(
        "list.json",
        String(
          decoding: JSONSerialization.data(withJSONObject: ["lesions": object["lesions"] as Any]),
          as: UTF8.self))
      try write(
        "patient.json",
        String(decoding: JSONSerialization.data(withJSONObject: object["patient"] ?? [:]), as: UTF8.self))
      #expect(
        try run("import", "--lesions", "list.json", "--patient", "patient.json", "-o", "case.json").status
          == 0)
      let whole = try run("assess", "case.json", "--format", "json")
      let assessment = try #require(JSONSerialization.jsonObject(with: whole.output) as? [String: Any])
      #expect((assessment["patient"] as? [String: Any])?["advice"] as? String == record.advice)
      let lesions = try #require(assessment["lesions"] as? [[String: Any]])
      #expect(lesions.compactMap { $0["id"] as? String } == record.lesions?.map(\.id))
      for (lesion, mine) in zip(lesions, record.lesions ?? []) {
        let modalities = try #require(lesion["modalities"] as? [[String: Any]])
        #expect(modalities.compactMap { $0["modality"] as? String } == mine.modalities.map(\.modality))
        #expect(modalities.compactMap { $0["verdict"] as? String } == mine.modalities.map(\.verdict))
        for (judged, own) in zip(modalities, mine.modalities) {
          if let score = own.score {
            #expect(abs(Double(score) - (judged["score"] as? Double ?? -99)) <= 2.55)
          }
          let findings = try #require(judged["findings"] as? [[String: Any]])
          let effect = ["conditional": "conditions", "ineligible": "excludes"][own.verdict]
          let first = findings.first { $0["effect"] as? String == effect }
          if effect != nil { #expect(own.leading?.rule == first?["rule"] as? String, "\(own.modality)") }
          #expect((own.leading == nil) == (own.verdict == "eligible"))
        }
      }
    }
    #expect(Set(records.flatMap { $0.lesions ?? [] }.flatMap(\.modalities).map(\.verdict)).count >= 3)
  }

  @Test("what cannot be read is a record among the others, in its place")
  func errors() throws {
    var lines: [String] = []
    for (index, bad) in Self.bad.enumerated() { lines += [Self.good[index % 4], bad] }
    let cohort = Data(("\n" + lines.joined(separator: "\r\n\n") + "\n \n").utf8)
    let answered = try run("assess", "--jsonl", "-", input: cohort)
    #expect(answered.status == 0, "\(answered.errors)")
    #expect(answered.errors.contains("\(Self.bad.count) of \(lines.count) patients could not be read"))
    let records = try records(answered.output)
    #expect(records.count == lines.count)
    for (index, record) in records.enumerated() {
      let isBad = index % 2 == 1
      #expect((record.errors != nil) == isBad && (record.lesions == nil) == isBad, "\(lines[index])")
      #expect(record.errors?.allSatisfy { !$0.message.isEmpty } ?? true)
      // No place in the cohort: a record is the same wherever its patient stands.
      #expect(
        record.errors?.allSatisfy { !$0.message.contains("line") && !$0.place.contains("line") } ?? true)
    }
    #expect(records.filter { $0.errors != nil }.compactMap(\.patient_id) == ["D", "E", "F", "G"])
    let strict = try run("assess", "--jsonl", "--strict", input: cohort)
    #expect(strict.status == 65 && strict.output == answered.output)
    let clean = try run("assess", "--jsonl", "--strict", input: Data(Self.good.joined(separator: "\n").utf8))
    #expect(clean.status == 0)
  }

  @Test("the bytes are the same for any number of processors, and parts by turns make the whole")
  func parts() throws {
    // More than a batch, with lines of every kind.
    let lines = (0..<1500).map { index in
      index % 11 == 0
        ? Self.bad[index % Self.bad.count]
        : #"{"patient_id":"P\#(index)","lesions":[{"site":"lung","longest_axial_diameter_mm":\#(index % 60 + 3)},{"site":"lung","lobe":"RLL","longest_axial_diameter_mm":\#(index % 7 + 3)}],"patient":{"ecog":\#(index % 5)}}"#
    }
    try write("cohort.jsonl", lines.joined(separator: "\n"))
    let whole = try run("assess", "--jsonl", "cohort.jsonl")
    #expect(whole.status == 0 && whole.output.split(separator: 0x0A).count == lines.count)
    for threads in ["1", "2", "7"] {
      #expect(try run("assess", "--jsonl", "cohort.jsonl", "--threads", threads).output == whole.output)
    }
    let parts = try (1...3).map { part in
      try run("assess", "--jsonl", "cohort.jsonl", "--shard", "\(part)/3").output.split(separator: 0x0A)
    }
    var merged = Data()
    for index in 0..<lines.count {
      merged += parts[index % 3][index / 3]
      merged.append(0x0A)
    }
    #expect(merged == whole.output)
    // A patient's record does not depend on who stands beside it.
    let alone = try run("assess", "--jsonl", input: Data(lines[1234].utf8))
    #expect(alone.output.dropLast() == parts[1234 % 3][1234 / 3])
  }

  @Test("a table has a row a lesion and therapy; details agree with the record")
  func forms() throws {
    let cohort = Data((Self.good + [Self.bad[3]]).joined(separator: "\n").utf8)
    let table = try run("assess", "--jsonl", "--format", "csv", input: cohort)
    let rows = table.text.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.first?.first == "patient_id")
    let records = try records(try run("assess", "--jsonl", input: cohort).output)
    let judged = records.flatMap { $0.lesions ?? [] }.map(\.modalities.count).reduce(0, +)
    #expect(rows.count == 1 + judged + 1)
    #expect(table.text.contains("is no number"))
    let detailed = try run("assess", "--jsonl", "--detail", input: cohort)
    for line in detailed.output.split(separator: 0x0A) {
      let record = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
      guard let detail = record["detail"] as? [String: Any] else {
        #expect(record["errors"] != nil)
        continue
      }
      let whole = try #require(detail["lesions"] as? [[String: Any]])
      let own = try #require(record["lesions"] as? [[String: Any]])
      func verdicts(_ lesions: [[String: Any]]) -> [[String]] {
        lesions.map { ($0["modalities"] as? [[String: Any]] ?? []).compactMap { $0["verdict"] as? String } }
      }
      #expect(verdicts(whole) == verdicts(own))
    }
  }

  @Test("what is wrong with the input as a whole, or with the options, is refused")
  func refusals() throws {
    #expect(try run("assess", "--jsonl", "none.jsonl").status == 66)
    #expect(try run("assess", "--jsonl", ".").status == 65)
    #expect(try run("assess", "--jsonl", "--shard", "0/3", input: Data()).status == 64)
    #expect(try run("assess", "--jsonl", "--shard", "4/3", input: Data()).status == 64)
    #expect(try run("assess", "--jsonl", "--threads", "0", input: Data()).status == 64)
    #expect(try run("assess", "--jsonl", "--plan", "p.json", input: Data()).status == 64)
    #expect(try run("assess", "case.json", "--strict").status == 64)
    #expect(try run("assess").status == 64)
    let nothing = try run("assess", "--jsonl", input: Data())
    #expect(nothing.status == 0 && nothing.output.isEmpty)
    // A size that does not say which diameter it is needs the user's word, once for the cohort.
    let open = Data(#"{"patient_id":"A","lesions":[{"site":"lung","diameter_mm":12}]}"#.utf8)
    #expect(try records(try run("assess", "--jsonl", input: open).output).first?.errors != nil)
    let said = try run("assess", "--jsonl", "--diameter-kind", "longest_axial", input: open)
    #expect(try records(said.output).first?.lesions?.count == 1)
  }
}
