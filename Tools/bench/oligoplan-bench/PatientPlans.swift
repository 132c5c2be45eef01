// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Vocabulary

/// `oligoplan-bench patient-plans DIR`: the plan of a phantom's patient as a whole, with as many lesions as asked.
///
/// Lesions beyond the contoured ones are balls of 7 to 12 mm at fixed places of the thorax phantom's lungs.
struct PatientPlans: ParsableCommand {
  @Argument(help: "A folder with structures.dcm and patient.yaml, as `phantom write thorax` writes it.")
  var folder: String

  @Option(help: "How many of the five further lesions.")
  var further = 5

  @Option(help: "How often measurements are drawn.")
  var samples = 1000

  @Option(help: "Measured runs.")
  var runs = 1

  private static let places = [
    "M1,lung,right,10,-80,20,60", "M2,lung,right,8,-60,-30,-20", "M3,lung,left,9,80,10,40",
    "M4,lung,left,12,70,30,-30", "M5,lung,right,7,-90,0,-60",
  ]

  private struct Document: Encodable {
    let name = "patient-plans"
    let lesions: Int
    let alternatives: Int
    let samples: Int
    let medianMS: Double
    let leastMS: Double
    let mostMS: Double
    /// The same without draws and flips, by the first.
    let shareWithoutDraws: Double
    let solverShare: Double
    let programmes: Int
    let setsProposedAnew: Int
    let proof: String
  }

  func run() throws {
    var work = CaseImport()
    work.structureSets = [folder + "/structures.dcm"]
    work.patientFile = folder + "/patient.yaml"
    let list = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: list) }
    let rows =
      (1...7).map { "L\($0),lung,,,,," } + Self.places.prefix(max(0, min(further, Self.places.count)))
    let header = "lesion_id,site,side,longest_diameter_mm,x_mm,y_mm,z_mm\n"
    try Data((header + rows.joined(separator: "\n") + "\n").utf8).write(to: list)
    work.lesionLists = [list.path]
    let patientCase = try work.run()
    let measurements = try Measurements(of: patientCase)
    let careProtocol = try CareProtocolReader.shipped()
    func plan(_ samples: Int) throws -> PatientPlan {
      var options = JointOptions()
      options.samples = samples
      return try JointPlanner(careProtocol, options: options).plan(patientCase, measurements)
    }
    let (times, found) = try Times.of(runs: runs) { try plan(samples) }
    let (without, _) = try Times.of(runs: runs) { try plan(0) }
    try printJSON(
      Document(
        lesions: patientCase.lesions.count, alternatives: found.alternatives.count, samples: samples,
        medianMS: times.medianMS, leastMS: times.leastMS, mostMS: times.mostMS,
        shareWithoutDraws: without.medianMS / times.medianMS,
        solverShare: found.effort.solverSeconds / max(1e-9, found.effort.seconds),
        programmes: found.effort.programmes, setsProposedAnew: found.effort.evaluations,
        proof: found.recommended.proof.words))
  }
}
