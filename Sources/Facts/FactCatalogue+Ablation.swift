// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What a plan of an ablation says of one lesion; each is a fact of its own for each energy.
public enum PlannedAblationFact: String, Sendable, Hashable, CaseIterable {
  /// Whether a straight path from the skin exists.
  case needlePath
  /// The least margin over the lesion's surface.
  case zoneMargin
  /// How many positions of the applicator cover it.
  case zonePositions
  /// How often the path enters lung.
  case pleuralPunctures
  /// Whether a fissure is crossed.
  case fissureInTrack
  /// Whether a vessel over 3 mm is crossed.
  case vesselInTrack
  /// Whether the zone reaches the pleura.
  case pleuraInZone
  /// Aerated lung on the way.
  case aeratedLungInTrack
  /// The volume of organ that dies beside the lesion.
  case ablatedVolume
}

// Facts of ablation: those of a plan exist only once one was made. Zones come from charts, so their facts are estimates;
// paths are geometry of what was contoured.
extension FactCatalogue {
  /// Roles a zone's distance is asked of.
  public static let zoneNeighbours: [StructureRole] = [
    .heart, .greatVessels, .trachea, .bronchialTree, .bronchus, .pulmonaryVessel, .oesophagus, .spinalCord,
    .brachialPlexus, .phrenicNerve, .diaphragm, .chestWall, .skin, .gallbladder, .bileDuct, .hepaticVessel,
    .stomach, .duodenum, .bowel, .colon, .kidney, .spleen, .pancreas, .adrenal, .lung, .liver, .rib, .bone,
    .pleura,
  ]

  static let ablationPatient: [FactDefinition] =
    [
      flag(.bilioentericAnastomosis, .patient, "a bilio-enteric anastomosis or biliary stent"),
      words(
        .anticoagulation, .patient, ["none", "antiplatelet", "anticoagulant"],
        "drugs against clotting that would have to be stopped", usual: "none"),
    ]
    + Modality.ablations.map { energy in
      number(
        .ablatedLung(energy), .patient, .cubicCentimetres, 0...2000,
        "lung that a planned \(energy.title) of all lesions destroys beside them, estimated", isPlanned: true
      ).titled("ablated lung (\(energy.title))")
    }

  static let ablationLesion: [FactDefinition] =
    [
      flag(.cavitation, .lesion, "a cavity in the lesion"),
      words(.biopsyWanted, .lesion, ["no", "yes"], "a biopsy is wanted in the same session", usual: "no"),
    ]
    + Modality.ablations.flatMap { energy in
      PlannedAblationFact.allCases.map { fact in
        planned(fact, energy).titled("\(spacedWords(fact.rawValue)) (\(energy.title))")
          .labelled(spacedWords(fact.rawValue))
      }
        + zoneNeighbours.map { role in
          number(
            .zoneClearance(role, energy), .lesion, .millimetres, 0...400,
            "least distance between the planned zone of \(energy.title) and the \(role.title); 0 in contact",
            isPlanned: true
          ).titled("zone to \(role.title) (\(energy.title))").labelled("zone to \(role.title)").measured(
            as: .zoneDistance)
        }
    }

  private static func planned(_ fact: PlannedAblationFact, _ energy: Modality) -> FactDefinition {
    let planned = Fact.planned(fact, energy)
    let by = "of a planned \(energy.title)"
    func count(_ meaning: String) -> FactDefinition {
      number(planned, .lesion, .count, 0...50, "\(meaning) \(by)", isPlanned: true)
    }
    func yes(_ meaning: String) -> FactDefinition {
      words(planned, .lesion, ["no", "yes"], "\(meaning) \(by)", isPlanned: true)
    }
    return switch fact {
    case .needlePath:
      words(
        planned, .lesion, ["clear", "near", "none"],
        "straight paths \(by): one keeps all limits; only nearer to a structure than its limit; none found",
        isPlanned: true)
    case .zoneMargin:
      number(
        planned, .lesion, .millimetres, -200...100,
        "least margin over the lesion's surface \(by); below zero what is left out", isPlanned: true
      ).measured(as: .zoneMargin)
    case .zonePositions: count("positions of the applicator")
    case .pleuralPunctures: count("pleural punctures")
    case .fissureInTrack: yes("a fissure on the path")
    case .vesselInTrack: yes("a vessel over 3 mm on the path")
    case .pleuraInZone: yes("the pleura within the zone")
    case .aeratedLungInTrack:
      number(planned, .lesion, .millimetres, 0...400, "aerated lung on the path \(by)", isPlanned: true)
    case .ablatedVolume:
      number(
        planned, .lesion, .cubicCentimetres, 0...2000, "volume destroyed beside the lesion \(by)",
        isPlanned: true)
    }
  }
}
