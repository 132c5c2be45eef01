// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Report
internal import Vocabulary

/// `assess --format json`: schema `oligoplan.assessment/1`.
struct AssessmentDocument: Codable {
  let schema: String
  let provenance: ProvenanceEntry
  let warnings: [String]
  let patientID: String?
  let patient: PatientEntry
  let lesions: [LesionEntry]
  /// The bibliography entries that findings cite, by key.
  let sources: [String: SourceEntry]

  struct PatientEntry: Codable {
    let advice: String
    let providedThat: [ReasonEntry]
    let weeks: Int?
    let oligometastatic: String
    let requires: [RequirementEntry]
    let findings: [FindingEntry]
    let missing: [String]
  }

  struct RequirementEntry: Codable {
    let text: String
    let sources: [String]
  }

  struct LesionEntry: Codable {
    let id: String
    let site: String?
    let note: String?
    /// Why another therapy stands before resection; absent where resection stands first or is excluded.
    let beforeResection: ReasonEntry?
    /// Contoured structures of unknown meaning within 20 mm, which no rule sees.
    let unrecognizedNeighbours: [NeighbourEntry]
    let modalities: [ModalityEntry]
  }

  struct NeighbourEntry: Codable {
    let name: String
    let distanceMM: Double
  }

  struct ModalityEntry: Codable {
    let modality: String
    let verdict: String
    let likely: String?
    /// Absent where there is none, as without a size.
    let score: Double?
    let scoreRange: [Double]?
    let concerns: [String: Double]
    let findings: [FindingEntry]
    let missing: [MissingEntry]
    let providedThat: [ReasonEntry]
    let manoeuvres: [String]
    /// That the service does not have it; absent where it has.
    let unavailable: ReasonEntry?
  }

  struct MissingEntry: Codable {
    let fact: String
    let need: String
    let couldExclude: Bool
    let couldCondition: Bool
    let scoreSpread: Double
  }

  struct FindingEntry: Codable {
    let rule: String
    let fact: String
    let value: ValueEntry?
    let valueRange: [Double]?
    let unit: String
    let origin: String?
    let valueSource: String?
    let limit: String
    let grade: String
    let concern: String?
    let effect: String
    /// What is said: `judgement.rule`, `judgement.unknown`, …; the text is for people.
    let kind: String
    let text: String
    let sources: [String]
    let withinMeasurementErrorOf: Double?
    let requires: String?
    let obtain: String?
    let advice: String?
    let weeks: Int?

    private enum CodingKeys: String, CodingKey {
      case rule, fact, value, valueRange, unit, origin, limit, grade, concern, effect, kind, text, sources
      case valueSource, withinMeasurementErrorOf, requires, obtain, advice, weeks

    }

    init(_ finding: Finding) {
      rule = finding.rule
      fact = finding.fact.name
      unit = finding.fact.definition.unit
      switch finding.value.knowledge {
      case .known(.number(let x)):
        value = .number(JSONText.rounded(x))
        valueRange = nil
      case .known(.word(let word)):
        value = .word(word)
        valueRange = nil
      case .between(let low, let high):
        value = nil
        valueRange = [JSONText.rounded(low), JSONText.rounded(high)]
      case .unknown, .notApplicable:
        value = nil
        valueRange = nil
      }
      origin = finding.grade == nil ? nil : finding.value.origin.rawValue
      valueSource = finding.grade == nil ? nil : finding.value.source
      limit = finding.reason.limit.map(ReasonWords.text) ?? ""
      grade = finding.grade?.word ?? "unknown"
      concern = finding.concern?.rawValue
      effect = finding.effect.rawValue
      text = ReasonWords.text(finding.reason)
      kind = finding.reason.kind.name
      sources = finding.sources
      withinMeasurementErrorOf = finding.nearEdge
      requires = finding.condition?.kind.rawValue
      obtain = finding.condition?.request.map(ReasonWords.text)
      advice = finding.advice?.rawValue
      weeks = finding.weeks
    }
  }

