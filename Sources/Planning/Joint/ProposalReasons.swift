internal import Ablation
internal import Dosimetry
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Vocabulary

/// What a plan proposes for a lesion, and what that takes for granted.
struct ProposalReasons {
  private let pool: TherapyPool

  init(_ pool: TherapyPool) { self.pool = pool }

  /// The proposal itself; empty where nothing could be planned.
  func proposal(_ option: PlanOption) -> [Reason] {
    switch option.choice.family {
    case .irradiation: irradiation(option)
    case .ablation: pool.ablationProposal(of: option).map(reasons) ?? []
    case .surgery: resection(option).map(reasons) ?? []
    case .embolization, .observation, .none: []
    }
  }

  /// What it takes for granted, and what it leaves to the board.
  func provisos(_ option: PlanOption) -> [Reason] {
    switch option.choice.family {
    case .irradiation:
      guard let choice = pool.prescription(of: option) else { return [] }
      let isBoard = choice.scheme?.requiresBoard ?? false
      return choice.providedThat + (isBoard ? [Reason(.joint(.boardPrescription))] : [])
    case .ablation: return pool.ablationProposal(of: option)?.providedThat ?? []
    case .surgery:
      guard resection(option)?.choice.technique == .extended else { return [] }
      return [Reason(.joint(.boardExtent))]
    case .embolization, .observation, .none: return []
    }
  }

  private func irradiation(_ option: PlanOption) -> [Reason] {
    guard let choice = pool.prescription(of: option), let scheme = choice.scheme else { return [] }
    var reasons = [
      Reason(
        .joint(.prescription), names: [scheme.id], because: [choice.override].compactMap(\.self),
        quote: scheme.use)
    ]
    guard let regimen = option.regimen, let courses = pool.courses else {
      return reasons + [Reason(.joint(.withoutDose))]
    }
    let found = courses.regimens[regimen]
    if found.lesions.count > 1 { reasons.append(Reason(.joint(.sharedTarget), names: found.lesions)) }
    if let mean = found.lungMean {
      reasons.append(
        Reason(
          .joint(.lungDoseAlone),
          figures: [.init(mean.expected, band: mean.low...(mean.high ?? .infinity), unit: "Gy")]))
    }
    return reasons
  }

  private func reasons(_ proposal: AblationProposal) -> [Reason] {
    [
      Reason(
        .joint(.ablationZone),
        figures: [
          .init(proposal.coverage.map.minimum.millimeters, unit: "mm"),
          .init(Double(proposal.applicators.count), unit: ""),
        ], names: [proposal.zone.device.name, proposal.zone.setting.id])
    ] + proposal.remarks
  }

  private func resection(_ option: PlanOption) -> ResectionProposal? {
    pool.resections?.proposal(of: option.id)
  }

  private func reasons(_ proposal: ResectionProposal) -> [Reason] {
    let margin = Reason.Figure(proposal.standard.margin.millimeters, unit: "mm")
    let wedge = proposal.standard.wedge.map { Reason.Figure($0.cubicCentimeters, unit: "cc") }
    return [
      Reason(
        .joint(.specimen), figures: [margin] + [wedge].compactMap(\.self),
        names: [proposal.choice.title, proposal.basis.rawValue])
    ]
  }
}
