// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import Parallelism
internal import PlanarGeometry
internal import Quantities
public import Vocabulary

/// What a CT itself shows of a body: outline, bone, lungs, trachea, and what lies between the lungs.
///
/// By thresholds and connected parts alone, no network: a help where nothing is contoured, marked as derived. Surfaces are
/// those of blocks of about 1.5 mm.
public struct CTAnatomy: Sendable {
  /// What was found, each marked as derived.
  public private(set) var structures: [Structure] = []
  /// What was not found or is doubtful.
  public private(set) var doubts: [Doubt] = []
  /// The density of the lungs' air spaces; `nil` where no lung was found.
  public private(set) var lungDensity: LungDensity?

  /// What a reader of the result must know.
  public enum Doubt: Sendable, Hashable {
    /// Nothing as large as a body was found, and so nothing else.
    case noBody
    /// The body reaches the image's sides in this share of its planes.
    case bodyCutOff(share: Double)
    /// No lung was found.
    case noLungs
    /// One lung was found, on this side.
    case oneLung(Side)
    /// Both lungs are one body of air and were not told apart.
    case lungsNotToldApart
    /// No trachea was found, so that lungs may hold it.
    case noTrachea
  }

  /// How dense the lungs are, without vessels and airways.
  public struct LungDensity: Sendable, Hashable {
    /// The mean, in Hounsfield units.
    public let mean: Double
    /// The share of voxels below −950 Hounsfield units, which emphysema has.
    public let shareBelow950: Double
  }

  /// How structures of a CT say where they come from.
  private static let source = "CT"
  /// Bone within this of a lung is called ribs: ribs, sternum and vertebrae are not told apart (heuristic).
  private static let ribReachMM = 30.0

  /// Derives what is wanted.
  ///
  /// - Parameters:
  ///   - image: the CT.
  ///   - contoured: what is contoured already: of these roles and sides nothing is derived.
  /// - Throws: `GEOSError`.
  public init(_ image: CTImage, besides contoured: [Structure]) throws {
    let blocks = BlockImage(image)
    guard let body = BodyMask(blocks) else {
      doubts.append(.noBody)
      return
    }
    func isDrawn(_ roles: [StructureRole], _ side: Side? = nil) -> Bool {
      contoured.contains { structure in
        roles.contains(structure.name.role)
          && (side == nil || structure.name.side == nil || structure.name.side == side)
      }
    }
    if body.cutShare > 0 { doubts.append(.bodyCutOff(share: body.cutShare)) }
    let maker = VoxelBody(grid: blocks.grid)
    var made: [(StructureName, Mask, String)] = []
    if !isDrawn([.external, .skin]) {
      made.append(
        (
          StructureName(recognizing: "External"), body.mask,
          "the body without table, above −400 HU and filled"
        ))
    }
    let airways = Airways(blocks, in: body.mask)
    let bone = BoneMask(blocks, in: body.mask).mask
    let lungs = LungMasks(blocks, in: body.mask, airways: airways?.mask)
    if let lungs {
      tell(lungs)
      if airways == nil { doubts.append(.noTrachea) }
      lungDensity = Self.density(of: lungs.air, blocks, image)
      let hulls = [(Side.left, lungs.left), (.right, lungs.right)].compactMap { side, mask in
        mask.map { (side, $0.without(bone)) }
      }
      for (side, mask) in hulls where !isDrawn([.lung], side) && !isDrawn([.lobe], side) {
        let name = lungs.isOneBody ? "Lungs" : side == .left ? "Lung_L" : "Lung_R"
        made.append(
          (StructureName(recognizing: name), mask, "air below −400 HU, bridged over vessels and filled"))
      }
      if let left = lungs.left, let right = lungs.right, !isDrawn([.greatVessels]) {
        let between = Self.between(left, right, in: body.mask).without(bone)
          .without(
            airways?.mask ?? Mask(size: left.size, cells: [UInt8](repeating: 0, count: left.cells.count)))
        made.append(
          (
            StructureName(tg263: "Mediastinum", role: .greatVessels), between,
            "what lies between the lungs; heart, great vessels and oesophagus not told apart"
          ))
      }
      let near = [lungs.left, lungs.right].compactMap(\.self).reduce(into: Mask?.none) { all, mask in
        all = all?.or(mask) ?? mask
      }
      addBone(bone, near: near, blocks.grid, isDrawn, &made)
    } else {
      doubts.append(.noLungs)
      addBone(bone, near: nil, blocks.grid, isDrawn, &made)
    }
    if let airways, !isDrawn([.trachea, .bronchialTree]) {
      made.append(
        (
          StructureName(recognizing: "Trachea"), airways.mask,
          "air of trachea and main bronchi, without walls and lobar bronchi"
        ))
    }
    for (name, mask, how) in made {
      guard let solid = try maker.solid(of: mask.voxels, isSmoothed: true) else { continue }
      let isCut =
        ![.external, .bone, .rib, .trachea].contains(name.role) && maker.touchesEdge(mask.voxels)
      structures.append(
        Structure(
          name: name, sourceName: "\(Self.source): \(name.tg263)", solid: solid,
          derivation: "from the CT: \(how)", isEstimate: true,
          warnings: isCut ? [Structure.cutOffWarning] : [],
          mayBeCutOff: isCut))
    }
  }

