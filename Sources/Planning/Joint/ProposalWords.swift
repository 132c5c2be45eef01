internal import Ablation
internal import Dosimetry
internal import Quantities
internal import Radiotherapy
internal import Resection
internal import Vocabulary

/// What a plan proposes for a lesion, and what that takes for granted, in words.
struct ProposalWords {
  private let pool: TherapyPool

  init(_ pool: TherapyPool) { self.pool = pool }

  /// The proposal itself; empty where nothing could be planned.
  func proposal(_ option: PlanOption) -> [String] {
    switch option.choice.family {
    case .irradiation: irradiation(option)
    case .ablation: ablation(option).map(words) ?? []
    case .surgery: resection(option).map(words) ?? []
    case .embolization, .observation, .none: []
    }
  }

  /// What it takes for granted, and what it leaves to the board.
  func provisos(_ option: PlanOption) -> [String] {
    switch option.choice.family {
    case .irradiation:
      guard let choice = choice(option) else { return [] }
      let isBoard = scheme(option)?.requiresBoard ?? false
      return choice.providedThat + (isBoard ? ["the board asks for it: a board question in every case"] : [])
    case .ablation: return ablation(option)?.providedThat ?? []
    case .surgery:
      guard resection(option)?.choice.technique == .extended else { return [] }
      return ["more than a lobe: never without the board"]
    case .embolization, .observation, .none: return []
    }
  }

  private func choice(_ option: PlanOption) -> PrescriptionChoice? {
    if let regimen = option.regimen { return pool.courses?.regimens[regimen].choice }
    return pool.courses?.unplanned.first { $0.lesion == option.id }?.choice
  }

  private func scheme(_ option: PlanOption) -> PrescriptionScheme? {
    option.regimen.flatMap { pool.courses?.regimens[$0].scheme } ?? choice(option)?.scheme
  }

  private func irradiation(_ option: PlanOption) -> [String] {
    guard let scheme = scheme(option) else { return [] }
    var lines = ["\(scheme.id): \(choice(option)?.override ?? scheme.use)"]
    guard let regimen = option.regimen, let courses = pool.courses else {
      return lines + ["no target could be made: no dose is estimated"]
    }
    let found = courses.regimens[regimen]
    if found.lesions.count > 1 { lines.append("one target with \(found.lesions.joined(separator: ", "))") }
    if let mean = found.lungMean {
      let high = mean.high.map(Self.text) ?? "unknown"
      lines.append(
        "mean lung dose of it alone \(mean.expected.map(Self.text) ?? "unknown") Gy (\(Self.text(mean.low))–\(high), estimated)"
      )
    }
    return lines
  }

  private func ablation(_ option: PlanOption) -> AblationProposal? {
    pool.ablation?.lesions.first { $0.lesion == option.id }?.proposals.first {
      $0.energy == option.choice.modality
    }
  }

  private func words(_ proposal: AblationProposal) -> [String] {
    let map = proposal.coverage.map
    let needles = proposal.applicators.count
    return [
      "\(proposal.zone.device.name), \(proposal.zone.setting.id); least margin \(Self.text(map.minimum.millimeters)) mm; "
        + (needles == 0
          ? "no way was found that keeps every limit" : "\(needles) applicator\(needles == 1 ? "" : "s")")
    ] + proposal.remarks
  }

  private func resection(_ option: PlanOption) -> ResectionProposal? {
    pool.resections?.proposal(of: option.id)
  }

  private func words(_ proposal: ResectionProposal) -> [String] {
    let volume = proposal.standard.wedge.map { ", \(Self.text($0.cubicCentimeters)) cc as a wedge" } ?? ""
    return [
      "\(proposal.choice.title) with a margin of \(Self.text(proposal.standard.margin.millimeters)) mm\(volume) (\(proposal.basis.rawValue))"
    ]
  }

  private static func text(_ x: Double) -> String { String((x * 10).rounded() / 10) }
}
