// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Cases
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary

extension LesionResectionPlanner {
  /// A plan from stated size and depth: techniques, and the volume of a ball beneath a flat pleura.
  func stated(_ why: ResectionReason) throws -> Outcome {
    let facts = setting.facts
    guard let size = facts.interval(.longestAxialDiameter), let nearest = facts.interval(.depthFromPleura)
    else {
      return .none(Reason(.resection(why)))
    }
    let diameter = Length.millimeters(size.upperBound)
    let depth = Length.millimeters(nearest.upperBound)
    let deepest =
      facts.interval(.depthOfInnerEdge).map { Length.millimeters($0.upperBound) } ?? depth + diameter
    let asked = margins(diameter)
    let place = lesion.place(measured)
    let lobe = place.lobe
    let plans = asked.margins.enumerated().map { index, margin in
      var evidence = evidence(margin, nearest: depth, deepest: deepest, lobe: lobe, diameter: diameter)
      // Without contours a bronchus nearer than the margin is all that a wedge can be held against.
      evidence.wedgeContacts = evidence.nearBronchi + evidence.nearVessels
      evidence.grown = .ball(diameter: diameter + margin * 2)
      var permissive = evidence
      permissive.depthLimit = parameters.depth.permissive
      return MarginPlan(
        margin: margin, profiles: asked.profiles[index], usual: TechniqueChoice(evidence),
        permissive: TechniqueChoice(permissive), piece: nil,
        wedge: Self.beneathFlatPleura(diameter: diameter, nearest: depth, margin: margin),
        core: nil, grown: evidence.grown,
        contacts: evidence.wedgeContacts)
    }
    var remarks = [Reason(.resection(.byReport))]
    remarks += provisos(
      hasBronchi: [.bronchialTree, .bronchus].contains { facts.interval(.clearance($0)) != nil },
      hasVessels: facts.interval(.clearance(.greatVessels)) != nil)
    return .proposal(
      ResectionProposal(
        lesion: lesion.id, side: place.side.flatMap { $0 == .midline ? nil : $0 },
        lobe: lobe, basis: .stated, diameter: diameter,
        nearestPleura: depth, deepest: deepest, zoneRatio: nil, zone: nil, margins: plans,
        standard: plans[asked.standard],
        opensElsewhere: nil,
        localisation: localisation(depth, deepest, diameter),
        alternatives: alternatives(
          plans, asked.standard, laser: .ball(diameter: diameter + parameters.laser.value * 2)),
        flips: flips(depth, deepest, plans[asked.standard], lobe: lobe), remarks: remarks))
  }

  /// The hull of a ball with its margin and of its footprint on a flat pleura above it.
  static func beneathFlatPleura(diameter: Length, nearest: Length, margin: Length) -> Volume {
    let grown = diameter.millimeters / 2 + margin.millimeters
    let depth = nearest.millimeters + diameter.millimeters / 2
    return .cubicMillimeters(Double.pi * grown * grown * (depth + 2.0 / 3 * grown))
  }
}
