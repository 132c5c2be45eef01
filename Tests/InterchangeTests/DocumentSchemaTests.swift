// SPDX-License-Identifier: Apache-2.0
import Fixtures
import Foundation
import Phantoms
import Planning
import Testing

@testable import Interchange

/// The schemas in the documentation are those that the types make.
///
/// One command writes them anew:
///
///     OLIGOPLAN_RENEW=schemas swift test -c release --skip-build -Xswiftc -enable-testing --disable-xctest --filter DocumentSchemaTests
@Suite("The schemas of files")
struct DocumentSchemaTests {
  @Test("what stands in the documentation is made from the types", arguments: DocumentSchema.allCases)
  func published(_ kind: DocumentSchema) throws {
    let file = Repository.file("Documentation/schemas/\(kind.rawValue).schema.json")
    let made = try kind.json()
    if Repository.renews("schemas") {
      try made.write(to: file)
      Issue.record("the schema was renewed: read its difference, then run without OLIGOPLAN_RENEW")
      return
    }
    #expect(try Data(contentsOf: file) == made, "\(kind.rawValue) has changed")
  }

  @Test("a key more, a key less, another word or kind of value is seen")
  func faults() throws {
    let check = try JSONSchemaCheck(DocumentSchema.error.json())
    let good = try ErrorDocument([InputError(file: "a.csv", "is empty")]).json()
    #expect(try check.faults(of: good) == [])
    let text = String(decoding: good, as: UTF8.self)
    for (part, other) in [
      ("\"advice\":\"\"", "\"advise\":\"\""), ("\"message\":\"is empty\"", "\"message\":5"),
      ("oligoplan.error/1", "oligoplan.error/2"), ("\"errors\":[", "\"more\":[],\"errors\":["),
    ] {
      let changed = text.replacing(part, with: other)
      #expect(changed != text)
      #expect(try !check.faults(of: Data(changed.utf8)).isEmpty, "\(other)")
    }
    let plan = try JSONSchemaCheck(DocumentSchema.plan.json())
    #expect(try !plan.faults(of: good).isEmpty)
  }

  @Test("an optional key may be missing or not; every key of an object that is always written is required")
  func optional() throws {
    struct Inner: Codable { let words: [String: [Double?]] }
    struct Outer: Codable {
      let always: Int
      let perhaps: Inner?
    }
    let recorder = SchemaRecorder()
    let node = SchemaRecorder.Node()
    _ = try Outer(from: SchemaDecoder(recorder: recorder, node: node))
    var schema = node.json
    #expect(schema["required"] as? [String] == ["always"])
    schema["$defs"] = recorder.definitions
    let check = try JSONSchemaCheck(JSONSerialization.data(withJSONObject: schema))
    #expect(try check.faults(of: JSONEncoder().encode(Outer(always: 1, perhaps: nil))) == [])
    let full = Outer(always: 1, perhaps: Inner(words: ["a": [1, nil]]))
    #expect(try check.faults(of: JSONEncoder().encode(full)) == [])
    #expect(try !check.faults(of: Data(#"{"always": 1.5}"#.utf8)).isEmpty)
    #expect(try !check.faults(of: Data(#"{"always": 1, "perhaps": {"words": {"a": ["b"]}}}"#.utf8)).isEmpty)
  }
}
