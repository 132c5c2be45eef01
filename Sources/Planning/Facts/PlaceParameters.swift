// SPDX-License-Identifier: Apache-2.0
public import Quantities
public import Vocabulary

/// How near a structure can be to a lesion of which only the place is known: of the protocol, with what it rests on.
public struct PlaceParameters: Sendable, Hashable {
  /// Structures outside the pleura: no nearer to a lesion of the lung than the pleura is.
  public let beyondPleura: [StructureRole]
  /// Structures below the diaphragm: no nearer to a lesion of the lung than the diaphragm is.
  public let beyondDiaphragm: [StructureRole]
  /// What lobes and sides keep away.
  public let outOfReach: [OutOfReach]
  /// What all of it rests on.
  public let sources: [String]

  /// Structures that a lesion of some lobes or of one side cannot be near to.
  public struct OutOfReach: Sendable, Hashable {
    /// The lobes it holds for; empty where it holds for a side, or for all of the lung.
    public let lobes: [Lobe]
    /// The side it holds for; `nil` where lobes are named, or it holds for all of the lung.
    public let side: Side?
    /// The structures.
    public let structures: [StructureRole]
    /// How far away they are at least.
    public let atLeast: Length

    /// What lobes or a side keep away.
    public init(lobes: [Lobe], side: Side?, structures: [StructureRole], atLeast: Length) {
      self.lobes = lobes
      self.side = side
      self.structures = structures
      self.atLeast = atLeast
    }
  }

  /// Numbers of a protocol.
  public init(
    beyondPleura: [StructureRole], beyondDiaphragm: [StructureRole], outOfReach: [OutOfReach],
    sources: [String]
  ) {
    self.beyondPleura = beyondPleura
    self.beyondDiaphragm = beyondDiaphragm
    self.outOfReach = outOfReach
    self.sources = sources
  }
}
