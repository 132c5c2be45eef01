// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
public import Eligibility
public import Evidence
internal import Facts
public import Quantities
internal import Reasons
public import Vocabulary

/// Everything a care protocol says about stereotactic radiotherapy: data with sources, no code.
public struct RadiotherapyParameters: Sendable, Hashable {
  /// The α/β of each organ that has one, in the protocol's order.
  public var alphaBeta: [OrganAlphaBeta]
  /// The α/β of tumour, by which BED10 and EQD2 of a prescription are told.
  public var tumourAlphaBeta: AlphaBetaRatio
  /// The prescriptions, in order of preference within a site.
  public var schemes: [PrescriptionScheme]
  /// The prescription isodose of schemes that state none.
  public var isodose: IsodoseRange
  /// From how many lesions on the reduced doses are an option.
  public var reducedDoseFromLesions: Int
  /// How lesions move, by place.
  public var motion: [MotionZone]
  /// Ways to make a planning target of a lesion.
  public var techniques: [TargetTechnique]
  /// The technique taken when nobody says which.
  public var assumedTechnique: String
  /// How dose falls off.
  public var fallOff: FallOffModel
  /// Sources of the fall-off, in the order gradient, table, guideline, envelope.
  public var fallOffSources: [String]
  /// Organs that beams pass through on their way to a target: nothing is known above their means.
  public var passedThrough: Cited<Set<OrganAtRisk>>
  /// Targets nearer to one another than this are one composite.
  public var compositeWithin: Length
  /// Sources of that distance.
  public var compositeSources: [String]
  /// The sets of limits.
  public var limitSets: [DoseLimitSet]
  /// All limits of a single course.
  public var limits: [DoseLimit]
  /// Limits of the sum of several courses.
  public var cumulativeLimits: [CumulativeLimit]
  /// Published thresholds of pneumonitis.
  public var pneumonitisThresholds: [PneumonitisThreshold]
  /// Curves of the risk of pneumonitis.
  public var pneumonitisCurves: [PneumonitisCurve]
  /// When courses count as overlapping, and how long they should lie apart.
  public var reirradiation: ReirradiationRule
  /// Assumptions of recovery, none of which is used unless asked for.
  public var recovery: [RecoveryAssumption]

  /// The parameters.
  public init(
    alphaBeta: [OrganAlphaBeta], tumourAlphaBeta: AlphaBetaRatio, schemes: [PrescriptionScheme],
    isodose: IsodoseRange, reducedDoseFromLesions: Int, motion: [MotionZone], techniques: [TargetTechnique],
    assumedTechnique: String, fallOff: FallOffModel, fallOffSources: [String],
    passedThrough: Cited<Set<OrganAtRisk>>, compositeWithin: Length,
    compositeSources: [String], limitSets: [DoseLimitSet], limits: [DoseLimit],
    cumulativeLimits: [CumulativeLimit], pneumonitisThresholds: [PneumonitisThreshold],
    pneumonitisCurves: [PneumonitisCurve], reirradiation: ReirradiationRule, recovery: [RecoveryAssumption]
  ) {
    self.alphaBeta = alphaBeta
    self.tumourAlphaBeta = tumourAlphaBeta
    self.schemes = schemes
    self.isodose = isodose
    self.reducedDoseFromLesions = reducedDoseFromLesions
    self.motion = motion
    self.techniques = techniques
    self.assumedTechnique = assumedTechnique
    self.fallOff = fallOff
    self.fallOffSources = fallOffSources
    self.passedThrough = passedThrough
    self.compositeWithin = compositeWithin
    self.compositeSources = compositeSources
    self.limitSets = limitSets
    self.limits = limits
    self.cumulativeLimits = cumulativeLimits
    self.pneumonitisThresholds = pneumonitisThresholds
    self.pneumonitisCurves = pneumonitisCurves
    self.reirradiation = reirradiation
    self.recovery = recovery
  }

  /// The α/β of an organ, or `nil` where the protocol has none: then no biological dose is told for it.
  public func alphaBeta(of organ: OrganAtRisk) -> OrganAlphaBeta? {
    alphaBeta.first { $0.organ == organ }
  }

  /// Every source cited, with what cites it.
  public var citations: [(what: String, key: String)] {
    var all: [(String, [String])] = [
      ("the isodose", isodose.sources), ("the fall-off", fallOffSources), ("composites", compositeSources),
      ("passedThrough", passedThrough.sources),
      ("re-irradiation", reirradiation.sources),
    ]
    all += alphaBeta.map { ("α/β of \($0.organ.rawValue)", $0.sources) }
    for scheme in schemes {
      all.append(
        ("scheme \(scheme.id)", scheme.sources + (scheme.permitted + scheme.preferred).flatMap(\.sources)))
    }
    all += motion.map { ("motion", $0.sources) }
    all += techniques.map { ("technique \($0.id)", $0.sources) }
    all += limitSets.map { ("set \($0.id)", $0.sources) }
    all += limits.map { ("a limit of \($0.set) for \($0.organ.rawValue)", $0.sources) }
    all += cumulativeLimits.map { ("a cumulative limit of \($0.set)", $0.sources) }
    all += pneumonitisThresholds.map { ("a threshold of pneumonitis", $0.sources) }
    all += pneumonitisCurves.map { ("a curve of pneumonitis", $0.sources) }
    all += recovery.map { ("recovery \($0.id)", $0.sources) }
    return all.flatMap { what, keys in keys.map { (what, $0) } }
  }

