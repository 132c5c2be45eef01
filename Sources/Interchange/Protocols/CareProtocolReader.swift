// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import CProtocolData
internal import Eligibility
internal import Evidence
internal import Facts
public import Foundation
public import Planning
internal import Radiotherapy
internal import Resection
internal import Yams

/// Reads care protocols: YAML in, typed rules, needs, weights and bibliography out.
public struct CareProtocolReader {
  /// The schema that protocol files name.
  public static let schema = "oligoplan.protocol/1"

  /// The protocol shipped with the program, as text.
  public static var shippedText: Data {
    Data(bytes: oligoplan_default_protocol(), count: oligoplan_default_protocol_size())
  }

  /// The shipped protocol.
  ///
  /// - Throws: `InputErrors` if the program was built with a broken protocol.
  public static func shipped() throws -> CareProtocol {
    try load(shippedText, file: "default protocol")
  }

  /// A protocol from a file's bytes.
  ///
  /// - Throws: `InputErrors` with every problem and its line.
  public static func load(_ data: Data, file: String) throws -> CareProtocol {
    let (careProtocol, problems) = check(data, file: file)
    guard problems.isEmpty, let careProtocol else {
      throw InputErrors(
        problems.map { problem in
          InputError(
            file: file, place: problem.line > 0 ? "line \(problem.line)" : "",
            (problem.rule.map { "rule \($0): " } ?? "") + problem.message, advice: problem.suggestion)
        })
    }
    return careProtocol
  }

  /// Everything wrong with a protocol, and the protocol as far as it could be read; none where a file extends another and
  /// anything of its patches is wrong.
  public static func check(_ data: Data, file: String) -> (CareProtocol?, [ProtocolProblem]) {
    guard let text = String(bytes: data, encoding: .utf8) else {
      return (
        nil, [ProtocolProblem(line: 0, rule: nil, message: "not UTF-8", suggestion: "save it as UTF-8")]
      )
    }
    let reading = YAMLReading()
    let root: Node
    let extended: CareProtocol.Extended?
    do {
      guard let node = try YAMLText.compose(text, file: file) else {
        return (
          nil, [ProtocolProblem(line: 0, rule: nil, message: "empty", suggestion: "see protocol schema")]
        )
      }
      guard let plain = try plain(node, reading) else { return (nil, reading.problems) }
      (root, extended) = plain
    } catch let error as InputError {
      return (
        nil, [ProtocolProblem(line: 0, rule: nil, message: error.message, suggestion: error.advice)]
      )
    } catch {
      return (nil, [syntaxProblem(error)])
    }
    guard
      let entries = reading.mapping(
        root, "a protocol",
        keys: [
          "schema", "id", "version", "title", "requires", "weights", "weightsSources", "sources", "needs",
          "rules", "scoring", "facts", "radiotherapy", "ablation", "resection", "joint",
        ])
    else { return (nil, reading.problems) }
    if let schema = reading.text(entries["schema"], "schema", in: root), schema != Self.schema {
      reading.report(
        entries["schema"], "schema \(schema) is not \(Self.schema)", "write schema: \(Self.schema)")
    }
    let bibliography = SourceReader(reading).bibliography(entries["sources"])
    let rules = RuleReader(reading).rules(entries["rules"])
    let requirements = reading.sequence(entries["requires"], "requires").compactMap { node -> Requirement? in
      guard let entry = reading.mapping(node, "a requirement", keys: ["text", "sources"]),
        let text = reading.text(entry["text"], "text", in: node)
      else { return nil }
      return Requirement(text: text, sources: reading.texts(entry["sources"], "sources"))
    }
    var weights: [Concern: Double] = [:]
    for (name, node) in reading.mapping(
      entries["weights"], "weights", keys: Concern.allCases.map(\.rawValue)) ?? [:]
    {
      if let concern = Concern(rawValue: name) { weights[concern] = reading.number(node, "a weight") }
    }
    for key in reading.texts(entries["weightsSources"], "weightsSources") where bibliography[key] == nil {
      reading.report(entries["weightsSources"], "unknown source \(key)", "add it to sources")
    }
    let needs = reading.sequence(entries["needs"], "needs").compactMap { RuleReader(reading).needs($0) }
    func cites(_ citations: [(what: String, key: String)]?, _ part: String) {
      for (what, key) in citations ?? [] where bibliography[key] == nil {
        reading.report(entries[part], "\(what) cites the unknown source \(key)", "add it to sources")
      }
    }
    let radiotherapy = RadiotherapyReader(reading).parameters(entries["radiotherapy"])
    cites(radiotherapy?.citations, "radiotherapy")
    let ablation = AblationReader(reading).parameters(entries["ablation"])
    cites(ablation?.citations, "ablation")
    let resection = ResectionReader(reading).parameters(entries["resection"])
    cites(resection?.citations, "resection")
    let joint = JointReader(reading).parameters(entries["joint"])
    cites(joint?.citations, "joint")
    let numbers = FactParametersReader(reading)
    let scoring = numbers.scoring(entries["scoring"], weights: weights, in: root)
    cites(scoring?.citations, "scoring")
    let facts = numbers.facts(entries["facts"], bibliography, in: root)
    cites(facts?.citations, "facts")
    // Without its numbers nothing can be judged: the rest is not looked at.
    guard let scoring, let facts else { return (nil, reading.problems) }
    let ruleSet = RuleSet(
      rules: rules.map(\.rule), needs: needs, scoring: scoring, requirements: requirements)
    for problem in RuleSetCheck(ruleSet, bibliography).problems() {
      // Of two rules with one id the later is the slip.
      let place = rules.last { $0.rule.id == problem.rule }
      // The band may be the earlier one's, which has more of them.
      let lines = place?.bandLines ?? []
      let line = problem.band.flatMap { lines.indices.contains($0) ? lines[$0] : nil } ?? place?.line ?? 0
      reading.report(
        ProtocolProblem(
          line: line, rule: problem.rule, message: problem.message, suggestion: problem.suggestion))
    }
    guard let id = reading.text(entries["id"], "id", in: root),
      let version = reading.text(entries["version"], "version", in: root),
      let title = reading.text(entries["title"], "title", in: root)
    else { return (nil, reading.problems) }
    return (
      CareProtocol(
        // Every page names them: a line break in one would be a line of the program's own.
        id: VisibleText.escaped(id), version: VisibleText.escaped(version), title: VisibleText.escaped(title),
        // What is extended belongs to the protocol: the same patches to another version make another protocol.
        sha256: FileAccess.sha256(extended == nil ? data : data + shippedText), extends: extended,
        ruleSet: ruleSet, bibliography: bibliography, facts: facts, radiotherapy: radiotherapy,
        ablation: ablation,
        resection: resection, joint: joint),
      reading.problems
    )
  }

