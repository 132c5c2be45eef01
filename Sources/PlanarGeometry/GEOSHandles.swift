// SPDX-License-Identifier: Apache-2.0
internal import CGEOS

typealias GEOSPointer = UnsafeMutablePointer<GEOSGeom_t>

/// A failure inside GEOS, with the C function and its message.
public struct GEOSError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The C function that failed.
  public let function: String
  /// What GEOS said, or an empty text.
  public let message: String

  /// Function and message in one line.
  public var description: String { "\(function): \(message.isEmpty ? "failed" : message)" }
}

/// A GEOS context, used by one task at a time and never shared: GEOS counts references to its factory without
/// locks and fills caches on read.
///
/// Making one costs about 0.1 µs, so every operation makes its own.
final class GEOSContext {
  let handle: UnsafeMutablePointer<GEOSContextHandle_HS>
  private let messages = UnsafeMutablePointer<MessageBox>.allocate(capacity: 1)

  struct MessageBox { var text = "" }

  init() throws(GEOSError) {
    guard let handle = GEOS_init_r() else { throw GEOSError(function: "GEOS_init_r", message: "") }
    self.handle = handle
    messages.initialize(to: MessageBox())
    GEOSContext_setErrorMessageHandler_r(
      handle,
      { text, box in
        guard let text, let box else { return }
        box.assumingMemoryBound(to: MessageBox.self).pointee.text = String(cString: text)
      }, messages)
  }

  deinit {
    GEOS_finish_r(handle)
    messages.deinitialize(count: 1)
    messages.deallocate()
  }

  func error(_ function: String) -> GEOSError {
    GEOSError(function: function, message: messages.pointee.text)
  }
}

@available(*, unavailable)
extension GEOSContext: Sendable {}

/// A geometry that holds its context, so that release happens in the right order.
final class GEOSGeometry {
  let context: GEOSContext
  let pointer: GEOSPointer

  init(_ pointer: GEOSPointer?, _ context: GEOSContext, from function: String) throws(GEOSError) {
    guard let pointer else { throw context.error(function) }
    self.context = context
    self.pointer = pointer
  }

  deinit { GEOSGeom_destroy_r(context.handle, pointer) }

  /// A linear ring of finite points; GEOS takes it over.
  static func ring(_ points: [SIMD2<Double>], _ context: GEOSContext) throws(GEOSError) -> GEOSPointer {
    var flat = [Double]()
    flat.reserveCapacity(2 * points.count + 2)
    for point in points {
      flat.append(point.x)
      flat.append(point.y)
    }
    if let first = points.first {
      flat.append(first.x)
      flat.append(first.y)
    }
    guard
      let sequence = GEOSCoordSeq_copyFromBuffer_r(context.handle, flat, UInt32(flat.count / 2), 0, 0)
    else { throw context.error("GEOSCoordSeq_copyFromBuffer_r") }
    guard let ring = GEOSGeom_createLinearRing_r(context.handle, sequence) else {
      throw context.error("GEOSGeom_createLinearRing_r")
    }
    return ring
  }

  /// A polygon of an outer ring and its holes; it need not be valid.
  static func polygon(
    _ outer: [SIMD2<Double>], holes: [[SIMD2<Double>]], _ context: GEOSContext
  ) throws(GEOSError) -> GEOSGeometry {
    let shell = try ring(outer, context)
    var inner: [GEOSPointer?] = []
    for hole in holes {
      let made: GEOSPointer
      do { made = try ring(hole, context) } catch {
        GEOSGeom_destroy_r(context.handle, shell)
        for pointer in inner { GEOSGeom_destroy_r(context.handle, pointer) }
        throw error
      }
      inner.append(made)
    }
    let count = UInt32(inner.count)
    let polygon = inner.withUnsafeMutableBufferPointer {
      GEOSGeom_createPolygon_r(context.handle, shell, $0.baseAddress, count)
    }
    return try GEOSGeometry(polygon, context, from: "GEOSGeom_createPolygon_r")
  }
}

@available(*, unavailable)
extension GEOSGeometry: Sendable {}
