// SPDX-License-Identifier: Apache-2.0
public import Evidence
public import Quantities

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

/// Keys of the bibliography for scores that are written in code.
public struct FormulaSources: Sendable, Hashable {
  /// The registry's groups.
  public let registry: [String]
  /// Thoracoscore.
  public let thoracoscore: [String]
  /// The Thoracic Revised Cardiac Risk Index.
  public let cardiacRisk: [String]

  /// Keys.
  public init(registry: [String], thoracoscore: [String], cardiacRisk: [String]) {
    self.registry = registry
    self.thoracoscore = thoracoscore
    self.cardiacRisk = cardiacRisk
  }
}

/// How liver volume follows from body surface in adults: a straight line.
public struct LiverVolumeFormula: Sendable, Hashable {
  /// At no body surface, in millilitres; below zero.
  public let intercept: Double
  /// For each square metre of body surface, in millilitres.
  public let perSquareMetre: Double
  /// Below this body surface, in square metres, it says nothing.
  public let leastSurface: Double

  /// A formula.
  public init(intercept: Double, perSquareMetre: Double, leastSurface: Double) {
    self.intercept = intercept
    self.perSquareMetre = perSquareMetre
    self.leastSurface = leastSurface
  }

  /// The standardised volume; `nil` where the formula says nothing.
  ///
  /// - Parameter surface: of the body, in square metres.
  public func volume(_ surface: Double) -> Volume? {
    surface >= leastSurface ? .cubicCentimeters(intercept + perSquareMetre * surface) : nil
  }
}

/// What places of the lung are taken for.
public struct LungGeometry: Sendable, Hashable {
  /// A specimen this near to a bronchus or vessel meets it.
  public let contact: Length
  /// Of the bronchial tree within a lung's hull, what lies so near to the point nearest to the midline is the hilum.
  public let hilumWithin: Length
  /// From this share of the way from hilum to pleura on a lesion lies in the outer part.
  public let outerAbove: Double
  /// Below this share it lies in the inner part.
  public let innerBelow: Double

  /// Places.
  public init(contact: Length, hilumWithin: Length, outerAbove: Double, innerBelow: Double) {
    self.contact = contact
    self.hilumWithin = hilumWithin
    self.outerAbove = outerAbove
    self.innerBelow = innerBelow
  }

  /// The part of the lung at a share of the way from hilum to pleura.
  func zone(_ ratio: Double) -> ResectionProposal.Zone {
    ratio > outerAbove ? .outer : (ratio < innerBelow ? .inner : .middle)
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
  public let mergeGap: Cited<Length>
  /// Above this share of a lobe, an anatomical resection is proposed.
  public let anatomicalShare: Cited<Double>
  /// At most so many adjacent segments make a segmentectomy.
  public let mostSegments: Int
  /// How far a measured edge may be off.
  public let measurementError: Cited<Length>
  /// What is found at thoracoscopy.
  public let localisation: LocalisationCriteria
  /// What lung function is reckoned with.
  public let function: FunctionModel
  /// Flows of guidelines, the one that rules rest on first.
  public let flows: [ReserveFlow]
  /// What is said where its conditions hold.
  public let notes: [ResectionNote]
  /// The margin of a laser enucleation.
  public let laser: Cited<Length>
  /// The margin of a liver resection.
  public let liverMargin: Cited<Length>
  /// How liver volume follows from body surface.
  public let liverVolume: Cited<LiverVolumeFormula>
  /// What places of the lung are taken for.
  public let geometry: Cited<LungGeometry>
  /// What scores written in code rest on.
  public let formulas: FormulaSources
  /// What speaks for treating deep lesions otherwise; keys of the bibliography.
  public let hybridSources: [String]

  /// Parameters.
  public init(
    profiles: [MarginProfile], reportedMargins: [Length], depth: WedgeDepth, mergeGap: Cited<Length>,
    anatomicalShare: Cited<Double>, mostSegments: Int, measurementError: Cited<Length>,
    localisation: LocalisationCriteria, function: FunctionModel, flows: [ReserveFlow], notes: [ResectionNote],
    laser: Cited<Length>, liverMargin: Cited<Length>,
    liverVolume: Cited<LiverVolumeFormula>, geometry: Cited<LungGeometry>, formulas: FormulaSources,
    hybridSources: [String]
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
    self.liverVolume = liverVolume
    self.geometry = geometry
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
      ("liverVolume", liverVolume.sources), ("geometry", geometry.sources),
      (
        "formulas", formulas.registry + formulas.thoracoscore + formulas.cardiacRisk
      ),
    ]
    all += flows.map { ("flow \($0.id)", $0.citations) }
    all += notes.map { ("note \($0.id)", $0.sources) }
    return all.flatMap { what, keys in keys.map { (what: what, key: $0) } }
  }
}
