// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
internal import PlanarGeometry
internal import Quantities
internal import Reasons
internal import Vocabulary

extension LobeAssembly {
  /// Lesions that one piece takes.
  struct Cluster {
    var lesions: [String]
    var solid: Solid?
    var volume: Volume?
    var prepared: PreparedSolid?

    init(lesions: [String], solid: Solid?, volume: Volume?) {
      self.lesions = lesions
      self.solid = solid
      self.volume = volume
      prepared = solid.map { PreparedSolid($0) }
    }
  }

  /// Bodies that overlap or lie closer than the gap become one, as often as that happens.
  func clusters(
    _ wedges: [ResectionProposal], _ body: (MarginPlan) -> (solid: Solid?, volume: Volume?)
  ) throws -> [Cluster] {
    let gap = parameters.mergeGap.value
    let order = wedges.map(\.lesion)
    var done: [Cluster] = []
    for wedge in wedges {
      let own = body(plan(wedge))
      var cluster = Cluster(lesions: [wedge.lesion], solid: own.solid, volume: own.volume)
      // What it joins may join others in turn.
      while let solid = cluster.solid, let prepared = cluster.prepared,
        let near = done.firstIndex(where: { other in
          guard let facing = other.solid, let ready = other.prepared,
            LungMap.mayTouch(solid, facing, within: gap.millimeters)
          else { return false }
          return prepared.nearest(to: ready).distance < gap
        })
      {
        let other = done.remove(at: near)
        let union = try other.solid.flatMap { try $0.union(solid) }
        cluster = Cluster(
          lesions: (other.lesions + cluster.lesions).sorted {
            (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0)
          }, solid: union, volume: union?.volume)
      }
      done.append(cluster)
    }
    return done.sorted {
      (order.firstIndex(of: $0.lesions[0]) ?? 0) < (order.firstIndex(of: $1.lesions[0]) ?? 0)
    }
  }
}
