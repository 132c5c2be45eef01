// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
package import Dosimetry
package import Quantities
internal import Reasons
internal import Vocabulary

/// The estimated doses of a course: one estimate for each fraction count, and their sum.
package struct CourseDoses {
  package struct Group {
    package let fractions: Int
    package let drafts: [Int]
    package let estimate: DoseEstimate
  }

  package let groups: [Group]
  /// The greatest fraction count: what the sum is expressed in.
  package let fractions: Int

  /// - Parameter targets: one a draft, with its fraction count.
  package init(
    _ targets: [(target: FallOffTarget, fractions: Int)], from low: SIMD3<Double>,
    through high: SIMD3<Double>,
    spacing: Length
  ) throws(DoseGridDefect) {
    var groups: [Group] = []
    for count in Set(targets.map(\.fractions)).sorted() {
      let members = targets.indices.filter { targets[$0].fractions == count }
      groups.append(
        Group(
          fractions: count, drafts: members,
          estimate: try DoseEstimate(
            of: members.map { targets[$0].target }, from: low, through: high, spacing: spacing)))
    }
    self.groups = groups
    fractions = groups.last?.fractions ?? 1
  }

  /// The five doses of the whole course.
  ///
  /// With one fraction count they are physical; with several each node's effects are added and told as the physical
  /// dose of equal effect in the greatest count.
  func grids(alphaBeta: AlphaBetaRatio) throws(DoseGridDefect) -> [DoseGrid] {
    guard groups.count > 1 else { return groups.first?.estimate.grids ?? [] }
    let all = groups.map(\.estimate.grids)
    let counts = groups.map { Float($0.fractions) }
    let ratio = Float(alphaBeta.gray)
    let width = Float(fractions) * ratio
    var sums: [DoseGrid] = []
    for kind in all[0].indices {
      var effect = [Float](repeating: 0, count: all[0][kind].gray.count)
      for (grids, count) in zip(all, counts) {
        let gray = grids[kind].gray
        let scale = 1 / (count * ratio)
        for index in effect.indices { effect[index] += gray[index] * (1 + gray[index] * scale) }
      }
      for index in effect.indices {
        effect[index] = width / 2 * ((1 + 4 * effect[index] / width).squareRoot() - 1)
      }
      let grid = all[0][kind]
      sums.append(
        try DoseGrid(
          origin: grid.origin, spacing: grid.spacing, columns: grid.columns, rows: grid.rows,
          planes: grid.planes, gray: effect))
    }
    return sums
  }
}

extension CourseDoses {
  /// The five doses added in gray whatever the fraction counts, as published series of several lesions add them.
  func plainGrids() throws(DoseGridDefect) -> [DoseGrid] {
    var sums = groups.first?.estimate.grids ?? []
    for group in groups.dropFirst() {
      for (kind, grid) in group.estimate.grids.enumerated() {
        guard let both = sums[kind].adding(grid) else { throw .noExtent }
        sums[kind] = both
      }
    }
    return sums
  }
}

