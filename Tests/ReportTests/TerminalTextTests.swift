// SPDX-License-Identifier: Apache-2.0
import Facts
import Reasons
import Testing
import Vocabulary

@testable import Report

@Suite("Reports in a terminal")
struct TerminalTextTests {
  @Test("no line is wider than 100 columns, no word is lost, and the sign hangs out")
  func widths() {
    let words = (0..<400).map { "word\($0 * $0 % 977)" }
    let text = words.joined(separator: " ")
    let document = ReportDocument([
      ReportSection(
        "Heading", .page,
        [
          .paragraph(ReportLine(text)), .list([ReportLine(text, sign: .conditions, sources: ["A-1"])]),
          .answers([("Ablation", [ReportLine(text)]), ("Nothing", [])]),
          .table(
            ReportTable([.init("one", width: 10), .init("two", width: 30)], [[.init("a\nb"), .init(text)]])),
        ])
    ])
    let printed = TerminalText().text(document)
    let lines = printed.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(printed.split(whereSeparator: \.isWhitespace).filter { $0.hasPrefix("word") }.count == 4 * 400)
    #expect(!printed.contains("Nothing") && !printed.contains("[A-1]"))
    #expect(lines.contains { $0.hasPrefix("  ! word0") })
    #expect(TerminalText(.plain, [.detail]).text(document).contains("[A-1]"))
    #expect(!lines.contains { $0.hasSuffix(" ") })
  }

  @Test("what was not asked for is not printed; sections without anything are none")
  func depths() {
    let document = ReportDocument([
      ReportSection("Page", .page, [.paragraph(ReportLine("a"))]),
      ReportSection("Detail", .detail, [.paragraph(ReportLine("b"))]),
      ReportSection("Sources", .sources, [.paragraph(ReportLine("c"))]),
      ReportSection("Empty", .page, [.list([]), .paragraph(ReportLine(""))]),
    ])
    #expect(document.sections.count == 3)
    #expect(TerminalText().text(document) == "Page\n  a\n")
    #expect(TerminalText(.plain, [.detail]).text(document) == "Page\n  a\n\nDetail\n  b\n")
    #expect(TerminalText(.coloured).text(document).contains("\u{1B}[1mPage"))
  }

  @Test("every kind of reason has words of its own in its room")
  func words() {
    let rooms: [[Reason.Kind]] = [
      JudgementReason.allCases.map { .judgement($0) } + JointReason.allCases.map { .joint($0) },
      // Whether a condition holds or is open, what is asked and known reads alike.
      RadiotherapyReason.allCases.filter { $0 != .conditionOpen }.map { .radiotherapy($0) },
      AblationReason.allCases.map { .ablation($0) }, ResectionReason.allCases.map { .resection($0) },
      PlanReason.allCases.map { .plan($0) },
    ]
    for kinds in rooms {
      var seen: [String: String] = [:]
      for kind in kinds {
        let reason = Reason(
          kind, of: .lesion("L1"), facts: [.inr, .platelets],
          figures: (1...4).map { Reason.Figure(Double($0), band: 0...9, unit: "Gy") },
          names: ["n1", "n2", "n3"],
          because: [Reason(.joint(.againstProtocol))],
          limit: .within(
            [Bounds(lower: nil, includesLower: false, upper: 1.5, includesUpper: true)], unit: ""),
          quote: "as written")
        let text = ReasonWords.text(reason)
        #expect(!text.isEmpty, "\(kind.name)")
        #expect(seen.updateValue(kind.name, forKey: text) == nil, "\(kind.name) reads as another")
      }
    }
    let names = rooms.flatMap(\.self).map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test("what is granted: limits in signs, denials, several words, what it must not be")
  func granted() {
    func text(_ fact: Fact, _ limit: Reason.Limit) -> String {
      ReasonWords.text(Reason(.judgement(.provided), facts: [fact], limit: limit))
    }
    let upTo = Bounds(lower: nil, includesLower: false, upper: 1.5, includesUpper: true)
    #expect(text(.inr, .within([upTo], unit: "ratio")) == "INR ≤ 1.5")
    #expect(text(.pacemaker, .oneOf(["absent"])) == "no pacemaker")
    #expect(text(.intent, .oneOf(["curative", "palliative"])) == "intent curative or palliative")
    #expect(text(.inr, .outside(upTo, unit: "ratio")) == "INR not ≤ 1.5")
    let atLeast = Bounds(lower: 1, includesLower: true, upper: 1.5, includesUpper: true)
    #expect(Reason.Limit.within([atLeast], unit: "").isNarrower(than: .within([upTo], unit: "")))
    #expect(!Reason.Limit.within([upTo], unit: "").isNarrower(than: .within([atLeast], unit: "")))
    #expect(Reason.Limit.oneOf(["a"]).isNarrower(than: .oneOf(["a", "b"])))
    #expect(!Reason.Limit.oneOf(["a"]).isNarrower(than: .oneOf(["a"])))
    #expect(!Reason.Limit.oneOf(["a"]).isNarrower(than: .within([upTo], unit: "")))
    #expect(text(.consent, .noneOf(["refusesSurgery"])).hasSuffix("not refuses surgery"))
  }

  @Test("an organ's limit: figures with their band, and that a lower fraction count's limit was taken")
  func limits() {
    let value = Reason.Figure(31.24, band: 28...34.06, unit: "Gy")
    let bound = Reason.Figure(27, unit: "Gy")
    func reason(_ value: Reason.Figure, _ fractions: [Double]) -> Reason {
      Reason(
        .joint(.organLimit), of: .lesion("L3"),
        figures: [value, bound] + fractions.map { Reason.Figure($0, unit: "count") },
        names: ["oesophagus", "D0.1cc", "UK22"])
    }
    #expect(
      ReasonWords.text(reason(value, [3]))
        == "oesophagus beside L3: D0.1cc would be 31.2 (28.0–34.1) Gy of 27.0 in 3 fractions (UK22, estimated)"
    )
    #expect(ReasonWords.text(reason(value, [3, 5])).contains("nobody gives one for 5"))
    let open = Reason.Figure(31.24, band: 28...Double.infinity, unit: "Gy")
    #expect(ReasonWords.text(reason(open, [3])).contains("31.2 (28.0–?) Gy"))
    #expect(ReasonWords.text(reason(Reason.Figure(nil, unit: "Gy"), [3])).contains("would be unknown Gy"))
  }
}
