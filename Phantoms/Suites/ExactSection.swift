// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry

/// An area in a plane of constant z whose part beyond any y is known in closed form.
///
/// Millimetres; even about x = 0. It knows no polygon: truths and floors are made of it without our engine.
enum ExactSection: Sendable, Hashable {
  /// Nothing.
  case none
  /// A disc around the origin.
  case disc(radius: Double)
  /// A disc around the origin with a round hole in its middle.
  case annulus(outer: Double, inner: Double)
  /// A rectangle from `-halfWidth` to `halfWidth` in x.
  case rectangle(halfWidth: Double, low: Double, high: Double)
  /// A cone with its axis along y, apex at `-height/2`, cut at a distance from its axis: bounded by a hyperbola
  /// and the straight edge of the base.
  case coneCut(offset: Double, radius: Double, height: Double)

  /// The area where y is at least `t`, in square millimetres.
  func area(above t: Double) -> Double {
    switch self {
    case .none: return 0
    case .disc(let r): return Self.discSegment(r, t)
    case .annulus(let outer, let inner): return Self.discSegment(outer, t) - Self.discSegment(inner, t)
    case .rectangle(let half, let low, let high): return 2 * half * max(0, high - max(low, t))
    case .coneCut(let offset, let radius, let height):
      // The cone's own radius stands for y: it grows evenly from apex to base.
      let from = min(max(abs(offset), (t + height / 2) * radius / height), radius)
      guard from < radius else { return 0 }
      return height / radius * (Self.coneArea(radius, offset) - Self.coneArea(from, offset))
    }
  }

  /// The whole area.
  var area: Double { area(above: -.infinity) }

  /// The integral of y over the area.
  var moment: Double {
    switch self {
    case .none, .disc, .annulus: return 0
    case .rectangle(_, let low, let high): return area * (low + high) / 2
    case .coneCut(let offset, let radius, let height):
      let reach = radius * radius - offset * offset
      guard reach > 0 else { return 0 }
      // ∫ 2ρ√(ρ² - z²) dρ, stretched by the slope twice, less the apex's height.
      return height / radius * (height / radius) * 2 / 3 * reach * reach.squareRoot() - height / 2 * area
    }
  }

  /// The least and the greatest y.
  var extent: (low: Double, high: Double) {
    switch self {
    case .none: (0, 0)
    case .disc(let r): (-r, r)
    case .annulus(let outer, _): (-outer, outer)
    case .rectangle(_, let low, let high): (low, high)
    case .coneCut(let offset, let radius, let height):
      (abs(offset) * height / radius - height / 2, height / 2)
    }
  }

  /// Half the width at a y; zero outside, the hole of an annulus left out.
  func halfWidth(at y: Double) -> Double {
    switch self {
    case .none: return 0
    case .disc(let r), .annulus(let r, _): return max(0, r * r - y * y).squareRoot()
    case .rectangle(let half, let low, let high): return y >= low && y <= high ? half : 0
    case .coneCut(let offset, let radius, let height):
      guard y <= height / 2 else { return 0 }
      let rho = (y + height / 2) * radius / height
      return rho > 0 ? max(0, rho * rho - offset * offset).squareRoot() : 0
    }
  }

  /// The section as a polygon.
  ///
  /// Discs have 256 corners and exactly their area; rectangles are exact; a hyperbola has 200 corners on it, which
  /// takes less than 0.01 % of a cone's volume.
  func region() -> Region {
    switch self {
    case .none: return .empty
    case .disc(let r): return Region.ellipse(centre: .zero, semiAxes: SIMD2(r, r), corners: 256)
    case .annulus(let outer, let inner):
      let disc = Region.ellipse(centre: .zero, semiAxes: SIMD2(outer, outer), corners: 256)
      let hole = Region.ellipse(centre: .zero, semiAxes: SIMD2(inner, inner), corners: 256)
      guard let ring = disc.rings.first else { return .empty }
      return Region(storedPolygons: [(ring, hole.rings)])
    case .rectangle(let half, let low, let high):
      return Region.rectangle(low: SIMD2(-half, low), high: SIMD2(half, high))
    case .coneCut(let offset, let radius, let height):
      let reach = (radius * radius - offset * offset).squareRoot()
      guard reach > 0 else { return .empty }
      let points = (-100...100).map { i in
        let x = reach * Double(i) / 100
        return SIMD2(x, (x * x + offset * offset).squareRoot() * height / radius - height / 2)
      }
      guard let ring = try? Contour(points) else { return .empty }
      return Region(storedPolygons: [(ring, [])])
    }
  }

  /// The area of a disc where y is at least `t`.
  private static func discSegment(_ r: Double, _ t: Double) -> Double {
    guard r > 0, t < r else { return 0 }
    guard t > -r else { return Double.pi * r * r }
    return r * r * acos(t / r) - t * (r * r - t * t).squareRoot()
  }

  /// An antiderivative of 2√(ρ² - z²).
  private static func coneArea(_ rho: Double, _ z: Double) -> Double {
    let root = max(0, rho * rho - z * z).squareRoot()
    guard z != 0 else { return rho * rho }
    return rho * root - z * z * log((rho + root) / abs(z))
  }
}
