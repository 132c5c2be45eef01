public import Cases
public import Eligibility
internal import Anatomy
internal import Quantities
public import Vocabulary

/// Brings statements and measurements together as facts.
///
/// A measured size or distance goes before a stated one of the same fact; a stated site, side or lobe goes
/// before what the surroundings show. What neither gives stays unknown.
public struct FactAssembly: Sendable {
  /// Facts about the patient.
  public let patient: FactTable
  private let lesions: [String: FactTable]
  private let sites: [String: Site]

  /// The facts of a case.
  ///
  /// - Throws: `UnknownFactName` when a statement names no fact of the closed list.
  public init(_ patientCase: PatientCase, _ measurements: Measurements) throws(UnknownFactName) {
    var sites: [String: Site] = [:]
    var sides: [String: Side] = [:]
    var lobes: [String: Lobe] = [:]
    for lesion in patientCase.lesions {
      let around = measurements[lesion: lesion.id]?.surroundings
      sites[lesion.id] = lesion.site ?? around?.site
      sides[lesion.id] = lesion.side ?? lesion.lobe?.side ?? around?.side
      lobes[lesion.id] = lesion.lobe ?? around?.lobe
    }
    self.sites = sites
    var tables: [String: FactTable] = [:]
    for lesion in patientCase.lesions {
      var facts = try Self.stated(lesion.statements)
      if let measured = measurements[lesion: lesion.id] {
        Self.measure(measured, lesion, into: &facts)
      }
      Self.place(
        lesion, side: sides[lesion.id], lobe: lobes[lesion.id], patientCase, sites, sides, into: &facts)
      tables[lesion.id] = facts
    }
    var patient = try Self.stated(patientCase.patient.statements)
    Self.count(patientCase, sites: sites, sides: sides, tables, into: &patient)
    self.patient = patient
    lesions = tables
  }

  /// The site of a lesion, stated or shown by its surroundings.
  public func site(of lesion: Lesion) -> Site? { sites[lesion.id] }

  /// Facts about a lesion together with its patient's.
  public func facts(of lesion: Lesion) -> FactTable {
    patient.merging(lesions[lesion.id] ?? FactTable())
  }

  // MARK: Stated

  private static func stated(_ statements: Statements) throws(UnknownFactName) -> FactTable {
    var table = FactTable()
    for (name, statement) in statements {
      guard let fact = Fact(named: name) else { throw UnknownFactName(name: name) }
      let knowledge: FactValue.Knowledge =
        switch statement.value {
        case .number(let x): .known(.number(x))
        case .interval(let low, let high): .between(low, high)
        case .word(let word): .known(.word(word))
        }
      table[fact] = FactValue(knowledge, origin: .stated, source: statement.source)
    }
    return table
  }

  // MARK: Measured

  private static func measure(
    _ measured: LesionMeasurements, _ lesion: Lesion, into facts: inout FactTable
  ) {
    let origin: FactValue.Origin = measured.modelled ? .estimated : .measured
    let how = measured.modelled ? "ball or ellipsoid of the stated size" : "contours of \(lesion.sourceName)"
    if !measured.modelled {
      if let diameters = measured.diameters {
        facts[.longestAxialDiameter] = .number(diameters.longest.millimeters, .measured, how)
        facts[.shortAxis] = .number(diameters.shortAxis.millimeters, .measured, how)
      }
      facts[.volume] = .number(measured.volume.cubicCentimeters, .measured, how)
    }
    if let depth = measured.pleuralDepth {
      let where_ = "\(how) in \(measured.pleuralContainer?.tg263 ?? "lung")"
      facts[.depthFromPleura] = .number(depth.nearest.millimeters, origin, where_)
      facts[.depthOfInnerEdge] = .number(depth.deepest.millimeters, origin, where_)
    }
    // Clearances come nearest first: of several structures with one role the nearest counts.
    var seen: Set<StructureRole> = []
    for entry in measured.clearances where seen.insert(entry.structure.role).inserted {
      let role = entry.structure.role
      guard role != .other, role != .external, role != .lung, role != .lobe else { continue }
      facts[.clearance(role)] = .number(
        entry.clearance.distance.millimeters,
        measured.modelled ? .estimated : (entry.derived ? .derived : .measured),
        "\(how) to \(entry.structure.tg263)")
    }
  }

