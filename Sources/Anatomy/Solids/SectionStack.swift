// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// What a body is taken for between and beyond its planes.
public enum BodyModel: String, Sendable, Hashable {
  /// The slabs, as contoured: what clearances and histograms hold on to.
  case slabs
  /// The surface interpolated between planes by signed distance, its ends rounded: what margins hold on to.
  case interpolated
}

/// A body as planar signed distances at growing z, linear in between.
///
/// The body is where the distance is below zero. Each run of levels is one connected stretch of z; before its
/// first and after its last level there is nothing.
struct SectionStack: Sendable {
  /// A height and where its planar distances begin in `nodes`.
  struct Level: Sendable {
    let z: Double
    let start: Int
  }

  /// A section before it is put among the others.
  private struct Section: Sendable {
    let z: Double
    let distances: [Float]
  }

  let lattice: NodeLattice
  let runs: [[Level]]
  /// The planar distances of all levels, one after the other.
  let nodes: [Float]

  init(_ solid: Solid, as model: BodyModel, lattice: NodeLattice, reach: Double) {
    self.lattice = lattice
    let slabs = solid.slabs
    let fields = Workers.gather(slabs.count, into: { [(Int, [Float])]() }) { index, found in
      found.append((index, slabs[index].region.signedDistances(on: lattice, reach: reach)))
    }.flatMap(\.self).sorted { $0.0 < $1.0 }.map(\.1)
    switch model {
    case .slabs:
      // Slabs that touch share a plane of z where the section jumps; each has its own two levels.
      nodes = Array(fields.joined())
      runs = slabs.enumerated().map { index, slab in
        [
          Level(z: slab.lower, start: index * lattice.count),
          Level(z: slab.upper, start: index * lattice.count),
        ]
      }
    case .interpolated:
      let sections = Self.interpolated(solid, fields, lattice, reach)
      nodes = Array(sections.joined().map(\.distances).joined())
      var start = -lattice.count
      runs = sections.map { run in
        run.map { section in
          start += lattice.count
          return Level(z: section.z, start: start)
        }
      }
    }
  }

  private static func interpolated(
    _ solid: Solid, _ fields: [[Float]], _ lattice: NodeLattice, _ reach: Double
  ) -> [[Section]] {
    let slabs = solid.slabs
    // A stretch without slabs parts the stack: nothing is interpolated across it.
    var stretches: [[Int]] = []
    for index in slabs.indices {
      if index > 0, slabs[index].lower <= slabs[index - 1].upper + 1e-6 {
        stretches[stretches.count - 1].append(index)
      } else {
        stretches.append([index])
      }
    }
    let nominal = solid.nominalSpacing.millimeters
    return stretches.map { stretch in
      func spacing(_ a: Int, _ b: Int) -> Double { stretch.count > 1 ? slabs[b].z - slabs[a].z : nominal }
      let first = stretch[0]
      let last = stretch[stretch.count - 1]
      let below = spacing(first, stretch[min(1, stretch.count - 1)])
      let above = spacing(stretch[max(0, stretch.count - 2)], last)
      // Where the last planes tell how the body ends, they also tell how it bends before it ends.
      let bottom = shape(stretch.prefix(3).map { slabs[$0] })
      let top = shape(stretch.suffix(3).reversed().map { slabs[$0] })
      var levels = DomeField.levels(
        on: slabs[first].region.polygonRegions, at: slabs[first].z, spacing: -below,
        shape: bottom, lattice, reach
      ).reversed().map { Section(z: $0.z, distances: $0.distances) }
      for (a, b) in zip(stretch, stretch.dropFirst()) {
        levels.append(Section(z: slabs[a].z, distances: fields[a]))
        let domes = betweenPlanes(slabs[a], fields[a], slabs[b], fields[b], lattice, reach)
        levels += domes
        if domes.isEmpty, a > first || bottom != nil, b < last || top != nil, needsCurvature(solid) {
          levels.append(
            curvedMiddle(
              a > first ? (slabs[a - 1].z, fields[a - 1]) : nil, (slabs[a].z, fields[a]),
              (slabs[b].z, fields[b]), b < last ? (slabs[b + 1].z, fields[b + 1]) : nil))
        }
      }
      levels.append(Section(z: slabs[last].z, distances: fields[last]))
      levels += DomeField.levels(
        on: slabs[last].region.polygonRegions, at: slabs[last].z, spacing: above,
        shape: top, lattice, reach
      ).map { Section(z: $0.z, distances: $0.distances) }
      return levels
    }
  }

  /// The shape of the end that one part in each of the last planes tells, the last plane first.
  private static func shape(_ last: [Slab]) -> DomeShape? {
    guard last.allSatisfy({ $0.region.polygons.count == 1 }) else { return nil }
    return DomeShape(
      areas: last.map(\.region.area.squareMillimeters),
      spacings: zip(last, last.dropFirst()).map { abs($0.z - $1.z) })
  }

