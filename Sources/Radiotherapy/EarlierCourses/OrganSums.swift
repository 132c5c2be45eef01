// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry

/// One organ's figure, by earlier courses, by the planned one and by all.
struct OrganSums {
  var past: DoseBand
  let added: DoseBand
  var whole: DoseBand
  /// Where courses meet; `nil` where no two reach one place.
  var overlap: DoseBand?

  /// Adds the mean of a course without a place: means add wherever the dose lies.
  ///
  /// - Parameter level: a course reaches a place in an organ from this EQD2 on, in gray.
  mutating func addMean(_ gray: Double, _ level: Double) {
    let more = DoseBand(expected: gray, low: gray, high: gray)
    (past, whole) = (past + more, whole + more)
    if gray >= level, (added.high ?? 0) > 0 || overlap != nil { overlap = whole }
  }

  /// Adds the near-maximum of a course without a place: both may meet in one point, or nowhere.
  ///
  /// - Parameter level: a course reaches a place in an organ from this EQD2 on, in gray.
  mutating func addNearMaximum(_ gray: Double, _ level: Double) {
    let reaches = gray >= level && (added.high ?? 0) >= level
    let meeting = DoseBand(expected: nil, low: max(whole.low, gray), high: whole.high.map { $0 + gray })
    if reaches { overlap = meeting }
    // One course alone is known; two without a place lie somewhere between apart and in one point.
    let isAlone = (past.high ?? 1) <= 0.05
    past = DoseBand(
      expected: isAlone ? gray : nil, low: max(past.low, gray),
      high: past.high.map { $0 + gray })
    whole = meeting
  }
}
