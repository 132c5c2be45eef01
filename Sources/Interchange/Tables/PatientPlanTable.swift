// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Foundation
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Report
internal import Vocabulary

extension PlanTables {
  /// One row a lesion and plan of the patient as a whole, the recommended plan first.
  ///
  /// A header alone when the dossier holds no such plan.
  static func patient(_ dossier: Dossier) -> Data {
    var rows = [
      [
        "patient_id", "plan", "lesion", "site", "side", "choice", "scheme", "fractions", "verdict", "score",
        "session", "no_meaningful_difference", "why",
      ]
    ]
    let plans = (dossier.patientPlan?.alternatives ?? [])
    for variant in [dossier.patientPlan?.recommended].compactMap(\.self) + plans {
      for assignment in variant.assignments {
        let session = variant.sessions.firstIndex { $0.lesions.contains(assignment.lesion) }
        rows.append([
          dossier.patientCase.patientID ?? "", variant.title, assignment.lesion,
          assignment.site?.rawValue ?? "", assignment.side?.rawValue ?? "", assignment.choice.word,
          assignment.scheme?.id ?? "", assignment.scheme.map { String($0.fractionation.fractions) } ?? "",
          assignment.judgement?.verdict.word ?? "",
          assignment.judgement.map { String(JSONText.rounded($0.score, digits: 1)) } ?? "",
          session.map { String($0 + 1) } ?? "", assignment.alike.map(\.word).joined(separator: " "),
          assignment.reasons.map { ReasonWords.text($0.reason) }.joined(separator: "; "),
        ])
      }
    }
    return DossierTables.csv(rows)
  }
}
