// SPDX-License-Identifier: Apache-2.0
public import Eligibility
public import Facts
public import Vocabulary

/// How near the edge a plan stands.
public struct PlanRobustness: Sendable {
  /// What is probable for one lesion.
  public struct Lesion: Sendable {
    /// The lesion, by id.
    public let lesion: String
    /// The chance of each verdict of the therapy that it has in the plan, 0 to 1; empty where it has none.
    public let verdicts: [Verdict: Double]
    /// The chance that each therapy is eligible or conditional for it, by itself.
    public let acceptable: [Modality: Double]
    /// How often each choice is the best plan's, by its word.
    public let choices: [String: Double]
  }

  /// The smallest change of one fact that would change a verdict or the plan.
  public struct Flip: Sendable, Hashable {
    /// The lesion, by id; `nil` for a fact of the patient.
    public let lesion: String?
    /// The fact.
    public let fact: Fact
    /// Its value now.
    public let value: Double
    /// The edge.
    public let edge: Double
    /// Whether the change is upwards.
    public let isRise: Bool
    /// How far the edge is, in standard deviations of its measurement; `nil` where no error is known.
    public let deviations: Double?
    /// Verdicts that change, of the therapies in the plan.
    public let verdicts: [VerdictChange]
    /// Lesions that would be treated otherwise, each with the word of its new choice.
    public let decisions: [Decision]

    /// How far it is.
    public var distance: Double { abs(edge - value) }
  }

  /// A verdict that changes.
  public struct VerdictChange: Sendable, Hashable {
    /// The lesion.
    public let lesion: String
    /// Its therapy.
    public let modality: Modality
    /// The verdict now.
    public let from: Verdict
    /// The verdict then.
    public let to: Verdict
  }

  /// A lesion that would be treated otherwise.
  public struct Decision: Sendable, Hashable {
    /// The lesion.
    public let lesion: String
    /// The word of what is done then.
    public let choice: String
  }

  /// The single thing whose exact value, if it were known, would make the choice of a plan surest.
  public struct Settling: Sendable, Hashable {
    /// What is measured or planned to no better than an error.
    public enum What: Sendable, Hashable {
      /// A measured fact.
      case fact(Fact)
      /// The position of an ablation zone.
      case placement
      /// What a planning system makes of the course of SBRT.
      case dose
    }

    /// The lesion, by id; `nil` for the course of SBRT.
    public let lesion: String?
    /// What would be known.
    public let what: What
    /// In which share of draws the plan that is chosen by it is as good as any, 0 to 1.
    public let asGoodProbability: Double
  }

  /// A fact worth obtaining.
  public struct Wish: Sendable, Hashable {
    /// The fact.
    public let fact: Fact
    /// The lesions it is asked for; empty for the patient's.
    public let lesions: [String]
    /// Whether a value of it would change what is done about a lesion; `nil` where that was not tried.
    public let changesPlan: Bool?
    /// Whether some value would exclude a therapy of the plan.
    public let couldExclude: Bool
    /// How many points of a score it may move.
    public let scoreSpread: Double
  }

  /// The lesions, by id.
  public let lesions: [Lesion]
  /// The flips, the nearest first.
  public let flips: [Flip]
  /// Facts worth obtaining, the most telling first.
  public let wishes: [Wish]
  /// How often the recommended plan is the best one of those met and those near them, 0 to 1: another plan may be better
  /// still.
  public let planProbability: Double
  /// In which share of draws no plan that was met leaves fewer lesions, fewer questions for the board, fewer lesions treated
  /// by less than their first therapy or less burden, 0 to 1.
  public let asGoodProbability: Double
  /// Whether that share reaches what the protocol calls robust.
  public let isRobust: Bool
  /// What it is charged beyond the best plan of each draw, on average, in points.
  public let regretPoints: Double
  /// The same of the plan that is best at the values as they were measured; `nil` where that is this plan.
  public let regretPointsAsMeasured: Double?
  /// What would settle the choice most; `nil` where nothing measured is in doubt.
  public let settling: Settling?
  /// In how many draws steps to other plans were left that might be better and were not looked at.
  public let unsettled: Int
  /// Whether time ran out before all plans that draws ask for, all thresholds and all missing facts were looked at.
  public let isCutShort: Bool
  /// How many times measurements were drawn.
  public let samples: Int
  /// Where drawing started.
  public let seed: UInt64
}
