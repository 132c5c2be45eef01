// SPDX-License-Identifier: Apache-2.0
import Interchange
import Anatomy
import Cases
import Dosimetry
import Eligibility
import Facts
import Phantoms
import Planning
import Quantities
import Reasons
import Testing
import Vocabulary

@testable import Radiotherapy

@Suite("What earlier courses gave, and what is left")
struct EarlierCourseTests {
  private func thorax(_ dose: ((CourseDose) throws -> CourseDose)? = nil) throws -> PatientCase {
    var patientCase = try ThoraxCase.made.get()
    patientCase.doses = try dose.map { [try $0(patientCase.doses[0])] } ?? []
    return patientCase
  }

  private func changed(
    _ dose: CourseDose, fractions: Int?? = nil, date: String? = nil, scale: Float = 1,
    prescription: Double? = nil
  ) throws -> CourseDose {
    let grid = dose.grid
    return CourseDose(
      name: dose.name,
      grid: try DoseGrid(
        origin: grid.origin, spacing: grid.spacing, columns: grid.columns, rows: grid.rows,
        planes: grid.planes,
        gray: grid.gray.map { $0 * scale }),
      summation: dose.summation, fractions: fractions ?? dose.fractions,
      prescription: prescription.map { .gray($0) } ?? dose.prescription, date: date ?? dose.date,
      sources: dose.sources)
  }

  private func obstacle(_ patientCase: PatientCase) throws -> String {
    do {
      _ = try ThoraxCase.plan(patientCase) { $0.lesions = ["L2"] }
      return "accepted"
    } catch let obstacle as PlanObstacle {
      return obstacle.message + " — " + obstacle.advice
    }
  }

