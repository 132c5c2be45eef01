// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// What is written in a plane: its sides, a scale bar, names of what it shows; each where there is room for it.
struct PlaneLabels {
  private let window: PlaneWindow
  /// The size of names.
  private let size: Double
  /// What is taken already.
  var placer: LabelPlacer

  init(_ window: PlaneWindow, size: Double) {
    self.window = window
    self.size = size
    placer = LabelPlacer(
      bounds: .init(low: window.box.low + SIMD2(2, 2), high: window.box.high - SIMD2(2, 2)))
  }

  // MARK: Frame

  /// Sides and scale bar.
  mutating func frame(
    _ sides: (left: String, right: String, top: String, bottom: String)
  ) -> [String] {
    let (low, high) = (window.box.low, window.box.high)
    let middle = (low + high) / 2
    let large = size + 2.5
    var parts = [
      side(sides.left, low.x, middle.y, large), side(sides.right, high.x, middle.y, large),
      side(sides.top, middle.x, low.y + large * 0.8, large),
      side(sides.bottom, middle.x, high.y - large * 0.8, large),
    ]
    let bar = 20 * window.scale
    let start = SIMD2(low.x + 8, high.y - 8)
    placer.keepOff(.init(low: start - SIMD2(4, size + 9.5), high: start + SIMD2(bar + 4, 5)))
    parts.append(SVGShape.line(start, start + SIMD2(bar, 0), .init(width: 3)))
    parts.append(
      SVGText.element("20 mm", at: start + SIMD2(bar / 2, -5), size: size, anchor: "middle", halo: true))
    return parts
  }

  private mutating func side(_ text: String, _ x: Double, _ y: Double, _ size: Double) -> String {
    let half = SVGText.width(text, size: size, bold: true) / 2
    let place = SIMD2(min(window.box.high.x - half - 5, max(window.box.low.x + half + 5, x)), y)
    placer.keepOff(LabelPlacer.box(text, size: size, bold: true, around: place))
    return SVGText.element(
      text, at: place + SIMD2(0, size * 0.36), size: size, bold: true, anchor: "middle", halo: true)
  }

  // MARK: Names

  /// A name within what it names, or beside it with a line to it; nothing where there is no room.
  ///
  /// - Parameter region: what is seen of it, in millimetres of the plane.
  mutating func name(_ text: String, _ region: Region, colour: String) -> [String] {
    let inside = places(in: region)
    let fitting = inside.filter { place in
      let box = LabelPlacer.box(text, size: size, around: place)
      return [box.low, box.high, SIMD2(box.low.x, box.high.y), SIMD2(box.high.x, box.low.y)].allSatisfy {
        region.contains(window.place($0))
      }
    }
    if let middle = placer.put(text, size: size, at: fitting) { return [label(text, middle, colour)] }
    guard let anchor = inside.first else { return [] }
    return beside(text, anchor, from: 12, to: 54, colour: colour)
  }

  /// A text beside a place, with a line to it where it lies farther off than is plain.
  mutating func beside(
    _ text: String, _ anchor: SIMD2<Double>, from least: Double, to most: Double,
    towards: SIMD2<Double> = SIMD2(1, 0), colour: String
  ) -> [String] {
    guard
      let middle = placer.put(
        text, size: size, at: LabelPlacer.around(anchor, from: least, to: most, towards: towards))
    else { return [] }
    let box = LabelPlacer.box(text, size: size, around: middle)
    let end = pointwiseMin(pointwiseMax(anchor, box.low), box.high)
    return [SVGShape.line(anchor, end, .init(colour: "#444", width: 0.6)), label(text, middle, colour)]
  }

  /// A name beside a line that runs through the plane, outside what it bounds where there is room.
  mutating func line(_ text: String, of region: Region, colour: String) -> [String] {
    let points = region.polygons.flatMap(\.outer.points)
    let inner = window.area.bounds.map { ($0.low + 1, $0.high - 1) }
    let along = points.filter { p in
      inner.map { p.x > $0.0.x && p.y > $0.0.y && p.x < $0.1.x && p.y < $0.1.y } ?? false
    }
    let step = max(1, along.count / 24)
    let middles = stride(from: 0, to: along.count, by: step).flatMap { index in
      LabelPlacer.around(window.pixel(along[index]), from: 10, to: 10).filter {
        !region.contains(window.place($0))
      }
    }
    return placer.put(text, size: size, at: middles).map { [label(text, $0, colour)] } ?? []
  }

  private func label(_ text: String, _ middle: SIMD2<Double>, _ colour: String) -> String {
    SVGText.element(
      text, at: middle + SIMD2(0, size * 0.36), size: size, anchor: "middle", halo: true, colour: colour)
  }

  /// Places on the page inside a region, the ones nearest to its middle first.
  private func places(in region: Region) -> [SIMD2<Double>] {
    guard let box = region.bounds else { return [] }
    let middle = region.centroid ?? (box.low + box.high) / 2
    var found: [(Double, SIMD2<Double>)] = []
    for i in 0..<16 {
      for j in 0..<16 {
        let place = box.low + (box.high - box.low) * (SIMD2(Double(i) + 0.5, Double(j) + 0.5) / 16)
        guard region.contains(place) else { continue }
        let offset = place - middle
        found.append(((offset * offset).sum(), window.pixel(place)))
      }
    }
    return found.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
