// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// What earlier therapies say about one lesion: "none" only where every therapy was surely elsewhere.
struct PriorTherapyFacts {
  private enum Place {
    /// To this lesion.
    case here
    /// In the same lung, or in the same organ.
    case sameOrgan
    case elsewhere
    /// In a place whose fields may reach this organ: told of irradiation alone, and never the lesion's own area.
    case beside
    /// Not told closely enough.
    case unknown
  }

  private static let source = "prior therapies of the patient file"
  private let placed: [(therapy: PriorTherapy, place: Place)]

  /// - Parameters:
  ///   - lesion: the lesion's id.
  ///   - places: of all lesions, as far as known.
  init(_ therapies: [PriorTherapy], lesion: String, _ places: [String: LesionPlace]) {
    placed = therapies.filter { $0.kind != .systemic }.map { therapy in
      (therapy, Self.place(therapy, lesion, places))
    }
  }

  private static func place(
    _ therapy: PriorTherapy, _ lesion: String, _ places: [String: LesionPlace]
  ) -> Place {
    if therapy.lesion == lesion { return .here }
    let site = therapy.site.flatMap(Site.init(word:)) ?? therapy.lesion.flatMap { places[$0]?.site }
    let side = therapy.side.flatMap(Side.init(word:)) ?? therapy.lesion.flatMap { places[$0]?.side }
    guard let own = places[lesion]?.site, let site else { return .unknown }
    // A field over the chest's wall or middle may reach into either lung; one over bone, spine or nodes has organs beside it
    // that lung and liver have, too.
    let chest: Set<Site> = [.pleura, .mediastinum, .chestWall]
    if own == .lung, chest.contains(site) { return .unknown }
    let beside: Set<Site> = [
      .pleura, .mediastinum, .chestWall, .bone, .spine, .lymphNode, .softTissue, .adrenal, .kidney, .other,
    ]
    if isRadiation(therapy.kind), beside.contains(site) { return .beside }
    guard site == own else { return .elsewhere }
    guard own == .lung else { return therapy.lesion == nil ? .unknown : .sameOrgan }
    guard let ownSide = places[lesion]?.side, let side else { return .unknown }
    if side != ownSide { return .elsewhere }
    return .sameOrgan
  }

  /// The facts that follow; what does not follow is absent and so unknown.
  var facts: [Fact: FactValue] {
    var result: [Fact: FactValue] = [:]
    func word(_ fact: Fact, _ value: String?) {
      if let value { result[fact] = .word(value, .stated, Self.source) }
    }
    // Told but not placed: never to be taken for "none", so the reason stands with the unknown.
    func told(_ fact: Fact, _ value: String?) {
      if let value {
        word(fact, value)
      } else {
        result[fact] = .unknown("an earlier therapy is told, but not its place (lesion, site, side)")
      }
    }
    told(.priorTherapyHere, here)
    told(.priorSurgerySameSide, sameSide { $0 == .resection })
    told(.priorAblationSameSide, sameSide { $0 == .ablation })
    told(.priorRadiotherapyOverlap, radiotherapy)
    let near = placed.filter {
      Self.isRadiation($0.therapy.kind) && ($0.place == .here || $0.place == .sameOrgan)
    }
    if let months = near.compactMap(\.therapy.monthsAgo).min() {
      result[.monthsSinceRadiotherapy] = .number(months, .stated, Self.source)
    }
    return result
  }

  /// How many irradiations are told without a place that settles where they were.
  var unplacedRadiation: Int {
    placed.count { Self.isRadiation($0.therapy.kind) && [.unknown, .beside].contains($0.place) }
  }

  private static func isRadiation(_ kind: PriorTherapy.Kind) -> Bool {
    kind == .sbrt || kind == .radiotherapy
  }

  /// The last therapy to the lesion itself.
  ///
  /// One in the same organ that names no lesion may have been here.
  private var here: String? {
    if let last = placed.last(where: { $0.place == .here }) { return last.therapy.kind.rawValue }
    let mayBe = placed.contains {
      $0.place == .unknown || ($0.place == .sameOrgan && $0.therapy.lesion == nil)
    }
    return mayBe ? nil : "none"
  }

  private func sameSide(_ isKind: (PriorTherapy.Kind) -> Bool) -> String? {
    let those = placed.filter { isKind($0.therapy.kind) }
    if those.contains(where: { $0.place == .here || $0.place == .sameOrgan }) { return "yes" }
    return those.contains { $0.place == .unknown } ? nil : "no"
  }

  private var radiotherapy: String? {
    let those = placed.filter { Self.isRadiation($0.therapy.kind) }
    if those.contains(where: { $0.place == .here }) { return "overlap" }
    // In the same organ without a lesion named, the fields may overlap this lesion or not.
    if those.contains(where: {
      [.unknown, .beside].contains($0.place) || ($0.place == .sameOrgan && $0.therapy.lesion == nil)
    }) {
      return nil
    }
    return those.contains { $0.place == .sameOrgan } ? "nearby" : "none"
  }
}
