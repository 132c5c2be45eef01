// SPDX-License-Identifier: Apache-2.0
/// Values as bars with their band as whiskers, beside a limit where there is one.
struct BarDrawing {
  private let bars: [ReportFigure.LimitBar]
  private let asShares: Bool

  /// - Parameter asShares: whether each bar is drawn as a share of its limit, so that limits of several units stand in one
  ///   line; on one scale otherwise.
  init(_ bars: [ReportFigure.LimitBar], asShares: Bool) {
    self.bars = bars
    self.asShares = asShares
  }

  private static let width = 760.0
  private static let left = 250.0
  private static let right = 150.0
  private static let row = 24.0
  /// Bars further beyond their limit end in an arrow; their number stands beside them.
  private static let mostShare = 2.0

  func svg(_ title: String) -> String {
    let height = Double(bars.count) * Self.row + 10
    let ends = bars.flatMap { [$0.value.value, $0.low, $0.high] }.compactMap(\.self)
    let most = asShares ? Self.mostShare : max(ends.max() ?? 1, 1e-9)
    let scale = (Self.width - Self.left - Self.right) / most
    var parts: [String] = []
    for (number, bar) in bars.enumerated() {
      let unit = asShares ? 1 / max(bar.limit ?? 1, 1e-9) : 1
      parts += self.bar(bar, y: 4 + Double(number) * Self.row) { value in
        (x: Self.left + min(most, max(0, value * unit)) * scale, isBeyond: value * unit > most * (1 + 1e-9))
      }
    }
    if asShares {
      // Above all bars, so that each shows on which side of its limit it ends.
      parts.append(
        ChartShape.line(SIMD2(Self.left + scale, 2), SIMD2(Self.left + scale, height - 4), "limit"))
    }
    return ChartShape.svg(Self.width, height, title, parts)
  }

  /// - Parameter place: where a value is drawn, and whether it lies beyond what is drawn.
  private func bar(
    _ bar: ReportFigure.LimitBar, y: Double, _ place: (Double) -> (x: Double, isBeyond: Bool)
  ) -> [String] {
    let edge = Self.width - Self.right
    var parts = [
      ChartShape.text(
        ChartShape.clipped(bar.title, 32), SIMD2(Self.left - 8, y + 13), "txt", anchor: "end",
        whole: bar.title),
      ChartShape.rect(Self.left, y + 3, edge - Self.left, 12, "track"),
    ]
    if let value = bar.value.value {
      let end = place(value)
      parts.append(ChartShape.rect(Self.left, y + 3, end.x - Self.left, 12, "fill tone-\(bar.tone)"))
      if end.isBeyond { parts.append(Self.arrow(edge, y + 9)) }
    }
    if let low = bar.low {
      let from = place(low)
      // A band without an upper end goes on: an arrow, no cap.
      let to = bar.high.map(place) ?? (x: edge, isBeyond: true)
      parts.append(ChartShape.line(SIMD2(from.x, y + 9), SIMD2(to.x, y + 9), "whisker"))
      for end in [from, to] where !end.isBeyond {
        parts.append(ChartShape.line(SIMD2(end.x, y + 5), SIMD2(end.x, y + 13), "whisker"))
      }
      if to.isBeyond { parts.append(Self.arrow(edge, y + 9)) }
    }
    let limit = bar.limit.map { " / \(Figures.plain($0))" } ?? ""
    parts.append(
      ChartShape.text(
        "\(bar.value.text)\(limit) \(bar.unit)", SIMD2(edge + 8, y + 13), "num tone-\(bar.tone)",
        figure: bar.value))
    return parts
  }

  /// That something goes on beyond the drawing's edge.
  private static func arrow(_ x: Double, _ y: Double) -> String {
    ChartShape.path([SIMD2(x - 7, y - 4), SIMD2(x, y), SIMD2(x - 7, y + 4)], "arrow")
  }
}
