// SPDX-License-Identifier: Apache-2.0
internal import Foundation

extension AssessmentRecord {
  /// One row a lesion and therapy; a patient that could not be read has one row with its errors.
  private static let columns = [
    "patient_id", "advice", "lesion_id", "site", "rank", "modality", "verdict", "likely", "score",
    "leading_rule", "leading_fact", "leading_effect", "requires", "leading_text", "missing", "sources",
    "error",
    "protocol_sha256", "input_sha256",
  ]

  /// The header's line.
  static var header: Data { DossierTables.csv([columns]) }

  /// The rows of this record.
  var table: Data {
    let (head, tail) = ([patientID ?? "", advice ?? ""], [protocolSHA256, inputSHA256])
    func row(_ lesion: LesionEntry?, _ cells: [String], error: String = "") -> [String] {
      let cells = cells + Array(repeating: "", count: 12 - cells.count)
      return head + [lesion?.id ?? "", lesion?.site ?? ""] + cells + [error] + tail
    }
    if let errors {
      let words = errors.map { error in
        [error.place, error.message, error.advice].filter { !$0.isEmpty }.joined(separator: ": ")
      }
      return DossierTables.csv([row(nil, [], error: words.joined(separator: "; "))])
    }
    let rows = (lesions ?? []).flatMap { lesion in
      // A lesion whose site is unknown is listed, too.
      lesion.modalities.isEmpty
        ? [row(lesion, ["", "", "indeterminate", "", "", "", "", "", "", lesion.note ?? ""])]
        : lesion.modalities.enumerated().map { rank, judged in
          row(
            lesion,
            [
              String(rank + 1), judged.modality, judged.verdict, judged.likely ?? "",
              judged.score.map(String.init) ?? "", judged.leading?.rule ?? "", judged.leading?.fact ?? "",
              judged.leading?.effect ?? "", judged.leading?.requires ?? "", judged.leading?.text ?? "",
              judged.missing.joined(separator: " "), (judged.leading?.sources ?? []).joined(separator: " "),
            ])
        }
    }
    return DossierTables.csv(rows)
  }
}
