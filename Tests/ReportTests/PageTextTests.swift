// SPDX-License-Identifier: Apache-2.0
import Foundation
import Mustache
import Testing

@testable import Report

@Suite("Text within the HTML report")
struct PageTextTests {
  /// Every character that can end a place in HTML, by its scalar: alone and with a mark that combines with it.
  @Test(
    "nothing breaks out of its place, whatever combines with it",
    arguments: ["", "\u{301}", "\u{20D2}", "\u{FE0F}"])
  func escaping(mark: String) throws {
    for (text, shown) in [("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"), ("\"", "&quot;"), ("'", "&#39;")] {
      let escaped = PageText.escaped(text + mark + "x")
      #expect(
        escaped.unicodeScalars.starts(with: shown.unicodeScalars),
        "\(text) with \(mark.unicodeScalars.map(\.value))")
      #expect(!escaped.unicodeScalars.contains { ["<", ">", "\"", "'"].contains($0) })
    }
  }

  @Test("what is not seen is written out, breaks of lines and joiners apart")
  func unseen() {
    #expect(PageText.visible("a\u{202E}b\u{1B}c\u{2028}d") == "a<U+202E>b<U+001B>c<U+2028>d")
    #expect(PageText.escaped("\u{202E}") == "&lt;U+202E&gt;")
    for kept in ["a\nb", "\u{200D}", "\u{200C}", "é", "\u{1F480}", "Größe"] {
      #expect(PageText.visible(kept) == kept)
    }
  }

  @Test("JSON within a script element ends nothing and stays the same JSON")
  func script() throws {
    let hostile = "</script><!--\u{2028}&amp;\u{2029}<script>"
    let json = String(decoding: try JSONEncoder().encode([hostile]), as: UTF8.self)
    let shown = PageText.script(json)
    #expect(!shown.contains("<") && !shown.contains(">") && !shown.contains("&"))
    #expect(!shown.unicodeScalars.contains { [0x2028, 0x2029].contains($0.value) })
    #expect(try JSONDecoder().decode([String].self, from: Data(shown.utf8)) == [hostile])
  }

  @Test("every word that a template or the script asks for is in the table")
  func words() throws {
    let parts = try PageParts()
    for name in [
      "page", "lesion", "chapter", "section", "block", "line", "table", "matrix", "figure", "intervention",
    ] {
      #expect(parts.library.getTemplate(named: name) != nil, "\(name)")
    }
    // The script's keys stand in it as literals; those it puts together are named after what they vary by.
    let keys = parts.script.matches(of: /word\("([A-Za-z0-9.]+)"/).map { String($0.1) }
    #expect(keys.count > 20)
    for key in Set(keys) {
      // A key that the script goes on with is one of a family.
      let isThere =
        parts.words[key] != nil || key.hasSuffix(".") && parts.words.keys.contains { $0.hasPrefix(key) }
      #expect(isThere, "\(key)")
    }
    for (key, text) in parts.words { #expect(!text.isEmpty, "\(key)") }
    for sign in ["supports", "lowers", "conditions", "excludes", "provided", "asks", "remark"] {
      #expect(parts.words["sign.\(sign)"] != nil)
    }
  }

  @Test("contexts that answer by name have an answer for each of their fields")
  func contexts() throws {
    let line = LineContext(
      ReportLine("text", .good, sign: .conditions, sources: ["A"]), as: "p",
      words: ["sign.conditions": "hangs on"], knows: ["A"])
    let bare = LineContext(ReportLine("text"), as: "li", words: [:], knows: [])
    let cell = ReportTable.Cell("a\nb", .caution)
    let table = TableContext(ReportTable([.init("head", width: 4)], [[cell, cell]]), title: "t")
    let matrix = MatrixContext(
      matrixColumns: [.init(columnTitle: "c")],
      matrixRows: [
        .init(
          rowNumber: 1, lesionName: "L", lesionAnchor: "l", sizeKey: "1", placeLines: ["p"],
          matrixCells: [
            .init(
              cellTone: "good", cellSign: "s", verdictWord: "v", scoreText: nil, scorePlace: true,
              scoreValue: "5", cellLesion: "L", cellModality: "m", sortKey: "k", isProvided: true,
              isLeading: false, isChosen: true, isJudged: true, unjudged: "u", leadingText: "t", panel: "p")
          ], planText: "t", planTone: "good", planVerdict: "v", planLeading: "l", planPlace: nil,
          planValue: "1", rowNote: nil)
      ], matrixLegend: "legend", hasPlan: true)
    let figure = FigureContext(
      figureKind: "k", figureTitle: "t", figureDrawing: "d", figureNote: nil, figureTable: table)
    let blocks = [
      BlockContext(), BlockContext(paragraph: line), BlockContext(listLines: .init(lines: [line, bare])),
      BlockContext(answerList: .init(answers: [.init(answerLabel: "l", answerLines: [line])])),
      BlockContext(plainTable: table), BlockContext(verdictMatrix: matrix), BlockContext(drawnFigure: figure),
    ]
    let section = SectionContext(
      sectionAnchor: nil, sectionHeading: "h", headingElement: "h3", sectionBlocks: blocks)
    let item = InterventionContext.Item(runs: [.init(.init("text", bold: true))], itemTable: table)
    let page = PageContext(
      words: ["a": "b"], title: "t", advice: "a", adviceTone: "good",
      facts: [.init(factName: "n", factValue: "v")],
      boardColumns: [.init(columnName: "c", boardParts: [.init(areaName: "a", areaSections: [section])])],
      hasLesions: true, hasScene: false, sceneNote: nil,
      lesions: [
        .init(
          lesionAnchor: "a", lesionName: "n", lesionPlace: "p", planText: "t", hasViews: true,
          remarkLines: [line],
          therapies: [
            .init(
              therapyAnchor: "a", therapyTone: "t", therapySign: "s", therapyTitle: "t", verdictText: "v",
              isChosen: true, reasonLines: [line])
          ], lesionSections: [.init(partTitle: "t", partSections: [section])],
          interventions: [.init(interventionAnchor: "a", interventionTitle: "t", interventionPage: "p")])
      ],
      chapters: [
        .init(
          chapterAnchor: "a", chapterTitle: "t", chapterLink: "l", chapterSections: [section],
          chapterDetail: .init(detailTitle: "d", detailSections: [section]))
      ], bibliography: [.init(key: "k", sourceMark: "m", sourceText: "t")], provenance: [section], notice: "n"
    )
    let intervention = InterventionContext(
      words: ["a": "b"], pageHeading: "h1", blockHeading: "h2", pageTitle: "title", whose: "whose",
      zoneWords: "zone", basis: "basis", verdictRuns: [], figures: [], noPath: .init(why: "why", counts: []),
      key: [], blocks: [], boxes: ["box"], pageNotice: "notice")
    var seen: Set<String> = []
    for whole in [page, intervention, item] as [Any] { Self.compare(whole, &seen) }
    #expect(seen.count == 30, "\(seen.sorted())")
  }

  /// Compares every context within a value.
  private static func compare(_ value: Any, _ seen: inout Set<String>) {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .struct, let context = value as? any MustacheParent {
      seen.insert(String(reflecting: type(of: value)))
      for field in mirror.children {
        let answer = context.child(named: field.label ?? "")
        #expect(
          "\(answer.map { "\($0)" } ?? "nil")" == unwrapped(field.value),
          "\(type(of: value)).\(field.label ?? "")")
      }
      #expect(context.child(named: "noSuchName") == nil)
    }
    if mirror.displayStyle != .dictionary { for child in mirror.children { compare(child.value, &seen) } }
  }

  /// A field as it prints, an absent one as "nil".
  private static func unwrapped(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return "\(value)" }
    return mirror.children.first.map { "\($0.value)" } ?? "nil"
  }

  @Test("a template shows no word that is missing from the table")
  func templateWords() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/CReportPage/page")
    let words = try PageParts().words
    var asked = 0
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "mustache" {
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: /\{\{words\.([A-Za-z]+)\}\}/) {
        asked += 1
        #expect(words[String(match.1)] != nil, "\(file.lastPathComponent): \(match.1)")
      }
    }
    #expect(asked > 20)
  }
}

