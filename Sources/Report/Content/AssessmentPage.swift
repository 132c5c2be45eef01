// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Planning
internal import Reasons
internal import Resection
internal import Vocabulary

/// The page a board reads first of an assessment: the patient, five answers, and the table of lesions by therapies.
struct AssessmentPage {
  private let dossier: Dossier
  private let assessment: Assessment

  init(_ dossier: Dossier, _ assessment: Assessment) {
    self.dossier = dossier
    self.assessment = assessment
  }

  /// The page's sections, without a closing.
  var sections: [ReportSection] {
    let warnings = WarningLines(dossier.patientCase.warnings + assessment.warnings)
    return [
      ReportSection(heading, .page, [.list(patient)]),
      warnings.page,
      ReportSection("", .page, first + [.answers(answers)]),
      ReportSection("", .page, [.table(AssessmentMatrix(dossier, assessment).matrix.table)]),
    ]
  }

  private var heading: String {
    let judged = assessment.patient
    let weeks = judged.weeks.map { " in \($0) weeks" } ?? ""
    return
      "Patient \(dossier.patientCase.patientID ?? "(no ID)"): \(judged.advice.title)\(weeks)\(judged.providedThat.isEmpty ? "" : "*")"
  }

  private var patient: [ReportLine] {
    let judged = assessment.patient
    let leading = judged.findings.filter { $0.effect == .conditions }.map {
      ReportLine(ReasonWords.text($0.reason), sign: .conditions, sources: $0.sources)
    }
    let granted = judged.providedThat.map(ReasonWords.text).joined(separator: "; ")
    let provided =
      granted.isEmpty ? [] : [ReportLine("provided that: " + granted, .faint, sign: .provided)]
    return [ReportLine("oligometastatic state: \(judged.oligometastatic.text)")] + registry + leading
      + provided
  }

  /// The registry group of lung metastases that can all be resected; whether they can is a plan's to show.
  var registry: [ReportLine] {
    guard let group = assessment.registryGroup else { return [] }
    return [
      ReportLine(
        "registry (IRLM) group \(group.numeral) if every lung metastasis can be resected, IV if not",
        sources: ["P-24", "P-27"])
    ]
  }

  /// Whether a therapy may be called a first choice.
  private var isOffered: Bool { assessment.patient.advice.offersLocalTherapy }

  /// That no therapy is a first choice, where the advice is not to treat; empty otherwise.
  var first: [ReportBlock] {
    guard !isOffered else { return [] }
    let words = assessment.patient.advice.title
    return [
      .paragraph(
        ReportLine(
          "\(words): no therapy below is a first choice; what could be done is kept for information.",
          .caution))
    ]
  }

  // MARK: Five answers

  private var order: [ReportLine] {
    isOffered ? ResectionOrder(assessment, dossier.careProtocol.ruleSet.scoring).lines : []
  }

  private var answers: [(label: String, lines: [ReportLine])] {
    [
      ("Ablation", TherapyGroups(assessment, .ablation).lines),
      ("SBRT", TherapyGroups(assessment, .radiotherapy).lines + ReportedDoseLeft(dossier).lines + burden),
      ("Surgery", TherapyGroups(assessment, .surgery).lines + order + extent),
      ("Embolization", TherapyGroups(assessment, .embolization).lines),
      ("No therapy", untreatable),
      ("Obtain first", wanted),
      ("Granted", granted),
    ]
  }

  /// Fractions, lung V20 and the limit that decides, where a plan's facts were laid beside the case.
  private var burden: [ReportLine] {
    guard !TherapyGroups(assessment, .radiotherapy).lines.isEmpty else { return [] }
    var words: [String] = []
    if let v20 = planned(.sbrtLungV20, .radiotherapy) { words.append("lung V20 \(v20)") }
    let limits = planned(of: .radiotherapy).filter { $0.fact.isDoseLimit && $0.effect != .supports }
    if let decides = limits.max(by: { ($0.grade ?? .favourable) < ($1.grade ?? .favourable) }) {
      words.append("deciding: \(LeadingWords.cause(decides))")
    }
    guard words.isEmpty else { return [ReportLine("planned: " + words.joined(separator: "; "))] }
    return [
      ReportLine("fractions, lung V20 and the deciding limit need a plan: plan CASE --modality sbrt", .faint)
    ]
  }

