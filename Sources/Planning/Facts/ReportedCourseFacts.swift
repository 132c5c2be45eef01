// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Evidence
internal import Facts
internal import Quantities
internal import Vocabulary

/// What earlier courses of which only the greatest doses of organs are reported say about one lesion, by its distances from
/// these organs: without contours, too.
struct ReportedCourseFacts {
  /// `overlap`, `nearby`, or unknown with what would tell.
  let overlap: FactValue
  /// Months since the last course that counts; `nil` where none tells it.
  let months: Double?

  /// An organ that a course reached.
  private struct Reached {
    let course: EarlierCourse
    let organ: StructureName
    let gray: Double
    let eqd2: Double
  }

  /// - Parameters:
  ///   - courses: those without a dose grid.
  ///   - facts: the lesion's, with its distances.
  init?(_ courses: [EarlierCourse], _ facts: FactTable, by parameters: FactParameters) {
    let alphaBeta = parameters.lateAlphaBeta.value
    let late = alphaBeta.gray
    let reached = courses.flatMap { course in
      Self.maxima(course).compactMap { organ, gray -> Reached? in
        guard
          let eqd2 = Fractionation(total: .gray(gray), fractions: course.fractions)?.eqd2(alphaBeta).gray,
          eqd2 >= parameters.reached.value
        else { return nil }
        return Reached(course: course, organ: organ, gray: gray, eqd2: eqd2)
      }
    }
    guard !reached.isEmpty else { return nil }
    let within = parameters.courseReach.value.millimeters
    let near = reached.filter { entry in
      facts.interval(.clearance(entry.organ.role)).map { $0.upperBound <= within } ?? false
    }
    let open = reached.filter { entry in
      guard let distance = facts.interval(.clearance(entry.organ.role)) else { return true }
      return distance.lowerBound <= within && distance.upperBound > within
    }
    if !near.isEmpty {
      overlap = .word("overlap", .derived, near.map { Self.words($0, facts, late) }.joined(separator: "; "))
    } else if let first = open.first {
      overlap = .unknown(
        "\(first.course.name) gave \(first.organ.tg263) up to \(Self.plain(first.gray)) Gy, and its distance from the lesion is not known"
      )
    } else {
      overlap = .word(
        "nearby", .derived,
        reached.map { Self.words($0, facts, late) }.joined(separator: "; "))
    }
    months = (near.isEmpty ? reached : near).compactMap(\.course.monthsAgo).min()
  }

  /// The greatest doses of organs that a course's record tells.
  private static func maxima(_ course: EarlierCourse) -> [(StructureName, Double)] {
    switch course.record {
    case .maxima(let maxima): maxima.map { ($0.structure, $0.dose.gray) }
    case .curves(let curves):
      curves.compactMap { curve in
        (curve.maximum?.gray ?? curve.gray.last).map { (curve.structure, $0) }
      }
    case .prescription: []
    }
  }

  private static func words(_ entry: Reached, _ facts: FactTable, _ late: Double) -> String {
    let distance =
      facts.interval(.clearance(entry.organ.role)).map { ", \(plain($0.lowerBound)) mm away" } ?? ""
    return
      "\(entry.course.name): \(entry.organ.tg263) had up to \(plain(entry.gray)) Gy in \(entry.course.fractions) fractions (EQD2 \(plain(entry.eqd2)) Gy, α/β \(plain(late)) Gy)\(distance)"
  }

  private static func plain(_ x: Double) -> String {
    let rounded = (x * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}
