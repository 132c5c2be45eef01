// SPDX-License-Identifier: Apache-2.0
import Interchange
import Anatomy
import Cases
import Dosimetry
import Eligibility
import Facts
import Phantoms
import PlanarGeometry
import Planning
import Quantities
import Reasons
import Testing
import Vocabulary

@testable import Radiotherapy

/// The thorax phantom and cases made of it.
enum ThoraxCase {
  static let made: Result<PatientCase, any Error> = Result {
    try #require(try PhantomCatalogue.make(name: "thorax")).patientCase
  }

  static func plan(_ patientCase: PatientCase, _ change: (inout SBRTOptions) -> Void = { _ in }) throws
    -> SBRTPlan
  {
    var options = SBRTOptions()
    options.spacing = .millimeters(4)
    options.day = "2026-11-25"
    change(&options)
    let facts = try FactAssembly(
      patientCase, Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
    return try SBRTPlanner(try Shipped.parameters(), options: options).plan(
      patientCase, settings: facts.lesionContexts(of: patientCase), patient: facts.patient)
  }

  static func metric(_ plan: SBRTPlan, _ name: String) throws -> DoseBand {
    try #require(plan.lungs?.metrics.first { $0.name == name }).value
  }
}

@Suite("An SBRT course planned on the thorax phantom")
struct PlannerTests {
  private func thorax() throws -> PatientCase {
    var patientCase = try ThoraxCase.made.get()
    patientCase.doses = []
    return patientCase
  }

  @Test("every contoured lesion has a proposal, the one without a place is named and counts nowhere")
  func wholeCase() throws {
    let plan = try ThoraxCase.plan(try thorax())
    #expect(plan.proposals.map(\.lesion) == ["L1", "L2", "L3", "L4", "L5", "L6", "L7"])
    #expect(plan.unplanned.map(\.lesion) == ["L8"])
    #expect(plan.remarks.contains { $0.kind == .radiotherapy(.notInSums) && $0.names == ["L8"] })
    #expect(plan.remarks.contains { $0.kind == .radiotherapy(.estimateNotDosimetry) })
    let l4 = try #require(plan.proposals.first { $0.lesion == "L4" })
    #expect(l4.centrality?.hilus == .known("groupA") && l4.scheme.fractionation.fractions == 8)
    let l3 = try #require(plan.proposals.first { $0.lesion == "L3" })
    #expect(l3.centrality?.ultracentral == .known("yes") && l3.scheme.requiresBoard)
    #expect(plan.visits == plan.groups.reduce(0) { $0 + $1.fractions })
    #expect(plan.lungCosts.count == 7)
    let costs = plan.lungCosts.compactMap(\.mean.expected)
    #expect(costs == costs.sorted(by: >))
    // Fraction counts differ here: doses of few fractions count more in many.
    #expect(plan.groups.count > 1)
    let plain = try #require(plan.plainLungs.first { $0.name == "Dmean" }).value
    let effect = try #require(ThoraxCase.metric(plan, "Dmean").expected)
    #expect(effect > (plain.expected ?? .infinity))
    // Mean dose is linear: what each target costs alone, told in its own gray, is the plain mean dose in parts.
    let alone = try plan.proposals.map { proposal in
      try #require(
        try ThoraxCase.plan(try thorax()) { $0.lesions = [proposal.lesion] }.lungs?.metrics.first
      ).value.expected ?? 0
    }
    #expect(abs(alone.reduce(0, +) - (plain.expected ?? 0)) < 0.02 * (plain.expected ?? 0))
  }

