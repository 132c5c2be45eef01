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

/// The liver's remnant, and organs that are not whole.
@Suite struct LiverAndEdgeTests {
  // MARK: Liver

  /// A box of liver with a ball 5 mm beneath its right wall: what remains follows from the closed form.
  @Test func liverRemnant() throws {
    var scene = Scene()
    scene.add("Liver", try Scene.box(SIMD3(-120, -60, -60), SIMD3(20, 60, 60)))
    try scene.lesion("H", SIMD3(-105, 0, 0), 20, site: .liver)
    scene.tell([.bodySurfaceArea: 1.8])
    let plan = try scene.plan([.hepaticResection])
    let liver = try #require(plan.liver)
    let tumour = 4 / 3 * Double.pi * 1000
    let taken = Double.pi * 400 * (15 + 2.0 / 3 * 20) - tumour
    let free = 140.0 * 120 * 120 - tumour
    #expect(abs(liver.healthy.cubicMillimeters / taken - 1) < 0.02)
    #expect(abs(try #require(liver.remnantPercent) - 100 * (1 - taken / free)) < 0.1)
    // −794.41 + 1267.28 × 1.8 = 1486.69 mL.
    #expect(abs(try #require(liver.standardised).cubicCentimeters - 1486.694) < 0.01)
    // Nobody contoured vessels or ducts: at most that much remains.
    #expect(!liver.isExact)
    let most = try #require(liver.remnantPercent)
    #expect(plan.patientFacts.interval(.plannedLiverRemnant) == 1...most)
    #expect(plan.lesionFacts["H"] != nil)
    scene.add("HepaticVessels", try Scene.box(SIMD3(-40, -10, -50), SIMD3(-20, 10, 50)))
    scene.add("BileDuct_Common", try Scene.box(SIMD3(-10, -5, -20), SIMD3(0, 5, 20)))
    let clear = try scene.plan([.hepaticResection])
    #expect(clear.patientFacts.number(.plannedLiverRemnant) == most)
    scene.tell([.liverMetastasisCount: 3])
    #expect(try scene.plan([.hepaticResection]).patientFacts.number(.plannedLiverRemnant) == nil)
    scene.tell([.liverMetastasisCount: 1, .futureLiverRemnant: 15])
    #expect(try scene.plan([.hepaticResection]).patientFacts[.plannedLiverRemnant].knowledge == .unknown)
    scene.statements[.futureLiverRemnant] = nil
    #expect(try scene.plan([.metastasectomy]).why("H").kind == .resection(.planHepatic))
  }

  /// An organ that reaches the image's edge has no volume to reckon with.
  @Test func whatIsCutOffIsNotReckonedWith() throws {
    func cut(_ name: String, _ solid: Solid) -> Structure {
      Structure(
        name: StructureName(recognizing: name), sourceName: name, solid: solid,
        warnings: [Structure.cutOffWarning], mayBeCutOff: true)
    }
    var scene = Scene()
    scene.structures.append(cut("Liver", try Scene.box(SIMD3(-120, -60, -60), SIMD3(20, 60, 60))))
    try scene.lesion("H", SIMD3(-105, 0, 0), 20, site: .liver)
    let plan = try scene.plan([.hepaticResection])
    #expect(try #require(plan.liver).remnantPercent == nil)
    #expect(plan.patientFacts[.plannedLiverRemnant].knowledge == .unknown)
    var lungs = try Scene.peripheral(right: [-65])
    let lobe = try #require(lungs.structures.first { $0.sourceName == "Lung_RLL" })
    let lung = try #require(lungs.structures.first { $0.sourceName == "Lung_R" })
    lungs.structures.removeAll { ["Lung_RLL", "Lung_R"].contains($0.sourceName) }
    lungs.structures += [cut("Lung_R", lung.solid), cut("Lung_RLL", lobe.solid)]
    let right = try lungs.plan()
    #expect(try right.proposal("R0").choice.technique == .wedge)
    #expect(try right.lobe(.rightLower).segments.expected == nil)
    #expect(try #require(right.lobe(.rightLower).segments.worst) == 5)
    #expect(try !right.stage(.right).remaining.contains { $0.method == .volume })
    #expect(right.remarks.contains { $0.kind == .resection(.cutOff) })
  }

  @Test func lungWithoutASide() throws {
    var scene = Scene()
    scene.add("Lung", try Scene.box(SIMD3(-120, -60, -100), SIMD3(0, 60, 100)))
    try scene.lesion("A", SIMD3(-110, 0, 0), 10)
    let plan = try scene.plan()
    let proposal = try plan.proposal("A")
    #expect(proposal.choice.technique == .wedge)
    #expect(proposal.side == nil)
    #expect(proposal.remarks.contains { $0.kind == .resection(.lungWithoutSide) })
    #expect(plan.stages.isEmpty)
    #expect(plan.lobes.count == 1)
  }

  @Test func liverThatIsMissingOrTwice() throws {
    var scene = Scene()
    try scene.lesion("H", SIMD3(-105, 0, 0), 20, site: .liver)
    #expect(try scene.plan([.hepaticResection]).why("H").kind == .resection(.liverNotContoured))
    scene.add("Liver", try Scene.box(SIMD3(-120, -60, -60), SIMD3(20, 60, 60)))
    scene.add("Liver", try Scene.box(SIMD3(-120, -60, -60), SIMD3(20, 60, 50)))
    let twice = try scene.plan([.hepaticResection]).why("H")
    #expect(twice.kind == .resection(.liverContouredTwice) && twice.names.count == 2)
    scene.structures.removeLast()
    try scene.lesion("G", SIMD3(100, 0, 0), 20, site: .liver)
    let plan = try scene.plan([.hepaticResection])
    #expect(try plan.why("G").kind == .resection(.outsideLiver))
    // One lesion is left: what remains is no fact of the patient's.
    #expect(plan.patientFacts[.plannedLiverRemnant].knowledge == .unknown)
  }
}
