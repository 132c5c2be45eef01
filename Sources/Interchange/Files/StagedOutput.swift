// SPDX-License-Identifier: Apache-2.0
internal import CFiles
internal import Foundation

/// An output that is being written beside its place, under a name of its own that starts with a point.
///
/// The name is locked while its maker lives, so that what a killed process left behind can be told from what another
/// one is writing, and is taken away by the next that writes to the same place.
final class StagedOutput {
  /// Where it is to appear, links resolved: a link stays a link, what it points to is written.
  let target: URL
  private let lock: Descriptor
  private(set) var place: URL
  private var isPublished = false

  /// What stands at the target now: its kind and permissions; `nil` where nothing does.
  let former: stat?

  /// Stages a file, or a folder, for a path.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  init(for path: String, isFolder: Bool) throws(InputError) {
    target = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
    var status = stat()
    former = stat(target.path, &status) == 0 ? status : nil
    let folder = target.deletingLastPathComponent()
    Self.clean(folder, target.lastPathComponent)
    while true {
      let place = folder.appendingPathComponent(Self.prefix(target.lastPathComponent) + UUID().uuidString)
      // Nobody else reads what is unfinished: it may hold a patient's data.
      let made =
        isFolder
        ? mkdir(place.path, 0o700) : open(place.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard made >= 0 else { throw SystemFailure.cannotWrite(path, errno) }
      let number = isFolder ? open(place.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : made
      guard number >= 0 else { throw SystemFailure.cannotWrite(path, errno) }
      let descriptor = Descriptor(number)
      // Another process may have taken it for a leftover before it was locked: then it is made again. Where the disk knows
      // no locks nobody takes it.
      let isTaken = flock(number, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
      if !isTaken, descriptor.status.st_nlink > 0 {
        lock = descriptor
        self.place = place
        return
      }
    }
  }

  deinit { if !isPublished { Self.remove(place) } }

  /// Fills a staged file.
  func write(_ data: Data, _ path: String) throws(InputError) {
    if let failure = lock.write(data) { throw SystemFailure.cannotWrite(path, failure) }
  }

  /// Fills one file of a staged folder.
  func write(_ bytes: OutputBytes, named name: String, _ path: String) throws(InputError) {
    let number = open(
      place.appendingPathComponent(name).path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw SystemFailure.cannotWrite(path, errno) }
    let file = Descriptor(number)
    try bytes.forEachPiece { piece throws(InputError) in
      if let failure = file.write(piece) { throw SystemFailure.cannotWrite(path, failure) }
    }
    fchmod(number, mode(of: target.appendingPathComponent(name).path, new: 0o666))
  }

  /// Puts it in its place in one step; a folder that stood there is exchanged, and then removed.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`; the former is then untouched.
  func publish(_ path: String) throws(InputError) {
    let isFolder = lock.status.st_mode & S_IFMT == S_IFDIR
    fchmod(lock.number, mode(of: target.path, new: isFolder ? 0o777 : 0o666))
    guard isFolder, former != nil else {
      guard rename(place.path, target.path) == 0 else { throw SystemFailure.cannotWrite(path, errno) }
      isPublished = true
      return
    }
    if ofiles_exchange(place.path, target.path) == 0 {
      // What bears the staged name now is the former folder.
      Self.remove(place)
      isPublished = true
      return
    }
    // Disks that cannot exchange: the former folder steps aside, under a name that says whose it is.
    let aside = place.appendingPathExtension(Self.formerEnding)
    guard rename(target.path, aside.path) == 0 else { throw SystemFailure.cannotWrite(path, errno) }
    guard rename(place.path, target.path) == 0 else {
      let failure = errno
      rename(aside.path, target.path)
      throw SystemFailure.cannotWrite(path, failure)
    }
    isPublished = true
    Self.remove(aside)
  }

  /// The permissions of what is replaced; those the user's mask leaves where nothing is.
  private func mode(of path: String, new: mode_t) -> mode_t {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & 0o7777 }
    return new & ~Self.mask
  }

  /// The user's mask, read where it can be read without changing it; nothing for others where it cannot.
  private static let mask: mode_t = {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("Umask:") }
    return line.flatMap { mode_t($0.dropFirst(6).trimmingCharacters(in: .whitespaces), radix: 8) } ?? 0o077
  }()

  // MARK: Leftovers

  private static let formerEnding = "former"

  private static func prefix(_ name: String) -> String {
    // Names have room for 255 bytes, of which the rest here takes 45.
    ".\(String(decoding: name.utf8.prefix(200), as: UTF8.self))."
  }

  /// Takes away what killed processes left beside a target, and puts a former folder back that one had set aside.
  private static func clean(_ folder: URL, _ name: String) {
    let manager = FileManager.default
    let beginning = prefix(name)
    for entry in (try? manager.contentsOfDirectory(atPath: folder.path)) ?? [] {
      guard entry.hasPrefix(beginning) else { continue }
      let rest = entry.dropFirst(beginning.count)
      let place = folder.appendingPathComponent(entry)
      if rest.hasSuffix(".\(formerEnding)"), UUID(uuidString: String(rest.dropLast(7))) != nil {
        // Where a new one stands already, the former has done its duty.
        if rename(place.path, folder.appendingPathComponent(name).path) != 0 { remove(place) }
        continue
      }
      guard UUID(uuidString: String(rest)) != nil else { continue }
      let number = open(place.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard number >= 0 else { continue }
      let descriptor = Descriptor(number)
      if flock(number, LOCK_EX | LOCK_NB) == 0, descriptor.status.st_nlink > 0 { remove(place) }
    }
  }

  private static func remove(_ place: URL) { try? FileManager.default.removeItem(at: place) }
}
