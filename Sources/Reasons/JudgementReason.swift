// SPDX-License-Identifier: Apache-2.0
/// What a judgement says.
public enum JudgementReason: String, Sendable, Hashable, CaseIterable {
  /// A rule of the protocol speaks; its sentence is the quote, its fact the first.
  case rule
  /// The fact is unknown, and the rule that asks for it only widens the range.
  case unknown
  /// Whether a rule on the first fact applies depends on the second, which is unknown.
  case mayApply
  /// Something was reported of the fact that does not settle it; the quote says what.
  case reportedInPart
  /// The fact is unknown and taken at its worst, as the protocol says; the quote is the rule's sentence there.
  case takenAtWorst
  /// Where the lesion lies is not known closely enough; the reasons it rests on say what each distance must be.
  case location
  /// The fact was taken for granted within the limit.
  case provided
  /// The lesion's site is unknown, so no rule can be asked.
  case siteUnknown
  /// The protocol has no rules for the site.
  case siteWithoutRules
  /// The service that the protocol is for does not have the therapy.
  case notAvailable
  /// The therapy named as subject stands before resection; name: the concern that decides; what it rests on: what is said of
  /// resection.
  case beforeResection
  /// The therapy named as subject and resection do not differ meaningfully.
  case noDifferenceFromResection
}
