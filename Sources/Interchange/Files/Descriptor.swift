// SPDX-License-Identifier: Apache-2.0
internal import CFiles
internal import Foundation

/// An open file of the system; closed when nobody holds it any more.
///
/// Reading and writing are those of the system, whole and without signals: Foundation's handles stop the process
/// where a standard stream is closed or a folder.
final class Descriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Opens a file to be read.
  ///
  /// - Throws: `InputError`.
  static func reading(_ path: String) throws(InputError) -> Descriptor {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { throw SystemFailure.cannotRead(path, errno) }
    return Descriptor(number)
  }

  /// A file in memory that no folder names; `nil` where the system has none.
  static func anonymous(_ name: String) -> Descriptor? {
    let number = ofiles_anonymous(name)
    return number >= 0 ? Descriptor(number) : nil
  }

  /// What the system tells of it.
  var status: stat {
    var status = stat()
    return fstat(number, &status) == 0 ? status : stat()
  }

  /// The path by which libraries open what this descriptor holds.
  var path: String { "/proc/self/fd/\(number)" }

  /// Calls back with pieces of at most 1 MB until the end.
  ///
  /// - Throws: `InputError` where the system refuses, or what `body` throws.
  func forEachPiece(
    of path: String, _ body: (UnsafeRawBufferPointer) throws(InputError) -> Void
  ) throws(InputError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = read(number, piece.baseAddress, piece.count)
      if count > 0 {
        try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      } else if count == 0 {
        return
      } else if errno == EAGAIN {
        // A pipe whose writer takes its time.
        var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw SystemFailure.cannotRead(path, errno)
      }
    }
  }

  /// The next bytes, at most so many; empty at the end.
  ///
  /// - Throws: `InputError` where the system refuses.
  func piece(of path: String, _ most: Int) throws(InputError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      repeat {
        let got = read(number, buffer.baseAddress, most)
        count = max(0, got)
        failure = got < 0 ? errno : 0
      } while failure == EINTR
    }
    guard failure == 0 else { throw SystemFailure.cannotRead(path, failure) }
    return bytes
  }

  /// Fills a buffer with the next bytes.
  ///
  /// - Returns: whether there were as many.
  /// - Throws: `InputError` where the system refuses.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, of path: String) throws(InputError) -> Bool {
    var filled = 0
    while filled < buffer.count {
      let count = read(number, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      if count == 0 { return false }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw SystemFailure.cannotRead(path, errno)
      }
    }
    return true
  }

  /// Writes all bytes; the system's number of the failure, or `nil` when all were written.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    var done = 0
    while done < bytes.count {
      let count = Foundation.write(number, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  func write(_ data: Data) -> Int32? { data.withUnsafeBytes { write($0) } }
}
