// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import Foundation
internal import PlanarGeometry

/// The bodies of Nelms 2015 (Med Phys 42:4435): 24 mm across and 24 mm high, around the origin.
public enum NelmsShape: String, Sendable, Hashable, CaseIterable {
  /// Radius 12 mm.
  case sphere
  /// Axis along z.
  case cylinder
  /// Axis along y.
  case rotatedCylinder = "rotated cylinder"
  /// Axis along z, apex at the feet.
  case cone
  /// Axis along y, apex in front.
  case rotatedCone = "rotated cone"

  static let radius = 12.0
  static let height = 24.0

  /// The section of the ideal body; nothing beyond 12 mm from the middle.
  func section(at z: Double) -> ExactSection {
    let (r, half) = (Self.radius, Self.height / 2)
    guard abs(z) <= half + 1e-9 else { return .none }
    // Rounding in the height must not leave a square root below zero.
    let chord = max(0, r * r - z * z).squareRoot()
    switch self {
    case .sphere: return chord > 1e-6 ? .disc(radius: chord) : .none
    case .cylinder: return .disc(radius: r)
    case .rotatedCylinder: return chord > 1e-6 ? .rectangle(halfWidth: chord, low: -half, high: half) : .none
    case .cone:
      let radius = (z + half) * r / Self.height
      return radius > 1e-6 ? .disc(radius: radius) : .none
    case .rotatedCone:
      return chord > 1e-6 ? .coneCut(offset: z, radius: r, height: Self.height) : .none
    }
  }

  /// The heights of the planes it is contoured on: multiples of the spacing, both ends of the body among them.
  static func planes(spacing: Double) -> [Double] {
    let count = Int((height / 2 / spacing).rounded())
    return (-count...count).map { Double($0) * spacing }
  }

  /// A section as it is drawn: where the body closes in a point or an edge, nothing or a tip one pixel wide.
  func drawnSection(at z: Double, tips: Bool) -> ExactSection {
    let section = section(at: z)
    guard tips, section.area == 0 else { return section }
    let (half, pixel) = (Self.height / 2, NelmsSuite.pixel)
    return switch self {
    case .sphere, .cylinder, .cone: .disc(radius: pixel / 2)
    case .rotatedCylinder: .rectangle(halfWidth: pixel / 2, low: -half, high: half)
    case .rotatedCone: .rectangle(halfWidth: pixel / 2, low: half - pixel, high: half)
    }
  }

  /// The body as contoured.
  ///
  /// - Parameters:
  ///   - spacing: the distance of planes in millimetres; divides 12.
  ///   - endCap: how the ends are closed.
  ///   - drawing: how sections become polygons.
  public func solid(spacing: Double, endCap: EndCap, drawing: NelmsSuite.Variant = .plain) throws -> Solid {
    var planes: [(z: Double, region: Region)] = []
    for z in Self.planes(spacing: spacing) {
      let section = drawnSection(at: z, tips: drawing == .tips)
      guard section.area > 0 else { continue }
      planes.append(
        (
          z,
          drawing == .pixels ? PixelOutline.region(of: section, pixel: NelmsSuite.pixel) : section.region()
        ))
    }
    return try Solid(planes: planes, endCap: endCap)
  }

  /// What a histogram of the body is to come to.
  func truth(_ truth: NelmsTruth, spacing: Double) -> ExactBody {
    let half = Self.height / 2
    let at: @Sendable (Double) -> ExactSection = { section(at: $0) }
    switch truth {
    case .published:
      return ExactBody(pieces: [
        .swept(low: -half, high: half, at),
        .prism(low: -half - spacing / 2, high: -half, section(at: -half)),
        .prism(low: half, high: half + spacing / 2, section(at: half)),
      ])
    case .literal(let cap):
      let drawn = Self.planes(spacing: spacing).filter { section(at: $0).area > 0 }
      guard let first = drawn.first, let last = drawn.last else { return ExactBody(pieces: []) }
      return ExactBody(
        pieces: [.swept(low: first, high: last, at)] + Self.caps(cap, first, last, spacing, at))
    }
  }

  /// The stack of slabs itself, exact and without a grid: the floor of any program that takes contours as slabs.
  func prisms(spacing: Double, endCap: EndCap, tips: Bool) -> ExactBody {
    let section = { drawnSection(at: $0, tips: tips) }
    let drawn = Self.planes(spacing: spacing).filter { section($0).area > 0 }
    guard let first = drawn.first, let last = drawn.last else { return ExactBody(pieces: []) }
    let between = drawn.map { z in
      ExactBody.Piece.prism(
        low: z == first ? z : z - spacing / 2, high: z == last ? z : z + spacing / 2, section(z))
    }
    return ExactBody(pieces: between + Self.caps(endCap, first, last, spacing, section))
  }

  private static func caps(
    _ cap: EndCap, _ first: Double, _ last: Double, _ spacing: Double, _ at: (Double) -> ExactSection
  ) -> [ExactBody.Piece] {
    func prisms(_ reach: Double) -> [ExactBody.Piece] {
      [
        .prism(low: first - reach, high: first, at(first)), .prism(low: last, high: last + reach, at(last)),
      ]
    }
    return switch cap {
    case .none: []
    case .half, .voxels: prisms(spacing / 2)
    case .full: prisms(spacing)
    case .rounded:
      [
        .dome(ExactDome(on: at(first), at: first, spacing: -spacing)),
        .dome(ExactDome(on: at(last), at: last, spacing: spacing)),
      ]
    }
  }
}

/// Which body a program's figures are held against.
public enum NelmsTruth: Sendable, Hashable {
  /// The ideal body, its flat ends longer by half a plane spacing, as in Nelms 2015: what half end caps estimate.
  ///
  /// Where a body ends in a point or an edge, the half slab stands for just that tip.
  case published
  /// The ideal body from the first to the last plane that has an area, closed there as the policy says.
  case literal(EndCap)

  /// The policy whose solids are held against it.
  public var endCap: EndCap {
    switch self {
    case .published: .half
    case .literal(let cap): cap
    }
  }

  /// All of them, the published one first.
  public static let all: [NelmsTruth] = [.published] + [EndCap.half, .none, .full, .rounded].map(literal)

  /// A name for tables.
  public var name: String {
    switch self {
    case .published: "half, as Nelms"
    case .literal(let cap): "\(cap.rawValue), literal"
    }
  }
}
