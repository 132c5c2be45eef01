// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Resection
internal import Vocabulary

/// What a plan of resection says beside what all plans say.
struct ResectionPlanPart: Codable {
  let proposals: [PlanProposalEntry<LesionDetail>]
  let burden: BurdenEntry
  let notes: [NoteEntry]

  struct LesionDetail: Codable {
    let proposal: ProposalEntry?
  }

  struct ProposalEntry: Codable {
    let technique: String
    let isDeepWedge: Bool
    let reasons: [ReasonEntry]
    let open: [ReasonEntry]
    let question: ReasonEntry?
    let lobe: String?
    let side: String?
    let basis: String
    let marginMM: Double
    let profile: String?
    let diameterMM: Double
    let nearestPleuraMM: Double
    let deepestMM: Double?
    let zoneRatio: Double?
    let zone: String?
    let resectedCC: Double?
    let opensElsewhereMM: Double?
    let mergedWith: [String]
    let takenBy: String?
    let margins: [MarginEntry]
    let localisation: LocalisationEntry?
    let alternatives: [AlternativeEntry]
    let flips: [ReasonEntry]
    let remarks: [ReasonEntry]
  }

  struct MarginEntry: Codable {
    let marginMM: Double
    let profiles: [String]
    let technique: String
    let techniqueWhereDeeper: String
    let isWedge: Bool
    let isWedgeWhereDeeper: Bool
    let wedgeCC: Double?
    let contacts: [ContactEntry]
  }

  struct ContactEntry: Codable {
    let structure: String
    let role: String
    let distanceMM: Double
  }

  struct LocalisationEntry: Codable {
    let advice: String
    let saito: String
    let saitoDetectableToMM: Double
    let nakashima: String
    let nakashimaCriteria: [Int]
  }

  struct AlternativeEntry: Codable {
    let kind: String
    let reason: ReasonEntry
    let resectedCC: Double?
    let sources: [String]
  }

  struct RangeEntry: Codable {
    let expected: Double?
    let worst: Double?
  }

  struct BurdenEntry: Codable {
    let lobes: [LobeEntry]
    let sides: [StageEntry]
    let variants: [VariantEntry]
    let liver: LiverEntry?
    let completeness: String?
    let elsewhere: [ReasonEntry]
    let irlmGroup: String?
    let thoracoscore: ScoreEntry?
    let cardiacRisk: CardiacEntry?
  }

  struct VariantEntry: Codable {
    let habit: String
    let leftToOthers: [String]
    let rightSegments: RangeEntry
    let leftSegments: RangeEntry
    let lobes: [LobeEntry]
  }

  struct LobeEntry: Codable {
    let lobe: String?
    let side: String?
    let resections: [PieceEntry]
    let resectedCC: Double?
    let shareOfLobePercent: Double?
    let isLobeProposed: Bool
    let isForBoard: Bool
    let segmentEquivalents: RangeEntry
    let remarks: [ReasonEntry]
    struct PieceEntry: Codable {
      let technique: String
      let lesions: [String]
      let resectedCC: Double?
    }
  }

  struct StageEntry: Codable {
    let side: String
    let lesions: [String]
    let segmentEquivalents: RangeEntry
    let ppoFEV1Percent: RangeEntry
    let ppoDLCOPercent: RangeEntry
    let ppoFEV1Liters: RangeEntry
    let isBelowLeastFEV1: Bool
    let toMark: [String]
    let isReoperation: Bool?
    let without: [String]
    let leftPercent: RangeEntry
    let methods: [MethodEntry]
    let flows: [FlowEntry]
    let nextTest: String?
    struct MethodEntry: Codable {
      let method: String
      let remainingPercent: RangeEntry
      let remark: ReasonEntry?
    }
  }

  struct FlowEntry: Codable {
    let id: String
    let title: String
    let caveat: String
    let expected: AnswerEntry?
    let worst: AnswerEntry?
    struct AnswerEntry: Codable {
      let risk: String?
      let text: String?
      let nextTest: String?
      let unknown: [String]
      let sources: [String]
    }
  }

  struct LiverEntry: Codable {
    let lesions: [String]
    let marginMM: Double
    let liverCC: Double
    let tumourCC: Double
    let resectedHealthyCC: Double
    let remnantPercent: Double?
    let isExact: Bool
    let standardisedLiverCC: Double?
    let remnantOfStandardisedPercent: Double?
    let contacts: [LesionContactEntry]
    struct LesionContactEntry: Codable {
      let lesion: String
      let contact: ContactEntry
    }
  }

  struct ScoreEntry: Codable {
    let probabilityPercent: [Double]
    let unknown: [String]
    /// Always true: no verdict rests on it.
    let isInformationOnly: Bool
  }

  struct CardiacEntry: Codable {
    let points: [Double]
    let classes: [String]
    let eventsPercent: [Double]
    let unknown: [String]
    /// Always true: no verdict rests on it.
    let isInformationOnly: Bool
  }

  struct NoteEntry: Codable {
    let id: String
    let topic: String
    let text: String
    let ifKnown: [String]
    let sources: [String]
  }
}
