// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary

/// A draft with its scheme and fall-off.
struct PlannedDraft {
  let draft: TargetDraft
  let scheme: PrescriptionScheme
  let fallOff: TargetFallOff
  let target: FallOffTarget
  let isodosePercent: Double
  let ratio: AlphaBetaRatio

  init(_ draft: TargetDraft, _ parameters: RadiotherapyParameters) throws(PlanObstacle) {
    let lesions = draft.target.lesions.joined(separator: ", ")
    guard let scheme = draft.choice.scheme,
      let fallOff = parameters.fallOff.fallOff(
        of: draft.target.solid.volume, isCentral: draft.centrality?.isCentral ?? false,
        inLung: draft.site == .lung)
    else {
      throw PlanObstacle(
        "the target of \(lesions) has no volume", advice: "leave the lesion out with --lesion")
    }
    self.draft = draft
    self.scheme = scheme
    self.fallOff = fallOff
    isodosePercent = scheme.isodosePercent ?? parameters.isodose.percent
    ratio = parameters.tumourAlphaBeta
    target = FallOffTarget(
      solid: draft.target.solid, prescription: scheme.fractionation.total, isodose: isodosePercent / 100,
      fallOff: fallOff)
  }

  func proposals(
    among planned: [PlannedDraft], neighbours: [NeighbourDose], lungCost: LesionCost?
  ) -> [SBRTProposal] {
    let band = fallOff.halving
    let r50 = DoseBand(
      expected: fallOff.r50(halving: band.expected), low: fallOff.r50(halving: band.good),
      high: fallOff.r50(halving: band.poor))
    func mean(_ halving: Length) -> Double {
      100 * fallOff.mean(at: 20, halving: halving, isodose: isodosePercent / 100)
    }
    return draft.target.lesions.map { lesion in
      SBRTProposal(
        lesion: lesion, target: draft.target, centrality: draft.centrality, choice: draft.choice,
        scheme: scheme, isodosePercent: isodosePercent, isodoseIsStated: scheme.isodosePercent != nil,
        bed: scheme.fractionation.bed(ratio), eqd2: scheme.fractionation.eqd2(ratio), fallOff: fallOff,
        r50: r50,
        d2cmPercent: DoseBand(
          expected: 100 * fallOff.d2cm.expected, low: mean(band.good), high: 100 * fallOff.d2cm.poor),
        compositeWith: draft.composite.flatMap { planned[$0].draft.target.lesions },
        neighbours: neighbours, lungCost: lungCost)
    }
  }
}
