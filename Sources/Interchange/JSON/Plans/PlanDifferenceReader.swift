// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import Planning

/// Reads two plans of the patient as a whole, to say what they differ in.
public enum PlanDifferenceReader {
  /// The two plans of these files.
  ///
  /// - Throws: `InputError` for a file that is no plan of the patient as a whole, and for plans of two cases.
  public static func read(_ first: String, _ second: String) throws(InputError) -> PlanDifference {
    let (a, b) = (try side(first), try side(second))
    guard a.caseSHA256 == b.caseSHA256 else {
      throw InputError(
        file: second, place: "provenance", "was made of another case than \(a.name)",
        advice: "compare two plans of one case")
    }
    return PlanDifference(a, b)
  }

  private static func side(_ path: String) throws(InputError) -> PlanDifference.Side {
    let data = try FileAccess.read(path)
    let document = try? JSONDecoder().decode(PlanDocument<PatientPlanPart>.self, from: data)
    guard let document, document.envelope.schema == PlanEnvelope.schemaName else {
      throw InputError(
        file: path, "is no plan of the patient as a whole (\(PlanEnvelope.schemaName))",
        advice: "make one with oligoplan plan CASE -o PLAN.json")
    }
    let (envelope, part) = (document.envelope, document.part)
    let careProtocol = envelope.provenance.careProtocol
    return PlanDifference.Side(
      name: FileAccess.name(of: path),
      careProtocol: careProtocol.map { VisibleText.escaped("\($0.id) \($0.version) \($0.sha256)") }
        ?? "unknown",
      caseSHA256: envelope.provenance.caseSHA256,
      options: Dictionary(
        (envelope.provenance.options ?? [:]).map { name, values in
          (VisibleText.escaped(name), values.map { VisibleText.escaped($0) })
        }, uniquingKeysWith: { first, _ in first }),
      lesions: Dictionary(
        part.assignments.map { (VisibleText.escaped($0.lesion), choice($0)) },
        uniquingKeysWith: { first, _ in first }),
      figures: figures(part))
  }

  private static func choice(_ entry: PatientPlanPart.AssignmentEntry) -> PlanDifference.Choice {
    let scheme = entry.scheme.map { " \($0.id)" } ?? ""
    return PlanDifference.Choice(
      words: VisibleText.escaped(entry.modality + scheme),
      verdict: entry.verdict.map { VisibleText.escaped($0) },
      why: entry.why.map { VisibleText.escaped($0) })
  }

  private static func figures(_ part: PatientPlanPart) -> [PlanDifference.Figure] {
    let (standing, burden) = (part.standing, part.burden)
    let counts: [(String, Int)] = [
      ("lesions without acceptable treatment", standing.lesionsWithoutAcceptableTreatment),
      ("questions for the board", standing.boardQuestions),
      ("lesions treated by less than their first therapy", standing.lesionsOutsideFirstGroup),
      ("other open conditions", standing.openConditions), ("cautions", standing.cautions),
    ]
    let measured: [(String, String, Double?)] = [
      ("anaesthetics", "anaesthetics", Double(burden.anaesthetics)),
      ("days in hospital", "hospitalDays", Double(burden.hospitalDays)),
      ("visits", "visits", Double(burden.visits)), ("punctures", "punctures", Double(burden.punctures)),
      ("mean lung dose in Gy, estimated", "meanLungDoseGy", burden.meanLungDoseGy),
      ("segments of lung", "segments", burden.segments), ("weeks", "weeks", Double(burden.weeks)),
      ("points of burden", "points", burden.points),
    ]
    return counts.map { .init(name: $0, value: Double($1), isAtLeast: false) }
      + measured.map { name, key, value in
        .init(name: name, value: value, isAtLeast: burden.incomplete.contains(key))
      }
  }
}
