// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Report
internal import Vocabulary

/// What a plan of SBRT says beside what all plans say.
struct SBRTPlanPart: Codable {
  let proposals: [PlanProposalEntry<LesionDetail>]
  /// Absent where nothing is planned and nothing was given before.
  let burden: BurdenEntry?

  struct BandEntry: Codable {
    let expected: Double?
    let low: Double
    let high: Double?

    init(_ band: DoseBand) {
      expected = band.expected.map { JSONText.rounded($0, digits: 3) }
      low = JSONText.rounded(band.low, digits: 3)
      high = band.high.map { JSONText.rounded($0, digits: 3) }
    }
  }

  struct LesionDetail: Codable {
    let proposal: ProposalEntry?
    /// What stated facts alone choose for a lesion without a target.
    let asStated: StatedEntry?
  }

  struct StatedEntry: Codable {
    let prescription: PrescriptionEntry
    let centrality: [String: String]?
    let alternatives: [AlternativeEntry]
    let providedThat: [ReasonEntry]
  }

  struct ProposalEntry: Codable {
    let prescription: PrescriptionEntry
    let centrality: [String: String]?
    let centralityRemarks: [ReasonEntry]?
    let margins: MarginsEntry
    let ptvCC: Double
    let compositeWith: [String]
    let isOutsideConformityTable: Bool
    let r50: BandEntry
    let d2cmPercent: BandEntry
    let lungMeanGy: BandEntry?
    let lungV20Percent: BandEntry?
    let organs: [OrganEntry]
    let alternatives: [AlternativeEntry]
    let providedThat: [ReasonEntry]
  }

  struct PrescriptionEntry: Codable {
    let scheme: String
    let doseGy: Double
    let fractions: Int
    let isodosePercent: Double
    let isodoseIsStatedBySource: Bool
    let prescribedTo: String
    let bed10Gy: Double
    let eqd2Gy: Double
    let alphaBetaGy: Double
    let exceedsLinearQuadraticRange: Bool
    let requires: String?
    let chosenBecause: ReasonEntry?
    let sources: [String]
  }

  struct MarginsEntry: Codable {
    let basis: String
    let technique: String?
    let itvMM: [Double]
    let ptvMM: [Double]
    let remarks: [ReasonEntry]
    let sources: [String]
  }

  struct AlternativeEntry: Codable {
    let scheme: String
    let doseGy: Double
    let fractions: Int
    let standing: String
    let why: [ReasonEntry]
    let sources: [String]
  }

  struct OrganEntry: Codable {
    let name: String
    let structures: [String]
    let volumeCC: Double?
    let distanceMM: Double?
    let remarks: [ReasonEntry]
    let metrics: [MetricEntry]
    let limits: [LimitEntry]
    /// The earlier courses' and the sum's dose in short; in full under `cumulative`.
    var alphaBetaGy: Double?
    var priorEQD2Gy: BandEntry?
    var addedEQD2Gy: BandEntry?
    var cumulativeEQD2Gy: BandEntry?
    var limitGy: Double?
    var roomGy: BandEntry?
    /// The dose–volume curve by the mean law, of organs of which volumes or means are asked.
    var curve: CurveEntry?
  }

  /// A cumulative curve: the share of the volume at or above each dose, as expected, in a good and in a poor plan.
  struct CurveEntry: Codable {
    let doseGy: [Double]
    let expectedPercent: [Double]
    let lowPercent: [Double]
    let highPercent: [Double]

    init(_ curve: OrganDose.Curve) {
      func rounded(_ values: [Double]) -> [Double] { values.map { JSONText.rounded($0, digits: 2) } }
      doseGy = rounded(curve.gray)
      expectedPercent = rounded(curve.expected)
      lowPercent = rounded(curve.good)
      highPercent = rounded(curve.poor)
    }
  }

  struct MetricEntry: Codable {
    let name: String
    let unit: String
    let expected: Double?
    let low: Double
    let high: Double?

    init(_ name: String, _ unit: String, _ band: DoseBand) {
      let entry = BandEntry(band)
      self.name = name
      self.unit = unit
      (expected, low, high) = (entry.expected, entry.low, entry.high)
    }
  }

