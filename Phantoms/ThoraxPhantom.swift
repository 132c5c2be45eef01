// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Facts
internal import Quantities
internal import Vocabulary

/// An adult's thorax on planes 2.5 mm apart with eight lung metastases, each a different problem.
enum ThoraxPhantom {
  static let name = "thorax"
  static let summary =
    "An adult thorax with organs under TG-263 names and eight lung metastases, each a different problem."

  static func make(seed: UInt64) throws -> Phantom {
    var generator = SplitMix64(seed: seed)
    let spacing = ThoraxAnatomy.planes.spacing
    let anatomy = ThoraxAnatomy(shift: generator.subVoxelShift(voxel: SIMD3(1, 1, spacing)))
    let metastases = ThoraxMetastases(anatomy: anatomy).all
    let structures = try ThoraxDrawing(anatomy: anatomy).structures()
    return Phantom(
      name: name, summary: summary, seed: seed,
      patientCase: PatientCase(
        patientID: "PHANTOM-THORAX", frameOfReference: "2.25.31840672950138475610293847561029384756",
        patient: PatientRecord(
          statements: PhantomPatient.statements(
            words: [.extrathoracicDisease: "none", .generalAnaesthesia: "highRisk"]),
          priorTherapies: [
            PriorTherapy(kind: .sbrt, lesion: "L2", site: "lung", side: "right", monthsAgo: 14)
          ]),
        lesions: try metastases.map { try $0.drawn.lesion(site: .lung) } + [reportedOnly],
        structures: structures,
        doses: try earlierCourse(of: metastases[1].drawn, structures).map { [$0] } ?? []),
      truth: metastases.flatMap { $0.drawn.sizes() + $0.distances }, resection: resection(anatomy))
  }

  /// The stereotactic course to L2 of 14 months ago: 54 Gy in 3 fractions at the 80 % isodose.
  private static func earlierCourse(
    of lesion: DrawnLesion, _ structures: [Structure]
  ) throws -> CourseDose? {
    guard let body = structures.first(where: { $0.name.role == .external }) else { return nil }
    let dose = FallOffDose(
      centre: lesion.body.centre, peak: 67.5, half: 17, width: 3.2, bath: 2, reach: 80)
    return CourseDose(
      name: "SBRT_L2", grid: try dose.grid(covering: body.solid, voxel: 2.5), summation: .plan, fractions: 3,
      prescription: .gray(54), sources: ["dose.dcm"])
  }

  /// From where the lesions lie; 10 mm around, wedges up to 20 mm deep.
  private static func resection(_ anatomy: ThoraxAnatomy) -> PhantomResection {
    PhantomResection(
      techniques: [
        .init(
          lesion: "L1", technique: "segmentectomy",
          derivation: "over 20 mm from every pleura, nearest at the caval vein; over 10 mm from bronchi"),
        .init(
          lesion: "L2", technique: "segmentectomy",
          derivation: "set 22 mm below the costal pleura, far from bronchi"),
        .init(
          lesion: "L3", technique: "wedge",
          derivation: "set 0.5 mm below the pleura over the heart; 28.5 mm deep with the margin"),
        .init(
          lesion: "L4", technique: "lobectomy",
          derivation: "set 8 mm from the intermediate bronchus: within the margin of 10 mm"),
        .init(
          lesion: "L5", technique: "deepWedge",
          derivation: "set 5 mm below the costal pleura, 38 mm thick; over 10 mm from bronchi"),
        .init(
          lesion: "L6", technique: "segmentectomy",
          derivation: "over 20 mm from fissure, wall and dome, 20 mm from bronchi"),
        .init(
          lesion: "L7", technique: "wedge",
          derivation: "set 1 mm below the costal pleura, 8 mm thick: 19 mm deep with the margin"),
      ],
      together: [["L4", "L6"]], wholeLobes: ["RUL", "RLL"], right: ["L1", "L2", "L4", "L6"],
      left: ["L3", "L5", "L7"])
  }

  /// L8: named in another hospital's report, neither measured nor contoured.
  private static let reportedOnly = Lesion(
    id: "L8", sourceName: "L8", site: .lung, side: .left, lobe: .leftUpper)
}

