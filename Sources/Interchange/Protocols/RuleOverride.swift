// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// What a template says differently for some values of its variables.
struct RuleOverride {
  /// For which values, by variable; all must hold.
  let conditions: [String: Set<String>]
  /// Keys of the rule with their other values, in the file's order.
  let keys: [(key: String, value: Node)]

  /// Whether it is for the values of this rule.
  func applies(in scope: RuleTemplateScope) -> Bool {
    conditions.allSatisfy { name, values in scope.variables[name].map { values.contains($0.value) } ?? false }
  }
}

extension RuleTemplates {
  /// The overrides of a template; `nil` where one is wrong, which is reported.
  func overrides(_ node: Node?, in scope: RuleTemplateScope) -> [RuleOverride]? {
    guard let node else { return [] }
    guard case .sequence = node, !node.items.isEmpty else {
      reading.report(
        node, "overrides must be a list of at least one",
        "write - {for: {energy: cryoablation}, sources: […]}")
      return nil
    }
    guard !scope.variables.isEmpty else {
      reading.report(node, "overrides without forEach change nothing", "change the rule itself")
      return nil
    }
    var overrides: [RuleOverride] = []
    for item in node.items {
      guard let override = override(item, in: scope) else { return nil }
      overrides.append(override)
    }
    return overrides
  }

  private func override(_ node: Node, in scope: RuleTemplateScope) -> RuleOverride? {
    let allowed = ["for", "limit"] + RuleReader.ruleKeys.filter { $0 != "id" }
    guard let entries = reading.mapping(node, "an override", keys: allowed),
      entries.count == node.pairs.count
    else { return nil }
    guard let conditions = entries["for"], conditions.isMapping, !conditions.pairs.isEmpty else {
      reading.report(
        entries["for"] ?? node, "an override does not say for which values it is",
        "write for: {energy: cryoablation}")
      return nil
    }
    guard entries.count > 1 else {
      reading.report(node, "an override changes nothing", "name a key of the rule with its other value")
      return nil
    }
    var wanted: [String: Set<String>] = [:]
    for (key, value) in conditions.pairs {
      let name = key.scalar?.string ?? ""
      guard let variable = scope.variables[name] else {
        let names = scope.variables.keys.sorted()
        reading.report(
          key, "an override is for \"\(name.prefix(80))\", which is no variable here",
          "the variables are " + names.joined(separator: ", "))
        return nil
      }
      let values = value.scalar.map { [$0.string] } ?? value.items.map { $0.scalar?.string ?? "" }
      guard !values.isEmpty else {
        reading.report(value, "an override is for no value of \(name)", "name at least one")
        return nil
      }
      for value in values where !variable.values.contains(value) {
        reading.report(
          key, "an override is for \(name) \"\(value.prefix(80))\", which forEach does not list",
          "one of " + variable.values.prefix(20).joined(separator: ", "))
        return nil
      }
      wanted[name] = Set(values)
    }
    let keys = node.pairs.compactMap { pair -> (key: String, value: Node)? in
      guard let key = pair.key.scalar?.string, key != "for" else { return nil }
      return (key, pair.value)
    }
    return RuleOverride(conditions: wanted, keys: keys)
  }

  /// A template with the overrides for these values; `nil` where they do not fit it or one another, which is reported.
  func overridden(
    _ rule: Node, by overrides: [RuleOverride], in scope: RuleTemplateScope
  ) -> Node? {
    var rule = rule
    var changed: Set<String> = []
    /// Of two that change one key nobody could tell which counts.
    func isFirst(_ place: String, _ node: Node) -> Bool {
      if changed.insert(place).inserted { return true }
      reading.report(node, "two overrides change \(place) of one rule", "keep one of them")
      return false
    }
    for override in overrides where override.applies(in: scope) {
      for (key, value) in override.keys {
        guard key == "bands" || key == "cases", value.isMapping else {
          guard isFirst(key, value) else { return nil }
          rule = rule.setting(key, to: value)
          continue
        }
        guard var bands = rule.value(key)?.items, !bands.isEmpty, let list = rule.value(key) else {
          reading.report(value, "an override changes \(key), which the rule does not have")
          return nil
        }
        for (position, changes) in value.pairs {
          guard let index = bands.index(atPosition: position),
            let entries = reading.mapping(changes, "a band of an override", keys: RuleReader.bandKeys),
            entries.count == changes.pairs.count
          else {
            reading.report(
              position, "an override of \(key) is for \"\(position.shown)\"",
              "name a position from 1 to \(bands.count) and the keys that change")
            return nil
          }
          for (key, value) in changes.pairs {
            let name = key.scalar?.string ?? ""
            guard isFirst("\(name) of band \(index + 1)", key) else { return nil }
            bands[index] = bands[index].setting(name, to: value)
          }
        }
        rule = rule.setting(key, to: list.withItems(bands))
      }
    }
    return rule
  }
}

extension [Node] {
  /// The index of a position that counts from 1; `nil` for what is no position of the list.
  func index(atPosition node: Node) -> Int? {
    guard let position = node.scalar.flatMap({ Int($0.string) }),
      (1...Swift.max(1, count)).contains(position),
      !isEmpty
    else { return nil }
    return position - 1
  }
}
