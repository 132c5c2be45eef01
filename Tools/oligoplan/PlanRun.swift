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

extension PlanCommand {
  /// Plans the case as asked and, by single therapies, assesses it with the plan.
  ///
  /// - Throws: `InputError` for files that cannot be used, and for what the planners refuse.
  func dossier() throws -> Dossier {
    let stored = try CaseStore.read(path)
    var careProtocol = try DossierReading.careProtocol(protocolFile)
    var devices: CaseInput?
    if modality.map(\.isAblation) ?? true, var parameters = careProtocol.ablation {
      devices = try ablation.addDevices(to: &parameters)
      careProtocol.ablation = parameters
    }
    let day = PlanRequest.ReferenceDay(given: sbrt.on, of: stored.patientCase)
    var options = PlanningOptions()
    options.sbrt = sbrt.options(lesions: lesion, day: day.day)
    options.ablation = ablation.options(lesions: lesion)
    options.resection.lesions = lesion.isEmpty ? nil : Set(lesion)
    options.joint = try joint.options()
    let context = try PlanningContext(
      stored.patientCase, by: careProtocol, options: options,
      request: PlanRequest(settings(options, careProtocol), day: day, devices: devices),
      caseHash: stored.sha256)
    do {
      return try dossier(context)
    } catch let obstacle as PlanObstacle {
      let because = obstacle.because.map(ReasonWords.text).joined(separator: "; ")
      throw InputError(
        file: obstacle.subject == .careProtocol ? protocolFile ?? "default protocol" : path,
        obstacle.message + (because.isEmpty ? "" : ": \(because)"), advice: obstacle.advice)
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

  /// Every option in force, by name, as the plan's file keeps it.
  private func settings(_ options: PlanningOptions, _ careProtocol: CareProtocol) -> [String: [String]] {
    guard let modality else {
      return sbrt.settings(careProtocol.radiotherapy).merging(
        ablation.settings(choosesCandidates: false)
      ) { $1 }.merging(joint.settings(options.joint)) { $1 }
    }
    let own =
      modality == .sbrt
      ? sbrt.settings(careProtocol.radiotherapy)
      : (modality.isAblation ? ablation.settings(choosesCandidates: true) : [:])
    return own.merging(["modality": [modality.word], "lesion": lesion]) { $1 }
  }
}
