public import Eligibility
public import Quantities
public import Vocabulary

/// How much healthy tissue is wanted around a lesion.
public struct MarginProfile: Sendable, Hashable {
  /// How a margin follows from a lesion.
  public enum Rule: Sendable, Hashable {
    /// The same for every lesion.
    case fixed(Length)
    /// The lesion's longest diameter, within these.
    case diameter(least: Length, most: Length)
  }
  /// Its id, unique.
  public let id: String
  /// A few words for people.
  public let title: String
  /// How the margin follows.
  public let rule: Rule
  /// Keys of the bibliography.
  public let sources: [String]

  /// A profile.
  public init(id: String, title: String, rule: Rule, sources: [String]) {
    self.id = id
    self.title = title
    self.rule = rule
    self.sources = sources
  }

  /// The margin around a lesion of this longest diameter.
  public func margin(diameter: Length) -> Length {
    switch rule {
    case .fixed(let margin): margin
    case .diameter(let least, let most): min(most, max(least, diameter))
    }
  }
}

/// A length with the bibliography it rests on.
public struct CitedDistance: Sendable, Hashable {
  /// The length.
  public let length: Length
  /// Keys of the bibliography.
  public let sources: [String]

  /// A cited length.
  public init(_ length: Length, sources: [String]) {
    self.length = length
    self.sources = sources
  }
}

/// A number with the bibliography it rests on.
public struct CitedNumber: Sendable, Hashable {
  /// The number.
  public let value: Double
  /// Keys of the bibliography.
  public let sources: [String]

  /// A cited number.
  public init(_ value: Double, sources: [String]) {
    self.value = value
    self.sources = sources
  }
}

/// How deep a lesion may lie for a wedge, and when a wedge is a deep one.
public struct WedgeDepth: Sendable, Hashable {
  /// From the nearest pleura to the lesion's nearest edge: a wedge by default.
  public let usual: Length
  /// The same where a surgeon goes deeper.
  public let permissive: Length
  /// From the pleura to the inner edge with the margin: deeper ones ask for caution with staple lines.
  public let deep: Length
  /// Keys of the bibliography.
  public let sources: [String]

  /// Depths.
  public init(usual: Length, permissive: Length, deep: Length, sources: [String]) {
    self.usual = usual
    self.permissive = permissive
    self.deep = deep
    self.sources = sources
  }
}

/// What a nodule must be to be found without a mark at thoracoscopy.
public struct LocalisationCriteria: Sendable, Hashable {
  /// Saito: undetectable when the depth exceeds slope × size + intercept, in millimetres.
  public let saito: (slope: Double, intercept: Double)
  /// Nakashima: small at most this.
  public let small: Length
  /// Nakashima: diameter over depth of the inner border at most this.
  public let ratio: Double
  /// Nakashima: so many of the three criteria ask for a mark.
  public let criteria: Int
  /// Keys of the bibliography for Saito's line and Nakashima's rule.
  public let sources: (saito: [String], nakashima: [String])

  /// Criteria.
  public init(
    saito: (slope: Double, intercept: Double), small: Length, ratio: Double, criteria: Int,
    sources: (saito: [String], nakashima: [String])
  ) {
    self.saito = saito
    self.small = small
    self.ratio = ratio
    self.criteria = criteria
    self.sources = sources
  }

  /// Equal in every figure and source.
  public static func == (a: LocalisationCriteria, b: LocalisationCriteria) -> Bool {
    a.saito == b.saito && a.small == b.small && a.ratio == b.ratio && a.criteria == b.criteria
      && a.sources == b.sources
  }

  /// See `==`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(saito.slope)
    hasher.combine(saito.intercept)
    hasher.combine(small)
  }
}

/// What lung function is reckoned with.
public struct FunctionModel: Sendable, Hashable {
  /// Segments of each lobe.
  public let segments: [Lobe: Int]
  /// What each wedge after the first in a lobe costs beside its volume, in segments.
  public let extraWedge: Double
  /// So many wedges may cost as much as their lobe.
  public let wedgesLikeLobe: Int
  /// Below this much FEV1, in litres, patients are warned of.
  public let leastFEV1: CitedNumber
  /// Keys of the bibliography for counting, for volumes, for perfusion and for wedges.
  public let sources: (counting: [String], volume: [String], perfusion: [String], wedges: [String])

  /// A model.
  public init(
    segments: [Lobe: Int], extraWedge: Double, wedgesLikeLobe: Int, leastFEV1: CitedNumber,
    sources: (counting: [String], volume: [String], perfusion: [String], wedges: [String])
  ) {
    self.segments = segments
    self.extraWedge = extraWedge
    self.wedgesLikeLobe = wedgesLikeLobe
    self.leastFEV1 = leastFEV1
    self.sources = sources
  }

  /// Segments of one lung.
  public func segments(of side: Side) -> Int {
    segments.filter { $0.key.side == side }.map(\.value).reduce(0, +)
  }

  /// Segments of both lungs.
  public var allSegments: Int { segments.values.reduce(0, +) }

  /// Equal in every figure and source.
  public static func == (a: FunctionModel, b: FunctionModel) -> Bool {
    a.segments == b.segments && a.extraWedge == b.extraWedge && a.wedgesLikeLobe == b.wedgesLikeLobe
      && a.leastFEV1 == b.leastFEV1 && a.sources == b.sources
  }

