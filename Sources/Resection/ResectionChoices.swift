// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Evidence
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Every lesion's resection made ready, so that what any set of them takes and leaves is told at once.
public struct ResectionChoices: Sendable {
  private let parameters: ResectionParameters
  private let patientCase: PatientCase
  private let measurements: Measurements
  private let modalities: [Modality]
  private let settings: [String: LesionContext]
  private let patient: FactTable
  private let map: LungMap
  private let outcomes: [String: LesionResectionPlanner.Outcome]

  init(
    _ parameters: ResectionParameters, _ patientCase: PatientCase, _ lesions: [Lesion],
    _ measurements: Measurements, by modalities: [Modality], settings: [String: LesionContext],
    patient: FactTable
  ) throws {
    self.parameters = parameters
    self.patientCase = patientCase
    self.measurements = measurements
    self.modalities = modalities
    self.settings = settings
    self.patient = patient
    map = try LungMap(patientCase, parameters.geometry.value)
    let planned =
      modalities.contains(.metastasectomy) ? lesions.filter { settings[$0.id]?.site == .lung } : []
    outcomes = try Self.outcomes(planned, measurements, settings, map, parameters)
  }

  /// The plan of a set of lesions.
  ///
  /// - Parameters:
  ///   - set: the lesions, by id; all of the case when `nil`, and only then is it said what clearing the lungs means.
  ///   - withVariants: whether other habits of margin and depth are worked out beside it.
  ///   - othersMayFollow: whether lung lesions beyond the set may be resected as well, so that their cost is open; false
  ///     where they are treated otherwise.
  /// - Throws: errors of geometry.
  public func plan(
    of set: Set<String>?, withVariants: Bool = true, othersMayFollow: Bool = true
  ) throws -> ResectionPlan {
    let chosen = patientCase.lesions.filter { lesion in
      settings[lesion.id] != nil && set?.contains(lesion.id) ?? true
    }
    let planned = modalities.contains(.metastasectomy) ? chosen.filter { settings[$0.id]?.site == .lung } : []
    let livers =
      modalities.contains(.hepaticResection) ? chosen.filter { settings[$0.id]?.site == .liver } : []
    let liver = try LiverResectionPlanner(
      parameters: parameters, patientCase: patientCase, settings: settings
    ).plan(livers)
    let lesions = chosen.map { lesion in
      let site = settings[lesion.id]?.site
      switch outcomes[lesion.id] {
      case .proposal(let proposal)?:
        return LesionResection(lesion: lesion.id, site: site, why: nil, proposal: proposal)
      case .none(let why)?: return LesionResection(lesion: lesion.id, site: site, why: why, proposal: nil)
      case nil:
        return LesionResection(
          lesion: lesion.id, site: site, why: liver.why[lesion.id] ?? Self.elsewhere(site, modalities),
          proposal: nil)
      }
    }
    let proposals = lesions.compactMap(\.proposal)
    let assembled = try (withVariants ? ResectionVariant.Habit.allCases : [.standard]).map { habit in
      (
        habit: habit,
        lobes: try LobeAssembly(parameters: parameters, map: map, habit: habit).lobes(proposals)
      )
    }
    let lobes = assembled.first { $0.habit == .standard }?.lobes ?? []
    let unplanned = (othersMayFollow ? patientCase.lesions : chosen).filter { lesion in
      settings[lesion.id]?.site == .lung && !proposals.contains { $0.lesion == lesion.id }
    }.map { lesion -> (lesion: String, side: Side?) in
      let side = lesion.place(measurements[lesion: lesion.id]).side
      return (lesion.id, side == .midline ? nil : side)
    }
    let variants = assembled.filter { $0.habit != .standard }.compactMap { habit, lobes in
      variant(habit, lobes, of: proposals, unplanned)
    }
    let stages = FunctionPrediction(
      parameters: parameters, map: map, lobes: lobes, facts: patient,
      unplanned: unplanned, earlierLoss: Self.earlierLoss(settings, patient), proposals: proposals,
      settings: settings
    ).stages()
    let benefit = BenefitEvidence(
      patientCase, lesions, lobes, settings, patient, isWhole: set == nil,
      isLungPlanned: modalities.contains(.metastasectomy))
    let facts = ResectionFacts(
      lesions, lobes, stages, liver.resection, benefit, patient, isWhole: set == nil)
    let table = patient.merging(facts.patient)
    // What is said of metastasectomy belongs beside lung lesions only, and so for the liver.
    let concerned = modalities.filter { !($0 == .metastasectomy ? planned : livers).isEmpty }
    let notes = parameters.notes.compactMap { note -> AppliedResectionNote? in
      guard !Set(note.modalities).isDisjoint(with: concerned) else { return nil }
      return switch Rule.Guard.standing(of: note.whenAll, in: table) {
      case .holds: AppliedResectionNote(note: note, unknown: [])
      case .open(let unknown): AppliedResectionNote(note: note, unknown: unknown)
      case .fails: nil
      }
    }
    return ResectionPlan(
      modalities: modalities, lesions: lesions, lobes: lobes, variants: variants, stages: stages,
      liver: liver.resection,
      completeness: benefit.completeness, elsewhere: benefit.elsewhere, irlmGroup: benefit.group,
      thoracoscore: benefit.thoracoscore,
      cardiacRisk: benefit.cardiacRisk, notes: notes,
      remarks: remarks(map, proposals, stages, hasLiver: liver.resection != nil),
      patientFacts: facts.patient, lesionFacts: facts.lesions)
  }

