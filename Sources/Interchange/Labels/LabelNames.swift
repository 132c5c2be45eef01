// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Vocabulary

/// The names of a label map's labels: from its header, or from a file beside it.
enum LabelNames {
  /// The names in a header extension: a Caret label table, as TotalSegmentator and Connectome Workbench write it;
  /// empty for other extensions.
  ///
  /// The background (0) has no name.
  static func inHeader(_ bytes: [UInt8]) -> [Int: String] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("<Label") else { return [:] }
    var names: [Int: String] = [:]
    var rest = Substring(text)
    while let start = rest.range(of: "<Label ") {
      rest = rest[start.upperBound...]
      guard let close = rest.firstIndex(of: ">"), let end = rest.range(of: "</Label>") else { break }
      let attributes = rest[..<close]
      if let key = attributes.range(of: "Key=\""),
        let quote = attributes[key.upperBound...].firstIndex(of: "\""),
        let value = Int(attributes[key.upperBound..<quote]), value > 0, close < end.lowerBound
      {
        let name = plain(rest[rest.index(after: close)..<end.lowerBound])
        if !name.isEmpty { names[value] = name }
      }
      rest = rest[end.upperBound...]
    }
    return names
  }

  private static func plain(_ content: Substring) -> String {
    var text = content.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.hasPrefix("<![CDATA["), text.hasSuffix("]]>") {
      text = String(text.dropFirst(9).dropLast(3))
    } else {
      for (entity, character) in [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&"),
      ] {
        text = text.replacingOccurrences(of: entity, with: character)
      }
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The names in a file: JSON (`{"1": "spleen"}`, also under `labels`, also the other way round), a table with
  /// the columns label and name, or an ITK-SNAP label description.
  ///
  /// - Throws: `InputError` naming the line.
  static func read(_ path: String) throws(InputError) -> [Int: String] {
    let data = try FileAccess.read(path, limit: InputLimits.jsonBytes)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw InputError(file: path, "holds bytes that are not UTF-8", advice: "save the names as UTF-8")
    }
    let first = text.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
    let names: [Int: String] =
      if first == "{" {
        try json(data, path)
      } else if let described = itkSnap(text) {
        described
      } else {
        try table(path)
      }
    if let label = names.filter({ $0.value.utf8.count > StructureName.longestName }).keys.min() {
      throw InputError(
        file: path, place: "label \(label)", "has a name of over \(StructureName.longestName) bytes",
        advice: "is a quotation mark or a line's end missing?")
    }
    guard !names.isEmpty else {
      throw InputError(
        file: path, "names no label",
        advice:
          #"give {"1": "spleen"}, a table with the columns label,name, or an ITK-SNAP label description"#)
    }
    return names
  }

  private static func json(_ data: Data, _ path: String) throws(InputError) -> [Int: String] {
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw InputError(
        file: path, "is no JSON object", advice: #"expected {"1": "spleen", "2": "kidney_right"}"#)
    }
    let entries = object["labels"] as? [String: Any] ?? object
    var names: [Int: String] = [:]
    for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
      let pair: (Int, String)? =
        if let label = Int(key), let name = value as? String {
          (label, name)
        } else if let label = value as? Int {
          (label, key)
        } else {
          nil
        }
      guard let (label, name) = pair else {
        throw InputError(
          file: path, place: "\"\(key)\"", "is no label with a name",
          advice: #"expected {"1": "spleen", "2": "kidney_right"}"#)
      }
      try add(name, to: label, &names, path, "\"\(key)\"")
    }
    return names
  }

  /// Lines of index, red, green, blue, opacity, two switches and a quoted name; `nil` for other text.
  private static func itkSnap(_ text: String) -> [Int: String]? {
    var names: [Int: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(maxSplits: 7, whereSeparator: { $0 == " " || $0 == "\t" })
      if words.isEmpty || words[0].hasPrefix("#") { continue }
      guard words.count == 8, let label = Int(words[0]), words[1...6].allSatisfy({ Double($0) != nil }) else {
        return nil
      }
      let name = words[7].trimmingCharacters(in: .whitespaces).trimmingCharacters(
        in: CharacterSet(charactersIn: "\"\u{201C}\u{201D}"))
      if label > 0, !name.isEmpty { names[label] = name }
    }
    return names.isEmpty ? nil : names
  }

  private static let labelWords: Set = ["label", "id", "index", "idx", "key", "value", "number"]
  private static let nameWords: Set = ["name", "structure", "organ", "region", "labelname", "description"]

  private static func table(_ path: String) throws(InputError) -> [Int: String] {
    var text = try DelimitedText(path: path)
    var names: [Int: String] = [:]
    var columns: (label: Int, name: Int)?
    while let record = try text.record() {
      let fields = record.fields.map { $0.trimmingCharacters(in: .whitespaces) }
      guard let columns else {
        if fields.count >= 2, Int(fields[0]) != nil {
          columns = (0, 1)
          try add(fields[1], to: Int(fields[0]) ?? 0, &names, path, "line \(record.line)")
          continue
        }
        let words = fields.map { $0.lowercased().filter(\.isLetter) }
        guard let name = words.firstIndex(where: nameWords.contains),
          let label = words.firstIndex(where: labelWords.contains), name != label
        else {
          throw InputError(
            file: path, place: "line \(record.line)", "has no columns label and name",
            advice: #"begin with the line "label,name""#)
        }
        columns = (label, name)
        continue
      }
      guard fields.count > max(columns.label, columns.name), let label = Int(fields[columns.label]) else {
        throw InputError(
          file: path, place: "line \(record.line)", "has no whole number for a label and a name beside it",
          advice: "expected as in: 1,spleen")
      }
      try add(fields[columns.name], to: label, &names, path, "line \(record.line)")
    }
    return names
  }

  private static func add(
    _ name: String, to label: Int, _ names: inout [Int: String], _ path: String, _ place: String
  ) throws(InputError) {
    guard label > 0, !name.isEmpty else { return }
    if let known = names.updateValue(name, forKey: label), known != name {
      throw InputError(
        file: path, place: place, "label \(label) is named \(known) and \(name)",
        advice: "keep one name a label")
    }
  }
}
