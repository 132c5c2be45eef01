// SPDX-License-Identifier: Apache-2.0
import Anatomy
import ArgumentParser
import Cases
import Dosimetry
import Foundation
import Interchange
import Planning
import Quantities
import Radiotherapy
import Vocabulary

/// `oligoplan-bench estimate DIR`: the SBRT estimate of a phantom's lesions on a grid over the thorax, every organ's
/// histograms and every limit.
struct Estimate: ParsableCommand {
  @Argument(help: "A folder with structures.dcm; its lesions, repeated if need be, are the targets.")
  var folder: String

  @Option(help: "Measured runs.")
  var runs = 9

  @Option(help: "The numbers of targets to time, by comma.")
  var targets = "1,2,5,10"

  @Option(help: "The distance of nodes in millimetres.")
  var grid = 2.5

  @Option(help: "The number of nodes the grid is padded to.")
  var nodes = 3_000_000

  private struct Document: Encodable {
    let name = "estimate"
    let nodes: Int
    let organs: Int
    let limits: Int
    let counts: [Count]
  }

  private struct Count: Encodable {
    let targets: Int
    let medianMS: Double
    let leastMS: Double
    let mostMS: Double
    let gridMedianMS: Double
    let ptvCC: Double
    let meanLungGy: Double?
  }

  func run() throws {
    var work = CaseImport()
    work.structureSets = [folder + "/structures.dcm"]
    work.addsDerivedStructures = false
    let patientCase = try work.run()
    guard let parameters = try CareProtocolReader.shipped().radiotherapy,
      let margin = Margin(.millimeters(5)), let gray = Fractionation(total: .gray(50), fractions: 5)
    else { throw ValidationError("the shipped protocol has no radiotherapy") }
    let bodies = try OrganBody.all(in: patientCase, lungLesionSides: nil)
    let grown = patientCase.lesions.compactMap { $0.body?.solid.expanded(by: margin) }
    guard !grown.isEmpty else { throw ValidationError("no lesion with contours") }
    let (low, high) = box(bodies.map(\.solid) + grown)
    let limits = LimitEvaluation(
      limits: parameters.limits, fractions: gray.fractions, prescription: gray.total, sex: nil)
    var counts: [Count] = []
    var asked = 0
    var size = 0
    for count in targets.split(separator: ",").compactMap({ Int($0) }) {
      let chosen = (0..<count).compactMap { index -> (target: FallOffTarget, fractions: Int)? in
        let solid = grown[index % grown.count]
        return parameters.fallOff.fallOff(of: solid.volume, isCentral: false, inLung: true).map {
          (FallOffTarget(solid: solid, prescription: gray.total, isodose: 0.8, fallOff: $0), gray.fractions)
        }
      }
      func estimate() throws -> CourseDoses {
        try CourseDoses(chosen, from: low, through: high, spacing: .millimeters(grid))
      }
      let (gridTimes, _) = try Times.of(runs: runs) { try estimate() }
      let (times, found) = try Times.of(runs: runs) {
        let doses = try estimate()
        size = doses.groups.first?.estimate.expected.gray.count ?? 0
        return try OrganEvaluation(parameters: parameters, doses: doses, limits: limits).organs(bodies)
      }
      asked = found.reduce(0) { $0 + $1.dose.checks.count }
      counts.append(
        Count(
          targets: count, medianMS: times.medianMS, leastMS: times.leastMS, mostMS: times.mostMS,
          gridMedianMS: gridTimes.medianMS,
          ptvCC: chosen.reduce(0) { $0 + $1.target.solid.volume.cubicCentimeters },
          meanLungGy: found.first { $0.dose.organ == .lungs }?.dose.metrics.first?.value.expected))
    }
    try printJSON(Document(nodes: size, organs: bodies.count, limits: asked, counts: counts))
  }

  /// The box of all bodies, padded to so many nodes.
  private func box(_ solids: [Solid]) -> (SIMD3<Double>, SIMD3<Double>) {
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    for solid in solids {
      low = pointwiseMin(low, solid.bounds.low)
      high = pointwiseMax(high, solid.bounds.high)
    }
    var pad = 0.0
    func count(_ pad: Double) -> Double {
      let extent = (high - low + SIMD3(repeating: 2 * pad)) / grid + SIMD3(repeating: 1)
      return extent.x * extent.y * extent.z
    }
    while count(pad) < Double(nodes) { pad += grid / 2 }
    return (low - SIMD3(repeating: pad), high + SIMD3(repeating: pad))
  }
}
