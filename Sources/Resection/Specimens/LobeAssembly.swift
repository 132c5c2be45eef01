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

  private func plan(_ proposal: ResectionProposal) -> MarginPlan {
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

  private func assemble(_ proposals: [ResectionProposal], lobe: Lobe) throws -> LobeResection {
    let side: Side? = lobe.side
    let body = map.lobe(lobe).flatMap { $0.isWhole ? $0 : nil }
    let count = parameters.function.segments[lobe].map(Double.init)
    let whole = proposals.filter { technique($0) >= .lobectomy }
    var remarks: [Reason] = []
    func say(_ kind: ResectionReason, _ names: [String] = [], _ figures: [Double] = [], _ unit: String = "mm")
    {
      remarks.append(
        Reason(.resection(kind), figures: figures.map { .init($0, unit: unit) }, names: names))
    }
    // What the contours leave open may take more than is drawn.
    let isOpen = proposals.contains { choice($0).question != nil }
    let lung = Double(parameters.function.segments(of: lobe.side))
    if let most = whole.map(technique).max() {
      let others = proposals.filter { technique($0) < .lobectomy }.map(\.lesion)
      if !others.isEmpty { say(.takenWithLobe, others) }
      let mayBeMore = most == .extended || isOpen || whole.contains { choice($0).mayTakeMore }
      if most != .extended, mayBeMore {
        say(isOpen ? .beyondLobeOpen : .maybeMainBronchus)
      }
      if most == .extended {
        say(.costBeyondLobe)
      }
      return LobeResection(
        lobe: lobe, side: side,
        pieces: [.init(technique: most, lesions: proposals.map(\.lesion), volume: body?.volume)],
        volume: most == .extended ? nil : body?.volume, share: body == nil ? nil : 1, isLobeProposed: false,
        segments: (
          most == .extended ? nil : count,
          mayBeMore ? lung : count
        ),
        remarks: remarks)
    }
    var pieces: [LobeResection.Piece] = []
    let wedges = try clusters(proposals.filter { technique($0) == .wedge }) { ($0.piece, $0.wedge) }
    if wedges.count > 1, wedges.contains(where: { $0.solid == nil }) {
      say(.mergingUnknown)
    }
    for cluster in wedges {
      if cluster.lesions.count > 1 {
        say(.oneWedge, cluster.lesions, [parameters.mergeGap.value.millimeters])
      }
      pieces.append(.init(technique: .wedge, lesions: cluster.lesions, volume: cluster.volume))
    }
    let segment = body.flatMap { body in
      count.map { Volume.cubicMillimeters(body.volume.cubicMillimeters / $0) }
    }
    // Without contours of segments: one where lesion and margin are no larger than one, at most what a segmentectomy takes.
    var anatomical = (expected: 0.0, worst: 0.0)
    for cluster in try clusters(proposals.filter { technique($0) == .segmentectomy }, { ($0.core, $0.grown) })
    {
      let least = segmentsNeeded(cluster.volume, segment)
      anatomical.expected += least
      anatomical.worst += Double(parameters.mostSegments)
      if cluster.lesions.count > 1 {
        say(.oneSegmentectomy, cluster.lesions, [parameters.mergeGap.value.millimeters])
      }
      pieces.append(
        .init(
          technique: .segmentectomy, lesions: cluster.lesions,
          volume: segment.map { .cubicMillimeters($0.cubicMillimeters * least) }))
    }
    if body == nil {
      say(.shareUnknown)
    }
    let isKnown = pieces.allSatisfy { $0.volume != nil }
    let volume = isKnown ? pieces.compactMap(\.volume).reduce(.zero, +) : nil
    let share = volume.flatMap { volume in
      body.map { min(1, volume.cubicMillimeters / max(1, $0.volume.cubicMillimeters)) }
    }
    let isLobe = (share ?? 0) > parameters.anatomicalShare.value
    if isLobe, let share {
      say(.lobeProposed, [], [share * 100, parameters.anatomicalShare.value * 100], "%")
    }
    return LobeResection(
      lobe: lobe, side: side, pieces: pieces, volume: isLobe ? body?.volume : volume,
      share: isLobe ? 1 : share,
      isLobeProposed: isLobe,
      segments: isLobe
        ? (count, isOpen ? lung : count)
        : segments(
          wedges: wedges.count, volume: wedges.map(\.volume), segment: segment, lobe: count,
          anatomical: anatomical), remarks: remarks)
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

  // MARK: Merging

  struct Cluster {
    var lesions: [String]
    var solid: Solid?
    var volume: Volume?
    var prepared: PreparedSolid?

    init(lesions: [String], solid: Solid?, volume: Volume?) {
      self.lesions = lesions
      self.solid = solid
      self.volume = volume
      prepared = solid.map { PreparedSolid($0) }
    }
  }

  /// Bodies that overlap or lie closer than the gap become one, as often as that happens.
  func clusters(
    _ wedges: [ResectionProposal], _ body: (MarginPlan) -> (solid: Solid?, volume: Volume?)
  ) throws -> [Cluster] {
    let gap = parameters.mergeGap.value
    let order = wedges.map(\.lesion)
    var done: [Cluster] = []
    for wedge in wedges {
      let own = body(plan(wedge))
      var cluster = Cluster(lesions: [wedge.lesion], solid: own.solid, volume: own.volume)
      // What it joins may join others in turn.
      while let solid = cluster.solid, let prepared = cluster.prepared,
        let near = done.firstIndex(where: { other in
          guard let facing = other.solid, let ready = other.prepared,
            LungMap.mayTouch(solid, facing, within: gap.millimeters)
          else { return false }
          return prepared.nearest(to: ready).distance < gap
        })
      {
        let other = done.remove(at: near)
        let union = try other.solid.flatMap { try $0.union(solid) }
        cluster = Cluster(
          lesions: (other.lesions + cluster.lesions).sorted {
            (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0)
          }, solid: union, volume: union?.volume)
      }
      done.append(cluster)
    }
    return done.sorted {
      (order.firstIndex(of: $0.lesions[0]) ?? 0) < (order.firstIndex(of: $1.lesions[0]) ?? 0)
    }
  }
}
