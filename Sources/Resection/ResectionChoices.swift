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
  private let known: ResectionCase
  private let modalities: [Modality]
  private let map: LungMap
  private let outcomes: [String: LesionResectionPlanner.Outcome]

  init(
    _ parameters: ResectionParameters, _ known: ResectionCase, _ lesions: [Lesion],
    by modalities: [Modality]
  ) throws {
    self.parameters = parameters
    self.known = known
    self.modalities = modalities
    map = try LungMap(known.patientCase, parameters.geometry.value)
    let planned =
      modalities.contains(.metastasectomy) ? lesions.filter { known.site($0) == .lung } : []
    outcomes = try Self.outcomes(planned, known, map, parameters)
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
    let chosen = known.patientCase.lesions.filter { lesion in
      known.settings[lesion.id] != nil && set?.contains(lesion.id) ?? true
    }
    let planned = modalities.contains(.metastasectomy) ? chosen.filter { known.site($0) == .lung } : []
    let livers =
      modalities.contains(.hepaticResection) ? chosen.filter { known.site($0) == .liver } : []
    let liver = try LiverResectionPlanner(
      parameters: parameters, patientCase: known.patientCase, settings: known.settings
    ).plan(livers)
    let lesions = chosen.map { resection(of: $0, liver.why) }
    let proposals = lesions.compactMap(\.proposal)
    let assembled = try (withVariants ? ResectionVariant.Habit.allCases : [.standard]).map { habit in
      (
        habit: habit,
        lobes: try LobeAssembly(parameters: parameters, map: map, habit: habit).lobes(proposals)
      )
    }
    let lobes = assembled.first { $0.habit == .standard }?.lobes ?? []
    let unplanned = unplanned(of: othersMayFollow ? known.patientCase.lesions : chosen, proposals)
    let variants = assembled.filter { $0.habit != .standard }.compactMap { habit, lobes in
      variant(habit, lobes, of: proposals, unplanned)
    }
    let stages = FunctionPrediction(
      parameters: parameters, map: map, lobes: lobes, facts: known.patient,
      unplanned: unplanned, earlierLoss: known.earlierLoss, proposals: proposals,
      settings: known.settings
    ).stages()
    let resected = ResectedParts(lesions: lesions, lobes: lobes, stages: stages, liver: liver.resection)
    let benefit = BenefitEvidence(
      known, lesions, lobes, isWhole: set == nil, isLungPlanned: modalities.contains(.metastasectomy))
    let facts = ResectionFacts(resected, benefit, known.patient, isWhole: set == nil)
    // What is said of metastasectomy belongs beside lung lesions only, and so for the liver.
    let concerned = modalities.filter { !($0 == .metastasectomy ? planned : livers).isEmpty }
    return ResectionPlan(
      modalities: modalities, lesions: lesions, lobes: lobes, variants: variants, stages: stages,
      liver: liver.resection,
      completeness: benefit.completeness, elsewhere: benefit.elsewhere, irlmGroup: benefit.group,
      thoracoscore: benefit.thoracoscore,
      cardiacRisk: benefit.cardiacRisk,
      notes: notes(on: concerned, in: known.patient.merging(facts.patient)),
      remarks: remarks(proposals, stages, hasLiver: liver.resection != nil),
      patientFacts: facts.patient, lesionFacts: facts.lesions)
  }

  /// A lesion's own resection, or why there is none.
  private func resection(of lesion: Lesion, _ whyNotLiver: [String: Reason]) -> LesionResection {
    let site = known.site(lesion)
    switch outcomes[lesion.id] {
    case .proposal(let proposal)?:
      return LesionResection(lesion: lesion.id, site: site, why: nil, proposal: proposal)
    case .none(let why)?: return LesionResection(lesion: lesion.id, site: site, why: why, proposal: nil)
    case nil:
      return LesionResection(
        lesion: lesion.id, site: site, why: whyNotLiver[lesion.id] ?? Self.elsewhere(site, modalities),
        proposal: nil)
    }
  }

  /// Lung lesions without a proposal, whose cost stays open.
  private func unplanned(
    of lesions: [Lesion], _ proposals: [ResectionProposal]
  ) -> [(lesion: String, side: Side?)] {
    lesions.filter { lesion in
      known.site(lesion) == .lung && !proposals.contains { $0.lesion == lesion.id }
    }.map { lesion -> (lesion: String, side: Side?) in
      let side = lesion.place(known.measurements[lesion: lesion.id]).side
      return (lesion.id, side == .midline ? nil : side)
    }
  }

  /// The protocol's notes that hold, or may.
  private func notes(on modalities: [Modality], in table: FactTable) -> [AppliedResectionNote] {
    parameters.notes.compactMap { note -> AppliedResectionNote? in
      guard !Set(note.modalities).isDisjoint(with: modalities) else { return nil }
      return switch Rule.Guard.standing(of: note.whenAll, in: table) {
      case .holds: AppliedResectionNote(note: note, unknown: [])
      case .open(let unknown): AppliedResectionNote(note: note, unknown: unknown)
      case .fails: nil
      }
    }
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
    _ lesions: [Lesion], _ known: ResectionCase, _ map: LungMap, _ parameters: ResectionParameters
  ) throws -> [String: LesionResectionPlanner.Outcome] {
    let parts = Workers.gather(
      lesions.count, into: { [(String, Result<LesionResectionPlanner.Outcome, any Error>)]() }
    ) { index, found in
      let lesion = lesions[index]
      guard let setting = known.settings[lesion.id] else { return }
      let planner = LesionResectionPlanner(
        parameters: parameters, map: map, lesion: lesion, measured: known.measurements[lesion: lesion.id],
        setting: setting)
      found.append((lesion.id, Result { try planner.outcome() }))
    }
    var outcomes: [String: LesionResectionPlanner.Outcome] = [:]
    for (id, result) in parts.joined() { outcomes[id] = try result.get() }
    return outcomes
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
    _ proposals: [ResectionProposal], _ stages: [StageFunction], hasLiver: Bool
  ) -> [Reason] {
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
