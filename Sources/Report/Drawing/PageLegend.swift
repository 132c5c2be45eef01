// SPDX-License-Identifier: Apache-2.0
/// What the lines of an ablation's figures mean, in one row.
struct PageLegend {
  /// Whether the ice's edge is drawn.
  let hasIce: Bool

  private enum Mark {
    case line(colour: String, width: String, dash: String)
    case entry, tip
  }

  private var entries: [(mark: Mark, text: String)] {
    let ice: [(Mark, String)] =
      hasIce ? [(.line(colour: PlaneDrawing.iceColour, width: "1.6", dash: "8 4"), "edge of the ice")] : []
    return [
      (.line(colour: PlaneDrawing.lesionColour, width: "8", dash: ""), "lesion"),
      (.line(colour: PlaneDrawing.zoneColour, width: "2.4", dash: ""), "lethal zone"),
    ] + ice + [
      (.line(colour: "#000", width: "2.2", dash: ""), "applicator within 3 mm of the plane"),
      (.line(colour: "#000", width: "1.6", dash: "4 3"), "beyond, projected"),
      (.entry, "entry"), (.tip, "tip"),
    ]
  }

  /// The row's elements.
  func elements(from left: Double, to right: Double, y: Double) -> [String] {
    let size = 9.0
    let widths = entries.map { 25 + SVGText.width($0.text, size: size) }
    let space = min(20, (right - left - widths.reduce(0, +)) / Double(entries.count - 1))
    var x = left
    var parts: [String] = []
    for (entry, width) in zip(entries, widths) {
      parts.append(element(entry.mark, x, y))
      parts.append(SVGText.element(entry.text, at: SIMD2(x + 25, y + 3), size: size))
      x += width + space
    }
    return parts
  }

  private func element(_ mark: Mark, _ x: Double, _ y: Double) -> String {
    switch mark {
    case .line(let colour, let width, let dash):
      let more = dash.isEmpty ? "" : #" stroke-dasharray="\#(dash)""#
      return
        #"<line x1="\#(f(x))" y1="\#(f(y))" x2="\#(f(x + 20))" y2="\#(f(y))" stroke="\#(colour)" stroke-width="\#(width)"\#(more)/>"#
    case .entry:
      return
        ##"<circle cx="\##(f(x + 14))" cy="\##(f(y))" r="3.6" fill="white" stroke="#000" stroke-width="1.6"/>"##
    case .tip:
      return ##"<path d="M\##(f(x + 10)) \##(f(y - 4))l8 8m0 -8l-8 8" stroke="#000" stroke-width="1.8"/>"##
    }
  }

  private func f(_ x: Double) -> String { Figures.number(x, digits: 1) }
}
