// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Facts
import Interchange
import Phantoms
import Planning
import Quantities
import Testing
import Vocabulary

@testable import Dosimetry
@testable import Radiotherapy

/// Earlier courses are summed once a case; each course that is planned beside them is added.
@Suite("Earlier courses summed once")
struct EarlierSumTests {
  /// A grid of nodes whose doses are drawn, some of them unknown.
  private func drawn(
    _ generator: inout SplitMix64, from low: SIMD3<Double>, step: Double, _ size: SIMD3<Int>, most: Double,
    unknown: Double = 0
  ) throws -> DoseGrid {
    try DoseGrid(
      origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step), columns: size.x, rows: size.y,
      planes: (0..<size.z).map { low.z + Double($0) * step },
      gray: (0..<(size.x * size.y * size.z)).map { _ in
        Double.random(in: 0...1, using: &generator) < unknown
          ? .nan : Float(Double.random(in: 0...most, using: &generator))
      })
  }

  /// The sum at a place as it is defined, one place at a time.
  private func reference(
    _ parts: [CourseContribution], at place: SIMD3<Double>, _ ratio: Double
  ) -> SIMD3<Double> {
    var physical: [String: SIMD3<Double>] = [:]
    var fractions: [String: Double] = [:]
    for part in parts {
      let key = "\(part.course) \(part.fractions) \(part.isEarlier)"
      physical[key, default: .zero] += SIMD3(
        part.low.bounds(at: place).low, part.nominal.bounds(at: place).low, part.high.bounds(at: place).high)
      fractions[key] = Double(part.fractions)
    }
    return physical.reduce(.zero) { sum, entry in
      let count = fractions[entry.key] ?? 1
      return sum + entry.value * (entry.value / count + SIMD3(repeating: ratio)) / (2 + ratio)
    }
  }

  @Test("at every node of an organ the sum is what it is defined to be", arguments: 0..<12)
  func nodes(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let three = try #require(AlphaBetaRatio(gray: 3))
    // The first grid ends inside the organ; of the second some nodes are unknown.
    let first = try drawn(
      &generator, from: SIMD3(-20.3, -17, -21), step: 3.1, SIMD3(10, 12, 14), most: 30)
    let second = try drawn(
      &generator, from: SIMD3(-30, -30, -30), step: 4, SIMD3(16, 16, 16), most: 20,
      unknown: seed % 2 == 0 ? 0.02 : 0)
    let planned = try (0..<3).map { _ in
      try drawn(&generator, from: SIMD3(repeating: -32), step: 4, SIMD3(17, 17, 17), most: 12)
    }
    let parts = [
      CourseContribution(measured: first, course: "A", fractions: 5),
      CourseContribution(measured: second, course: "B", fractions: 10),
      CourseContribution(
        course: "planned", fractions: 8, low: BoundedDose(planned[0]), nominal: BoundedDose(planned[1]),
        high: BoundedDose(planned[2]), isEarlier: false),
    ]
    let organ = try Shipped.box(SIMD3(12, 9, 15))
    let past = try EarlierOrganDose(
      parts, over: organ, alphaBeta: three, spacing: .millimeters(2.5), overlapGray: 6)
    let total = try AccumulatedDose(past, with: [parts[2]])
    let lattice = past.lattice
    var (met, met2, count) = (0, 0, 0)
    for (plane, runs) in lattice.runs.enumerated() {
      for run in runs {
        for column in run.columns {
          let place = lattice.place(column, run.row, plane)
          let node = (plane * lattice.size.y + run.row) * lattice.size.x + column
          let earlier = reference(Array(parts[..<2]), at: place, 3)
          let whole = reference(parts, at: place, 3)
          for (axis, grid) in total.earlier.grids.enumerated() {
            #expect(abs(Double(grid.gray[node]) - earlier[axis]) < 1e-4)
          }
          for (axis, grid) in total.sum.grids.enumerated() {
            #expect(abs(Double(grid.gray[node]) - whole[axis]) < 1e-4)
          }
          let each = parts.map { reference([$0], at: place, 3) }
          let isMet = each.count { $0.y >= 6 } > 1
          let mayMeet = each.count { $0.z >= 6 } > 1
          #expect(abs(Double(total.overlap.gray[node]) - (isMet ? whole.y : 0)) < 1e-4)
          #expect(abs(Double(total.highOverlap.gray[node]) - (mayMeet ? whole.z : 0)) < 1e-4)
          (met, met2, count) = (met + (isMet ? 1 : 0), met2 + (mayMeet ? 1 : 0), count + 1)
        }
      }
    }
    #expect(count == lattice.count && met > 0 && met2 < count)
  }

  @Test("whether courses may meet is the same without the sum as with it", arguments: 0..<40)
  func meeting(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed) + 100)
    let two = try #require(AlphaBetaRatio(gray: 2))
    let low = SIMD3(repeating: -30.0)
    func grid(_ most: Double) throws -> DoseGrid {
      try drawn(&generator, from: low, step: 6, SIMD3(11, 11, 11), most: most)
    }
    let earlier = CourseContribution(measured: try grid(Double(seed % 8)), course: "A", fractions: 4)
    let planned = CourseContribution(
      course: "planned", fractions: 3, low: BoundedDose(try grid(1)),
      nominal: BoundedDose(try grid(Double(seed % 5) * 1.5)),
      high: BoundedDose(try grid(Double(seed % 5) * 2)), isEarlier: false)
    let past = try EarlierOrganDose(
      [earlier], over: try Shipped.box(SIMD3(14, 10, 12)), alphaBeta: two, spacing: .millimeters(3),
      overlapGray: 3)
    let total = try AccumulatedDose(past, with: [planned])
    let isMet = (total.overlap.gray + total.highOverlap.gray).contains { $0 > 0 }
    #expect(past.mayOverlap(with: [planned]) == isMet)
  }

  /// The thorax phantom with its earlier dose, the planner and the targets of one course.
  private func thorax() throws -> (
    planner: SBRTPlanner, patientCase: PatientCase, drafts: [TargetDraft], facts: FactTable
  ) {
    let patientCase = try ThoraxCase.made.get()
    var options = SBRTOptions()
    (options.spacing, options.sumSpacing) = (.millimeters(5), .millimeters(4))
    options.day = "2026-11-25"
    let facts = try FactAssembly(
      patientCase, Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
    let parameters = try Shipped.parameters()
    let (drafts, _) = try DraftMaker(
      parameters: parameters, options: options, patientCase: patientCase,
      settings: facts.lesionContexts(of: patientCase)
    ).drafts()
    return (SBRTPlanner(parameters, options: options), patientCase, drafts, facts.patient)
  }

  @Test("a target stands to earlier courses as its whole course does, and limits stand as with all figures")
  func limitsAlone() throws {
    let (planner, patientCase, drafts, patient) = try thorax()
    let site = try planner.irradiatedCase(patientCase)
    var (checked, leftOut) = (0, 0)
    for draft in drafts {
      var alone = draft
      alone.composite = []
      let whole = try planner.plan([alone], [], at: site, patient, isWeighed: false)
      let limits = try planner.plan([alone], [], at: site, patient, isWeighed: false, isForLimits: true)
      let found = try planner.besideEarlierCourses(alone, at: site)
      for lesion in draft.target.lesions {
        let value = whole.standing(lesion)
        #expect(found[lesion] == value)
        #expect(limits.standing(lesion) == value)
      }
      let met = whole.cumulative.filter { $0.overlap != nil }
      checked += met.reduce(0) { $0 + $1.checks.count }
      leftOut += whole.cumulative.count - limits.cumulative.count
      for organ in met {
        let other = try #require(limits.cumulative.first { $0.organ == organ.organ })
        #expect(other.checks == organ.checks && other.sum == organ.sum && other.earlier == organ.earlier)
      }
      #expect(limits.cumulative.allSatisfy { organ in whole.cumulative.contains { $0.organ == organ.organ } })
    }
    #expect(checked > 0 && leftOut > 0)
  }

  @Test("sums kept with a case are those of a case asked once")
  func askedAgain() throws {
    let (planner, patientCase, drafts, patient) = try thorax()
    let shared = try planner.irradiatedCase(patientCase)
    for near in drafts.prefix(3) + drafts.prefix(1) {
      var draft = near
      draft.composite = []
      let mine = try planner.plan([draft], [], at: shared, patient, isWeighed: false)
      let fresh = try planner.plan(
        [draft], [], at: try planner.irradiatedCase(patientCase), patient, isWeighed: false)
      #expect(mine.cumulative.map(\.sum) == fresh.cumulative.map(\.sum))
      #expect(mine.cumulative.map(\.earlier) == fresh.cumulative.map(\.earlier))
      #expect(mine.reirradiation == fresh.reirradiation)
    }
  }
}

extension SBRTPlan {
  fileprivate func standing(_ lesion: String) -> FactValue? {
    lesionFacts[lesion].flatMap { $0[.sbrtCumulative].knowledge == .unknown ? nil : $0[.sbrtCumulative] }
  }
}
