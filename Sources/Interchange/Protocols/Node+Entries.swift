// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// Reading and changing nodes by the names of their keys; order, tags and lines are kept.
extension Node {
  /// The keys of a mapping with their values, in the file's order; none for anything else.
  var pairs: [(key: Node, value: Node)] {
    guard case .mapping(let mapping) = self else { return [] }
    return mapping.map { ($0.key, $0.value) }
  }

  /// The items of a list; none for anything else.
  var items: [Node] {
    guard case .sequence(let sequence) = self else { return [] }
    return Array(sequence)
  }

  /// The value of a mapping's key; `nil` where there is none.
  func value(_ key: String) -> Node? { pairs.first { $0.key.scalar?.string == key }?.value }

  /// The words of a list of words; what is no word is left out.
  func words(_ key: String) -> [String] { value(key)?.items.compactMap { $0.scalar?.string } ?? [] }

  /// A mapping with one key's value replaced, or put at the end where it was not.
  func setting(_ key: String, to value: Node) -> Node {
    var pairs = pairs
    if let index = pairs.firstIndex(where: { $0.key.scalar?.string == key }) {
      pairs[index].value = value
    } else {
      pairs.append((Node.scalar(Node.Scalar(key, .implicit, .any, value.mark)), value))
    }
    return withPairs(pairs)
  }

  /// A mapping without some of its keys.
  func removing(_ keys: Set<String>) -> Node {
    withPairs(pairs.filter { !keys.contains($0.key.scalar?.string ?? "") })
  }

  /// A mapping with other pairs; anything else as it is.
  func withPairs(_ pairs: [(key: Node, value: Node)]) -> Node {
    guard case .mapping(let mapping) = self else { return self }
    return .mapping(Node.Mapping(pairs.map { ($0.key, $0.value) }, mapping.tag, mapping.style, mapping.mark))
  }

  /// A list with other items; anything else as it is.
  func withItems(_ items: [Node]) -> Node {
    guard case .sequence(let list) = self else { return self }
    return .sequence(Node.Sequence(items, list.tag, list.style, list.mark))
  }

  /// The node with another line; what is inside keeps its own.
  func marked(_ mark: Mark?) -> Node {
    switch self {
    case .scalar(var scalar):
      scalar.mark = mark
      return .scalar(scalar)
    case .mapping(var mapping):
      mapping.mark = mark
      return .mapping(mapping)
    case .sequence(var sequence):
      sequence.mark = mark
      return .sequence(sequence)
    case .alias: return self
    }
  }

  /// The node without lines, as one of another file has none in this.
  ///
  /// Only for the shipped protocol, whose depth is known: it descends as deep as the node.
  func withoutLines() -> Node {
    switch self {
    case .scalar, .alias: marked(nil)
    case .mapping:
      withPairs(pairs.map { ($0.key.withoutLines(), $0.value.withoutLines()) }).marked(nil)
    case .sequence: withItems(items.map { $0.withoutLines() }).marked(nil)
    }
  }

  /// Whether both say the same: numbers by value (5 is 5.0), words by their letters, lists in their order.
  func says(_ other: Node, depth: Int = 6) -> Bool {
    guard depth > 0 else { return false }
    switch (self, other) {
    case (.scalar(let a), .scalar(let b)):
      if let x = Double(a.string), let y = Double(b.string) { return x == y }
      return a.string == b.string
    case (.sequence(let a), .sequence(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.says($1, depth: depth - 1) }
    case (.mapping(let a), .mapping(let b)):
      return a.count == b.count
        && a.allSatisfy { pair in
          guard let key = pair.key.scalar?.string, let value = other.value(key) else { return false }
          return pair.value.says(value, depth: depth - 1)
        }
    default: return false
    }
  }

  /// Whether it is a mapping.
  var isMapping: Bool { if case .mapping = self { true } else { false } }

  /// Whether a text in it, at most four levels down, holds these letters.
  func isMentioning(_ letters: String, depth: Int = 4) -> Bool {
    switch self {
    case .scalar(let scalar): scalar.string.contains(letters)
    case .sequence: depth > 0 && items.contains { $0.isMentioning(letters, depth: depth - 1) }
    case .mapping: depth > 0 && pairs.contains { $0.value.isMentioning(letters, depth: depth - 1) }
    case .alias: false
    }
  }

  /// A scalar or a list of scalars as YAML has it on one line, for messages; no more than some eighty letters.
  var shown: String {
    let text: String
    switch self {
    case .scalar(let scalar): text = scalar.string
    case .sequence(let list):
      text = "[" + list.prefix(8).map { $0.scalar?.string ?? "…" }.joined(separator: ", ") + "]"
    default: text = "…"
    }
    return text.count > 80 ? text.prefix(80) + "…" : text
  }
}
