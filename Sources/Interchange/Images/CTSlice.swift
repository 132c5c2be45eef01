// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// One image of a CT series: where it lies, and its voxels.
struct CTSlice: Sendable {
  let path: String
  /// The image's SOP Instance UID; for frames of one object, the object's.
  let instance: String
  let rows: Int
  let columns: Int
  /// The centre of its first voxel.
  let position: SIMD3<Double>
  let rowDirection: SIMD3<Double>
  let columnDirection: SIMD3<Double>
  /// Between rows, and between columns.
  let spacing: SIMD2<Double>
  /// Hounsfield units, column by column of each row.
  let values: [Int16]

  /// What a series is of: the same for all of its images.
  struct Series: Sendable, Hashable {
    var uid: String?
    var patientID: String?
    var frameOfReference: String?
    var study: String?
    var studyDay: String?
    /// Named for refusals of scouts and secondary images.
    var imageType: String?
    var isLossy = false
    var window: [Double]?
    var gantryTilt: Double?
  }
}

/// The images of one DICOM object: one of a classic CT, all frames of an enhanced one.
struct CTObject: Sendable {
  let slices: [CTSlice]
  let series: CTSlice.Series

  /// Rows and columns of images that are read, at most.
  private static let mostAcross = ImageStore.mostAcross

  /// Reads an object with its voxels.
  ///
  /// - Throws: `InputError` naming the tag.
  init(path: String) throws(InputError) {
    let file = try DICOMFile(path: path)
    let data = file.dataset
    guard
      case .ctImage = FileKind.dicomClass(
        sopClass: data.string(.sopClassUID), modality: data.string(.modality))
    else {
      throw InputError(
        file: path,
        "is \(FileKind.dicomClass(sopClass: data.string(.sopClassUID), modality: data.string(.modality)).words), no CT image",
        advice: "give the CT series")
    }
    series = try Self.series(data, path)
    let shape = try Shape(data, path)
    if data.items(.perFrameFunctionalGroupsSequence) != nil {
      slices = try Self.frames(file, shape, path)
    } else {
      slices = [try Self.single(file, shape, path)]
    }
  }

  private static func series(_ data: DICOMItem, _ path: String) throws(InputError) -> CTSlice.Series {
    CTSlice.Series(
      uid: data.string(.seriesInstanceUID), patientID: try data.patientID(path),
      frameOfReference: data.string(.frameOfReferenceUID), study: data.string(.studyInstanceUID),
      studyDay: data.day(.studyDate), imageType: data.string(.imageType),
      isLossy: data.string(.lossyImageCompression) == "01",
      window: try Self.window(data), gantryTilt: try? data.decimals(.gantryDetectorTilt)?.first)
  }

  private static func window(_ data: DICOMItem) throws(InputError) -> [Double]? {
    guard let centre = (try? data.decimals(.windowCenter))?.first,
      let width = (try? data.decimals(.windowWidth))?.first, width > 0
    else { return nil }
    return [centre, width]
  }

  /// How the voxels of an image are stored.
  private struct Shape {
    let rows: Int
    let columns: Int
    let bytes: Int
    let bitsStored: Int
    let isSigned: Bool

    init(_ data: DICOMItem, _ path: String) throws(InputError) {
      func broken(_ tag: DICOMTag, _ message: String) -> InputError {
        InputError(file: path, place: tag.text, message, advice: "export the CT again, as grey-scale images")
      }
      guard let rows = data.unsigned(.rows), let columns = data.unsigned(.columns), rows > 1, columns > 1,
        rows <= mostAcross, columns <= mostAcross
      else { throw broken(.rows, "rows or columns are absent, or more than \(mostAcross)") }
      guard data.unsigned(.samplesPerPixel) ?? 1 == 1,
        data.string(.photometricInterpretation) ?? "MONOCHROME2" == "MONOCHROME2"
      else { throw broken(.photometricInterpretation, "is not MONOCHROME2: a picture, not a CT") }
      let allocated = data.unsigned(.bitsAllocated) ?? 0
      guard allocated == 16 || allocated == 8 else {
        throw broken(.bitsAllocated, "is \(allocated), 16 is expected")
      }
      let stored = data.unsigned(.bitsStored) ?? allocated
      guard (1...allocated).contains(stored), data.unsigned(.highBit) ?? stored - 1 == stored - 1 else {
        throw broken(.bitsStored, "is \(stored) of \(allocated), or its high bit is elsewhere")
      }
      self.rows = rows
      self.columns = columns
      bytes = allocated / 8
      bitsStored = stored
      isSigned = data.unsigned(.pixelRepresentation) == 1
    }
  }

