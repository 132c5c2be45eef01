// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Interchange
import Report

/// What a reading verb prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv
}

/// Results on standard output, words for people on standard error, and exit statuses.
///
/// Names of files reach a terminal only through here, where what would steer it is written out.
enum Streams {
  static var style: TextStyle {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil ? .coloured : .plain
  }

  /// One message a line.
  static func tell(_ lines: [String]) {
    let text = lines.map { VisibleText.escaped($0) + "\n" }.joined()
    // Nothing can be told to a standard error that is full or closed.
    _ = FileAccess.write(Data(text.utf8), toStream: STDERR_FILENO)
  }

  static func tell(_ line: String) { tell([line]) }

  static func warn(_ warnings: [String]) { tell(warnings.map { "warning: \($0)" }) }

  /// Bytes as they are: JSON, CSV, a file.
  static func result(_ data: Data) throws {
    if let failure = FileAccess.write(data, toStream: STDOUT_FILENO) { throw failure }
  }

  /// A file of somebody's: its bytes into a pipe or file, shown and not obeyed on a terminal.
  static func file(_ data: Data) throws {
    guard isatty(STDOUT_FILENO) == 1 else { return try result(data) }
    try result(Data(VisibleText.page(String(decoding: data, as: UTF8.self), keepsColours: false).utf8))
  }

  /// A page for people.
  static func result(_ text: String) throws {
    try result(Data(VisibleText.page(text, keepsColours: style == .coloured).utf8))
  }

  /// Runs a verb; failures become words on standard error (and a JSON object where JSON was asked for) and
  /// the exit status of their kind.
  static func reporting(json: Bool = false, _ verb: () throws -> Void) throws {
    do { try verb() } catch let error as ExitCode { throw error } catch let error as ValidationError {
      throw error
    } catch let error as InputErrors {
      try fail(error.all, json: json)
    } catch let error as InputError {
      try fail([error], json: json)
    } catch {
      tell(["error: \(error)", "This is a bug of ours; please report it with the command you ran."])
      throw ExitCode(70)
    }
  }

  private static func fail(_ errors: [InputError], json: Bool) throws {
    if json {
      let data = try ErrorDocument(errors).json()
      tell(String(decoding: data, as: UTF8.self))
    } else {
      tell(errors.map { "error: \($0)" })
    }
    let kinds = Set(errors.map(\.kind))
    throw ExitCode(kinds.contains(.invalid) ? 65 : (kinds.contains(.notFound) ? 66 : 73))
  }
}
