// SPDX-License-Identifier: Apache-2.0
public import Anatomy
public import Quantities
public import Reasons
public import Vocabulary

/// What a resection with one margin takes.
public struct MarginPlan: Sendable {
  /// The margin.
  public let margin: Length
  /// The profiles that ask for it, by id; empty for one that is only reported.
  public let profiles: [String]
  /// By the usual depth of wedges.
  public let usual: TechniqueChoice
  /// By the depth where surgeons go deeper.
  public let permissive: TechniqueChoice
  /// The least piece of lung that holds lesion and margin and opens at the pleura, lesion included; `nil` where it
  /// cannot be drawn.
  public let piece: Solid?
  /// Its volume, estimated where it cannot be drawn; `nil` where unknown.
  public let wedge: Volume?
  /// The lesion with the margin alone, within its lobe; `nil` where a wedge will do or it cannot be drawn.
  public let core: Solid?
  /// Its volume, estimated where it cannot be drawn; `nil` where a wedge will do or it is not known.
  public let grown: Volume?
  /// Bronchi and hilar vessels that piece meets.
  public let contacts: [ResectionContact]
}

/// Another way to deal with a lesion.
public struct ResectionAlternative: Sendable, Hashable {
  /// What kind it is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The same lesion with a smaller margin.
    case sparing
    /// A wedge deeper than usual.
    case deeperWedge
    /// Laser enucleation.
    case laser
    /// An operation for the outer lesions, ablation or irradiation for this one.
    case hybrid
  }
  /// The kind.
  public let kind: Kind
  /// What it would be.
  public let reason: Reason
  /// Lung and lesion taken; `nil` where it is not known.
  public let resected: Volume?
  /// Keys of the bibliography.
  public let sources: [String]
}

/// One lung lesion's resection.
public struct ResectionProposal: Sendable {
  /// What it rests on.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// Contours.
    case contours
    /// A ball or ellipsoid of stated place and size within contoured lungs.
    case modelled
    /// Stated sizes and distances: volumes are those of a ball beneath a flat pleura.
    case stated
  }

  /// The lesion's id.
  public let lesion: String
  /// Its side; `nil` when unknown.
  public let side: Side?
  /// Its lobe; `nil` when unknown.
  public let lobe: Lobe?
  /// What it rests on.
  public let basis: Basis
  /// Its longest axial diameter.
  public let diameter: Length
  /// From the nearest visceral pleura, fissures included where lobes are contoured, to its nearest edge.
  public let nearestPleura: Length
  /// From the nearest visceral pleura to its inner edge; `nil` when unknown.
  public let deepest: Length?
  /// 0 at the hilum, 1 at the pleura; `nil` when unknown.
  public let zoneRatio: Double?
  /// The part of the lung it lies in; `nil` when unknown.
  public let zone: Zone?
  /// Every margin that was looked at, ascending.
  public let margins: [MarginPlan]
  /// The margin of the standard profile.
  public let standard: MarginPlan
  /// How far from the nearest pleura another one lies that the piece opens at; `nil` where it opens at the nearest.
  public let opensElsewhere: Length?
  /// Whether it should be marked; `nil` when not enough is known.
  public let localisation: Localisation?
  /// Other ways.
  public let alternatives: [ResectionAlternative]
  /// What would change the technique within measurement error.
  public let flips: [Reason]
  /// What else must be said.
  public let remarks: [Reason]

  /// The margin of the lung-sparing profile, the smallest that a profile asks for; the standard one where none is smaller.
  public var sparing: MarginPlan {
    margins.first { !$0.profiles.isEmpty && $0.margin < standard.margin } ?? standard
  }

  /// The technique at the standard margin and the usual depth.
  public var choice: TechniqueChoice { standard.usual }

  /// A part of the way from hilum to pleura.
  public enum Zone: String, Sendable, Hashable { case inner, middle, outer }
}

/// One lesion of a plan: its resection, or why there is none.
public struct LesionResection: Sendable {
  /// The lesion's id.
  public let lesion: String
  /// Its site; `nil` when unknown.
  public let site: Site?
  /// Why nothing could be planned; `nil` where something was.
  public let why: Reason?
  /// The resection; liver lesions have theirs together, in the plan's `liver`.
  public let proposal: ResectionProposal?
}
