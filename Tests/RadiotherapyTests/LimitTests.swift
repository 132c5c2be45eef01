// SPDX-License-Identifier: Apache-2.0
import Dosimetry
import Evidence
import Planning
import Quantities
import Testing
import Vocabulary

@testable import Radiotherapy

@Suite("Limits: what is asked at which fraction count, and when the answer flips")
struct LimitTests {
  private func band(_ expected: Double?, _ low: Double, _ high: Double?) -> DoseBand {
    DoseBand(expected: expected, low: low, high: high)
  }

  @Test("a limit is to stay below: on it is exceeded, a hair below is kept")
  func edges() {
    #expect(LimitCheck.standing(of: band(30, 30, 30), below: 30) == .exceeded)
    #expect(LimitCheck.standing(of: band(29.999, 29.999, 29.999), below: 30) == .kept)
    #expect(LimitCheck.standing(of: band(29, 20, 30), below: 30) == .keptAsExpected)
    #expect(LimitCheck.standing(of: band(30, 20, 35), below: 30) == .exceededAsExpected)
    #expect(LimitCheck.standing(of: band(40, 31, 50), below: 30) == .exceeded)
    #expect(LimitCheck.standing(of: nil, below: 30) == .unknown)
    // Bounds alone decide only where both lie on one side.
    #expect(LimitCheck.standing(of: band(nil, 0, 35), below: 30) == .unknown)
    #expect(LimitCheck.standing(of: band(nil, 0, 29), below: 30) == .kept)
    #expect(LimitCheck.standing(of: band(nil, 31, 60), below: 30) == .exceeded)
    #expect(LimitCheck.standing(of: band(nil, 5, nil), below: 30) == .unknown)
    #expect(LimitCheck.standing(of: band(10, 5, nil), below: 30) == .keptAsExpected)
  }

