// SPDX-License-Identifier: Apache-2.0
package import PlanarGeometry
internal import Vocabulary

/// The patient's body as a whole.
package enum BodyOutline {
  /// The contoured outline; else what the skin's outer contours enclose; `nil` when neither is there.
  ///
  /// Holes are filled plane by plane: what lies within the body is a cavity, not outside.
  package static func of(_ structures: [Structure]) throws(GEOSError) -> Solid? {
    let outline =
      structures.first { $0.name.role == .external } ?? structures.first { $0.name.role == .skin }
    guard let solid = outline?.solid else { return nil }
    var slabs: [Slab] = []
    for slab in solid.slabs {
      slabs.append(
        Slab(z: slab.z, lower: slab.lower, upper: slab.upper, region: try slab.region.filled()))
    }
    return Solid(slabs: slabs, endCap: solid.endCap, nominalSpacing: solid.nominalSpacing, gaps: solid.gaps)
  }
}
