// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The command", .serialized)
final class CommandTests: CommandFolder {
  @Test("phantom to files to case to measurements, assessment and figure")
  func wholeWay() throws {
    #expect(try run("phantom", "write", "thorax", "-o", "thorax").status == 0)
    let imported = try run(
      "import", "--structures", "thorax/structures.dcm", "--lesions", "thorax/lesions.csv", "--patient",
      "thorax/patient.yaml", "-o", "case")
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(imported.output.isEmpty)
    #expect(imported.errors.contains("lesion     L5"))
    #expect(exists("case/case.json") && exists("case/bodies.bin"))

    let assessed = try run("assess", "case", "--format", "json")
    #expect(assessed.status == 0 && assessed.errors.isEmpty)
    let root = try #require(try JSONSerialization.jsonObject(with: assessed.output) as? [String: Any])
    #expect(root["schema"] as? String == "oligoplan.assessment/1")
    let lesions = try #require(root["lesions"] as? [[String: Any]])
    #expect(lesions.compactMap { $0["id"] as? String } == (1...8).map { "L\($0)" })
    var winners: Set<String> = []
    var verdicts: Set<String> = []
    for lesion in lesions {
      let modalities = try #require(lesion["modalities"] as? [[String: Any]])
      #expect(modalities.count == 5)
      if let first = modalities.first?["modality"] as? String { winners.insert(first) }
      verdicts.formUnion(modalities.compactMap { $0["verdict"] as? String })
    }
    // Eight metastases are more than any trial took: nothing is eligible without the board.
    #expect(winners.count >= 3 && winners.contains("sbrt"), "\(winners)")
    #expect(verdicts == ["conditional", "indeterminate", "ineligible"])

    let page = try run("assess", "case").text
    #expect(page.replacingOccurrences(of: "\n", with: " ").contains("no medical device"))
    #expect(!page.contains("\u{1B}["), "a pipe gets plain text")
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 100 }, "\(lines.first { $0.count > 100 } ?? "")")
    #expect(lines.count <= 90, "one page: \(lines.count) lines for eight lesions")
    for answer in ["Ablation", "SBRT", "Surgery", "Obtain first", "Granted"] {
      #expect(lines.contains { $0.hasPrefix(answer + " ") }, "\(answer)")
    }
    #expect(!page.contains("Sources (verified") && !page.contains("Lesion L1"))
    let detail = try run("assess", "case", "--detail").text
    #expect(detail.hasPrefix(lines[0] + "\n") && detail.contains("\nLesion L1\n"))
    #expect(!detail.contains("Sources (verified"))
    #expect(try run("assess", "case", "--sources").text.contains("Sources (verified"))

    #expect(try run("export", "case", "--as", "svg", "--lesion", "L3", "-o", "L3.svg").status == 0)
    let svg = try String(contentsOf: folder.appendingPathComponent("L3.svg"), encoding: .utf8)
    for word in [">R<", ">L<", "20 mm", "Heart", "Lesion L3"] { #expect(svg.contains(word), "\(word)") }
    #expect(try run("export", "case", "--as", "csv", "-o", "a.csv").status == 0)
    #expect(try run("export", "case", "--as", "svg", "-o", "b.svg").status == 64)
    #expect(try run("export", "case", "--as", "svg", "--lesion", "L99", "-o", "b.svg").status == 65)
    #expect(!exists("b.svg"))
  }

  @Test("a case goes through standard output and input")
  func pipes() throws {
    try write("l.csv", "lesion_id,site,side,longest_diameter_mm\nA,lung,right,12\n")
    let imported = try run("import", "--lesions", "l.csv")
    #expect(imported.status == 0)
    let assessed = try run("assess", "-", "--format", "csv", input: imported.output)
    #expect(assessed.status == 0, "\(assessed.errors)")
    #expect(assessed.text.contains("A,lung,1,"))
    let measured = try run("measure", "-", "--format", "json", input: imported.output)
    #expect(measured.text.contains("\"longestAxialDiameterMM\" : 12"))
  }

  @Test("bad input: status 65, a clear word, nothing written")
  func badInput() throws {
    let slips: [(String, String, String)] = [
      ("unit.csv", "lesion_id,site,size\nA,lung,12\n", "no unit"),
      ("nan.csv", "lesion_id,longest_diameter_mm\nA,nan\n", "no number"),
      ("cm.csv", "lesion_id,longest_diameter_cm\nA,30\n", "not plausible"),
      ("twice.csv", "lesion_id,longest_diameter_mm\nA,3\nA,4\n", "stands twice"),
      ("empty.csv", "lesion_id,longest_diameter_mm\n", "no lesion"),
      ("quote.csv", "lesion_id,longest_diameter_mm\n\"A,3\n", "quote"),
    ]
    for (name, text, words) in slips {
      try write(name, text)
      let result = try run("import", "--lesions", name, "-o", "case.json")
      #expect(result.status == 65, "\(name): \(result.status)")
      #expect(result.errors.contains(name) && result.errors.contains(words), "\(result.errors)")
      #expect(!exists("case.json"))
    }
    let notDICOM = try run("import", "--structures", "unit.csv", "-o", "case.json")
    #expect(notDICOM.status == 65 && notDICOM.errors.contains("no DICOM file"))
    try write("p.yaml", "id: x\nruels: []\n")
    #expect(try run("protocol", "check", "p.yaml").status == 65)
  }

  @Test("each kind of failure has its status")
  func statuses() throws {
    #expect(try run("import").status == 64)
    #expect(try run("assess").status == 64)
    #expect(try run("fly").status == 64)
    #expect(try run("assess", "nowhere").status == 66)
    #expect(try run("import", "--lesions", "nowhere.csv").status == 66)
    #expect(try run("import", "--lesions", "x.csv", "--diameter-kind", "wide").status == 64)
    #expect(try run("phantom", "write", "knee", "-o", "k").status == 64)
    try write("l.csv", "lesion_id,site,longest_diameter_mm\nA,lung,12\n")
    #expect(try run("import", "--lesions", "l.csv", "-o", "no/such/folder/c.json").status == 73)
    let version = try run("--version").text
    #expect(version.contains("GEOS 3.") && version.contains("CBC 2."))
    #expect(try run("protocol", "check").status == 0)
    #expect(try run("protocol", "show").text.contains("oligoplan.protocol/1"))
  }

  @Test("with JSON asked for, errors are JSON on standard error")
  func jsonErrors() throws {
    let result = try run("assess", "nowhere", "--format", "json")
    let root = try JSONSerialization.jsonObject(with: Data(result.errors.utf8)) as? [String: Any]
    #expect(root?["schema"] as? String == "oligoplan.error/1")
    #expect(result.output.isEmpty)
  }

  @Test("renaming and reordering lesions changes no verdict")
  func order() throws {
    let rows = ["A,lung,left,9", "B,lung,right,28.5", "C,lung,right,41", "D,liver,,22"]
    try write("a.csv", "lesion_id,site,side,longest_diameter_mm\n" + rows.joined(separator: "\n"))
    let renamed = rows.reversed().map { "x" + $0 }
    try write("b.csv", "lesion_id,site,side,longest_diameter_mm\n" + renamed.joined(separator: "\n"))
    func verdicts(_ name: String) throws -> Set<String> {
      let imported = try run("import", "--lesions", name).output
      let rows = try run("assess", "-", "--format", "csv", input: imported).text.split(separator: "\r\n")
        .dropFirst()
      return Set(
        rows.map { row in
          var cells = row.split(separator: ",", omittingEmptySubsequences: false).prefix(8).map(String.init)
          if cells[1].hasPrefix("x") { cells[1].removeFirst() }
          return cells.joined(separator: ",")
        })
    }
    #expect(try verdicts("a.csv") == verdicts("b.csv"))
  }

  @Test("another protocol is used when it is given")
  func otherProtocol() throws {
    let shown = try run("protocol", "show")
    let stricter = shown.text.replacingOccurrences(of: "id: oligoplan-default", with: "id: my-hospital")
    try write("mine.yaml", stricter)
    try write("l.csv", "lesion_id,site,longest_diameter_mm\nA,lung,12\n")
    #expect(try run("import", "--lesions", "l.csv", "-o", "c.json").status == 0)
    let result = try run("assess", "c.json", "--protocol", "mine.yaml")
    #expect(result.status == 0 && result.text.contains("Protocol my-hospital"))
  }
}
