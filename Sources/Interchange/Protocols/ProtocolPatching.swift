// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Yams

/// Makes a site's changes to the nodes of a protocol.
///
/// What a patch does not name stays as it was.
struct ProtocolPatching {
  /// Keys that say what something is; a patch changes what is said of it.
  private static let identity: Set<String> = [
    "id", "subject", "fact", "unit", "role", "effect", "organ", "set", "endpoint", "key", "schema",
  ]
  /// Keys whose values are sentences, which need not be repeated to be replaced.
  private static let sentences: Set<String> = ["text", "obtain", "note", "use", "name", "title"]

  private let reading: YAMLReading
  private let patches: ProtocolPatchReader

  init(_ reading: YAMLReading, _ patches: ProtocolPatchReader) {
    self.reading = reading
    self.patches = patches
  }

  // MARK: Rules

  /// Plain rules with a patch made to one of them; `nil` where it does not fit, which is reported.
  func rules(_ rules: [Node], _ patch: ProtocolPatch, id: String) -> [Node]? {
    guard let index = rules.firstIndex(where: { $0.value("id")?.scalar?.string == id }) else {
      reading.report(patch.node, "there is no rule \(id)", nearest(id, rules.map { $0.value("id") }))
      return nil
    }
    reading.rule = id
    defer { reading.rule = nil }
    guard let rule = changed(rules[index], patch) else { return nil }
    var rules = rules
    rules[index] = rule
    return rules
  }

  private func changed(_ rule: Node, _ patch: ProtocolPatch) -> Node? {
    let bandsKey = PatchedRule(rule).bandsKey
    var bands = PatchedRule(rule).bands
    var outdated: [Int: [Double]] = [:]
    if let edge = patch.edge {
      guard let places = moved(&bands, edge, patch) else { return nil }
      for place in places { outdated[place] = Double(edge.was.shown).map { [$0] } ?? [] }
    }
    var given: [Int: Set<String>] = [:]
    if let changes = patch.changes.first(where: { $0.key.scalar?.string == bandsKey })?.value {
      for (position, change) in changes.pairs {
        guard let index = bands.index(atPosition: position), change.isMapping else {
          reading.report(
            position, "\(bandsKey) changes \"\(position.shown)\"",
            "name a position from 1 to \(bands.count) and the keys that change")
          return nil
        }
        guard let merged = merged(bands[index], change.pairs, "band \(index + 1)") else { return nil }
        bands[index] = merged.node
        outdated[index, default: []] += merged.outdated
        given[index] = Set(change.pairs.compactMap { $0.key.scalar?.string })
      }
      if changes.pairs.isEmpty {
        reading.report(changes, "\(bandsKey) changes nothing", "name a position from 1 to \(bands.count)")
        return nil
      }
    }
    for (index, numbers) in outdated.sorted(by: { $0.key < $1.key }) {
      guard isUpToDate(bands[index], numbers, given[index] ?? [], "band \(index + 1)", patch) else {
        return nil
      }
    }
    let others = patch.changes.filter { $0.key.scalar?.string != bandsKey }
    guard let list = rule.value(bandsKey),
      let merged = merged(rule.setting(bandsKey, to: list.withItems(bands)), others, "the rule")
    else { return nil }
    let places = others.isEmpty ? Set(outdated.keys) : Set(bands.indices)
    return PatchedRule(merged.node).resting(on: patch.sources, at: places, mark: patch.node.mark)
  }

