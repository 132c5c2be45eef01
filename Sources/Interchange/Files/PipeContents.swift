// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Synchronization

/// What pipes held, kept for as long as the process lives: their bytes are there once only, and several readers and
/// the hash ask for them.
enum PipeContents {
  /// More than this through a pipe is refused: it is kept in memory.
  static let mostBytes = 1 << 30
  /// How long a pipe may be without anybody who writes into it.
  private static let patienceMilliseconds: Int32 = 10_000

  private static let kept = Mutex<[String: Descriptor]>([:])

  /// The path by which a file's bytes can be read as often as wanted: its own, or that of a copy in memory where it
  /// is a pipe or a terminal.
  ///
  /// - Throws: `InputError` where it is none that can be read, or a pipe that nobody writes into.
  static func readable(_ path: String) throws(InputError) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SystemFailure.cannotRead(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return path
    case S_IFDIR: throw SystemFailure.cannotRead(path, EISDIR)
    case S_IFSOCK:
      throw InputError(file: path, "is a socket, a file is expected", advice: "check the path")
    default: break
    }
    // Whoever comes second waits for the first: two that read one pipe would each get a part of it.
    let copy = kept.withLock { kept -> Result<Descriptor, InputError> in
      if let known = kept[path] { return .success(known) }
      return Result { () throws(InputError) in
        let copy = try Self.copy(of: try Descriptor.reading(path), path)
        kept[path] = copy
        return copy
      }
    }
    return try copy.get().path
  }

  /// All that a descriptor gives, in memory.
  ///
  /// - Throws: `InputError` for more than the limit, or where nobody writes into a pipe.
  static func copy(of source: Descriptor, _ path: String) throws(InputError) -> Descriptor {
    // A pipe without a writer ends before it began: one that is about to come is waited for.
    var waiting = pollfd(fd: source.number, events: Int16(POLLIN), revents: 0)
    let isIdle =
      source.status.st_mode & S_IFMT == S_IFIFO && poll(&waiting, 1, patienceMilliseconds) == 0
    guard let copy = Descriptor.anonymous("oligoplan") else {
      throw InputError(file: path, "cannot be read (no memory for what the pipe holds)")
    }
    var count = 0
    try source.forEachPiece(of: path) { piece throws(InputError) in
      count += piece.count
      guard count <= mostBytes else {
        throw InputError(
          file: path, "gives more than \(mostBytes >> 20) MB through a pipe", advice: "give it as a file")
      }
      if let failure = copy.write(piece) { throw SystemFailure.cannotRead(path, failure) }
    }
    guard count > 0 || !isIdle else {
      throw InputError(
        file: path, "is a pipe that nobody writes into", advice: "start the writer first, or give a file")
    }
    lseek(copy.number, 0, SEEK_SET)
    return copy
  }
}
