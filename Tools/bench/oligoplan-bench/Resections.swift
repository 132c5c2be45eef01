// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Cases
internal import Facts
import Foundation
import Interchange
import Planning
import Quantities
import Resection
import Vocabulary

/// `oligoplan-bench resections DIR`: the plan of resection of all lesions of a phantom, every margin and depth.
struct Resections: ParsableCommand {
  @Argument(help: "A folder with structures.dcm.")
  var folder: String

  @Option(help: "Measured runs.")
  var runs = 9

  private struct Document: Encodable {
    let name = "resections"
    let lesions: Int
    let planned: Int
    let margins: Int
    let measureMS: Double
    let medianMS: Double
    let leastMS: Double
    let mostMS: Double
    let pieces: [Piece]
  }

  private struct Piece: Encodable {
    let lesion: String
    let marginMM: Double
    let technique: String
    let wedgeCC: Double?
  }

  func run() throws {
    var work = CaseImport()
    work.structureSets = [folder + "/structures.dcm"]
    let patientCase = try work.run()
    guard let parameters = try CareProtocolReader.shipped().resection else {
      throw ValidationError("the shipped protocol has no resection")
    }
    let (measuring, measurements) = try Times.of(runs: max(1, runs / 3)) { try Measurements(of: patientCase) }
    let facts = FactAssembly(patientCase, measurements, by: try CareProtocolReader.shipped().facts)
    let settings = facts.lesionContexts(of: patientCase)
    let planner = ResectionPlanner(parameters)
    let (times, plan) = try Times.of(runs: runs) {
      try planner.plan(
        patientCase, measurements, by: [.metastasectomy], settings: settings, patient: facts.patient)
    }
    let proposals = plan.lesions.compactMap(\.proposal)
    try printJSON(
      Document(
        lesions: plan.lesions.count, planned: proposals.count,
        margins: proposals.map(\.margins.count).reduce(0, +), measureMS: measuring.medianMS,
        medianMS: times.medianMS, leastMS: times.leastMS, mostMS: times.mostMS,
        pieces: proposals.flatMap { proposal in
          proposal.margins.map {
            Piece(
              lesion: proposal.lesion, marginMM: $0.margin.millimeters, technique: $0.usual.word,
              wedgeCC: $0.wedge?.cubicCentimeters)
          }
        }))
  }
}
