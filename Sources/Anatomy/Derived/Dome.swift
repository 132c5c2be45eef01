// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// The rounded end of a body beyond its last plane: half an ellipsoid on a disc, its like on any outline.
///
/// At the height h·sin θ the outline is drawn in by r·(1 − cos θ), r being its inscribed radius; h is chosen so
/// that the dome has the volume of half a slab, which on a disc is 0.75 of the spacing.
enum Dome {
  /// Thin slabs of the dome, thinner towards the top.
  private static let steps = 12

  /// The dome as slabs by growing z.
  ///
  /// - Parameters:
  ///   - region: the end plane's area; each of its polygons gets a dome of its own.
  ///   - z: the end plane.
  ///   - spacing: the local spacing; negative for a dome that hangs below its plane.
  static func slabs(on region: Region, at z: Double, spacing: Double) -> [Slab] {
    guard spacing != 0, !region.isEmpty else { return [] }
    let angles = (0...steps).map { Double($0) / Double(steps) * Double.pi / 2 }
    // The outline of each step, drawn in at the middle of its height.
    let heights = angles.map { sin($0) }
    var outlines: [Region] = []
    for i in 0..<steps {
      let middle = (heights[i] + heights[i + 1]) / 2
      outlines.append(Dome.inset(region, share: 1 - (1 - middle * middle).squareRoot()))
    }
    let volume = zip(outlines, zip(heights, heights.dropFirst())).reduce(0.0) {
      $0 + $1.0.area.squareMillimeters * ($1.1.1 - $1.1.0)
    }
    guard volume > 0 else { return [] }
    let height = spacing / 2 * region.area.squareMillimeters / volume
    var slabs: [Slab] = []
    for i in 0..<steps where !outlines[i].isEmpty {
      let (a, b) = (z + height * heights[i], z + height * heights[i + 1])
      slabs.append(Slab(z: (a + b) / 2, lower: min(a, b), upper: max(a, b), region: outlines[i]))
    }
    return slabs.sorted { $0.z < $1.z }
  }

  /// Every polygon drawn in by a share of its own inscribed radius.
  ///
  /// By iso-lines of the planar distance: buffering an outline of pixels inwards takes seconds.
  private static func inset(_ region: Region, share: Double) -> Region {
    var polygons: [(outer: Contour, holes: [Contour])] = []
    for alone in region.polygonRegions {
      guard let bounds = alone.bounds else { continue }
      let size = bounds.high - bounds.low
      let step = min(1, max(0.02, min(size.x, size.y) / 80))
      guard
        let lattice = NodeLattice(covering: bounds.low - 2 * step, bounds.high + 2 * step, spacing: step)
      else { continue }
      let distances = alone.signedDistances(on: lattice, reach: min(size.x, size.y) / 2 + 2 * step)
      let radius = alone.inscribedRadius(near: distances, lattice)
      let part = distances.withUnsafeBufferPointer {
        IsoLines.region(below: Float(-share * radius), of: $0, on: lattice)
      }
      polygons += part.polygons.map { ($0.outer, $0.holes) }
    }
    return Region(storedPolygons: polygons)
  }
}
