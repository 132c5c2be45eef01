// SPDX-License-Identifier: Apache-2.0
import Ablation
import Foundation
import Planning
import Testing

@testable import Interchange

@Suite("Protocol files")
struct ProtocolFileTests {
  private static let whole = """
    schema: oligoplan.protocol/1
    id: test
    version: "1"
    title: Test
    requires:
    - {text: board, sources: [S]}
    weights: {control: 0.3, neighbours: 0.25, deliverability: 0.15, reserve: 0.15, burden: 0.15}
    sources:
    - {key: S, citation: c, statement: s, mark: verified, design: trial, unit: patient}
    - {key: R, citation: c, statement: s, mark: recalled, design: trial, unit: patient}
    needs:
    - {sites: [lung], modalities: [microwave], decisive: [longestAxialDiameter], confirm: [inr]}
    rules:
    - id: size
      sites: [lung]
      modalities: [microwave]
      fact: longestAxialDiameter
      unit: mm
      concern: control
      sources: [S]
      bands:
      - {upTo: 30, grade: favourable, desirability: 1, text: small}
      - {above: 30, grade: exclusion, desirability: 0, text: large}
    - id: dfi
      subject: patient
      fact: diseaseFreeInterval
      unit: months
      sources: [S]
      bands:
      - {below: 12, grade: caution, text: short, advice: observe, weeks: 8}
      - {from: 12, grade: favourable, text: long}
    \(ProtocolText.numbers)
    """

  private func check(_ text: String) -> [ProtocolProblem] {
    CareProtocolReader.check(Data(text.utf8), file: "t.yaml").1
  }

  @Test("a whole protocol has no problem")
  func whole() { #expect(check(Self.whole).isEmpty, "\(check(Self.whole))") }

  @Test(
    "every slip is found with its line and a suggestion",
    arguments: [
      (
        "fact: longestAxialDiameter\n", "fact: longestAxialDiametre\n", 17,
        "did you mean longestAxialDiameter"
      ),
      ("unit: mm", "unit: cm", 18, "told in mm"),
      ("{above: 30, grade", "{above: 35, grade", 23, "upTo x, then above x"),
      ("{above: 30, grade", "{from: 30, grade", 23, "upTo x, then above x"),
      ("{upTo: 30, grade", "{upTo: 30, grad", 22, "did you mean grade"),
      ("{upTo: 30, grade: favourable", "{upTo: 30, grade: great", 22, "one of favourable"),
      ("{upTo: 30,", "{from: 5, upTo: 30,", 22, "open below"),
      ("text: small}", "text: small, rescuedBy: [hydrodisection]}", 22, "did you mean hydrodissection"),
      (
        "  sources: [S]\n  bands:\n  - {upTo", "  sources: [R]\n  bands:\n  - {upTo", 23, "verified guideline"
      ),
      ("  sources: [S]\n  bands:\n  - {upTo", "  sources: [Xenon]\n  bands:\n  - {upTo", 22, "bibliography"),
      ("decisive: [longestAxialDiameter]", "decisive: []", 23, "add longestAxialDiameter to the needs"),
      ("confirm: [inr]", "confirm: [age]", 0, "make it decisive or leave it out"),
      ("control: 0.3,", "control: 0.4,", 0, "a weight each"),
      ("concern: control", "concern: controll", 19, "did you mean control"),
      ("modalities: [microwave]\n  fact", "modalities: [microwafe]\n  fact", 16, "did you mean microwave"),
      ("mark: verified", "mark: verifyed", 9, "did you mean verified"),
      ("- id: dfi", "- id: size", 24, "another id"),
      ("desirability: 1,", "desirability: 1.2,", 22, "from 0 to 1"),
      ("{below: 12, grade: caution", "{below: 12, grade: exclusion", 30, "use caution with an advice"),
      ("schema: oligoplan.protocol/1", "schema: oligoplan.protocol/9", 1, "oligoplan.protocol/1"),
      ("above: 30, grade: exclusion", "above: 3000, grade: exclusion", 23, "check the unit"),
      ("weeks: 8}", "weeks: soon}", 30, ""), ("title: Test", "title: [Test", 0, ""),
    ])
  func slips(from: String, to: String, line: Int, suggestion: String) throws {
    let text = Self.whole.replacingOccurrences(of: from, with: to)
    #expect(text != Self.whole, "the slip was not made")
    let problems = check(text)
    #expect(!problems.isEmpty)
    #expect(
      problems.contains {
        (line == 0 || $0.line == line) && (suggestion.isEmpty || $0.suggestion.contains(suggestion))
      }, "\(problems)")
  }

  @Test("a rule that another always silences is found")
  func unreachable() {
    let twin = Self.whole.replacingOccurrences(
      of: "- id: dfi",
      with: """
        - id: size2
          sites: [lung]
          modalities: [microwave]
          fact: longestAxialDiameter
          unit: mm
          concern: control
          specificity: 1
          sources: [S]
          bands:
          - {grade: favourable, desirability: 1, text: any}
        - id: dfi
        """)
    #expect(check(twin).contains { $0.message.contains("never speaks") })
  }

