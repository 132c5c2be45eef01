// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry

/// A section as a program draws it that outlines the pixels of an image.
enum PixelOutline {
  /// The outline of all pixels whose centres lie in the section; empty when there are none.
  ///
  /// Sections are convex: one run of pixels a row, and neighbouring runs touch.
  ///
  /// - Parameters:
  ///   - section: around `centre`.
  ///   - pixel: a pixel's side in millimetres.
  ///   - centre: where the section's origin lies against a corner of pixels.
  static func region(of section: ExactSection, pixel: Double, centre: SIMD2<Double> = .zero) -> Region {
    let extent = section.extent
    var right: [SIMD2<Double>] = []
    var left: [SIMD2<Double>] = []
    let first = Int(((extent.low + centre.y) / pixel - 0.5).rounded(.up))
    let last = Int(((extent.high + centre.y) / pixel - 0.5).rounded(.down))
    guard first <= last else { return .empty }
    for row in first...last {
      let half = section.halfWidth(at: (Double(row) + 0.5) * pixel - centre.y)
      let from = Int(((centre.x - half) / pixel - 0.5).rounded(.up))
      let to = Int(((centre.x + half) / pixel - 0.5).rounded(.down))
      guard from <= to, half > 0 else { continue }
      let (low, high) = (Double(row) * pixel, Double(row + 1) * pixel)
      right += [SIMD2(Double(to + 1) * pixel, low), SIMD2(Double(to + 1) * pixel, high)]
      left += [SIMD2(Double(from) * pixel, low), SIMD2(Double(from) * pixel, high)]
    }
    guard let ring = try? Contour((right + left.reversed()).map { $0 - centre }) else { return .empty }
    return Region(storedPolygons: [(ring, [])])
  }
}
