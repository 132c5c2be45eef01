// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry

/// A stretch of voxels along the stored order's first axis.
public struct VoxelRun: Sendable, Hashable {
  /// The first voxel.
  public var first: Int32
  /// The last voxel, at `first` or beyond.
  public var last: Int32
  /// Its place on the stored order's second axis.
  public var row: Int32
  /// Its place on the stored order's third axis.
  public var plane: Int32

  /// A stretch from `first` to `last`, both of which belong to it.
  public init(first: Int32, last: Int32, row: Int32, plane: Int32) {
    self.first = first
    self.last = last
    self.row = row
    self.plane = plane
  }

  /// How many voxels there are.
  public var count: Int { Int(last - first) + 1 }
}

/// Voxels of an image, as the runs of its stored order: by plane, row and place in the row.
public struct VoxelSet: Sendable, Hashable {
  /// Apart from one another, and none empty.
  public private(set) var runs: [VoxelRun] = []
  /// How many voxels there are.
  public private(set) var count = 0
  /// The least index on each of the stored axes.
  public private(set) var low = SIMD3(repeating: Int.max)
  /// The greatest index on each of the stored axes.
  public private(set) var high = SIMD3(repeating: Int.min)

  /// No voxels.
  public init() {}

  /// The voxels of sets that share none, in the stored order.
  public init(joining sets: [VoxelSet]) {
    guard sets.count != 1 else {
      self = sets[0]
      return
    }
    for run in sets.flatMap(\.runs).sorted(by: { ($0.plane, $0.row, $0.first) < ($1.plane, $1.row, $1.first) }
    ) {
      append(run)
    }
  }

  /// Adds a run that comes after all others, neither touching nor overlapping the last.
  public mutating func append(_ run: VoxelRun) {
    runs.append(run)
    count += run.count
    low = pointwiseMin(low, SIMD3(Int(run.first), Int(run.row), Int(run.plane)))
    high = pointwiseMax(high, SIMD3(Int(run.last), Int(run.row), Int(run.plane)))
  }

  /// The rows that hold runs, in the stored order: an image may be vast and its label thin.
  private var lines: [(plane: Int, row: Int, runs: Range<Int>)] {
    var found: [(plane: Int, row: Int, runs: Range<Int>)] = []
    for (index, run) in runs.enumerated() {
      if let last = found.last, last.plane == Int(run.plane), last.row == Int(run.row) {
        found[found.count - 1].runs = last.runs.lowerBound..<(index + 1)
      } else {
        found.append((Int(run.plane), Int(run.row), index..<(index + 1)))
      }
    }
    return found
  }

  /// Joins the runs of two neighbouring rows that touch; both ascend.
  private func join(_ one: Range<Int>, _ other: Range<Int>, _ sets: inout DisjointSets) {
    var next = other.lowerBound
    for index in one {
      while next < other.upperBound, runs[next].last < runs[index].first - 1 { next += 1 }
      var place = next
      while place < other.upperBound, runs[place].first <= runs[index].last + 1 {
        sets.join(index, place)
        place += 1
      }
    }
  }

  /// The parts that do not touch, voxels that share a side, an edge or a corner taken for touching.
  ///
  /// Corners count because a part of a lesion that hangs on by a corner must not become a metastasis of its
  /// own: how many there are decides what is offered. Two lesions that only touch so are counted as one.
  public func components() -> [VoxelSet] {
    var sets = DisjointSets(count: runs.count)
    guard !runs.isEmpty else { return [] }
    let lines = lines
    // For each neighbouring row a place among the lines that only ever moves on, as the lines themselves do.
    var places = [0, 0, 0, 0]
    for line in lines {
      for (index, step) in [(-1, 0), (-1, -1), (0, -1), (1, -1)].enumerated() {
        let wanted = (line.plane + step.1, line.row + step.0)
        while places[index] < lines.count,
          (lines[places[index]].plane, lines[places[index]].row) < wanted
        { places[index] += 1 }
        guard places[index] < lines.count, (lines[places[index]].plane, lines[places[index]].row) == wanted
        else { continue }
        join(line.runs, lines[places[index]].runs, &sets)
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
