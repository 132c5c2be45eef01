// SPDX-License-Identifier: Apache-2.0
/// What the lines of an ablation's figures mean, in one row.
struct PageLegend {
  /// Whether the ice's edge is drawn.
  let hasIce: Bool

  private enum Mark {
    case line(SVGShape.Stroke)
    case entry, tip
  }

  private var entries: [(mark: Mark, text: String)] {
    let ice: [(Mark, String)] =
      hasIce
      ? [(.line(.init(colour: PlaneDrawing.iceColour, width: 1.6, dash: "8 4")), "edge of the ice")] : []
    return [
      (.line(.init(colour: PlaneDrawing.lesionColour, width: 8)), "lesion"),
      (.line(.init(colour: PlaneDrawing.zoneColour, width: 2.4)), "lethal zone"),
    ] + ice + [
      (.line(.init(width: 2.2)), "applicator within 3 mm of the plane"),
      (.line(.init(width: 1.6, dash: "4 3")), "beyond, projected"),
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
    case .line(let stroke): SVGShape.line(SIMD2(x, y), SIMD2(x + 20, y), stroke)
    case .entry: PlaneDrawing.entry(SIMD2(x + 14, y))
    case .tip:
      SVGShape.path(
        "M\(Figures.number(x + 10, digits: 1)) \(Figures.number(y - 4, digits: 1))l8 8m0 -8l-8 8",
        .init(width: 1.8))
    }
  }
}
