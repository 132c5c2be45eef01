// SPDX-License-Identifier: Apache-2.0
public import Foundation
internal import Planning
internal import Yams

// Protocols as they are once everything written once for several rules, or for a site, is in its place.
extension CareProtocolReader {
  /// A protocol as YAML with every rule written out: what it extends, with its patches made, and templates as the rules they stand for.
  ///
  /// It reads as the same rules, and shows the ids and the positions of bands that patches name. Comments are left out.
  ///
  /// - Throws: `InputErrors` with every problem and its line.
  public static func expandedText(_ data: Data, file: String) throws -> Data {
    let careProtocol = try load(data, file: file)
    let reading = YAMLReading()
    guard let root = try YAMLText.compose(String(decoding: data, as: UTF8.self), file: file),
      let plain = try plain(root, reading)
    else { return data }
    // Long texts stay on their line, as they are written.
    let text = VisibleText.yaml(
      try Yams.serialize(node: quoted(plain.root), width: -1, allowUnicode: true))
    return Data("# \(careProtocol.name) with every rule written out.\n\(text)".utf8)
  }

  /// Nodes whose texts stand in double quotes where they hold what is not seen.
  private static func quoted(_ node: Node) -> Node {
    switch node {
    case .scalar(var scalar):
      if VisibleText.hidesAnything(scalar.string) { scalar.style = .doubleQuoted }
      return .scalar(scalar)
    case .mapping(let mapping):
      return .mapping(
        .init(mapping.map { (quoted($0.key), quoted($0.value)) }, mapping.tag, mapping.style))
    case .sequence(let sequence):
      return .sequence(.init(sequence.map(quoted), sequence.tag, sequence.style))
    case .alias: return node
    }
  }

  /// A protocol's nodes with plain rules only, and what it extends; `nil` where what it extends cannot be patched so, which is
  /// reported.
  static func plain(
    _ root: Node, _ reading: YAMLReading
  ) throws -> (root: Node, extended: CareProtocol.Extended?)? {
    if root.value("extends") != nil {
      return try ProtocolExtension(reading).merged(root, shipped: shippedText).map { ($0.root, $0.extended) }
    }
    guard let rules = root.value("rules") else { return (root, nil) }
    let templates = RuleTemplates(reading, limits: NeighbourLimits(root.value("ablation"), reading))
    return (root.setting("rules", to: templates.expanded(rules) ?? rules), nil)
  }
}
