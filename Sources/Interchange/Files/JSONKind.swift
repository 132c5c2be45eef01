// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What a JSON file is by its content.
enum JSONKind: Equatable {
  /// A file that this program wrote, by the name of its schema.
  case ours(schema: String)
  /// Rows, as a lesion list has them: an array of objects, or an object with one under `lesions`.
  case rows
  /// Something else.
  case other
  /// No JSON, or no file.
  case unreadable

  /// Reads a file as far as its kind; one beyond the limit of JSON files cannot be read.
  init(_ path: String) {
    guard let data = try? FileAccess.read(path, limit: InputLimits.jsonBytes),
      let root = try? JSONSerialization.jsonObject(with: data)
    else {
      self = .unreadable
      return
    }
    let object = root as? [String: Any]
    if let schema = object?["schema"] as? String, schema.hasPrefix("oligoplan.") {
      self = .ours(schema: VisibleText.escaped(schema))
    } else {
      self = (object?["lesions"] ?? root) is [[String: Any]] ? .rows : .other
    }
  }
}
