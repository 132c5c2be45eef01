// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Whether what is to be written would destroy what is read, or one output another.
public enum OutputNames {
  /// Refuses outputs that are one of the inputs, lie within a case that is read, hold an input, or share a place.
  ///
  /// - Parameters:
  ///   - outputs: files and folders to be written.
  ///   - inputs: files and case folders that are read; `-` is none.
  /// - Throws: `InputError` of kind `cannotWrite` naming the output.
  public static func check(_ outputs: [String], against inputs: [String]) throws(InputError) {
    let inputs = inputs.filter { $0 != "-" }.flatMap(places)
    var former: [Place] = []
    for path in outputs {
      let place = Place(path)
      guard !place.isDevice else { continue }
      if inputs.contains(where: { $0.isSame(as: place) }) {
        throw InputError(
          .cannotWrite, file: path, "is one of the inputs and would be lost", advice: "choose another name")
      }
      if inputs.contains(where: { $0.isFolder && place.isInside($0) }) {
        throw InputError(
          .cannotWrite, file: path, "lies within the case that is read, which would no longer be one",
          advice: "write beside the case, not into it")
      }
      if inputs.contains(where: { $0.isInside(place) }) {
        throw InputError(
          .cannotWrite, file: path, "holds one of the inputs, which would be lost",
          advice: "choose another folder")
      }
      if former.contains(where: { $0.isSame(as: place) || $0.isInside(place) || place.isInside($0) }) {
        throw InputError(
          .cannotWrite, file: path, "is the place of another output of this run, which would be lost",
          advice: "give every output a name of its own")
      }
      former.append(place)
    }
  }

  /// An input's places: itself, and the folder of a case's document, whose other parts lie beside it.
  private static func places(_ path: String) -> [Place] {
    let place = Place(path)
    guard !place.isDevice else { return [] }
    let url = URL(fileURLWithPath: place.real)
    let folder = url.deletingLastPathComponent()
    // A case in one file may bear the document's name and lie among other files.
    guard url.lastPathComponent == CaseStore.documentName,
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(CaseStore.bodiesName).path)
    else { return [place] }
    return [place, Place(folder.path)]
  }

  private struct Place {
    let real: String
    let isFolder: Bool
    let isDevice: Bool
    /// Device and number of what stands there: two names of one file are one file.
    let identity: [UInt64]

    init(_ path: String) {
      var status = stat()
      let exists = stat(path, &status) == 0
      let kind = status.st_mode & S_IFMT
      isFolder = exists && kind == S_IFDIR
      isDevice = exists && kind != S_IFDIR && kind != S_IFREG
      identity = exists ? [UInt64(status.st_dev), UInt64(status.st_ino)] : []
      let url = URL(fileURLWithPath: path).standardizedFileURL
      // What is not there yet has a folder that is.
      let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
      real =
        exists
        ? url.resolvingSymlinksInPath().path : folder.appendingPathComponent(url.lastPathComponent).path
    }

    func isSame(as other: Place) -> Bool {
      real == other.real || (!identity.isEmpty && identity == other.identity)
    }

    func isInside(_ folder: Place) -> Bool {
      real.hasPrefix(folder.real.hasSuffix("/") ? folder.real : folder.real + "/")
    }
  }
}
