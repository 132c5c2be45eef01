// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Bytes that are to be written, which need not stand in memory in one piece.
struct OutputBytes {
  /// Hands the bytes over, piece by piece.
  let forEachPiece: ((UnsafeRawBufferPointer) throws(InputError) -> Void) throws(InputError) -> Void

  init(
    _ forEachPiece: @escaping ((UnsafeRawBufferPointer) throws(InputError) -> Void) throws(InputError) -> Void
  ) { self.forEachPiece = forEachPiece }

  init(_ data: Data) {
    forEachPiece = { take throws(InputError) in
      var failure: InputError?
      data.withUnsafeBytes { bytes in
        do throws(InputError) { try take(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }
}

/// What one run writes: all of it is staged beside its places before the first appears, so that a full disk leaves the
/// former outputs as they were.
public struct OutputSet {
  private enum Content {
    case file(Data)
    case folder([(name: String, bytes: OutputBytes)], owns: (String) -> Bool)
  }

  private var outputs: [(path: String, content: Content)] = []

  /// Nothing yet.
  public init() {}

  /// Adds a file.
  public mutating func add(_ data: Data, to path: String) { outputs.append((path, .file(data))) }

  /// Adds a folder of files, which replaces the one that stands there; it is made when absent.
  ///
  /// - Parameters:
  ///   - files: the files by their names.
  ///   - path: the folder.
  ///   - owns: whether a file of this name is one of ours. A folder that holds anything else is never touched.
  public mutating func add(
    folder files: [(name: String, data: Data)], to path: String, owns: @escaping (String) -> Bool
  ) { add(folder: files.map { ($0.name, OutputBytes($0.data)) }, to: path, owns: owns) }

  mutating func add(
    folder files: [(name: String, bytes: OutputBytes)], to path: String, owns: @escaping (String) -> Bool
  ) { outputs.append((path, .folder(files, owns: owns))) }

  /// Writes everything: a file that stands there keeps its permissions, a link stays a link, and devices and pipes are
  /// written to, never replaced.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`; none of the outputs has then changed, but for what was written to
  ///   devices and pipes.
  public func publish() throws(InputError) {
    var staged: [(path: String, output: StagedOutput)] = []
    for (path, content) in outputs {
      switch content {
      case .file(let data):
        guard let output = try Self.stage(data, path) else { continue }
        staged.append((path, output))
      case .folder(let files, let owns): staged.append((path, try Self.stage(files, owns, path)))
      }
    }
    for (path, output) in staged { try output.publish(path) }
  }

  /// `nil` where the bytes went to a device or a pipe.
  private static func stage(_ data: Data, _ path: String) throws(InputError) -> StagedOutput? {
    guard !path.isEmpty else {
      throw InputError(.cannotWrite, file: "the output", "has no name", advice: "name a file")
    }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemFailure.cannotWrite(path, EISDIR) }
      let number = open(path, O_WRONLY | O_CLOEXEC)
      guard number >= 0 else { throw SystemFailure.cannotWrite(path, errno) }
      if let failure = Descriptor(number).write(data) { throw SystemFailure.cannotWrite(path, failure) }
      return nil
    }
    let output = try StagedOutput(for: path, isFolder: false)
    try output.write(data, path)
    return output
  }

  private static func stage(
    _ files: [(name: String, bytes: OutputBytes)], _ owns: (String) -> Bool, _ path: String
  ) throws(InputError) -> StagedOutput {
    guard !path.isEmpty else {
      throw InputError(.cannotWrite, file: "the output", "has no name", advice: "name a folder")
    }
    let target = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: target.path, isDirectory: &isFolder) {
      guard isFolder.boolValue else {
        throw InputError(
          .cannotWrite, file: path, "is a file, where a folder is to be made", advice: "choose another name")
      }
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: target.path)) ?? []
      if let other = entries.filter({ !owns($0) }).min() {
        throw InputError(
          .cannotWrite, file: path,
          "holds \"\(other)\", which is not of ours and would be lost",
          advice: "choose another name, or an empty folder")
      }
    } else {
      try? FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
    let output = try StagedOutput(for: path, isFolder: true)
    for file in files { try output.write(file.bytes, named: file.name, path) }
    return output
  }
}

extension FileAccess {
  /// Writes a file whole or not at all.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  public static func write(_ data: Data, to path: String) throws(InputError) {
    var outputs = OutputSet()
    outputs.add(data, to: path)
    try outputs.publish()
  }
}
