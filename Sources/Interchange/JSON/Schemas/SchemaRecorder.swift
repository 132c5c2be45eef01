// SPDX-License-Identifier: Apache-2.0
/// What a type asks of a decoder, written down as a JSON Schema: keys, which may be absent, and the kinds of their values.
///
/// A type that decodes itself key by key is described without a second list of its keys, so that its schema cannot fall
/// behind. Every type is described once, under `$defs`.
final class SchemaRecorder {
  /// One value's description while it is being written.
  final class Node {
    /// The schema, where it is not an object's.
    var schema: [String: Any] = [:]
    /// An object's keys.
    var properties: [String: Node] = [:]
    /// Those that are always there.
    var required: Set<String> = []

    /// The node as JSON Schema.
    var json: [String: Any] {
      guard schema.isEmpty else { return schema }
      return [
        "type": "object", "required": required.sorted(), "properties": properties.mapValues(\.json),
      ]
    }
  }

  /// Described types by name.
  private(set) var definitions: [String: [String: Any]] = [:]

  /// Describes a type into a node.
  ///
  /// - Returns: a value of it, of no meaning, so that the type that holds it can go on.
  /// - Throws: what the type throws that cannot be made of such values.
  func describe<T: Decodable>(_ type: T.Type, into node: Node) throws -> T {
    if let plain = Self.plain(type) {
      node.schema = ["type": plain.name]
      if let value = plain.value as? T { return value }
    }
    if let described = type as? any SchemaDescribed.Type {
      node.schema = described.schema
      if let value = described.example as? T { return value }
    }
    if let container = type as? any SchemaContainer.Type {
      if let value = try container.describe(into: node, self) as? T { return value }
    }
    let name = Self.name(type)
    let own = Node()
    let value = try T(from: SchemaDecoder(recorder: self, node: own))
    definitions[name] = own.json
    node.schema = ["$ref": "#/$defs/\(name)"]
    return value
  }

  /// A type's name below its module, followed by what its generics stand for.
  static func name(_ type: Any.Type) -> String {
    String(reflecting: type).split { "<>, ".contains($0) }.map { part in
      // Private types bear their context in brackets.
      part.split(separator: ".").dropFirst().filter { $0.first?.isLetter ?? false }.joined(separator: ".")
    }.joined(separator: "-")
  }

  private static func plain(_ type: Any.Type) -> (name: String, value: Any)? {
    switch type {
    case is String.Type: ("string", "")
    case is Double.Type: ("number", 0.0)
    case is Int.Type: ("integer", 0)
    case is UInt64.Type: ("integer", UInt64(0))
    case is Bool.Type: ("boolean", false)
    default: nil
    }
  }
}

/// A type whose JSON no decoder can show.
protocol SchemaDescribed {
  static var schema: [String: Any] { get }
  static var example: Self { get }
}

/// Lists, maps and what may be missing within them.
protocol SchemaContainer {
  static func describe(into node: SchemaRecorder.Node, _ recorder: SchemaRecorder) throws -> Self
}

extension Array: SchemaContainer where Element: Decodable {
  static func describe(into node: SchemaRecorder.Node, _ recorder: SchemaRecorder) throws -> [Element] {
    let element = SchemaRecorder.Node()
    _ = try recorder.describe(Element.self, into: element)
    node.schema = ["type": "array", "items": element.json]
    return []
  }
}

extension Dictionary: SchemaContainer where Key == String, Value: Decodable {
  static func describe(into node: SchemaRecorder.Node, _ recorder: SchemaRecorder) throws -> [String: Value] {
    let value = SchemaRecorder.Node()
    _ = try recorder.describe(Value.self, into: value)
    node.schema = ["type": "object", "additionalProperties": value.json]
    return [:]
  }
}

extension Optional: SchemaContainer where Wrapped: Decodable {
  static func describe(into node: SchemaRecorder.Node, _ recorder: SchemaRecorder) throws -> Wrapped? {
    let value = SchemaRecorder.Node()
    _ = try recorder.describe(Wrapped.self, into: value)
    node.schema = ["anyOf": [value.json, ["type": "null"]]]
    return nil
  }
}
