// SPDX-License-Identifier: Apache-2.0
/// What the lines of an ablation's figures mean.
struct PageLegend {
  /// Whether the ice's edge is drawn.
  let hasIce: Bool

  /// Each line's drawing, small, with its words.
  var entries: [(swatch: String, text: String)] {
    let (left, right) = (SIMD2(1.0, 6.0), SIMD2(23.0, 6.0))
    func line(_ stroke: SVGShape.Stroke) -> String { SVGShape.line(left, right, stroke) }
    let ice =
      hasIce
      ? [(line(.init(colour: PlaneDrawing.iceColour, width: 1.6, dash: "8 4")), "edge of the ice")] : []
    let tip = SVGShape.path("M8 2l8 8m0 -8l-8 8", .init(width: 1.8))
    let marks =
      [
        (line(.init(colour: PlaneDrawing.lesionColour, width: 8)), "lesion"),
        (line(.init(colour: PlaneDrawing.zoneColour, width: 2.4)), "lethal zone"),
      ] + ice + [
        (line(.init(width: 2.2)), "applicator within 3 mm of the plane"),
        (line(.init(width: 1.6, dash: "4 3")), "beyond, projected"),
        (PlaneDrawing.entry(SIMD2(12, 6)), "entry"), (tip, "tip"),
      ]
    return marks.map { mark, text in
      ("<svg width=\"24\" height=\"12\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">\(mark)</svg>", text)
    }
  }
}