  struct LimitEntry: Codable {
    let set: String
    let endpoint: String
    let level: String
    let fractions: Int
    let limit: Double
    let unit: String
    let sex: String?
    let value: BandEntry?
    let outcome: String
    let flipsWithinBand: Bool
    let advisory: Bool
    let mark: String
    let note: String?
    let why: String?
    let sources: [String]

    init(_ check: LimitCheck) {
      set = check.limit.set
      endpoint = check.limit.endpoint.name
      level = check.limit.level.rawValue
      fractions = check.fractions
      limit = check.bound
      unit = check.limit.unit == .percentOfPrescription ? "Gy" : check.limit.unit.rawValue
      sex = check.limit.sex
      value = check.value.map(BandEntry.init)
      outcome = check.outcome.rawValue
      flipsWithinBand = check.outcome.flips
      advisory = check.limit.isAdvisory
      mark = check.limit.mark.rawValue
      note = check.limit.note
      why = check.why.map(LimitWords.text)
      sources = check.limit.sources
    }
  }

  struct SubsetEntry: Codable {
    let lesions: [String]
    let leftOut: [String]
    let isProvenLargest: Bool
    let limits: [ReasonEntry]

    init(_ subset: FittingSubset) {
      lesions = subset.lesions
      leftOut = subset.leftOut
      isProvenLargest = subset.isProven
      limits = subset.limits.map(ReasonEntry.init)
    }
  }

  /// What a planned course costs as a whole.
  struct BurdenEntry: Codable {
    let ptvCC: Double
    let fractions: Int
    let visits: Int
    let groups: [GroupEntry]
    let gridMM: Double
    let reckonedOn: String?
    let lungs: LungEntry?
    /// The same from doses added in gray, where fraction counts differ.
    let lungsPlainSum: [MetricEntry]?
    let organs: [OrganEntry]
    let lungCosts: [CostEntry]
    let largestFeasibleSubset: [String]?
    let largestFeasibleSubsetAsExpected: SubsetEntry?
    let largestFeasibleSubsetInPoorPlan: SubsetEntry?
    let pneumonitis: PneumonitisEntry?
    let cumulative: [CumulativeEntry]
    let reirradiation: [ReirradiationEntry]
  }

  struct GroupEntry: Codable {
    let fractions: Int
    let lesions: [String]
  }

  struct LungEntry: Codable {
    let v20Percent: BandEntry?
    let v10Percent: BandEntry?
    let v5Percent: BandEntry?
    let meanGy: BandEntry?
    let criticalVolume1500Gy: BandEntry?
    let criticalVolume950Gy: BandEntry?
  }

  struct CostEntry: Codable {
    let lesions: [String]
    let meanGy: BandEntry
    let v20Percent: BandEntry
  }

  struct PneumonitisEntry: Codable {
    let readings: [ReadingEntry]
    let thresholds: [ThresholdEntry]
    struct ReadingEntry: Codable {
      let metric: String
      let riskPercent: BandEntry
      let isContinuedBeyondPoints: Bool
      let sources: [String]
    }
    struct ThresholdEntry: Codable {
      let metric: String
      let above: Double
      let unit: String
      let value: BandEntry
      let outcome: String
      let effect: String
      let population: String
      let sources: [String]
    }
  }

  struct CumulativeEntry: Codable {
    let name: String
    let alphaBetaGy: Double
    let courses: [String]
    let metric: String
    let priorEQD2Gy: BandEntry
    let addedEQD2Gy: BandEntry
    let cumulativeEQD2Gy: BandEntry
    let overlapEQD2Gy: BandEntry?
    let worstWithinEllipsoidGy: Double?
    let worstWithinEllipsoidInsideOrganGy: Double?
    let limitGy: Double?
    let limitSet: String?
    let roomGy: BandEntry?
    let roomPhysicalGy: Double?
    let limits: [CumulativeLimitEntry]
    let statements: [String]
    let remarks: [ReasonEntry]
  }

  struct CumulativeLimitEntry: Codable {
    let set: String
    let endpoint: String
    let limit: [Double]
    let unit: String
    let value: BandEntry
    let outcome: String
    let withinTheRangeOfItsAuthors: Bool
    let agreed: Bool
    let note: String?
    let sources: [String]
  }

  struct ReirradiationEntry: Codable {
    let course: String
    let type: String
    let why: ReasonEntry
    let months: Double?
    let tooSoon: Bool?
  }
}
