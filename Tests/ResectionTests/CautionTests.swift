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

/// What must never look better than it is: lesions left out, lobes and lungs that go, estimates beside statements.
@Suite struct CautionTests {
  /// A lesion of a list, 6 mm from a bronchus: its lobe has to go.
  private func central(_ id: String, _ lobe: Lobe?, side: Side? = nil, in scene: inout Scene) {
    scene.listed(
      id, side: side, lobe: lobe,
      [.longestAxialDiameter: 12, .depthFromPleura: 15, .clearance(.bronchialTree): 6])
  }

  @Test func twoLobesOfALungAreForTheBoard() throws {
    var scene = Scene()
    scene.tellClear()
    scene.tell([.diseaseFreeInterval: 40, .obstructedSegments: 0])
    central("A", .rightUpper, in: &scene)
    #expect(try scene.plan().completeness == .complete)
    central("B", .rightLower, in: &scene)
    let plan = try scene.plan()
    #expect(plan.completeness == .board)
    #expect(plan.irlmGroup == nil)
    #expect(plan.lobes.allSatisfy { $0.isForBoard })
    #expect(plan.lesionFacts["A"]?.word(.resectionTechnique) == "extended")
    #expect(plan.thoracoscore?.unknown.contains("pneumonectomy") == true)
  }

  @Test func aWholeLungIsAPneumonectomyAndBothAreNone() throws {
    var scene = Scene()
    central("A", .leftUpper, in: &scene)
    central("B", .leftLower, in: &scene)
    let one = try scene.plan()
    #expect(one.completeness == .board)
    #expect(one.thoracoscore?.unknown.contains("pneumonectomy") == false)
    #expect(try #require(one.cardiacRisk).points.lowerBound == 1.5)
    for (id, lobe) in [("C", Lobe.rightUpper), ("D", .rightMiddle), ("E", .rightLower)] {
      central(id, lobe, in: &scene)
    }
    let both = try scene.plan()
    // By smaller margins something may be left: the board's question, never called complete.
    #expect(both.completeness == .board)
    #expect(both.irlmGroup == nil)
    // Without a perfusion scan nobody knows what a whole lung costs.
    #expect(try both.stage(.left).left.worst == nil)
    #expect(try both.stage(.left).flows.isEmpty)
  }

  @Test func sidesNeverLoseMoreThanTheyHave() throws {
    var scene = Scene()
    scene.tell([.fev1: 80, .perfusionRight: 40, .obstructedSegments: 0])
    for lobe in [Lobe.rightUpper, .rightMiddle, .rightLower] { central(lobe.abbreviation, lobe, in: &scene) }
    let stage = try scene.plan().stage(.right)
    #expect(try #require(stage.segments.worst) == 10)
    #expect(abs(try #require(stage.left.worst) - 0.6) < 1e-12)
  }

  @Test func whatIsNotPlannedCostsSomething() throws {
    var scene = try Scene.peripheral(right: [-65])
    scene.tell([.fev1: 80, .dlco: 80, .obstructedSegments: 0])
    let whole = try scene.plan()
    #expect(whole.lesionFacts["R0"]?.interval(.ppoFEV1) != nil)
    #expect(whole.lesionFacts["R0"]?.word(.operativeRisk) == "low")
    scene.listed("B", side: .right, [.longestAxialDiameter: 40])
    let part = try scene.plan()
    let stage = try part.stage(.right)
    #expect(stage.without == ["B"])
    #expect(stage.segments.worst == nil)
    #expect(stage.flows.isEmpty)
    let range = try #require(part.lesionFacts["R0"]?.interval(.ppoFEV1))
    #expect(range.lowerBound == 0)
    #expect(part.lesionFacts["R0"]?.word(.operativeRisk) == nil)
    // On the other side it costs nothing here; of an unknown side it may.
    scene.lesions[1].side = .left
    #expect(try scene.plan().stage(.right).without.isEmpty)
    scene.lesions[1].side = nil
    #expect(try scene.plan().stage(.right).without == ["B"])
  }

