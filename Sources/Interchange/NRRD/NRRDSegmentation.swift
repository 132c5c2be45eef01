// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import Vocabulary

/// A segmentation as 3D Slicer saves it (`.seg.nrrd`), or a plain label map in NRRD.
///
/// Slicer keeps segments that overlap in layers of one file; a segment is a value in a layer, with a name and codes.
struct NRRDSegmentation {
  private let file: NRRDFile
  private let threshold: Double?

  /// A segment of Slicer's: its name, and which value of which layer it is.
  private struct Segment {
    let number: Int
    let name: String
    let layer: Int
    let value: Int
    let meaning: SegmentMeaning?
  }

  /// Opens a file.
  ///
  /// - Parameter threshold: the share from which a voxel of values between 0 and 1 counts.
  init(path: String, threshold: Double?) throws(InputError) {
    file = try NRRDFile(path: path)
    self.threshold = threshold
  }

  /// The segments with their voxels.
  ///
  /// - Throws: `InputError` for values that are no labels, a file cut short, …
  func map() throws(InputError) -> LabelMap {
    let grid = try file.placement.grid()
    var doubts: [String] = []
    if let doubt = file.placement.leaningDoubt(grid) { doubts.append(doubt) }
    if !file.namesUnit { doubts.append("the header names no unit of length; taken for millimetres") }
    let segments = try segments()
    let layers = try layers(&doubts)
    guard !segments.isEmpty else {
      guard layers.count == 1 else {
        throw InputError(
          file: file.path, "has \(layers.count) layers and names no segment",
          advice: "save it as a segmentation (.seg.nrrd) or as one label map")
      }
      return LabelMap(
        path: file.path, grid: grid,
        labels: layers[0].sets.map { LabelMap.Label(value: $0.value, voxels: $0.voxels, meaning: nil) },
        names: [:], doubts: doubts)
    }
    var labels: [LabelMap.Label] = []
    for segment in segments {
      let found = layers[segment.layer].sets.first { $0.value == segment.value }
      guard let voxels = found?.voxels else { continue }
      labels.append(LabelMap.Label(value: segment.number, voxels: voxels, meaning: segment.meaning))
    }
    // What no segment names was drawn all the same: it is kept by number.
    var number = segments.map(\.number).max() ?? 0
    for (layer, runs) in layers.enumerated() {
      for (value, voxels) in runs.sets
      where !segments.contains(where: { $0.layer == layer && $0.value == value }) {
        number += 1
        labels.append(LabelMap.Label(value: number, voxels: voxels, meaning: nil))
      }
    }
    return LabelMap(
      path: file.path, grid: grid, labels: labels,
      names: Dictionary(uniqueKeysWithValues: segments.map { ($0.number, $0.name) }), doubts: doubts)
  }

  /// The runs of the labels of each layer.
  private func layers(_ doubts: inout [String]) throws(InputError) -> [LabelRuns] {
    let size = file.placement.size
    let count = file.layers
    var found = [LabelRuns](repeating: LabelRuns(rows: size.y), count: count)
    var labels = [Int32](repeating: 0, count: size.x)
    var wasCut = false
    try file.forEachRow { row, values throws(InputError) in
      for layer in 0..<count {
        var any: Int32 = 0
        for x in 0..<size.x {
          let value = values[x * count + layer]
          var label = Int32(exactly: value)
          if label == nil || value < 0, let threshold, (0...1).contains(value) {
            wasCut = true
            label = value >= threshold ? 1 : 0
          }
          guard let label, label >= 0 else { throw noLabel(value, x, row, layer) }
          labels[x] = label
          any |= label
        }
        guard any != 0 else { continue }
        let taken = labels.withUnsafeBufferPointer { found[layer].add(row: row, $0) }
        guard taken else { throw LabelMap.isImage(file.path) }
      }
    }
    if let threshold {
      doubts.append(
        wasCut
          ? "holds shares: voxels count from \(String(threshold)) on (--threshold); another threshold gives other sizes"
          : "--threshold does not apply to it: its voxels are whole")
    }
    return found
  }

  private func noLabel(_ value: Double, _ x: Int, _ row: Int, _ layer: Int) -> InputError {
    let rows = file.placement.size.y
    let isShare = (0...1).contains(value)
    return InputError(
      file: file.path, place: "voxel (\(x), \(row % rows), \(row / rows))",
      "has the value \(value); a label map holds whole numbers of 0 or more",
      advice: isShare
        ? "say from which share a voxel counts, as --threshold 0.5" : "give a segmentation, not an image")
  }

  /// The segments that the header names, by number; empty for a plain label map.
  private func segments() throws(InputError) -> [Segment] {
    let values = file.header.values
    var found: [Segment] = []
    var number = 0
    while let name = values["Segment\(number)_Name"] ?? values["Segment\(number)_ID"] {
      guard number < LabelMap.mostLabels else {
        throw InputError(file: file.path, "names more than \(LabelMap.mostLabels) segments")
      }
      // Files of Slicer before 4.11 had one layer a segment and no values.
      let layer = values["Segment\(number)_Layer"].flatMap(Int.init) ?? number
      let value = values["Segment\(number)_LabelValue"].flatMap(Int.init) ?? 1
      guard (0..<file.layers).contains(layer) else {
        throw InputError(
          file: file.path, place: "Segment\(number)_Layer", "is \(layer) of \(file.layers) layers",
          advice: "the file is damaged; save it again")
      }
      found.append(
        Segment(
          number: number + 1, name: NameLength.shortened(VisibleText.escaped(name)), layer: layer,
          value: value,
          meaning: Self.meaning(values["Segment\(number)_Tags"])))
      number += 1
    }
    return found
  }

  /// The codes in a segment's tags: "TerminologyEntry:context~category~type~modifier~context~region~modifier|…", each a
  /// scheme, a value and a meaning set apart by "^".
  private static func meaning(_ tags: String?) -> SegmentMeaning? {
    guard
      let entry = tags?.split(separator: "|").first(where: {
        $0.trimmingCharacters(in: .whitespaces).hasPrefix("TerminologyEntry:")
      })
    else { return nil }
    let parts = entry.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
    func code(_ place: Int) -> CodedConcept? {
      guard parts.indices.contains(place) else { return nil }
      let words = parts[place].split(separator: "^", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 3, !words[1].isEmpty else { return nil }
      return CodedConcept(value: words[1], scheme: words[0], meaning: words[2])
    }
    guard let type = code(2) else { return nil }
    return SegmentMeaning(
      type: type, modifiers: [code(3)].compactMap(\.self), region: code(5),
      regionModifiers: [code(6)].compactMap(\.self))
  }
}
