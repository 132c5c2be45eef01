// SPDX-License-Identifier: Apache-2.0
public import PlanarGeometry
public import Quantities

/// How a stack of planes ends at its first and last plane.
///
/// Small lesions change by a third between these, so every output names the one it used.
public enum EndCap: String, Sendable, Hashable, CaseIterable {
  /// The end plane's slab reaches half the local spacing beyond it: the unbiased (Cavalieri) estimate.
  case half
  /// The solid stops at its end planes, so each counts half a slab; nearest to most planning systems.
  case none
  /// The end plane's slab reaches the whole local spacing beyond it.
  case full
  /// The solid goes on beyond its end planes as domes, each of the volume of a half slab.
  case rounded
  /// The slabs are voxels, or parts of other bodies, each as thick as it is: there is nothing to choose.
  case voxels

  /// The ways a stack of contours may be closed.
  public static let choices: [EndCap] = [.half, .none, .full, .rounded]
}

/// What to do where planes are missing, that is where a gap exceeds 1.5 times the nominal spacing.
public enum GapPolicy: String, Sendable, Hashable {
  /// Each side of the gap ends half the nominal spacing beyond its plane.
  case open
  /// The gap is filled half-way from both sides.
  case bridged
}

/// One region with the range of z it stands for.
///
/// Frame: DICOM patient coordinates (LPS), millimetres.
public struct Slab: Sendable, Hashable {
  /// The plane's own position.
  public let z: Double
  /// The lower end of the range the plane stands for.
  public let lower: Double
  /// The upper end of the range.
  public let upper: Double
  /// The area in the plane.
  public let region: Region

  /// A slab; callers keep `lower <= z <= upper`.
  public init(z: Double, lower: Double, upper: Double, region: Region) {
    self.z = z
    self.lower = lower
    self.upper = upper
    self.region = region
  }

  /// Upper less lower end.
  public var thickness: Length { .millimeters(upper - lower) }
}

/// Why planes do not make a solid.
public enum SolidDefect: Error, Sendable, Hashable {
  /// No plane has any area.
  case empty
  /// One plane only, and no thickness was given for it.
  case onePlaneWithoutThickness
  /// Two planes share one position.
  case repeatedPlane(z: Double)
}

/// A missing stretch between two neighbouring planes, in millimetres.
public struct PlaneGap: Sendable, Hashable {
  /// The plane below the gap.
  public let below: Double
  /// The plane above the gap.
  public let above: Double

  /// A gap between two planes.
  public init(below: Double, above: Double) {
    self.below = below
    self.above = above
  }
}

/// A body as it was contoured: a stack of slabs, each a region over its own range of z.
///
/// Spacing may be uneven: a slab reaches half-way to its actual neighbours. The slabs are the truth;
/// volumes and clearances are exact for them.
public struct Solid: Sendable, Hashable {
  /// The slabs by growing z; never empty.
  public let slabs: [Slab]
  /// How the ends were closed.
  public let endCap: EndCap
  /// The median distance of neighbouring planes; a single plane's stated thickness.
  public let nominalSpacing: Length
  /// Stretches over 1.5 times the nominal spacing.
  public let gaps: [PlaneGap]

