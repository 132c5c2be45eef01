// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The lines of all patients that were triaged so far, on disk beside the output: what lists are made from, and where a run
/// goes on that was stopped.
///
/// One run at a time writes to it. A last line that was cut is none.
final class TriageJournal {
  /// The file.
  let path: String
  private let file: Descriptor
  /// Where the next line begins.
  private(set) var end = 0

  /// Opens a journal, and makes it where none is.
  ///
  /// - Parameter path: the file; `nil` for one that no folder names and nobody can go on with.
  /// - Throws: `InputError` of kind `cannotWrite`, also where another run writes to it.
  init(_ path: String?) throws(InputError) {
    guard let path else {
      let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
      let place = "\(folder)/oligoplan-\(UUID().uuidString)"
      self.path = place
      let number = open(place, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard number >= 0 else { throw SystemFailure.cannotWrite(folder, errno) }
      file = Descriptor(number)
      // From here on the bytes are this process's alone, and go with it.
      unlink(place)
      return
    }
    self.path = path
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw SystemFailure.cannotWrite(path, errno) }
    file = Descriptor(number)
    guard flock(number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      throw InputError(
        .cannotWrite, file: path, "another run is writing to it", advice: "wait for it, or choose another -o")
    }
  }

  /// Whether it holds anything.
  var isEmpty: Bool { file.status.st_size == 0 }

  /// Begins anew.
  func clear() throws(InputError) {
    guard ftruncate(file.number, 0) == 0 else { throw SystemFailure.cannotWrite(path, errno) }
    end = 0
  }

  /// Every whole line that it holds, without its end; what follows the last of them is cut off.
  ///
  /// - Throws: `InputError` where it cannot be read, and what `body` throws.
  func replay(_ body: (Data) throws -> Void) throws {
    lseek(file.number, 0, SEEK_SET)
    var rest: [UInt8] = []
    end = 0
    while true {
      let piece = try file.piece(of: path, 1 << 20)
      if piece.isEmpty { break }
      rest += piece
      var start = 0
      while let line = rest[start...].firstIndex(of: 0x0A) {
        try body(Data(rest[start..<line]))
        end += line - start + 1
        start = line + 1
      }
      rest.removeFirst(start)
    }
    if !rest.isEmpty, ftruncate(file.number, off_t(end)) != 0 { throw SystemFailure.cannotWrite(path, errno) }
  }

  /// Adds lines with their ends.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`; what was written of them before the failure is taken away again.
  func append(_ data: Data) throws(InputError) {
    lseek(file.number, off_t(end), SEEK_SET)
    if let failure = file.write(data) {
      _ = ftruncate(file.number, off_t(end))
      throw SystemFailure.cannotWrite(path, failure)
    }
    end += data.count
  }

  /// Bytes that were added.
  ///
  /// - Throws: `InputError` where they cannot be read.
  func bytes(_ range: Range<Int>) throws(InputError) -> Data {
    var data = Data(count: range.count)
    let count = data.withUnsafeMutableBytes { buffer in
      var done = 0
      while done < buffer.count {
        let got = pread(
          file.number, buffer.baseAddress.map { $0 + done }, buffer.count - done,
          off_t(range.lowerBound + done))
        if got <= 0 {
          if got < 0, errno == EINTR { continue }
          break
        }
        done += got
      }
      return done
    }
    guard count == range.count else { throw SystemFailure.cannotRead(path, EIO) }
    return data
  }

  /// Takes it away: all that it held is in the output.
  func remove() { unlink(path) }

  /// Takes it away where nothing was done: there is nothing to go on from.
  func removeIfEmpty() { if isEmpty { unlink(path) } }

  /// Makes it the output.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  func publish(to output: String) throws(InputError) {
    guard rename(path, output) == 0 else { throw SystemFailure.cannotWrite(output, errno) }
  }
}
