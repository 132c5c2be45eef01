// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Facts
import Foundation
import Planning
import Quantities
import Reasons
import Resection
import Testing
import Vocabulary

/// What remains after resections, against arithmetic done by hand.
@Suite struct FunctionTests {
  private func scene(right: [Double] = [], left: [Double] = []) throws -> Scene {
    try Scene.peripheral(right: right, left: left)
  }

  private func isClose(_ a: Double, _ b: Double, within gap: Double = 1e-9) -> Bool { abs(a - b) < gap }

  /// One wedge: its volume over a mean segment of its lobe.
  @Test func oneWedgeCostsItsVolume() throws {
    var scene = try scene(right: [-65])
    scene.tell([.fev1: 90, .dlco: 80, .obstructedSegments: 0])
    let plan = try scene.plan()
    let lobe = try plan.lobe(.rightLower)
    // RLL is 120 × 120 × 70 mm of five segments.
    let segment = 120.0 * 120 * 70 / 5
    let wedge = Double.pi * 15 * 15 * (10 + 2.0 / 3 * 15)
    let expected = try #require(lobe.segments.expected)
    #expect(abs(expected / (wedge / segment) - 1) < 0.02)
    // At worst a third of the lobe.
    #expect(try #require(lobe.segments.worst) == 5.0 / 3)
    let stage = try plan.stage(.right)
    let left = (expected: 1 - expected / 19, worst: 1 - 5.0 / 3 / 19)
    #expect(isClose(try #require(stage.fev1.expected), 90 * left.expected))
    #expect(isClose(try #require(stage.fev1.worst), 90 * left.worst))
    #expect(isClose(try #require(stage.dlco.worst), 80 * left.worst))
    let byVolume = try #require(stage.remaining.first { $0.method == .volume }?.expected)
    let lungs = 2 * 120.0 * 120 * 200 - 4 / 3 * Double.pi * 125
    #expect(abs(byVolume - (1 - expected * segment / lungs)) < 1e-4)
    #expect(plan.stages.count == 1)
  }

  /// Every wedge after the first in a lobe costs half a segment more; three cost as much as the lobe at worst.
  @Test func wedgesAddUp() throws {
    let one = try scene(right: [-65]).plan().lobe(.rightLower)
    var scene = try scene(right: [])
    for (index, y) in [-45.0, 0, 45].enumerated() { try scene.lesion("R\(index)", SIMD3(-110, y, -65), 10) }
    let plan = try scene.plan()
    let lobe = try plan.lobe(.rightLower)
    #expect(lobe.pieces.count == 3)
    let volume = try #require(lobe.volume).cubicMillimeters
    let segment = 120.0 * 120 * 70 / 5
    #expect(isClose(try #require(lobe.segments.expected), volume / segment + 1))
    #expect(try #require(lobe.segments.worst) == 5)
    #expect(try #require(one.segments.expected) < (try #require(lobe.segments.expected)))
  }