  enum ValueEntry: Codable {
    case number(Double)
    case word(String)
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let x): try container.encode(x)
      case .word(let word): try container.encode(word)
      }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self = try (try? container.decode(Double.self)).map(Self.number) ?? .word(container.decode(String.self))
    }
  }

  struct SourceEntry: Codable {
    let citation: String
    let statement: String
    let mark: String
    let design: String
    let endpoint: String
    let n: String
    let unit: String
    /// Of what it counted metastases, none where it sets no number; absent where it says nothing of that.
    let countedPer: String?
  }

  static let schemaName = "oligoplan.assessment/1"

  init(_ dossier: Dossier, _ assessment: Assessment, tool: String) {
    schema = Self.schemaName
    provenance = ProvenanceEntry(dossier, tool: tool, withProtocol: true)
    warnings = dossier.patientCase.warnings + assessment.warnings
    patientID = dossier.patientCase.patientID
    let judged = assessment.patient
    patient = PatientEntry(
      advice: judged.advice.rawValue, providedThat: judged.providedThat.map(ReasonEntry.init),
      weeks: judged.weeks,
      oligometastatic: judged.oligometastatic.text,
      requires: judged.requires.map { RequirementEntry(text: $0.text, sources: $0.sources) },
      findings: judged.findings.map(FindingEntry.init), missing: judged.missing.map(\.name))
    lesions = assessment.lesions.map { lesion in
      LesionEntry(
        id: lesion.lesion, site: lesion.site?.rawValue, note: lesion.note.map(ReasonWords.text),
        beforeResection: lesion.beforeResection(by: dossier.careProtocol.ruleSet.scoring).map(
          ReasonEntry.init),
        unrecognizedNeighbours: (dossier.measurements[lesion: lesion.lesion]?.unrecognized ?? []).map {
          NeighbourEntry(
            name: $0.sourceName,
            distanceMM: JSONText.rounded($0.clearance.distance.millimeters, digits: 2))
        },
        modalities: lesion.modalities.map(Self.modality))
    }
    var cited = Set(judged.requires.flatMap(\.sources) + judged.findings.flatMap(\.sources))
    for lesion in assessment.lesions {
      for modality in lesion.modalities { cited.formUnion(modality.findings.flatMap(\.sources)) }
    }
    sources = Self.entries(cited, in: dossier.careProtocol.bibliography)
  }

  /// The bibliography entries of these keys.
  static func entries(_ keys: Set<String>, in bibliography: Bibliography) -> [String: SourceEntry] {
    var entries: [String: SourceEntry] = [:]
    for key in keys {
      guard let source = bibliography[key] else { continue }
      entries[key] = SourceEntry(
        citation: source.citation, statement: source.statement, mark: source.mark.rawValue,
        design: source.design.rawValue, endpoint: source.endpoint, n: source.n, unit: source.unit.rawValue,
        countedPer: source.counts.map(SourceReader.word))
    }
    return entries
  }

  private static func modality(_ judged: ModalityJudgement) -> ModalityEntry {
    var concerns: [String: Double] = [:]
    for (concern, d) in judged.concerns { concerns[concern.rawValue] = JSONText.rounded(d) }
    return ModalityEntry(
      modality: judged.modality.rawValue, verdict: judged.verdict.word, likely: judged.likely?.word,
      score: judged.isScored ? JSONText.rounded(judged.score, digits: 1) : nil,
      scoreRange: !judged.isScored
        ? nil
        : [
          JSONText.rounded(judged.scoreRange.lowerBound, digits: 1),
          JSONText.rounded(judged.scoreRange.upperBound, digits: 1),
        ],
      concerns: concerns, findings: judged.findings.map(FindingEntry.init),
      missing: judged.missing.map {
        MissingEntry(
          fact: $0.fact.name, need: $0.need.rawValue, couldExclude: $0.couldExclude,
          couldCondition: $0.couldCondition, scoreSpread: JSONText.rounded($0.scoreSpread, digits: 1))
      },
      providedThat: judged.providedThat.map(ReasonEntry.init), manoeuvres: judged.manoeuvres.map(\.rawValue),
      unavailable: judged.unavailable.map(ReasonEntry.init))
  }
}
