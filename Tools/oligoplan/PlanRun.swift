// SPDX-License-Identifier: Apache-2.0
import Ablation
import ArgumentParser
import Cases
internal import Facts
import Foundation
import Interchange
import Planning
import Reasons
import Report
import Resection
import Vocabulary

/// What a run of planners is asked: the case, and the options of all of them.
struct PlanSetup {
  let path: String
  let protocolFile: String?
  /// What is planned by itself; `nil` for the patient as a whole, and where every kind is planned.
  let modality: PlanCommand.Planned?
  let lesions: [String]
  let joint: JointArguments
  let sbrt: SBRTArguments
  let ablation: AblationArguments

  /// The context of the case.
  ///
  /// - Throws: `InputError` for files that cannot be used.
  func context() throws -> PlanningContext {
    let stored = try CaseStore.read(path)
    var careProtocol = try DossierReading.careProtocol(protocolFile)
    var devices: CaseInput?
    if modality.map(\.isAblation) ?? true, var parameters = careProtocol.ablation {
      devices = try ablation.addDevices(to: &parameters)
      careProtocol.ablation = parameters
    }
    let day = PlanRequest.ReferenceDay(given: sbrt.on, of: stored.patientCase)
    var options = PlanningOptions()
    options.sbrt = sbrt.options(lesions: lesions, day: day.day)
    options.ablation = ablation.options(lesions: lesions)
    options.resection.lesions = lesions.isEmpty ? nil : Set(lesions)
    options.joint = try joint.options()
    return try PlanningContext(
      stored.patientCase, by: careProtocol, options: options,
      request: PlanRequest(settings(modality, options, careProtocol), day: day, devices: devices),
      caseHash: stored.sha256)
  }

  /// What a plan's file says that it was asked for.
  ///
  /// - Parameter modality: what is planned by itself; `nil` for the patient as a whole.
  func request(_ modality: PlanCommand.Planned?, in context: PlanningContext) -> PlanRequest {
    // A plan of another therapy knows nothing of devices.
    let isAblation = modality.map(\.isAblation) ?? true
    return PlanRequest(
      settings(modality, context.options, context.careProtocol), day: context.request.day,
      devices: isAblation ? context.request.devices : nil)
  }

  /// Every option in force, by name, as the plan's file keeps it.
  private func settings(
    _ modality: PlanCommand.Planned?, _ options: PlanningOptions, _ careProtocol: CareProtocol
  ) -> [String: [String]] {
    guard let modality else {
      return sbrt.settings(careProtocol.radiotherapy).merging(
        ablation.settings(choosesCandidates: false)
      ) { $1 }.merging(joint.settings(options.joint)) { $1 }
    }
    let own =
      modality == .sbrt
      ? sbrt.settings(careProtocol.radiotherapy)
      : (modality.isAblation ? ablation.settings(choosesCandidates: true) : [:])
    return own.merging(["modality": [modality.word], "lesion": lesions]) { $1 }
  }

  /// What stands against a plan, as an error of the file that it lies in.
  func refusal(_ obstacle: PlanObstacle) -> InputError {
    let because = obstacle.because.map(ReasonWords.text).joined(separator: "; ")
    return InputError(
      file: obstacle.subject == .careProtocol ? protocolFile ?? "default protocol" : path,
      obstacle.message + (because.isEmpty ? "" : ": \(because)"), advice: obstacle.advice)
  }
}

extension PlanCommand {
  /// Plans the case as asked and, by single therapies, assesses it with the plan.
  ///
  /// - Throws: `InputError` for files that cannot be used, and for what the planners refuse.
  func dossier() throws -> Dossier {
    let setup = PlanSetup(
      path: path, protocolFile: protocolFile, modality: modality, lesions: lesion, joint: joint, sbrt: sbrt,
      ablation: ablation)
    do {
      return try dossier(try setup.context())
    } catch let obstacle as PlanObstacle {
      throw setup.refusal(obstacle)
    }
  }

  private func dossier(_ context: PlanningContext) throws -> Dossier {
    switch modality {
    case nil: try context.dossier(by: PatientTherapy())
    case .sbrt?: try context.dossier(by: SBRTTherapy())
    case .ablation(let energies)?: try context.dossier(by: AblationTherapy(energies))
    case .resection(let kinds)?: try context.dossier(by: ResectionTherapy(kinds))
    }
  }
}
