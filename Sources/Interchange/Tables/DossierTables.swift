// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
public import Foundation
public import Planning
internal import Quantities
internal import Reasons
internal import Report
internal import Vocabulary

/// Answers as CSV (RFC 4180, UTF-8, CRLF), for spreadsheets and statistics.
public enum DossierTables {
  /// One row a lesion and therapy: verdict, score and its range, concerns, reasons, what is missing.
  public static func assessment(_ dossier: Dossier) -> Data {
    var rows = [
      [
        "patient_id", "lesion_id", "site", "rank", "modality", "verdict", "likely", "score", "score_low",
        "score_high", "control", "neighbours", "deliverability", "reserve", "burden", "reasons",
        "provided_that", "missing", "manoeuvres",
      ]
    ]
    let patient = dossier.patientCase.patientID ?? ""
    for lesion in dossier.assessment?.lesions ?? [] {
      if lesion.modalities.isEmpty {
        rows.append(
          [patient, lesion.lesion, lesion.site?.rawValue ?? "", "", "", "indeterminate"]
            + Array(repeating: "", count: 9) + [lesion.note.map(ReasonWords.text) ?? "", "", "", ""])
      }
      for (rank, judged) in lesion.modalities.enumerated() {
        let reasons = judged.findings.filter { [.excludes, .conditions, .lowers].contains($0.effect) }
        rows.append(
          [
            patient, lesion.lesion, lesion.site?.rawValue ?? "", String(rank + 1), judged.modality.rawValue,
            judged.verdict.word, judged.likely?.word ?? "", judged.isScored ? text(judged.score, 1) : "",
            judged.isScored ? text(judged.scoreRange.lowerBound, 1) : "",
            judged.isScored ? text(judged.scoreRange.upperBound, 1) : "",
          ] + Concern.allCases.map { text(judged.concerns[$0] ?? 1, 3) } + [
            ((judged.unavailable.map { [ReasonWords.text($0)] } ?? [])
              + reasons.map { "\(ReasonWords.text($0.reason)) [\($0.sources.joined(separator: " "))]" })
              .joined(separator: "; "),
            judged.providedThat.map(ReasonWords.text).joined(separator: "; "),
            judged.missing.map(\.fact.name).joined(separator: " "),
            judged.manoeuvres.map(\.rawValue).joined(separator: " "),
          ])
      }
    }
    return csv(rows)
  }

  /// One row a lesion and structure: sizes, volume and clearance.
  public static func measurements(_ dossier: Dossier) -> Data {
    var rows = [
      [
        "patient_id", "lesion_id", "site", "side", "lobe", "basis", "longest_axial_diameter_mm",
        "short_axis_mm", "greatest_diameter_mm", "volume_cc", "end_cap", "structure", "structure_derived",
        "distance_mm", "overlap_cc",
      ]
    ]
    for lesion in dossier.patientCase.lesions {
      let measured = dossier.measurements[lesion: lesion.id]
      let drawn = measured.flatMap { $0.modelled ? nil : $0 }
      func stated(_ fact: Fact) -> String {
        if case .number(let x)? = lesion.statements[fact]?.value { text(x, 2) } else { "" }
      }
      let place = lesion.place(measured)
      var head = [dossier.patientCase.patientID ?? "", lesion.id]
      head.append(place.site?.rawValue ?? "")
      head.append(place.side?.rawValue ?? "")
      head.append(place.lobe?.abbreviation ?? "")
      head.append(drawn != nil ? "contours" : (measured != nil ? "modelled" : "stated"))
      head.append(drawn?.diameters.map { text($0.longest.millimeters, 2) } ?? stated(.longestAxialDiameter))
      head.append(drawn?.diameters.map { text($0.shortAxis.millimeters, 2) } ?? stated(.shortAxis))
      head.append(drawn.map { text($0.greatestDiameter.millimeters, 2) } ?? "")
      head.append(drawn.map { text($0.volume.cubicCentimeters, 4) } ?? stated(.volume))
      head.append(drawn == nil ? "" : lesion.body?.solid.endCap.rawValue ?? "")
      let clearances = measured?.clearances ?? []
      if clearances.isEmpty { rows.append(head + ["", "", "", ""]) }
      for entry in clearances {
        rows.append(
          head + [
            entry.structure.tg263, entry.derived ? "yes" : "no",
            text(entry.clearance.distance.millimeters, 2),
            text(entry.clearance.overlap.cubicCentimeters, 4),
          ])
      }
    }
    return csv(rows)
  }

  private static func text(_ x: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", x) }

  /// A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it, numbers stay numbers.
  private static func safe(_ cell: String) -> String {
    // By scalars: with a mark that combines with it, an equals sign is another character and still a formula's beginning.
    let scalars = cell.unicodeScalars
    guard let first = scalars.first,
      let start = scalars.first(where: { !$0.properties.isWhitespace }) ?? scalars.first,
      ["=", "+", "-", "@"].contains(start) || first == "\t" || first == "\r", scalars.count > 1,
      Double(cell) == nil
    else { return cell }
    return "'" + cell
  }

  /// A table as CSV: a header and rows of as many cells.
  public static func table(_ columns: [String], _ rows: [[String]]) -> Data { csv([columns] + rows) }

  static func csv(_ rows: [[String]]) -> Data {
    let lines = rows.map { row in
      row.map { text in
        let cell = safe(text)
        return cell.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) })
          ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
      }.joined(separator: ",")
    }
    return Data((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }
}