  @Test("what organs have had is told although no lesion can be planned")
  func nothingToPlan() throws {
    let whole = try ThoraxCase.made.get()
    let kept = whole.lesions.filter { $0.body == nil }
    #expect(kept.map(\.id) == ["L8"])
    var patientCase = whole
    patientCase.lesions = kept
    patientCase.doses = whole.doses.map {
      CourseDose(name: $0.name, grid: $0.grid, summation: $0.summation, fractions: 3, sources: [])
    }
    #expect(!patientCase.doses.isEmpty)
    let plan = try ThoraxCase.plan(patientCase)
    #expect(
      plan.proposals.isEmpty && plan.organs.isEmpty && plan.groups.isEmpty && plan.reirradiation.isEmpty)
    let lungs = try #require(plan.cumulative.first { $0.organ == .lungs })
    #expect(lungs.earlier.low > 0 && lungs.added == DoseBand(expected: 0, low: 0, high: 0))
    #expect(lungs.overlap == nil && lungs.roomGray == nil)
    // The same earlier dose as beside a plan.
    let beside = try ThoraxCase.plan(
      {
        var other = whole
        other.doses = patientCase.doses
        return other
      }()
    ) { $0.lesions = ["L1"] }
    // Not the lungs: without contoured lesions nothing is taken from them.
    for organ in [OrganAtRisk.rib, .heart, .liver] {
      let alone = try #require(plan.cumulative.first { $0.organ == organ }).earlier
      #expect(alone == beside.cumulative.first { $0.organ == organ }?.earlier, "\(organ)")
    }
    // And L8 keeps what is stated of it.
    let l8 = try #require(plan.unplanned.first)
    #expect(l8.choice?.scheme != nil && l8.choice?.providedThat.isEmpty == false)
  }

  @Test("means of organs that beams pass through have no upper end")
  func passedThrough() throws {
    let plan = try ThoraxCase.plan(try thorax()) { $0.lesions = ["L6"] }
    let heart = try #require(plan.organs.first { $0.organ == .heart })
    let mean = try #require(heart.metrics.first { $0.name == "Dmean" }).value
    #expect(mean.high == nil && mean.expected != nil)
    #expect(heart.remarks.contains { $0.kind == .radiotherapy(.noUpperEnd) })
    #expect(try ThoraxCase.metric(plan, "Dmean").high != nil)
  }

  @Test("bands are in order everywhere, and each added lesion never lowers an organ's dose")
  func monotone() throws {
    var last: [OrganAtRisk: Double] = [:]
    var lastV20 = -1.0
    for count in 1...7 {
      let lesions = Set(["L2", "L6", "L5", "L7", "L1", "L3", "L4"].prefix(count))
      let plan = try ThoraxCase.plan(try thorax()) {
        $0.lesions = lesions
        // One fraction count, so that sums are physical.
        $0.schemeForAll = "L-UC-60/8"
      }
      #expect(plan.groups.count == 1)
      for organ in plan.organs {
        for metric in organ.metrics {
          let value = metric.value
          #expect(
            value.low <= (value.expected ?? 0) + 1e-9
              && (value.expected ?? 0) <= (value.high ?? .infinity) + 1e-9)
        }
        let first = try #require(organ.metrics.first).value.expected ?? 0
        #expect(first >= (last[organ.organ] ?? 0) - 0.05, "\(organ.organ) with \(lesions)")
        last[organ.organ] = first
      }
      let v20 = try #require(ThoraxCase.metric(plan, "V20Gy").expected)
      #expect(v20 >= lastV20)
      lastV20 = v20
    }
  }

  @Test("a grown target holds its lesion, is the lesion with both margins, and a drawn one goes before it")
  func targets() throws {
    let body = try Shipped.ball(SIMD3(5, 5, 5), cc: 4.189)
    func plan(_ targets: [TargetVolume], technique: String? = nil, motion: Double? = nil) throws -> SBRTPlan {
      var lesion = Lesion(
        id: "A", sourceName: "A", site: .lung, side: .left, lobe: .leftUpper, body: .contoured(body))
      if let motion { lesion.statements[.respiratoryMotion] = Statement(.number(motion), source: "4D CT") }
      let patientCase = PatientCase(lesions: [lesion], targets: targets)
      return try ThoraxCase.plan(patientCase) { $0.technique = technique }
    }
    func cc(_ plan: SBRTPlan) throws -> Double {
      try #require(plan.proposals.first).target.solid.volume.cubicCentimeters
    }
    // Upper lobe 3 mm peak to peak in every direction: a ball of 10 + 1.5 + 5 mm.
    let grown = try plan([])
    #expect(abs(try cc(grown) / (4.18879 * 1.65 * 1.65 * 1.65) - 1) < 0.015)
    let assumed = try #require(grown.proposals.first).target.remarks.map(\.kind)
    #expect(assumed.contains(.radiotherapy(.motionAssumed)))
    #expect(assumed.contains(.radiotherapy(.techniqueAssumed)))
    // Without a 4D CT motion lies in the margin: 15, 15 and 20 mm half axes.
    #expect(abs(try cc(try plan([], technique: "noFourDCT")) / (4.18879 * 1.5 * 1.5 * 2) - 1) < 0.03)
    // A stated motion goes along the body.
    let moved = try #require(try plan([], motion: 20).proposals.first).target
    #expect(moved.motionMargin == SIMD3(1.5, 1.5, 10))
    #expect(!moved.remarks.contains { $0.kind == .radiotherapy(.motionAssumed) })
    let drawn = try Shipped.ball(SIMD3(5, 5, 5), cc: 30)
    let itv = try Shipped.ball(SIMD3(5, 5, 5), cc: 10)
    let ptv = TargetVolume(sourceName: "PTV_A", solid: drawn, lesions: ["A"])
    let inner = TargetVolume(sourceName: "ITV_A", solid: itv, lesions: ["A"])
    let given = try #require(try plan([inner, ptv]).proposals.first).target
    #expect(given.basis == .contouredPTV && given.solid == drawn)
    let fromITV = try #require(try plan([inner]).proposals.first).target
    #expect(fromITV.basis == .contouredITV && fromITV.motionMargin == .zero)
    let radius = itv.volume.equivalentSphereDiameter.millimeters / 2 + 5
    #expect(
      abs(fromITV.solid.volume.cubicMillimeters / (4 / 3 * Double.pi * radius * radius * radius) - 1) < 0.015)
    #expect(throws: PlanObstacle.self) { try plan([], technique: "nonsense") }
  }

  @Test("without both lungs nothing is said of both lungs")
  func oneLung() throws {
    var patientCase = try thorax()
    patientCase.structures.removeAll {
      $0.name.tg263 == "Lung_L" || $0.name.tg263 == "Lung_LUL" || $0.name.tg263 == "Lung_LLL"
    }
    let plan = try ThoraxCase.plan(patientCase) { $0.lesions = ["L2"] }
    #expect(plan.lungs == nil && plan.pneumonitis == nil && plan.lungCosts.isEmpty)
    #expect(plan.subset?.limits.contains { $0.names.first == OrganAtRisk.lungs.title } != true)
    let lungs = try #require(plan.organs.first { $0.organ == .lungs })
    #expect(lungs.checks.allSatisfy { $0.outcome == .unknown })
    #expect(plan.patientFacts[.sbrtLungV20].knowledge == .unknown)
    #expect(plan.remarks.contains { $0.kind == .radiotherapy(.lungsNotContoured) })
  }

  @Test("options that name nothing are refused with what there is")
  func obstacles() throws {
    let patientCase = try thorax()
    for change in [
      { (options: inout SBRTOptions) in options.lesions = ["L99"] },
      { (options: inout SBRTOptions) in options.schemes = ["L2": "nonsense"] },
      { (options: inout SBRTOptions) in options.schemeForAll = "B-30/3" },
    ] {
      #expect(throws: PlanObstacle.self) { try ThoraxCase.plan(patientCase, change) }
    }
    let fixed = try ThoraxCase.plan(patientCase) {
      $0.lesions = ["L4"]
      $0.schemes = ["L4": "L-P-54/3"]
    }
    let choice = try #require(fixed.proposals.first).choice
    #expect(choice.scheme?.id == "L-P-54/3")
    #expect(choice.override?.kind == .radiotherapy(.fixedAgainstProtocol))
  }

  /// Yaparpalvi 2018: V20 4.8 ± 3.2 %, V5 16.4 ± 9.2 % at R50 4.4; PMC7718514, small lesions: V20 1.0 (0.3–1.2),
  /// V5 6.8 (1.5–16.7), mean 1.3 (0.3–2.3) Gy.
  @Test("published lung doses of single targets are met on the phantom's lungs")
  func publishedRows() throws {
    let patientCase = try thorax()
    var v20: [Double] = []
    for lesion in ["L4", "L6", "L3", "L2"] {
      let plan = try ThoraxCase.plan(patientCase) {
        $0.lesions = [lesion]
        $0.schemeForAll = "L-50/5"
      }
      v20.append(try #require(ThoraxCase.metric(plan, "V20Gy").expected))
    }
    let mean = v20.reduce(0, +) / 4
    #expect(mean > 1.6 && mean < 8, "\(v20)")
    for lesion in ["L1", "L7"] {
      let plan = try ThoraxCase.plan(patientCase) {
        $0.lesions = [lesion]
        $0.schemeForAll = "L-50/5"
      }
      let (v20, v5) = (try ThoraxCase.metric(plan, "V20Gy"), try ThoraxCase.metric(plan, "V5Gy"))
      #expect((0.3...1.25).contains(v20.expected ?? 0), "\(lesion) \(v20)")
      #expect((1.5...16.7).contains(v5.expected ?? 0), "\(lesion) \(v5)")
      #expect((0.3...2.3).contains(try ThoraxCase.metric(plan, "Dmean").expected ?? 0))
    }
  }
}

