// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Quantities
internal import Vocabulary

/// What is told of label maps, gathered over the files of a folder, so that each is told once.
struct LabelMapFindings {
  /// Names without a voxel.
  var absent: [String] = []
  /// Labels that touch the edge of the image.
  var cut: [String] = []
  /// Parts that were left out for being smaller than asked.
  var dropped: [String] = []
  /// The lesions with their voxels.
  var counted: [String] = []
  /// Lesions of few voxels across.
  var thin: [String] = []
  /// Lesions of so few voxels that they may be slips.
  var specks: [String] = []
  /// The largest of the specks.
  var speck = Volume.zero
  /// The largest voxels that lesions were measured on.
  var spacing = SIMD3<Double>.zero
  private var doubts: [(text: String, files: [String])] = []

  mutating func add(doubt: String, of path: String) {
    if let index = doubts.firstIndex(where: { $0.text == doubt }) {
      doubts[index].files.append(path)
    } else {
      doubts.append((doubt, [path]))
    }
  }

  /// A volume a little over another, as the option takes it.
  static func justAbove(_ volume: Volume) -> String {
    String(format: "%.2gcc", 1.1 * volume.cubicCentimeters)
  }

  /// All of it in words.
  func words(
    about path: String, unnamed: [(label: Int, name: String, volume: Volume)]
  ) -> [String] {
    var warnings: [String] = []
    for doubt in doubts {
      let others = doubt.files.count - 1
      warnings.append(
        "\(FileAccess.name(of: doubt.files[0]))\(others > 0 ? " and \(others) more" : ""): \(doubt.text)")
    }
    if !absent.isEmpty {
      warnings.append(
        "\(FileAccess.name(of: path)): no voxel of \(Self.list(absent, first: Self.matters)); not segmented is not the same as not there"
      )
    }
    if !cut.isEmpty {
      warnings.append(
        "\(FileAccess.name(of: path)): touching the edge of the image and perhaps cut off there, with volumes that are too small: "
          + Self.list(cut, first: Self.matters))
    }
    if !counted.isEmpty {
      warnings.append(
        "\(FileAccess.name(of: path)): lesions by voxels that touch: \(Self.list(counted))")
      let diagonal = (spacing.x * spacing.x + spacing.y * spacing.y).squareRoot()
      warnings.append(
        String(
          format:
            "%@: diameters of these lesions run from voxel edge to voxel edge and are too long by up to %.1f mm",
          FileAccess.name(of: path), diagonal))
    }
    if !specks.isEmpty {
      warnings.append(
        "\(FileAccess.name(of: path)): of at most \(LabelMapAssembly.speckVoxels) voxels, and each counted as a metastasis: \(Self.list(specks)); --smallest-part \(Self.justAbove(speck)) leaves out parts under that volume, but for a label's largest"
      )
    }
    if !dropped.isEmpty {
      warnings.append(
        "\(FileAccess.name(of: path)): \(dropped.count == 1 ? "" : "\(dropped.count) times ")parts under --smallest-part were left out: \(Self.list(dropped))"
      )
    }
    if !unnamed.isEmpty {
      let labels = Self.list(unnamed.map { String($0.label) })
      let volumes = Self.list(unnamed.map { BodyParts.cc($0.volume) })
      warnings.append(
        "\(FileAccess.name(of: path)): no name for label \(labels) (\(volumes)), kept as \(unnamed[0].name)\(unnamed.count > 1 ? " and so on" : ""); numbers are not guessed at, since they differ between versions of TotalSegmentator (v1: 104 classes, v2: 117) — name them with --label-names"
      )
    }
    if !thin.isEmpty {
      warnings.append(
        "\(FileAccess.name(of: path)): under \(LabelMapAssembly.fewVoxelsAcross) voxels across in some direction, so their sizes are uncertain: "
          + Self.list(thin))
    }
    return warnings
  }

  private static func matters(_ name: String) -> Bool {
    ![.other, .bone, .rib].contains(StructureName(recognizing: name).role)
  }

  /// Names for a sentence: those that matter first, and the rest only counted where there are many.
  private static func list(_ names: [String], first: ((String) -> Bool)? = nil) -> String {
    let foremost = first.map { names.filter($0) } ?? []
    let ordered = foremost + names.filter { name in first.map { !$0(name) } ?? true }
    let shown = max(20, foremost.count)
    guard ordered.count > shown + 1 else { return ordered.joined(separator: ", ") }
    return ordered.prefix(shown).joined(separator: ", ") + " and \(ordered.count - shown) more"
  }
}
