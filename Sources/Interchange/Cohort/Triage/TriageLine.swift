// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Report

/// One patient as three services see it, on one line, schema `oligoplan.triage/1`: what worklists are ordered and made from.
///
/// Nothing in it depends on the clock, the machine, the number of workers or the place of the patient in the cohort, so lines of
/// parts of a cohort make the worklists of the whole.
struct TriageLine: Codable {
  static let schemaName = "oligoplan.triage/1"

  let schema: String
  let tool: String
  let protocolSHA256: String
  /// SHA-256 of what it answers: a line, the rows of a list, a case.
  let inputSHA256: String
  let patientID: String?
  /// The case's place where the patient has no id, or could not be read; absent otherwise.
  let source: String?
  /// What the user said about lists; absent where nothing.
  let options: [String]?
  /// Absent where the patient could not be read.
  let advice: String?
  /// For advice to observe: weeks until restaging.
  let weeks: Int?
  let oligometastatic: String?
  /// Every lesion with the verdict on each therapy and what that hangs on; absent where the patient could not be read.
  let lesions: [LesionEntry]?
  /// The row of each list that the patient is on; absent otherwise.
  let ir: WorklistRow?
  let radonc: WorklistRow?
  let surgery: WorklistRow?
  /// The lists that the patient is not on, each with why.
  let unlisted: [UnlistedRow]?
  let warnings: [String]?
  /// Why the patient could not be read; absent otherwise.
  let errors: [AssessmentRecord.ErrorEntry]?

  enum CodingKeys: String, CodingKey {
    case schema, tool, protocolSHA256, inputSHA256
    case patientID = "patient_id"
    case source, options, advice, weeks, oligometastatic, lesions, ir, radonc, surgery, unlisted, warnings,
      errors
  }

  struct LesionEntry: Codable {
    let id: String
    let site: String?
    let therapies: [TherapyEntry]
  }

  struct TherapyEntry: Codable {
    let modality: String
    let verdict: String
    let leading: String
  }

  /// The rows with the services' words, in the services' order.
  var rows: [(service: String, row: WorklistRow)] {
    [("ir", ir), ("radonc", radonc), ("surgery", surgery)].compactMap { name, row in
      row.map { (name, $0) }
    }
  }
}

extension JSONLine {
  /// The line of a patient; keys in the order of their letters, as in a record.
  init(_ triaged: TriageLine) {
    self.init()
    object { line in
      line.field("advice", triaged.advice)
      line.errors(triaged.errors)
      line.field("inputSHA256", triaged.inputSHA256)
      line.row("ir", triaged.ir)
      line.list("lesions", triaged.lesions) { line, lesion in
        line.field("id", lesion.id)
        line.field("site", lesion.site)
        line.list("therapies", lesion.therapies) { line, therapy in
          line.field("leading", therapy.leading)
          line.field("modality", therapy.modality)
          line.field("verdict", therapy.verdict)
        }
      }
      line.field("oligometastatic", triaged.oligometastatic)
      line.field("options", triaged.options)
      line.field("patient_id", triaged.patientID)
      line.field("protocolSHA256", triaged.protocolSHA256)
      line.row("radonc", triaged.radonc)
      line.field("schema", triaged.schema)
      line.field("source", triaged.source)
      line.row("surgery", triaged.surgery)
      line.field("tool", triaged.tool)
      line.list("unlisted", triaged.unlisted) { line, unlisted in
        line.field("service", unlisted.service)
        line.field("why", unlisted.why)
      }
      line.field("warnings", triaged.warnings)
      line.field("weeks", triaged.weeks)
    }
    end()
  }

  private mutating func row(_ name: String, _ row: WorklistRow?) {
    guard let row else { return }
    key(name)
    object { line in
      line.ablation(row.ablation)
      line.field("advice", row.advice)
      line.list("candidates", row.candidates) { $0.candidate($1) }
      line.field("completeness", row.completeness)
      line.field("doublingTimeDays", row.doublingTimeDays)
      line.list("excluded", row.excluded) { line, lesion in
        line.field("id", lesion.id)
        line.field("site", lesion.site)
        line.field("why", lesion.why)
      }
      line.field("granted", row.granted)
      line.irradiation(row.irradiation)
      line.field("leading", row.leading)
      line.field("lists", row.lists)
      line.list("missing", row.missing) { line, missing in
        line.field("lesions", missing.lesions)
        line.field("question", missing.question)
      }
      line.list("order", row.order) { line, step in
        line.field("by", step.by)
        line.field("level", step.level)
        line.field("text", step.text)
      }
      line.field("patient_id", row.patientID)
      line.resection(row.resection)
      line.field("source", row.source)
      line.field("unlistedLesions", row.unlistedLesions)
      line.field("verdict", row.verdict)
      line.field("warnings", row.warnings)
      line.field("weeks", row.weeks)
    }
  }

  private mutating func candidate(_ lesion: WorklistRow.Lesion) {
    field("alike", lesion.alike)
    field("id", lesion.id)
    field("isFirstChoice", lesion.isFirstChoice)
    field("leading", lesion.leading)
    field("modality", lesion.modality)
    field("place", lesion.place)
    field("requires", lesion.requires)
    field("site", lesion.site)
    field("sizeMM", lesion.sizeMM)
    field("technique", lesion.technique)
    field("verdict", lesion.verdict)
  }

  private mutating func ablation(_ figures: WorklistRow.Ablation?) {
    guard let figures else { return }
    key("ablation")
    object { line in
      line.field("energies", figures.energies)
      line.field("lesionsPerSitting", figures.lesionsPerSitting)
      line.field("sittings", figures.sittings)
    }
  }

  private mutating func irradiation(_ figures: WorklistRow.Irradiation?) {
    guard let figures else { return }
    key("irradiation")
    object { line in
      line.field("basis", figures.basis)
      line.field("earlierCourses", figures.earlierCourses)
      line.field("lungMeanGy", figures.lungMeanGy)
      line.field("lungV20Percent", figures.lungV20Percent)
      line.field("targetVolumeCC", figures.targetVolumeCC)
      line.field("targets", figures.targets)
      line.field("visits", figures.visits)
    }
  }

  private mutating func resection(_ figures: WorklistRow.Resection?) {
    guard let figures else { return }
    key("resection")
    object { line in
      line.field("operations", figures.operations)
      line.field("registryGroup", figures.registryGroup)
      line.field("reserveKnown", figures.reserveKnown)
      line.field("reserveMissing", figures.reserveMissing)
    }
  }
}
