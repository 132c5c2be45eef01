// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Facts
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
    let reading = GroupEvaluation(pool)
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

  /// Numbers above 0 and below 1: one of each of so many equal parts for each axis, in an order of its own.
  static func strata(_ count: Int, _ axes: Int, _ seed: UInt64) -> [[Double]] {
    var state = seed
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 33) + 0.5) / Double(UInt64(1) << 31)
    }
    return (0..<axes).map { _ in
      var order = (0..<count).map { (Double($0) + next()) / Double(count) }
      for index in order.indices.reversed() { order.swapAt(index, Int(next() * Double(index + 1))) }
      return order
    }
  }

  /// The value below which a share of the standard normal lies, by halving.
  static func quantile(_ share: Double) -> Double {
    var (low, high) = (-9.0, 9.0)
    for _ in 0..<45 {
      let middle = (low + high) / 2
      if 0.5 * erfc(-middle / 2.0.squareRoot()) < share { low = middle } else { high = middle }
    }
    return low
  }

  /// Verdicts judged anew in 10 000 draws, without cells or even points: the same model, written down once more.
  @Test(arguments: ["06", "21"])
  func chancesAgreeWithJudgingAnewManyTimes(_ number: String) throws {
    let (pool, joint) = try Self.listed(number)
    var isUncertain = 0
    for (place, option) in joint.options.prefix(9).enumerated() {
      guard let modality = option.choice.modality, let site = option.site else { continue }
      let reading = try joint.reading.read(option.group, [option])
      let table = joint.reading.table(of: option, in: reading)
      let noise = MeasurementNoise(
        table, errors: pool.parameters.errors, spacing: 0,
        residual: option.choice.family == .ablation ? 2 : nil, limits: [])
      var sampled = RobustnessAnalysis.Sampled(
        noise: noise, judge: CellJudge(pool.judge, modality, at: site, noise))
      let points = EvenPoints(dimensions: max(1, noise.sources.count), seed: 1).table(
        RobustnessAnalysis.points)
      let chances = RobustnessAnalysis.chances(&sampled, points)
      let diameter = try #require(table.number(.longestAxialDiameter))
      let moving = table.recorded.filter {
        table.number($0) != nil
          && ($0.name.hasPrefix("clearance(") || $0 == .depthFromPleura || $0 == .depthOfInnerEdge)
      }
      let axes = Self.strata(10_000, 1 + moving.count, UInt64(place + 1))
      var counts: [Verdict: Int] = [:]
      for draw in 0..<10_000 {
        var facts = table
        let deviation = diameter < 20 ? 1.73 / (1.96 * 2.0.squareRoot()) : 0.05 * diameter
        let growth = deviation * Self.quantile(axes[0][draw])
        func put(_ fact: Fact, _ x: Double) {
          facts[fact] = .number(
            min(fact.definition.domain.upperBound, max(fact.definition.domain.lowerBound, x)),
            facts[fact].origin, "")
        }
        put(.longestAxialDiameter, diameter + growth)
        for (axis, fact) in moving.enumerated() {
          guard let x = table.number(fact) else { continue }
          let off = 1.73 / 1.96 * Self.quantile(axes[axis + 1][draw])
          put(fact, max(0, x + (fact == .depthOfInnerEdge ? growth : -growth) / 2 + off))
        }
        counts[pool.judge.judge(modality, at: site, facts: facts).verdict, default: 0] += 1
      }
      for verdict in Verdict.allCases {
        #expect(abs((chances[verdict] ?? 0) - Double(counts[verdict] ?? 0) / 10_000) < 0.01)
      }
      if chances.values.contains(where: { $0 > 0.02 && $0 < 0.98 }) { isUncertain += 1 }
    }
    #expect(number != "06" || isUncertain > 0)
  }

  private static func planned(
    _ number: String
  ) throws -> (plan: PatientPlan, robustness: PlanRobustness, pool: TherapyPool) {
    let folder = try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix(number) })
    let patientCase = try Patients.listed(folder)
    var options = JointOptions()
    options.samples = 20
    let plan = try Patients.plan(patientCase, options)
    return (plan, try #require(plan.robustness), try Patients.pool(patientCase))
  }

  /// The first of so many steps at which something holds: looked for sixteen at a time, then one by one.
  ///
  /// What comes and goes between is missed here, and then differs from what is told: the test fails, and does not pass by it.
  private static func firstStep(of count: Int, where holds: (Int) throws -> Bool) rethrows -> Int? {
    var last = 0
    while last < count {
      let next = min(count, last + 16)
      if try holds(next) { return try (last + 1...next).first(where: holds) }
      last = next
    }
    return nil
  }

  /// Every flip of a verdict against stepping there by a tenth: diameters, depths and distances.
  @Test(arguments: ["01", "06", "08"])
  func flipsAgreeWithSteppingThere(_ number: String) throws {
    let (plan, robustness, pool) = try Self.planned(number)
    var checked = 0
    for assignment in plan.recommended.assignments {
      guard let modality = assignment.choice.modality, let site = assignment.site else { continue }
      let lesion = try #require(pool.lesions.first { $0.id == assignment.lesion })
      let table = pool.facts.facts(of: lesion)
      let verdict = pool.judge.judge(modality, at: site, facts: table).verdict
      // Without contours what SBRT and needles are judged by is what was told.
      guard TherapyFamily(modality) != .surgery else { continue }
      let moving = table.recorded.filter { fact in
        fact == .longestAxialDiameter || fact == .depthFromPleura || fact.name.hasPrefix("clearance(")
      }
      for fact in moving {
        guard let start = table.number(fact) else { continue }
        for isRise in [true, false] {
          let domain = fact.definition.domain
          let end = isRise ? min(80, domain.upperBound) : max(0, domain.lowerBound)
          func place(_ step: Int) -> Double { start + (isRise ? 0.1 : -0.1) * Double(step) }
          let found = Self.firstStep(of: Int(abs(end - start) * 10)) { step in
            var moved = table
            moved[fact] = .number(place(step), table[fact].origin, "")
            return pool.judge.judge(modality, at: site, facts: moved).verdict != verdict
          }.map(place)
          let own = robustness.flips.filter {
            $0.lesion == lesion.id && $0.fact == fact && $0.isRise == isRise
          }
          let flip = own.first { $0.verdicts.contains { $0.lesion == lesion.id } }
          guard let found else {
            #expect(flip == nil || start >= 79)
            continue
          }
          checked += 1
          // A decision may flip before the verdict does; the verdict's own edge is then not told.
          if let flip {
            #expect(abs(flip.edge - found) <= 0.11)
          } else {
            #expect(own.first.map { abs($0.edge - start) <= abs(found - start) + 0.11 } ?? false)
          }
        }
      }
    }
    #expect(number == "01" || checked > 0)
  }

  /// The nearest edge of each of the patient's numbers that changes a verdict, against stepping there in 4000 steps.
  @Test(arguments: ["03", "12"])
  func flipsOfThePatientAgreeWithSteppingThere(_ number: String) throws {
    let (plan, robustness, pool) = try Self.planned(number)
    // Without contours what SBRT and needles are judged by is what was told.
    let judged = try plan.recommended.assignments.compactMap {
      assignment -> (id: String, modality: Modality, site: Site, table: FactTable, verdict: Verdict)? in
      guard let modality = assignment.choice.modality, let site = assignment.site,
        TherapyFamily(modality) != .surgery
      else { return nil }
      let table = pool.facts.facts(of: try #require(pool.lesions.first { $0.id == assignment.lesion }))
      return (
        assignment.lesion, modality, site, table,
        pool.judge.judge(modality, at: site, facts: table).verdict
      )
    }
    let first = try #require(judged.first)
    var checked = 0
    for fact in first.table.recorded where fact.definition.scope == .patient {
      guard let start = first.table.number(fact) else { continue }
      let step = (fact.definition.domain.upperBound - fact.definition.domain.lowerBound) / 4000
      for isRise in [true, false] {
        func changed(_ x: Double) -> Set<String> {
          Set(
            judged.filter { entry in
              var moved = entry.table
              moved[fact] = .number(x, entry.table[fact].origin, "")
              return pool.judge.judge(entry.modality, at: entry.site, facts: moved).verdict != entry.verdict
            }.map(\.id))
        }
        let domain = fact.definition.domain
        func place(_ number: Int) -> Double { start + (isRise ? step : -step) * Double(number) }
        let count = Int((isRise ? domain.upperBound - start : start - domain.lowerBound) / step)
        let found = Self.firstStep(of: count) { !changed(place($0)).isEmpty }.map { number in
          (x: place(number), lesions: changed(place(number)))
        }
        let flip = robustness.flips.first { $0.lesion == nil && $0.fact == fact && $0.isRise == isRise }
        let named = Set((flip?.verdicts ?? []).map(\.lesion)).intersection(judged.map(\.id))
        guard let found else {
          #expect(named.isEmpty, "\(fact.name)")
          continue
        }
        let told = try #require(flip, "\(fact.name) \(found)")
        // A decision, or an operation's verdict, may flip before.
        if named.isEmpty {
          #expect(abs(told.edge - start) <= abs(found.x - start) + step)
        } else {
          #expect(abs(told.edge - found.x) <= 1.01 * step && named == found.lesions, "\(fact.name)")
          checked += 1
        }
      }
    }
    #expect(checked > 1)
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
    for samples in [1, 7, 20, 63, 65] {
      options.samples = samples
      let few = try #require(try Patients.plan(patientCase, options).robustness)
      for lesion in few.lesions { #expect(abs(lesion.choices.values.reduce(0, +) - 1) < 1e-9) }
    }
  }
}
