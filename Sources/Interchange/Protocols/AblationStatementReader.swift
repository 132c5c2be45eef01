// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary
internal import Yams

/// Reads what a protocol says of manoeuvres, preferences, distances from zones, risk and preparation.
struct AblationStatementReader {
  private let reading: YAMLReading
  private let rules: RuleReader

  init(_ reading: YAMLReading) {
    self.reading = reading
    rules = RuleReader(reading)
  }

  private func sources(_ row: [String: Node], _ what: String, _ node: Node) -> [String] {
    let sources = reading.texts(row["sources"], "sources")
    if sources.isEmpty { reading.report(node, "\(what) has no source", "cite the bibliography") }
    return sources
  }

  /// A length of 0 to 100 mm.
  private func length(_ node: Node?, _ what: String, in parent: Node) -> Length? {
    guard let node else {
      reading.report(parent, "\(what) is missing")
      return nil
    }
    guard let mm = reading.number(node, what) else { return nil }
    guard (0...100).contains(mm) else {
      reading.report(node, "\(what) \(mm) mm is not plausible", "0 to 100 mm")
      return nil
    }
    return .millimeters(mm)
  }

  private func sites(_ row: [String: Node]) -> [Site] { reading.words(row["sites"], "site", Site.self) }

  private func energies(_ row: [String: Node], _ key: String = "energies") -> [Modality] {
    let energies = reading.words(row[key], "energy", Modality.self)
    for energy in energies where !Modality.ablations.contains(energy) {
      reading.report(
        row[key], "\(energy.rawValue) is no ablation", "radiofrequency, microwave or cryoablation")
    }
    return energies
  }

  func surrogate(_ node: Node) -> NerveSurrogate? {
    guard
      let row = reading.mapping(
        node, "a surrogate", keys: ["role", "along", "withinMM", "sites", "text", "sources"]),
      let role = reading.word(row["role"], "role", StructureRole.self),
      let within = length(row["withinMM"], "withinMM", in: node),
      let text = reading.text(row["text"], "text", in: node)
    else { return nil }
    return NerveSurrogate(
      role: role, along: reading.words(row["along"], "role", StructureRole.self), within: within,
      sites: sites(row), text: text, sources: sources(row, "surrogate \(role.rawValue)", node))
  }

  func manoeuvre(_ node: Node) -> ManoeuvreReach? {
    guard
      let row = reading.mapping(
        node, "a manoeuvre", keys: ["manoeuvre", "sites", "roles", "usualMM", "text", "sources"]),
      let manoeuvre = reading.word(row["manoeuvre"], "manoeuvre", Manoeuvre.self),
      let text = reading.text(row["text"], "text", in: node)
    else { return nil }
    let usual = reading.sequence(row["usualMM"], "usualMM").compactMap { reading.number($0, "usualMM") }
    guard usual.count == 2, usual[0] <= usual[1], usual[0] >= 0 else {
      reading.report(node, "usualMM is [least, most], in millimetres")
      return nil
    }
    return ManoeuvreReach(
      manoeuvre: manoeuvre, sites: sites(row), roles: reading.words(row["roles"], "role", StructureRole.self),
      usual: usual[0]...usual[1], text: text, sources: sources(row, "manoeuvre", node))
  }

  func preference(_ node: Node) -> EnergyPreference? {
    guard
      let row = reading.mapping(
        node, "a preference", keys: ["id", "sites", "whenAny", "prefer", "avoid", "text", "sources"]),
      let id = reading.text(row["id"], "id", in: node), let text = reading.text(row["text"], "text", in: node)
    else { return nil }
    return EnergyPreference(
      id: id, sites: sites(row),
      whenAny: reading.sequence(row["whenAny"], "whenAny").compactMap(rules.guarding),
      prefer: energies(row, "prefer"), avoid: energies(row, "avoid"), text: text,
      sources: sources(row, "preference \(id)", node))
  }

  func zoneLimit(_ node: Node) -> ZoneLimit? {
    guard
      let row = reading.mapping(
        node, "a zone limit",
        // The id is for rules that take the distance, and for patches.
        keys: ["id", "role", "effect", "energies", "sites", "distanceMM", "text", "sources"]),
      let role = reading.word(row["role"], "role", StructureRole.self),
      let effect = reading.word(row["effect"], "effect", ZoneLimit.Effect.self),
      let distance = length(row["distanceMM"], "distanceMM", in: node),
      let text = reading.text(row["text"], "text", in: node)
    else { return nil }
    return ZoneLimit(
      role: role, effect: effect, energies: energies(row), sites: sites(row), distance: distance, text: text,
      sources: sources(row, "zone limit \(role.rawValue)", node))
  }

  func note(_ node: Node) -> AblationNote? {
    guard
      let row = reading.mapping(
        node, "a note",
        keys: ["id", "topic", "energies", "sites", "whenAll", "text", "preparation", "sources"]),
      let id = reading.text(row["id"], "id", in: node),
      let topic = reading.word(row["topic"], "topic", AblationNote.Topic.self),
      let text = reading.text(row["text"], "text", in: node)
    else { return nil }
    return AblationNote(
      id: id, topic: topic, energies: energies(row), sites: sites(row),
      whenAll: reading.sequence(row["whenAll"], "whenAll").compactMap(condition), text: text,
      isPreparation: reading.flag(row["preparation"], "preparation"),
      sources: sources(row, "note \(id)", node))
  }

  private func condition(_ node: Node) -> AblationNote.Condition? {
    guard
      let row = reading.mapping(
        node, "a condition", keys: ["fact", "planned", "is", "from", "above", "upTo", "below"])
    else { return nil }
    guard let planned = row["planned"] else { return rules.condition(row, node).map { .fact($0) } }
    guard let fact = reading.word(planned, "planned fact", PlannedAblationFact.self) else { return nil }
    // The same fact exists for every energy; any of them tells whether the values are possible.
    var named = row
    named["planned"] = nil
    named["fact"] = Node(Fact.planned(fact, .microwave).name)
    return rules.condition(named, node).map { .planned(fact, $0.match) }
  }
}
