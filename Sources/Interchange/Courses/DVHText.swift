// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

/// A DVH text export and what the user says about it.
public struct DVHTextInput: Sendable, Hashable {
  /// The file.
  public var path: String
  /// The number of fractions; exports do not tell it.
  public var fractions: Int
  /// The date, YYYY-MM-DD.
  public var date: String?
  /// The course's name; the file's own without it.
  public var course: String?

  /// Reads `FILE,fractions=N[,date=…][,course=…]`; only trailing known keys are split off.
  ///
  /// - Throws: `InputError` for a value that cannot be used, or without fractions.
  public init(argument: String) throws(InputError) {
    let (path, values) = try KeyedArgument.split(argument, keys: ["fractions", "date", "course"])
    self.path = path
    course = values["course"]
    guard let number = values["fractions"].flatMap({ CourseBounds.fractions($0) }) else {
      throw InputError(
        file: path, place: "fractions", "a histogram as text needs its number of fractions, 1 to 100",
        advice: "--dvh FILE,fractions=N: without it the dose has no known effect")
    }
    fractions = number
    if let text = values["date"], !CourseDate.isDate(text) {
      throw InputError(file: path, place: "date", "\(text) is no date", advice: "YYYY-MM-DD")
    }
    date = values["date"]
  }
}

/// `FILE,key=value…` as options of the command write it.
enum KeyedArgument {
  /// Splits trailing known keys off, so that a file's name may hold commas.
  static func split(_ argument: String, keys: [String]) throws(InputError) -> (String, [String: String]) {
    var parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var values: [String: String] = [:]
    while parts.count > 1, let last = parts.last, let equals = last.firstIndex(of: "="),
      keys.contains(String(last[..<equals]))
    {
      let key = String(last[..<equals])
      guard values.updateValue(String(last[last.index(after: equals)...]), forKey: key) == nil else {
        throw InputError(file: argument, "says \(key) twice")
      }
      parts.removeLast()
    }
    return (parts.joined(separator: ","), values)
  }
}

/// Reads cumulative histograms as Eclipse exports them as text: one plan, absolute dose.
struct DVHTextReader {
  private let file: String
  private(set) var patientID: String?
  private(set) var curves: [OrganCurve] = []
  /// Structures of no organ that limits are written for.
  private(set) var ignored: [String] = []

  /// - Throws: `InputError` for a file that is none, histograms that are not cumulative, or dose without a unit.
  init(path: String) throws(InputError) {
    file = path
    let data = try FileAccess.read(path)
    // Older exports are Latin-1.
    guard let text = String(data: data, encoding: .utf8) ?? String(data: data, encoding: .isoLatin1) else {
      throw InputError(file: path, "is no text")
    }
    var section: Section?
    var isCumulative = false
    // A line break of Windows is one character, not two.
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    {
      let line = raw.trimmingCharacters(in: .whitespacesAndNewlines)
      if let (key, value) = Self.field(line) {
        switch key {
        case "structure":
          if let section { try finish(section) }
          section = Section(name: VisibleText.escaped(value), line: index + 1)
        case "patient id" where section == nil: patientID = value
        case "type" where section == nil: isCumulative = value.lowercased().contains("cumulative")
        default: section?.fields[key] = value
        }
      } else if section != nil, line.contains("Dose"), line.contains("[") {
        guard section?.columns.isEmpty == true else {
          throw InputError(
            file: path, place: "structure \(section?.name ?? ""), line \(index + 1)", "begins a second table",
            advice: "export one plan's cumulative DVH with one table a structure")
        }
        section?.columns = Self.columns(line)
      } else if section?.columns.isEmpty == false {
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == section?.columns.count else { continue }
        // Beyond a million lies no dose, no share and no volume of a person (heuristic).
        guard numbers.allSatisfy({ abs($0) <= 1e6 }) else {
          throw InputError(
            file: path, place: "structure \(section?.name ?? ""), line \(index + 1)",
            "holds a number beyond all bounds",
            advice: "export the histogram again")
        }
        section?.rows.append(numbers)
      }
    }
    if let section { try finish(section) }
    guard !curves.isEmpty else {
      throw InputError(
        file: path, "holds no histogram of a structure",
        advice: "export the cumulative DVH as text (Eclipse), or state organ_maxima_gy in the patient file")
    }
    guard isCumulative else {
      throw InputError(
        file: path, place: "Type", "is not said to be a cumulative histogram",
        advice: "export the cumulative one")
    }
  }

