// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// What went wrong, as an object on standard error where JSON was asked for: schema `oligoplan.error/1`.
public struct ErrorDocument: Codable {
  static let schemaName = "oligoplan.error/1"

  private let schema: String
  private let errors: [Entry]

  private struct Entry: Codable {
    /// `invalid`, `notFound` or `cannotWrite`.
    let kind: String
    let file: String
    let place: String
    let message: String
    let advice: String
  }

  /// The document of these errors.
  public init(_ errors: [InputError]) {
    schema = Self.schemaName
    self.errors = errors.map {
      Entry(
        kind: VisibleText.escaped($0.kind.rawValue), file: VisibleText.escaped($0.file),
        place: VisibleText.escaped($0.place), message: VisibleText.escaped($0.message),
        advice: VisibleText.escaped($0.advice))
    }
  }

  /// The document in one line.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}
