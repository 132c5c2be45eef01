// SPDX-License-Identifier: Apache-2.0
internal import Foundation

extension JSONLine {
  /// The line of a record that has no detail.
  init(_ record: AssessmentRecord) {
    self.init()
    object { line in
      line.field("advice", record.advice)
      line.field("assumed", record.assumed)
      line.errors(record.errors)
      line.field("inputSHA256", record.inputSHA256)
      line.list("lesions", record.lesions) { $0.lesion($1) }
      line.field("missing", record.missing)
      line.field("oligometastatic", record.oligometastatic)
      line.field("patient_id", record.patientID)
      line.field("protocolSHA256", record.protocolSHA256)
      line.field("schema", record.schema)
      line.field("tool", record.tool)
      line.field("warnings", record.warnings)
      line.field("weeks", record.weeks)
    }
    end()
  }

  /// Why a patient could not be read.
  mutating func errors(_ errors: [AssessmentRecord.ErrorEntry]?) {
    list("errors", errors) { line, error in
      line.field("advice", error.advice)
      line.field("kind", error.kind)
      line.field("message", error.message)
      line.field("place", error.place)
    }
  }

  private mutating func lesion(_ lesion: AssessmentRecord.LesionEntry) {
    field("id", lesion.id)
    list("modalities", lesion.modalities) { line, judged in
      if let leading = judged.leading {
        line.key("leading")
        line.object { line in
          line.field("effect", leading.effect)
          line.field("fact", leading.fact)
          line.field("requires", leading.requires)
          line.field("rule", leading.rule)
          line.field("sources", leading.sources)
          line.field("text", leading.text)
        }
      }
      line.field("likely", judged.likely)
      line.field("missing", judged.missing)
      line.field("modality", judged.modality)
      line.field("score", judged.score)
      line.field("unavailable", judged.unavailable)
      line.field("verdict", judged.verdict)
    }
    field("note", lesion.note)
    field("site", lesion.site)
  }
}
