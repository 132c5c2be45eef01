// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The direction in which a linear dose rises by 1 Gy a millimetre.
public enum GradientDirection: String, Sendable, Hashable, CaseIterable {
  /// Along y, from front to back.
  case anteriorPosterior = "AP"
  /// Along z, from feet to head.
  case superiorInferior = "SI"
}

/// A body put together of exact pieces along z: what a linear dose in it amounts to is known without any grid.
struct ExactBody: Sendable {
  enum Piece: Sendable {
    /// The same section from one height to another.
    case prism(low: Double, high: Double, ExactSection)
    /// A section that changes with height.
    case swept(low: Double, high: Double, @Sendable (Double) -> ExactSection)
    /// A rounded end.
    case dome(ExactDome)
  }

  let pieces: [Piece]

  /// The volume that lies beyond a place along a direction, with what is needed for statistics.
  func curve(along direction: GradientDirection) -> ExactCurve { ExactCurve(self, direction) }
}

/// The volume of an exact body beyond each place along a direction, in cubic millimetres.
struct ExactCurve: Sendable {
  let total: Double
  /// The mean place.
  let mean: Double
  let low: Double
  let high: Double
  private let body: ExactBody
  private let direction: GradientDirection
  /// Sections with the height each stands for, across z: the nodes of the quadrature.
  private let sections: [(section: ExactSection, height: Double)]

  fileprivate init(_ body: ExactBody, _ direction: GradientDirection) {
    self.body = body
    self.direction = direction
    var sections: [(ExactSection, Double)] = []
    var total = 0.0
    var moment = 0.0
    var (low, high) = (Double.infinity, -Double.infinity)
    func reach(_ a: Double, _ b: Double) { (low, high) = (min(low, a), max(high, b)) }
    for piece in body.pieces {
      switch piece {
      case .prism(let a, let b, let section):
        guard b > a, section.area > 0 else { continue }
        sections.append((section, b - a))
        total += section.area * (b - a)
        moment +=
          direction == .superiorInferior
          ? section.area * (b - a) * (a + b) / 2 : section.moment * (b - a)
        if direction == .superiorInferior {
          reach(a, b)
        } else {
          reach(section.extent.low, section.extent.high)
        }
      case .swept(let a, let b, let at):
        guard b > a else { continue }
        if direction == .superiorInferior { reach(a, b) }
        for (z, weight) in Quadrature.fine.places(from: a, to: b) {
          let section = at(z)
          guard section.area > 0 else { continue }
          sections.append((section, weight))
          total += section.area * weight
          moment += (direction == .superiorInferior ? section.area * z : section.moment) * weight
          if direction == .anteriorPosterior { reach(section.extent.low, section.extent.high) }
        }
        if direction == .anteriorPosterior {
          // The widest section may lie between the nodes: at an end, or in the middle.
          for z in [a, b, (a + b) / 2] where at(z).area > 0 { reach(at(z).extent.low, at(z).extent.high) }
        }
      case .dome(let dome):
        total += dome.volume
        moment += dome.moment(direction)
        let extent = dome.extent(direction)
        reach(extent.low, extent.high)
      }
    }
    self.sections = sections
    self.total = total
    mean = total > 0 ? moment / total : 0
    (self.low, self.high) = (low, high)
  }

  /// The volume at or beyond a place.
  func volume(beyond t: Double) -> Double {
    if t <= low { return total }
    if t > high { return 0 }
    var sum = 0.0
    if direction == .anteriorPosterior {
      for (section, height) in sections { sum += section.area(above: t) * height }
      for case .dome(let dome) in body.pieces { sum += dome.volume(beyond: t, direction) }
      return sum
    }
    for piece in body.pieces {
      switch piece {
      case .prism(let a, let b, let section): sum += section.area * max(0, b - max(a, t))
      case .swept(let a, let b, let at):
        for (z, weight) in Quadrature.fine.places(from: max(a, t), to: b) { sum += at(z).area * weight }
      case .dome(let dome): sum += dome.volume(beyond: t, direction)
      }
    }
    return sum
  }

  /// The place beyond which so much volume lies; the farthest for none, the nearest for all.
  func place(beyondWhich volume: Double) -> Double {
    var (a, b) = (low, high)
    for _ in 0..<48 {
      let middle = (a + b) / 2
      if self.volume(beyond: middle) >= volume { a = middle } else { b = middle }
    }
    return (a + b) / 2
  }
}

