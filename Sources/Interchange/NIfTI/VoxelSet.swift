internal import PlanarGeometry

/// A stretch of voxels along the file's first axis.
struct VoxelRun: Sendable, Hashable {
  /// The first and the last voxel.
  var first: Int32
  var last: Int32
  /// Its place on the file's second and third axis.
  var row: Int32
  var plane: Int32

  var count: Int { Int(last - first) + 1 }
}

/// The voxels of one label, in the file's order: by plane, row and place in the row.
struct VoxelSet: Sendable, Hashable {
  /// Apart from one another, and none empty.
  private(set) var runs: [VoxelRun] = []
  /// How many voxels there are.
  private(set) var count = 0
  /// The least and greatest index on each of the file's axes.
  private(set) var low = SIMD3(repeating: Int.max)
  private(set) var high = SIMD3(repeating: Int.min)

  /// No voxels.
  init() {}

  /// The voxels of sets that share none, in the file's order.
  init(joining sets: [VoxelSet]) {
    guard sets.count != 1 else {
      self = sets[0]
      return
    }
    for run in sets.flatMap(\.runs).sorted(by: { ($0.plane, $0.row, $0.first) < ($1.plane, $1.row, $1.first) }
    ) {
      append(run)
    }
  }

  /// Adds a run that comes after all others.
  mutating func append(_ run: VoxelRun) {
    runs.append(run)
    count += run.count
    low = pointwiseMin(low, SIMD3(Int(run.first), Int(run.row), Int(run.plane)))
    high = pointwiseMax(high, SIMD3(Int(run.last), Int(run.row), Int(run.plane)))
  }

  /// The parts that do not touch, voxels that share a side, an edge or a corner taken for touching.
  ///
  /// Corners count because a part of a lesion that hangs on by a corner must not become a metastasis of its
  /// own: how many there are decides what is offered. Two lesions that only touch so are counted as one.
  func components() -> [VoxelSet] {
    var sets = DisjointSets(count: runs.count)
    // The runs of each row of the box, to find neighbours without a search.
    guard !runs.isEmpty else { return [] }
    let rows = high.y - low.y + 1
    let planes = high.z - low.z + 1
    var starts = [Int](repeating: 0, count: rows * planes + 1)
    func place(_ row: Int, _ plane: Int) -> Int { (plane - low.z) * rows + row - low.y }
    for run in runs { starts[place(Int(run.row), Int(run.plane)) + 1] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    for (index, run) in runs.enumerated() {
      let row = Int(run.row)
      let plane = Int(run.plane)
      for (nextRow, nextPlane) in [
        (row - 1, plane), (row - 1, plane - 1), (row, plane - 1), (row + 1, plane - 1),
      ] where nextRow >= low.y && nextRow <= high.y && nextPlane >= low.z {
        let at = place(nextRow, nextPlane)
        for other in starts[at]..<starts[at + 1]
        where runs[other].first <= run.last + 1 && runs[other].last >= run.first - 1 {
          sets.join(index, other)
        }
      }
    }
    var parts: [VoxelSet] = []
    var numbers: [Int: Int] = [:]
    for (index, run) in runs.enumerated() {
      let owner = sets.first(index)
      let number = numbers[owner] ?? parts.count
      if number == parts.count {
        numbers[owner] = number
        parts.append(VoxelSet())
      }
      parts[number].append(run)
    }
    return parts
  }
}
