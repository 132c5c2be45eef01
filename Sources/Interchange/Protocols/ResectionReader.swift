// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary
internal import Yams

/// Reads the resection part of a protocol; flows are read by `ReserveFlowReader`.
struct ResectionReader {
  private let reading: YAMLReading
  private let rules: RuleReader

  init(_ reading: YAMLReading) {
    self.reading = reading
    rules = RuleReader(reading)
  }

  /// The parameters; `nil` when there are none or something essential is missing, which is reported.
  func parameters(_ node: Node?) -> ResectionParameters? {
    guard let node else { return nil }
    guard
      let entries = reading.mapping(
        node, "resection",
        keys: [
          "profiles", "reportedMarginsMM", "wedgeDepth", "mergeGap", "anatomicalShare", "mostSegments",
          "measurementError", "localisation", "function", "flows", "notes", "laser", "liverMargin",
          "liverVolume", "geometry", "formulas", "hybrid",
        ])
    else { return nil }
    let profiles = reading.sequence(entries["profiles"], "profiles").compactMap(profile)
    if profiles.isEmpty {
      reading.report(node, "profiles are missing", "add {id: standard, title: …, marginMM: 10, sources: […]}")
    }
    let flows = reading.sequence(entries["flows"], "flows").compactMap(ReserveFlowReader(reading).flow)
    if flows.isEmpty { reading.report(node, "flows are missing") }
    guard !profiles.isEmpty, let depth = depth(entries["wedgeDepth"], in: node),
      let gap = distance(entries["mergeGap"], "mergeGap", in: node),
      let share = number(entries["anatomicalShare"], "anatomicalShare", key: "share", 0...1, in: node),
      let segments = reading.integer(entries["mostSegments"], "mostSegments"),
      let error = distance(entries["measurementError"], "measurementError", in: node),
      let localisation = localisation(entries["localisation"], in: node),
      let function = function(entries["function"], in: node),
      let laser = distance(entries["laser"], "laser", in: node),
      let liver = distance(entries["liverMargin"], "liverMargin", in: node),
      let volume = liverVolume(entries["liverVolume"], in: node),
      let geometry = geometry(entries["geometry"], in: node),
      let formulas = reading.mapping(
        entries["formulas"], "formulas", keys: ["registry", "thoracoscore", "cardiacRisk"]),
      let hybrid = reading.mapping(entries["hybrid"], "hybrid", keys: ["sources"])
    else {
      if reading.problems.isEmpty { reading.report(node, "resection is not complete", "see protocol show") }
      return nil
    }
    let margins = reading.sequence(entries["reportedMarginsMM"], "reportedMarginsMM").compactMap {
      length($0, "reportedMarginsMM", in: node)
    }
    func cited(_ key: String) -> [String] { sources(formulas, key, entries["formulas"] ?? node, key: key) }
    return ResectionParameters(
      profiles: profiles, reportedMargins: margins.sorted(), depth: depth, mergeGap: gap,
      anatomicalShare: share, mostSegments: segments, measurementError: error, localisation: localisation,
      function: function, flows: flows,
      notes: reading.sequence(entries["notes"], "notes").compactMap(note), laser: laser, liverMargin: liver,
      liverVolume: volume, geometry: geometry,
      formulas: FormulaSources(
        registry: cited("registry"), thoracoscore: cited("thoracoscore"), cardiacRisk: cited("cardiacRisk")),
      hybridSources: sources(hybrid, "hybrid", entries["hybrid"] ?? node))
  }

  // MARK: Single values

  private func liverVolume(_ node: Node?, in parent: Node) -> Cited<LiverVolumeFormula>? {
    let cited = CitedReader(reading)
    let keys = ["interceptML", "perSquareMetreML", "leastSurfaceM2"]
    guard let entry = cited.entry(node, "liverVolume", keys, in: parent),
      let intercept = cited.number(entry, keys[0], -3000...3000, of: "liverVolume", in: node),
      let slope = cited.number(entry, keys[1], 0...3000, of: "liverVolume", in: node),
      let least = cited.number(entry, keys[2], 0...3, of: "liverVolume", in: node)
    else { return nil }
    return Cited(
      LiverVolumeFormula(
        intercept: intercept, perSquareMetre: slope, leastSurface: least),
      sources: cited.sources(entry, "liverVolume", node))
  }

