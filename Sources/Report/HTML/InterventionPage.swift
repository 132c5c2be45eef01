// SPDX-License-Identifier: Apache-2.0
public import Foundation
internal import Ablation
internal import Cases
public import Planning
public import Vocabulary

/// One lesion by one energy on a printable page for the room of the intervention.
///
/// From top to bottom: whose plan it is, two figures (the axial plane, and the plane that holds the needle), what is set at
/// the scanner, what lies on the needle path, zone and margin, what to prepare, boxes for the team. It reads in black and
/// white, its text wraps by itself, and it never holds a name.
public struct InterventionPage: Sendable {
  private let content: InterventionContent
  private let notice: String

  /// The page of a planned lesion; `nil` when the dossier holds no such proposal or the lesion no body.
  ///
  /// - Parameters:
  ///   - dossier: with a plan of ablation.
  ///   - lesion: the lesion's id.
  ///   - energy: one of the plan's energies.
  ///   - notice: what the program is and is not; it stands at the foot.
  public init?(_ dossier: Dossier, lesion: String, energy: Modality, notice: String) {
    guard let content = InterventionContent(dossier, lesion: lesion, energy: energy) else { return nil }
    self.content = content
    self.notice = notice
  }

  /// The page of the ablation that a plan of the patient chose; `nil` where it chose none for that lesion.
  init?(chosen assignment: PlanAssignment, in dossier: Dossier, notice: String) {
    guard let energy = assignment.ablation?.energy,
      let content = InterventionContent(
        dossier, lesion: assignment.lesion, energy: energy, chosen: assignment)
    else { return nil }
    self.content = content
    self.notice = notice
  }

  /// The page as a file of its own.
  ///
  /// - Parameter digest: SHA-256 in base64, by which the page allows its own style and nothing else.
  /// - Throws: `PageParts.Defect` where a built-in file is missing, which is a defect of the build.
  public func html(digest: (Data) -> String) throws -> String {
    let parts = try PageParts()
    let title = PageText.escaped("\(content.title), lesion \(content.lesion.id)")
    return """
      <!doctype html>
      <html lang="\(PageText.escaped(parts.words["language"] ?? "en"))">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-\(digest(Data(parts.style.utf8)))'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>\(parts.style)</style>
      </head>
      <body class="single"><main>
      \(try parts.rendered("intervention", context("", heading: "h1", parts.words)))
      </main></body>
      </html>

      """
  }

  /// The page as a part of a report.
  ///
  /// - Parameter place: where it stands in the report, unique there: names within its drawings must be.
  func fragment(_ parts: PageParts, at place: String) throws -> String {
    try parts.rendered("intervention", context(place, heading: "h4", parts.words))
  }

  private func context(_ place: String, heading: String, _ words: [String: String]) -> InterventionContext {
    let side = 360.0
    let axial = PlaneScene.axial(content, corner: .zero, side: side)
    let along = PlaneScene.alongNeedle(content, corner: .zero, side: side)
    func figure(_ scene: PlaneScene, _ name: String, _ caption: String) -> InterventionContext.Figure {
      .init(
        drawing: SVGShape.document(
          SIMD2(side, side), title: caption, PlaneDrawing(scene, id: "\(name)\(place)").elements),
        caption: caption)
    }
    let refusals = content.refusals
    return InterventionContext(
      words: words, pageHeading: heading, blockHeading: heading == "h1" ? "h2" : "h5",
      pageTitle: content.title,
      whose:
        "Patient \(content.dossier.patientCase.patientID ?? "(no ID)") · lesion \(content.lesion.id) · \(content.place) · \(content.size)",
      zoneWords: content.zoneWords,
      basis:
        "Protocol \(content.dossier.careProtocol.name) · case \(content.dossier.caseHash.prefix(12))",
      verdictRuns: content.verdict.map(InterventionContext.Run.init),
      figures: [figure(axial, "axial", content.axialCaption)]
        + (along.map { [figure($0, "needle", content.needleCaption)] } ?? []),
      noPath: along == nil ? .init(why: refusals.why, counts: refusals.counts) : nil,
      key: PageLegend(hasIce: content.proposal.isotherm != nil).entries.map {
        .init(swatch: $0.swatch, keyText: $0.text)
      },
      blocks: content.blocks.map(InterventionContext.Block.init), boxes: content.boxes, pageNotice: notice)
  }
}

/// An intervention page as its template asks for it.
struct InterventionContext {
  let words: [String: String]
  let pageHeading: String
  let blockHeading: String
  let pageTitle: String
  let whose: String
  let zoneWords: String
  let basis: String
  let verdictRuns: [Run]
  let figures: [Figure]
  let noPath: NoPath?
  let key: [Key]
  let blocks: [Block]
  let boxes: [String]
  let pageNotice: String

  struct Run {
    let runText: String
    let isBold: Bool

    init(_ run: InterventionItem.Run) {
      runText = run.text
      isBold = run.isBold
    }
  }

  struct Figure {
    let drawing: String
    let caption: String
  }

  /// In place of the second figure: why there is no needle path.
  struct NoPath {
    let why: String
    let counts: [String]
  }

  struct Key {
    let swatch: String
    let keyText: String
  }

  struct Block {
    let blockTitle: String
    let items: [Item]

    init(_ block: InterventionContent.Block) {
      blockTitle = block.title
      items = block.items.map { item in
        switch item {
        case .words(let runs): Item(runs: runs.map(Run.init), itemTable: nil)
        case .table(let table): Item(runs: [], itemTable: TableContext(table, title: block.title))
        }
      }
    }
  }

  struct Item {
    let runs: [Run]
    let itemTable: TableContext?
  }
}
