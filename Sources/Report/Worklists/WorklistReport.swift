// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The worklists of a cohort as a document for the terminal: what they hold in figures, what to obtain first, and the first
/// patients of each.
public struct WorklistReport: Sendable {
  /// One list: as many of its first rows as are to be shown.
  public struct List: Sendable {
    /// The service.
    public let service: HospitalService
    /// The first rows, in order.
    public let rows: [WorklistRow]
    /// The patient of each row, by a number that is the same in all lists: ids may stand twice, or not at all.
    public let keys: [Int]
    /// The criteria of the order.
    public let steps: [String]
    /// By which criterion each row comes after the one before, by its word; `nil` for the first, and where only the id decides.
    public let behind: [String?]

    /// A list.
    public init(
      service: HospitalService, rows: [WorklistRow], keys: [Int], steps: [String], behind: [String?]
    ) {
      self.service = service
      self.rows = rows
      self.keys = keys
      self.steps = steps
      self.behind = behind
    }
  }

  /// A patient without a list, with why: on no list, or not read.
  public struct Other: Sendable {
    /// The patient's id.
    public let patientID: String?
    /// The case's place; `nil` where the patient comes from no case.
    public let source: String?
    /// Why.
    public let why: [String]

    /// Who it is about, as people may see it.
    public var name: String { patientID ?? source ?? "?" }

    /// A patient.
    public init(patientID: String?, source: String?, why: [String]) {
      self.patientID = patientID
      self.source = source
      self.why = why
    }
  }

  /// The document.
  public let document: ReportDocument

  /// - Parameters:
  ///   - tally: of the whole cohort.
  ///   - unlisted: the first patients on no list.
  ///   - errors: the first patients that could not be read.
  ///   - notice: what the lists are not, said once at the end.
  public init(
    _ lists: [List], _ tally: WorklistTally, unlisted: [Other], errors: [Other], notice: String
  ) {
    var sections = lists.map { Self.section($0, tally) }
    sections.append(Self.others("On no list", unlisted, of: tally.unlisted))
    sections.append(Self.others("Not read", errors, of: tally.errors))
    sections.append(ReportSection("", .page, [.paragraph(ReportLine(notice, .faint))]))
    document = ReportDocument(sections)
  }

  private static func section(_ list: List, _ tally: WorklistTally) -> ReportSection {
    let counted = tally.lists[list.service.rawValue] ?? WorklistTally.List()
    let read = tally.patients - tally.errors
    var lines = [
      ReportLine("\(counted.patients) of \(read) patients: \(WorklistWords.verdicts(counted.verdicts))")
    ]
    if !counted.leading.isEmpty {
      let leading = counted.leading.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      lines.append(
        ReportLine(
          "hanging on: " + leading.prefix(6).map { "\($0.key) \($0.value)" }.joined(separator: ", ")))
    }
    for (question, open) in counted.questions.prefix(5) {
      lines.append(
        ReportLine(
          "\(WorklistWords.label(ofQuestion: question)) missing in \(open.patients) of \(counted.patients) (\(open.lesions) \(open.lesions == 1 ? "lesion" : "lesions"))",
          .question, sign: .asks))
    }
    lines.append(
      ReportLine(
        "ordered by: " + list.steps.map(WorklistWords.title(ofStep:)).joined(separator: ", ")
          + ", patient id",
        .faint))
    var blocks: [ReportBlock] = [.list(lines)]
    if !list.rows.isEmpty { blocks.append(.table(table(list))) }
    let warned = list.rows.filter { !$0.warnings.isEmpty }
    if !warned.isEmpty {
      // Each once: many patients of one list have the same.
      var said: [String: [String]] = [:]
      for row in warned { for warning in row.warnings { said[warning, default: []].append(row.name) } }
      let most = said.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(5).map {
        text, names in
        ReportLine(
          names.count == 1 ? "\(names[0]): \(text)" : "\(names.count) patients: \(text)", .caution,
          sign: .remark)
      }
      blocks.append(
        .list(
          [
            ReportLine(
              "* warnings of what was read\(said.count > 5 ? " (all: --as html, csv or jsonl)" : "")", .faint)
          ]
            + most))
    }
    if list.rows.count < counted.patients {
      blocks.append(
        .paragraph(
          ReportLine(
            "… and \(counted.patients - list.rows.count) more (--limit N; --as html, csv or jsonl for all)")))
    }
    return ReportSection("Worklist of \(list.service.title)", .page, blocks)
  }

  private static func table(_ list: List) -> ReportTable {
    let columns = WorklistColumn.all(of: list.service)
    return ReportTable(
      [.init("#", width: 6), .init("patient", width: 14)]
        + columns.map { .init($0.title, width: $0.width) },
      list.rows.enumerated().map { rank, row in
        [.init(String(rank + 1), .faint), .init(row.name + (row.warnings.isEmpty ? "" : " *"), .strong)]
          + columns.map { .init($0.text(row)) }
      })
  }

  private static func others(_ heading: String, _ patients: [Other], of count: Int) -> ReportSection {
    guard count > 0 else { return ReportSection(heading, .page, []) }
    var lines = patients.map {
      ReportLine("\($0.name): \($0.why.joined(separator: "; "))")
    }
    if patients.count < count { lines.append(ReportLine("… and \(count - patients.count) more")) }
    return ReportSection("\(heading): \(count) \(count == 1 ? "patient" : "patients")", .page, [.list(lines)])
  }
}
