// SPDX-License-Identifier: Apache-2.0
public import Foundation
internal import Synchronization

/// Whole files in: read with a clear error, from disks and from pipes.
public enum FileAccess {
  /// A file that is read whole, and is not a case's own, holds no more than this.
  public static let mostBytes = 1 << 30

  /// All bytes of a file.
  ///
  /// They are read, not mapped: a file that is cut while it is in use would stop the process.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: the most bytes it may hold.
  /// - Throws: `InputError` when it does not exist, cannot be read or is larger.
  public static func read(_ path: String, limit: Int = mostBytes) throws(InputError) -> Data {
    try bytes(of: try Descriptor.reading(try PipeContents.readable(path)), path, limit)
  }

  /// All bytes of standard input.
  ///
  /// - Throws: `InputError` where it is closed, a folder, or holds more than a pipe may.
  public static func standardInput() throws(InputError) -> Data {
    let name = "standard input"
    // A descriptor of its own, so that closing it leaves the stream alone.
    let number = dup(STDIN_FILENO)
    guard number >= 0 else {
      throw InputError(file: name, "is closed", advice: "give a file, or pipe a case into the command")
    }
    return try bytes(of: try PipeContents.copy(of: Descriptor(number), name), name, PipeContents.mostBytes)
  }

  /// Writes all bytes to a stream of the process.
  ///
  /// - Returns: why that failed, or `nil`.
  public static func write(_ data: Data, toStream number: Int32) -> InputError? {
    let name = number == STDOUT_FILENO ? "standard output" : "standard error"
    let copy = dup(number)
    guard copy >= 0 else { return InputError(.cannotWrite, file: name, "is closed") }
    return Descriptor(copy).write(data).map { failure in
      switch failure {
      case ENOSPC, EDQUOT: InputError(.cannotWrite, file: name, "the disk is full", advice: "make room")
      case EPIPE: InputError(.cannotWrite, file: name, "was closed by its reader")
      default: InputError(.cannotWrite, file: name, "cannot be written (\(SystemFailure.words(failure)))")
      }
    }
  }

  private static func bytes(of file: Descriptor, _ path: String, _ limit: Int) throws(InputError) -> Data {
    let size = Int(file.status.st_size)
    func tooLarge(_ bytes: Int) -> InputError {
      InputError(
        file: path, "holds over \(limit >> 20) MB, more than any file of its kind",
        advice: "check that it is the right file")
    }
    guard size <= limit else { throw tooLarge(size) }
    // One byte more than it claims shows whether it grew.
    var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: size + 1, alignment: 16)
    var filled = 0
    do throws(InputError) {
      while true {
        if filled == storage.count {
          guard filled <= limit else { throw tooLarge(filled) }
          let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * storage.count, alignment: 16)
          larger.copyMemory(from: UnsafeRawBufferPointer(storage))
          storage.deallocate()
          storage = larger
        }
        let count = Foundation.read(
          file.number, storage.baseAddress.map { $0 + filled }, storage.count - filled)
        if count == 0 { break }
        if count > 0 {
          filled += count
        } else if errno != EINTR {
          throw SystemFailure.cannotRead(path, errno)
        }
      }
    } catch {
      storage.deallocate()
      throw error
    }
    guard let start = storage.baseAddress, filled > 0 else {
      storage.deallocate()
      return Data()
    }
    return Data(bytesNoCopy: start, count: filled, deallocator: .custom { start, _ in start.deallocate() })
  }

  /// SHA-256 of bytes, in hexadecimal.
  public static func sha256(_ data: Data) -> String {
    let hash = RunningHash()
    hash.add(data)
    return hash.hexadecimal()
  }

  /// Where a path leads, links followed: two names of one file have one place.
  public static func place(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  /// Makes a folder where none is.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  public static func makeFolder(_ path: String) throws(InputError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw InputError(
        .cannotWrite, file: path, "cannot be made a folder",
        advice: "name a folder, or a place where one may be made")
    }
  }

  /// SHA-256 of bytes in base64, as a page's content security policy names what it allows.
  public static func sha256Base64(_ data: Data) -> String {
    let digits = Array(sha256(data).utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }

  /// SHA-256 of a file, read in pieces so that memory stays bounded.
  ///
  /// - Throws: `InputError` when it cannot be read.
  public static func sha256(ofFile path: String) throws(InputError) -> String {
    let hash = RunningHash()
    try Descriptor.reading(try PipeContents.readable(path)).forEachPiece(of: path) { hash.add($0) }
    return hash.hexadecimal()
  }

  /// The file's own name, without the folders that lead to it: all that is kept of where an input lay.
  public static func name(of path: String) -> String {
    VisibleText.escaped(URL(fileURLWithPath: path).lastPathComponent)
  }
}
