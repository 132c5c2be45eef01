// SPDX-License-Identifier: Apache-2.0
public import Foundation
internal import Ablation
internal import Parallelism
public import Planning
internal import Vocabulary

/// A board's report as one HTML file: style, script and data within it, and no request leaves it.
public struct HTMLReport {
  private let board: BoardDossier
  private let report: BoardReport
  private let notice: String
  private let digest: (Data) -> String

  /// A report; `nil` where the case was not assessed.
  ///
  /// - Parameters:
  ///   - tool: the program's name and version.
  ///   - notice: what the report is not, said once at its end.
  ///   - digest: SHA-256 in base64, by which the page allows its own style and script and nothing else.
  public init?(_ board: BoardDossier, tool: String, notice: String, digest: @escaping (Data) -> String) {
    guard let report = BoardReport(board, tool: tool) else { return nil }
    self.board = board
    self.report = report
    self.notice = notice
    self.digest = digest
  }

  /// The file's text.
  ///
  /// - Throws: `PageParts.Defect` where a built-in file is missing, which is a defect of the build.
  public func html() throws -> String {
    let parts = try PageParts()
    let scene = BoardScene.document(board)
    let body = try parts.rendered("page", try page(parts, scene))
    var data: [(id: String, json: String)] = []
    if let scene {
      data.append(("scene", try scene.json()))
      if let image = try SceneImage(of: board.assessed.patientCase) {
        data.append(("image", try image.json()))
      }
    }
    data.append(("words", String(decoding: try Self.encoder.encode(parts.words), as: UTF8.self)))
    let scripts = data.map {
      "<script type=\"application/json\" id=\"\($0.id)\">\(PageText.script($0.json))</script>\n"
    }
    return PageFile(
      title: report.title, language: parts.words["language"] ?? "en", style: parts.style,
      script: parts.script, body: body, data: scripts.joined()
    ).html(digest: digest)
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  private func page(_ parts: PageParts, _ scene: SceneDocument?) throws -> PageContext {
    let ids = report.lesions.map(\.lesion)
    let anchors = Dictionary(
      ids.enumerated().map { ($0.element, "lesion-\($0.offset + 1)") },
      uniquingKeysWith: { first, _ in first })
    let maker = BlockMaker(
      words: parts.words, sources: Set(report.sources.map(\.key)), anchors: anchors)
    let drawn = Set(scene?.lesions.map(\.id) ?? [])
    let interventions = try interventions(anchors, parts)
    return PageContext(
      words: parts.words, title: report.title, advice: report.advice.text,
      adviceTone: "\(report.advice.tone)",
      facts: report.facts.map { .init(factName: $0.name, factValue: $0.value) },
      boardColumns: BoardReport.Column.allCases.map { column in
        .init(
          columnName: column.rawValue,
          boardParts: report.areas.filter { $0.column == column }.map { area in
            .init(areaName: area.name, areaSections: area.sections.map { maker.section($0, heading: "h2") })
          })
      }, hasLesions: !report.lesions.isEmpty, hasScene: scene != nil,
      sceneNote: scene.map {
        (parts.words["sceneNote"] ?? "").replacingOccurrences(
          of: "{n}", with: Figures.number($0.toleranceMM, digits: 2))
      },
      lesions: report.lesions.map { lesion in
        self.lesion(
          lesion, anchors[lesion.lesion] ?? "", maker, interventions[lesion.lesion] ?? [],
          hasViews: drawn.contains(PageText.visible(lesion.lesion)))
      },
      chapters: report.chapters.map { chapter in
        PageContext.Chapter(
          chapterAnchor: chapter.anchor, chapterTitle: chapter.title, chapterLink: chapter.link,
          chapterSections: chapter.sections.map { maker.section($0) },
          chapterDetail: chapter.detail.isEmpty
            ? nil
            : .init(
              detailTitle: parts.words["allReasons"] ?? "",
              detailSections: chapter.detail.map { maker.section($0) }))
      },
      bibliography: report.sources.map { .init(key: $0.key, sourceMark: $0.mark, sourceText: $0.text) },
      provenance: report.provenance.map { maker.section($0) }, notice: notice)
  }

  private func lesion(
    _ lesion: BoardReport.LesionChapter, _ anchor: String, _ maker: BlockMaker,
    _ interventions: [PageContext.Intervention], hasViews: Bool
  ) -> PageContext.LesionEntry {
    PageContext.LesionEntry(
      lesionAnchor: anchor, lesionName: lesion.lesion, lesionPlace: lesion.place, planText: lesion.plan,
      hasViews: hasViews, remarkLines: lesion.remarks.map { maker.line($0) },
      therapies: lesion.therapies.map { therapy in
        .init(
          therapyAnchor: "\(anchor)-\(therapy.word)", therapyTone: "\(therapy.cell.tone)",
          therapySign: therapy.cell.sign, therapyTitle: therapy.title, verdictText: therapy.verdict,
          isChosen: therapy.cell.isChosen, reasonLines: therapy.cell.reasons.map { maker.line($0) })
      },
      lesionSections: lesion.parts.map { part in
        .init(partTitle: part.title, partSections: part.sections.map { maker.section($0, heading: "h4") })
      }, interventions: interventions)
  }

  /// Up to so many lesions each has the intervention page of every energy.
  private static let mostWithAllPages = 12

  /// A page that is to be drawn.
  private struct Sheet: Sendable {
    let lesion: String
    let place: String
    let title: String
    let page: InterventionPage
  }

  /// The printable pages of all lesions' ablations, by lesion; drawn side by side, for drawing is half of a report's time.
  private func interventions(
    _ anchors: [String: String], _ parts: PageParts
  ) throws -> [String: [PageContext.Intervention]] {
    let sheets = report.lesions.flatMap { self.sheets($0, anchors[$0.lesion] ?? "", parts) }
    let drawn = try Workers.map(sheets.count) { try sheets[$0].page.fragment(parts, at: sheets[$0].place) }
    var pages: [String: [PageContext.Intervention]] = [:]
    for (sheet, page) in zip(sheets, drawn) {
      pages[sheet.lesion, default: []].append(
        PageContext.Intervention(
          interventionAnchor: sheet.place, interventionTitle: sheet.title, interventionPage: page))
    }
    return pages
  }

  /// The printable pages of a lesion's ablations.
  private func sheets(_ lesion: BoardReport.LesionChapter, _ anchor: String, _ parts: PageParts) -> [Sheet] {
    let assignment = board[.patient]?.patientPlan?.recommended.assignments.first {
      $0.lesion == lesion.lesion
    }
    let chosen = assignment.flatMap { assignment in
      board[.patient].flatMap { InterventionPage(chosen: assignment, in: $0, notice: notice) }
    }
    let energy = assignment?.ablation?.energy
    var pages = chosen.map { [(energy: energy, page: $0)] } ?? []
    // Of many lesions the page holds what the plan chooses; the files of plan --pages hold all.
    if let dossier = board[.ablation], report.lesions.count <= Self.mostWithAllPages {
      let planned = dossier.ablationPlan?.lesions.first { $0.lesion == lesion.lesion }?.proposals ?? []
      pages += planned.filter { chosen == nil || $0.energy != energy }.compactMap { proposal in
        InterventionPage(dossier, lesion: lesion.lesion, energy: proposal.energy, notice: notice).map {
          (proposal.energy, $0)
        }
      }
    }
    return pages.map { entry in
      let isChosen = chosen != nil && entry.energy == energy
      let title = "\(parts.words["interventionPage"] ?? ""), \(entry.energy?.title ?? "")"
      return Sheet(
        lesion: lesion.lesion, place: "\(anchor)-\(entry.energy?.rawValue ?? "")-page",
        title: title + (isChosen ? " (\(parts.words["chosen"] ?? ""))" : ""), page: entry.page)
    }
  }
}
