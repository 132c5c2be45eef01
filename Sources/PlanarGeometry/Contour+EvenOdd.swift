// SPDX-License-Identifier: Apache-2.0
internal import CGEOS

extension Contour {
  /// What a ring that crosses itself encloses by even-odd.
  ///
  /// The ring is cut at its crossings (`GEOSUnaryUnion_r`), the faces between the pieces are found
  /// (`GEOSPolygonize_r`), and those with an odd number of edges around them are kept. `GEOSMakeValid_r` would
  /// fill a ring that retraces part of an edge by another rule.
  func evenOddArea(_ context: GEOSContext) throws(GEOSError) -> GEOSGeometry {
    let handle = context.handle
    let line = try GEOSGeometry(
      try GEOSGeometry.ring(points, context), context, from: "GEOSGeom_createLinearRing_r")
    let pieces = try GEOSGeometry(
      GEOSUnaryUnion_r(handle, line.pointer), context, from: "GEOSUnaryUnion_r")
    let input: [UnsafePointer<GEOSGeom_t>?] = [UnsafePointer(pieces.pointer)]
    let faces = try GEOSGeometry(
      input.withUnsafeBufferPointer { GEOSPolygonize_r(handle, $0.baseAddress, 1) }, context,
      from: "GEOSPolygonize_r")
    var odd: [GEOSPointer?] = []
    for i in 0..<max(0, GEOSGetNumGeometries_r(handle, faces.pointer)) {
      guard let face = GEOSGetGeometryN_r(handle, faces.pointer, i) else { continue }
      let inner = try GEOSGeometry(GEOSPointOnSurface_r(handle, face), context, from: "GEOSPointOnSurface_r")
      var x = 0.0
      var y = 0.0
      guard GEOSGeomGetX_r(handle, inner.pointer, &x) == 1, GEOSGeomGetY_r(handle, inner.pointer, &y) == 1
      else { throw context.error("GEOSGeomGetX_r") }
      if encloses(SIMD2(x, y)) { odd.append(GEOSGeom_clone_r(handle, face)) }
    }
    let count = UInt32(odd.count)
    let collection = try GEOSGeometry(
      odd.withUnsafeMutableBufferPointer {
        GEOSGeom_createCollection_r(handle, Int32(GEOS_MULTIPOLYGON.rawValue), $0.baseAddress, count)
      }, context, from: "GEOSGeom_createCollection_r")
    return try GEOSGeometry(
      GEOSUnaryUnion_r(handle, collection.pointer), context, from: "GEOSUnaryUnion_r")
  }

  /// Whether an odd number of edges lies between a point and infinity.
  func encloses(_ point: SIMD2<Double>) -> Bool {
    var inside = false
    var previous = points[points.count - 1]
    for next in points {
      if (next.y > point.y) != (previous.y > point.y) {
        let x = (previous.x - next.x) * (point.y - next.y) / (previous.y - next.y) + next.x
        if point.x < x { inside.toggle() }
      }
      previous = next
    }
    return inside
  }
}
