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
    case .ablation: pool.ablationProposal(of: option).map(words) ?? []
    case .surgery: resection(option).map(words) ?? []
    case .embolization, .observation, .none: []
    }
  }

  /// What it takes for granted, and what it leaves to the board.
  func provisos(_ option: PlanOption) -> [String] {
    switch option.choice.family {
    case .irradiation:
      guard let choice = pool.prescription(of: option) else { return [] }
      let isBoard = choice.scheme?.requiresBoard ?? false
      return choice.providedThat
        + (isBoard ? ["the board agrees: this prescription is a board question in every case"] : [])
    case .ablation: return pool.ablationProposal(of: option)?.providedThat ?? []
    case .surgery:
      guard resection(option)?.choice.technique == .extended else { return [] }
      return ["more than a lobe: never without the board"]
    case .embolization, .observation, .none: return []
    }
  }

  private func irradiation(_ option: PlanOption) -> [String] {
    guard let choice = pool.prescription(of: option), let scheme = choice.scheme else { return [] }
    var lines = ["\(scheme.id): \(choice.override ?? scheme.use)"]
    guard let regimen = option.regimen, let courses = pool.courses else {
      return lines + ["no target could be made: no dose is estimated"]
    }
    let found = courses.regimens[regimen]
    if found.lesions.count > 1 { lines.append("one target with \(found.lesions.joined(separator: ", "))") }
    if let mean = found.lungMean {
      let high = mean.high.map(\.inTenths) ?? "unknown"
      lines.append(
        "mean lung dose of it alone \(mean.expected.map(\.inTenths) ?? "unknown") Gy (\(mean.low.inTenths)–\(high), estimated)"
      )
    }
    return lines
  }

  private func words(_ proposal: AblationProposal) -> [String] {
    let map = proposal.coverage.map
    let needles = proposal.applicators.count
    return [
      "\(proposal.zone.device.name), \(proposal.zone.setting.id); least margin \(map.minimum.millimeters.inTenths) mm; "
        + (needles == 0
          ? "no way was found that keeps every limit" : "\(needles) applicator\(needles == 1 ? "" : "s")")
    ] + proposal.remarks
  }

  private func resection(_ option: PlanOption) -> ResectionProposal? {
    pool.resections?.proposal(of: option.id)
  }

  private func words(_ proposal: ResectionProposal) -> [String] {
    let volume = proposal.standard.wedge.map { ", \($0.cubicCentimeters.inTenths) cc as a wedge" } ?? ""
    return [
      "\(proposal.choice.title) with a margin of \(proposal.standard.margin.millimeters.inTenths) mm\(volume) (\(proposal.basis.rawValue))"
    ]
  }
}
