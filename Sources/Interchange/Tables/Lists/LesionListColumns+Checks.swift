// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

extension LesionListColumns {
  /// Whether a table's header speaks of lesions: it has sizes, places or sites, or a size that lacks its unit.
  static func areLesions(_ path: String) -> Bool {
    guard var text = try? DelimitedText(path: path), let header = try? text.record() else { return false }
    let columns: LesionListColumns
    do { columns = try LesionListColumns(header.fields.map(\.trimmed), file: path) } catch {
      // Only headers of lesions are refused.
      return true
    }
    return columns.tellLesions
  }

  /// Whether a column tells a site, a size or a place.
  private var tellLesions: Bool {
    meanings.contains {
      switch $0 {
      case .site, .side, .lobe, .diameter, .dated, .fact, .x: true
      default: false
      }
    }
  }

  /// A row whose blank patient id, study and scan day are those of the row above: what a person merges for a patient's rows.
  func filled(_ fields: [String], from above: [String]?) -> [String] {
    guard let above, above.count == fields.count else { return fields }
    return fields.enumerated().map { index, cell in
      switch meanings[index] {
      case .patientID, .study, .scanDate: SpreadsheetTraces.isBlank(cell) ? above[index] : cell
      default: cell
      }
    }
  }

  /// Headers with those of the user's own words replaced by this program's.
  ///
  /// - Throws: `InputError` for a word that is no header here, and for a meaning that is none.
  static func renamed(
    _ headers: [String], _ options: LesionListOptions, file: String
  ) throws(InputError) -> [String] {
    let columns = options.usualColumns.merging(options.columns) { _, given in given }
    guard !columns.isEmpty else { return headers }
    for (own, meaning) in columns.sorted(by: { $0.key < $1.key }) {
      guard headers.contains(own) || options.columns[own] == nil else {
        throw InputError(
          file: file, place: "header", "has no column \(QuotedCell.words(own)) that --column names",
          advice: "it has: \(headers.prefix(12).map(VisibleText.escaped).joined(separator: ", "))")
      }
      guard try LesionListColumns([meaning], file: file).ignored.isEmpty else {
        throw InputError(
          file: file, place: "--column", "\(meaning) is the name of no column",
          advice: "expected such as lesion_id, site, side, longest_diameter_mm, x_mm, y_mm, z_mm")
      }
    }
    return headers.map { columns[$0] ?? $0 }
  }

  /// The columns of a list that can be used: they tell a site, a size or a place, and which diameter sizes are.
  ///
  /// - Throws: `InputError` for any other header.
  init(checking headers: [String], _ options: LesionListOptions, file: String) throws {
    guard headers.count <= InputLimits.columns else {
      throw InputError(
        file: file, place: "header",
        "has \(headers.count) columns, more than the \(InputLimits.columns) that are read",
        advice: "keep the columns that tell of lesions; spreadsheets save empty ones, too")
    }
    try self.init(headers, sizeFactor: options.sizeFactor, file: file)
    guard tellLesions else {
      let hint =
        headers.contains { $0.uppercased() == "TRTESTCD" || $0.uppercased() == "TUTESTCD" }
        ? "this is an SDTM table with one row a measurement; bring it to one row a lesion first"
        : "expected columns such as lesion_id, site, side, longest_diameter_mm, x_mm, y_mm, z_mm"
      throw InputError(
        file: file, place: "header",
        "no column tells a site, a size or a place (it has: \(headers.prefix(12).joined(separator: ", ")))",
        advice: hint)
    }
    let hasKindColumn = meanings.contains(.diameterKind)
    let hasSize = meanings.contains {
      switch $0 {
      case .diameter, .dated: true
      default: false
      }
    }
    if hasSize,
      options.diameterKind == nil, !hasKindColumn
    {
      throw InputError(
        file: file, place: "header", "the size does not say which diameter it is",
        advice:
          "add a diameter_kind column or --diameter-kind longest_axial | equivalent | greatest (read as one another they flip the 3 cm limit)"
      )
    }
  }
}
