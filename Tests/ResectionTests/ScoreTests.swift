// SPDX-License-Identifier: Apache-2.0
import Cases
import Foundation
import Quantities
import Resection
import Testing

/// Scores, lines and formulas against their worked examples.
@Suite struct ScoreTests {
  // MARK: Thoracoscore

  @Test(arguments: [
    // age, male, ASA, performance, dyspnoea, pneumonectomy, comorbidities, per cent (Thorax tables; K-04)
    (56.0, false, 2.0, 0.0, 1.0, false, 3.0, 1.15), (70, true, 3, 1, 2, false, 3, 4.06),
    (81, true, 3, 2, 4, true, 3, 26.19),
  ])
  func thoracoscoreExamples(
    age: Double, male: Bool, asa: Double, performance: Double, dyspnoea: Double, pneumonectomy: Bool,
    comorbidities: Double, percent: Double
  ) {
    var answers = Thoracoscore.Answers()
    answers.age = age
    answers.isMale = male
    answers.asa = asa
    answers.performance = performance
    answers.dyspnoea = dyspnoea
    answers.isPneumonectomy = pneumonectomy
    answers.comorbidities = comorbidities
    let score = Thoracoscore(answers)
    #expect(score.unknown.isEmpty)
    #expect(score.probability.lowerBound == score.probability.upperBound)
    #expect(abs(score.probability.lowerBound * 100 - percent) < 0.005)
  }

  @Test func thoracoscoreEdges() {
    func percent(_ change: (inout Thoracoscore.Answers) -> Void) -> Double {
      var answers = Thoracoscore.Answers()
      (answers.age, answers.isMale, answers.asa, answers.performance) = (50, false, 1, 0)
      (answers.dyspnoea, answers.isPneumonectomy, answers.comorbidities) = (0, false, 0)
      change(&answers)
      return Thoracoscore(answers).probability.lowerBound
    }
    let base = percent { _ in }
    #expect(percent { $0.age = 54 } == base)
    #expect(percent { $0.age = 55 } > base)
    #expect(percent { $0.age = 65 } == percent { $0.age = 55 })
    #expect(percent { $0.age = 66 } > percent { $0.age = 65 })
    #expect(percent { $0.asa = 2 } == base)
    #expect(percent { $0.asa = 3 } > base)
    #expect(percent { $0.performance = 2 } == base)
    #expect(percent { $0.performance = 3 } > base)
    #expect(percent { $0.dyspnoea = 2 } == base)
    #expect(percent { $0.dyspnoea = 3 } > base)
    #expect(percent { $0.comorbidities = 1 } == percent { $0.comorbidities = 2 })
    #expect(percent { $0.comorbidities = 3 } > percent { $0.comorbidities = 2 })
  }

  @Test func unknownAnswersWidenAndAreNamed() {
    let nothing = Thoracoscore(.init())
    #expect(nothing.unknown.count == 7)
    var answers = Thoracoscore.Answers()
    answers.age = 70
    let more = Thoracoscore(answers)
    #expect(!more.unknown.contains("age"))
    #expect(more.probability.lowerBound >= nothing.probability.lowerBound)
    #expect(more.probability.upperBound <= nothing.probability.upperBound)
  }

  // MARK: ThRCRI

  @Test(arguments: [
    (false, false, 0.9, false, 0.0, "A"), (true, false, 0.9, false, 1.5, "B"),
    (false, false, 2.1, false, 1, "B"),
    (false, false, 2.0, false, 0, "A"), (false, true, 2.1, false, 2.5, "C"), (true, true, 0.9, false, 3, "D"),
    (true, true, 2.1, true, 5.5, "D"), (false, false, 2.1, true, 2.5, "C"),
  ])
  func cardiacRisk(
    stroke: Bool, ischaemia: Bool, creatinine: Double, pneumonectomy: Bool, points: Double, name: String
  ) {
    let risk = ThoracicRevisedCardiacRisk(
      cerebrovascular: stroke, ischaemic: ischaemia, creatinine: creatinine, isPneumonectomy: pneumonectomy)
    #expect(risk.points == points...points)
    #expect(risk.classes.least.rawValue == name)
    #expect(risk.unknown.isEmpty)
  }

  @Test func unknownCardiacRisk() {
    let risk = ThoracicRevisedCardiacRisk(
      cerebrovascular: nil, ischaemic: false, creatinine: nil, isPneumonectomy: false)
    #expect(risk.points == 0...2.5)
    #expect(risk.classes.least == .a)
    #expect(risk.classes.most == .c)
    #expect(risk.eventsPercent == 2.9...11.9)
    #expect(risk.unknown == ["cerebrovascular disease", "creatinine"])
  }

  // MARK: Registry

  @Test(arguments: [
    (true, 36.0, 1, IRLMGroup.one), (true, 35.9, 1, .two), (true, 36, 2, .two), (true, 35, 2, .three),
    (true, 0, 1, .two), (true, 120, 1, .one), (true, 0, 9, .three), (false, 120, 1, .four),
  ])
  func registryGroups(isResectable: Bool, months: Double, nodules: Int, group: IRLMGroup) {
    #expect(IRLMGroup(isResectable: isResectable, diseaseFreeMonths: months, nodules: nodules) == group)
  }