  /// Moves a threshold in every band that ends there, and says in which.
  private func moved(
    _ bands: inout [Node], _ edge: (was: Node, to: Node), _ patch: ProtocolPatch
  ) -> [Int]? {
    var places: [Int] = []
    var edges: [String] = []
    for index in bands.indices {
      for key in ["from", "above", "upTo", "below"] {
        guard let end = bands[index].value(key) else { continue }
        if !edges.contains(end.shown) { edges.append(end.shown) }
        guard end.says(edge.was) else { continue }
        bands[index] = bands[index].setting(key, to: edge.to)
        if places.last != index { places.append(index) }
      }
    }
    guard !places.isEmpty else {
      reading.report(
        patch.node.value("edge"), "the rule has no threshold at \(edge.was.shown)",
        edges.isEmpty ? "its cases are words" : "its thresholds are " + edges.joined(separator: ", "))
      return nil
    }
    guard !edge.was.says(edge.to) else {
      reading.report(
        patch.node.value("edge"), "the threshold is \(edge.was.shown) already", "remove the patch")
      return nil
    }
    return places
  }

  // MARK: Entries

  /// A node with a patch made to the entry that keys and ids lead to; `nil` where there is none, which is reported.
  func entry(_ node: Node, _ path: ArraySlice<Node>, _ patch: ProtocolPatch) -> Node? {
    guard let step = path.first else { return changedEntry(node, patch) }
    switch node {
    case .mapping:
      let key = step.scalar?.string ?? ""
      guard let value = node.value(key) else {
        reading.report(step, "there is no \"\(key.prefix(80))\" here", nearest(key, node.pairs.map(\.key)))
        return nil
      }
      return entry(value, path.dropFirst(), patch).map { node.setting(key, to: $0) }
    case .sequence:
      var items = node.items
      guard let index = index(of: step, in: items),
        let changed = entry(items[index], path.dropFirst(), patch)
      else { return nil }
      items[index] = changed
      return node.withItems(items)
    default:
      reading.report(step, "nothing stands inside of what this leads to", "end entry before it")
      return nil
    }
  }

  /// The one item of a list with this id, or with these keys.
  private func index(of step: Node, in items: [Node]) -> Int? {
    if let id = step.scalar?.string {
      guard let index = items.firstIndex(where: { $0.value("id")?.scalar?.string == id }) else {
        let ids = items.map { $0.value("id") }
        reading.report(
          step, "there is no entry with the id \(id.prefix(80))",
          ids.contains { $0 != nil } ? nearest(id, ids) : "name it by its keys, as {role: Heart}")
        return nil
      }
      return index
    }
    var left = Array(items.indices)
    guard !step.pairs.isEmpty else {
      reading.report(step, "name an entry of a list by its id or by its keys", "as {role: Heart}")
      return nil
    }
    for (key, value) in step.pairs {
      let name = key.scalar?.string ?? ""
      let before = left
      left = left.filter { items[$0].value(name).map { $0.says(value) } ?? false }
      guard left.isEmpty else { continue }
      let values = before.compactMap { items[$0].value(name) }
      reading.report(
        key, "no entry has \(name.prefix(80)): \(value.shown)",
        values.isEmpty
          ? nearest(name, items.first?.pairs.map(\.key) ?? []) : nearest(value.shown, values))
      return nil
    }
    guard left.count == 1 else {
      reading.report(step, "\(left.count) entries fit", "add keys until one does")
      return nil
    }
    return left[0]
  }

  private func changedEntry(_ node: Node, _ patch: ProtocolPatch) -> Node? {
    guard node.isMapping else {
      reading.report(
        patch.node.value("entry"), "this leads to no entry with keys", "end entry at the entry itself")
      return nil
    }
    // A figure with a mark of its own would keep that of the figure it replaces.
    var changes = patch.changes
    let mark = changes.first { $0.key.scalar?.string == "mark" }
    if case .entry(let path) = patch.target, mark == nil,
      node.value("mark") != nil || path.prefix(2).map(\.shown) == ["radiotherapy", "limits"]
    {
      reading.report(
        patch.node, "a patch of this entry has no mark",
        "write mark: with how far the new figure may be relied on (verified … heuristic)")
      return nil
    }
    changes.removeAll { $0.key.scalar?.string == "mark" }
    guard let merged = merged(node, changes, "the entry") else { return nil }
    let given = Set(changes.compactMap { $0.key.scalar?.string })
    guard isUpToDate(merged.node, merged.outdated, given, "the entry", patch) else { return nil }
    var changed = merged.node.setting("sources", to: patch.sources)
    if let mark { changed = changed.setting("mark", to: mark.value) }
    return changed.marked(patch.node.mark)
  }

