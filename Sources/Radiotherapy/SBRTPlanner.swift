// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
internal import Dosimetry
public import Eligibility
public import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Plans one SBRT course for all lesions of a case, as far as geometry and earlier doses let it be told.
///
/// Nothing here is dosimetry: doses are published fall-off laws around targets, with the band between a good and a poor
/// plan. They may support a verdict or ask for a plan; they never exclude.
public struct SBRTPlanner: Sendable {
  let parameters: RadiotherapyParameters
  let options: SBRTOptions

  /// A planner.
  public init(_ parameters: RadiotherapyParameters, options: SBRTOptions = SBRTOptions()) {
    self.parameters = parameters
    self.options = options
  }

  /// The plan of a case.
  ///
  /// - Parameters:
  ///   - patientCase: the case.
  ///   - settings: what is known of each lesion, by id; lesions without an entry are left out.
  ///   - patient: what is known of the patient.
  /// - Throws: `PlanObstacle` for options that name nothing and earlier doses that cannot be summed; errors of
  ///   geometry.
  public func plan(
    _ patientCase: PatientCase, settings: [String: LesionContext], patient: FactTable
  ) throws -> SBRTPlan {
    let (drafts, unplanned) = try DraftMaker(
      parameters: parameters, options: options, patientCase: patientCase, settings: settings
    ).drafts()
    return try plan(drafts, unplanned, at: try irradiatedCase(patientCase), patient, isWeighed: true)
  }

  /// What a case brings to every course that is planned for it.
  ///
  /// - Throws: `PlanObstacle` for earlier doses that cannot be summed.
  func irradiatedCase(_ patientCase: PatientCase) throws -> IrradiatedCase {
    try IrradiatedCase(patientCase, parameters: parameters, options: options)
  }

  /// The plan of targets that are made already.
  ///
  /// - Parameters:
  ///   - site: what the case brings to every course.
  ///   - isWeighed: whether each target's lung dose is calculated, and which targets fit together.
  ///   - isForLimits: whether only limits are asked, so that organs in which no courses meet are left out of the sums.
  func plan(
    _ drafts: [TargetDraft], _ unplanned: [UnplannedLesion], at site: IrradiatedCase,
    _ patient: FactTable, isWeighed: Bool, isForLimits: Bool = false
  ) throws -> SBRTPlan {
    guard !drafts.isEmpty else { return try past(site, unplanned) }
    let planned = try drafts.map { draft in try PlannedDraft(draft, parameters) }
    let bodies = try site.bodies(lungLesionSides: lungSides(drafts))
    let (low, high) = box(bodies, drafts)
    let doses = try CourseDoses(
      planned.map { ($0.target, $0.scheme.fractionation.fractions) }, from: low, through: high,
      spacing: options.spacing)
    let limits = LimitEvaluation(
      limits: parameters.limits, fractions: doses.fractions,
      prescription: planned.map(\.scheme.fractionation.total).max(), sex: sex(patient))
    let evaluation = OrganEvaluation(
      parameters: parameters, doses: doses, limits: limits, keepsCurves: isWeighed)
    let evaluated = try evaluation.organs(bodies)
    let organs = evaluated.map(\.dose).sorted {
      ($0.organ.isParallel ? 0 : 1) < ($1.organ.isParallel ? 0 : 1)
    }
    let lungs = try LungEstimate(bodies, evaluated, evaluation)
    let burden = isWeighed ? ParallelBurden(parameters, limits, bodies, planned) : nil
    let neighbours = NeighbourDoses(parameters: parameters, doses: doses, sex: sex(patient))
    let costs = burden?.lungCosts ?? []
    let proposals = planned.enumerated().flatMap { index, draft in
      draft.proposals(
        among: planned, neighbours: neighbours.neighbours(of: draft, index),
        lungCost: costs.indices.contains(index) ? costs[index] : nil)
    }
    let cumulative = try CumulativeEvaluation(
      parameters: parameters, options: options, site: site, doses: doses, targets: planned.map(\.target),
      isForLimits: isForLimits
    ).read(bodies, organs)
    let volume = drafts.reduce(Volume.zero) { $0 + $1.target.solid.volume }
    let facts = PlannedFacts(
      proposals, organs: organs, lungs: lungs?.dose,
      meanLungDose: lungs?.added(.mean),
      cumulative, primarySet: parameters.primarySet)
    return SBRTPlan(
      proposals: proposals, unplanned: unplanned,
      groups: doses.groups.map { group in
        FractionGroup(
          fractions: group.fractions, lesions: group.drafts.flatMap { drafts[$0].target.lesions })
      },
      fractions: doses.fractions, organs: organs, lungs: lungs?.dose,
      plainLungs: lungs?.plain.map { evaluation.metrics(.lungs, isComplete: true, $0) } ?? [],
      targetVolume: volume,
      lungCosts: costs.sorted { ($0.mean.expected ?? 0) > ($1.mean.expected ?? 0) },
      subset: burden?.subset(plan: 0), poorSubset: burden?.subset(plan: 2),
      pneumonitis: lungs.map { pneumonitis($0, drafts, volume) },
      cumulative: cumulative.organs, reirradiation: cumulative.courses, spacing: options.spacing,
      day: options.day,
      remarks: remarks(planned, unplanned, bodies, site.patientCase)
        + site.earlier.remarks(bodies, cumulative.organs),
      primarySet: parameters.primarySet,
      patientFacts: facts.patient, lesionFacts: facts.lesions)
  }

