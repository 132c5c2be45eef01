// SPDX-License-Identifier: Apache-2.0
import Dosimetry
import Quantities
import Testing

@testable import Interchange

@Suite("A plan's dose counts once")
struct RepeatedDoseTests {
  private func grid(_ peak: Double = 60, shift: Double = 0, step: Double = 2) throws -> DoseGrid {
    let size = Int(48 / step) + 1
    let planes = (0..<size).map { -24 + step * Double($0) }
    var values: [Float] = []
    for z in planes {
      for y in planes {
        for x in planes {
          let p = SIMD3(x - shift, y, z)
          values.append(Float(peak / (1 + (p * p).sum() / 200)))
        }
      }
    }
    return try DoseGrid(
      origin: SIMD2(-24, -24), spacing: SIMD2(step, step), columns: size, rows: size, planes: planes,
      gray: values)
  }

  private func entry(
    _ file: String, _ grid: DoseGrid, plans: [String] = [], _ summation: DoseSummation = .plan
  ) -> RepeatedDoses.Entry {
    .init(file: file, instance: file, plans: plans, summation: summation, grid: grid, stored: grid)
  }

  private func answer(_ entries: RepeatedDoses.Entry...) -> (refusal: String?, warnings: [String]) {
    var warnings: [String] = []
    do {
      try RepeatedDoses(entries).check(&warnings)
      return (nil, warnings)
    } catch { return (error.description, warnings) }
  }

  @Test("one plan on two grids, rescaled, or as its overview, is refused")
  func onePlan() throws {
    let plan = entry("a", try grid(), plans: ["1"])
    #expect(
      answer(plan, entry("b", try grid(step: 3), plans: ["1"])).refusal?.contains("of the same plan") == true)
    #expect(answer(plan, entry("b", try grid(6), plans: ["1"])).refusal != nil)
    for kind in [DoseSummation.planOverview, .record] {
      #expect(
        answer(plan, entry("b", try grid(step: 3), plans: ["1"], kind)).refusal?.contains(kind.rawValue)
          == true)
    }
    #expect(answer(plan, entry("b", try grid(90), plans: ["1", "2"], .multiPlan)).refusal != nil)
  }

  @Test("where no plan is named the values tell")
  func unnamed() throws {
    let plan = entry("a", try grid())
    #expect(answer(plan, entry("b", try grid(step: 3))).refusal?.contains("the same values") == true)
    #expect(answer(plan, entry("b", try grid(20))).refusal?.contains("times the same values") == true)
    #expect(answer(plan, entry("b", try grid(shift: 12))).refusal == nil)
    #expect(
      answer(plan, entry("b", try grid(90, shift: 12), .multiPlan)).refusal?.contains("MULTI_PLAN") == true)
  }

  @Test("two plans stay two, and the same beams twice are asked about")
  func twoPlans() throws {
    let first = entry("a", try grid(), plans: ["1"])
    let other = answer(first, entry("b", try grid(shift: 12), plans: ["2"]))
    #expect(other.refusal == nil && other.warnings.isEmpty)
    let boost = answer(first, entry("b", try grid(20), plans: ["2"]))
    #expect(boost.refusal == nil && boost.warnings.contains { $0.contains("two courses by the same beams") })
    #expect(answer(first, entry("b", try grid(step: 3), plans: ["2"])).refusal != nil)
    let beams = [
      entry("a", try grid(30), plans: ["1"], .beam), entry("b", try grid(20), plans: ["1"], .beam),
    ]
    #expect(answer(beams[0], beams[1]).refusal == nil)
  }
}
