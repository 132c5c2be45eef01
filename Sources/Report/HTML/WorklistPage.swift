// SPDX-License-Identifier: Apache-2.0
public import Foundation
internal import Eligibility
internal import Vocabulary

/// The worklists of a cohort as one HTML file: filters, sorting and search over thousands of patients; a row opens the patient's
/// page.
///
/// Style, script and data are within it, and no request leaves it.
public struct WorklistPage {
  private let lists: [WorklistReport.List]
  private let tally: WorklistTally
  private let unlisted: [WorklistReport.Other]
  private let errors: [WorklistReport.Other]
  private let facts: [(name: String, value: String)]
  private let links: [String: String]
  private let notice: String
  private let digest: (Data) -> String

  /// - Parameters:
  ///   - lists: with all rows that are to stand in the page.
  ///   - tally: of the whole cohort.
  ///   - unlisted: patients on no list.
  ///   - errors: patients that could not be read.
  ///   - facts: what the head says of protocol and program.
  ///   - links: the report of each patient that has one, by the patient's id, as a reference from the page.
  ///   - notice: what the lists are not, said once at the end.
  ///   - digest: SHA-256 in base64, by which the page allows its own style and script and nothing else.
  public init(
    _ lists: [WorklistReport.List], _ tally: WorklistTally, unlisted: [WorklistReport.Other],
    errors: [WorklistReport.Other], facts: [(name: String, value: String)], links: [String: String],
    notice: String, digest: @escaping (Data) -> String
  ) {
    self.lists = lists
    self.tally = tally
    self.unlisted = unlisted
    self.errors = errors
    self.facts = facts
    self.links = links
    self.notice = notice
    self.digest = digest
  }

  /// The file's text.
  ///
  /// - Throws: `PageParts.Defect` where a built-in file is missing, which is a defect of the build.
  public func html() throws -> String {
    let parts = try PageParts()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let content: [String: Any] = [
      "title": parts.words["worklist.title"] ?? "", "skip": parts.words["worklist.skip"] ?? "",
      "needsScript": parts.words["worklist.needsScript"] ?? "", "close": parts.words["close"] ?? "",
      "notice": notice,
      "facts": facts.map { ["factName": $0.name, "factValue": $0.value] },
    ]
    let body = try parts.rendered("worklist", content)
    let data = [
      ("worklists", String(decoding: try encoder.encode(document), as: UTF8.self)),
      ("words", String(decoding: try encoder.encode(parts.words), as: UTF8.self)),
    ].map {
      "<script type=\"application/json\" id=\"\($0)\">\(PageText.script($1))</script>\n"
    }
    return PageFile(
      title: parts.words["worklist.title"] ?? "", language: parts.words["language"] ?? "en",
      style: parts.worklistStyle, script: parts.worklistScript, body: body, data: data.joined()
    ).html(digest: digest)
  }

  // MARK: Data

  private struct Document: Encodable {
    let lists: [List]
    let others: [Others]
    /// Reports, by the patients' ids as they are shown.
    let links: [String: String]
  }

  private struct List: Encodable {
    let service: String
    let title: String
    let columns: [Column]
    let steps: [String]
    let rows: [Row]
    /// How many patients the whole list has, where not all rows stand here.
    let patients: Int
    let triaged: Int
    let questions: [Question]
    /// What is taken for granted: most patients share a few texts.
    let granted: [String]
  }

  private struct Column: Encodable {
    let title: String
    /// Whether it sorts by a figure.
    let isFigure: Bool
  }

  private struct Question: Encodable {
    let label: String
    let patients: Int
    let lesions: Int
  }

  /// Short keys, as there are thousands.
  private struct Row: Encodable {
    /// The patient's number in all lists, name, cells, figures that columns sort by.
    let k: Int
    let p: String
    let c: [String]
    let f: [Double?]
    /// Verdict's tone, verdict, advice, leading.
    let t: String
    let v: String
    let a: String
    let l: String
    /// Missing; the place of what is taken for granted among the list's; other lists.
    let m: [String]
    let g: Int
    let o: [String]
    /// What puts it behind the one before, and what each criterion finds.
    let b: String
    let w: [String]
    /// Candidates and excluded lesions, warnings of what was read.
    let y: [[String]]
    let n: [[String]]
    let r: [String]
  }

