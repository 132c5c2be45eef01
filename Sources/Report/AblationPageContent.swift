internal import Ablation
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What an ablation's page is about, and its words.
struct AblationPageContent {
  let dossier: Dossier
  let lesion: Lesion
  let measured: LesionMeasurements?
  let proposal: AblationProposal
  /// The lesion's body and the centre of it.
  let solid: Solid
  let centre: SIMD3<Double>

  init?(_ dossier: Dossier, lesion id: String, energy: Modality) {
    guard let planned = dossier.ablationPlan?.lesions.first(where: { $0.lesion == id }),
      let proposal = planned.proposals.first(where: { $0.energy == energy }),
      let lesion = dossier.patientCase.lesions.first(where: { $0.id == id }),
      let solid = lesion.body?.solid, let centre = solid.centroid
    else { return nil }
    self.dossier = dossier
    self.lesion = lesion
    self.proposal = proposal
    self.solid = solid
    self.centre = centre
    measured = dossier.measurements[lesion: id]
  }

  typealias Run = SVGText.Run

  var isModelled: Bool { if case .modelled? = lesion.body { true } else { false } }

  private func has(_ role: StructureRole) -> Bool {
    dossier.patientCase.structures.contains { $0.name.role == role }
  }

  private func mm(_ length: Length, digits: Int = 1) -> String {
    Figures.number(length.millimeters, digits: digits) + " mm"
  }

  // MARK: Head

  var place: String { measured.map { LesionWords.place(lesion, $0) } ?? lesion.site?.title ?? "site unknown" }
  var size: String { LesionWords.size(lesion, measured) }

  var zoneWords: String {
    let zone = proposal.zone
    let count = proposal.zones.count > 1 ? "\(proposal.zones.count) × " : ""
    let isotherm = proposal.isotherm.map { " (\($0.title) isotherm)" } ?? ""
    let ice =
      zone.ice.map {
        ", ice \(Figures.plain($0.along.millimeters * 2)) × \(Figures.plain($0.across.millimeters * 2)) mm"
      } ?? ""
    let derating =
      zone.device.derating < 1 ? ", chart × \(Figures.number(zone.device.derating, digits: 2))" : ""
    return
      "\(zone.device.name), \(zone.setting.id): zone \(count)\(zone.words)\(isotherm)\(ice) (\(zone.device.basis.title) \(zone.device.tissue)\(derating), \(zone.device.mark.rawValue)); \(ReasonWords.text(proposal.method))"
  }

  /// What the assessment says of this plan, in bold where it is not plainly in favour; empty without rules for the site.
  var verdict: [Run] {
    let judged = dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.modalities.first {
      $0.modality == proposal.energy
    }
    return judged.map {
      [
        Run("· assessed with this plan:"),
        Run("\($0.verdict.word) \($0.roundedScore)", bold: $0.verdict != .eligible),
      ]
    } ?? []
  }

  // MARK: Captions

  var axialCaption: String {
    var text =
      "Axial plane z \(Figures.number(centre.z, digits: 1)) mm through the lesion's centre, seen from the feet, the patient's front up."
    let rises = proposal.applicators.map { $0.path.entry.z - centre.z }
    if let low = rises.min(), let high = rises.max(), max(-low, high) >= 0.5 {
      func words(_ rise: Double) -> String {
        "\(Figures.number(abs(rise), digits: 0)) mm towards the \(rise >= 0 ? "head" : "feet")"
      }
      let which = rises.count == 1 ? "The entry lies" : "Entries lie"
      if rises.count == 1 || high - low < 0.5 {
        text += " \(which) \(words(low))."
      } else if low * high > 0 {
        let ends = [abs(low), abs(high)].sorted().map { Figures.number($0, digits: 0) }
        text += " \(which) \(ends[0])–\(ends[1]) mm towards the \(low > 0 ? "head" : "feet")."
      } else {
        text += " \(which) from \(words(low)) to \(words(high))."
      }
    }
    return text
  }

  var needleCaption: String {
    guard let path = proposal.applicators.first?.path else { return "" }
    let off = abs(NeedlePlane(path).distance(centre))
    let which = proposal.applicators.count > 1 ? "applicator 1" : "the applicator"
    return
      "Plane of \(which) and the body's long axis, the applicator upright; depths from the skin in mm. The lesion's centre lies \(Figures.number(off, digits: 1)) mm off it."
  }

