// SPDX-License-Identifier: Apache-2.0
/// A table of a registry as a document for the terminal.
public struct RegistryTable: Sendable {
  /// The document.
  public let document: ReportDocument

  /// - Parameters:
  ///   - columns: their heads.
  ///   - rows: a cell a column each.
  public init(_ heading: String, _ columns: [String], _ rows: [[String]]) {
    document = ReportDocument([
      ReportSection(
        heading, .page,
        [
          rows.isEmpty
            ? .paragraph(ReportLine("none"))
            : .table(
              ReportTable(columns.map { .init($0, width: 24) }, rows.map { $0.map { .init($0) } }))
        ])
    ])
  }
}
