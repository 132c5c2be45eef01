// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Why the system refused a file, in words and with what to do.
enum SystemFailure {
  /// A refusal to write, by the number that the system gave.
  static func cannotWrite(_ path: String, _ number: Int32) -> InputError {
    switch number {
    case ENOSPC, EDQUOT:
      InputError(
        .cannotWrite, file: path, "the disk is full; nothing was changed",
        advice: "make room, or write elsewhere")
    case EFBIG:
      InputError(
        .cannotWrite, file: path, "is larger than the system allows; nothing was changed",
        advice: "raise the limit (ulimit -f), or write elsewhere")
    case ENAMETOOLONG:
      InputError(.cannotWrite, file: path, "the name is too long", advice: "choose a shorter one")
    case ENOENT, ENOTDIR:
      InputError(
        .cannotWrite, file: path, "the folder it is to lie in does not exist", advice: "make the folder first"
      )
    case EACCES, EPERM, EROFS:
      InputError(
        .cannotWrite, file: path, "the folder may not be written to", advice: "check its permissions")
    case EISDIR:
      InputError(.cannotWrite, file: path, "is a folder", advice: "name a file")
    default:
      InputError(
        .cannotWrite, file: path, "cannot be written (\(words(number)))",
        advice: "check that the folder exists and may be written")
    }
  }

  /// A refusal to read.
  static func cannotRead(_ path: String, _ number: Int32) -> InputError {
    switch number {
    case ENOENT, ENOTDIR:
      InputError(.notFound, file: path, "no such file", advice: "check the path")
    case ENAMETOOLONG:
      InputError(.notFound, file: path, "no such file: the name is too long", advice: "check the path")
    case EACCES, EPERM:
      InputError(file: path, "cannot be read", advice: "check the permissions")
    case EISDIR:
      InputError(file: path, "is a directory, a file is expected")
    default:
      InputError(file: path, "cannot be read (\(words(number)))", advice: "check the path and the disk")
    }
  }

  /// The system's own words of a failure, in English.
  static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}
