// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Eligibility
internal import Evidence
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Vocabulary
internal import Yams

/// Reads the radiotherapy part of a protocol: schemes, targets, fall-off; limits are read by `DoseLimitReader`.
struct RadiotherapyReader {
  private let reading: YAMLReading
  private let rules: RuleReader

  init(_ reading: YAMLReading) {
    self.reading = reading
    rules = RuleReader(reading)
  }

  /// The parameters; `nil` when there are none or something essential is missing, which is reported.
  func parameters(_ node: Node?) -> RadiotherapyParameters? {
    guard let node else { return nil }
    guard
      let entries = reading.mapping(
        node, "radiotherapy",
        keys: [
          "alphaBeta", "schemes", "defaultIsodose", "reducedDoseFromLesions", "targets", "fallOff",
          "passedThrough",
          "pneumonitis", "reirradiation", "recovery", "limitSets", "limits", "cumulativeLimits",
        ])
    else { return nil }
    let toxicity = DoseLimitReader(reading)
    let ratios = reading.sequence(entries["alphaBeta"], "alphaBeta").compactMap(alphaBeta)
    let fallOff = FallOffReader(reading).fallOff(entries["fallOff"], in: node)
    let targets = targets(entries["targets"], in: node)
    let sets = reading.sequence(entries["limitSets"], "limitSets").compactMap(toxicity.set)
    guard let tumour = ratios.first(where: { $0.organ == nil })?.ratio else {
      reading.report(node, "alphaBeta of tumour is missing", "add {organ: tumour, gray: 10, sources: […]}")
      return nil
    }
    guard let isodose = isodose(entries["defaultIsodose"], in: node), let fallOff, let targets,
      let passed = passedThrough(entries["passedThrough"], in: node),
      let reirradiation = toxicity.reirradiation(entries["reirradiation"], in: node)
    else { return nil }
    let pneumonitis = toxicity.pneumonitis(entries["pneumonitis"])
    return RadiotherapyParameters(
      alphaBeta: ratios.compactMap { entry in
        entry.organ.map { OrganAlphaBeta(organ: $0, ratio: entry.ratio, sources: entry.sources) }
      }, tumourAlphaBeta: tumour,
      schemes: reading.sequence(entries["schemes"], "schemes").compactMap(scheme), isodose: isodose,
      reducedDoseFromLesions: reducedDose(entries["reducedDoseFromLesions"]), motion: targets.motion,
      techniques: targets.techniques, assumedTechnique: targets.assumed, fallOff: fallOff.model,
      fallOffSources: fallOff.sources, passedThrough: passed, compositeWithin: fallOff.composite,
      compositeSources: fallOff.compositeSources, limitSets: sets,
      limits: reading.sequence(entries["limits"], "limits").compactMap { toxicity.limit($0, sets) },
      cumulativeLimits: reading.sequence(entries["cumulativeLimits"], "cumulativeLimits").compactMap(
        toxicity.cumulative),
      pneumonitisThresholds: pneumonitis.thresholds, pneumonitisCurves: pneumonitis.curves,
      reirradiation: reirradiation,
      recovery: reading.sequence(entries["recovery"], "recovery").compactMap(toxicity.recovery))
  }

  private func passedThrough(_ node: Node?, in parent: Node) -> Cited<Set<OrganAtRisk>>? {
    let cited = CitedReader(reading)
    guard let entry = cited.entry(node, "passedThrough", ["organs"], in: parent) else { return nil }
    let organs = reading.words(entry["organs"], "an organ", OrganAtRisk.self)
    return Cited(Set(organs), sources: cited.sources(entry, "passedThrough", node))
  }

  private func alphaBeta(_ node: Node) -> (organ: OrganAtRisk?, ratio: AlphaBetaRatio, sources: [String])? {
    guard let entry = reading.mapping(node, "an α/β", keys: ["organ", "gray", "sources"]),
      let gray = reading.number(entry["gray"], "gray"),
      let name = reading.text(entry["organ"], "organ", in: node)
    else { return nil }
    guard let ratio = AlphaBetaRatio(gray: gray) else {
      reading.report(entry["gray"], "an α/β of \(gray) Gy is none", "a number of gray above zero")
      return nil
    }
    let sources = reading.texts(entry["sources"], "sources")
    if name == "tumour" { return (nil, ratio, sources) }
    guard let organ = reading.word(entry["organ"], "organ", OrganAtRisk.self) else { return nil }
    return (organ, ratio, sources)
  }

  private func isodose(_ node: Node?, in parent: Node) -> IsodoseRange? {
    guard let node,
      let entry = reading.mapping(node, "defaultIsodose", keys: ["percent", "low", "high", "sources"]),
      let percent = share(entry["percent"], "percent")
    else {
      reading.report(node ?? parent, "defaultIsodose is missing or has no percent")
      return nil
    }
    return IsodoseRange(
      percent: percent, low: share(entry["low"], "low") ?? percent,
      high: share(entry["high"], "high") ?? percent,
      sources: reading.texts(entry["sources"], "sources"))
  }

