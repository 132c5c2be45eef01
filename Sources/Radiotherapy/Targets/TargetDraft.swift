// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary

/// A target with what was chosen for it, before doses are known.
struct TargetDraft {
  let target: PlannedTarget
  let prepared: PreparedSolid
  let site: Site?
  /// The least distance to every structure, nearest first.
  let distances: [StructureDistance]
  let centrality: Centrality?
  var choice: PrescriptionChoice
  /// The other drafts of its composite, by index.
  var composite: [Int] = []

  struct StructureDistance: Sendable {
    let structure: Structure
    let organ: OrganAtRisk?
    let distance: Length
    /// The structure's nearest point.
    let place: SIMD3<Double>
  }
}

/// Makes targets, judges their centrality and chooses their prescriptions.
struct DraftMaker {
  let parameters: RadiotherapyParameters
  let options: SBRTOptions
  let patientCase: PatientCase
  let settings: [String: LesionContext]

  /// The drafts in the case's order, and the lesions without one.
  func drafts() throws -> (drafts: [TargetDraft], unplanned: [UnplannedLesion]) {
    let technique = try self.technique()
    try checkOptions()
    let maker = TargetMaker(
      parameters: parameters, technique: technique, isTold: options.technique != nil,
      patientCase: patientCase)
    var drafts: [TargetDraft] = []
    var unplanned: [UnplannedLesion] = []
    var planned: Set<String> = []
    let structures = patientCase.structures.map { ($0, PreparedSolid($0.solid), OrganAtRisk($0.name)) }
    for lesion in try chosenLesions() where !planned.contains(lesion.id) {
      guard let setting = settings[lesion.id] else { continue }
      let target: PlannedTarget
      switch try maker.target(of: lesion, setting) {
      case .success(let made): target = made
      case .failure(let none):
        unplanned.append(try self.unplanned(lesion.id, setting, none.why, reach: maker.reach(setting)))
        continue
      }
      planned.formUnion(target.lesions)
      let prepared = PreparedSolid(target.solid)
      var distances = Workers.gather(
        structures.count, into: { [TargetDraft.StructureDistance]() }
      ) { index, found in
        let (structure, body, organ) = structures[index]
        guard organ != nil || structure.name.role == .external else { return }
        let nearest = prepared.nearest(to: body)
        found.append(
          .init(structure: structure, organ: organ, distance: nearest.distance, place: nearest.to))
      }.flatMap(\.self)
      distances.sort {
        ($0.distance, $0.structure.sourceName) < ($1.distance, $1.structure.sourceName)
      }
      let centrality =
        setting.site == .lung
        ? Centrality(setting) { role in
          distances.first { $0.structure.name.role == role && $0.structure.derivation == nil }?.distance
            .millimeters
        } : nil
      let facts = setting.facts.merging(FactTable(centrality?.facts ?? [:]))
      var choice = PrescriptionChoice(parameters.schemes, at: setting.site, facts: facts)
      choice = try fixed(choice, for: target.lesions, at: setting.site)
      guard choice.scheme != nil else {
        let why = Reason(
          .radiotherapy(setting.site == nil ? .siteUnknown : .siteWithoutPrescription))
        unplanned += target.lesions.map { lesion in
          UnplannedLesion(
            lesion: lesion, why: why, centrality: centrality, choice: nil,
            isodosePercent: parameters.isodose.percent,
            ratio: parameters.tumourAlphaBeta)
        }
        continue
      }
      drafts.append(
        TargetDraft(
          target: target, prepared: prepared, site: setting.site, distances: distances,
          centrality: centrality, choice: choice))
    }
    joinComposites(&drafts)
    return (drafts, unplanned)
  }