  private static func syntaxProblem(_ error: any Error) -> ProtocolProblem {
    var line = 0
    if let error = error as? YamlError {
      switch error {
      case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
        line = mark.line
      case .duplicatedKeysInMapping(_, let context): line = context.mark.line
      default: break
      }
    }
    return ProtocolProblem(
      line: line, rule: nil,
      message: "not valid YAML: \(error)".split(separator: "\n").first.map(String.init) ?? "",
      suggestion: "check indentation and quotes near this line")
  }
}

/// Reads the bibliography of a protocol.
struct SourceReader {
  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  func bibliography(_ node: Node?) -> Bibliography {
    var sources: [Source] = []
    var seen: Set<String> = []
    for entry in reading.sequence(node, "sources") {
      guard let source = source(entry) else { continue }
      if !seen.insert(source.key).inserted {
        reading.report(entry, "two sources have the key \(source.key)", "give one another key")
      }
      sources.append(source)
    }
    return Bibliography(sources)
  }

  private func source(_ node: Node) -> Source? {
    guard
      let entry = reading.mapping(
        node, "a source", keys: ["key", "citation", "statement", "mark", "design", "endpoint", "n", "unit"]),
      let key = reading.text(entry["key"], "key", in: node),
      let citation = reading.text(entry["citation"], "citation of \(key)", in: node),
      let statement = reading.text(entry["statement"], "statement of \(key)", in: node)
    else { return nil }
    if entry["mark"] == nil { reading.report(node, "mark of \(key) is missing") }
    if entry["design"] == nil { reading.report(node, "design of \(key) is missing") }
    if entry["unit"] == nil {
      reading.report(node, "unit of \(key) is missing", "write none where nothing was counted")
    }
    guard let mark = reading.word(entry["mark"], "mark", Mark.self),
      let design = reading.word(entry["design"], "design", Design.self),
      let unit = reading.word(entry["unit"], "unit", StudyUnit.self)
    else { return nil }
    return Source(
      key: key, citation: citation, statement: statement, mark: mark, design: design,
      endpoint: reading.text(entry["endpoint"], "endpoint", in: node, required: false) ?? "",
      n: reading.text(entry["n"], "n", in: node, required: false) ?? "", unit: unit)
  }
}
