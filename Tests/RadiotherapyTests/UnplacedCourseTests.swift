// SPDX-License-Identifier: Apache-2.0
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

@Suite("Earlier courses told without a place, or in the wrong one")
struct UnplacedCourseTests {
  private func plan(_ courses: [EarlierCourse], lesion: String = "L6", recovery: String? = nil) throws
    -> SBRTPlan
  {
    var patientCase = try ThoraxCase.made.get()
    patientCase.doses = []
    patientCase.earlierCourses = courses
    return try ThoraxCase.plan(patientCase) {
      $0.lesions = [lesion]
      $0.recovery = recovery
    }
  }

  private func uniform(_ name: String, _ cc: Double, _ gray: Double) -> OrganCurve {
    OrganCurve(
      structure: StructureName(recognizing: name), sourceName: name, volume: .cubicCentimeters(cc),
      gray: [0, gray, gray + 1e-6], share: [1, 1, 0], maximum: .gray(gray), mean: nil)
  }

  private func curves(_ name: String, _ fractions: Int, _ curves: [OrganCurve]) -> EarlierCourse {
    EarlierCourse(name: name, fractions: fractions, monthsAgo: 20, record: .curves(curves), source: "test")
  }

  private func maxima(_ name: String, _ fractions: Int, _ organs: [String: Double]) -> EarlierCourse {
    EarlierCourse(
      name: name, fractions: fractions, monthsAgo: 60,
      record: .maxima(
        organs.map { OrganMaximum(structure: StructureName(recognizing: $0.key), dose: .gray($0.value)) }),
      source: "test")
  }

  private func organ(_ plan: SBRTPlan, _ organ: OrganAtRisk) throws -> CumulativeOrganDose {
    try #require(plan.cumulative.first { $0.organ == organ })
  }

  @Test("means add wherever the dose lies, and limits of means are held against the whole sum")
  func means() throws {
    // 15 × 2 Gy to both lungs: 30 Gy EQD2.
    let plan = try plan([curves("old", 15, [uniform("Lungs", 4000, 30)])])
    let lungs = try organ(plan, .lungs)
    #expect(abs((lungs.earlier.expected ?? 0) - 30) < 1e-3)
    let added = try #require(lungs.added.expected)
    #expect(added > 1 && abs((lungs.sum.expected ?? 0) - 30 - added) < 1e-3)
    let troost = try #require(lungs.checks.first { $0.limit.set == "Troost" && $0.limit.endpoint == .mean })
    #expect(troost.outcome == .exceeded && abs((troost.value.expected ?? 0) - 30 - added) < 0.1)
    // Volumes at a dose cannot be told without a place.
    #expect(!lungs.checks.contains { $0.limit.endpoint == .volumeAtDose(20) })
    #expect(lungs.remarks.contains { $0.kind == .radiotherapy(.limitWithoutPlace) })
    // Two such courses: 60, and no room.
    let two = try organ(
      try self.plan([
        curves("a", 15, [uniform("Lungs", 4000, 30)]), curves("b", 15, [uniform("Lungs", 4000, 30)]),
      ]), .lungs)
    #expect(abs((two.earlier.expected ?? 0) - 60) < 1e-3 && two.roomGray == 0)
  }

  @Test("a pair of lungs counts by volume, one lung alone says nothing of both")
  func pair() throws {
    let both = try organ(
      try plan([curves("old", 15, [uniform("Lung_R", 3000, 10), uniform("Lung_L", 1000, 30)])]), .lungs)
    // 10 Gy in 15: 10·(2/3 + 3)/5; 30 Gy in 15: 30.
    #expect(abs((both.earlier.expected ?? 0) - (3 * 10 * (2.0 / 3 + 3) / 5 + 30) / 4) < 1e-3)
    let one = try plan([curves("old", 15, [uniform("Lung_R", 3000, 10)])])
    #expect(!one.cumulative.contains { $0.organ == .lungs })
    let names = ["old", OrganAtRisk.lungs.title]
    #expect(one.remarks.contains { $0.kind == .radiotherapy(.inNoSum) && $0.names == names })
  }