  // MARK: Localisation

  private func localisation(
    _ diameter: Double, _ nearest: Double, _ deepest: Double? = nil, lowDensity: Bool? = nil
  ) throws -> Localisation {
    Localisation(
      diameters: .millimeters(diameter)...(.millimeters(diameter)), nearest: .millimeters(nearest),
      deepest: deepest.map { .millimeters($0) }, isLowDensity: lowDensity,
      try Shipped.parameters().localisation)
  }

  /// Undetectable when deeper than 0.836 × size − 2.811: 5 → 1.37, 10 → 5.55, 20 → 13.91 mm.
  @Test(arguments: [(5.0, 1.37), (10, 5.55), (20, 13.91)])
  func saitosLine(size: Double, depth: Double) throws {
    let found = try localisation(size, 0)
    #expect(abs(found.saitoDepth.millimeters - depth) < 0.005)
    #expect(try localisation(size, depth - 0.01).saito == .notNeeded)
    #expect(try localisation(size, depth + 0.01).saito == .advised)
  }

  /// Two of: at most 5 mm, diameter over depth of the inner border at most 0.5, low density after chemotherapy.
  @Test(arguments: [
    (5.0, 10.0, false, 2, Localisation.Answer.advised), (5, 9.9, false, 1, .notNeeded),
    (5.1, 10.3, false, 1, .notNeeded), (5, 9.9, true, 2, .advised), (8, 16, true, 2, .advised),
    (8, 15.9, true, 1, .notNeeded), (4, 20, true, 3, .advised),
  ])
  func nakashimasRule(
    size: Double, deepest: Double, lowDensity: Bool, criteria: Int, answer: Localisation.Answer
  ) throws {
    let found = try localisation(size, max(0, deepest - size), deepest, lowDensity: lowDensity)
    #expect(found.nakashimaCriteria == criteria...criteria)
    #expect(found.nakashima == answer)
  }

  @Test func unknownDensityStaysOpenOnlyWhereItDecides() throws {
    let open = try localisation(5, 2, 7)
    #expect(open.nakashimaCriteria == 1...2)
    #expect(open.nakashima == .unknown)
    #expect(try localisation(20, 2, 22).nakashima == .notNeeded)
    #expect(try localisation(4, 8, 12).nakashima == .advised)
    #expect(try localisation(20, 2, 22).answer == .notNeeded)
    // Saito's line alone suffices for advice, not for the opposite.
    #expect(try localisation(5, 1, 6).answer == .unknown)
    #expect(try localisation(5, 2, 7).answer == .advised)
  }

  // MARK: Doubling time

  private static let growth = GrowthLimits(
    leastGrowth: .millimeters(2), leastVolumeGrowth: 0.3, conventionalSize: .millimeters(5))

  @Test(arguments: [(10.0, 12.6, 40.0, 39.99), (6, 8, 90, 72.3), (8, 10, 60, 62.1)])
  func doublingTimes(earlier: Double, now: Double, days: Double, doubling: Double) throws {
    guard
      case .doubling(let found) = GrowthRate.diameters(
        .millimeters(earlier), .millimeters(now), days: days, areStated: (false, false),
        limits: Self.growth)
    else {
      Issue.record("no doubling time")
      return
    }
    #expect(abs(found - doubling) < 0.05)
    // The same by the volumes of balls.
    guard
      case .doubling(let byVolume) = GrowthRate.volumes(
        .ball(diameter: .millimeters(earlier)), .ball(diameter: .millimeters(now)), days: days,
        limits: Self.growth)
    else {
      Issue.record("no doubling time by volume")
      return
    }
    #expect(abs(byVolume - found) < 1e-6)
  }

  @Test func growthWithinErrorGivesNone() {
    func diameters(_ a: Double, _ b: Double, days: Double = 60, stated: Bool = false) -> GrowthRate {
      .diameters(
        .millimeters(a), .millimeters(b), days: days, areStated: (stated, stated),
        limits: Self.growth)
    }
    func isOpen(_ rate: GrowthRate) -> Bool { if case .indeterminate = rate { true } else { false } }
    #expect(isOpen(diameters(10, 11.99)))
    #expect(!isOpen(diameters(10, 12)))
    #expect(diameters(10, 10) == .noGrowth)
    #expect(diameters(10, 8) == .noGrowth)
    #expect(isOpen(diameters(10, 14, days: 0)))
    // What is entered for a nodule too small to measure is no size.
    #expect(isOpen(diameters(5, 9, stated: true)))
    #expect(!isOpen(diameters(5, 9)))
    #expect(isOpen(.volumes(.cubicCentimeters(1), .cubicCentimeters(1.29), days: 60, limits: Self.growth)))
    #expect(!isOpen(.volumes(.cubicCentimeters(1), .cubicCentimeters(1.3), days: 60, limits: Self.growth)))
    #expect(
      GrowthRate.volumes(.cubicCentimeters(1), .cubicCentimeters(0.9), days: 60, limits: Self.growth)
        == .noGrowth)
  }
}
