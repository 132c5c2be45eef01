// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import Imaging
internal import Parallelism

/// A CT series as one image along the patient's axes.
struct CTSeries {
  let image: CTImage
  /// The series' identity, for agreement with what is imported beside it; never kept with the image.
  let series: CTSlice.Series
  /// What was found odd, in words.
  private(set) var doubts: [String] = []
  /// The files it was read from, by place.
  let files: [String]

  /// Images whose places differ by less lie in one plane.
  private static let samePlaneMM = 0.01
  /// A distance of neighbours over so many times the usual one is a missing image.
  private static let gap = 1.5
  /// Voxels that are read at most, as many as of 512 × 512 × 4,096.
  private static let mostVoxels = 1 << 30

  /// Reads the CT images of a folder and the folders within it, or of one file.
  ///
  /// - Parameter wanted: which series, by its UID, where there are several.
  /// - Throws: `InputError` naming what does not fit: several series, a tilted gantry, images of two sizes, …
  init(path: String, series wanted: String? = nil) throws {
    let paths = try Self.files(at: path)
    try self.init(files: paths, path: path, series: wanted)
  }

  /// Reads images.
  ///
  /// - Parameters:
  ///   - files: DICOM CT images; other files are passed over.
  ///   - path: what messages name.
  init(files paths: [String], path: String, series wanted: String?) throws {
    try Self.requireSize(paths, path)
    let found = try Workers.map(paths.count) { index -> CTObject? in
      guard case .dicom(.ctImage) = FileKind(paths[index]) else { return nil }
      if let wanted,
        try DICOMFile(path: paths[index], headOnly: true).dataset.string(.seriesInstanceUID) != wanted
      {
        return nil
      }
      return try CTObject(path: paths[index])
    }
    let objects = found.compactMap(\.self)
    guard let first = objects.first else {
      throw InputError(
        file: path, wanted.map { "holds no CT image of series \($0)" } ?? "holds no CT image",
        advice: "give the folder of a CT series, or a NIfTI CT")
    }
    let several = Dictionary(grouping: objects, by: \.series.uid)
    guard several.count == 1 else {
      let words = several.sorted { $0.value.count > $1.value.count }.map {
        "\($0.key ?? "(none)") with \($0.value.count)"
      }
      throw InputError(
        file: path, "holds images of \(several.count) CT series (\(words.prefix(5).joined(separator: ", ")))",
        advice: "say which: --series UID")
    }
    for object in objects where object.series.frameOfReference != first.series.frameOfReference {
      throw InputError(
        file: object.slices[0].path, place: DICOMTag.frameOfReferenceUID.text,
        "lies in another frame of reference than the images before", advice: "export the series again")
    }
    for object in objects where object.series.patientID != first.series.patientID {
      throw InputError(
        file: object.slices[0].path, place: DICOMTag.patientID.text,
        "is another patient's than the images before",
        advice: "keep one patient's images in a folder")
    }
    series = first.series
    var slices = objects.flatMap(\.slices)
    let frame = try Self.frame(slices, series)
    slices.sort { frame.height($0) < frame.height($1) }
    slices = try Self.withoutDoubles(slices, frame, &doubts)
    guard slices.count > 1 else {
      throw InputError(
        file: path, "holds one image, which does not tell how thick it is", advice: "give the whole series")
    }
    Self.tellGaps(slices, frame, &doubts)
    if objects.contains(where: \.series.isLossy) {
      doubts.append("its images were compressed with loss: densities are not exact")
    }
    guard slices.count <= Self.mostVoxels / (slices[0].rows * slices[0].columns) else {
      throw InputError(
        file: path, "holds over \(Self.mostVoxels >> 20) million voxels",
        advice: "export it with thicker slices")
    }
    image = frame.image(slices, window: series.window)
    try ImageStore.check(image.grid, file: path)
    files = Array(Set(slices.map(\.path))).sorted()
  }

  /// Bytes of all files of a series, at most: they are in memory until they are one image.
  private static let mostBytes = 4 << 30

