// SPDX-License-Identifier: Apache-2.0
import Eligibility
import Evidence
import Facts
import Foundation
import Testing

@testable import Interchange

/// Rules written once for several energies: none lost, none doubled, none with another's distance.
@Suite("Rules made by forEach")
struct RuleTemplateTests {
  private static let head = """
    schema: oligoplan.protocol/1
    id: test
    version: "1"
    title: Test
    weights: {control: 0.3, neighbours: 0.25, deliverability: 0.15, reserve: 0.15, burden: 0.15}
    \(ProtocolText.numbers)
    sources:
    - {key: S, citation: c, statement: s, mark: verified, design: trial, unit: patient}
    - {key: R, citation: c, statement: s, mark: recalled, design: trial, unit: patient}
    needs:
    - {sites: [lung], modalities: [microwave], decisive: [longestAxialDiameter], confirm: [inr]}
    ablation:
      zoneLimits:
      - {id: heart, role: Heart, effect: injury, energies: [radiofrequency, microwave], sites: [lung], distanceMM: 5, text: t, sources: [S]}
      - {id: cold, role: Heart, effect: injury, energies: [cryoablation], sites: [lung], distanceMM: 3, text: t, sources: [S]}
    rules:

    """

  private static let rule = """
    - forEach:
        energy: {radiofrequency: {zone: zone}, microwave: {zone: zone}, cryoablation: {zone: ice}}
      id: lung.{energy}.heart
      sites: [lung]
      modalities: ["{energy}"]
      fact: zoneClearance({energy}:Heart)
      unit: mm
      concern: neighbours
      sources: [S]
      limit: {of: heart}
      bands:
      - {below: "{limit}", grade: caution, desirability: 0.5, text: "The {energy.zone} comes within {limit} mm"}
      - {from: "{limit}", grade: favourable, desirability: 1, text: far}
      overrides:
      - {for: {energy: cryoablation}, limit: {of: cold}, sources: [R], bands: {1: {desirability: 0.75}}}

    """

  /// The rules and problems of a list; what the ablation part lacks besides is left out.
  private func read(_ rules: String) throws -> (rules: [Rule], problems: [ProtocolProblem]) {
    let reading = YAMLReading()
    let text = Self.head + rules
    let root = try #require(try YAMLText.compose(text, file: "t.yaml"))
    let plain = try CareProtocolReader.plain(root, reading)
    let read = RuleReader(reading).rules(plain?.root.value("rules"))
    return (read.map(\.rule), reading.problems)
  }

