// SPDX-License-Identifier: Apache-2.0
internal import COpenJPEG

/// The stored samples of the frames of a grey-scale object, whatever they are packed by.
struct FramePixels {
  private let file: DICOMFile
  private let size: Int
  private let rows: Int
  private let columns: Int
  private let bytes: Int
  private let frames: Int
  /// `nil` where frames are in JPEG 2000, which DCMTK leaves as it is.
  private let plain: DICOMFile.PixelBytes?

  /// JPEG 2000, without loss and with.
  private static let jpeg2000: Set<String> = ["1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"]

  /// Settles the pixel data.
  ///
  /// - Parameters:
  ///   - bytes: 1 or 2, of a sample.
  ///   - frames: how many frames there are.
  /// - Throws: `InputError` for pixel data that do not fit, or are packed in another way.
  init(_ file: DICOMFile, rows: Int, columns: Int, bytes: Int, frames: Int) throws(InputError) {
    self.file = file
    self.rows = rows
    self.columns = columns
    self.bytes = bytes
    self.frames = frames
    size = rows * columns * bytes
    guard !Self.jpeg2000.contains(file.transferSyntax) else {
      plain = nil
      return
    }
    plain = try file.pixelBytes(
      sampleBytes: bytes, expected: size * frames,
      advice: "export the CT uncompressed, or as RLE, JPEG lossless, JPEG-LS or JPEG 2000")
  }

  /// The bytes of a frame's samples, low byte first.
  ///
  /// - Throws: `InputError` for a frame that cannot be read.
  func frame(_ index: Int) throws(InputError) -> [UInt8] {
    if let plain {
      var found = [UInt8](repeating: 0, count: size)
      try plain.read(offset: index * size, count: size, into: &found)
      return found
    }
    var samples = [UInt16](repeating: 0, count: rows * columns)
    let done = file.withFragments(of: index, among: frames) { packed -> Bool in
      guard let start = packed.baseAddress else { return false }
      return oj2k_decode(start, packed.count, UInt32(columns), UInt32(rows), &samples) != 0
    }
    guard done == true else {
      throw InputError(
        file: file.name, place: DICOMTag.pixelData.text,
        "holds a JPEG 2000 frame that is damaged, or not of \(columns) × \(rows) grey samples",
        advice: "export it again")
    }
    guard bytes == 2 else { return samples.map { UInt8(truncatingIfNeeded: $0) } }
    return samples.withUnsafeBytes { raw in
      UInt16(1).littleEndian == 1
        ? Array(raw) : samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }
  }
}
