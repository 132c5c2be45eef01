// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

extension PlanVariant {
  /// The same with what it wins and loses against another; of a figure that is not wholly known only what is certain.
  func against(_ other: PlanVariant) -> PlanVariant {
    var won: [Reason] = []
    var lost: [Reason] = []
    // What is more of a burden is lost.
    func compare(
      _ kind: PlanReason, _ mine: Double, _ theirs: Double, _ unit: String = "", isAtLeast: Bool = false,
      moreIsBetter: Bool = false
    ) {
      guard mine != theirs else { return }
      let difference = mine - theirs
      let bound =
        difference < 0
        ? Bounds(lower: nil, includesLower: false, upper: difference, includesUpper: true)
        : Bounds(lower: difference, includesLower: true, upper: nil, includesUpper: false)
      let reason = Reason(
        .plan(kind), figures: [.init(difference, unit: unit)],
        limit: isAtLeast ? .within([bound], unit: unit) : nil)
      if (mine < theirs) != moreIsBetter { won.append(reason) } else { lost.append(reason) }
    }
    func whole(_ kind: PlanReason, _ mine: Int, _ theirs: Int) { compare(kind, Double(mine), Double(theirs)) }
    func both(_ measure: PlanMeasure) -> Bool { burden.isWhole(measure) && other.burden.isWhole(measure) }
    func tenths(_ x: Double) -> Double { (x * 10).rounded() / 10 }
    let (a, b) = (standing, other.standing)
    whole(.unacceptableLesions, a.withoutAcceptable, b.withoutAcceptable)
    whole(.untreatedLesions, a.untreated, b.untreated)
    whole(.openConditions, a.conditions, b.conditions)
    whole(.cautions, a.cautions, b.cautions)
    whole(.acceptables, a.acceptables, b.acceptables)
    if both(.visits) { whole(.visits, burden.visits, other.burden.visits) }
    whole(.anaesthetics, burden.anaesthetics, other.burden.anaesthetics)
    // The least that a figure can be still tells a difference to one side.
    func figures(
      _ kind: PlanReason, _ measure: PlanMeasure, _ mine: Double, _ theirs: Double, _ unit: String = ""
    ) {
      let (isMine, isTheirs) = (burden.isWhole(measure), other.burden.isWhole(measure))
      let (x, y) = (tenths(mine), tenths(theirs))
      guard x < y ? isMine : isTheirs else { return }
      compare(kind, x, y, unit, isAtLeast: !(isMine && isTheirs))
    }
    figures(.lungDoseDifference, .lungDose, burden.lungDoseGray, other.burden.lungDoseGray, "Gy")
    figures(.segmentsDifference, .segments, burden.segments, other.burden.segments)
    // Scores do not tell finer, and of other lesions they tell something else.
    if a.untreated == b.untreated, let mine = a.meanScore, let theirs = b.meanScore, abs(mine - theirs) > 10 {
      compare(.score, mine, theirs, moreIsBetter: true)
    }
    return PlanVariant(
      title: title, assignments: assignments, sessions: sessions, standing: standing, burden: burden,
      limits: limits, facts: facts, proof: proof, won: won, lost: lost, remarks: remarks,
      isOnFront: isOnFront)
  }
}
