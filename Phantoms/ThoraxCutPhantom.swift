// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Facts
internal import Quantities
internal import Vocabulary

/// The thorax as segmentations of air-filled lung give it: every tumour is left out of lungs and lobes, with a margin, and
/// neither a site nor a chest wall is given.
///
/// Its twin `thorax-uncut` has the same tumours within lungs that are drawn whole: what is planned on the one must be
/// planned on the other, within the margin that was cut away.
enum ThoraxCutPhantom {
  static let name = "thorax-cut"
  static let summary =
    "The thorax with its tumours left out of the contours of lungs and lobes, without site, side or chest wall."
  static let wholeName = "thorax-uncut"
  static let wholeSummary = "The twin of thorax-cut whose lungs and lobes are drawn whole."

  /// How much more than the tumour is left out all round, in millimetres.
  static let margin = 1.5

  static func make(seed: UInt64, isCut: Bool) throws -> Phantom {
    var generator = SplitMix64(seed: seed)
    let anatomy = ThoraxAnatomy(
      shift: generator.subVoxelShift(voxel: SIMD3(1, 1, ThoraxAnatomy.planes.spacing)))
    let tumours = CutTumours(anatomy: anatomy)
    var drawing = ThoraxDrawing(anatomy: anatomy)
    drawing.hasChestWall = false
    if isCut { drawing.leftOut = tumours.all.map { $0.drawn.body.grown(by: margin) } }
    return Phantom(
      name: isCut ? name : wholeName, summary: isCut ? summary : wholeSummary, seed: seed,
      patientCase: PatientCase(
        patientID: isCut ? "PHANTOM-THORAX-CUT" : "PHANTOM-THORAX-UNCUT",
        frameOfReference: "2.25.31840672950138475610293847561029384757",
        patient: PatientRecord(
          statements: PhantomPatient.statements(words: [.extrathoracicDisease: "none"])),
        lesions: try tumours.all.map { try $0.drawn.lesion() }, structures: try drawing.structures()),
      // What was cut away around a tumour may be missing from its depth.
      truth: tumours.all.flatMap { tumour in
        tumour.drawn.sizes()
          + tumour.distances.map { truth in
            PhantomTruth(
              lesion: truth.lesion, quantity: truth.quantity, value: truth.value,
              tolerance: truth.tolerance + (isCut ? margin : 0), derivation: truth.derivation)
          }
      },
      places: tumours.all.map {
        PhantomPlace(lesion: $0.drawn.id, site: .lung, side: $0.lobe.side, lobe: $0.lobe)
      })
  }
}

/// The tumours of the cut thorax, placed by what they lie beside.
private struct CutTumours {
  let anatomy: ThoraxAnatomy

  struct Tumour {
    let drawn: DrawnLesion
    let lobe: Lobe
    let distances: [PhantomTruth]
  }

  var all: [Tumour] { [beneathPleura, deep, large, overDome, besideHeart, posterior] }

  private func ball(_ id: String, _ diameter: Double, at centre: SIMD3<Double>) -> DrawnLesion {
    DrawnLesion(
      id: id, body: IdealEllipsoid(centre: centre, diameter: diameter), planes: ThoraxAnatomy.planes)
  }

  /// Depth and distance to the derived chest wall, which begins where the lung ends.
  private func costal(_ drawn: DrawnLesion, _ depth: Double, side: String) -> [PhantomTruth] {
    let how = "set inward from the upright elliptic wall along its normal"
    let pleura = drawn.pleuralDepth(depth, how)
    return [
      pleura,
      PhantomTruth(
        lesion: drawn.id, quantity: .clearanceMM(to: "Chestwall_\(side)"), value: depth,
        tolerance: pleura.tolerance + Self.hullExcess,
        derivation: how + "; the derived wall begins at the lung"),
    ]
  }

  /// How far the lungs' common hull may leave the wall of the column: corners, and planes that the heart cuts into.
  private static let hullExcess = 0.5

  /// 10 mm, a millimetre below the costal pleura: what is left out opens towards the wall.
  private var beneathPleura: Tumour {
    let wall = anatomy.leftColumn.pleura(degrees: -20, z: 10 + anatomy.shift.z)
    let drawn = ball("C1", 10, at: wall.point + wall.inward * (1 + 5))
    return Tumour(drawn: drawn, lobe: .leftUpper, distances: costal(drawn, 1, side: "L"))
  }

  /// 15 mm, 12 mm below the costal pleura: a hole within the lung.
  private var deep: Tumour {
    let wall = anatomy.rightColumn.pleura(degrees: 200, z: 28 + anatomy.shift.z)
    let drawn = ball("C2", 15, at: wall.point + wall.inward * (12 + 7.5))
    return Tumour(drawn: drawn, lobe: .rightUpper, distances: costal(drawn, 12, side: "R"))
  }

  /// 60 mm, half a millimetre below the costal pleura: a bay that takes a good part of the lobe.
  private var large: Tumour {
    let wall = anatomy.leftColumn.pleura(degrees: 40, z: -45 + anatomy.shift.z)
    let drawn = ball("C3", 60, at: wall.point + wall.inward * (0.5 + 30))
    return Tumour(drawn: drawn, lobe: .leftLower, distances: costal(drawn, 0.5, side: "L"))
  }

  /// 24 mm, 8 mm above the right dome along its normal.
  private var overDome: Tumour {
    let top = anatomy.rightDome.ellipsoid.surfacePoint(toward: SIMD3(-0.25, 0.35, 0.9))
    let drawn = ball("C4", 24, at: top.point + top.normal * (8 + 12))
    return Tumour(
      drawn: drawn, lobe: .rightLower,
      distances: [
        drawn.slantingClearance(
          8, to: "Diaphragm_R", "set outward from the dome's ellipsoid along its normal")
      ])
  }

  /// 18 mm in the lingula, half a millimetre off the heart: what is left out opens towards the mediastinum.
  private var besideHeart: Tumour {
    let side = anatomy.heart.surfacePoint(toward: SIMD3(0.94, -0.34, 0))
    let drawn = ball("C5", 18, at: side.point + side.normal * (0.5 + 9))
    let how = "set outward from the heart ellipsoid's equator along its normal"
    return Tumour(
      drawn: drawn, lobe: .leftUpper,
      distances: [drawn.levelClearance(0.5, to: "Heart", how), drawn.pleuralDepth(0.5, how)])
  }

  /// 20 mm, half a millimetre below the posterior pleura of the right lower lobe.
  private var posterior: Tumour {
    let wall = anatomy.rightColumn.pleura(degrees: 110, z: -25 + anatomy.shift.z)
    let drawn = ball("C6", 20, at: wall.point + wall.inward * (0.5 + 10))
    return Tumour(drawn: drawn, lobe: .rightLower, distances: costal(drawn, 0.5, side: "R"))
  }
}