  @Test func unknownLobesShareNothing() throws {
    var scene = Scene()
    central("A", nil, side: .right, in: &scene)
    scene.listed(
      "B", side: .right, [.longestAxialDiameter: 8, .depthFromPleura: 3, .clearance(.bronchialTree): 40])
    let plan = try scene.plan()
    #expect(plan.lobes.count == 1)
    #expect(plan.lobes[0].pieces.map(\.lesions) == [["A"], ["B"]])
    #expect(plan.lobes[0].segments.expected == nil && plan.lobes[0].segments.worst == nil)
    #expect(plan.lesionFacts["B"]?.word(.resectionTechnique) == "wedge")
  }

  @Test func diseaseElsewhereIsNotCleared() throws {
    var scene = try Scene.peripheral(right: [-65])
    scene.tell([.diseaseFreeInterval: 40])
    // Nothing told is nothing cleared.
    #expect(try scene.plan().irlmGroup == nil)
    scene.tellClear()
    #expect(try scene.plan().irlmGroup == .one)
    scene.lesions.append(Lesion(id: "PL", sourceName: "PL", site: .pleura))
    let plan = try scene.plan()
    #expect(plan.elsewhere == [Reason(.resection(.elsewhere), of: .site(.pleura), names: ["PL"])])
    #expect(plan.irlmGroup == nil)
    scene.lesions.removeLast()
    scene.tell(words: [.extrathoracicDisease: "uncontrolled"])
    let other = try scene.plan()
    #expect(other.irlmGroup == nil)
    #expect(!other.notes.contains { $0.note.id == "survival.complete" })
  }

  @Test func aCountBelowTheListDoesNotWin() throws {
    var scene = try Scene.peripheral(right: [-65], left: [-50])
    scene.tellClear()
    scene.tell([.diseaseFreeInterval: 40, .lungMetastasisCount: 1])
    let plan = try scene.plan()
    #expect(plan.irlmGroup == .two)
  }

  @Test func earlierLossLeavesCountingOpen() throws {
    var scene = try Scene.peripheral(right: [-65])
    scene.tell([.fev1: 80, .dlco: 80], words: [.singleLung: "yes"])
    let open = try scene.plan().stage(.right)
    #expect(open.remaining.first { $0.method == .segmentCounting }?.expected == nil)
    #expect(open.fev1.worst == nil)
    scene.tell([.obstructedSegments: 9])
    #expect(try scene.plan().stage(.right).fev1.worst != nil)
    var before = try Scene.peripheral(right: [-65])
    before.tell([.fev1: 80])
    before.priorTherapies = [
      PriorTherapy(kind: .resection, lesion: nil, site: "lung", side: "right", monthsAgo: 20)
    ]
    #expect(try before.plan().stage(.right).fev1.worst == nil)
  }

  @Test func bothSidesAreNotWalkedThroughGuidelines() throws {
    var scene = try Scene.peripheral(right: [-65], left: [-50])
    scene.tell([.fev1: 90, .dlco: 90, .obstructedSegments: 0])
    let plan = try scene.plan()
    #expect(try plan.stage(.right).flows.count == 3)
    #expect(try plan.stage(.right, .left).flows.isEmpty)
  }

