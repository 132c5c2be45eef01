// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// One thing that rules may ask about: a closed list of single facts and of families.
///
/// What each means, its unit, plausible domain, words and spellings stand once, in its `FactDefinition`; a new fact is a case
/// here and a row in `FactCatalogue`, and nothing else (a test holds the two against each other). Protocols and outputs name
/// facts as in `longestAxialDiameter`, `inr`, `clearance(Heart)`.
public enum Fact: Sendable, Hashable {
  // Fitness, organ function, history and disease of the patient; sizes, place and earlier therapy of a lesion.
  case age, sex, ecog, asa, lifeExpectancy, generalAnaesthesia, consent, canLieStill, pacemaker
  case uncontrolledInfection, malignantEffusion, pregnancy, activeConnectiveTissueDisease
  case ataxiaTelangiectasia, germline, pulmonaryHypertension, recentCardiacEvent, ejectionFraction
  case anthracyclineAndHeartDose, fev1, dlco, emphysema, interstitialLungDisease, singleLung, inr, platelets
  case bleedingDisorder, bilirubin, albumin, creatinine, ast, ldh, granulocytes, childPugh, ascites
  case portalHypertension, portalFlow, liverInvolvement, normalLiverVolume, futureLiverRemnant
  case liverParenchyma, radioembolizationLungDose, histology, grade, primarySite, primaryDiameter
  case primaryControl, diseaseFreeInterval, monthsSinceDiagnosis, polymetastaticHistory
  case oligometastaticHistory, activeSystemicTherapy, progressing, antiangiogenicTherapy
  case concurrentSystemicTherapy, intent, neurologicalSymptoms, spineMRI, brainMRI, metastasisCount
  case lungMetastasisCount, liverMetastasisCount, lungLaterality, largestMetastasis, extrathoracicDisease
  case extrahepaticDisease, doublingTime, metastasisProof, mediastinalNodes, regionalNodes
  case longestAxialDiameter, shortAxis, volume, depthFromPleura, depthOfInnerEdge, lungZone, respiratoryMotion
  case lesionsInSameLung, priorTherapyHere, priorSurgerySameSide, priorAblationSameSide
  case priorRadiotherapyOverlap, monthsSinceRadiotherapy, endobronchial, perfusedVesselInTrack

  // What a CT measures.
  case meanDensity, lungDensity, lungBelow950

  // Ablation.
  case bilioentericAnastomosis, anticoagulation, cavitation, biopsyWanted

  // Radiotherapy.
  case sbrtLungV20, sbrtMeanLungDose, sbrtLungLimits, sbrtLiverLimits, centralityRTOG, centralityIASLC
  case centralityHILUS, ultracentral, earlierDoseHere, sbrtTargetVolume, sbrtCumulative

  // Surgery.
  case fev1Volume, stairClimb, shuttleWalk, vo2Peak, vo2PeakPercent, perfusionRight, obstructedSegments
  case mrcDyspnoea, cerebrovascularDisease, ischaemicHeartDisease, thoracoscoreComorbidities, bodySurfaceArea
  case resectionCompleteness, irlmGroup, plannedLiverRemnant, lowDensityAfterChemotherapy
  case earlierLongestDiameter, earlierVolume, growthInterval, resectionTechnique, resectionMargin
  case thoracoscopicLocalisation, ppoFEV1, ppoDLCO, ppoVO2Peak, ppoVO2PeakPercent, operativeRisk

  // Families: one fact for each role, organ or energy.
  /// The least distance between the lesion and a structure of this role.
  case clearance(StructureRole)
  /// How an organ's limits compare with a planned course's estimated dose beside the lesion.
  case sbrtDose(OrganAtRisk)
  /// What a planned ablation says of a lesion.
  case planned(PlannedAblationFact, Modality)
  /// The least distance between a planned ablation zone and a structure of this role.
  case zoneClearance(StructureRole, Modality)
  /// The lung that a planned ablation of all lesions destroys beside them.
  case ablatedLung(Modality)
}

extension Fact {
  /// The fact of this name, or `nil` when the closed list has none.
  public init?(named name: String) {
    guard let fact = FactCatalogue.fact(named: name) else { return nil }
    self = fact
  }

  /// What the fact means.
  public var definition: FactDefinition { FactCatalogue.definition(of: self) }

  /// The name used in protocols and outputs.
  public var name: String { definition.name }

  /// Whether it tells where a lesion lies: a distance from a structure, or a depth from the pleura.
  public var isLocation: Bool {
    switch self {
    case .clearance, .depthFromPleura, .depthOfInnerEdge: true
    default: false
    }
  }

  /// The words for people: "longest axial diameter", "distance to heart".
  public var title: String { definition.title }

  /// One to three words for tables: "size", "heart".
  public var label: String { definition.label }

  /// The name by the case itself, with what a family's fact is about in brackets.
  var caseName: String {
    switch self {
    case .clearance(let role): "clearance(\(role.rawValue))"
    case .sbrtDose(let organ): "sbrtDose(\(organ.rawValue))"
    case .planned(let fact, let energy): "\(fact.rawValue)(\(energy.rawValue))"
    case .zoneClearance(let role, let energy): "zoneClearance(\(energy.rawValue):\(role.rawValue))"
    case .ablatedLung(let energy): "ablatedLung(\(energy.rawValue))"
    default: "\(self)"
    }
  }
}

extension Sequence<Fact> {
  /// In alphabetical order of names: as `sorted()`, with each name looked up once.
  public func inOrder() -> [Fact] {
    map { (FactCatalogue.rank(of: $0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension Fact: Comparable {
  /// Alphabetical order of names, so that outputs are stable.
  public static func < (a: Fact, b: Fact) -> Bool {
    FactCatalogue.rank(of: a) < FactCatalogue.rank(of: b)
  }
}
