// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Ablation
internal import Cases
internal import Eligibility
internal import Facts
internal import Optimization
internal import Resection
internal import Vocabulary

/// Puts lesions together into sessions: operations by side, needles by lung and energy.
struct SessionMaker {
  let pool: TherapyPool

  init(_ pool: TherapyPool) { self.pool = pool }

  /// Lesions treated under one anaesthetic.
  struct Session: Sendable {
    let lesions: [String]
    let modality: Modality
    /// The lung; `nil` elsewhere or where unknown.
    let side: Side?
    let site: Site?
    /// Punctures; `nil` where a lesion's are not known.
    let punctures: Int?
  }

  /// One operation for each lung, one for the liver; a lesion of unknown side has one of its own.
  func operations(_ options: [PlanOption]) -> [Session] {
    var order: [SessionPlace] = []
    var groups: [SessionPlace: [PlanOption]] = [:]
    for option in options {
      let key = place(of: option)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(option)
    }
    return order.compactMap { groups[$0] }.map { own in
      Session(
        lesions: own.map(\.id), modality: own[0].choice.modality ?? .metastasectomy, side: side(own[0]),
        site: own[0].site, punctures: nil)
    }
  }

  /// One lung and one energy at a time, no more lesions and punctures than a session holds.
  func thermal(_ options: [PlanOption]) -> [Session] {
    var order: [SessionRoom] = []
    var groups: [SessionRoom: [PlanOption]] = [:]
    for option in options {
      let key = room(of: option)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(option)
    }
    return order.compactMap { groups[$0] }.flatMap { own in
      pack(own).map { part in
        let counts = part.map(punctures)
        return Session(
          lesions: part.map(\.id), modality: own[0].choice.modality ?? .microwave, side: side(own[0]),
          site: own[0].site, punctures: counts.contains(nil) ? nil : counts.compactMap(\.self).reduce(0, +))
      }
    }
  }

  /// Sessions in the order proposed: of two lungs the one with the larger metastasis first, for what grows there is the greater
  /// part of the disease; a convention.
  func ordered(_ sessions: [Session]) -> [Session] {
    // Sessions of one lung stay together; lungs by their largest lesion.
    func largest(_ side: Side?) -> Double {
      sessions.filter { $0.side == side }.flatMap(\.lesions).map(size).max() ?? 0
    }
    return sessions.enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      if (x.site == .lung) != (y.site == .lung) { return x.site == .lung }
      let (p, q) = (largest(x.side), largest(y.side))
      if p != q { return p > q }
      // Two lungs with equal lesions do not take turns.
      let (r, t) = (x.side?.rawValue ?? "~", y.side?.rawValue ?? "~")
      return r != t ? r > t : a.offset < b.offset
    }.map(\.element)
  }

  private func size(_ id: String) -> Double {
    guard let lesion = pool.lesions.first(where: { $0.id == id }) else { return 0 }
    return pool.facts.facts(of: lesion).interval(.longestAxialDiameter)?.upperBound ?? 0
  }

  /// What an ablation shares a session with: the lung or organ, and the energy.
  func room(of option: PlanOption) -> SessionRoom {
    SessionRoom(place: place(of: option), therapy: option.choice.word)
  }

  func place(of option: PlanOption) -> SessionPlace {
    guard option.site == .lung else { return .organ(option.site) }
    return side(option).map(SessionPlace.lung) ?? .lungOfUnknownSide(lesion: option.id)
  }

  /// How many lesions a session holds for this patient.
  var lesionsPerSession: Int {
    let isSingle = pool.facts.patient.word(.singleLung) == "yes"
    return Int(
      (isSingle ? pool.parameters.lesionsPerSessionSingleLung : pool.parameters.lesionsPerSession).value)
  }

  private func side(_ option: PlanOption) -> Side? {
    option.site == .lung ? pool.facts.side(of: pool.lesions[option.lesion]) : nil
  }

  /// The punctures of an ablation, in the lung of the pleura, fissures included; one for each applicator elsewhere; `nil`
  /// without a way.
  func punctures(_ option: PlanOption) -> Int? {
    pool.ablationProposal(of: option).flatMap { proposal in
      guard !proposal.applicators.isEmpty else { return nil }
      return proposal.applicators.reduce(0) { sum, applicator in
        sum + (option.site == .lung ? max(1, applicator.path.pleuralPunctures) : 1)
      }
    }
  }

  /// The punctures of an ablation, one where they are not known.
  func leastPunctures(_ option: PlanOption) -> Int { punctures(option) ?? 1 }

  /// The fewest sessions; a lesion whose punctures are unknown counts one, and one with more than a session holds has its
  /// own.
  private func pack(_ options: [PlanOption]) -> [[PlanOption]] {
    let sizes = options.map(leastPunctures)
    let order = options.indices.sorted { (-sizes[$0], options[$0].id) < (-sizes[$1], options[$1].id) }
    let packing = Packing(
      sizes: order.map { sizes[$0] }, capacity: Int(pool.parameters.puncturesPerSession.value),
      most: lesionsPerSession)
    return packing.bins().map { bin in bin.map { options[order[$0]] }.sorted { $0.id < $1.id } }
  }
}

/// Where a session's lesions lie.
enum SessionPlace: Hashable, Comparable {
  case lung(Side)
  /// A lung that may be either: such a lesion shares a session with no other.
  case lungOfUnknownSide(lesion: String)
  case organ(Site?)

  /// The words for people.
  var title: String {
    switch self {
    case .lung(let side): "\(side.rawValue) lung"
    case .lungOfUnknownSide: "lung, side unknown"
    case .organ(let site): site?.title ?? "unknown"
    }
  }

  /// A stable order: by kind, then by name.
  private var key: (Int, String) {
    switch self {
    case .lung(let side): (0, side.rawValue)
    case .lungOfUnknownSide(let lesion): (1, lesion)
    case .organ(let site): (2, site?.rawValue ?? "")
    }
  }

  static func < (a: SessionPlace, b: SessionPlace) -> Bool { a.key < b.key }
}

/// What ablations share a session in: a place and an energy.
struct SessionRoom: Hashable, Comparable {
  let place: SessionPlace
  let therapy: String

  static func < (a: SessionRoom, b: SessionRoom) -> Bool {
    a.place == b.place ? a.therapy < b.therapy : a.place < b.place
  }
}