  // MARK: On the way

  /// What each applicator meets.
  func met(_ applicator: PlannedApplicator) -> [[Run]] {
    let path = applicator.path
    var items: [[Run]] = []
    func add(_ lead: String, _ text: String, warns: Bool = false) {
      items.append([Run(lead, bold: true), Run(text, bold: warns)])
    }
    let crossed = applicator.crosses.filter { $0.role != .skin && $0.role != .external }.map {
      "\($0.structure) \(mm($0.length, digits: 0))"
    }
    add("Goes through", crossed.isEmpty ? "nothing that was contoured" : crossed.joined(separator: ", "))
    if path.uncharted.millimeters >= 1 {
      add("Uncharted:", "\(mm(path.uncharted, digits: 0)) through tissue nobody contoured")
    }
    if has(.lung) {
      let punctures = path.pleuralPunctures
      var text = "not entered"
      if punctures > 0 || path.aeratedLung > .zero {
        text = "\(mm(path.aeratedLung, digits: 0)) aerated, "
        text += punctures == 1 ? "1 pleural puncture" : "\(punctures) pleural punctures"
        if punctures > 0, let angle = path.surfaceAngleDegrees {
          text += ", pleura met at \(Figures.number(angle, digits: 0))°"
        }
        text +=
          path.fissures.isEmpty
          ? (has(.lobe) ? ", no fissure" : ", fissures unknown (no lobes contoured)")
          : ", crosses the fissure \(path.fissures.joined(separator: ", "))"
      }
      if path.bullae > 0 { text += ", crosses \(path.bullae) bulla\(path.bullae > 1 ? "e" : "")" }
      if path.entersPleuraInZone { text += ", the pleura is entered within the zone" }
      add("Lung:", text)
    }
    if path.pleuralPunctures == 0, let angle = path.surfaceAngleDegrees {
      add("Capsule", "met at \(Figures.number(angle, digits: 0))°")
    }
    if !path.vessels.isEmpty {
      add("Vessels:", "crosses \(path.vessels.joined(separator: ", "))", warns: true)
    } else if !has(.pulmonaryVessel), !has(.hepaticVessel) {
      add("Vessels:", "not contoured")
    } else {
      add("Vessels:", "none over 3 mm among those contoured")
    }
    if path.isBelowRib { add("!", "passes close below a rib, where its vessels run", warns: true) }
    let near = applicator.clearances.prefix(5).map {
      "\($0.structure) \(mm($0.distance)) (\(mm($0.depth, digits: 0)) deep)"
    }
    if !near.isEmpty { add("Passes", near.joined(separator: ", ")) }
    let chances = applicator.probabilityClear.map {
      "\(AblationWords.percent($0.probability)) \(spacedWords($0.accuracy.id)) (σ \(Figures.plain($0.accuracy.sigma.millimeters)) mm)"
    }
    if !chances.isEmpty {
      add("Stays clear", "of what it must not touch: \(chances.joined(separator: ", "))")
    }
    return items
  }

