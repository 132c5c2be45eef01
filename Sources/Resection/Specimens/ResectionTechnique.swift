// SPDX-License-Identifier: Apache-2.0
public import Quantities
public import Reasons
public import Vocabulary

/// The least resection that takes a lesion out with its margin, from little to much.
public enum ResectionTechnique: String, Sendable, Hashable, CaseIterable, Comparable {
  case wedge, segmentectomy, lobectomy
  /// More than a lobe, or with a neighbouring organ: bilobectomy, sleeve, pneumonectomy. Never without the board.
  case extended

  /// Whether the left one takes less.
  public static func < (a: ResectionTechnique, b: ResectionTechnique) -> Bool {
    guard let x = allCases.firstIndex(of: a), let y = allCases.firstIndex(of: b) else { return false }
    return x < y
  }
}

/// A structure that lies in the way of a resection.
public struct ResectionContact: Sendable, Hashable {
  /// Its TG-263 name, or its role's title where only a distance was stated.
  public let structure: String
  /// Its role.
  public let role: StructureRole
  /// From the lesion.
  public let distance: Length
}

/// What decides the technique at one margin.
struct TechniqueEvidence: Sendable {
  /// From the nearest visceral pleura to the lesion's nearest edge.
  var nearest: Length
  /// From there to its inner edge; `nil` when unknown.
  var deepest: Length?
  var margin: Length
  /// Bronchi and hilar vessels that the wedge meets.
  var wedgeContacts: [ResectionContact] = []
  /// Bronchi nearer to the lesion than the margin.
  var nearBronchi: [ResectionContact] = []
  /// Hilar and great vessels nearer than the margin.
  var nearVessels: [ResectionContact] = []
  /// Bronchi, vessels, trachea, heart, wall, diaphragm, oesophagus or bone that the lesion itself touches.
  var touched: [ResectionContact] = []
  /// What could not be looked at.
  var open: [Reason] = []
  /// Another lobe that the lesion itself reaches into.
  var otherLobes: [Lobe] = []
  /// What the lesion shares with another lobe or a derived structure, no more than contours are off.
  var doubtfulContacts: [Reason] = []
  /// Lung with the margin around the lesion; `nil` where the lobe is not contoured.
  var grown: Volume?
  /// A mean segment of the lobe; `nil` where it is not known.
  var segment: Volume?
  var depthLimit: Length
  var deep: Length
  var mostSegments: Int
}

/// A technique with its reasons.
public struct TechniqueChoice: Sendable, Hashable {
  /// The technique.
  public let technique: ResectionTechnique
  /// Whether its deep edge asks for caution with staple lines; wedges only.
  public let isDeepWedge: Bool
  /// Why not less, and what must be minded.
  public let reasons: [Reason]
  /// What could not be looked at.
  public let open: [Reason]
  /// What the contours do not settle, with both answers; `nil` where they do.
  public let question: Reason?
  /// Whether more than the lobe may have to go: a bronchus within the margin may be lobar or main.
  public let mayTakeMore: Bool

  init(_ evidence: TechniqueEvidence) {
    let least = LeastTechnique(evidence)
    technique = least.technique
    var reasons = least.reasons
    let margin = evidence.margin
    if technique == .wedge, let deepest = evidence.deepest, deepest + margin > evidence.deep {
      isDeepWedge = true
      reasons.append(
        Reason(
          .resection(.deepWedge),
          figures: [deepest + margin, evidence.deep].map { .init($0.millimeters, unit: "mm") }))
    } else {
      isDeepWedge = false
    }
    question =
      technique == .extended || evidence.doubtfulContacts.isEmpty
      ? nil
      : Reason(
        .resection(.unsettled), names: [isDeepWedge ? "deep wedge" : technique.rawValue],
        because: evidence.doubtfulContacts)
    mayTakeMore = technique == .lobectomy && !evidence.nearBronchi.isEmpty
    self.reasons = reasons
    open = least.open
  }

  /// The words for people.
  public var title: String { isDeepWedge ? "deep wedge" : technique.rawValue }

  /// The word of the planned fact.
  public var word: String { isDeepWedge ? "deepWedge" : technique.rawValue }
}
