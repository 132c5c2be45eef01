// SPDX-License-Identifier: Apache-2.0
internal import Quantities
internal import Dosimetry
internal import Evidence
internal import Eligibility
internal import Facts
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// SBRT: targets of one course add dose and share fraction counts.
struct IrradiationGroup: TherapyGroup {
  let pool: TherapyPool

  func read(_ options: [PlanOption], by reading: GroupEvaluation) -> GroupEvaluation.Result {
    let regimens = Set(options.compactMap(\.regimen)).sorted()
    let stated = options.filter { $0.regimen == nil }
    var result = GroupEvaluation.Result(judgements: [])
    result.burden = burden(options, by: reading)
    result.unplanned = stated.map(\.id)
    if !stated.isEmpty {
      result.add(.lungDose, .lungDose, stated.map(\.id))
    }
    let unscheduled = stated.filter { statedFractions($0) == nil }.map(\.id)
    if !unscheduled.isEmpty { result.add(.visits, .fractions, unscheduled) }
    guard let courses = pool.courses, !regimens.isEmpty else {
      reading.judge(options, patient: FactTable(), [:], into: &result)
      return result
    }
    let cost = courses.cost(of: regimens)
    var facts = cost.lesionFacts
    for sum in reading.learntSums where sum.regimens.isSubset(of: regimens) {
      facts[sum.lesion]?[.sbrtCumulative] = sum.value
    }
    reading.judge(options, patient: cost.patientFacts, facts, into: &result)
    result.course = cost
    result.fractions = cost.fractions
    if cost.lungMean == nil, options.contains(where: { $0.site == .lung }) {
      result.add(.lungDose, .lungsNotContoured)
    }
    result.incompatibilities +=
      sharedTargets(options, courses) + LimitConflicts(courses, options).incompatibilities(of: cost)
    return result
  }

  /// A target for several lesions is irradiated for all of them in one prescription, or for none.
  private func sharedTargets(_ options: [PlanOption], _ courses: CourseChoices) -> [GroupEvaluation
    .Incompatibility]
  {
    options.enumerated().flatMap { place, option -> [GroupEvaluation.Incompatibility] in
      guard let regimen = option.regimen else { return [] }
      let others = courses.regimens[regimen].lesions.filter { id in
        !options.contains { $0.id == id && $0.regimen == regimen }
      }
      return others.map { other in
        GroupEvaluation.Incompatibility(
          all: [place], unlessRegimen: [(other, regimen)], isFirm: true,
          why: Reason(.joint(.oneTarget), names: [option.id, other]))
      }
    }
  }

  func burden(_ options: [PlanOption], by reading: GroupEvaluation) -> [Int] {
    var burden = PlanMeasure.none
    if let courses = pool.courses {
      burden[PlanMeasure.lungDose.rawValue] = Set(options.compactMap(\.regimen)).reduce(0) {
        $0 + Self.lungDose(courses.regimens[$1])
      }
    }
    burden[PlanMeasure.assumed.rawValue] = options.reduce(0) { $0 + assumedLungDose($1) }
    for own in onSameDays(options, \.self) {
      // The target with most fractions decides.
      let most = own.compactMap { fractions($0) ?? statedFractions($0) }.max() ?? 0
      burden[PlanMeasure.visits.rawValue] += most
      burden[PlanMeasure.weeks.rawValue] += pool.parameters.weeks(ofFractions: most)
      burden[PlanMeasure.assumed.rawValue] += own.reduce(0) { max($0, assumedVisits($1)) }
    }
    return burden
  }

  /// What is irradiated on the same days, in the order of the courses.
  private func onSameDays<Element>(
    _ elements: [Element], _ option: (Element) -> PlanOption
  ) -> [[Element]] {
    switch pool.parameters.courseTiming.value {
    case .concurrent: elements.isEmpty ? [] : [elements]
    case .staged:
      Dictionary(grouping: elements) { SessionMaker(pool).place(of: option($0)) }
        .sorted { $0.key < $1.key }.map(\.value)
    }
  }

  /// Its share of the mean lung dose; nothing where several lesions share a target, whose dose comes once.
  func ownBurden(_ option: PlanOption) -> [Int] {
    var burden = PlanMeasure.none
    burden[PlanMeasure.assumed.rawValue] = assumedLungDose(option)
    guard let regimen = option.regimen, let found = pool.courses?.regimens[regimen],
      found.lesions == [option.id]
    else { return burden }
    burden[PlanMeasure.lungDose.rawValue] = Self.lungDose(found)
    return burden
  }

