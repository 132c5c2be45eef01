// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Radiotherapy
internal import Vocabulary

/// One row of a lesion list on its way to a lesion.
struct LesionRow {
  var id: String?
  var patientID: String?
  var frameOfReference: String?
  private var site: Site?
  private var sideWord: String?
  private var lobeWord: String?
  private var kind: DiameterKind?
  private var sizeMM: Double?
  private var x: Double?
  private var y: Double?
  private var z: Double?
  private var scanDate: Date?
  private var earlierScanDate: Date?
  /// Sizes in millimetres by the day that heads their column.
  private var dated: [(day: String, mm: Double)] = []
  /// What tells the row's study, by column; empty where no column does.
  private(set) var studies: [String] = []
  /// The day of the row's scan, YYYY-MM-DD.
  private(set) var scanDay: String?
  private var statements: Statements = [:]
  /// No patient lies farther from a scanner's origin.
  static let farthestMM = 10_000.0

  mutating func take(
    _ cell: String, as meaning: LesionListColumns.Meaning, source: String, _ options: LesionListOptions
  ) throws(StatementParser.Defect) {
    switch meaning {
    case .patientID, .ignored: break
    case .lesionID:
      if let defect = NameLength.defect(of: cell, "lesion id") {
        throw StatementParser.Defect(message: defect, advice: NameLength.advice)
      }
      id = cell
    case .frameOfReference: frameOfReference = cell
    case .site:
      guard let site = Site(word: cell) else {
        throw StatementParser.Defect(
          message: "\"\(cell)\" is no known site",
          advice: "one of " + Site.allCases.map(\.rawValue).joined(separator: ", "))
      }
      self.site = site
    case .side: sideWord = cell
    case .lobe: lobeWord = cell
    case .diameterKind:
      guard let kind = DiameterKind(word: cell) else {
        throw StatementParser.Defect(
          message: "\"\(cell)\" is no kind of diameter", advice: "longest_axial, equivalent or greatest")
      }
      self.kind = kind
    case .study: studies.append(cell)
    case .dated(let day, let factor):
      dated.append((day, try Self.diameter(cell, factor)))
    case .scanDate:
      scanDate = try Self.day(cell)
      scanDay = cell
    case .earlierScanDate: earlierScanDate = try Self.day(cell)
    case .x: x = try Self.length(cell, "x")
    case .y: y = try Self.length(cell, "y")
    case .z: z = try Self.length(cell, "z")
    case .diameter(let factor): sizeMM = try Self.diameter(cell, factor)
    case .fact(let fact, let factor):
      statements[fact] = try StatementParser.statement(cell, FactKey(fact, factor), source: source)
    }
  }

  private static func length(
    _ cell: String, _ what: String, factor: Double = 1
  ) throws(StatementParser.Defect) -> Double {
    try StatementParser.quantity(
      cell, what, headerFactor: factor, factor: StatementParser.millimetres)
  }

  private static func diameter(_ cell: String, _ factor: Double) throws(StatementParser.Defect) -> Double {
    let definition = Fact.longestAxialDiameter.definition
    let value = try length(cell, "diameter", factor: factor)
    if case .number(let unit, let domain) = definition.kind {
      try StatementParser.check(value, unit, domain, definition)
    }
    return value
  }

  /// Takes the sizes under days: the newest day's is the lesion's, the one before it tells its growth.
  ///
  /// - Parameter days: of all such columns of the list, ascending; a lesion without a size on the newest has none now.
  mutating func settleDays(
    _ days: [String], _ options: LesionListOptions, source: String
  ) throws(StatementParser.Defect) {
    guard let newest = days.last else { return }
    guard sizeMM == nil, scanDate == nil, earlierScanDate == nil else {
      throw StatementParser.Defect(
        message: "sizes stand under days and in a column of their own",
        advice: "keep the columns headed by days, or diameter and scan_date")
    }
    scanDay = newest
    guard let now = dated.first(where: { $0.day == newest }) else { return }
    sizeMM = now.mm
    guard (kind ?? options.diameterKind) == .longestAxial,
      let before = dated.filter({ $0.day < newest }).max(by: { $0.day < $1.day })
    else { return }
    statements[.earlierLongestDiameter] = Statement(.number(before.mm), source: source)
    scanDate = try Self.day(newest)
    earlierScanDate = try Self.day(before.day)
  }