/// The thorax's metastases, placed by what they lie beside.
struct ThoraxMetastases {
  let anatomy: ThoraxAnatomy

  /// A metastasis with the distances that are known in closed form.
  struct Metastasis {
    let drawn: DrawnLesion
    let distances: [PhantomTruth]
  }

  /// L1 to L7.
  var all: [Metastasis] {
    [
      besideVessel, deepInUpperLobe, besideHeart, besideBronchus, large, deepInLowerLobe, beneathPleura,
    ]
  }

  private func ball(_ id: String, _ diameter: Double, at centre: SIMD3<Double>) -> DrawnLesion {
    DrawnLesion(
      id: id, body: IdealEllipsoid(centre: centre, diameter: diameter), planes: ThoraxAnatomy.planes)
  }

  /// 9 mm, 1.5 mm in front of an upright vessel of 5 mm, which carries heat away.
  private var besideVessel: Metastasis {
    let drawn = ball("L1", 9, at: anatomy.at(-58, 5 - 2.5 - 1.5 - 4.5, 50))
    return Metastasis(
      drawn: drawn,
      distances: [
        drawn.levelClearance(
          anatomy.pulmonaryVessels.distance(from: drawn.body.centre) - 4.5, to: "PulmonaryVessels",
          "distance from the upright tube's axis less both radii")
      ])
  }

  /// 15 mm, 22 mm below the costal pleura of the right upper lobe, far from everything.
  private var deepInUpperLobe: Metastasis {
    let wall = anatomy.rightColumn.pleura(degrees: 200, z: 28 + anatomy.shift.z)
    let drawn = ball("L2", 15, at: wall.point + wall.inward * (22 + 7.5))
    return Metastasis(
      drawn: drawn,
      distances: [drawn.pleuralDepth(22, "set inward from the upright elliptic wall along its normal")])
  }

  /// 18 mm in the lingula, half a millimetre off the heart.
  private var besideHeart: Metastasis {
    let side = anatomy.heart.surfacePoint(toward: SIMD3(0.94, -0.34, 0))
    let drawn = ball("L3", 18, at: side.point + side.normal * (0.5 + 9))
    let how = "set outward from the heart ellipsoid's equator along its normal"
    return Metastasis(
      drawn: drawn,
      distances: [drawn.levelClearance(0.5, to: "Heart", how), drawn.pleuralDepth(0.5, how)])
  }

  /// 22 mm, 8 mm from the intermediate bronchus.
  private var besideBronchus: Metastasis {
    let drawn = ball("L4", 22, at: anatomy.at(-40 - 0.8 * 25, 12 + 0.6 * 25, -12))
    return Metastasis(
      drawn: drawn,
      distances: [
        drawn.levelClearance(
          anatomy.bronchi.distance(from: drawn.body.centre) - 11, to: "BronchTree",
          "distance from the upright intermediate bronchus's axis less both radii")
      ])
  }

  /// 38 mm in the left lower lobe, 5 mm below the costal pleura.
  private var large: Metastasis {
    let wall = anatomy.leftColumn.pleura(degrees: 30, z: -45 + anatomy.shift.z)
    let drawn = ball("L5", 38, at: wall.point + wall.inward * (5 + 19))
    return Metastasis(
      drawn: drawn,
      distances: [drawn.pleuralDepth(5, "set inward from the upright elliptic wall along its normal")])
  }

  /// 29.5 mm, within the measurement error of 30 mm, deep in the right lower lobe above the diaphragm.
  private var deepInLowerLobe: Metastasis {
    Metastasis(drawn: ball("L6", 29.5, at: anatomy.at(-81, 39, -43)), distances: [])
  }

  /// 8 mm in the left upper lobe, 1 mm below the costal pleura and under a rib.
  private var beneathPleura: Metastasis {
    let wall = anatomy.leftColumn.pleura(degrees: -20, z: 10 + anatomy.shift.z)
    let drawn = ball("L7", 8, at: wall.point + wall.inward * (1 + 4))
    return Metastasis(
      drawn: drawn,
      distances: [drawn.pleuralDepth(1, "set inward from the upright elliptic wall along its normal")])
  }
}
