// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Dosimetry
import Foundation
import Interchange
import Phantoms
import PlanarGeometry

/// Writes cases of the suites as DICOM with their truth, for other programs: `CASE/structures.dcm`, `CASE/dose.dcm`
/// and `CASE/truth.json`.
struct CaseFolders {
  let root: URL

  private struct Truth: Encodable {
    struct Statistic: Encodable {
      let name: String
      let truth: Double
      let unit: String
    }
    let `case`: String
    let endCap: String
    let roi: String
    let statistics: [Statistic]
  }

  /// Nelms' tests 1 and 2, and five spheres of each size: `nelms-1`, `nelms-2`, `spheres`.
  func write() throws {
    for test in [1, 2] {
      for outcome in try NelmsSuite.outcomes(test: test) {
        let name = "\(outcome.shape.rawValue) \(outcome.direction.rawValue) \(outcome.condition.name)"
        // A body's volume does not depend on the gradient, and counts once.
        let asked =
          outcome.statistics.filter { $0.name != "volumeCC" || outcome.direction == .anteriorPosterior }
          + outcome.extremes
        try write(
          name, in: "nelms-\(test)",
          try outcome.shape.solid(spacing: outcome.condition.spacing, endCap: .half),
          try NelmsSuite.dose(outcome.condition, outcome.direction),
          asked.map { Truth.Statistic(name: $0.name, truth: $0.truth, unit: $0.unit) })
      }
    }
    var random = SplitMix64(seed: 2)
    for spacing in StanleySuite.spacings {
      for diameter in StanleySuite.diameters {
        for place in 1...5 {
          let centre =
            SIMD3(random.nextUnit(), random.nextUnit(), random.nextUnit()) * SIMD3(0.6, 0.6, spacing)
          try write(
            "sphere \(Int(diameter)) mm, planes \(spacing), place \(place)", in: "spheres",
            try StanleySuite.sphere(diameter, centre, spacing: spacing, .circles),
            try StanleySuite.dose(diameter),
            [
              .init(
                name: "volumeCC", truth: Double.pi / 6 * diameter * diameter * diameter / 1000, unit: "cc")
            ])
        }
      }
    }
  }

  private func write(
    _ name: String, in group: String, _ solid: Solid, _ grid: DoseGrid, _ statistics: [Truth.Statistic]
  ) throws {
    let folder = root.appendingPathComponent(group).appendingPathComponent(
      name.replacingOccurrences(of: ",", with: "").replacingOccurrences(of: " ", with: "-"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let dose = CourseDose(name: "linear", grid: grid, summation: .plan, sources: [])
    let patientCase = PatientCase(
      patientID: name, lesions: [Lesion(id: "L1", sourceName: "L1", body: .contoured(solid))], doses: [dose])
    try RTStructureSetWriter(patientCase).write(to: folder.appendingPathComponent("structures.dcm").path)
    try RTDoseWriter(dose, of: patientCase).write(to: folder.appendingPathComponent("dose.dcm").path)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let truth = Truth(case: name, endCap: "half", roi: "L1", statistics: statistics)
    try encoder.encode(truth).write(to: folder.appendingPathComponent("truth.json"))
  }
}