/// A rounded end on a section: as high over each point as an ellipse over the point's distance from the edge.
///
/// At the distance d from the edge the height is h·√(1 - (1 - d/r)²), r being the greatest such distance, and h
/// chosen so that the volume is that of half a slab. By quadrature over small rectangles of the section.
struct ExactDome: Sendable {
  let volume: Double
  private let base: Double
  private let upward: Bool
  private let height: Double
  /// Rows of rectangles by growing y: place, height and volume of each.
  private let rows: [(low: Double, high: Double, volume: Double)]
  /// Heights by growing size, each with the area and the volume of everything at least as high.
  private let columns: [(height: Double, area: Double, volume: Double)]

  /// A dome on a section at a height; `spacing` is the local one, negative for a dome that hangs.
  init(on section: ExactSection, at z: Double, spacing: Double) {
    let steps = 160
    let extent = section.extent
    let step = (extent.high - extent.low) / Double(steps)
    var places: [(row: Int, distance: Double, area: Double)] = []
    let edge = Self.edge(of: section)
    for row in 0..<steps {
      let y = extent.low + (Double(row) + 0.5) * step
      let half = section.halfWidth(at: y)
      let across = 80
      for column in 0..<across where half > 0 {
        let x = (Double(column) + 0.5) / Double(across) * half
        places.append((row, Self.distance(SIMD2(x, y), edge), 2 * half / Double(across) * step))
      }
    }
    let radius = places.map(\.distance).max() ?? 1
    let raw = places.map { ($0.row, (1 - pow(1 - min(1, $0.distance / radius), 2)).squareRoot(), $0.area) }
    let rawVolume = raw.reduce(0) { $0 + $1.1 * $1.2 }
    volume = section.area * abs(spacing) / 2
    let stretch = volume / max(rawVolume, 1e-12)
    base = z
    upward = spacing > 0
    height = stretch
    var byRow = [Double](repeating: 0, count: steps)
    for (row, h, area) in raw { byRow[row] += h * stretch * area }
    rows = byRow.enumerated().map {
      (extent.low + Double($0) * step, extent.low + Double($0 + 1) * step, $1)
    }
    var columns: [(height: Double, area: Double, volume: Double)] = []
    var (area, sum) = (0.0, 0.0)
    for (_, h, part) in raw.sorted(by: { $0.1 > $1.1 }) {
      area += part
      sum += part * h * stretch
      columns.append((h * stretch, area, sum))
    }
    self.columns = columns.reversed()
  }

  func extent(_ direction: GradientDirection) -> (low: Double, high: Double) {
    if direction == .superiorInferior { return upward ? (base, base + height) : (base - height, base) }
    return (rows.first?.low ?? 0, rows.last?.high ?? 0)
  }

  func moment(_ direction: GradientDirection) -> Double {
    if direction == .anteriorPosterior { return rows.reduce(0) { $0 + $1.volume * ($1.low + $1.high) / 2 } }
    var sum = 0.0
    var above = (area: 0.0, volume: 0.0)
    for column in columns.reversed() {
      sum += (column.area - above.area) * column.height * column.height / 2
      above = (column.area, column.volume)
    }
    return volume * base + (upward ? sum : -sum)
  }

  func volume(beyond t: Double, _ direction: GradientDirection) -> Double {
    if direction == .anteriorPosterior {
      return rows.reduce(0) { $0 + $1.volume * min(1, max(0, ($1.high - t) / ($1.high - $1.low))) }
    }
    let level = upward ? t - base : base - t
    if level <= 0 { return upward ? volume : 0 }
    // Everything higher than the level, less what lies below it there.
    var (low, high) = (0, columns.count)
    while low < high {
      let middle = (low + high) / 2
      if columns[middle].height > level { high = middle } else { low = middle + 1 }
    }
    let over = low < columns.count ? columns[low].volume - columns[low].area * level : 0
    return upward ? over : volume - over
  }

  /// The outline's right half as points, from the lowest to the highest; the left half mirrors it.
  private static func edge(of section: ExactSection) -> [SIMD2<Double>] {
    let extent = section.extent
    let steps = 300
    var points = (0...steps).map { i in
      let share = (1 - cos(Double.pi * Double(i) / Double(steps))) / 2
      let y = extent.low + (extent.high - extent.low) * share
      return SIMD2(section.halfWidth(at: min(max(y, extent.low), extent.high)), y)
    }
    points.insert(SIMD2(0, extent.low), at: 0)
    points.append(SIMD2(0, extent.high))
    return points
  }

  private static func distance(_ p: SIMD2<Double>, _ edge: [SIMD2<Double>]) -> Double {
    var best = Double.infinity
    for i in 1..<edge.count {
      let (a, d) = (edge[i - 1], edge[i] - edge[i - 1])
      let square = (d * d).sum()
      let t = square > 0 ? min(1, max(0, ((p - a) * d).sum() / square)) : 0
      let offset = p - a - d * t
      best = min(best, (offset * offset).sum())
    }
    return best.squareRoot()
  }
}
