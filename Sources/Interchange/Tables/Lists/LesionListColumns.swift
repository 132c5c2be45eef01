// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// Which diameter a size is.
public enum DiameterKind: String, Sendable, Hashable, CaseIterable {
  /// The longest in an axial plane, as RECIST measures.
  case longestAxial = "longest_axial"
  /// Of the ball of equal volume.
  case equivalent
  /// The greatest in three dimensions.
  case greatest

  /// The kind a list's word means, or `nil`.
  public init?(word: String) {
    let key = plainKey(word)
    guard let kind = DiameterKind.allCases.first(where: { plainKey($0.rawValue) == key }) else {
      switch key {
      case "longest", "recist", "axial": self = .longestAxial
      case "sphere", "volumeequivalent", "equivalentsphere": self = .equivalent
      case "greatest3d", "3d", "feret": self = .greatest
      default: return nil
      }
      return
    }
    self = kind
  }

  /// Between which multiples of such a diameter the longest axial one is taken to lie.
  ///
  /// Heuristic bounds, printed with the value, which counts as an estimate. Equivalent: in 1,176 matched
  /// nodules of LIDC and LUNA16 the median ratio was 1.27; 0.7 holds an upright spheroid of axial ratio 3, 1.8
  /// a flat one. Greatest: an axial section is never longer; 0.5 holds a body twice as tall as wide.
  var longestAxialBand: ClosedRange<Double> {
    switch self {
    case .longestAxial: 1...1
    case .equivalent: 0.7...1.8
    case .greatest: 0.5...1
    }
  }
}

/// What the columns of a lesion list mean.
struct LesionListColumns {
  enum Meaning: Hashable {
    case patientID, lesionID, site, lobe, side, diameterKind, frameOfReference
    case x, y, z
    /// Which study, series or scan the row was measured in, as its source calls it.
    case study
    /// A size on the day that heads the column; times the factor it is in millimetres.
    case dated(day: String, factor: Double)
    /// The days of this scan and of the earlier one that earlier sizes belong to.
    case scanDate, earlierScanDate
    /// A diameter that does not say which one it is; times the factor it is in millimetres.
    case diameter(factor: Double)
    case fact(Fact, factor: Double)
    case ignored
  }

  let meanings: [Meaning]
  let headers: [String]
  let ignored: [String]

  /// Whether an unused column holds free text by its header, which names no row.
  func isRemark(_ column: Int) -> Bool {
    let key = plainKey(headers[column])
    return ["comment", "remark", "note", "finding", "text", "description"].contains(where: key.contains)
  }

  /// The days that head columns of sizes, ascending.
  var days: [String] {
    meanings.compactMap { if case .dated(let day, _) = $0 { day } else { nil } }.sorted()
  }

  /// - Parameter sizeFactor: what sizes under headers without a unit are multiplied with to be in millimetres.
  /// - Throws: `InputError` for a size without unit, a column twice, or a distance to no known structure.
  init(_ headers: [String], sizeFactor: Double? = nil, file: String) throws(InputError) {
    var meanings: [Meaning] = []
    var ignored: [String] = []
    for header in headers {
      let meaning = try Self.meaning(of: header, sizeFactor, file)
      if meaning == .ignored, !header.isEmpty { ignored.append(header) }
      if meaning != .ignored, let first = meanings.firstIndex(where: { Self.sameColumn($0, meaning) }) {
        // A patient and a series column may stand side by side; the patient's goes first.
        if meaning == .patientID {
          if Self.isSeries(headers[first]) {
            meanings[first] = .study
          } else if Self.isSeries(header) {
            meanings.append(.study)
            continue
          }
        } else {
          throw InputError(
            file: file, place: "header", "columns \"\(headers[first])\" and \"\(header)\" mean the same",
            advice: "keep one of them")
        }
      }
      meanings.append(meaning)
    }
    self.meanings = meanings
    self.headers = headers
    self.ignored = ignored
  }

  private static func sameColumn(_ a: Meaning, _ b: Meaning) -> Bool {
    switch (a, b) {
    case (.fact(let f, _), .fact(let g, _)): f == g
    case (.diameter, .diameter): true
    case (.dated(let day, _), .dated(let other, _)): day == other
    case (.study, .study): false
    default: a == b
    }
  }

  private static func isSeries(_ header: String) -> Bool { plainKey(header).hasPrefix("series") }

