// SPDX-License-Identifier: Apache-2.0
import Dosimetry
import Evidence
import Testing
import Vocabulary

@testable import Report

@Suite("Estimated doses in words")
struct DoseWordsTests {
  @Test("an estimate is a figure with its band; bounds alone are named as such; one value is one")
  func bands() {
    func text(_ expected: Double?, _ low: Double, _ high: Double?) -> String {
      DoseWords.band(DoseBand(expected: expected, low: low, high: high), "Gy")
    }
    #expect(text(17.8, 16.7, 22.4) == "17.8 Gy (16.7–22.4)")
    #expect(text(7.8, 6.9, nil) == "7.8 Gy (from 6.9)")
    #expect(text(nil, 2, 5) == "2.0–5.0 Gy, bounds")
    #expect(text(nil, 0, 5) == "≤ 5.0 Gy")
    #expect(text(nil, 2, nil) == "≥ 2.0 Gy")
    #expect(text(2, 2, 2.04) == "2.0 Gy")
    #expect(DoseWords.band(DoseBand(expected: 3.64, low: 3.4, high: 4.51), "") == "3.6 (3.4–4.5)")
  }

  private func check(_ expected: Double?, _ low: Double, _ high: Double?, why: LimitCheck.Unanswered? = nil)
    -> LimitCheck
  {
    let limit = DoseLimit(
      set: "UK22", organ: .heart, endpoint: .doseToVolume(0.1), level: .mandatory, unit: .gray,
      byFractions: [8: 46], mark: .transcribed, sources: ["RT-uk22"])
    let value = why == nil ? DoseBand(expected: expected, low: low, high: high) : nil
    return LimitCheck(limit, fractions: 8, bound: 46, value: value, why: why)
  }

  @Test("conclusion, figure, limit and set; what the ends of the band do is said in full only beside it")
  func limits() {
    let exceeded = check(88.8, 67, 90.8)
    #expect(
      DoseWords.sentence("heart", exceeded)
        == "heart D0.1cc 88.8 Gy (67.0–90.8) exceeds 46 Gy in 8 fractions (UK22 mandatory) even at the lower end of the plan-quality band"
    )
    #expect(
      DoseWords.short("heart", exceeded)
        == "heart D0.1cc 88.8 Gy (67.0–90.8) exceeds 46 Gy in 8 (UK22 mandatory)")
    #expect(DoseWords.limit(exceeded) == "UK22 mandatory D0.1cc < 46 Gy in 8")
    #expect(DoseWords.comparison(check(30, 20, 40)) == "keeps 46 Gy in 8 fractions (UK22 mandatory)")
    #expect(DoseWords.comparison(check(40, 20, 50)).contains("exceeds it at the upper end"))
    #expect(DoseWords.comparison(check(47, 20, 50)).contains("keeps it at the lower end"))
    let unknown = check(nil, 0, nil, why: .organIncomplete)
    #expect(
      DoseWords.comparison(unknown, namesEndpoint: true)
        == "cannot be compared with 46 Gy in 8 fractions (UK22 mandatory D0.1cc): the whole organ is not contoured"
    )
    #expect(DoseWords.short(nil, unknown) == "D0.1cc unknown beside 46 Gy in 8 (UK22 mandatory)")
  }
}