  // MARK: Keys

  /// A mapping with the keys a patch names changed, and the numbers that no longer hold.
  private func merged(
    _ base: Node, _ changes: [(key: Node, value: Node)], _ what: String, depth: Int = 6
  ) -> (node: Node, outdated: [Double])? {
    var result = base
    var outdated: [Double] = []
    for (keyNode, value) in changes {
      let key = keyNode.scalar?.string ?? ""
      guard let old = base.value(key), key != "sources" else {
        reading.report(
          keyNode,
          key == "sources" ? "sources stand beside the patch, once" : "\(what) has no \"\(key.prefix(80))\"",
          nearest(key, base.pairs.map(\.key)))
        return nil
      }
      guard !Self.identity.contains(key) else {
        reading.report(keyNode, "\(key) says what \(what) is and cannot be patched", "write one of your own")
        return nil
      }
      if let (was, to) = patches.change(value) {
        guard old.says(was) else {
          reading.report(value, "\(key) of \(what) is \(old.shown), not \(was.shown)", "see protocol show")
          return nil
        }
        guard !old.says(to) else {
          reading.report(value, "\(key) of \(what) is \(old.shown) already", "remove the patch")
          return nil
        }
        if let number = Double(old.shown) { outdated.append(number) }
        result = result.setting(key, to: to)
      } else if Self.sentences.contains(key), value.scalar != nil, old.scalar != nil {
        result = result.setting(key, to: value)
      } else if value.isMapping, old.isMapping, !value.pairs.isEmpty, depth > 0 {
        guard let inner = merged(old, value.pairs, "\(what), \(key)", depth: depth - 1) else { return nil }
        result = result.setting(key, to: inner.node)
        outdated += inner.outdated
      } else {
        reading.report(
          value, "\(key) does not say what it was and what it becomes",
          "write \(key): {was: \(old.shown), to: …}")
        return nil
      }
    }
    return (result, outdated)
  }

  /// Whether no sentence still holds a number that was changed: a clinician would read the old threshold.
  private func isUpToDate(
    _ node: Node, _ numbers: [Double], _ given: Set<String>, _ what: String, _ patch: ProtocolPatch
  ) -> Bool {
    for (key, value) in node.pairs {
      guard let key = key.scalar?.string, Self.sentences.contains(key), !given.contains(key),
        let text = value.scalar?.string
      else { continue }
      for number in numbers where Self.holds(text, number) {
        reading.report(
          patch.node, "the \(key) of \(what) still says \(StatementParser.plain(number)): \"\(value.shown)\"",
          "give the patch its new \(key)")
        return false
      }
    }
    return true
  }

  /// Whether a text holds a number by itself: 30 in "≤ 30 mm" and "30.0", not in "130", "30.5" or "1.30".
  static func holds(_ text: String, _ number: Double) -> Bool {
    var token = ""
    // A point counts only where a digit follows; the space at the end closes the last number.
    for character in text + " " {
      if character.isASCII, character.isNumber || (character == "." && !token.isEmpty && !token.contains("."))
      {
        token.append(character)
        continue
      }
      if Double(token.hasSuffix(".") ? String(token.dropLast()) : token) == abs(number) { return true }
      token = ""
    }
    return false
  }

  private func nearest(_ name: String, _ nodes: [Node?]) -> String {
    let names = nodes.compactMap { $0.flatMap { $0.scalar == nil ? nil : $0.shown } }
    let near = Suggestion.nearest(3, to: name, among: names)
    return near.isEmpty ? "see protocol show" : "did you mean " + near.joined(separator: ", ") + "?"
  }
}
