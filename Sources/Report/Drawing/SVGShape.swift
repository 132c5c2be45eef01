// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The shapes that all drawings are made of, as SVG; places and sizes are points of the page.
///
/// `PlaneWindow` tells where a place of a plane is drawn, `LabelPlacer` finds room for text, `SVGText` writes it.
enum SVGShape {
  /// How a line is drawn.
  struct Stroke: Sendable, Hashable {
    var colour = "#000"
    var width = 1.0
    /// Lengths of strokes and gaps, as SVG has them; empty for a line without gaps.
    var dash = ""
  }

  /// A whole document with a white ground.
  ///
  /// - Parameters:
  ///   - size: in points.
  ///   - title: what it shows, for those who cannot see it.
  static func document(
    _ size: SIMD2<Double>, title: String, _ elements: [String]
  ) -> String {
    let (w, h) = (Figures.plain(size.x), Figures.plain(size.y))
    let all = [#"<rect width="100%" height="100%" fill="white"/>"#] + elements.filter { !$0.isEmpty }
    return
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(w)" height="\#(h)" viewBox="0 0 \#(w) \#(h)" font-family="\#(SVGText.family)" role="img" aria-label="\#(SVGText.escaped(title))">"#
      + "\n" + all.joined(separator: "\n") + "\n</svg>\n"
  }

  /// Elements of which only what lies in a rectangle is shown.
  ///
  /// - Parameter id: names the clip path; unique in the document.
  static func clipped(to box: LabelPlacer.Box, id: String, _ elements: [String]) -> [String] {
    [#"<clipPath id="\#(id)"><rect \#(attributes(box))/></clipPath>"#, #"<g clip-path="url(#\#(id))">"#]
      + elements + ["</g>"]
  }

  /// A straight line.
  static func line(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ stroke: Stroke) -> String {
    #"<line x1="\#(f(a.x))" y1="\#(f(a.y))" x2="\#(f(b.x))" y2="\#(f(b.y))"\#(attributes(stroke))/>"#
  }

  /// A circle.
  static func circle(_ centre: SIMD2<Double>, radius: Double, fill: String, _ stroke: Stroke?) -> String {
    #"<circle cx="\#(f(centre.x))" cy="\#(f(centre.y))" r="\#(f(radius))" fill="\#(fill)"\#(attributes(stroke))/>"#
  }

  /// A rectangle.
  static func rectangle(_ box: LabelPlacer.Box, fill: String = "none", _ stroke: Stroke?) -> String {
    #"<rect \#(attributes(box)) fill="\#(fill)"\#(attributes(stroke))/>"#
  }

  /// An outline, holes left open.
  ///
  /// - Parameters:
  ///   - data: the path's data; `PlaneWindow.path` makes them of a region.
  ///   - opacity: of the fill, from 0 to 1.
  static func path(_ data: String, fill: String = "none", opacity: Double = 1, _ stroke: Stroke?) -> String {
    let veil = opacity < 1 ? #" fill-opacity="\#(Figures.number(opacity, digits: 2))""# : ""
    return #"<path d="\#(data)" fill="\#(fill)"\#(veil) fill-rule="evenodd"\#(attributes(stroke))/>"#
  }

  private static func attributes(_ stroke: Stroke?) -> String {
    guard let stroke else { return "" }
    let dash = stroke.dash.isEmpty ? "" : #" stroke-dasharray="\#(stroke.dash)""#
    return #" stroke="\#(stroke.colour)" stroke-width="\#(f(stroke.width))"\#(dash)"#
  }

  private static func attributes(_ box: LabelPlacer.Box) -> String {
    let size = box.high - box.low
    return #"x="\#(f(box.low.x))" y="\#(f(box.low.y))" width="\#(f(size.x))" height="\#(f(size.y))""#
  }

  private static func f(_ x: Double) -> String { Figures.number(x, digits: 1) }
}
