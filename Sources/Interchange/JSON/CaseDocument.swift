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

  // MARK: From a case

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
          derivation: structure.derivation, warnings: structure.warnings))
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

  // MARK: To a case

  func patientCase(
    _ store: BodyStore, _ doses: [CourseDose], file: String
  ) throws(InputError) -> PatientCase {
    if let newestScan, !CourseDate.isDate(newestScan) {
      throw InputError(file: file, place: "newestScan", "is no day", advice: "import the case again")
    }
    var result = PatientCase(
      patientID: patientID, frameOfReference: frameOfReferenceUID, warnings: warnings,
      inputs: provenance.inputs.map { CaseInput(name: $0.name, sha256: $0.sha256) }, newestScan: newestScan)
    result.patient.statements = try statements(patient.statements, file)
    if let therapies = patient.priorTherapies {
      var list: [PriorTherapy] = []
      for entry in therapies {
        guard entry.monthsAgo.map(CourseBounds.monthsAgo.contains) ?? true else {
          throw InputError(
            file: file, place: "priorTherapies", "tells a time beyond all bounds",
            advice: "import the case again")
        }
        list.append(
          PriorTherapy(
            kind: try word(entry.kind, PriorTherapy.Kind.self, file), lesion: entry.lesion, site: entry.site,
            side: entry.side, monthsAgo: entry.monthsAgo))
      }
      result.patient.priorTherapies = list
    }
    guard lesions.count <= InputLimits.lesions else {
      throw InputError(
        file: file, place: "lesions", "are \(lesions.count), more than the \(InputLimits.lesions) of a case",
        advice: "import the case again")
    }
    var ids: Set<String> = []
    for entry in lesions {
      var lesion = Lesion(id: entry.id, sourceName: entry.sourceName, warnings: entry.warnings)
      lesion.site = try entry.site.map { word throws(InputError) in try self.word(word, Site.self, file) }
      lesion.side = try entry.side.map { word throws(InputError) in try self.word(word, Side.self, file) }
      lesion.lobe = try entry.lobe.map { word throws(InputError) in try self.word(word, Lobe.self, file) }
      lesion.position = try entry.positionMM.map { place throws(InputError) in try self.point(place, file) }
      lesion.statements = try statements(entry.statements, file)
      if let body = entry.body {
        let solid = try store.solid(body, file: file)
        lesion.body = entry.bodyIsModelled == true ? .modelled(solid) : .contoured(solid)
      }
      guard ids.insert(entry.id).inserted else {
        throw InputError(file: file, place: "lesion \(entry.id)", "stands twice")
      }
      result.lesions.append(lesion)
    }
    for entry in structures {
      let side = try entry.side.map { word throws(InputError) in try self.word(word, Side.self, file) }
      let lobe = try entry.lobe.map { word throws(InputError) in try self.word(word, Lobe.self, file) }
      let name = StructureName(
        tg263: entry.name, role: try word(entry.role, StructureRole.self, file), side: side, lobe: lobe)
      result.structures.append(
        Structure(
          name: name, sourceName: entry.sourceName, solid: try store.solid(entry.body, file: file),
          asContoured: try entry.asContoured.map { body throws(InputError) in
            try store.solid(body, file: file)
          },
          derivation: entry.derivation, warnings: entry.warnings,
          mayBeCutOff: entry.warnings.contains { $0.hasSuffix(Structure.cutOffWarning) }))
    }
    for entry in targets {
      result.targets.append(
        TargetVolume(
          sourceName: entry.sourceName, solid: try store.solid(entry.body, file: file), lesions: entry.lesions
        ))
    }
    for entry in markers {
      var points: [SIMD3<Double>] = []
      for place in entry.pointsMM { points.append(try point(place, file)) }
      result.markers.append(Marker(sourceName: entry.sourceName, isLine: entry.isLine, points: points))
    }
    for entry in earlierCourses ?? [] { result.earlierCourses.append(try entry.course(file: file)) }
    result.doses = doses
    return result
  }

  private func point(_ values: [Double], _ file: String) throws(InputError) -> SIMD3<Double> {
    guard values.count == 3, values.allSatisfy({ abs($0) <= LesionRow.farthestMM }) else {
      throw InputError(
        file: file, "holds a place that is none, or over 10 m away", advice: "import the case again")
    }
    return SIMD3(values[0], values[1], values[2])
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ text: String, _ type: Word.Type, _ file: String
  ) throws(InputError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: text) else {
      throw InputError(
        file: file, "\"\(text)\" is none of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return word
  }

  private func statements(
    _ entries: [String: StatementEntry], _ file: String
  ) throws(InputError) -> Statements {
    var result: Statements = [:]
    for (name, entry) in entries {
      guard let fact = Fact(named: name) else {
        throw InputError(file: file, place: name, "is no fact this version knows")
      }
      let definition = fact.definition
      let unit = definition.unit
      for value in [entry.number, entry.low, entry.high].compactMap(\.self) {
        guard case .number(_, let domain) = definition.kind, domain.contains(value) else {
          throw InputError(file: file, place: name, "\(value) is no plausible value")
        }
      }
      if let word = entry.word {
        guard case .word(let allowed) = definition.kind, allowed.contains(word) else {
          throw InputError(file: file, place: name, "\"\(word)\" is no value of this fact")
        }
      }
      if let told = entry.unit, told != unit {
        throw InputError(file: file, place: name, "is told in \(told); \(unit) is expected")
      }
      if let word = entry.word {
        result[fact] = Statement(.word(word), source: entry.source, isEstimate: entry.isEstimate ?? false)
      } else if let number = entry.number {
        result[fact] = Statement(.number(number), source: entry.source, isEstimate: entry.isEstimate ?? false)
      } else if let low = entry.low, let high = entry.high, low <= high {
        result[fact] = Statement(
          .interval(low, high), source: entry.source, isEstimate: entry.isEstimate ?? false)
      } else {
        throw InputError(file: file, place: name, "holds no value")
      }
    }
    return result
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