  /// The lesion of the row; a ball or ellipsoid where a centre and a diameter are given.
  func lesion(
    id: String, _ options: LesionListOptions, source: String
  ) throws(StatementParser.Defect) -> Lesion {
    let (side, lobe) = try place()
    var statements = statements
    try stateDiameter(in: &statements, options, source)
    let warnings = try Self.doubts(about: statements, id)
    try interval(into: &statements, source)
    let position = try position()
    return Lesion(
      id: id, sourceName: id, site: site, side: side, lobe: lobe, position: position,
      body: options.modelsBodies ? position.flatMap { body(at: $0, statements) } : nil,
      statements: statements, warnings: warnings)
  }

  /// States the longest axial diameter: as it is told, or a band around another kind of diameter.
  private func stateDiameter(
    in statements: inout Statements, _ options: LesionListOptions, _ source: String
  ) throws(StatementParser.Defect) {
    if statements[.longestAxialDiameter] != nil, sizeMM != nil {
      throw StatementParser.Defect(message: "two columns tell the diameter", advice: "keep one of them")
    }
    if statements[.longestAxialDiameter] != nil, let told = kind ?? options.diameterKind,
      told != .longestAxial
    {
      throw StatementParser.Defect(
        message: "the column tells the longest axial diameter, but its kind is said to be \(told.rawValue)",
        advice: "name the column diameter_mm, or correct the kind")
    }
    guard let sizeMM else { return }
    guard let kind = kind ?? options.diameterKind else {
      throw StatementParser.Defect(
        message: "the size does not say which diameter it is",
        advice: "fill diameter_kind, or give --diameter-kind")
    }
    if kind == .longestAxial {
      statements[.longestAxialDiameter] = Statement(.number(sizeMM), source: source)
    } else {
      let band = kind.longestAxialBand
      let domain = 1.0...299.0
      let low = min(max(sizeMM * band.lowerBound, domain.lowerBound), domain.upperBound)
      let high = min(max(sizeMM * band.upperBound, domain.lowerBound), domain.upperBound)
      statements[.longestAxialDiameter] = Statement(
        .interval(low, high),
        source:
          "\(source): \(kind.rawValue) diameter \(StatementParser.plain(sizeMM)) mm, longest axial \(band.lowerBound)–\(band.upperBound) times it (heuristic band)",
        isEstimate: true)
    }
  }

  /// Sizes that are unusual; those that cannot be together are refused.
  private static func doubts(
    about statements: Statements, _ id: String
  ) throws(StatementParser.Defect) -> [String] {
    var warnings: [String] = []
    if case .number(let x)? = statements[.longestAxialDiameter]?.value,
      x >= PlausibleSize.unusuallyLargeMM || x < PlausibleSize.unusuallySmallMM
    {
      warnings.append(
        "lesion \(id): \(StatementParser.plain(x)) mm is unusually \(x < PlausibleSize.unusuallySmallMM ? "small" : "large") for a metastasis; check the unit"
      )
    }
    if case .number(let x)? = statements[.longestAxialDiameter]?.value,
      case .number(let cc)? = statements[.volume]?.value
    {
      let ball = Double.pi / 6 * x * x * x / 1000
      // A body taller than wide holds more than the ball of its axial diameter, but not without bound.
      guard cc <= PlausibleSize.mostBalls * ball else {
        throw StatementParser.Defect(
          message:
            "\(StatementParser.plain(cc)) cc do not fit a longest axial diameter of \(StatementParser.plain(x)) mm",
          advice: "check both units")
      }
      if cc < PlausibleSize.fewestBalls * ball {
        warnings.append(
          "lesion \(id): \(StatementParser.plain(cc)) cc is little for \(StatementParser.plain(x)) mm; check both units"
        )
      }
    }
    if case .number(let long)? = statements[.longestAxialDiameter]?.value,
      case .number(let short)? = statements[.shortAxis]?.value, short > long
    {
      throw StatementParser.Defect(
        message:
          "the short axis (\(StatementParser.plain(short)) mm) is longer than the longest diameter (\(StatementParser.plain(long)) mm)",
        advice: "are the columns swapped?")
    }
    return warnings
  }

