// SPDX-License-Identifier: Apache-2.0
/// An organ that dose limits are written for, as published tables tell organs apart.
///
/// Finer than a structure's role where limits are (the cauda equina is not the cord), coarser where one limit
/// holds for several structures together (both lungs, all great vessels).
public enum OrganAtRisk: String, Sendable, Hashable, CaseIterable {
  case spinalCord, caudaEquina, sacralPlexus, brachialPlexus, peripheralNerve
  case oesophagus, heart, greatVessels, airways, smallBronchi
  case chestWall, rib, skin, lungs, contralateralLung
  case stomach, duodenum, smallBowel, colon, bileDuct, liver, kidneys, renalHilum, ureter

  /// The words for people.
  public var title: String {
    switch self {
    case .spinalCord: "spinal cord"
    case .caudaEquina: "cauda equina"
    case .sacralPlexus: "sacral plexus"
    case .brachialPlexus: "brachial plexus"
    case .peripheralNerve: "peripheral nerve"
    case .greatVessels: "great vessels"
    case .airways: "trachea and proximal bronchial tree"
    case .smallBronchi: "smaller bronchi"
    case .chestWall: "chest wall"
    case .lungs: "lungs less GTV"
    case .contralateralLung: "contralateral lung"
    case .smallBowel: "small bowel"
    case .bileDuct: "common bile duct"
    case .renalHilum: "renal hilum"
    case .oesophagus, .heart, .rib, .skin, .stomach, .duodenum, .colon, .liver, .kidneys, .ureter: rawValue
    }
  }

  /// Whether function, not a hot spot, is what its limits protect: they are read from the mean law of a dose
  /// estimate, those of all others from its envelope.
  public var isParallel: Bool {
    switch self {
    case .lungs, .contralateralLung, .liver, .kidneys: true
    default: false
    }
  }

  /// The organ a contoured structure belongs to; `nil` where no limit is written for it.
  ///
  /// Chambers and the pericardium count as heart; derived zones and lobes as nothing (the lung itself counts).
  public init?(_ name: StructureName) {
    switch name.tg263 {
    case "CaudaEquina":
      self = .caudaEquina
      return
    case "SacralPlex":
      self = .sacralPlexus
      return
    case "Ureter", "Ureter_L", "Ureter_R":
      self = .ureter
      return
    default: break
    }
    switch name.role {
    case .spinalCord: self = .spinalCord
    case .brachialPlexus: self = .brachialPlexus
    case .oesophagus: self = .oesophagus
    case .heart: self = .heart
    case .greatVessels: self = .greatVessels
    case .trachea, .bronchialTree: self = .airways
    case .bronchus: self = .smallBronchi
    case .chestWall: self = .chestWall
    case .rib: self = .rib
    case .skin: self = .skin
    case .lung: self = .lungs
    case .stomach: self = .stomach
    case .duodenum: self = .duodenum
    case .bowel: self = .smallBowel
    case .colon: self = .colon
    case .bileDuct: self = .bileDuct
    case .liver: self = .liver
    case .kidney: self = .kidneys
    default: return nil
    }
  }
}
