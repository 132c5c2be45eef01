// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
import Testing
internal import Vocabulary

/// A patient drawn from the criteria of a trial or from a series, with what a tumour board would answer.
///
/// The expectations were written from the evidence first and only then held against the protocol. Where
/// the two part, a test fails: the protocol is to be corrected, or the expectation argued away.
struct TrialPatient: Sendable {
  /// What the board would do.
  enum Board: Sendable {
    /// Treat: advice `treat`, and some therapy plainly eligible.
    case treats
    /// Treat, but not before a plan, a manoeuvre or a question is settled; see `neverEligible`.
    case conditionally
    /// Not treat locally now: observe, stage, treat systemically, or leave it to the board.
    case holds
  }

  /// The id that failures print.
  let id: String
  /// The patient in one line.
  let line: String
  /// The trial or series, for people.
  let source: String
  /// Keys of the shipped bibliography that hold the figures.
  let keys: [String]
  /// What the board would do.
  let board: Board
  /// Where the lesion lies.
  let site: Site
  /// What is known of patient and lesion, by the names of facts.
  let told: [String: Told]
  /// The verdicts that the evidence allows, for the therapies it speaks of.
  var verdicts: [Modality: Set<Verdict>] = [:]
  /// Therapies that the evidence forbids to call plainly eligible.
  var neverEligible: Set<Modality> = []
  /// The therapy judged best is one of these; empty where the evidence does not say.
  var first: Set<Modality> = []
  /// Therapies of which the left one comes before the right one.
  var order: [(better: Modality, worse: Modality)] = []
  /// The advice that the evidence allows.
  var advice: Set<Advice> = [.treat]

  /// The thirty: those treated, those treated on a condition, and those not treated locally now.
  static let all: [TrialPatient] = treatedInTheLung + treatedInTheLiver + treatedConditionally + held
}

/// A value as a patient file states it.
enum Told: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  case number(Double)
  case word(String)

  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(stringLiteral value: String) { self = .word(value) }
}

extension [String: Told] {
  /// These facts as a patient file states them.
  func table(of id: String) throws -> FactTable {
    var table = FactTable()
    for (name, told) in self {
      let fact = try #require(Fact(named: name), "\(id): no fact is named \(name)")
      table[fact] =
        switch told {
        case .number(let x): .number(x, .stated, id)
        case .word(let word): .word(word, .stated, id)
        }
    }
    // Nothing of an earlier dose is kept of these patients, as of every case without a dose grid.
    table[.earlierDoseHere] = FactValue(.notApplicable, origin: .derived, source: id)
    return table
  }

  /// Holds every name and value against the catalogue.
  func expectCatalogued(of who: String) {
    for (name, told) in sorted(by: { $0.key < $1.key }) {
      guard let fact = Fact(named: name) else {
        Issue.record("\(who): no fact is named \(name)")
        continue
      }
      switch (fact.definition.kind, told) {
      case (.word(let words), .word(let word)):
        #expect(words.contains(word), "\(who): \(name) is one of \(words)")
      case (.number(let unit, let domain), .number(let x)):
        #expect(domain.contains(x), "\(who): \(name) lies in \(domain) \(unit)")
      default: Issue.record("\(who): \(name) is told as the wrong kind")
      }
    }
  }

  /// This patient with some facts told otherwise.
  func but(_ other: [String: Told]) -> [String: Told] { merging(other) { _, new in new } }

  /// An adult of ECOG 0 with a controlled leiomyosarcoma and nothing that speaks against any therapy.
  static let fitAdult: [String: Told] = [
    "age": 52, "ecog": 0, "asa": 2, "lifeExpectancy": 36, "generalAnaesthesia": "possible",
    "consent": "given", "canLieStill": "yes", "pacemaker": "absent", "uncontrolledInfection": "absent",
    "malignantEffusion": "absent", "pregnancy": "absent", "activeConnectiveTissueDisease": "absent",
    "ataxiaTelangiectasia": "absent", "germline": "none", "pulmonaryHypertension": "absent",
    "recentCardiacEvent": "absent", "ejectionFraction": 60, "anthracyclineAndHeartDose": "absent",
    "inr": 1.0, "platelets": 240, "bleedingDisorder": "none", "histology": "leiomyosarcoma", "grade": 2,
    "primarySite": "extremity", "primaryDiameter": 80, "primaryControl": "controlled",
    "diseaseFreeInterval": 30, "polymetastaticHistory": "no", "oligometastaticHistory": "no",
    "activeSystemicTherapy": "no", "antiangiogenicTherapy": "absent", "concurrentSystemicTherapy": "absent",
    "intent": "curative", "neurologicalSymptoms": "absent", "spineMRI": "done", "brainMRI": "done",
    "doublingTime": 90, "metastasisProof": "grew", "regionalNodes": "negative",
    "priorTherapyHere": "none", "priorRadiotherapyOverlap": "none",
  ]

  /// The fit adult with one lesion 10 mm below the pleura of an upper lobe, far from every organ.
  static let peripheralLung: [String: Told] = fitAdult.but([
    "fev1": 92, "dlco": 84, "emphysema": "none", "interstitialLungDisease": "none", "singleLung": "no",
    "metastasisCount": 1, "lungMetastasisCount": 1, "liverMetastasisCount": 0, "lesionsInSameLung": 1,
    "lungLaterality": "unilateral", "extrathoracicDisease": "none", "mediastinalNodes": "negative",
    "depthFromPleura": 10, "lungZone": "upper", "respiratoryMotion": 4, "endobronchial": "absent",
    "perfusedVesselInTrack": "no", "priorSurgerySameSide": "no", "priorAblationSameSide": "no",
    "clearance(Heart)": 60, "clearance(GreatVessels)": 55, "clearance(BronchialTree)": 45,
    "clearance(Bronchus)": 15, "clearance(PulmonaryVessel)": 9, "clearance(Oesophagus)": 70,
    "clearance(SpinalCord)": 70, "clearance(BrachialPlexus)": 90, "clearance(PhrenicNerve)": 50,
    "clearance(Diaphragm)": 80, "clearance(ChestWall)": 12, "clearance(Skin)": 45,
    "clearance(Stomach)": 110, "clearance(Bowel)": 140,
  ])

  /// The fit adult with one lesion in a healthy liver, far from every organ, vessel and duct.
  static let liver: [String: Told] = fitAdult.but([
    "bilirubin": 0.6, "albumin": 4.1, "creatinine": 0.8, "ast": 24, "ldh": 190, "granulocytes": 4,
    "childPugh": "none", "ascites": "absent", "portalHypertension": "absent", "portalFlow": "normal",
    "liverInvolvement": 5, "normalLiverVolume": 1450, "futureLiverRemnant": 60,
    "liverParenchyma": "normal", "radioembolizationLungDose": 8, "extrahepaticDisease": "none",
    "metastasisCount": 1, "lungMetastasisCount": 0, "liverMetastasisCount": 1, "lungLaterality": "none",
    "mediastinalNodes": "negative", "respiratoryMotion": 8,
    "clearance(HepaticVessel)": 9, "clearance(BileDuct)": 30, "clearance(Gallbladder)": 35,
    "clearance(Stomach)": 40, "clearance(Duodenum)": 45, "clearance(Bowel)": 50, "clearance(Colon)": 40,
    "clearance(Diaphragm)": 25, "clearance(Heart)": 40, "clearance(Oesophagus)": 60,
    "clearance(SpinalCord)": 60,
  ])
}
