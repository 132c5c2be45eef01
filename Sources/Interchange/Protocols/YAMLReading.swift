// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Yams

/// A problem in a protocol file, with its line.
public struct ProtocolProblem: Sendable, Hashable {
  /// The line, from 1; 0 when it belongs to no line.
  public let line: Int
  /// The rule it is about, or `nil`.
  public let rule: String?
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public let suggestion: String
}

/// Walks a YAML document with line numbers and collects every problem instead of stopping at the first.
final class YAMLReading {
  private(set) var problems: [ProtocolProblem] = []
  var rule: String?

  func report(_ node: Node?, _ message: String, _ suggestion: String = "") {
    problems.append(
      ProtocolProblem(line: node?.mark?.line ?? 0, rule: rule, message: message, suggestion: suggestion))
  }

  func report(_ problem: ProtocolProblem) { problems.append(problem) }

  /// The entries of a mapping whose keys are all among the allowed ones.
  func mapping(_ node: Node?, _ what: String, keys allowed: [String]) -> [String: Node]? {
    guard let node else { return nil }
    guard case .mapping(let mapping) = node else {
      report(node, "\(what) must be a mapping of keys to values")
      return nil
    }
    var entries: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard allowed.contains(name) else {
        // The first tell what is wrong; looking for the nearest word of each is what takes time.
        if problems.count > 200 { break }
        report(
          key, "unknown key \"\(name)\" in \(what)",
          suggestNearest(name, allowed) ?? "allowed: " + allowed.joined(separator: ", "))
        continue
      }
      if entries.updateValue(value, forKey: name) != nil { report(key, "key \"\(name)\" stands twice") }
    }
    return entries
  }

  func sequence(_ node: Node?, _ what: String) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let sequence) = node else {
      report(node, "\(what) must be a list")
      return []
    }
    return Array(sequence)
  }

  func text(_ node: Node?, _ what: String, in parent: Node?, required: Bool = true) -> String? {
    guard let node else {
      if required { report(parent, "\(what) is missing") }
      return nil
    }
    guard let string = node.scalar?.string else {
      report(node, "\(what) must be text")
      return nil
    }
    if required, string.isEmpty { report(node, "\(what) is empty") }
    // Ids, sentences and sources of a protocol from elsewhere stand in every output.
    return VisibleText.escaped(string)
  }

  func texts(_ node: Node?, _ what: String) -> [String] {
    sequence(node, what).compactMap { text($0, what, in: node) }
  }

  /// Yes or no as YAML writes them, in whatever case; `absent` where the key is not there, and for what is neither, which is
  /// reported.
  func flag(_ node: Node?, _ what: String, absent: Bool = false) -> Bool {
    guard let node else { return absent }
    switch node.scalar?.string.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      report(node, "\(what) must be true or false")
      return absent
    }
  }

  func number(_ node: Node?, _ what: String) -> Double? {
    guard let node else { return nil }
    guard let string = node.scalar?.string, let value = Double(string), value.isFinite else {
      report(node, "\(what) must be a finite number")
      return nil
    }
    return value
  }

  func integer(_ node: Node?, _ what: String) -> Int? {
    guard let node else { return nil }
    guard let string = node.scalar?.string, let value = Int(string) else {
      report(node, "\(what) must be a whole number")
      return nil
    }
    return value
  }

  /// One of the raw values of an enumeration.
  func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node?, _ what: String, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let node, let string = text(node, what, in: nil) else { return nil }
    guard let word = Word(rawValue: string) else {
      let words = Word.allCases.map(\.rawValue)
      report(
        node, "unknown \(what) \"\(string)\"",
        suggestNearest(string, words) ?? "one of " + words.joined(separator: ", "))
      return nil
    }
    return word
  }

  func words<Word: RawRepresentable & CaseIterable>(
    _ node: Node?, _ what: String, _ type: Word.Type
  ) -> [Word] where Word.RawValue == String {
    sequence(node, what).compactMap { word($0, what, type) }
  }

  private func suggestNearest(_ word: String, _ candidates: [String]) -> String? {
    Suggestion.nearest(to: word, among: candidates).map { "did you mean \($0)?" }
  }
}