  @Test("doses without fractions, all zero, or in centigray are refused with what to do")
  func refused() throws {
    #expect(
      try obstacle(try thorax { try changed($0, fractions: .some(nil)) }).contains("how many fractions"))
    #expect(try obstacle(try thorax { try changed($0, scale: 0) }).contains("zero everywhere"))
    #expect(try obstacle(try thorax { try changed($0, scale: 100) }).contains("centigray"))
    #expect(try obstacle(try thorax { try changed($0, date: "2027-01-01") }).contains("after"))
    #expect(try obstacle(try thorax { $0 }) == "accepted")
  }

  @Test("treating L2 again overlaps; L5 in the other lung repeats the organ; intervals are told")
  func kinds() throws {
    let patientCase = try thorax { try changed($0, date: "2025-09-20") }
    let again = try #require(try ThoraxCase.plan(patientCase) { $0.lesions = ["L2"] }.reirradiation.first)
    #expect(again.kind == .typeI && again.isTooSoon == false)
    #expect(abs((again.months ?? 0) - 14.2) < 0.1)
    let other = try #require(try ThoraxCase.plan(patientCase) { $0.lesions = ["L5"] }.reirradiation.first)
    #expect(other.kind == .repeatOrgan || other.kind == .repeatIrradiation)
    let undated = try #require(
      try ThoraxCase.plan(try thorax { $0 }) { $0.lesions = ["L2"] }.reirradiation.first)
    #expect(undated.months == nil && undated.isTooSoon == nil)
  }

  @Test("cumulative limits are asked only where courses overlap, and never of one course alone")
  func overlapOnly() throws {
    let patientCase = try thorax { try changed($0, date: "2025-09-20") }
    let again = try ThoraxCase.plan(patientCase) { $0.lesions = ["L2"] }
    let wall = try #require(again.cumulative.first { $0.organ == .lungs })
    #expect(wall.overlap != nil && !wall.checks.isEmpty)
    // L3 lies on the heart, far from the earlier course: one course at tolerance must not meet a cumulative limit.
    let apart = try ThoraxCase.plan(patientCase) { $0.lesions = ["L3"] }
    let heart = try #require(apart.cumulative.first { $0.organ == .heart })
    #expect((heart.added.expected ?? 0) > 100 && heart.overlap == nil && heart.checks.isEmpty)
    #expect(try ThoraxCase.plan(try thorax()) { $0.lesions = ["L3"] }.cumulative.isEmpty)
    for organ in again.cumulative {
      #expect(
        abs((organ.earlier.expected ?? 0) + (organ.added.expected ?? 0)) >= (organ.sum.expected ?? 0) - 0.5)
      #expect((organ.sum.expected ?? 0) >= max(organ.earlier.expected ?? 0, organ.added.expected ?? 0) - 0.1)
    }
  }

  @Test(
    "a stated organ maximum lies between both doses apart and both in one point; its room is the limit less it"
  )
  func statedMaximum() throws {
    var patientCase = try thorax()
    patientCase.earlierCourses = [
      EarlierCourse(
        name: "mantle", fractions: 20, monthsAgo: 120,
        record: .maxima([
          OrganMaximum(structure: StructureName(recognizing: "SpinalCord"), dose: .gray(40))
        ]), source: "test")
    ]
    let plan = try ThoraxCase.plan(patientCase) { $0.lesions = ["L4"] }
    let cord = try #require(plan.cumulative.first { $0.organ == .spinalCord })
    // 40 Gy in 20 fractions are 40 Gy EQD2; Hunter's limit is 60.
    #expect(abs((cord.earlier.expected ?? 0) - 40) < 1e-9)
    #expect(cord.sum.expected == nil && cord.sum.low >= 40)
    #expect(abs((cord.sum.high ?? 0) - 40 - (cord.added.high ?? 0)) < 0.2)
    #expect(cord.roomLimit?.set == "Hunter" && abs((cord.room?.expected ?? 0) - 20) < 1e-9)
    #expect(plan.reirradiation.first?.kind == .unknown)
    // The heart was not told: nothing is said of it.
    #expect(!plan.cumulative.contains { $0.organ == .heart })
  }

  @Test("a histogram as text tells D0.035cc of the cord and the mean effect of the lungs")
  func curves() throws {
    var patientCase = try thorax()
    let cord = OrganCurve(
      structure: StructureName(recognizing: "SpinalCord"), sourceName: "CORD", volume: .cubicCentimeters(35),
      gray: [0, 10, 20, 30], share: [1, 0.5, 0.002, 0], maximum: .gray(30), mean: nil)
    #expect(abs(try #require(cord.dose(toHottest: .cubicCentimeters(0.035))).gray - 25) < 1e-9)
    #expect(cord.dose(toHottest: .cubicCentimeters(40)) == nil)
    patientCase.earlierCourses = [
      EarlierCourse(name: "old", fractions: 10, record: .curves([cord]), source: "test")
    ]
    let plan = try ThoraxCase.plan(patientCase) { $0.lesions = ["L4"] }
    let found = try #require(plan.cumulative.first { $0.organ == .spinalCord })
    // 25 Gy in 10: 25·(2.5 + 2)/4.
    #expect(abs((found.earlier.expected ?? 0) - 28.125) < 1e-6)
  }

  @Test(
    "a prescription with its target is an estimate with a band, and overlaps where the target is treated again"
  )
  func prescription() throws {
    var patientCase = try thorax()
    patientCase.earlierCourses = [
      EarlierCourse(
        name: "2024", fractions: 3, date: "2024-11-25",
        record: .prescription(.gray(54), isodosePercent: 80, targets: ["L6"]), source: "test")
    ]
    let plan = try ThoraxCase.plan(patientCase) { $0.lesions = ["L6"] }
    #expect(plan.reirradiation.first?.kind == .typeI)
    let lungs = try #require(plan.cumulative.first { $0.organ == .lungs })
    #expect(
      lungs.earlier.low < (lungs.earlier.expected ?? 0)
        && (lungs.earlier.expected ?? 0) < (lungs.earlier.high ?? 0))
    #expect(lungs.remarks.contains { $0.kind == .radiotherapy(.courseEstimated) })
    patientCase.earlierCourses = [
      EarlierCourse(
        name: "2024", fractions: 3,
        record: .prescription(.gray(54), isodosePercent: nil, targets: ["nowhere"]),
        source: "test")
    ]
    #expect(throws: PlanObstacle.self) { try ThoraxCase.plan(patientCase) { $0.lesions = ["L2"] } }
  }

  @Test("recovery is used only when named, needs the interval, and silences limits that assume it")
  func recovery() throws {
    let patientCase = try thorax { try changed($0, date: "2025-09-20") }
    let plain = try ThoraxCase.plan(patientCase) { $0.lesions = ["L2"] }
    let discounted = try ThoraxCase.plan(patientCase) {
      $0.lesions = ["L2"]
      $0.recovery = "all-25-50"
    }
    func lungs(_ plan: SBRTPlan) throws -> CumulativeOrganDose {
      try #require(plan.cumulative.first { $0.organ == .lungs })
    }
    let ratio = (try lungs(discounted).earlier.expected ?? 0) / (try lungs(plain).earlier.expected ?? 1)
    #expect(abs(ratio - 0.5) < 0.01)
    #expect(try lungs(discounted).checks.allSatisfy { $0.limit.assumesMonths == nil })
    #expect(try lungs(discounted).remarks.contains { $0.kind == .radiotherapy(.recoveryCountedTwice) })
    #expect(throws: PlanObstacle.self) {
      try ThoraxCase.plan(try thorax { $0 }) {
        $0.lesions = ["L2"]
        $0.recovery = "all-25-50"
      }
    }
    #expect(throws: PlanObstacle.self) {
      try ThoraxCase.plan(patientCase) { $0.recovery = "nonsense" }
    }
  }

  @Test("a limit given for another α/β is not compared")
  func otherRatio() throws {
    var parameters = try Shipped.parameters()
    let lungs = try #require(parameters.cumulativeLimits.first { $0.organ == .lungs && $0.endpoint == .mean })
    parameters.cumulativeLimits = [
      CumulativeLimit(
        set: "X", organ: .lungs, alphaBeta: AlphaBetaRatio(gray: 2.5), endpoint: lungs.endpoint,
        bounds: (22, 22),
        isPercent: false, isConsensus: false, assumesMonths: nil, sources: ["RT-hunter"], note: nil)
    ]
    let patientCase = try thorax { try changed($0, date: "2025-09-20") }
    let facts = try FactAssembly(
      patientCase, Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
    var options = SBRTOptions()
    options.spacing = .millimeters(4)
    options.lesions = ["L2"]
    let plan = try SBRTPlanner(parameters, options: options).plan(
      patientCase, settings: facts.lesionContexts(of: patientCase), patient: facts.patient)
    let found = try #require(plan.cumulative.first { $0.organ == .lungs })
    let other = try #require(found.remarks.first { $0.kind == .radiotherapy(.otherAlphaBeta) })
    #expect(found.checks.isEmpty && other.figures.first?.value == 2.5 && other.names == ["X"])
  }

  @Test("a real dose reaches assess at once: the lesion it was given to, those near and those far")
  func assessed() throws {
    let patientCase = try thorax { try changed($0, date: "2025-09-20") }
    let facts = try FactAssembly(
      patientCase, Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
    func dose(_ id: String) throws -> FactValue {
      facts.facts(of: try #require(patientCase.lesions.first { $0.id == id }))[.earlierDoseHere]
    }
    guard case .known(.number(let here)) = try dose("L2").knowledge else {
      Issue.record("L2 has no dose")
      return
    }
    // 67.5 Gy and 2 Gy of bath in 3 at the centre: 69.5·(69.5/3 + 3)/5 with α/β 3; voxels of 2.5 mm cut the peak.
    let most = 69.5 * (69.5 / 3 + 3) / 5
    #expect(here < most + 0.1 && here > 0.93 * most)
    #expect(try dose("L2").origin == .measured)
    guard case .known(.number(let far)) = try dose("L5").knowledge else {
      Issue.record("L5 has no dose")
      return
    }
    #expect(far < 3)
    let overlap = facts.facts(of: try #require(patientCase.lesions.first { $0.id == "L2" }))[
      .priorRadiotherapyOverlap]
    #expect(overlap.knowledge == .known(.word("overlap")))
    // Without fractions its effect is not known, and nothing usual is assumed.
    let untold = try thorax { try changed($0, fractions: .some(nil)) }
    let unknown = try FactAssembly(
      untold, Measurements(of: untold), by: try CareProtocolReader.shipped().facts)
    let value = unknown.facts(of: try #require(untold.lesions.first { $0.id == "L2" }))[.earlierDoseHere]
    #expect(value.knowledge == .unknown && value.source.contains("fractions"))
  }
}
