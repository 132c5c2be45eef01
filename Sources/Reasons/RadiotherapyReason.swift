// SPDX-License-Identifier: Apache-2.0
/// What the SBRT planner says of a target, a prescription, an organ's dose, earlier courses or the course as a whole.
///
/// Where a case names lesions, courses, structures or organs, they stand in `names` as ids and titles, in the order told here.
public enum RadiotherapyReason: String, Sendable, Hashable, CaseIterable {
  // MARK: Target

  /// The planning target is the user's contour; names: the contour.
  case planningTargetContoured
  /// The target grows from the user's internal target; names: the contour.
  case internalTargetContoured
  /// The target grows from the user's clinical target; names: the contour.
  case clinicalTargetContoured
  /// The lesion's body is a ball or ellipsoid of the reported size.
  case bodyModelled
  /// The technique is the protocol's assumed one; names: its id.
  case techniqueAssumed
  /// Motion is the reported one; figures: along the body and at most in the axial plane, peak to peak.
  case motionReported
  /// Motion is assumed by place; the subject is the site; names: the zone of the lung, where known; figures: along the body
  /// and axially, peak to peak.
  case motionAssumed
  /// No motion was added: the site is unknown.
  case motionWithoutSite
  /// What lies outside the patient was cut off.
  case clippedAtBody
  /// No target: neither contours nor a place with a size.
  case noBody
  /// No target: the body could not be grown by its margin.
  case bodyNotGrown

  // MARK: Centrality

  /// The target touches organs that the mediastinal pleura covers; names: the organs.
  case touchesCentre
  /// The IASLC zone was answered without structures that are not contoured; names: the structures.
  case zoneWithoutStructures
  /// Main bronchi are not contoured apart from the tree: the worse HILUS group was taken.
  case mainBronchiNotApart

  // MARK: Prescription

  /// No prescription: the site is unknown.
  case siteUnknown
  /// No prescription: the protocol has none for the site.
  case siteWithoutPrescription
  /// A scheme's condition holds; the fact with its value (the quote is its source where it is unknown), the limit asked for.
  case conditionHolds
  /// A scheme's condition fails; as `conditionHolds`.
  case conditionFails
  /// Whether a scheme's condition holds is unknown; as `conditionHolds`.
  case conditionOpen
  /// The scheme's use in the protocol, which is the quote.
  case schemeUse
  /// The scheme is an option beside the first choice; the quote is its use in the protocol.
  case optionBesideFirst
  /// The scheme comes later in the protocol's order.
  case laterInOrder
  /// It is the lesion's own first choice, but for the reason beneath.
  case ownFirstChoice
  /// The user fixed the scheme.
  case fixedByUser
  /// The user fixed the scheme, which the protocol refuses or avoids.
  case fixedAgainstProtocol
  /// Another permitted fraction count was asked for.
  case otherFractionCount

  // MARK: Organs

  /// Only one part of a paired organ is contoured; names: the structures.
  case partContoured
  /// Only parts of the heart are contoured.
  case heartInParts
  /// The cord is contoured, where sources mean the canal or the cord with a margin.
  case cordNotCanal
  /// The structure is derived; the quote says from what.
  case derived
  /// Lesions are taken away from the organ.
  case lessLesions
  /// The protocol has no α/β for the organ.
  case noAlphaBeta
  /// Means have no upper end: beams passing through are not modelled.
  case noUpperEnd

  // MARK: Earlier courses

  /// Part of the organ lies outside an earlier dose.
  case outsideEarlierDose
  /// An earlier course tells nothing of the organ; names: the course.
  case courseSilent
  /// Earlier courses have no place; names: the courses.
  case coursesWithoutPlace
  /// An earlier dose is estimated, for the assumptions beneath; names: the course.
  case courseEstimated
  /// An earlier target is assumed to lie in lung: no lung is contoured; names: the target.
  case assumedInLung
  /// An earlier target is assumed to lie peripherally: no bronchial tree is contoured; names: the target.
  case assumedPeripheral
  /// Earlier effect is discounted; names: the recovery assumption's id.
  case recoveryDiscounted
  /// No place is reached by two courses.
  case noOverlap
  /// A cumulative limit assumes its own interval, so recovery would count twice; names: the set.
  case recoveryCountedTwice
  /// A cumulative limit is given for another α/β; names: the set; figures: its α/β and the one doses have here.
  case otherAlphaBeta
  /// A cumulative limit needs the whole organ, and an earlier course has no place; names: the set, the endpoint.
  case limitWithoutPlace
  /// The planned course alone exceeds what the limit's source allows a new course; names: the set; figures: EQD2 given, most.
  case newCourseExceeds
  /// The planned course's share of the sum exceeds what the limit's source allows; names: the set; figures: share, most.
  case newCourseShare
  /// The interval is shorter than the limit's source asks; names: the set; figures: the interval, the least.
  case intervalTooShort
  /// The interval that the limit's source asks for is unknown; names: the set; figures: the least.
  case intervalUnknown
  /// Volumes of half the prescriptions overlap; figures: the isodose in per cent, x, y and z of a place.
  case volumesOverlap
  /// Volumes do not overlap, but an organ's sum exceeds what one course may give; names: the organ.
  case sumExceedsOneCourse
  /// Organs are irradiated again; names: the organs.
  case organsAgain
  /// No organ is shared.
  case noOrganShared
  /// The earlier dose has no place.
  case doseWithoutPlace
  /// What an earlier course gave an organ stands in no sum, told and caused by the two reasons beneath; names: course, organ.
  case inNoSum
  /// What is told is a histogram; names: its structures.
  case toldByHistogram
  /// What is told is a greatest dose; figures: the dose, its fraction count.
  case toldByMaximum
  /// The organ is not contoured.
  case organNotContoured
  /// The organ is judged by a mean, which a greatest dose or one side does not tell.
  case organNeedsMean
  /// The organ has no sum.
  case organWithoutSum
  /// An earlier dose grid meets no contoured organ; names: the course.
  case gridMeetsNothing

  // MARK: The course

  /// The estimate is geometry, not dosimetry.
  case estimateNotDosimetry
  /// Doses stand as expected with the plan-quality band.
  case qualityBand
  /// Fraction counts differ; figures: the counts; beneath: each organ's α/β.
  case countsDiffer
  /// An organ's α/β; names: the organ; figures: α/β.
  case alphaBeta
  /// Near targets have different fraction counts; beneath: this target's prescription, then the others'; figures: the distance
  /// within which one plan holds them.
  case compositeCounts
  /// A target's prescription; names: its lesions; figures: dose, fraction count.
  case targetPrescription
  /// Targets lie outside the conformality table; names: the lesions.
  case outsideTable
  /// Targets are small; names: the lesions; figures: the volume below which.
  case smallTargets
  /// Lesions are not in the sums; names: the lesions.
  case notInSums
  /// Both lungs are not contoured.
  case lungsNotContoured
  /// The proximal bronchial tree is not contoured.
  case treeNotContoured
  /// No lesion is planned: only earlier doses are told.
  case nothingPlanned
  /// A limit that a set of lesions keeps; names: organ, endpoint, set and, where it holds for one sex, the sex; figures: the
  /// limit.
  case limitOfSet
}
