import Cases
import Eligibility
import Foundation
import Testing
import Vocabulary

@testable import Planning

/// How near the edge a plan stands, against slow ways of telling.
@Suite struct RobustnessTests {
  private static func listed(
    _ number: String
  ) throws -> (pool: TherapyPool, joint: JointProblem) {
    let folder = try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix(number) })
    let pool = try Patients.pool(try Patients.listed(folder))
    let reading = GroupReading(pool)
    let options = try OptionCatalogue(pool, reading, locks: [], advice: .treat).options
    return (pool, try JointProblem(pool, options, reading))
  }

  @Test func theNormalDistributionHasItsQuantiles() {
    for (share, value) in [
      (0.5, 0), (0.975, 1.959964), (0.025, -1.959964), (0.001, -3.090232), (0.9, 1.281552),
    ] {
      #expect(abs(EvenPoints.normal(share) - value) < 1e-5)
    }
  }

  @Test func pointsAreEvenAndTheSameForASeed() {
    let points = EvenPoints(dimensions: 3, seed: 4)
    for axis in 0..<3 {
      let below = (0..<4096).count { points.point($0)[axis] < 0.3 }
      #expect(abs(Double(below) / 4096 - 0.3) < 0.005)
    }
    #expect(EvenPoints(dimensions: 3, seed: 4).point(17) == points.point(17))
    #expect(EvenPoints(dimensions: 3, seed: 5).point(17) != points.point(17))
  }

  /// Verdicts judged anew 10 000 times, without cells or even points.
  @Test(arguments: ["06", "21"])
  func chancesAgreeWithJudgingAnewManyTimes(_ number: String) throws {
    let (pool, joint) = try Self.listed(number)
    var random = SystemRandomNumberGenerator()
    var isUncertain = 0
    for option in joint.options.prefix(9) {
      guard let modality = option.choice.modality, let site = option.site else { continue }
      let reading = try joint.reading.read(option.group, [option])
      let table = joint.reading.table(of: option, in: reading)
      let noise = MeasurementNoise(
        table, errors: pool.parameters.errors, spacing: 0,
        residual: option.choice.family == .ablation ? 2 : nil, limits: [])
      var sampled = RobustnessReading.Sampled(
        noise: noise, judge: CellJudge(pool.judge, modality, at: site, noise))
      let chances = RobustnessReading.chances(&sampled, seed: 1)
      let diameter = try #require(table.number(.longestAxialDiameter))
      var counts: [Verdict: Int] = [:]
      for _ in 0..<10_000 {
        func normal() -> Double {
          let (u, v) = (
            Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random)
          )
          return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
        }
        // The same model, written down once more.
        var facts = table
        let deviation = diameter < 20 ? 1.73 / (1.96 * 2.0.squareRoot()) : 0.05 * diameter
        let growth = deviation * normal()
        func put(_ fact: Fact, _ x: Double) {
          facts[fact] = .number(
            min(fact.range.upperBound, max(fact.range.lowerBound, x)), facts[fact].origin, "")
        }
        put(.longestAxialDiameter, diameter + growth)
        for fact in table.recorded {
          guard let x = table.number(fact) else { continue }
          if fact.name.hasPrefix("clearance(") || fact == .depthFromPleura {
            put(fact, max(0, x - growth / 2 + 1.73 / 1.96 * normal()))
          } else if fact == .depthOfInnerEdge {
            put(fact, max(0, x + growth / 2 + 1.73 / 1.96 * normal()))
          }
        }
        counts[pool.judge.judge(modality, at: site, facts: facts).verdict, default: 0] += 1
      }
      for verdict in Verdict.allCases {
        // Ten thousand draws are themselves off by half a percent in the mean, and twice that seldom.
        #expect(abs((chances[verdict] ?? 0) - Double(counts[verdict] ?? 0) / 10_000) < 0.02)
      }
      if chances.values.contains(where: { $0 > 0.02 && $0 < 0.98 }) { isUncertain += 1 }
    }
    #expect(number != "06" || isUncertain > 0)
  }

  /// Every flip of a diameter or distance against stepping there by a tenth of a millimetre.
  @Test(arguments: ["01", "06", "08"])
  func flipsAgreeWithSteppingThere(_ number: String) throws {
    let folder = try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix(number) })
    let patientCase = try Patients.listed(folder)
    var options = JointOptions()
    options.samples = 20
    let plan = try Patients.plan(patientCase, options)
    let robustness = try #require(plan.robustness)
    let pool = try Patients.pool(patientCase)
    var checked = 0
    for assignment in plan.recommended.assignments {
      guard let modality = assignment.choice.modality, let site = assignment.site else { continue }
      let lesion = try #require(pool.lesions.first { $0.id == assignment.lesion })
      let table = pool.facts.facts(of: lesion)
      let verdict = pool.judge.judge(modality, at: site, facts: table).verdict
      // Without contours what SBRT and needles are judged by is what was told.
      guard TherapyFamily(modality) != .surgery else { continue }
      for isRise in [true, false] {
        let start = try #require(table.number(.longestAxialDiameter))
        var found: Double?
        var x = start
        while x > 1, x < 80, found == nil {
          x += isRise ? 0.1 : -0.1
          var moved = table
          moved[.longestAxialDiameter] = .number(x, table[.longestAxialDiameter].origin, "")
          if pool.judge.judge(modality, at: site, facts: moved).verdict != verdict { found = x }
        }
        let flip = robustness.flips.first {
          $0.lesion == lesion.id && $0.fact == .longestAxialDiameter && $0.isRise == isRise
            && $0.verdicts.contains { $0.lesion == lesion.id }
        }
        let nearest = robustness.flips.first {
          $0.lesion == lesion.id && $0.fact == .longestAxialDiameter && $0.isRise == isRise
        }
        guard let found else {
          #expect(flip == nil)
          continue
        }
        checked += 1
        // A decision may flip before the verdict does; the verdict's own edge is then not told.
        if let flip {
          #expect(abs(flip.edge - found) <= 0.11)
        } else {
          #expect(nearest.map { abs($0.edge - start) <= abs(found - start) + 0.11 } ?? false)
        }
      }
    }
    #expect(number == "01" || checked > 0)
  }

  @Test func theSameSeedGivesTheSameFigures() throws {
    let folder = try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix("06") })
    let patientCase = try Patients.listed(folder)
    var options = JointOptions()
    options.samples = 300
    let first = try #require(try Patients.plan(patientCase, options).robustness)
    let second = try #require(try Patients.plan(patientCase, options).robustness)
    #expect(first.planProbability == second.planProbability)
    #expect(first.lesions.map(\.choices) == second.lesions.map(\.choices))
    #expect(first.lesions.map(\.verdicts) == second.lesions.map(\.verdicts))
    #expect(first.flips == second.flips)
    for lesion in first.lesions {
      #expect(abs(lesion.choices.values.reduce(0, +) - 1) < 1e-9)
    }
  }
}
