// SPDX-License-Identifier: Apache-2.0
import Eligibility
import Evidence
import Facts
import Planning
import Reasons
import Resection
import Testing

/// The guidelines' flows, walked at every threshold and one to either side of it.
@Suite struct ReserveFlowTests {
  private func flow(_ id: String) throws -> ReserveFlow {
    try #require(try Shipped.parameters().flows.first { $0.id == id })
  }

  /// "low", "moderate", "high", or the test that is needed.
  private func walk(_ id: String, _ numbers: [String: Double]) throws -> String {
    switch try flow(id).answer(facts(numbers)) {
    case .risk(let risk, _, let sources):
      #expect(!sources.isEmpty)
      return risk.rawValue
    case .needs(let test, let facts):
      #expect(!facts.isEmpty)
      return test
    }
  }

  private static let low = "stair climb or shuttle walk"
  private static let exercise = "cardiopulmonary exercise test"
  private static let lungs = "spirometry and diffusing capacity"

  // MARK: ACCP 2013

  /// Both above 60 need nothing; either below 30 needs the exercise test; the rest a stair climb or shuttle walk.
  @Test(arguments: [
    (61.0, 61.0, "low"), (60, 61, low), (61, 60, low), (60, 60, low), (59, 90, low), (31, 90, low),
    (30, 90, low), (29, 90, exercise), (90, 31, low), (90, 30, low), (90, 29, exercise), (29, 29, exercise),
  ])
  func accpPredicted(fev1: Double, dlco: Double, answer: String) throws {
    #expect(try walk("accp2013", ["ppoFEV1": fev1, "ppoDLCO": dlco]) == answer)
  }

  @Test(arguments: [
    ("stairClimb", 23.0, "low"), ("stairClimb", 22, exercise), ("stairClimb", 21, exercise),
    ("shuttleWalk", 401, "low"), ("shuttleWalk", 400, exercise), ("shuttleWalk", 399, exercise),
  ])
  func accpSimpleTest(test: String, value: Double, answer: String) throws {
    #expect(try walk("accp2013", ["ppoFEV1": 45, "ppoDLCO": 45, test: value]) == answer)
  }

  @Test(arguments: [
    ("vo2Peak", 9.0, "high"), ("vo2Peak", 10, "moderate"), ("vo2Peak", 11, "moderate"),
    ("vo2Peak", 19, "moderate"), ("vo2Peak", 20, "moderate"), ("vo2Peak", 21, "low"),
    ("vo2PeakPercent", 34, "high"), ("vo2PeakPercent", 35, "moderate"), ("vo2PeakPercent", 36, "moderate"),
    ("vo2PeakPercent", 74, "moderate"), ("vo2PeakPercent", 75, "moderate"), ("vo2PeakPercent", 76, "low"),
  ])
  func accpExercise(test: String, value: Double, answer: String) throws {
    // By a predicted value below 30, and by a failed walk.
    #expect(try walk("accp2013", ["ppoFEV1": 29, "ppoDLCO": 50, test: value]) == answer)
    #expect(try walk("accp2013", ["ppoFEV1": 50, "ppoDLCO": 50, "shuttleWalk": 350, test: value]) == answer)
  }

