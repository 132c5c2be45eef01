// SPDX-License-Identifier: Apache-2.0
internal import CGEOS

/// Rings of one plane that neither nest nor lie apart.
enum OverlappingRings {
  /// Sharing more than this of both areas, two rings are one drawn twice.
  private static let sameShare = 0.95
  /// Sharing more than this of the smaller area, it lies within the larger: a hole or an island.
  private static let nestedShare = 0.99
  /// Sharing less than this, they touch.
  private static let touchingShare = 0.005

  /// The polygons with repeats dropped and partial overlaps united.
  static func settle(
    _ polygons: [GEOSGeometry], _ rings: [Int], _ context: GEOSContext, _ repairs: inout [RegionRepair]
  ) throws(GEOSError) -> [GEOSGeometry] {
    guard polygons.count > 1 else { return polygons }
    var kept: [Entry] = []
    for (polygon, ring) in zip(polygons, rings) {
      var entry = try Entry(polygon, context)
      var dropped = false
      var index = 0
      while index < kept.count {
        guard entry.boxMeets(kept[index]) else {
          index += 1
          continue
        }
        let shared = try entry.sharedArea(with: kept[index], context)
        let small = min(entry.area, kept[index].area)
        let large = max(entry.area, kept[index].area)
        if shared > sameShare * large {
          repairs.append(.nearDuplicate(ring: ring))
          dropped = true
          break
        }
        if shared > touchingShare * small, shared < nestedShare * small {
          repairs.append(.overlapping(ring: ring))
          entry = try Entry(
            GEOSGeometry(
              GEOSUnion_r(context.handle, entry.polygon.pointer, kept[index].polygon.pointer), context,
              from: "GEOSUnion_r"), context)
          kept.remove(at: index)
          // The union may meet rings that neither part met.
          index = 0
          continue
        }
        index += 1
      }
      if !dropped { kept.append(entry) }
    }
    return kept.map(\.polygon)
  }

  private struct Entry {
    let polygon: GEOSGeometry
    let area: Double
    private let low: SIMD2<Double>
    private let high: SIMD2<Double>

    init(_ polygon: GEOSGeometry, _ context: GEOSContext) throws(GEOSError) {
      self.polygon = polygon
      var area = 0.0
      var low = SIMD2<Double>.zero
      var high = SIMD2<Double>.zero
      let handle = context.handle
      guard GEOSArea_r(handle, polygon.pointer, &area) == 1,
        GEOSGeom_getXMin_r(handle, polygon.pointer, &low.x) == 1,
        GEOSGeom_getYMin_r(handle, polygon.pointer, &low.y) == 1,
        GEOSGeom_getXMax_r(handle, polygon.pointer, &high.x) == 1,
        GEOSGeom_getYMax_r(handle, polygon.pointer, &high.y) == 1
      else { throw context.error("GEOSArea_r") }
      self.area = area
      self.low = low
      self.high = high
    }

    func boxMeets(_ other: Entry) -> Bool {
      low.x < other.high.x && other.low.x < high.x && low.y < other.high.y && other.low.y < high.y
    }

    func sharedArea(with other: Entry, _ context: GEOSContext) throws(GEOSError) -> Double {
      let shared = try GEOSGeometry(
        GEOSIntersection_r(context.handle, polygon.pointer, other.polygon.pointer), context,
        from: "GEOSIntersection_r")
      var area = 0.0
      guard GEOSArea_r(context.handle, shared.pointer, &area) == 1 else { throw context.error("GEOSArea_r") }
      return area
    }
  }
}
