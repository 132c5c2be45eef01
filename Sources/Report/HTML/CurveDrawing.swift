// SPDX-License-Identifier: Apache-2.0
/// Dose–volume curves with their bands and the limits of volume.
struct CurveDrawing {
  private let chart: ReportFigure.CurveChart
  private let words: [String: String]

  init(_ chart: ReportFigure.CurveChart, words: [String: String]) {
    self.chart = chart
    self.words = words
  }

  private static let size = SIMD2(760.0, 330.0)
  private static let low = SIMD2(46.0, 22.0)
  private static let high = SIMD2(590.0, 290.0)
  /// As many line styles as the style sheet has.
  static let styles = 6
  /// Marks that have room beside the curves; all are in the table.
  private static let mostMarks = 8

  func svg(_ title: String) -> String {
    let most = max(chart.curves.compactMap(\.gray.last).max() ?? 1, 1)
    func place(_ gray: Double, _ percent: Double) -> SIMD2<Double> {
      SIMD2(
        Self.low.x + min(1, gray / most) * (Self.high.x - Self.low.x),
        Self.high.y - min(1, percent / 100) * (Self.high.y - Self.low.y))
    }
    var parts: [String] = []
    for percent in stride(from: 0.0, through: 100, by: 20) {
      let y = place(0, percent).y
      parts.append(ChartShape.line(SIMD2(Self.low.x, y), SIMD2(Self.high.x, y), "gridline"))
      parts.append(
        ChartShape.text(Figures.plain(percent), SIMD2(Self.low.x - 6, y + 4), "num", anchor: "end"))
    }
    for gray in stride(from: 0.0, through: most, by: ChartShape.step(for: most)) {
      let x = place(gray, 0).x
      parts.append(ChartShape.line(SIMD2(x, Self.low.y), SIMD2(x, Self.high.y), "gridline"))
      parts.append(ChartShape.text(Figures.plain(gray), SIMD2(x, Self.high.y + 15), "num", anchor: "middle"))
    }
    parts.append(
      ChartShape.text(
        words["doseGray"] ?? "", SIMD2((Self.low.x + Self.high.x) / 2, Self.size.y - 8), "small",
        anchor: "middle"))
    parts.append(ChartShape.text(words["volumePercent"] ?? "", SIMD2(4, 11), "small"))
    for (number, curve) in chart.curves.enumerated() {
      let style = number % Self.styles
      let upper = zip(curve.gray, curve.high).map { place($0, $1) }
      let lower = zip(curve.gray, curve.low).map { place($0, $1) }
      parts.append(ChartShape.path(upper + lower.reversed(), isClosed: true, "band series-\(style)"))
    }
    for (number, curve) in chart.curves.enumerated() {
      parts.append(
        ChartShape.path(
          zip(curve.gray, curve.expected).map { place($0, $1) }, "curve series-\(number % Self.styles)"))
    }
    // Limits beyond the axis are in the table.
    for mark in chart.marks where mark.gray <= most {
      let at = place(mark.gray, mark.percent)
      let style = mark.curve % Self.styles
      parts.append(
        "<g class=\"limit-mark series-\(style)\"><title>\(PageText.escaped(mark.title))</title>"
          + ChartShape.path([at + SIMD2(-5, -8), at + SIMD2(5, -8), at], isClosed: true, "mark") + "</g>")
    }
    for (number, curve) in chart.curves.enumerated() {
      let y = Self.low.y + 10 + Double(number) * 20
      parts.append(
        ChartShape.line(
          SIMD2(Self.high.x + 14, y), SIMD2(Self.high.x + 40, y), "curve series-\(number % Self.styles)"))
      parts.append(
        ChartShape.text(
          ChartShape.clipped(curve.title, 18), SIMD2(Self.high.x + 46, y + 4), whole: curve.title))
    }
    // What the marks are, in words: a picture on paper has no pointer.
    let under = Self.low.y + 22 + Double(chart.curves.count) * 20
    for (number, mark) in chart.marks.filter({ $0.gray <= most }).prefix(Self.mostMarks).enumerated() {
      parts.append(
        ChartShape.text(
          ChartShape.clipped("▽ \(mark.title)", 24), SIMD2(Self.high.x + 14, under + Double(number) * 16),
          "small",
          whole: mark.title))
    }
    return ChartShape.svg(Self.size.x, Self.size.y, title, parts)
  }
}

/// Plans as points over two measures.
struct ScatterDrawing {
  private let scatter: ReportFigure.Scatter

  init(_ scatter: ReportFigure.Scatter) { self.scatter = scatter }

  private static let size = SIMD2(760.0, 260.0)
  private static let low = SIMD2(46.0, 22.0)
  private static let high = SIMD2(560.0, 216.0)