  /// - Throws: `InputError` for more than is read.
  private static func requireSize(_ paths: [String], _ path: String) throws(InputError) {
    var bytes = 0
    for path in paths {
      var status = stat()
      if stat(path, &status) == 0 { bytes += Int(status.st_size) }
    }
    guard bytes <= mostBytes else {
      throw InputError(
        file: path, "holds \(bytes >> 30) GB of files", advice: "give the folder of one CT series")
    }
  }

  /// The regular files at a path, of folders within it as well.
  static func files(at path: String) throws(InputError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InputError(.notFound, file: path, "no such file or folder", advice: "check the path")
    }
    guard isFolder.boolValue else { return [path] }
    return try FolderWalk.files(in: path)
  }

  // MARK: Geometry

  /// How all images of a series lie: along which axes their columns, rows and planes run.
  private struct Frame {
    let columnAxis: Int
    let rowAxis: Int
    let columnSign: Double
    let rowSign: Double
    let spacing: SIMD2<Double>

    /// The place of an image's plane, ascending towards the head.
    func height(_ slice: CTSlice) -> Double { slice.position.z }

    /// The image in the patient's order.
    func image(_ slices: [CTSlice], window: [Double]?) -> CTImage {
      let rows = slices[0].rows
      let columns = slices[0].columns
      let (nx, ny) = columnAxis == 0 ? (columns, rows) : (rows, columns)
      // From one voxel along a stored row to the next, and from row to row, in the patient's x and y.
      let xStride = columnAxis == 0 ? 1 : columns
      let yStride = columnAxis == 0 ? columns : 1
      let xSign = columnAxis == 0 ? columnSign : rowSign
      let ySign = columnAxis == 0 ? rowSign : columnSign
      let sx = columnAxis == 0 ? spacing.y : spacing.x
      let sy = columnAxis == 0 ? spacing.x : spacing.y
      let start = (xSign < 0 ? (nx - 1) * xStride : 0) + (ySign < 0 ? (ny - 1) * yStride : 0)
      let dx = xSign < 0 ? -xStride : xStride
      let dy = ySign < 0 ? -yStride : yStride
      let position = slices[0].position
      let first = SIMD2(
        xSign < 0 ? position.x - sx * Double(nx - 1) : position.x,
        ySign < 0 ? position.y - sy * Double(ny - 1) : position.y)
      let plane = nx * ny
      let values = Workers.fill(arrays: 1, count: plane * slices.count, parts: slices.count, into: {}) {
        (z: Int, out: [UnsafeMutableBufferPointer<Int16>], _: inout Void) in
        slices[z].values.withUnsafeBufferPointer { stored in
          guard let target = out[0].baseAddress, let source = stored.baseAddress else { return }
          for y in 0..<ny {
            var at = start + y * dy
            if dx == 1 {
              (target + y * nx).update(from: source + at, count: nx)
              continue
            }
            for x in 0..<nx {
              target[y * nx + x] = source[at]
              at += dx
            }
          }
        }
      }[0]
      return CTImage(
        grid: VoxelGrid(
          columns: nx, rows: ny, spacing: SIMD2(sx, sy), first: first, planes: slices.map(\.position.z)),
        hounsfield: values, window: window.map { .init(centre: $0[0], width: $0[1]) })
    }
  }

  /// - Throws: `InputError` for images that lean, are turned against one another, or differ in size.
  private static func frame(_ slices: [CTSlice], _ series: CTSlice.Series) throws(InputError) -> Frame {
    let first = slices[0]
    func axis(_ direction: SIMD3<Double>) -> (axis: Int, sign: Double)? {
      for axis in 0..<3 where abs(abs(direction[axis]) - 1) <= 1e-3 {
        guard (0..<3).allSatisfy({ $0 == axis || abs(direction[$0]) <= GridPlacement.leaningTolerance })
        else {
          return nil
        }
        return (axis, direction[axis] < 0 ? -1 : 1)
      }
      return nil
    }
    guard let column = axis(first.rowDirection), let row = axis(first.columnDirection),
      column.axis != row.axis
    else {
      let normal = FramePlace.cross(first.rowDirection, first.columnDirection)
      let tilt = acos(min(1, abs(normal.z))) * 180 / .pi
      throw InputError(
        file: first.path, place: DICOMTag.imageOrientationPatient.text,
        String(
          format: "is oblique: its planes lean %.1f degrees from axial%@", tilt,
          (series.gantryTilt ?? 0) != 0 ? ", the gantry was tilted" : ""),
        advice: "resample the CT to axial planes, or use a series without gantry tilt")
    }
    guard column.axis < 2, row.axis < 2 else {
      throw InputError(
        file: first.path, place: DICOMTag.imageOrientationPatient.text, "is no axial image",
        advice: "give the axial series, not a sagittal or coronal reformation")
    }
    for slice in slices {
      guard slice.rows == first.rows, slice.columns == first.columns else {
        throw InputError(
          file: slice.path,
          "has \(slice.columns) × \(slice.rows) voxels, the others \(first.columns) × \(first.rows)",
          advice: "is a scout among the images? leave it out")
      }
      let turned = [slice.rowDirection - first.rowDirection, slice.columnDirection - first.columnDirection]
      guard turned.allSatisfy({ ($0 * $0).sum() < 1e-6 }),
        max(abs(slice.spacing.x - first.spacing.x), abs(slice.spacing.y - first.spacing.y)) < 1e-4
      else {
        throw InputError(
          file: slice.path, "is turned or spaced otherwise than the images before",
          advice: "is a scout among the images? leave it out")
      }
      let aside = max(abs(slice.position.x - first.position.x), abs(slice.position.y - first.position.y))
      guard aside < 0.05 * max(first.spacing.x, first.spacing.y) else {
        throw InputError(
          file: slice.path, place: DICOMTag.imagePositionPatient.text,
          String(format: "begins %.2f mm beside the others, as behind a tilted gantry", aside),
          advice: "resample the CT to a straight grid, or use a series without gantry tilt")
      }
    }
    return Frame(
      columnAxis: column.axis, rowAxis: row.axis, columnSign: column.sign, rowSign: row.sign,
      spacing: first.spacing)
  }

  /// The slices with one a plane: a file that is there twice is told, two images of one plane are refused.
  private static func withoutDoubles(
    _ slices: [CTSlice], _ frame: Frame, _ doubts: inout [String]
  ) throws(InputError) -> [CTSlice] {
    var kept: [CTSlice] = []
    var doubled: [Double] = []
    for slice in slices {
      guard let last = kept.last, frame.height(slice) - frame.height(last) < samePlaneMM else {
        kept.append(slice)
        continue
      }
      // One UID for two images is what bad anonymisers leave: only the voxels tell.
      guard last.values == slice.values else {
        throw InputError(
          file: slice.path,
          "shows the plane at \(rounded(frame.height(slice))) mm a second time, and otherwise: two phases or reconstructions under one series",
          advice: "keep one of them in the folder")
      }
      doubled.append(frame.height(slice))
    }
    if !doubled.isEmpty {
      doubts.append(
        "\(doubled.count == 1 ? "an image is" : "\(doubled.count) images are") there twice (at \(doubled.prefix(5).map(rounded).joined(separator: ", ")) mm); one of each was used"
      )
    }
    return kept
  }

  private static func tellGaps(_ slices: [CTSlice], _ frame: Frame, _ doubts: inout [String]) {
    let steps = zip(slices.dropFirst(), slices).map { frame.height($0) - frame.height($1) }
    let usual = steps.sorted()[steps.count / 2]
    let gaps = steps.enumerated().filter { $0.element > gap * usual }
    if !gaps.isEmpty {
      let words = gaps.prefix(5).map {
        "\(rounded(frame.height(slices[$0.offset]))) to \(rounded(frame.height(slices[$0.offset + 1])))"
      }
      doubts.append(
        "images are missing between \(words.joined(separator: ", ")) mm, where neighbours are \(rounded(usual)) mm apart; their neighbours stand for what is between"
      )
    } else if let least = steps.min(), let most = steps.max(), most - least > 0.02 * usual {
      doubts.append("its planes are \(rounded(least)) to \(rounded(most)) mm apart, and kept so")
    }
  }

  private static func rounded(_ x: Double) -> String { String(format: "%.2f", x) }
}
