// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Facts
internal import PlanarGeometry
internal import Vocabulary

/// Balls and an ellipsoid at known gaps to a box, a cylinder, a ball and a capsule, on planes 1 mm apart.
///
/// No anatomy: the names are only there so that every body has a role. All distances have a closed form.
enum SpheresPhantom {
  static let name = "spheres"
  static let summary =
    "Balls of 3 to 30 mm and an ellipsoid at exact gaps to a box, a cylinder, a ball and a capsule."

  private static let planes = AxialPlanes(from: -40, through: 40, spacing: 1)

  static func make(seed: UInt64) throws -> Phantom {
    var generator = SplitMix64(seed: seed)
    let scene = Scene(shift: generator.subVoxelShift(voxel: SIMD3(1, 1, 1)))
    var lesions: [Lesion] = []
    var truth: [PhantomTruth] = []
    for target in scene.targets {
      let drawn = DrawnLesion(id: target.id, body: target.body, planes: planes)
      lesions.append(try drawn.lesion(site: .lung))
      truth += drawn.sizes()
      truth.append(
        drawn.levelClearance(
          target.gapToBox, to: "Heart", "from the box's flat face, y of the face less y of the ball's edge"))
      if target.isBall { truth += scene.clearances(ofBall: drawn) }
    }
    return Phantom(
      name: name, summary: summary, seed: seed,
      patientCase: PatientCase(
        patientID: "PHANTOM-SPHERES", frameOfReference: "2.25.18270349916230184650928416523098471625",
        patient: PatientRecord(statements: PhantomPatient.statements(), priorTherapies: []),
        lesions: lesions, structures: try scene.structures(on: planes)),
      truth: truth)
  }

  /// A lesion of the scene and its gap in millimetres to the face of the box.
  private struct Target {
    let id: String
    let body: IdealEllipsoid
    let gapToBox: Double
    var isBall: Bool { body.semiAxes.x == body.semiAxes.y && body.semiAxes.y == body.semiAxes.z }
  }

  /// The ideal bodies, moved as one by less than half a voxel.
  private struct Scene {
    let shift: SIMD3<Double>

    var boxLow: SIMD3<Double> { SIMD3(-115, 40, -30) + shift }
    var boxHigh: SIMD3<Double> { SIMD3(115, 80, 30) + shift }
    var cylinderCentre: SIMD3<Double> { SIMD3(-70, -20, 0) + shift }
    let cylinderRadius = 10.0
    let cylinderHalfHeight = 30.0
    var ball: IdealEllipsoid { IdealEllipsoid(centre: SIMD3(30, -15, 5) + shift, diameter: 30) }
    var capsule: IdealCapsule {
      IdealCapsule(start: SIMD3(60, -30, -20) + shift, end: SIMD3(100, -20, 15) + shift, radius: 6)
    }

    /// In front of the box's face, each at its own gap and height.
    var targets: [Target] {
      let balls: [(diameter: Double, x: Double, z: Double, gap: Double)] = [
        (3, -100, 0, 1), (5, -85, 3, 2), (7, -65, -4, 3.5), (10, -45, 7, 5), (15, -20, 0, 0.5),
        (20, 15, -6, 8), (30, 60, 2, 12),
      ]
      let ellipsoid = SIMD3(10.0, 7, 5)
      return balls.map { ball in
        let centre = SIMD3(ball.x, 40 - ball.gap - ball.diameter / 2, ball.z) + shift
        let number = Int(ball.diameter)
        return Target(
          id: number < 10 ? "S0\(number)" : "S\(number)",
          body: IdealEllipsoid(centre: centre, diameter: ball.diameter), gapToBox: ball.gap)
      } + [
        Target(
          id: "E20",
          body: IdealEllipsoid(centre: SIMD3(100, 40 - 4 - ellipsoid.y, 0) + shift, semiAxes: ellipsoid),
          gapToBox: 4)
      ]
    }

    func clearances(ofBall drawn: DrawnLesion) -> [PhantomTruth] {
      let centre = drawn.body.centre
      let radius = drawn.body.semiAxes.x
      let aside = centre - cylinderCentre
      let fromAxis = length(SIMD3(aside.x, aside.y, 0))
      return [
        drawn.levelClearance(
          fromAxis - cylinderRadius - radius, to: "A_Aorta",
          "distance from the upright cylinder's axis less both radii"),
        drawn.slantingClearance(
          length(centre - ball.centre) - ball.semiAxes.x - radius, to: "Stomach",
          "distance of the two balls' centres less both radii"),
        drawn.slantingClearance(
          capsule.distance(from: centre) - radius, to: "Esophagus",
          "distance from the capsule's axis, a segment, less both radii"),
      ]
    }

    func structures(on planes: AxialPlanes) throws -> [Structure] {
      let box = OrganDrawing(on: planes) { z in
        guard z >= boxLow.z, z <= boxHigh.z else { return .empty }
        return Region.rectangle(low: SIMD2(boxLow.x, boxLow.y), high: SIMD2(boxHigh.x, boxHigh.y))
      }
      let cylinder = OrganDrawing(on: planes) { z in
        guard abs(z - cylinderCentre.z) <= cylinderHalfHeight else { return .empty }
        return Region.ellipse(
          centre: SIMD2(cylinderCentre.x, cylinderCentre.y), semiAxes: SIMD2(repeating: cylinderRadius),
          corners: 128)
      }
      let capsule = try OrganDrawing(on: planes) { z in try self.capsule.section(at: z, corners: 128) }
      return [
        try box.structure("Heart"), try cylinder.structure("A_Aorta"),
        try ball.drawing(on: planes, corners: 128).structure("Stomach"), try capsule.structure("Esophagus"),
      ]
    }
  }
}