  @Test("every value makes one rule, with its words, its limit and its overrides")
  func made() throws {
    let (rules, problems) = try read(Self.rule)
    #expect(problems.isEmpty, "\(problems)")
    #expect(
      rules.map(\.id) == ["lung.radiofrequency.heart", "lung.microwave.heart", "lung.cryoablation.heart"])
    #expect(
      rules.map(\.fact.name) == [
        "zoneClearance(radiofrequency:Heart)", "zoneClearance(microwave:Heart)",
        "zoneClearance(cryoablation:Heart)",
      ])
    #expect(
      rules.map { $0.bands[0].text } == [
        "The zone comes within 5 mm", "The zone comes within 5 mm", "The ice comes within 3 mm",
      ])
    #expect(rules.map { $0.bands[0].desirability.lower } == [0.5, 0.5, 0.75])
    #expect(rules.map { $0.bands[1].desirability.lower } == [1, 1, 1])
    #expect(rules.map { $0.bands[0].sources } == [["S"], ["S"], ["R"]])
    for (rule, limit) in zip(rules, [5.0, 5, 3]) {
      #expect(rule.band(of: .number(limit)) == rule.bands[1])
      #expect(rule.band(of: .number(limit.nextDown)) == rule.bands[0])
    }
  }

  @Test("groups are made as a whole for each value, and their rules share their keys")
  func groups() throws {
    let (rules, problems) = try read(
      """
      - forEach: {site: [lung, liver]}
        sites: ["{site}"]
        concern: control
        sources: [S]
        rules:
        - forEach: {energy: [microwave, cryoablation]}
          id: "{site}.{energy}.size"
          modalities: ["{energy}"]
          fact: longestAxialDiameter
          unit: mm
          bands:
          - {grade: favourable, desirability: 1, text: "{not a name} {1, 2}"}
        - id: "{site}.last"
          modalities: [sbrt]
          fact: ecog
          unit: score
          bands:
          - {grade: favourable, desirability: 1, text: any}
      """)
    #expect(problems.allSatisfy { $0.message.contains("unit") }, "\(problems)")
    #expect(
      rules.map(\.id) == [
        "lung.microwave.size", "lung.cryoablation.size", "lung.last", "liver.microwave.size",
        "liver.cryoablation.size", "liver.last",
      ])
    #expect(rules[0].bands[0].text == "{not a name} {1, 2}")
  }

  @Test("a template that does not say what is meant makes no rule and says where and why", arguments: slips)
  func refused(_ slip: Slip) throws {
    let text = Self.rule.replacingOccurrences(of: slip.from, with: slip.to)
    #expect(text != Self.rule, "the slip was not made")
    let (rules, problems) = try read(text)
    #expect(rules.isEmpty, "\(rules.map(\.id))")
    let first = try #require(problems.first)
    #expect(first.message.contains(slip.message), "\(problems)")
    #expect(slip.advice.isEmpty || first.suggestion.contains(slip.advice), "\(first)")
    let line = Self.head.split(separator: "\n", omittingEmptySubsequences: false).count - 1 + slip.line
    #expect(first.line == line, "\(first)")
  }

  struct Slip: Sendable {
    let from: String
    let to: String
    let line: Int
    let message: String
    let advice: String
  }

  static let slips: [Slip] = [
    Slip(
      from: "id: lung.{energy}", to: "id: lung.{enrgy}", line: 3, message: "{enrgy}",
      advice: "did you mean {energy}"),
    Slip(
      from: "{energy.zone}", to: "{energy.zoen}", line: 12, message: "{energy.zoen}",
      advice: "did you mean {energy.zone}"),
    Slip(
      from: "[\"{energy}\"]", to: "[{energy}]", line: 5, message: "without quotes", advice: "\"{energy}\""),
    Slip(
      from: "{radiofrequency: {zone: zone}, microwave: {zone: zone}, cryoablation: {zone: ice}}", to: "[]",
      line: 2,
      message: "no value", advice: "at least one"),
    Slip(
      from: "microwave: {zone: zone}", to: "microwave: {}", line: 2, message: "same words",
      advice: "every value"),
    Slip(
      from: "cryoablation: {zone: ice}", to: "cryoablation: {zone: {a: b}}", line: 2,
      message: "must be a name", advice: ""),
    Slip(
      from: "    energy: {", to: "    limit: {", line: 2, message: "cannot be a variable", advice: "letters"),
    Slip(
      from: "energy: cryoablation}", to: "energy: cryo}", line: 15, message: "does not list",
      advice: "cryoablation"),
    Slip(from: "for: {energy:", to: "for: {energies:", line: 15, message: "no variable", advice: "energy"),
    Slip(
      from: "for: {energy: cryoablation}", to: "for: {}", line: 15, message: "for which values",
      advice: "for:"),
    Slip(from: "bands: {1: {", to: "bands: {3: {", line: 15, message: "\"3\"", advice: "from 1 to 2"),
    Slip(from: "bands: {1: {des", to: "bands: {0: {des", line: 15, message: "\"0\"", advice: "from 1 to 2"),
    Slip(
      from: "sources: [R]", to: "souces: [R]", line: 15, message: "unknown key",
      advice: "did you mean sources"),
    Slip(
      from: "{desirability: 0.75}", to: "{desirabilty: 0.75}", line: 15, message: "unknown key",
      advice: "did you mean desirability"),
    Slip(
      from: "  overrides:\n", to: "  overrides:\n  - {for: {energy: cryoablation}, sources: [S]}\n", line: 16,
      message: "two overrides", advice: "keep one"),
    Slip(
      from: "limit: {of: heart}", to: "limit: {of: heard}", line: 10, message: "heard",
      advice: "did you mean heart"),
    Slip(
      from: "limit: {of: heart}", to: "limit: near", line: 10, message: "neither a number", advice: "limit:"),
    Slip(
      from: "limit: {of: cold}", to: "limit: {of: heart}", line: 15, message: "not for cryoablation",
      advice: "own number"),
    Slip(from: ":Heart)", to: ":Oesophagus)", line: 10, message: "is of Heart", advice: "that organ"),
    Slip(from: "unit: mm", to: "unit: cm", line: 10, message: "in mm", advice: "unit: mm"),
    Slip(from: "  limit: {of: heart}\n", to: "", line: 11, message: "{limit}", advice: ""),
  ]

  @Test("a value that stands twice would double a rule")
  func twice() throws {
    let (rules, problems) = try read(
      Self.rule.replacingOccurrences(
        of: "{radiofrequency: {zone: zone}, microwave: {zone: zone}, cryoablation: {zone: ice}}",
        with: "[microwave, microwave]"))
    #expect(rules.isEmpty)
    #expect(problems.first?.message.contains("twice") == true)
  }

  @Test("a placeholder outside forEach is not printed")
  func stray() throws {
    let (_, problems) = try read(
      """
      - id: size
        sites: [lung]
        modalities: [microwave]
        fact: longestAxialDiameter
        unit: mm
        concern: control
        sources: [S]
        bands:
        - {grade: favourable, desirability: 1, text: "good for {energy}"}
      """)
    #expect(problems.first?.suggestion.contains("forEach") == true, "\(problems)")
  }

  @Test("a rule that forgets its variable is found as one that stands twice")
  func forgotten() throws {
    let text =
      Self.head + Self.rule.replacingOccurrences(of: "id: lung.{energy}.heart", with: "id: lung.heart")
    let problems = CareProtocolReader.check(Data(text.utf8), file: "t.yaml").1
    #expect(problems.contains { $0.message.contains("two rules have the id lung.heart") }, "\(problems)")
  }

  @Test("few lines stand for no more than a bounded number of rules and bytes")
  func bounded() throws {
    func values(_ count: Int) -> String { (0..<count).map { "v\($0)" }.joined(separator: ", ") }
    let plain = "fact: ecog, unit: score, bands: []"
    for (entry, message) in [
      ("{forEach: {a: [\(values(201))]}, id: \"{a}\", \(plain)}", "201 rules of one"),
      ("{forEach: {a: [\(values(20))], b: [\(values(11))]}, id: \"{a}{b}\", \(plain)}", "220 rules of one"),
      (
        "{forEach: {a: [\(values(20))]}, rules: [{forEach: {b: [\(values(11))]}, id: \"{a}{b}\", \(plain)}]}",
        "220 rules of one"
      ),
      (
        "{forEach: {a: [\(values(200))]}, rules: ["
          + (0..<30).map { "{id: \"{a}.\($0)\", \(plain)}" }.joined(separator: ", ") + "]}", "over 5000 rules"
      ),
      (
        "{forEach: {a: {v: {w: \(String(repeating: "x", count: 100_000))}}}, id: \"{a}\", root: \""
          + String(repeating: "{a.w}", count: 1000) + "\", \(plain)}", "over 64 MB"
      ),
      ("{concern: control, rules: []}", "one rule"),
      ("{forEach: {a: [v]}, rules: [], id: x}", "unknown key"),
      ("{forEach: [], id: x}", "no variable"),
    ] {
      let (_, problems) = try read("- \(entry)\n")
      #expect(problems.contains { $0.message.contains(message) }, "\(message): \(problems.prefix(3))")
    }
    var nested = "{id: x}"
    for index in 0..<6 { nested = "{forEach: {v\(index): [a]}, rules: [\(nested)]}" }
    #expect(try read("- \(nested)\n").problems.contains { $0.message.contains("deep") })
    // Braces without end are looked at once.
    let braces = "- {id: x, root: \"" + String(repeating: "{", count: 1_000_000) + "}\", \(plain)}\n"
    _ = try read(braces)
  }
}
