// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Ablation
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary
internal import Yams

/// Reads the ablation part of a protocol; devices are read by `AblationDeviceReader`.
struct AblationReader {
  private let reading: YAMLReading
  private let rules: RuleReader
  private let statements: AblationStatementReader

  init(_ reading: YAMLReading) {
    self.reading = reading
    rules = RuleReader(reading)
    statements = AblationStatementReader(reading)
  }

  /// The parameters; `nil` when there are none or something essential is missing, which is reported.
  func parameters(_ node: Node?) -> AblationParameters? {
    guard let node else { return nil }
    guard
      let entries = reading.mapping(
        node, "ablation",
        keys: [
          "devices", "caps", "margin", "isotherms", "placements", "residualError", "pathLimits", "delivery",
          "usualLengths", "gantry", "pathCosts", "probeSpacing", "ablatedLungFlag", "notch", "belowRib",
          "surrogates",
          "manoeuvres", "preferences", "zoneLimits", "notes",
        ])
    else { return nil }
    let devices = AblationDeviceReader(reading).devices(entries["devices"], isShipped: true)
    guard let margin = margin(entries["margin"], in: node),
      let residual = cited(entries["residualError"], "residualError", "rmsMM", in: node),
      let lengths = lengths(entries["usualLengths"], in: node),
      let gantry = gantry(entries["gantry"], in: node),
      let spacing = spacing(entries["probeSpacing"], in: node),
      let flag = flag(entries["ablatedLungFlag"], in: node),
      let notch = cited(entries["notch"], "notch", "distanceMM", in: node),
      let belowRib = CitedReader(reading).cited(entries["belowRib"], "belowRib", "rise", 0...1, in: node)
    else { return nil }
    let placements = reading.sequence(entries["placements"], "placements").compactMap(placement)
    let delivery = reading.sequence(entries["delivery"], "delivery").compactMap(delivery)
    if placements.isEmpty {
      reading.report(node, "placements are missing", "add {id: freeHand, sigmaMM: 4, sources: […]}")
    }
    if !delivery.contains(where: \.sites.isEmpty) {
      reading.report(node, "delivery for all other sites is missing", "add an entry without sites")
    }
    return AblationParameters(
      devices: devices, caps: reading.sequence(entries["caps"], "caps").compactMap(cap), margin: margin,
      isotherms: isotherms(entries["isotherms"]), placements: placements,
      residual: residual,
      pathLimits: reading.sequence(entries["pathLimits"], "pathLimits").compactMap(pathLimit),
      delivery: delivery, usualLengths: lengths, gantry: gantry,
      costs: reading.sequence(entries["pathCosts"], "pathCosts").compactMap(cost), probeSpacing: spacing,
      ablatedLungFlag: flag, notch: notch, belowRib: belowRib,
      surrogates: reading.sequence(entries["surrogates"], "surrogates").compactMap(statements.surrogate),
      manoeuvres: reading.sequence(entries["manoeuvres"], "manoeuvres").compactMap(statements.manoeuvre),
      preferences: reading.sequence(entries["preferences"], "preferences").compactMap(
        statements.preference),
      zoneLimits: reading.sequence(entries["zoneLimits"], "zoneLimits").compactMap(statements.zoneLimit),
      notes: reading.sequence(entries["notes"], "notes").compactMap(statements.note))
  }

  // MARK: Single values

  private func length(_ node: Node?, _ what: String, in parent: Node?, upTo most: Double = 1000) -> Length? {
    guard node != nil else {
      reading.report(parent, "\(what) is missing")
      return nil
    }
    guard let mm = reading.number(node, what) else { return nil }
    guard mm >= 0, mm <= most else {
      reading.report(node, "\(what) \(mm) mm is not plausible", "0 to \(Int(most)) mm")
      return nil
    }
    return .millimeters(mm)
  }

  private func sources(_ entry: [String: Node], _ what: String, _ node: Node) -> [String] {
    CitedReader(reading).sources(entry, what, node)
  }

  private func entry(_ node: Node?, _ what: String, _ keys: [String], in parent: Node) -> [String: Node]? {
    CitedReader(reading).entry(node, what, keys, in: parent)
  }

  private func margin(_ node: Node?, in parent: Node) -> MarginGoal? {
    guard let row = entry(node, "margin", ["hardMM", "goalMM"], in: parent), let node,
      let hard = length(row["hardMM"], "hardMM", in: node, upTo: 30),
      let goal = length(row["goalMM"], "goalMM", in: node, upTo: 30)
    else { return nil }
    if goal < hard { reading.report(node, "the goal is below the hard margin", "exchange them") }
    return MarginGoal(hard: hard, goal: goal, sources: sources(row, "margin", node))
  }

  private func cited(_ node: Node?, _ what: String, _ key: String, in parent: Node) -> Cited<Length>? {
    guard let row = entry(node, what, [key], in: parent), let node,
      let value = length(row[key], key, in: node, upTo: 50)
    else { return nil }
    return Cited(value, sources: sources(row, what, node))
  }

  private func lengths(_ node: Node?, in parent: Node) -> Cited<[Length]>? {
    guard let row = entry(node, "usualLengths", ["lengthsMM"], in: parent), let node else { return nil }
    let lengths = reading.sequence(row["lengthsMM"], "lengthsMM").compactMap {
      length($0, "a length", in: node)
    }
    guard !lengths.isEmpty, lengths.allSatisfy({ $0 > .zero }) else {
      reading.report(node, "usualLengths need lengths above 0 mm")
      return nil
    }
    return Cited(lengths.sorted(), sources: sources(row, "usualLengths", node))
  }