/// Works out what every organ gets from a course, and what its limits say.
package struct OrganEvaluation {
  let parameters: RadiotherapyParameters
  let doses: CourseDoses
  let limits: LimitEvaluation
  /// Whether dose–volume curves are kept for drawing: a search over many courses draws none.
  let keepsCurves: Bool

  package init(
    parameters: RadiotherapyParameters, doses: CourseDoses, limits: LimitEvaluation,
    keepsCurves: Bool = false
  ) {
    self.parameters = parameters
    self.doses = doses
    self.limits = limits
    self.keepsCurves = keepsCurves
  }

  /// Dose is smooth around targets: a fourth of a measured dose's cells change no figure that is told.
  private static let resolution = CellResolution(leastCells: 8000, finestSide: .millimeters(0.5))

  /// The metrics told of every organ whatever its limits.
  private static func metrics(_ organ: OrganAtRisk) -> [DoseMetric] {
    switch organ {
    case .lungs: [.mean, .volumeAtDose(20), .volumeAtDose(10), .volumeAtDose(5)]
    case .contralateralLung: [.mean, .volumeAtDose(5)]
    case .liver: [.mean, .volumeAtDose(10), .criticalVolumeDose(700)]
    case .kidneys: [.mean, .volumeAtDose(10), .criticalVolumeDose(200)]
    case .heart: [.maximum, .doseToVolume(0.1), .mean]
    case .spinalCord: [.maximum, .doseToVolume(0.035)]
    default: [.maximum, .doseToVolume(0.1)]
    }
  }

  /// The lungs' metrics from doses added in gray; `nil` where the course has one fraction count, and they say nothing new.
  func plain(_ lungs: OrganBody) throws(DoseGridDefect) -> EstimateHistograms? {
    guard doses.groups.count > 1 else { return nil }
    let grids = try doses.plainGrids()
    let laws = EstimateLaws.mean
    return DoseGrid.histograms(of: [lungs.solid], in: laws.kinds.map { grids[$0] }).first.map {
      EstimateHistograms($0, laws, grid: grids[0])
    }
  }

  /// The metrics told of an organ, from its histograms.
  func metrics(_ organ: OrganAtRisk, isComplete: Bool, _ histograms: EstimateHistograms) -> [OrganDose.Metric]
  {
    Self.metrics(organ).compactMap { metric in
      guard isComplete || !metric.needsWholeOrgan else { return nil }
      let unit: DoseMetricValue.Unit = if case .volumeAtDose = metric { .percent } else { .gray }
      return histograms.band(of: metric, unit: unit, isParallel: organ.isParallel).band.map { band in
        let isOpen = parameters.passedThrough.value.contains(organ) && metric.needsWholeOrgan
        return OrganDose.Metric(
          metric: metric, unit: unit,
          value: isOpen ? DoseBand(expected: band.expected, low: band.low, high: nil) : band)
      }
    }
  }

  package func organs(_ bodies: [OrganBody]) throws(DoseGridDefect) -> [(
    dose: OrganDose, histograms: EstimateHistograms
  )] {
    // One pass for all organs that share a sum: with one fraction count that is all of them.
    let ratios = bodies.map { body in
      doses.groups.count == 1
        ? parameters.tumourAlphaBeta
        : parameters.alphaBeta(of: body.organ)?.ratio ?? parameters.tumourAlphaBeta
    }
    var found: [(Int, OrganDose, EstimateHistograms)] = []
    for ratio in Set(ratios) {
      let members = bodies.indices.filter { ratios[$0] == ratio }
      let grids = try doses.grids(alphaBeta: ratio)
      // Organs whose limits ask the mean law only, or the envelope only, need not be cut by the others.
      for (laws, group) in Dictionary(grouping: members, by: { laws(of: bodies[$0].organ) }) {
        let histograms = DoseGrid.histograms(
          of: group.map { bodies[$0].solid }, in: laws.kinds.map { grids[$0] }, resolution: Self.resolution)
        for (index, all) in zip(group, histograms) {
          let read = EstimateHistograms(all, laws, grid: grids[0])
          found.append((index, organ(bodies[index], read), read))
        }
      }
    }
    return found.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
  }

  /// The laws that an organ's metrics and limits ask for.
  private func laws(of organ: OrganAtRisk) -> EstimateLaws {
    if organ.isParallel { return .mean }
    let asked = limits.limits.filter { $0.organ == organ && $0.byFractions[limits.fractions] != nil }
    return (Self.metrics(organ) + asked.map(\.endpoint)).allSatisfy(EstimateHistograms.usesEnvelope)
      ? .envelope : .both
  }

  private func organ(_ body: OrganBody, _ histograms: EstimateHistograms) -> OrganDose {
    let organ = body.organ
    var remarks = body.remarks
    if doses.groups.count > 1, parameters.alphaBeta(of: organ) == nil {
      remarks.append(Reason(.radiotherapy(.noAlphaBeta)))
    }
    if parameters.passedThrough.value.contains(organ) {
      remarks.append(Reason(.radiotherapy(.noUpperEnd)))
    }
    return OrganDose(
      organ: organ, structures: body.structures, remarks: remarks, volume: body.solid.volume,
      metrics: metrics(organ, isComplete: body.isComplete, histograms),
      checks: limits.checks(of: organ, isComplete: body.isComplete) { metric, unit in
        histograms.band(of: metric, unit: unit, isParallel: organ.isParallel)
      }, curve: keepsCurves && body.isComplete ? histograms.curve : nil)
  }
}