  func svg(_ title: String) -> String {
    let most = SIMD2(
      max(scatter.points.compactMap(\.x.value).max() ?? 1, 1) * 1.15,
      max(scatter.points.compactMap(\.y.value).max() ?? 1, 1) * 1.15)
    func place(_ x: Double, _ y: Double) -> SIMD2<Double> {
      SIMD2(
        Self.low.x + x / most.x * (Self.high.x - Self.low.x),
        Self.high.y - y / most.y * (Self.high.y - Self.low.y))
    }
    var parts: [String] = []
    for x in stride(from: 0.0, through: most.x, by: max(1, ChartShape.step(for: most.x))) {
      parts.append(ChartShape.line(SIMD2(place(x, 0).x, Self.low.y), place(x, 0), "gridline"))
      parts.append(ChartShape.text(Figures.plain(x), place(x, 0) + SIMD2(0, 15), "num", anchor: "middle"))
    }
    for y in stride(from: 0.0, through: most.y, by: max(1, ChartShape.step(for: most.y))) {
      parts.append(ChartShape.line(place(0, y), SIMD2(Self.high.x, place(0, y).y), "gridline"))
      parts.append(ChartShape.text(Figures.plain(y), place(0, y) + SIMD2(-6, 4), "num", anchor: "end"))
    }
    parts.append(
      ChartShape.text(
        scatter.axes.x, SIMD2((Self.low.x + Self.high.x) / 2, Self.size.y - 10), "small", anchor: "middle"))
    parts.append(ChartShape.text(scatter.axes.y, SIMD2(4, 10), "small"))
    // Points of one place share one label's line; names stand in a list beside, numbered.
    for (number, point) in scatter.points.enumerated() {
      guard let x = point.x.value, let y = point.y.value else { continue }
      let kind = "point\(point.isRecommended ? " recommended" : "")\(point.isOnFront ? " front" : "")"
      let same = scatter.points.prefix(number).count { $0.x.value == x && $0.y.value == y }
      let at = place(x, y)
      parts.append(ChartShape.circle(at, 6, kind))
      parts.append(ChartShape.text("\(number + 1)", at + SIMD2(10 + Double(same) * 14, 4), "num"))
      let line = Self.low.y + 10 + Double(number) * 20
      parts.append(
        ChartShape.text(
          ChartShape.clipped("\(number + 1)  \(point.isOnFront ? "♦ " : "")\(point.title)", 23),
          SIMD2(Self.high.x + 16, line + 4), point.isRecommended ? "txt strong" : "txt"))
    }
    return ChartShape.svg(Self.size.x, Self.size.y, title, parts)
  }
}

/// Decision thresholds as bars of how far they lie away, in standard deviations of the measurement.
struct ThresholdDrawing {
  private let bars: [ReportFigure.ThresholdBar]
  private let words: [String: String]

  init(_ bars: [ReportFigure.ThresholdBar], words: [String: String]) {
    self.bars = bars
    self.words = words
  }

  private static let width = 760.0
  private static let left = 262.0
  private static let middle = 402.0
  private static let half = 136.0
  private static let row = 24.0
  /// Farther thresholds end in an arrow; their number stands beside them.
  private static let most = 4.0

  func svg(_ title: String) -> String {
    let height = Double(bars.count) * Self.row + 36
    let scale = Self.half / Self.most
    var parts: [String] = []
    for deviation in stride(from: -Self.most, through: Self.most, by: 1) {
      let x = Self.middle + deviation * scale
      parts.append(
        ChartShape.line(SIMD2(x, 4), SIMD2(x, height - 30), deviation == 0 ? "axis" : "gridline"))
      parts.append(
        ChartShape.text(Figures.plain(abs(deviation)), SIMD2(x, height - 16), "num", anchor: "middle"))
    }
    parts.append(
      ChartShape.text(words["deviations"] ?? "", SIMD2(Self.middle, height - 2), "small", anchor: "middle"))
    for (number, bar) in bars.enumerated() { parts += self.bar(bar, y: 6 + Double(number) * Self.row, scale) }
    return ChartShape.svg(Self.width, height, title, parts)
  }

  private func bar(_ bar: ReportFigure.ThresholdBar, y: Double, _ scale: Double) -> [String] {
    let deviations = abs(bar.deviations.value ?? 0)
    let distance = min(Self.most, deviations) * scale
    let x = bar.isRise ? Self.middle : Self.middle - distance
    var parts = [
      ChartShape.text(
        ChartShape.clipped(bar.title, 33), SIMD2(Self.left - 8, y + 13), "txt", anchor: "end",
        whole: bar.title),
      ChartShape.rect(x, y + 2, distance, 13, bar.changesPlan ? "fill tone-caution" : "open"),
    ]
    if deviations > Self.most {
      let tip = bar.isRise ? Self.middle + Self.half : Self.middle - Self.half
      let back = bar.isRise ? -7.0 : 7.0
      parts.append(
        ChartShape.path([SIMD2(tip + back, y + 4), SIMD2(tip, y + 8), SIMD2(tip + back, y + 12)], "arrow"))
    }
    let tail = bar.unit.isEmpty || bar.unit == "count" ? "" : " \(bar.unit)"
    parts.append(
      ChartShape.text(
        "\(Figures.plain(bar.value)) → \(Figures.plain(bar.edge))\(tail) (\(bar.deviations.text) σ)",
        SIMD2(Self.middle + Self.half + 12, y + 13), "small", figure: bar.deviations))
    return parts
  }
}
