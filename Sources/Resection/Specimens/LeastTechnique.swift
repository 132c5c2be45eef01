// SPDX-License-Identifier: Apache-2.0
internal import Quantities
internal import Reasons
internal import Vocabulary

/// The least technique that what is known of a lesion permits, and why not less.
struct LeastTechnique {
  private(set) var technique: ResectionTechnique
  private(set) var reasons: [Reason] = []
  private(set) var open: [Reason]

  init(_ evidence: TechniqueEvidence) {
    open = evidence.open
    if !evidence.touched.isEmpty || !evidence.otherLobes.isEmpty {
      technique = .extended
      sayWhatIsReached(evidence)
    } else if evidence.nearest <= evidence.depthLimit, evidence.wedgeContacts.isEmpty {
      technique = .wedge
    } else {
      technique = .segmentectomy
      sayWhyNoWedge(evidence)
      settleAnatomical(evidence)
    }
  }

  private mutating func sayWhatIsReached(_ evidence: TechniqueEvidence) {
    if !evidence.touched.isEmpty { say(.touches, Self.names(evidence.touched)) }
    if !evidence.otherLobes.isEmpty {
      say(.reachesLobes, evidence.otherLobes.map(\.abbreviation))
    }
  }

  private mutating func sayWhyNoWedge(_ evidence: TechniqueEvidence) {
    if evidence.nearest > evidence.depthLimit {
      say(.tooDeep, [], Self.mm(evidence.nearest, evidence.depthLimit))
    } else {
      say(.wedgeTakesIn, Self.names(evidence.wedgeContacts))
    }
  }

  /// Segments where bronchi and vessels lie beyond the margin and the lesion is small enough, else the lobe or more.
  private mutating func settleAnatomical(_ evidence: TechniqueEvidence) {
    let segments = [Reason.Figure(Double(evidence.mostSegments), unit: "")]
    let near = evidence.nearBronchi + evidence.nearVessels
    if !near.isEmpty {
      let nearest = near.map(\.distance).min() ?? .zero
      say(.tooNearForSegment, Self.names(near), Self.mm(nearest, evidence.margin))
      // Vessels of the mediastinum within the margin are not left behind by taking the lobe.
      technique = evidence.nearVessels.isEmpty ? .lobectomy : .extended
      say(evidence.nearVessels.isEmpty ? .lobarOrMain : .vesselsInMargin)
    } else if let grown = evidence.grown, let segment = evidence.segment {
      let share = grown.cubicMillimeters / max(1e-9, segment.cubicMillimeters)
      if share <= Double(evidence.mostSegments) {
        technique = .segmentectomy
        open.append(Reason(.resection(.segmentsByVolume), figures: segments))
      } else {
        technique = .lobectomy
        say(.tooLargeForSegments, [], segments)
      }
    } else {
      technique = .segmentectomy
      open.append(Reason(.resection(.segmentsOrLobe)))
    }
  }

  private mutating func say(
    _ kind: ResectionReason, _ names: [String] = [], _ figures: [Reason.Figure] = []
  ) {
    reasons.append(Reason(.resection(kind), figures: figures, names: names))
  }

  private static func names(_ contacts: [ResectionContact]) -> [String] {
    var seen: [String] = []
    for contact in contacts where !seen.contains(contact.structure) { seen.append(contact.structure) }
    return seen
  }

  private static func mm(_ lengths: Length...) -> [Reason.Figure] {
    lengths.map { .init($0.millimeters, unit: "mm") }
  }
}
