// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Facts
internal import PlanarGeometry
internal import Vocabulary

/// An adult's upper belly on planes 2.5 mm apart with four liver metastases.
enum LiverPhantom {
  static let name = "liver"
  static let summary =
    "An upper abdomen with the liver's vessels and neighbours and four liver metastases of 20 to 55 mm."

  static func make(seed: UInt64) throws -> Phantom {
    var generator = SplitMix64(seed: seed)
    let spacing = LiverAnatomy.planes.spacing
    let anatomy = LiverAnatomy(shift: generator.subVoxelShift(voxel: SIMD3(1, 1, spacing)))
    let drawn = lesions(anatomy)
    return Phantom(
      name: name, summary: summary, seed: seed,
      patientCase: PatientCase(
        patientID: "PHANTOM-LIVER", frameOfReference: "2.25.20657483920194857362514036928471506392",
        patient: PatientRecord(
          statements: PhantomPatient.statements(
            numbers: [.normalLiverVolume: 1800, .futureLiverRemnant: 60, .liverInvolvement: 6],
            words: [
              .primarySite: "uterus", .extrahepaticDisease: "none", .extrathoracicDisease: "controlled",
              .childPugh: "none", .ascites: "absent", .portalHypertension: "absent",
              .portalFlow: "normal", .liverParenchyma: "normal",
            ]),
          priorTherapies: []),
        lesions: try drawn.map { try $0.lesion(site: .liver) }, structures: try structures(anatomy)),
      truth: drawn.flatMap { $0.sizes() + distances(of: $0, in: anatomy) })
  }

  private static func lesions(_ anatomy: LiverAnatomy) -> [DrawnLesion] {
    let places: [(id: String, diameter: Double, centre: SIMD3<Double>)] = [
      // 1 mm behind the upright vein: its radius, the gap and the lesion's radius.
      ("H1", 20, anatomy.at(-95, 2 + 2.5 + 1 + 10, 0)),
      ("H2", 25, anatomy.subcapsularCentre),
      ("H3", 34, anatomy.subphrenicCentre),
      ("H4", 55, anatomy.at(-34, -16, 22)),
    ]
    return places.map {
      DrawnLesion(
        id: $0.id, body: IdealEllipsoid(centre: $0.centre, diameter: $0.diameter),
        planes: LiverAnatomy.planes)
    }
  }

  private static func distances(of drawn: DrawnLesion, in anatomy: LiverAnatomy) -> [PhantomTruth] {
    let radius = drawn.body.semiAxes.x
    return switch drawn.id {
    case "H1":
      [
        drawn.levelClearance(
          anatomy.hepaticVeins.distance(from: drawn.body.centre) - radius, to: "V_Hepatic",
          "nearest vessel of the liver: distance from the upright vein's axis less both radii")
      ]
    case "H2":
      [
        drawn.levelClearance(
          anatomy.colon.distance(from: drawn.body.centre) - radius, to: "Colon",
          "distance from the upright colon's axis less both radii")
      ]
    case "H4":
      [
        drawn.slantingClearance(
          anatomy.portalVein.distance(from: drawn.body.centre) - radius, to: "V_Portal",
          "nearest vessel of the liver: distance from the portal vein's axis less both radii")
      ]
    default: []
    }
  }

  // MARK: Organs

  private static func structures(_ anatomy: LiverAnatomy) throws -> [Structure] {
    let planes = LiverAnatomy.planes
    let kidney = anatomy.rightKidney.drawing(on: planes, corners: 48)
    let gallbladder = anatomy.gallbladder.drawing(on: planes, corners: 32)
    let colon = try anatomy.colon.drawing(on: planes, corners: 96)
    let cava = try anatomy.inferiorVenaCava.drawing(on: planes)
    let aorta = try anatomy.aorta.drawing(on: planes)
    let heart = anatomy.heart.drawing(on: planes, corners: 64)
    let gullet = try anatomy.oesophagus.drawing(on: planes, corners: 24).carved(by: [heart])
    let spine = OrganDrawing(on: planes) { _ in anatomy.spine(corners: 60) }
    let outline = OrganDrawing(on: planes) { _ in anatomy.outline(corners: 60) }
    let beneathSkin = OrganDrawing(on: planes) { _ in anatomy.outline(within: 4, corners: 60) }
    // Organs leave 2 mm of fat to one another.
    let renalBed = anatomy.rightKidney.grown(by: 2).drawing(on: planes, corners: 48)
    let colicBed = try anatomy.colon.grown(by: 2).drawing(on: planes, corners: 96)
    let liver = try anatomy.liver.drawing(on: planes, corners: 96)
      .carved(by: [
        try OrganDrawing(on: planes) { z in try anatomy.beyondLowerEdge(at: z) }, renalBed, colicBed,
        gallbladder, cava, aorta, spine, gullet,
      ])
    let hepaticBed = try OrganDrawing(on: planes) { z in
      try anatomy.liver.grown(by: 2).section(at: z, corners: 60)
        .subtracting(try anatomy.beyondLowerEdge(at: z))
    }
    let stomach = try anatomy.stomach.drawing(on: planes, corners: 48)
      .carved(by: [hepaticBed, spine, aorta, gullet])
    let duodenum = try anatomy.duodenum.drawing(on: planes)
      .carved(by: [liver, gallbladder, kidney, colon, stomach, cava])
    let veins = try anatomy.hepaticVeins.drawing(on: planes, corners: 48).carved(by: [cava])
    let portal = try anatomy.portalVein.drawing(on: planes, corners: 48).carved(by: [cava, duodenum])
    let duct = try anatomy.bileDuct.drawing(on: planes, corners: 24)
      .carved(by: [portal, duodenum, gallbladder, cava])
    let dome = try OrganDrawing(on: planes) { z in try anatomy.dome.section(at: z, corners: 60) }
    let lung = try OrganDrawing(on: planes) { z in anatomy.lungColumn.section(at: z, corners: 60) }
      .clipped(to: beneathSkin).carved(by: [dome, heart, gullet, aorta, cava, spine])
    return [
      try outline.structure("External"), try outline.carved(by: [beneathSkin]).structure("Skin"),
      try liver.structure("Liver"), try portal.structure("V_Portal"),
      try veins.structure("HepaticVein"), try gallbladder.structure("Gallbladder"),
      try duct.structure("BileDuct_Common"), try stomach.structure("Stomach"),
      try duodenum.structure("Duodenum"), try colon.structure("Colon"), try kidney.structure("Kidney_R"),
      try lung.structure("Lung_R"), try heart.structure("Heart"), try cava.structure("V_Venacava_I"),
      try aorta.structure("A_Aorta"), try gullet.structure("Esophagus"),
      try anatomy.spinalCord.drawing(on: planes, corners: 24).structure("SpinalCord"),
    ]
  }
}
