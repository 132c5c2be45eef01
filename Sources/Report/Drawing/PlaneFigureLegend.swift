// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Planning
internal import Quantities
internal import Resection
internal import Vocabulary

/// The column beside a plane: whose lesion, what resection is planned, the least clearances, what is drawn how.
struct PlaneFigureLegend {
  let figure: PlaneFigure
  let structures: [PlaneFigure.Shape]
  /// The lesions whose specimens are drawn.
  let specimens: [String]
  /// Where the column begins, how wide it is and where it ends, on the page.
  let left: Double
  let width: Double
  let bottom: Double

  private struct Row {
    var text: String
    var size = 13.0
    var isBold = false
    var colour = "#000"
    /// A line of this kind before the text.
    var mark: SVGShape.Stroke?
    /// Room above.
    var above = 4.0
  }

  /// The column's elements; what has no room is counted, never left out unsaid.
  var elements: [String] {
    var parts: [String] = []
    var y = 14.0
    let end = bottom - 34
    let all = rows
    for (index, row) in all.enumerated() {
      let indent = row.mark == nil ? 0.0 : 30
      let lines = SVGText.lines(
        [.init(row.text, bold: row.isBold)], size: row.size, width: width - indent)
      let height = row.above + Double(lines.count) * (row.size + 2)
      guard y + height <= end else {
        parts.append(
          SVGText.element("and \(all.count - index) more", at: SIMD2(left, y + 16), size: 12, colour: "#444"))
        break
      }
      y += row.above
      if let mark = row.mark {
        let middle = y + row.size * 0.68
        parts.append(SVGShape.line(SIMD2(left, middle), SIMD2(left + 22, middle), mark))
      }
      for line in lines {
        y += row.size + 2
        parts.append(
          SVGText.element(line, at: SIMD2(left + indent, y - 2), size: row.size, colour: row.colour))
      }
    }
    parts.append(
      SVGText.element(
        "Informs a tumour board; no medical device.", at: SIMD2(left, bottom - 14), size: 11, colour: "#444"))
    return parts
  }

  private var rows: [Row] {
    let (lesion, measured) = (figure.lesion, figure.measured)
    var rows = [
      Row(text: "Lesion \(lesion.id)", size: 20, isBold: true),
      Row(
        text: "\(LesionWords.place(lesion, measured)), longest axial \(LesionWords.size(lesion, measured))"),
      Row(
        text: "axial plane z = \(Figures.number(figure.z, digits: 1)) mm, seen from the feet", colour: "#444"),
    ]
    if measured.modelled {
      rows.append(
        Row(
          text: "body modelled from the stated size: distances are estimates", size: 12, colour: "#b00020"))
    }
    rows += resection
    rows.append(heading("Least clearances"))
    rows += figure.clearances.map { line in
      Row(
        text:
          "\(line.name): \(Figures.millimeters(line.distance))\(line.isOffPlane ? " (off this plane)" : "")"
      )
    }
    rows.append(heading("Structures in this plane"))
    rows.append(Row(text: "the lesion", mark: .init(colour: PlaneFigure.lesionColour, width: 8)))
    rows += structures.map { entry in
      let name = entry.structure.name.tg263
      return Row(
        text: entry.structure.derivation == nil ? name : "\(name) (derived)", mark: entry.stroke)
    }
    return rows
  }

  private func heading(_ text: String) -> Row { Row(text: text, size: 15, isBold: true, above: 14) }

  /// What a planned resection says of this lesion.
  private var resection: [Row] {
    guard let plan = figure.dossier.resectionPlan,
      let proposal = plan.lesions.first(where: { $0.lesion == figure.lesion.id })?.proposal
    else { return [] }
    var words = [
      "\(ResectionWords.technique(proposal, in: plan)), margin \(Figures.millimeters(proposal.standard.margin))",
      "pleura \(Figures.millimeters(proposal.nearestPleura)) off"
        + (proposal.deepest.map { ", inner edge \(Figures.millimeters($0)) deep" } ?? ""),
    ]
    if proposal.choice.technique == .wedge, let volume = proposal.standard.wedge {
      words.append("specimen, the least: \(Figures.volume(volume))")
    }
    if let mark = proposal.localisation { words.append("marking: \(ResectionWords.mark(mark.answer))") }
    return [heading("Planned resection")] + words.map { Row(text: $0) }
      + specimens.map { Row(text: "specimen for \($0)", mark: figure.stroke(of: $0)) }
  }
}
