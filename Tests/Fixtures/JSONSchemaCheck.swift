// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Validates JSON against a JSON Schema: the part of draft 2020-12 that our own schemas use, and stricter.
///
/// Keys that a schema does not name are faults here: our schemas leave them open for readers, but a file of ours that holds
/// one is not what its schema says.
public struct JSONSchemaCheck {
  private let root: [String: Any]
  private let definitions: [String: Any]

  /// A check against a schema.
  ///
  /// - Throws: for bytes that are no JSON object.
  public init(_ schema: Data) throws {
    let object = try JSONSerialization.jsonObject(with: schema) as? [String: Any]
    guard let object else { throw CocoaError(.propertyListReadCorrupt) }
    root = object
    definitions = object["$defs"] as? [String: Any] ?? [:]
  }

  /// What does not fit, each with its place; empty where all does.
  ///
  /// - Throws: for bytes that are no JSON.
  public func faults(of data: Data) throws -> [String] {
    faults(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed), root, "$")
  }

  private func faults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
    if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
      guard let target = definitions[String(name)] as? [String: Any] else {
        return ["\(place): the schema has no \(name)"]
      }
      return faults(value, target, place)
    }
    if let constant = schema["const"] as? String, value as? String != constant {
      return ["\(place): \(value) is not \(constant)"]
    }
    if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") {
      return ["\(place): \(value) is none of \(words)"]
    }
    if let forms = (schema["oneOf"] ?? schema["anyOf"]) as? [[String: Any]] {
      let found = forms.map { faults(value, $0, place) }
      guard !found.contains(where: \.isEmpty) else { return [] }
      // Of several forms the one that says what it is tells what is wrong, else the one it comes nearest to.
      let named = zip(forms, found).first { form, _ in names(form, value) }
      return named?.1 ?? found.min { $0.count < $1.count } ?? []
    }
    if let types = (schema["type"] as? String).map({ [$0] }) ?? schema["type"] as? [String],
      !types.contains(where: { Self.is(value, $0) })
    {
      return ["\(place): \(value) is no \(types.joined(separator: " or "))"]
    }
    if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
      return list.enumerated().flatMap { faults($1, items, "\(place)[\($0)]") }
    }
    guard let object = value as? [String: Any] else { return [] }
    let properties = schema["properties"] as? [String: Any] ?? [:]
    var found = ((schema["required"] as? [String]) ?? []).filter { object[$0] == nil }.map {
      "\(place): \($0) is missing"
    }
    for (key, entry) in object.sorted(by: { $0.key < $1.key }) {
      if let own = (properties[key] ?? schema["additionalProperties"]) as? [String: Any] {
        found += faults(entry, own, "\(place).\(key)")
      } else {
        found.append("\(place): the schema has no key \(key)")
      }
    }
    return found
  }

  /// Whether a form's constants are what an object holds.
  private func names(_ form: [String: Any], _ value: Any) -> Bool {
    let constants = (form["properties"] as? [String: [String: Any]] ?? [:]).compactMapValues {
      $0["const"] as? String
    }
    let object = value as? [String: Any] ?? [:]
    return !constants.isEmpty && constants.allSatisfy { object[$0.key] as? String == $0.value }
  }

  private static func `is`(_ value: Any, _ type: String) -> Bool {
    let number = value as? NSNumber
    let isTruth = number.map { String(cString: $0.objCType) == "c" } ?? false
    return switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "boolean": isTruth
    case "null": value is NSNull
    case "integer": !isTruth && number.map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
    case "number": !isTruth && number != nil
    default: false
    }
  }
}
