// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Vocabulary

/// What a course is estimated to give both lungs.
struct LungEstimate {
  let dose: OrganDose
  /// Doses added in gray; `nil` where the course has one fraction count, and they say nothing new.
  let plain: EstimateHistograms?
  private let histograms: EstimateHistograms

  /// - Returns: `nil` unless both lungs are contoured as a whole.
  init?(
    _ bodies: [OrganBody], _ evaluated: [(dose: OrganDose, histograms: EstimateHistograms)],
    _ evaluation: OrganEvaluation
  ) throws {
    guard let body = bodies.first(where: { $0.organ == .lungs && $0.isComplete }),
      let entry = evaluated.first(where: { $0.dose.organ == .lungs })
    else { return nil }
    dose = entry.dose
    histograms = entry.histograms
    plain = try evaluation.plain(body)
  }

  /// A metric as series tell risk by: they added the doses of lesions in gray, whatever their fractions.
  func added(_ metric: DoseMetric) -> DoseBand? {
    let unit: DoseMetricValue.Unit = if case .volumeAtDose = metric { .percent } else { .gray }
    return (plain ?? histograms).band(of: metric, unit: unit, isParallel: true).band
  }
}