  /// The set that decides; the others stand beside it.
  public var primarySet: String? { limitSets.first { $0.isPrimary }?.id }

  /// Whether a plan is held to a limit: one of the set that decides, without reserve; or the critical volume by sex, which
  /// that set does not have.
  func decides(by limit: DoseLimit) -> Bool {
    let isCritical = if case .criticalVolumeDose = limit.endpoint { true } else { false }
    return limit.level.binds && !limit.isAdvisory
      && (limit.set == primarySet || (isCritical && limit.sex != nil))
  }
}

/// The α/β of one organ with its source.
public struct OrganAlphaBeta: Sendable, Hashable {
  /// The organ.
  public let organ: OrganAtRisk
  /// Its ratio.
  public let ratio: AlphaBetaRatio
  /// Keys of the bibliography.
  public let sources: [String]

  /// An α/β.
  public init(organ: OrganAtRisk, ratio: AlphaBetaRatio, sources: [String]) {
    self.organ = organ
    self.ratio = ratio
    self.sources = sources
  }
}

/// The prescription isodose, in per cent of the greatest dose, with the usual range.
public struct IsodoseRange: Sendable, Hashable {
  /// The value taken.
  public let percent: Double
  /// The usual least.
  public let low: Double
  /// The usual greatest.
  public let high: Double
  /// Keys of the bibliography.
  public let sources: [String]

  /// A range.
  public init(percent: Double, low: Double, high: Double, sources: [String]) {
    self.percent = percent
    self.low = low
    self.high = high
    self.sources = sources
  }
}

/// A condition of a prescription: one fact within bounds or among words.
public struct SchemeCondition: Sendable, Hashable {
  /// The fact and the values for which it holds.
  public let condition: Rule.Guard
  /// Keys of the bibliography; empty where the scheme's own count.
  public let sources: [String]

  /// A condition.
  public init(_ condition: Rule.Guard, sources: [String]) {
    self.condition = condition
    self.sources = sources
  }
}

/// A total dose in a number of fractions with where it may be used and where it is the first choice.
public struct PrescriptionScheme: Sendable, Hashable {
  /// What part a scheme plays.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// A first choice where its conditions hold.
    case standard
    /// Offered beside, never a first choice.
    case optional
    /// Listed with the reason why it is not used.
    case avoid
  }

  /// Its id, as `L-P-54/3`.
  public let id: String
  /// The sites it is for.
  public let sites: [Site]
  /// Dose and fractions.
  public let fractionation: Fractionation
  /// The prescription isodose in per cent of the greatest dose, where its source states one.
  public let isodosePercent: Double?
  /// What the dose is prescribed to, in words.
  public let prescribedTo: String
  /// What it is for, in words.
  public let use: String
  /// It may be used only where all of these hold.
  public let permitted: [SchemeCondition]
  /// It is the first choice where all of these hold as well.
  public let preferred: [SchemeCondition]
  /// Its part.
  public let role: Role
  /// Whether the board decides on it in every case.
  public let requiresBoard: Bool
  /// Keys of the bibliography.
  public let sources: [String]

  /// A scheme.
  public init(
    id: String, sites: [Site], fractionation: Fractionation, isodosePercent: Double?, prescribedTo: String,
    use: String, permitted: [SchemeCondition], preferred: [SchemeCondition], role: Role, requiresBoard: Bool,
    sources: [String]
  ) {
    self.id = id
    self.sites = sites
    self.fractionation = fractionation
    self.isodosePercent = isodosePercent
    self.prescribedTo = prescribedTo
    self.use = use
    self.permitted = permitted
    self.preferred = preferred
    self.role = role
    self.requiresBoard = requiresBoard
    self.sources = sources
  }

  /// Dose and fractions as clinicians write them: "54 Gy / 3".
  public var words: String {
    let gray = fractionation.total.gray
    let dose = gray == gray.rounded() ? String(Int(gray)) : String(gray)
    return "\(dose) Gy / \(fractionation.fractions)"
  }
}

/// How lesions of a place move with breath, peak to peak.
public struct MotionZone: Sendable, Hashable {
  /// The site; `nil` for every other one.
  public let site: Site?
  /// The zone of the lung; `nil` for the whole site.
  public let zone: String?
  /// Along the body's axis, peak to peak.
  public let superiorInferior: Length
  /// In the axial plane, peak to peak.
  public let axial: Length
  /// Keys of the bibliography.
  public let sources: [String]

  /// A zone.
  public init(site: Site?, zone: String?, superiorInferior: Length, axial: Length, sources: [String]) {
    self.site = site
    self.zone = zone
    self.superiorInferior = superiorInferior
    self.axial = axial
    self.sources = sources
  }
}

/// A way to get from the lesion to its planning target.
public struct TargetTechnique: Sendable, Hashable {
  /// Its id, as `itv4DCT`.
  public let id: String
  /// Whether motion is added before the margin (an internal target), or lies in the margin.
  public let usesMotion: Bool
  /// The margin along the body's axis.
  public let superiorInferior: Length
  /// The margin in the axial plane.
  public let axial: Length
  /// Keys of the bibliography.
  public let sources: [String]

  /// A technique.
  public init(id: String, usesMotion: Bool, superiorInferior: Length, axial: Length, sources: [String]) {
    self.id = id
    self.usesMotion = usesMotion
    self.superiorInferior = superiorInferior
    self.axial = axial
    self.sources = sources
  }
}
