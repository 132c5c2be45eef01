// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Vocabulary

extension AblationOutlook {
  /// - Parameters:
  ///   - patient: what is known of the patient.
  ///   - parameters: how many lesions one sitting holds; `nil` where the protocol does not say.
  init(_ candidates: [Candidate], _ patient: FactTable, _ parameters: JointParameters?) {
    var energies: [Modality: Int] = [:]
    for candidate in candidates {
      for modality in [candidate.judged.modality] + candidate.alike { energies[modality, default: 0] += 1 }
    }
    self.energies = energies
    // How many lesions one embolization takes no number of the protocol says.
    guard let parameters, !candidates.contains(where: { $0.judged.modality.family == .embolization }) else {
      (sittings, lesionsPerSitting) = (nil, nil)
      return
    }
    let single = patient.word(.singleLung)
    let normal = max(1, Int(parameters.lesionsPerSession.value))
    let least = max(1, Int(parameters.lesionsPerSessionSingleLung.value))
    lesionsPerSitting = single == "yes" ? least : normal
    sittings = Self.sittings(
      candidates.map { ($0.site, $0.side) }, inLung: single == "yes" ? least : normal, elsewhere: normal)
  }

  /// The least and the most sittings: those of one lung together, of the other apart; of another organ together.
  ///
  /// A lesion whose side is unknown may lie in either lung.
  ///
  /// - Parameters:
  ///   - inLung: lesions of one lung that one sitting holds.
  ///   - elsewhere: lesions of another organ that one sitting holds.
  static func sittings(
    _ places: [(site: Site, side: Side?)], inLung: Int, elsewhere: Int
  ) -> ClosedRange<Int> {
    func needed(_ lesions: Int, _ most: Int) -> Int { (lesions + most - 1) / most }
    let lung = places.filter { $0.site == .lung }
    let right = lung.count { $0.side == .right }
    let left = lung.count { $0.side == .left }
    let open = lung.count - right - left
    let counts = (0...open).map { needed(right + $0, inLung) + needed(left + open - $0, inLung) }
    var others: [Site: Int] = [:]
    for place in places where place.site != .lung { others[place.site, default: 0] += 1 }
    let rest = others.values.reduce(0) { $0 + needed($1, elsewhere) }
    return (counts.min() ?? 0) + rest...(counts.max() ?? 0) + rest
  }
}
