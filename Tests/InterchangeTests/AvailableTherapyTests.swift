// SPDX-License-Identifier: Apache-2.0
import Foundation
import Planning
import Reasons
import Testing
import Vocabulary

@testable import Eligibility
@testable import Interchange

/// `available:` of a protocol: the therapies that a service has.
@Suite("What a service has")
struct AvailableTherapyTests {
  private static func site(_ available: String) -> Data {
    Data(
      """
      schema: oligoplan.protocol/1
      id: example-hospital
      version: "1"
      title: Example
      extends: oligoplan-default
      \(available)
      """.utf8)
  }

  @Test("a site lists what it has; rules stay, the hash changes, and it is written out with them")
  func list() throws {
    let shipped = try CareProtocolReader.shipped()
    #expect(shipped.ruleSet.available == nil)
    #expect(Modality.allCases.allSatisfy { shipped.ruleSet.unavailable($0) == nil })

    let data = Self.site("available: [metastasectomy, sbrt]")
    let site = try CareProtocolReader.load(data, file: "site.yaml")
    #expect(site.ruleSet.available == [.metastasectomy, .sbrt])
    #expect(site.ruleSet.unavailable(.microwave)?.subject == .modality(.microwave))
    #expect(site.ruleSet.unavailable(.sbrt) == nil)
    #expect(site.ruleSet.rules == shipped.ruleSet.rules)
    let plain = try CareProtocolReader.load(Self.site(""), file: "site.yaml")
    #expect(plain.ruleSet.available == nil)
    #expect(Set([shipped.sha256, site.sha256, plain.sha256]).count == 3)

    let whole = try CareProtocolReader.expandedText(data, file: "site.yaml")
    #expect(
      try CareProtocolReader.load(whole, file: "whole.yaml").ruleSet.available == [.metastasectomy, .sbrt])
  }

  @Test("a protocol that stands by itself may list it as well")
  func alone() throws {
    let text = CareProtocolReader.shippedText + Data("available: [cryoablation]\n".utf8)
    #expect(try CareProtocolReader.load(text, file: "own.yaml").ruleSet.available == [.cryoablation])
  }

  @Test(
    "an unknown word and a list without any is refused with its line and what to do",
    arguments: [
      ("available: [microwafe, sbrt]", "microwafe", "did you mean microwave"),
      ("available: [surgery]", "unknown therapy in available \"surgery\"", ""),
      ("available: []", "available names no therapy", "leave the key out"),
      ("available:", "available names no therapy", "leave the key out"),
      ("available: sbrt", "available names no therapy", "list the therapies"),
    ])
  func slips(entry: String, message: String, advice: String) {
    let (_, problems) = CareProtocolReader.check(Self.site(entry), file: "site.yaml")
    #expect(
      problems.contains {
        $0.line == 6 && $0.message.contains(message)
          && (advice.isEmpty ? !$0.suggestion.isEmpty : $0.suggestion.contains(advice))
      }, "\(problems)")
    #expect(throws: InputErrors.self) { try CareProtocolReader.load(Self.site(entry), file: "site.yaml") }
  }
}
