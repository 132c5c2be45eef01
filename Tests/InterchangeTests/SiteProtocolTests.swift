// SPDX-License-Identifier: Apache-2.0
import Ablation
import Dosimetry
import Evidence
import Facts
import Foundation
import Planning
import Quantities
import Radiotherapy
import Reasons
import Resection
import Testing
import Vocabulary

@testable import Eligibility
@testable import Interchange

/// A site's protocol that extends the shipped one: what it names changes, with its own source, and nothing else.
@Suite("Protocols that extend the shipped one")
struct SiteProtocolTests {
  private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "Examples/site-protocol.yaml")

  /// Read once: every test compares with it.
  private static let base = Result { try CareProtocolReader.shipped() }

  private let shipped: CareProtocol
  private let text: String

  init() throws {
    shipped = try Self.base.get()
    text = try String(contentsOf: Self.example, encoding: .utf8)
  }

  private func verdict(_ platelets: Double, by careProtocol: CareProtocol) -> ModalityJudgement {
    var facts = FactTable()
    for definition in FactCatalogue.all {
      guard let fact = Fact(named: definition.name), let usual = definition.usual else { continue }
      facts[fact] = FactValue(.known(usual), origin: .stated, source: "test")
    }
    for role in StructureRole.allCases { facts[.clearance(role)] = .number(60, .measured, "test") }
    facts[.longestAxialDiameter] = .number(12, .measured, "test")
    facts[.depthFromPleura] = .number(12, .measured, "test")
    facts[.depthOfInnerEdge] = .number(24, .measured, "test")
    facts[.lesionsInSameLung] = .number(1, .measured, "test")
    facts[.lungMetastasisCount] = .number(1, .measured, "test")
    facts[.platelets] = .number(platelets, .stated, "test")
    return Judge(careProtocol.ruleSet).judge(.microwave, at: .lung, facts: facts)
  }

  /// Every stored value, with what has no order in order.
  private static func text(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else { return "\(value)" }
    var parts = mirror.children.map { ($0.label.map { "\($0)=" } ?? "") + text($0.value) }
    if mirror.displayStyle == .dictionary || mirror.displayStyle == .set { parts.sort() }
    return "\(mirror.subjectType)(" + parts.joined(separator: ", ") + ")"
  }

  @Test("one number changes, the verdict follows it, and nothing else changes")
  func oneNumber() throws {
    let site = try CareProtocolReader.load(Data(text.utf8), file: "site.yaml")
    for (platelets, before, after) in [
      (49.0, Verdict.conditional, Verdict.conditional), (50, .eligible, .conditional),
      (79, .eligible, .conditional),
      (80, .eligible, .eligible),
    ] {
      #expect(verdict(platelets, by: shipped).verdict == before, "\(platelets)")
      #expect(verdict(platelets, by: site).verdict == after, "\(platelets)")
    }
    let finding = verdict(60, by: site).findings.first { $0.rule == "ablation.platelets" }
    #expect(finding?.reason.quote?.contains("80") == true)
    #expect(finding?.sources == ["SITE-PLATELETS"])

    #expect(site.ruleSet.rules.count == shipped.ruleSet.rules.count)
    for (a, b) in zip(shipped.ruleSet.rules, site.ruleSet.rules) where a.id != "ablation.platelets" {
      #expect(CanonicalRules.text(a) == CanonicalRules.text(b))
      #expect(a == b)
    }
    #expect(site.ruleSet.needs == shipped.ruleSet.needs)
    #expect(site.ruleSet.scoring == shipped.ruleSet.scoring)
    #expect(site.ruleSet.requirements == shipped.ruleSet.requirements)
    #expect(site.radiotherapy == shipped.radiotherapy)
    #expect(site.joint == shipped.joint)
    #expect(Self.text(try #require(site.ablation)) == Self.text(try #require(shipped.ablation)))
    #expect(Self.text(try #require(site.resection)) == Self.text(try #require(shipped.resection)))
    #expect(site.bibliography.entries.filter { $0.key != "SITE-PLATELETS" } == shipped.bibliography.entries)
  }

  @Test("it has an id and a hash of its own and says what it extends")
  func provenance() throws {
    let site = try CareProtocolReader.load(Data(text.utf8), file: "site.yaml")
    #expect(site.id == "example-hospital")
    #expect(site.extends == .init(id: shipped.id, version: shipped.version, sha256: shipped.sha256))
    #expect(site.name.contains("extends oligoplan-default"))
    #expect(shipped.extends == nil)
    // The same file upon another version would be another protocol.
    #expect(site.sha256 == FileAccess.sha256(Data(text.utf8) + CareProtocolReader.shippedText))
    #expect(site.sha256 != shipped.sha256)
  }

  @Test("a name cannot write a line of its own into a page")
  func names() throws {
    for key in ["id: example-hospital", "version: \"2026.1\""] {
      let named = key.prefix { $0 != ":" } + ": \"a\\nerror: FORGED\""
      let forged = text.replacingOccurrences(of: key, with: String(named))
      let site = try CareProtocolReader.load(Data(forged.utf8), file: "site.yaml")
      #expect(!site.name.contains("\n") && site.name.contains("FORGED"), "\(site.name)")
    }
  }

  struct Slip: Sendable {
    let from: String
    let to: String
    let message: String
    let advice: String
  }

  static let slips: [Slip] = [
    Slip(from: "  sources: [SITE-PLATELETS]\n", to: "", message: "no source", advice: "mark"),
    Slip(from: "  sources: [SITE-PLATELETS]", to: "  sources: []", message: "no source", advice: "mark"),
    Slip(
      from: "  sources: [SITE-PLATELETS]", to: "  sources: [SITE-PLATELET]", message: "unknown source",
      advice: "did you mean SITE-PLATELETS"),
    Slip(from: ", mark: heuristic", to: "", message: "mark of SITE-PLATELETS is missing", advice: ""),
    Slip(
      from: "rule: ablation.platelets", to: "rule: ablation.plateles", message: "no rule ablation.plateles",
      advice: "did you mean ablation.platelets"),
    Slip(from: "edge: {was: 50", to: "edge: {was: 60", message: "no threshold at 60", advice: "50"),
    Slip(from: "edge: {was: 50, to: 80}", to: "edge: 80", message: "edge", advice: "was"),
    Slip(from: "edge: {was: 50, to: 80}", to: "edge: {was: 50, to: 50}", message: "already", advice: ""),
    Slip(from: "edge: {was: 50, to: 80}", to: "edge: {was: 50, to: many}", message: "edge", advice: ""),
    Slip(
      from: "edge: {was: 50, to: 80}", to: "edge: {was: 50, to: 8000000}", message: "plausible range",
      advice: "unit"),
    Slip(
      from: "edge: {was: 50, to: 80}", to: "egde: {was: 50, to: 80}", message: "no \"egde\"",
      advice: "did you mean"),
    Slip(
      from: "    2: {text: \"Platelets at least 80 x 10^9/L\"}\n", to: "", message: "still says 50",
      advice: "new text"),
    Slip(
      from: ", obtain: \"Platelets raised to 80 x 10^9/L or more\"", to: "", message: "still says 50",
      advice: "new obtain"),
    Slip(from: "    2: {text", to: "    3: {text", message: "\"3\"", advice: "from 1 to 2"),
    Slip(from: "    2: {text:", to: "    2: {txt:", message: "no \"txt\"", advice: "text"),
    Slip(
      from: "    2: {text:", to: "    2: {desirability: 0.9, text:", message: "does not say what it was",
      advice: "was: 1"),
    Slip(
      from: "    2: {text:", to: "    2: {desirability: {was: 0.7, to: 0.9}, text:", message: "is 1, not 0.7",
      advice: ""),
    Slip(
      from: "    1: {text:", to: "    1: {grade: {was: caution, to: exclusion}, text:",
      message: "without a verified clinical source", advice: ""),
    Slip(
      from: "  bands:\n", to: "  fact: {was: platelets, to: inr}\n  bands:\n", message: "cannot be patched",
      advice: ""),
    Slip(
      from: "extends: oligoplan-default", to: "extends: other", message: "no protocol other",
      advice: "oligoplan-default"),
    Slip(from: "extends: oligoplan-default\n", to: "", message: "unknown key \"patches\"", advice: ""),
    Slip(from: "id: example-hospital", to: "id: oligoplan-default", message: "is extended", advice: "own id"),
    Slip(from: "id: example-hospital\n", to: "", message: "id is missing", advice: ""),
    Slip(
      from: "key: SITE-PLATELETS", to: "key: AB-hold", message: "unknown source SITE-PLATELETS", advice: ""),
    Slip(from: "extends:", to: "requires: []\nextends:", message: "unknown key \"requires\"", advice: ""),
    Slip(
      from: "- rule:", to: "- limit: lung.heart\n  rule:", message: "one of rule, limit and entry", advice: ""
    ),
    Slip(from: "rule: ablation.platelets", to: "limit: lung.hart", message: "edge", advice: ""),
  ]

  @Test("a patch that does not fit is refused with its line and what was meant", arguments: slips)
  func refused(_ slip: Slip) throws {
    let text = text.replacingOccurrences(of: slip.from, with: slip.to)
    #expect(text != self.text, "the slip was not made")
    let (_, problems) = CareProtocolReader.check(Data(text.utf8), file: "site.yaml")
    let problem = try #require(problems.first { $0.message.contains(slip.message) }, "\(problems)")
    #expect(slip.advice.isEmpty || problem.suggestion.contains(slip.advice), "\(problem)")
    // No line of the protocol that is extended, which is another file.
    #expect(problem.line >= 1 && problems.allSatisfy { $0.line <= 20 }, "\(problems)")
  }

  private func site(_ patches: String) -> (CareProtocol?, [ProtocolProblem]) {
    let head = text.components(separatedBy: "patches:\n")[0]
    return CareProtocolReader.check(Data((head + "patches:\n" + patches).utf8), file: "site.yaml")
  }

  @Test("a limit that a site changes moves the rules that take it, which then rest on the site's source")
  func limit() throws {
    let patch = "- {limit: lung.heart, distanceMM: {was: 5, to: 8}, sources: [SITE-PLATELETS]}"
    let (read, problems) = site(patch)
    let careProtocol = try #require(read)
    #expect(problems.isEmpty, "\(problems)")
    let before = Dictionary(uniqueKeysWithValues: shipped.ruleSet.rules.map { ($0.id, $0) })
    var changed: [String] = []
    for rule in careProtocol.ruleSet.rules where rule != before[rule.id] {
      changed.append(rule.id)
      #expect(rule.bands[0] == before[rule.id]?.bands[0])
      #expect(rule.band(of: .number(7.9)) == rule.bands[1])
      #expect(rule.band(of: .number(8)) == rule.bands[2])
      for band in rule.bands.dropFirst() {
        #expect(band.text.contains("8 mm"))
        #expect(band.sources == ["SITE-PLATELETS"])
      }
    }
    #expect(
      changed == [
        "lung.radiofrequency.zone.heart", "lung.microwave.zone.heart", "lung.cryoablation.zone.heart",
      ])
    let limits = try #require(careProtocol.ablation?.zoneLimits)
    let former = try #require(shipped.ablation?.zoneLimits)
    #expect(zip(limits, former).count { "\($0)" != "\($1)" } == 1)
    #expect(limits[0].distance.millimeters == 8)
    #expect(limits[0].sources == ["SITE-PLATELETS"])

    let told = site("- {limit: lung.trachea, distanceMM: {was: 10, to: 15}, sources: [SITE-PLATELETS]}").1
    #expect(told.contains { $0.message.contains("still says 10") }, "\(told)")
    #expect(throws: InputErrors.self) {
      try CareProtocolReader.load(Data((self.text + "- {rule: none, sources: []}").utf8), file: "site.yaml")
    }
    let unknown = site("- {limit: lung.hart, distanceMM: {was: 5, to: 8}, sources: [SITE-PLATELETS]}").1
    #expect(unknown.first?.suggestion.contains("did you mean lung.heart") == true, "\(unknown)")
  }

  @Test("an entry is found by its keys, and a dose limit that changes carries a mark of its own")
  func entry() throws {
    let path = "[radiotherapy, limits, {set: UK22, organ: heart, endpoint: D0.1cc, level: mandatory}]"
    let change = "gy: {8: {was: 46, to: 40}}, sources: [SITE-PLATELETS]"
    let (read, problems) = site("- {entry: \(path), mark: heuristic, \(change)}")
    let radiotherapy = try #require(read?.radiotherapy)
    #expect(problems.isEmpty, "\(problems)")
    let former = try #require(shipped.radiotherapy)
    let changed = zip(radiotherapy.limits, former.limits).filter { $0 != $1 }
    #expect(changed.count == 1)
    #expect(changed.first?.0.mark == .heuristic)
    #expect(read?.ruleSet.rules == shipped.ruleSet.rules)

    #expect(site("- {entry: \(path), \(change)}").1.first?.message.contains("no mark") == true)
    for (other, advice) in [
      ("[radiotherapy, limits, {set: UK22, organ: hearth}]", "did you mean heart"),
      ("[radiotherapy, limits, {set: UK22, organ: heart}]", "add keys"),
      ("[radiotherapy, limitz, {set: UK22, organ: heart}]", "did you mean limits"),
      ("[ablation, placements, guidet]", "did you mean guided"),
      ("[weights, control]", "one of ablation"), ("[ablation, zoneLimits, lung.heart]", "limit: ID"),
    ] {
      let told = site("- {entry: \(other), mark: heuristic, \(change)}").1
      #expect(told.contains { $0.suggestion.contains(advice) }, "\(other): \(told)")
    }
  }

  @Test("rules of a site's own are added, and one with an id that exists is refused")
  func own() throws {
    let rule = """
      rules:
      - forEach: {energy: [radiofrequency, microwave]}
        id: site.{energy}.age
        sites: [lung]
        modalities: ["{energy}"]
        fact: age
        unit: years
        concern: burden
        sources: [SITE-PLATELETS]
        bands:
        - {upTo: 80, grade: favourable, desirability: 1, text: young}
        - {above: 80, grade: caution, desirability: 0.5, text: old}

      """
    let more = text.replacingOccurrences(of: "patches:", with: rule + "patches:")
    let careProtocol = try CareProtocolReader.load(Data(more.utf8), file: "site.yaml")
    #expect(
      careProtocol.ruleSet.rules.suffix(2).map(\.id) == ["site.radiofrequency.age", "site.microwave.age"])
    #expect(careProtocol.ruleSet.rules.count == shipped.ruleSet.rules.count + 2)
    let twice = more.replacingOccurrences(of: "site.{energy}.age", with: "lung.{energy}.size")
    #expect(
      CareProtocolReader.check(Data(twice.utf8), file: "").1.contains {
        $0.message.contains("two rules have the id")
      })
  }

  @Test("written out, both protocols read as the same rules")
  func expanded() throws {
    for (data, careProtocol) in [
      (CareProtocolReader.shippedText, shipped),
      (Data(text.utf8), try CareProtocolReader.load(Data(text.utf8), file: "site.yaml")),
    ] {
      let expanded = try CareProtocolReader.expandedText(data, file: "t.yaml")
      let again = try CareProtocolReader.load(expanded, file: "expanded.yaml")
      #expect(again.ruleSet == careProtocol.ruleSet)
      #expect(again.bibliography == careProtocol.bibliography)
      #expect(again.radiotherapy == careProtocol.radiotherapy)
      #expect(!String(decoding: expanded, as: UTF8.self).contains("forEach"))
    }
  }

  @Test("a number is found by itself in a sentence, not inside of another")
  func numbers() {
    for text in ["≤ 30 mm", "30", "20–30 mm: good", "(30)", "by 30.", "30.0", "x 30^2"] {
      #expect(ProtocolPatching.holds(text, 30), "\(text)")
    }
    for text in ["130 mm", "30.5 mm", "1.30", "300", "3 0", "", "."] {
      #expect(!ProtocolPatching.holds(text, 30), "\(text)")
    }
  }
}
