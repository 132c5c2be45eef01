internal import CCrypto
public import Foundation

/// Whole files in and out: read with a clear error, written beside the target and then renamed, so that an
/// output appears whole or not at all.
public enum FileAccess {
  /// All bytes of a file.
  ///
  /// - Throws: `InputError` when it does not exist or cannot be read.
  public static func read(_ path: String) throws(InputError) -> Data {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw InputError(.notFound, file: path, "no such file", advice: "check the path")
    }
    guard !isDirectory.boolValue else {
      throw InputError(file: path, "is a directory, a file is expected")
    }
    do { return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) } catch {
      throw InputError(file: path, "cannot be read", advice: "check the permissions")
    }
  }

  /// Writes a file whole or not at all.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  public static func write(_ data: Data, to path: String) throws(InputError) {
    // A link stays a link: what it points to is written. Devices and pipes are never replaced by a file.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let refusal = InputError(
      .cannotWrite, file: path, "cannot be written", advice: "check that the folder exists and may be written"
    )
    let type = (try? FileManager.default.attributesOfItem(atPath: target.path))?[.type] as? FileAttributeType
    guard type == nil || type == .typeRegular else {
      guard type != .typeDirectory, let handle = FileHandle(forWritingAtPath: target.path) else {
        throw refusal
      }
      do { try handle.write(contentsOf: data) } catch { throw refusal }
      return
    }
    let beside = target.deletingLastPathComponent().appendingPathComponent(
      ".\(target.lastPathComponent).\(UUID().uuidString)")
    do { try data.write(to: beside) } catch {
      try? FileManager.default.removeItem(at: beside)
      throw refusal
    }
    guard rename(beside.path, target.path) == 0 else {
      try? FileManager.default.removeItem(at: beside)
      throw refusal
    }
  }

  /// Writes a directory of files whole or not at all, replacing one that holds only files of these names.
  ///
  /// A directory that holds anything else is never touched.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  public static func writeDirectory(
    _ files: [(name: String, data: Data)], to path: String
  ) throws(InputError) {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
    let beside = target.deletingLastPathComponent().appendingPathComponent(
      ".\(target.lastPathComponent).\(UUID().uuidString)")
    var isDirectory: ObjCBool = false
    let exists = manager.fileExists(atPath: target.path, isDirectory: &isDirectory)
    if exists {
      let entries = (try? manager.contentsOfDirectory(atPath: target.path)) ?? []
      let ours = Set(files.map(\.name))
      guard isDirectory.boolValue, entries.allSatisfy(ours.contains) else {
        throw InputError(
          .cannotWrite, file: path, "exists and holds more than a case of ours, which would be lost",
          advice: "choose another name")
      }
    }
    do {
      try manager.createDirectory(at: beside, withIntermediateDirectories: true)
      for file in files {
        let url = beside.appendingPathComponent(file.name)
        try manager.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try file.data.write(to: url)
      }
      // The old case steps aside until the new one is in place.
      let aside = beside.appendingPathExtension("old")
      if exists { try manager.moveItem(at: target, to: aside) }
      do { try manager.moveItem(at: beside, to: target) } catch {
        if exists { try? manager.moveItem(at: aside, to: target) }
        throw error
      }
      if exists { try? manager.removeItem(at: aside) }
    } catch {
      try? manager.removeItem(at: beside)
      throw InputError(
        .cannotWrite, file: path, "cannot be written",
        advice: "check that the folder above it exists and may be written")
    }
  }

  /// SHA-256 of bytes, in hexadecimal (libcrypto, `EVP_Digest`).
  public static func sha256(_ data: Data) -> String {
    let hash = RunningHash()
    hash.add(data)
    return hash.hexadecimal()
  }

  /// SHA-256 of a file, read in pieces so that memory stays bounded.
  ///
  /// - Throws: `InputError` when it cannot be read.
  public static func sha256(ofFile path: String) throws(InputError) -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw InputError(.notFound, file: path, "no such file", advice: "check the path")
    }
    let hash = RunningHash()
    do {
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.add(piece) }
    } catch { throw InputError(file: path, "cannot be read") }
    return hash.hexadecimal()
  }

  /// A SHA-256 that is fed piece by piece; libcrypto cannot fail here but for want of memory.
  private final class RunningHash {
    private let context = EVP_MD_CTX_new()

    init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

    deinit { EVP_MD_CTX_free(context) }

    func add(_ data: Data) {
      data.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    func hexadecimal() -> String {
      var digest = [UInt8](repeating: 0, count: 32)
      var length: UInt32 = 0
      let done = EVP_DigestFinal_ex(context, &digest, &length)
      precondition(done == 1 && length == 32, "SHA-256 is part of every libcrypto")
      return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}
