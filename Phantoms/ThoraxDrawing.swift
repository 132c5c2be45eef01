// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry
internal import Quantities

/// The thorax's organs drawn on planes, none overlapping another where bodies do not.
struct ThoraxDrawing {
  let anatomy: ThoraxAnatomy
  /// Bodies that the contours of lungs and lobes leave out, as most segmentations leave out solid tumours.
  var leftOut: [IdealEllipsoid] = []
  /// Whether the chest wall is contoured.
  var hasChestWall = true
  private let planes = ThoraxAnatomy.planes
  /// Corners of a ring: enough that polygons stay within 0.2 mm of their curves, few enough that the whole
  /// structure set is a small file.
  private static let wide = 48
  private static let narrow = 20

  /// Every structure of the phantom under its TG-263 name.
  func structures() throws -> [Structure] {
    let trachea = try anatomy.trachea.drawing(on: planes, corners: Self.narrow)
    let windpipe = trachea.kept { $0 >= anatomy.treeTop }
    let tree = try trachea.kept { $0 < anatomy.treeTop }
      .joined(with: [try anatomy.bronchi.drawing(on: planes, corners: 36)])
    let heart = anatomy.heart.drawing(on: planes, corners: 72)
    let gullet = try anatomy.oesophagus.drawing(on: planes, corners: Self.narrow).carved(by: [tree])
    let aorta = try anatomy.aorta.drawing(on: planes).carved(by: [windpipe, tree, heart, gullet])
    let cava = try anatomy.superiorVenaCava.drawing(on: planes).carved(by: [windpipe, tree, heart, aorta])
    let branches = try anatomy.archBranches.drawing(on: planes, corners: Self.narrow)
      .carved(by: [windpipe, aorta, cava])
    let artery = try anatomy.pulmonaryArtery.drawing(on: planes)
      .carved(by: [windpipe, tree, heart, aorta, cava])
    let mediastinum = [windpipe, tree, heart, gullet, aorta, cava, branches, artery]
    let right = try lung(anatomy.rightColumn, under: anatomy.rightDome, carvedBy: mediastinum)
    let left = try lung(anatomy.leftColumn, under: anatomy.leftDome, carvedBy: mediastinum)
    let gaps = leftOut.map { $0.drawing(on: planes, corners: 96) }
    let vessels = try anatomy.pulmonaryVessels.drawing(on: planes, corners: 16).carved(by: [tree, artery])
    return [
      try outline.structure("External"), try skin().structure("Skin"),
      try right.carved(by: gaps).structure("Lung_R"), try left.carved(by: gaps).structure("Lung_L"),
    ] + (try lobes(right: right.carved(by: gaps), left: left.carved(by: gaps))) + (try wall()) + [
      try heart.structure("Heart"), try aorta.structure("A_Aorta"), try artery.structure("A_Pulmonary"),
      try cava.structure("V_Venacava_S"), try branches.structure("A_Brachiocephls"),
      try vessels.structure("PulmonaryVessels"), try windpipe.structure("Trachea"),
      try tree.structure("BronchTree"), try gullet.structure("Esophagus"),
      try anatomy.spinalCord.drawing(on: planes, corners: Self.narrow).structure("SpinalCord"),
      try anatomy.leftBrachialPlexus.drawing(on: planes, corners: 16).structure("BrachialPlex_L"),
    ] + (try belly(heart: heart, gullet: gullet, aorta: aorta))
  }

  // MARK: Lungs

  private func lung(
    _ column: LungColumn, under dome: DiaphragmDome, carvedBy organs: [OrganDrawing]
  ) throws -> OrganDrawing {
    let diaphragm = try OrganDrawing(on: planes) { z in try dome.section(at: z, corners: Self.wide) }
    return try OrganDrawing(on: planes) { z in column.section(at: z, corners: Self.wide) }
      .carved(by: [diaphragm] + organs)
  }

  private func lobes(right: OrganDrawing, left: OrganDrawing) throws -> [Structure] {
    let behindRight = try OrganDrawing(on: planes) { z in
      try anatomy.behindFissure(at: z, column: anatomy.rightColumn, height: -10)
    }
    let behindLeft = try OrganDrawing(on: planes) { z in
      try anatomy.behindFissure(at: z, column: anatomy.leftColumn, height: -30)
    }
    let front = try right.carved(by: [behindRight])
    return [
      try front.kept { $0 >= anatomy.horizontalFissure }.structure("Lung_RUL"),
      try front.kept { $0 < anatomy.horizontalFissure }.structure("Lung_RML"),
      try right.clipped(to: behindRight).structure("Lung_RLL"),
      try left.carved(by: [behindLeft]).structure("Lung_LUL"),
      try left.clipped(to: behindLeft).structure("Lung_LLL"),
    ]
  }

