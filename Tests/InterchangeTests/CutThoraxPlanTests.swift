// SPDX-License-Identifier: Apache-2.0
import Ablation
import Anatomy
import Cases
import Dosimetry
import Facts
import Foundation
import Planning
import Quantities
import Radiotherapy
import Reasons
import Testing
import Vocabulary

@testable import Interchange

/// Needles and SBRT on lungs that leave out the tumour, against the twin whose lungs are whole.
@Suite("Plans on lungs that leave out the tumour")
struct CutThoraxPlanTests {
  private let careProtocol = Result { try CareProtocolReader.shipped() }

  @Test("prescriptions are the twin's, lung doses those of the contours")
  func radiotherapy() throws {
    let parameters = try #require(try careProtocol.get().radiotherapy)
    func plan(_ name: String) throws -> SBRTPlan {
      let patientCase = try CutThorax.imported(name).patientCase
      let facts = FactAssembly(
        patientCase, try Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
      var options = SBRTOptions()
      options.spacing = .millimeters(4)
      options.lesions = ["C1", "C2", "C6"]
      return try SBRTPlanner(parameters, options: options).plan(
        patientCase, settings: facts.lesionContexts(of: patientCase), patient: facts.patient)
    }
    let (cut, whole) = (try plan("thorax-cut"), try plan("thorax-uncut"))
    #expect(cut.proposals.map(\.lesion) == ["C1", "C2", "C6"])
    for (a, b) in zip(cut.proposals, whole.proposals) {
      #expect(a.scheme.id == b.scheme.id, "\(a.lesion)")
      #expect(a.target.solid.volume == b.target.solid.volume)
    }
    // At the wall no 54 Gy in 3; 12 mm from it that is the first choice.
    #expect(cut.proposals.map(\.scheme.id) == ["L-CW-55/5", "L-P-54/3", "L-CW-55/5"])
    let means = [cut, whole].compactMap { plan in
      plan.lungs?.metrics.first { $0.name == "Dmean" }?.value.expected
    }
    #expect(means.count == 2 && abs(means[0] / means[1] - 1) < 0.03)
    // A derived wall is asked for its limits, and said to be derived.
    let wall = try #require(cut.organs.first { $0.organ == .chestWall })
    #expect(
      wall.remarks.contains { $0.kind == .radiotherapy(.derived) }
        && wall.checks.contains { $0.outcome != .unknown })
    let neighbour = try #require(cut.proposals[0].neighbours.first { $0.organ == .chestWall })
    #expect(neighbour.distance == .zero && !neighbour.checks.isEmpty)
  }

  @Test("needle paths and margins are the twin's")
  func ablation() throws {
    let parameters = try #require(try careProtocol.get().ablation)
    func plan(_ name: String) throws -> AblationPlan {
      let patientCase = try CutThorax.imported(name).patientCase
      let facts = FactAssembly(
        patientCase, try Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
      var options = AblationOptions()
      options.lesions = ["C1", "C2", "C6"]
      options.candidates = 2000
      return try AblationPlanner(parameters, options: options).plan(
        patientCase, by: [.microwave], settings: facts.lesionContexts(of: patientCase))
    }
    let (cut, whole) = (try plan("thorax-cut"), try plan("thorax-uncut"))
    #expect(cut.lesions.count == 3)
    for (a, b) in zip(cut.lesions, whole.lesions) {
      let (x, y) = (
        try #require(a.proposals.first, "\(String(describing: a.why))"), try #require(b.proposals.first)
      )
      let (p, q) = (try #require(x.applicators.first).path, try #require(y.applicators.first).path)
      #expect(abs(p.depth.millimeters - q.depth.millimeters) < 1, "\(a.lesion)")
      #expect(p.pleuralPunctures == q.pleuralPunctures, "\(a.lesion)")
      #expect(abs(p.aeratedLung.millimeters - q.aeratedLung.millimeters) <= 3, "\(a.lesion)")
    }
  }
}
