// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Yams

// Texts with what their placeholders stand for.
extension RuleTemplates {
  /// A node with what its placeholders stand for; `nil` where one stands for nothing, which is reported.
  func filled(_ node: Node, in scope: RuleTemplateScope, depth: Int = 0) -> Node? {
    bytes += 64
    guard depth <= 12 else {
      reading.report(node, "a rule is nested too deeply")
      return nil
    }
    switch node {
    case .scalar(let scalar): return filled(scalar, node, in: scope)
    case .sequence:
      var items: [Node] = []
      for item in node.items {
        guard let item = filled(item, in: scope, depth: depth + 1) else { return nil }
        items.append(item)
      }
      return node.withItems(items)
    case .mapping:
      if let name = unquoted(node), scope.meaning(of: name) != nil {
        reading.report(node, "{\(name)} without quotes is a mapping", "write \"{\(name)}\"")
        return nil
      }
      var pairs: [(key: Node, value: Node)] = []
      for (key, value) in node.pairs {
        guard let value = filled(value, in: scope, depth: depth + 1) else { return nil }
        pairs.append((key, value))
      }
      return node.withPairs(pairs)
    case .alias: return node
    }
  }

  private func unquoted(_ node: Node) -> String? {
    let pairs = node.pairs
    guard pairs.count == 1, let value = pairs[0].value.scalar, value.string.isEmpty else { return nil }
    return pairs[0].key.scalar?.string
  }

  private func filled(_ scalar: Node.Scalar, _ node: Node, in scope: RuleTemplateScope) -> Node? {
    let text = scalar.string
    bytes += text.utf8.count
    guard bytes <= Self.mostBytes else {
      exceed(node, "the rules hold over \(Self.mostBytes >> 20) MB once forEach is expanded")
      return nil
    }
    guard text.utf8.contains(UInt8(ascii: "{")) else { return node }
    var made = ""
    var rest = Substring(text).utf8
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      made += Substring(rest[..<open])
      rest = rest[open...].dropFirst()
      let letters = rest.prefix { Self.isNameByte($0) || $0 == UInt8(ascii: ".") }
      let name = String(Substring(letters))
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      // Braces around anything but a name are text.
      guard letters.endIndex < rest.endIndex, rest[letters.endIndex] == UInt8(ascii: "}"), parts.count <= 2,
        parts.allSatisfy({ Self.isName(String($0)) })
      else {
        made += "{"
        continue
      }
      guard let meaning = scope.meaning(of: name) else {
        let names = scope.names
        reading.report(
          node, "nothing is called {\(name)} here",
          Suggestion.nearest(to: name, among: names).map { "did you mean {\($0)}?" }
            ?? (names.isEmpty
              ? "name it in forEach" : "one of " + names.map { "{\($0)}" }.joined(separator: ", ")))
        return nil
      }
      guard let word = meaning.scalar?.string else {
        // A list takes the place of the whole text.
        if made.isEmpty, text.utf8.count == name.utf8.count + 2 { return meaning }
        reading.report(node, "{\(name)} is a list and can only stand alone")
        return nil
      }
      bytes += word.utf8.count
      guard bytes <= Self.mostBytes else {
        exceed(node, "the rules hold over \(Self.mostBytes >> 20) MB once forEach is expanded")
        return nil
      }
      made += word
      rest = rest[letters.endIndex...].dropFirst()
    }
    made += Substring(rest)
    var filled = scalar
    filled.string = made
    return .scalar(filled)
  }
}
