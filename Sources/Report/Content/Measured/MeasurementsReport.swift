// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Facts
public import Planning
internal import Quantities
internal import Vocabulary

/// `measure` for people: sizes and the nearest structures of every lesion; all distances and the structures with the details.
public struct MeasurementsReport {
  /// The report.
  public let document: ReportDocument

  /// A report of a measured dossier; a case without lesions has no table of them.
  public init(_ dossier: Dossier) {
    let parts = MeasurementTables(dossier)
    document = ReportDocument(
      [
        ReportSection("", .page, [.table(parts.sizes)]),
        ReportSection("", .page, [.table(parts.nearest)]),
        ReportSection("", .page, [.list(parts.summary)]),
      ] + parts.distances + [ReportSection("Structures", .detail, [.table(parts.structures)])])
  }
}

/// The tables of what was measured.
private struct MeasurementTables {
  private let dossier: Dossier

  init(_ dossier: Dossier) { self.dossier = dossier }

  /// Structures that the page names for each lesion.
  private static let most = 4

  var sizes: ReportTable {
    let rows = dossier.patientCase.lesions.map { lesion -> [ReportTable.Cell] in
      let measured = dossier.measurements[lesion: lesion.id]
      let contoured = measured.flatMap { $0.modelled ? nil : $0 }
      let basis =
        contoured.flatMap { _ in lesion.body?.solid }.map {
          "\($0.slabs.count) planes, end caps: \($0.endCap.rawValue)"
        } ?? "as reported"
      return [
        .init(lesion.id, .strong), .init(LesionWords.place(lesion, measured)),
        .init(LesionWords.size(lesion, measured)),
        .init(
          contoured?.diameters.map { Figures.millimeters($0.shortAxis) }
            ?? LesionWords.reported(lesion, .shortAxis, "mm")),
        .init(contoured.map { Figures.millimeters($0.greatestDiameter) } ?? "–"),
        .init(
          contoured.map { Figures.volume($0.volume) } ?? LesionWords.reported(lesion, .volume, "cc")),
        .init(basis, .faint),
      ]
    }
    return ReportTable(
      [
        .init("lesion", width: 10), .init("site", width: 11), .init("longest axial", width: 13),
        .init("short axis", width: 10), .init("greatest", width: 9), .init("volume", width: 9),
        .init("contours", width: 26),
      ], rows)
  }

  /// Each lesion's depth from the pleura and its nearest structures; lesions without a body are left out.
  var nearest: ReportTable {
    let rows = dossier.measurements.lesions.map { measured -> [ReportTable.Cell] in
      let words = measured.clearances.prefix(Self.most).map {
        "\($0.structure.tg263) \(Figures.millimeters($0.clearance.distance))"
          + ($0.clearance.overlap > .zero ? " (\(Figures.volume($0.clearance.overlap)) in it)" : "")
      }
      return [
        .init(measured.id, .strong),
        .init(
          measured.pleuralDepth.map {
            "\(Figures.millimeters($0.nearest)), deepest \(Figures.millimeters($0.deepest))"
          } ?? "–"),
        .init(
          (words.isEmpty ? "nothing contoured" : words.joined(separator: ", "))
            + (measured.modelled ? "; estimated from the reported size" : "")),
      ]
    }
    return ReportTable(
      [.init("lesion", width: 10), .init("from pleura", width: 25), .init("nearest structures", width: 61)],
      rows)
  }

  /// How many structures there are, and what was said of them.
  var summary: [ReportLine] {
    let all = dossier.patientCase.structures
    guard !all.isEmpty else { return [] }
    let derived = all.count { $0.derivation != nil }
    let doubtful = all.filter { !$0.warnings.isEmpty }.map(\.name.tg263)
    var lines = [
      ReportLine(
        "\(all.count) structures\(derived > 0 ? ", \(derived) of them derived" : ""): --detail lists them with every distance"
      )
    ]
    if !doubtful.isEmpty {
      lines.append(
        ReportLine("with warnings: \(doubtful.joined(separator: ", "))", .caution, sign: .conditions))
    }
    return lines
  }

  // MARK: Detail

  /// One section a lesion: every distance and overlap.
  var distances: [ReportSection] {
    dossier.patientCase.lesions.compactMap { lesion in
      guard let measured = dossier.measurements[lesion: lesion.id] else { return nil }
      var rows: [[ReportTable.Cell]] = []
      if let depth = measured.pleuralDepth {
        rows.append([
          .init("pleura (surface of \(measured.pleuralContainer?.tg263 ?? "lung"))"),
          .init(Figures.millimeters(depth.nearest)), .init(""),
          .init("deepest point \(Figures.millimeters(depth.deepest))", .faint),
        ])
      }
      rows += measured.clearances.map { entry in
        let overlap = entry.clearance.overlap
        let notes = [
          entry.derived ? "derived" : "",
          measured.modelled ? "estimate from a ball of the reported size" : "",
        ].filter { !$0.isEmpty }
        return [
          .init(entry.structure.tg263), .init(Figures.millimeters(entry.clearance.distance)),
          .init(overlap > .zero ? Figures.volume(overlap) : ""),
          .init(notes.joined(separator: ", "), .faint),
        ]
      }
      return ReportSection(
        "Lesion \(lesion.id)", .detail,
        [
          .table(
            ReportTable(
              [
                .init("distance to", width: 34), .init("mm", width: 9), .init("overlap", width: 9),
                .init("note", width: 42),
              ], rows))
        ])
    }
  }

  var structures: ReportTable {
    ReportTable(
      [
        .init("structure", width: 18), .init("from", width: 18), .init("volume", width: 9),
        .init("planes", width: 6), .init("note", width: 41),
      ],
      dossier.patientCase.structures.map { structure in
        let notes = [structure.derivation.map { "derived: \($0)" }].compactMap(\.self) + structure.warnings
        return [
          .init(structure.name.tg263), .init(structure.sourceName),
          .init(Figures.volume(structure.contoured.volume)),
          .init(String(structure.contoured.slabs.count)), .init(notes.joined(separator: "; "), .faint),
        ]
      })
  }
}
