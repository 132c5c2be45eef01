// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Vocabulary

/// `case.json` as it is written: words, sizes, links and hashes; the bodies lie beside it or within.
struct CaseDocument: Codable {
  static let schemaName = "oligoplan.case/1"

  var schema = CaseDocument.schemaName
  var provenance: Provenance
  var warnings: [String]
  var patientID: String?
  var frameOfReferenceUID: String?
  /// The day of the newest scan, YYYY-MM-DD; absent when no file says it.
  var newestScan: String?
  var patient: Patient
  var lesions: [LesionEntry]
  var structures: [StructureEntry]
  var targets: [TargetEntry]
  var markers: [MarkerEntry]
  /// Earlier courses without a dose grid; absent when there are none.
  var earlierCourses: [CourseEntry]?
  /// The courses' doses; absent when there are none.
  var doses: [DoseEntry]?
  /// SHA-256 of the doses' voxels.
  var dosesSHA256: String?
  /// The voxels themselves, base64, in the single-file form.
  var doseVoxels: String?
  /// The CT; absent where there is none, and in the single-file form.
  var ct: ImageEntry?
  /// SHA-256 of the bodies' bytes.
  var bodiesSHA256: String
  /// The bodies themselves, base64, in the single-file form.
  var bodies: String?

  struct Provenance: Codable, Hashable {
    var tool: String
    var inputs: [Input]
    struct Input: Codable, Hashable {
      var name: String
      var sha256: String
    }
  }

  struct Patient: Codable {
    var statements: [String: StatementEntry]
    var priorTherapies: [TherapyEntry]?
  }

  struct StatementEntry: Codable {
    var number: Double?
    var low: Double?
    var high: Double?
    var word: String?
    var unit: String?
    var source: String
    var isEstimate: Bool?
  }

  struct TherapyEntry: Codable {
    var kind: String
    var lesion: String?
    var site: String?
    var side: String?
    var monthsAgo: Double?
  }

  struct LesionEntry: Codable {
    var id: String
    var sourceName: String
    var site: String?
    var side: String?
    var lobe: String?
    var positionMM: [Double]?
    var body: BodyLocation?
    var bodyIsModelled: Bool?
    var statements: [String: StatementEntry]
    var warnings: [String]
  }

  struct StructureEntry: Codable {
    var name: String
    var role: String
    var side: String?
    var lobe: String?
    var sourceName: String
    var body: BodyLocation
    /// The body as contoured, where `body` was completed by lesions that the contour leaves out.
    var asContoured: BodyLocation?
    var derivation: String?
    /// Whether its surface is an estimate; absent where it is not.
    var isEstimate: Bool?
    var warnings: [String]
  }

  struct TargetEntry: Codable {
    var sourceName: String
    var body: BodyLocation
    var lesions: [String]
  }

  struct MarkerEntry: Codable {
    var sourceName: String
    var isLine: Bool
    var pointsMM: [[Double]]
  }

  init(
    _ patientCase: PatientCase, tool: String, store: inout BodyStore, doseStore: inout DoseStore
  ) {
    provenance = Provenance(
      tool: tool, inputs: patientCase.inputs.map { .init(name: $0.name, sha256: $0.sha256) })
    warnings = patientCase.warnings
    patientID = patientCase.patientID
    frameOfReferenceUID = patientCase.frameOfReference
    newestScan = patientCase.newestScan
    patient = Patient(
      statements: patientCase.patient.statements.entries,
      priorTherapies: patientCase.patient.priorTherapies?.map {
        TherapyEntry(
          kind: $0.kind.rawValue, lesion: $0.lesion, site: $0.site, side: $0.side, monthsAgo: $0.monthsAgo)
      })
    lesions = []
    for lesion in patientCase.lesions {
      var modelled: Bool?
      if let body = lesion.body { if case .modelled = body { modelled = true } else { modelled = false } }
      lesions.append(
        LesionEntry(
          id: lesion.id, sourceName: lesion.sourceName, site: lesion.site?.rawValue,
          side: lesion.side?.rawValue, lobe: lesion.lobe?.rawValue,
          positionMM: lesion.position.map { [$0.x, $0.y, $0.z] },
          body: lesion.body.map { store.add($0.solid) }, bodyIsModelled: modelled,
          statements: lesion.statements.entries, warnings: lesion.warnings))
    }
    structures = []
    for structure in patientCase.structures {
      structures.append(
        StructureEntry(
          name: structure.name.tg263, role: structure.name.role.rawValue,
          side: structure.name.side?.rawValue, lobe: structure.name.lobe?.rawValue,
          sourceName: structure.sourceName, body: store.add(structure.solid),
          asContoured: structure.asContoured.map { store.add($0) },
          derivation: structure.derivation, isEstimate: structure.isEstimate ? true : nil,
          warnings: structure.warnings))
    }
    targets = []
    for target in patientCase.targets {
      targets.append(
        TargetEntry(sourceName: target.sourceName, body: store.add(target.solid), lesions: target.lesions))
    }
    markers = patientCase.markers.map {
      MarkerEntry(
        sourceName: $0.sourceName, isLine: $0.isLine, pointsMM: $0.points.map { [$0.x, $0.y, $0.z] })
    }
    if !patientCase.doses.isEmpty { doses = patientCase.doses.map { doseStore.add($0) } }
    if !patientCase.earlierCourses.isEmpty {
      earlierCourses = patientCase.earlierCourses.map(CourseEntry.init)
    }
    bodiesSHA256 = ""
    writeOutNames()
  }
}

extension Statements {
  fileprivate var entries: [String: CaseDocument.StatementEntry] {
    var result: [String: CaseDocument.StatementEntry] = [:]
    for (fact, statement) in self {
      let unit = fact.definition.unit
      var entry = CaseDocument.StatementEntry(unit: unit.isEmpty ? nil : unit, source: statement.source)
      if statement.isEstimate { entry.isEstimate = true }
      switch statement.value {
      case .number(let x): entry.number = x
      case .interval(let low, let high):
        entry.low = low
        entry.high = high
      case .word(let word): entry.word = word
      }
      result[fact.name] = entry
    }
    return result
  }
}
