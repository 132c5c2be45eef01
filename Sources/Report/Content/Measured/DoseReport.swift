// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
internal import Dosimetry
internal import Quantities

/// `dvh` for people: what regions receive from one course.
public struct DoseReport {
  /// The report.
  public let document: ReportDocument

  /// A report of what was measured.
  ///
  /// - Parameter notice: what the report is not, said once at its end.
  public init(_ measured: DoseMeasurements, notice: String) {
    let isPartial = measured.regions.contains { $0.values.contains { $0.ofCoveredPart != nil } }
    let whys = measured.regions.flatMap(Self.reasons).map { ReportLine($0, .question, sign: .asks) }
    document = ReportDocument(
      [ReportSection(Self.head(measured), .page, [.list([ReportLine(Self.basis(measured))])])]
        + Self.tables(measured).map { ReportSection("", .page, [.table($0)]) }
        + [
          ReportSection(
            "", .page,
            [
              .list(
                whys
                  + (isPartial
                    ? [
                      ReportLine(
                        "* of the part of the region that lies inside the dose; the whole region's is unknown"
                      )
                    ] : []))
            ]),
          ReportSection("", .page, [.paragraph(ReportLine(notice, .faint))]),
        ])
  }

  private static func head(_ measured: DoseMeasurements) -> String {
    let dose = measured.dose
    var head = "Dose of \(dose.name): \(dose.summation.rawValue)"
    if let fractions = dose.fractions { head += ", \(fractions) fractions" }
    if let prescription = measured.prescription {
      let isGiven = dose.prescription.map { $0 != prescription } ?? true
      head += ", \(Figures.plain(prescription.gray)) Gy \(isGiven ? "given as prescription" : "prescribed")"
    }
    return head
  }

  private static func basis(_ measured: DoseMeasurements) -> String {
    "physical dose in Gy, end cap \(measured.endCap.rawValue)"
      + (measured.dose.registration.map { "; registered: \($0)" } ?? "")
  }

  // MARK: Tables

  private static let width = 100
  private static let region = 20

  /// Metrics in as many tables as a page's width asks for, each with the regions' names.
  private static func tables(_ measured: DoseMeasurements) -> [ReportTable] {
    let names =
      measured.regions.first?.values.map { $0.unit == .ratio ? $0.name : "\($0.name) \($0.unit.rawValue)" }
      ?? []
    let values = measured.regions.map { $0.values.map(words) }
    let first = [
      ReportTable.Column("region", width: region), ReportTable.Column("volume", width: 9),
      ReportTable.Column("in dose", width: 8),
    ]
    let spent = first.map { $0.width + 2 }.reduce(0, +)
    var groups: [[Int]] = []
    var used = width
    for place in names.indices {
      let own = 2 + ([names[place]] + values.map { $0[place] }).map(\.count).reduce(0, max)
      if used + own > width + 2 {
        groups.append([])
        used = spent
      }
      groups[groups.count - 1].append(place)
      used += own
    }
    return groups.map { group in
      ReportTable(
        first + group.map { ReportTable.Column(names[$0], width: width) },
        zip(measured.regions, values).map { region, values in
          [
            .init(region.name, region.kind == .structure ? .plain : .strong),
            .init(Figures.volume(region.histogram.volume)), share(region.histogram.coveredShare),
          ] + group.map { .init(values[$0]) }
        })
    }
  }

  /// How much of a region lies in the dose; never rounded up to the whole.
  private static func share(_ share: Double) -> ReportTable.Cell {
    if share > 1 - 1e-6 { return .init("all") }
    let percent = share * 100
    let digits = percent >= 10 ? 1 : percent >= 1 ? 2 : 3
    return .init(share > 0.999 ? "> 99.9 %" : "\(Figures.number(percent, digits: digits)) %", .caution)
  }

  /// One line a reason, with the metrics it holds for.
  private static func reasons(_ region: RegionDose) -> [String] {
    var metrics: [(why: String, names: [String])] = []
    for value in region.values {
      guard let why = value.why else { continue }
      if let index = metrics.firstIndex(where: { $0.why == why }) {
        if !metrics[index].names.contains(value.name) { metrics[index].names.append(value.name) }
      } else {
        metrics.append((why, [value.name]))
      }
    }
    return metrics.map { "\(region.name) \($0.names.joined(separator: ", ")): \($0.why)" }
  }

  /// A value, or its bounds, or that it is unknown.
  private static func words(_ value: DoseMetricValue) -> String {
    func number(_ x: Double) -> String { Figures.number(x, digits: abs(x) < 10 ? 3 : 2) }
    if let known = value.value { return number(known) }
    if let part = value.ofCoveredPart { return number(part) + "*" }
    switch (value.low, value.high) {
    case (let low?, let high?) where number(low) == number(high): return number(low)
    case (let low?, let high?): return "\(number(low))–\(number(high))?"
    case (let low?, nil): return "≥ \(number(low))?"
    case (nil, let high?): return "≤ \(number(high))?"
    case (nil, nil): return "unknown"
    }
  }
}
