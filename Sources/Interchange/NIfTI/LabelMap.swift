// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A label map as it was read: the voxels of each label, on a grid along the patient's axes.
struct LabelMap {
  /// The file it was read from.
  let path: String
  /// Where its voxels lie.
  let grid: LabelGrid
  /// The labels that have voxels, by growing value, and their voxels; the background is left out.
  let labels: [(value: Int, voxels: VoxelSet)]
  /// The names that the file itself gives its labels.
  let names: [Int: String]

  /// More labels than any segmentation has; an image has more grey values.
  static let mostLabels = 1000

  /// Reads a label map.
  ///
  /// - Throws: `InputError` naming the file and what was expected.
  init(path: String) throws(InputError) {
    if let refusal = FileKind(path).refusal(path, wanted: .labelMap) { throw refusal }
    let file = try NIfTIFile(path: path)
    self.path = path
    grid = try LabelGrid(file)
    names = file.extensions.lazy.map(LabelNames.inHeader).first { !$0.isEmpty } ?? [:]
    var sets: [VoxelSet] = []
    var places: [Int32: Int] = [:]
    var recent: (label: Int32, place: Int) = (0, -1)
    let rows = file.size.y
    try file.forEachRow { row, labels throws(InputError) in
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
          let place = places[label] ?? sets.count
          if place == sets.count {
            guard place < Self.mostLabels else {
              throw InputError(
                file: path, "holds more than \(Self.mostLabels) different values: an image, not a label map",
                advice: "give the segmentation, not the CT")
            }
            places[label] = place
            sets.append(VoxelSet())
          }
          recent = (label, place)
        }
        sets[recent.place].append(
          VoxelRun(
            first: Int32(first), last: Int32(x - 1), row: Int32(row % rows), plane: Int32(row / rows)))
      }
    }
    labels = places.map { (Int($0.key), sets[$0.value]) }.sorted { $0.0 < $1.0 }
  }

  /// The file's name without its endings: the organ's name where one file holds one organ.
  var stem: String { Self.stem(path) }

  /// A path's last part without `.nii` or `.nii.gz`.
  static func stem(_ path: String) -> String {
    var name = FileAccess.name(of: path)
    for ending in [".gz", ".nii"] where name.lowercased().hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }

  /// The label maps that a path stands for: itself, or every `.nii` and `.nii.gz` of a folder by name.
  ///
  /// - Throws: `InputError` when there is none.
  static func files(at path: String) throws(InputError) -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw InputError(.notFound, file: path, "no such file or folder", advice: "check the path")
    }
    guard isDirectory.boolValue else { return [path] }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let maps = entries.filter { name in
      !name.hasPrefix(".") && [".nii", ".nii.gz"].contains { name.lowercased().hasSuffix($0) }
    }
    guard !maps.isEmpty else {
      throw InputError(
        file: path, "holds no .nii or .nii.gz file",
        advice: "give a label map, or the folder that holds one a organ")
    }
    return maps.sorted().map { URL(fileURLWithPath: path).appendingPathComponent($0).relativePath }
  }
}
