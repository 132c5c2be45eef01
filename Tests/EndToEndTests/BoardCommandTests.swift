// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `board` and `report`: a patient's files in, one page out.
@Suite("The report of a board", .serialized)
final class BoardCommandTests: CommandFolder {
  private func list() throws {
    try write(
      "lesions.csv",
      """
      lesion_id,site,lobe,longest_diameter_mm,x_mm,y_mm,z_mm
      A,lung,RUL,12,-90,0,60
      B,lung,LLL,21,80,10,20

      """)
    try write("patient.yaml", "patient_id: \"P-7\"\necog: 1\n")
  }

  private func page(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self)
  }

  @Test("files become a case, four plans and a page, and what was taken for what is said")
  func board() throws {
    try list()
    try write("notes.docx", "nothing of ours")
    let made = try run("board", "lesions.csv", "patient.yaml", "notes.docx", "--samples", "20", "-o", "out")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.isEmpty)
    for words in [
      "lesion list lesions.csv", "patient file patient.yaml", "left aside: notes.docx",
      "wrote out/report.html",
    ] {
      #expect(made.errors.contains(words), "\(words)")
    }
    for file in [
      "case/case.json", "sbrt-plan.json", "ablation-plan.json", "resection-plan.json", "patient-plan.json",
    ] {
      #expect(exists("out/\(file)"), "\(file)")
    }
    let page = try page("out/report.html")
    #expect(page.hasPrefix("<!doctype html>"))
    // One file: nothing in it names a place elsewhere that would be loaded.
    #expect(page.contains("default-src 'none'") && !page.contains("src=\"http") && !page.contains("@import"))
    #expect(page.contains("Patient P-7: 2 lesions"))
    #expect(page.ranges(of: "It is no medical device").count == 1)
    #expect(!page.contains(folder.path))
  }

  @Test("a plan of the board is the plan that plan makes, and report makes the same page of it")
  func same() throws {
    try list()
    #expect(try run("board", "lesions.csv", "patient.yaml", "--samples", "20", "-o", "out").status == 0)
    for modality in [
      ["--modality", "sbrt"], ["--modality", "ablation"], ["--modality", "resection"], ["--samples", "20"],
    ] {
      let name = modality.count == 2 && modality[0] == "--modality" ? modality[1] : "patient"
      let planned = try Command.run(["plan", "out/case", "-o", "\(name).json"] + modality, in: folder)
      #expect(planned.status == 0, "\(planned.errors)")
      #expect(try page("\(name).json") == page("out/\(name)-plan.json"), "\(name)")
    }
    let again = try run(
      "report", "out/case", "--plan", "sbrt.json", "--plan", "ablation.json", "--plan", "resection.json",
      "--plan",
      "patient.json", "-o", "again.html")
    #expect(again.status == 0, "\(again.errors)")
    let (first, second) = (try page("out/report.html"), try page("again.html"))
    // All but the list of plans that were read.
    func board(_ page: String) -> Substring {
      page[..<(page.range(of: "id=\"provenance\"")?.lowerBound ?? page.endIndex)]
    }
    #expect(board(first) == board(second))
    #expect(second.contains("patient.json"))

    // A plan's file that was changed is refused, and nothing is written.
    let plan = try page("out/patient-plan.json")
    try write("changed.json", plan.replacingOccurrences(of: "\"visits\" : 1", with: "\"visits\" : 2"))
    let refused = try run("report", "out/case", "--plan", "changed.json", "-o", "no.html")
    #expect(
      refused.status == 65 && refused.errors.contains("is not what its options give"), "\(refused.errors)")
    #expect(!exists("no.html"))
    let twice = try run(
      "report", "out/case", "--plan", "out/sbrt-plan.json", "--plan", "out/sbrt-plan.json", "-o", "no.html")
    #expect(twice.status == 65 && twice.errors.contains("second plan"), "\(twice.errors)")
  }

  @Test("a report without a plan holds the assessment; files without lesions are refused")
  func little() throws {
    try list()
    #expect(try run("import", "--lesions", "lesions.csv", "-o", "case.json").status == 0)
    let made = try run("report", "case.json", "-o", "page.html")
    #expect(made.status == 0, "\(made.errors)")
    let page = try page("page.html")
    #expect(page.contains("Lesions by therapies") && !page.contains("What it costs"))
    let empty = try run("board", "patient.yaml", "-o", "out")
    #expect(
      empty.status == 65 && empty.errors.contains("nothing that lesions could come from"), "\(empty.errors)")
    let missing = try run("board", "none.csv", "-o", "out")
    #expect(missing.status == 66, "\(missing.errors)")
    #expect(!exists("out"))
  }

  @Test("JSON is taken for what it holds: a list, a case, a file of ours, or nothing that is known")
  func kindsOfJSON() throws {
    try write("list.json", #"[{"lesion_id": "A", "site": "lung", "longest_diameter_mm": 9}]"#)
    try write("other.json", #"{"ecog": 1}"#)
    let made = try run("board", "list.json", "--samples", "0", "-o", "out")
    #expect(made.status == 0 && made.errors.contains("lesion list list.json"), "\(made.errors)")
    let plan = try run(
      "board", "list.json", "out/sbrt-plan.json", "other.json", "--samples", "0", "-o", "out2")
    #expect(plan.errors.contains("left aside: sbrt-plan.json (oligoplan.plan/"), "\(plan.errors)")
    #expect(plan.errors.contains("left aside: other.json (JSON: say what it is"), "\(plan.errors)")
    let none = try run("board", "missing.json", "-o", "out3")
    #expect(none.status == 66, "\(none.errors)")
  }

  @Test("a folder gives its files; a dose takes the plan that it names")
  func folderOfFiles() throws {
    try thoraxFiles()
    let made = try run(
      "board", "thorax", "--samples", "0", "--alternatives", "0", "--time-limit", "1", "-o", "out")
    #expect(made.status == 0, "\(made.errors)")
    for words in [
      "structure set structures.dcm", "dose dose.dcm", "lesion list lesions.csv", "patient file patient.yaml",
    ] {
      #expect(made.errors.contains(words), "\(words)")
    }
    #expect(made.errors.contains("left aside: truth.json"))
    let page = try page("out/report.html")
    #expect(page.utf8.count < 5_000_000)
    #expect(page.contains("PHANTOM-THORAX"))
  }
}
