// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Evidence
internal import Planning
internal import Quantities
internal import Vocabulary
internal import Yams

/// Reads the parts of a protocol on scoring, and on facts that follow from others.
struct FactParametersReader {
  private let reading: YAMLReading
  private let cited: CitedReader

  init(_ reading: YAMLReading) {
    self.reading = reading
    cited = CitedReader(reading)
  }

  /// How findings become a score; `nil` where something is missing, which is reported.
  ///
  /// - Parameters:
  ///   - node: the part; missing is reported of `root`.
  ///   - weights: read already.
  func scoring(_ node: Node?, weights: [Concern: Double], in root: Node) -> Scoring? {
    guard let node else {
      reading.report(root, "scoring is missing", "see protocol show")
      return nil
    }
    let keys = ["furtherCluster", "leastDesirability", "equivalence", "unlikeConcern"]
    guard let entries = reading.mapping(node, "scoring", keys: keys) else { return nil }
    // All are read before one is missed.
    let further = cited.cited(entries[keys[0]], keys[0], "weight", 0...1, in: node)
    let least = cited.cited(entries[keys[1]], keys[1], "value", 0...1, in: node)
    let equivalence = cited.cited(entries[keys[2]], keys[2], "points", 0...100, in: node)
    let unlike = cited.cited(entries[keys[3]], keys[3], "share", 0...1, in: node)
    guard let further, let least, let equivalence, let unlike else { return nil }
    return Scoring(
      weights: weights, furtherCluster: further, leastDesirability: least, equivalence: equivalence,
      unlikeConcern: unlike)
  }

  /// The numbers by which facts follow from others; `nil` where something is missing, which is reported.
  ///
  /// - Parameter bibliography: whose marks go with the sources.
  func facts(_ node: Node?, _ bibliography: Bibliography, in root: Node) -> FactParameters? {
    guard let node else {
      reading.report(root, "facts is missing", "see protocol show")
      return nil
    }
    let keys = [
      "synchronous", "lateEffects", "reached", "courseReach", "overlap", "doublingTolerance", "growth",
      "contradiction",
      "place",
    ]
    guard let entries = reading.mapping(node, "facts", keys: keys) else { return nil }
    func value(_ what: String, _ key: String, _ domain: ClosedRange<Double>) -> Cited<Double>? {
      cited.cited(entries[what], what, key, domain, in: node)
    }
    let synchronous = value("synchronous", "months", 0...24)
    let late = value("lateEffects", "alphaBetaGy", 0.1...20).flatMap { cited in
      AlphaBetaRatio(gray: cited.value).map { Cited($0, sources: cited.sources) }
    }
    let reached = value("reached", "eqd2Gy", 0...100)
    let reach = value("courseReach", "withinMM", 0...100).map { cited in
      Cited(Length.millimeters(cited.value), sources: cited.sources)
    }
    let overlap = value("overlap", "shareOfPrescription", 0.01...1)
    let tolerance = value("doublingTolerance", "share", 0...1)
    let growth = growth(entries["growth"], in: node)
    let contradiction = contradiction(entries["contradiction"], in: node)
    let place = place(entries["place"], in: node)
    guard let synchronous, let late, let reached, let reach, let overlap, let tolerance, let growth,
      let contradiction,
      let place
    else { return nil }
    return FactParameters(
      synchronousMonths: synchronous, lateAlphaBeta: late, reached: reached, courseReach: reach,
      overlapShare: overlap,
      growth: growth, doublingTolerance: tolerance, contradiction: contradiction, place: place,
      marks: bibliography.entries.mapValues(\.mark))
  }

  private func place(_ node: Node?, in parent: Node) -> PlaceParameters? {
    let keys = ["beyondPleura", "beyondDiaphragm", "outOfReach"]
    guard let entry = cited.entry(node, "place", keys, in: parent) else { return nil }
    func roles(_ node: Node?) -> [StructureRole] { reading.words(node, "structure", StructureRole.self) }
    let outOfReach = reading.sequence(entry[keys[2]], keys[2]).compactMap {
      item -> PlaceParameters.OutOfReach? in
      let own = ["lobes", "side", "structures", "atLeastMM"]
      guard let each = reading.mapping(item, "outOfReach", keys: own),
        let least = cited.number(each, own[3], 0...300, of: "outOfReach", in: item)
      else { return nil }
      let side = each["side"].flatMap { reading.word($0, "side", Side.self) }
      let lobes = each["lobes"].map { reading.words($0, "lobe", Lobe.self) } ?? []
      guard lobes.isEmpty || side == nil else {
        reading.report(item, "outOfReach holds for lobes or for one side", "name one of both, or none")
        return nil
      }
      return PlaceParameters.OutOfReach(
        lobes: lobes, side: side, structures: roles(each["structures"]),
        atLeast: .millimeters(least))
    }
    return PlaceParameters(
      beyondPleura: roles(entry[keys[0]]), beyondDiaphragm: roles(entry[keys[1]]), outOfReach: outOfReach,
      sources: cited.sources(entry, "place", node))
  }

  private func growth(_ node: Node?, in parent: Node) -> Cited<GrowthLimits>? {
    let keys = ["leastDiameterMM", "leastVolumeShare", "conventionalSizeMM"]
    guard let entry = cited.entry(node, "growth", keys, in: parent),
      let least = cited.number(entry, keys[0], 0...20, of: "growth", in: node),
      let share = cited.number(entry, keys[1], 0...5, of: "growth", in: node),
      let conventional = cited.number(entry, keys[2], 0...20, of: "growth", in: node)
    else { return nil }
    return Cited(
      GrowthLimits(
        leastGrowth: .millimeters(least), leastVolumeGrowth: share,
        conventionalSize: .millimeters(conventional)),
      sources: cited.sources(entry, "growth", node))
  }

  private func contradiction(_ node: Node?, in parent: Node) -> Cited<FactParameters.Contradiction>? {
    let keys = ["lengthMM", "volumeCC", "share"]
    guard let entry = cited.entry(node, "contradiction", keys, in: parent),
      let length = cited.number(entry, keys[0], 0...50, of: "contradiction", in: node),
      let volume = cited.number(entry, keys[1], 0...50, of: "contradiction", in: node),
      let share = cited.number(entry, keys[2], 0...1, of: "contradiction", in: node)
    else { return nil }
    return Cited(
      .init(length: .millimeters(length), volume: .cubicCentimeters(volume), share: share),
      sources: cited.sources(entry, "contradiction", node))
  }
}
