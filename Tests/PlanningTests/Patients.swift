// SPDX-License-Identifier: Apache-2.0
import Cases
import Evidence
import Foundation
import Interchange
import Phantoms
import Testing

@testable import Planning

/// What the tests plan, and by which protocol.
enum Patients {
  private static let loaded = Result { try CareProtocolReader.shipped() }

  static func careProtocol() throws -> CareProtocol { try loaded.get() }

  /// The same with fewer directions tried for needles: what is tested here does not hang on the best way.
  ///
  /// - Parameter timing: when targets are irradiated; as shipped when `nil`.
  private static func quick(_ timing: JointParameters.CourseTiming? = nil) throws -> CareProtocol {
    let shipped = try loaded.get()
    var joint = try #require(shipped.joint)
    joint.needleCandidates = 1000
    if let timing { joint.courseTiming = .init(timing, sources: joint.courseTiming.sources) }
    return CareProtocol(
      id: shipped.id, version: shipped.version, title: shipped.title, sha256: shipped.sha256,
      ruleSet: shipped.ruleSet, bibliography: shipped.bibliography, facts: shipped.facts,
      radiotherapy: shipped.radiotherapy,
      ablation: shipped.ablation, resection: shipped.resection, joint: joint)
  }

  /// A patient of a list of lesions, as files tell it.
  static func listed(_ folder: URL) throws -> PatientCase {
    var work = CaseImport()
    work.lesionLists = [folder.appendingPathComponent("lesions.csv").path]
    work.patientFile = folder.appendingPathComponent("patient.yaml").path
    return try work.run()
  }

  /// A pool of the proposals for a case.
  static func pool(
    _ patientCase: PatientCase, _ options: JointOptions = JointOptions(),
    timing: JointParameters.CourseTiming? = nil
  ) throws -> TherapyPool {
    let careProtocol = try quick(timing)
    let measurements = try Measurements(of: patientCase)
    return try TherapyPool(
      patientCase, measurements, FactAssembly(patientCase, measurements, by: careProtocol.facts),
      by: careProtocol,
      parameters: try #require(careProtocol.joint), options: options)
  }

  static func plan(
    _ patientCase: PatientCase, _ options: JointOptions = JointOptions(),
    timing: JointParameters.CourseTiming? = nil
  ) throws -> PatientPlan {
    try JointPlanner(try quick(timing), options: options).plan(
      patientCase, try Measurements(of: patientCase))
  }

  static func thorax(seed: UInt64 = 1, lesions: Set<String>? = nil) throws -> PatientCase {
    var patientCase = try #require(try PhantomCatalogue.make(name: "thorax", seed: seed)).patientCase
    if let lesions { patientCase.lesions.removeAll { !lesions.contains($0.id) } }
    return patientCase
  }
}
