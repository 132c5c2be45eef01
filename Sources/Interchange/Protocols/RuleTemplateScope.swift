// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// What placeholders stand for while a template becomes one rule.
struct RuleTemplateScope {
  /// A variable of `forEach` with the value it has in this rule.
  struct Variable {
    /// All values it runs through, in the file's order.
    let values: [String]
    /// Its value in this rule.
    let value: String
    /// What else the value brings, by name: `{energy.zone}`.
    let words: [String: Node]
  }

  /// The variables by name.
  private(set) var variables: [String: Variable] = [:]
  /// How many combinations of values there are of all variables so far.
  private(set) var combinations = 1
  /// How many groups stand around the rule.
  private(set) var depth = 0
  /// Keys that stand beside the `rules` of a group and hold for each of them.
  private(set) var shared: [(key: String, value: Node)] = []
  /// The distance that `{limit}` stands for; `nil` where the rule has none.
  var limit: Node?

  /// The scope with one more variable at one of its values.
  func binding(_ name: String, _ variable: Variable) -> Self {
    var scope = self
    scope.variables[name] = variable
    scope.combinations *= variable.values.count
    return scope
  }

  /// The scope inside a group, with the keys all its rules share.
  func entering(sharing keys: [(key: String, value: Node)]) -> Self {
    var scope = self
    scope.depth += 1
    scope.shared += keys
    return scope
  }

  /// What a placeholder stands for: a variable's value, one of its words, or the limit; `nil` for anything else.
  func meaning(of name: String) -> Node? {
    if name == "limit" { return limit }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let variable = variables[parts[0]] else { return nil }
    return parts.count == 1 ? Node(variable.value) : variable.words[parts[1]]
  }

  /// Every placeholder that means something here.
  var names: [String] {
    var names = variables.flatMap { name, variable in [name] + variable.words.keys.map { "\(name).\($0)" } }
    if limit != nil { names.append("limit") }
    return names.sorted()
  }
}
