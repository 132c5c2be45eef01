// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation

/// A segmentation as it was read: the voxels of each label, on a grid along the patient's axes.
///
/// Labels of a NIfTI map share no voxel; segments of DICOM SEG and of Slicer's NRRD may.
struct LabelMap {
  /// One label or segment with its voxels.
  struct Label {
    /// Its number in the file.
    let value: Int
    /// Its voxels, in the file's order.
    let voxels: VoxelSet
    /// What its codes say it is; `nil` where a file has none.
    var meaning: SegmentMeaning?
  }

  /// The file it was read from.
  let path: String
  /// Where its voxels lie.
  let grid: VoxelGrid
  /// The labels that have voxels, by growing value; the background is left out.
  let labels: [Label]
  /// The names that the file itself gives its labels, of those without voxels too.
  let names: [Int: String]
  /// What was found odd about the file, in words.
  var doubts: [String] = []
  /// What DICOM says of patient and image; empty for other files.
  var identity = Identity()

  /// Whose and of when a segmentation is.
  struct Identity {
    var patientID: String?
    var frameOfReference: String?
    /// The day of the study, YYYY-MM-DD.
    var studyDay: String?
    /// The file's SOP Instance UID, by which reports refer to it.
    var instance: String?
  }

  /// More labels than any segmentation has; an image has more grey values.
  static let mostLabels = 1000

  /// Reads a segmentation, whatever its format.
  ///
  /// - Parameters:
  ///   - path: NIfTI, NRRD or DICOM SEG.
  ///   - threshold: the share from which a voxel of a fractional segmentation counts; `nil` refuses fractions.
  /// - Throws: `InputError` naming the file and what was expected.
  init(path: String, threshold: Double? = nil) throws(InputError) {
    let kind = FileKind(path)
    if let refusal = kind.refusal(path, wanted: .labelMap) { throw refusal }
    switch kind {
    case .nrrd: self = try NRRDSegmentation(path: path, threshold: threshold).map()
    case .dicom: self = try DICOMSegmentation(path: path, threshold: threshold).map()
    default: try self.init(nifti: path)
    }
  }

  init(
    path: String, grid: VoxelGrid, labels: [Label], names: [Int: String], doubts: [String],
    identity: Identity = Identity()
  ) {
    self.path = path
    self.grid = grid
    self.labels = labels
    self.names = names
    self.doubts = doubts
    self.identity = identity
  }

  private init(nifti path: String) throws(InputError) {
    let file = try NIfTIFile(path: path)
    let placed = try file.placed()
    var runs = LabelRuns(rows: file.size.y)
    try file.forEachRow { row, labels throws(InputError) in
      guard runs.add(row: row, labels) else { throw Self.isImage(path) }
    }
    self.init(
      path: path, grid: placed.grid,
      labels: runs.sets.map { Label(value: $0.value, voxels: $0.voxels, meaning: nil) },
      names: file.extensions.lazy.map(LabelNames.inHeader).first { !$0.isEmpty } ?? [:],
      doubts: placed.doubts)
  }

  /// The refusal of a map of more values than any has.
  static func isImage(_ path: String) -> InputError {
    InputError(
      file: path, "holds more than \(mostLabels) different values: an image, not a label map",
      advice: "give the segmentation, not the CT")
  }

  /// The file's name without its endings: the organ's name where one file holds one organ.
  var stem: String { Self.stem(path) }

  /// The endings of files that a folder of label maps holds.
  private static let endings = [".nii", ".nii.gz", ".nrrd"]

  /// A path's last part without `.nii`, `.nii.gz`, `.nrrd` or `.seg.nrrd`.
  static func stem(_ path: String) -> String {
    var name = FileAccess.name(of: path)
    for ending in [".gz", ".nii", ".nrrd", ".seg"] where name.lowercased().hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }

  /// The label maps that a path stands for: itself, or every `.nii`, `.nii.gz` and `.nrrd` of a folder by name.
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
      !name.hasPrefix(".") && endings.contains { name.lowercased().hasSuffix($0) }
    }
    guard !maps.isEmpty else {
      throw InputError(
        file: path, "holds no .nii, .nii.gz or .nrrd file",
        advice: "give a label map, or the folder that holds one a organ")
    }
    return maps.sorted().map { URL(fileURLWithPath: path).appendingPathComponent($0).relativePath }
  }
}
