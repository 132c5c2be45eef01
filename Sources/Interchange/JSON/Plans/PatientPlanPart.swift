// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// What a plan of the patient as a whole says beside what all plans say.
struct PatientPlanPart: Codable {
  let advice: String
  /// What the plan is to the board: recommended, ifBoardLifts, noLocalPlan.
  let status: String
  /// The kinds of alternatives that the plan is itself, as "fewest visits".
  let alsoCalled: [String]
  let weeks: Int?
  let patientFindings: [AssessmentDocument.FindingEntry]
  let requires: [AssessmentDocument.RequirementEntry]
  let locks: [LockEntry]
  let assignments: [AssignmentEntry]
  let sessions: [SessionEntry]
  let standing: StandingEntry
  let burden: BurdenEntry
  let limits: [LimitEntry]
  let proof: String
  let alternatives: [AlternativeEntry]
  let impossible: [ImpossibleEntry]
  let unassigned: [UnassignedEntry]
  let refused: [RefusedEntry]
  /// Every lesion with its therapies, each judged as if this lesion alone were treated.
  let judgedAlone: [AloneEntry]
  let robustness: RobustnessEntry?

  struct AloneEntry: Codable {
    let lesion: String
    let modalities: [TherapyEntry]
    struct TherapyEntry: Codable {
      let modality: String
      let verdict: String
      /// Absent for a verdict that has none.
      let score: Double?
    }
  }

  struct RobustnessEntry: Codable {
    let samples: Int
    let seed: UInt64
    let probabilityOfPlan: Double
    /// In which share of draws no plan is better in what comes before cautions.
    let probabilityAsGood: Double
    let isRobust: Bool
    /// What the plan costs beyond the best one of each draw, on average.
    let regretPoints: Double
    /// The same of the plan that is best as measured; null where that is this plan.
    let regretPointsAsMeasured: Double?
    /// What, known exactly, would settle the choice most; null where nothing measured is in doubt.
    let settling: SettlingEntry?
    /// In how many draws plans were left that might be better and were not looked at.
    let drawsLeftOpen: Int
    let lesions: [LesionEntry]
    let flips: [FlipEntry]
    let worthObtaining: [WishEntry]
  }

  struct SettlingEntry: Codable {
    /// The lesion; null for the course of SBRT.
    let lesion: String?
    /// A fact's name, zonePlacement or calculatedDose.
    let what: String
    /// In which share of draws the plan that is chosen by it is as good as any.
    let probabilityAsGood: Double
  }

  struct LesionEntry: Codable {
    let lesion: String
    let probabilityOfVerdict: [String: Double]
    let probabilityAcceptable: [String: Double]
    let probabilityOfChoice: [String: Double]
  }

  struct FlipEntry: Codable {
    let lesion: String?
    let fact: String
    let value: Double
    let atValue: Double
    let direction: String
    let unit: String
    let standardDeviations: Double?
    let verdicts: [VerdictEntry]
    let decisions: [String: String]
  }

  struct VerdictEntry: Codable {
    let lesion: String
    let modality: String
    let from: String
    let to: String
  }

  struct WishEntry: Codable {
    let fact: String
    let lesions: [String]
    let mayChangePlan: Bool?
    let couldExclude: Bool
    let scoreSpread: Double
  }

  struct LockEntry: Codable {
    let lesion: String
    let kind: String
    let choices: [String]
    let reason: String
  }

  struct AssignmentEntry: Codable {
    let lesion: String
    let site: String?
    let side: String?
    let modality: String
    let verdict: String?
    let score: Double?
    let scheme: SchemeEntry?
    let findings: [AssessmentDocument.FindingEntry]
    let providedThat: [ReasonEntry]
    let proposal: [ReasonEntry]
    /// The ablation that was judged; of the recommended plan alone, and absent for every other therapy.
    let ablation: AblationPlanPart.ProposalEntry?
    let why: [String]
    let noMeaningfulDifference: [String]
  }

  struct SchemeEntry: Codable {
    let id: String
    let doseGy: Double
    let fractions: Int
    let sources: [String]
  }

  struct SessionEntry: Codable {
    let order: Int
    let modality: String
    let lesions: [String]
    let side: String?
    let visits: Int?
    let punctures: Int?
    let weeksAfterPrevious: Int?
    let startWeek: Int
    let isIntraoperative: Bool
    let before: [ReasonEntry]
    let sources: [String]
  }

  struct StandingEntry: Codable {
    let lesionsWithoutAcceptableTreatment: Int
    let untreatedLesions: Int
    let boardQuestions: Int
    let lesionsOutsideFirstGroup: Int
    let openConditions: Int
    let cautions: Int
    let acceptableOrWorse: Int
    let meanScore: Double?
  }

  struct BurdenEntry: Codable {
    let visits: Int
    let meanLungDoseGy: Double?
    let segments: Double?
    let anaesthetics: Int
    let hospitalDays: Int
    let punctures: Int
    let weeks: Int
    let energies: Int
    let assumedPoints: Double
    let points: Double
    let incomplete: [String]
    let unknown: [ReasonEntry]
  }

  struct LimitEntry: Codable {
    let name: String
    let value: Double?
    let low: Double?
    let high: Double?
    let limit: Double?
    let unit: String
    let standing: ReasonEntry
    let sources: [String]
  }

  struct AlternativeEntry: Codable {
    let title: String
    let assignments: [AssignmentEntry]
    let sessions: [SessionEntry]
    let standing: StandingEntry
    let burden: BurdenEntry
    let limits: [LimitEntry]
    let proof: String
    let won: [ReasonEntry]
    let lost: [ReasonEntry]
    let isOnParetoFront: Bool
  }

  struct ImpossibleEntry: Codable {
    let kind: String
    let reasons: [String]
  }

  struct UnassignedEntry: Codable {
    let lesion: String
    let why: [String]
  }

  struct RefusedEntry: Codable {
    let lesion: String
    let modality: String
    let why: String
    let sources: [String]
  }
}
