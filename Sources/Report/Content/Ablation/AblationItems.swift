// SPDX-License-Identifier: Apache-2.0
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

/// One thing that is said of a planned ablation: the printed page and the text of the plan lay it out.
struct AblationItem: Hashable {
  /// What it is about; stands out on the printed page.
  let lead: String
  /// The words.
  var text: String
  /// What stands out of the words, behind them; empty for nothing.
  var stress = ""
  /// How it is meant.
  var tone: ReportLine.Tone = .plain
  /// Keys of the bibliography.
  var sources: [String] = []

  /// Lead, words and stress in one line.
  var line: String { [lead, text, stress].filter { !$0.isEmpty }.joined(separator: " ") }
}

/// What is said of one lesion's ablation by one energy: zone and margin, what the needle meets, neighbours, manoeuvres.
struct AblationItems {
  private let proposal: AblationProposal
  private let dossier: Dossier
  private let lesion: Lesion?

  init(_ proposal: AblationProposal, in dossier: Dossier) {
    self.proposal = proposal
    self.dossier = dossier
    lesion = dossier.patientCase.lesions.first { $0.id == proposal.lesion }
  }

  private func has(_ role: StructureRole) -> Bool {
    dossier.patientCase.structures.contains { $0.name.role == role }
  }

  // MARK: Zone

  /// Device, generator setting, chart and planned zone.
  var zone: String {
    let zone = proposal.zone
    let isotherm = proposal.isotherm.map { " of the \($0.title) isotherm" } ?? ""
    let ice =
      zone.ice.map {
        ", ice \(Figures.plain($0.along.millimeters * 2)) × \(Figures.plain($0.across.millimeters * 2)) mm"
      } ?? ""
    return
      "\(zone.device.name), \(zone.setting.id): chart \(zone.chartWords) (\(zone.device.basis.title) \(zone.device.tissue), \(zone.device.mark.rawValue)), planned as \(proposal.zones.count) × \(zone.words)\(isotherm)\(ice); \(ReasonWords.text(proposal.method))"
  }

  /// The least margin, coverage, and what is destroyed.
  var coverage: [AblationItem] {
    let coverage = proposal.coverage
    let margins = dossier.careProtocol.ablation?.margin
    func of(_ length: Length?) -> String { length.map { " of \(Figures.plain($0.millimeters)) mm" } ?? "" }
    let (minimum, target) = (of(margins?.hard), of(margins?.goal))
    let place = coverage.map.place
    let side =
      lesion?.body?.solid.centroid.map {
        "towards \(PatientDirection.side(of: place - $0, joined: " and ")) "
      } ?? ""
    var least = AblationItem(
      lead: "Least margin \(Figures.millimeters(coverage.map.minimum))",
      text: "\(side)(\(AblationWords.point(place))):", tone: AblationWords.tone(proposal.standing))
    switch proposal.standing {
    case .goal: least.text += " the target margin\(target) is reached everywhere"
    case .hard: least.text += " the minimum margin\(minimum) is kept, the target\(target) is not"
    case .insufficient: least.stress = "LESS THAN THE MINIMUM MARGIN\(minimum)"
    }
    return [
      least,
      AblationItem(
        lead: "Coverage:",
        text:
          "\(Figures.plain(coverage.at5Percent)) % of the lesion with 5 mm around it, \(Figures.plain(coverage.at10Percent)) % with 10 mm; one in twenty places of the surface below \(Figures.millimeters(coverage.map.fifthPercentile)); if the zone is exactly as planned, the minimum margin stays after a control scan with a chance of \(AblationWords.percent(coverage.marginProbability))"
      ),
      AblationItem(
        lead: "Destroyed:",
        text:
          "\(Figures.volume(coverage.ablated)), \(Figures.volume(coverage.healthy)) of it beside the lesion"
          + (coverage.lung.map { $0 > .zero ? ", \(Figures.volume($0)) lung" : "" } ?? "")
          + (proposal.reachesPleura.map {
            $0 ? "; the zone reaches the pleura" : "; the zone stays within the lung"
          } ?? "")),
    ]
  }

  // MARK: Neighbours

  /// Structures whose limit the zone does not keep, then those near it.
  var neighbours: [AblationItem] {
    var items = proposal.neighbours.filter { !$0.broken.isEmpty }.map { neighbour in
      let distance =
        neighbour.distance == .zero
        ? "touched" + (neighbour.overlap > .zero ? ", \(Figures.volume(neighbour.overlap)) within" : "")
        : "\(Figures.millimeters(neighbour.distance)) from the zone"
      let ice = neighbour.iceDistance.map { ", \(Figures.millimeters($0)) from the ice" } ?? ""
      let why = neighbour.broken.map {
        ($0.effect == .heatSink ? "cooling or warming: " : "") + $0.text
      }
      return AblationItem(
        lead: "! \(neighbour.structure)", text: "\(distance)\(ice): \(why.joined(separator: "; "))",
        tone: .caution, sources: neighbour.broken.flatMap(\.sources))
    }
    let clear = proposal.neighbours.filter { $0.broken.isEmpty && $0.role != .other }.prefix(5).map {
      "\($0.structure) \($0.distance == .zero ? "touched" : Figures.millimeters($0.distance))"
        + ($0.iceDistance.map { " (ice \(Figures.millimeters($0)))" } ?? "")
    }
    if !clear.isEmpty {
      items.append(AblationItem(lead: "Also near the zone:", text: clear.joined(separator: ", ")))
    }
    return items
  }

