// SPDX-License-Identifier: Apache-2.0
import Evidence
import Foundation
import Planning
import Testing
import Vocabulary

@testable import Interchange

@Suite("Orders of worklists in protocols")
struct WorklistProtocolTests {
  private func check(_ worklists: String) throws -> (CareProtocol?, [String]) {
    let text = """
      schema: oligoplan.protocol/1
      id: site
      version: "1"
      title: Own orders
      extends: \(try CareProtocolReader.shipped().id)
      \(worklists)
      """
    let (read, problems) = CareProtocolReader.check(Data(text.utf8), file: "site.yaml")
    return (read, problems.map { "\($0.message); \($0.suggestion)" })
  }

  @Test("every service of the shipped protocol has an order by its own criteria, each once, cited")
  func shipped() throws {
    let careProtocol = try CareProtocolReader.shipped()
    let worklists = try #require(careProtocol.worklists)
    for service in HospitalService.allCases {
      let order = try #require(worklists.orders[service])
      #expect(order.steps.map(\.criterion).count == Set(order.steps.map(\.criterion)).count)
      #expect(order.steps.allSatisfy { $0.criterion.services.contains(service) } && !order.sources.isEmpty)
      #expect(order.steps.first?.criterion == .advice)
    }
    #expect(worklists.citations.allSatisfy { careProtocol.bibliography[$0.key] != nil })
  }

  @Test("a service's own order takes the place of the shipped one, and the others stay")
  func own() throws {
    let (read, problems) = try check(
      """
      worklists:
        ir: {order: [{by: largest, upTo: [10, 30], first: greatest}, {by: verdict}], sources: [OP-WORKLISTS]}
      """)
    #expect(problems.isEmpty, "\(problems)")
    let worklists = try #require(read?.worklists)
    #expect(
      worklists.orders[.ir]?.steps == [
        .init(.largest, bands: [10, 30], isGreatestFirst: true), .init(.verdict),
      ])
    #expect(worklists.orders[.surgery] == (try CareProtocolReader.shipped()).worklists?.orders[.surgery])
  }

  @Test(
    "what is wrong with an order is said with what to do",
    arguments: [
      ("ir: {order: [{by: larges}], sources: [OP-WORKLISTS]}", "did you mean largest"),
      (
        "ir: {order: [{by: visits}], sources: [OP-WORKLISTS]}",
        "nothing that interventional radiology is ordered by"
      ),
      ("ir: {order: [{by: verdict, upTo: [3]}], sources: [OP-WORKLISTS]}", "classes, no figures"),
      ("ir: {order: [{by: verdict}, {by: verdict}], sources: [OP-WORKLISTS]}", "stands twice"),
      ("ir: {order: [{by: largest, upTo: [30, 10]}], sources: [OP-WORKLISTS]}", "must ascend"),
      ("ir: {order: [{by: largest, first: last}], sources: [OP-WORKLISTS]}", "least or greatest"),
      ("ir: {order: [], sources: [OP-WORKLISTS]}", "holds no criterion"),
      ("ir: {order: [{by: verdict}]}", "no source"),
      ("ir: {order: [{by: verdict}], sources: [NOBODY]}", "unknown source NOBODY"),
      ("ir: {order: [{upTo: [3]}], sources: [OP-WORKLISTS]}", "by is missing"),
      ("unlisted: {advice: [never], sources: [OP-WORKLISTS]}", "unknown advice"),
      ("nurses: {order: [{by: verdict}], sources: [OP-WORKLISTS]}", "nurses"),
    ])
  func wrong(part: String, words: String) throws {
    let (_, problems) = try check("worklists:\n  \(part)")
    #expect(problems.contains { $0.contains(words) }, "\(problems)")
  }
}
