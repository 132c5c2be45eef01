// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Facts
import Foundation
import Phantoms
import Planning
import Quantities
import Resection
import Testing
import Vocabulary

@testable import Interchange

/// The thorax whose lungs leave out the tumours, read from its file, against its twin and its truth.
@Suite("Lungs that leave out the tumour")
struct CutThoraxTests {
  private static let cut = Result { try CutThorax.imported("thorax-cut") }
  private static let whole = Result { try CutThorax.imported("thorax-uncut") }

  @Test("site, side and lobe follow, and what was assumed is said")
  func places() throws {
    for source in [Self.cut, Self.whole] {
      let (phantom, patientCase) = try source.get()
      let measurements = try Measurements(of: patientCase)
      for place in phantom.places {
        let found = try #require(measurements[lesion: place.lesion]?.surroundings)
        #expect(found.site == place.site && found.side == place.side && found.lobe == place.lobe, "\(place)")
      }
    }
    let warnings = try Self.cut.get().patientCase.warnings
    #expect(
      warnings.contains {
        $0.contains("lesion C3 lies outside the contour of Lung_L") && $0.contains("an assumption")
      })
    #expect(warnings.contains { $0.contains("completed by lesions that the contours leave out") })
    #expect(try !Self.whole.get().patientCase.warnings.contains { $0.contains("completed") })
  }

  @Test("depth, chest wall, diaphragm and heart are where they are by construction")
  func truth() throws {
    for source in [Self.cut, Self.whole] {
      let (phantom, patientCase) = try source.get()
      let measurements = try Measurements(of: patientCase)
      for truth in phantom.truth {
        let found = try #require(truth.measured(by: measurements), "\(truth.lesion) \(truth.quantity)")
        #expect(
          abs(found - truth.value) <= truth.tolerance,
          "\(phantom.name) \(truth.lesion) \(truth.quantity): \(found), true \(truth.value) ± \(truth.tolerance)"
        )
      }
    }
  }

  @Test("volumes and doses stay those of the contours")
  func contours() throws {
    let (phantom, patientCase) = try Self.cut.get()
    for drawn in phantom.patientCase.structures where drawn.name.role == .lung || drawn.name.role == .lobe {
      let read = try #require(patientCase.structures.first { $0.sourceName == drawn.sourceName })
      #expect(abs(read.contoured.volume.cubicCentimeters - drawn.solid.volume.cubicCentimeters) < 0.05)
      if read.asContoured != nil { #expect(read.solid.volume > read.contoured.volume) }
    }
    // Back from disk.
    let scratch = try Scratch()
    try CaseStore.write(patientCase, to: scratch.path("case"), tool: "test")
    #expect(try CaseStore.read(scratch.path("case")).patientCase == patientCase)
  }

  @Test("the resection is that of the twin, within what was cut away")
  func resection() throws {
    let careProtocol = try CareProtocolReader.shipped()
    let parameters = try #require(careProtocol.resection)
    func plan(_ patientCase: PatientCase) throws -> ResectionPlan {
      let measurements = try Measurements(of: patientCase)
      let facts = FactAssembly(patientCase, measurements, by: try CareProtocolReader.shipped().facts)
      return try ResectionPlanner(parameters).plan(
        patientCase, measurements, by: [.metastasectomy], settings: facts.lesionContexts(of: patientCase),
        patient: facts.patient)
    }
    let cut = try plan(try Self.cut.get().patientCase)
    let whole = try plan(try Self.whole.get().patientCase)
    for (a, b) in zip(cut.lesions, whole.lesions) {
      let (x, y) = (
        try #require(a.proposal, "\(a.lesion): \(String(describing: a.why))"), try #require(b.proposal)
      )
      #expect(x.side == y.side && x.lobe == y.lobe)
      #expect(x.choice.technique == y.choice.technique, "\(a.lesion)")
      // A shell of 1.5 mm may be missing at the pleura, and gaps are closed by up to 3 mm.
      #expect(abs(x.nearestPleura.millimeters - y.nearestPleura.millimeters) <= 1.6, "\(a.lesion)")
      guard let mine = x.standard.wedge, let theirs = y.standard.wedge else { continue }
      #expect(
        abs(mine.cubicCentimeters / theirs.cubicCentimeters - 1) < 0.12,
        "\(a.lesion): \(mine.cubicCentimeters) against \(theirs.cubicCentimeters) cc")
    }
  }
}

/// The phantom's patient as import makes it from its files.
enum CutThorax {
  static func imported(_ name: String) throws -> (phantom: Phantom, patientCase: PatientCase) {
    let scratch = try Scratch()
    let phantom = try #require(try PhantomCatalogue.make(name: name))
    try RTStructureSetWriter(phantom.patientCase).write(to: scratch.path("rs.dcm"))
    try CaseTables.patientFile(phantom.patientCase).write(to: scratch.url.appendingPathComponent("p.yaml"))
    var work = CaseImport()
    work.structureSets = [scratch.path("rs.dcm")]
    work.patientFile = scratch.path("p.yaml")
    return (phantom, try work.run())
  }
}
