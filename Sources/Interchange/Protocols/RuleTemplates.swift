// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Yams

/// Makes plain rules of those a protocol writes once for several energies, sites or neighbours.
///
/// An entry of `rules` may be
/// - a plain rule;
/// - a rule with `forEach: {energy: [radiofrequency, microwave]}`, made once for each value, and once for each combination of
///   several variables. `{energy}` stands for the value in every text of the rule. Values may bring words of their own,
///   `forEach: {energy: {microwave: {zone: zone}, cryoablation: {zone: ice}}}`, which `{energy.zone}` stands for;
/// - a group: `rules:` with `forEach` or keys beside them that hold for each of its rules. A group is made as a whole for the first
///   value, then for the second.
///
/// `overrides` change single keys, or keys of single bands by their position, for some values. `limit: {of: ID}` takes a distance from
/// the zone limit with that id, and `{limit}` stands for it; `limit: 5` gives one that stands in this rule alone.
///
/// Rules are expanded before anything is checked, with the lines of the template. What is not understood is reported and makes no rule.
final class RuleTemplates {
  /// The most combinations of values for one rule.
  static let mostCombinations = 200
  /// The most rules of a protocol after expansion.
  static let mostRules = 5000
  /// The most bytes the expanded rules hold.
  static let mostBytes = 64 << 20
  /// How deep groups may stand in one another.
  static let mostDepth = 4
  /// Keys that belong to a template and not to the rule made from it.
  static let keys: Set<String> = ["forEach", "overrides", "limit"]

  let reading: YAMLReading
  private let limits: NeighbourLimits
  private var count = 0
  var bytes = 0
  private(set) var isExceeded = false

  init(_ reading: YAMLReading, limits: NeighbourLimits) {
    self.reading = reading
    self.limits = limits
  }

  /// The list of rules with plain rules only, in the file's order; anything else than a list as it is.
  func expanded(_ node: Node?) -> Node? {
    guard let node, case .sequence = node else { return node }
    var made: [Node] = []
    for entry in node.items where !isExceeded { made += rules(of: entry, RuleTemplateScope()) }
    reading.rule = nil
    return node.withItems(made)
  }

  private func rules(of entry: Node, _ scope: RuleTemplateScope) -> [Node] {
    guard case .mapping = entry else { return [entry] }
    reading.rule = entry.value("id")?.scalar?.string
    guard let scopes = scopes(entry.value("forEach"), in: scope) else { return [] }
    if let children = entry.value("rules") { return group(entry, children, scopes) }
    guard let overrides = overrides(entry.value("overrides"), in: scopes[0]) else { return [] }
    var made: [Node] = []
    for scope in scopes {
      guard let rule = rule(entry, scope, overrides) else { return [] }
      made.append(rule)
    }
    return made
  }

  // MARK: Groups

  private func group(_ entry: Node, _ children: Node, _ scopes: [RuleTemplateScope]) -> [Node] {
    let allowed = ["forEach", "rules"] + RuleReader.ruleKeys.filter { $0 != "id" }
    guard let keys = reading.mapping(entry, "a group of rules", keys: allowed),
      keys.count == entry.pairs.count
    else { return [] }
    guard case .sequence = children, !children.items.isEmpty else {
      reading.report(children, "a group's rules must be a list of at least one rule")
      return []
    }
    guard scopes[0].depth < Self.mostDepth else {
      reading.report(entry, "groups of rules stand more than \(Self.mostDepth) deep in one another")
      return []
    }
    let shared = entry.pairs.compactMap { pair -> (key: String, value: Node)? in
      guard let key = pair.key.scalar?.string, key != "forEach", key != "rules" else { return nil }
      return (key, pair.value)
    }
    var made: [Node] = []
    for scope in scopes {
      let problems = reading.problems.count
      for child in children.items where !isExceeded {
        made += rules(of: child, scope.entering(sharing: shared))
      }
      // What is wrong for one value is as a rule wrong for all.
      if isExceeded || reading.problems.count > problems { return [] }
    }
    return made
  }

  // MARK: Rules

  private func rule(_ entry: Node, _ scope: RuleTemplateScope, _ overrides: [RuleOverride]) -> Node? {
    count += 1
    guard count <= Self.mostRules else {
      exceed(entry, "the protocol has over \(Self.mostRules) rules once forEach is expanded")
      return nil
    }
    var rule = entry
    for (key, value) in scope.shared {
      if let own = entry.value(key) {
        reading.report(own, "\(key) stands in the group and in the rule", "keep one of them")
        return nil
      }
      rule = rule.setting(key, to: value)
    }
    guard let changed = overridden(rule, by: overrides, in: scope) else { return nil }
    rule = changed
    guard let limit = rule.value("limit") else {
      return filled(rule.removing(Self.keys), in: scope)
    }
    guard let limit = filled(limit, in: scope) else { return nil }
    return limited(rule.removing(Self.keys), by: limit, in: scope)
  }

  /// A rule with `{limit}` filled in.
  private func limited(_ rule: Node, by node: Node, in scope: RuleTemplateScope) -> Node? {
    let isTaken = node.isMapping
    guard let entry = isTaken ? limits.entry(node, reading) : node else { return nil }
    let distance = isTaken ? entry.value("distanceMM") : node
    guard let distance, Double(distance.scalar?.string ?? "") != nil else {
      reading.report(
        node, "limit is neither a number nor {of: ID} of a zone limit",
        "write limit: {of: lung.heart} or limit: 5")
      return nil
    }
    let bands = (rule.value("bands") ?? rule.value("cases"))?.items ?? []
    let using = Set(bands.indices.filter { bands[$0].pairs.contains { $0.value.isMentioning("{limit}") } })
    guard !using.isEmpty else {
      reading.report(node, "no band uses the limit", "write {limit} where it stands, or leave limit out")
      return nil
    }
    var scope = scope
    scope.limit = distance
    guard let made = filled(rule, in: scope) else { return nil }
    guard isTaken else { return made }
    guard limits.fits(entry, made, at: node, reading) else { return nil }
    guard let patch = limits.patches[entry.value("id")?.scalar?.string ?? ""] else { return made }
    return PatchedRule(made).resting(on: patch.sources, at: using, mark: patch.mark)
  }

  func exceed(_ node: Node, _ message: String) {
    if !isExceeded { reading.report(node, message, "repeat less") }
    isExceeded = true
  }
}