  /// What moving a neighbour away would need.
  var manoeuvres: [AblationItem] {
    proposal.manoeuvres.map { advice in
      let usual = advice.reach.usual
      let answer =
        usual.upperBound == 0
        ? "moves nothing"
        : (advice.isEnough.usually
          ? "usually enough" : (advice.isEnough.atBest ? "enough at best" : "not enough"))
      return AblationItem(
        lead: "",
        text:
          "\(advice.reach.manoeuvre.title) for \(advice.structure): \(Figures.millimeters(advice.needed)) more needed (now \(Figures.millimeters(advice.distance)), wanted \(Figures.millimeters(advice.wanted))), usually \(Figures.plain(usual.lowerBound))–\(Figures.plain(usual.upperBound)) mm: \(answer); \(advice.reach.text)",
        sources: advice.reach.sources)
    }
  }

  // MARK: Needle path

  /// What an applicator meets on its needle path.
  ///
  /// - Parameter isShort: without what it passes and the chance that it stays clear, for paths that are not proposed.
  func met(_ applicator: PlannedApplicator, isShort: Bool = false) -> [AblationItem] {
    let path = applicator.path
    var items: [AblationItem] = []
    func add(_ lead: String, _ text: String, warns: Bool = false) {
      items.append(
        AblationItem(
          lead: lead, text: warns ? "" : text, stress: warns ? text : "", tone: warns ? .caution : .plain))
    }
    let crossed = applicator.crosses.filter { $0.role != .skin && $0.role != .external }.map {
      "\($0.structure) \(AblationWords.whole($0.length))"
    }
    add("Goes through", crossed.isEmpty ? "nothing that was contoured" : crossed.joined(separator: ", "))
    if path.uncharted.millimeters >= 1 {
      add("Tissue not contoured:", AblationWords.whole(path.uncharted))
    }
    if has(.lung) { add("Lung:", lung(path)) }
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
    if isShort { return items }
    let near = applicator.clearances.prefix(5).map {
      "\($0.structure) \(Figures.millimeters($0.distance)) (\(AblationWords.whole($0.depth)) deep)"
    }
    if !near.isEmpty { add("Passes", near.joined(separator: ", ")) }
    let chances = applicator.probabilityClear.map {
      "\(AblationWords.percent($0.probability)) \(spacedWords($0.accuracy.id)) (σ \(Figures.plain($0.accuracy.sigma.millimeters)) mm)"
    }
    if !chances.isEmpty {
      add("Stays clear", "of what it must not touch with a chance of \(chances.joined(separator: ", "))")
    }
    return items
  }

  private func lung(_ path: NeedlePath) -> String {
    let punctures = path.pleuralPunctures
    var text = "not entered"
    if punctures > 0 || path.aeratedLung > .zero {
      text = "\(AblationWords.whole(path.aeratedLung)) aerated, "
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
    return text
  }

  /// Why directions were refused: words and counts, the most frequent first.
  var refusals: (why: String, counts: [(count: Int, words: String)]) {
    let search = proposal.search
    let counts = search.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.value, $0.key.title) }
    let why =
      search.ranked.isEmpty
      ? "None of \(search.tried) directions keeps every limit that must be kept."
      : "\(search.ranked.count) of \(search.tried) directions keep their limits on distance fields, none on the contours themselves."
    return (why, counts)
  }

  // MARK: Notes

  /// Risks that hold.
  func risks(_ notes: [AppliedNote]) -> [AblationItem] {
    notes.filter { $0.unknown.isEmpty && !$0.note.isPreparation }.map(Self.item)
  }

  /// What is to be prepared.
  func preparations(_ notes: [AppliedNote]) -> [AblationItem] {
    notes.filter { $0.unknown.isEmpty && $0.note.isPreparation }.map(Self.item)
  }

  /// What hangs on something that is not known.
  func questions(_ notes: [AppliedNote]) -> [AblationItem] {
    notes.filter { !$0.unknown.isEmpty }.map { applied in
      AblationItem(
        lead: "\(applied.unknown.map(\.title).joined(separator: ", "))?",
        text: "If so, \(applied.note.topic.title): \(applied.note.text)", sources: applied.note.sources)
    }
  }

  /// Nerves that were not contoured and may be near.
  var nerves: [AblationItem] {
    proposal.nerveQuestions.map {
      AblationItem(lead: "\($0.role.title)?", text: "\($0.text) (heuristic)", sources: $0.sources)
    }
  }

  private static func item(_ applied: AppliedNote) -> AblationItem {
    AblationItem(
      lead: "\(applied.note.topic.title):", text: applied.note.text, sources: applied.note.sources)
  }
}
