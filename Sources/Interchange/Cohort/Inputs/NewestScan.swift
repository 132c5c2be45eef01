// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Facts
internal import Foundation
internal import Vocabulary

/// Of a patient's rows from several scan days, those of the newest, with the sizes before beside them.
///
/// Lesions of two scans are one disease at two times: the newest scan is the patient's, the one before it tells growth of
/// lesions that bear the same id in both.
struct NewestScan {
  let headers: [String]
  let rows: [PatientRows.Row]
  /// What was left out, in words; `nil` where there was one scan.
  let note: String?

  /// Days that cannot be read are left to the reader of rows, which says so.
  init(_ rows: [PatientRows.Row], _ columns: LesionListColumns, _ options: LesionListOptions) {
    let whole = rows.filter { $0.defect == nil && $0.fields.count == columns.meanings.count }
    guard let dayColumn = columns.meanings.firstIndex(of: .scanDate), whole.count == rows.count,
      !columns.meanings.contains(.earlierScanDate)
    else {
      (headers, self.rows, note) = (columns.headers, rows, nil)
      return
    }
    func day(_ row: PatientRows.Row) -> String { row.fields[dayColumn].trimmed }
    let days = Set(rows.map(day)).filter { !$0.isEmpty }.sorted()
    // Days are compared as text, which only holds for YYYY-MM-DD.
    guard let newest = days.last, days.count > 1, days.allSatisfy(Self.isISO) else {
      (headers, self.rows, note) = (columns.headers, rows, nil)
      return
    }
    let kept = rows.filter { [newest, ""].contains(day($0)) }
    note =
      "\(rows.count - kept.count) \(rows.count - kept.count == 1 ? "row" : "rows") of earlier scans (\(days.dropLast().joined(separator: ", "))) tell growth, and are no lesions of their own"
    guard let sizes = Self.sizes(columns, options), let ids = columns.meanings.firstIndex(of: .lesionID)
    else {
      (headers, self.rows) = (columns.headers, kept)
      return
    }
    headers = columns.headers + ["earlier_longest_diameter_mm", "earlier_scan_date"]
    // Of each lesion the last row before the newest scan.
    var earlier: [String: PatientRows.Row] = [:]
    for row in rows where day(row) < newest && !day(row).isEmpty {
      let id = row.fields[ids].trimmed
      if let known = earlier[id], day(known) >= day(row) { continue }
      earlier[id] = row
    }
    self.rows = kept.map { row in
      let id = row.fields[ids].trimmed
      guard !id.isEmpty, day(row) == newest, let before = earlier[id],
        let size = Double(before.fields[sizes.column].trimmed)
      else { return PatientRows.Row(place: row.place, fields: row.fields + ["", ""], defect: nil) }
      return PatientRows.Row(
        place: row.place, fields: row.fields + [String(size * sizes.factor), day(before)], defect: nil)
    }
  }

  /// The column of longest axial diameters and what it is multiplied with; `nil` where sizes are other diameters, of which no
  /// growth is told.
  private static func sizes(
    _ columns: LesionListColumns, _ options: LesionListOptions
  ) -> (column: Int, factor: Double)? {
    for (column, meaning) in columns.meanings.enumerated() {
      switch meaning {
      case .fact(.longestAxialDiameter, let factor): return (column, factor)
      case .diameter(let factor) where options.diameterKind == .longestAxial: return (column, factor)
      default: continue
      }
    }
    return nil
  }

  private static func isISO(_ day: String) -> Bool {
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    return day.count == 10 && parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { Int($0) != nil }
  }
}