  /// What an operation takes and leaves, where a plan's facts were laid beside the case.
  private var extent: [ReportLine] {
    guard !TherapyGroups(assessment, .surgery).lines.isEmpty else { return [] }
    let extents = assessment.lesions.compactMap { lesion -> String? in
      let findings = lesion.modalities.filter { $0.modality.family == .surgery }.flatMap(\.findings)
      guard let found = findings.first(where: { $0.fact == .resectionTechnique }),
        case .known(.word(let word)) = found.value.knowledge
      else { return nil }
      return "\(lesion.lesion) \(spacedWords(word))"
    }
    var words: [String] = extents.isEmpty ? [] : [TherapyGroups.names(extents)]
    if let left = planned(.ppoFEV1, .surgery) { words.append("FEV1 left \(left)") }
    guard words.isEmpty else { return [ReportLine("planned: " + words.joined(separator: "; "))] }
    return [
      ReportLine(
        "what it takes and the function left need a plan: plan CASE --modality resection", .faint)
    ]
  }

  private func planned(of family: Modality.Family) -> [Finding] {
    assessment.lesions.flatMap(\.modalities).filter { $0.modality.family == family }.flatMap(\.findings)
      .filter { $0.fact.definition.isPlanned }
  }

  /// The least and the greatest value of a planned fact over all lesions, in words; `nil` where no plan tells it.
  private func planned(_ fact: Fact, _ family: Modality.Family) -> String? {
    let ends = planned(of: family).filter { $0.fact == fact }.flatMap { finding -> [Double] in
      switch finding.value.knowledge {
      case .known(.number(let x)): [x]
      case .between(let low, let high): [low, high]
      default: []
      }
    }
    guard let low = ends.min(), let high = ends.max() else { return nil }
    let unit = fact.definition.unit
    return low == high
      ? "\(Figures.plain(low)) \(unit)" : "\(Figures.plain(low))–\(Figures.plain(high)) \(unit)"
  }

  /// Lesions for which nothing is left, and those that could not be judged.
  var untreatable: [ReportLine] {
    assessment.lesions.compactMap { lesion in
      if let note = lesion.note {
        return ReportLine("\(lesion.lesion): \(ReasonWords.text(note))", .question)
      }
      guard lesion.modalities.allSatisfy({ $0.verdict == .ineligible }) else { return nil }
      let causes = lesion.modalities.map { "\($0.modality.shortTitle): \(LeadingWords.text($0))" }
      return ReportLine("\(lesion.lesion): " + causes.joined(separator: ", "), .bad)
    }
  }

  // MARK: What to obtain

  private var wanted: [ReportLine] {
    MissingFacts(assessment).lines
  }

  /// What the verdicts above take for granted, of each fact the narrowest that one of them needs.
  private var granted: [ReportLine] {
    var order: [[Fact]] = []
    var narrowest: [[Fact]: Reason] = [:]
    for reason in assessment.lesions.flatMap(\.modalities).flatMap(\.providedThat) {
      guard let known = narrowest[reason.facts] else {
        order.append(reason.facts)
        narrowest[reason.facts] = reason
        continue
      }
      if let limit = reason.limit, let other = known.limit, limit.isNarrower(than: other) {
        narrowest[reason.facts] = reason
      }
    }
    guard !order.isEmpty else { return [] }
    let words = order.compactMap { narrowest[$0] }.map(ReasonWords.text)
    return [ReportLine(words.joined(separator: "; "), .faint)]
  }
}

extension Fact {
  /// Whether it compares a planned dose with limits.
  fileprivate var isDoseLimit: Bool {
    switch self {
    case .sbrtDose, .sbrtLungLimits, .sbrtLiverLimits, .sbrtCumulative: true
    default: false
    }
  }
}
