// SPDX-License-Identifier: Apache-2.0
internal import CCompression

/// Bytes packed and unpacked without loss: zstd for what a case keeps, deflate for what a browser unpacks by itself.
package enum Compression {
  /// Packs bytes by zstd.
  ///
  /// - Parameter level: 1 is the quickest; higher ones take longer and give less.
  /// - Returns: the frame; empty where memory is short.
  package static func zstd(_ bytes: [UInt8], level: Int32) -> [UInt8] {
    let bound = ocmp_bound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = buffer.baseAddress.map { ocmp_pack(bytes, bytes.count, $0, bound, level) } ?? 0
    }
  }

  /// Unpacks a zstd frame that holds exactly as many bytes as the buffer; false for one that does not, or is damaged.
  package static func unzstd(_ packed: UnsafeRawBufferPointer, into bytes: inout [UInt8]) -> Bool {
    guard let start = packed.baseAddress else { return false }
    return ocmp_unpack(start, packed.count, &bytes, bytes.count) == 0
  }

  /// The library's version.
  package static var zstdVersion: String { String(cString: ocmp_zstd_version()) }

  /// Deflates bytes without a wrapper, as browsers unpack them (`deflate-raw`).
  package static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let bound = ocmp_deflate_bound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = buffer.baseAddress.map { ocmp_deflate(bytes, bytes.count, $0, bound) } ?? 0
    }
  }

  /// Inflates bytes without a wrapper; `nil` for damage, or more than `most`.
  package static func inflated(_ packed: UnsafeRawBufferPointer, most: Int) -> [UInt8]? {
    guard let start = packed.baseAddress, most > 0 else { return nil }
    var given = Int64(-1)
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      given = buffer.baseAddress.map { ocmp_inflate(start, packed.count, $0, most) } ?? -1
      count = max(0, Int(given))
    }
    return given < 0 ? nil : bytes
  }
}

/// Gzip data that begin somewhere in a file, unpacked as they are read.
///
/// Belongs to one task.
package final class GzipStream {
  private let stream: UnsafeMutablePointer<ocmp_stream>

  /// Opens gzip data; `nil` where the file cannot be read.
  package init?(path: String, offset: Int) {
    guard let stream = ocmp_open(path, Int64(offset)) else { return nil }
    self.stream = stream
  }

  deinit { ocmp_close(stream) }

  /// Fills a buffer; false where the data end before, or are damaged.
  package func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Bool {
    guard let start = buffer.baseAddress else { return buffer.isEmpty }
    return ocmp_read(stream, start, buffer.count) == Int64(buffer.count)
  }
}
