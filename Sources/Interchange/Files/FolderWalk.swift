// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The files of a folder and of the folders within it.
enum FolderWalk {
  /// More files than a patient's folder has (heuristic): somebody gave a disk.
  static let mostFiles = 200_000
  /// Folders within folders, at most: links may make rings.
  private static let deepest = 16

  /// Regular files by path, hidden ones left out; links to folders are not followed.
  ///
  /// - Throws: `InputError` for a folder that cannot be read, or holds too much.
  static func files(in folder: String, depth: Int = 0) throws(InputError) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted() else {
      throw InputError(
        .notFound, file: folder, "is a folder that cannot be read", advice: "check its permissions")
    }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: found.append(path)
      case S_IFLNK:
        var target = stat()
        if stat(path, &target) == 0, target.st_mode & S_IFMT == S_IFREG { found.append(path) }
      case S_IFDIR where depth < deepest: found += try files(in: path, depth: depth + 1)
      default: break
      }
      guard found.count <= mostFiles else {
        throw InputError(
          file: folder, "holds more than \(mostFiles) files", advice: "give the folder of one patient")
      }
    }
    return found
  }
}