  /// The sides of the lungs that targets touch.
  private func lungSides(_ drafts: [TargetDraft]) -> Set<Side> {
    Set(
      drafts.filter { $0.site == .lung }.flatMap { draft in
        draft.distances.filter { $0.structure.name.role == .lung && $0.distance <= .zero }
          .compactMap(\.structure.name.side)
      })
  }

  private func pneumonitis(
    _ lungs: LungEstimate, _ drafts: [TargetDraft], _ volume: Volume
  ) -> PneumonitisRisk {
    let lungLesions = drafts.filter { $0.site == .lung }.flatMap(\.target.lesions).count
    return PneumonitisRisk(
      parameters.pneumonitisThresholds, parameters.pneumonitisCurves, lungLesions: lungLesions,
      targetVolume: volume, band: lungs.added)
  }

  /// Nothing to plan: what the organs have had already is told all the same.
  private func past(_ site: IrradiatedCase, _ unplanned: [UnplannedLesion]) throws -> SBRTPlan {
    var organs: [CumulativeOrganDose] = []
    let bodies = site.earlier.isEmpty ? [] : try site.bodies(lungLesionSides: [])
    if !bodies.isEmpty {
      let (low, high) = box(bodies, [])
      organs = try CumulativeEvaluation(
        parameters: parameters, options: options, site: site,
        doses: CourseDoses([], from: low, through: high, spacing: options.spacing), targets: []
      ).read(bodies, []).organs
    }
    return SBRTPlan(
      proposals: [], unplanned: unplanned, groups: [], fractions: 0, organs: [], lungs: nil,
      plainLungs: [], targetVolume: .zero, lungCosts: [], subset: nil, poorSubset: nil, pneumonitis: nil,
      cumulative: organs, reirradiation: [], spacing: options.spacing, day: options.day,
      remarks: (organs.isEmpty ? [] : [Reason(.radiotherapy(.nothingPlanned))])
        + site.earlier.remarks(bodies, organs),
      primarySet: parameters.primarySet, patientFacts: FactTable(), lesionFacts: [:])
  }

  /// How a target alone stands to earlier courses, by lesion; without lesions of which nothing can be said.
  ///
  /// Only organs beside the target, lungs and liver are summed.
  ///
  /// - Throws: `PlanObstacle` for a target without volume; errors of geometry.
  func besideEarlierCourses(_ draft: TargetDraft, at site: IrradiatedCase) throws -> [String: FactValue] {
    let planned = try PlannedDraft(draft, parameters)
    let near = PlannedFacts.organsSummed(beside: NeighbourDoses.entries(of: draft).map(\.organ))
    let bodies = try site.bodies(lungLesionSides: lungSides([draft])).filter { near.contains($0.organ) }
    let (low, high) = box(bodies, [draft])
    let doses = try CourseDoses(
      [(planned.target, planned.scheme.fractionation.fractions)], from: low, through: high,
      spacing: options.spacing)
    let found = try CumulativeEvaluation(
      parameters: parameters, options: options, site: site, doses: doses, targets: [planned.target]
    ).standings(bodies)
    guard let value = PlannedFacts.cumulative(found.organs, found.courses, near: near) else { return [:] }
    return Dictionary(draft.target.lesions.map { ($0, value) }, uniquingKeysWith: { first, _ in first })
  }

  private func sex(_ patient: FactTable) -> String? {
    patient.word(.sex)
  }

  /// The box around all organs and targets, on whole steps of the spacing.
  private func box(_ bodies: [OrganBody], _ drafts: [TargetDraft]) -> (SIMD3<Double>, SIMD3<Double>) {
    let step = options.spacing.millimeters
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    for solid in bodies.map(\.solid) + drafts.map(\.target.solid) {
      let bounds = solid.bounds
      low = pointwiseMin(low, bounds.low)
      high = pointwiseMax(high, bounds.high)
    }
    let rim = SIMD3(repeating: step)
    return ((low / step).rounded(.down) * step - rim, (high / step).rounded(.up) * step + rim)
  }
}
