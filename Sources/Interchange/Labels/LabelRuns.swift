// SPDX-License-Identifier: Apache-2.0
internal import Anatomy

/// The runs of every label of an image, gathered row by row.
struct LabelRuns {
  /// The number of rows in a plane.
  private let rows: Int
  private var found: [VoxelSet] = []
  private var places: [Int32: Int] = [:]
  private var recent: (label: Int32, place: Int) = (0, -1)

  /// Nothing yet of an image with so many rows a plane.
  init(rows: Int) { self.rows = rows }

  /// The labels that have voxels, by growing value; the background (0) is left out.
  var sets: [(value: Int, voxels: VoxelSet)] {
    places.map { (Int($0.key), found[$0.value]) }.sorted { $0.0 < $1.0 }
  }

  /// Takes the labels of a row; rows come in the stored order, and those without any may be left out.
  ///
  /// - Parameter row: its place among all rows: j + k × the rows of a plane.
  /// - Returns: whether there are no more different labels than a map has.
  mutating func add(row: Int, _ labels: UnsafeBufferPointer<Int32>) -> Bool {
    var x = 0
    let end = labels.count
    while x < end {
      let label = labels[x]
      guard label != 0 else {
        x += 1
        continue
      }
      let first = x
      repeat { x += 1 } while x < end && labels[x] == label
      if label != recent.label {
        let place = places[label] ?? found.count
        if place == found.count {
          guard place < LabelMap.mostLabels else { return false }
          places[label] = place
          found.append(VoxelSet())
        }
        recent = (label, place)
      }
      found[recent.place].append(
        VoxelRun(
          first: Int32(first), last: Int32(x - 1), row: Int32(row % rows), plane: Int32(row / rows)))
    }
    return true
  }
}
