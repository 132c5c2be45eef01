internal import Eligibility
internal import Foundation
internal import Quantities
internal import Vocabulary

/// What operations leave of lung function.
///
/// Every way of reckoning is a share of today's value: the same for FEV1, DLCO and peak oxygen uptake.
struct FunctionReckoning {
  let parameters: ResectionParameters
  let map: LungMap
  let lobes: [LobeResection]
  let facts: FactTable

  /// The stages there are: each side with a resection, and both when both have one.
  func stages() -> [StageFunction] {
    let operated = Set(lobes.compactMap(\.side))
    let sides: [Side] = [.right, .left].filter(operated.contains)
    var stages = sides.map { stage([$0]) }
    if sides.count == 2 { stages.append(stage(sides)) }
    return stages
  }

  private func stage(_ sides: [Side]) -> StageFunction {
    let own = lobes.filter { lobe in lobe.side.map(sides.contains) ?? false }
    let segments = Self.sum(own.map(\.segments))
    let remaining = [counting(segments), byVolume(own), byPerfusion(own, sides)].compactMap(\.self)
    let counted = remaining.first { $0.method == .segmentCounting }
    func after(_ fact: Fact) -> (expected: Double?, worst: Double?) {
      guard let before = facts.interval(fact) else { return (nil, nil) }
      return (
        counted?.expected.map { $0 * before.lowerBound }, counted?.worst.map { $0 * before.lowerBound }
      )
    }
    let values = [
      (Fact.fev1, Fact.ppoFEV1), (.dlco, .ppoDLCO), (.vo2Peak, .ppoVO2Peak),
      (.vo2PeakPercent, .ppoVO2PeakPercent),
    ].map { (before: $0.0, planned: $0.1, after: after($0.0)) }
    func table(_ pick: ((expected: Double?, worst: Double?)) -> Double?) -> FactTable {
      var table = facts
      for value in values {
        if let x = pick(value.after) {
          table[value.planned] = .number(x, .estimated, "predicted by segment counting")
        }
      }
      return table
    }
    let tables = (expected: table { $0.expected }, worst: table { $0.worst })
    let liters = after(.fev1Volume)
    return StageFunction(
      sides: sides, lesions: own.flatMap(\.lesions), segments: segments, remaining: remaining,
      fev1: values[0].after, dlco: values[1].after, fev1Liters: liters,
      isBelowLeastFEV1: (liters.worst ?? liters.expected).map {
        $0 < parameters.function.leastFEV1.value
      } ?? false,
      flows: parameters.flows.map {
        .init(flow: $0, expected: $0.answer(tables.expected), worst: $0.answer(tables.worst))
      })
  }

  /// The sum of segments; unknown as soon as one is.
  static func sum(
    _ parts: [(expected: Double?, worst: Double?)]
  ) -> (expected: Double?, worst: Double?) {
    func total(_ values: [Double?]) -> Double? {
      values.contains { $0 == nil } ? nil : values.compactMap(\.self).reduce(0, +)
    }
    return (total(parts.map(\.expected)), total(parts.map(\.worst)))
  }

  /// ppo = pre × (1 − y/z), y functioning segments removed of z.
  private func counting(_ segments: (expected: Double?, worst: Double?)) -> PredictedFunction? {
    guard segments.expected != nil || segments.worst != nil else { return nil }
    let told = facts.interval(.obstructedSegments)
    let working = Double(parameters.function.allSegments) - (told?.upperBound ?? 0)
    func left(_ y: Double?) -> Double? { y.map { max(0, 1 - $0 / max(1, working)) } }
    return PredictedFunction(
      method: .segmentCounting, expected: left(segments.expected), worst: left(segments.worst),
      remark: told == nil
        ? "provided that no segment is obstructed"
        : (told == 0...0
          ? nil
          : "\(Int(told?.upperBound ?? 0)) segments do not work; those removed are taken for working ones: a perfusion scan tells more")
    )
  }

  /// ppo = pre × (1 − resected volume / functional volume of both lungs).
  private func byVolume(_ own: [LobeResection]) -> PredictedFunction? {
    guard let total = map.functional, total > .zero, own.allSatisfy({ $0.volume != nil }) else { return nil }
    let resected = own.compactMap(\.volume).reduce(.zero, +)
    return PredictedFunction(
      method: .volume,
      expected: max(0, 1 - resected.cubicMillimeters / total.cubicMillimeters), worst: nil,
      remark: map.emphysema.isEmpty
        ? "emphysema is not contoured, so not excluded"
        : "without \(map.emphysema.joined(separator: ", "))")
  }

  /// ppo = pre × (1 − Σ a lung's share of perfusion × its segments removed / its segments).
  private func byPerfusion(_ own: [LobeResection], _ sides: [Side]) -> PredictedFunction? {
    guard let right = facts.interval(.perfusionRight) else { return nil }
    func left(_ pick: (LobeResection) -> Double?, worst: Bool) -> Double? {
      var lost = 0.0
      for side in sides {
        let segments = own.filter { $0.side == side }.map(pick)
        guard segments.allSatisfy({ $0 != nil }) else { return nil }
        let share =
          side == .right
          ? (worst ? right.upperBound : (right.lowerBound + right.upperBound) / 2)
          : 100 - (worst ? right.lowerBound : (right.lowerBound + right.upperBound) / 2)
        lost +=
          share / 100 * segments.compactMap(\.self).reduce(0, +)
          / Double(max(1, parameters.function.segments(of: side)))
      }
      return max(0, 1 - lost)
    }
    return PredictedFunction(
      method: .perfusion, expected: left({ $0.segments.expected }, worst: false),
      worst: left({ $0.segments.worst }, worst: true),
      remark: "within each lung perfusion is taken as even over its segments")
  }
}
