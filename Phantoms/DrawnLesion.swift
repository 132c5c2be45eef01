// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import Vocabulary

/// A lesion of ideal shape with the planes it is drawn on, and what follows for its measurements.
struct DrawnLesion {
  let id: String
  let body: IdealEllipsoid
  let planes: AxialPlanes

  /// Even multiples of four put corners on both axes' far ends alike.
  private static let corners = 128

  /// The lesion with its body contoured.
  ///
  /// - Throws: `SolidDefect` when no plane meets the body.
  func lesion(site: Site? = nil, side: Side? = nil, lobe: Lobe? = nil) throws -> Lesion {
    Lesion(
      id: id, sourceName: "GTV_\(id)", site: site, side: side, lobe: lobe, position: body.centre,
      body: .contoured(try body.drawing(on: planes, corners: Self.corners).solid()))
  }

  /// How far the drawn body's side lies inside the ideal one's, at most, for a half axis in the plane.
  ///
  /// The widest slab's middle is at most half a spacing h from the centre, so its mean cross-section is at
  /// least 1 - h²/(3c²) of the greatest, c being the half axis in z.
  func lateralLoss(semiAxis: Double) -> Double {
    let share = 1 - planes.spacing * planes.spacing / (3 * body.semiAxes.z * body.semiAxes.z)
    return semiAxis * (1 - max(0, share).squareRoot()) + Self.cornerExcess * semiAxis
  }

  /// Volume and diameters, in closed form.
  func sizes() -> [PhantomTruth] {
    let a = body.semiAxes
    let (long, short) = (max(a.x, a.y), min(a.x, a.y))
    let greatest = a.max()
    // Shifting the surface by d changes a ball's volume by 3d/r of it.
    let rounding = 3 * 0.0005 / a.min()
    let lateral = "the planes' mean cross-sections lose at most 1 - √(1 - h²/3c²) of it"
    return [
      truth(
        .volumeCC, body.volume / 1000, rounding * body.volume / 1000,
        "4/3 π a b c, kept by the drawing; rounding to 0.001 mm in a file moves the surface by half that"),
      truth(.longestAxialDiameterMM, 2 * long, 2 * lateralLoss(semiAxis: long), "2a; \(lateral)"),
      truth(.shortAxisMM, 2 * short, 2 * lateralLoss(semiAxis: short), "2b; \(lateral)"),
      // An end slab that also carries the rest beyond it stands out of the ball by up to h/8 at either end.
      truth(
        .greatestDiameterMM, 2 * greatest,
        max(planes.spacing / 4, 2 * lateralLoss(semiAxis: greatest)) + Self.cornerExcess * greatest,
        "twice the longest half axis; \(lateral), or end slabs add at most h/4"),
    ]
  }

  /// A clearance whose nearest points lie level with the centre, where slabs are true to the body.
  func levelClearance(_ gap: Double, to name: String, _ derivation: String) -> PhantomTruth {
    truth(.clearanceMM(to: name), gap, lateralLoss(semiAxis: reach) + 0.05, derivation)
  }

  /// A clearance in a slanting direction, where steps of the slabs count on both sides.
  func slantingClearance(_ gap: Double, to name: String, _ derivation: String) -> PhantomTruth {
    // A stack stands out of its body by at most h/2 + h/8 at the ends, and stays behind it by less.
    truth(.clearanceMM(to: name), gap, 2 * 0.625 * planes.spacing + 0.05, derivation)
  }

  /// The depth below a pleura that stands upright beside the lesion.
  func pleuralDepth(_ depth: Double, _ derivation: String) -> PhantomTruth {
    truth(.pleuralDepthMM, depth, lateralLoss(semiAxis: reach) + 0.15, derivation)
  }

  private var reach: Double { max(body.semiAxes.x, body.semiAxes.y) }

  /// How far the corners of a polygon of the ellipse's area stand out, as a share of the half axis.
  private static var cornerExcess: Double {
    let angle = 2 * Double.pi / Double(corners)
    return (angle / sin(angle)).squareRoot() - 1
  }

  private func truth(
    _ quantity: PhantomTruth.Quantity, _ value: Double, _ tolerance: Double, _ derivation: String
  ) -> PhantomTruth {
    PhantomTruth(
      lesion: id, quantity: quantity, value: value, tolerance: tolerance, derivation: derivation)
  }
}
