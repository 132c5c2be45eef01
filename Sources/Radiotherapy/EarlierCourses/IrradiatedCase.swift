// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Quantities
internal import Synchronization
internal import Vocabulary

/// What a case brings to every course that is planned for it: the bodies of its organs, earlier courses and their sums, each
/// made once.
final class IrradiatedCase: Sendable {
  let patientCase: PatientCase
  let earlier: EarlierCourses
  private let parameters: RadiotherapyParameters
  private let options: SBRTOptions
  private let bodies = Mutex<[Set<Side>: [OrganBody]]>([:])
  private let sums = Mutex<[Key: EarlierOrganSum]>([:])

  private struct Key: Hashable {
    let organ: OrganAtRisk
    let isMean: Bool
    let spacing: Length
  }

  /// - Throws: `PlanObstacle` for earlier doses that cannot be summed.
  init(_ patientCase: PatientCase, parameters: RadiotherapyParameters, options: SBRTOptions) throws {
    self.patientCase = patientCase
    self.parameters = parameters
    self.options = options
    earlier = try EarlierDoses(patientCase, parameters: parameters, options: options).contributions()
  }

  /// The organs of the case.
  ///
  /// - Parameter sides: the sides of the lungs that targets lie in; with one, the other lung is an organ by itself.
  /// - Throws: errors of geometry.
  func bodies(lungLesionSides sides: Set<Side>) throws -> [OrganBody] {
    if let known = bodies.withLock({ $0[sides] }) { return known }
    let made = try OrganBody.all(in: patientCase, lungLesionSides: sides.isEmpty ? nil : sides)
    bodies.withLock { $0[sides] = made }
    return made
  }

  /// What the earlier courses with a place left in an organ.
  ///
  /// - Parameters:
  ///   - body: the organ's body.
  ///   - ratio: its α/β.
  ///   - recovery: what is assumed to have recovered; the same for all that is asked of one case.
  ///   - isMean: whether it is for means and volumes, else for near-maxima.
  ///   - spacing: the distance of nodes.
  /// - Throws: `DoseGridDefect` for an organ that makes no grid.
  func sum(
    in body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?, isMean: Bool,
    spacing: Length
  ) throws -> EarlierOrganSum {
    let key = Key(organ: body.organ, isMean: isMean, spacing: spacing)
    if let known = sums.withLock({ $0[key] }) { return known }
    let contributions = earlier.placed.map { course in
      var contribution = isMean ? course.mean : course.peak
      contribution.keeping = CumulativeEvaluation.kept(body.organ, after: course.months, recovery)
      return contribution
    }
    let dose = try EarlierOrganDose(
      contributions, over: body.solid, alphaBeta: ratio, spacing: spacing,
      overlapGray: parameters.reirradiation.overlapGray, uncertainty: options.uncertainty)
    let made = EarlierOrganSum(
      body, dose: dose,
      isOutside: earlier.placed.contains { !$0.isEstimated && !Self.holds($0.peak.nominal.grid, body.solid) })
    sums.withLock { $0[key] = made }
    return made
  }

  private static func holds(_ grid: DoseGrid, _ solid: Solid) -> Bool {
    let (a, b) = (grid.bounds, solid.bounds)
    return all(a.low .<= b.low) && all(b.high .<= a.high)
  }
}

/// What earlier courses left in one organ, with its figures.
final class EarlierOrganSum: Sendable {
  let dose: EarlierOrganDose
  /// Whether the organ reaches beyond a measured dose.
  let isOutside: Bool
  private let body: OrganBody
  private let known = Mutex<[Double]??>(nil)

  init(_ body: OrganBody, dose: EarlierOrganDose, isOutside: Bool) {
    self.body = body
    self.dose = dose
    self.isOutside = isOutside
  }

  /// The organ's near-maximum or mean: at least, nominal, at most; `nil` where a dose has none.
  ///
  /// Made when it is first asked for: limits are kept or broken without it.
  var figures: [Double]? {
    if let known = known.withLock(\.self) { return known }
    let found = SummedOrgan.values(of: NearMaximum.metric(of: body.organ), in: dose.bounds, body.solid)
    known.withLock { $0 = .some(found) }
    return found
  }
}