  /// What stated facts alone say of a lesion without a body.
  private func unplanned(
    _ lesion: String, _ setting: LesionContext, _ why: Reason, reach: Double
  ) throws(PlanObstacle) -> UnplannedLesion {
    let centrality = setting.site == .lung ? Centrality(stated: setting, reach: reach) : nil
    let facts = setting.facts.merging(FactTable(centrality?.facts ?? [:]))
    let choice = try fixed(
      PrescriptionChoice(parameters.schemes, at: setting.site, facts: facts), for: [lesion], at: setting.site)
    return UnplannedLesion(
      lesion: lesion, why: why, centrality: centrality, choice: choice.scheme == nil ? nil : choice,
      isodosePercent: choice.scheme?.isodosePercent ?? parameters.isodose.percent,
      ratio: parameters.tumourAlphaBeta)
  }

  /// Refuses options that name nothing the protocol or the case knows, whether or not they would be used.
  private func checkOptions() throws(PlanObstacle) {
    _ = try options.recovery(among: parameters.recovery)
    for lesion in options.schemes.keys.sorted()
    where !patientCase.lesions.contains(where: { $0.id == lesion }) {
      throw PlanObstacle(
        "there is no lesion \(lesion)",
        advice: "there are " + patientCase.lesions.map(\.id).joined(separator: ", "))
    }
    for id in options.schemes.sorted(by: { $0.key < $1.key }).map(\.value)
      + [options.schemeForAll].compactMap(\.self)
    {
      guard parameters.schemes.contains(where: { $0.id == id }) else {
        throw PlanObstacle(
          "there is no scheme \(id)", advice: "one of " + parameters.schemes.map(\.id).joined(separator: ", ")
        )
      }
    }
  }

  private func technique() throws(PlanObstacle) -> TargetTechnique {
    let wanted = options.technique ?? parameters.assumedTechnique
    guard let found = parameters.techniques.first(where: { $0.id == wanted }) else {
      throw PlanObstacle(
        "there is no technique \(wanted)",
        advice: "one of " + parameters.techniques.map(\.id).joined(separator: ", "))
    }
    return found
  }

  private func chosenLesions() throws(PlanObstacle) -> [Lesion] {
    guard let wanted = options.lesions else { return patientCase.lesions }
    let known = Set(patientCase.lesions.map(\.id))
    if let stranger = wanted.sorted().first(where: { !known.contains($0) }) {
      throw PlanObstacle(
        "there is no lesion \(stranger)",
        advice: "there are " + patientCase.lesions.map(\.id).joined(separator: ", "))
    }
    return patientCase.lesions.filter { wanted.contains($0.id) }
  }

  /// The scheme the user fixes, whatever the conditions say; what they say is told.
  private func fixed(
    _ choice: PrescriptionChoice, for lesions: [String], at site: Site?
  ) throws(PlanObstacle) -> PrescriptionChoice {
    guard let id = lesions.compactMap({ options.schemes[$0] }).first ?? options.schemeForAll else {
      return choice
    }
    guard let site, let scheme = parameters.schemes.first(where: { $0.id == id }), scheme.sites.contains(site)
    else {
      throw PlanObstacle(
        "scheme \(id) is not for the \(site?.title ?? "unknown site") of \(lesions.joined(separator: ", "))",
        advice: "one of " + choice.candidates.map(\.scheme.id).joined(separator: ", "))
    }
    let standing = choice.candidates.first { $0.scheme == scheme }
    let against = [.refused, .avoided].contains(standing?.standing)
    return choice.choosing(
      scheme, because: Reason(.radiotherapy(against ? .fixedAgainstProtocol : .fixedByUser)))
  }

  /// Marks targets that lie near one another: their doses are one composite, added and judged together.
  ///
  /// Each keeps its own scheme. Where fraction counts differ one plan cannot give both, and that is told.
  private func joinComposites(_ drafts: inout [TargetDraft]) {
    for i in drafts.indices {
      for j in drafts.indices where j > i {
        guard drafts[i].prepared.nearest(to: drafts[j].prepared).distance <= parameters.compositeWithin else {
          continue
        }
        drafts[i].composite.append(j)
        drafts[j].composite.append(i)
      }
    }
  }
}
