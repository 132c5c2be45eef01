// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// An organ or other contoured structure.
public struct Structure: Sendable, Hashable {
  /// Its TG-263 name and what it is to therapy.
  public let name: StructureName
  /// The name it had in its file.
  public let sourceName: String
  /// Its body, as distances, paths and resections take it.
  public let solid: Solid
  /// The body as it was contoured, where `solid` was completed by lesions that the contour leaves out; else `nil`.
  public let asContoured: Solid?
  /// How it was derived from other structures; `nil` when it was contoured.
  public let derivation: String?
  /// Whether its surface is an estimate, as of bodies found by thresholds in a CT and of what follows from them: distances
  /// to it never exclude a therapy.
  public let isEstimate: Bool
  /// What was mended or missing when it was read, in words.
  public let warnings: [String]
  /// Whether it, or a part it was joined from, reaches the image's edge: its volume may be too small.
  public let mayBeCutOff: Bool

  /// A structure.
  public init(
    name: StructureName, sourceName: String, solid: Solid, asContoured: Solid? = nil,
    derivation: String? = nil, isEstimate: Bool = false, warnings: [String] = [], mayBeCutOff: Bool = false
  ) {
    self.name = name
    self.sourceName = sourceName
    self.solid = solid
    self.asContoured = asContoured
    self.derivation = derivation
    self.isEstimate = isEstimate
    self.warnings = warnings
    self.mayBeCutOff = mayBeCutOff
  }

  /// The same structure as an estimate.
  public var asEstimate: Structure {
    Structure(
      name: name, sourceName: sourceName, solid: solid, asContoured: asContoured, derivation: derivation,
      isEstimate: true, warnings: warnings, mayBeCutOff: mayBeCutOff)
  }

  /// The body as it was contoured: volumes and doses are of this.
  public var contoured: Solid { asContoured ?? solid }

  /// The warning of a body that reaches the image's edge.
  public static let cutOffWarning = "touches the edge of the image and may be cut off there"
}
