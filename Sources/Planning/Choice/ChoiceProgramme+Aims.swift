// SPDX-License-Identifier: Apache-2.0
internal import Optimization

extension ChoiceProgramme {
  /// What an aim makes least.
  func expression(_ aim: ChoiceRequest.Aim) -> LinearExpression {
    switch aim {
    case .acceptable: figure(0, 1)
    case .untreated: figure(1, 1)
    case .board:
      LinearExpression(
        figure(2, 1).terms
          + all { if case .condition(let condition) = $0, condition.isForBoard { 1 } else { 0 } })
    case .outside: figure(3, 1)
    case .conditions:
      LinearExpression(
        figure(4, 1).terms
          + all { if case .condition(let condition) = $0, !condition.isForBoard { 1 } else { 0 } })
    case .cautions:
      LinearExpression(figure(5, 1).terms + all { if case .caution = $0 { 1 } else { 0 } })
    case .acceptables:
      LinearExpression(figure(6, 1).terms + all { if case .acceptable = $0 { 1 } else { 0 } })
    case .treatment:
      LinearExpression(
        figure(0, Double(ChoiceRequest.Aim.unacceptableWeight)).terms
          + figure(1, 1).terms)
    case .suitability:
      LinearExpression(
        figure(2, Double(ChoiceRequest.Aim.boardWeight)).terms
          + all { item in
            guard case .condition(let condition) = item, condition.isForBoard else { return 0 }
            return Double(ChoiceRequest.Aim.boardWeight)
          } + figure(3, 1).terms)
    case .concerns:
      LinearExpression(
        figure(5, Double(ChoiceRequest.Aim.cautionWeight)).terms + figure(6, 1).terms
          + all { item in
            switch item {
            case .condition: 0
            case .caution: Double(ChoiceRequest.Aim.cautionWeight)
            case .acceptable: 1
            }
          })
    case .burden:
      LinearExpression(problem.weights.indices.flatMap { measure($0, Double(problem.weights[$0])).terms })
    case .measure(let index): measure(index, 1)
    case .score: figure(7, 1)
    }
  }

  private func all(_ weight: (ContextItem) -> Double) -> [LinearExpression.Term] {
    items.sorted { $0.key < $1.key }.compactMap { item, variable in
      weight(item) > 0 ? .init(weight(item), variable) : nil
    }
  }

  private func figure(_ index: Int, _ weight: Double) -> LinearExpression {
    LinearExpression(
      chosen.indices.filter { problem.floors[$0][keyPath: Self.figures[index]] > 0 }.map {
        .init(weight * Double(problem.floors[$0][keyPath: Self.figures[index]]), chosen[$0])
      } + Self.variables(extras, index).map { .init(weight, $0) })
  }

  /// The variables of one figure, in a fixed order.
  private static func variables(_ all: [Place: Variable], _ figure: Int) -> [Variable] {
    all.filter { $0.key.figure == figure }.sorted { $0.key < $1.key }.map(\.value)
  }

  private func measure(_ index: Int, _ weight: Double) -> LinearExpression {
    LinearExpression(
      chosen.indices.filter { problem.options[$0].burden[index] > 0 }.map {
        .init(weight * Double(problem.options[$0].burden[index]), chosen[$0])
      } + Self.variables(burdens, index).map { .init(weight, $0) }
        + zip(problem.credits, saved).filter { $0.0.burden[index] > 0 }.map {
          .init(-weight * Double($0.0.burden[index]), $0.1)
        })
  }
}
