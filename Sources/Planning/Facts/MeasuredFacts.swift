// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Quantities
internal import Vocabulary

/// What geometry answers about one lesion, to be laid over what was stated.
struct MeasuredFacts {
  private var values: [Fact: FactValue] = [:]
  private let lesion: String
  private let modelled: Bool

  /// Roles of which a body has one on each side: the other side's tells nothing about this lesion.
  private static let pairedRoles: Set<StructureRole> = [
    .diaphragm, .chestWall, .rib, .brachialPlexus, .phrenicNerve,
  ]

  init(_ measured: LesionMeasurements, _ lesion: Lesion, side: Side?) {
    self.lesion = lesion.id
    modelled = measured.modelled
    let origin: FactValue.Origin = measured.modelled ? .estimated : .measured
    let how = measured.modelled ? "ball or ellipsoid of the stated size" : "contours of \(lesion.sourceName)"
    if !measured.modelled {
      if let diameters = measured.diameters {
        values[.longestAxialDiameter] = .number(diameters.longest.millimeters, .measured, how)
        values[.shortAxis] = .number(diameters.shortAxis.millimeters, .measured, how)
      }
      values[.volume] = .number(measured.volume.cubicCentimeters, .measured, how)
    }
    if let depth = measured.pleuralDepth {
      let origin: FactValue.Origin = measured.isPleuraEstimated ? .estimated : origin
      let place = "\(how) in \(measured.pleuralContainer?.tg263 ?? "lung")"
      values[.depthFromPleura] = .number(depth.nearest.millimeters, origin, place)
      values[.depthOfInnerEdge] = .number(depth.deepest.millimeters, origin, place)
    }
    let sides = Dictionary(grouping: measured.clearances, by: \.structure.role).mapValues { entries in
      Set(entries.map(\.structure.side))
    }
    // Clearances come nearest first: of several structures with one role the nearest counts, and what was contoured goes before
    // what is estimated.
    for entry in measured.clearances.filter({ !$0.isEstimate }) + measured.clearances.filter(\.isEstimate) {
      let role = entry.structure.role
      guard ![.other, .external, .lung, .lobe, .emphysema].contains(role) else { continue }
      if Self.pairedRoles.contains(role), let structureSide = entry.structure.side {
        // Without the lesion's side both sides must be there, or the nearest may be missing.
        guard side.map({ $0 == structureSide }) ?? ((sides[role] ?? []).isSuperset(of: [.left, .right]))
        else {
          continue
        }
      }
      let fact = Fact.clearance(role)
      guard values[fact] == nil else { continue }
      values[fact] = .number(
        entry.clearance.distance.millimeters,
        measured.modelled || entry.isEstimate ? .estimated : (entry.derived ? .derived : .measured),
        "\(how) to \(entry.structure.tg263)")
    }
    uniteAirways()
  }

  /// The fact over the bronchial tree means trachea and proximal bronchi: the nearer of both.
  ///
  /// With the trachea alone contoured the bronchi may be nearer still.
  private mutating func uniteAirways() {
    let tree = Fact.clearance(.bronchialTree)
    guard let trachea = values[.clearance(.trachea)], case .known(.number(let d)) = trachea.knowledge else {
      return
    }
    guard let known = values[tree], case .known(.number(let other)) = known.knowledge else {
      values[tree] = FactValue(
        .between(0, d), origin: trachea.origin, source: trachea.source + "; the bronchi are not contoured")
      return
    }
    if d < other { values[tree] = trachea }
  }

  /// Lays these facts over stated ones; tells where both are there and differ.
  ///
  /// - Returns: the differences, in words.
  func lay(over facts: inout FactTable, by parameters: FactParameters) -> [String] {
    let bounds = parameters.contradiction.value
    var differences: [String] = []
    for (fact, value) in values.sorted(by: { $0.key < $1.key }) {
      let stated = facts[fact]
      if case .known(.number(let told)) = stated.knowledge, case .known(.number(let found)) = value.knowledge,
        abs(told - found)
          > max(
            fact == .volume ? bounds.volume.cubicCentimeters : bounds.length.millimeters,
            bounds.share * max(told, found))
      {
        let unit = fact.definition.unit
        differences.append(
          "lesion \(lesion): \(fact.title) is reported as \(rounded(told)) \(unit) and "
            + (modelled || value.origin == .estimated
              ? "estimated at \(rounded(found)) \(unit) from a modelled body or the CT; the report counts"
              : "measured as \(rounded(found)) \(unit); the measurement counts"))
      }
      // An estimate from a ball, or to a surface that is one, never overrides what somebody measured.
      guard modelled || value.origin == .estimated else {
        facts[fact] = value
        continue
      }
      if case .unknown = stated.knowledge { facts[fact] = value }
    }
    return differences
  }

  private func rounded(_ x: Double) -> String { String((x * 10).rounded() / 10) }
}
