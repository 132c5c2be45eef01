// SPDX-License-Identifier: Apache-2.0
internal import CGEOS
public import Quantities

extension Region {
  /// The polygons among what GEOS returned; lines and points, which enclose nothing, are left out.
  init(polygonalPartOf geometry: GEOSGeometry) throws(GEOSError) {
    var found: [PlanarPolygon] = []
    try Self.collect(geometry.pointer, geometry.context, into: &found)
    polygons = found
  }

  private static func collect(
    _ geometry: UnsafePointer<GEOSGeom_t>, _ context: GEOSContext, into found: inout [PlanarPolygon]
  ) throws(GEOSError) {
    let handle = context.handle
    switch UInt32(GEOSGeomTypeId_r(handle, geometry)) {
    case GEOS_POLYGON.rawValue:
      guard GEOSisEmpty_r(handle, geometry) == 0 else { return }
      guard let outer = try ring(GEOSGetExteriorRing_r(handle, geometry), context) else { return }
      var holes: [Contour] = []
      for i in 0..<max(0, GEOSGetNumInteriorRings_r(handle, geometry)) {
        if let hole = try ring(GEOSGetInteriorRingN_r(handle, geometry, i), context) { holes.append(hole) }
      }
      found.append(PlanarPolygon(outer: outer, holes: holes))
    case GEOS_MULTIPOLYGON.rawValue, GEOS_GEOMETRYCOLLECTION.rawValue:
      for i in 0..<max(0, GEOSGetNumGeometries_r(handle, geometry)) {
        guard let part = GEOSGetGeometryN_r(handle, geometry, i) else {
          throw context.error("GEOSGetGeometryN_r")
        }
        try collect(part, context, into: &found)
      }
    default: return
    }
  }

  private static func ring(
    _ geometry: UnsafePointer<GEOSGeom_t>?, _ context: GEOSContext
  ) throws(GEOSError) -> Contour? {
    guard let geometry, let sequence = GEOSGeom_getCoordSeq_r(context.handle, geometry) else {
      throw context.error("GEOSGeom_getCoordSeq_r")
    }
    var count: UInt32 = 0
    guard GEOSCoordSeq_getSize_r(context.handle, sequence, &count) == 1 else {
      throw context.error("GEOSCoordSeq_getSize_r")
    }
    var flat = [Double](repeating: 0, count: 2 * Int(count))
    guard GEOSCoordSeq_copyToBuffer_r(context.handle, sequence, &flat, 0, 0) == 1 else {
      throw context.error("GEOSCoordSeq_copyToBuffer_r")
    }
    var points: [SIMD2<Double>] = []
    points.reserveCapacity(Int(count))
    for i in 0..<Int(count) { points.append(SIMD2(flat[2 * i], flat[2 * i + 1])) }
    return try? Contour(points)
  }

  func geometry(_ context: GEOSContext) throws(GEOSError) -> GEOSGeometry {
    var parts: [GEOSPointer?] = []
    func release() { for part in parts { GEOSGeom_destroy_r(context.handle, part) } }
    for polygon in polygons {
      do {
        let made = try GEOSGeometry.polygon(
          polygon.outer.points, holes: polygon.holes.map(\.points), context)
        parts.append(GEOSGeom_clone_r(context.handle, made.pointer))
      } catch {
        release()
        throw error
      }
    }
    let count = UInt32(parts.count)
    let collection = parts.withUnsafeMutableBufferPointer {
      GEOSGeom_createCollection_r(
        context.handle, Int32(GEOS_MULTIPOLYGON.rawValue), $0.baseAddress, count)
    }
    return try GEOSGeometry(collection, context, from: "GEOSGeom_createCollection_r")
  }

  private func combined(
    _ other: Region, _ name: String,
    _ operation: (
      UnsafeMutablePointer<GEOSContextHandle_HS>, UnsafePointer<GEOSGeom_t>, UnsafePointer<GEOSGeom_t>
    ) -> GEOSPointer?
  ) throws(GEOSError) -> Region {
    let context = try GEOSContext()
    let a = try geometry(context)
    let b = try other.geometry(context)
    let result = try GEOSGeometry(operation(context.handle, a.pointer, b.pointer), context, from: name)
    return try Region(polygonalPartOf: result)
  }

