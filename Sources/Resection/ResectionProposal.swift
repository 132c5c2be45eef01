public import Anatomy
public import Eligibility
public import Quantities
public import Vocabulary

/// What a resection with one margin takes.
public struct MarginPlan: Sendable {
  /// The margin.
  public let margin: Length
  /// The profiles that ask for it, by id; empty for one that is only reported.
  public let profiles: [String]
  /// By the usual depth of wedges.
  public let usual: TechniqueChoice
  /// By the depth where surgeons go deeper.
  public let permissive: TechniqueChoice
  /// The least piece of lung that holds lesion and margin and opens at the pleura, lesion included; `nil` where it
  /// cannot be drawn.
  public let piece: Solid?
  /// Its volume, estimated where it cannot be drawn; `nil` where unknown.
  public let wedge: Volume?
  /// The lesion with the margin alone, within its lobe; `nil` where a wedge will do or it is not known.
  public let grown: Volume?
  /// Bronchi and hilar vessels that piece meets.
  public let contacts: [ResectionContact]
}

/// Another way to deal with a lesion.
public struct ResectionAlternative: Sendable, Hashable {
  /// What kind it is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The same lesion with a smaller margin.
    case sparing
    /// A wedge deeper than usual.
    case deeperWedge
    /// Laser enucleation.
    case laser
    /// An operation for the outer lesions, ablation or irradiation for this one.
    case hybrid
  }
  /// The kind.
  public let kind: Kind
  /// The sentence.
  public let text: String
  /// Lung and lesion taken; `nil` where it is not known.
  public let resected: Volume?
  /// Keys of the bibliography.
  public let sources: [String]
}

/// One lung lesion's resection.
public struct ResectionProposal: Sendable {
  /// What it rests on.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// Contours.
    case contours
    /// A ball or ellipsoid of stated place and size within contoured lungs.
    case modelled
    /// Stated sizes and distances: volumes are those of a ball beneath a flat pleura.
    case stated
  }

  /// The lesion's id.
  public let lesion: String
  /// Its side; `nil` when unknown.
  public let side: Side?
  /// Its lobe; `nil` when unknown.
  public let lobe: Lobe?
  /// What it rests on.
  public let basis: Basis
  /// Its longest axial diameter.
  public let diameter: Length
  /// From the nearest visceral pleura, fissures included where lobes are contoured, to its nearest edge.
  public let nearestPleura: Length
  /// From the nearest visceral pleura to its inner edge; `nil` when unknown.
  public let deepest: Length?
  /// 0 at the hilum, 1 at the pleura; `nil` when unknown.
  public let zoneRatio: Double?
  /// Every margin that was looked at, ascending.
  public let margins: [MarginPlan]
  /// The margin of the standard profile.
  public let standard: MarginPlan
  /// How far from the nearest pleura another one lies that the piece opens at; `nil` where it opens at the nearest.
  public let opensElsewhere: Length?
  /// Whether it should be marked; `nil` when not enough is known.
  public let localisation: Localisation?
  /// Other ways.
  public let alternatives: [ResectionAlternative]
  /// What would change the technique within measurement error, in words.
  public let flips: [String]
  /// What else must be said.
  public let remarks: [String]

  /// The margin of the lung-sparing profile, the smallest that a profile asks for; the standard one where none is smaller.
  public var sparing: MarginPlan {
    margins.first { !$0.profiles.isEmpty && $0.margin < standard.margin } ?? standard
  }

  /// The technique at the standard margin and the usual depth.
  public var choice: TechniqueChoice { standard.usual }

  /// A third of the way from hilum to pleura.
  public enum Zone: String, Sendable, Hashable { case inner, middle, outer }

  /// The third it lies in; `nil` when unknown.
  public var zone: Zone? { zoneRatio.map { $0 > 2.0 / 3 ? .outer : ($0 < 1.0 / 3 ? .inner : .middle) } }
}

/// One lesion of a plan: its resection, or why there is none.
public struct LesionResection: Sendable {
  /// The lesion's id.
  public let lesion: String
  /// Its site; `nil` when unknown.
  public let site: Site?
  /// Why nothing could be planned; `nil` where something was.
  public let why: String?
  /// The resection; liver lesions have theirs together, in the plan's `liver`.
  public let proposal: ResectionProposal?
}

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

    /// The words for people.
    public var title: String {
      switch self {
      case .standard: "standard margin, usual depth"
      case .deeper: "standard margin, deeper wedges"
      case .sparing: "lung-sparing margin, usual depth"
      case .sparingDeeper: "lung-sparing margin, deeper wedges"
      }
    }
  }
  /// The habit.
  public let habit: Habit
  /// The lobes.
  public let lobes: [LobeResection]
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
  /// What led to the pieces, in words.
  public let remarks: [String]

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
  /// What it takes for granted or leaves out, in words.
  public let remark: String?
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
  /// FEV1 in per cent of predicted, DLCO likewise, FEV1 in litres: as expected and at worst, by segment counting; `nil`
  /// where unknown.
  public let fev1: (expected: Double?, worst: Double?)
  /// See `fev1`.
  public let dlco: (expected: Double?, worst: Double?)
  /// See `fev1`.
  public let fev1Liters: (expected: Double?, worst: Double?)
  /// Whether FEV1 in litres falls below what patients are warned of: at worst.
  public let isBelowLeastFEV1: Bool
  /// What each flow answers as expected and at worst.
  public let flows: [FlowResult]

  /// One flow's answers.
  public struct FlowResult: Sendable {
    /// The flow.
    public let flow: ReserveFlow
    /// With the expected values.
    public let expected: ReserveFlow.Answer
    /// With the worst values.
    public let worst: ReserveFlow.Answer
  }
}

/// A liver resection of all liver lesions.
public struct LiverResection: Sendable {
  /// The lesions taken.
  public let lesions: [String]
  /// Lesions that could not be drawn, with the reason.
  public let left: [(lesion: String, why: String)]
  /// The liver as contoured, with tumour.
  public let liver: Volume
  /// The tumours in it.
  public let tumour: Volume
  /// Liver taken beside the tumours.
  public let healthy: Volume
  /// What remains, in per cent of the tumour-free liver.
  public let remnantPercent: Double
  /// The standardised liver volume from body surface; `nil` when that is unknown.
  public let standardised: Volume?
  /// What remains, in per cent of the standardised volume.
  public let standardisedPercent: Double?
  /// Vessels and ducts nearer than the margin, by lesion.
  public let contacts: [(lesion: String, contact: ResectionContact)]
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
  /// The registry's group; `nil` when interval, number or completeness is unknown.
  public let irlmGroup: IRLMGroup?
  /// Risk scores, as information.
  public let thoracoscore: Thoracoscore?
  /// Cardiac risk, as information.
  public let cardiacRisk: ThoracicRevisedCardiacRisk?
  /// What holds for the patient.
  public let notes: [AppliedResectionNote]
  /// What holds for the plan as a whole.
  public let remarks: [String]
  /// What the plan says of the patient.
  public let patientFacts: FactTable
  /// What it says of each lesion, by id.
  public let lesionFacts: [String: FactTable]

  /// Whether a plan clears the lungs.
  public enum Completeness: String, Sendable, Hashable, CaseIterable {
    case complete, board, unknown, incomplete
  }
}
