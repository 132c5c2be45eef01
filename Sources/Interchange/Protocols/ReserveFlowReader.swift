// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Resection
internal import Yams

/// Reads flows of guidelines: steps, their branches and ends.
struct ReserveFlowReader {
  private let reading: YAMLReading
  private let rules: RuleReader

  init(_ reading: YAMLReading) {
    self.reading = reading
    rules = RuleReader(reading)
  }

  func flow(_ node: Node) -> ReserveFlow? {
    guard let row = reading.mapping(node, "a flow", keys: ["id", "title", "caveat", "steps", "sources"]),
      let id = reading.text(row["id"], "id", in: node),
      let title = reading.text(row["title"], "title", in: node)
    else { return nil }
    let sources = reading.texts(row["sources"], "sources")
    if sources.isEmpty { reading.report(node, "flow \(id) has no source", "cite the bibliography") }
    let steps = reading.sequence(row["steps"], "steps").compactMap(step)
    guard !steps.isEmpty else {
      reading.report(node, "flow \(id) has no steps")
      return nil
    }
    let flow = ReserveFlow(
      id: id, title: title,
      caveat: reading.text(row["caveat"], "caveat", in: node, required: false) ?? "", steps: steps,
      sources: sources)
    for defect in flow.defects { reading.report(node, "flow \(id): \(defect)") }
    return flow
  }

  private func step(_ node: Node) -> ReserveFlow.Step? {
    guard let row = reading.mapping(node, "a step", keys: ["id", "test", "branches", "otherwise"]),
      let id = reading.text(row["id"], "id", in: node), let test = reading.text(row["test"], "test", in: node)
    else { return nil }
    guard let rest = row["otherwise"],
      let otherwise = reading.mapping(rest, "otherwise", keys: Self.targetKeys).flatMap({ target($0, rest) })
    else {
      reading.report(node, "step \(id) needs otherwise: {goto: …} or {risk: …}")
      return nil
    }
    let branches = reading.sequence(row["branches"], "branches").compactMap { node -> ReserveFlow.Branch? in
      guard let entry = reading.mapping(node, "a branch", keys: Self.targetKeys + ["when"]),
        let when = entry["when"], let condition = condition(when), let target = target(entry, node)
      else { return nil }
      return ReserveFlow.Branch(condition: condition, target: target)
    }
    return ReserveFlow.Step(id: id, test: test, branches: branches, otherwise: otherwise)
  }

  private static let targetKeys = ["goto", "risk", "text", "sources"]

  private func target(_ row: [String: Node], _ node: Node) -> ReserveFlow.Target? {
    if let step = row["goto"] { return reading.text(step, "goto", in: node).map { .step($0) } }
    guard let risk = reading.word(row["risk"], "risk", ReserveFlow.Risk.self),
      let text = reading.text(row["text"], "text", in: node)
    else {
      reading.report(node, "goto or risk is missing")
      return nil
    }
    let sources = reading.texts(row["sources"], "sources")
    if sources.isEmpty { reading.report(node, "an end has no source", "cite the bibliography") }
    return .end(risk, text: text, sources: sources)
  }

  private func condition(_ node: Node) -> FlowCondition? {
    guard case .mapping(let mapping) = node else {
      reading.report(node, "a condition is {fact: …} or {all: […]}, {any: […]}, {anyKnown: […]}")
      return nil
    }
    let keys = mapping.map { $0.key.scalar?.string ?? "" }
    for group in ["all", "any", "anyKnown"] where keys.contains(group) {
      guard let row = reading.mapping(node, "a condition", keys: [group]) else { return nil }
      let parts = reading.sequence(row[group], group).compactMap(condition)
      guard !parts.isEmpty else {
        reading.report(node, "\(group) holds no condition")
        return nil
      }
      return group == "all" ? .all(parts) : (group == "any" ? .any(parts) : .anyKnown(parts))
    }
    return rules.guarding(node).map { .fact($0) }
  }
}