  private func geometry(_ node: Node?, in parent: Node) -> Cited<LungGeometry>? {
    let cited = CitedReader(reading)
    let keys = ["contactMM", "hilumWithinMM", "outerAbove", "innerBelow"]
    guard let entry = cited.entry(node, "geometry", keys, in: parent),
      let contact = cited.number(entry, keys[0], 0...20, of: "geometry", in: node),
      let hilum = cited.number(entry, keys[1], 0...100, of: "geometry", in: node),
      let outer = cited.number(entry, keys[2], 0...1, of: "geometry", in: node),
      let inner = cited.number(entry, keys[3], 0...1, of: "geometry", in: node)
    else { return nil }
    if inner > outer { reading.report(node, "innerBelow lies above outerAbove", "exchange them") }
    return Cited(
      LungGeometry(
        contact: .millimeters(contact), hilumWithin: .millimeters(hilum), outerAbove: outer,
        innerBelow: inner), sources: cited.sources(entry, "geometry", node))
  }

  private func sources(_ row: [String: Node], _ what: String, _ node: Node, key: String = "sources")
    -> [String]
  {
    let sources = reading.texts(row[key], key)
    if sources.isEmpty { reading.report(node, "\(what) has no source", "cite the bibliography") }
    return sources
  }

  /// A length above 0 and at most 100 mm.
  private func length(_ node: Node?, _ what: String, in parent: Node) -> Length? {
    guard let node else {
      reading.report(parent, "\(what) is missing")
      return nil
    }
    guard let mm = reading.number(node, what) else { return nil }
    guard mm > 0, mm <= 100 else {
      reading.report(node, "\(what) \(mm) mm is not plausible", "above 0, at most 100 mm")
      return nil
    }
    return .millimeters(mm)
  }

  private func distance(_ node: Node?, _ what: String, in parent: Node) -> Cited<Length>? {
    guard let node, let row = CitedReader(reading).entry(node, what, ["distanceMM"], in: parent) else {
      if node == nil { reading.report(parent, "\(what) is missing") }
      return nil
    }
    return length(row["distanceMM"], what, in: node).map { Cited($0, sources: sources(row, what, node)) }
  }

  private func number(
    _ node: Node?, _ what: String, key: String, _ domain: ClosedRange<Double>, in parent: Node
  ) -> Cited<Double>? { CitedReader(reading).cited(node, what, key, domain, in: parent) }

  private func profile(_ node: Node) -> MarginProfile? {
    guard
      let row = reading.mapping(
        node, "a profile", keys: ["id", "title", "marginMM", "diameterWithinMM", "sources"]),
      let id = reading.text(row["id"], "id", in: node),
      let title = reading.text(row["title"], "title", in: node)
    else { return nil }
    let cited = sources(row, "profile \(id)", node)
    if let range = row["diameterWithinMM"] {
      let ends = reading.sequence(range, "diameterWithinMM").compactMap {
        length($0, "diameterWithinMM", in: node)
      }
      guard ends.count == 2, ends[0] <= ends[1] else {
        reading.report(range, "diameterWithinMM is [least, most], in millimetres")
        return nil
      }
      return MarginProfile(
        id: id, title: title, rule: .diameter(least: ends[0], most: ends[1]), sources: cited)
    }
    return length(row["marginMM"], "marginMM", in: node).map {
      MarginProfile(id: id, title: title, rule: .fixed($0), sources: cited)
    }
  }

  private func depth(_ node: Node?, in parent: Node) -> WedgeDepth? {
    guard let node,
      let row = reading.mapping(node, "wedgeDepth", keys: ["usualMM", "permissiveMM", "deepMM", "sources"])
    else {
      if node == nil { reading.report(parent, "wedgeDepth is missing") }
      return nil
    }
    guard let usual = length(row["usualMM"], "usualMM", in: node),
      let permissive = length(row["permissiveMM"], "permissiveMM", in: node),
      let deep = length(row["deepMM"], "deepMM", in: node)
    else { return nil }
    if permissive < usual { reading.report(node, "permissiveMM is less than usualMM") }
    return WedgeDepth(
      usual: usual, permissive: permissive, deep: deep, sources: sources(row, "wedgeDepth", node))
  }

