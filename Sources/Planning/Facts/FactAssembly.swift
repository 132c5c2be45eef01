// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
public import Eligibility
internal import Evidence
public import Facts
internal import Quantities
public import Vocabulary

/// Brings statements and measurements together as facts.
///
/// A size or distance measured on contours goes before a stated one of the same fact, and a difference is
/// told; a stated one goes before an estimate from a modelled body. A stated site, side or lobe goes before what
/// the surroundings show. What nothing gives stays unknown.
public struct FactAssembly: Sendable {
  /// Facts about the patient.
  public let patient: FactTable
  /// Where what was stated and what was measured differ, in words.
  public let warnings: [String]
  private let lesions: [String: FactTable]
  private let places: [String: LesionPlace]

  /// The facts of a case.
  ///
  /// - Parameters:
  ///   - measurements: of this very case.
  ///   - parameters: the protocol's numbers by which facts follow from others.
  public init(_ patientCase: PatientCase, _ measurements: Measurements, by parameters: FactParameters) {
    var places: [String: LesionPlace] = [:]
    for lesion in patientCase.lesions {
      places[lesion.id] = lesion.place(measurements[lesion: lesion.id])
    }
    self.places = places
    var tables: [String: FactTable] = [:]
    var warnings: [String] = []
    for lesion in patientCase.lesions {
      var facts = Self.stated(lesion.statements)
      if let measured = measurements[lesion: lesion.id] {
        let found = MeasuredFacts(measured, lesion, side: places[lesion.id]?.side)
        warnings += found.lay(over: &facts, by: parameters)
      }
      // Without a dose grid the question what it gave here does not arise; courses that are only reported have a fact of their own.
      if patientCase.doses.isEmpty {
        facts[.earlierDoseHere] = FactValue(.notApplicable, origin: .derived, source: "no dose grid")
      }
      if let earlier = EarlierDoseFacts(lesion, patientCase.doses, by: parameters), let dose = earlier.dose {
        facts[.earlierDoseHere] = dose
        if let overlap = earlier.overlap { Self.lay(overlap, over: &facts, lesion.id, &warnings) }
      }
      Self.uniteChestWall(&facts)
      PlaceFacts(places[lesion.id], by: parameters).lay(over: &facts)
      Self.place(lesion, patientCase, places, by: parameters, into: &facts, &warnings)
      tables[lesion.id] = facts
    }
    var patient = Self.stated(patientCase.patient.statements)
    Self.count(patientCase, places, tables, into: &patient, &warnings)
    // A metastasis so soon after the diagnosis is synchronous: no interval free of disease.
    let synchronous = parameters.synchronousMonths
    if patient[.diseaseFreeInterval].knowledge == .unknown,
      let months = patient.interval(.monthsSinceDiagnosis), months.upperBound <= synchronous.value
    {
      patient[.diseaseFreeInterval] = .number(
        0, .derived,
        "diagnosed at most \(Self.months(synchronous.value)) months ago: synchronous \(parameters.words(synchronous.sources))"
      )
    }
    let growth = GrowthFacts(tables, order: patientCase.lesions.map(\.id), by: parameters)
    warnings += growth.warnings
    if let found = growth.doublingTime {
      if patient[.doublingTime].knowledge == .unknown {
        patient[.doublingTime] = found
      } else if let told = patient.interval(.doublingTime), growth.contradicts(told) {
        warnings.append(
          "the doubling time is stated as \(Int(told.lowerBound.rounded())) days, but the dated sizes say otherwise (\(growth.words)); the statement counts"
        )
      }
    }
    self.patient = patient
    self.warnings = warnings
    lesions = tables
  }

