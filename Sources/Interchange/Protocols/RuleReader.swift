// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary
internal import Yams

/// Reads rules and needs of a protocol.
struct RuleReader {
  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  struct PlacedRule {
    let rule: Rule
    let line: Int
    let bandLines: [Int]
  }

  static let ruleKeys = [
    "id", "subject", "sites", "modalities", "fact", "unit", "concern", "root", "specificity", "when",
    "whenUnknown",
    "measurementError", "sources", "bands", "cases",
  ]
  static let bandKeys = [
    "from", "above", "upTo", "below", "is", "grade", "desirability", "text", "sources", "rescuedBy",
    "requires", "obtain", "advice", "weeks",
  ]

  func rules(_ node: Node?) -> [PlacedRule] {
    let read = reading.sequence(node, "rules").compactMap(rule)
    reading.rule = nil
    return read
  }

  private func rule(_ node: Node) -> PlacedRule? {
    reading.rule = nil
    guard let entry = reading.mapping(node, "a rule", keys: Self.ruleKeys),
      let id = reading.text(entry["id"], "id", in: node)
    else { return nil }
    reading.rule = id
    guard let fact = fact(entry["fact"], in: node) else { return nil }
    unit(entry["unit"], of: fact, in: node)
    guard let subject = subject(entry, node) else { return nil }
    let ruleSources = reading.texts(entry["sources"], "sources")
    let isPatient = subject == .patient
    let bandNode = entry["bands"] ?? entry["cases"]
    guard let bandNode else {
      reading.report(node, "bands are missing", "add bands (numbers) or cases (words)")
      return nil
    }
    if case .word = fact.definition.kind, entry["bands"] != nil {
      reading.report(entry["bands"], "\(fact.name) is a word: write cases, not bands")
    }
    if case .number = fact.definition.kind, entry["cases"] != nil {
      reading.report(entry["cases"], "\(fact.name) is a number: write bands, not cases")
    }
    let bands = reading.sequence(bandNode, "bands").compactMap { item -> (Band, Int)? in
      band(item, fact, ruleSources, isPatient: isPatient).map { ($0, item.mark?.line ?? 0) }
    }
    let rule = Rule(
      id: id, subject: subject, fact: fact,
      root: reading.text(entry["root"], "root", in: node, required: false),
      specificity: reading.integer(entry["specificity"], "specificity") ?? 0,
      applies: entry["when"].flatMap(applies),
      unknownCountsAsWorst: unknownCountsAsWorst(entry["whenUnknown"], isPatient: isPatient),
      measurementError: reading.number(entry["measurementError"], "measurementError"),
      bands: bands.map(\.0))
    return PlacedRule(rule: rule, line: node.mark?.line ?? 0, bandLines: bands.map(\.1))
  }

  private func unknownCountsAsWorst(_ node: Node?, isPatient: Bool) -> Bool {
    guard let word = reading.text(node, "whenUnknown", in: node, required: false) else { return false }
    if word != "worst" || !isPatient {
      reading.report(node, "whenUnknown is for patient rules and can only be \"worst\"", "remove it")
    }
    return word == "worst"
  }

  private func fact(_ node: Node?, in parent: Node) -> Fact? {
    guard let name = reading.text(node, "fact", in: parent) else { return nil }
    guard let fact = Fact(named: name) else {
      let names = FactCatalogue.all.map(\.name)
      reading.report(
        node, "unknown fact \"\(name)\"",
        Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" }
          ?? "oligoplan protocol schema lists the facts")
      return nil
    }
    return fact
  }

  private func unit(_ node: Node?, of fact: Fact, in parent: Node) {
    let expected = fact.definition.unit
    guard case .number = fact.definition.kind else {
      if node != nil { reading.report(node, "\(fact.name) is a word and has no unit", "remove unit") }
      return
    }
    guard let unit = reading.text(node, "unit", in: parent) else { return }
    if unit != expected {
      reading.report(node, "wrong unit \"\(unit)\" for \(fact.name)", "it is told in \(expected)")
    }
  }

  private func subject(_ entry: [String: Node], _ node: Node) -> Rule.Subject? {
    if let word = reading.text(entry["subject"], "subject", in: node, required: false) {
      switch word {
      case "patient":
        if let extra = entry["modalities"] ?? entry["sites"] ?? entry["concern"] {
          reading.report(extra, "a patient rule has no sites, modalities or concern", "remove it")
        }
        return .patient
      case "lesion": break
      default:
        reading.report(entry["subject"], "unknown subject \"\(word)\"", "patient or lesion")
        return nil
      }
    }
    for key in ["sites", "modalities", "concern"] where entry[key] == nil {
      reading.report(node, "\(key) is missing")
    }
    guard let concern = reading.word(entry["concern"], "concern", Concern.self) else { return nil }
    return .lesion(
      sites: reading.words(entry["sites"], "site", Site.self),
      modalities: reading.words(entry["modalities"], "modality", Modality.self), concern: concern)
  }

  private func applies(_ node: Node) -> Rule.Guard? {
    reading.mapping(node, "when", keys: ["fact", "is", "from", "above", "upTo", "below"]).flatMap {
      condition($0, node)
    }
  }

