// SPDX-License-Identifier: Apache-2.0
import Ablation
import Anatomy
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Vocabulary

/// `oligoplan-bench paths DIR`: needle paths, margin maps and whole plans of a phantom's lesions.
struct Paths: ParsableCommand {
  @Argument(help: "A folder with structures.dcm.")
  var folder: String

  @Option(help: "Measured runs.")
  var runs = 7

  @Option(help: "Directions tried for each target.")
  var candidates = 12_000

  @Option(help: "Lesions by comma; all that are contoured without it.")
  var lesions: String?

  private struct Document: Encodable {
    let name = "paths"
    let structures: Int
    let spaceMS: Double
    let targets: [Target]
    let marginMapMS: Double
    let planMS: Double
    let plans: [Plan]
  }

  private struct Target: Encodable {
    let lesion: String
    let candidates: Int
    let feasible: Int
    let front: Int
    let medianMS: Double
    let leastMS: Double
    let mostMS: Double
    let spaceMS: Double
    let marginMapMS: Double
    let marginMapPoints: Int
  }

  private struct Plan: Encodable {
    let lesion: String
    let medianMS: Double
  }

  func run() throws {
    var work = CaseImport()
    work.structureSets = [folder + "/structures.dcm"]
    work.addsDerivedStructures = false
    let patientCase = try work.run()
    guard let parameters = try CareProtocolReader.shipped().ablation else {
      throw ValidationError("the shipped protocol has no ablation")
    }
    let measurements = try Measurements(of: patientCase)
    let settings = FactAssembly(patientCase, measurements, by: try CareProtocolReader.shipped().facts)
      .lesionContexts(of: patientCase)
    let wanted = lesions.map { Set($0.split(separator: ",").map(String.init)) }
    let ids = patientCase.lesions.filter { $0.body != nil && wanted?.contains($0.id) ?? true }.map(\.id)
    guard !ids.isEmpty else { throw ValidationError("no lesion with contours of these names") }
    let probe = AblationBenchmark(parameters, candidates: candidates)
    let (space, _) = try Times.of(runs: runs) { try probe.space(of: patientCase) }
    guard let ready = try probe.space(of: patientCase) else { throw ValidationError("no body outline") }
    var targets: [Target] = []
    var plans: [Plan] = []
    for id in ids {
      guard let lesion = patientCase.lesions.first(where: { $0.id == id }), let setting = settings[id] else {
        continue
      }
      let (search, found) = Times.of(runs: runs) { ready.search(lesion, setting) }
      let (map, points) = Times.of(runs: runs) { ready.marginMap(lesion, setting) }
      targets.append(
        Target(
          lesion: id, candidates: found?.tried ?? 0, feasible: found?.feasible ?? 0,
          front: found?.front ?? 0, medianMS: search.medianMS, leastMS: search.leastMS,
          mostMS: search.mostMS, spaceMS: space.medianMS, marginMapMS: map.medianMS, marginMapPoints: points))
      var options = AblationOptions()
      options.lesions = [id]
      options.candidates = candidates
      let planner = AblationPlanner(parameters, options: options)
      let (plan, _) = try Times.of(runs: max(1, runs / 3)) {
        try planner.plan(patientCase, by: Modality.ablations, settings: settings)
      }
      plans.append(Plan(lesion: id, medianMS: plan.medianMS))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let document = Document(
      structures: patientCase.structures.count, spaceMS: space.medianMS, targets: targets,
      marginMapMS: targets.map(\.marginMapMS).max() ?? 0, planMS: plans.map(\.medianMS).max() ?? 0,
      plans: plans)
    print(String(decoding: try encoder.encode(document), as: UTF8.self))
  }
}