  private func gantry(_ node: Node?, in parent: Node) -> Gantry? {
    guard let row = entry(node, "gantry", ["boreMM", "belowLevelDegrees"], in: parent), let node,
      let bore = length(row["boreMM"], "boreMM", in: node, upTo: 2000),
      let below = reading.number(row["belowLevelDegrees"], "belowLevelDegrees")
    else { return nil }
    return Gantry(bore: bore, belowLevelDegrees: below, sources: sources(row, "gantry", node))
  }

  private func spacing(_ node: Node?, in parent: Node) -> ProbeSpacing? {
    guard let row = entry(node, "probeSpacing", ["targetMM", "mostMM", "fromEdgeMM"], in: parent), let node,
      let most = length(row["mostMM"], "mostMM", in: node, upTo: 100),
      let edge = length(row["fromEdgeMM"], "fromEdgeMM", in: node, upTo: 100)
    else { return nil }
    let target = reading.sequence(row["targetMM"], "targetMM").compactMap { reading.number($0, "targetMM") }
    guard target.count == 2, target[0] <= target[1] else {
      reading.report(node, "targetMM is [from, to]")
      return nil
    }
    return ProbeSpacing(
      target: target[0]...target[1], most: most, fromEdge: edge,
      sources: sources(row, "probeSpacing", node))
  }

  private func flag(_ node: Node?, in parent: Node) -> Cited<Volume>? {
    guard let row = entry(node, "ablatedLungFlag", ["volumeCC"], in: parent), let node,
      let cc = reading.number(row["volumeCC"], "volumeCC")
    else { return nil }
    return Cited(Volume.cubicCentimeters(cc), sources: sources(row, "ablatedLungFlag", node))
  }

  private func isotherms(_ node: Node?) -> [Site: LethalIsotherm] {
    var found: [Site: LethalIsotherm] = [:]
    for (name, value) in reading.mapping(node, "isotherms", keys: Site.allCases.map(\.rawValue)) ?? [:] {
      if let site = Site(rawValue: name),
        let isotherm = reading.word(value, "isotherm", LethalIsotherm.self)
      {
        found[site] = isotherm
      }
    }
    return found
  }

  // MARK: Lists

  private func cap(_ node: Node) -> ZoneCap? {
    guard
      let row = reading.mapping(node, "a cap", keys: ["energy", "sites", "longMM", "shortMM", "sources"]),
      let energy = reading.word(row["energy"], "energy", Modality.self),
      let long = length(row["longMM"], "longMM", in: node, upTo: 150),
      let short = length(row["shortMM"], "shortMM", in: node, upTo: 150)
    else { return nil }
    return ZoneCap(
      energy: energy, sites: reading.words(row["sites"], "site", Site.self), long: long, short: short,
      sources: sources(row, "cap", node))
  }

  private func placement(_ node: Node) -> PlacementAccuracy? {
    guard let row = reading.mapping(node, "a placement", keys: ["id", "sigmaMM", "sources"]),
      let id = reading.text(row["id"], "id", in: node),
      let sigma = length(row["sigmaMM"], "sigmaMM", in: node, upTo: 50)
    else { return nil }
    guard sigma > .zero else {
      reading.report(node, "sigmaMM must be above 0")
      return nil
    }
    return PlacementAccuracy(id: id, sigma: sigma, sources: sources(row, "placement \(id)", node))
  }

  private func pathLimit(_ node: Node) -> PathLimit? {
    guard
      let row = reading.mapping(node, "a path limit", keys: ["role", "distanceMM", "mayCross", "sources"]),
      let role = reading.word(row["role"], "role", StructureRole.self),
      let distance = length(row["distanceMM"], "distanceMM", in: node, upTo: 15)
    else { return nil }
    return PathLimit(
      role: role, distance: distance, forbidsCrossing: !reading.flag(row["mayCross"], "mayCross"),
      sources: sources(row, "path limit \(role.rawValue)", node))
  }

  private func delivery(_ node: Node) -> DeliveryLimit? {
    guard
      let row = reading.mapping(
        node, "a delivery", keys: ["sites", "mostApplicators", "mostPositions", "sources"]),
      let applicators = reading.integer(row["mostApplicators"], "mostApplicators"),
      let positions = reading.integer(row["mostPositions"], "mostPositions")
    else { return nil }
    guard applicators >= 1, positions >= 1 else {
      reading.report(node, "at least one applicator and one position")
      return nil
    }
    return DeliveryLimit(
      sites: reading.words(row["sites"], "site", Site.self), mostApplicators: applicators,
      mostPositions: positions, sources: sources(row, "delivery", node))
  }

  private func cost(_ node: Node) -> PathCost? {
    guard let row = reading.mapping(node, "a path cost", keys: ["criterion", "weight", "sources"]),
      let criterion = reading.word(row["criterion"], "criterion", PathCriterion.self),
      let weight = reading.number(row["weight"], "weight")
    else { return nil }
    guard weight >= 0 else {
      reading.report(node, "a cost below zero would reward what it counts", "use 0 to leave it out")
      return nil
    }
    return PathCost(
      criterion: criterion, weight: weight, sources: sources(row, "path cost \(criterion.rawValue)", node))
  }
}
