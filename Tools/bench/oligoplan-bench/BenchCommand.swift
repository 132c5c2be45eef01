// SPDX-License-Identifier: Apache-2.0
import Parallelism
import Anatomy
import ArgumentParser
import Cases
import Foundation
import Interchange
import PlanarGeometry
import Quantities

/// Times kernels in process, for `Tools/bench/peers`; it judges nothing.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oligoplan-bench", abstract: "Times kernels in process and prints JSON.",
    subcommands: [
      Clearances.self, GrownMargin.self, Estimate.self, Paths.self, Resections.self, PatientPlans.self,
    ])
}

/// Times of one kernel.
struct Times {
  let medianMS: Double
  let leastMS: Double
  let mostMS: Double
  let runs: Int

  /// Runs a kernel once unmeasured, then as often as asked.
  static func of<Result>(runs: Int, _ kernel: () throws -> Result) rethrows -> (Times, Result) {
    var result = try kernel()
    var spans: [Double] = []
    for _ in 0..<max(1, runs) {
      let span = try ContinuousClock().measure { result = try kernel() }
      let (seconds, attoseconds) = span.components
      spans.append(Double(seconds) * 1000 + Double(attoseconds) / 1e15)
    }
    spans.sort()
    return (
      Times(
        medianMS: spans[spans.count / 2], leastMS: spans[0], mostMS: spans[spans.count - 1],
        runs: spans.count), result
    )
  }
}

/// `oligoplan-bench clearances DIR`: every contoured lesion against every structure of a phantom's folder.
struct Clearances: ParsableCommand {
  @Argument(help: "A folder with structures.dcm.")
  var folder: String

  @Option(help: "Measured runs.")
  var runs = 15

  private struct Document: Encodable {
    let name = "clearances"
    let medianMS: Double
    let leastMS: Double
    let mostMS: Double
    let runs: Int
    let pairs: [Pair]
  }

  private struct Pair: Encodable {
    let lesion: String
    let structure: String
    let distanceMM: Double
  }

  func run() throws {
    var work = CaseImport()
    work.structureSets = [folder + "/structures.dcm"]
    work.addsDerivedStructures = false
    let patientCase = try work.run()
    let lesions = patientCase.lesions.compactMap { lesion in
      lesion.body.map { (lesion.sourceName, $0.solid) }
    }
    let structures = patientCase.structures.map { ($0.sourceName, $0.solid) }.sorted { a, b in
      func points(_ solid: Solid) -> Int {
        solid.slabs.reduce(0) { sum, slab in sum + slab.region.rings.reduce(0) { $0 + $1.points.count } }
      }
      return points(a.1) > points(b.1)
    }
    // What is timed starts from the slabs: indexing belongs to finding the distance.
    let (times, pairs) = Times.of(runs: runs) {
      let bodies = lesions.map { PreparedSolid($0.1) }
      // Structures shared out to as many tasks as there are processors, the largest dealt out first.
      return Workers.gather(structures.count, into: { [(Int, [Pair])]() }) { index, found in
        let structure = PreparedSolid(structures[index].1)
        let pairs = zip(lesions, bodies).map { lesion, body in
          Pair(
            lesion: lesion.0, structure: structures[index].0,
            distanceMM: body.nearest(to: structure).distance.millimeters)
        }
        found.append((index, pairs))
      }.joined().sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
    try printJSON(
      Document(
        medianMS: times.medianMS, leastMS: times.leastMS, mostMS: times.mostMS, runs: times.runs, pairs: pairs
      ))
  }
}

/// `oligoplan-bench margin FILE`: a stack of contours grown by a margin.
struct GrownMargin: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "margin")

  @Argument(help: "JSON: name, marginMM, planes of z and rings.")
  var file: String

  @Option(help: "Measured runs.")
  var runs = 15

  private struct Stack: Decodable {
    let name: String
    let marginMM: Double
    let planes: [Plane]
    struct Plane: Decodable {
      let z: Double
      let rings: [[[Double]]]
    }
  }

  private struct Document: Encodable {
    let name: String
    let medianMS: Double
    let leastMS: Double
    let mostMS: Double
    let runs: Int
    let bodyCC: Double
    let grownCC: Double
  }

  func run() throws {
    let stack = try JSONDecoder().decode(Stack.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    let planes = try stack.planes.map { plane in
      let rings = try plane.rings.map { ring in try Contour(ring.map { SIMD2($0[0], $0[1]) }) }
      return (z: plane.z, region: try Region.evenOdd(rings).region)
    }
    let body = try Solid(planes: planes, endCap: .half)
    guard let margin = Margin(.millimeters(stack.marginMM)) else {
      throw ValidationError("marginMM is not above zero")
    }
    let (times, grown) = Times.of(runs: runs) { body.expanded(by: margin) }
    try printJSON(
      Document(
        name: stack.name, medianMS: times.medianMS, leastMS: times.leastMS, mostMS: times.mostMS,
        runs: times.runs, bodyCC: body.volume.cubicCentimeters,
        grownCC: grown?.volume.cubicCentimeters ?? 0))
  }
}

func printJSON(_ document: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  FileHandle.standardOutput.write(try encoder.encode(document) + Data("\n".utf8))
}