  @Test("stated doses that no sum can take are named")
  func named() throws {
    let plan = try plan([maxima("old", 25, ["SpinalCord": 30, "Lungs": 60, "Kidney_L": 50])])
    #expect(plan.cumulative.contains { $0.organ == .spinalCord })
    for organ in [OrganAtRisk.lungs, .kidneys] {
      #expect(
        plan.remarks.contains { $0.kind == .radiotherapy(.inNoSum) && $0.names == ["old", organ.title] },
        "\(organ): \(plan.remarks)")
    }
    var bare = try ThoraxCase.made.get()
    bare.doses = []
    bare.structures = []
    bare.lesions = bare.lesions.filter { $0.body == nil }
    bare.earlierCourses = [maxima("old", 5, ["SpinalCord": 40])]
    let nothing = try ThoraxCase.plan(bare)
    let told = try #require(nothing.remarks.first { $0.names == ["old", "spinal cord"] }?.because.first)
    #expect(told.kind == .radiotherapy(.toldByMaximum) && told.figures.map(\.value) == [40, 5])
  }

  @Test("of two courses without a place room is reckoned as if both met in one point")
  func room() throws {
    let cord = try organ(
      try plan([maxima("a", 15, ["SpinalCord": 30]), maxima("b", 15, ["SpinalCord": 30])]), .spinalCord)
    #expect(cord.earlier.expected == nil && cord.earlier.low == 30 && cord.earlier.high == 60)
    let limit = try #require(cord.roomLimit?.bounds?.low)
    let most = EquivalentDose2Gy(gray: max(0, limit - 60), alphaBeta: cord.alphaBeta)
    #expect(cord.roomGray == most.isoeffectiveDose(fractions: 3)?.gray)
  }

  @Test("room is not reckoned to a limit that assumes its interval once recovery is")
  func recovery() throws {
    let cord = try organ(
      try plan([maxima("old", 30, ["SpinalCord": 45])], recovery: "nieder-cord"), .spinalCord)
    #expect(cord.roomLimit?.assumesMonths == nil)
  }

  @Test("a course of any name meets the planned one")
  func names() throws {
    func meeting(_ name: String) throws -> DoseBand? {
      let course = EarlierCourse(
        name: name, fractions: 3, monthsAgo: 20,
        record: .prescription(.gray(54), isodosePercent: 80, targets: ["L6"]), source: "test")
      return try organ(try plan([course]), .rib).overlap
    }
    let other = try #require(try meeting("other"))
    #expect(try meeting("planned SBRT") == other)
  }

  @Test("a grid that meets no organ is told, and a plan of one lesion says nothing of the others")
  func distant() throws {
    var patientCase = try ThoraxCase.made.get()
    let dose = try #require(patientCase.doses.first)
    let grid = dose.grid
    patientCase.doses = [
      CourseDose(
        name: "far",
        grid: try DoseGrid(
          origin: grid.origin, spacing: grid.spacing, columns: grid.columns, rows: grid.rows,
          planes: grid.planes.map { $0 - 900 }, gray: grid.gray), summation: dose.summation, fractions: 3,
        sources: [])
    ]
    let plan = try ThoraxCase.plan(patientCase) { $0.lesions = ["L2"] }
    #expect(plan.remarks.contains { $0.kind == .radiotherapy(.gridMeetsNothing) && $0.names == ["far"] })

    let careProtocol = try Shipped.careProtocol.get()
    let measurements = try Measurements(of: patientCase)
    let before = Assessment(of: patientCase, measurements, by: careProtocol)
    let after = Assessment(
      of: patientCase, measurements, by: careProtocol, planned: PlannedFactTables(plan))
    for (old, new) in zip(before.lesions, after.lesions) where old.lesion != "L2" {
      #expect(old == new, "\(old.lesion)")
    }
  }
}
