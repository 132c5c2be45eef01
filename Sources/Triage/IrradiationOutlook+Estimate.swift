// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

extension IrradiationOutlook {
  /// Estimated on contours where every candidate has a body and the lungs are drawn, else from stated sizes.
  ///
  /// - Parameter parameters: `nil` where the protocol says nothing of radiotherapy; then nothing is known of targets and visits.
  /// - Throws: errors of geometry.
  init(
    _ candidates: [Candidate], _ patientCase: PatientCase, _ digest: PatientDigest,
    _ parameters: RadiotherapyParameters?
  ) throws {
    targets = candidates.count
    earlierCourses = Self.earlierCourses(patientCase)
    guard let parameters else {
      (basis, targetVolume, visits, lungV20, lungMean) = (.stated, nil, nil, nil, nil)
      return
    }
    if let plan = try Self.plan(candidates, patientCase, digest, parameters) {
      basis = .planned
      targetVolume = plan.targetVolume...plan.targetVolume
      visits = plan.visits...plan.visits
      lungV20 = plan.lungs?.band(of: .volumeAtDose(20), in: .percent).flatMap(DoseFigure.init)
      lungMean = plan.lungs?.band(of: .mean, in: .gray).flatMap(DoseFigure.init)
      return
    }
    basis = .stated
    (lungV20, lungMean) = (nil, nil)
    let estimates = Self.estimates(candidates, digest, parameters)
    let volumes = estimates.compactMap(\.targetVolume)
    targetVolume =
      volumes.count == candidates.count
      ? volumes.reduce(Volume.zero) { $0 + $1.lowerBound }...volumes.reduce(.zero) { $0 + $1.upperBound }
      : nil
    visits = Self.visits(estimates.map(\.fractionCounts))
  }

  private static func estimates(
    _ candidates: [Candidate], _ digest: PatientDigest, _ parameters: RadiotherapyParameters
  ) -> [CourseEstimate] {
    candidates.map {
      CourseEstimate(
        LesionContext(site: $0.site, facts: digest.lesionFacts[$0.index]), by: parameters)
    }
  }

  /// The least and the most visits of lesions whose fraction counts are open: lesions of one count are treated together, those of
  /// different counts one after the other.
  static func visits(_ counts: [[Int]]) -> ClosedRange<Int>? {
    guard !counts.contains(where: \.isEmpty), let least = counts.compactMap(\.first).max() else { return nil }
    // As many different counts as there are lesions, the greatest of all that are possible.
    let most = Set(counts.joined()).sorted(by: >).prefix(counts.count).reduce(0, +)
    return least...max(least, most)
  }

  /// The estimated course; `nil` where a candidate has no body of its own or the lungs are not drawn.
  private static func plan(
    _ candidates: [Candidate], _ patientCase: PatientCase, _ digest: PatientDigest,
    _ parameters: RadiotherapyParameters
  ) throws -> SBRTPlan? {
    let areDrawn = candidates.allSatisfy {
      if case .contoured? = patientCase.lesions[$0.index].body { true } else { false }
    }
    guard areDrawn, patientCase.structures.contains(where: { $0.name.role == .lung }) else { return nil }
    var options = SBRTOptions()
    options.lesions = Set(candidates.map(\.lesion))
    options.day = patientCase.newestScan
    do {
      let plan = try SBRTPlanner(parameters, options: options).plan(
        patientCase, settings: digest.facts.lesionContexts(of: patientCase), patient: digest.facts.patient)
      return plan.unplanned.isEmpty ? plan : nil
    } catch is DoseGridDefect {
      // Contours too far apart for one estimate: their sizes still tell something.
      return nil
    }
  }

  /// The courses that are told, with or without their doses; `nil` where nothing is said of earlier therapy.
  private static func earlierCourses(_ patientCase: PatientCase) -> (least: Int, most: Int?)? {
    let kept = patientCase.doses.count + patientCase.earlierCourses.count
    guard let therapies = patientCase.patient.priorTherapies else { return kept > 0 ? (kept, nil) : nil }
    // Nothing says which course a therapy that is told is.
    let told = therapies.count { $0.kind == .sbrt || $0.kind == .radiotherapy }
    return (max(kept, told), kept + told)
  }
}

extension IrradiationOutlook.DoseFigure {
  /// `nil` without an upper end: half a band is none.
  init?(_ band: DoseBand) {
    guard let high = band.high, let expected = band.expected else { return nil }
    self.init(expected: expected, low: band.low, high: high)
  }
}
