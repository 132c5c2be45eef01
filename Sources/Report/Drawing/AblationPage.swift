// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Cases
internal import Foundation
public import Planning
internal import Quantities
public import Vocabulary

/// One lesion by one energy on one printable page (A4 upright, SVG) for the room of the intervention.
///
/// From top to bottom: whose plan it is, two figures (the axial plane, and the plane that holds the needle), what is set at
/// the scanner, what lies on the needle path, zone and margin, what to prepare, boxes for the team. It reads in black and white.
/// Lists that have no room say how many entries stand in the plan's text only. It never holds a name.
public struct AblationPage {
  private let content: AblationPageContent
  private let notice: String

  private static let size = SIMD2(794.0, 1123.0)
  private static let edge = 28.0
  private static let gap = 10.0
  private static var width: Double { size.x - 2 * edge }
  private static var column: Double { (width - gap) / 2 }
  private static var right: Double { edge + column + gap }

  /// The page of a planned lesion; `nil` when the dossier holds no such proposal or the lesion no body.
  ///
  /// - Parameters:
  ///   - dossier: with a plan of ablation.
  ///   - lesion: the lesion's id.
  ///   - energy: one of the plan's energies.
  ///   - notice: what the program is and is not; it stands at the foot.
  public init?(_ dossier: Dossier, lesion: String, energy: Modality, notice: String) {
    guard let content = AblationPageContent(dossier, lesion: lesion, energy: energy) else { return nil }
    self.content = content
    self.notice = notice
  }

  /// The SVG document: 794 by 1123 points, an A4 sheet at 96 points an inch.
  public var svg: String {
    var parts: [String] = []
    let (head, figuresTop) = head()
    parts += head
    let (figures, textTop) = figures(figuresTop)
    parts += figures
    let (foot, textBottom) = foot()
    parts += text(from: textTop, to: textBottom)
    parts += foot
    return SVGShape.document(
      Self.size, printed: SIMD2(210, 297),
      title: "Ablation plan of lesion \(content.lesion.id), \(content.proposal.energy.title)", parts)
  }

  // MARK: Head

  private func head() -> ([String], Double) {
    let left = Self.edge
    var parts: [String] = []
    var y = Self.edge
    func add(_ runs: [SVGText.Run], size: Double, width: Double = Self.width) {
      for line in SVGText.lines(runs, size: size, width: width) {
        parts.append(SVGText.element(line, at: SIMD2(left, y + size), size: size))
        y += size * 1.26
      }
    }
    let banner = ["PLAN – to be confirmed on the planning scan;", "informs, no medical device"]
    let wide = 258.0
    let corner = Self.size.x - Self.edge - wide
    parts.append(rectangle(SIMD2(corner, y), SIMD2(wide, 34), stroke: 1.4))
    for (index, line) in banner.enumerated() {
      parts.append(
        SVGText.element(
          line, at: SIMD2(corner + wide / 2, y + 14 + Double(index) * 13), size: 10.5, bold: true,
          anchor: "middle"))
    }
    let narrow = corner - left - 12
    add([.init("Ablation plan, \(content.proposal.energy.title)", bold: true)], size: 17, width: narrow)
    let patient = content.dossier.patientCase.patientID ?? "(no ID)"
    add(
      [
        .init(
          "Patient \(patient) · lesion \(content.lesion.id) · \(content.place) · \(content.size)", bold: true)
      ], size: 12.5, width: narrow)
    y = max(y, Self.edge + 38)
    add([.init(content.zoneWords)], size: 10.5)
    let careProtocol = content.dossier.careProtocol
    add(
      [
        .init(
          "Protocol \(careProtocol.name) · case \(content.dossier.caseHash.prefix(12)) · sources: in the plan's text"
        )
      ] + content.verdict, size: 9)
    return (parts, y + 5)
  }

  // MARK: Figures

  private func figures(_ top: Double) -> ([String], Double) {
    let side = Self.column
    let scene = PlaneScene.axial(content, corner: SIMD2(Self.edge, top), side: side)
    var parts = PlaneDrawing(scene, id: "axial").elements
    let second = SIMD2(Self.right, top)
    if let along = PlaneScene.alongNeedle(content, corner: second, side: side) {
      parts += PlaneDrawing(along, id: "needle").elements
    } else {
      parts += noPath(second, side)
    }
    var bottom = top + side
    for (x, caption) in [(Self.edge, content.axialCaption), (Self.right, content.needleCaption)] {
      var y = top + side + 2
      for line in SVGText.lines([.init(caption)], size: 9, width: side) {
        parts.append(SVGText.element(line, at: SIMD2(x, y + 9), size: 9))
        y += 11
      }
      bottom = max(bottom, y)
    }
    parts += PageLegend(hasIce: content.proposal.isotherm != nil).elements(
      from: Self.edge, to: Self.size.x - Self.edge, y: bottom + 9)
    return (parts, bottom + 21)
  }

  /// In place of the second figure: why there is no needle path.
  private func noPath(_ corner: SIMD2<Double>, _ side: Double) -> [String] {
    let (why, counts) = content.refusals
    var parts = [rectangle(corner, SIMD2(side, side), stroke: 1)]
    let flow = PageFlow(
      columns: [corner.x + 12], width: side - 24, top: corner.y + 12, bottom: corner.y + side - 8, size: 10.5)
    let head: [PageItem] =
      [.heading("No needle path to the lesion"), .words([.init(why)])]
      + (counts.isEmpty
        ? [] : [.words([.init("Directions refused (one may count several times):", bold: true)])])
    for kept in stride(from: counts.count, through: 0, by: -1) {
      let more: [PageItem] = kept < counts.count ? [Self.more(counts.count - kept)] : []
      if let drawn = flow.elements(head + counts.prefix(kept).map { .words([.init($0)]) } + more) {
        parts += drawn
        break
      }
    }
    return parts
  }