  // MARK: Place and earlier therapy

  private static func place(
    _ lesion: Lesion, side: Side?, lobe: Lobe?, _ patientCase: PatientCase, _ sites: [String: Site],
    _ sides: [String: Side], into facts: inout FactTable
  ) {
    func state(_ fact: Fact, _ value: FactValue) {
      if case .unknown = facts[fact].knowledge { facts[fact] = value }
    }
    if let lobe { state(.lungZone, .word(lobe.zone, .derived, "lobe \(lobe.abbreviation)")) }
    if sites[lesion.id] == .lung, let side,
      patientCase.lesions.allSatisfy({ other in
        sites[other.id] != nil && (sites[other.id] != .lung || sides[other.id] != nil)
      })
    {
      let count = patientCase.lesions.filter { sites[$0.id] == .lung && sides[$0.id] == side }.count
      state(
        .lesionsInSameLung, .number(Double(count), .derived, "lesions listed in the \(side.rawValue) lung"))
    }
    guard let therapies = patientCase.patient.priorTherapies else { return }
    let source = "prior therapies of the patient file"
    let here = therapies.filter { $0.lesion == lesion.id && $0.kind != .systemic }
    state(.priorTherapyHere, .word(here.last.map(\.kind.rawValue) ?? "none", .stated, source))
    let sameSide = therapies.filter { therapy in
      // A therapy that names its lesion was done on that lesion's side.
      let other = therapy.side.flatMap(Side.init(word:)) ?? therapy.lesion.flatMap { sides[$0] }
      guard let side, let other else { return false }
      return other == side && (therapy.site.flatMap(Site.init(word:)) ?? .lung) == .lung
    }
    state(
      .priorSurgerySameSide,
      .word(sameSide.contains { $0.kind == .resection } ? "yes" : "no", .stated, source))
    state(
      .priorAblationSameSide,
      .word(sameSide.contains { $0.kind == .ablation } ? "yes" : "no", .stated, source))
    let radiated = here.filter { $0.kind == .sbrt || $0.kind == .radiotherapy }
    let nearby = sameSide.filter { $0.kind == .sbrt || $0.kind == .radiotherapy }
    let overlap = radiated.isEmpty ? (nearby.isEmpty ? "none" : "nearby") : "overlap"
    state(.priorRadiotherapyOverlap, .word(overlap, .stated, source))
    if let months = (radiated.isEmpty ? nearby : radiated).compactMap(\.monthsAgo).min() {
      state(.monthsSinceRadiotherapy, .number(months, .stated, source))
    }
  }

  // MARK: Counts

  private static func count(
    _ patientCase: PatientCase, sites: [String: Site], sides: [String: Side],
    _ tables: [String: FactTable], into facts: inout FactTable
  ) {
    func state(_ fact: Fact, _ value: FactValue) {
      if case .unknown = facts[fact].knowledge { facts[fact] = value }
    }
    let lesions = patientCase.lesions
    guard !lesions.isEmpty else { return }
    let source = "lesions listed"
    state(.metastasisCount, .number(Double(lesions.count), .derived, source))
    let sizes = lesions.compactMap { lesion -> Double? in
      switch tables[lesion.id]?[.longestAxialDiameter].knowledge {
      case .known(.number(let x)): x
      case .between(_, let high): high
      default: nil
      }
    }
    if sizes.count == lesions.count, let largest = sizes.max() {
      state(.largestMetastasis, .number(largest, .derived, source))
    }
    guard lesions.allSatisfy({ sites[$0.id] != nil }) else { return }
    let lung = lesions.filter { sites[$0.id] == .lung }
    state(.lungMetastasisCount, .number(Double(lung.count), .derived, source))
    state(
      .liverMetastasisCount,
      .number(Double(lesions.filter { sites[$0.id] == .liver }.count), .derived, source))
    if lung.allSatisfy({ sides[$0.id] != nil }) {
      let count = Set(lung.compactMap { sides[$0.id] }).count
      state(
        .lungLaterality,
        .word(count == 0 ? "none" : (count == 1 ? "unilateral" : "bilateral"), .derived, source))
    }
  }
}

/// A statement that names no fact of the closed list.
public struct UnknownFactName: Error, Sendable, Hashable {
  /// The name.
  public let name: String
}
