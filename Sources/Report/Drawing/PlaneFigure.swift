// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import PlanarGeometry
public import Planning
internal import Quantities
internal import Resection
internal import Vocabulary

/// One axial plane through a lesion as SVG: structures outlined and named, the lesion filled, the least
/// clearances as lines with their millimetres, a scale bar, and the sides marked R and L.
///
/// Seen from the feet as radiologists do: the patient's right is on the left, front is up.
public struct PlaneFigure {
  private let dossier: Dossier
  private let lesion: Lesion
  private let measured: LesionMeasurements
  private let z: Double

  private static let halfWidthMM = 90.0
  private static let pixelsPerMM = 4.0
  private static let legendWidth = 330.0
  private static let shownClearances = 5
  private static let offPlaneMM = 2.5
  private static let side = 2 * halfWidthMM * pixelsPerMM

  /// A figure of a lesion, or `nil` when it has no body or the case does not have it.
  ///
  /// - Parameter z: the plane's position in millimetres; the lesion's centre by default.
  public init?(_ dossier: Dossier, lesion id: String, z: Double? = nil) {
    guard let lesion = dossier.patientCase.lesions.first(where: { $0.id == id }),
      let measured = dossier.measurements[lesion: id], let centre = measured.centroid
    else { return nil }
    self.dossier = dossier
    self.lesion = lesion
    self.measured = measured
    self.z = z ?? centre.z
  }

