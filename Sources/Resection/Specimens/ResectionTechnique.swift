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
    var reasons: [Reason] = []
    var open = evidence.open
    func say(_ kind: ResectionReason, _ names: [String] = [], _ figures: [Reason.Figure] = []) -> Reason {
      Reason(.resection(kind), figures: figures, names: names)
    }
    func names(_ contacts: [ResectionContact]) -> [String] {
      var seen: [String] = []
      for contact in contacts where !seen.contains(contact.structure) { seen.append(contact.structure) }
      return seen
    }
    func mm(_ lengths: Length...) -> [Reason.Figure] { lengths.map { .init($0.millimeters, unit: "mm") } }
    let segments = [Reason.Figure(Double(evidence.mostSegments), unit: "")]
    let margin = evidence.margin
    if !evidence.touched.isEmpty || !evidence.otherLobes.isEmpty {
      if !evidence.touched.isEmpty { reasons.append(say(.touches, names(evidence.touched))) }
      if !evidence.otherLobes.isEmpty {
        reasons.append(say(.reachesLobes, evidence.otherLobes.map(\.abbreviation)))
      }
      technique = .extended
    } else if evidence.nearest <= evidence.depthLimit, evidence.wedgeContacts.isEmpty {
      technique = .wedge
    } else {
      if evidence.nearest > evidence.depthLimit {
        reasons.append(say(.tooDeep, [], mm(evidence.nearest, evidence.depthLimit)))
      } else {
        reasons.append(say(.wedgeTakesIn, names(evidence.wedgeContacts)))
      }
      let near = evidence.nearBronchi + evidence.nearVessels
      if !near.isEmpty {
        let nearest = near.map(\.distance).min() ?? .zero
        reasons.append(say(.tooNearForSegment, names(near), mm(nearest, margin)))
        // Vessels of the mediastinum within the margin are not left behind by taking the lobe.
        technique = evidence.nearVessels.isEmpty ? .lobectomy : .extended
        reasons.append(say(evidence.nearVessels.isEmpty ? .lobarOrMain : .vesselsInMargin))
      } else if let grown = evidence.grown, let segment = evidence.segment {
        let share = grown.cubicMillimeters / max(1e-9, segment.cubicMillimeters)
        if share <= Double(evidence.mostSegments) {
          technique = .segmentectomy
          open.append(say(.segmentsByVolume, [], segments))
        } else {
          technique = .lobectomy
          reasons.append(say(.tooLargeForSegments, [], segments))
        }
      } else {
        technique = .segmentectomy
        open.append(say(.segmentsOrLobe))
      }
    }
    if technique == .wedge, let deepest = evidence.deepest, deepest + margin > evidence.deep {
      isDeepWedge = true
      reasons.append(say(.deepWedge, [], mm(deepest + margin, evidence.deep)))
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
    self.open = open
  }

  /// The words for people.
  public var title: String { isDeepWedge ? "deep wedge" : technique.rawValue }

  /// The word of the planned fact.
  public var word: String { isDeepWedge ? "deepWedge" : technique.rawValue }
}
