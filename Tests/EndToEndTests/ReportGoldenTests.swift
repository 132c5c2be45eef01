import Foundation
import Testing

/// What the single-modality plans, `measure` and `dvh` print, against texts that are known.
///
/// A figure, a limit or a caution lost from a page would change what a board reads without anybody's decision. Where a text is
/// changed on purpose, one command renews them:
///
///     OLIGOPLAN_RENEW=reports swift test -c release --skip-build -Xswiftc -enable-testing --disable-xctest --filter ReportGoldenTests
///
/// The difference of `Golden/*.txt` then shows what changed, and belongs into the same commit.
@Suite("What plans print", .serialized)
final class ReportGoldenTests: CommandFolder {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  private func thorax() throws {
    try thoraxCase(dose: "fractions=3,prescription=54,date=2025-09-25,course=first")
  }

  private func list() throws {
    try write(
      "list.csv",
      """
      lesion_id,site,side,lobe,longest_axial_diameter_mm,depth_from_pleura_mm,distance_to_bronchial_tree_mm
      A,lung,right,RLL,12,6,30
      B,lung,left,,9,,

      """)
    #expect(try run("import", "--lesions", "list.csv", "-o", "case.json").status == 0)
  }

  /// Runs a verb to a page and to all details, checks both for what holds of every report, and compares them.
  ///
  /// - Parameters:
  ///   - keeps: whether the details are compared as well; the page always is.
  ///   - lesions: each must have a section of its own in the details, unless it is not planned.
  private func compare(_ name: String, _ arguments: [String], keeps: Bool = true, lesions: [String]) throws {
    let page = try Command.run(arguments, in: folder)
    let detail = try Command.run(arguments + ["--detail"], in: folder)
    #expect(page.status == 0 && detail.status == 0, "\(name): \(page.errors)")
    for text in [page.text, detail.text] {
      for line in text.split(separator: "\n") {
        #expect(line.count <= 100, "\(name): \(line)")
        #expect(!line.hasSuffix(" "), "\(name): \(line)")
      }
    }
    // Every line of the page but the keys of its sources stands in the details.
    #expect(detail.text.count > page.text.count)
    #expect(detail.text.hasPrefix(page.text.prefix { $0 != "\n" }))
    for lesion in lesions {
      #expect(page.text.contains(lesion), "\(name): the page leaves out \(lesion)")
      #expect(detail.text.contains("\nLesion \(lesion)"), "\(name): the details leave out \(lesion)")
    }
    try compare("\(name)-page", page.text)
    if keeps { try compare("\(name)-detail", detail.text) }
  }

  private func compare(_ name: String, _ text: String) throws {
    let file = Self.golden.appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["OLIGOPLAN_RENEW"] == "reports" {
      try Data(text.utf8).write(to: file)
      // A run that renews proves nothing.
      Issue.record("\(name) was renewed: read its difference, then run without OLIGOPLAN_RENEW")
      return
    }
    let known = try String(contentsOf: file, encoding: .utf8)
    let (expected, found) = (
      known.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    for (index, line) in found.enumerated() where index >= expected.count || line != expected[index] {
      Issue.record("\(name), line \(index + 1): \(line)")
      return
    }
    #expect(found.count == expected.count, "\(name) is shorter than it was")
  }

  @Test("SBRT: the course, its burden, the limits that decide, the earlier course, what has no dose")
  func irradiation() throws {
    try thorax()
    let all = ["plan", "case.json", "--modality", "sbrt", "--on", "2026-11-25"]
    try compare("sbrt-thorax", all, keeps: false, lesions: (1...8).map { "L\($0)" })
    try compare(
      "sbrt-lesions", all + ["--lesion", "L2", "--lesion", "L8"], lesions: ["L2", "L8"])
    let page = try Command.run(all, in: folder).text
    for words in [
      "heart D0.1cc 88.8 Gy (67.0–90.8) exceeds 46 Gy in 8 (UK22 mandatory)", "Dmean 17.8 Gy (16.7–22.4)",
      "first, 14.0 months ago: re-irradiation type I", "4D CT", "as reported; no dose",
    ] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test("ablation: zone, needle path, margin, what is nearest, and what is not planned")
  func ablation() throws {
    try thorax()
    let arguments = [
      "plan", "case.json", "--modality", "ablation", "--candidates", "2000", "--lesion", "L3", "--lesion",
      "L8",
    ]
    try compare("ablation-lesions", arguments, lesions: ["L3", "L8"])
    let page = try Command.run(arguments, in: folder).text
    for words in ["RFA", "MWA", "cryo", "! Heart 0 mm", "Not planned   L8: neither contours", "Lung lost"] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test("resection: what each side loses and keeps, the next test, what is unknown")
  func resection() throws {
    try thorax()
    let arguments = ["plan", "case.json", "--modality", "metastasectomy"]
    try compare("resection-thorax", arguments, keeps: false, lesions: (1...7).map { "L\($0)" })
    try compare("resection-lesion", arguments + ["--lesion", "L3"], lesions: ["L3"])
    let page = try Command.run(arguments, in: folder).text
    for words in [
      "RUL the lobe for L1, L2", "FEV1 51 %, at worst unknown", "next test stair climb or shuttle walk",
      "perfusion scan", "Not planned   L8:",
    ] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test("a list alone: what is unknown is named, nothing is estimated")
  func listAlone() throws {
    try list()
    try compare("sbrt-list", ["plan", "case.json", "--modality", "sbrt"], lesions: ["A", "B"])
    try compare(
      "ablation-list", ["plan", "case.json", "--modality", "microwave"], keeps: false, lesions: ["A", "B"])
    try compare("resection-list", ["plan", "case.json", "--modality", "resection"], lesions: ["A"])
  }

  @Test("measurements and doses")
  func measured() throws {
    try thorax()
    try compare("measure-thorax", ["measure", "case.json"], keeps: false, lesions: (1...7).map { "L\($0)" })
    let dose = try run(
      "dvh", "case.json", "--roi", "L2", "--roi", "Heart", "--roi", "Lung_R", "--metric", "Dmean", "--metric",
      "D0.03cc", "--metric", "V20Gy", "--metric", "V95%")
    #expect(dose.status == 0, "\(dose.errors)")
    try compare("dvh-thorax", dose.text)
    // All metrics of all regions take more than one table; every region stands in each.
    let all = try run("dvh", "case.json").text
    #expect(all.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let tables = all.split(separator: "\n").filter { $0.hasPrefix("region") }.count
    #expect(tables > 1)
    #expect(all.split(separator: "\n").filter { $0.hasPrefix("SpinalCord") }.count == tables)
  }
}
