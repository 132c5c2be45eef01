internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
public import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// `measure` for people: sizes, then the nearest structures of every lesion, then the structures themselves.
public struct MeasurementsText {
  private let dossier: Dossier
  private let style: TextStyle

  /// A text of a measured dossier.
  public init(_ dossier: Dossier, style: TextStyle = .plain) {
    self.dossier = dossier
    self.style = style
  }

  /// The whole text, ending in a line break.
  public var text: String {
    [sizes, nearest, structures].filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var sizes: String {
    var table = TextTable([
      "lesion", "site", "longest axial", "short axis", "greatest", "volume", "basis",
    ])
    for lesion in dossier.patientCase.lesions {
      let measured = dossier.measurements[lesion: lesion.id]
      let drawn = measured.flatMap { $0.modelled ? nil : $0 }
      let place = LesionWords.place(lesion, measured)
      let basis: String
      if let solid = drawn.flatMap({ _ in lesion.body?.solid }) {
        basis = "contours, \(solid.slabs.count) planes, end caps: \(solid.endCap.rawValue)"
      } else {
        basis = "as stated"
      }
      table.rows.append([
        .init(lesion.id), .init(place), .init(LesionWords.size(lesion, measured)),
        .init(
          drawn?.diameters.map { Figures.millimeters($0.shortAxis) }
            ?? LesionWords.reported(lesion, .shortAxis, "mm")),
        .init(drawn.map { Figures.millimeters($0.greatestDiameter) } ?? "–"),
        .init(
          drawn.map { Figures.volume($0.volume) } ?? LesionWords.reported(lesion, .volume, "cc")),
        .init(basis, .faint),
      ])
    }
    return table.text(style)
  }

  private var nearest: String {
    var blocks: [String] = []
    for lesion in dossier.patientCase.lesions {
      guard let measured = dossier.measurements[lesion: lesion.id] else { continue }
      var table = TextTable(["  \(lesion.id): distance to", "", "overlap", ""])
      if let depth = measured.pleuralDepth {
        table.rows.append([
          .init("  pleura (surface of \(measured.pleuralContainer?.tg263 ?? "lung"))"),
          .init(Figures.millimeters(depth.nearest)), .init(""),
          .init("deepest point \(Figures.millimeters(depth.deepest))", .faint),
        ])
      }
      for entry in measured.clearances {
        let overlap = entry.clearance.overlap
        table.rows.append([
          .init("  " + entry.structure.tg263), .init(Figures.millimeters(entry.clearance.distance)),
          .init(overlap > .zero ? Figures.volume(overlap) : ""),
          .init(
            [
              entry.derived ? "derived" : "",
              measured.modelled ? "estimate from a ball of the stated size" : "",
            ]
            .filter { !$0.isEmpty }.joined(separator: ", "), .faint),
        ])
      }
      if !table.rows.isEmpty { blocks.append(table.text(style)) }
    }
    return blocks.joined(separator: "\n\n")
  }

  private var structures: String {
    guard !dossier.patientCase.structures.isEmpty else { return "" }
    var table = TextTable(["structure", "from", "volume", "planes", "note"])
    for structure in dossier.patientCase.structures {
      table.rows.append([
        .init(structure.name.tg263), .init(structure.sourceName),
        .init(Figures.volume(structure.contoured.volume)), .init(String(structure.contoured.slabs.count)),
        .init(
          (structure.derivation.map { "derived: \($0)" } ?? "") + structure.warnings.joined(separator: "; "),
          .faint),
      ])
    }
    return table.text(style)
  }
}