  /// What a lung target of unknown dose is counted for.
  private func assumedLungDose(_ option: PlanOption) -> Int {
    let isKnown = option.regimen.flatMap { pool.courses?.regimens[$0].lungMean } != nil
    return option.site == .lung && !isKnown ? pool.parameters.assumedLungDose : 0
  }

  /// What a course without a prescription is counted for.
  private func assumedVisits(_ option: PlanOption) -> Int {
    statedFractions(option) == nil ? pool.parameters.assumedVisits : 0
  }

  /// Visits of the target with most fractions of each course: what each count adds to the one below it, for all with as many
  /// or more.
  func charges(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge] {
    onSameDays(options, \.option).flatMap(steps)
  }

  private func steps(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge] {
    var below = 0
    return Set(options.compactMap { statedFractions($0.option) }).sorted().map { count in
      var burden = PlanMeasure.none
      burden[PlanMeasure.visits.rawValue] = count - below
      burden[PlanMeasure.weeks.rawValue] =
        pool.parameters.weeks(ofFractions: count) - pool.parameters.weeks(ofFractions: below)
      below = count
      return ChoiceProblem.Charge(
        group: PlanOption.Group.irradiation.rawValue,
        sizes: Dictionary(
          options.filter { (statedFractions($0.option) ?? 0) >= count }.map { ($0.index, 1) },
          uniquingKeysWith: { first, _ in first }), capacity: nil, burden: burden)
    }
  }

  /// With more fractions in company some figures are reported otherwise.
  func exemption(of other: PlanOption, from read: GroupEvaluation.Result) -> GroupExemption {
    let isExempt = (fractions(other) ?? 0) > (read.fractions ?? .max)
    return GroupExemption(fromJudgements: isExempt, fromIncompatibilities: isExempt)
  }

  func sessions(_ options: [PlanOption], among chosen: [PlanOption]) -> [PlanSession] {
    let courses = onSameDays(options, \.self)
    return courses.map { own in
      let counts = own.map(statedFractions)
      let sides = Set(own.map { SessionMaker(pool).place(of: $0) })
      let side: Side? = if sides.count == 1, case .lung(let side) = sides.first { side } else { nil }
      return PlanSession(
        modality: .sbrt, lesions: own.map(\.id), side: courses.count > 1 ? side : nil,
        visits: counts.contains(nil) ? nil : counts.compactMap(\.self).max(), punctures: nil, weeksAfter: nil,
        before: counts.contains(nil) ? [Reason(.plan(.prescriptionBeforeSession))] : [],
        sources: courses.count > 1 ? pool.parameters.courseTiming.sources : [])
    }
  }

  func proposal(_ option: PlanOption) -> [Reason] {
    guard let choice = pool.prescription(of: option), let scheme = choice.scheme else { return [] }
    var reasons = [
      Reason(
        .joint(.prescription), names: [scheme.id], because: [choice.override].compactMap(\.self),
        quote: scheme.use)
    ]
    guard let regimen = option.regimen, let courses = pool.courses else {
      return reasons + [Reason(.joint(.withoutDose))]
    }
    let found = courses.regimens[regimen]
    if found.lesions.count > 1 { reasons.append(Reason(.joint(.sharedTarget), names: found.lesions)) }
    if let mean = found.lungMean {
      reasons.append(
        Reason(
          .joint(.lungDoseAlone),
          figures: [.init(mean.expected, band: mean.low...(mean.high ?? .infinity), unit: "Gy")]))
    }
    return reasons
  }

  func provisos(_ option: PlanOption) -> [Reason] {
    guard let choice = pool.prescription(of: option) else { return [] }
    let isBoard = choice.scheme?.requiresBoard ?? false
    return choice.providedThat + (isBoard ? [Reason(.joint(.boardPrescription))] : [])
  }

  private func fractions(_ option: PlanOption) -> Int? {
    option.regimen.flatMap { pool.courses?.regimens[$0].scheme.fractionation.fractions }
  }

  /// The same, of a prescription chosen by stated facts as well.
  private func statedFractions(_ option: PlanOption) -> Int? {
    pool.prescription(of: option)?.scheme?.fractionation.fractions
  }

  /// What a regimen alone adds to the lungs' mean dose, in hundredths of a gray; 0 where that is not known.
  private static func lungDose(_ regimen: CourseRegimen) -> Int {
    Int((100 * (regimen.lungMean?.expected ?? 0)).rounded())
  }
}
