import ArgumentParser
import Foundation
import Interchange
import Report

/// What a reading verb prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv
}

/// Results on standard output, words for people on standard error, and exit statuses.
enum Streams {
  static var style: TextStyle {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil ? .coloured : .plain
  }

  static func tell(_ text: String) {
    // Nothing can be told to a standard error that is full or closed.
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  static func warn(_ warnings: [String]) {
    for warning in warnings { tell("warning: \(warning)") }
  }

  static func result(_ data: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      throw InputError(.cannotWrite, file: "standard output", "cannot be written")
    }
  }

  static func result(_ text: String) throws { try result(Data(text.utf8)) }

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
      tell("error: \(error)\nThis is a bug of ours; please report it with the command you ran.")
      throw ExitCode(70)
    }
  }

  private static func fail(_ errors: [InputError], json: Bool) throws {
    if json {
      let entries = errors.map {
        [
          "kind": $0.kind.rawValue, "file": $0.file, "place": $0.place, "message": $0.message,
          "advice": $0.advice,
        ]
      }
      let object: [String: Any] = ["schema": "oligoplan.error/1", "errors": entries]
      let data = try JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
      tell(String(decoding: data, as: UTF8.self))
    } else {
      for error in errors { tell("error: \(error)") }
    }
    let kinds = Set(errors.map(\.kind))
    throw ExitCode(kinds.contains(.invalid) ? 65 : (kinds.contains(.notFound) ? 66 : 73))
  }

  /// Refuses to write over one of the inputs.
  static func refuse(output: String?, among inputs: [String]) throws(InputError) {
    guard let output else { return }
    func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    guard inputs.contains(where: { real($0) == real(output) }) else { return }
    throw InputError(
      .cannotWrite, file: output, "is one of the inputs and would be lost", advice: "choose another name")
  }
}
