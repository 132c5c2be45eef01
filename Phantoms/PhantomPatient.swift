// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Facts

/// What the phantoms say about their patients: an adult fit for any local therapy.
enum PhantomPatient {
  /// Statements, all with the source "phantom".
  static func statements(
    numbers: [Fact: Double] = [:], words: [Fact: String] = [:]
  ) -> Statements {
    var statements: Statements = [:]
    for (fact, value) in fitNumbers.merging(numbers, uniquingKeysWith: { $1 }) {
      statements[fact] = Statement(.number(value), source: "phantom")
    }
    for (fact, word) in fitWords.merging(words, uniquingKeysWith: { $1 }) {
      statements[fact] = Statement(.word(word), source: "phantom")
    }
    return statements
  }

  private static let fitNumbers: [Fact: Double] = [
    .age: 52, .ecog: 1, .asa: 2, .lifeExpectancy: 36, .ejectionFraction: 60, .fev1: 88, .dlco: 82,
    .inr: 1.0, .platelets: 240, .bilirubin: 0.6, .albumin: 4.2, .creatinine: 0.8, .grade: 2,
    .primaryDiameter: 70, .diseaseFreeInterval: 20, .monthsSinceDiagnosis: 26,
  ]

  private static let fitWords: [Fact: String] = [
    .sex: "female", .generalAnaesthesia: "possible", .consent: "given", .canLieStill: "yes",
    .pacemaker: "absent", .uncontrolledInfection: "absent", .malignantEffusion: "absent",
    .pregnancy: "absent", .activeConnectiveTissueDisease: "absent", .ataxiaTelangiectasia: "absent",
    .germline: "none", .pulmonaryHypertension: "absent", .recentCardiacEvent: "absent",
    .anthracyclineAndHeartDose: "absent", .emphysema: "none", .interstitialLungDisease: "none",
    .singleLung: "no", .bleedingDisorder: "none", .histology: "leiomyosarcoma", .primarySite: "extremity",
    .primaryControl: "controlled", .polymetastaticHistory: "no", .oligometastaticHistory: "no",
    .activeSystemicTherapy: "no", .concurrentSystemicTherapy: "absent", .antiangiogenicTherapy: "absent",
    .progressing: "no", .intent: "curative", .neurologicalSymptoms: "absent", .metastasisProof: "grew",
    .mediastinalNodes: "negative", .regionalNodes: "negative",
  ]
}