  /// The whole protocol with a rule on a number of metastases.
  private func counting(_ fact: String, sources: String, _ entries: String) -> String {
    Self.whole.replacingOccurrences(
      of: "- {key: R,", with: entries + "\n- {key: R,"
    ).replacingOccurrences(
      of: "- id: dfi",
      with: """
        - id: number
          sites: [lung]
          modalities: [microwave]
          fact: \(fact)
          unit: count
          concern: burden
          sources: [\(sources)]
          bands:
          - {upTo: 5, grade: favourable, desirability: 1, text: few}
          - {above: 5, grade: caution, desirability: 0.5, text: many}
        - id: dfi
        """)
  }

  @Test("a rule on a number of metastases counts as its sources did, and they say how")
  func countUnits() {
    func source(_ key: String, _ counted: String) -> String {
      "- {key: \(key), citation: c, statement: s, mark: verified, design: trial, unit: lesion\(counted)}"
    }
    let trial = source("T", ", countedPer: patient")
    let weight = source("W", ", countedPer: none")
    let none: [String] = []
    func messages(_ text: String) -> [String] { Set(check(text).map(\.message)).sorted() }
    #expect(messages(counting("lungMetastasisCount", sources: "T, W", trial + "\n" + weight)) == none)
    // A ceiling of each patient, asked of each lung.
    #expect(
      messages(counting("lesionsInSameLung", sources: "T", trial)) == [
        "lesionsInSameLung counts metastases of each lung, T those of each patient"
      ])
    let coverage = source("T", ", countedPer: lung")
    #expect(
      messages(counting("lungMetastasisCount", sources: "T", coverage)) == [
        "lungMetastasisCount counts metastases of each patient, T those of each lung"
      ])
    #expect(messages(counting("lesionsInSameLung", sources: "T", coverage)) == none)
    // One that does not say is no better beside one that does.
    #expect(
      messages(counting("lungMetastasisCount", sources: "T, S", trial)) == [
        "S does not say of what it counted metastases"
      ])
    #expect(
      messages(counting("lungMetastasisCount", sources: "W", weight)) == [
        "no source of this band counted metastases of each patient"
      ])
    let slip = check(counting("lungMetastasisCount", sources: "T", source("T", ", countedPer: pation")))
    #expect(slip.contains { $0.suggestion.contains("did you mean patient") }, "\(slip)")
  }

  @Test("every rule of the shipped protocol on a number of metastases counts as its sources did")
  func shippedCountUnits() {
    let shipped = String(decoding: CareProtocolReader.shippedText, as: UTF8.self)
    #expect(check(shipped).isEmpty)
    // The check reads the shipped rules: without what one source counted by, each rule that cites it is found.
    let key = "- key: RT-comet10"
    guard let start = shipped.range(of: key),
      let line = shipped.range(of: "  countedPer: patient\n", range: start.upperBound..<shipped.endIndex)
    else {
      Issue.record("RT-comet10 is not counted")
      return
    }
    let found = check(shipped.replacingCharacters(in: line, with: ""))
    #expect(
      Set(found.compactMap(\.rule)) == [
        "patient.count", "lung.sbrt.count", "lung.sbrt.number", "liver.sbrt.count",
      ])
    #expect(found.allSatisfy { $0.message == "RT-comet10 does not say of what it counted metastases" })
  }

  @Test("yes and no are read as YAML has them, and anything else is a problem")
  func flags() throws {
    let shipped = String(decoding: CareProtocolReader.shippedText, as: UTF8.self)
    func notes(_ word: String) throws -> ([Bool], [String]) {
      let text = shipped.replacingOccurrences(of: "preparation: true", with: "preparation: \(word)")
      let (read, problems) = CareProtocolReader.check(Data(text.utf8), file: "x")
      return (read?.ablation?.notes.map(\.isPreparation) ?? [], problems.map(\.message))
    }
    let usual = try notes("true").0
    #expect(usual.contains(true) && usual.contains(false))
    for word in ["yes", "Yes", "on", "TRUE"] { #expect(try notes(word).0 == usual) }
    for word in ["no", "false", "off"] { #expect(try !notes(word).0.contains(true)) }
    #expect(try notes("perhaps").1.contains { $0.contains("preparation must be true or false") })
  }

  @Test("no bytes, other bytes, other YAML")
  func notAProtocol() {
    #expect(!check("").isEmpty)
    #expect(!check("- a").isEmpty)
    #expect(!CareProtocolReader.check(Data([0xFF, 0xFE]), file: "x").1.isEmpty)
  }

  @Test("the schema is JSON and knows every fact")
  func schema() throws {
    let data = try ProtocolSchema.json()
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(root["$schema"] != nil)
    #expect(String(decoding: data, as: UTF8.self).contains("clearance(BrachialPlexus)"))
  }
}
