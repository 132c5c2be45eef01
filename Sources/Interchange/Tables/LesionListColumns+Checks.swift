// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

extension LesionListColumns {
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
    let useful = meanings.contains {
      switch $0 {
      case .site, .side, .lobe, .diameter, .dated, .fact, .x: true
      default: false
      }
    }
    guard useful else {
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
