// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Evidence
internal import Quantities
internal import Radiotherapy
internal import Vocabulary
internal import Yams

/// Reads dose limits and what belongs to them: cumulative limits, pneumonitis, recovery.
struct DoseLimitReader {
  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  func set(_ node: Node) -> DoseLimitSet? {
    guard let entry = reading.mapping(node, "a set of limits", keys: ["id", "title", "primary", "sources"]),
      let id = reading.text(entry["id"], "id", in: node),
      let title = reading.text(entry["title"], "title", in: node)
    else { return nil }
    let sources = reading.texts(entry["sources"], "sources")
    if sources.isEmpty { reading.report(node, "set \(id) has no source", "cite the bibliography") }
    return DoseLimitSet(
      id: id, title: title,
      isPrimary: reading.flag(entry["primary"], "primary"),
      sources: sources)
  }

  private static let limitKeys = [
    "set", "organ", "endpoint", "level", "gy", "percent", "cc", "percentOfPrescription", "sex", "mark",
    "sources", "note", "advisory", "subvolumeMM", "lengthCM",
  ]

  /// - Parameter sets: the sets there are; a row of another is reported.
  func limit(_ node: Node, _ sets: [DoseLimitSet]) -> DoseLimit? {
    guard let entry = reading.mapping(node, "a limit", keys: Self.limitKeys),
      let name = reading.text(entry["set"], "set", in: node),
      let organ = reading.word(entry["organ"], "organ", OrganAtRisk.self),
      let level = reading.word(entry["level"], "level", DoseLimit.Level.self),
      let endpoint = metric(entry["endpoint"], in: node)
    else { return nil }
    guard let set = sets.first(where: { $0.id == name }) else {
      reading.report(entry["set"], "there is no set \(name)", "add it to limitSets")
      return nil
    }
    let units: [(String, DoseLimit.Unit)] = [
      ("gy", .gray), ("percent", .percent), ("cc", .cubicCentimeters),
      ("percentOfPrescription", .percentOfPrescription),
    ]
    let given = units.filter { entry[$0.0] != nil }
    guard given.count == 1, let (key, unit) = given.first else {
      reading.report(node, "a limit has its numbers under one of gy, percent, cc, percentOfPrescription")
      return nil
    }
    var numbers: [Int: Double] = [:]
    if case .mapping(let mapping)? = entry[key] {
      for (count, value) in mapping {
        guard let fractions = reading.integer(count, "a number of fractions"), fractions > 0,
          let number = reading.number(value, "a limit"), number > 0
        else {
          reading.report(value, "a limit is a number above zero under its number of fractions")
          continue
        }
        numbers[fractions] = number
      }
    }
    if numbers.isEmpty { reading.report(node, "the limit has no number", "gy: {3: 30, 5: 38}") }
    checkUnit(endpoint, unit, node)
    var unanswerable: String?
    if entry["lengthCM"] != nil { unanswerable = "a length of nerve, which no histogram tells" }
    if entry["subvolumeMM"] != nil { unanswerable = "the part of the organ beside the target only" }
    return DoseLimit(
      set: name, organ: organ, endpoint: endpoint, level: level, unit: unit, byFractions: numbers,
      sex: sex(entry["sex"]), mark: reading.word(entry["mark"], "mark", Mark.self) ?? .transcribed,
      sources: entry["sources"] == nil ? set.sources : reading.texts(entry["sources"], "sources"),
      note: reading.text(entry["note"], "note", in: node, required: false),
      isAdvisory: reading.flag(entry["advisory"], "advisory"),
      unanswerable: unanswerable)
  }

  private func sex(_ node: Node?) -> String? {
    guard let node else { return nil }
    let word = node.scalar?.string
    guard word == "male" || word == "female" else {
      reading.report(node, "sex is male or female")
      return nil
    }
    return word
  }

  /// Volumes at a dose are limited in per cent or cc, everything else in gray: a slip here would compare gray with
  /// per cent.
  private func checkUnit(_ endpoint: DoseMetric, _ unit: DoseLimit.Unit, _ node: Node) {
    let isVolume: Bool =
      switch endpoint {
      case .volumeAtDose, .volumeAtPercent, .volumeBelowDose: true
      default: false
      }
    if isVolume != (unit == .percent || unit == .cubicCentimeters) {
      reading.report(
        node, "\(endpoint.name) is not told in \(unit.rawValue)",
        isVolume ? "give percent or cc" : "give gy")
    }
  }

  private func metric(_ node: Node?, in parent: Node) -> DoseMetric? {
    guard let text = reading.text(node, "endpoint", in: parent) else { return nil }
    guard let metric = DoseMetric(text) else {
      reading.report(node, "\"\(text)\" is no metric", "as D0.1cc, Dmean, V20Gy, CV1500cc")
      return nil
    }
    return metric
  }

