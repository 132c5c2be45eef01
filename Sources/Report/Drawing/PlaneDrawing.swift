// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// Draws a scene so that it can be read in black and white: outlines thin, bone and vessels grey, the lesion dark, the
/// lethal zone thick, the ice's edge and what lies off the plane dashed.
struct PlaneDrawing {
  private let scene: PlaneScene
  private let window: PlaneWindow
  private let id: String

  /// - Parameter id: names the clip path; unique in the document.
  init(_ scene: PlaneScene, id: String) {
    self.scene = scene
    self.id = id
    window = scene.window
  }

  static let zoneColour = "#a00000"
  static let iceColour = "#003c9e"
  static let lesionColour = "#a8a8a8"

  /// The elements, back to front.
  var elements: [String] {
    var placer = LabelPlacer(
      bounds: .init(low: window.box.low + SIMD2(2, 2), high: window.box.high - SIMD2(2, 2)))
    let over = frame(&placer)
    keepClear(&placer)
    let marks = needles(&placer)
    let labels = names(&placer)
    let (x, y, side) = (f(window.corner.x), f(window.corner.y), f(window.side))
    let rectangle = #"x="\#(x)" y="\#(y)" width="\#(side)" height="\#(side)""#
    return [
      #"<clipPath id="\#(id)"><rect \#(rectangle)/></clipPath>"#,
      #"<g clip-path="url(#\#(id))">"#, #"<rect \#(rectangle) fill="white"/>"#,
    ] + outlines + bodies + marks + labels + ["</g>"] + over
      + [##"<rect \##(rectangle) fill="none" stroke="#000" stroke-width="1"/>"##]
  }

  // MARK: Outlines

  private func fill(_ role: StructureRole) -> String {
    switch role {
    case .rib, .bone: "#d9d9d9"
    case .heart, .greatVessels, .pulmonaryVessel, .hepaticVessel: "#eeeeee"
    default: "none"
    }
  }

  private var outlines: [String] {
    // The body's outline first and small things last, so that nothing is covered.
    scene.shapes.sorted { $0.region.area > $1.region.area }.map { shape in
      let isSkin = [.external, .skin].contains(shape.role)
      let dash = shape.isDerived ? #" stroke-dasharray="1 2""# : ""
      return
        ##"<path d="\##(window.path(shape.region))" fill="\##(fill(shape.role))" stroke="\##(isSkin ? "#000" : "#444")" stroke-width="\##(isSkin ? "1.5" : "0.8")" fill-rule="evenodd"\##(dash)/>"##
    }
  }

  private var bodies: [String] {
    var parts: [String] = []
    if !scene.lesion.isEmpty {
      parts.append(
        ##"<path d="\##(window.path(scene.lesion))" fill="\##(Self.lesionColour)" stroke="#000" stroke-width="0.8" fill-rule="evenodd"/>"##
      )
    }
    // Each over a white edge, so that it stands out on grey.
    func edge(_ region: Region, _ colour: String, _ width: Double, _ dash: String = "") {
      guard !region.isEmpty else { return }
      let path = window.path(region)
      parts.append(#"<path d="\#(path)" fill="none" stroke="white" stroke-width="\#(f(width + 1.8))"/>"#)
      parts.append(
        #"<path d="\#(path)" fill="none" stroke="\#(colour)" stroke-width="\#(f(width))"\#(dash)/>"#)
    }
    edge(scene.ice, Self.iceColour, 1.6, #" stroke-dasharray="8 4""#)
    edge(scene.zones, Self.zoneColour, 2.4)
    return parts
  }

  private func keepClear(_ placer: inout LabelPlacer) {
    if let box = scene.lesion.bounds {
      placer.keepOff(.init(low: window.pixel(box.low), high: window.pixel(box.high)))
    }
    for ring in scene.zones.rings + scene.ice.rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst() + ring.points.prefix(1)) {
        placer.keepOff(window.pixel(a), window.pixel(b), by: 2)
      }
    }
    for needle in scene.needles {
      let (entry, tip) = (window.pixel(needle.entry), window.pixel(needle.tip))
      placer.keepOff(entry, tip, by: 2)
      placer.keepOff(entry, entry, by: 5)
      placer.keepOff(tip, tip, by: 5)
    }
    for shape in scene.shapes {
      for ring in shape.region.rings {
        for (a, b) in zip(ring.points, ring.points.dropFirst() + ring.points.prefix(1)) {
          placer.avoid(window.pixel(a), window.pixel(b))
        }
      }
    }
  }

  // MARK: Needles

  private func needles(_ placer: inout LabelPlacer) -> [String] {
    var parts: [String] = []
    for (index, needle) in scene.needles.enumerated() {
      let (a, b) = (window.pixel(needle.entry), window.pixel(needle.tip))
      func at(_ share: Double) -> SIMD2<Double> { a + (b - a) * share }
      let dash = #" stroke-dasharray="4 3""#
      if let range = needle.inPlane {
        parts.append(line(a, at(range.lowerBound), 1.6, dash))
        parts.append(line(at(range.lowerBound), at(range.upperBound), 2.2))
        parts.append(line(at(range.upperBound), b, 1.6, dash))
      } else {
        parts.append(line(a, b, 1.6, dash))
      }
      if scene.hasDepths, index == 0 { parts += ticks(needle, &placer) }
      for position in needle.pulledBack { parts += cross(window.pixel(position), 3) }
      parts += cross(b, 4.5)
      parts.append(
        ##"<circle cx="\##(f(a.x))" cy="\##(f(a.y))" r="3.6" fill="white" stroke="#000" stroke-width="1.6"/>"##
      )
    }
    for needle in scene.needles {
      let (a, b) = (window.pixel(needle.entry), window.pixel(needle.tip))
      parts += mark(needle.number.map(String.init) ?? "entry", a, towards: a - b, &placer)
      if needle.number == nil { parts += mark("tip", b, towards: b - a, &placer) }
    }
    return parts
  }

  /// A word beside a place that must be named.
  private func mark(
    _ text: String, _ place: SIMD2<Double>, towards: SIMD2<Double>, _ placer: inout LabelPlacer
  ) -> [String] {
    guard
      let middle = placer.put(
        text, size: 9.5, bold: true, at: LabelPlacer.around(place, from: 10, to: 60, towards: towards))
    else { return [] }
    let offset = middle - place
    // Too far off to be told from others: with a line to it.
    let isFar = abs(offset.x) > 24 || abs(offset.y) > 14
    return (isFar ? [line(place, middle, 0.6)] : []) + [
      SVGText.element(
        text, at: middle + SIMD2(0, 3.3), size: 9.5, bold: true, anchor: "middle", halo: true)
    ]
  }

  /// Depths from the skin: a tick each 10 mm, a figure each 20.
  private func ticks(_ needle: PlaneScene.Needle, _ placer: inout LabelPlacer) -> [String] {
    var parts: [String] = []
    let (a, b) = (window.pixel(needle.entry), window.pixel(needle.tip))
    let way = (b - a) / needle.depth
    let length = (way * way).sum().squareRoot()
    guard length > 0 else { return [] }
    let across = SIMD2(way.y, -way.x) / length
    for depth in stride(from: 10.0, through: needle.depth, by: 10) {
      let place = a + way * depth
      let isNamed = Int(depth) % 20 == 0
      parts.append(line(place - across * (isNamed ? 5 : 3), place + across * (isNamed ? 5 : 3), 1))
      guard isNamed else { continue }
      let text = String(Int(depth))
      // Beside the needle, or where others are too near, in it.
      let middle =
        placer.put(text, size: 8, at: [-11, 11, -14, 14].map { place + across * $0 }) ?? place
      parts.append(SVGText.element(text, at: middle + SIMD2(0, 2.8), size: 8, anchor: "middle", halo: true))
    }
    return parts
  }

  private func cross(_ p: SIMD2<Double>, _ size: Double) -> [String] {
    let (u, v) = (SIMD2(size, size), SIMD2(size, -size))
    return [line(p - u, p + u, 4, colour: "white"), line(p - v, p + v, 4, colour: "white")]
      + [line(p - u, p + u, 1.8), line(p - v, p + v, 1.8)]
  }

  private func line(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ width: Double, _ more: String = "", colour: String = "#000"
  ) -> String {
    #"<line x1="\#(f(a.x))" y1="\#(f(a.y))" x2="\#(f(b.x))" y2="\#(f(b.y))" stroke="\#(colour)" stroke-width="\#(f(width))"\#(more)/>"#
  }

  // MARK: Names

  private static let labelSize = 8.5
  private static let mostLabels = 16

  private func names(_ placer: inout LabelPlacer) -> [String] {
    let seen = scene.shapes.compactMap { shape -> (shape: PlaneScene.Shape, seen: Region)? in
      guard let seen = try? shape.region.intersection(window.area), seen.area.squareMillimeters > 4 else {
        return nil
      }
      return (shape, seen)
    }.sorted { a, b in
      let (x, y) = (scene.ranks[a.shape.name] ?? 9, scene.ranks[b.shape.name] ?? 9)
      return x == y ? a.seen.area > b.seen.area : x < y
    }
    var parts: [String] = []
    // A lung whose lobes are named needs no name of its own.
    let hasLobes = seen.contains { $0.shape.role == .lobe }
    var written: Set<String> = []
    for (shape, region) in seen where written.count < Self.mostLabels {
      if shape.role == .lung, hasLobes { continue }
      let text = [.external, .skin].contains(shape.role) ? "skin" : shape.name
      guard written.insert(text).inserted else { continue }
      parts += text == "skin" ? skin(region, &placer) : name(text, region, &placer)
    }
    return parts
  }

  private func name(_ text: String, _ region: Region, _ placer: inout LabelPlacer) -> [String] {
    let inside = places(in: region)
    let fitting = inside.filter { place in
      let box = LabelPlacer.box(text, size: Self.labelSize, around: place)
      return [box.low, box.high, SIMD2(box.low.x, box.high.y), SIMD2(box.high.x, box.low.y)].allSatisfy {
        region.contains((($0 - window.corner) / window.scale) + window.low)
      }
    }
    if let middle = placer.put(text, size: Self.labelSize, at: fitting) { return [label(text, middle)] }
    // Too small to be written in: beside it, with a line to it.
    guard let anchor = inside.first,
      let middle = placer.put(
        text, size: Self.labelSize, at: LabelPlacer.around(anchor, from: 12, to: 54))
    else { return [] }
    let box = LabelPlacer.box(text, size: Self.labelSize, around: middle)
    let end = pointwiseMin(pointwiseMax(anchor, box.low), box.high)
    return [line(anchor, end, 0.6, colour: "#444"), label(text, middle)]
  }

  /// The skin is named beside its line, outside it where there is room.
  private func skin(_ region: Region, _ placer: inout LabelPlacer) -> [String] {
    let points = region.polygons.flatMap(\.outer.points)
    let inner = window.area.bounds.map { ($0.low + 1, $0.high - 1) }
    let along = points.filter { p in
      inner.map { p.x > $0.0.x && p.y > $0.0.y && p.x < $0.1.x && p.y < $0.1.y } ?? false
    }
    let step = max(1, along.count / 24)
    let middles = stride(from: 0, to: along.count, by: step).flatMap { index in
      LabelPlacer.around(window.pixel(along[index]), from: 10, to: 10).filter {
        !region.contains(($0 - window.corner) / window.scale + window.low)
      }
    }
    return placer.put("skin", size: Self.labelSize, at: middles).map { [label("skin", $0)] } ?? []
  }

  private func label(_ text: String, _ middle: SIMD2<Double>) -> String {
    SVGText.element(
      text, at: middle + SIMD2(0, 3), size: Self.labelSize, anchor: "middle", halo: true, colour: "#222")
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

  // MARK: Frame

  /// Sides and scale bar.
  private func frame(_ placer: inout LabelPlacer) -> [String] {
    let (low, high) = (window.box.low, window.box.high)
    let middle = (low + high) / 2
    var parts: [String] = []
    func side(_ text: String, _ x: Double, _ y: Double) {
      let half = SVGText.width(text, size: 11, bold: true) / 2
      let place = SIMD2(min(high.x - half - 5, max(low.x + half + 5, x)), y)
      placer.keepOff(LabelPlacer.box(text, size: 11, bold: true, around: place))
      parts.append(
        SVGText.element(
          text, at: place + SIMD2(0, 4), size: 11, bold: true, anchor: "middle", halo: true))
    }
    side(scene.sides.left, low.x, middle.y)
    side(scene.sides.right, high.x, middle.y)
    side(scene.sides.top, middle.x, low.y + 9)
    side(scene.sides.bottom, middle.x, high.y - 9)
    let bar = 20 * window.scale
    let start = SIMD2(low.x + 8, high.y - 8)
    placer.keepOff(.init(low: start - SIMD2(4, 18), high: start + SIMD2(bar + 4, 5)))
    parts.append(line(start, start + SIMD2(bar, 0), 3))
    parts.append(
      SVGText.element("20 mm", at: start + SIMD2(bar / 2, -5), size: 8.5, anchor: "middle", halo: true))
    return parts
  }

  private func f(_ x: Double) -> String { Figures.number(x, digits: 1) }
}
