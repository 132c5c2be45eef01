// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Planning
internal import Yams

/// A site's protocol that says `extends: oligoplan-default`: the shipped protocol with the therapies
/// that the site has, its patches, sources, needs and rules.
struct ProtocolExtension {
  /// The keys of such a file.
  static let keys = [
    "schema", "id", "version", "title", "extends", "available", "sources", "needs", "rules", "worklists",
    "patches",
  ]
  /// How many problems with patches are told: what was meant is looked for among all rules.
  static let mostProblems = 50
  /// The most patches of a file.
  static let mostPatches = 1000

  /// The protocol as a whole, with plain rules, and what it extends.
  struct Merged {
    let root: Node
    let extended: CareProtocol.Extended
  }

  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  /// The protocol as a whole; `nil` where anything of it is wrong, which is reported: half a patched protocol is none.
  ///
  /// - Parameters:
  ///   - root: the site's file.
  ///   - text: the shipped protocol.
  /// - Throws: `InputError` or Yams's errors where the shipped protocol is no YAML.
  func merged(_ root: Node, shipped text: Data) throws -> Merged? {
    guard let entries = reading.mapping(root, "a protocol that extends another", keys: Self.keys),
      let base = try YAMLText.compose(String(decoding: text, as: UTF8.self), file: "default protocol")?
        .withoutLines(),
      let id = base.value("id")?.scalar?.string, let version = base.value("version")?.scalar?.string
    else { return nil }
    for key in ["schema", "id", "version", "title"] { _ = reading.text(entries[key], key, in: root) }
    if let named = reading.text(entries["extends"], "extends", in: root), named != id {
      reading.report(entries["extends"], "there is no protocol \(named) to extend", "write extends: \(id)")
    }
    if entries["id"]?.scalar?.string == id {
      reading.report(entries["id"], "\(id) is the protocol that is extended", "give your own id")
    }
    guard reading.problems.isEmpty else { return nil }

    let known = Set(
      [base.value("sources"), entries["sources"]].flatMap { $0?.items ?? [] }.compactMap {
        $0.value("key")?.scalar?.string
      })
    let patchReader = ProtocolPatchReader(reading, known: known)
    let nodes = reading.sequence(entries["patches"], "patches")
    guard nodes.count <= Self.mostPatches else {
      reading.report(
        entries["patches"], "over \(Self.mostPatches) patches", "write a protocol of your own: protocol show")
      return nil
    }
    var patches: [ProtocolPatch] = []
    for node in nodes { if let patch = patchReader.patch(node) { patches.append(patch) } }
    guard reading.problems.isEmpty,
      let merged = patched(base, patches, own: entries["rules"], ProtocolPatching(reading, patchReader))
    else { return nil }
    var whole = merged
    for key in ["schema", "id", "version", "title", "available"] {
      if let node = entries[key] { whole = whole.setting(key, to: node) }
    }
    if let own = entries["sources"], let list = base.value("sources") {
      whole = whole.setting("sources", to: list.withItems(list.items + reading.sequence(own, "sources")))
    }
    if let own = entries["needs"], let list = base.value("needs") {
      whole = whole.setting("needs", to: list.withItems(list.items + reading.sequence(own, "needs")))
    }
    // A service orders its own list; the others' orders stay.
    if let own = entries["worklists"], var lists = base.value("worklists") {
      for (key, value) in own.pairs {
        guard let name = key.scalar?.string else { continue }
        lists = lists.setting(name, to: value)
      }
      whole = whole.setting("worklists", to: lists)
    }
    guard reading.problems.isEmpty else { return nil }
    return Merged(
      root: whole, extended: .init(id: id, version: version, sha256: FileAccess.sha256(text)))
  }

  /// Entries first, so that rules which take a limit follow it; then rules as they are once expanded.
  private func patched(
    _ base: Node, _ patches: [ProtocolPatch], own: Node?, _ patching: ProtocolPatching
  ) -> Node? {
    var root = base
    var limits: [String: NeighbourLimits.Patch] = [:]
    for patch in patches {
      let path: [Node]
      switch patch.target {
      case .rule: continue
      case .limit(let id):
        path = [Node("ablation"), Node("zoneLimits"), patch.node.value("limit") ?? Node(id)]
        limits[id] = .init(sources: patch.sources, mark: patch.node.mark)
      case .entry(let steps):
        let parts = ["ablation", "radiotherapy", "resection", "joint", "worklists", "scoring", "facts"]
        guard let part = steps[0].scalar?.string, parts.contains(part) else {
          reading.report(
            steps[0], "entry begins with \"\(steps[0].shown)\"", "one of " + parts.joined(separator: ", "))
          continue
        }
        path = steps
        // A limit found by this way has rules that follow it all the same.
        if steps.count == 3, steps[1].shown == "zoneLimits" {
          reading.report(steps[1], "a zone limit is patched by its id", "write limit: ID")
          continue
        }
      }
      // What does not fit is reported, and the others are looked at all the same.
      if reading.problems.count < Self.mostProblems, let changed = patching.entry(root, path[...], patch) {
        root = changed
      }
    }
    var neighbours = NeighbourLimits(root.value("ablation"), reading)
    neighbours.patches = limits
    let templates = RuleTemplates(reading, limits: neighbours)
    guard let list = templates.expanded(root.value("rules")),
      let added = own.map({ templates.expanded($0) }) ?? list.withItems([])
    else { return nil }
    if own != nil { _ = reading.sequence(added, "rules") }
    var rules = list.items
    for patch in patches {
      guard case .rule(let id) = patch.target else { continue }
      if reading.problems.count < Self.mostProblems, let changed = patching.rules(rules, patch, id: id) {
        rules = changed
      }
    }
    return root.setting("rules", to: list.withItems(rules + added.items))
  }
}
