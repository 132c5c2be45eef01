// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

extension Reason {
  /// What was taken for granted of a fact.
  static func provided(_ fact: Fact, _ limit: Limit) -> Reason {
    Reason(.judgement(.provided), facts: [fact], limit: limit, condition: Condition(.confirm, .exactly(fact)))
  }
}
