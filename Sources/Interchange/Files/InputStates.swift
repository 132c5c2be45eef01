// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The inputs of a run as they were at its beginning, so that a file that is written while it is read is noticed: its
/// hash would be that of other bytes.
struct InputStates {
  private struct State: Equatable {
    let device: UInt64
    let number: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int

    init(_ path: String) throws(InputError) {
      var status = stat()
      guard stat(path, &status) == 0 else { throw SystemFailure.cannotRead(path, errno) }
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
      // A pipe's bytes are kept when they are read; folders are looked into file by file.
      let isFile = status.st_mode & S_IFMT == S_IFREG
      size = isFile ? Int64(status.st_size) : 0
      seconds = isFile ? status.st_mtim.tv_sec : 0
      nanoseconds = isFile ? status.st_mtim.tv_nsec : 0
    }
  }

  private let states: [(path: String, state: State)]

  /// - Throws: `InputError` for the first that is not there.
  init(_ paths: [String]) throws(InputError) {
    var states: [(path: String, state: State)] = []
    for path in paths { states.append((path, try State(path))) }
    self.states = states
  }

  /// - Throws: `InputError` for a file that is no longer what it was.
  func check() throws(InputError) {
    for (path, state) in states where try State(path) != state {
      throw InputError(
        file: path, "changed while it was read", advice: "wait until it is written, then import again")
    }
  }
}
