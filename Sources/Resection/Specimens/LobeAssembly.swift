// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
internal import PlanarGeometry
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Brings resections of one lobe together: what merges, what goes with the lobe, what it costs in segments.
struct LobeAssembly {
  let parameters: ResectionParameters
  let map: LungMap
  let habit: ResectionVariant.Habit

  func plan(_ proposal: ResectionProposal) -> MarginPlan {
    [.sparing, .sparingDeeper].contains(habit) ? proposal.sparing : proposal.standard
  }

  /// What this habit resects: of a hybrid, only what a wedge takes.
  func taken(_ proposals: [ResectionProposal]) -> [ResectionProposal] {
    habit == .hybrid ? proposals.filter { technique($0) == .wedge } : proposals
  }

  private func choice(_ proposal: ResectionProposal) -> TechniqueChoice {
    let plan = plan(proposal)
    return [.deeper, .sparingDeeper].contains(habit) ? plan.permissive : plan.usual
  }

  private func technique(_ proposal: ResectionProposal) -> ResectionTechnique { choice(proposal).technique }

  /// One entry a lobe, right before left, upper before lower; lesions without a known lobe stand together by side.
  func lobes(_ all: [ResectionProposal]) throws -> [LobeResection] {
    let proposals = taken(all)
    var result: [LobeResection] = []
    for lobe in Lobe.allCases {
      let own = proposals.filter { $0.lobe == lobe }
      if !own.isEmpty {
        var made = try assemble(own, lobe: lobe)
        made.functional = made.isWhole && made.volume != nil ? map.lobe(lobe)?.functional : made.volume
        result.append(made)
      }
    }
    for side in [Side.right, .left, nil] {
      let own = proposals.filter { $0.lobe == nil && $0.side == side }
      if !own.isEmpty { result.append(apart(own, side: side)) }
    }
    for side in [Side.right, .left] {
      let whole = result.indices.filter { result[$0].side == side && result[$0].isWhole }
      guard whole.count > 1 else { continue }
      let names = [side.rawValue] + whole.compactMap { result[$0].lobe?.abbreviation }
      for index in whole {
        result[index].isForBoard = true
        result[index].remarks.append(Reason(.resection(.severalLobes), names: names))
      }
    }
    return result
  }

  /// Lesions whose lobe is not known: each by itself, and what they cost unknown.
  private func apart(_ proposals: [ResectionProposal], side: Side?) -> LobeResection {
    LobeResection(
      lobe: nil, side: side,
      pieces: proposals.map { proposal in
        let technique = technique(proposal)
        return .init(
          technique: technique, lesions: [proposal.lesion],
          volume: technique == .wedge ? plan(proposal).wedge : nil)
      }, volume: nil, share: nil, isLobeProposed: false, segments: (nil, nil),
      remarks: proposals.count > 1 ? [Reason(.resection(.lobesUnknown))] : [])
  }

  /// A lobe as its resections find it.
  private struct Setting {
    let lobe: Lobe
    /// `nil` unless contoured and imaged as a whole.
    let body: LungMap.LobeBody?
    /// The lobe's segments; `nil` when unknown.
    let count: Double?
    /// The lung's segments.
    let lung: Double
    /// Whether the contours leave something open, which may take more than is drawn.
    let isOpen: Bool

    /// A mean segment of the lobe.
    var segment: Volume? {
      body.flatMap { body in
        count.map { Volume.cubicMillimeters(body.volume.cubicMillimeters / $0) }
      }
    }
  }

  private func assemble(_ proposals: [ResectionProposal], lobe: Lobe) throws -> LobeResection {
    let setting = Setting(
      lobe: lobe, body: map.lobe(lobe).flatMap { $0.isWhole ? $0 : nil },
      count: parameters.function.segments[lobe].map(Double.init),
      lung: Double(parameters.function.segments(of: lobe.side)),
      isOpen: proposals.contains { choice($0).question != nil })
    if let most = proposals.map(technique).filter({ $0 >= .lobectomy }).max() {
      return whole(proposals, by: most, setting)
    }
    return try inPieces(proposals, setting)
  }

  private func remark(
    _ kind: ResectionReason, _ names: [String] = [], _ figures: [Double] = [], _ unit: String = "mm"
  ) -> Reason {
    Reason(.resection(kind), figures: figures.map { .init($0, unit: unit) }, names: names)
  }

  /// The lobe as a whole, with all that lies in it.
  private func whole(
    _ proposals: [ResectionProposal], by most: ResectionTechnique, _ setting: Setting
  ) -> LobeResection {
    let (body, count) = (setting.body, setting.count)
    var remarks: [Reason] = []
    let others = proposals.filter { technique($0) < .lobectomy }.map(\.lesion)
    if !others.isEmpty { remarks.append(remark(.takenWithLobe, others)) }
    let mayBeMore =
      most == .extended || setting.isOpen
      || proposals.contains { technique($0) >= .lobectomy && choice($0).mayTakeMore }
    if most != .extended, mayBeMore {
      remarks.append(remark(setting.isOpen ? .beyondLobeOpen : .maybeMainBronchus))
    }
    if most == .extended {
      remarks.append(remark(.costBeyondLobe))
    }
    return LobeResection(
      lobe: setting.lobe, side: setting.lobe.side,
      pieces: [.init(technique: most, lesions: proposals.map(\.lesion), volume: body?.volume)],
      volume: most == .extended ? nil : body?.volume, share: body == nil ? nil : 1, isLobeProposed: false,
      segments: (
        most == .extended ? nil : count,
        mayBeMore ? setting.lung : count
      ),
      remarks: remarks)
  }

