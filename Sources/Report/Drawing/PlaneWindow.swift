// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry

/// A square window onto a plane: millimetres of the plane to points of the page.
struct PlaneWindow {
  /// The window's upper left corner on the page.
  let corner: SIMD2<Double>
  /// Its side on the page.
  let side: Double
  /// The place in the plane at its upper left corner, in millimetres.
  let low: SIMD2<Double>
  /// Points of the page for each millimetre.
  let scale: Double

  /// The least window that holds points with room around them.
  init(corner: SIMD2<Double>, side: Double, holding points: [SIMD2<Double>], room: Double, least: Double) {
    let low = points.reduce(SIMD2(repeating: Double.infinity)) { pointwiseMin($0, $1) }
    let high = points.reduce(SIMD2(repeating: -Double.infinity)) { pointwiseMax($0, $1) }
    let size = high - low
    let extent = max(least, max(size.x, size.y) + 2 * room)
    self.corner = corner
    self.side = side
    self.low = (low + high) / 2 - SIMD2(extent, extent) / 2
    scale = side / extent
  }

  /// A window of a given width around a place.
  ///
  /// - Parameter extent: its side in millimetres.
  init(corner: SIMD2<Double>, side: Double, around centre: SIMD2<Double>, extent: Double) {
    self.corner = corner
    self.side = side
    low = centre - SIMD2(extent, extent) / 2
    scale = side / extent
  }

  /// The side in millimetres.
  var extent: Double { side / scale }

  /// What of the plane it shows.
  var area: Region { Region.rectangle(low: low, high: low + SIMD2(extent, extent)) }

  /// The window on the page.
  var box: LabelPlacer.Box { .init(low: corner, high: corner + SIMD2(side, side)) }

  /// Where a place is drawn.
  func pixel(_ place: SIMD2<Double>) -> SIMD2<Double> { corner + (place - low) * scale }

  /// What place is drawn at a point of the page.
  func place(_ pixel: SIMD2<Double>) -> SIMD2<Double> { (pixel - corner) / scale + low }

  /// By how much an outline may be drawn beside itself, in points: less than a printer shows.
  private static let invisible = 0.15

  /// Outlines as the data of a path.
  func path(_ region: Region) -> String {
    region.rings.map { ring in
      "M"
        + OutlineSimplification.simplified(ring.points.map(pixel), tolerance: Self.invisible).map { p in
          "\(Figures.number(p.x, digits: 1)) \(Figures.number(p.y, digits: 1))"
        }.joined(separator: "L") + "Z"
    }.joined()
  }
}

/// Finds room for labels: apart from one another and from what must stay visible.
struct LabelPlacer {
  /// A rectangle on the page.
  struct Box {
    var low: SIMD2<Double>
    var high: SIMD2<Double>

    func meets(_ other: Box) -> Bool {
      low.x < other.high.x && other.low.x < high.x && low.y < other.high.y && other.low.y < high.y
    }

    func holds(_ other: Box) -> Bool {
      low.x <= other.low.x && low.y <= other.low.y && high.x >= other.high.x && high.y >= other.high.y
    }
  }

  /// Where labels may lie.
  let bounds: Box
  private var taken: [Box] = []
  private var avoided: [Box] = []

  init(bounds: Box) { self.bounds = bounds }

  /// Keeps labels off a rectangle.
  mutating func keepOff(_ box: Box) { taken.append(box) }

  /// Keeps labels off a line.
  mutating func keepOff(_ a: SIMD2<Double>, _ b: SIMD2<Double>, by room: Double) {
    taken += Self.boxes(a, b, by: room)
  }

  /// Labels that have a choice stay off this line too.
  mutating func avoid(_ a: SIMD2<Double>, _ b: SIMD2<Double>) {
    avoided += Self.boxes(a, b, by: 1).filter(bounds.meets)
  }

  private static func boxes(_ a: SIMD2<Double>, _ b: SIMD2<Double>, by room: Double) -> [Box] {
    let way = b - a
    let steps = max(1, Int(((way * way).sum().squareRoot() / 4).rounded(.up)))
    return (0...steps).map { step in
      let p = a + way * (Double(step) / Double(steps))
      return Box(low: p - SIMD2(room, room), high: p + SIMD2(room, room))
    }
  }

  /// The box of a text of one line whose middle lies at a place.
  static func box(_ text: String, size: Double, bold: Bool = false, around middle: SIMD2<Double>) -> Box {
    let half = SIMD2(SVGText.width(text, size: size, bold: bold) / 2 + 1.5, size * 0.55)
    return Box(low: middle - half, high: middle + half)
  }

  private func isFree(_ box: Box) -> Bool { bounds.holds(box) && !taken.contains(where: box.meets) }

  /// A text at the first of these middles that is free, of all that are the first off avoided lines; `nil` when none is.
  mutating func put(
    _ text: String, size: Double, bold: Bool = false, at middles: [SIMD2<Double>]
  ) -> SIMD2<Double>? {
    let free = middles.filter { isFree(Self.box(text, size: size, bold: bold, around: $0)) }
    let clear = free.first { middle in
      !avoided.contains(where: Self.box(text, size: size, bold: bold, around: middle).meets)
    }
    guard let chosen = clear ?? free.first else { return nil }
    taken.append(Self.box(text, size: size, bold: bold, around: chosen))
    return chosen
  }

  /// Places around a point, nearest first, of equally near ones first those in a direction.
  static func around(
    _ point: SIMD2<Double>, from least: Double, to most: Double, towards: SIMD2<Double> = SIMD2(1, 0)
  ) -> [SIMD2<Double>] {
    let start = atan2(towards.y, towards.x)
    return stride(from: least, through: most, by: 6).flatMap { radius in
      (0..<16).map { turn -> SIMD2<Double> in
        let angle = start + Double((turn + 1) / 2 * (turn % 2 == 0 ? 1 : -1)) * Double.pi / 8
        // Labels are wide and low: farther off to the sides than above and below.
        return point + SIMD2(cos(angle) * radius * 1.6, sin(angle) * radius)
      }
    }
  }
}
