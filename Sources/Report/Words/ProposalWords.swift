// SPDX-License-Identifier: Apache-2.0
internal import Reasons

extension ReasonWords {
  /// What a plan proposes for a lesion, and what it leaves to the board, in words.
  static func proposal(_ kind: JointReason, _ reason: Reason) -> String {
    let names = reason.names
    func name(_ place: Int) -> String { place < names.count ? names[place] : "?" }
    switch kind {
    case .prescription:
      return "prescription \(name(0)): \(reason.because.first.map(text) ?? reason.quote ?? "")"
    case .withoutDose: return "no target could be made: no dose is estimated"
    case .sharedTarget: return "one target with \(names.joined(separator: ", "))"
    case .lungDoseAlone:
      let mean = reason.figures.first
      let band = mean?.band
      let high = band.map { $0.upperBound.isFinite ? inTenths($0.upperBound) : "unknown" } ?? "unknown"
      return
        "mean lung dose of it alone \(mean?.value.map(inTenths) ?? "unknown") Gy (\(inTenths(band?.lowerBound ?? 0))–\(high), estimated)"
    case .ablationZone:
      let needles = Int(reason.figures.last?.value ?? 0)
      return "\(name(0)), \(name(1)); least margin \(inTenths(reason, 0)) mm; "
        + (needles == 0
          ? "no needle path was found that keeps every limit"
          : "\(needles) applicator\(needles == 1 ? "" : "s")")
    case .specimen:
      let volume = reason.figures.count > 1 ? ", \(inTenths(reason, 1)) cc as a wedge" : ""
      return "\(name(0)) with a margin of \(inTenths(reason, 0)) mm\(volume) (\(name(1)))"
    case .boardPrescription:
      return "the board agrees: this prescription is a board question in every case"
    case .boardExtent: return "more than a lobe: never without the board"
    case .fixedByUser, .excludedByUser, .againstProtocol, .ineligible, .lacksFact, .notPossible, .organLimit,
      .cumulativeLimit, .noReserve, .unknownReserve, .lesserScore, .lesserVerdict, .oneFractionCount,
      .oneTarget, .takenWithLobe, .ofLesion,
      .searchCutShort, .decisionsLeaveNone, .noneKeepsLimits, .notJudgedAtSite:
      return reason.quote ?? ""
    }
  }
}
