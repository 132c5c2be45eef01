// SPDX-License-Identifier: Apache-2.0
internal import Reasons
internal import Resection
internal import Vocabulary

/// Figures and techniques of plans of resection in words.
enum ResectionWords {
  /// The resection of a lesion together with the others of its lobe: "segmentectomy → lobe (board)".
  static func technique(_ proposal: ResectionProposal, in plan: ResectionPlan) -> String {
    let alone = proposal.choice.isDeepWedge ? "deep wedge" : proposal.choice.technique.rawValue
    let own = proposal.choice.question == nil ? alone : "\(alone) or more (board)"
    guard let home = plan.lobes.first(where: { $0.lesions.contains(proposal.lesion) }),
      let specimen = home.pieces.first(where: { $0.lesions.contains(proposal.lesion) })
    else { return own }
    if proposal.choice.technique == .extended { return "extended (board)" }
    if home.isForBoard { return alone == "lobectomy" ? "lobectomy (board)" : "\(own) → lobe (board)" }
    if home.isLobeProposed { return "\(own) → lobe" }
    if specimen.technique > proposal.choice.technique { return "\(own) → with the lobe" }
    if specimen.lesions.count > 1 {
      return "\(own) with \(specimen.lesions.filter { $0 != proposal.lesion }.joined(separator: ", "))"
    }
    return own
  }

  /// How a technique is meant: the more it takes, the more it warns.
  static func tone(_ technique: ResectionTechnique) -> ReportLine.Tone {
    switch technique {
    case .wedge: .good
    case .segmentectomy: .plain
    case .lobectomy: .caution
    case .extended: .bad
    }
  }

  /// Whether a lesion should be marked for a thoracoscopy.
  static func mark(_ answer: Localisation.Answer) -> String {
    switch answer {
    case .advised: "advised"
    case .notNeeded: "not needed"
    case .unknown: "unknown"
    }
  }

  /// A value as expected and at worst: "58 %, at worst 47 %"; what is unknown is named.
  static func range(_ expected: Double?, _ worst: Double?, _ unit: String, digits: Int = 0) -> String {
    func text(_ x: Double) -> String { Figures.number(x, digits: digits) }
    return switch (expected, worst) {
    case (let a?, let b?) where text(a) == text(b): "\(text(a))\(unit)"
    case (let a?, let b?): "\(text(a))\(unit), at worst \(text(b))\(unit)"
    case (let a?, nil): "\(text(a))\(unit), at worst unknown"
    case (nil, let b?): "unknown, at worst \(text(b))\(unit)"
    case (nil, nil): "unknown"
    }
  }

  /// Segments lost.
  static func segments(_ segments: (expected: Double?, worst: Double?)) -> String {
    "\(range(segments.expected, segments.worst, "", digits: 1)) segments"
  }

  /// A share, or the range it lies in, in per cent.
  static func percent(_ range: ClosedRange<Double>) -> String {
    let low = Figures.number(range.lowerBound * 100, digits: 1)
    let high = Figures.number(range.upperBound * 100, digits: 1)
    return low == high ? "\(low) %" : "\(low) to \(high) %"
  }

  /// What is unknown, in brackets; empty for nothing.
  static func unknown(_ names: [String]) -> String {
    names.isEmpty ? "" : " (unknown: \(names.joined(separator: ", ")))"
  }
}
