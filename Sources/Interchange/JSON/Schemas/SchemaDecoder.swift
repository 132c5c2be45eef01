// SPDX-License-Identifier: Apache-2.0
/// A decoder that holds no values and writes down what it is asked for.
struct SchemaDecoder: Decoder {
  let recorder: SchemaRecorder
  let node: SchemaRecorder.Node
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(SchemaKeys<Key>(recorder: recorder, node: node))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw unknown }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw unknown }

  /// A type that reads itself so must be a `SchemaDescribed`.
  private var unknown: DecodingError {
    DecodingError.dataCorrupted(
      .init(codingPath: [], debugDescription: "a type that does not decode itself by keys has no schema"))
  }
}

/// The keys of one object.
private struct SchemaKeys<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let recorder: SchemaRecorder
  let node: SchemaRecorder.Node
  let codingPath: [any CodingKey] = []
  let allKeys: [Key] = []

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  private func child(_ key: Key, isRequired: Bool) -> SchemaRecorder.Node {
    let child = SchemaRecorder.Node()
    node.properties[key.stringValue] = child
    if isRequired { node.required.insert(key.stringValue) }
    return child
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try recorder.describe(type, into: child(key, isRequired: true))
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    _ = try recorder.describe(type, into: child(key, isRequired: false))
    return nil
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try any(type, key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try any(type, key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try any(type, key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try any(type, key) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try any(type, key) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { throw unused }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { throw unused }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { throw unused }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { throw unused }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { throw unused }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { throw unused }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { throw unused }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { throw unused }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { throw unused }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try perhaps(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try perhaps(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try perhaps(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try perhaps(type, key) }

  private func any<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
    try recorder.describe(type, into: child(key, isRequired: true))
  }

  private func perhaps<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
    _ = try recorder.describe(type, into: child(key, isRequired: false))
    return nil
  }

  /// Our files hold no numbers of these widths.
  private var unused: DecodingError {
    DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no file holds such a number"))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw unused }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw unused }
  func superDecoder() throws -> any Decoder { throw unused }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw unused }
}
