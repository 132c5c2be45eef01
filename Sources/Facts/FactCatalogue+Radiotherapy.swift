// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

// Facts of radiotherapy: where the lesion lies for it, what earlier courses gave, what a planned course is estimated to
// give. Those of a planned course exist only once a plan was made; their origin is always `estimated`.
extension FactCatalogue {
  /// How a limit stands against a dose with its band, best first.
  static let limitWords = ["kept", "keptAsExpected", "exceededAsExpected", "exceeded"]

  static let radiotherapyPatient: [FactDefinition] = [
    number(
      .sbrtLungV20, .patient, .percent, 0...100,
      "lungs less GTV that a planned SBRT course of all lesions gives 20 Gy or more, estimated",
      isPlanned: true
    ).titled("lung V20 of a planned SBRT").labelled("lung V20"),
    number(
      .sbrtMeanLungDose, .patient, .grays, 0...60,
      "mean dose of the lungs less GTV from a planned SBRT course of all lesions, estimated", isPlanned: true
    ).titled("mean lung dose of a planned SBRT").labelled("mean lung dose"),
    words(
      .sbrtLungLimits, .patient, limitWords,
      "the lungs' limits against the estimated dose of a planned SBRT course of all lesions", isPlanned: true
    ).titled("lung limits against a planned SBRT").labelled("lung dose"),
    words(
      .sbrtLiverLimits, .patient, limitWords,
      "the liver's limits against the estimated dose of a planned SBRT course of all lesions", isPlanned: true
    ).titled("liver limits against a planned SBRT").labelled("liver dose"),
  ]

  static let radiotherapyLesion: [FactDefinition] =
    [
      words(.centralityRTOG, .lesion, ["peripheral", "central"], "central by RTOG 0813").titled(
        "centrality (RTOG)"),
      words(.centralityIASLC, .lesion, ["peripheral", "central"], "central by the IASLC zone").titled(
        "centrality (IASLC)"),
      words(
        .centralityHILUS, .lesion, ["none", "groupA", "groupB"],
        "within 1 cm of the bronchial tree by HILUS: group A of trachea or main bronchi, group B of the rest"
      ).titled("centrality (HILUS)"),
      words(
        .ultracentral, .lesion, ["no", "yes"],
        "the planning target overlaps airway, oesophagus, great vessels or heart", isPlanned: true),
      number(
        .earlierDoseHere, .lesion, .grays, 0...500,
        "greatest dose that earlier courses gave within the lesion, as EQD2 with \u{03B1}/\u{03B2} 3 Gy, summed"
      ).titled("earlier dose at the lesion (EQD2, α/β 3)").labelled("earlier dose"),
      number(
        .sbrtTargetVolume, .lesion, .cubicCentimetres, 0.01...3000, "volume of the planned target",
        isPlanned: true
      ).titled("planning target volume").labelled("target volume"),
      words(
        .sbrtCumulative, .lesion, limitWords + ["noOverlap"],
        "cumulative limits against earlier courses and a planned SBRT of this lesion together",
        isPlanned: true
      ).titled("cumulative limits against a planned SBRT").labelled("cumulative dose"),
    ]
    + OrganAtRisk.allCases.map { organ in
      words(
        .sbrtDose(organ), .lesion, limitWords,
        "limits of the \(organ.title) against the estimated dose of a planned SBRT of this lesion",
        isPlanned: true
      ).titled("SBRT dose to the \(organ.title)").labelled("\(organ.title) dose")
    }
}
