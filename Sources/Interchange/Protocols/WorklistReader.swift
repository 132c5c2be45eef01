// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Planning
internal import Vocabulary
internal import Yams

/// Reads the part of a protocol on worklists.
struct WorklistReader {
  private let reading: YAMLReading
  private let cited: CitedReader

  init(_ reading: YAMLReading) {
    self.reading = reading
    cited = CitedReader(reading)
  }

  /// The parameters; `nil` when there are none or something is missing, which is reported.
  func parameters(_ node: Node?) -> WorklistParameters? {
    guard let node else { return nil }
    let services = HospitalService.allCases
    guard let entries = reading.mapping(node, "worklists", keys: services.map(\.rawValue) + ["unlisted"])
    else { return nil }
    let orders = services.map { order(entries[$0.rawValue], of: $0, in: node) }
    guard let unlisted = cited.entry(entries["unlisted"], "unlisted", ["advice"], in: node) else {
      return nil
    }
    let advice = Set(reading.words(unlisted["advice"], "advice", Advice.self))
    guard !orders.contains(where: { $0 == nil }) else { return nil }
    return WorklistParameters(
      orders: Dictionary(
        zip(services, orders.compactMap(\.self)).map { ($0, $1) }, uniquingKeysWith: { first, _ in first }),
      unlisted: advice, unlistedSources: cited.sources(unlisted, "unlisted", entries["unlisted"]))
  }

  private func order(
    _ node: Node?, of service: HospitalService, in parent: Node
  ) -> WorklistParameters.Order? {
    let name = "the order of \(service.rawValue)"
    guard let entry = cited.entry(node, name, ["order"], in: parent) else { return nil }
    let nodes = reading.sequence(entry["order"], name)
    var steps: [WorklistParameters.Step] = []
    for item in nodes {
      guard let step = step(item, of: service, name) else { return nil }
      if steps.contains(where: { $0.criterion == step.criterion }) {
        reading.report(item, "\(step.criterion.rawValue) stands twice in \(name)", "keep the first")
        return nil
      }
      steps.append(step)
    }
    guard !steps.isEmpty else {
      reading.report(node, "\(name) holds no criterion", "as - {by: verdict}")
      return nil
    }
    return .init(steps: steps, sources: cited.sources(entry, name, node))
  }

  private func step(
    _ node: Node, of service: HospitalService, _ name: String
  ) -> WorklistParameters.Step? {
    guard let entry = reading.mapping(node, "a criterion", keys: ["by", "upTo", "first"]) else { return nil }
    guard let by = entry["by"] else {
      reading.report(node, "by is missing", "as - {by: verdict}")
      return nil
    }
    guard let criterion = reading.word(by, "criterion", WorklistCriterion.self) else { return nil }
    guard criterion.services.contains(service) else {
      reading.report(
        by, "\(criterion.rawValue) is nothing that \(service.title) is ordered by",
        "leave it out of \(name)")
      return nil
    }
    if !criterion.isFigure, let stranger = entry["upTo"] ?? entry["first"] {
      reading.report(
        stranger, "\(criterion.rawValue) has classes, no figures",
        "leave upTo and first out; the best come first")
      return nil
    }
    let ends = reading.sequence(entry["upTo"], "upTo").compactMap { reading.number($0, "an end of a band") }
    guard zip(ends, ends.dropFirst()).allSatisfy({ $0 < $1 }) else {
      reading.report(entry["upTo"], "ends of bands must ascend", "as upTo: [40, 120]")
      return nil
    }
    switch entry["first"]?.scalar?.string {
    case nil where entry["first"] == nil, "least": return .init(criterion, bands: ends)
    case "greatest": return .init(criterion, bands: ends, isGreatestFirst: true)
    default:
      reading.report(entry["first"], "first is least or greatest", "write first: greatest")
      return nil
    }
  }
}
