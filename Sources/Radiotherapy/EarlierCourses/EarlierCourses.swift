// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Foundation
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What earlier courses gave: those with a place as doses, those without as greatest doses of organs.
struct EarlierCourses {
  /// A course with a place.
  struct Placed {
    let name: String
    /// For near-maxima: nominal is the dose itself, of an estimate the envelope.
    let peak: CourseContribution
    /// For means and volumes: nominal is the dose itself, of an estimate the mean law.
    let mean: CourseContribution
    /// The dose that half of which marks its volume: the prescription, else the greatest.
    let reference: Double
    let months: Double?
    /// Whether it is an estimate from a prescription and a target.
    let isEstimated: Bool
    /// What such an estimate takes for granted about the target's place; empty where contours tell.
    var assumptions: [Reason] = []
  }

  /// A course without a place.
  struct Unplaced {
    let name: String
    let fractions: Int
    let curves: [OrganAtRisk: [OrganCurve]]
    /// Greatest doses in gray, physical.
    let maxima: [OrganAtRisk: Double]
    let months: Double?

    /// The organ's near-maximum, or the mean of a parallel organ, as EQD2; `nil` where the course does not tell it.
    func eqd2(of organ: OrganAtRisk, _ ratio: AlphaBetaRatio) -> Double? {
      func effect(_ gray: Double) -> Double {
        gray * (gray / Double(fractions) + ratio.gray) / (2 + ratio.gray)
      }
      guard let all = curves[organ], !all.isEmpty else {
        // A greatest dose says nothing of a mean.
        return organ.isParallel ? nil : maxima[organ].map(effect)
      }
      guard organ.isParallel else {
        // Of several structures the one with the most stands for the organ.
        return all.compactMap { curve in
          (curve.dose(toHottest: NearMaximum.volume(of: organ)) ?? curve.maximum).map { effect($0.gray) }
        }.max()
      }
      func mean(_ curve: OrganCurve) -> Double {
        // Each step of the curve at its own effect: the effect of a mean dose is less than the mean effect.
        var sum = (1 - (curve.share.first ?? 1)) * effect((curve.gray.first ?? 0) / 2)
        for index in curve.gray.indices.dropFirst() {
          let part = curve.share[index - 1] - curve.share[index]
          sum += part * effect((curve.gray[index - 1] + curve.gray[index]) / 2)
        }
        return sum + (curve.share.last ?? 0) * effect(curve.gray.last ?? 0)
      }
      if let whole = all.first(where: { $0.structure.side == nil }) { return mean(whole) }
      // Of a pair, one side says nothing of both.
      if [.lungs, .kidneys].contains(organ), Set(all.map(\.structure.side)).count < 2 { return nil }
      let volume = all.reduce(0) { $0 + $1.volume.cubicMillimeters }
      return volume > 0 ? all.reduce(0) { $0 + mean($1) * $1.volume.cubicMillimeters } / volume : nil
    }

    /// What it reports, organ by organ.
    var told: [OrganAtRisk: Reason] {
      curves.mapValues { Reason(.radiotherapy(.toldByHistogram), names: $0.map(\.sourceName)) }
        .merging(
          maxima.mapValues {
            Reason(
              .radiotherapy(.toldByMaximum),
              figures: [.init($0, unit: "Gy"), .init(Double(fractions), unit: "")])
          }
        ) { first, _ in first }
    }
  }

  var placed: [Placed] = []
  var unplaced: [Unplaced] = []
  var isEmpty: Bool { placed.isEmpty && unplaced.isEmpty }

  /// What is told of earlier courses and stands in no sum, and grids that meet nothing.
  func remarks(_ bodies: [OrganBody], _ sums: [CumulativeOrganDose]) -> [Reason] {
    var remarks: [Reason] = []
    for course in unplaced {
      for (organ, told) in course.told.sorted(by: { $0.key.title < $1.key.title }) {
        guard !sums.contains(where: { $0.organ == organ && $0.courses.contains(course.name) }) else {
          continue
        }
        let why: RadiotherapyReason =
          !bodies.contains { $0.organ == organ }
          ? .organNotContoured : organ.isParallel ? .organNeedsMean : .organWithoutSum
        remarks.append(
          Reason(
            .radiotherapy(.inNoSum), names: [course.name, organ.title],
            because: [told, Reason(.radiotherapy(why))]))
      }
    }
    for course in placed where !course.isEstimated {
      let box = course.peak.nominal.grid.bounds
      let meets = bodies.contains { body in
        let bounds = body.solid.bounds
        return all(box.low .<= bounds.high) && all(bounds.low .<= box.high)
      }
      if !meets {
        remarks.append(Reason(.radiotherapy(.gridMeetsNothing), names: [course.name]))
      }
    }
    return remarks
  }
}