  /// Sizes headed by a day.
  private static func dated(
    _ header: String, _ sizeFactor: Double?, _ file: String
  ) throws(InputError) -> Meaning? {
    let found: DatedColumns.Header?
    do { found = try DatedColumns.header(header) } catch {
      throw InputError(
        file: file, place: "header", "column \"\(header)\" is a day whose month cannot be told",
        advice: "write it as YYYY-MM-DD")
    }
    guard let found else {
      // Left out, an older day's size would be taken for the present one.
      if DatedColumns.looksLikeDay(header) {
        throw InputError(
          file: file, place: "header", "column \"\(header)\" looks like a day but cannot be read as one",
          advice: "write it as YYYY-MM-DD, or take the column out")
      }
      return nil
    }
    guard let factor = found.factor ?? sizeFactor else {
      throw InputError(
        file: file, place: "header", "column \"\(header)\" holds sizes without a unit",
        advice:
          "write the unit into the header (\(found.day)_mm, \(found.day)_cm), or give --size-unit mm or cm")
    }
    return .dated(day: found.day, factor: factor)
  }

  private static func meaning(
    of header: String, _ sizeFactor: Double?, _ file: String
  ) throws(InputError) -> Meaning {
    if let dated = try dated(header, sizeFactor, file) { return dated }
    let key = plainKey(header)
    switch key {
    case "patientid", "patient", "subjectid", "usubjid", "seriesuid", "seriesinstanceuid", "caseid":
      return .patientID
    case "lesionid", "lesion", "noduleid", "nodule", "id", "tulnkid": return .lesionID
    case "site", "organ", "location": return .site
    case "lobe": return .lobe
    case "side": return .side
    case "diameterkind": return .diameterKind
    case "scandate", "ctdate", "measuredon": return .scanDate
    case "earlierscandate", "previousscandate", "earlierctdate", "earliermeasuredon": return .earlierScanDate
    case "frameofreference", "frameofreferenceuid": return .frameOfReference
    case "xmm", "coordx", "centroidxmm": return .x
    case "ymm", "coordy", "centroidymm": return .y
    case "zmm", "coordz", "centroidzmm": return .z
    case "diametermm", "sizemm", "diametermmmedian", "maxdiametermm": return .diameter(factor: 1)
    case "diametercm", "sizecm", "maxdiametercm": return .diameter(factor: 10)
    case "studyinstanceuid", "studyuid", "studyid", "study", "scanid", "scan", "accession", "accessionnumber",
      "studydate", "examdate", "visit", "timepoint":
      return .study
    case "size", "diameter", "maxdiameter":
      if let sizeFactor { return .diameter(factor: sizeFactor) }
      throw InputError(
        file: file, place: "header", "column \"\(header)\" has no unit",
        advice: "write the unit into its name, as in \(header)_mm, or give --size-unit mm or cm")
    default: break
    }
    if key.hasPrefix("distanceto") || key.hasPrefix("clearanceto") {
      return try distance(header, file)
    }
    if let found = FactKey(header), found.fact.definition.scope == .lesion {
      return .fact(found.fact, factor: found.factor)
    }
    if let bare = FactKey.withoutUnit(header) {
      let isSize = bare.uncertainty == .size
      if let sizeFactor, isSize { return .fact(bare.fact, factor: sizeFactor) }
      throw InputError(
        file: file, place: "header", "column \"\(header)\" has no unit",
        advice: isSize
          ? "write the unit into its name, as in \(header)_mm, or give --size-unit mm or cm"
          : "write \(bare.key)")
    }
    return .ignored
  }

  private static func distance(_ header: String, _ file: String) throws(InputError) -> Meaning {
    var words = StructureName.words(of: header)
    words.removeFirst(words.first == "distance" || words.first == "clearance" ? 1 : 0)
    if words.first == "to" { words.removeFirst() }
    let factor: Double
    switch words.popLast() {
    case "mm": factor = 1
    case "cm": factor = 10
    default:
      throw InputError(
        file: file, place: "header", "column \"\(header)\" has no unit", advice: "end it in _mm or _cm")
    }
    let name = words.joined(separator: "_")
    if plainKey(name) == "pleura" { return .fact(.depthFromPleura, factor: factor) }
    if let role = StructureRole.allCases.first(where: {
      plainKey($0.rawValue) == plainKey(name)
    }), role != .other {
      return .fact(.clearance(role), factor: factor)
    }
    let role = StructureName(recognizing: name).role
    guard role != .other else {
      let roles = StructureRole.allCases.map { $0.rawValue.lowercased() }
      throw InputError(
        file: file, place: "header", "\"\(name)\" in column \"\(header)\" is no known structure",
        advice: Suggestion.nearest(to: name, among: roles).map { "did you mean \($0)?" }
          ?? "known are heart, diaphragm, chest_wall, …")
    }
    return .fact(.clearance(role), factor: factor)
  }
}
