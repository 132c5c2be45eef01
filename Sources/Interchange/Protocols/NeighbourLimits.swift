// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Vocabulary
internal import Yams

/// The distances a protocol keeps from neighbours (`ablation: zoneLimits`), by id: where rules take theirs from.
struct NeighbourLimits {
  /// What a site changed: the sources the new distance rests on, and the line of the patch.
  struct Patch {
    let sources: Node
    let mark: Mark?
  }

  private var entries: [String: Node] = [:]
  /// The limits that a site changed, by id.
  var patches: [String: Patch] = [:]

  /// The limits of a protocol's `ablation` part; an id that stands twice is reported.
  init(_ ablation: Node?, _ reading: YAMLReading) {
    for entry in ablation?.value("zoneLimits")?.items ?? [] {
      guard let id = entry.value("id")?.scalar?.string else { continue }
      if entries.updateValue(entry, forKey: id) != nil {
        reading.report(entry, "two zone limits have the id \(id)", "give one of them another id")
      }
    }
  }

  /// The zone limit that `{of: ID}` names; `nil` where there is none, which is reported.
  func entry(_ node: Node, _ reading: YAMLReading) -> Node? {
    guard let row = reading.mapping(node, "limit", keys: ["of"]),
      let id = reading.text(row["of"], "of", in: node)
    else { return nil }
    guard let entry = entries[id] else {
      let near = Suggestion.nearest(3, to: id, among: entries.keys.sorted())
      reading.report(
        row["of"], "no zone limit has the id \(id)",
        near.isEmpty
          ? "give one under ablation: zoneLimits" : "did you mean " + near.joined(separator: ", ") + "?")
      return nil
    }
    return entry
  }

  /// Whether a limit is of the organ, energies and sites of a rule, and in its unit; what is not is reported.
  ///
  /// A rule that took another organ's distance would look right in every list.
  func fits(_ entry: Node, _ rule: Node, at node: Node, _ reading: YAMLReading) -> Bool {
    let fact = rule.value("fact")?.scalar?.string ?? ""
    let role = entry.value("role")?.scalar?.string ?? ""
    let id = entry.value("id")?.scalar?.string ?? ""
    let asked: StructureRole? =
      switch Fact(named: fact) {
      case .clearance(let role), .zoneClearance(let role, _): role
      default: nil
      }
    guard let asked, asked.rawValue == role else {
      reading.report(
        node, "the limit \(id) is of \(role), but the rule asks for \(fact)", "take that organ's limit")
      return false
    }
    for (key, own) in [("modalities", "energies"), ("sites", "sites")] {
      let missing = Set(rule.words(key)).subtracting(entry.words(own)).sorted()
      guard missing.isEmpty else {
        reading.report(
          node, "the limit \(id) is not for \(missing.joined(separator: ", ")), which the rule is for",
          "take another limit, or write limit: with the rule's own number")
        return false
      }
    }
    guard rule.value("unit")?.scalar?.string == "mm" else {
      reading.report(node, "the limit \(id) is in mm, but the rule is not", "write unit: mm")
      return false
    }
    return true
  }
}