  /// Whether the boxes of two regions neither meet nor touch, so that there is nothing for GEOS to do.
  private func isPlainlyApart(from other: Region) -> Bool {
    guard let own = bounds, let theirs = other.bounds else { return true }
    return own.low.x > theirs.high.x || theirs.low.x > own.high.x || own.low.y > theirs.high.y
      || theirs.low.y > own.high.y
  }

  /// What lies in either region (`GEOSUnion_r`).
  public func union(_ other: Region) throws(GEOSError) -> Region {
    if isEmpty { return other }
    if other.isEmpty { return self }
    if isPlainlyApart(from: other) { return Region(polygons: polygons + other.polygons) }
    return try combined(other, "GEOSUnion_r") { GEOSUnion_r($0, $1, $2) }
  }

  /// What lies in any of several regions (`GEOSUnaryUnion_r`): many at once cost far less than one by one.
  public static func union(_ regions: [Region]) throws(GEOSError) -> Region {
    let regions = regions.filter { !$0.isEmpty }
    guard regions.count > 1 else { return regions.first ?? .empty }
    let context = try GEOSContext()
    // Overlapping polygons in one collection are no valid area, but what a union takes.
    let all = try Region(polygons: regions.flatMap(\.polygons)).geometry(context)
    let sum = try GEOSGeometry(
      GEOSUnaryUnion_r(context.handle, all.pointer), context, from: "GEOSUnaryUnion_r")
    return try Region(polygonalPartOf: sum)
  }

  /// What lies in both regions (`GEOSIntersection_r`).
  public func intersection(_ other: Region) throws(GEOSError) -> Region {
    if isEmpty || other.isEmpty || isPlainlyApart(from: other) { return .empty }
    return try combined(other, "GEOSIntersection_r") { GEOSIntersection_r($0, $1, $2) }
  }

  /// What lies in this region and not in the other (`GEOSDifference_r`).
  public func subtracting(_ other: Region) throws(GEOSError) -> Region {
    if isEmpty || other.isEmpty || isPlainlyApart(from: other) { return self }
    return try combined(other, "GEOSDifference_r") { GEOSDifference_r($0, $1, $2) }
  }

  /// The region grown (or, with a negative distance, shrunk) by a disc (`GEOSBuffer_r`, 24 segments a quadrant).
  ///
  /// A grown edge lies inside the true one by at most 0.05 % of the distance.
  public func buffered(by distance: Length) throws(GEOSError) -> Region {
    guard !isEmpty, distance != .zero else { return self }
    let context = try GEOSContext()
    let geometry = try geometry(context)
    let grown = try GEOSGeometry(
      GEOSBuffer_r(context.handle, geometry.pointer, distance.millimeters, 24), context,
      from: "GEOSBuffer_r")
    return try Region(polygonalPartOf: grown)
  }

  /// The least convex region around several (`GEOSConvexHull_r`); empty when all are.
  public static func convexHull(of regions: [Region]) throws(GEOSError) -> Region {
    // A hull asks for points alone, so that polygons may overlap.
    try Region(polygons: regions.flatMap(\.polygons)).convexHull()
  }

  /// The least convex region around this one (`GEOSConvexHull_r`); empty when empty.
  public func convexHull() throws(GEOSError) -> Region {
    guard !isEmpty else { return self }
    let context = try GEOSContext()
    let geometry = try geometry(context)
    let hull = try GEOSGeometry(
      GEOSConvexHull_r(context.handle, geometry.pointer), context, from: "GEOSConvexHull_r")
    return try Region(polygonalPartOf: hull)
  }

  /// The least distance to another region by GEOS (`GEOSDistance_r`), or `nil` when either is empty.
  ///
  /// GEOS itself answers 0 for an empty operand, which would make an absent organ touch the lesion. This
  /// is the oracle for `PlanarIndex`, which is faster.
  public func distanceByGEOS(to other: Region) throws(GEOSError) -> Length? {
    guard !isEmpty, !other.isEmpty else { return nil }
    let context = try GEOSContext()
    let a = try geometry(context)
    let b = try other.geometry(context)
    var distance = 0.0
    guard GEOSDistance_r(context.handle, a.pointer, b.pointer, &distance) == 1 else {
      throw context.error("GEOSDistance_r")
    }
    return .millimeters(distance)
  }
}

/// The version of the GEOS library that is linked.
public func geosVersion() -> String { String(cString: GEOSversion()) }
