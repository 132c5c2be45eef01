// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Yams

/// One change of a site's protocol to the one it extends.
struct ProtocolPatch {
  /// What is changed.
  enum Target {
    /// A rule, by its id.
    case rule(String)
    /// A zone limit, by its id; the rules that take it follow.
    case limit(String)
    /// Any other entry with sources, by the keys and ids that lead to it.
    case entry([Node])
  }

  /// What is changed.
  let target: Target
  /// The keys that change.
  let changes: [(key: Node, value: Node)]
  /// The threshold of a rule that moves, with both bands that end there.
  let edge: (was: Node, to: Node)?
  /// What the change rests on: a list of keys of the bibliography.
  let sources: Node
  /// The patch as it stands in the file.
  let node: Node
}

/// Reads the patches of a site's protocol.
struct ProtocolPatchReader {
  private let reading: YAMLReading
  /// Keys of all sources there are, the site's own among them.
  private let known: Set<String>

  init(_ reading: YAMLReading, known: Set<String>) {
    self.reading = reading
    self.known = known
  }

  /// A patch; `nil` where it names nothing, changes nothing or rests on nothing, which is reported.
  func patch(_ node: Node) -> ProtocolPatch? {
    guard node.isMapping else {
      reading.report(node, "a patch must be a mapping of keys to values")
      return nil
    }
    guard let target = target(node), let sources = sources(node) else { return nil }
    var edge: (Node, Node)?
    if let moved = node.value("edge") {
      guard case .rule = target, let change = change(moved), Double(change.was.scalar?.string ?? "") != nil,
        Double(change.to.scalar?.string ?? "") != nil
      else {
        reading.report(moved, "edge is the threshold of a rule that moves", "write edge: {was: 30, to: 25}")
        return nil
      }
      edge = change
    }
    let changes = node.pairs.filter {
      !["rule", "limit", "entry", "edge", "sources"].contains($0.key.scalar?.string ?? "")
    }
    guard edge != nil || !changes.isEmpty else {
      reading.report(node, "a patch changes nothing", "name a key with {was: …, to: …}")
      return nil
    }
    return ProtocolPatch(target: target, changes: changes, edge: edge, sources: sources, node: node)
  }

  /// `{was: …, to: …}`; `nil` for anything else.
  func change(_ node: Node) -> (was: Node, to: Node)? {
    guard node.pairs.count == 2, let was = node.value("was"), let to = node.value("to") else { return nil }
    return (was, to)
  }

  private func target(_ node: Node) -> ProtocolPatch.Target? {
    let given = ["rule", "limit", "entry"].filter { node.value($0) != nil }
    guard given.count == 1, let key = given.first, let value = node.value(key) else {
      reading.report(
        node, "a patch names one of rule, limit and entry",
        "write rule: ID, limit: ID of a zone limit, or entry: [radiotherapy, schemes, ID]")
      return nil
    }
    if key == "entry" {
      guard (2...8).contains(value.items.count) else {
        reading.report(
          value, "entry must be a list that leads to what changes", "as [ablation, placements, guided]")
        return nil
      }
      return .entry(value.items)
    }
    guard let id = reading.text(value, key, in: node) else { return nil }
    return key == "rule" ? .rule(id) : .limit(id)
  }

  private func sources(_ node: Node) -> Node? {
    guard let sources = node.value("sources"), case .sequence = sources, !sources.items.isEmpty else {
      reading.report(
        node.value("sources") ?? node, "a patch has no source",
        "add what the change rests on to sources, with its mark, and cite it: sources: [KEY]")
      return nil
    }
    for item in sources.items {
      guard let key = reading.text(item, "sources", in: node) else { return nil }
      guard known.contains(key) else {
        reading.report(
          item, "a patch cites the unknown source \(key)",
          Suggestion.nearest(to: key, among: known.sorted()).map { "did you mean \($0)?" }
            ?? "add it to sources")
        return nil
      }
    }
    return sources
  }
}
