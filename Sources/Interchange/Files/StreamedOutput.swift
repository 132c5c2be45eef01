// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// An output that is written piece by piece, and appears whole or not at all: a file, or the standard output.
public struct StreamedOutput {
  private let path: String?
  private let staged: StagedOutput?
  private let device: Descriptor?

  /// - Parameter path: the file; `nil` for the standard output.
  /// - Throws: `InputError` of kind `cannotWrite`.
  public init(_ path: String?) throws(InputError) {
    self.path = path
    guard let path else {
      (staged, device) = (nil, nil)
      return
    }
    guard !path.isEmpty else {
      throw InputError(.cannotWrite, file: "the output", "has no name", advice: "name a file")
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else {
      (staged, device) = (try StagedOutput(for: path, isFolder: false), nil)
      return
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemFailure.cannotWrite(path, EISDIR) }
    // Devices and pipes are written to, never replaced.
    let number = open(path, O_WRONLY | O_CLOEXEC)
    guard number >= 0 else { throw SystemFailure.cannotWrite(path, errno) }
    (staged, device) = (nil, Descriptor(number))
  }

  /// Writes the next bytes.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  public func write(_ data: Data) throws(InputError) {
    guard let path else {
      if let failure = FileAccess.write(data, toStream: STDOUT_FILENO) { throw failure }
      return
    }
    if let staged {
      try staged.write(data, path)
    } else if let failure = device?.write(data) {
      throw SystemFailure.cannotWrite(path, failure)
    }
  }

  /// Puts a file in its place.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`; what stood there is then untouched.
  public func close() throws(InputError) {
    if let path, let staged { try staged.publish(path) }
  }
}
