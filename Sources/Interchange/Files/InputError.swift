// SPDX-License-Identifier: Apache-2.0
/// Why a file cannot be used: where, what was expected, and what to do.
public struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is; the command turns it into its exit status.
  public enum Kind: String, Sendable, Hashable {
    /// The input is wrong (65).
    case invalid
    /// The input does not exist (66).
    case notFound
    /// The output cannot be written (73).
    case cannotWrite
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// The file's name as the user gave it.
  public let file: String
  /// The place in it: a line, a tag, a structure; empty for the whole file.
  public let place: String
  /// What is wrong.
  public let message: String
  /// What was expected or what to do; may be empty.
  public let advice: String

  /// A failure.
  public init(
    _ kind: Kind = .invalid, file: String, place: String = "", _ message: String, advice: String = ""
  ) {
    self.kind = kind
    self.file = file
    self.place = place
    self.message = message
    self.advice = advice
  }

  /// File, place, what is wrong and what to do, in one line.
  public var description: String {
    let head = place.isEmpty ? file : "\(file), \(place)"
    return "\(head): \(message)" + (advice.isEmpty ? "" : " — \(advice)")
  }
}

/// Several failures of one input, all of them told at once.
public struct InputErrors: Error, Sendable, Hashable, CustomStringConvertible {
  /// The failures, at least one.
  public let all: [InputError]

  /// Several failures.
  public init(_ all: [InputError]) { self.all = all }

  /// One line each.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
