// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
public import Planning

/// `assess` for people: the page a board reads first, then all reasons, then the bibliography.
public struct AssessmentReport {
  /// The report.
  public let document: ReportDocument

  /// A report of an assessed dossier; `nil` when it was not assessed.
  ///
  /// - Parameter notice: what the report is not, said once at its end.
  public init?(_ dossier: Dossier, notice: String) {
    guard let assessment = dossier.assessment else { return nil }
    let warnings = WarningLines(dossier.patientCase.warnings + assessment.warnings)
    let sources = SourceLines(dossier.careProtocol.bibliography, Self.cited(assessment))
    let closing =
      "Scores are rounded to 5; two within 10 do not differ meaningfully (no trial compares these therapies prospectively). Protocol \(dossier.careProtocol.name). \(notice)"
    document = ReportDocument(
      AssessmentPage(dossier, assessment).sections + [warnings.rest]
        + AssessmentDetail(dossier, assessment).sections + [sources.section]
        + [ReportSection("", .page, [.paragraph(ReportLine(closing, .faint))])])
  }

  private static func cited(_ assessment: Assessment) -> Set<String> {
    var cited: Set<String> = Set(assessment.patient.requires.flatMap(\.sources))
    cited.formUnion(assessment.patient.findings.filter { $0.effect != .supports }.flatMap(\.sources))
    for judged in assessment.lesions.flatMap(\.modalities) {
      for finding in judged.findings where [.excludes, .conditions, .lowers].contains(finding.effect) {
        cited.formUnion(finding.sources)
      }
    }
    return cited
  }
}
