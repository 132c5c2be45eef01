// SPDX-License-Identifier: Apache-2.0
extension Region {
  /// A region of rings that are known to be simple and neither to cross nor to overlap, as iso-lines are.
  ///
  /// A ring within an odd number of others is a hole of the least of them; nothing is validated, so rings from
  /// files go through `evenOdd` instead. Empty for no rings.
  public init(nesting rings: [Contour]) {
    guard rings.count > 1 else {
      self.init(polygons: rings.map { PlanarPolygon(outer: $0, holes: []) })
      return
    }
    let areas = rings.map { abs($0.doubledSignedArea) }
    let boxes = rings.map { ring in
      ring.points.reduce((ring.points[0], ring.points[0])) {
        (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
      }
    }
    // The larger rings around each ring: the number tells hole from area, the least of them is its owner.
    var owners = [Int?](repeating: nil, count: rings.count)
    var depths = [Int](repeating: 0, count: rings.count)
    for i in rings.indices {
      // The middle of an edge, since iso-lines may share a corner with their neighbour.
      let probe = (rings[i].points[0] + rings[i].points[1]) / 2
      for j in rings.indices where areas[j] > areas[i] && j != i {
        let (low, high) = boxes[j]
        guard probe.x >= low.x, probe.x <= high.x, probe.y >= low.y, probe.y <= high.y,
          rings[j].encloses(probe)
        else { continue }
        depths[i] += 1
        if owners[i].map({ areas[j] < areas[$0] }) ?? true { owners[i] = j }
      }
    }
    var holes: [Int: [Contour]] = [:]
    for i in rings.indices where depths[i] % 2 == 1 {
      if let owner = owners[i] { holes[owner, default: []].append(rings[i]) }
    }
    self.init(
      polygons: rings.indices.filter { depths[$0] % 2 == 0 }.map {
        PlanarPolygon(outer: rings[$0], holes: holes[$0] ?? [])
      })
  }
}
