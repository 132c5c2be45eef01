// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Facts
internal import Foundation
internal import Quantities
internal import Vocabulary
internal import Yams

/// Reads `earlier_courses` of a patient file: courses of radiotherapy of which no dose grid was kept.
///
/// Each tells its name, its fractions, when it was, and either a prescription with targets that are contoured, or the
/// greatest doses of organs.
struct EarlierCourseReader {
  private let file: String
  private(set) var courses: [EarlierCourse] = []
  private(set) var errors: [InputError] = []

  private static let keys: Set = [
    "name", "fractions", "date", "monthsago", "prescriptiongy", "isodosepercent", "targets", "organmaximagy",
  ]
  private static let allKeys =
    "name, fractions, date or months_ago, and prescription_gy with targets (and isodose_percent), or organ_maxima_gy"

  init(file: String, _ node: Node) {
    self.file = file
    guard case .sequence(let sequence) = node else {
      if node.scalar?.string.lowercased() != "none" {
        fail(node, "earlier_courses must be a list", "[] says that there were none")
      }
      return
    }
    for item in sequence { take(item) }
    var names: Set<String> = []
    for course in courses where !names.insert(course.name).inserted {
      fail(node, "two earlier courses are named \(course.name)", "give one of them another name")
    }
  }

  private mutating func fail(_ node: Node, _ message: String, _ advice: String) {
    errors.append(
      InputError(file: file, place: "line \(node.mark?.line ?? 0)", message, advice: advice))
  }

  private mutating func take(_ item: Node) {
    guard case .mapping(let mapping) = item else {
      return fail(item, "an earlier course must be a mapping", Self.allKeys)
    }
    var entries: [String: Node] = [:]
    for (key, value) in mapping {
      let name = plainKey(key.scalar?.string ?? "")
      guard Self.keys.contains(name) else {
        return fail(key, "unknown key \"\(key.scalar?.string ?? "")\" in an earlier course", Self.allKeys)
      }
      entries[name] = value
    }
    guard let name = entries["name"]?.scalar?.string, !name.isEmpty, !name.contains(where: \.isNewline) else {
      return fail(item, "an earlier course needs its name, on one line", Self.allKeys)
    }
    guard let fractions = entries["fractions"]?.scalar.flatMap({ CourseBounds.fractions($0.string) }) else {
      return fail(
        item, "the earlier course \(name) needs its fractions, 1 to 100",
        "without them its dose has no known effect")
    }
    if let date = entries["date"]?.scalar?.string, !CourseDate.isDate(date) {
      return fail(item, "\(QuotedCell.words(date, showsDates: true)) is no date", "YYYY-MM-DD")
    }
    var months: Double?
    if let node = entries["monthsago"] {
      guard entries["date"] == nil else {
        return fail(node, "the earlier course \(name) has both date and months_ago", "tell one of them")
      }
      guard let value = number(node), CourseBounds.monthsAgo.contains(value) else {
        return fail(node, "months_ago must lie between 0 and 900", "")
      }
      months = value
    }
    guard let record = record(entries, item, name) else { return }
    courses.append(
      EarlierCourse(
        name: name, fractions: fractions, date: entries["date"]?.scalar?.string, monthsAgo: months,
        record: record, source: "\(FileAccess.name(of: file)), line \(item.mark?.line ?? 0)"))
  }

  private mutating func record(
    _ entries: [String: Node], _ item: Node, _ name: String
  ) -> EarlierCourse.Record? {
    switch (entries["prescriptiongy"], entries["organmaximagy"]) {
    case (let prescription?, nil):
      guard let gray = dose(prescription) else { return nil }
      guard let targets = entries["targets"], case .sequence(let names) = targets,
        case let list = names.compactMap({ $0.scalar?.string }), !list.isEmpty
      else {
        fail(
          item, "the earlier course \(name) needs targets: the contoured ROIs it was given to",
          "targets: [PTV_2024]; without contours state organ_maxima_gy instead")
        return nil
      }
      var isodose: Double?
      if let node = entries["isodosepercent"] {
        guard let value = number(node), CourseBounds.isodosePercent.contains(value) else {
          fail(node, "isodose_percent lies between 30 and 100", "the prescription isodose")
          return nil
        }
        isodose = value
      }
      return .prescription(gray, isodosePercent: isodose, targets: list)
    case (nil, .mapping(let organs)?):
      var maxima: [OrganMaximum] = []
      for (key, value) in organs {
        let organ = key.scalar?.string ?? ""
        let structure = StructureName(recognizing: organ)
        guard OrganAtRisk(structure) != nil else {
          fail(
            key, "\"\(organ)\" is no organ that limits are written for",
            "write TG-263 names, as SpinalCord, Heart")
          return nil
        }
        guard let gray = dose(value) else { return nil }
        maxima.append(OrganMaximum(structure: structure, dose: gray))
      }
      return .maxima(maxima)
    case (nil, let other?):
      fail(other, "organ_maxima_gy must name organs with doses", "organ_maxima_gy: {SpinalCord: 38.5}")
      return nil
    case (nil, nil), (_?, _?):
      fail(
        item, "the earlier course \(name) needs prescription_gy or organ_maxima_gy, one of them", Self.allKeys
      )
      return nil
    }
  }

  private func number(_ node: Node) -> Double? {
    node.scalar.flatMap { Double($0.string) }.flatMap { $0.isFinite ? $0 : nil }
  }

  private mutating func dose(_ node: Node) -> AbsorbedDose? {
    guard let dose = number(node).flatMap(CourseBounds.dose) else {
      fail(
        node, "\(QuotedCell.words(node.scalar?.string ?? "")) is no dose of a course in gray",
        "above 0 and up to 200 Gy; is it in centigray?")
      return nil
    }
    return dose
  }
}

/// Dates of courses.
enum CourseDate {
  /// Whether a text is a day of the calendar, YYYY-MM-DD.
  static func isDate(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ (48...57).contains($0) }) else {
      return false
    }
    let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    let components = DateComponents(
      calendar: Calendar(identifier: .gregorian), year: numbers[0], month: numbers[1], day: numbers[2])
    return components.isValidDate
  }
}
