// SPDX-License-Identifier: Apache-2.0
import Phantoms
import Testing

@Suite("Stacks of discs, small spheres and awkward bodies")
struct DiscAndSphereSuiteTests {
  @Test("of 576 stacks of discs the median error is within 0.05 Gy, the greatest within 0.10 Gy")
  func discs() throws {
    let outcomes = try DiscSuite.outcomes()
    #expect(outcomes.count == 576)
    let worst = outcomes.map(\.worst).sorted()
    #expect((worst[287] + worst[288]) / 2 <= 0.05)
    #expect(worst[575] <= 0.10)
    #expect(outcomes.allSatisfy { $0.statistics.count == 6 })
    // The mean is exact, for every cell counts with the dose of its covered part's centroid.
    let means = outcomes.flatMap(\.statistics).filter { $0.name == "meanGy" }
    #expect(means.count == 576 && means.allSatisfy { abs($0.value - $0.truth) < 1e-4 })
    // Extremes and volumes are exact for what was drawn.
    #expect(outcomes.allSatisfy { $0.extremesError < 1e-4 })
    #expect(outcomes.allSatisfy { abs($0.volumeErrorPercent) < 1e-6 })
  }

  @Test("fifty spheres of each size: mean and range of the volume, and Cavalieri's own")
  func spheres() throws {
    for outcome in try StanleySuite.outcomes(.circles) {
      let name = "\(outcome.diameter) mm on \(outcome.spacing) mm"
      #expect(outcome.errorsPercent.count == 50)
      #expect(abs(outcome.mean) <= 1, "\(name)")
      for (ours, cavalieri) in zip(outcome.errorsPercent, outcome.cavalieriPercent) {
        #expect(abs(ours - cavalieri) < 1e-6, "\(name)")
      }
      #expect(outcome.range.lowerBound >= outcome.cavalieriRange.lowerBound - 1e-6, "\(name)")
      #expect(outcome.range.upperBound <= outcome.cavalieriRange.upperBound + 1e-6, "\(name)")
      guard outcome.spacing == 0.5 else { continue }
      if outcome.diameter == 3 {
        #expect(outcome.range.lowerBound >= -3 && outcome.range.upperBound <= 3)
      } else if outcome.diameter >= 7 {
        #expect(outcome.range.lowerBound >= -0.6 && outcome.range.upperBound <= 0.6, "\(name)")
      }
    }
  }

  @Test("outlines of pixels keep the mean volume")
  func pixels() throws {
    for outcome in try StanleySuite.outcomes(.pixels) {
      #expect(abs(outcome.mean) <= 1, "\(outcome.diameter) mm on \(outcome.spacing) mm")
    }
  }

  @Test("holes, islands, keyholes, uneven planes and edges of grids")
  func extras() throws {
    let checks = try ExtraSuite.checks()
    #expect(checks.count > 40)
    for check in checks {
      #expect(check.holds, "\(check.body), \(check.quantity): \(check.value) for \(check.truth)")
    }
  }
}
