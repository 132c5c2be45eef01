// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
public import Evidence
public import Quantities
internal import Reasons
public import Vocabulary

/// What a care protocol says about ablation: devices, margins, limits of paths, costs, notes.
public struct AblationParameters: Sendable {
  /// The devices.
  public var devices: [AblationDevice]
  /// The margins on the minimum over the surface.
  public let margin: MarginGoal
  /// What derated charts are held to.
  public let caps: [ZoneCap]
  /// The isotherm that counts as dead, for each site; others take `.minus40`.
  public let isotherms: [Site: LethalIsotherm]
  /// How exactly needles are placed, at least one.
  public let placements: [PlacementAccuracy]
  /// The root mean square of what remains after a control scan, of the zone's place.
  public let residual: Cited<Length>
  /// How near the shaft may pass structures.
  public let pathLimits: [PathLimit]
  /// Applicators and positions that can be delivered.
  public let delivery: [DeliveryLimit]
  /// Applicators' usual lengths.
  public let usualLengths: Cited<[Length]>
  /// The room in the gantry.
  public let gantry: Gantry
  /// What soft criteria cost.
  public let costs: [PathCost]
  /// Probe spacing of cryoablation.
  public let probeSpacing: ProbeSpacing
  /// The volume of ablated lung from which function falls.
  public let ablatedLungFlag: Cited<Volume>
  /// How far a lesion may lie off its organ's contour and still be in a hole or notch of it.
  public let notch: Cited<Length>
  /// A path lies below a rib where the way to the rib rises by more than this angle's sine; 0 to 1.
  public let belowRib: Cited<Double>
  /// Nerves that are never contoured, with what stands for them.
  public let surrogates: [NerveSurrogate]
  /// What displaces neighbours.
  public let manoeuvres: [ManoeuvreReach]
  /// Ordered preferences among the energies.
  public let preferences: [EnergyPreference]
  /// Distances from the planned zone that matter.
  public let zoneLimits: [ZoneLimit]
  /// Risk, preparation and what else is said when its condition holds.
  public let notes: [AblationNote]

  /// Parameters.
  public init(
    devices: [AblationDevice], caps: [ZoneCap], margin: MarginGoal, isotherms: [Site: LethalIsotherm],
    placements: [PlacementAccuracy], residual: Cited<Length>, pathLimits: [PathLimit],
    delivery: [DeliveryLimit], usualLengths: Cited<[Length]>, gantry: Gantry, costs: [PathCost],
    probeSpacing: ProbeSpacing, ablatedLungFlag: Cited<Volume>, notch: Cited<Length>, belowRib: Cited<Double>,
    surrogates: [NerveSurrogate],
    manoeuvres: [ManoeuvreReach], preferences: [EnergyPreference], zoneLimits: [ZoneLimit],
    notes: [AblationNote]
  ) {
    self.devices = devices
    self.caps = caps
    self.margin = margin
    self.isotherms = isotherms
    self.placements = placements
    self.residual = residual
    self.pathLimits = pathLimits
    self.delivery = delivery
    self.usualLengths = usualLengths
    self.gantry = gantry
    self.costs = costs
    self.probeSpacing = probeSpacing
    self.ablatedLungFlag = ablatedLungFlag
    self.notch = notch
    self.belowRib = belowRib
    self.surrogates = surrogates
    self.manoeuvres = manoeuvres
    self.preferences = preferences
    self.zoneLimits = zoneLimits
    self.notes = notes
  }

  /// The isotherm for a site.
  public func isotherm(for site: Site?) -> LethalIsotherm { site.flatMap { isotherms[$0] } ?? .minus40 }

  /// What zones of an energy are held to at a site.
  public func cap(_ energy: Modality, at site: Site?) -> ZoneCap? {
    caps.first { cap in cap.energy == energy && site.map(cap.sites.contains) ?? false }
  }

  /// The longest applicator there is; the reader sees to it that there is one.
  var longestApplicator: Length {
    (usualLengths.value + devices.flatMap(\.lengths)).max() ?? .zero
  }

  /// What can be delivered at a site; the entry without sites counts for all others.
  public func delivery(at site: Site?) -> DeliveryLimit? {
    delivery.first { limit in site.map(limit.sites.contains) ?? false } ?? delivery.first { $0.sites.isEmpty }
  }

  /// The energies it has devices of, in the vocabulary's order.
  public var energies: [Modality] {
    Modality.ablations.filter { energy in devices.contains { $0.energy == energy } }
  }

  /// Every source that is cited, with what cites it.
  public var citations: [(what: String, key: String)] {
    var all: [(String, [String])] = [
      ("margin", margin.sources), ("residualError", residual.sources),
      ("usualLengths", usualLengths.sources),
      ("gantry", gantry.sources), ("probeSpacing", probeSpacing.sources),
      ("ablatedLungFlag", ablatedLungFlag.sources), ("notch", notch.sources),
      ("belowRib", belowRib.sources),
    ]
    all += devices.filter(\.isShipped).map { ("device \($0.id)", $0.sources) }
    all += caps.map { ("cap of \($0.energy.rawValue)", $0.sources) }
    all += placements.map { ("placement \($0.id)", $0.sources) }
    all += pathLimits.map { ("path limit \($0.role.rawValue)", $0.sources) }
    all += delivery.map { ("delivery", $0.sources) }
    all += costs.map { ("path cost \($0.criterion.rawValue)", $0.sources) }
    all += surrogates.map { ("surrogate \($0.role.rawValue)", $0.sources) }
    all += manoeuvres.map { ("manoeuvre \($0.manoeuvre.rawValue)", $0.sources) }
    all += preferences.map { ("preference \($0.id)", $0.sources) }
    all += zoneLimits.map { ("zone limit \($0.role.rawValue)", $0.sources) }
    all += notes.map { ("note \($0.id)", $0.sources) }
    return all.flatMap { what, keys in keys.map { (what, $0) } }
  }
}