  /// Two hulls merge when less than 10 mm of lung lie between them: balls of 30 mm, their middles 39 or 41 mm apart.
  @Test(arguments: [(39.0, 1), (41, 2)])
  func neighboursMerge(apart: Double, pieces: Int) throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-110, -apart / 2, -65), 10)
    try scene.lesion("B", SIMD3(-110, apart / 2, -65), 10)
    let plan = try scene.plan()
    let lobe = try plan.lobe(.rightLower)
    #expect(lobe.pieces.count == pieces)
    if pieces == 1 {
      #expect(lobe.pieces[0].lesions == ["A", "B"])
      #expect(lobe.remarks.contains { $0.kind == .resection(.oneWedge) && $0.names == ["A", "B"] })
      let both = try #require(lobe.volume).cubicMillimeters
      let each = try #require(plan.proposal("A").standard.wedge).cubicMillimeters
      // Neither overlaps the other: the union is the sum.
      #expect(abs(both / (2 * each) - 1) < 0.01)
    }
  }

  @Test func overlappingPiecesCountOnce() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-110, -6, -65), 10)
    try scene.lesion("B", SIMD3(-110, 6, -65), 10)
    let plan = try scene.plan()
    let both = try #require(plan.lobe(.rightLower).volume).cubicMillimeters
    let a = try #require(plan.proposal("A").standard.wedge).cubicMillimeters
    #expect(both > a)
    #expect(both < 1.7 * a)
  }

  @Test func acrossAFissureNothingMerges() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-110, 0, -37), 8)
    try scene.lesion("B", SIMD3(-110, 0, -23), 8)
    let plan = try scene.plan()
    #expect(try plan.lobe(.rightLower).pieces.map(\.lesions) == [["A"]])
    #expect(try plan.lobe(.rightMiddle).pieces.map(\.lesions) == [["B"]])
  }

  /// Over half of a lobe goes: the lobe is proposed.
  ///
  /// RML is 120 × 120 × 50 mm.
  @Test func overHalfALobeMeansTheLobe() throws {
    var scene = try Scene.lungs()
    for (index, y) in [-35.0, 35].enumerated() {
      for (other, x) in [-90.0, -30].enumerated() {
        try scene.lesion("M\(index)\(other)", SIMD3(x, y, -5), 36)
      }
    }
    let plan = try scene.plan()
    let lobe = try plan.lobe(.rightMiddle)
    #expect(lobe.isLobeProposed)
    #expect(try #require(lobe.segments.expected) == 2)
    #expect(try #require(lobe.segments.worst) == 2)
    #expect(lobe.share == 1)
    #expect(try plan.proposal("M00").choice.technique == .wedge)
    let facts = try #require(plan.lesionFacts["M00"])
    #expect(facts.word(.resectionTechnique) == "lobectomy")
  }

  /// A lobe that goes takes what else lies in it along.
  @Test func lobectomyTakesTheOthersAlong() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-36, 0, 75), 10)
    try scene.lesion("B", SIMD3(-110, 0, 60), 10)
    let plan = try scene.plan()
    let lobe = try plan.lobe(.rightUpper)
    #expect(lobe.pieces.map(\.lesions) == [["A", "B"]])
    #expect(try #require(lobe.segments.expected) == 3)
    // The contour does not tell lobar from main bronchus: at worst the lung, and then only a scan tells what is left.
    #expect(try #require(lobe.segments.worst) == 10)
    #expect(try plan.stage(.right).left.worst == nil)
    #expect(plan.lesionFacts["B"]?.word(.resectionTechnique) == "lobectomy")
    #expect(plan.lesionFacts["A"]?.word(.resectionTechnique) == "lobectomy")
  }

  /// Pneumonectomy of a lung with 40 % of the perfusion: 1.6 L × 0.60 = 0.96 L.
  @Test func perfusionOfAWholeLung() throws {
    var scene = try Scene.lungs()
    scene.add("Heart", try Scene.box(SIMD3(-20, -20, -80), SIMD3(30, 20, -40)))
    try scene.lesion("A", SIMD3(-26, 0, -60), 14)
    scene.tell([.fev1Volume: 1.6, .perfusionRight: 40, .obstructedSegments: 0])
    let plan = try scene.plan()
    #expect(try plan.proposal("A").choice.technique == .extended)
    let stage = try plan.stage(.right)
    // At worst the whole lung goes.
    #expect(try #require(stage.segments.worst) == 10)
    let left = try #require(stage.remaining.first { $0.method == .perfusion }?.worst)
    #expect(isClose(1.6 * left, 0.96))
    // By counting it would be 1.6 × 9/19 = 0.76, on the other side of the floor: where a whole lung goes, perfusion tells.
    #expect(isClose(try #require(stage.fev1Liters.worst), 0.96))
    #expect(!stage.isBelowLeastFEV1)
  }

  @Test(arguments: [(1.0, true), (0.9, true), (1.2, false)])
  func floorOfFEV1(liters: Double, isBelow: Bool) throws {
    // Three wedges of the left lower lobe: at worst four of 19 segments.
    var scene = try Scene.lungs()
    for (index, y) in [-45.0, 0, 45].enumerated() { try scene.lesion("L\(index)", SIMD3(150, y, -50), 10) }
    scene.tell([.fev1Volume: liters, .obstructedSegments: 0])
    let stage = try scene.plan().stage(.left)
    #expect(try #require(stage.segments.worst) == 4)
    #expect(stage.isBelowLeastFEV1 == (liters * 15 / 19 < 0.8))
    #expect(stage.isBelowLeastFEV1 == isBelow)
  }

  /// Obstructed segments leave fewer to lose from: one of 19 − 4.
  @Test func obstructedSegmentsCount() throws {
    var scene = try scene(right: [-65])
    scene.tell([.fev1: 60, .obstructedSegments: 4])
    let stage = try scene.plan().stage(.right)
    let y = try #require(stage.segments.worst)
    #expect(isClose(try #require(stage.fev1.worst), 60 * (1 - y / 15)))
    let untold = try self.scene(right: [-65]).plan().stage(.right)
    #expect(
      untold.remaining.first { $0.method == .segmentCounting }?.remark?.kind
        == .resection(.noSegmentLost))
  }

  @Test func emphysemaIsLeftOutOnlyWhereContoured() throws {
    var scene = try scene(right: [-65])
    let before = try scene.plan().stage(.right).remaining.first { $0.method == .volume }
    #expect(before?.remark?.kind == .resection(.emphysemaNotContoured))
    scene.add("Emphysema_R", try Scene.box(SIMD3(-60, -50, 30), SIMD3(-20, 50, 90)))
    let after = try scene.plan().stage(.right).remaining.first { $0.method == .volume }
    let remark = try #require(after?.remark)
    #expect(
      remark.kind == .resection(.withoutStructures) && remark.names.contains { $0.contains("Emphysema") })
    #expect(try #require(after?.expected) < (try #require(before?.expected)))
  }

  @Test func bothSidesAreApartAndTogether() throws {
    var scene = try scene(right: [-65], left: [-50])
    scene.tell([.fev1: 70, .dlco: 65, .obstructedSegments: 0])
    let plan = try scene.plan()
    #expect(plan.stages.map(\.sides) == [[.right], [.left], [.right, .left]])
    let (right, left, both) = (plan.stages[0], plan.stages[1], plan.stages[2])
    let sum = try #require(right.segments.worst) + (try #require(left.segments.worst))
    #expect(isClose(try #require(both.segments.worst), sum))
    #expect(try #require(both.fev1.worst) < (try #require(right.fev1.worst)))
    #expect(plan.remarks.contains { $0.kind == .resection(.bothSides) })
    // A lesion's facts are those of its own side.
    let own = try #require(plan.lesionFacts["R0"]?.interval(.ppoFEV1))
    #expect(isClose(own.lowerBound, try #require(right.fev1.worst)))
  }

  @Test func unknownFunctionStaysUnknown() throws {
    let plan = try scene(right: [-65]).plan()
    let stage = try plan.stage(.right)
    #expect(stage.fev1.expected == nil)
    #expect(stage.fev1.worst == nil)
    let facts = try #require(plan.lesionFacts["R0"])
    #expect(facts[.ppoFEV1].knowledge == .unknown)
    #expect(facts[.operativeRisk].knowledge == .unknown)
    guard case .needs(let test, _)? = try #require(stage.flows.first).worst else {
      Issue.record("a flow answered without values")
      return
    }
    #expect(test == "spirometry and diffusing capacity")
  }

  /// Adding a lesion never leaves more function, and their order means nothing.
  @Test func moreLesionsNeverCostLess() throws {
    var scene = try Scene.lungs()
    scene.tell([.fev1: 80, .dlco: 80, .obstructedSegments: 0])
    var last = (expected: 81.0, worst: 81.0)
    for (index, place) in [
      SIMD3(-110.0, -40, -65), SIMD3(-110, 30, 60), SIMD3(-110, 40, -65), SIMD3(-60, 0, -85),
      SIMD3(-110, 0, -5),
      SIMD3(-55, 30, 75),
    ].enumerated() {
      try scene.lesion("A\(index)", place, 10)
      let stage = try scene.plan().stage(.right)
      let (expected, worst) = (try #require(stage.fev1.expected), try #require(stage.fev1.worst))
      #expect(expected <= last.expected + 1e-9)
      #expect(worst <= last.worst + 1e-9)
      #expect(worst <= expected + 1e-9)
      last = (expected, worst)
    }
    let plan = try scene.plan()
    scene.lesions.reverse()
    let turned = try scene.plan()
    let (a, b) = (try turned.stage(.right).fev1.expected, try plan.stage(.right).fev1.expected)
    #expect(isClose(try #require(a), try #require(b), within: 1e-6))
    for lesion in scene.lesions {
      #expect(try plan.proposal(lesion.id).choice == turned.proposal(lesion.id).choice)
    }
  }

  // MARK: Benefit

  @Test func completenessAndGroup() throws {
    var scene = try scene(right: [-65])
    scene.tellClear()
    scene.tell([.diseaseFreeInterval: 40, .lungMetastasisCount: 1])
    let one = try scene.plan()
    #expect(one.completeness == .complete)
    #expect(one.irlmGroup == .one)
    #expect(one.patientFacts.word(.irlmGroup) == "I")
    scene.tell([.lungMetastasisCount: 3])
    // More are counted than listed: two are nowhere.
    #expect(try scene.plan().completeness == .unknown)
    #expect(try scene.plan().irlmGroup == nil)
    scene.tell([.lungMetastasisCount: 1], words: [.malignantEffusion: "present"])
    #expect(try scene.plan().completeness == .incomplete)
    #expect(try scene.plan().irlmGroup == .four)
    // Part of the lesions says nothing of the whole.
    #expect(try scene.plan(lesions: ["R0"]).completeness == nil)
  }

  @Test func extendedResectionIsForTheBoard() throws {
    var scene = try Scene.lungs()
    scene.add("Heart", try Scene.box(SIMD3(-20, -20, -80), SIMD3(30, 20, -40)))
    try scene.lesion("A", SIMD3(-26, 0, -60), 14)
    scene.tell([.diseaseFreeInterval: 40])
    let plan = try scene.plan()
    #expect(plan.completeness == .board)
    #expect(plan.irlmGroup == nil)
    #expect(plan.thoracoscore?.unknown.contains("pneumonectomy") == true)
  }
}
