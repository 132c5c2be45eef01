// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Packing

/// A ZIP archive in memory, as far as spreadsheets use the format: stored and deflated entries, no encryption, no zip64.
struct ZipArchive {
  private struct Entry {
    let method: Int
    let packed: Int
    let size: Int
    let offset: Int
  }

  private let path: String
  private let data: Data
  private var entries: [String: Entry] = [:]

  /// Bytes of an archive, and of one of its entries unpacked, at most: lists of lesions are small.
  private static let mostBytes = 64 << 20
  private static let mostUnpacked = 256 << 20
  /// Entries of an archive, at most.
  private static let mostEntries = 10_000

  /// Reads an archive's directory.
  ///
  /// - Throws: `InputError` for no archive, or one that is damaged or encrypted.
  init(path: String) throws(InputError) {
    self.path = path
    data = try FileAccess.read(path, limit: Self.mostBytes)
    let broken = InputError(file: path, "is a damaged archive", advice: "save the spreadsheet again")
    // The directory's end is the last 22 bytes, or stands before a comment.
    guard data.count >= 22,
      let end = (max(0, data.count - 66_000)...(data.count - 22)).reversed().first(where: {
        number($0, 4) == 0x0605_4B50
      })
    else { throw broken }
    let count = number(end + 10, 2)
    var at = number(end + 16, 4)
    guard count <= Self.mostEntries else { throw broken }
    for _ in 0..<count {
      guard at + 46 <= data.count, number(at, 4) == 0x0201_4B50 else { throw broken }
      guard number(at + 8, 2) & 1 == 0 else {
        throw InputError(file: path, "is encrypted", advice: "save the spreadsheet without a password")
      }
      let (nameLength, extra, comment) = (number(at + 28, 2), number(at + 30, 2), number(at + 32, 2))
      guard at + 46 + nameLength + extra + comment <= data.count else { throw broken }
      let name = String(decoding: bytes(at + 46, nameLength), as: UTF8.self)
      entries[name] = Entry(
        method: number(at + 10, 2), packed: number(at + 20, 4), size: number(at + 24, 4),
        offset: number(at + 42, 4))
      at += 46 + nameLength + extra + comment
    }
  }

  private func bytes(_ offset: Int, _ count: Int) -> Data {
    data.subdata(in: (data.startIndex + offset)..<(data.startIndex + offset + count))
  }

  /// A number of so many bytes, the lowest first.
  private func number(_ offset: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(data[data.startIndex + offset + $1]) << (8 * $1) }
  }

  /// Whether it has an entry.
  func holds(_ name: String) -> Bool { entries[name] != nil }

  /// The bytes of an entry; `nil` where there is none.
  ///
  /// - Throws: `InputError` for one that is damaged, packed in another way, or larger than is read.
  func contents(_ name: String) throws(InputError) -> Data? {
    guard let entry = entries[name] else { return nil }
    let broken = InputError(
      file: path, place: VisibleText.escaped(name), "is damaged", advice: "save the spreadsheet again")
    guard entry.size <= Self.mostUnpacked else {
      throw InputError(
        file: path, place: VisibleText.escaped(name), "unpacks to \(entry.size >> 20) MB",
        advice: "a list of lesions is smaller; export the sheet as CSV")
    }
    guard entry.offset + 30 <= data.count, number(entry.offset, 4) == 0x0403_4B50 else { throw broken }
    let start = entry.offset + 30 + number(entry.offset + 26, 2) + number(entry.offset + 28, 2)
    guard start + entry.packed <= data.count else { throw broken }
    let packed = bytes(start, entry.packed)
    switch entry.method {
    case 0:
      guard entry.packed == entry.size else { throw broken }
      return packed
    case 8:
      guard entry.size > 0 else { return Data() }
      let unpacked = packed.withUnsafeBytes { Compression.inflated($0, most: entry.size) }
      guard let unpacked, unpacked.count == entry.size else { throw broken }
      return Data(unpacked)
    default: throw broken
    }
  }
}
