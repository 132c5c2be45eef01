internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Resection
internal import Vocabulary

/// `plan --modality metastasectomy --format json` and hepatic resection: schema `oligoplan.plan/1`.
struct ResectionPlanDocument: Encodable {
  let schema = "oligoplan.plan/1"
  let provenance: ProvenanceEntry
  let warnings: [String]
  let patientID: String?
  let modality: String
  let label =
    "pieces of lung are the least that hold lesion and margin on the inflated lung as contoured; function is predicted; survival is that of series"
  let remarks: [ReasonEntry]
  let proposals: [LesionEntry]
  let burden: BurdenEntry
  let notes: [NoteEntry]
  let facts: PlannedFactsEntry
  let sources: [String: AssessmentDocument.SourceEntry]

  struct LesionEntry: Encodable {
    let lesion: String
    let why: ReasonEntry?
    let verdict: String?
    let score: Double?
    let proposal: ProposalEntry?
  }

  struct ProposalEntry: Encodable {
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

  struct MarginEntry: Encodable {
    let marginMM: Double
    let profiles: [String]
    let technique: String
    let techniqueWhereDeeper: String
    let isWedge: Bool
    let isWedgeWhereDeeper: Bool
    let wedgeCC: Double?
    let contacts: [ContactEntry]
  }

  struct ContactEntry: Encodable {
    let structure: String
    let role: String
    let distanceMM: Double
  }

  struct LocalisationEntry: Encodable {
    let advice: String
    let saito: String
    let saitoDetectableToMM: Double
    let nakashima: String
    let nakashimaCriteria: [Int]
  }

  struct AlternativeEntry: Encodable {
    let kind: String
    let reason: ReasonEntry
    let resectedCC: Double?
    let sources: [String]
  }

  struct RangeEntry: Encodable {
    let expected: Double?
    let worst: Double?
  }

  struct BurdenEntry: Encodable {
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

  struct VariantEntry: Encodable {
    let habit: String
    let leftToOthers: [String]
    let rightSegments: RangeEntry
    let leftSegments: RangeEntry
    let lobes: [LobeEntry]
  }

  struct LobeEntry: Encodable {
    let lobe: String?
    let side: String?
    let resections: [PieceEntry]
    let resectedCC: Double?
    let shareOfLobePercent: Double?
    let isLobeProposed: Bool
    let isForBoard: Bool
    let segmentEquivalents: RangeEntry
    let remarks: [ReasonEntry]
    struct PieceEntry: Encodable {
      let technique: String
      let lesions: [String]
      let resectedCC: Double?
    }
  }

  struct StageEntry: Encodable {
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
    struct MethodEntry: Encodable {
      let method: String
      let remainingPercent: RangeEntry
      let remark: ReasonEntry?
    }
  }

  struct FlowEntry: Encodable {
    let id: String
    let title: String
    let caveat: String
    let expected: AnswerEntry?
    let worst: AnswerEntry?
    struct AnswerEntry: Encodable {
      let risk: String?
      let text: String?
      let nextTest: String?
      let unknown: [String]
      let sources: [String]
    }
  }

  struct LiverEntry: Encodable {
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
    struct LesionContactEntry: Encodable {
      let lesion: String
      let contact: ContactEntry
    }
  }

  struct ScoreEntry: Encodable {
    let probabilityPercent: [Double]
    let unknown: [String]
    let isInformationOnly = true
  }

  struct CardiacEntry: Encodable {
    let points: [Double]
    let classes: [String]
    let eventsPercent: [Double]
    let unknown: [String]
    let isInformationOnly = true
  }

  struct NoteEntry: Encodable {
    let id: String
    let topic: String
    let text: String
    let ifKnown: [String]
    let sources: [String]
  }
}
