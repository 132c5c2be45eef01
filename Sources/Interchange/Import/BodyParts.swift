// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import Quantities
internal import Vocabulary

/// A body that consists of parts which do not touch.
struct BodyParts: Sendable {
  /// The largest part.
  let main: Solid
  /// The parts beside it that were looked at, with their distance from it.
  let others: [(body: Solid, distance: Length)]
  /// The volumes of all parts beside the largest, the largest first.
  let volumes: [Volume]

  /// The most parts whose bodies and distances are looked at; segmentations of vessels have thousands.
  private static let mostParts = 20

  /// Less than this is no part but a sliver that mending crossing rings left (heuristic: no pen draws it).
  private static let sliver = Volume.cubicMillimeters(0.01)

  /// The parts of a body of contours; `nil` for one part.
  init?(_ parts: SolidParts) {
    let volumes = parts.volumes.dropFirst().prefix { $0 >= Self.sliver }
    guard !volumes.isEmpty, let main = parts.body(0) else { return nil }
    self.init(main: main, volumes: Array(volumes)) { parts.body($0 + 1) }
  }

  /// The parts of a body.
  ///
  /// - Parameters:
  ///   - volumes: of all parts beside the largest, the largest first; not empty.
  ///   - body: what makes the body of one of them by its place.
  init(main: Solid, volumes: [Volume], body: (Int) throws -> Solid?) rethrows {
    self.main = main
    self.volumes = volumes
    let prepared = PreparedSolid(main)
    var found: [(body: Solid, distance: Length)] = []
    // The smallest are the likeliest slips, the largest those that shift most.
    let half = Self.mostParts / 2
    let places =
      volumes.count <= Self.mostParts
      ? Array(volumes.indices) : Array(volumes.indices.prefix(half)) + volumes.indices.suffix(half)
    for place in places {
      guard let part = try body(place) else { continue }
      found.append((part, prepared.nearest(to: PreparedSolid(part)).distance))
    }
    others = found
  }

  /// Number, volumes and distance of the parts of some volumes, in words; `nil` where there is none.
  func words(of wanted: (Volume) -> Bool = { _ in true }) -> String? {
    let volumes = volumes.filter(wanted)
    guard !volumes.isEmpty else { return nil }
    let all = Self.cc(volumes.reduce(.zero, +))
    let rest = Self.cc(main.volume)
    let far = others.filter { wanted($0.body.volume) }.map(\.distance.millimeters).max() ?? 0
    return volumes.count == 1
      ? String(format: "a part of %@, %.1f mm away from the rest of %@", all, far, rest)
      : String(
        format: "%d parts of together %@, up to %.1f mm away from the largest of %@", volumes.count, all, far,
        rest)
  }

  /// A volume with as many digits as it takes to be no nought.
  static func cc(_ volume: Volume) -> String {
    let cc = volume.cubicCentimeters
    return String(format: cc >= 0.1 ? "%.2f cc" : cc >= 0.001 ? "%.4f cc" : "%.6f cc", cc)
  }

  // MARK: Slips

  /// A part beside a body that is one organ is doubted up to any size, one of an organ that comes in parts only
  /// under this (heuristic: a few voxels).
  private static let speck = Volume.cubicMillimeters(100)

  /// Roles of organs that are one body in everybody.
  private static let undivided: Set<StructureRole> = [
    .heart, .trachea, .oesophagus, .spinalCord, .lung, .lobe, .liver, .gallbladder, .stomach, .duodenum,
    .kidney, .spleen, .pancreas, .adrenal, .thyroid, .external,
  ]

  /// Whether a part may be a slip of the pen or of the segmentation, by what the structure is.
  static func isDoubtful(_ volume: Volume, of name: StructureName) -> Bool {
    let isOne = undivided.contains(name.role) && !(name.side == nil && [.lung, .kidney].contains(name.role))
    return isOne || volume < speck
  }

  /// Whether a lesion's further part is too small to be asked about as a lesion of its own.
  static func isSpeck(_ volume: Volume) -> Bool { volume < speck }
}
