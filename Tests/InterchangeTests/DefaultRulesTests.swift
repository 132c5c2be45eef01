// SPDX-License-Identifier: Apache-2.0
import Eligibility
import Foundation
import Planning
import Testing

@testable import Interchange

/// The rules of the shipped protocol, once expanded, against those that are known.
///
/// A rule lost, doubled or changed by the way it is written would change verdicts without anybody's decision. Where a rule is
/// changed on purpose, one command renews the list:
///
///     OLIGOPLAN_RENEW=rules swift test -c release --skip-build -Xswiftc -enable-testing --disable-xctest --filter DefaultRulesTests
///
/// The difference of `Golden/default-rules.txt` then shows which rules changed, and belongs into the same commit.
@Suite("The rules of the shipped protocol")
struct DefaultRulesTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/default-rules.txt")

  @Test("every rule is the one that is known, in its place")
  func known() throws {
    let rules = try CareProtocolReader.shipped().ruleSet.rules
    let made = CanonicalRules.digests(rules)
    if ProcessInfo.processInfo.environment["OLIGOPLAN_RENEW"] == "rules" {
      try Data(made.utf8).write(to: Self.golden)
      // A run that renews proves nothing.
      Issue.record("the list of rules was renewed: read its difference, then run without OLIGOPLAN_RENEW")
      return
    }
    let known = try String(contentsOf: Self.golden, encoding: .utf8)
    let (expected, found) = (known.split(separator: "\n"), made.split(separator: "\n"))
    #expect(expected.count == 385)
    #expect(found.count == expected.count)
    for (index, line) in found.enumerated() where index >= expected.count || line != expected[index] {
      Issue.record(
        "rule \(index + 1) is not \(index < expected.count ? expected[index].prefix { $0 != " " } : "known"): \(CanonicalRules.text(rules[index]))"
      )
      break
    }
    #expect(Set(rules.map(\.id)).count == rules.count)
  }
}
