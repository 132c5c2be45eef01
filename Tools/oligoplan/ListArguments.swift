// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Interchange
import Vocabulary

/// What the user says about lesion lists that they do not say themselves.
struct ListArguments: ParsableArguments {
  @Option(name: .long, help: "Which diameter the list's sizes are: longest_axial, equivalent or greatest.")
  var diameterKind: String?

  @Option(
    name: [.long, .customLong("unit")],
    help: "The unit of sizes whose header or measurement names none: mm or cm.")
  var sizeUnit: String?

  @Option(name: .long, help: "The site of lesions whose source names none, as lung or liver.")
  var site: String?

  @Option(name: .long, help: "The sheet of a spreadsheet (XLSX) that is read; the first one without it.")
  var sheet: String?

  @Flag(
    name: .long,
    help: "Give merged cells to every row that they span, and blank patient ids the row above's.")
  var fillDown = false

  @Option(
    name: .long,
    help: "What a column means, as \"Größe=longest_diameter_mm\"; may be repeated.")
  var column: [String] = []

  @Option(name: .long, help: "A file of such lines for all columns of a clinic's lists, kept beside them.")
  var columns: String?

  /// The options that were given, by name.
  var given: [String] {
    let single: [(String, String?)] = [
      ("--diameter-kind", diameterKind), ("--size-unit", sizeUnit), ("--site", site), ("--sheet", sheet),
      ("--columns", columns),
    ]
    return single.filter { $0.1 != nil }.map(\.0) + (column.isEmpty ? [] : ["--column"])
      + (fillDown ? ["--fill-down"] : [])
  }

  func validate() throws {
    if let diameterKind, DiameterKind(word: diameterKind) == nil {
      throw ValidationError("--diameter-kind is longest_axial, equivalent or greatest")
    }
    if let site, Site(word: site) == nil {
      throw ValidationError("--site is one of " + Site.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if let sizeUnit, LesionListOptions.sizeFactor(of: sizeUnit) == nil {
      throw ValidationError("--size-unit is mm or cm")
    }
  }

  /// As the readers of lists take them.
  ///
  /// - Throws: `InputError` for columns that cannot be read.
  func options() throws -> LesionListOptions {
    var options = LesionListOptions(
      diameterKind: diameterKind.flatMap(DiameterKind.init(word:)), site: site.flatMap(Site.init(word:)),
      sizeFactor: sizeUnit.flatMap(LesionListOptions.sizeFactor(of:)))
    options.sheet = sheet
    options.fillsDown = fillDown
    if let columns { options.usualColumns = try ColumnMapping.read(columns) }
    for text in column {
      let (own, meaning) = try ColumnMapping.pair(text)
      options.columns[own] = meaning
    }
    return options
  }
}