  /// The SVG document.
  public var svg: String {
    let size = Self.side
    var body: [String] = []
    body.append(#"<rect width="100%" height="100%" fill="white"/>"#)
    body.append(
      #"<clipPath id="view"><rect x="0" y="0" width="\#(f(size))" height="\#(f(size))"/></clipPath>"#)
    body.append(#"<g clip-path="url(#view)">"#)
    body.append(##"<rect x="0" y="0" width="\##(f(size))" height="\##(f(size))" fill="#f4f6f8"/>"##)
    body += structurePaths
    body += specimenPaths
    if let slab = slab(of: measured.solid(in: dossier), at: z) {
      body.append(
        ##"<path d="\##(path(slab.region))" fill="#c62828" fill-opacity="0.85" stroke="#7f0000" stroke-width="1.5" fill-rule="evenodd"/>"##
      )
    }
    var placed: [Label] = []
    body += clearanceLines(&placed)
    body += names(&placed)
    body.append("</g>")
    body += frame(size)
    body += legend(size)
    let width = size + Self.legendWidth
    return
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(f(width))" height="\#(f(size))" viewBox="0 0 \#(f(width)) \#(f(size))" font-family="Helvetica, Arial, sans-serif" role="img" aria-label="Axial plane through lesion \#(SVGText.escaped(lesion.id))">"#
      + "\n" + body.joined(separator: "\n") + "\n</svg>\n"
  }

  // MARK: Structures

  /// What is drawn: contoured structures that the plane cuts inside the view.
  private var visible: [(structure: Structure, region: Region, seen: Region, colour: String)] {
    let centre = measured.centroid ?? .zero
    let reach = SIMD2(Self.halfWidthMM, Self.halfWidthMM)
    let window = Region.rectangle(
      low: SIMD2(centre.x, centre.y) - reach, high: SIMD2(centre.x, centre.y) + reach)
    var index = 0
    return dossier.patientCase.structures.compactMap { structure in
      guard structure.name.role != .other, let slab = slab(of: structure.solid, at: z),
        let seen = try? slab.region.intersection(window), !seen.isEmpty
      else { return nil }
      defer { index += 1 }
      return (structure, slab.region, seen, Self.palette[index % Self.palette.count])
    }
  }

  private static let palette = [
    "#1565c0", "#2e7d32", "#6a1b9a", "#ef6c00", "#00838f", "#ad1457", "#4e342e", "#37474f", "#9e9d24",
    "#283593", "#d84315", "#00695c", "#5d4037", "#7b1fa2", "#0277bd", "#558b2f",
  ]

  private var structurePaths: [String] {
    visible.map { entry in
      let dash = entry.structure.derivation == nil ? "" : #" stroke-dasharray="6 4""#
      return
        #"<path d="\#(path(entry.region))" fill="\#(entry.colour)" fill-opacity="0.07" stroke="\#(entry.colour)" stroke-width="2" fill-rule="evenodd"\#(dash)/>"#
    }
  }

  // MARK: Planned specimens

  private static let specimenColour = "#00695c"

  /// Specimens that a planned resection takes, where the plane cuts them: this lesion's, and others'.
  private var specimens: [(proposal: ResectionProposal, region: Region)] {
    (dossier.resectionPlan?.lesions ?? []).compactMap { entry in
      guard let proposal = entry.proposal, proposal.choice.technique == .wedge,
        let slab = slab(of: proposal.standard.piece, at: z)
      else { return nil }
      return (proposal, slab.region)
    }
  }

  private var specimenPaths: [String] {
    specimens.map { specimen in
      let dash = specimen.proposal.lesion == lesion.id ? "" : #" stroke-dasharray="9 4""#
      return
        #"<path d="\#(path(specimen.region))" fill="\#(Self.specimenColour)" fill-opacity="0.18" stroke="\#(Self.specimenColour)" stroke-width="3" fill-rule="evenodd"\#(dash)/>"#
    }
  }

  /// What a planned resection says of this lesion.
  private var resectionWords: [String] {
    guard let plan = dossier.resectionPlan,
      let proposal = plan.lesions.first(where: { $0.lesion == lesion.id })?.proposal
    else { return [] }
    var words = [
      "\(ResectionWords.technique(proposal, in: plan)), margin \(Figures.millimeters(proposal.standard.margin))",
      "pleura \(Figures.millimeters(proposal.nearestPleura)) off"
        + (proposal.deepest.map { ", inner edge \(Figures.millimeters($0)) deep" } ?? ""),
    ]
    if proposal.choice.technique == .wedge, let volume = proposal.standard.wedge {
      words.append("specimen, the least: \(Figures.volume(volume))")
    }
    if let mark = proposal.localisation { words.append("marking: \(ResectionWords.mark(mark.answer))") }
    return words
  }

  private func slab(of solid: Solid?, at z: Double) -> Slab? {
    solid?.slabs.first { z >= $0.lower && z <= $0.upper && $0.upper > $0.lower }
  }

  // MARK: Names

  /// The structures' names where they can be read: inside the visible part, apart from one another.
  private func names(_ placed: inout [Label]) -> [String] {
    visible.compactMap { entry in
      guard entry.structure.name.role != .external, let point = anchor(entry.seen) else { return nil }
      let label = Label(
        text: entry.structure.name.tg263, at: pixel(point), size: 12, colour: entry.colour, anchor: "middle")
      guard !placed.contains(where: label.overlaps), label.isInside(Self.side) else { return nil }
      placed.append(label)
      return label.svg
    }
  }

  /// The middle of the largest visible part, or a point on its outline where the middle lies outside it.
  private func anchor(_ seen: Region) -> SIMD2<Double>? {
    let parts = seen.polygons.map { Region(storedPolygons: [($0.outer, $0.holes)]) }
    guard let largest = parts.max(by: { $0.area < $1.area }), let centre = largest.centroid else {
      return nil
    }
    guard !largest.contains(centre) else { return centre }
    let points = largest.polygons.flatMap(\.outer.points)
    return points.isEmpty ? nil : points[points.count / 3]
  }

  // MARK: Clearances

  private struct Line {
    let name: String
    let distance: Length
    let from: SIMD3<Double>
    let to: SIMD3<Double>
  }

  private var lines: [Line] {
    var all = measured.clearances.filter { ![.other, .lung, .lobe].contains($0.structure.role) }.map {
      Line(
        name: $0.structure.tg263, distance: $0.clearance.distance, from: $0.clearance.from,
        to: $0.clearance.to)
    }
    if let depth = measured.pleuralDepth {
      all.append(
        Line(
          name: "pleura (\(measured.pleuralContainer?.tg263 ?? "lung"))", distance: depth.nearest,
          from: depth.from, to: depth.to))
    }
    return Array(all.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(Self.shownClearances))
  }

  private func isOffPlane(_ line: Line) -> Bool {
    max(abs(line.from.z - z), abs(line.to.z - z)) > Self.offPlaneMM
  }

  private func clearanceLines(_ placed: inout [Label]) -> [String] {
    var result: [String] = []
    for line in lines {
      let a = pixel(SIMD2(line.from.x, line.from.y))
      let b = pixel(SIMD2(line.to.x, line.to.y))
      // Dashed where the nearest points lie off this plane.
      let dash = isOffPlane(line) ? #" stroke-dasharray="4 3""# : ""
      result.append(
        ##"<line x1="\##(f(a.x))" y1="\##(f(a.y))" x2="\##(f(b.x))" y2="\##(f(b.y))" stroke="#111" stroke-width="1.8"\##(dash)/>"##
      )
      result.append(
        ##"<circle cx="\##(f(b.x))" cy="\##(f(b.y))" r="3" fill="#111"/>"##)
      // Away from the lesion, on the side the line points to.
      let pointsLeft = b.x < a.x - 1
      var label = Label(
        text: "\(line.name) \(Figures.millimeters(line.distance))", at: b + SIMD2(pointsLeft ? -8 : 8, 4),
        size: 13, colour: "#111", anchor: pointsLeft ? "end" : "start")
      // Moved down until it covers no other label.
      while placed.contains(where: label.overlaps), label.at.y < Self.side { label.at.y += 15 }
      placed.append(label)
      result.append(label.svg)
    }
    return result
  }

  /// A text with a white edge, so that it can be read over outlines.
  private struct Label {
    let text: String
    var at: SIMD2<Double>
    let size: Double
    let colour: String
    let anchor: String

    private var left: Double {
      switch anchor {
      case "middle": at.x - width / 2
      case "end": at.x - width
      default: at.x
      }
    }
    private var width: Double { Double(text.count) * size * 0.56 }

    func overlaps(_ other: Label) -> Bool {
      left < other.left + other.width && other.left < left + width && abs(at.y - other.at.y) < size
    }

    func isInside(_ side: Double) -> Bool {
      left > 4 && left + width < side - 4 && at.y > 34 && at.y < side - 30
    }

    var svg: String {
      let x = Figures.number(at.x, digits: 1)
      let y = Figures.number(at.y, digits: 1)
      return
        #"<text x="\#(x)" y="\#(y)" font-size="\#(Int(size))" fill="\#(colour)" text-anchor="\#(anchor)" stroke="white" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round">\#(SVGText.escaped(text))</text>"#
    }
  }

  // MARK: Frame and legend

  private func frame(_ size: Double) -> [String] {
    let bar = 20 * Self.pixelsPerMM
    return [
      ##"<rect x="0.5" y="0.5" width="\##(f(size - 1))" height="\##(f(size - 1))" fill="none" stroke="#555"/>"##,
      #"<text x="14" y="\#(f(size / 2))" font-size="22" font-weight="bold">R</text>"#,
      #"<text x="\#(f(size - 28))" y="\#(f(size / 2))" font-size="22" font-weight="bold">L</text>"#,
      ##"<text x="\##(f(size / 2))" y="24" font-size="14" text-anchor="middle" fill="#333">front</text>"##,
      ##"<text x="\##(f(size / 2))" y="\##(f(size - 12))" font-size="14" text-anchor="middle" fill="#333">back</text>"##,
      ##"<line x1="20" y1="\##(f(size - 22))" x2="\##(f(20 + bar))" y2="\##(f(size - 22))" stroke="#111" stroke-width="4"/>"##,
      #"<text x="\#(f(20 + bar / 2))" y="\#(f(size - 30))" font-size="14" text-anchor="middle">20 mm</text>"#,
    ]
  }

  private func legend(_ size: Double) -> [String] {
    var result: [String] = []
    let x = size + 16
    var y = 30.0
    func line(_ text: String, _ fontSize: Int, _ attributes: String = "") {
      result.append(
        #"<text x="\#(f(x))" y="\#(f(y))" font-size="\#(fontSize)"\#(attributes)>\#(SVGText.escaped(text))</text>"#
      )
    }
    line("Lesion \(lesion.id)", 20, #" font-weight="bold""#)
    y += 22
    line(
      "\(LesionWords.place(lesion, measured)), longest axial \(LesionWords.size(lesion, measured))", 13)
    y += 18
    line("axial plane z = \(Figures.number(z, digits: 1)) mm, seen from the feet", 13, ##" fill="#444""##)
    if measured.modelled {
      y += 18
      line("body modelled from the stated size: distances are estimates", 12, ##" fill="#b00020""##)
    }
    if !resectionWords.isEmpty {
      y += 30
      line("Planned resection", 15, #" font-weight="bold""#)
      for words in resectionWords {
        y += 19
        line(words, 13)
      }
      for specimen in specimens {
        y += 19
        let dash = specimen.proposal.lesion == lesion.id ? "" : #" stroke-dasharray="9 4""#
        result.append(
          #"<line x1="\#(f(x))" y1="\#(f(y - 4))" x2="\#(f(x + 22))" y2="\#(f(y - 4))" stroke="\#(Self.specimenColour)" stroke-width="4"\#(dash)/>"#
        )
        result.append(
          #"<text x="\#(f(x + 30))" y="\#(f(y))" font-size="13">specimen for \#(SVGText.escaped(specimen.proposal.lesion))</text>"#
        )
      }
    }
    y += 30
    line("Least clearances", 15, #" font-weight="bold""#)
    for entry in lines {
      y += 20
      let note = isOffPlane(entry) ? " (off this plane)" : ""
      line("\(entry.name): \(Figures.millimeters(entry.distance))\(note)", 13)
    }
    y += 32
    line("Structures in this plane", 15, #" font-weight="bold""#)
    for entry in visible {
      y += 19
      let dash = entry.structure.derivation == nil ? "" : #" stroke-dasharray="5 3""#
      result.append(
        #"<line x1="\#(f(x))" y1="\#(f(y - 4))" x2="\#(f(x + 22))" y2="\#(f(y - 4))" stroke="\#(entry.colour)" stroke-width="3"\#(dash)/>"#
      )
      result.append(
        #"<text x="\#(f(x + 30))" y="\#(f(y))" font-size="13">\#(SVGText.escaped(entry.structure.name.tg263))\#(entry.structure.derivation == nil ? "" : " (derived)")</text>"#
      )
    }
    result.append(
      ##"<text x="\##(f(x))" y="\##(f(size - 14))" font-size="11" fill="#666">Informs a tumour board; no medical device.</text>"##
    )
    return result
  }

  // MARK: Coordinates

  private func pixel(_ p: SIMD2<Double>) -> SIMD2<Double> {
    let centre = measured.centroid ?? .zero
    return (p - SIMD2(centre.x, centre.y) + SIMD2(Self.halfWidthMM, Self.halfWidthMM)) * Self.pixelsPerMM
  }

  private func path(_ region: Region) -> String {
    region.rings.map { ring in
      let points = ring.points.map { point -> String in
        let p = pixel(point)
        return "\(f(p.x)) \(f(p.y))"
      }
      return "M" + points.joined(separator: "L") + "Z"
    }.joined()
  }

  private func f(_ x: Double) -> String { Figures.number(x, digits: 1) }
}

extension LesionMeasurements {
  fileprivate func solid(in dossier: Dossier) -> Solid? {
    dossier.patientCase.lesions.first { $0.id == id }?.body?.solid
  }
}
