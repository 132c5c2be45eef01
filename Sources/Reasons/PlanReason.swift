// SPDX-License-Identifier: Apache-2.0
/// What a plan for the whole patient says as a whole: whether treating comes first, what is left, how its limits stand and what
/// of its burden is unknown.
public enum PlanReason: String, Sendable, Hashable, CaseIterable {
  // MARK: Whether treating comes first

  /// Nothing known speaks against local therapy as such.
  case treat
  /// Nothing known speaks against it, but no lesion can be treated.
  case treatNone
  /// Whether to treat is the board's question.
  case boardOnly
  /// Observing and restaging come first.
  case observe
  /// Systemic treatment comes first.
  case systemicFirst
  /// Staging comes first.
  case stageFirst
  /// Best supportive care comes before any local therapy.
  case palliative

  /// The plan stands only if the board lifts questions; beneath: the questions.
  case ifBoardLifts
  /// No plan is better in a share of the draws; figures: the share in per cent, how many draws.
  case robust
  /// The same of a plan that is not robust; beneath: what it hangs on, as `hangsOn`.
  case fragile
  /// One thing that, known better, would make the choice of a plan sure; the share of draws in per cent; beneath: which.
  case settledBy
  /// No single thing would; the share of draws with the one that tells most; beneath: which, where it tells much.
  case notSettled
  /// A measured fact, known exactly.
  case knownFact
  /// The position of an ablation zone.
  case knownPlacement
  /// What a planning system makes of the course of SBRT.
  case knownDose
  /// A session is part of the operation before it.
  case sameAnaesthetic
  /// A fact that decides; facts: the fact; figures: its value, the edge.
  case hangsOn
  /// The recommended plan is not the best one at the values as they were measured; figures: points it is charged on average,
  /// points of that plan.
  case leastRegret
  /// Several energies in one place; names: the place, the energies; beneath: why a lesion is not treated by the other.
  case severalEnergies
  /// One lesion of them; names: the other energy; beneath: why not.
  case notByOther

  // MARK: What is left

  /// No lesion can be treated locally.
  case noneTreated
  /// Some lesions stay untreated; names: those lesions; beneath, as `treated`, those that are treated.
  case partlyTreated
  /// Lesions that are treated; names: the lesions.
  case treated
  /// Lesions whose site is unknown; names: the lesions.
  case sitesUnknown
  /// Lesions whose side is unknown; names: the lesions.
  case sidesUnknown

  // MARK: What it rests on

  /// Doses are estimates, zones from charts, function predicted.
  case estimates
  /// No organ is contoured.
  case noOrganContoured
  /// What was reported fits neither what was measured nor what is planned; the quote says where.
  case warning
  /// A search for an alternative was cut short.
  case alternativesCutShort
  /// Time ran out before all that draws ask for was looked at.
  case samplesCutShort
  /// Several liver lesions are resected, and what remains of the liver is not known; names: the lesions.
  case reserveOfLiverUnknown

  // MARK: How a limit stands

  /// Kept whichever plan; beneath: what limits the statement, as `lowerCount` and `without`.
  case kept
  /// Kept as expected; as `kept`.
  case keptAsExpected
  /// Exceeded as expected; as `kept`.
  case exceededAsExpected
  /// Exceeded whichever plan; as `kept`.
  case exceeded
  /// Unknown; as `kept`.
  case unknown
  /// The limit is one of a lower fraction count; figures: that count, the course's.
  case lowerCount
  /// The figure is without some lesions; names: the lesions.
  case without
  /// The figure is as planned.
  case asPlanned
  /// The figure is the most it can be.
  case atMost
  /// What an operation leaves by a guideline; beneath: the answer as expected and, where it differs, at worst.
  case reserve
  /// The same for both sides, where function is measured again before the second.
  case reserveOfBoth
  /// A guideline's class of risk; names: the class; the quote is the guideline's sentence.
  case risk
  /// A guideline's next test, which is the quote.
  case nextTest
  /// No answer of a guideline; names: lesions that could not be planned.
  case reserveUnknown
  /// EQD2 of earlier courses and of this one; figures: both; beneath: `roomLeft`, `noOverlap`.
  case sumOfCourses
  /// What was left before this course; names: the limit's set; figures: the room.
  case roomLeft
  /// No place gets enough of both courses to count as an overlap.
  case noOverlap

  // MARK: What of a burden is unknown

  /// Segments of one lobe; names: the lobe, then the lesions.
  case segmentsOfLobe
  /// Segments of a lobe that is not known; names: the lesions.
  case segmentsOfUnknownLobe
  /// Segments lost with lesions; names: the lesions.
  case segments
  /// How many punctures the lesions named need is not known.
  case punctures
  /// Dose to the lungs from lesions; names: the lesions.
  case lungDose
  /// Mean lung dose: both lungs are not contoured.
  case lungsNotContoured
  /// Fractions of lesions; names: the lesions.
  case fractions

  // MARK: What is to be done before a session

  /// Lung function again and a CT, before the second side.
  case functionAgain
  /// Re-expansion of the lung treated before.
  case otherLungExpanded
  /// Another day, and re-expansion of the same lung.
  case sameLungExpanded
  /// The side, which is unknown.
  case sideBeforeSession
  /// A prescription, which is unknown.
  case prescriptionBeforeSession

  // MARK: Against the recommended plan; figures: the difference, below zero for fewer or less; a limit where it is only known
  // to be at least that

  /// Lesions without acceptable treatment.
  case unacceptableLesions
  /// Lesions without any treatment.
  case untreatedLesions
  /// Open conditions.
  case openConditions
  /// Concerns graded as caution.
  case cautions
  /// Concerns short of favourable.
  case acceptables
  /// Visits.
  case visits
  /// Anaesthetics and sedations.
  case anaesthetics
  /// Mean lung dose.
  case lungDoseDifference
  /// Segments of lung.
  case segmentsDifference
  /// The mean score.
  case score
}
