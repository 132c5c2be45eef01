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
  /// Read once a process: it never changes.
  ///
  /// - Throws: `InputErrors` if the program was built with a broken protocol.
  public static func shipped() throws -> CareProtocol { try known.get() }

  private static let known = Result { try load(shippedText, file: "default protocol") }

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
    let reading = YAMLReading()
    let root: Node
    let extended: CareProtocol.Extended?
    switch Self.root(data, file: file, reading) {
    case .success(let found): (root, extended) = found
    case .failure(let unreadable): return (nil, unreadable.problems)
    }
    guard
      let entries = reading.mapping(
        root, "a protocol",
        keys: [
          "schema", "id", "version", "title", "requires", "weights", "weightsSources", "sources", "needs",
          "rules", "available", "scoring", "facts", "radiotherapy", "ablation", "resection", "joint",
          "worklists",
        ])
    else { return (nil, reading.problems) }
    if let schema = reading.text(entries["schema"], "schema", in: root), schema != Self.schema {
      reading.report(
        entries["schema"], "schema \(schema) is not \(Self.schema)", "write schema: \(Self.schema)")
    }
    // Without its numbers nothing can be judged: the rest is not looked at.
    guard let parts = ProtocolParts(entries, in: root, reading) else { return (nil, reading.problems) }
    let ruleSet = Self.checked(parts, reading)
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
        ruleSet: ruleSet, bibliography: parts.bibliography, facts: parts.facts,
        radiotherapy: parts.radiotherapy, ablation: parts.ablation, resection: parts.resection,
        joint: parts.joint, worklists: parts.worklists),
      reading.problems
    )
  }

  /// A file whose protocol cannot be looked at, and why.
  private struct Unreadable: Error {
    let problems: [ProtocolProblem]

    init(_ problems: [ProtocolProblem]) { self.problems = problems }

    init(_ message: String, _ suggestion: String) {
      problems = [ProtocolProblem(line: 0, rule: nil, message: message, suggestion: suggestion)]
    }
  }

  /// The protocol's nodes with plain rules only, and what it extends.
  private static func root(
    _ data: Data, file: String, _ reading: YAMLReading
  ) -> Result<(Node, CareProtocol.Extended?), Unreadable> {
    guard let text = String(bytes: data, encoding: .utf8) else {
      return .failure(Unreadable("not UTF-8", "save it as UTF-8"))
    }
    do {
      guard let node = try YAMLText.compose(text, file: file) else {
        return .failure(Unreadable("empty", "see protocol schema"))
      }
      guard let plain = try plain(node, reading) else { return .failure(Unreadable(reading.problems)) }
      return .success((plain.root, plain.extended))
    } catch let error as InputError {
      return .failure(Unreadable(error.message, error.advice))
    } catch {
      return .failure(Unreadable([syntaxProblem(error)]))
    }
  }

  /// The rules, with what is wrong between them reported at their lines.
  private static func checked(_ parts: ProtocolParts, _ reading: YAMLReading) -> RuleSet {
    let rules = parts.rules
    let ruleSet = RuleSet(
      rules: rules.map(\.rule), needs: parts.needs, scoring: parts.scoring,
      requirements: parts.requirements, available: parts.available)
    for problem in RuleSetCheck(ruleSet, parts.bibliography).problems() {
      // Of two rules with one id the later is the slip.
      let place = rules.last { $0.rule.id == problem.rule }
      // The band may be the earlier one's, which has more of them.
      let lines = place?.bandLines ?? []
      let line = problem.band.flatMap { lines.indices.contains($0) ? lines[$0] : nil } ?? place?.line ?? 0
      reading.report(
        ProtocolProblem(
          line: line, rule: problem.rule, message: problem.message, suggestion: problem.suggestion))
    }
    return ruleSet
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
