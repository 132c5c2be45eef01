// SPDX-License-Identifier: Apache-2.0
public import Cases
internal import Eligibility
internal import Facts
public import Foundation
internal import Vocabulary

/// A case's lesions and patient as the files `import` reads: the way back, used for phantoms.
public enum CaseTables {
  /// A lesion list: what is stated of every lesion, with units in the headers.
  public static func lesionList(_ patientCase: PatientCase) -> Data {
    let facts = Set(patientCase.lesions.flatMap(\.statements.keys)).sorted()
    var rows = [["patient_id", "lesion_id", "site", "side", "lobe"] + facts.map(\.definition.key)]
    for lesion in patientCase.lesions {
      var row = [patientCase.patientID ?? "", lesion.id]
      row += [lesion.site?.rawValue ?? "", lesion.side?.rawValue ?? "", lesion.lobe?.abbreviation ?? ""]
      for fact in facts {
        switch lesion.statements[fact]?.value {
        case .number(let x)?: row.append(StatementParser.plain(x))
        case .word(let word)?: row.append(word)
        case .interval?, nil: row.append("")
        }
      }
      rows.append(row)
    }
    return DossierTables.csv(rows)
  }

  /// A patient file in YAML.
  public static func patientFile(_ patientCase: PatientCase) -> Data {
    var lines: [String] = []
    if let id = patientCase.patientID { lines.append("patient_id: \"\(id)\"") }
    for (fact, statement) in patientCase.patient.statements.sorted(by: { $0.key < $1.key }) {
      let definition = fact.definition
      switch statement.value {
      case .number(let x): lines.append("\(definition.key): \(StatementParser.plain(x))")
      case .word(let word): lines.append("\(definition.key): \"\(word)\"")
      case .interval: continue
      }
    }
    if let therapies = patientCase.patient.priorTherapies {
      lines.append(therapies.isEmpty ? "prior_therapies: []" : "prior_therapies:")
      for therapy in therapies {
        var parts = ["kind: \(therapy.kind.rawValue)"]
        if let lesion = therapy.lesion { parts.append("lesion: \"\(lesion)\"") }
        if let site = therapy.site { parts.append("site: \(site)") }
        if let side = therapy.side { parts.append("side: \(side)") }
        if let months = therapy.monthsAgo { parts.append("months_ago: \(StatementParser.plain(months))") }
        lines.append("  - {\(parts.joined(separator: ", "))}")
      }
    }
    return Data((lines.joined(separator: "\n") + "\n").utf8)
  }
}