  /// Wedges and segmentectomies, or the lobe where they take too much of it.
  private func inPieces(_ proposals: [ResectionProposal], _ setting: Setting) throws -> LobeResection {
    let (body, count, segment) = (setting.body, setting.count, setting.segment)
    var remarks: [Reason] = []
    let wedges = try wedges(proposals, &remarks)
    let anatomical = try segmentectomies(proposals, segment, &remarks)
    let pieces =
      wedges.map { LobeResection.Piece(technique: .wedge, lesions: $0.lesions, volume: $0.volume) }
      + anatomical.pieces
    if body == nil {
      remarks.append(remark(.shareUnknown))
    }
    let isKnown = pieces.allSatisfy { $0.volume != nil }
    let volume = isKnown ? pieces.compactMap(\.volume).reduce(.zero, +) : nil
    let share = volume.flatMap { volume in
      body.map { min(1, volume.cubicMillimeters / max(1, $0.volume.cubicMillimeters)) }
    }
    let isLobe = (share ?? 0) > parameters.anatomicalShare.value
    if isLobe, let share {
      remarks.append(remark(.lobeProposed, [], [share * 100, parameters.anatomicalShare.value * 100], "%"))
    }
    return LobeResection(
      lobe: setting.lobe, side: setting.lobe.side, pieces: pieces, volume: isLobe ? body?.volume : volume,
      share: isLobe ? 1 : share,
      isLobeProposed: isLobe,
      segments: isLobe
        ? (count, setting.isOpen ? setting.lung : count)
        : segments(
          wedges: wedges.count, volume: wedges.map(\.volume), segment: segment, lobe: count,
          anatomical: anatomical.segments), remarks: remarks)
  }

  /// The wedges, merged where they meet.
  private func wedges(_ proposals: [ResectionProposal], _ remarks: inout [Reason]) throws -> [Cluster] {
    let wedges = try clusters(proposals.filter { technique($0) == .wedge }) { ($0.piece, $0.wedge) }
    if wedges.count > 1, wedges.contains(where: { $0.solid == nil }) {
      remarks.append(remark(.mergingUnknown))
    }
    for cluster in wedges where cluster.lesions.count > 1 {
      remarks.append(remark(.oneWedge, cluster.lesions, [parameters.mergeGap.value.millimeters]))
    }
    return wedges
  }

  /// The segmentectomies, merged where they meet, and what they cost in segments.
  ///
  /// Without contours of segments: one where lesion and margin are no larger than one, at most what a segmentectomy takes.
  private func segmentectomies(
    _ proposals: [ResectionProposal], _ segment: Volume?, _ remarks: inout [Reason]
  ) throws -> (pieces: [LobeResection.Piece], segments: (expected: Double, worst: Double)) {
    var pieces: [LobeResection.Piece] = []
    var anatomical = (expected: 0.0, worst: 0.0)
    for cluster in try clusters(proposals.filter { technique($0) == .segmentectomy }, { ($0.core, $0.grown) })
    {
      let least = segmentsNeeded(cluster.volume, segment)
      anatomical.expected += least
      anatomical.worst += Double(parameters.mostSegments)
      if cluster.lesions.count > 1 {
        remarks.append(remark(.oneSegmentectomy, cluster.lesions, [parameters.mergeGap.value.millimeters]))
      }
      pieces.append(
        .init(
          technique: .segmentectomy, lesions: cluster.lesions,
          volume: segment.map { .cubicMillimeters($0.cubicMillimeters * least) }))
    }
    return (pieces, anatomical)
  }

  /// What a lobe's pieces cost in segments.
  ///
  /// As expected: the volume of wedges over a mean segment's, and half a segment more for each wedge after the first. At
  /// worst: three wedges as much as the lobe; the lobe itself where volumes are not known.
  func segments(
    wedges: Int, volume: [Volume?], segment: Volume?, lobe: Double?,
    anatomical: (expected: Double, worst: Double)
  ) -> (expected: Double?, worst: Double?) {
    let model = parameters.function
    let most = lobe ?? .infinity
    var expected: Double?
    if wedges == 0 {
      expected = min(most, anatomical.expected)
    } else if let segment, segment > .zero, volume.allSatisfy({ $0 != nil }) {
      let sum = volume.compactMap(\.self).reduce(.zero, +).cubicMillimeters / segment.cubicMillimeters
      expected = min(most, anatomical.expected + sum + model.extraWedge * Double(wedges - 1))
    }
    guard let lobe else { return (expected, nil) }
    guard let expected else { return (nil, lobe) }
    let asLobe = min(lobe, Double(wedges) * lobe / Double(model.wedgesLikeLobe) + anatomical.worst)
    return (expected, max(asLobe, expected))
  }

  private func segmentsNeeded(_ grown: Volume?, _ segment: Volume?) -> Double {
    guard let segment, segment > .zero, let grown else { return 1 }
    return min(
      Double(parameters.mostSegments),
      max(1, (grown.cubicMillimeters / segment.cubicMillimeters).rounded(.up)))
  }
}
