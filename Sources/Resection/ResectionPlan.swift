// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
public import Facts
public import Quantities
public import Reasons
public import Vocabulary

/// The same lesions resected by another habit, and what that costs.
public struct ResectionVariant: Sendable {
  /// The habit.
  public enum Habit: String, Sendable, Hashable, CaseIterable {
    /// The standard margin and the usual depth of wedges.
    case standard
    /// The standard margin, wedges as deep as surgeons go.
    case deeper
    /// The lung-sparing margin and the usual depth.
    case sparing
    /// The lung-sparing margin, wedges as deep as surgeons go.
    case sparingDeeper
    /// The standard margin and the usual depth for what a wedge takes; the rest by ablation or irradiation.
    case hybrid

    /// The words for people.
    public var title: String {
      switch self {
      case .standard: "standard margin, usual depth"
      case .deeper: "standard margin, deeper wedges"
      case .sparing: "lung-sparing margin, usual depth"
      case .sparingDeeper: "lung-sparing margin, deeper wedges"
      case .hybrid: "hybrid, wedges alone"
      }
    }
  }
  /// The habit.
  public let habit: Habit
  /// The lobes.
  public let lobes: [LobeResection]
  /// Lesions left to ablation or irradiation; a hybrid's alone.
  public let leftToOthers: [String]
  /// Segments lost on the right, on the left; `nil` where unknown.
  public let right: (expected: Double?, worst: Double?)
  /// See `right`.
  public let left: (expected: Double?, worst: Double?)
}

/// What is resected of one lobe.
public struct LobeResection: Sendable {
  /// One piece.
  public struct Piece: Sendable {
    /// The technique.
    public let technique: ResectionTechnique
    /// The lesions it takes, in the plan's order.
    public let lesions: [String]
    /// Its volume, lesions included; `nil` where unknown.
    public let volume: Volume?
  }
  /// The lobe; `nil` for lesions whose lobe is not known.
  public let lobe: Lobe?
  /// The side; `nil` when unknown.
  public let side: Side?
  /// The pieces.
  public let pieces: [Piece]
  /// Volumes together; `nil` where unknown.
  public let volume: Volume?
  /// The share of the lobe; `nil` where unknown.
  public let share: Double?
  /// Whether so much is taken that the lobe is proposed as a whole.
  public let isLobeProposed: Bool
  /// What it costs in segments: by volume, and at worst; `nil` where unknown.
  public let segments: (expected: Double?, worst: Double?)
  /// What led to the pieces.
  public internal(set) var remarks: [Reason]
  /// Whether more than one lobe of its lung goes as a whole: never without the board.
  public internal(set) var isForBoard = false

  /// The functioning lung of it, without lesions and emphysema where a lobe goes; `nil` where unknown.
  public internal(set) var functional: Volume?

  /// Whether a known lobe goes as a whole.
  public var isWhole: Bool {
    lobe != nil && (isLobeProposed || pieces.contains { $0.technique >= .lobectomy })
  }

  /// The lesions of all pieces.
  public var lesions: [String] { pieces.flatMap(\.lesions) }
}

/// A lung function after an operation, by one way of reckoning.
public struct PredictedFunction: Sendable, Hashable {
  /// How it was reckoned.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    case segmentCounting, volume, perfusion

    /// The words for people.
    public var title: String {
      switch self {
      case .segmentCounting: "segment counting"
      case .volume: "lung volume"
      case .perfusion: "perfusion"
      }
    }
  }
  /// How.
  public let method: Method
  /// What remains of the function, 0 to 1: as expected; `nil` where unknown.
  public let expected: Double?
  /// What remains at worst; `nil` where unknown.
  public let worst: Double?
  /// What it takes for granted or leaves out.
  public let remark: Reason?
}