  /// Whether chords between planes would cut off more than 0.01 mm of a ball of the body's volume.
  private static func needsCurvature(_ solid: Solid) -> Bool {
    let spacing = solid.nominalSpacing.millimeters
    return spacing * spacing / (4 * max(0.1, solid.volume.equivalentSphereDiameter.millimeters)) > 0.01
  }

  /// A level half-way between two planes, curved as their neighbours say.
  ///
  /// The mean of the parabolas through three planes on either side; with a neighbour on both, that is the cubic.
  /// The bend is held to a tenth of the gap, so that sudden changes of shape do not swing over.
  private static func curvedMiddle(
    _ before: (z: Double, field: [Float])?, _ a: (z: Double, field: [Float]),
    _ b: (z: Double, field: [Float]),
    _ after: (z: Double, field: [Float])?
  ) -> Section {
    let gap = b.z - a.z
    let most = Float(0.1 * gap)
    var bends = [Float](repeating: 0, count: a.field.count)
    let neighbours = [before, after].compactMap(\.self)
    for neighbour in neighbours {
      // The second divided difference of three planes, whichever side the third lies.
      let (toA, toB) = (neighbour.z - a.z, neighbour.z - b.z)
      let weights = (Float(1 / (toA * toB)), Float(1 / (-gap * -toA)), Float(1 / (gap * -toB)))
      let scale = Float(gap * gap / 4 / Double(neighbours.count))
      for index in bends.indices {
        let difference =
          neighbour.field[index] * weights.0 + a.field[index] * weights.1 + b.field[index] * weights.2
        bends[index] -= difference * scale
      }
    }
    let values = a.field.indices.map { index in
      (a.field[index] + b.field[index]) / 2 + min(most, max(-most, bends[index]))
    }
    return Section(z: a.z + gap / 2, distances: values)
  }

  /// Levels between two planes where parts of either end there: interpolation alone would shrink them away.
  private static func betweenPlanes(
    _ a: Slab, _ fieldA: [Float], _ b: Slab, _ fieldB: [Float], _ lattice: NodeLattice, _ reach: Double
  ) -> [Section] {
    let upward = endingParts(of: a.region, fieldA, facing: fieldB, lattice)
    let downward = endingParts(of: b.region, fieldB, facing: fieldA, lattice)
    guard !(upward.isEmpty && downward.isEmpty) else { return [] }
    let gap = b.z - a.z
    let domes =
      [
        DomeField.levels(on: upward, at: a.z, spacing: gap, lattice, reach),
        DomeField.levels(on: downward, at: b.z, spacing: -gap, lattice, reach),
      ].map { $0.sorted { $0.z < $1.z } }
    let positions = Set(domes.flatMap { $0.map(\.z) }).filter { $0 > a.z && $0 < b.z }.sorted()
    return positions.map { z in
      let share = Float((z - a.z) / gap)
      var values = zip(fieldA, fieldB).map { $0 + ($1 - $0) * share }
      for dome in domes {
        guard let above = dome.firstIndex(where: { $0.z >= z }), dome[above].z == z || above > 0 else {
          continue
        }
        let upper = dome[above]
        let lower = dome[max(0, above - 1)]
        let part = upper.z > lower.z ? Float((z - lower.z) / (upper.z - lower.z)) : 0
        for index in values.indices {
          let distance = lower.distances[index] + (upper.distances[index] - lower.distances[index]) * part
          values[index] = min(values[index], distance)
        }
      }
      return Section(z: z, distances: values)
    }
  }

  /// The polygons of a plane that nothing in the neighbouring plane continues.
  private static func endingParts(
    of region: Region, _ own: [Float], facing other: [Float], _ lattice: NodeLattice
  ) -> [Region] {
    let overlaps = zip(own, other).contains { $0 < 0 && $1 < 0 }
    guard region.polygons.count > 1 else {
      return overlaps || touches(region, other, lattice) ? [] : [region]
    }
    return region.polygonRegions.filter { part in
      let distances = part.signedDistances(on: lattice, reach: lattice.spacing)
      return !zip(distances, other).contains { $0 < 0 && $1 < 0 } && !touches(part, other, lattice)
    }
  }

  /// Whether a part too small to have a node inside lies beside the other section.
  private static func touches(_ part: Region, _ other: [Float], _ lattice: NodeLattice) -> Bool {
    guard let centre = part.centroid else { return true }
    let place = ((centre - lattice.origin) / lattice.spacing).rounded(.toNearestOrAwayFromZero)
    let (column, row) = (Int(place.x), Int(place.y))
    guard column >= 0, row >= 0, column < lattice.columns, row < lattice.rows else { return false }
    return other[row * lattice.columns + column] < 0
  }
}

extension Region {
  /// Each polygon as a region of its own.
  var polygonRegions: [Region] {
    polygons.count == 1 ? [self] : polygons.map { Region(storedPolygons: [($0.outer, $0.holes)]) }
  }
}