/// Margins asked for, on the minimum over the lesion's surface.
public struct MarginGoal: Sendable, Hashable {
  /// Below this a zone does not do.
  public let hard: Length
  /// What is aimed at.
  public let goal: Length
  /// Keys of the bibliography.
  public let sources: [String]
  /// Margins.
  public init(hard: Length, goal: Length, sources: [String]) {
    self.hard = hard
    self.goal = goal
    self.sources = sources
  }
}

/// How exactly a needle's tip is placed across its way.
public struct PlacementAccuracy: Sendable, Hashable {
  /// Its id, as `guided`.
  public let id: String
  /// The standard deviation in each of the two directions across the way, at the target.
  public let sigma: Length
  /// Keys of the bibliography.
  public let sources: [String]
  /// An accuracy.
  public init(id: String, sigma: Length, sources: [String]) {
    self.id = id
    self.sigma = sigma
    self.sources = sources
  }
}

/// How near a needle's shaft may pass structures of a role.
public struct PathLimit: Sendable, Hashable {
  /// The role.
  public let role: StructureRole
  /// Nearer than this the path is refused, unless no path keeps it.
  public let distance: Length
  /// Whether crossing is refused in every case.
  public let forbidsCrossing: Bool
  /// Keys of the bibliography.
  public let sources: [String]
  /// A limit.
  public init(role: StructureRole, distance: Length, forbidsCrossing: Bool, sources: [String]) {
    self.role = role
    self.distance = distance
    self.forbidsCrossing = forbidsCrossing
    self.sources = sources
  }
}

/// What can be delivered in one session.
public struct DeliveryLimit: Sendable, Hashable {
  /// The sites it holds for; empty for all others.
  public let sites: [Site]
  /// The most applicators.
  public let mostApplicators: Int
  /// The most positions, pull-backs and new punctures counted.
  public let mostPositions: Int
  /// Keys of the bibliography.
  public let sources: [String]
  /// A limit.
  public init(sites: [Site], mostApplicators: Int, mostPositions: Int, sources: [String]) {
    self.sites = sites
    self.mostApplicators = mostApplicators
    self.mostPositions = mostPositions
    self.sources = sources
  }
}

/// The room around the patient.
public struct Gantry: Sendable, Hashable {
  /// The bore's diameter.
  public let bore: Length
  /// How far below level an outward direction may point towards the table, in degrees.
  public let belowLevelDegrees: Double
  /// Keys of the bibliography.
  public let sources: [String]
  /// A gantry.
  public init(bore: Length, belowLevelDegrees: Double, sources: [String]) {
    self.bore = bore
    self.belowLevelDegrees = belowLevelDegrees
    self.sources = sources
  }
}

/// How far cryoprobes may lie apart.
public struct ProbeSpacing: Sendable, Hashable {
  /// Aimed at, from and to.
  public let target: ClosedRange<Double>
  /// Never more than this.
  public let most: Length
  /// The farthest a probe may lie inside the tumour's edge.
  public let fromEdge: Length
  /// Keys of the bibliography.
  public let sources: [String]
  /// Spacing, the target in millimetres.
  public init(target: ClosedRange<Double>, most: Length, fromEdge: Length, sources: [String]) {
    self.target = target
    self.most = most
    self.fromEdge = fromEdge
    self.sources = sources
  }
}

/// A soft criterion of paths.
public enum PathCriterion: String, Sendable, Hashable, CaseIterable {
  /// Each pleural puncture.
  case puncture
  /// Each fissure crossed.
  case fissure
  /// A pleural entry point inside the planned zone.
  case pleuraInZone
  /// Each bulla crossed.
  case bulla
  /// Aerated lung on the way, for 30 mm of it.
  case aeratedLung
  /// Each vessel over 3 mm on the way.
  case vessel
  /// Each 50 mm of way.
  case length
  /// Each 50 mm of way through tissue that nobody contoured.
  case uncharted
  /// Each 30 degrees off the axial plane.
  case obliquity
  /// Pleura or capsule met flatly: full at no angle, nothing at a right angle.
  case surfaceAngle
  /// Passing close below a rib, where its vessels run.
  case belowRib
  /// The chance, in log, that the path does not stay clear.
  case unsafe
}

/// What a soft criterion costs.
public struct PathCost: Sendable, Hashable {
  /// The criterion; its unit is in its meaning.
  public let criterion: PathCriterion
  /// The cost of one unit.
  public let weight: Double
  /// Keys of the bibliography.
  public let sources: [String]
  /// A cost.
  public init(criterion: PathCriterion, weight: Double, sources: [String]) {
    self.criterion = criterion
    self.weight = weight
    self.sources = sources
  }
}