/// What an operation on one side, or on both, leaves.
public struct StageFunction: Sendable {
  /// The sides operated on by then.
  public let sides: [Side]
  /// The lesions taken by then.
  public let lesions: [String]
  /// Segments lost by then; `nil` where unknown.
  public let segments: (expected: Double?, worst: Double?)
  /// What remains, by each way of reckoning there is.
  public let remaining: [PredictedFunction]
  /// Lesions that should be marked for a thoracoscopy.
  public let toMark: [String]
  /// Whether one of these sides was operated on before; `nil` when unknown.
  public let isReoperation: Bool?
  /// Lesions of these sides, or of an unknown side, that are not planned: what they cost is not in it.
  public let without: [String]
  /// What remains of the function, 0 to 1: as expected, and at worst by any way of reckoning; `nil` where unknown.
  public let left: (expected: Double?, worst: Double?)
  /// FEV1 in per cent of predicted, DLCO likewise, FEV1 in litres: as expected and at worst; `nil`
  /// where unknown.
  public let fev1: (expected: Double?, worst: Double?)
  /// See `fev1`.
  public let dlco: (expected: Double?, worst: Double?)
  /// See `fev1`.
  public let fev1Liters: (expected: Double?, worst: Double?)
  /// Whether FEV1 in litres falls below what patients are warned of: at worst.
  public let isBelowLeastFEV1: Bool
  /// What each flow answers; empty where what is resected is not known well enough, and for both sides: function is measured
  /// again before the second.
  public let flows: [FlowResult]
  /// The same for both sides as if they were one operation: what the second would be reckoned by if function stayed as
  /// predicted; empty for one side.
  public let together: [FlowResult]

  /// One flow's answers.
  public struct FlowResult: Sendable {
    /// The flow.
    public let flow: ReserveFlow
    /// With the expected values; `nil` where they are unknown.
    public let expected: ReserveFlow.Answer?
    /// With the worst values; `nil` where they are unknown.
    public let worst: ReserveFlow.Answer?
    /// The steps that were come through as expected; empty where nothing is expected.
    public let passed: [ReserveFlow.Passed]
  }
}

/// A liver resection of all liver lesions.
public struct LiverResection: Sendable {
  /// The lesions taken.
  public let lesions: [String]
  /// Lesions that could not be drawn, with the reason.
  public let left: [(lesion: String, why: Reason)]
  /// The liver as contoured, with tumour.
  public let liver: Volume
  /// The tumours in it.
  public let tumour: Volume
  /// Liver taken beside the tumours.
  public let healthy: Volume
  /// What remains, in per cent of the tumour-free liver; `nil` where not all of the liver was imaged.
  public let remnantPercent: Double?
  /// The standardised liver volume from body surface; `nil` when that is unknown.
  public let standardised: Volume?
  /// What remains, in per cent of the standardised volume.
  public let standardisedPercent: Double?
  /// Vessels and ducts nearer than the margin, by lesion.
  public let contacts: [(lesion: String, contact: ResectionContact)]
  /// Whether vessels and ducts are known to lie beyond the margin of every lesion: else more may have to go, and what
  /// remains is at most this.
  public let isExact: Bool
  /// The margin.
  public let margin: Length
}

/// A note whose conditions hold, or could.
public struct AppliedResectionNote: Sendable, Hashable {
  /// The note.
  public let note: ResectionNote
  /// The facts that would tell; empty where the conditions hold.
  public let unknown: [Fact]
}

/// A plan of resection of all lesions.
public struct ResectionPlan: Sendable {
  /// What was planned.
  public let modalities: [Modality]
  /// The lesions, in the case's order.
  public let lesions: [LesionResection]
  /// The lobes, right first.
  public let lobes: [LobeResection]
  /// The same lesions by other habits of margin and depth; the standard one, which `lobes` holds, is left out.
  public let variants: [ResectionVariant]
  /// What each stage leaves: right, left, both.
  public let stages: [StageFunction]
  /// Liver lesions together; `nil` without any that can be drawn.
  public let liver: LiverResection?
  /// Whether every lung metastasis is cleared.
  public let completeness: Completeness?
  /// Metastases outside the lungs, which clearing the lungs leaves.
  public let elsewhere: [Reason]
  /// The registry's group; `nil` when interval, number or completeness is unknown.
  public let irlmGroup: IRLMGroup?
  /// Risk scores, as information.
  public let thoracoscore: Thoracoscore?
  /// Cardiac risk, as information.
  public let cardiacRisk: ThoracicRevisedCardiacRisk?
  /// What holds for the patient.
  public let notes: [AppliedResectionNote]
  /// What holds for the plan as a whole.
  public let remarks: [Reason]
  /// What the plan says of the patient.
  public let patientFacts: FactTable
  /// What it says of each lesion, by id.
  public let lesionFacts: [String: FactTable]

  /// Whether a plan clears the lungs.
  public enum Completeness: String, Sendable, Hashable, CaseIterable {
    case complete, board, unknown, incomplete
  }
}
