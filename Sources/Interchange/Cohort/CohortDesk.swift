// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Foundation
internal import Planning
internal import Triage

/// Judges patients one after the other and remembers what recurs: what `assess --jsonl` and triage share.
///
/// Of one task alone.
final class CohortDesk {
  let careProtocol: CareProtocol
  let tool: String
  let reader: PatientLineReader
  private let judge: Judge
  private let cohort: CohortJudge

  init(_ careProtocol: CareProtocol, options: LesionListOptions, tool: String) {
    self.careProtocol = careProtocol
    self.tool = tool
    judge = Judge(careProtocol.ruleSet)
    cohort = CohortJudge(judge)
    reader = PatientLineReader(options)
  }

  /// Measures and judges a case.
  ///
  /// - Throws: errors of geometry.
  func judged(_ patientCase: PatientCase) throws -> (measurements: Measurements, digest: PatientDigest) {
    let measurements = try Measurements(of: patientCase)
    return (
      measurements,
      PatientDigest(of: patientCase, measurements, by: careProtocol, judge: judge, cohort: cohort)
    )
  }

  /// Runs what answers a patient; what goes wrong becomes the reasons why the patient could not be read.
  static func reasons<Answer>(
    _ body: () throws -> Answer
  ) -> Result<Answer, InputErrors> {
    do { return .success(try body()) } catch let errors as InputErrors { return .failure(errors) } catch let
      error as InputError
    { return .failure(InputErrors([error])) } catch {
      return .failure(
        InputErrors([
          InputError(
            file: PatientLineReader.file, "cannot be measured: \(error)", advice: "report it")
        ]))
    }
  }
}

extension AssessmentRecord.ErrorEntry {
  /// Why a patient could not be read, with what would steer a terminal written out.
  init(_ error: InputError) {
    self.init(
      kind: error.kind.rawValue, place: VisibleText.escaped(error.place),
      message: VisibleText.escaped(error.message), advice: VisibleText.escaped(error.advice))
  }
}