@Suite("Outlines for drawing")
struct OutlineSimplificationTests {
  /// The slow definition: the distance of each point left out from the nearest line that is left.
  private func farthest(_ ring: [SIMD2<Double>], from kept: [SIMD2<Double>]) -> Double {
    ring.map { point in
      kept.indices.map { index -> Double in
        let (a, b) = (kept[index], kept[(index + 1) % kept.count])
        let way = b - a
        let length = (way * way).sum()
        let share = length > 0 ? min(1, max(0, ((point - a) * way).sum() / length)) : 0
        let off = point - (a + way * share)
        return (off * off).sum().squareRoot()
      }.min() ?? .infinity
    }.max() ?? 0
  }

  @Test("no point that is left out lies farther off than the tolerance", arguments: [0.05, 0.2, 1.0, 3.0])
  func tolerance(_ tolerance: Double) {
    var seed: UInt64 = 7
    func random() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 33) / Double(1 << 31)
    }
    for _ in 0..<20 {
      let ring = (0..<120).map { step -> SIMD2<Double> in
        let angle = Double(step) / 120 * 2 * .pi
        let radius = 20 + 6 * sin(3 * angle) + random()
        return SIMD2(radius * cos(angle), radius * sin(angle))
      }
      let kept = OutlineSimplification.simplified(ring, tolerance: tolerance)
      #expect(kept.count >= 3 && kept.count <= ring.count)
      #expect(kept.allSatisfy(ring.contains))
      #expect(farthest(ring, from: kept) <= tolerance + 1e-9)
      if tolerance >= 1 { #expect(kept.count < ring.count / 2) }
    }
  }

  @Test("a square keeps its corners and loses the points between them")
  func square() {
    let ring = (0..<40).map { step -> SIMD2<Double> in
      let (side, along) = (step / 10, Double(step % 10))
      return [SIMD2(along, 0), SIMD2(10, along), SIMD2(10 - along, 10), SIMD2(0, 10 - along)][side]
    }
    let kept = OutlineSimplification.simplified(ring, tolerance: 0.1)
    #expect(Set(kept.map { [$0.x, $0.y] }) == [[0, 0], [10, 0], [10, 10], [0, 10]])
  }
}
