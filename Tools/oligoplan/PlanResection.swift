import Cases
internal import Facts
import Foundation
import Interchange
import Planning
import Resection
import Vocabulary

/// Plans resection of a case and assesses it with the plan.
enum ResectionDossier {
  static func make(
    _ path: String, protocolFile: String?, modalities: [Modality], lesions: [String]
  ) throws -> Dossier {
    let stored = try CaseStore.read(path)
    let careProtocol = try DossierReading.careProtocol(protocolFile)
    guard let parameters = careProtocol.resection else {
      throw InputError(
        file: protocolFile ?? "default protocol", "says nothing about resection",
        advice: "add its resection part (oligoplan protocol show)")
    }
    let measurements = try Measurements(of: stored.patientCase)
    let facts = FactAssembly(stored.patientCase, measurements)
    var options = ResectionOptions()
    options.lesions = lesions.isEmpty ? nil : Set(lesions)
    let request = PlanRequest(
      [
        "modality": [modalities.count > 1 ? "resection" : modalities[0].rawValue], "lesion": lesions,
      ], day: PlanRequest.ReferenceDay(given: nil, of: stored.patientCase))
    do {
      let plan = try ResectionPlanner(parameters, options: options).plan(
        stored.patientCase, measurements, by: modalities, settings: facts.settings(of: stored.patientCase),
        patient: facts.patient)
      return Dossier(
        patientCase: stored.patientCase, measurements: measurements,
        assessment: Assessment(
          of: stored.patientCase, measurements, by: careProtocol, planned: PlannedFactTables(plan)),
        careProtocol: careProtocol, caseHash: stored.sha256, resectionPlan: plan,
        request: request)
    } catch let obstacle as ResectionObstacle {
      throw InputError(file: path, obstacle.message, advice: obstacle.advice)
    }
  }
}
