// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

/// A patient's structures as distance fields, made ready for thousands of straight paths.
///
/// Fields are cropped to what a path can come near; a short list of paths is checked again on the contours themselves. A
/// class, for it never changes and is asked a million times.
final class NeedleSpace: Sendable {
  /// One structure, or several of one role, as paths see it.
  final class Obstacle: Sendable {
    let name: String
    let role: StructureRole
    let lobe: Lobe?
    let fields: [DistanceField]
    let solids: [PreparedSolid]

    init(
      name: String, role: StructureRole, lobe: Lobe?, fields: [DistanceField], solids: [PreparedSolid]
    ) {
      (self.name, self.role, self.lobe, self.fields, self.solids) = (name, role, lobe, fields, solids)
    }

    /// The signed distance at a point, known as far as the fields reach; `NeedleSpace.reach` beyond them.
    func value(_ point: SIMD3<Double>) -> Double {
      var least = NeedleSpace.reach
      for index in fields.indices {
        least = min(least, fields[index].millimeters(at: point, outside: NeedleSpace.reach))
      }
      return least
    }

    /// The way straight away from the surface.
    func gradient(_ point: SIMD3<Double>) -> SIMD3<Double> {
      LesionSurface.gradient(at: point, NeedleSpace.step * 0.8, value)
    }
  }

  /// How far from structures distances are known, in millimetres.
  static let reach = 16.0
  /// Within this distance no guarded structure is missed: the least reach of a field less half a voxel's diagonal and a
  /// needle's radius, in millimetres.
  static let surelySeen = 9.5
  /// How far fields reach of structures that paths may cross: enough for their inside, surface and its direction.
  static let least = 4.0
  /// How far from its outline the body's distance is known, in millimetres.
  static var bodyReach: Double { least }
  /// The distance of nodes, in millimetres.
  static let step = 2.5

  let body: Obstacle
  /// The body's middle in the axial plane, taken for the gantry's.
  let middle: SIMD2<Double>
  /// The lowest and highest plane of the imaged body.
  let ends: (low: Double, high: Double)
  let obstacles: [Obstacle]
  /// For each voxel the obstacles within reach, a bit each.
  private let near: [UInt64]
  private let origin: SIMD3<Double>
  private let counts: SIMD3<Int>

  /// More metastases than this are not told apart: then ways are not held against them, which is said.
  static let mostLesions = 16

  /// The bit of voxels that are not surely inside the body.
  private static let atSkin = UInt64(1) << 63

  /// The obstacles near a point, a bit each; none outside the body's box.
  @inline(__always)
  func nearby(_ point: SIMD3<Double>) -> UInt64 { marks(point) & ~Self.atSkin }

  /// Whether a point lies deep enough in the body that its skin need not be asked for.
  @inline(__always)
  func isDeep(_ point: SIMD3<Double>) -> Bool { marks(point) & Self.atSkin == 0 }

  /// Whether a point lies within the nodes that the body's outline is known on.
  func isByBody(_ point: SIMD3<Double>) -> Bool { body.fields.contains { $0.covers(point) } }

  @inline(__always)
  private func marks(_ point: SIMD3<Double>) -> UInt64 {
    let p = (point - origin) / Self.step + 0.5
    guard p.x >= 0, p.y >= 0, p.z >= 0 else { return Self.atSkin }
    let (i, j, k) = (Int(p.x), Int(p.y), Int(p.z))
    guard i < counts.x, j < counts.y, k < counts.z else { return Self.atSkin }
    return near[(k * counts.y + j) * counts.x + i]
  }

  /// Fields of all structures paths may meet.
  ///
  /// - Parameters:
  ///   - body: the patient's outline.
  ///   - structures: all others.
  ///   - limits: how near paths may pass them; structures without one are known only close to their surface.
  ///   - lesions: metastases, which no path to another goes through.
  ///   - apart: names that never stand together with others of their role: organs that lesions lie in.
  ///   - around: where targets are; what lies farther off than any applicator reaches is left out.
  ///   - farthest: the longest applicator, in millimetres.
  /// - Throws: nothing but errors of geometry; `nil` when the body is too large for memory.
  init?(
    body solid: Solid, _ structures: [Structure], limits: [PathLimit], lesions: [Lesion] = [],
    apart: Set<String> = [], around: [SIMD3<Double>], farthest: Double
  ) throws {
    let bounds = solid.bounds
    let heights = (
      low: (around.map(\.z).min() ?? bounds.low.z) - farthest - 20,
      high: (around.map(\.z).max() ?? bounds.high.z) + farthest + 20
    )
    guard let kept = Self.cropped(solid, to: heights) else { return nil }
    let named = Self.grouped(Self.bodies(structures, lesions, within: heights), apart: apart)
    let all = [Body(name: "body", role: .external, lobe: nil, solids: [kept])] + named
    let made = Self.obstacles(all, limits)
    guard made.allSatisfy({ $0 != nil }), let first = made.first.flatMap(\.self) else { return nil }
    self.body = first
    obstacles = made.dropFirst().compactMap(\.self)
    let box = kept.bounds
    middle = SIMD2((bounds.low.x + bounds.high.x) / 2, (bounds.low.y + bounds.high.y) / 2)
    ends = (bounds.low.z, bounds.high.z)
    origin = box.low
    let size = (box.high - box.low) / Self.step
    counts = SIMD3(Int(size.x) + 2, Int(size.y) + 2, Int(size.z) + 2)
    near = Self.marks(obstacles, first, origin, counts)
  }

  /// The name of a metastasis among the obstacles.
  static func name(of lesion: Lesion) -> String { "lesion \(lesion.id)" }

  /// Which obstacles lie within reach of each voxel, half a voxel's diagonal allowed for.
  private static func marks(
    _ obstacles: [Obstacle], _ body: Obstacle, _ origin: SIMD3<Double>, _ counts: SIMD3<Int>
  ) -> [UInt64] {
    let planes = counts.z
    let filled: [[UInt64]] = Workers.fill(
      arrays: 1, count: counts.x * counts.y * planes, parts: planes, into: { [Float]() }
    ) { plane, slices, row in
      let target = slices[0]
      target.initialize(repeating: atSkin)
      if row.isEmpty { row = [Float](repeating: 0, count: counts.x) }
      let z = origin.z + Double(plane) * step
      for j in 0..<counts.y {
        let start = SIMD3(origin.x, origin.y + Double(j) * step, z)
        row.withUnsafeMutableBufferPointer { row in
          // Deeper than half a voxel's diagonal, and fields of the outline know no more than their reach.
          for i in body.fields[0].distances(from: start, step: step, into: row) where row[i] < -3 {
            target[j * counts.x + i] = 0
          }
        }
      }
      for (index, obstacle) in obstacles.enumerated() {
        let reach = Float(obstacle.fields.first?.reach.millimeters ?? 0) - 0.01
        let bit = UInt64(1) << UInt64(min(index, 63))
        for field in obstacle.fields {
          for j in 0..<counts.y {
            let start = SIMD3(origin.x, origin.y + Double(j) * step, z)
            row.withUnsafeMutableBufferPointer { row in
              let written = field.distances(from: start, step: step, into: row)
              for i in written where row[i] < reach { target[j * counts.x + i] |= bit }
            }
          }
        }
      }
    }
    return filled[0]
  }
}
