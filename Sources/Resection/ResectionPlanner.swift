internal import Anatomy
public import Cases
public import Eligibility
internal import Quantities
public import Vocabulary

/// What a user asks of a plan of resection.
public struct ResectionOptions: Sendable {
  /// Lesions to plan; all without it.
  public var lesions: Set<String>?

  /// All lesions.
  public init() {}
}

/// A request that names nothing there is.
public struct ResectionObstacle: Error, Sendable, Hashable {
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public let advice: String
}

/// Plans the resection of every lesion: technique and margin, lobes and sides, the function that remains, and what is
/// known of the benefit.
///
/// Geometry is that of inflated lung as contoured; function is predicted, an estimate; survival is that of series, never
/// of the patient.
public struct ResectionPlanner: Sendable {
  private let parameters: ResectionParameters
  private let options: ResectionOptions

  /// What can be resected.
  public static let modalities: [Modality] = [.metastasectomy, .hepaticResection]

  /// A planner.
  public init(_ parameters: ResectionParameters, options: ResectionOptions = ResectionOptions()) {
    self.parameters = parameters
    self.options = options
  }

  /// The plan of a case.
  ///
  /// - Parameters:
  ///   - patientCase: the case.
  ///   - measurements: its measurements.
  ///   - modalities: metastasectomy for lung lesions, hepatic resection for liver lesions.
  ///   - settings: what is known of each lesion, by id; lesions without an entry are left out.
  ///   - patient: what is known of the patient.
  /// - Throws: `ResectionObstacle` for options that name nothing; errors of geometry.
  public func plan(
    _ patientCase: PatientCase, _ measurements: Measurements, by modalities: [Modality],
    settings: [String: LesionSetting], patient: FactTable
  ) throws -> ResectionPlan {
    for id in (options.lesions ?? []).sorted() where !patientCase.lesions.contains(where: { $0.id == id }) {
      throw ResectionObstacle(
        message: "has no lesion \(id)",
        advice: "lesions: \(patientCase.lesions.map(\.id).joined(separator: ", "))")
    }
    let chosen = patientCase.lesions.filter { lesion in
      settings[lesion.id] != nil && options.lesions?.contains(lesion.id) ?? true
    }
    let map = try LungMap(patientCase)
    let planned = modalities.contains(.metastasectomy) ? chosen.filter { settings[$0.id]?.site == .lung } : []
    let outcomes = try outcomes(planned, measurements, settings, map)
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
    let assembled = try ResectionVariant.Habit.allCases.map { habit in
      (
        habit: habit,
        lobes: try LobeAssembly(parameters: parameters, map: map, habit: habit).lobes(proposals)
      )
    }
    let lobes = assembled.first { $0.habit == .standard }?.lobes ?? []
    let unplanned = patientCase.lesions.filter { lesion in
      settings[lesion.id]?.site == .lung && !proposals.contains { $0.lesion == lesion.id }
    }.map { lesion -> (lesion: String, side: Side?) in
      let side = lesion.side ?? lesion.lobe?.side ?? measurements[lesion: lesion.id]?.surroundings?.side
      return (lesion.id, side == .midline ? nil : side)
    }
    let variants = assembled.filter { $0.habit != .standard }.compactMap { habit, lobes in
      variant(habit, lobes, of: proposals, unplanned)
    }
    let stages = FunctionReckoning(
      parameters: parameters, map: map, lobes: lobes, facts: patient,
      unplanned: unplanned, earlierLoss: Self.earlierLoss(settings, patient), proposals: proposals,
      settings: settings
    ).stages()
    let benefit = BenefitReading(
      patientCase, lesions, lobes, settings, patient, isWhole: options.lesions == nil,
      isLungPlanned: modalities.contains(.metastasectomy))
    let facts = ResectionFacts(
      lesions, lobes, stages, liver.resection, benefit, patient, isWhole: options.lesions == nil)
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
      remarks: remarks(map, proposals, stages, hasLiver: liver.resection != nil) + benefit.warnings,
      patientFacts: facts.patient, lesionFacts: facts.lesions)
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
      let lost = FunctionReckoning.lost(on: side, lobes, parameters.function)
      // What is not planned costs something in every habit.
      let isWhole =
        unplanned.allSatisfy { $0.side != nil && $0.side != side } && !proposals.contains { $0.side == nil }
      return (lost.expected, isWhole ? lost.worst : nil)
    }
    return ResectionVariant(
      habit: habit, lobes: lobes, leftToOthers: left, right: segments(.right), left: segments(.left))
  }

  private func outcomes(
    _ lesions: [Lesion], _ measurements: Measurements, _ settings: [String: LesionSetting], _ map: LungMap
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
  private static func earlierLoss(_ settings: [String: LesionSetting], _ patient: FactTable) -> String? {
    if patient.word(.singleLung) == "yes" { return "one lung only" }
    return settings.values.contains { $0.facts.word(.priorSurgerySameSide) == "yes" }
      ? "lung was resected before" : nil
  }

  private static func elsewhere(_ site: Site?, _ modalities: [Modality]) -> String? {
    switch site {
    case nil: "its site is unknown"
    case .liver?: modalities.contains(.hepaticResection) ? nil : "a liver lesion: plan hepatic resection"
    case .lung?: "a lung lesion: plan metastasectomy"
    case let site?: "no resection is planned for this site (\(site.title))"
    }
  }

  private func remarks(
    _ map: LungMap, _ proposals: [ResectionProposal], _ stages: [StageFunction], hasLiver: Bool
  )
    -> [String]
  {
    var remarks = [
      "geometry is that of the inflated lung as contoured: the deflated lung is smaller, and margins measured in it differ",
      "each piece is the least that holds lesion and margin and opens at the pleura; straight staple lines take more",
      "function is predicted, for anatomical resections of cancer; wedges cost less and much of it returns: no single wedge is refused by it",
      "survival stands for whole series of selected, operated patients: it is no forecast for this patient",
    ]
    if proposals.isEmpty { remarks = [] }
    if hasLiver {
      remarks.append(
        "of the liver each lesion takes its margin and what lies between that and the nearest surface: the least"
      )
    }
    remarks += map.remarks
    if stages.count == 3 {
      remarks.append("both sides: operate one at a time and measure lung function again before the second")
    }
    return remarks
  }
}