  // MARK: Text

  private static func more(_ count: Int) -> PageItem {
    .words([.init("… \(count) more in the plan's text", bold: true)])
  }

  /// The blocks of text, in letters as large as have room.
  private func text(from top: Double, to bottom: Double) -> [String] {
    let fixed = fixedItems
    let lists = content.lists
    let total = lists.map(\.items.count).reduce(0, +)
    func flow(_ size: Double) -> PageFlow {
      PageFlow(
        columns: [Self.edge, Self.right], width: Self.column, top: top, bottom: bottom, size: size)
    }
    let sizes = [12, 11.5, 11, 10.5, 10, 9.5, 9]
    // What is prepared has a column of its own where that leaves letters large enough.
    let ways = sizes.filter { $0 > 10 }.map { ($0, true) } + sizes.map { ($0, false) }
    for (size, beginsColumn) in ways {
      let items = fixed + listItems(lists, keep: total, beginsColumn: beginsColumn)
      if let drawn = flow(size).elements(items) { return drawn }
    }
    let least = flow(sizes[sizes.count - 1])
    for kept in stride(from: total, through: 0, by: -1) {
      if let drawn = least.elements(fixed + listItems(lists, keep: kept)) { return drawn }
    }
    // More applicators than a page has room for: what cannot stand here is counted.
    let rest = listItems(lists, keep: 0)
    for kept in stride(from: fixed.count, through: 0, by: -1) {
      let items = Array(fixed.prefix(kept)) + [Self.more(fixed.count - kept)] + rest
      if let drawn = least.elements(items) { return drawn }
    }
    return []
  }

  private var fixedItems: [PageItem] {
    var items: [PageItem] = [.heading("At the scanner")] + AblationPageScanner(content).items
    let applicators = content.proposal.applicators
    if !applicators.isEmpty { items.append(.heading("On the needle path")) }
    let met = applicators.map(content.met)
    if met.count == 1 {
      items += met[0].map { .words($0) }
    } else if let first = met.first {
      // One paragraph each, and what holds for all of them once, so that several have room.
      let shared = first.filter { item in met.allSatisfy { $0.contains(item) } }
      if !shared.isEmpty { items.append(Self.paragraph("All:", shared)) }
      for (index, own) in met.enumerated() {
        items.append(Self.paragraph("\(index + 1):", own.filter { !shared.contains($0) }))
      }
    }
    items.append(.heading("Zone and margin"))
    items += content.zoneItems.map { .words($0) }
    return items
  }

  /// Several items in one paragraph, parted by semicolons.
  private static func paragraph(_ lead: String, _ parts: [[SVGText.Run]]) -> PageItem {
    var runs = [SVGText.Run(lead, bold: true)]
    for (index, part) in parts.enumerated() {
      runs += part.dropLast()
      if let last = part.last {
        runs.append(.init(last.text + (index + 1 < parts.count ? ";" : ""), bold: last.isBold))
      }
    }
    return .words(runs)
  }

  /// The lists with so many entries in all, taken from each in turn, so that none loses more than the others.
  private func listItems(
    _ lists: [(title: String, items: [String])], keep: Int, beginsColumn: Bool = false
  ) -> [PageItem] {
    let order = lists.enumerated().flatMap { list, entry in entry.items.indices.map { (item: $0, list: list) }
    }
    .sorted { ($0.item, $0.list) < ($1.item, $1.list) }.prefix(keep)
    var items: [PageItem] = []
    for (index, list) in lists.enumerated() {
      let kept = order.count { $0.list == index }
      items.append(.heading(list.title))
      if index == 0 { items[0].beginsColumn = beginsColumn }
      items += list.items.prefix(kept).map { .words([.init($0)], bullet: "–") }
      if kept < list.items.count { items.append(Self.more(list.items.count - kept)) }
    }
    return items
  }

  // MARK: Foot

  private func foot() -> ([String], Double) {
    let lines = SVGText.lines([.init(notice)], size: 8.5, width: Self.width)
    let noticeTop = Self.size.y - 20 - Double(lines.count) * 11
    var parts = lines.enumerated().map { index, line in
      SVGText.element(line, at: SIMD2(Self.edge, noticeTop + 9 + Double(index) * 11), size: 8.5)
    }
    let y = noticeTop - 26
    let boxes = ["Planning scan in position", "margin confirmed", "coagulation", "consent"]
    let widths = boxes.map { SVGText.width($0, size: 11, bold: true) + 18 }
    let space = (Self.width - 24 - widths.reduce(0, +)) / Double(boxes.count - 1)
    var x = Self.edge + 12
    for (label, width) in zip(boxes, widths) {
      parts.append(SVGText.element(label, at: SIMD2(x, y + 15), size: 11, bold: true))
      parts.append(rectangle(SIMD2(x + width - 12, y + 5), SIMD2(12, 12), stroke: 1.2))
      x += width + space
    }
    parts.append(rectangle(SIMD2(Self.edge, y), SIMD2(Self.width, 22), stroke: 0.8))
    return (parts, y - 6)
  }

  private func rectangle(_ corner: SIMD2<Double>, _ size: SIMD2<Double>, stroke: Double) -> String {
    SVGShape.rectangle(.init(low: corner, high: corner + size), .init(width: stroke))
  }
}
