internal import Foundation
public import Quantities
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
  /// What could not be looked at, in words.
  var open: [String] = []
  /// Another lobe that the lesion itself reaches into.
  var otherLobes: [Lobe] = []
  /// What the lesion shares with another lobe or a derived structure, no more than contours are off: in words.
  var doubtfulContacts: [String] = []
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
  /// Why not less, and what must be minded, in words.
  public let reasons: [String]
  /// What could not be looked at, in words.
  public let open: [String]
  /// What the contours do not settle, with both answers; `nil` where they do.
  public let question: String?
  /// Whether more than the lobe may have to go: a bronchus within the margin may be lobar or main.
  public let mayTakeMore: Bool

  init(_ evidence: TechniqueEvidence) {
    var reasons: [String] = []
    var open = evidence.open
    func names(_ contacts: [ResectionContact]) -> String {
      var seen: [String] = []
      for contact in contacts where !seen.contains(contact.structure) { seen.append(contact.structure) }
      return seen.joined(separator: ", ")
    }
    func mm(_ length: Length) -> String { String(format: "%.1f mm", length.millimeters) }
    let margin = evidence.margin
    if !evidence.touched.isEmpty || !evidence.otherLobes.isEmpty {
      if !evidence.touched.isEmpty { reasons.append("the lesion touches \(names(evidence.touched))") }
      if !evidence.otherLobes.isEmpty {
        reasons.append(
          "the lesion reaches into \(evidence.otherLobes.map(\.abbreviation).joined(separator: ", ")) as well: a wedge across the fissure, or two lobes"
        )
      }
      technique = .extended
    } else if evidence.nearest <= evidence.depthLimit, evidence.wedgeContacts.isEmpty {
      technique = .wedge
    } else {
      if evidence.nearest > evidence.depthLimit {
        reasons.append(
          "\(mm(evidence.nearest)) from the nearest pleura, more than \(mm(evidence.depthLimit)): no wedge")
      } else {
        reasons.append("the wedge would take in \(names(evidence.wedgeContacts)): no wedge")
      }
      let near = evidence.nearBronchi + evidence.nearVessels
      if !near.isEmpty {
        reasons.append(
          "\(names(near)) at \(mm(near.map(\.distance).min() ?? .zero)), nearer than the margin of \(mm(margin)): no segmentectomy"
        )
        // Vessels of the mediastinum within the margin are not left behind by taking the lobe.
        technique = evidence.nearVessels.isEmpty ? .lobectomy : .extended
        reasons.append(
          evidence.nearVessels.isEmpty
            ? "the contour does not tell lobar from main bronchus: whether a lobe suffices is for the surgeon"
            : "hilar or great vessels within the margin: more than a lobe, or a smaller margin")
      } else if let grown = evidence.grown, let segment = evidence.segment {
        let share = grown.cubicMillimeters / max(1e-9, segment.cubicMillimeters)
        if share <= Double(evidence.mostSegments) {
          technique = .segmentectomy
          open.append(
            "segments are not contoured: that it lies within \(evidence.mostSegments) adjacent ones is an estimate by volume"
          )
        } else {
          technique = .lobectomy
          reasons.append(
            "lesion with margin is larger than \(evidence.mostSegments) mean segments: no segmentectomy")
        }
      } else {
        technique = .segmentectomy
        open.append("without lobes contoured it is open whether segments suffice or the lobe is needed")
      }
    }
    if technique == .wedge, let deepest = evidence.deepest, deepest + margin > evidence.deep {
      isDeepWedge = true
      reasons.append(
        "deep wedge: inner edge and margin reach \(mm(deepest + margin)), over \(mm(evidence.deep)); a cavity may hide beside the staples, so the margin is overestimated"
      )
    } else {
      isDeepWedge = false
    }
    question =
      technique == .extended || evidence.doubtfulContacts.isEmpty
      ? nil
      : "\(evidence.doubtfulContacts.joined(separator: " and ")), within the error of the contours: \(isDeepWedge ? "deep wedge" : technique.rawValue) if it does not reach across, more than that (a wedge across the fissure, two lobes, or with the neighbour) if it does; look at the images"
    mayTakeMore = technique == .lobectomy && !evidence.nearBronchi.isEmpty
    self.reasons = reasons
    self.open = open
  }

  /// The words for people.
  public var title: String { isDeepWedge ? "deep wedge" : technique.rawValue }

  /// The word of the planned fact.
  public var word: String { isDeepWedge ? "deepWedge" : technique.rawValue }
}
