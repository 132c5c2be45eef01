// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// Which sets of SBRT targets break a limit of the patient.
///
/// What one target alone is expected to exceed beside it is the lesion's own open question; what several exceed together,
/// what a whole organ is expected to exceed, and what no plan could keep, is no plan.
struct LimitConflicts {
  let courses: CourseChoices
  let options: [PlanOption]

  init(_ courses: CourseChoices, _ options: [PlanOption]) {
    self.courses = courses
    self.options = options
  }

  static func isBroken(_ limit: CourseCost.Limit) -> Bool { isBroken(limit.check.outcome, limit) }

  private static func isBroken(_ outcome: LimitCheck.Outcome, _ limit: CourseCost.Limit) -> Bool {
    // What only other sets limit is the rules' business: a caution, or a plan that must show it.
    guard limit.decides else { return false }
    switch outcome {
    case .exceeded: return true
    case .exceededAsExpected:
      return limit.alone == nil || limit.alone == .kept || limit.alone == .keptAsExpected
    default: return false
    }
  }

  /// One incompatibility for each organ that is given too much, of as few options as still do.
  func incompatibilities(of cost: CourseCost) -> [GroupEvaluation.Incompatibility] {
    var seen: Set<String> = []
    return cost.limits.filter { Self.isBroken($0) }.compactMap { limit in
      guard seen.insert("\(limit.organ.rawValue) \(limit.lesion ?? "")").inserted else { return nil }
      let places = fewest(breaking: limit, among: cost)
      return GroupEvaluation.Incompatibility(
        all: places,
        why: Self.reason(
          limit.organ, beside: limit.lesion, limit.check, in: limit.lesion == nil ? cost : nil))
    }
  }

  /// The options that still break a limit when any that is not needed for it is left out, the last one first.
  private func fewest(breaking limit: CourseCost.Limit, among cost: CourseCost) -> [Int] {
    var kept = options.indices.filter { options[$0].regimen != nil }
    for place in kept.reversed() {
      let fewer = kept.filter { $0 != place }
      let regimens = Set(fewer.compactMap { options[$0].regimen })
      // A whole organ's bound is that of the course's fraction count: what is left must have it as well.
      guard !regimens.isEmpty, limit.lesion != nil || fractions(regimens) == cost.fractions else { continue }
      let isStillBroken =
        courses.outcome(of: limit, for: regimens.sorted()).map { Self.isBroken($0, limit) } ?? false
      if isStillBroken { kept = fewer }
    }
    return kept
  }

  private func fractions(_ regimens: Set<Int>) -> Int? {
    regimens.map { courses.regimens[$0].scheme.fractionation.fractions }.max()
  }

  /// Which limit of an organ, and by how much; of a limit of a lower fraction count also the course's own.
  static func reason(
    _ organ: OrganAtRisk, beside lesion: String?, _ check: LimitCheck, in course: CourseCost? = nil
  ) -> Reason {
    let unit = check.limit.unit.rawValue
    let band = check.value
    // Without an upper end the band is open.
    let value = Reason.Figure(
      band.map { $0.expected ?? $0.low }, band: band.map { $0.low...max($0.low, $0.high ?? .infinity) },
      unit: unit)
    let fractions = [check.fractions] + (lowerCount(check, in: course).map { [$0] } ?? [])
    return Reason(
      .joint(.organLimit), of: lesion.map { .lesion($0) },
      figures: [value, Reason.Figure(check.bound, unit: unit)]
        + fractions.map { Reason.Figure(Double($0), unit: FactUnit.count.rawValue) },
      names: [organ.title, check.limit.endpoint.name, check.limit.set], sources: check.limit.sources)
  }

  /// The course's fraction count where a limit is of a lower one, since nobody gives one for it; else `nil`.
  static func lowerCount(_ check: LimitCheck, in course: CourseCost?) -> Int? {
    course.flatMap { check.fractions < $0.fractions ? $0.fractions : nil }
  }
}

extension Double {
  /// In tenths, for words.
  var inTenths: String { String((self * 10).rounded() / 10) }
}
