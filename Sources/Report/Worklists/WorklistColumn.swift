// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Vocabulary

/// A column of a worklist as people read it: what it says of a row, and by what it sorts.
struct WorklistColumn: Sendable {
  /// Its head.
  let title: String
  /// How wide it may be in a terminal.
  let width: Int
  /// What it says.
  let text: @Sendable (WorklistRow) -> String
  /// The figure that it sorts by; `nil` where it has none, which comes last.
  ///
  /// A column without figures sorts by its words.
  let figure: (@Sendable (WorklistRow) -> Double?)?

  init(
    _ title: String, width: Int, figure: (@Sendable (WorklistRow) -> Double?)? = nil,
    _ text: @escaping @Sendable (WorklistRow) -> String
  ) {
    self.title = title
    self.width = width
    self.text = text
    self.figure = figure
  }

  /// The columns of a service's list, after rank and patient.
  static func all(of service: HospitalService) -> [WorklistColumn] {
    [verdict, lesions, size, growth] + own(service) + [missing]
  }

  private static let verdict = WorklistColumn("verdict", width: 26) { row in
    // Whatever the list is ordered by: nobody is to take for a candidate who is to be observed.
    let advice = row.advice == Advice.treat.rawValue ? "" : "\(WorklistWords.advice(row.advice)); "
    return advice + row.verdict + (row.leading.isEmpty ? "" : ": \(row.leading)")
  }

  private static let lesions = WorklistColumn(
    "lesions", width: 9, figure: { Double($0.candidates.count) }
  ) { row in
    let more = row.unlistedLesions ?? 0
    let all = row.candidates.count + row.excluded.count
    // Metastases that are counted and not listed belong to all.
    return "\(row.candidates.count) of \(all + more)" + (row.unlistedLesions == nil ? " or more" : "")
  }

  private static let size = WorklistColumn(
    "size", width: 10, figure: { $0.candidates.compactMap { $0.sizeMM?.last }.max() }
  ) { row in
    guard let ends = row.largestMM else { return "?" }
    return ends.count == 1 ? "\(Figures.plain(ends[0])) mm or more" : range(ends, " mm")
  }

  private static let growth = WorklistColumn(
    "doubling", width: 8, figure: { $0.doublingTimeDays?.last }
  ) { row in
    guard let ends = row.doublingTimeDays, let low = ends.first, let high = ends.last else { return "?" }
    return WorklistWords.isBounded(doublingTime: low) || low == high
      ? range(ends, " d") : "≤ \(Figures.plain(high)) d"
  }

  private static let missing = WorklistColumn(
    "missing", width: 20, figure: { Double($0.missing.count) }
  ) { row in
    let names = row.missing.map { Self.title(ofQuestion: $0.question) }
    let shown = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? "\(shown), +\(names.count - 3)" : shown
  }

  /// A question in words.
  static func title(ofQuestion name: String) -> String { WorklistWords.label(ofQuestion: name) }

  private static func own(_ service: HospitalService) -> [WorklistColumn] {
    switch service {
    case .ir:
      [
        WorklistColumn("therapy", width: 12) { row in
          WorklistWords.counts(row.ablation?.energies ?? [:])
        },
        WorklistColumn("sittings", width: 8, figure: { $0.ablation?.sittings?.last.map(Double.init) }) {
          row in
          row.ablation?.sittings.map { range($0.map(Double.init), "") } ?? "?"
        },
      ]
    case .radonc:
      [
        WorklistColumn("PTV", width: 9, figure: { $0.irradiation?.targetVolumeCC?.last }) { row in
          guard let figures = row.irradiation, let ends = figures.targetVolumeCC else { return "?" }
          // Of sizes alone it is an estimate.
          return (figures.isPlanned ? "" : "≈ ") + range(ends.map { $0.rounded() }, " cc")
        },
        WorklistColumn("visits", width: 6, figure: { $0.irradiation?.visits?.last.map(Double.init) }) { row in
          row.irradiation?.visits.map { range($0.map(Double.init), "") } ?? "?"
        },
        WorklistColumn("lung V20", width: 18, figure: { $0.irradiation?.lungV20Percent?.first }) { row in
          // As expected, and in a good and a poor plan: nothing is planned yet.
          row.irradiation?.lungV20Percent.map {
            "≈ \(Figures.plain($0[0])) (\(Figures.plain($0[1]))–\(Figures.plain($0[2]))) %"
          } ?? "?"
        },
        WorklistColumn(
          "earlier", width: 7, figure: { $0.irradiation?.earlierCourses?.last.map(Double.init) }
        ) { row in
          guard let courses = row.irradiation?.earlierCourses else { return "?" }
          return courses.count == 1 ? "\(courses[0]) or more" : range(courses.map(Double.init), "")
        },
      ]
    case .surgery:
      [
        WorklistColumn("resection", width: 14) { row in WorklistWords.techniques(row.candidates) },
        WorklistColumn(
          "operations", width: 10, figure: { $0.resection?.operations.last.map(Double.init) }
        ) { row in row.resection.map { range($0.operations.map(Double.init), "") } ?? "?" },
        WorklistColumn("IRLM", width: 5, figure: { WorklistWords.group($0.resection?.registryGroup) }) {
          row in
          row.resection?.registryGroup ?? "?"
        },
        WorklistColumn("FEV1, DLCO", width: 10) { row in
          WorklistWords.reserve(row.resection)
        },
      ]
    }
  }

  /// "12 mm", "12–18 mm".
  static func range(_ ends: [Double], _ unit: String) -> String {
    guard let low = ends.first, let high = ends.last else { return "?" }
    return low == high
      ? Figures.plain(low) + unit : "\(Figures.plain(low))–\(Figures.plain(high))\(unit)"
  }
}
