// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry

/// The ideal bodies of the thorax phantom: an adult, supine.
///
/// LPS in millimetres, the carina near z = 25. Everything is moved as one by the shift; the numbers below are before it.
struct ThoraxAnatomy {
  let shift: SIMD3<Double>

  static let planes = AxialPlanes(from: -175, through: 145, spacing: 2.5)

  /// A point of the body, moved.
  func at(_ x: Double, _ y: Double, _ z: Double) -> SIMD3<Double> { SIMD3(x, y, z) + shift }

  private func atPlane(_ x: Double, _ y: Double) -> SIMD2<Double> { SIMD2(x + shift.x, y + shift.y) }

  // MARK: Lungs

  var rightColumn: LungColumn {
    LungColumn(
      centre: atPlane(-78, 5), semiAxes: SIMD2(56, 88), shoulder: 30 + shift.z, apex: 120 + shift.z,
      floor: -150 + shift.z)
  }

  var leftColumn: LungColumn {
    LungColumn(
      centre: atPlane(78, 5), semiAxes: SIMD2(52, 84), shoulder: 30 + shift.z, apex: 118 + shift.z,
      floor: -150 + shift.z)
  }

  var rightDome: DiaphragmDome {
    DiaphragmDome(
      ellipsoid: IdealEllipsoid(centre: at(-72, -12, -165), semiAxes: SIMD3(66, 74, 85)), reach: 60)
  }

  var leftDome: DiaphragmDome {
    DiaphragmDome(
      ellipsoid: IdealEllipsoid(centre: at(74, -8, -170), semiAxes: SIMD3(62, 75, 80)), reach: -55)
  }

  /// The horizontal fissure, between the right upper and middle lobes.
  var horizontalFissure: Double { -10 + shift.z }

  /// The part of a plane behind the oblique fissure, where the lower lobe is.
  ///
  /// The fissure rises backwards by 1.03 for 1 and swings a little forward to the side.
  ///
  /// - Parameter height: the fissure's height at y = 0 in the middle of the lung.
  func behindFissure(at z: Double, column: LungColumn, height: Double) throws -> Region {
    let y = (z - shift.z - height) / 1.03 + shift.y
    let lateral = column.centre.x < shift.x ? -1.0 : 1.0
    return try Region.halfPlane(
      through: SIMD2(column.centre.x, y), inward: SIMD2(0.05 * lateral, 1))
  }

  // MARK: Heart and great vessels

  var heart: IdealEllipsoid {
    IdealEllipsoid(centre: at(22, -28, -42), semiAxes: SIMD3(52, 42, 58))
  }

  var aorta: IdealTube {
    IdealTube([
      IdealTube(through: [at(24, 44, -190), at(24, 44, 42)], radius: 12),
      IdealTube(through: [at(24, 44, 42), at(24, 14, 56), at(-6, -20, 46)], radius: 11),
      IdealTube(through: [at(-6, -20, 46), at(-10, -24, 0)], radius: 15),
    ])
  }

  var superiorVenaCava: IdealTube { IdealTube(through: [at(-26, -14, 5), at(-24, -16, 88)], radius: 9) }

  var pulmonaryArtery: IdealTube {
    IdealTube([
      IdealTube(through: [at(18, -42, 4), at(12, -16, 20)], radius: 13),
      IdealTube(through: [at(12, -16, 20), at(-40, 2, 14)], radius: 8),
      IdealTube(through: [at(12, -16, 20), at(42, 8, 18)], radius: 9),
    ])
  }

  /// Brachiocephalic trunk to the right and subclavian artery to the left, each over its apex.
  var archBranches: IdealTube {
    IdealTube([
      IdealTube(
        through: [at(-6, -18, 58), at(-24, -5, 95), at(-62, -8, 122), at(-100, -12, 116)], radius: 5),
      IdealTube(through: [at(20, 8, 60), at(30, 8, 98), at(60, -8, 118), at(100, -12, 114)], radius: 5),
    ])
  }

