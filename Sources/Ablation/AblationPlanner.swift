// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Evidence
internal import Anatomy
public import Cases
public import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
public import Vocabulary

/// What a user asks of a plan.
public struct AblationOptions: Sendable {
  /// Lesions to plan; all without it.
  public var lesions: Set<String>?
  /// The accuracy paths are ranked by, an id of the protocol's; the worst there is without it.
  public var placement: String?
  /// Positions of the patient that may be used.
  public var positions: [PatientPosition] = PatientPosition.allCases
  /// A device to plan with, an id; all without it.
  public var device: String?
  /// How many directions are tried for each target.
  public var candidates = 12_000
  /// How many ways are told for each target, 1 or more: the plan's, then others of the same zone.
  public var ways = 4
  /// How many of the cheapest ways zones of several applicators are tried on before all others, 1 or more.
  public var pooledWays = 1200

  /// All lesions, every device, every position.
  public init() {}
}

/// Plans ablation of every lesion of a case: zones, paths, neighbours, what to prepare.
///
/// Zones rest on charts and are estimates; paths are geometry of what was contoured, in the position and breath phase of
/// the images.
public struct AblationPlanner: Sendable {
  let parameters: AblationParameters
  let options: AblationOptions

  /// A planner.
  public init(_ parameters: AblationParameters, options: AblationOptions = AblationOptions()) {
    self.parameters = parameters
    self.options = options
  }

  /// The plan of a case by one or more energies.
  ///
  /// - Parameters:
  ///   - patientCase: the case.
  ///   - energies: which, each once.
  ///   - settings: what is known of each lesion, by id; lesions without an entry are left out.
  /// - Throws: `PlanObstacle` for options that name nothing; errors of geometry.
  public func plan(
    _ patientCase: PatientCase, by energies: [Modality], settings: [String: LesionContext]
  ) throws -> AblationPlan {
    try checkOptions(patientCase)
    let chosen = patientCase.lesions.filter { lesion in
      settings[lesion.id] != nil && options.lesions?.contains(lesion.id) ?? true
    }
    let body = try BodyOutline.of(patientCase.structures)
    let drawn = chosen.compactMap { $0.body?.solid.centroid }
    let homes = chosen.reduce(into: Set<String>()) { homes, lesion in
      guard let solid = lesion.body?.solid else { return }
      homes.formUnion(
        LesionPlanner.home(
          of: solid, site: settings[lesion.id]?.site, patientCase.structures, notch: parameters.notch.value))
    }
    var space: NeedleSpace?
    if let body, !drawn.isEmpty {
      space = try NeedleSpace(
        body: body, patientCase.structures, limits: parameters.pathLimits,
        lesions: bodyCount(patientCase) > NeedleSpace.mostLesions ? [] : patientCase.lesions,
        apart: homes, around: drawn,
        farthest: parameters.longestApplicator.millimeters)
    }
    let surroundings = try ZoneSurroundings(patientCase.structures, body: body)
    let obstacles = chosen.map { obstacle($0, body: body, space: space) }
    let proposals = try proposals(
      of: chosen.indices.filter { obstacles[$0] == nil }.map { chosen[$0] }, by: energies, settings,
      patientCase, space, surroundings)
    let lesions = zip(chosen, obstacles).compactMap { lesion, obstacle -> LesionAblation? in
      guard let setting = settings[lesion.id] else { return nil }
      let own = proposals[lesion.id] ?? []
      let why = (obstacle ?? (own.isEmpty ? .noDevice : nil)).map { Reason(.ablation($0)) }
      return LesionAblation(
        lesion: lesion.id, site: setting.site,
        choice: EnergyChoice(
          parameters.preferences, among: parameters.energies, site: setting.site, facts: setting.facts),
        why: why,
        proposals: own)
    }
    let facts = AblationFacts(lesions, energies, patientCase, parameters, isWhole: options.lesions == nil)
    return AblationPlan(
      energies: energies, lesions: lesions, lungVolumes: facts.lungs,
      remarks: remarks(lesions, patientCase), patientFacts: facts.patient, lesionFacts: facts.lesions)
  }

