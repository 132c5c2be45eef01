internal import Ablation
internal import Cases
internal import Eligibility
internal import Facts
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

  /// What an ablation shares a session with: the lung or organ, and the energy.
  func room(of option: PlanOption) -> SessionRoom {
    SessionRoom(place: place(of: option), therapy: option.choice.word)
  }

  private func place(of option: PlanOption) -> SessionPlace {
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
  private func punctures(_ option: PlanOption) -> Int? {
    return pool.ablationProposal(of: option).flatMap { proposal in
      guard !proposal.applicators.isEmpty else { return nil }
      return proposal.applicators.reduce(0) { sum, applicator in
        sum + (option.site == .lung ? max(1, applicator.path.pleuralPunctures) : 1)
      }
    }
  }

  /// The fewest sessions; a lesion whose punctures are unknown counts one, and one with more than a session holds has its
  /// own.
  private func pack(_ options: [PlanOption]) -> [[PlanOption]] {
    let sizes = options.map { punctures($0) ?? 1 }
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

/// Puts things of whole sizes into the fewest bins that each hold a total and a number.
struct Packing {
  /// Largest first.
  let sizes: [Int]
  let capacity: Int
  let most: Int

  /// The bins, each with the places of what it holds; proven fewest.
  func bins() -> [[Int]] {
    for count in 1...max(1, sizes.count) {
      var bins = [[Int]](repeating: [], count: count)
      if place(0, &bins) { return bins.filter { !$0.isEmpty } }
    }
    return []
  }

  private func place(_ item: Int, _ bins: inout [[Int]]) -> Bool {
    guard item < sizes.count else { return true }
    var hasTriedEmpty = false
    for index in bins.indices {
      // Empty bins are alike.
      if bins[index].isEmpty {
        if hasTriedEmpty { continue }
        hasTriedEmpty = true
      }
      let total = bins[index].reduce(0) { $0 + sizes[$1] }
      guard bins[index].isEmpty || (bins[index].count < most && total + sizes[item] <= capacity) else {
        continue
      }
      bins[index].append(item)
      if place(item + 1, &bins) { return true }
      bins[index].removeLast()
    }
    return false
  }
}
