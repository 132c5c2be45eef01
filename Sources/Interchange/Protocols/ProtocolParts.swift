// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Radiotherapy
internal import Resection
internal import Vocabulary
internal import Yams

/// What a protocol says beside its name: each part as far as it could be read.
struct ProtocolParts {
  let bibliography: Bibliography
  let rules: [RuleReader.PlacedRule]
  let requirements: [Requirement]
  let needs: [Needs]
  /// The therapies that the service has; `nil` where it is not said.
  let available: Set<Modality>?
  let radiotherapy: RadiotherapyParameters?
  let ablation: AblationParameters?
  let resection: ResectionParameters?
  let joint: JointParameters?
  let worklists: WorklistParameters?
  let scoring: Scoring
  let facts: FactParameters

  /// Reads all parts; what is wrong with any is reported.
  ///
  /// - Returns: `nil` without scoring or facts.
  init?(_ entries: [String: Node], in root: Node, _ reading: YAMLReading) {
    let bibliography = SourceReader(reading).bibliography(entries["sources"])
    self.bibliography = bibliography
    rules = RuleReader(reading).rules(entries["rules"])
    requirements = Self.requirements(entries["requires"], reading)
    let weights = Self.weights(entries, bibliography, reading)
    needs = reading.sequence(entries["needs"], "needs").compactMap { RuleReader(reading).needs($0) }
    available = Self.available(entries["available"], reading)
    func cites(_ citations: [(what: String, key: String)]?, _ part: String) {
      for (what, key) in citations ?? [] where bibliography[key] == nil {
        reading.report(entries[part], "\(what) cites the unknown source \(key)", "add it to sources")
      }
    }
    radiotherapy = RadiotherapyReader(reading).parameters(entries["radiotherapy"])
    cites(radiotherapy?.citations, "radiotherapy")
    ablation = AblationReader(reading).parameters(entries["ablation"])
    cites(ablation?.citations, "ablation")
    resection = ResectionReader(reading).parameters(entries["resection"])
    cites(resection?.citations, "resection")
    joint = JointReader(reading).parameters(entries["joint"])
    cites(joint?.citations, "joint")
    worklists = WorklistReader(reading).parameters(entries["worklists"])
    cites(worklists?.citations, "worklists")
    let numbers = FactParametersReader(reading)
    let scoring = numbers.scoring(entries["scoring"], weights: weights, in: root)
    cites(scoring?.citations, "scoring")
    let facts = numbers.facts(entries["facts"], bibliography, in: root)
    cites(facts?.citations, "facts")
    guard let scoring, let facts else { return nil }
    self.scoring = scoring
    self.facts = facts
  }

  /// What the service has; what cannot be read is reported, and the whole protocol refused with it.
  private static func available(_ node: Node?, _ reading: YAMLReading) -> Set<Modality>? {
    guard let node else { return nil }
    guard case .sequence(let list) = node, !list.isEmpty else {
      reading.report(
        node, "available names no therapy",
        "list the therapies that the service has, or leave the key out where it has all")
      return nil
    }
    return Set(reading.words(node, "therapy in available", Modality.self))
  }

  private static func requirements(_ node: Node?, _ reading: YAMLReading) -> [Requirement] {
    reading.sequence(node, "requires").compactMap { node -> Requirement? in
      guard let entry = reading.mapping(node, "a requirement", keys: ["text", "sources"]),
        let text = reading.text(entry["text"], "text", in: node)
      else { return nil }
      return Requirement(text: text, sources: reading.texts(entry["sources"], "sources"))
    }
  }

  private static func weights(
    _ entries: [String: Node], _ bibliography: Bibliography, _ reading: YAMLReading
  ) -> [Concern: Double] {
    var weights: [Concern: Double] = [:]
    for (name, node) in reading.mapping(
      entries["weights"], "weights", keys: Concern.allCases.map(\.rawValue)) ?? [:]
    {
      if let concern = Concern(rawValue: name) { weights[concern] = reading.number(node, "a weight") }
    }
    for key in reading.texts(entries["weightsSources"], "weightsSources") where bibliography[key] == nil {
      reading.report(entries["weightsSources"], "unknown source \(key)", "add it to sources")
    }
    return weights
  }
}
