// SPDX-License-Identifier: Apache-2.0
internal import Yams

// The variables of `forEach`, with the values they run through.
extension RuleTemplates {
  /// The scope at every combination of the values of `forEach`; `nil` where it is wrong, which is reported.
  func scopes(_ node: Node?, in scope: RuleTemplateScope) -> [RuleTemplateScope]? {
    guard let node else { return [scope] }
    guard case .mapping = node, !node.pairs.isEmpty else {
      reading.report(
        node, "forEach names no variable", "write forEach: {energy: [radiofrequency, microwave]}")
      return nil
    }
    var scopes = [scope]
    for (key, values) in node.pairs {
      guard let (name, variables) = variables(key, values, scopes[0]) else { return nil }
      let combinations = scopes[0].combinations * variables.count
      guard combinations <= Self.mostCombinations else {
        reading.report(
          node, "forEach makes \(combinations) rules of one",
          "at most \(Self.mostCombinations) combinations: split the rule")
        return nil
      }
      scopes = scopes.flatMap { scope in variables.map { scope.binding(name, $0) } }
    }
    return scopes
  }

  /// A variable at each of its values.
  private func variables(
    _ key: Node, _ values: Node, _ scope: RuleTemplateScope
  ) -> (String, [RuleTemplateScope.Variable])? {
    let name = key.scalar?.string ?? ""
    guard Self.isName(name), name != "limit" else {
      reading.report(
        key, "\"\(name.prefix(80))\" cannot be a variable", "use letters and digits, as in energy or site")
      return nil
    }
    guard scope.variables[name] == nil else {
      reading.report(key, "\(name) is a variable of the group already", "use another name")
      return nil
    }
    let rows: [(key: Node, value: Node?)]
    switch values {
    case .sequence: rows = values.items.map { ($0, nil) }
    case .mapping: rows = values.pairs.map { ($0.key, $0.value) }
    default:
      reading.report(
        values, "\(name) must be a list of values, or a mapping of values to their words",
        "write \(name): [first, second]")
      return nil
    }
    guard !rows.isEmpty else {
      reading.report(values, "forEach gives \(name) no value", "give at least one")
      return nil
    }
    var names: [String] = []
    var words: [[String: Node]] = []
    for row in rows {
      guard let value = row.key.scalar?.string, !value.isEmpty, !value.contains("{") else {
        reading.report(row.key, "a value of \(name) must be a word")
        return nil
      }
      guard !names.contains(value) else {
        reading.report(row.key, "\(name) has the value \(value) twice", "every rule would be made twice")
        return nil
      }
      guard let found = self.words(row.value, "\(name) \(value)") else { return nil }
      if let first = words.first, Set(first.keys) != Set(found.keys) {
        let odd = Set(first.keys).symmetricDifference(found.keys).sorted().joined(separator: ", ")
        reading.report(
          row.key, "\(value) and \(names[0]) do not give the same words (\(odd))",
          "give every value of \(name) the same words")
        return nil
      }
      names.append(value)
      words.append(found)
      guard names.count <= Self.mostCombinations else { break }
    }
    return (name, zip(names, words).map { .init(values: names, value: $0, words: $1) })
  }

  private func words(_ node: Node?, _ what: String) -> [String: Node]? {
    guard let node else { return [:] }
    guard case .mapping = node else {
      reading.report(node, "\(what) must be a mapping of words to what they stand for")
      return nil
    }
    var words: [String: Node] = [:]
    for (key, value) in node.pairs {
      let name = key.scalar?.string ?? ""
      let scalars = value.scalar.map { [$0.string] } ?? value.items.map { $0.scalar?.string ?? "{" }
      guard Self.isName(name), !value.isMapping, !scalars.contains(where: { $0.contains("{") }) else {
        reading.report(
          key, "\(what): \"\(name.prefix(80))\" must be a name for a text, a number or a list of words")
        return nil
      }
      words[name] = value
    }
    return words
  }

  /// Whether a text can name a variable or a word: a letter, then letters and digits.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 40 else { return false }
    return isNameByte(first) && !(0x30...0x39).contains(first) && text.utf8.allSatisfy(isNameByte)
  }

  /// A letter or a digit of ASCII.
  static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
