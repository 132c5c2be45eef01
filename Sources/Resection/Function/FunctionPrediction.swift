// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What operations leave of lung function.
///
/// Every way of reckoning is a share of today's value: the same for FEV1, DLCO and peak oxygen uptake.
struct FunctionPrediction {
  let parameters: ResectionParameters
  let map: LungMap
  let lobes: [LobeResection]
  let facts: FactTable
  /// Lung lesions without a resection in this plan, with their sides as far as known.
  let unplanned: [(lesion: String, side: Side?)]
  /// Why segments may be missing already, though nobody told how many; `nil` where nothing says so.
  let earlierLoss: ResectionReason?
  let proposals: [ResectionProposal]
  let settings: [String: LesionContext]

  private typealias Pair = (expected: Double?, worst: Double?)

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
    // What is not planned, and what is planned on an unknown side, costs something here as well.
    let without =
      unplanned.filter { $0.side.map(sides.contains) ?? true }.map(\.lesion)
      + proposals.filter { $0.side == nil }.map(\.lesion)
    let perSide = sides.map { side in (side: side, segments: lost(on: side)) }
    let segments = Self.sum(perSide.map { $0.segments })
    let counted = counting(segments)
    let volume = byVolume(own)
    let perfused = byPerfusion(perSide)
    let remaining = [counted, volume, perfused].compactMap(\.self).map { way in
      without.isEmpty
        ? way
        : PredictedFunction(method: way.method, expected: way.expected, worst: nil, remark: way.remark)
    }
    let left = remains(perSide, counted, volume, perfused, isWhole: without.isEmpty)
    func after(_ fact: Fact) -> Pair {
      guard let before = facts.interval(fact) else { return (nil, nil) }
      return (left.expected.map { $0 * before.upperBound }, left.worst.map { $0 * before.lowerBound })
    }
    let values = [
      (Fact.fev1, Fact.ppoFEV1), (.dlco, .ppoDLCO), (.vo2Peak, .ppoVO2Peak),
      (.vo2PeakPercent, .ppoVO2PeakPercent),
    ].map { (planned: $0.1, after: after($0.0)) }
    func table(_ pick: (Pair) -> Double?) -> FactTable {
      var table = facts
      for value in values {
        if let x = pick(value.after) { table[value.planned] = .number(x, .estimated, "predicted") }
      }
      return table
    }
    let liters = after(.fev1Volume)
    let isKnown = without.isEmpty && (left.worst ?? left.expected) != nil
    let walked: [StageFunction.FlowResult] =
      isKnown
      ? parameters.flows.map { flow in
        let expected = left.expected == nil ? nil : flow.walk(table { $0.expected })
        return StageFunction.FlowResult(
          flow: flow, expected: expected?.answer,
          worst: left.worst == nil ? nil : flow.answer(table { $0.worst }), passed: expected?.passed ?? [])
      } : []
    return StageFunction(
      sides: sides, lesions: own.flatMap(\.lesions),
      segments: (segments.expected, without.isEmpty ? segments.worst : nil), remaining: remaining,
      toMark: own.filter { !$0.isWhole }.flatMap(\.lesions).filter { id in
        proposals.first { $0.lesion == id }?.localisation?.answer == .advised
      }, isReoperation: isReoperation(own.flatMap(\.lesions)), without: without, left: left,
      fev1: values[0].after, dlco: values[1].after, fev1Liters: liters,
      isBelowLeastFEV1: (liters.worst ?? liters.expected).map {
        $0 < parameters.function.leastFEV1.value
      } ?? false,
      flows: sides.count == 1 ? walked : [], together: sides.count == 1 ? [] : walked)
  }

  private func isReoperation(_ lesions: [String]) -> Bool? {
    let answers = lesions.map { settings[$0]?.facts.answer(.priorSurgerySameSide) }
    if answers.contains(true) { return true }
    return answers.allSatisfy { $0 == false } ? false : nil
  }

  /// Segments of one side, never more than its lung has; unknown as soon as one lobe's are.
  private func lost(on side: Side) -> Pair { Self.lost(on: side, lobes, parameters.function) }

  /// See `lost(on:)`.
  static func lost(
    on side: Side, _ lobes: [LobeResection], _ model: FunctionModel
  ) -> (expected: Double?, worst: Double?) {
    let most = Double(model.segments(of: side))
    let total = sum(lobes.filter { $0.side == side }.map(\.segments))
    return (total.expected.map { min(most, $0) }, total.worst.map { min(most, $0) })
  }

  /// What remains: as expected by counting, at worst by whatever way leaves least.
  ///
  /// Where a whole lung goes, its share of perfusion tells and counting does not.
  private func remains(
    _ perSide: [(side: Side, segments: (expected: Double?, worst: Double?))], _ counted: PredictedFunction?,
    _ byVolume: PredictedFunction?, _ byPerfusion: PredictedFunction?, isWhole: Bool
  ) -> Pair {
    let lungs = perSide.filter { side, segments in
      segments.worst.map { $0 >= Double(parameters.function.segments(of: side)) } ?? false
    }
    let expectedLungs = perSide.filter { side, segments in
      segments.expected.map { $0 >= Double(parameters.function.segments(of: side)) } ?? false
    }
    let expected =
      (expectedLungs.isEmpty ? nil : byPerfusion?.expected) ?? counted?.expected ?? byVolume?.expected
    guard isWhole else { return (expected, nil) }
    if !lungs.isEmpty {
      // Counting does not hold for a whole lung: without a scan what remains is unknown.
      guard let perfused = byPerfusion?.worst else { return (expectedLungs.isEmpty ? expected : nil, nil) }
      return (expected, min(perfused, expected ?? perfused))
    }
    guard let worst = counted?.worst else { return (expected, nil) }
    let all = [worst, expected, byVolume?.expected, byPerfusion?.worst].compactMap(\.self)
    return (expected, all.min())
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
    if told == nil, let earlierLoss {
      return PredictedFunction(
        method: .segmentCounting, expected: nil, worst: nil,
        remark: Reason(
          .resection(.lostSegmentsUnknown), facts: [.obstructedSegments],
          because: [Reason(.resection(earlierLoss))]))
    }
    let all = Double(parameters.function.allSegments)
    func left(_ y: Double?, lost: Double) -> Double? { y.map { max(0, 1 - $0 / max(1, all - lost)) } }
    return PredictedFunction(
      method: .segmentCounting, expected: left(segments.expected, lost: told?.lowerBound ?? 0),
      worst: left(segments.worst, lost: told?.upperBound ?? 0),
      remark: told == nil
        ? Reason(.resection(.noSegmentLost))
        : (told == 0...0
          ? nil
          : Reason(
            .resection(.segmentsNotWorking), facts: [.obstructedSegments],
            figures: [.init(told?.upperBound.rounded(.down) ?? 0, unit: "")]))
    )
  }

  /// ppo = pre × (1 − resected volume / functional volume of both lungs).
  private func byVolume(_ own: [LobeResection]) -> PredictedFunction? {
    guard let total = map.functional, total > .zero, own.allSatisfy({ $0.functional != nil }) else {
      return nil
    }
    let resected = own.compactMap(\.functional).reduce(.zero, +)
    return PredictedFunction(
      method: .volume,
      expected: max(0, 1 - resected.cubicMillimeters / total.cubicMillimeters), worst: nil,
      remark: map.emphysema.isEmpty
        ? Reason(.resection(.emphysemaNotContoured))
        : Reason(.resection(.withoutStructures), names: map.emphysema))
  }

  /// ppo = pre × (1 − Σ a lung's share of perfusion × its segments removed / its segments).
  private func byPerfusion(
    _ perSide: [(side: Side, segments: (expected: Double?, worst: Double?))]
  ) -> PredictedFunction? {
    guard let right = facts.interval(.perfusionRight) else { return nil }
    func left(_ pick: ((expected: Double?, worst: Double?)) -> Double?, worst: Bool) -> Double? {
      var lost = 0.0
      for (side, segments) in perSide {
        guard let removed = pick(segments) else { return nil }
        let middle = (right.lowerBound + right.upperBound) / 2
        let share =
          side == .right
          ? (worst ? right.upperBound : middle) : 100 - (worst ? right.lowerBound : middle)
        lost += share / 100 * min(1, removed / Double(max(1, parameters.function.segments(of: side))))
      }
      return max(0, 1 - lost)
    }
    return PredictedFunction(
      method: .perfusion, expected: left({ $0.expected }, worst: false),
      worst: left({ $0.worst }, worst: true),
      remark: Reason(.resection(.perfusionEven)))
  }
}