  private static func single(
    _ file: DICOMFile, _ shape: Shape, _ path: String
  ) throws(InputError) -> CTSlice {
    let data = file.dataset
    func broken(_ tag: DICOMTag) -> InputError {
      InputError(
        file: path, place: tag.text, "is absent or no numbers that say where the image lies",
        advice: "export the CT series with its geometry")
    }
    guard let position = try data.decimals(.imagePositionPatient), position.count == 3 else {
      throw broken(.imagePositionPatient)
    }
    guard position.allSatisfy({ abs($0) <= LesionRow.farthestMM }) else {
      throw broken(.imagePositionPatient)
    }
    guard let cosines = try data.decimals(.imageOrientationPatient), cosines.count == 6 else {
      throw broken(.imageOrientationPatient)
    }
    guard let spacing = try data.decimals(.pixelSpacing), spacing.count == 2,
      spacing.allSatisfy({ (0.01...100).contains($0) })
    else {
      throw broken(.pixelSpacing)
    }
    let pixels = try FramePixels(
      file, rows: shape.rows, columns: shape.columns, bytes: shape.bytes, frames: 1)
    return CTSlice(
      path: path, instance: data.string(.sopInstanceUID) ?? path, rows: shape.rows, columns: shape.columns,
      position: SIMD3(position[0], position[1], position[2]),
      rowDirection: SIMD3(cosines[0], cosines[1], cosines[2]),
      columnDirection: SIMD3(cosines[3], cosines[4], cosines[5]), spacing: SIMD2(spacing[0], spacing[1]),
      values: hounsfield(try pixels.frame(0), shape, try scale(data, path)))
  }

  private static func frames(
    _ file: DICOMFile, _ shape: Shape, _ path: String
  ) throws(InputError) -> [CTSlice] {
    let groups = try FrameGroups(file.dataset, path)
    let pixels = try FramePixels(
      file, rows: shape.rows, columns: shape.columns, bytes: shape.bytes, frames: groups.count)
    let instance = file.dataset.string(.sopInstanceUID) ?? path
    var slices: [CTSlice] = []
    for index in 0..<groups.count {
      let place = try FramePlace(groups, index, path)
      guard let item = groups.item(.pixelValueTransformationSequence, index) else {
        throw InputError(
          file: path, place: "\(DICOMTag.pixelValueTransformationSequence.text), frame \(index + 1)",
          "is absent, so its values are not known in Hounsfield units", advice: "export the CT again")
      }
      slices.append(
        CTSlice(
          path: path, instance: "\(instance) \(index)", rows: shape.rows, columns: shape.columns,
          position: place.position, rowDirection: place.rowDirection, columnDirection: place.columnDirection,
          spacing: SIMD2(place.spacing[0], place.spacing[1]),
          values: hounsfield(try pixels.frame(index), shape, try scale(item, path))))
    }
    return slices
  }

  private static func scale(_ data: DICOMItem, _ path: String) throws(InputError) -> (
    slope: Double, intercept: Double
  ) {
    guard let slope = try data.decimals(.rescaleSlope)?.first,
      let intercept = try data.decimals(.rescaleIntercept)?.first,
      slope > 0, slope < 100, abs(intercept) < 100_000
    else {
      throw InputError(
        file: path, place: DICOMTag.rescaleSlope.text,
        "or (0028,1052) is absent, so its values are not known in Hounsfield units",
        advice: "export the CT again, as it was reconstructed")
    }
    // Maps of iodine, of densities and of atomic numbers come as CT images, too.
    if let type = data.string(.rescaleType), !["HU", "US"].contains(type) {
      throw InputError(
        file: path, place: DICOMTag.rescaleType.text,
        "its values are in \(QuotedCell.words(type)), not in HU",
        advice: "give the CT itself, not a map made of it")
    }
    return (slope, intercept)
  }

  private static func hounsfield(
    _ bytes: [UInt8], _ shape: Shape, _ scale: (slope: Double, intercept: Double)
  ) -> [Int16] {
    let count = shape.rows * shape.columns
    let mask = UInt16(truncatingIfNeeded: (1 << shape.bitsStored) - 1)
    let sign = UInt16(truncatingIfNeeded: 1 << (shape.bitsStored - 1))
    // Whole numbers are the rule, and ten times as quick.
    let isWhole = scale.slope == 1 && scale.intercept == scale.intercept.rounded()
    let shift = Int32(scale.intercept.rounded())
    return bytes.withUnsafeBytes { raw in
      [Int16](unsafeUninitializedCapacity: count) { buffer, filled in
        for index in 0..<count {
          let stored =
            shape.bytes == 2
            ? UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)) & mask
            : UInt16(raw[index]) & mask
          let value =
            shape.isSigned && stored & sign != 0 ? Int32(stored) - Int32(mask) - 1 : Int32(stored)
          let units =
            isWhole ? value + shift : Int32((Double(value) * scale.slope + scale.intercept).rounded())
          buffer[index] = Int16(max(-1024, min(16_383, units)))
        }
        filled = count
      }
    }
  }
}

extension DICOMTag {
  static let seriesInstanceUID = DICOMTag(0x0020, 0x000E)
  static let studyInstanceUID = DICOMTag(0x0020, 0x000D)
  static let imageType = DICOMTag(0x0008, 0x0008)
  static let photometricInterpretation = DICOMTag(0x0028, 0x0004)
  static let bitsStored = DICOMTag(0x0028, 0x0101)
  static let highBit = DICOMTag(0x0028, 0x0102)
  static let rescaleIntercept = DICOMTag(0x0028, 0x1052)
  static let rescaleSlope = DICOMTag(0x0028, 0x1053)
  static let rescaleType = DICOMTag(0x0028, 0x1054)
  static let windowCenter = DICOMTag(0x0028, 0x1050)
  static let windowWidth = DICOMTag(0x0028, 0x1051)
  static let lossyImageCompression = DICOMTag(0x0028, 0x2110)
  static let gantryDetectorTilt = DICOMTag(0x0018, 0x1120)
  static let pixelValueTransformationSequence = DICOMTag(0x0028, 0x9145)
}
