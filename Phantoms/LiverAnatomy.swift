// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry

/// The ideal bodies of the liver phantom: an adult's upper belly, supine.
///
/// LPS in millimetres, the liver's middle near z = 0. Everything is moved as one by the shift; the numbers
/// below are before it.
struct LiverAnatomy {
  let shift: SIMD3<Double>

  static let planes = AxialPlanes(from: -115, through: 160, spacing: 2.5)

  /// A point of the body, moved.
  func at(_ x: Double, _ y: Double, _ z: Double) -> SIMD3<Double> { SIMD3(x, y, z) + shift }

  private func atPlane(_ x: Double, _ y: Double) -> SIMD2<Double> { SIMD2(x + shift.x, y + shift.y) }

  /// The liver before its visceral surface is cut.
  var liver: IdealEllipsoid { IdealEllipsoid(centre: at(-55, -5, 0), semiAxes: SIMD3(95, 72, 75)) }

  /// The part of a plane below and left of the liver's sloping lower edge.
  func beyondLowerEdge(at z: Double) throws -> Region {
    let x = 30 + 1.2 * (z - shift.z) + shift.x
    return try Region.halfPlane(through: SIMD2(x, 0), inward: SIMD2(1, 0))
  }

  /// The right dome, 4 mm above the liver and drawn out to the midline.
  var dome: DiaphragmDome { DiaphragmDome(ellipsoid: liver.grown(by: 4), reach: 30) }

  /// The base of the right lung, cut off above.
  var lungColumn: LungColumn {
    LungColumn(
      centre: atPlane(-80, 0), semiAxes: SIMD2(62, 88), shoulder: 170 + shift.z, apex: 220 + shift.z,
      floor: 15 + shift.z)
  }

  var heart: IdealEllipsoid {
    IdealEllipsoid(centre: at(38, -36, 122), semiAxes: SIMD3(48, 40, 45))
  }

  /// An upright branch of the right hepatic vein, 5 mm wide, running up into the vena cava.
  var hepaticVeins: IdealTube {
    IdealTube([
      IdealTube(through: [at(-95, 2, -30), at(-95, 2, 24)], radius: 2.5),
      IdealTube(through: [at(-95, 2, 24), at(-60, 24, 20), at(-18, 34, 50)], radius: 3.5),
    ])
  }

  var portalVein: IdealTube {
    IdealTube([
      IdealTube(through: [at(8, 12, -62), at(-25, 2, -24)], radius: 6.5),
      IdealTube(through: [at(-25, 2, -24), at(-64, 10, -16), at(-82, 26, -24)], radius: 4),
      IdealTube(through: [at(-25, 2, -24), at(0, -20, 0)], radius: 4),
    ])
  }

  var bileDuct: IdealTube {
    IdealTube(through: [at(-38, -8, -22), at(-24, -10, -40), at(-14, 2, -88)], radius: 3.5)
  }

  var inferiorVenaCava: IdealTube { IdealTube(through: [at(-16, 42, -130), at(-16, 40, 70)], radius: 11) }
  var aorta: IdealTube { IdealTube(through: [at(16, 48, -130), at(20, 46, 170)], radius: 11) }
  var spinalCord: IdealTube { IdealTube(through: [at(0, 82, -130), at(0, 78, 170)], radius: 6) }
  var oesophagus: IdealTube { IdealTube(through: [at(8, 28, 170), at(22, 18, 38)], radius: 7) }

  var gallbladder: IdealEllipsoid {
    IdealEllipsoid(centre: at(-52, -48, -50), semiAxes: SIMD3(14, 17, 22))
  }

  var stomach: IdealEllipsoid {
    IdealEllipsoid(centre: at(84, -16, -8), semiAxes: SIMD3(40, 46, 50))
  }

  var duodenum: IdealTube {
    IdealTube(
      through: [at(30, -30, -62), at(-14, -22, -78), at(-34, 14, -84), at(-30, 22, -108)], radius: 11)
  }

  var rightKidney: IdealEllipsoid {
    IdealEllipsoid(centre: at(-72, 56, -62), semiAxes: SIMD3(27, 26, 52))
  }

  static let colonRadius = 18.0

  /// Where the second lesion is: 1 mm beneath the capsule in front, low on the right.
  var subcapsularCentre: SIMD3<Double> {
    let surface = liver.surfacePoint(toward: SIMD3(-0.55, -0.74, -0.38))
    return surface.point - surface.normal * (12.5 + 1)
  }

  /// The ascending colon and its flexure, upright in front of the liver, 3 mm from that lesion.
  ///
  /// It presses into the liver, as the colic impression does; its height reaches past the lesion's, so the
  /// gap is level.
  var colon: IdealTube {
    let centre = subcapsularCentre
    let away = liver.surfacePoint(toward: SIMD3(-0.55, -0.74, -0.38)).normal
    let level = SIMD3(away.x, away.y, 0) / length(SIMD3(away.x, away.y, 0))
    let axis = centre + level * (12.5 + 3 + Self.colonRadius)
    return IdealTube(
      through: [SIMD3(axis.x, axis.y, -140 + shift.z), SIMD3(axis.x, axis.y, centre.z + 6)],
      radius: Self.colonRadius)
  }

  /// The third lesion's place: 3 mm beneath the dome of the liver's surface.
  var subphrenicCentre: SIMD3<Double> {
    let surface = liver.surfacePoint(toward: SIMD3(-0.38, 0.25, 0.89))
    return surface.point - surface.normal * (17 + 3)
  }

  func outline(within depth: Double = 0, corners: Int) -> Region {
    Region.ellipse(centre: atPlane(0, 0), semiAxes: SIMD2(176, 124) - depth, corners: corners)
  }

  /// The spine and the muscles beside it.
  func spine(corners: Int) -> Region {
    Region.ellipse(centre: atPlane(0, 86), semiAxes: SIMD2(44, 36), corners: corners)
  }
}