  private func localisation(_ node: Node?, in parent: Node) -> LocalisationCriteria? {
    guard let node,
      let row = reading.mapping(
        node, "localisation",
        keys: [
          "saitoSlope", "saitoInterceptMM", "saitoSources", "smallMM", "ratio", "criteria",
          "nakashimaSources",
        ])
    else {
      if node == nil { reading.report(parent, "localisation is missing") }
      return nil
    }
    guard let slope = reading.number(row["saitoSlope"], "saitoSlope"),
      let intercept = reading.number(row["saitoInterceptMM"], "saitoInterceptMM"),
      let small = length(row["smallMM"], "smallMM", in: node),
      let ratio = reading.number(row["ratio"], "ratio"),
      let criteria = reading.integer(row["criteria"], "criteria")
    else {
      reading.report(node, "localisation is not complete")
      return nil
    }
    return LocalisationCriteria(
      saito: (slope, intercept), small: small, ratio: ratio, criteria: criteria,
      sources: (
        sources(row, "saito", node, key: "saitoSources"),
        sources(row, "nakashima", node, key: "nakashimaSources")
      ))
  }

  private func function(_ node: Node?, in parent: Node) -> FunctionModel? {
    guard let node,
      let row = reading.mapping(
        node, "function",
        keys: [
          "segments", "extraWedge", "wedgesLikeLobe", "leastFEV1", "countingSources", "volumeSources",
          "perfusionSources", "wedgeSources",
        ])
    else {
      if node == nil { reading.report(parent, "function is missing") }
      return nil
    }
    var segments: [Lobe: Int] = [:]
    let names = Lobe.allCases.map(\.abbreviation)
    for (name, entry) in reading.mapping(row["segments"], "segments", keys: names) ?? [:] {
      guard let lobe = Lobe.allCases.first(where: { $0.abbreviation == name }),
        let count = reading.integer(entry, "segments"), count > 0
      else { continue }
      segments[lobe] = count
    }
    guard segments.count == Lobe.allCases.count else {
      reading.report(node, "segments of every lobe are needed: \(names.joined(separator: ", "))")
      return nil
    }
    guard let extra = reading.number(row["extraWedge"], "extraWedge"), extra >= 0,
      let wedges = reading.integer(row["wedgesLikeLobe"], "wedgesLikeLobe"), wedges > 0,
      let least = number(row["leastFEV1"], "leastFEV1", key: "liters", 0...8, in: node)
    else {
      reading.report(node, "function is not complete")
      return nil
    }
    func cited(_ key: String) -> [String] { sources(row, key, node, key: key) }
    return FunctionModel(
      segments: segments, extraWedge: extra, wedgesLikeLobe: wedges, leastFEV1: least,
      sources: (
        cited("countingSources"), cited("volumeSources"), cited("perfusionSources"), cited("wedgeSources")
      ))
  }

  private func note(_ node: Node) -> ResectionNote? {
    guard
      let row = reading.mapping(
        node, "a note", keys: ["id", "topic", "modalities", "whenAll", "text", "sources"]),
      let id = reading.text(row["id"], "id", in: node),
      let topic = reading.word(row["topic"], "topic", ResectionNote.Topic.self),
      let text = reading.text(row["text"], "text", in: node)
    else { return nil }
    let modalities = reading.words(row["modalities"], "modality", Modality.self)
    for modality in modalities where !ResectionPlanner.modalities.contains(modality) {
      reading.report(
        row["modalities"], "\(modality.rawValue) is no resection", "metastasectomy or hepaticResection")
    }
    if modalities.isEmpty { reading.report(node, "modalities of note \(id) are missing") }
    return ResectionNote(
      id: id, topic: topic, modalities: modalities,
      whenAll: reading.sequence(row["whenAll"], "whenAll").compactMap(rules.guarding), text: text,
      sources: sources(row, "note \(id)", node))
  }
}
