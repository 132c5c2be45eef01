// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry

extension Mask {
  /// A part whose voxels share sides.
  struct Part {
    let number: Int32
    var count: Int
    /// The sum of the voxels' places, by which the centre is found.
    var sum: SIMD3<Int>

    var centre: SIMD3<Double> { SIMD3<Double>(sum) / Double(count) }
  }

  /// The parts, the largest first, and each voxel's part (0 outside).
  ///
  /// Runs of rows are joined where they share sides with those of the row before and of the plane below: an image has a
  /// hundredth as many runs as voxels.
  func parts() -> (parts: [Part], labels: [Int32]) {
    let runs = runs()
    var sets = DisjointSets(count: runs.all.count)
    for row in 0..<(size.y * size.z) {
      if row % size.y > 0 { Self.join(runs, row, row - 1, &sets) }
      if row >= size.y { Self.join(runs, row, row - size.y, &sets) }
    }
    var numbers = [Int32](repeating: 0, count: runs.all.count)
    var parts: [Part] = []
    var labels = [Int32](repeating: 0, count: cells.count)
    labels.withUnsafeMutableBufferPointer { labels in
      for row in 0..<(size.y * size.z) {
        for index in runs.starts[row]..<runs.starts[row + 1] {
          let run = runs.all[index]
          let owner = sets.first(index)
          if numbers[owner] == 0 {
            parts.append(Part(number: Int32(parts.count + 1), count: 0, sum: .zero))
            numbers[owner] = Int32(parts.count)
          }
          let number = numbers[owner]
          let length = Int(run.last - run.first) + 1
          parts[Int(number) - 1].count += length
          parts[Int(number) - 1].sum &+= SIMD3(
            length * Int(run.first + run.last) / 2, length * (row % size.y), length * (row / size.y))
          for x in Int(run.first)...Int(run.last) { labels[row * size.x + x] = number }
        }
      }
    }
    return (parts.sorted { ($1.count, $0.number) < ($0.count, $1.number) }, labels)
  }

  private struct Runs {
    var all: [(first: Int32, last: Int32)] = []
    /// The first run of each row, and the end of the last.
    var starts: [Int] = []
  }

  private func runs() -> Runs {
    var runs = Runs()
    runs.starts.reserveCapacity(size.y * size.z + 1)
    cells.withUnsafeBufferPointer { cells in
      for row in 0..<(size.y * size.z) {
        runs.starts.append(runs.all.count)
        let line = row * size.x
        var x = 0
        while x < size.x {
          guard cells[line + x] == 1 else {
            x += 1
            continue
          }
          let first = x
          repeat { x += 1 } while x < size.x && cells[line + x] == 1
          runs.all.append((Int32(first), Int32(x - 1)))
        }
      }
    }
    runs.starts.append(runs.all.count)
    return runs
  }

  /// Joins the runs of two rows that share a side; both ascend.
  private static func join(_ runs: Runs, _ row: Int, _ other: Int, _ sets: inout DisjointSets) {
    var a = runs.starts[row]
    var b = runs.starts[other]
    while a < runs.starts[row + 1], b < runs.starts[other + 1] {
      let (one, two) = (runs.all[a], runs.all[b])
      if one.first <= two.last, two.first <= one.last { sets.join(a, b) }
      if one.last < two.last { a += 1 } else { b += 1 }
    }
  }

  /// The voxels of some parts.
  static func of(_ numbers: Set<Int32>, _ labels: [Int32], _ size: SIMD3<Int>) -> Mask {
    let most = Int(numbers.max() ?? 0)
    let wanted = (0...most).map { numbers.contains(Int32($0)) }
    return Mask(size: size) { index in
      let label = Int(labels[index])
      return label > 0 && label <= most && wanted[label]
    }
  }

  /// Its parts within each plane that have at most so many voxels.
  func partsInPlanes(upTo most: Int) -> Mask {
    var kept = [UInt8](repeating: 0, count: cells.count)
    for z in 0..<size.z {
      let range = (z * plane)..<((z + 1) * plane)
      guard cells[range].contains(1) else { continue }
      let (parts, labels) = Mask(size: SIMD3(size.x, size.y, 1), cells: Array(cells[range])).parts()
      let small = Set(parts.filter { $0.count <= most }.map(\.number))
      for (index, label) in labels.enumerated() where small.contains(label) {
        kept[range.lowerBound + index] = 1
      }
    }
    return Mask(size: size, cells: kept)
  }
}
