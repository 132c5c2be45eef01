// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Facts
import Interchange
import Planning
import Resection
import Testing
import Vocabulary

/// The shipped protocol, read once.
enum Shipped {
  private static let loaded = Result { try CareProtocolReader.shipped() }

  static func careProtocol() throws -> CareProtocol { try loaded.get() }

  static func parameters() throws -> ResectionParameters { try #require(try careProtocol().resection) }
}

/// Facts as a patient file states them.
func facts(_ numbers: [String: Double] = [:], words: [String: String] = [:]) throws -> FactTable {
  var table = FactTable()
  for (name, x) in numbers { table[try #require(Fact(named: name))] = .number(x, .stated, "test") }
  for (name, word) in words { table[try #require(Fact(named: name))] = .word(word, .stated, "test") }
  return table
}