  /// The upright branch to the right upper lobe's apex; 5 mm wide.
  var rightApicalVessel: IdealTube { IdealTube(through: [at(-58, 5, 15), at(-58, 5, 74)], radius: 2.5) }

  var pulmonaryVessels: IdealTube {
    IdealTube([
      rightApicalVessel,
      IdealTube(through: [at(-40, 2, 14), at(-58, 5, 15)], radius: 4),
      IdealTube(through: [at(-44, 18, -30), at(-62, 36, -78)], radius: 3),
      IdealTube(through: [at(42, 8, 18), at(66, -5, 45)], radius: 3),
      IdealTube(through: [at(46, 20, 12), at(50, 28, -10), at(66, 42, -46)], radius: 3),
    ])
  }

  // MARK: Airways, gullet, nerves

  var trachea: IdealTube { IdealTube(through: [at(0, 8, 25), at(0, 8, 170)], radius: 9) }

  /// Where the trachea ends and the proximal bronchial tree begins: 2 cm above the carina (RTOG 0813).
  var treeTop: Double { 45 + shift.z }

  /// Upright beside the hilum, so that distances from it are level.
  var intermediateBronchus: IdealTube { IdealTube(through: [at(-40, 12, 4), at(-40, 12, -34)], radius: 6) }

  var bronchi: IdealTube {
    IdealTube([
      IdealTube(through: [at(0, 8, 25), at(-40, 12, 4)], radius: 7),
      intermediateBronchus,
      IdealTube(through: [at(-28, 11, 11), at(-50, 6, 22)], radius: 5),
      IdealTube(through: [at(-40, 12, -22), at(-52, -4, -34)], radius: 4),
      IdealTube(through: [at(-40, 12, -34), at(-45, 18, -41)], radius: 4.5),
      IdealTube(through: [at(0, 8, 25), at(42, 16, 0)], radius: 6.5),
      IdealTube(through: [at(42, 16, 0), at(56, 6, 6)], radius: 5),
      IdealTube(through: [at(42, 16, 0), at(52, 26, -28)], radius: 5),
    ])
  }

  var oesophagus: IdealTube {
    IdealTube(through: [at(4, 34, 170), at(4, 34, -80), at(16, 22, -118)], radius: 7)
  }

  var spinalCord: IdealTube { IdealTube(through: [at(0, 64, -200), at(0, 64, 170)], radius: 6) }

  var leftBrachialPlexus: IdealTube {
    IdealTube(through: [at(20, 45, 142), at(50, 14, 127), at(66, 4, 120), at(100, -2, 119)], radius: 2.5)
  }

  // MARK: Wall and belly

  /// The body's outline, a little narrower towards the neck.
  func outline(at z: Double, within depth: Double = 0, corners: Int) -> Region {
    let above = max(0, z - shift.z - 80) / 65
    let semiAxes = SIMD2(172 - 30 * above * above, 122 - 20 * above * above)
    return Region.ellipse(centre: atPlane(0, 0), semiAxes: semiAxes - depth, corners: corners)
  }

  /// The spine with the vessels and muscles before it, where no belly organ goes.
  func spine(corners: Int) -> Region {
    Region.ellipse(centre: atPlane(6, 66), semiAxes: SIMD2(42, 46), corners: corners)
  }

  var stomach: IdealEllipsoid {
    IdealEllipsoid(centre: at(70, -5, -142), semiAxes: SIMD3(40, 46, 40))
  }

  var colon: IdealTube {
    IdealTube(
      through: [at(20, -78, -172), at(70, -66, -156), at(108, -18, -136), at(106, 0, -180)], radius: 15)
  }

  var smallBowel: IdealEllipsoid {
    IdealEllipsoid(centre: at(62, -14, -185), semiAxes: SIMD3(45, 40, 18))
  }
}