@Suite("Facts of a planned course in the verdicts")
struct PlannedFactTests {
  @Test(
    "an estimate never excludes: with and without a plan SBRT has no more exclusions, and distance rules give way"
  )
  func neverExcludes() throws {
    let patientCase = try ThoraxCase.made.get()
    let careProtocol = try Shipped.careProtocol.get()
    let measurements = try Measurements(of: patientCase)
    let before = Assessment(of: patientCase, measurements, by: careProtocol)
    let plan = try ThoraxCase.plan(patientCase)
    let after = Assessment(
      of: patientCase, measurements, by: careProtocol, planned: PlannedFactTables(plan))
    for (old, new) in zip(before.lesions, after.lesions) {
      func sbrt(_ judged: LesionJudgement) throws -> ModalityJudgement {
        try #require(judged.modalities.first { $0.modality == .sbrt })
      }
      if try sbrt(old).verdict != .ineligible { #expect(try sbrt(new).verdict != .ineligible) }
      for finding in try sbrt(new).findings where finding.value.origin == .estimated {
        #expect(finding.effect != .excludes)
      }
      // Other therapies know nothing of it.
      #expect(
        old.modalities.filter { $0.modality != .sbrt } == new.modalities.filter { $0.modality != .sbrt })
    }
    let l3 = try #require(
      after.lesions.first { $0.lesion == "L3" }?.modalities.first { $0.modality == .sbrt })
    #expect(l3.findings.contains { $0.rule == "sbrt.dose.heart" && $0.effect == .conditions })
    #expect(l3.findings.contains { $0.rule == "sbrt.heart" && $0.effect == .silenced })
  }

  @Test("before a plan the rules on planned dose say nothing and ask for nothing")
  func withoutPlan() throws {
    let patientCase = try ThoraxCase.made.get()
    let assessment = try Assessment(
      of: patientCase, Measurements(of: patientCase), by: try Shipped.careProtocol.get())
    for judged in assessment.lesions.flatMap(\.modalities) {
      #expect(!judged.findings.contains { $0.fact.definition.isPlanned })
      #expect(!judged.missing.contains { $0.fact.definition.isPlanned })
    }
  }
}
