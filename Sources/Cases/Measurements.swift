// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
public import Anatomy
public import Quantities
public import Vocabulary

/// The distance of one lesion to one structure.
public struct StructureClearance: Sendable, Hashable {
  /// The structure's name.
  public let structure: StructureName
  /// The name it had in its file, which tells structures of one TG-263 name apart.
  public let sourceName: String
  /// Whether the structure was derived.
  public let derived: Bool
  /// Whether its surface is an estimate.
  public let isEstimate: Bool
  /// Distance, nearest points and overlap.
  public let clearance: Clearance
}

/// What geometry says of one lesion.
public struct LesionMeasurements: Sendable, Hashable {
  /// The lesion's id.
  public let id: String
  /// Whether the body was modelled from a centre and diameters: distances are then estimates.
  public let modelled: Bool
  /// Longest axial diameter and short axis.
  public let diameters: AxialDiameters?
  /// The greatest distance of two contour points in three dimensions.
  public let greatestDiameter: Length
  /// The volume with the body's end caps.
  public let volume: Volume
  /// The centre of volume, LPS in millimetres.
  public let centroid: SIMD3<Double>?
  /// To every structure, nearest first; the lesion's own lung, lobe and the body outline are left out.
  public let clearances: [StructureClearance]
  /// Contoured structures of unknown meaning within `unrecognizedReach`, nearest first: no rule sees them, and an unknown
  /// neighbour is no far neighbour.
  public var unrecognized: [StructureClearance] {
    clearances.filter {
      !$0.structure.isRecognized && !$0.derived && $0.clearance.distance <= Self.unrecognizedReach
    }
  }
  /// How near a structure of unknown meaning must lie to be named: the distance within which rules ask for any neighbour of
  /// an ablation or a target (heuristic).
  public static let unrecognizedReach = Length.millimeters(20)
  /// Below the visceral pleura: from the lobe where lobes are contoured (fissures count), else the lung.
  public let pleuralDepth: DepthInside?
  /// What the pleural depth was measured in.
  public let pleuralContainer: StructureName?
  /// Whether that container's surface is an estimate.
  public let isPleuraEstimated: Bool
  /// The site, side and lobe that the structures around it show; `nil` for a body without centre.
  public let surroundings: Surroundings?
}

/// Sizes, volumes and clearances of a case.
public struct Measurements: Sendable, Hashable {
  /// One entry for every lesion with a body, in the case's order.
  public let lesions: [LesionMeasurements]

  /// The measurements of a lesion, or `nil` when it has no body.
  public subscript(lesion id: String) -> LesionMeasurements? { lesions.first { $0.id == id } }

  /// Measures every lesion that has a body.
  ///
  /// - Throws: `GEOSError` when a planar operation fails.
  public init(of patientCase: PatientCase) throws {
    let prepared = try patientCase.structures.map { try PreparedStructure($0) }
    let drawn = patientCase.lesions.compactMap { lesion in lesion.body.map { (lesion, $0) } }
    let found = Workers.gather(
      drawn.count, into: { [(Int, Result<LesionMeasurements, any Error>)]() }
    ) { index, found in
      let (lesion, body) = drawn[index]
      found.append((index, Result { try Self.measure(lesion, body, prepared) }))
    }
    lesions = try found.joined().sorted { $0.0 < $1.0 }.map { try $0.1.get() }
  }

  private struct PreparedStructure: Sendable {
    let structure: Structure
    let prepared: PreparedSolid
    /// The structure's outer surface, for the organs whose depth is asked.
    let envelope: Envelope?

    init(_ structure: Structure) throws {
      self.structure = structure
      prepared = PreparedSolid(structure.solid)
      envelope = [.lung, .lobe].contains(structure.name.role) ? try Envelope(structure.solid) : nil
    }
  }

  private static func measure(
    _ lesion: Lesion, _ body: LesionBody, _ structures: [PreparedStructure]
  ) throws -> LesionMeasurements {
    let solid = body.solid
    let prepared = PreparedSolid(solid)
    let centre = solid.centroid
    let surroundings = centre.map { Surroundings(of: $0, among: structures.map(\.structure)) }
    let containers = structures.filter { entry in
      [.lung, .lobe, .liver].contains(entry.structure.name.role)
        && (centre.map(entry.structure.solid.encloses) ?? false)
    }
    var clearances: [StructureClearance] = []
    for entry in structures {
      let role = entry.structure.name.role
      if role == .external || containers.contains(where: { $0.structure == entry.structure }) {
        continue
      }
      clearances.append(
        StructureClearance(
          structure: entry.structure.name, sourceName: entry.structure.sourceName,
          derived: entry.structure.derivation != nil, isEstimate: entry.structure.isEstimate,
          clearance: try prepared.clearance(to: entry.prepared)))
    }
    clearances.sort {
      ($0.clearance.distance, $0.structure.tg263) < ($1.clearance.distance, $1.structure.tg263)
    }
    let container = containers.first { $0.structure == surroundings?.pleuralContainer }
    var modelled = false
    if case .modelled = body { modelled = true }
    return LesionMeasurements(
      id: lesion.id, modelled: modelled, diameters: solid.axialDiameters,
      greatestDiameter: solid.greatestDiameter, volume: solid.volume, centroid: centre,
      clearances: clearances,
      pleuralDepth: container?.envelope?.depth(of: prepared),
      pleuralContainer: container?.structure.name,
      isPleuraEstimated: container?.structure.isEstimate ?? false,
      surroundings: surroundings)
  }
}
