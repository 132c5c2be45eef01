internal import Dosimetry
internal import Quantities
internal import Radiotherapy
internal import Vocabulary

/// Which sets of SBRT targets break a limit of the patient.
///
/// What one target alone is expected to exceed beside it is the lesion's own open question; what several exceed together,
/// what a whole organ is expected to exceed, and what no plan could keep, is no plan.
struct LimitReading {
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

  /// One breach for each organ that is given too much, of as few options as still do.
  func breaches(of cost: CourseCost) -> [GroupReading.Breach] {
    var seen: Set<String> = []
    return cost.limits.filter { Self.isBroken($0) }.compactMap { limit in
      guard seen.insert("\(limit.organ.rawValue) \(limit.lesion ?? "")").inserted else { return nil }
      let places = fewest(breaking: limit, among: cost)
      return GroupReading.Breach(
        all: places,
        why: Self.words(limit) + (limit.lesion == nil ? Self.lowerCount(limit.check, in: cost) : ""))
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

  /// Which limit, and by how much.
  static func words(_ limit: CourseCost.Limit) -> String {
    words(limit.organ, beside: limit.lesion, limit.check)
  }

  /// The words for a limit of a lower fraction count than the course's, of which nobody gives one.
  static func lowerCount(_ check: LimitCheck, in course: CourseCost?) -> String {
    guard let course, check.fractions < course.fractions else { return "" }
    return
      ", by the limit for \(check.fractions) fractions and the dose of equal effect in them: nobody gives one for \(course.fractions) (heuristic)"
  }

  /// Which limit of an organ, and by how much.
  static func words(_ organ: OrganAtRisk, beside lesion: String?, _ check: LimitCheck) -> String {
    let value = check.value.map { band in
      "\((band.expected ?? band.low).inTenths) (\(band.low.inTenths)–\(band.high.map(\.inTenths) ?? "?"))"
    }
    let place = lesion.map { " beside \($0)" } ?? ""
    return
      "\(organ.title)\(place): \(check.limit.endpoint.name) would be \(value ?? "unknown") \(check.limit.unit.rawValue) of \(check.bound.inTenths) in \(check.fractions) fractions (\(check.limit.set), estimated)"
  }
}

extension Double {
  /// In tenths, for words.
  var inTenths: String { String((self * 10).rounded() / 10) }
}
