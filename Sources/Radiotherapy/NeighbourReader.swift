internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Vocabulary

/// Reads what the nearest point of every organ beside a target gets.
struct NeighbourReader {
  let parameters: RadiotherapyParameters
  let doses: CourseDoses
  let sex: String?

  /// Roles of which a body has one on each side: the far one is no neighbour.
  private static let farMM = 100.0

  /// The organs within 10 cm, nearest first, each by its nearest structure.
  func neighbours(of planned: PlannedDraft, _ index: Int) -> [NeighbourDose] {
    guard let group = doses.groups.first(where: { $0.drafts.contains(index) }) else { return [] }
    var seen: Set<OrganAtRisk> = []
    return planned.draft.distances.compactMap { entry in
      guard let organ = entry.organ, !organ.isParallel, entry.structure.derivation == nil,
        entry.distance.millimeters <= Self.farMM, seen.insert(organ).inserted
      else { return nil }
      let dose = dose(planned, entry, group)
      let reader = LimitReader(
        limits: parameters.limits, fractions: group.fractions,
        prescription: planned.scheme.fractionation.total, sex: sex)
      // The nearest point stands for the smallest volumes only.
      let checks = reader.checks(of: organ, isComplete: false) { metric, unit in
        switch metric {
        case .maximum: (dose, nil)
        case .doseToVolume(let cc) where cc <= 0.1: (dose, nil)
        default: (nil, "a volume, which a point does not tell")
        }
      }.filter { $0.value != nil }
      return NeighbourDose(
        organ: organ, structure: entry.structure.name.tg263, distance: entry.distance, dose: dose,
        checks: checks)
    }
  }

  /// The envelope at the organ's nearest point: the target's own, or that of all targets of its fraction count where
  /// others add to it.
  private func dose(
    _ planned: PlannedDraft, _ entry: TargetDraft.StructureDistance, _ group: CourseDoses.Group
  ) -> DoseBand {
    let gray = planned.scheme.fractionation.total.gray
    let isodose = planned.isodosePercent / 100
    let s = entry.distance.millimeters
    let (fallOff, band) = (planned.fallOff, planned.fallOff.halving)
    // In contact the organ may reach into the target, up to its greatest dose.
    if s <= 0 { return DoseBand(expected: gray, low: gray, high: gray / isodose) }
    // The nearest point may lie beyond the target's planes while the organ also passes through them: the plane's law.
    let far = fallOff.far.inPlane
    let own = (
      expected: gray
        * fallOff.envelope(
          at: s, d2cm: fallOff.d2cm.expected, halving: band.expected, isodose: isodose, far: far),
      low: gray * fallOff.mean(at: s, halving: band.good, isodose: isodose),
      high: gray
        * fallOff.envelope(at: s, d2cm: fallOff.d2cm.poor, halving: band.poor, isodose: isodose, far: far)
    )
    func all(_ grid: DoseGrid) -> Double { grid.dose(at: entry.place)?.gray ?? 0 }
    guard group.drafts.count > 1 else {
      return DoseBand(expected: own.expected, low: own.low, high: own.high)
    }
    let estimate = group.estimate
    return DoseBand(
      expected: max(own.expected, all(estimate.envelope)), low: max(own.low, all(estimate.good)),
      high: max(own.high, all(estimate.poorEnvelope)))
  }
}
