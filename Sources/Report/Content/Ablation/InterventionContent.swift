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

/// What an ablation's page is about, and its words.
struct InterventionContent {
  let dossier: Dossier
  let lesion: Lesion
  let measured: LesionMeasurements?
  let proposal: AblationProposal
  /// The lesion's body and the centre of it.
  let solid: Solid
  let centre: SIMD3<Double>

  /// What was judged with it, where that is not the dossier's own assessment.
  private let judgement: ModalityJudgement?

  /// - Parameter chosen: the assignment of the patient's plan whose ablation it is; of the dossier's plan of ablation without it.
  init?(_ dossier: Dossier, lesion id: String, energy: Modality, chosen: PlanAssignment? = nil) {
    let planned = dossier.ablationPlan?.lesions.first { $0.lesion == id }?.proposals.first {
      $0.energy == energy
    }
    guard let proposal = chosen?.ablation ?? planned,
      let lesion = dossier.patientCase.lesions.first(where: { $0.id == id }),
      let solid = lesion.body?.solid, let centre = solid.centroid
    else { return nil }
    self.dossier = dossier
    self.lesion = lesion
    self.proposal = proposal
    self.solid = solid
    self.centre = centre
    judgement = chosen?.judgement
    isChosen = chosen != nil
    measured = dossier.measurements[lesion: id]
  }

  /// Whether it is the ablation that the plan of the patient chose.
  let isChosen: Bool

  typealias Run = InterventionItem.Run

  var isModelled: Bool { if case .modelled? = lesion.body { true } else { false } }

  // MARK: Head

  var place: String { measured.map { LesionWords.place(lesion, $0) } ?? lesion.site?.title ?? "site unknown" }
  var size: String { LesionWords.size(lesion, measured) }

  private var items: AblationItems { AblationItems(proposal, in: dossier) }

  var zoneWords: String { items.zone }

  /// What the assessment says of this plan, in bold where it is not plainly in favour; empty without rules for the site.
  var verdict: [Run] {
    let judged =
      judgement
      ?? dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.modalities.first {
        $0.modality == proposal.energy
      }
    return judged.map {
      [
        Run(isChosen ? "· in the plan of the patient:" : "· assessed with all lesions ablated:"),
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

  // MARK: Items

  /// An item as the page letters it: what it is about and what stands out in bold.
  private static func runs(_ item: AblationItem) -> [Run] {
    (item.lead.isEmpty ? [] : [Run(item.lead, bold: true)])
      + (item.text.isEmpty ? [] : [Run(item.text)])
      + (item.stress.isEmpty ? [] : [Run(item.stress, bold: true)])
  }

  /// What each applicator meets.
  private func met(_ applicator: PlannedApplicator) -> [[Run]] { items.met(applicator).map(Self.runs) }

  /// Why there is no needle path: words and counts, the most frequent first.
  var refusals: (why: String, counts: [String]) {
    let refusals = items.refusals
    return (refusals.why, refusals.counts.map { "\($0.count)  \($0.words)" })
  }

  /// Zone, margin and neighbours, then what else must be said.
  private var zoneItems: [[Run]] {
    var lines = (items.coverage + items.neighbours).map(Self.runs)
    lines += proposal.remarks.map { [Run("!", bold: true), Run(ReasonWords.text($0))] }
    if isModelled {
      lines.append([
        Run("!", bold: true),
        Run("the lesion's body is modelled from its reported place and size: every distance is an estimate"),
      ])
    }
    let warnings = dossier.patientCase.warnings.count + lesion.warnings.count
    if warnings > 0 {
      lines.append([
        Run("!", bold: true),
        Run(
          "the case was read with \(warnings) warning\(warnings > 1 ? "s" : ""): the report of the plan lists them"
        ),
      ])
    }
    return lines
  }

  // MARK: Blocks

  /// A heading with what stands below it.
  struct Block {
    let title: String
    let items: [InterventionItem]
  }

  /// What it is.
  var title: String { "Ablation plan, \(proposal.energy.title)" }

  /// What the team ticks off.
  let boxes = ["Planning scan in position", "margin confirmed", "coagulation", "consent"]

  /// The blocks of text in their order.
  var blocks: [Block] {
    let met = proposal.applicators.map(met)
    var path: [InterventionItem] = []
    if met.count == 1 {
      path = met[0].map { .words($0) }
    } else if let first = met.first {
      // What holds for all of them stands once.
      let shared = first.filter { item in met.allSatisfy { $0.contains(item) } }
      path = shared.map { .words([Run("All:", bold: true)] + $0) }
      path += met.enumerated().flatMap { index, own in
        own.filter { !shared.contains($0) }.map { .words([Run("\(index + 1):", bold: true)] + $0) }
      }
    }
    let fixed = [
      Block(title: "At the scanner", items: ScannerSettings(self).items),
      Block(title: "On the needle path", items: path),
      Block(title: "Zone and margin", items: zoneItems.map { .words($0) }),
    ]
    return fixed.filter { !$0.items.isEmpty }
      + lists.map { Block(title: $0.title, items: $0.items.map { .words([Run($0)]) }) }
  }

  private var lists: [(title: String, items: [String])] {
    [
      ("Prepare", items.preparations(proposal.notes).map(\.line)),
      ("Ask first", (items.questions(proposal.notes) + items.nerves).map(\.line)),
      ("Manoeuvres", items.manoeuvres.map(\.line)),
      ("Provided that", proposal.providedThat.map(ReasonWords.text)),
    ].filter { !$0.1.isEmpty }
  }
}
