// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Imaging
internal import Vocabulary

extension CaseDocument {
  /// The case that was written, with its bodies and doses.
  ///
  /// - Throws: `InputError` for what no case of this version holds.
  func patientCase(
    _ store: BodyStore, _ doses: [CourseDose], ct: KeptImage?, file: String
  ) throws(InputError) -> PatientCase {
    if let newestScan, !CourseDate.isDate(newestScan) {
      throw InputError(file: file, place: "newestScan", "is no day", advice: "import the case again")
    }
    var result = PatientCase(
      patientID: patientID, frameOfReference: frameOfReferenceUID, warnings: warnings,
      inputs: provenance.inputs.map { CaseInput(name: $0.name, sha256: $0.sha256) }, newestScan: newestScan)
    result.patient.statements = try statements(patient.statements, file)
    result.patient.priorTherapies = try patient.priorTherapies.map { therapies throws(InputError) in
      try priorTherapies(therapies, file)
    }
    result.lesions = try readLesions(store, file)
    for entry in structures { result.structures.append(try structure(entry, store, file)) }
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
    result.ct = ct
    return result
  }

  private func priorTherapies(
    _ entries: [TherapyEntry], _ file: String
  ) throws(InputError) -> [PriorTherapy] {
    var list: [PriorTherapy] = []
    for entry in entries {
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
    return list
  }

  private func readLesions(_ store: BodyStore, _ file: String) throws(InputError) -> [Lesion] {
    guard lesions.count <= InputLimits.lesions else {
      throw InputError(
        file: file, place: "lesions", "are \(lesions.count), more than the \(InputLimits.lesions) of a case",
        advice: "import the case again")
    }
    var found: [Lesion] = []
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
      found.append(lesion)
    }
    return found
  }

  private func structure(
    _ entry: StructureEntry, _ store: BodyStore, _ file: String
  ) throws(InputError) -> Structure {
    let side = try entry.side.map { word throws(InputError) in try self.word(word, Side.self, file) }
    let lobe = try entry.lobe.map { word throws(InputError) in try self.word(word, Lobe.self, file) }
    let name = StructureName(
      tg263: entry.name, role: try word(entry.role, StructureRole.self, file), side: side, lobe: lobe)
    return Structure(
      name: name, sourceName: entry.sourceName, solid: try store.solid(entry.body, file: file),
      asContoured: try entry.asContoured.map { body throws(InputError) in
        try store.solid(body, file: file)
      },
      derivation: entry.derivation, isEstimate: entry.isEstimate ?? false, warnings: entry.warnings,
      mayBeCutOff: entry.warnings.contains { $0.hasSuffix(Structure.cutOffWarning) })
  }

  // MARK: Words and numbers

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
