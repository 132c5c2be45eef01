// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Reasons
internal import Vocabulary
internal import Yams

/// A patient file as it was read.
struct PatientFile {
  var patientID: String?
  var record = PatientRecord()
  var courses: [EarlierCourse] = []
  var warnings: [String] = []
}

/// Reads patient files, YAML or JSON: every field optional, every number with its unit in its key.
struct PatientFileReader {
  private let file: String
  private var result = PatientFile()
  private var errors: [InputError] = []

  static func read(_ path: String) throws -> PatientFile {
    let data = try FileAccess.read(path)
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw InputError(file: path, "bytes that are not UTF-8", advice: "save the file as UTF-8")
    }
    let node: Node?
    do {
      // JSON is YAML, so one reader keeps line numbers for both.
      node = try YAMLText.compose(text, file: path)
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError(
        file: path,
        "is not valid YAML or JSON: \(String(describing: error).split(separator: "\n").first ?? "")")
    }
    guard let node else { return PatientFile() }
    return try read(node, file: path)
  }

  /// Reads what a patient file says, however it was written.
  ///
  /// - Parameter file: its name for errors and sources.
  static func read(_ node: Node, file: String) throws -> PatientFile {
    guard case .mapping(let mapping) = node else {
      throw InputError(file: file, "is no patient file", advice: "one \"key: value\" a line is expected")
    }
    var reader = PatientFileReader(file: file)
    for (key, value) in mapping where reader.errors.count < toldErrors {
      reader.take(key.scalar?.string ?? "", value, key.mark?.line ?? 0)
    }
    guard reader.errors.isEmpty else { throw InputErrors(reader.errors) }
    return reader.result
  }

  private init(file: String) { self.file = file }

  /// The first errors tell what is wrong; a file of nothing else is not read to its end.
  private static let toldErrors = 50

  private mutating func fail(_ line: Int, _ message: String, _ advice: String) {
    errors.append(
      InputError(file: file, place: line > 0 ? "line \(line)" : "patient", message, advice: advice))
  }

  private mutating func take(_ key: String, _ value: Node, _ line: Int) {
    switch plainKey(key) {
    case "patientid":
      result.patientID = value.scalar?.string
      if let defect = result.patientID.flatMap({ NameLength.defect(of: $0, "patient id") }) {
        fail(line, defect, NameLength.advice)
      }
      return
    case "name", "patientname", "birthdate", "dateofbirth":
      result.warnings.append(
        "\(FileAccess.name(of: file)): \(key) is not kept (names and birth dates stay out of cases)")
      return
    case "schema", "comment", "note", "notes": return
    case "priortherapies":
      takeTherapies(value)
      return
    case "earliercourses":
      let reader = EarlierCourseReader(file: file, value)
      result.courses = reader.courses
      errors += reader.errors
      return
    default: break
    }
    guard let found = FactKey(key) else {
      let keys = FactCatalogue.all.filter { $0.scope == .patient }.map(\.key)
      let advice =
        FactKey.withoutUnit(key).map { "its unit is missing: write \($0.key)" }
        ?? Suggestion.nearest(to: key, among: keys).map { "did you mean \($0)?" }
        ?? "oligoplan protocol schema lists the keys"
      fail(line, "unknown key \"\(key)\"", advice)
      return
    }
    guard found.fact.definition.scope == .patient else {
      fail(line, "\"\(key)\" is about a lesion", "put it into the lesion list")
      return
    }
    guard let text = value.scalar?.string else {
      fail(line, "\"\(key)\" must be a single value", "")
      return
    }
    // An empty value, null or "unknown" says that nothing is known.
    if ["", "null", "~", "unknown"].contains(text.lowercased()) { return }
    do {
      let fact = found.fact
      if result.record.statements[fact] != nil { fail(line, "\(fact.name) stands twice", "keep one of them") }
      result.record.statements[fact] = try StatementParser.statement(
        text, found, source: "\(FileAccess.name(of: file)), \(line > 0 ? "line \(line)" : key)")
    } catch { fail(line, error.message, error.advice) }
  }

  private mutating func takeTherapies(_ node: Node) {
    guard case .sequence(let sequence) = node else {
      if node.scalar?.string.lowercased() == "none" {
        result.record.priorTherapies = []
      } else {
        fail(node.mark?.line ?? 0, "prior_therapies must be a list", "[] says that there were none")
      }
      return
    }
    var therapies: [PriorTherapy] = []
    for item in sequence {
      let line = item.mark?.line ?? 0
      guard case .mapping(let entry) = item else {
        fail(line, "a prior therapy must be a mapping", "kind, lesion, site, side, months_ago")
        continue
      }
      var fields: [String: String] = [:]
      for (key, value) in entry {
        let name = plainKey(key.scalar?.string ?? "")
        guard ["kind", "lesion", "site", "side", "monthsago"].contains(name) else {
          fail(
            key.mark?.line ?? line, "unknown key \"\(key.scalar?.string ?? "")\" in a prior therapy",
            "kind, lesion, site, side, months_ago")
          continue
        }
        guard let text = value.scalar?.string else {
          fail(
            value.mark?.line ?? line, "\"\(name)\" of a prior therapy must be a single value",
            "write one entry for each lesion")
          continue
        }
        fields[name] = text
      }
      if let therapy = therapy(fields, line) { therapies.append(therapy) }
    }
    result.record.priorTherapies = therapies
  }

  private mutating func therapy(_ fields: [String: String], _ line: Int) -> PriorTherapy? {
    let words = PriorTherapy.Kind.allCases.map(\.rawValue)
    guard let kind = fields["kind"].flatMap({ PriorTherapy.Kind(rawValue: $0.lowercased()) }) else {
      fail(line, "a prior therapy needs its kind", "one of " + words.joined(separator: ", "))
      return nil
    }
    if let site = fields["site"], Site(word: site) == nil {
      fail(line, "\"\(site)\" is no known site", Site.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if let side = fields["side"], Side(word: side) == nil {
      fail(line, "\"\(side)\" is no side", "left, right or midline")
    }
    var months: Double?
    if let text = fields["monthsago"] {
      do {
        let value = try StatementParser.number(text, "months_ago")
        if value < 0 || value > 600 { fail(line, "months_ago must lie between 0 and 600", "") }
        months = value
      } catch { fail(line, error.message, error.advice) }
    }
    return PriorTherapy(
      kind: kind, lesion: fields["lesion"], site: fields["site"], side: fields["side"], monthsAgo: months)
  }
}
