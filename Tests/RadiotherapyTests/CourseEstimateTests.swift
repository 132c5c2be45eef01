// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Facts
import Quantities
import Testing
import Vocabulary

@testable import Radiotherapy

@Suite("What a list alone tells of a course")
struct CourseEstimateTests {
  private func facts(_ numbers: [String: Double], words: [String: String] = [:]) throws -> FactTable {
    try Shipped.facts(numbers, words: words)
  }

  /// The planner's own target, grown from a ball of that size, is the oracle.
  @Test(
    "a target's volume is that of the planner's for the same ball",
    arguments: [6.0, 12, 20, 30, 45], [Site.lung, .liver])
  func volume(diameter: Double, site: Site) throws {
    let parameters = try Shipped.parameters()
    var lesion = Lesion(id: "1", sourceName: "1")
    lesion.site = site
    let ball = try Shipped.ball(
      .zero, cc: Volume.cubicMillimeters(.pi / 6 * diameter * diameter * diameter).cubicCentimeters)
    lesion.body = .contoured(ball)
    let technique = try #require(parameters.techniques.first { $0.id == parameters.assumedTechnique })
    let maker = TargetMaker(
      parameters: parameters, technique: technique, isTold: false, patientCase: PatientCase())
    for zone in site == .lung ? ["upper", "lower"] : [""] {
      let table = try facts(
        ["longestAxialDiameter": diameter], words: zone.isEmpty ? [:] : ["lungZone": zone])
      let setting = LesionContext(site: site, facts: table)
      let planned = try maker.target(of: lesion, setting).get().solid.volume.cubicCentimeters
      let estimate = try #require(CourseEstimate(setting, by: parameters).targetVolume)
      #expect(estimate.lowerBound == estimate.upperBound, "\(zone)")
      let ratio = estimate.upperBound.cubicCentimeters / planned
      #expect(abs(ratio - 1) < 0.01, "\(diameter) mm, \(site), \(zone): \(ratio)")
    }
  }

  @Test(
    "without the lung's zone the target lies between the stillest and the most moving; without a size there is none"
  )
  func openEnds() throws {
    let parameters = try Shipped.parameters()
    func volume(_ zone: String?, _ size: FactValue) throws -> ClosedRange<Volume>? {
      var table = try facts([:], words: zone.map { ["lungZone": $0] } ?? [:])
      table[.longestAxialDiameter] = size
      return CourseEstimate(LesionContext(site: .lung, facts: table), by: parameters).targetVolume
    }
    let size = FactValue.number(15, .stated, "test")
    let open = try #require(try volume(nil, size))
    let known = try ["upper", "middle", "lower"].map { try #require(try volume($0, size)).upperBound }
    #expect(open.lowerBound == known.min() && open.upperBound == known.max())
    let band = FactValue(.between(10, 20), origin: .estimated, source: "test")
    let wide = try #require(try volume("upper", band))
    #expect(wide.lowerBound == (try volume("upper", .number(10, .stated, "t")))?.lowerBound)
    #expect(wide.upperBound == (try volume("upper", .number(20, .stated, "t")))?.upperBound)
    #expect(try volume("upper", .unknown("")) == nil)
  }

  /// With every fact known the planner's own choice is the oracle; with some taken away the count must stay among those that are
  /// possible.
  @Test(
    "the fraction counts that are possible hold the one that is chosen once all is known")
  func counts() throws {
    var sure = 0
    for seed in 0..<60 { sure += try counts(seed: seed) }
    // Where nothing is sure nothing is compared.
    #expect(sure >= 10, "\(sure)")
  }

  /// 1 where the whole table names a scheme for sure, else 0.
  private func counts(seed: Int) throws -> Int {
    let parameters = try Shipped.parameters()
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var numbers = [
      "longestAxialDiameter": Double(5 + random(45)), "metastasisCount": Double(1 + random(9)),
      "clearance(ChestWall)": Double(random(30)),
    ]
    for role in [
      "BronchialTree", "Trachea", "Oesophagus", "Heart", "GreatVessels", "SpinalCord", "BrachialPlexus",
      "PhrenicNerve",
    ] {
      numbers["clearance(\(role))"] = Double(random(60))
    }
    let whole = try facts(numbers)
    let setting = LesionContext(site: .lung, facts: whole)
    let estimate = CourseEstimate(setting, by: parameters)
    let technique = try #require(parameters.techniques.first { $0.id == parameters.assumedTechnique })
    let reach = TargetMaker(
      parameters: parameters, technique: technique, isTold: false, patientCase: PatientCase()
    ).reach(setting)
    let central = whole.merging(FactTable(Centrality(stated: setting, reach: reach).facts))
    let choice = PrescriptionChoice(parameters.schemes, at: .lung, facts: central)
    // Only what is chosen for sure is what more knowledge could lead to.
    guard let chosen = choice.scheme?.fractionation.fractions, choice.providedThat.isEmpty else { return 0 }
    #expect(estimate.fractionCounts.contains(chosen), "\(estimate.fractionCounts) \(chosen)")
    for _ in 0..<10 {
      let kept = numbers.filter { _ in random(2) == 0 }
      let partial = CourseEstimate(
        LesionContext(site: .lung, facts: try facts(kept)), by: parameters)
      #expect(
        Set(partial.fractionCounts).isSuperset(of: [chosen]),
        "\(kept.keys.sorted()): \(partial.fractionCounts) lacks \(chosen)")
    }
    return 1
  }

  /// Ten kinds of place and the schemes that trials give them: the oracle that no seed decides.
  @Test(
    "with the place told the one scheme is named",
    arguments: [
      (["longestAxialDiameter": 20, "clearance(BronchialTree)": 50, "clearance(ChestWall)": 20], [3]),
      (["longestAxialDiameter": 35, "clearance(BronchialTree)": 50, "clearance(ChestWall)": 20], [5]),
      (["longestAxialDiameter": 20, "clearance(BronchialTree)": 50, "clearance(ChestWall)": 7], [4]),
      (["longestAxialDiameter": 20, "clearance(BronchialTree)": 8, "clearance(ChestWall)": 20], [8]),
    ] as [([String: Double], [Int])])
  func told(numbers: [String: Double], counts: [Int]) throws {
    var all = numbers
    for role in [
      "Trachea", "Oesophagus", "Heart", "GreatVessels", "SpinalCord", "BrachialPlexus", "PhrenicNerve",
    ] {
      all["clearance(\(role))"] = 60
    }
    let estimate = CourseEstimate(
      LesionContext(site: .lung, facts: try facts(all)), by: try Shipped.parameters())
    #expect(estimate.fractionCounts == counts)
  }

  @Test("a site without schemes has no fractions")
  func without() throws {
    let estimate = CourseEstimate(
      LesionContext(site: nil, facts: try facts(["longestAxialDiameter": 12])), by: try Shipped.parameters())
    #expect(estimate.fractionCounts.isEmpty)
  }
}
