// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Vocabulary

/// Reads what the nearest point of every organ beside a target gets.
struct NeighbourDoses {
  let parameters: RadiotherapyParameters
  let doses: CourseDoses
  let sex: String?

  /// Roles of which a body has one on each side: the far one is no neighbour.
  private static let farMM = 100.0

  /// The structures within 10 cm that limits ask near-maxima of, nearest first, each organ by its nearest structure.
  static func entries(of draft: TargetDraft) -> [(organ: OrganAtRisk, entry: TargetDraft.StructureDistance)] {
    var seen: Set<OrganAtRisk> = []
    return draft.distances.compactMap { entry in
      guard let organ = entry.organ, !organ.isParallel,
        entry.structure.derivation == nil || organ == .chestWall,
        entry.distance.millimeters <= farMM, seen.insert(organ).inserted
      else { return nil }
      return (organ, entry)
    }
  }

  /// The organs beside a target in a course whose doses are known on grids.
  func neighbours(of planned: PlannedDraft, _ index: Int) -> [NeighbourDose] {
    guard let group = doses.groups.first(where: { $0.drafts.contains(index) }) else { return [] }
    let reader = LimitEvaluation(beside: planned, fractions: group.fractions, parameters, sex: sex)
    return Self.entries(of: planned.draft).map { organ, entry in
      let own = Self.own(planned, at: entry.distance)
      func all(_ grid: DoseGrid) -> Double { grid.dose(at: entry.place)?.gray ?? 0 }
      var dose = own
      if group.drafts.count > 1, entry.distance > .zero {
        let estimate = group.estimate
        dose = own.atLeast(
          expected: all(estimate.envelope), low: all(estimate.good), high: all(estimate.poorEnvelope))
      }
      return Self.neighbour(organ, entry, dose, heldTo: reader)
    }
  }

  /// A neighbour's dose, compared with the near-maximum limits.
  static func neighbour(
    _ organ: OrganAtRisk, _ entry: TargetDraft.StructureDistance, _ dose: DoseBand,
    heldTo reader: LimitEvaluation
  ) -> NeighbourDose {
    // The nearest point stands for the smallest volumes only.
    let checks = reader.checks(of: organ, isComplete: false) { metric, unit in
      switch metric {
      case .maximum: (dose, nil)
      case .doseToVolume(let cc) where cc <= 0.1: (dose, nil)
      default: (nil, .pointOnly)
      }
    }
    // Of an organ in contact every limit is listed, those that a point does not answer as open.
    .filter { $0.value != nil || entry.distance <= .zero }
    return NeighbourDose(
      organ: organ, structure: entry.structure.name.tg263, distance: entry.distance, dose: dose,
      checks: checks)
  }

  /// The envelope that a target alone gives at a distance.
  static func own(_ planned: PlannedDraft, at distance: Length) -> DoseBand {
    let gray = planned.scheme.fractionation.total.gray
    let isodose = planned.isodosePercent / 100
    let s = distance.millimeters
    let (fallOff, band) = (planned.fallOff, planned.fallOff.halving)
    // In contact the organ may reach into the target, up to its greatest dose.
    if s <= 0 { return DoseBand(expected: gray, low: gray, high: gray / isodose) }
    // The nearest point may lie beyond the target's planes while the organ also passes through them: the plane's law.
    let far = fallOff.far.inPlane
    return DoseBand(
      expected: gray
        * fallOff.envelope(
          at: s, d2cm: fallOff.d2cm.expected, halving: band.expected, isodose: isodose, far: far),
      low: gray * fallOff.mean(at: s, halving: band.good, isodose: isodose),
      high: gray
        * fallOff.envelope(at: s, d2cm: fallOff.d2cm.poor, halving: band.poor, isodose: isodose, far: far))
  }
}

extension LimitEvaluation {
  /// The limits that a target's neighbours are held to at a fraction count.
  init(beside planned: PlannedDraft, fractions: Int, _ parameters: RadiotherapyParameters, sex: String?) {
    self.init(
      limits: parameters.limits, fractions: fractions,
      prescription: planned.scheme.fractionation.total, sex: sex)
  }
}

extension DoseBand {
  /// This band with every figure raised to another's, where other targets add to it.
  func atLeast(expected: Double, low: Double, high: Double) -> DoseBand {
    DoseBand(
      expected: self.expected.map { max($0, expected) }, low: max(self.low, low),
      high: self.high.map { max($0, high) })
  }
}