  /// Where it lies; `nil` where no place is told.
  private func position() throws(StatementParser.Defect) -> SIMD3<Double>? {
    let coordinates = [x, y, z].compactMap(\.self)
    guard coordinates.isEmpty || coordinates.count == 3 else {
      throw StatementParser.Defect(message: "a place needs x, y and z", advice: "fill all three or none")
    }
    guard coordinates.allSatisfy({ abs($0) <= Self.farthestMM }) else {
      throw StatementParser.Defect(
        message: "a place over 10 m from the origin", advice: "check the unit of x, y and z")
    }
    return coordinates.count == 3 ? SIMD3(coordinates[0], coordinates[1], coordinates[2]) : nil
  }

  /// The days between two dated scans.
  private func interval(
    into statements: inout Statements, _ source: String
  ) throws(StatementParser.Defect) {
    guard scanDate != nil || earlierScanDate != nil else { return }
    let isMeasuredTwice = [Fact.earlierLongestDiameter, .earlierVolume].contains {
      statements[$0] != nil
    }
    guard let scanDate, let earlierScanDate else {
      // A nodule that is new has one date.
      if !isMeasuredTwice { return }
      throw StatementParser.Defect(
        message: "one of two scan dates is missing", advice: "fill scan_date and earlier_scan_date, or none")
    }
    let days = (scanDate.timeIntervalSince(earlierScanDate) / 86_400).rounded()
    guard days >= 1 else {
      throw StatementParser.Defect(
        message: "the earlier scan is not before this one", advice: "are the dates swapped?")
    }
    guard statements[.growthInterval] == nil else {
      throw StatementParser.Defect(
        message: "both dates and an interval are told", advice: "keep the dates or growth_interval_days")
    }
    let definition = Fact.growthInterval.definition
    if case .number(let unit, let domain) = definition.kind {
      try StatementParser.check(days, unit, domain, definition)
    }
    statements[.growthInterval] = Statement(.number(days), source: source)
  }

  /// A day written as YYYY-MM-DD.
  private static func day(_ text: String) throws(StatementParser.Defect) -> Date {
    guard let date = SBRTOptions.date(text) else {
      throw StatementParser.Defect(
        message: "\(QuotedCell.words(text, showsDates: true)) is no day", advice: "write it as YYYY-MM-DD")
    }
    return date
  }

  private func place() throws(StatementParser.Defect) -> (Side?, Lobe?) {
    var side: Side?
    if let sideWord {
      guard let found = Side(word: sideWord) else {
        throw StatementParser.Defect(message: "\"\(sideWord)\" is no side", advice: "left, right or midline")
      }
      side = found
    }
    guard let lobeWord else { return (side, nil) }
    guard let lobe = Lobe(word: lobeWord, side: side) else {
      throw StatementParser.Defect(
        message: "\"\(lobeWord)\" is no lobe" + (side == nil ? " (or its side is missing)" : ""),
        advice: "RUL, RML, RLL, LUL or LLL")
    }
    if let side, side != lobe.side {
      throw StatementParser.Defect(
        message: "lobe \(lobe.abbreviation) does not lie on the \(side.rawValue) side",
        advice: "correct the side or the lobe")
    }
    return (lobe.side, lobe)
  }

  /// A ball of the stated diameter, an ellipsoid where two axes are given.
  ///
  /// For want of a direction the long axis lies along x, and the axis along z follows from a stated volume or
  /// is the short one; distances from such a body are estimates.
  private func body(at centre: SIMD3<Double>, _ statements: Statements) -> LesionBody? {
    func value(_ fact: Fact) -> Double? {
      if case .number(let x)? = statements[fact]?.value { x } else { nil }
    }
    guard let long = value(.longestAxialDiameter) ?? sizeMM else { return nil }
    let short = value(.shortAxis) ?? long
    var height = short
    if let cc = value(.volume), value(.shortAxis) != nil {
      height = cc * 1000 / (Double.pi / 6 * long * short)
    }
    let solid = try? Solid.ellipsoid(
      centre: centre, axes: (.millimeters(long), .millimeters(short), .millimeters(height)))
    return solid.map { .modelled($0) }
  }
}