  /// Why there is no way: words and counts, the most frequent first.
  var refusals: (why: String, counts: [String]) {
    let search = proposal.search
    let counts = search.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.value)  \($0.key.title)"
    }
    let why =
      search.ranked.isEmpty
      ? "None of \(search.tried) directions keeps every limit that must be kept."
      : "\(search.ranked.count) of \(search.tried) directions keep their limits on distance fields, none on the contours themselves."
    return (why, counts)
  }

  // MARK: Zone

  var zoneItems: [[Run]] {
    let coverage = proposal.coverage
    var items: [[Run]] = []
    let goals = dossier.careProtocol.ablation?.margin
    func goal(_ length: Length?) -> String { length.map { " of \(Figures.plain($0.millimeters)) mm" } ?? "" }
    let standing: Run =
      switch proposal.standing {
      case .goal: Run("the goal\(goal(goals?.goal)) is reached everywhere")
      case .hard: Run("the hard margin\(goal(goals?.hard)) is kept, the goal\(goal(goals?.goal)) is not")
      case .insufficient: Run("LESS THAN THE HARD MARGIN\(goal(goals?.hard))", bold: true)
      }
    let place = coverage.map.place
    items.append([
      Run("Least margin \(mm(coverage.map.minimum))", bold: true),
      Run(
        "towards \(PatientDirection.side(of: place - centre, joined: " and ")) (\(AblationWords.point(place))):"
      ),
      standing,
    ])
    items.append([
      Run("Coverage:", bold: true),
      Run(
        "\(Figures.plain(coverage.at5Percent)) % of the lesion with 5 mm around it, \(Figures.plain(coverage.at10Percent)) % with 10 mm; if the zone is exactly as planned, the hard margin stays after a control scan with a chance of \(AblationWords.percent(coverage.marginProbability))"
      ),
    ])
    items.append([
      Run("Destroyed:", bold: true),
      Run(
        "\(Figures.volume(coverage.ablated)), \(Figures.volume(coverage.healthy)) of it beside the lesion"
          + (coverage.lung.map { $0 > .zero ? ", \(Figures.volume($0)) lung" : "" } ?? "")
          + (proposal.reachesPleura.map {
            $0 ? "; the zone reaches the pleura" : "; the zone stays within the lung"
          }
            ?? "")),
    ])
    items += proposal.neighbours.filter { !$0.broken.isEmpty }.map { neighbour in
      let distance =
        neighbour.distance == .zero
        ? "touched" + (neighbour.overlap > .zero ? ", \(Figures.volume(neighbour.overlap)) within" : "")
        : "\(mm(neighbour.distance)) from the zone"
      let ice = neighbour.iceDistance.map { ", \(mm($0)) from the ice" } ?? ""
      let why = neighbour.broken.map { ($0.effect == .heatSink ? "cooling or warming: " : "") + $0.text }
      return [
        Run("! \(neighbour.structure)", bold: true),
        Run("\(distance)\(ice): \(why.joined(separator: "; "))"),
      ]
    }
    let clear = proposal.neighbours.filter { $0.broken.isEmpty && $0.role != .other }.prefix(4).map {
      neighbour -> String in
      let distance = neighbour.iceDistance ?? neighbour.distance
      return "\(neighbour.structure) \(distance == .zero ? "touched" : mm(distance))"
    }
    if !clear.isEmpty {
      let from = proposal.isotherm == nil ? "the zone" : "the ice"
      items.append([Run("Also near \(from):", bold: true), Run(clear.joined(separator: ", "))])
    }
    items += proposal.remarks.map { [Run("!", bold: true), Run(ReasonWords.text($0))] }
    if isModelled {
      items.append([
        Run("!", bold: true),
        Run("the lesion's body is modelled from its reported place and size: every distance is an estimate"),
      ])
    }
    let warnings = dossier.patientCase.warnings.count + lesion.warnings.count
    if warnings > 0 {
      items.append([
        Run("!", bold: true),
        Run("the case was read with \(warnings) warning\(warnings > 1 ? "s" : ""): see the plan's text"),
      ])
    }
    return items
  }

  // MARK: Lists

  /// Lists that may not all have room.
  var lists: [(title: String, items: [String])] {
    let known = proposal.notes.filter { $0.unknown.isEmpty }
    let open = proposal.notes.filter { !$0.unknown.isEmpty }
    func words(_ applied: AppliedNote) -> String { "\(applied.note.topic.title): \(applied.note.text)" }
    let asks =
      open.map { "\($0.unknown.map(\.title).joined(separator: ", "))? If so, \(words($0))" }
      + proposal.nerveQuestions.map { "\($0.role.title)? \($0.text) (heuristic)" }
    return [
      ("Prepare", known.filter(\.note.isPreparation).map(words)),
      ("Ask first", asks),
      ("Manoeuvres", proposal.manoeuvres.map(advice)),
      ("Provided that", proposal.providedThat.map(ReasonWords.text)),
    ].filter { !$0.1.isEmpty }
  }

  private func advice(_ advice: ManoeuvreAdvice) -> String {
    let usual = advice.reach.usual
    let answer =
      usual.upperBound == 0
      ? "moves nothing"
      : (advice.isEnough.usually
        ? "usually enough" : (advice.isEnough.atBest ? "enough at best" : "not enough"))
    return
      "\(advice.reach.manoeuvre.title) for \(advice.structure): \(mm(advice.needed)) more needed, usually \(Figures.plain(usual.lowerBound))–\(Figures.plain(usual.upperBound)) mm: \(answer); \(advice.reach.text)"
  }
}
