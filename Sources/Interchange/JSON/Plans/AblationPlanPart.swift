// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Anatomy
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What a plan of ablation says beside what all plans say.
struct AblationPlanPart: Codable {
  let proposals: [PlanProposalEntry<LesionDetail>]
  let burden: BurdenEntry

  struct BurdenEntry: Codable {
    let ablatedLung: [LungEntry]
    struct LungEntry: Codable {
      let energy: String
      let side: String?
      let lesions: [String]
      let volumeCC: Double
      let isFlagged: Bool
    }
  }

  struct LesionDetail: Codable {
    let energies: EnergiesEntry
    let proposal: ProposalEntry?
  }

  struct EnergiesEntry: Codable {
    let order: [String]
    let avoided: [String]
    let because: [PreferenceEntry]
    let open: [OpenEntry]
    struct PreferenceEntry: Codable {
      let id: String
      let text: String
      let sources: [String]
    }
    struct OpenEntry: Codable {
      let id: String
      let text: String
      let facts: [String]
    }
  }

  struct ProposalEntry: Codable {
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

  struct ApplicatorEntry: Codable {
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

  struct PositionEntry: Codable {
    let position: String
    let fromVerticalDegrees: Double
    let lean: String
    let towardsHeadDegrees: Double
  }

  struct CrossingEntry: Codable {
    let structure: String
    let role: String
    let lengthMM: Double
  }

  struct ClearanceEntry: Codable {
    let structure: String
    let role: String
    let distanceMM: Double
    let atDepthMM: Double
  }

  struct ZoneEntry: Codable {
    let centreMM: [Double]
    let axis: [Double]
    let semiAxesMM: [Double]
  }

  struct CoverageEntry: Codable {
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

  struct CandidatesEntry: Codable {
    let tried: Int
    let feasible: Int
    let refusedBy: [String: Int]
    let paretoFront: Int
    let isOnlyNear: Bool
  }

  struct NeighbourEntry: Codable {
    let structure: String
    let role: String
    let distanceMM: Double
    let iceDistanceMM: Double?
    let overlapCC: Double
    let broken: [BrokenEntry]
    struct BrokenEntry: Codable {
      let effect: String
      let limitMM: Double
      let text: String
      let sources: [String]
    }
  }

  struct ManoeuvreEntry: Codable {
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

  struct NerveEntry: Codable {
    let role: String
    let text: String
    let mark: String
    let sources: [String]
  }

  struct NoteEntry: Codable {
    let id: String
    let topic: String
    let text: String
    let isPreparation: Bool
    let ifKnown: [String]
    let sources: [String]
  }
}
