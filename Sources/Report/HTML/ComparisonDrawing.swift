// SPDX-License-Identifier: Apache-2.0
/// Plans by measures as a table with a bar in each cell, each column on its own scale.
struct ComparisonDrawing {
  private let comparison: ReportFigure.Comparison
  private let words: [String: String]

  init(_ comparison: ReportFigure.Comparison, words: [String: String]) {
    self.comparison = comparison
    self.words = words
  }

  private static let wide = 56.0

  func html(_ title: String) -> String {
    let greatest = comparison.measures.indices.map { column in
      comparison.plans.compactMap { $0.figures[column].value }.max() ?? 0
    }
    let head = comparison.measures.map { "<th scope=\"col\">\(PageText.escaped($0))</th>" }.joined()
    let rows = comparison.plans.map { plan in
      let name = PageText.escaped(plan.title)
      let front =
        plan.isOnFront
        ? "<span aria-hidden=\"true\">♦ </span><span class=\"vh\">\(PageText.escaped(words["onFront"] ?? "")) </span>"
        : ""
      let cells = zip(plan.figures, greatest).map { figure, most in
        let share = most > 0 ? (figure.value ?? 0) / most : 0
        let bar =
          figure.value == nil
          ? ""
          : "<svg class=\"bar\" viewBox=\"0 0 \(ChartShape.number(Self.wide)) 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + ChartShape.rect(0, 0, Self.wide, 6, "track")
            + ChartShape.rect(0, 0, Self.wide * share, 6, "fill")
            + "</svg>"
        return "<td\(ChartShape.attributes(figure))><b>\(PageText.escaped(figure.text))</b>\(bar)</td>"
      }
      return
        "<tr\(plan.isRecommended ? " class=\"recommended\"" : "")><th scope=\"row\">\(front)\(name)</th>\(cells.joined())</tr>"
    }
    return
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(PageText.escaped(title))\"><table class=\"plans\"><caption class=\"vh\">\(PageText.escaped(title))</caption><thead><tr><th scope=\"col\">\(PageText.escaped(words["plan"] ?? ""))</th>\(head)</tr></thead><tbody>\(rows.joined())</tbody></table></div>"
  }
}