  /// A solid from planes in any order.
  ///
  /// - Parameters:
  ///   - planes: position and area of each; planes without area are left out.
  ///   - endCap: how the ends are closed.
  ///   - gapPolicy: what becomes of missing planes.
  ///   - singlePlaneThickness: what a lone plane stands for; `nil` refuses it.
  /// - Throws: `SolidDefect`.
  public init(
    planes: [(z: Double, region: Region)], endCap: EndCap, gapPolicy: GapPolicy = .open,
    singlePlaneThickness: Length? = nil
  ) throws(SolidDefect) {
    let sorted = planes.filter { !$0.region.isEmpty }.sorted { $0.z < $1.z }
    guard !sorted.isEmpty else { throw .empty }
    var spacings: [Double] = []
    for (a, b) in zip(sorted, sorted.dropFirst()) {
      guard b.z > a.z else { throw .repeatedPlane(z: a.z) }
      spacings.append(b.z - a.z)
    }
    let nominal: Double
    if spacings.isEmpty {
      guard let thickness = singlePlaneThickness else { throw .onePlaneWithoutThickness }
      nominal = thickness.millimeters
    } else {
      nominal = spacings.sorted()[(spacings.count - 1) / 2]
    }
    var gaps: [PlaneGap] = []
    // Half-way to the neighbour, except across a gap that is not bridged.
    let halves = spacings.enumerated().map { index, spacing in
      guard spacing > 1.5 * nominal * (1 + 1e-9) else { return spacing / 2 }
      gaps.append(PlaneGap(below: sorted[index].z, above: sorted[index + 1].z))
      return gapPolicy == .bridged ? spacing / 2 : nominal / 2
    }
    // The local spacing at an end is the neighbour's distance, unless that is itself a gap.
    func local(_ spacing: Double?) -> Double {
      guard let spacing, spacing <= 1.5 * nominal * (1 + 1e-9) else { return nominal }
      return spacing
    }
    let first = local(spacings.first)
    let last = local(spacings.last)
    let reach: Double =
      switch endCap {
      case .half, .voxels: 0.5
      case .none, .rounded: 0
      case .full: 1
      }
    var slabs = sorted.indices.map { i in
      let plane = sorted[i]
      let below = i == 0 ? first * reach : halves[i - 1]
      let above = i == sorted.count - 1 ? last * reach : halves[i]
      return Slab(z: plane.z, lower: plane.z - below, upper: plane.z + above, region: plane.region)
    }
    if endCap == .rounded {
      let (bottom, top) = (sorted[0], sorted[sorted.count - 1])
      slabs = Dome.slabs(on: bottom.region, at: bottom.z, spacing: -first) + slabs
      slabs += Dome.slabs(on: top.region, at: top.z, spacing: last)
    }
    self.slabs = slabs
    self.endCap = endCap
    nominalSpacing = .millimeters(nominal)
    self.gaps = gaps
  }

  /// A solid of ready slabs, as a case on disk keeps them; `nil` when there is none.
  public init?(slabs: [Slab], endCap: EndCap, nominalSpacing: Length, gaps: [PlaneGap]) {
    guard !slabs.isEmpty else { return nil }
    self.slabs = slabs.sorted { $0.z < $1.z }
    self.endCap = endCap
    self.nominalSpacing = nominalSpacing
    self.gaps = gaps
  }

  /// The same planes with their ends closed in another way.
  ///
  /// Gaps stay as they were, open or bridged. A rounded solid and one of voxels stay as they are: their
  /// slabs are no longer contours, or never were.
  public func ended(_ other: EndCap) -> Solid {
    guard other != endCap, endCap != .rounded, endCap != .voxels else { return self }
    let bridged = gaps.first.map { gap in
      slabs.contains { $0.z == gap.below && $0.upper > gap.below + nominalSpacing.millimeters * 0.75 }
    }
    return
      (try? Solid(
        planes: slabs.map { ($0.z, $0.region) }, endCap: other,
        gapPolicy: bridged == true ? .bridged : .open, singlePlaneThickness: nominalSpacing)) ?? self
  }

  /// The volume: area times thickness, summed over the slabs.
  public var volume: Volume { slabs.reduce(.zero) { $0 + $1.region.area * $1.thickness } }

  /// The centre of volume; of an infinitely thin solid the centre of area.
  public var centroid: SIMD3<Double>? {
    var moment = SIMD3<Double>.zero
    var sum = 0.0
    for flat in [false, true] {
      for slab in slabs {
        guard let centre = slab.region.centroid else { continue }
        let weight = slab.region.area.squareMillimeters * (flat ? 1 : slab.thickness.millimeters)
        moment += SIMD3(centre.x, centre.y, (slab.lower + slab.upper) / 2) * weight
        sum += weight
      }
      if sum > 0 { return moment / sum }
    }
    return nil
  }

  /// The least box around the slabs, in millimetres.
  public var bounds: (low: SIMD3<Double>, high: SIMD3<Double>) {
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    for slab in slabs {
      guard let box = slab.region.bounds else { continue }
      low = pointwiseMin(low, SIMD3(box.low.x, box.low.y, slab.lower))
      high = pointwiseMax(high, SIMD3(box.high.x, box.high.y, slab.upper))
    }
    return (low, high)
  }

  /// Whether a point lies inside a slab.
  public func contains(_ point: SIMD3<Double>) -> Bool {
    slabs.contains {
      point.z >= $0.lower && point.z <= $0.upper && $0.region.contains(SIMD2(point.x, point.y))
    }
  }

  /// Whether a point lies inside a slab's outline, holes counted as inside (a nodule left out of the lung).
  public func encloses(_ point: SIMD3<Double>) -> Bool {
    slabs.contains { slab in
      guard point.z >= slab.lower, point.z <= slab.upper else { return false }
      let planar = SIMD2(point.x, point.y)
      return slab.region.contains(planar) || ((try? slab.region.filled().contains(planar)) ?? false)
    }
  }
}