  /// Every lesion by every energy, side by side; by lesion, energies in the order asked.
  private func proposals(
    of lesions: [Lesion], by energies: [Modality], _ settings: [String: LesionContext],
    _ patientCase: PatientCase, _ space: NeedleSpace?, _ surroundings: ZoneSurroundings
  ) throws -> [String: [AblationProposal]] {
    guard let space else { return [:] }
    // A lesion's surface is the same whichever energy asks.
    let surfaces = Workers.map(lesions.count) { index in
      lesions[index].body.flatMap { LesionPlanner.surface($0.solid, parameters) }
    }
    let scene = LesionPlanner.Scene(
      parameters: parameters, options: options, patientCase: patientCase, space: space,
      surroundings: surroundings)
    let pairs = lesions.indices.flatMap { index in energies.map { (index: index, energy: $0) } }
    let made = try Workers.map(pairs.count) { index -> AblationProposal? in
      let (lesion, energy) = (lesions[pairs[index].index], pairs[index].energy)
      guard let solid = lesion.body?.solid, let setting = settings[lesion.id],
        let surface = surfaces[pairs[index].index]
      else { return nil }
      return try LesionPlanner(
        .init(lesion: lesion, solid: solid, surface: surface, setting: setting), in: scene, energy: energy)?
        .proposal()
    }
    var proposals: [String: [AblationProposal]] = [:]
    for (pair, proposal) in zip(pairs, made) {
      if let proposal { proposals[lesions[pair.index].id, default: []].append(proposal) }
    }
    return proposals
  }

  /// How many metastases have a body.
  private func bodyCount(_ patientCase: PatientCase) -> Int { patientCase.lesions.count { $0.body != nil } }

  private func checkOptions(_ patientCase: PatientCase) throws(PlanObstacle) {
    for id in (options.lesions ?? []).sorted() where !patientCase.lesions.contains(where: { $0.id == id }) {
      throw PlanObstacle(
        "has no lesion \(id)",
        advice: "lesions: \(patientCase.lesions.map(\.id).joined(separator: ", "))")
    }
    if let placement = options.placement, !parameters.placements.contains(where: { $0.id == placement }) {
      throw PlanObstacle(
        "no accuracy of placement is called \(placement)",
        advice: "the protocol has \(parameters.placements.map(\.id).joined(separator: ", "))")
    }
    if let device = options.device, !parameters.devices.contains(where: { $0.id == device }) {
      throw PlanObstacle(
        "no device is called \(device)",
        advice: "there are \(parameters.devices.map(\.id).joined(separator: ", "))")
    }
  }

  /// Why a lesion cannot be planned; `nil` where it can.
  private func obstacle(_ lesion: Lesion, body: Solid?, space: NeedleSpace?) -> AblationReason? {
    guard let solid = lesion.body?.solid else { return .noBody }
    guard let body else { return .noSkin }
    guard let space else { return .bodyTooLarge }
    guard let centre = solid.centroid, body.contains(centre), space.body.value(centre) < 0 else {
      return .outsideBody
    }
    return nil
  }

  private func remarks(_ lesions: [LesionAblation], _ patientCase: PatientCase) -> [Reason] {
    var remarks = [Reason(.ablation(.zonesFromCharts)), Reason(.ablation(.straightPaths))]
    if bodyCount(patientCase) > NeedleSpace.mostLesions {
      remarks.append(
        Reason(.ablation(.manyMetastases), figures: [.init(Double(NeedleSpace.mostLesions), unit: "")]))
    }
    let modelled = patientCase.lesions.filter { if case .modelled? = $0.body { true } else { false } }.map(
      \.id)
    let planned = lesions.filter { !$0.proposals.isEmpty }.map(\.lesion)
    let estimated = modelled.filter(planned.contains)
    if !estimated.isEmpty { remarks.append(Reason(.ablation(.bodiesModelled), names: estimated)) }
    return remarks
  }
}
