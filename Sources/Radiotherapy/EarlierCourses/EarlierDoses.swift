// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Foundation
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Brings the earlier courses of a case together.
struct EarlierDoses {
  private let patientCase: PatientCase
  private let parameters: RadiotherapyParameters
  private let options: SBRTOptions

  /// A plan's greatest dose is not three times what it prescribes, and no course gives 200 Gy (heuristic, no source).
  private static let mostOfPrescription = 3.0
  private static let mostGray = 200.0

  init(_ patientCase: PatientCase, parameters: RadiotherapyParameters, options: SBRTOptions) {
    self.patientCase = patientCase
    self.parameters = parameters
    self.options = options
  }

  /// - Throws: `PlanObstacle` for a dose that cannot be summed: without fractions, zero everywhere, or in another unit.
  func contributions() throws -> EarlierCourses {
    var courses = EarlierCourses()
    for dose in patientCase.doses {
      let fractions = try checked(dose)
      let contribution = CourseContribution(measured: dose.grid, course: dose.name, fractions: fractions)
      courses.placed.append(
        EarlierCourses.Placed(
          name: dose.name, peak: contribution, mean: contribution,
          reference: dose.prescription?.gray ?? dose.grid.maximum?.dose.gray ?? 0,
          months: try months(dose.date, nil), isEstimated: false))
    }
    for course in patientCase.earlierCourses {
      let months = try months(course.date, course.monthsAgo)
      switch course.record {
      case .prescription(let gray, let isodose, let names):
        courses.placed.append(try estimated(course, gray, isodose, names, months))
      case .curves(let told):
        var curves: [OrganAtRisk: [OrganCurve]] = [:]
        for curve in told {
          if let organ = OrganAtRisk(curve.structure) { curves[organ, default: []].append(curve) }
        }
        courses.unplaced.append(
          .init(name: course.name, fractions: course.fractions, curves: curves, maxima: [:], months: months))
      case .maxima(let stated):
        var maxima: [OrganAtRisk: Double] = [:]
        for entry in stated {
          guard let organ = OrganAtRisk(entry.structure) else { continue }
          maxima[organ] = max(maxima[organ] ?? 0, entry.dose.gray)
        }
        courses.unplaced.append(
          .init(name: course.name, fractions: course.fractions, curves: [:], maxima: maxima, months: months))
      }
    }
    return courses
  }

  private func checked(_ dose: CourseDose) throws(PlanObstacle) -> Int {
    guard let fractions = dose.fractions else {
      throw PlanObstacle(
        "the earlier course \(dose.name) does not say in how many fractions it was given",
        advice: "import its dose with plan=RTPLAN or fractions=N: without it the dose has no known effect")
    }
    let greatest = dose.grid.maximum?.dose.gray ?? 0
    guard greatest > 0 else {
      throw PlanObstacle(
        "the dose of the earlier course \(dose.name) is zero everywhere",
        advice: "export it again, or leave it out")
    }
    let most = dose.prescription.map { Self.mostOfPrescription * $0.gray } ?? Self.mostGray
    guard greatest <= most else {
      throw PlanObstacle(
        "the dose of the earlier course \(dose.name) reaches \(String(format: "%.0f", greatest)) Gy"
          + (dose.prescription.map { " where \(String(format: "%.4g", $0.gray)) Gy are prescribed" } ?? ""),
        advice: "is it in centigray, or relative? Export it in gray")
    }
    return fractions
  }

  /// Months between a course and the day of the plan; `nil` where neither date nor interval is told.
  private func months(_ date: String?, _ ago: Double?) throws(PlanObstacle) -> Double? {
    if let ago { return ago }
    guard let date, let day = options.day else { return nil }
    guard let from = SBRTOptions.date(date), let to = SBRTOptions.date(day) else {
      throw PlanObstacle("\(date) or \(day) is no date", advice: "write YYYY-MM-DD")
    }
    guard to >= from else {
      throw PlanObstacle(
        "an earlier course is dated \(date), after \(day), the day of the plan", advice: "correct one of them"
      )
    }
    // The mean length of a month.
    return to.timeIntervalSince(from) / 86_400 / 30.436_875
  }