  /// See `==`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(segments)
    hasher.combine(extraWedge)
  }
}

/// Keys of the bibliography for scores and formulas that are written in code.
public struct FormulaSources: Sendable, Hashable {
  /// The registry's groups.
  public let registry: [String]
  /// Thoracoscore.
  public let thoracoscore: [String]
  /// The Thoracic Revised Cardiac Risk Index.
  public let cardiacRisk: [String]
  /// The standardised liver volume.
  public let liverVolume: [String]

  /// Keys.
  public init(registry: [String], thoracoscore: [String], cardiacRisk: [String], liverVolume: [String]) {
    self.registry = registry
    self.thoracoscore = thoracoscore
    self.cardiacRisk = cardiacRisk
    self.liverVolume = liverVolume
  }
}

/// Something said where its conditions hold.
public struct ResectionNote: Sendable, Hashable {
  /// What a note is about.
  public enum Topic: String, Sendable, Hashable, CaseIterable {
    case selection, survival, repeatSurgery, nodes, missedNodules, histology, approach, staging, reserve,
      technique,
      liver

    /// The words for people.
    public var title: String {
      switch self {
      case .repeatSurgery: "repeat surgery"
      case .missedNodules: "nodules CT misses"
      case .survival: "survival in comparable series"
      default: rawValue
      }
    }
  }
  /// Its id, unique.
  public let id: String
  /// What it is about.
  public let topic: Topic
  /// The therapies it holds for.
  public let modalities: [Modality]
  /// Conditions, all of which must hold.
  public let whenAll: [Eligibility.Rule.Guard]
  /// The sentence.
  public let text: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A note.
  public init(
    id: String, topic: Topic, modalities: [Modality], whenAll: [Eligibility.Rule.Guard], text: String,
    sources: [String]
  ) {
    self.id = id
    self.topic = topic
    self.modalities = modalities
    self.whenAll = whenAll
    self.text = text
    self.sources = sources
  }
}

/// What a protocol says about resection.
public struct ResectionParameters: Sendable {
  /// Margin profiles, the standard one first; never empty.
  public let profiles: [MarginProfile]
  /// Margins that are reported beside the profiles, ascending.
  public let reportedMargins: [Length]
  /// How deep a wedge goes.
  public let depth: WedgeDepth
  /// Nearer than this in one lobe, two resections become one.
  public let mergeGap: CitedDistance
  /// Above this share of a lobe, an anatomical resection is proposed.
  public let anatomicalShare: CitedNumber
  /// At most so many adjacent segments make a segmentectomy.
  public let mostSegments: Int
  /// How far a measured edge may be off.
  public let measurementError: CitedDistance
  /// What is found at thoracoscopy.
  public let localisation: LocalisationCriteria
  /// What lung function is reckoned with.
  public let function: FunctionModel
  /// Flows of guidelines, the one that rules rest on first.
  public let flows: [ReserveFlow]
  /// What is said where its conditions hold.
  public let notes: [ResectionNote]
  /// The margin of a laser enucleation.
  public let laser: CitedDistance
  /// The margin of a liver resection.
  public let liverMargin: CitedDistance
  /// What scores and formulas written in code rest on.
  public let formulas: FormulaSources
  /// What speaks for treating deep lesions otherwise; keys of the bibliography.
  public let hybridSources: [String]

  /// Parameters.
  public init(
    profiles: [MarginProfile], reportedMargins: [Length], depth: WedgeDepth, mergeGap: CitedDistance,
    anatomicalShare: CitedNumber, mostSegments: Int, measurementError: CitedDistance,
    localisation: LocalisationCriteria, function: FunctionModel, flows: [ReserveFlow], notes: [ResectionNote],
    laser: CitedDistance, liverMargin: CitedDistance, formulas: FormulaSources, hybridSources: [String]
  ) {
    self.profiles = profiles
    self.reportedMargins = reportedMargins
    self.depth = depth
    self.mergeGap = mergeGap
    self.anatomicalShare = anatomicalShare
    self.mostSegments = mostSegments
    self.measurementError = measurementError
    self.localisation = localisation
    self.function = function
    self.flows = flows
    self.notes = notes
    self.laser = laser
    self.liverMargin = liverMargin
    self.formulas = formulas
    self.hybridSources = hybridSources
  }

  /// Everything that cites, with what it is: for the check against the bibliography.
  public var citations: [(what: String, key: String)] {
    var all: [(String, [String])] = profiles.map { ("margin profile \($0.id)", $0.sources) }
    all += [
      ("wedgeDepth", depth.sources), ("mergeGap", mergeGap.sources),
      ("anatomicalShare", anatomicalShare.sources), ("measurementError", measurementError.sources),
      ("localisation", localisation.sources.saito + localisation.sources.nakashima),
      (
        "function",
        function.sources.counting + function.sources.volume + function.sources.perfusion
          + function.sources.wedges + function.leastFEV1.sources
      ),
      ("laser", laser.sources), ("liverMargin", liverMargin.sources), ("hybrid", hybridSources),
      (
        "formulas", formulas.registry + formulas.thoracoscore + formulas.cardiacRisk + formulas.liverVolume
      ),
    ]
    all += flows.map { ("flow \($0.id)", $0.citations) }
    all += notes.map { ("note \($0.id)", $0.sources) }
    return all.flatMap { what, keys in keys.map { (what: what, key: $0) } }
  }
}