  private struct Section {
    let name: String
    let line: Int
    var fields: [String: String] = [:]
    var columns: [Column] = []
    var rows: [[Double]] = []
  }

  private enum Column { case grays(Double), relativeDose, percentVolume, volume, other }

  private static func field(_ line: String) -> (String, String)? {
    guard let colon = line.firstIndex(of: ":"), line[..<colon].count < 40, line.first?.isLetter == true else {
      return nil
    }
    let key = line[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
    return (key, line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
  }

  /// The columns of a table's head, parted by two spaces or more: each ends with its unit in brackets.
  private static func columns(_ line: String) -> [Column] {
    var columns: [Column] = []
    for part in line.split(separator: "]") {
      let words = part.lowercased()
      switch true {
      case words.contains("relative dose"): columns.append(.relativeDose)
      case words.contains("dose") && words.contains("[cgy"): columns.append(.grays(0.01))
      case words.contains("dose") && words.contains("[gy"): columns.append(.grays(1))
      case words.contains("volume") && words.contains("[%"): columns.append(.percentVolume)
      case words.contains("volume") && (words.contains("[cc") || words.contains("[cm")):
        columns.append(.volume)
      default: columns.append(.other)
      }
    }
    return columns
  }

  private mutating func finish(_ section: Section) throws(InputError) {
    let name = StructureName(recognizing: section.name)
    guard OrganAtRisk(name) != nil else {
      ignored.append(section.name)
      return
    }
    func broken(_ message: String, _ advice: String) -> InputError {
      InputError(
        file: file, place: "structure \(section.name), line \(section.line)", message, advice: advice)
    }
    var dose: (column: Int, factor: Double)?
    var volume: (column: Int, isPercent: Bool)?
    for (index, column) in section.columns.enumerated() {
      switch column {
      case .grays(let factor): dose = (index, factor)
      case .percentVolume: volume = (index, true)
      case .volume: volume = (index, false)
      case .relativeDose, .other: break
      }
    }
    guard let dose else {
      throw broken("has no column of dose in Gy or cGy", "export absolute dose")
    }
    guard let volume else { throw broken("has no column of volume", "export the structure's volume") }
    guard let told = section.fields.first(where: { $0.key.hasPrefix("volume [") })?.value,
      let size = Double(told).flatMap(CourseBounds.volume)
    else { throw broken("does not tell its volume", "export it with the structure's volume in cc") }
    let cc = size.cubicCentimeters
    let gray = section.rows.map { $0[dose.column] * dose.factor }
    let share = section.rows.map { $0[volume.column] / (volume.isPercent ? 100 : cc) }
    guard gray.count > 1, zip(gray, gray.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw broken("has no ascending doses", "export the histogram again")
    }
    // Volumes are told with rounded figures: they may differ by a hair, not rise.
    guard zip(share, share.dropFirst()).allSatisfy({ $1 <= $0 + 1e-3 }), (share.first ?? 0) <= 1.02 else {
      throw broken("has volumes that rise with dose", "export the cumulative histogram")
    }
    guard let rest = share.last, rest <= 1e-3 else {
      throw broken(
        "ends at \(gray.last ?? 0) Gy with \(Int(((share.last ?? 1) * 100).rounded())) % of its volume left",
        "export the whole histogram")
    }
    guard (gray.last ?? 0) <= CourseBounds.mostGray else {
      throw broken("reaches \(Int(gray.last ?? 0)) Gy", "is the unit of its dose right?")
    }
    // The greatest dose: the last with a volume, which the table's step rounds up.
    let last = share.lastIndex { $0 > 0 } ?? 0
    curves.append(
      OrganCurve(
        structure: name, sourceName: section.name, volume: size, gray: gray,
        share: share.map { min(1, $0) }, maximum: .gray(gray[min(last + 1, gray.count - 1)]), mean: nil))
  }
}