  /// A course of which only prescription and target are known, as its fall-off.
  private func estimated(
    _ course: EarlierCourse, _ gray: AbsorbedDose, _ isodose: Double?, _ names: [String], _ months: Double?
  ) throws -> EarlierCourses.Placed {
    let percent = isodose ?? parameters.isodose.percent
    var targets: [FallOffTarget] = []
    var assumptions: [Reason] = []
    for name in names {
      guard let solid = try body(named: name, of: course) else {
        throw PlanObstacle(
          "the earlier course \(course.name) names the target \(name), which is not contoured",
          advice: "name an ROI of the structure set, or state organ maxima instead")
      }
      let place = place(of: solid)
      assumptions += place.assumptions.map { Reason(.radiotherapy($0), names: [name]) }
      guard
        let fallOff = parameters.fallOff.fallOff(
          of: solid.volume, isCentral: place.isCentral, inLung: place.inLung)
      else {
        throw PlanObstacle("the target \(name) has no volume", advice: "give another one")
      }
      targets.append(
        FallOffTarget(solid: solid, prescription: gray, isodose: percent / 100, fallOff: fallOff))
    }
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    for solid in targets.map(\.solid) + patientCase.structures.map(\.solid) {
      low = pointwiseMin(low, solid.bounds.low)
      high = pointwiseMax(high, solid.bounds.high)
    }
    let estimate = try DoseEstimate(of: targets, from: low, through: high, spacing: options.spacing)
    let (good, poor) = (BoundedDose(estimate.good), BoundedDose(estimate.poorEnvelope))
    func contribution(_ nominal: DoseGrid, _ most: BoundedDose) -> CourseContribution {
      CourseContribution(
        course: course.name, fractions: course.fractions, low: good, nominal: BoundedDose(nominal),
        high: most, isEarlier: true)
    }
    return EarlierCourses.Placed(
      name: course.name, peak: contribution(estimate.envelope, poor),
      mean: contribution(estimate.expected, BoundedDose(estimate.poor)), reference: gray.gray,
      months: months, isEstimated: true, assumptions: assumptions)
  }

  /// Where an earlier target lies, as far as its fall-off depends on it.
  ///
  /// Central is what lies within 2 cm of trachea or bronchial tree (RTOG 0813). What is not contoured is assumed, and said.
  private func place(of target: Solid) -> (
    inLung: Bool, isCentral: Bool, assumptions: [RadiotherapyReason]
  ) {
    var assumptions: [RadiotherapyReason] = []
    let structures = patientCase.structures
    let hasLungs = structures.contains { [.lung, .lobe].contains($0.name.role) }
    var inLung = true
    if hasLungs, let centre = target.centroid {
      inLung = Surroundings(of: centre, among: structures).site == .lung
    } else {
      assumptions.append(.assumedInLung)
    }
    let airways = structures.filter {
      [.trachea, .bronchialTree].contains($0.name.role) && $0.derivation == nil
    }
    let prepared = PreparedSolid(target)
    let isCentral = airways.contains {
      prepared.nearest(to: PreparedSolid($0.solid)).distance
        <= DerivedStructures.proximalBronchialZoneRadius
    }
    if !isCentral, !airways.contains(where: { $0.name.role == .bronchialTree }) {
      assumptions.append(.assumedPeripheral)
    }
    return (inLung, isCentral, assumptions)
  }

  /// The contoured body of a name: as it is written, else without regard to case.
  ///
  /// - Throws: `PlanObstacle` where several bodies bear the name.
  private func body(named name: String, of course: EarlierCourse) throws(PlanObstacle) -> Solid? {
    let bodies: [(name: String, source: String, solid: Solid)] =
      patientCase.targets.map { ($0.sourceName, $0.sourceName, $0.solid) }
      + patientCase.lesions.compactMap { lesion in
        lesion.body.map { (lesion.id, lesion.sourceName, $0.solid) }
      } + patientCase.structures.map { ($0.sourceName, $0.sourceName, $0.contoured) }
    if let exact = bodies.first(where: { $0.name == name }) { return exact.solid }
    let wanted = name.lowercased()
    let found = bodies.filter { $0.name.lowercased() == wanted || $0.source.lowercased() == wanted }
    guard found.count < 2 else {
      throw PlanObstacle(
        "the earlier course \(course.name) names the target \(name), which several contours are called",
        advice: "name the one that is meant: \(found.map(\.name).joined(separator: ", "))")
    }
    return found.first?.solid
  }
}