  /// With the trachea alone contoured the bronchi may be anywhere nearer: open, and no figure made up.
  @Test func tracheaAloneLeavesBronchiOpen() throws {
    var scene = try Scene.lungs(tree: false)
    scene.add("Trachea", try Scene.box(SIMD3(12, -8, 40), SIMD3(28, 8, 100)))
    try scene.lesion("A", SIMD3(-60, 0, 60), 10)
    let proposal = try scene.plan().proposal("A")
    #expect(proposal.choice.technique == .segmentectomy)
    #expect(proposal.choice.open.contains { $0.kind == .resection(.distanceOpen) })
    #expect(
      !proposal.choice.reasons.contains {
        $0.kind == .resection(.tooNearForSegment)
      })
    #expect(
      proposal.remarks.contains {
        $0.kind == .resection(.bronchiUnknown) || $0.kind == .resection(.bronchiAndVesselsUnknown)
      })
  }

  @Test func onTheBronchusIsForTheBoard() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-46, 0, 60), 14)
    #expect(try scene.plan().proposal("A").choice.technique == .extended)
  }

  @Test func invasionOfTheWallIsSeen() throws {
    var scene = try Scene.lungs()
    scene.add("Chestwall_R", try Scene.box(SIMD3(-150, -60, -100), SIMD3(-120, 60, 100)))
    try scene.lesion("A", SIMD3(-119, 0, -65), 20)
    try scene.lesion("B", SIMD3(-110.2, 30, -65), 20)
    let plan = try scene.plan()
    #expect(try plan.proposal("A").choice.technique == .extended)
    // A contour that overlaps by less than measurement error does not invade.
    #expect(try plan.proposal("B").choice.technique == .wedge)
  }

  @Test func touchingAFissureByAHairIsNoInvasion() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-110, 0, -35.8), 12)
    let proposal = try scene.plan().proposal("A")
    #expect(proposal.choice.technique == .wedge)
    #expect(proposal.flips.contains { $0.kind == .resection(.touchesFissure) })
  }

  /// A tenth of a cubic centimetre across a lobe's border, less than two contours are off by: a question with both answers.
  @Test func aDoubtfulContactIsAQuestion() throws {
    var scene = try Scene.lungs()
    // 16 mm, 2 mm of it beyond the border at z −30: a cap of 0.092 cc; B reaches 5 mm across: 0.5 cc.
    try scene.lesion("A", SIMD3(-110, 0, -36), 16)
    try scene.lesion("B", SIMD3(-110, 45, -33), 16)
    let plan = try scene.plan()
    let proposal = try plan.proposal("A")
    let volume = try #require(
      try Measurements(of: scene.patientCase)[lesion: "A"]?.clearances.first {
        $0.structure.lobe == .rightMiddle
      }
    ).clearance.overlap.cubicCentimeters
    #expect(abs(volume - 0.092) < 0.02)
    #expect(proposal.choice.technique == .wedge)
    let question = try #require(proposal.choice.question)
    #expect(
      question.kind == .resection(.unsettled) && question.names == ["wedge"]
        && question.because.contains { $0.kind == .resection(.shares) && $0.names == ["Lung_RML"] })
    // What is open is judged as the worse answer, and says what is asked.
    let fact = try #require(plan.lesionFacts["A"]?[.resectionTechnique])
    #expect(fact.knowledge == .known(.word("unsettled")) && fact.source.contains("Lung_RML"))
    #expect(try plan.proposal("B").choice.technique == .extended && plan.proposal("B").choice.question == nil)
  }

  /// Lobes that leave a lesion out show no fissure: it may reach into the lobe that it lies against.
  @Test func aLesionLeftOutBetweenLobesIsAQuestion() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-110, 0, -30), 16)
    let body = try #require(scene.lesions[0].body?.solid)
    for index in scene.structures.indices where scene.structures[index].name.role == .lobe {
      let lobe = scene.structures[index]
      let cut = Structure(
        name: lobe.name, sourceName: lobe.sourceName, solid: try lobe.solid.subtracting(body) ?? lobe.solid)
      scene.structures[index] =
        lobe.name.lobe == .rightLower ? try LungCompletion.completed(cut, by: body) : cut
    }
    let plan = try scene.plan()
    let question = try #require(plan.proposal("A").choice.question)
    #expect(question.because.contains { $0.kind == .resection(.liesAgainst) && $0.names == ["Lung_RML"] })
    #expect(plan.lesionFacts["A"]?[.resectionTechnique].knowledge == .known(.word("unsettled")))
  }

  /// A derived wall is where the lung ends, so a lesion that bulges beyond it may reach it: for the eye, not for a verdict.
  @Test func aDerivedNeighbourIsAQuestion() throws {
    var scene = try Scene.lungs()
    let wall = try Scene.box(SIMD3(-150, -60, -100), SIMD3(-120, 60, 100))
    scene.structures.append(
      Structure(
        name: StructureName(recognizing: "Chestwall_R"), sourceName: "Lung_R", solid: wall,
        derivation: "a rind"))
    try scene.lesion("A", SIMD3(-117, 0, -65), 20)
    let proposal = try scene.plan().proposal("A")
    #expect(proposal.choice.technique == .wedge)
    #expect(
      proposal.choice.question?.because.contains {
        $0.kind == .resection(.sharesDerived) && $0.names == ["Chestwall_R"]
      } == true)
  }

  @Test func spoiltLobesGiveWayToTheLung() throws {
    var scene = try Scene.lungs()
    scene.structures.removeAll { $0.sourceName == "Lung_RML" }
    scene.add("Lung_RML", try Scene.box(SIMD3(-120, -60, -50), SIMD3(0, 60, 20)))
    try scene.lesion("A", SIMD3(-60, 0, -70), 10)
    let proposal = try scene.plan().proposal("A")
    #expect(proposal.lobe == nil)
    // 25 mm to the floor of the lung, though 15 mm to the surface of the spoilt lobe.
    #expect(abs(proposal.nearestPleura.millimeters - 25) < 0.2)
    #expect(proposal.choice.technique == .segmentectomy)
  }

  @Test func sizesThatAreRangesAreHeldAtBothEnds() throws {
    let criteria = try Shipped.parameters().localisation
    func answer(_ low: Double, _ high: Double, nearest: Double) -> Localisation {
      Localisation(
        diameters: .millimeters(low)...(.millimeters(high)), nearest: .millimeters(nearest),
        deepest: .millimeters(nearest + 8), isLowDensity: false, criteria)
    }
    #expect(answer(5, 10, nearest: 3).saito == .unknown)
    #expect(answer(5, 10, nearest: 6).saito == .advised)
    #expect(answer(9, 10, nearest: 3).saito == .notNeeded)
    #expect(answer(5, 10, nearest: 3).nakashimaCriteria == 0...2)
  }

  /// What somebody stated counts before what a plan estimates, and the difference is told.
  @Test func statementsGoBeforePlans() throws {
    var scene = try Scene.peripheral(right: [-65])
    scene.tell([.fev1: 90, .dlco: 90, .obstructedSegments: 0, .ecog: 0])
    scene.lesions[0].statements[.ppoFEV1] = Statement(.number(25), source: "laboratory")
    let patientCase = scene.patientCase
    let assessment = try Assessment(
      of: patientCase, try Measurements(of: patientCase), by: Shipped.careProtocol(),
      planned: PlannedFactTables(try scene.plan()))
    let surgery = try #require(assessment.lesions[0].modalities.first { $0.modality == .metastasectomy })
    #expect(surgery.findings.contains { $0.rule == "lung.surgery.plan.fev1" && $0.grade == .caution })
    #expect(surgery.verdict == .conditional)
    #expect(assessment.warnings.contains { $0.contains("stated and planned differently") })
  }

  /// Deep lesions side by side are one segmentectomy; apart they are two.
  @Test(arguments: [(24.0, 1), (44, 2)])
  func deepNeighboursAreOneSegmentectomy(apart: Double, pieces: Int) throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-60, -apart / 2, -65), 10)
    try scene.lesion("B", SIMD3(-60, apart / 2, -65), 10)
    let lobe = try scene.plan().lobe(.rightLower)
    #expect(lobe.pieces.allSatisfy { $0.technique == .segmentectomy })
    #expect(lobe.pieces.count == pieces)
    #expect(try #require(lobe.segments.expected) == Double(pieces))
    #expect(try #require(lobe.segments.worst) == Double(min(5, 2 * pieces)))
  }

  @Test func hybridsTakeTheOuterAndLeaveTheDeep() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-110, 0, -65), 10)
    try scene.lesion("B", SIMD3(-60, 0, 60), 10)
    let plan = try scene.plan()
    let hybrid = try #require(plan.variants.first { $0.habit == .hybrid })
    #expect(hybrid.leftToOthers == ["B"])
    #expect(hybrid.lobes.flatMap(\.lesions) == ["A"])
    let whole = try #require(plan.stage(.right).segments.expected)
    #expect(try #require(hybrid.right.expected) < whole)
    // Where every lesion is a wedge there is nothing to leave.
    scene.lesions.removeLast()
    #expect(try !scene.plan().variants.contains { $0.habit == .hybrid })
  }

  @Test func marksAndReoperationsAreToldForTheSide() throws {
    var scene = try Scene.lungs()
    try scene.lesion("A", SIMD3(-110, 0, -65), 10)
    try scene.lesion("B", SIMD3(-104, 40, -65), 8)
    #expect(try scene.plan().stage(.right).toMark == ["B"])
    #expect(try scene.plan().stage(.right).isReoperation == nil)
    scene.priorTherapies = []
    #expect(try scene.plan().stage(.right).isReoperation == false)
    scene.priorTherapies = [
      PriorTherapy(kind: .resection, lesion: nil, site: "lung", side: "right", monthsAgo: 20)
    ]
    #expect(try scene.plan().stage(.right).isReoperation == true)
  }

  @Test(arguments: [(6.0, IRLMGroup.two), (7, nil)])
  func synchronousDiseaseHasNoInterval(months: Double, group: IRLMGroup?) throws {
    var scene = try Scene.peripheral(right: [-65])
    scene.tellClear()
    scene.tell([.monthsSinceDiagnosis: months])
    #expect(try scene.plan().irlmGroup == group)
  }

  /// What is planned on an unknown side costs something on either; no lung lies in the midline.
  @Test(arguments: [nil, Side.midline])
  func unknownSidesCountOnBoth(side: Side?) throws {
    var scene = try Scene.peripheral(right: [-65])
    scene.tell([.fev1: 80, .dlco: 80, .obstructedSegments: 0])
    central("C", nil, side: side, in: &scene)
    let plan = try scene.plan()
    let stage = try plan.stage(.right)
    #expect(stage.without == ["C"])
    #expect(stage.fev1.worst == nil)
    #expect(stage.flows.isEmpty)
    #expect(stage.remaining.allSatisfy { $0.worst == nil })
    #expect(plan.variants.allSatisfy { $0.right.worst == nil })
    // Its lobe may be any: what it comes to is unknown.
    #expect(plan.completeness == .unknown)
  }

  /// At worst is never better than expected, whatever the ways of reckoning say.
  @Test(arguments: [10.0, 40, 50, 85, 100])
  func worstIsNeverBetterThanExpected(perfusion: Double) throws {
    var scene = try Scene.lungs()
    scene.add("Heart", try Scene.box(SIMD3(-20, -20, -80), SIMD3(30, 20, -40)))
    try scene.lesion("A", SIMD3(-26, 0, -60), 14)
    try scene.lesion("B", SIMD3(-110, 0, 60), 10)
    scene.tell([.fev1: 80, .perfusionRight: perfusion, .obstructedSegments: 0])
    let left = try scene.plan().stage(.right).left
    #expect(try #require(left.worst) <= (left.expected ?? 1) + 1e-12)
  }

  /// A stated marking counts before the plan's, too, and is told.
  @Test func statedMarkingCounts() throws {
    var scene = try Scene.lungs()
    try scene.lesion("B", SIMD3(-104, 40, -65), 8)
    scene.lesions[0].statements[.thoracoscopicLocalisation] = Statement(
      .word("notNeeded"), source: "surgeon")
    let patientCase = scene.patientCase
    let assessment = try Assessment(
      of: patientCase, try Measurements(of: patientCase), by: Shipped.careProtocol(),
      planned: PlannedFactTables(try scene.plan()))
    #expect(assessment.warnings.contains { $0.contains("thoracoscopic localisation") })
    let surgery = try #require(assessment.lesions[0].modalities.first { $0.modality == .metastasectomy })
    #expect(
      surgery.findings.contains { $0.rule == "lung.surgery.plan.localisation" && $0.grade == .favourable })
  }
}