  private struct Others: Encodable {
    let title: String
    let patients: Int
    let rows: [[String]]
  }

  private var document: Document {
    Document(
      lists: lists.map(list),
      others: [
        others("worklist.unlisted", unlisted, tally.unlisted),
        others("worklist.errors", errors, tally.errors),
      ].filter { $0.patients > 0 },
      links: Dictionary(
        links.map { (PageText.visible($0.key), $0.value) }, uniquingKeysWith: { first, _ in first }))
  }

  private func others(_ key: String, _ patients: [WorklistReport.Other], _ count: Int) -> Others {
    Others(
      title: key, patients: count,
      rows: patients.map {
        [PageText.visible($0.name)] + [$0.why.map(PageText.visible).joined(separator: "; ")]
      })
  }

  private func list(_ list: WorklistReport.List) -> List {
    let columns = WorklistColumn.all(of: list.service)
    let counted = tally.lists[list.service.rawValue] ?? WorklistTally.List()
    let granted = list.rows.map { row in
      row.granted.map(WorklistWords.label(ofQuestion:)).joined(separator: ", ")
    }
    let texts = Set(granted).sorted()
    let places = Dictionary(texts.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return List(
      service: list.service.rawValue, title: list.service.title,
      columns: columns.map { Column(title: $0.title, isFigure: $0.figure != nil) },
      steps: list.steps.map(WorklistWords.title(ofStep:)),
      rows: list.rows.indices.map { index in
        row(list, index, granted: places[granted[index]] ?? 0, columns)
      }, patients: counted.patients,
      triaged: tally.patients - tally.errors,
      questions: counted.questions.prefix(8).map {
        Question(
          label: WorklistWords.label(ofQuestion: $0.question), patients: $0.open.patients,
          lesions: $0.open.lesions)
      }, granted: texts)
  }

  private func row(
    _ list: WorklistReport.List, _ index: Int, granted: Int, _ columns: [WorklistColumn]
  ) -> Row {
    let row = list.rows[index]
    let verdict = Verdict.allCases.first { $0.word == row.verdict }
    return Row(
      k: list.keys[index], p: PageText.visible(row.name), c: columns.map { PageText.visible($0.text(row)) },
      f: columns.map { $0.figure?(row) }, t: verdict.map(Self.tone) ?? "", v: row.verdict,
      a: WorklistWords.advice(row.advice), l: row.leading,
      m: row.missing.map { WorklistWords.label(ofQuestion: $0.question) },
      g: granted, o: row.lists,
      b: list.behind[index].map(WorklistWords.title(ofStep:)) ?? "",
      w: row.order.map { PageText.visible($0.text) },
      y: row.candidates.map { lesion in
        [
          PageText.visible(lesion.id),
          [lesion.site, lesion.place].filter { !$0.isEmpty }.joined(separator: ", "),
          lesion.sizeMM.map { WorklistColumn.range($0, " mm") } ?? "?",
          Modality(rawValue: lesion.modality)?.title ?? lesion.modality, lesion.verdict, lesion.leading,
          lesion.technique ?? "", lesion.isFirstChoice ? "1" : "",
          lesion.alike.map { Modality(rawValue: $0)?.title ?? $0 }.joined(separator: ", "),
        ]
      }, n: row.excluded.map { [PageText.visible($0.id), $0.site ?? "", PageText.visible($0.why)] },
      r: row.warnings.map(PageText.visible))
  }

  private static func tone(_ verdict: Verdict) -> String {
    switch verdict {
    case .eligible: "good"
    case .conditional: "caution"
    case .indeterminate: "question"
    case .ineligible: "bad"
    }
  }
}