  @Test func accpWithoutValuesAsksForThem() throws {
    #expect(try walk("accp2013", [:]) == Self.lungs)
    #expect(try walk("accp2013", ["ppoFEV1": 75]) == Self.lungs)
    // One that is too low already decides.
    #expect(try walk("accp2013", ["ppoFEV1": 25]) == Self.exercise)
    // A passed walk needs no exercise test; a stair climb that fails beside it changes nothing.
    #expect(
      try walk("accp2013", ["ppoFEV1": 45, "ppoDLCO": 45, "shuttleWalk": 450, "stairClimb": 10]) == "low")
    // Low uptake in one unit counts, whatever the other says.
    #expect(
      try walk("accp2013", ["ppoFEV1": 25, "ppoDLCO": 45, "vo2Peak": 9, "vo2PeakPercent": 80]) == "high")
  }

  // MARK: ERS/ESTS 2009

  @Test(arguments: [
    (81.0, 81.0, "low"), (80, 81, exercise), (81, 80, exercise), (79, 79, exercise),
  ])
  func ersSpirometry(fev1: Double, dlco: Double, answer: String) throws {
    #expect(try walk("ersEsts2009", ["fev1": fev1, "dlco": dlco]) == answer)
  }

  @Test(arguments: [
    ("vo2Peak", 9.0, "high"), ("vo2Peak", 10, lungs), ("vo2Peak", 20, lungs), ("vo2Peak", 21, "low"),
    ("vo2PeakPercent", 34, "high"), ("vo2PeakPercent", 35, lungs), ("vo2PeakPercent", 75, lungs),
    ("vo2PeakPercent", 76, "low"),
  ])
  func ersExercise(test: String, value: Double, answer: String) throws {
    let found = try walk("ersEsts2009", ["fev1": 60, "dlco": 60, test: value])
    #expect(found == (answer == Self.lungs ? "predicted postoperative FEV1 and DLCO" : answer))
  }

  @Test(arguments: [
    (31.0, 31.0, "moderate"), (30, 31, "uptake"), (31, 30, "uptake"), (29, 40, "uptake"),
  ])
  func ersPredicted(fev1: Double, dlco: Double, answer: String) throws {
    let found = try walk(
      "ersEsts2009", ["fev1": 60, "dlco": 60, "vo2Peak": 15, "ppoFEV1": fev1, "ppoDLCO": dlco])
    #expect(found == (answer == "uptake" ? "predicted postoperative oxygen uptake" : answer))
  }

  @Test(arguments: [
    ("ppoVO2Peak", 11.0, "moderate"), ("ppoVO2Peak", 10, "high"), ("ppoVO2Peak", 9, "high"),
    ("ppoVO2PeakPercent", 36, "moderate"), ("ppoVO2PeakPercent", 35, "high"),
    ("ppoVO2PeakPercent", 34, "high"),
  ])
  func ersPredictedUptake(test: String, value: Double, answer: String) throws {
    let known = ["fev1": 45.0, "dlco": 45, "vo2Peak": 15, "ppoFEV1": 28, "ppoDLCO": 40]
    #expect(try walk("ersEsts2009", known.merging([test: value]) { a, _ in a }) == answer)
  }

  // MARK: BTS 2010

  @Test(arguments: [
    (41.0, 41.0, "low"), (40, 41, "test"), (41, 40, "test"), (39, 60, "test"),
  ])
  func btsPredicted(fev1: Double, dlco: Double, answer: String) throws {
    let found = try walk("bts2010", ["ppoFEV1": fev1, "ppoDLCO": dlco])
    #expect(found == (answer == "test" ? "shuttle walk or cardiopulmonary exercise test" : answer))
  }

  @Test(arguments: [
    ("shuttleWalk", 401.0, "moderate"), ("shuttleWalk", 400, "high"), ("shuttleWalk", 399, "high"),
    ("vo2Peak", 16, "moderate"), ("vo2Peak", 15, "high"), ("vo2Peak", 14, "high"),
  ])
  func btsFunction(test: String, value: Double, answer: String) throws {
    #expect(try walk("bts2010", ["ppoFEV1": 38, "ppoDLCO": 60, test: value]) == answer)
  }

  // MARK: The machine

  @Test func flowsAreSoundAndCited() throws {
    let parameters = try Shipped.parameters()
    #expect(parameters.flows.map(\.id) == ["accp2013", "ersEsts2009", "bts2010"])
    for flow in parameters.flows {
      #expect(flow.defects.isEmpty)
      #expect(!flow.sources.isEmpty)
    }
    let bibliography = try Shipped.careProtocol().bibliography
    for (what, key) in parameters.citations { #expect(bibliography[key] != nil, "\(what): \(key)") }
  }

  @Test func defectsAreNamed() throws {
    let end = ReserveFlow.Target.end(.low, text: "x", sources: ["k"])
    let guarding = Rule.Guard(
      fact: Fact.ppoFEV1,
      match: .numbers(Bounds(lower: 1, includesLower: true, upper: nil, includesUpper: false)))
    func flow(_ steps: [ReserveFlow.Step]) -> ReserveFlow {
      ReserveFlow(id: "f", title: "f", caveat: "", steps: steps, sources: ["k"])
    }
    func step(_ id: String, to target: ReserveFlow.Target) -> ReserveFlow.Step {
      .init(id: id, test: "t", branches: [.init(condition: .fact(guarding), target: target)], otherwise: end)
    }
    #expect(flow([step("a", to: .step("b"))]).defects == ["there is no step b"])
    #expect(
      flow([step("a", to: .step("b")), step("b", to: .step("a"))]).defects == [
        "step a leads back to itself", "step b leads back to itself",
      ])
    #expect(flow([step("a", to: end), step("a", to: end)]).defects == ["two steps have one id"])
    #expect(flow([step("a", to: .step("b")), step("b", to: end)]).defects.isEmpty)
  }

  /// Learning a value never turns a reached end into a question.
  @Test func moreKnowledgeNeverAsksAgain() throws {
    for flow in try Shipped.parameters().flows {
      for fev1 in stride(from: 20.0, through: 90, by: 10) {
        for walk in [nil, 350.0, 450.0] {
          var known = ["ppoFEV1": fev1, "ppoDLCO": 55, "fev1": fev1, "dlco": 70, "vo2Peak": 14]
          known["shuttleWalk"] = walk
          guard case .risk = flow.answer(try facts(known)) else { continue }
          known["stairClimb"] = 25
          known["vo2PeakPercent"] = 60
          guard case .risk = flow.answer(try facts(known)) else {
            Issue.record("\(flow.id) asks again: \(known)")
            continue
          }
        }
      }
    }
  }
}
