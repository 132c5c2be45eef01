// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import PlanarGeometry
package import Quantities

/// A point of a body that stands for a small part of its volume.
package struct BodySample: Sendable {
  package let place: SIMD3<Double>
  package let cubicMillimeters: Double
}

extension Solid {
  /// The body as cubes' middles, each with the volume the body covers of its cube.
  ///
  /// Slabs thinner than a cube stand together: the middle one's section for all of them, with their volume.
  ///
  /// - Parameter step: the cubes' side.
  package func samples(step: Length) -> [BodySample] {
    let side = step.millimeters
    guard let lattice = PlanarLattice(origin: .zero, spacing: SIMD2(side, side)) else { return [] }
    let work = bundles(side)
    return Workers.map(work.count) { index in
      let bundle = work[index]
      var samples: [BodySample] = []
      var coverage = CellCoverage()
      let layers = max(1, Int((bundle.height / side).rounded()))
      let thickness = bundle.height / Double(layers)
      coverage.fill(with: bundle.region, on: lattice)
      for layer in 0..<layers {
        let z = bundle.lower + (Double(layer) + 0.5) * thickness
        func add(_ column: Int, _ row: Int, _ share: Double, _ centre: SIMD2<Double>) {
          samples.append(
            BodySample(
              place: SIMD3((Double(column) + centre.x) * side, (Double(row) + centre.y) * side, z),
              cubicMillimeters: share * side * side * thickness * bundle.scale))
        }
        for cell in coverage.edgeCells { add(cell.column, cell.row, cell.share, cell.centroid) }
        for run in coverage.fullRuns {
          for column in run.columns { add(column, run.row, 1, SIMD2(0.5, 0.5)) }
        }
      }
      return samples
    }.flatMap(\.self)
  }

  /// Slabs one upon another: both lungs, whose slabs stand side by side, are two stacks.
  private var stacks: [[Slab]] {
    var stacks: [[Slab]] = []
    for slab in slabs.sorted(by: { ($0.lower, $0.upper) < ($1.lower, $1.upper) }) {
      let below = stacks.indices.filter { abs((stacks[$0].last?.upper ?? .infinity) - slab.lower) < 1e-6 }
      let nearest = below.map { ($0, stacks[$0].last.map { Self.shared($0.region, slab.region) } ?? 0) }
        .max { $0.1 < $1.1 }
      if let nearest, nearest.1 > 0 {
        stacks[nearest.0].append(slab)
      } else {
        stacks.append([slab])
      }
    }
    return stacks
  }

  /// The area of the box that two regions' boxes have in common.
  private static func shared(_ a: Region, _ b: Region) -> Double {
    guard let a = a.bounds, let b = b.bounds else { return 0 }
    let side = pointwiseMin(a.high, b.high) - pointwiseMax(a.low, b.low)
    return side.x > 0 && side.y > 0 ? side.x * side.y : 0
  }

  /// Slabs of a stack that are about as high as a cube together.
  private struct Bundle {
    let lower: Double
    let height: Double
    /// The middle slab's.
    let region: Region
    /// The volume of all over what they would have with that region throughout.
    let scale: Double

    init(_ slab: Slab) {
      (lower, height, region, scale) = (slab.lower, slab.upper - slab.lower, slab.region, 1)
    }

    /// `nil` where the middle section is no more than a sliver of the whole.
    init?(_ slabs: ArraySlice<Slab>) {
      guard let first = slabs.first, let last = slabs.last else { return nil }
      let middle = first.lower + last.upper
      let offset = { (slab: Slab) in abs(slab.lower + slab.upper - middle) }
      guard let kept = slabs.min(by: { offset($0) < offset($1) }) else { return nil }
      let volume = slabs.reduce(0) { $0 + $1.region.area.squareMillimeters * ($1.upper - $1.lower) }
      let area = kept.region.area.squareMillimeters
      (lower, height, region) = (first.lower, last.upper - first.lower, kept.region)
      guard area * height > 0.5 * volume else { return nil }
      scale = volume / (area * height)
    }
  }

  private func bundles(_ side: Double) -> [Bundle] {
    var bundles: [Bundle] = []
    for stack in stacks {
      var start = 0
      while start < stack.count {
        let end =
          stack[(start + 1)...].firstIndex { ($0.lower + $0.upper) / 2 - stack[start].lower >= side }
          ?? stack.count
        let own = stack[start..<end]
        if own.count > 1, let bundle = Bundle(own) {
          bundles.append(bundle)
        } else {
          bundles += own.map { Bundle($0) }
        }
        start = end
      }
    }
    return bundles
  }
}
