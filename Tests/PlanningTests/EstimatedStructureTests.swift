// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Facts
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@testable import Planning

/// Distances to surfaces that are estimates, as those found in a CT by thresholds.
@Suite("Estimated surfaces")
struct EstimatedStructureTests {
  private func box(_ low: SIMD3<Double>, _ high: SIMD3<Double>) throws -> Solid {
    try Solid(
      planes: stride(from: low.z, through: high.z, by: 1).map {
        (z: $0, region: Region.rectangle(low: SIMD2(low.x, low.y), high: SIMD2(high.x, high.y)))
      }, endCap: .half)
  }

  private func facts(_ structures: [Structure], _ statements: Statements = [:]) throws -> FactTable {
    let patientCase = PatientCase(
      lesions: [
        Lesion(
          id: "L1", sourceName: "L1", site: .lung, side: .right,
          body: .contoured(try box(SIMD3(0, 0, 0), SIMD3(10, 10, 10))), statements: statements)
      ], structures: structures)
    let assembly = FactAssembly(
      patientCase, try Measurements(of: patientCase), by: try Patients.careProtocol().facts)
    return assembly.facts(of: patientCase.lesions[0])
  }

  private func heart(at x: Double, isEstimate: Bool, _ name: String = "Heart") throws -> Structure {
    Structure(
      name: StructureName(recognizing: name), sourceName: name,
      solid: try box(SIMD3(x, 0, 0), SIMD3(x + 20, 10, 10)), derivation: isEstimate ? "from the CT" : nil,
      isEstimate: isEstimate)
  }

  private func number(_ table: FactTable, _ fact: Fact) -> Double? {
    if case .known(.number(let value)) = table[fact].knowledge { value } else { nil }
  }

  @Test("an estimate fills what is unknown, marked as one, and never replaces what was stated")
  func statedGoesBefore() throws {
    let clearance = Fact.clearance(.heart)
    let filled = try facts([heart(at: 24, isEstimate: true)])
    #expect(number(filled, clearance) == 14)
    #expect(filled[clearance].origin == .estimated)
    let stated: Statements = [clearance: Statement(.number(2), source: "report")]
    #expect(number(try facts([heart(at: 24, isEstimate: true)], stated), clearance) == 2)
    // What was contoured goes before what was stated, as ever.
    #expect(number(try facts([heart(at: 24, isEstimate: false)], stated), clearance) == 14)
  }

  @Test("what was contoured goes before a nearer estimate of the same role")
  func contouredGoesBefore() throws {
    let table = try facts([
      heart(at: 12, isEstimate: true, "Pericardium"), heart(at: 24, isEstimate: false),
    ])
    #expect(number(table, .clearance(.heart)) == 14)
    #expect(table[.clearance(.heart)].origin == .measured)
  }
}