  @Test("flips are told, and only they")
  func flips() {
    for outcome in [LimitCheck.Outcome.keptAsExpected, .exceededAsExpected] { #expect(outcome.flips) }
    for outcome in [LimitCheck.Outcome.kept, .exceeded, .unknown] { #expect(!outcome.flips) }
  }

  @Test("limits are never interpolated between fraction counts")
  func noInterpolation() throws {
    let limits = try Shipped.parameters().limits
    for limit in limits {
      for fractions in 1...30 where limit.byFractions[fractions] == nil {
        #expect(limit.bound(fractions: fractions, prescription: .gray(54)) == nil)
      }
    }
    #expect(!limits.contains { $0.set == "UK22" && $0.byFractions[4] != nil })
    #expect(limits.contains { $0.set == "TIM21" && $0.byFractions[4] != nil })
    for count in [2, 6, 7, 9, 10, 12, 15] {
      let reader = LimitEvaluation(limits: limits, fractions: count, prescription: .gray(60), sex: nil)
      let found = OrganAtRisk.allCases.flatMap { organ in
        reader.checks(of: organ, isComplete: true) { _, _ in (DoseBand(expected: 1, low: 1, high: 1), nil) }
      }
      #expect(found.allSatisfy { $0.limit.byFractions[count] != nil })
      if [6, 7, 9, 10, 12, 15].contains(count) { #expect(found.isEmpty, "\(count)") }
    }
  }

  @Test("shares of the prescription need one: RTOG 0813's 105 % of 50 Gy is 52.5 Gy")
  func shareOfPrescription() throws {
    let limit = try #require(
      try Shipped.parameters().limits.first { $0.set == "RTOG0813" && $0.unit == .percentOfPrescription })
    #expect(limit.bound(fractions: 5, prescription: .gray(50)) == 52.5)
    #expect(limit.bound(fractions: 5, prescription: nil) == nil)
  }

  @Test("the lungs' critical volume by sex: men's and women's where the sex is unknown, else one")
  func sex() throws {
    let limits = try Shipped.parameters().limits
    func volumes(_ sex: String?) -> Set<DoseMetric> {
      let reader = LimitEvaluation(limits: limits, fractions: 5, prescription: .gray(50), sex: sex)
      return Set(
        reader.checks(of: .lungs, isComplete: true) { _, _ in (nil, nil) }
          .filter { $0.limit.set == "TIM21" && $0.limit.sex != nil }.map(\.limit.endpoint))
    }
    #expect(volumes("male") == [.criticalVolumeDose(1500)])
    #expect(volumes("female") == [.criticalVolumeDose(950)])
    #expect(volumes(nil) == [.criticalVolumeDose(1500), .criticalVolumeDose(950)])
  }

  @Test("an organ that is not whole answers near-maxima only")
  func incomplete() throws {
    let reader = LimitEvaluation(
      limits: try Shipped.parameters().limits, fractions: 3, prescription: .gray(54), sex: "male")
    let checks = reader.checks(of: .lungs, isComplete: false) { _, _ in
      (DoseBand(expected: 1, low: 1, high: 1), nil)
    }
    #expect(!checks.isEmpty && checks.allSatisfy { $0.outcome == .unknown && $0.why != nil })
    let heart = reader.checks(of: .heart, isComplete: false) { _, _ in
      (DoseBand(expected: 1, low: 1, high: 1), nil)
    }
    #expect(heart.contains { $0.outcome == .kept })
  }

  /// Cells of the published tables, read again by eye: set, organ, endpoint, level, fractions, number.
  static let cells: [(String, OrganAtRisk, String, DoseLimit.Level, Int, Double)] = [
    ("UK22", .spinalCord, "D0.035cc", .mandatory, 3, 20.3),
    ("UK22", .spinalCord, "D0.035cc", .optimal, 1, 12.4),
    ("UK22", .brachialPlexus, "D0.1cc", .mandatory, 8, 39), ("UK22", .heart, "D0.1cc", .mandatory, 5, 38),
    ("UK22", .greatVessels, "D0.1cc", .mandatory, 1, 30), ("UK22", .airways, "D0.1cc", .mandatory, 8, 40),
    ("UK22", .oesophagus, "D0.1cc", .mandatory, 3, 25.2), ("UK22", .stomach, "D0.1cc", .mandatory, 5, 35),
    ("UK22", .lungs, "V20Gy", .mandatory, 5, 15), ("UK22", .lungs, "V20Gy", .optimal, 5, 10),
    ("UK22", .lungs, "Dmean", .optimal, 8, 8), ("UK22", .liver, "CV700cc", .mandatory, 3, 17),
    ("TG101", .lungs, "CV1500cc", .threshold, 3, 10.5), ("TG101", .liver, "CV700cc", .threshold, 3, 17.4),
    ("TG101", .greatVessels, "D0.035cc", .maximum, 1, 37),
    ("TG101", .spinalCord, "D1.2cc", .threshold, 5, 14.5),
    ("TIM21", .oesophagus, "D5cc", .threshold, 4, 30.4), ("TIM21", .airways, "D0.035cc", .maximum, 5, 50),
    ("TIM21", .kidneys, "CV200cc", .threshold, 8, 20), ("RTOG0915", .heart, "Dmax", .maximum, 4, 34),
    ("RTOG0813", .spinalCord, "Dmax", .maximum, 5, 30), ("NCCN", .spinalCord, "Dmax", .maximum, 3, 18),
    ("HYTEC", .spinalCord, "Dmax", .mandatory, 5, 25.3),
  ]

  @Test("cells of the published tables", arguments: cells)
  func cell(
    set: String, organ: OrganAtRisk, endpoint: String, level: DoseLimit.Level, fractions: Int, number: Double
  ) throws {
    let metric = try #require(DoseMetric(endpoint))
    let found = try Shipped.parameters().limits.filter {
      $0.set == set && $0.organ == organ && $0.endpoint == metric && $0.level == level
        && $0.byFractions[fractions] != nil
    }
    #expect(found.compactMap { $0.byFractions[fractions] } == [number])
  }

  @Test("every limit has a source of the bibliography, and only the primary set decides")
  func sources() throws {
    let parameters = try Shipped.parameters()
    let bibliography = try Shipped.careProtocol.get().bibliography
    #expect(parameters.limits.count > 200 && parameters.primarySet == "UK22")
    #expect(parameters.limitSets.filter(\.isPrimary).count == 1)
    for (what, key) in parameters.citations { #expect(bibliography[key] != nil, "\(what) \(key)") }
    for limit in parameters.limits { #expect(!limit.sources.isEmpty) }
    #expect(parameters.cumulativeLimits.filter { $0.bounds != nil }.allSatisfy { $0.endpoint != nil })
  }
}
