// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
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
  let dossier: Dossier
  let lesion: Lesion
  let measured: LesionMeasurements
  /// The plane's position in millimetres.
  let z: Double
  private let window: PlaneWindow

  private static let extentMM = 180.0
  private static let side = 720.0
  private static let legendWidth = 330.0
  private static let letters = 12.0
  private static let shownClearances = 5
  private static let offPlaneMM = 2.5

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
    window = PlaneWindow(
      corner: .zero, side: Self.side, around: SIMD2(centre.x, centre.y), extent: Self.extentMM)
  }

  /// The SVG document.
  public var svg: String {
    var labels = PlaneLabels(window, size: Self.letters)
    let frame = labels.frame(("R", "L", "front", "back"))
    let shapes = visible
    let specimens = specimens
    let own = lesion.body.flatMap { slab(of: $0.solid) }?.region
    for line in clearances { labels.placer.keepOff(pixel(line.from), pixel(line.to), by: 2) }
    if let box = own?.bounds {
      labels.placer.keepOff(.init(low: window.pixel(box.low), high: window.pixel(box.high)))
    }
    for ring in shapes.flatMap(\.region.rings) {
      for (a, b) in zip(ring.points, ring.points.dropFirst() + ring.points.prefix(1)) {
        labels.placer.avoid(window.pixel(a), window.pixel(b))
      }
    }
    var drawn = [SVGShape.rectangle(window.box, fill: "#f4f6f8", nil)]
    drawn += shapes.map { entry in
      SVGShape.path(window.path(entry.region), fill: entry.colour, opacity: 0.07, entry.stroke)
    }
    drawn += specimens.map { specimen in
      SVGShape.path(
        window.path(specimen.region), fill: Self.specimenColour, opacity: 0.18, stroke(of: specimen.lesion))
    }
    if let own {
      drawn.append(
        SVGShape.path(
          window.path(own), fill: Self.lesionColour, opacity: 0.85, .init(colour: "#7f0000", width: 1.5)))
    }
    drawn += clearanceLines(&labels) + names(shapes, &labels)
    let legend = PlaneFigureLegend(
      figure: self, structures: shapes, specimens: specimens.map(\.lesion), left: Self.side + 16,
      width: Self.legendWidth - 28, bottom: Self.side)
    return SVGShape.document(
      SIMD2(Self.side + Self.legendWidth, Self.side), title: "Axial plane through lesion \(lesion.id)",
      SVGShape.clipped(to: window.box, id: "view", drawn) + frame
        + [SVGShape.rectangle(window.box, .init(colour: "#555"))] + legend.elements)
  }

  static let lesionColour = "#c62828"
  private static let specimenColour = "#00695c"

  // MARK: Structures

  /// A contoured structure that the plane cuts inside the window.
  struct Shape {
    let structure: Structure
    let region: Region
    /// What of it is seen.
    let seen: Region
    let colour: String

    /// Its outline: dashed where it is derived.
    var stroke: SVGShape.Stroke {
      .init(colour: colour, width: 2, dash: structure.derivation == nil ? "" : "6 4")
    }
  }

  private var visible: [Shape] {
    var index = 0
    return dossier.patientCase.structures.compactMap { structure in
      guard structure.name.role != .other, let slab = slab(of: structure.solid),
        let seen = try? slab.region.intersection(window.area), !seen.isEmpty
      else { return nil }
      defer { index += 1 }
      return Shape(
        structure: structure, region: slab.region, seen: seen,
        colour: Self.palette[index % Self.palette.count])
    }
  }

  private static let palette = [
    "#1565c0", "#2e7d32", "#6a1b9a", "#ef6c00", "#00838f", "#ad1457", "#4e342e", "#37474f", "#9e9d24",
    "#283593", "#d84315", "#00695c", "#5d4037", "#7b1fa2", "#0277bd", "#558b2f",
  ]

  /// The smallest first: large ones have room elsewhere.
  private func names(_ shapes: [Shape], _ labels: inout PlaneLabels) -> [String] {
    var parts: [String] = []
    for entry in shapes.sorted(by: { $0.seen.area < $1.seen.area }) {
      parts +=
        entry.structure.name.role == .external
        ? labels.line("skin", of: entry.seen, colour: entry.colour)
        : labels.name(entry.structure.name.tg263, entry.seen, colour: entry.colour)
    }
    return parts
  }

  // MARK: Planned specimens

  /// Specimens that a planned resection takes, where the plane cuts them: this lesion's, and others'.
  private var specimens: [(lesion: String, region: Region)] {
    (dossier.resectionPlan?.lesions ?? []).compactMap { entry in
      guard let proposal = entry.proposal, proposal.choice.technique == .wedge,
        let piece = proposal.standard.piece, let slab = slab(of: piece)
      else { return nil }
      return (proposal.lesion, slab.region)
    }
  }

  /// A specimen's outline: dashed where it is another lesion's.
  func stroke(of specimen: String) -> SVGShape.Stroke {
    .init(colour: Self.specimenColour, width: 3, dash: specimen == lesion.id ? "" : "9 4")
  }

  private func slab(of solid: Solid) -> Slab? {
    solid.slabs.first { z >= $0.lower && z <= $0.upper && $0.upper > $0.lower }
  }

  // MARK: Clearances

  /// The least distance from the lesion to a structure, as a line.
  struct ClearanceLine {
    let name: String
    let distance: Length
    let from: SIMD3<Double>
    let to: SIMD3<Double>
    /// Whether an end lies off the plane.
    let isOffPlane: Bool
  }

  /// The least ones, the least first.
  var clearances: [ClearanceLine] {
    func line(_ name: String, _ distance: Length, _ from: SIMD3<Double>, _ to: SIMD3<Double>) -> ClearanceLine
    {
      ClearanceLine(
        name: name, distance: distance, from: from, to: to,
        isOffPlane: max(abs(from.z - z), abs(to.z - z)) > Self.offPlaneMM)
    }
    var all = measured.clearances.filter { ![.other, .lung, .lobe].contains($0.structure.role) }.map {
      line($0.structure.tg263, $0.clearance.distance, $0.clearance.from, $0.clearance.to)
    }
    if let depth = measured.pleuralDepth {
      all.append(
        line("pleura (\(measured.pleuralContainer?.tg263 ?? "lung"))", depth.nearest, depth.from, depth.to))
    }
    return Array(all.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(Self.shownClearances))
  }

  private func clearanceLines(_ labels: inout PlaneLabels) -> [String] {
    clearances.flatMap { line in
      let (a, b) = (pixel(line.from), pixel(line.to))
      return [
        SVGShape.line(a, b, .init(colour: "#111", width: 1.8, dash: line.isOffPlane ? "4 3" : "")),
        SVGShape.circle(b, radius: 3, fill: "#111", nil),
      ]
        // Away from the lesion, on the side the line points to.
        + labels.beside(
          "\(line.name) \(Figures.millimeters(line.distance))", b, from: 16, to: 130, towards: b - a,
          colour: "#111")
    }
  }

  private func pixel(_ place: SIMD3<Double>) -> SIMD2<Double> { window.pixel(SIMD2(place.x, place.y)) }
}
