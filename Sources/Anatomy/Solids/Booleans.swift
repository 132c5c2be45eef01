// SPDX-License-Identifier: Apache-2.0
public import PlanarGeometry
internal import Quantities

extension Solid {
  /// The body that two solids make together.
  ///
  /// - Throws: `GEOSError` when a planar operation fails.
  public func union(_ other: Solid) throws(GEOSError) -> Solid? {
    try combined(with: other) { a, b throws(GEOSError) in
      a.isEmpty ? b : b.isEmpty ? a : try a.union(b)
    }
  }

  /// What two solids share; `nil` when that is nothing.
  public func intersection(_ other: Solid) throws(GEOSError) -> Solid? {
    try combined(with: other) { a, b throws(GEOSError) in
      a.isEmpty || b.isEmpty ? .empty : try a.intersection(b)
    }
  }

  /// What is left of this solid without the other; `nil` when that is nothing.
  public func subtracting(_ other: Solid) throws(GEOSError) -> Solid? {
    try combined(with: other) { a, b throws(GEOSError) in
      a.isEmpty || b.isEmpty ? a : try a.subtracting(b)
    }
  }

  /// Combines slab by slab, cut wherever either stack has an end of a slab; exact for the slabs.
  ///
  /// A new slab keeps the plane of this solid's slab where it lies within, else the other's, else its middle. The
  /// result is no stack of contours any more: its end cap is `voxels`, and stays.
  private func combined(
    with other: Solid, _ operation: (Region, Region) throws(GEOSError) -> Region
  ) throws(GEOSError) -> Solid? {
    let cuts = Set((slabs + other.slabs).flatMap { [$0.lower, $0.upper] }).sorted()
    var result: [Slab] = []
    for (low, high) in zip(cuts, cuts.dropFirst()) {
      // Ends that differ by rounding only enclose nothing.
      guard high - low > 1e-9 else { continue }
      let middle = (low + high) / 2
      let mine = slabs.first { $0.lower <= middle && middle <= $0.upper }
      let theirs = other.slabs.first { $0.lower <= middle && middle <= $0.upper }
      let region = try operation(mine?.region ?? .empty, theirs?.region ?? .empty)
      guard !region.isEmpty else { continue }
      // A plane on a cut belongs to neither side: two slabs of one height would cancel in a file.
      let z = [mine?.z, theirs?.z].compactMap(\.self).first { low < $0 && $0 < high } ?? middle
      result.append(Slab(z: z, lower: low, upper: high, region: region))
    }
    return Solid(
      slabs: result, endCap: .voxels, nominalSpacing: min(nominalSpacing, other.nominalSpacing), gaps: [])
  }
}
