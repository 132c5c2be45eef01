// SPDX-License-Identifier: Apache-2.0
/// A figure drawn as SVG within the page: colours and sizes of text come from the style sheet by class, so that light, dark
/// and printed pages share one drawing.
struct ChartDrawing {
  private let figure: ReportFigure
  private let words: [String: String]

  init(_ figure: ReportFigure, words: [String: String]) {
    self.figure = figure
    self.words = words
  }

  /// The drawing; of a comparison a table with bars in its cells.
  var markup: String {
    switch figure.drawing {
    case .timeline(let timeline): TimelineDrawing(timeline, words: words).html(figure.title)
    case .comparison(let comparison): ComparisonDrawing(comparison, words: words).html(figure.title)
    case .limits(let bars): BarDrawing(bars, asShares: true).svg(figure.title)
    case .ranges(let bars): BarDrawing(bars, asShares: false).svg(figure.title)
    case .curves(let chart): CurveDrawing(chart, words: words).svg(figure.title)
    case .thresholds(let bars): ThresholdDrawing(bars, words: words).svg(figure.title)
    case .scatter(let scatter): ScatterDrawing(scatter).svg(figure.title)
    case .walk(let steps): Self.walk(steps)
    }
  }

  /// The steps one below the other: text that wraps by itself needs no drawing.
  private static func walk(_ steps: [ReportFigure.WalkStep]) -> String {
    let items = steps.map { step in
      func part(_ name: String, _ text: String) -> String {
        text.isEmpty ? "" : "<span class=\"\(name)\">\(PageText.escaped(text))</span>"
      }
      return "<li class=\"tone-\(step.tone)\(step.isEnd ? " end" : "")\">" + part("step", step.title)
        + part("known", step.value)
        + part("answer", step.answer) + "</li>"
    }
    return "<ol class=\"walk-steps\">\(items.joined())</ol>"
  }
}

/// SVG elements with classes in place of colours.
enum ChartShape {
  static func number(_ x: Double) -> String { Figures.plain(x) }

  static func svg(_ width: Double, _ height: Double, _ title: String, _ parts: [String]) -> String {
    "<svg class=\"chart\" viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" aria-label=\"\(PageText.escaped(title))\">"
      + parts.joined() + "</svg>"
  }

  static func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String, round: Double = 0
  ) -> String {
    "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(0, width)))\" height=\"\(number(height))\" rx=\"\(number(round))\" class=\"\(kind)\"/>"
  }

  static func line(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ kind: String) -> String {
    "<line x1=\"\(number(a.x))\" y1=\"\(number(a.y))\" x2=\"\(number(b.x))\" y2=\"\(number(b.y))\" class=\"\(kind)\"/>"
  }

  static func circle(_ middle: SIMD2<Double>, _ radius: Double, _ kind: String) -> String {
    "<circle cx=\"\(number(middle.x))\" cy=\"\(number(middle.y))\" r=\"\(number(radius))\" class=\"\(kind)\"/>"
  }

  static func path(_ points: [SIMD2<Double>], isClosed: Bool = false, _ kind: String) -> String {
    let steps = points.enumerated().map {
      "\($0.offset == 0 ? "M" : "L")\(number($0.element.x)) \(number($0.element.y))"
    }
    return "<path d=\"\(steps.joined())\(isClosed ? "Z" : "")\" class=\"\(kind)\"/>"
  }

  /// - Parameters:
  ///   - anchor: `start`, `middle` or `end`.
  ///   - figure: the number that it prints, for whoever compares it with the plan's file.
  ///   - whole: the text before it was shortened, shown while the pointer rests on it; `nil` where nothing was left out.
  static func text(
    _ text: String, _ place: SIMD2<Double>, _ kind: String = "txt", anchor: String = "start",
    figure: PlanFigure? = nil, whole: String? = nil
  ) -> String {
    let title = whole.flatMap { $0 == text ? nil : "<title>\(PageText.escaped($0))</title>" } ?? ""
    return
      "<text x=\"\(number(place.x))\" y=\"\(number(place.y))\" text-anchor=\"\(anchor)\" class=\"\(kind)\"\(attributes(figure))>\(title)\(PageText.escaped(text))</text>"
  }

  static func attributes(_ figure: PlanFigure?) -> String {
    guard let figure, let value = figure.value, let place = figure.place else { return "" }
    return " data-at=\"\(PageText.escaped(place))\" data-value=\"\(value)\""
  }

  /// A text shortened to so many characters.
  static func clipped(_ text: String, _ most: Int) -> String {
    text.count > most ? text.prefix(most - 1) + "…" : text
  }

  /// Round steps that divide an axis to a maximum into four to eight parts.
  static func step(for maximum: Double) -> Double {
    guard maximum > 0, maximum.isFinite else { return 1 }
    var unit = 1.0
    while unit * 10 <= maximum { unit *= 10 }
    while unit > maximum { unit /= 10 }
    let parts = maximum / unit
    return parts > 5 ? unit : (parts > 2 ? unit / 2 : unit / 5)
  }
}