  private func addBone(
    _ bone: Mask, near lungs: Mask?, _ grid: VoxelGrid,
    _ isDrawn: ([StructureRole], Side?) -> Bool, _ made: inout [(StructureName, Mask, String)]
  ) {
    let beside = lungs.map { $0.grown(by: Self.ribReachMM, on: grid).and(bone) }
    if let beside, !isDrawn([.rib], nil) {
      made.append(
        (
          StructureName(tg263: "Ribs", role: .rib), beside,
          "bone within 30 mm of a lung; ribs, sternum and vertebrae not told apart"
        ))
    }
    guard !isDrawn([.bone], nil) else { return }
    made.append(
      (StructureName(tg263: "Bones", role: .bone), beside.map { bone.without($0) } ?? bone, "bone elsewhere"))
  }

  private mutating func tell(_ lungs: LungMasks) {
    if lungs.isOneBody {
      doubts.append(.lungsNotToldApart)
    } else if lungs.left == nil {
      doubts.append(.oneLung(.right))
    } else if lungs.right == nil {
      doubts.append(.oneLung(.left))
    }
  }

  /// Voxel by voxel: blocks would average away what emphysema is told by.
  private static func density(of air: Mask, _ blocks: BlockImage, _ image: CTImage) -> LungDensity? {
    let factors = blocks.factors
    let sums = Workers.gather(air.size.z, into: { (sum: 0, low: 0, count: 0) }) { z, state in
      for y in 0..<air.size.y {
        for x in 0..<air.size.x where air.cells[(z * air.size.y + y) * air.size.x + x] == 1 {
          for k in 0..<factors.z {
            for j in 0..<factors.y {
              for i in 0..<factors.x {
                let value = Int(
                  image.value(x * factors.x + i, y * factors.y + j, z * factors.z + k))
                state.sum += value
                if value < -950 { state.low += 1 }
                state.count += 1
              }
            }
          }
        }
      }
    }
    let total = sums.reduce((sum: 0, low: 0, count: 0)) {
      ($0.sum + $1.sum, $0.low + $1.low, $0.count + $1.count)
    }
    guard total.count > 0 else { return nil }
    return LungDensity(
      mean: Double(total.sum) / Double(total.count), shareBelow950: Double(total.low) / Double(total.count))
  }

  /// In each row of a plane what lies between the right lung and the left one.
  private static func between(_ left: Mask, _ right: Mask, in body: Mask) -> Mask {
    let size = left.size
    var cells = [UInt8](repeating: 0, count: left.cells.count)
    for row in 0..<(size.y * size.z) {
      let line = row * size.x
      guard let last = (0..<size.x).last(where: { right.cells[line + $0] == 1 }),
        let first = (0..<size.x).first(where: { left.cells[line + $0] == 1 }), first > last + 1
      else { continue }
      for x in (last + 1)..<first where body.cells[line + x] == 1 { cells[line + x] = 1 }
    }
    return Mask(size: size, cells: cells)
  }
}
