// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Interchange
import Vocabulary

/// What the user says about lesion lists that they do not say themselves.
struct ListArguments: ParsableArguments {
  @Option(name: .long, help: "Which diameter the list's sizes are: longest_axial, equivalent or greatest.")
  var diameterKind: String?

  @Option(name: .long, help: "The unit of sizes whose header names none: mm or cm.")
  var sizeUnit: String?

  @Option(name: .long, help: "The site of lesions whose source names none, as lung or liver.")
  var site: String?

  /// The options that were given, by name.
  var given: [String] {
    let single: [(String, String?)] = [
      ("--diameter-kind", diameterKind), ("--size-unit", sizeUnit), ("--site", site),
    ]
    return single.filter { $0.1 != nil }.map(\.0)
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
  var options: LesionListOptions {
    LesionListOptions(
      diameterKind: diameterKind.flatMap(DiameterKind.init(word:)), site: site.flatMap(Site.init(word:)),
      sizeFactor: sizeUnit.flatMap(LesionListOptions.sizeFactor(of:)))
  }
}
