// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// Earlier courses in full: what organs have had, would get and have left.
struct EarlierCourses {
  private let plan: SBRTPlan
  private let touchedFrom: Double
  private let day: String

  /// - Parameters:
  ///   - touchedFrom: the EQD2 in Gy from which an earlier course counts as reaching an organ.
  ///   - day: to which day intervals were counted, in words.
  init(_ plan: SBRTPlan, touchedFrom: Double, day: String) {
    self.plan = plan
    self.touchedFrom = touchedFrom
    self.day = day
  }

  /// Without blocks where there is no earlier course.
  var section: ReportSection {
    ReportSection(
      "Earlier courses", .detail,
      [
        .list(courses.isEmpty ? [] : [ReportLine("intervals are counted to: \(day)")] + courses),
        .table(table), .list(spared + touched.flatMap(lines)),
      ])
  }

  private var courses: [ReportLine] {
    plan.reirradiation.map { course in
      ReportLine(
        "\(DoseWords.course(course)); \(ReasonWords.text(course.why))"
          + (course.isTooSoon == true
            ? "; sooner than the cumulative limits suppose: stop and review" : ""),
        course.isTooSoon == true ? .caution : .plain)
    }
  }

  private func isTouched(_ organ: CumulativeOrganDose) -> Bool {
    organ.overlap != nil || (organ.earlier.high ?? .infinity) >= touchedFrom
  }

  private var touched: [CumulativeOrganDose] { plan.cumulative.filter(isTouched) }

  private var table: ReportTable {
    let rows = touched.map { organ -> [ReportTable.Cell] in
      let left = organ.room.map {
        DoseWords.band($0, "Gy") + " to \(organ.roomLimit?.set ?? "")"
          + (organ.roomGray.map { ", \(Figures.plain($0)) Gy in \(plan.fractions)" } ?? "")
      }
      return [
        .init("\(organ.organ.title) (\(Figures.plain(organ.alphaBeta.gray)))"), .init(organ.metric),
        .init(DoseWords.band(organ.earlier, "")), .init(DoseWords.band(organ.added, "")),
        .init(DoseWords.band(organ.sum, "")),
        .init(organ.overlap.map { DoseWords.band($0, "") } ?? "nowhere"),
        .init(left ?? "no limit given"),
      ]
    }
    return ReportTable(
      [
        .init("organ (α/β)", width: 17), .init("EQD2 of", width: 8), .init("earlier", width: 11),
        .init("added", width: 11), .init("sum", width: 11), .init("both reach", width: 11),
        .init("room before", width: 17),
      ], rows,
      legend:
        "EQD2 in Gy with each organ's own α/β; both reach: the sum where an earlier and the planned course overlap; room before: what could still be given before the strictest agreed limit"
    )
  }

  /// Organs that earlier courses hardly reached, in one line.
  private var spared: [ReportLine] {
    let spared = plan.cumulative.filter { !isTouched($0) }
    guard !spared.isEmpty else { return [] }
    let words = spared.map { "\($0.organ.title) \(DoseWords.band($0.earlier, "Gy"))" }
    return [ReportLine("hardly reached before (EQD2): " + words.joined(separator: ", "))]
  }

  private func lines(_ organ: CumulativeOrganDose) -> [ReportLine] {
    let name = organ.organ.title
    var lines: [ReportLine] = []
    if let worst = organ.worst {
      func gray(_ x: Double) -> String { "\(Figures.number(x, digits: 1)) Gy" }
      lines.append(
        ReportLine(
          "\(name) with the earlier dose at its worst within the registration's ellipsoid: \(gray(worst.anywhere)), inside the organ \(gray(worst.inside)) (as registered \(DoseWords.band(organ.sum, "Gy")))"
        ))
    }
    for check in organ.checks where check.outcome != .kept || check.isWithinRange {
      lines.append(
        ReportLine(
          "\(name) \(DoseWords.cumulative(check))", DoseWords.tone(check.outcome),
          sources: check.limit.sources))
    }
    lines += organ.remarks.map { ReportLine("\(name): \(ReasonWords.text($0))", sign: .remark) }
    return lines
  }
}
