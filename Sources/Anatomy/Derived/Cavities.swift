// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry
internal import Quantities

/// Holes in a lung's or liver's planes: what to fill when its outer surface is asked for.
///
/// A nodule, a vessel or a bronchus left out of the contour is not the organ's surface and is filled. A dome
/// that rises into the lung shows as an island in its planes, opens to the outside below, and is surface: it is
/// kept. Kept are hole bodies that reach the outside and whose largest section exceeds 5 cm²; hilar vessels
/// and bronchi, which reach it too, are thinner (a heuristic).
enum Cavities {
  static let leastOrganSection = Area.squareMillimeters(500)

  /// The slabs with all other holes filled.
  static func filled(_ slabs: [Slab]) throws(GEOSError) -> [Slab] {
    var holes: [Hole] = []
    var outlines: [Region] = []
    for (index, slab) in slabs.enumerated() {
      let outline = try slab.region.filled()
      outlines.append(outline)
      guard slab.region.polygons.contains(where: { !$0.holes.isEmpty }) else { continue }
      let rest = try outline.subtracting(slab.region)
      for polygon in rest.polygons {
        holes.append(
          Hole(slab: index, region: Region(storedPolygons: [(polygon.outer, polygon.holes)])))
      }
    }
    guard !holes.isEmpty else {
      return zip(slabs, outlines).map { Slab(z: $0.z, lower: $0.lower, upper: $0.upper, region: $1) }
    }
    let kept = try keptHoles(holes, slabs, outlines)
    var result: [Slab] = []
    for (index, slab) in slabs.enumerated() {
      var region = outlines[index]
      for hole in kept where hole.slab == index { region = try region.subtracting(hole.region) }
      result.append(Slab(z: slab.z, lower: slab.lower, upper: slab.upper, region: region))
    }
    return result
  }

  private struct Hole {
    let slab: Int
    let region: Region
  }

  /// Holes of bodies that reach the outside and are as wide as an organ.
  private static func keptHoles(
    _ holes: [Hole], _ slabs: [Slab], _ outlines: [Region]
  ) throws(GEOSError) -> [Hole] {
    var open = [Bool](repeating: false, count: holes.count)
    var neighbours = [[Int]](repeating: [], count: holes.count)
    for (i, hole) in holes.enumerated() {
      for other in [hole.slab - 1, hole.slab + 1] {
        guard slabs.indices.contains(other), abs(facing(slabs, hole.slab, other)) < 1e-6 else {
          open[i] = true
          continue
        }
        if try !hole.region.subtracting(outlines[other]).isEmpty { open[i] = true }
        for (j, next) in holes.enumerated() where next.slab == other && j > i {
          if try !hole.region.intersection(next.region).isEmpty {
            neighbours[i].append(j)
            neighbours[j].append(i)
          }
        }
      }
    }
    var seen = [Bool](repeating: false, count: holes.count)
    var kept: [Hole] = []
    for start in holes.indices where !seen[start] {
      var body = [start]
      var next = 0
      seen[start] = true
      while next < body.count {
        for neighbour in neighbours[body[next]] where !seen[neighbour] {
          seen[neighbour] = true
          body.append(neighbour)
        }
        next += 1
      }
      let widest = body.map { holes[$0].region.area }.max() ?? .zero
      if body.contains(where: { open[$0] }), widest >= leastOrganSection {
        kept += body.map { holes[$0] }
      }
    }
    return kept
  }

  /// The empty space between two neighbouring slabs, in millimetres.
  private static func facing(_ slabs: [Slab], _ a: Int, _ b: Int) -> Double {
    a < b ? slabs[b].lower - slabs[a].upper : slabs[a].lower - slabs[b].upper
  }
}
