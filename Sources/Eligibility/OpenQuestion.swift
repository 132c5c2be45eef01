// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

/// What a rule could say against a therapy while its fact is not known closely enough: ignorance never helps.
///
/// Facts that are confirmed or decide a verdict have their own ways: a usual value that is said, and `indeterminate`.
struct OpenQuestion {
  /// What the worst value would do.
  enum Effect {
    /// Lower the score: it is lowered.
    case lowers(Band)
    /// Make the therapy conditional, or exclude it: the answer becomes the condition.
    case conditions
  }

  /// The fact that would tell.
  let fact: Fact
  /// Whether it tells where the lesion lies.
  let isLocation: Bool
  /// What the worst value would do.
  let effect: Effect
  /// From which values on nothing stands against it; `nil` where no such run of values is known.
  let harmless: Reason?

  /// `nil` where the rule is answered, or no answer could stand against the therapy.
  init?(_ reading: RuleEvaluation) {
    let need: Need
    switch reading.state {
    case .unknown:
      fact = reading.rule.fact
      need = reading.need
    case .mayApply:
      guard let applies = reading.rule.applies else { return nil }
      fact = applies.fact
      need = reading.guardNeed
    case .read(let band, _):
      // What a plan expects stands with its band; its worst end is a limit to keep, not what is expected.
      guard reading.isUncertain, reading.value.origin != .assumed, !band.standsAgainst,
        !reading.rule.definition.isPlanned
      else { return nil }
      fact = reading.rule.fact
      need = reading.need
    }
    guard need == .locate || need == .refine else { return nil }
    isLocation = need == .locate
    if reading.possible.contains(where: \.standsAgainst) {
      effect = .conditions
    } else if reading.range.lowerBound < 1,
      let worst = reading.possible.max(by: {
        ($0.grade, -$0.desirability.least) < ($1.grade, -$1.desirability.least)
      })
    {
      effect = .lowers(worst)
    } else {
      return nil
    }
    harmless = fact == reading.rule.fact ? reading.rule.harmless : nil
  }

  /// Whether it belongs to the one condition on where a lesion lies, once there is one: every distance does, or the energy
  /// with the milder rules would be the only one lowered.
  var isNamedWithLocation: Bool { isLocation }

  /// Whether it makes the condition on where a lesion lies necessary.
  var asksLocation: Bool {
    if case .conditions = effect { isLocation } else { false }
  }

  /// The band that is assumed; `nil` where a condition names the question instead.
  ///
  /// - Parameter locationIsNamed: whether the therapy has the condition on where the lesion lies.
  func worst(locationIsNamed: Bool) -> Band? {
    guard case .lowers(let band) = effect, !(locationIsNamed && isNamedWithLocation) else { return nil }
    return band
  }
}

extension Band {
  /// Whether a value here excludes the therapy or makes it conditional.
  var standsAgainst: Bool {
    grade == .exclusion || condition != nil || (grade == .caution && !manoeuvres.isEmpty)
  }
}

extension Desirability {
  /// The lesser of both ends.
  var least: Double { min(lower, upper) }
}