  /// What planners are told of every lesion, by id.
  public func lesionContexts(of patientCase: PatientCase) -> [String: LesionContext] {
    Dictionary(
      patientCase.lesions.map { ($0.id, LesionContext(site: site(of: $0), facts: facts(of: $0))) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The site of a lesion, stated or shown by its surroundings.
  public func site(of lesion: Lesion) -> Site? { places[lesion.id]?.site }

  /// The side of a lesion, stated or shown by its surroundings.
  public func side(of lesion: Lesion) -> Side? { places[lesion.id]?.side }

  /// The lobe of a lesion, stated or shown by its surroundings.
  public func lobe(of lesion: Lesion) -> Lobe? { places[lesion.id]?.lobe }

  /// Facts about a lesion together with its patient's.
  public func facts(of lesion: Lesion) -> FactTable {
    patient.merging(lesions[lesion.id] ?? FactTable())
  }

  /// Whole months without a point.
  private static func months(_ x: Double) -> String { x == x.rounded() ? String(Int(x)) : String(x) }

  // MARK: Stated

  private static func stated(_ statements: Statements) -> FactTable {
    var table = FactTable()
    for (fact, statement) in statements {
      let knowledge: FactValue.Knowledge =
        switch statement.value {
        case .number(let x): .known(.number(x))
        case .interval(let low, let high): .between(low, high)
        case .word(let word): .known(.word(word))
        }
      table[fact] = FactValue(
        knowledge, origin: statement.isEstimate ? .estimated : .stated, source: statement.source)
    }
    return table
  }

  /// Ribs are part of the chest wall: the nearer of both counts, and where the wall is not contoured it lies no farther
  /// than the nearest rib.
  private static func uniteChestWall(_ facts: inout FactTable) {
    let wall = Fact.clearance(.chestWall)
    let rib = facts[.clearance(.rib)]
    guard let ribs = facts.interval(.clearance(.rib)) else { return }
    guard let known = facts.interval(wall) else {
      facts[wall] =
        ribs.upperBound == 0
        ? FactValue(.known(.number(0)), origin: rib.origin, source: rib.source + " (a rib)")
        : FactValue(
          .between(0, ribs.upperBound), origin: rib.origin,
          source: rib.source + "; the chest wall itself is not contoured")
      return
    }
    if ribs.upperBound < known.lowerBound {
      facts[wall] = FactValue(rib.knowledge, origin: rib.origin, source: rib.source + " (a rib)")
    }
  }

  // MARK: Earlier dose

  /// A dose grid that reaches the lesion counts whatever was reported; one that does not says nothing of courses without
  /// a grid, so it never makes a reported overlap smaller, nor an unreported one "none".
  private static func lay(
    _ measured: String, over facts: inout FactTable, _ lesion: String, _ warnings: inout [String]
  ) {
    let order = ["none", "nearby", "overlap"]
    var told: String?
    if case .known(.word(let word)) = facts[.priorRadiotherapyOverlap].knowledge { told = word }
    if measured == "none" { return }
    let rank = order.firstIndex(of: measured) ?? 0
    if let told, (order.firstIndex(of: told) ?? 0) >= rank { return }
    if let told {
      warnings.append(
        "lesion \(lesion): earlier radiotherapy is told as \(told), but a dose grid reaches it (\(measured)); the dose counts"
      )
    }
    facts[.priorRadiotherapyOverlap] = .word(measured, .measured, "dose grids of earlier courses")
  }

  // MARK: Place and earlier therapy

  private static func place(
    _ lesion: Lesion, _ patientCase: PatientCase, _ places: [String: LesionPlace],
    by parameters: FactParameters, into facts: inout FactTable, _ warnings: inout [String]
  ) {
    func state(_ fact: Fact, _ value: FactValue) {
      if case .unknown = facts[fact].knowledge { facts[fact] = value }
    }
    let own = places[lesion.id]
    if let lobe = own?.lobe { state(.lungZone, .word(lobe.zone, .derived, "lobe \(lobe.abbreviation)")) }
    let allPlaced = patientCase.lesions.allSatisfy { other in
      guard let place = places[other.id], let site = place.site else { return false }
      return site != .lung || place.side != nil
    }
    if own?.site == .lung, let side = own?.side, allPlaced {
      let count = patientCase.lesions.count {
        places[$0.id]?.site == .lung && places[$0.id]?.side == side
      }
      state(
        .lesionsInSameLung, .number(Double(count), .derived, "lesions listed in the \(side.rawValue) lung"))
    }
    let reported = ReportedCourseFacts(patientCase.earlierCourses, facts, by: parameters)
    guard let therapies = patientCase.patient.priorTherapies else {
      if let reported { Self.lay(reported, over: &facts, unplaced: 0, of: 1) }
      return
    }
    let prior = PriorTherapyFacts(therapies, lesion: lesion.id, places)
    for (fact, value) in prior.facts.sorted(by: { $0.key < $1.key }) {
      if case .known(let told) = facts[fact].knowledge, case .known(let other) = value.knowledge,
        told != other
      {
        warnings.append(
          "lesion \(lesion.id): \(fact.title) is reported differently in the list and in the patient file; the list counts"
        )
      }
      state(fact, value)
    }
    if let reported {
      Self.lay(
        reported, over: &facts, unplaced: prior.unplacedRadiation, of: patientCase.earlierCourses.count)
    }
  }

  /// What reported courses say raises what else is told of earlier radiotherapy, and answers where it was when no more
  /// irradiation is told without its place than there are such courses.
  private static func lay(
    _ reported: ReportedCourseFacts, over facts: inout FactTable, unplaced: Int, of courses: Int
  ) {
    let told = facts[.priorRadiotherapyOverlap]
    let order = ["none", "nearby", "overlap"]
    let isAnswered = unplaced <= courses
    switch (told.knowledge, reported.overlap.knowledge) {
    case (.known(.word(let old)), .known(.word(let new))):
      guard (order.firstIndex(of: old) ?? 0) < (order.firstIndex(of: new) ?? 0) else { return }
      facts[.priorRadiotherapyOverlap] = reported.overlap
    case (.known(.word("none")), .unknown): facts[.priorRadiotherapyOverlap] = reported.overlap
    case (.unknown, .known(.word(let new))) where isAnswered || new == "overlap" || !told.isReportedInPart:
      facts[.priorRadiotherapyOverlap] = reported.overlap
    case (.unknown, .unknown) where !told.isReportedInPart:
      facts[.priorRadiotherapyOverlap] = reported.overlap
    default: return
    }
    if let months = reported.months, facts[.monthsSinceRadiotherapy].knowledge == .unknown {
      facts[.monthsSinceRadiotherapy] = .number(months, .stated, "earlier courses of the patient file")
    }
  }
}
