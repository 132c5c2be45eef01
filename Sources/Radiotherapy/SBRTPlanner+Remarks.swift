// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Quantities
internal import Reasons
internal import Vocabulary

extension SBRTPlanner {
  /// What holds for the course as a whole.
  func remarks(
    _ planned: [PlannedDraft], _ unplanned: [UnplannedLesion], _ bodies: [OrganBody],
    _ patientCase: PatientCase
  ) -> [Reason] {
    var remarks = [
      Reason(.radiotherapy(.estimateNotDosimetry)), Reason(.radiotherapy(.qualityBand)),
    ]
    func say(_ kind: RadiotherapyReason, _ names: [String] = [], _ figures: [Reason.Figure] = []) {
      remarks.append(Reason(.radiotherapy(kind), figures: figures, names: names))
    }
    let counts = Set(planned.map(\.scheme.fractionation.fractions)).sorted()
    if counts.count > 1 {
      let ratios = bodies.compactMap { body in
        parameters.alphaBeta(of: body.organ).map {
          Reason(
            .radiotherapy(.alphaBeta), figures: [.init($0.ratio.gray, unit: "Gy")],
            names: [body.organ.title], sources: $0.sources)
        }
      }
      remarks.append(
        Reason(
          .radiotherapy(.countsDiffer), figures: counts.map { .init(Double($0), unit: "") }, because: ratios))
    }
    for (index, draft) in planned.enumerated() {
      let others = draft.draft.composite.filter {
        $0 > index && planned[$0].scheme.fractionation.fractions != draft.scheme.fractionation.fractions
      }
      guard !others.isEmpty else { continue }
      remarks.append(
        Reason(
          .radiotherapy(.compositeCounts),
          figures: [.init(parameters.compositeWithin.centimeters, unit: "cm")],
          because: [prescription(draft)] + others.map { prescription(planned[$0]) }))
    }
    let outside = planned.filter { $0.fallOff.isOutsideTable }.flatMap(\.draft.target.lesions)
    if !outside.isEmpty { say(.outsideTable, outside) }
    let smallest = parameters.fallOff.smallTarget
    let small = planned.filter { !$0.fallOff.isOutsideTable && $0.fallOff.volume < smallest }
      .flatMap(\.draft.target.lesions)
    if !small.isEmpty { say(.smallTargets, small, [.init(smallest.cubicCentimeters, unit: "cc")]) }
    if !unplanned.isEmpty { say(.notInSums, unplanned.map(\.lesion)) }
    let hasLungLesions = planned.contains { $0.draft.site == .lung }
    if hasLungLesions, !bodies.contains(where: { $0.organ == .lungs && $0.isComplete }) {
      say(.lungsNotContoured)
    }
    if hasLungLesions, !patientCase.structures.contains(where: { $0.name.role == .bronchialTree }) {
      say(.treeNotContoured)
    }
    return remarks
  }

  private func prescription(_ draft: PlannedDraft) -> Reason {
    let fractionation = draft.scheme.fractionation
    return Reason(
      .radiotherapy(.targetPrescription),
      figures: [
        .init(fractionation.total.gray, unit: "Gy"), .init(Double(fractionation.fractions), unit: ""),
      ],
      names: draft.draft.target.lesions)
  }
}