  /// A lung lesion's own proposal; `nil` where it could not be planned.
  public func proposal(of lesion: String) -> ResectionProposal? {
    if case .proposal(let proposal)? = outcomes[lesion] { proposal } else { nil }
  }

  /// A habit's result; `nil` for a hybrid that differs in nothing or has no wedge.
  private func variant(
    _ habit: ResectionVariant.Habit, _ lobes: [LobeResection], of proposals: [ResectionProposal],
    _ unplanned: [(lesion: String, side: Side?)]
  ) -> ResectionVariant? {
    let taken = Set(lobes.flatMap(\.lesions))
    let left = proposals.map(\.lesion).filter { !taken.contains($0) }
    guard !lobes.isEmpty, habit != .hybrid || !left.isEmpty else { return nil }
    func segments(_ side: Side) -> (expected: Double?, worst: Double?) {
      let lost = FunctionPrediction.lost(on: side, lobes, parameters.function)
      // What is not planned costs something in every habit.
      let isWhole =
        unplanned.allSatisfy { $0.side != nil && $0.side != side } && !proposals.contains { $0.side == nil }
      return (lost.expected, isWhole ? lost.worst : nil)
    }
    return ResectionVariant(
      habit: habit, lobes: lobes, leftToOthers: left, right: segments(.right), left: segments(.left))
  }

  private static func outcomes(
    _ lesions: [Lesion], _ measurements: Measurements, _ settings: [String: LesionContext], _ map: LungMap,
    _ parameters: ResectionParameters
  ) throws -> [String: LesionResectionPlanner.Outcome] {
    let parts = Workers.gather(
      lesions.count, into: { [(String, Result<LesionResectionPlanner.Outcome, any Error>)]() }
    ) { index, found in
      let lesion = lesions[index]
      guard let setting = settings[lesion.id] else { return }
      let planner = LesionResectionPlanner(
        parameters: parameters, map: map, lesion: lesion, measured: measurements[lesion: lesion.id],
        setting: setting)
      found.append((lesion.id, Result { try planner.outcome() }))
    }
    var outcomes: [String: LesionResectionPlanner.Outcome] = [:]
    for (id, result) in parts.joined() { outcomes[id] = try result.get() }
    return outcomes
  }

  /// Why segments may be lost already.
  private static func earlierLoss(
    _ settings: [String: LesionContext], _ patient: FactTable
  ) -> ResectionReason? {
    if patient.word(.singleLung) == "yes" { return .oneLung }
    return settings.values.contains { $0.facts.word(.priorSurgerySameSide) == "yes" }
      ? .resectedBefore : nil
  }

  private static func elsewhere(_ site: Site?, _ modalities: [Modality]) -> Reason? {
    switch site {
    case nil: Reason(.resection(.siteUnknown))
    case .liver?: modalities.contains(.hepaticResection) ? nil : Reason(.resection(.planHepatic))
    case .lung?: Reason(.resection(.planMetastasectomy))
    case let site?: Reason(.resection(.siteNotPlanned), of: .site(site))
    }
  }

  private func remarks(
    _ map: LungMap, _ proposals: [ResectionProposal], _ stages: [StageFunction], hasLiver: Bool
  )
    -> [Reason]
  {
    let general: [ResectionReason] = [
      .inflatedLung, .leastSpecimens, .functionPredicted, .survivalOfSeries,
    ]
    var remarks = proposals.isEmpty ? [] : general.map { Reason(.resection($0)) }
    if hasLiver { remarks.append(Reason(.resection(.leastOfLiver))) }
    remarks += map.remarks
    if stages.count == 3 { remarks.append(Reason(.resection(.bothSides))) }
    return remarks
  }
}