  // MARK: Wall

  private var outline: OrganDrawing {
    OrganDrawing(on: planes) { z in anatomy.outline(at: z, corners: Self.wide) }
  }

  /// The outermost 4 mm.
  private func skin() throws -> OrganDrawing {
    try outline.carved(by: [beneathSkin])
  }

  private var beneathSkin: OrganDrawing {
    OrganDrawing(on: planes) { z in anatomy.outline(at: z, within: 4, corners: Self.wide) }
  }

  private func wall() throws -> [Structure] {
    let sides: [(suffix: String, column: LungColumn, dome: DiaphragmDome, lateral: Double)] = [
      ("R", anatomy.rightColumn, anatomy.rightDome, -1), ("L", anatomy.leftColumn, anatomy.leftDome, 1),
    ]
    // In front the heart, and further down the diaphragm, lie against the wall rather than against lung.
    let heartBed = anatomy.heart.grown(by: 2).drawing(on: planes, corners: Self.wide)
    var structures: [Structure] = []
    for side in sides {
      // The costal side only: the mediastinum is no chest wall.
      let costal = try Region.halfPlane(
        through: SIMD2(anatomy.shift.x + side.lateral * 36, 0), inward: SIMD2(side.lateral, 0))
      let dome = try OrganDrawing(on: planes) { z in try side.dome.section(at: z, corners: Self.wide) }
      let muscle = try OrganDrawing(on: planes) { z in
        try rind(of: side.column, from: 2, to: 25, at: z).intersection(costal)
      }.clipped(to: beneathSkin).carved(by: [heartBed, dome])
      if hasChestWall { structures.append(try muscle.structure("Chestwall_\(side.suffix)")) }
      let bones = try OrganDrawing(on: planes) { z in
        let rind = try rind(of: side.column, from: 3, to: 11, at: z)
        return try ribBands(at: z).intersection(rind).intersection(costal)
      }.clipped(to: beneathSkin).carved(by: [heartBed, dome])
      structures.append(try bones.structure("Rib_\(side.suffix)"))
    }
    return structures
  }

  private func rind(
    of column: LungColumn, from inner: Double, to outer: Double, at z: Double
  ) throws -> Region {
    try column.section(at: z, grownBy: outer, above: 8, corners: Self.wide)
      .subtracting(column.section(at: z, grownBy: inner, above: 8, corners: Self.wide))
  }

  /// Where ribs pass a plane.
  ///
  /// Each is 10 mm high and falls by 0.4 for 1 from back to front, so that a plane cuts it in a band of y.
  private func ribBands(at z: Double) throws -> Region {
    var bands = Region.empty
    for step in 0..<9 {
      let back = 115.5 - 30 * Double(step) + anatomy.shift.z
      let y = 90 - (back - z) / 0.4 + anatomy.shift.y
      guard y > -85, y < 105 else { continue }
      bands = try bands.union(Region.rectangle(low: SIMD2(-200, y - 12.5), high: SIMD2(200, y + 12.5)))
    }
    return bands
  }

  // MARK: Belly

  private func belly(
    heart: OrganDrawing, gullet: OrganDrawing, aorta: OrganDrawing
  ) throws -> [Structure] {
    let spine = OrganDrawing(on: planes) { _ in anatomy.spine(corners: Self.wide) }
    let heartBed = anatomy.heart.grown(by: 4).drawing(on: planes, corners: Self.wide)
    let underRight = try OrganDrawing(on: planes) { z in
      try anatomy.rightDome.section(at: z, below: 4, corners: Self.wide)
    }
    let underLeft = try OrganDrawing(on: planes) { z in
      try anatomy.leftDome.section(at: z, below: 4, corners: Self.wide)
    }
    let liver = try underRight.carved(by: [spine, heartBed, gullet, aorta])
    let stomach = try anatomy.stomach.drawing(on: planes, corners: 48).clipped(to: underLeft)
      .carved(by: [liver, spine, heartBed, gullet, aorta])
    let colon = try anatomy.colon.drawing(on: planes).clipped(to: underLeft)
      .carved(by: [liver, stomach, spine])
    let bowel = try anatomy.smallBowel.drawing(on: planes, corners: 48).clipped(to: underLeft)
      .carved(by: [liver, stomach, colon, spine, aorta])
    return [
      try liver.structure("Liver"), try stomach.structure("Stomach"), try colon.structure("Colon"),
      try bowel.structure("Bowel_Small"),
    ]
  }
}
