// SPDX-License-Identifier: Apache-2.0
public import Foundation
internal import Planning
internal import Report
public import Vocabulary

extension Worklists {
  private static let columns = [
    "service", "rank", "patient_id", "source", "behind_by", "advice", "weeks", "verdict", "leading",
    "candidates",
    "excluded",
    "unlisted_lesions", "completeness", "largest_mm_low", "largest_mm_high", "doubling_time_days_low",
    "doubling_time_days_high", "therapies", "sittings_low", "sittings_high", "basis", "target_volume_cc_low",
    "target_volume_cc_high", "visits_low", "visits_high", "lung_v20_percent", "lung_v20_percent_low",
    "lung_v20_percent_high", "earlier_courses_low", "earlier_courses_high", "techniques", "operations_low",
    "operations_high",
    "registry_group", "reserve_missing", "missing", "granted", "lists", "why", "warnings", "protocol_sha256",
  ]

  /// The lists as CSV: a row a patient and list; patients on no list have one with service `none`, those that could not be read
  /// one with service `error`.
  ///
  /// - Parameters:
  ///   - services: whose lists.
  ///   - limit: rows of each at most; all without it.
  ///   - write: takes the bytes, in order.
  /// - Throws: `InputError` where the journal cannot be read, and what `write` throws.
  public func table(
    _ services: [HospitalService], limit: Int?, write: (Data) throws -> Void
  ) throws {
    try write(DossierTables.csv([Self.columns]))
    for service in services {
      let places = ranking.ordered(service.rawValue)
      let shown = Array(places.prefix(limit ?? places.count))
      for start in stride(from: 0, to: shown.count, by: 1000) {
        let list = try list(service, Array(shown[start..<min(start + 1000, shown.count)]))
        try write(
          DossierTables.csv(
            zip(list.rows, list.behind).enumerated().map { rank, entry in
              cells(entry.0, service, rank: start + rank + 1, behind: entry.1)
            }))
      }
    }
    for (service, ranges) in [("none", ranking.orderedUnlisted()), ("error", ranking.orderedErrors())] {
      for start in stride(from: 0, to: ranges.count, by: 1000) {
        try write(
          DossierTables.csv(
            try others(Array(ranges[start..<min(start + 1000, ranges.count)])).map { other in
              var cells = Array(repeating: "", count: Self.columns.count)
              cells[0] = service
              cells[2] = other.patientID ?? ""
              cells[3] = other.source ?? ""
              cells[Self.columns.count - 3] = other.why.joined(separator: "; ")
              cells[Self.columns.count - 1] = careProtocol.sha256
              return cells
            }))
      }
    }
  }

  private func cells(
    _ row: WorklistRow, _ service: HospitalService, rank: Int, behind: String?
  ) -> [String] {
    /// Both ends; the upper one empty where it is open.
    func ends(_ figures: [Double]?) -> [String] {
      let texts = (figures ?? []).map(Self.plain)
      return texts + Array(repeating: "", count: 2 - texts.count)
    }
    func ends(_ figures: [Int]?) -> [String] { ends(figures?.map(Double.init)) }
    let therapies = Dictionary(grouping: row.candidates, by: \.modality).mapValues(\.count)
    let techniques = row.candidates.map { $0.technique ?? "?" }
    let head = [
      service.rawValue, String(rank), row.patientID ?? "", row.source ?? "", behind ?? "", row.advice,
      row.weeks.map(String.init) ?? "", row.verdict, row.leading, String(row.candidates.count),
      String(row.excluded.count), row.unlistedLesions.map(String.init) ?? "", row.completeness,
    ]
    let figures =
      ends(row.largestMM) + ends(row.doublingTimeDays)
      + [therapies.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "; ")]
      + ends(row.ablation?.sittings) + [row.irradiation?.basis ?? ""] + ends(row.irradiation?.targetVolumeCC)
      + ends(row.irradiation?.visits)
      + (row.irradiation?.lungV20Percent?.map(Self.plain) ?? ["", "", ""])
      + ends(row.irradiation?.earlierCourses)
    let surgery =
      [row.resection == nil ? "" : techniques.joined(separator: "; ")] + ends(row.resection?.operations)
      + [row.resection?.registryGroup ?? "", (row.resection?.reserveMissing ?? []).joined(separator: " ")]
    return head + figures + surgery + [
      row.missing.map(\.question).joined(separator: " "), row.granted.joined(separator: " "),
      row.lists.joined(separator: " "),
      row.order.map(\.text).joined(separator: "; "), row.warnings.joined(separator: "; "),
      careProtocol.sha256,
    ]
  }

  private static func plain(_ x: Double) -> String { x == x.rounded() ? String(Int(x)) : String(x) }
}