  /// A number of per cent above 0 to 100.
  private func share(_ node: Node?, _ what: String) -> Double? {
    guard let value = reading.number(node, what) else { return nil }
    guard value > 0, value <= 100 else {
      reading.report(node, "\(what) \(value) is no share", "above 0 to 100 per cent")
      return nil
    }
    return value
  }

  private func reducedDose(_ node: Node?) -> Int {
    let entry = reading.mapping(node, "reducedDoseFromLesions", keys: ["count", "sources"])
    return entry.flatMap { reading.integer($0["count"], "count") } ?? .max
  }

  // MARK: Schemes

  private func scheme(_ node: Node) -> PrescriptionScheme? {
    guard
      let entry = reading.mapping(
        node, "a scheme",
        keys: [
          "id", "sites", "doseGy", "fractions", "isodosePercent", "prescribedTo", "use", "permitted",
          "preferred", "role", "requires", "derived", "sources",
        ]), let id = reading.text(entry["id"], "id", in: node),
      let gray = reading.number(entry["doseGy"], "doseGy"),
      let count = reading.integer(entry["fractions"], "fractions"),
      let use = reading.text(entry["use"], "use", in: node)
    else { return nil }
    guard let fractionation = Fractionation(total: .gray(gray), fractions: count), gray > 0, gray <= 200
    else {
      reading.report(node, "\(gray) Gy in \(count) fractions is no prescription")
      return nil
    }
    let sources = reading.texts(entry["sources"], "sources")
    if sources.isEmpty { reading.report(node, "scheme \(id) has no source", "cite the bibliography") }
    let board = reading.text(entry["requires"], "requires", in: node, required: false)
    if let board, board != "board" { reading.report(entry["requires"], "only requires: board is known here") }
    return PrescriptionScheme(
      id: id, sites: reading.words(entry["sites"], "site", Site.self), fractionation: fractionation,
      isodosePercent: entry["isodosePercent"].flatMap { share($0, "isodosePercent") },
      prescribedTo: reading.text(entry["prescribedTo"], "prescribedTo", in: node) ?? "", use: use,
      permitted: conditions(entry["permitted"]), preferred: conditions(entry["preferred"]),
      role: reading.word(entry["role"], "role", PrescriptionScheme.Role.self) ?? .optional,
      requiresBoard: board == "board", sources: sources)
  }

  private func conditions(_ node: Node?) -> [SchemeCondition] {
    reading.sequence(node, "conditions").compactMap { item in
      guard
        let entry = reading.mapping(
          item, "a condition", keys: ["fact", "is", "from", "above", "upTo", "below", "sources"]),
        let condition = rules.condition(entry, item)
      else { return nil }
      return SchemeCondition(condition, sources: reading.texts(entry["sources"], "sources"))
    }
  }

  // MARK: Targets

  private func targets(
    _ node: Node?, in parent: Node
  ) -> (motion: [MotionZone], techniques: [TargetTechnique], assumed: String)? {
    guard let node, let entry = reading.mapping(node, "targets", keys: ["motion", "techniques", "default"]),
      let assumed = reading.text(entry["default"], "default", in: node)
    else {
      reading.report(node ?? parent, "targets are missing, or have no default technique")
      return nil
    }
    func length(_ node: Node?, _ what: String) -> Length? {
      guard let mm = reading.number(node, what) else { return nil }
      guard mm >= 0, mm <= 100 else {
        reading.report(node, "\(what) \(mm) mm is no margin", "0 to 100 mm")
        return nil
      }
      return .millimeters(mm)
    }
    let motion = reading.sequence(entry["motion"], "motion").compactMap { item -> MotionZone? in
      guard
        let row = reading.mapping(
          item, "a motion", keys: ["site", "zone", "superiorInferiorMM", "axialMM", "sources"]),
        let along = length(row["superiorInferiorMM"], "superiorInferiorMM"),
        let axial = length(row["axialMM"], "axialMM")
      else { return nil }
      return MotionZone(
        site: reading.word(row["site"], "site", Site.self),
        zone: reading.text(row["zone"], "zone", in: item, required: false), superiorInferior: along,
        axial: axial, sources: reading.texts(row["sources"], "sources"))
    }
    let techniques = reading.sequence(entry["techniques"], "techniques").compactMap {
      item -> TargetTechnique? in
      guard
        let row = reading.mapping(
          item, "a technique", keys: ["id", "usesMotion", "superiorInferiorMM", "axialMM", "sources"]),
        let id = reading.text(row["id"], "id", in: item),
        let along = length(row["superiorInferiorMM"], "superiorInferiorMM"),
        let axial = length(row["axialMM"], "axialMM"),
        let moves = reading.text(row["usesMotion"], "usesMotion", in: item).map({ _ in
          reading.flag(row["usesMotion"], "usesMotion")
        })
      else { return nil }
      return TargetTechnique(
        id: id, usesMotion: moves, superiorInferior: along, axial: axial,
        sources: reading.texts(row["sources"], "sources"))
    }
    if !techniques.contains(where: { $0.id == assumed }) {
      reading.report(entry["default"], "the default technique \(assumed) is not among the techniques")
    }
    return (motion, techniques, assumed)
  }
}
