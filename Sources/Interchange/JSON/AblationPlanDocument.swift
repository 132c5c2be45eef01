internal import Ablation
internal import Anatomy
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// `plan --modality microwave --format json` and the other energies: schema `oligoplan.plan/1`.
struct AblationPlanDocument: Encodable {
  let schema = "oligoplan.plan/1"
  let provenance: ProvenanceEntry
  let warnings: [String]
  let patientID: String?
  let modality: String
  let label = "zones from charts are estimates; ways are geometry of the contours as imaged"
  let remarks: [ReasonEntry]
  let proposals: [LesionEntry]
  let burden: BurdenEntry
  let facts: PlannedFactsEntry
  let sources: [String: AssessmentDocument.SourceEntry]

  struct BurdenEntry: Encodable {
    let ablatedLung: [LungEntry]
    struct LungEntry: Encodable {
      let energy: String
      let side: String?
      let lesions: [String]
      let volumeCC: Double
      let isFlagged: Bool
    }
  }

  struct LesionEntry: Encodable {
    let lesion: String
    let energy: String?
    let why: ReasonEntry?
    let verdict: String?
    let score: Double?
    let energies: EnergiesEntry
    let proposal: ProposalEntry?
  }

  struct EnergiesEntry: Encodable {
    let order: [String]
    let avoided: [String]
    let because: [PreferenceEntry]
    let open: [OpenEntry]
    struct PreferenceEntry: Encodable {
      let id: String
      let text: String
      let sources: [String]
    }
    struct OpenEntry: Encodable {
      let id: String
      let text: String
      let facts: [String]
    }
  }

  struct ProposalEntry: Encodable {
    let energy: String
    let device: String
    let deviceName: String
    let setting: String
    let applicatorsOfSetting: Int
    let basis: String
    let tissue: String
    let derating: Double
    let mark: String
    let isShippedChart: Bool
    let isotherm: String?
    let method: ReasonEntry
    let standing: String
    let applicators: [ApplicatorEntry]
    let zones: [ZoneEntry]
    let coverage: CoverageEntry
    let candidates: CandidatesEntry
    let alternatives: [ApplicatorEntry]
    let neighbours: [NeighbourEntry]
    let reachesPleura: Bool?
    let manoeuvres: [ManoeuvreEntry]
    let nerveQuestions: [NerveEntry]
    let risks: [NoteEntry]
    let providedThat: [ReasonEntry]
    let notContoured: [String]
    let remarks: [ReasonEntry]
  }

  struct ApplicatorEntry: Encodable {
    let entryMM: [Double]
    let tipMM: [Double]
    let direction: [Double]
    let depthMM: Double
    let lengthMM: Double?
    let pullBacksMM: [Double]
    let positions: [PositionEntry]
    let crosses: [CrossingEntry]
    let clearances: [ClearanceEntry]
    let aeratedLungMM: Double
    let unchartedMM: Double
    let pleuralPunctures: Int
    let angleToPleuraDegrees: Double?
    let angleToCapsuleDegrees: Double?
    let obliquityDegrees: Double
    let fissures: [String]
    let bullae: Int
    let vessels: [String]
    let isBelowRib: Bool
    let entersPleuraInZone: Bool
    let clearRadiusMM: Double
    let probabilityClear: [String: Double]
    let pneumothoraxScore: Double
    let costs: [String: Double]
  }

  struct PositionEntry: Encodable {
    let position: String
    let fromVerticalDegrees: Double
    let lean: String
    let towardsHeadDegrees: Double
  }

  struct CrossingEntry: Encodable {
    let structure: String
    let role: String
    let lengthMM: Double
  }

  struct ClearanceEntry: Encodable {
    let structure: String
    let role: String
    let distanceMM: Double
    let atDepthMM: Double
  }

  struct ZoneEntry: Encodable {
    let centreMM: [Double]
    let axis: [Double]
    let semiAxesMM: [Double]
  }

  struct CoverageEntry: Encodable {
    let at5MMPercent: Double
    let at10MMPercent: Double
    let minimumMarginMM: Double
    let minimumMarginAtMM: [Double]
    let fifthPercentileMarginMM: Double
    let surfaceAt5MMPercent: Double
    let surfaceAt10MMPercent: Double
    let probabilityOfHardMargin: Double
    let ablatedCC: Double
    let healthyCC: Double
    let lungCC: Double?
  }

  struct CandidatesEntry: Encodable {
    let tried: Int
    let feasible: Int
    let refusedBy: [String: Int]
    let paretoFront: Int
    let isOnlyNear: Bool
  }

  struct NeighbourEntry: Encodable {
    let structure: String
    let role: String
    let distanceMM: Double
    let iceDistanceMM: Double?
    let overlapCC: Double
    let broken: [BrokenEntry]
    struct BrokenEntry: Encodable {
      let effect: String
      let limitMM: Double
      let text: String
      let sources: [String]
    }
  }

  struct ManoeuvreEntry: Encodable {
    let manoeuvre: String
    let structure: String
    let distanceMM: Double
    let wantedMM: Double
    let neededMM: Double
    let usualMM: [Double]
    let isUsuallyEnough: Bool
    let isEnoughAtBest: Bool
    let text: String
    let sources: [String]
  }

  struct NerveEntry: Encodable {
    let role: String
    let text: String
    let mark = "heuristic"
    let sources: [String]
  }

  struct NoteEntry: Encodable {
    let id: String
    let topic: String
    let text: String
    let isPreparation: Bool
    let ifKnown: [String]
    let sources: [String]
  }
}
