// SPDX-License-Identifier: Apache-2.0
/// What a plan for the whole patient says of a lesion, or why options cannot stand together.
public enum JointReason: String, Sendable, Hashable, CaseIterable {
  /// The user fixed the choice; the quote is the reason given.
  case fixedByUser
  /// The user ruled choices out, named; the quote is the reason given.
  case excludedByUser
  /// The choice stands against the protocol.
  case againstProtocol
  /// The protocol excludes the therapy and tells no more.
  case ineligible
  /// Nothing can be judged, and so nothing planned, without these facts.
  case lacksFact
  /// The therapy named is not possible, for the reasons beneath.
  case notPossible
  /// An organ's limit; names: organ, endpoint, set; figures: the dose, the limit, its fraction count and, where the limit is
  /// one of a lower fraction count, the course's.
  case organLimit
  /// A cumulative limit with earlier courses; names: organ, set.
  case cumulativeLimit
  /// No reserve is left by the operations of one lung, or of both (no name of a side); names: guideline, side; the quote is
  /// the guideline's sentence; figures: FEV1 and DLCO left, in per cent of predicted, where known.
  case noReserve
  /// More than a lobe would go in all, and whether the lungs bear it is not known; facts: what would settle it.
  case unknownReserve
  /// Something else is better for the lesion by more than no evidence tells; figures: the score, the first therapy's.
  case lesserScore
  /// A worse verdict than the lesion's first therapy has; names: the verdict, the first therapy's.
  case lesserVerdict
  /// Two lesions lie so near that one plan treats both: one fraction count.
  case oneFractionCount
  /// Two lesions share one target: one prescription, or none.
  case oneTarget
  /// A lesion lies in a lobe that goes as a whole; names: lesion, lobe.
  case takenWithLobe
  /// What is said of one lesion, for the reasons beneath.
  case ofLesion
  /// The search was cut short before it was known whether there is such a plan.
  case searchCutShort
  /// The user's decisions leave no such plan; whether there is one without them was not looked at.
  case decisionsLeaveNone
  /// No therapy of the kind named keeps every limit.
  case noneKeepsLimits
  /// No therapy of the kind named is judged at the site.
  case notJudgedAtSite
  /// The prescription proposed; names: the scheme's id; the quote is its use in the protocol, unless another reason for it
  /// stands beneath.
  case prescription
  /// No target could be made, so no dose is estimated.
  case withoutDose
  /// One target holds several lesions; names: the lesions.
  case sharedTarget
  /// What the target alone adds to the mean lung dose; figures: the dose.
  case lungDoseAlone
  /// The ablation proposed; names: the device, the setting; figures: the least margin, the number of applicators.
  case ablationZone
  /// The specimen proposed; names: the technique, what its size rests on; figures: the margin and, where known, the volume
  /// as a wedge.
  case specimen
  /// The prescription is a board question in every case.
  case boardPrescription
  /// The specimen is more than a lobe, which only the board decides.
  case boardExtent
}
