// SPDX-License-Identifier: Apache-2.0
import Dosimetry
import Foundation
import Interchange
import Quantities
import Testing
import Vocabulary
import Yams

@testable import Radiotherapy

@Suite("Linear-quadratic arithmetic against printed tables")
struct LinearQuadraticTests {
  /// A row of the schemes as the protocol's text prints it, its derived columns included.
  struct Row: Sendable {
    let id: String
    let gray: Double
    let fractions: Int
    let derived: [String: String]
  }

  static let rows: [Row] = {
    let text = String(decoding: CareProtocolReader.shippedText, as: UTF8.self)
    guard let root = try? Yams.compose(yaml: text), let schemes = root["radiotherapy"]?["schemes"]?.sequence
    else {
      return []
    }
    return schemes.compactMap { node in
      guard let id = node["id"]?.string, let gray = node["doseGy"]?.float, let count = node["fractions"]?.int
      else { return nil }
      var derived: [String: String] = [:]
      for (key, value) in node["derived"]?.mapping ?? [:] { derived[key.string ?? ""] = value.scalar?.string }
      return Row(id: id, gray: gray, fractions: count, derived: derived)
    }
  }()

  @Test("every scheme's printed BED and EQD2 is what the arithmetic gives, to the digits printed")
  func derivedColumns() throws {
    #expect(Self.rows.count >= 40)
    var cells = 0
    for row in Self.rows {
      let course = try #require(Fractionation(total: .gray(row.gray), fractions: row.fractions))
      for (key, text) in row.derived {
        let ratio = try #require(AlphaBetaRatio(gray: key == "eqd2LateGy" ? 3 : 10))
        let found = key == "bed10Gy" ? course.bed(ratio).gray : course.eqd2(ratio).gray
        let printed = try #require(Double(text))
        // Printed figures are rounded to a tenth, or to the whole.
        let step = text.contains(".") ? 0.1 : 1.0
        #expect(abs(found - printed) <= step / 2 + 0.011, "\(row.id) \(key): \(found) against \(text)")
        cells += 1
      }
    }
    #expect(cells >= 90)
  }

  /// Single-course limits of the UK consensus 2022 as EQD2, as printed: organ, α/β, and 1, 3, 5, 8 fractions.
  static let converted: [(OrganAtRisk, Double, [Double])] = [
    (.spinalCord, 2, [56.0, 44.5, 44.7, 48.0]), (.brachialPlexus, 2, [63.8, 60.0, 67.2, 67.0]),
    (.oesophagus, 3, [56.7, 57.5, 70.0, 64.0]), (.greatVessels, 3, [198, 162, 144, 145]),
    (.airways, 3, [93.7, 78.0, 80.6, 64.0]), (.heart, 2.5, [119.8, 83.3, 85.3, 84.3]),
  ]

  @Test("the UK 2022 mandatory near-maxima convert to the printed EQD2", arguments: converted)
  func limits(organ: OrganAtRisk, ratio: Double, printed: [Double]) throws {
    let parameters = try Shipped.parameters()
    let own = try #require(parameters.alphaBeta(of: organ))
    #expect(own.ratio.gray == ratio)
    for (fractions, expected) in zip([1, 3, 5, 8], printed) {
      let limit = try #require(
        parameters.limits.first {
          $0.set == "UK22" && $0.organ == organ && $0.level == .mandatory && $0.byFractions[fractions] != nil
            && [.doseToVolume(0.1), .doseToVolume(0.035)].contains($0.endpoint)
        }, "\(organ) in \(fractions)")
      let gray = try #require(limit.bound(fractions: fractions, prescription: nil))
      let course = try #require(Fractionation(total: .gray(gray), fractions: fractions))
      let tolerance = expected == expected.rounded() && expected > 100 ? 0.51 : 0.051
      #expect(abs(course.eqd2(own.ratio).gray - expected) <= tolerance, "\(organ) \(fractions)")
    }
  }

  @Test("different α/β do not add, and the dose of equal effect goes back and forth")
  func mixing() throws {
    let three = try #require(AlphaBetaRatio(gray: 3))
    let two = try #require(AlphaBetaRatio(gray: 2))
    let course = try #require(Fractionation(total: .gray(54), fractions: 3))
    #expect(course.eqd2(three).adding(course.eqd2(two)) == nil)
    #expect(course.bed(three).adding(course.bed(two)) == nil)
    for count in [1, 3, 5, 8, 30] {
      let same = try #require(course.eqd2(three).isoeffectiveDose(fractions: count))
      let back = try #require(Fractionation(total: same, fractions: count)).eqd2(three)
      #expect(abs(back.gray - course.eqd2(three).gray) < 1e-9)
    }
    #expect(course.eqd2(three).isoeffectiveDose(fractions: 0) == nil)
    #expect(EquivalentDose2Gy(gray: -1, alphaBeta: three).isoeffectiveDose(fractions: 3) == nil)
    // More fractions of equal effect need more dose.
    let doses = [1, 3, 5, 8, 30].compactMap { course.eqd2(three).isoeffectiveDose(fractions: $0)?.gray }
    #expect(doses == doses.sorted())
  }
}
