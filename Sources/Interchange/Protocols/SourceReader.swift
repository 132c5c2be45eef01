// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Evidence
internal import Vocabulary
internal import Yams

/// Reads the bibliography of a protocol.
struct SourceReader {
  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  func bibliography(_ node: Node?) -> Bibliography {
    var sources: [Source] = []
    var seen: Set<String> = []
    for entry in reading.sequence(node, "sources") {
      guard let source = source(entry) else { continue }
      if !seen.insert(source.key).inserted {
        reading.report(entry, "two sources have the key \(source.key)", "give one another key")
      }
      sources.append(source)
    }
    return Bibliography(sources)
  }

  private func source(_ node: Node) -> Source? {
    guard
      let entry = reading.mapping(
        node, "a source",
        keys: ["key", "citation", "statement", "mark", "design", "endpoint", "n", "unit", "countedPer"]),
      let key = reading.text(entry["key"], "key", in: node),
      let citation = reading.text(entry["citation"], "citation of \(key)", in: node),
      let statement = reading.text(entry["statement"], "statement of \(key)", in: node)
    else { return nil }
    if entry["mark"] == nil { reading.report(node, "mark of \(key) is missing") }
    if entry["design"] == nil { reading.report(node, "design of \(key) is missing") }
    if entry["unit"] == nil {
      reading.report(node, "unit of \(key) is missing", "write none where nothing was counted")
    }
    guard let mark = reading.word(entry["mark"], "mark", Mark.self),
      let design = reading.word(entry["design"], "design", Design.self),
      let unit = reading.word(entry["unit"], "unit", StudyUnit.self)
    else { return nil }
    return Source(
      key: key, citation: citation, statement: statement, mark: mark, design: design,
      endpoint: reading.text(entry["endpoint"], "endpoint", in: node, required: false) ?? "",
      n: reading.text(entry["n"], "n", in: node, required: false) ?? "", unit: unit,
      counts: counts(entry["countedPer"]))
  }

  /// The word of a source that sets no number of metastases.
  static let noCount = "none"

  /// What a source counted by, as protocols write it.
  static func word(_ counts: CountBasis) -> String {
    switch counts {
    case .counted(let unit): unit.rawValue
    case .notCounted: noCount
    }
  }

  private func counts(_ node: Node?) -> CountBasis? {
    guard let node, let word = reading.text(node, "countedPer", in: nil) else { return nil }
    if let unit = CountUnit(rawValue: word) { return .counted(per: unit) }
    if word == Self.noCount { return .notCounted }
    let words = CountUnit.allCases.map(\.rawValue) + [Self.noCount]
    reading.report(
      node, "unknown countedPer \"\(word)\"",
      Suggestion.nearest(to: word, among: words).map { "did you mean \($0)?" }
        ?? "one of " + words.joined(separator: ", "))
    return nil
  }
}
