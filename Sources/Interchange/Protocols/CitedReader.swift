// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Yams

/// Reads single values of a protocol with their sources, as `{months: 6, sources: […]}`.
struct CitedReader {
  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  /// An entry of some keys and its sources; `nil` where it is missing or holds something else, which is reported.
  func entry(_ node: Node?, _ what: String, _ keys: [String], in parent: Node) -> [String: Node]? {
    guard let node else {
      reading.report(parent, "\(what) is missing", "see protocol show")
      return nil
    }
    return reading.mapping(node, what, keys: keys + ["sources"])
  }

  /// The keys of the bibliography an entry cites; none is reported.
  func sources(_ entry: [String: Node], _ what: String, _ node: Node?) -> [String] {
    let sources = reading.texts(entry["sources"], "sources of \(what)")
    if sources.isEmpty { reading.report(node, "\(what) has no source", "cite the bibliography") }
    return sources
  }

  /// A number of an entry; `nil` where it is missing or out of its domain, which is reported.
  func number(
    _ entry: [String: Node], _ key: String, _ domain: ClosedRange<Double>, of what: String, in node: Node?
  ) -> Double? {
    guard let value = reading.number(entry[key], "\(key) of \(what)") else {
      if entry[key] == nil { reading.report(node, "\(key) of \(what) is missing") }
      return nil
    }
    guard domain.contains(value) else {
      reading.report(
        entry[key], "\(key) of \(what) lies between \(domain.lowerBound) and \(domain.upperBound)")
      return nil
    }
    return value
  }

  /// A number with its sources; `nil` where anything is wrong, which is reported.
  func cited(
    _ node: Node?, _ what: String, _ key: String, _ domain: ClosedRange<Double>, in parent: Node
  ) -> Cited<Double>? {
    guard let entry = entry(node, what, [key], in: parent),
      let value = number(entry, key, domain, of: what, in: node)
    else { return nil }
    return Cited(value, sources: sources(entry, what, node))
  }
}
