// SPDX-License-Identifier: Apache-2.0
internal import Facts

extension CaseDocument {
  /// Writes out, in every name and text, what would steer a terminal or break a line (`VisibleText`).
  ///
  /// Done when a case is written and when it is read: whoever reads a case need not ask where its names came from, and
  /// ids stay what the user sees and types.
  mutating func writeOutNames() {
    func shown(_ text: inout String) { text = VisibleText.escaped(text) }
    func shown(_ text: inout String?) { text = text.map(VisibleText.escaped) }
    func shown(_ texts: inout [String]) { texts = texts.map(VisibleText.escaped) }
    func shown(_ statements: inout [String: StatementEntry]) {
      statements = statements.mapValues { entry in
        var entry = entry
        entry.source = VisibleText.escaped(entry.source)
        return entry
      }
    }
    shown(&provenance.tool)
    for index in provenance.inputs.indices {
      shown(&provenance.inputs[index].name)
      shown(&provenance.inputs[index].sha256)
    }
    shown(&warnings)
    shown(&patientID)
    shown(&frameOfReferenceUID)
    shown(&patient.statements)
    patient.priorTherapies = patient.priorTherapies?.map { entry in
      var entry = entry
      shown(&entry.lesion)
      shown(&entry.site)
      shown(&entry.side)
      return entry
    }
    for index in lesions.indices {
      shown(&lesions[index].id)
      shown(&lesions[index].sourceName)
      shown(&lesions[index].statements)
      shown(&lesions[index].warnings)
    }
    for index in structures.indices {
      shown(&structures[index].name)
      shown(&structures[index].sourceName)
      shown(&structures[index].derivation)
      shown(&structures[index].warnings)
    }
    for index in targets.indices {
      shown(&targets[index].sourceName)
      shown(&targets[index].lesions)
    }
    for index in markers.indices { shown(&markers[index].sourceName) }
    if var courses = earlierCourses {
      for index in courses.indices { courses[index].writeOutNames() }
      earlierCourses = courses
    }
    if var grids = doses {
      for index in grids.indices {
        shown(&grids[index].name)
        shown(&grids[index].sources)
        shown(&grids[index].registration)
      }
      doses = grids
    }
  }
}

extension CourseEntry {
  fileprivate mutating func writeOutNames() {
    name = VisibleText.escaped(name)
    source = VisibleText.escaped(source)
    targets = targets?.map(VisibleText.escaped)
    curves = curves?.map { curve in
      var curve = curve
      curve.sourceName = VisibleText.escaped(curve.sourceName)
      return curve
    }
  }
}
