// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

extension EnergyChoice {
  /// Holds preferences against what is known of a lesion.
  ///
  /// - Parameter energies: those that there are devices of.
  init(
    _ preferences: [EnergyPreference], among energies: [Modality], site: Site?, facts: FactTable
  ) {
    var holding: [EnergyPreference] = []
    var open: [(preference: EnergyPreference, facts: [Fact])] = []
    for preference in preferences where site.map(preference.sites.contains) ?? false {
      let answers = preference.whenAny.map { ($0.fact, $0.holds(in: facts)) }
      if preference.whenAny.isEmpty || answers.contains(where: { $0.1 == true }) {
        holding.append(preference)
      } else if answers.contains(where: { $0.1 == nil }) {
        open.append((preference, answers.filter { $0.1 == nil }.map(\.0)))
      }
    }
    self.holding = holding
    self.open = open
    avoided = Set(holding.flatMap(\.avoid))
    // The first preference that tells two energies apart decides.
    func place(_ energy: Modality, _ preference: EnergyPreference) -> Int {
      if preference.avoid.contains(energy) { return preference.prefer.count + 1 }
      return preference.prefer.firstIndex(of: energy) ?? preference.prefer.count
    }
    order = energies.enumerated().sorted { a, b in
      for preference in holding {
        let (x, y) = (place(a.element, preference), place(b.element, preference))
        if x != y { return x < y }
      }
      return a.offset < b.offset
    }.map(\.element)
  }
}

extension AppliedNote {
  /// Notes whose conditions hold, and those that hang on something unknown.
  static func all(
    _ notes: [AblationNote], energy: Modality, site: Site?, facts: FactTable
  ) -> [AppliedNote] {
    notes.compactMap { note in
      guard note.energies.contains(energy), site.map(note.sites.contains) ?? false else { return nil }
      let conditions = note.whenAll.map { condition in
        switch condition {
        case .fact(let guarding): guarding
        case .planned(let fact, let match): Rule.Guard(fact: .planned(fact, energy), match: match)
        }
      }
      return switch Rule.Guard.standing(of: conditions, in: facts) {
      case .holds: AppliedNote(note: note, unknown: [])
      case .open(let unknown): AppliedNote(note: note, unknown: unknown)
      case .fails: nil
      }
    }
  }
}