  /// A condition on one fact: `{fact: …, is: […]}` or with from, above, upTo, below.
  func guarding(_ node: Node) -> Rule.Guard? {
    reading.mapping(node, "a condition", keys: ["fact", "is", "from", "above", "upTo", "below"]).flatMap {
      condition($0, node)
    }
  }

  /// A fact with the values for which something holds.
  func condition(_ entry: [String: Node], _ node: Node) -> Rule.Guard? {
    guard let fact = fact(entry["fact"], in: node), let match = match(entry, fact, node) else { return nil }
    return Rule.Guard(fact: fact, match: match)
  }

  private func match(_ entry: [String: Node], _ fact: Fact, _ node: Node) -> Band.Match? {
    switch fact.definition.kind {
    case .word(let allowed):
      let words = reading.texts(entry["is"], "is")
      if words.isEmpty { reading.report(node, "is: [words] is missing") }
      for word in words where !allowed.contains(word) {
        reading.report(
          entry["is"], "\"\(word)\" is no value of \(fact.name)",
          Suggestion.nearest(to: word, among: allowed).map { "did you mean \($0)?" }
            ?? "one of " + allowed.joined(separator: ", "))
      }
      return .words(words)
    case .number(let unit, let domain):
      if entry["is"] != nil {
        reading.report(entry["is"], "\(fact.name) is a number: use from, above, upTo, below")
      }
      if entry["from"] != nil && entry["above"] != nil {
        reading.report(node, "from and above exclude one another")
      }
      if entry["upTo"] != nil && entry["below"] != nil {
        reading.report(node, "upTo and below exclude one another")
      }
      let bounds = Bounds(
        lower: reading.number(entry["from"] ?? entry["above"], "lower end"),
        includesLower: entry["from"] != nil,
        upper: reading.number(entry["upTo"] ?? entry["below"], "upper end"),
        includesUpper: entry["upTo"] != nil)
      if let low = bounds.lower, let high = bounds.upper,
        low > high || (low == high && !(bounds.includesLower && bounds.includesUpper))
      {
        reading.report(node, "the band is empty: its lower end is not below its upper end")
      }
      for end in [bounds.lower, bounds.upper].compactMap(\.self) where !domain.contains(end) {
        reading.report(
          node,
          "\(end) \(unit) lies outside the plausible range of \(fact.name) (\(domain.lowerBound)…\(domain.upperBound))",
          "check the unit")
      }
      return .numbers(bounds)
    }
  }

  private func band(_ node: Node, _ fact: Fact, _ ruleSources: [String], isPatient: Bool) -> Band? {
    guard let entry = reading.mapping(node, "a band", keys: Self.bandKeys),
      let match = match(entry, fact, node), let text = reading.text(entry["text"], "text", in: node),
      let word = reading.text(entry["grade"], "grade", in: node)
    else { return nil }
    guard let grade = Grade.allCases.first(where: { $0.word == word }) else {
      reading.report(
        entry["grade"], "unknown grade \"\(word)\"",
        "one of " + Grade.allCases.map(\.word).joined(separator: ", "))
      return nil
    }
    if !isPatient, entry["desirability"] == nil { reading.report(node, "desirability is missing") }
    for key in isPatient ? ["rescuedBy"] : ["advice", "weeks"] where entry[key] != nil {
      reading.report(entry[key], "\(key) does not belong to a \(isPatient ? "patient" : "lesion") rule")
    }
    let requires = entry["requires"]
    let condition: Condition.Kind? = isPatient ? nil : reading.word(requires, "requires", Condition.Kind.self)
    if condition == .correct, entry["obtain"] == nil {
      reading.report(node, "a correction needs obtain: what is to be put right")
    }
    return Band(
      match: match, grade: grade, desirability: desirability(entry["desirability"]), text: text,
      manoeuvres: reading.words(entry["rescuedBy"], "manoeuvre", Manoeuvre.self), condition: condition,
      obtain: reading.text(entry["obtain"], "obtain", in: node, required: false),
      sources: ruleSources + reading.texts(entry["sources"], "sources").filter { !ruleSources.contains($0) },
      advice: reading.word(entry["advice"], "advice", Advice.self),
      weeks: reading.integer(entry["weeks"], "weeks"),
      requirement: isPatient ? reading.text(requires, "requires", in: node, required: false) : nil)
  }

  private func desirability(_ node: Node?) -> Desirability {
    guard let node else { return Desirability(lower: 1, upper: 1) }
    if case .sequence(let ends) = node {
      let values = ends.compactMap { reading.number($0, "desirability") }
      guard values.count == 2 else {
        reading.report(node, "desirability is one number, or two for the band's ends")
        return Desirability(lower: 1, upper: 1)
      }
      return Desirability(lower: values[0], upper: values[1])
    }
    let value = reading.number(node, "desirability") ?? 1
    return Desirability(lower: value, upper: value)
  }

  func needs(_ node: Node) -> Needs? {
    guard
      let entry = reading.mapping(
        node, "needs", keys: ["sites", "modalities", "indispensable", "decisive", "confirm"])
    else { return nil }
    func facts(_ key: String) -> [Fact] {
      reading.sequence(entry[key], key).compactMap { fact($0, in: node) }
    }
    return Needs(
      sites: reading.words(entry["sites"], "site", Site.self),
      modalities: reading.words(entry["modalities"], "modality", Modality.self),
      indispensable: facts("indispensable"), decisive: facts("decisive"), confirm: facts("confirm"))
  }
}
