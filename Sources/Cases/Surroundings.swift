// SPDX-License-Identifier: Apache-2.0
public import Anatomy
public import Vocabulary

/// Where a point lies by the structures that contain it.
public struct Surroundings: Sendable, Hashable {
  /// The organ's site, or `nil`.
  public let site: Site?
  /// The side, or `nil`.
  public let side: Side?
  /// The lobe, or `nil`.
  public let lobe: Lobe?
  /// The structure whose surface counts as pleura around the point: its lobe, else its lung.
  public let pleuralContainer: Structure?

  /// The surroundings of a point, LPS in millimetres; all unknown where no lung, lobe or liver contains it.
  ///
  /// Holes count as inside (a nodule left out of the lung's contour). A lung with a side goes before one
  /// without.
  public init(of point: SIMD3<Double>, among structures: [Structure]) {
    let enclosing = structures.filter {
      [.lung, .lobe, .liver].contains($0.name.role) && $0.solid.encloses(point)
    }
    // The liver's dome is a hole in the lung's planes: what lies in the liver itself lies in no lung.
    let isLiver =
      enclosing.contains { $0.name.role == .liver && $0.solid.contains(point) }
      && !enclosing.contains { $0.name.role != .liver && $0.solid.contains(point) }
    let around = isLiver ? enclosing.filter { $0.name.role == .liver } : enclosing
    let lobe = around.first { $0.name.role == .lobe }
    let lungs = around.filter { $0.name.role == .lung }
    let lung = lungs.first { $0.name.side != nil } ?? lungs.first
    pleuralContainer = lobe ?? lung
    site = pleuralContainer != nil ? .lung : (around.isEmpty ? nil : .liver)
    side = pleuralContainer?.name.side
    self.lobe = lobe?.name.lobe
  }
}
