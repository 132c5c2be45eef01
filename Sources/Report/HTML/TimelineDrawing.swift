// SPDX-License-Identifier: Apache-2.0
/// Sittings as a list, each with its words, which wrap, and a bar on one axis of weeks.
struct TimelineDrawing {
  private let timeline: ReportFigure.Timeline
  private let words: [String: String]

  init(_ timeline: ReportFigure.Timeline, words: [String: String]) {
    self.timeline = timeline
    self.words = words
  }

  private static let width = 420.0
  private static let left = 10.0
  private static let right = 14.0
  private static let height = 22.0
  /// How wide a sitting is drawn at least.
  private static let least = 8.0

  func html(_ title: String) -> String {
    let last = timeline.sittings.compactMap(\.week.value).max() ?? 0
    let weeks = max(timeline.weeks.value ?? 0, last + 1, 1)
    let items = timeline.sittings.enumerated().map { number, sitting in
      "<li>\(words(sitting, number + 1))\(bar(sitting, weeks))</li>"
    }
    let end = PageText.escaped((words["weeks"] ?? "").replacing("{n}", with: timeline.weeks.text))
    let axis =
      "<li><span\(ChartShape.attributes(timeline.weeks))>\(timeline.weeks.isLeast ? "≥ " : "")\(end)</span>\(axis(weeks))</li>"
    return "<ol class=\"sittings\" aria-label=\"\(PageText.escaped(title))\">\(items.joined())\(axis)</ol>"
  }

  private func words(_ sitting: ReportFigure.Timeline.Sitting, _ number: Int) -> String {
    let before = sitting.before.isEmpty ? "" : "; \(words["first"] ?? ""): \(sitting.before)"
    return
      "<span><b>\(number). \(PageText.escaped(sitting.title))</b> · <span\(ChartShape.attributes(sitting.visits))>\(PageText.escaped(sitting.visits.text))</span><small\(ChartShape.attributes(sitting.week))>\(PageText.escaped(sitting.week.text + before))</small></span>"
  }

  private func x(_ week: Double, of weeks: Double) -> Double {
    Self.left + week / weeks * (Self.width - Self.left - Self.right)
  }

  private func bar(_ sitting: ReportFigure.Timeline.Sitting, _ weeks: Double) -> String {
    let start = sitting.week.value ?? 0
    var parts = lines(weeks)
    if let pause = sitting.pause {
      parts.append(
        ChartShape.line(
          SIMD2(x(max(0, start - Double(pause)), of: weeks), 11), SIMD2(x(start, of: weeks), 11), "pause"))
    }
    let wide = max(Self.least, min(x(1, of: weeks) - x(0, of: weeks), 40) * 0.9)
    parts.append(
      ChartShape.rect(x(start, of: weeks), 3, wide, 16, "sitting kind-\(sitting.kind.rawValue)", round: 3))
    return ChartShape.svg(Self.width, Self.height, sitting.week.text, parts)
  }

  private func lines(_ weeks: Double) -> [String] {
    var parts = stride(from: 0, through: weeks, by: step(weeks)).map { week in
      ChartShape.line(SIMD2(x(week, of: weeks), 0), SIMD2(x(week, of: weeks), Self.height), "gridline")
    }
    if let end = timeline.weeks.value {
      parts.append(ChartShape.line(SIMD2(x(end, of: weeks), 0), SIMD2(x(end, of: weeks), Self.height), "end"))
    }
    return parts
  }

  private func step(_ weeks: Double) -> Double { max(1, ChartShape.step(for: weeks).rounded()) }

  private func axis(_ weeks: Double) -> String {
    let figures = stride(from: 0, through: weeks, by: step(weeks)).map { week in
      ChartShape.text(Figures.plain(week), SIMD2(x(week, of: weeks), 13), "num", anchor: "middle")
    }
    return ChartShape.svg(Self.width, 18, words["weekAxis"] ?? "", figures)
  }
}
