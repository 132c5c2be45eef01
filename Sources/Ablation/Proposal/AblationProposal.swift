// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import Eligibility
public import Facts
public import Quantities
public import Reasons
public import Vocabulary

/// One applicator of a plan: its way and the positions of its zones.
public struct PlannedApplicator: Sendable {
  /// From the skin to the deepest position of the tip.
  public let path: NeedlePath
  /// How long the applicator must be: the shortest there is that reaches; `nil` when none does.
  public let length: Length?
  /// How far it is pulled back from the deepest position, one a zone, ascending from zero.
  public let pullBacks: [Length]
  /// What it goes through.
  public let crosses: [PathCrossing]
  /// How near it comes to what it must not touch, nearest first, exact on the contours.
  public let clearances: [PathClearance]
  /// The chance that it stays clear of all of them, for each accuracy of placement.
  public let probabilityClear: [PlacementChance]
}

/// A chance under one accuracy of placement.
public struct PlacementChance: Sendable, Hashable {
  /// The accuracy.
  public let accuracy: PlacementAccuracy
  /// The chance, 0 to 1.
  public let probability: Double
}

/// What planned zones hold.
public struct ZoneCoverage: Sendable {
  /// The margin over the lesion's surface.
  public let map: MarginMap
  /// The share of the lesion with 5 mm around it that the zones hold, in per cent of its volume.
  public let at5Percent: Double
  /// The same with 10 mm.
  public let at10Percent: Double
  /// The chance that the hard margin is kept everywhere, by what remains of misplacement after a control scan.
  public let marginProbability: Double
  /// The zones together.
  public let ablated: Volume
  /// What they destroy beside the lesion.
  public let healthy: Volume
  /// What they destroy of lung beside the lesion; `nil` where no lung is contoured.
  public let lung: Volume?
}

/// How far a planned zone lies from a structure.
public struct ZoneNeighbour: Sendable, Hashable {
  /// Its TG-263 name.
  public let structure: String
  /// Its role.
  public let role: StructureRole
  /// The distance to the lethal zone; zero in contact.
  public let distance: Length
  /// The distance to the ice's edge, cryoablation only.
  public let iceDistance: Length?
  /// The lesion's own distance.
  public let lesionDistance: Length
  /// What of the structure lies within the zone.
  public let overlap: Volume
  /// Limits that are not kept.
  public let broken: [ZoneLimit]
}

/// What moving a neighbour away would need.
public struct ManoeuvreAdvice: Sendable, Hashable {
  /// The manoeuvre.
  public let reach: ManoeuvreReach
  /// The neighbour.
  public let structure: String
  /// Its distance from the zone now.
  public let distance: Length
  /// How far off it should be.
  public let wanted: Length
  /// Whether what is usually reached is enough: in the least and in the best case.
  public let isEnough: (usually: Bool, atBest: Bool)

  /// How far it must be moved.
  public var needed: Length { max(.zero, wanted - distance) }

  /// Equal in manoeuvre, neighbour and distances.
  public static func == (a: ManoeuvreAdvice, b: ManoeuvreAdvice) -> Bool {
    a.reach == b.reach && a.structure == b.structure && a.distance == b.distance && a.wanted == b.wanted
  }

  /// See `==`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(reach)
    hasher.combine(structure)
    hasher.combine(distance)
  }
}

/// Which energies suit a lesion, before anything is planned.
public struct EnergyChoice: Sendable {
  /// Preferences whose condition holds, in the protocol's order.
  public let holding: [EnergyPreference]
  /// Preferences whose condition is not known, with the facts that would tell.
  public let open: [(preference: EnergyPreference, facts: [Fact])]
  /// The energies, best first.
  public let order: [Modality]
  /// Energies to keep away from.
  public let avoided: Set<Modality>
}

/// A note whose conditions hold, or could.
public struct AppliedNote: Sendable, Hashable {
  /// The note.
  public let note: AblationNote
  /// The facts that would tell; empty where the conditions hold.
  public let unknown: [Fact]
}

/// One lesion by one energy.
public struct AblationProposal: Sendable {
  /// How the margins stand.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// The goal is reached everywhere.
    case goal
    /// At least the hard margin everywhere.
    case hard
    /// Less than the hard margin somewhere.
    case insufficient
  }

  /// The lesion's id.
  public let lesion: String
  /// The energy.
  public let energy: Modality
  /// Device, setting and size of the zones.
  public let zone: PlannedZone
  /// The isotherm zones are planned on, cryoablation only.
  public let isotherm: LethalIsotherm?
  /// The zones.
  public let zones: [Spheroid]
  /// How they were found.
  public let method: Reason
  /// The applicators; empty where no path was found.
  public let applicators: [PlannedApplicator]
  /// What the zones hold.
  public let coverage: ZoneCoverage
  /// How the margins stand.
  public let standing: Standing
  /// The search of paths.
  public let search: PathSearchResult
  /// Other paths of the short list, best first.
  public let alternatives: [PlannedApplicator]
  /// Structures within 30 mm of the zones, nearest first.
  public let neighbours: [ZoneNeighbour]
  /// Whether the zone reaches the pleura; `nil` where no lung is contoured around the lesion.
  public let reachesPleura: Bool?
  /// Manoeuvres for neighbours that are too near.
  public let manoeuvres: [ManoeuvreAdvice]
  /// Nerves nobody contoured that may be near.
  public let nerveQuestions: [NerveSurrogate]
  /// Risk and preparation.
  public let notes: [AppliedNote]
  /// What the plan rests on.
  public let providedThat: [Reason]
  /// What was not contoured and so not kept clear of.
  public let notContoured: [StructureRole]
  /// What else must be said.
  public let remarks: [Reason]
  /// What it tells the rules.
  public let facts: FactTable
}

/// One lesion by all energies that were planned.
public struct LesionAblation: Sendable {
  /// The lesion's id.
  public let lesion: String
  /// Its site; `nil` when unknown.
  public let site: Site?
  /// Which energies suit it.
  public let choice: EnergyChoice
  /// Why nothing could be planned; `nil` where something was.
  public let why: Reason?
  /// A proposal for each energy.
  public let proposals: [AblationProposal]
}

/// A plan of ablation of all lesions by one or more energies.
public struct AblationPlan: Sendable {
  /// The energies planned.
  public let energies: [Modality]
  /// The lesions, in the case's order.
  public let lesions: [LesionAblation]
  /// Lung destroyed beside the lesions, by energy and side; sides without lesions are left out.
  public let lungVolumes: [LungAblation]
  /// What holds for the plan as a whole.
  public let remarks: [Reason]
  /// What the plan says of the patient.
  public let patientFacts: FactTable
  /// What it says of each lesion, by id.
  public let lesionFacts: [String: FactTable]

  /// Lung destroyed on one side by one energy.
  public struct LungAblation: Sendable, Hashable {
    /// The energy.
    public let energy: Modality
    /// The side; `nil` where the lung's name does not tell.
    public let side: Side?
    /// The lesions.
    public let lesions: [String]
    /// Lung destroyed beside them.
    public let volume: Volume
    /// Whether the flag of lung function is reached.
    public let isFlagged: Bool
  }
}
