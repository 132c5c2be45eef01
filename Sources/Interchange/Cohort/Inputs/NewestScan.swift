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
  /// What became of the rows of earlier scans, in words; `nil` where there was one scan.
  let note: String?
  /// Lesions of earlier scans that no row of the newest is known to be about: they may still be there.
  ///
  /// By the cells of their site, empty where none is told.
  let unseen: [String]

  /// Days that cannot be read are left to the reader of rows, which says so.
  init(_ rows: [PatientRows.Row], _ columns: LesionListColumns, _ options: LesionListOptions) {
    let whole = rows.filter { $0.defect == nil && $0.fields.count == columns.meanings.count }
    func cell(_ row: PatientRows.Row, _ meaning: LesionListColumns.Meaning) -> String {
      columns.meanings.firstIndex(of: meaning).map { row.fields[$0].trimmed } ?? ""
    }
    func day(_ row: PatientRows.Row) -> String { cell(row, .scanDate) }
    let days = whole.count == rows.count ? Set(rows.map(day)).filter { !$0.isEmpty }.sorted() : []
    // Days are compared as text, which only holds for YYYY-MM-DD.
    guard columns.meanings.contains(.scanDate), !columns.meanings.contains(.earlierScanDate),
      let newest = days.last, days.count > 1, days.allSatisfy(Self.isISO)
    else {
      (headers, self.rows, note, unseen) = (columns.headers, rows, nil, [])
      return
    }
    let kept = rows.filter { [newest, ""].contains(day($0)) }
    let here = Set(kept.map { cell($0, .lesionID) }).subtracting([""])
    // Of each lesion the last row before the newest scan.
    var earlier: [String: PatientRows.Row] = [:]
    var nameless: [String: [PatientRows.Row]] = [:]
    for row in rows where day(row) < newest && !day(row).isEmpty {
      let id = cell(row, .lesionID)
      if id.isEmpty { nameless[day(row), default: []].append(row) }
      if let known = earlier[id], day(known) >= day(row) { continue }
      earlier[id] = row
    }
    let gone = earlier.filter { !$0.key.isEmpty && !here.contains($0.key) }
    // Without ids the rows of the last scan before stand for lesions that nothing shows to be those of now.
    let unnamed = nameless.max { $0.key < $1.key }?.value ?? []
    unseen = (gone.sorted { $0.key < $1.key }.map(\.value) + unnamed).map { cell($0, .site) }
    let left = rows.count - kept.count
    note =
      "\(left) \(left == 1 ? "row" : "rows") of earlier scans (\(days.dropLast().joined(separator: ", "))) \(left == 1 ? "is no lesion of its" : "are no lesions of their") own"
      + (gone.isEmpty
        ? ""
        : "; lesions \(gone.keys.sorted().joined(separator: ", ")) stand on no row of \(newest): they may still be there, and are not listed")
      + (unnamed.isEmpty
        ? "" : "; rows without a lesion_id tell no growth, and may be about lesions that are not listed")
    guard let sizes = Self.sizes(columns, options), columns.meanings.contains(.lesionID) else {
      (headers, self.rows) = (columns.headers, kept)
      return
    }
    headers = columns.headers + ["earlier_longest_diameter_\(sizes.unit)", "earlier_scan_date"]
    self.rows = kept.map { row in
      let id = cell(row, .lesionID)
      let before = id.isEmpty || day(row) != newest ? nil : earlier[id]
      // Cells are read as those of now are: what cannot be read is said.
      return PatientRows.Row(
        place: row.place,
        fields: row.fields + (before.map { [$0.fields[sizes.column].trimmed, day($0)] } ?? ["", ""]),
        defect: nil)
    }
  }

  /// The column of longest axial diameters and its unit; `nil` where sizes are other diameters, of which no growth is told.
  private static func sizes(
    _ columns: LesionListColumns, _ options: LesionListOptions
  ) -> (column: Int, unit: String)? {
    func unit(_ factor: Double) -> String? { factor == 1 ? "mm" : factor == 10 ? "cm" : nil }
    for (column, meaning) in columns.meanings.enumerated() {
      switch meaning {
      case .fact(.longestAxialDiameter, let factor): return unit(factor).map { (column, $0) }
      case .diameter(let factor) where options.diameterKind == .longestAxial:
        return unit(factor).map { (column, $0) }
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
