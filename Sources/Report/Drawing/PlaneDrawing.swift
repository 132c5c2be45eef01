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
    var labels = PlaneLabels(window, size: Self.labelSize)
    let over = labels.frame(scene.sides)
    keepClear(&labels.placer)
    let marks = needles(&labels.placer)
    let ground = SVGShape.rectangle(window.box, fill: "white", nil)
    return SVGShape.clipped(to: window.box, id: id, [ground] + outlines + bodies + marks + names(&labels))
      + over + [SVGShape.rectangle(window.box, .init(width: 1))]
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
      return SVGShape.path(
        window.path(shape.region), fill: fill(shape.role),
        .init(
          colour: isSkin ? "#000" : "#444", width: isSkin ? 1.5 : 0.8, dash: shape.isDerived ? "1 2" : ""))
    }
  }

  private var bodies: [String] {
    var parts: [String] = []
    if !scene.lesion.isEmpty {
      parts.append(
        SVGShape.path(window.path(scene.lesion), fill: Self.lesionColour, .init(width: 0.8)))
    }
    return parts + edge(scene.ice, .init(colour: Self.iceColour, width: 1.6, dash: "8 4"))
      + edge(scene.zones, .init(colour: Self.zoneColour, width: 2.4))
  }

  /// An outline over a white edge, so that it stands out on grey.
  private func edge(_ region: Region, _ stroke: SVGShape.Stroke) -> [String] {
    guard !region.isEmpty else { return [] }
    let path = window.path(region)
    return [
      SVGShape.path(path, .init(colour: "white", width: stroke.width + 1.8)), SVGShape.path(path, stroke),
    ]
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
      let dash = "4 3"
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
      parts.append(Self.entry(a))
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
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ width: Double, _ dash: String = "", colour: String = "#000"
  ) -> String {
    SVGShape.line(a, b, .init(colour: colour, width: width, dash: dash))
  }

  /// The mark of a needle's entry.
  static func entry(_ place: SIMD2<Double>) -> String {
    SVGShape.circle(place, radius: 3.6, fill: "white", .init(width: 1.6))
  }

  // MARK: Names

  private static let labelSize = 8.5
  private static let mostLabels = 16

  private func names(_ labels: inout PlaneLabels) -> [String] {
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
      parts +=
        text == "skin"
        ? labels.line(text, of: region, colour: "#222") : labels.name(text, region, colour: "#222")
    }
    return parts
  }
}