  func cumulative(_ node: Node) -> CumulativeLimit? {
    guard
      let entry = reading.mapping(
        node, "a cumulative limit",
        keys: [
          "set", "organ", "alphaBetaGy", "endpoint", "eqd2Gy", "percent", "consensus",
          "assumesIntervalMonths", "minimumMonths", "newCourseEQD2Gy", "shareOfCumulative", "sources", "note",
        ]), let set = reading.text(entry["set"], "set", in: node),
      let organ = reading.word(entry["organ"], "organ", OrganAtRisk.self)
    else { return nil }
    var bounds: (low: Double, high: Double)?
    if let pair = entry["eqd2Gy"] {
      let values = reading.sequence(pair, "eqd2Gy").compactMap { reading.number($0, "eqd2Gy") }
      if values.count == 2, values[0] > 0, values[0] <= values[1] {
        bounds = (values[0], values[1])
      } else {
        reading.report(pair, "eqd2Gy is [low, high]", "the same number twice where there is one")
      }
    } else if let percent = reading.number(entry["percent"], "percent") {
      bounds = (percent, percent)
    }
    let sources = reading.texts(entry["sources"], "sources")
    if sources.isEmpty { reading.report(node, "the cumulative limit has no source", "cite the bibliography") }
    return CumulativeLimit(
      set: set, organ: organ,
      alphaBeta: reading.number(entry["alphaBetaGy"], "alphaBetaGy").flatMap { AlphaBetaRatio(gray: $0) },
      endpoint: entry["endpoint"].flatMap { metric($0, in: node) }, bounds: bounds,
      isPercent: entry["percent"] != nil,
      isConsensus: reading.flag(entry["consensus"], "consensus"),
      assumesMonths: reading.number(entry["assumesIntervalMonths"], "assumesIntervalMonths"),
      minimumMonths: reading.number(entry["minimumMonths"], "minimumMonths"),
      newCourseMost: reading.number(entry["newCourseEQD2Gy"], "newCourseEQD2Gy"),
      newCourseShare: reading.number(entry["shareOfCumulative"], "shareOfCumulative"), sources: sources,
      note: reading.text(entry["note"], "note", in: node, required: false))
  }

  func pneumonitis(_ node: Node?) -> (thresholds: [PneumonitisThreshold], curves: [PneumonitisCurve]) {
    guard let entries = reading.mapping(node, "pneumonitis", keys: ["thresholds", "logistic"]) else {
      return ([], [])
    }
    let thresholds = reading.sequence(entries["thresholds"], "thresholds").compactMap {
      item -> PneumonitisThreshold? in
      guard
        let row = reading.mapping(
          item, "a threshold", keys: ["metric", "above", "unit", "effect", "population", "sources"]),
        let name = reading.text(row["metric"], "metric", in: item),
        let above = reading.number(row["above"], "above"),
        let unit = reading.text(row["unit"], "unit", in: item),
        let effect = reading.text(row["effect"], "effect", in: item)
      else { return nil }
      // The volume of targets and a biological volume are no metrics of a histogram.
      let metric = DoseMetric(name)
      let isTargetVolume = name == "PTV"
      if metric == nil, !isTargetVolume, name != "VBED70" {
        reading.report(row["metric"], "\"\(name)\" is no metric", "as Dmean, V20Gy, or PTV")
      }
      return PneumonitisThreshold(
        quantity: metric.map { .lungs($0) } ?? (isTargetVolume ? .targetVolume : .unread), name: name,
        above: above, unit: unit == "percent" ? "%" : unit, effect: effect,
        population: reading.text(row["population"], "population", in: item) ?? "",
        sources: reading.texts(row["sources"], "sources"))
    }
    let curves = reading.sequence(entries["logistic"], "logistic").compactMap { item -> PneumonitisCurve? in
      guard
        let row = reading.mapping(
          item, "a curve",
          keys: ["metric", "unit", "midpoint", "slopePerUnit", "lesionsAtLeast", "pointsPercent", "sources"]),
        let metric = metric(row["metric"], in: item),
        let midpoint = reading.number(row["midpoint"], "midpoint"),
        let slope = reading.number(row["slopePerUnit"], "slopePerUnit"), slope > 0,
        let count = reading.integer(row["lesionsAtLeast"], "lesionsAtLeast")
      else { return nil }
      let points = reading.sequence(row["pointsPercent"], "pointsPercent").compactMap {
        reading.number($0, "pointsPercent")
      }
      guard points.count == 2, points[0] > 0, points[0] < points[1], points[1] < 100 else {
        reading.report(
          item, "needs pointsPercent", "the least and greatest risk its points stand for, as [20, 50]")
        return nil
      }
      return PneumonitisCurve(
        metric: metric, midpoint: midpoint, slope: slope, points: points[0]...points[1],
        lesionsAtLeast: count,
        sources: reading.texts(row["sources"], "sources"))
    }
    return (thresholds, curves)
  }

  func reirradiation(_ node: Node?, in parent: Node) -> ReirradiationRule? {
    let keys = ["minimumMonths", "cordMinimumMonths", "isodosePercent", "overlapEQD2Gy"]
    guard let node, let entry = reading.mapping(node, "reirradiation", keys: keys + ["sources"]) else {
      reading.report(parent, "reirradiation is missing")
      return nil
    }
    let values = keys.compactMap { reading.number(entry[$0], $0) }
    guard values.count == keys.count else {
      reading.report(node, "reirradiation needs " + keys.joined(separator: ", "))
      return nil
    }
    return ReirradiationRule(
      minimumMonths: values[0], cordMinimumMonths: values[1], isodosePercent: values[2],
      overlapGray: values[3],
      sources: reading.texts(entry["sources"], "sources"))
  }

  func recovery(_ node: Node) -> RecoveryAssumption? {
    guard let entry = reading.mapping(node, "a recovery", keys: ["id", "organs", "steps", "sources"]),
      let id = reading.text(entry["id"], "id", in: node)
    else { return nil }
    let steps = reading.sequence(entry["steps"], "steps").compactMap { item -> RecoveryAssumption.Step? in
      guard let row = reading.mapping(item, "a step", keys: ["months", "percent"]),
        let months = reading.number(row["months"], "months"),
        let percent = reading.number(row["percent"], "percent"), (0...100).contains(percent)
      else { return nil }
      return .init(months: months, percent: percent)
    }
    return RecoveryAssumption(
      id: id, organs: reading.words(entry["organs"], "organ", OrganAtRisk.self),
      steps: steps.sorted { $0.months < $1.months }, sources: reading.texts(entry["sources"], "sources"))
  }
}
