// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Parallelism
internal import Reasons
internal import Vocabulary

// What the lungs' reserve forbids, given to the solver as widely as it holds.
extension PlanSearch {
  /// How many pairs of operations are looked at beforehand; of more they are met one by one.
  private static let mostPairs = 2000

  /// What stands against the lung operations of a choice, each limit for as few of them as it stands against, and the first
  /// time for every two operations: where one such pair was met there are others, and each would take a round of the search.
  mutating func reserveConflicts(
    _ chosen: [PlanOption], _ reserve: LungReserve
  ) throws -> [ChoiceConflict] {
    let search = self
    let tests: [Test] = [{ reserve, _ in reserve.broken }, { search.unproven($0, $1) }]
    let here = indices(chosen)
    var conflicts: [ChoiceConflict] = []
    for isBroken in tests {
      guard let broken = isBroken(reserve, chosen) else { continue }
      let few = try smallest(broken, of: chosen, isBroken)
      let conflict = try self.conflict(few, of: chosen, isBroken)
      conflicts.append(conflict)
      // What others of this choice might lift of a few is said of all of them.
      if !conflict.unless.isDisjoint(with: here) {
        let whole = try self.conflict(broken, of: chosen, isBroken)
        conflicts.append(
          ChoiceConflict(all: whole.all, unless: whole.unless.subtracting(here), why: whole.why))
      }
      if few.places.count == 2 { conflicts += try pairs() }
    }
    return conflicts
  }

  private typealias Test = (LungReserve, [PlanOption]) -> CourseCheck.Broken?

  private func indices(_ chosen: [PlanOption]) -> Set<Int> {
    Set(
      joint.options.indices.filter { index in
        let option = joint.options[index]
        return chosen.contains {
          $0.lesion == option.lesion && $0.choice == option.choice && $0.regimen == option.regimen
        }
      })
  }

  /// As few of operations that cannot stay together as still cannot, by themselves.
  private func smallest(
    _ broken: CourseCheck.Broken, of chosen: [PlanOption], _ isBroken: Test
  ) throws -> CourseCheck.Broken {
    var best = broken
    for place in broken.places where best.places.count > 1 && best.places.contains(place) {
      let fewer = best.places.filter { $0 != place }
      let own = fewer.map { chosen[$0] }
      guard let other = isBroken(try LungReserve(joint.pool, own), own) else { continue }
      best = CourseCheck.Broken(places: other.places.map { fewer[$0] }, why: other.why)
    }
    return best
  }

  private func conflict(
    _ broken: CourseCheck.Broken, of chosen: [PlanOption], _ isBroken: Test
  ) throws -> ChoiceConflict {
    let members = broken.places.map { chosen[$0] }
    return ChoiceConflict(
      all: indices(members), unless: try lifting(members, isBroken), why: broken.why)
  }

  /// Every two operations that cannot stay together; none the second time.
  private mutating func pairs() throws -> [ChoiceConflict] {
    guard !arePairsRead else { return [] }
    arePairsRead = true
    let own = operations
    let pairs = own.flatMap { first in
      own.filter { $0 > first && joint.options[$0].lesion != joint.options[first].lesion }.map {
        [first, $0]
      }
    }
    guard pairs.count <= Self.mostPairs else { return [] }
    let search = self
    return try Workers.map(pairs.count) { place throws -> ChoiceConflict? in
      let chosen = pairs[place].map { search.joint.options[$0] }
      let reserve = try LungReserve(search.joint.pool, chosen)
      if let broken = reserve.broken {
        return try search.conflict(broken, of: chosen) { reserve, _ in reserve.broken }
      }
      return try search.unproven(reserve, chosen).map { broken in
        try search.conflict(broken, of: chosen) { search.unproven($0, $1) }
      }
    }.compactMap(\.self)
  }

  /// The lung operations that may be chosen.
  private var operations: [Int] {
    joint.options.indices.filter { index in
      let option = joint.options[index]
      return allowed.contains(index) && option.choice.family == .surgery && option.site == .lung
    }
  }

  /// Other operations that may lift what stands against some.
  ///
  /// More that is operated takes more, but a lobe or a lung that goes as a whole is known where its parts are not, and is
  /// counted otherwise. So all other lesions of each lobe, of each side, and of several together are looked at: where one of
  /// these lifts it, any of them may.
  private func lifting(_ members: [PlanOption], _ isBroken: Test) throws -> Set<Int> {
    let facts = joint.pool.facts
    func lobe(_ option: PlanOption) -> Lobe? { facts.lobe(of: joint.pool.lesions[option.lesion]) }
    func side(_ option: PlanOption) -> Side? { facts.side(of: joint.pool.lesions[option.lesion]) }
    let sides = Set(members.map(side))
    let near = operations.filter { index in
      let option = joint.options[index]
      let own = side(option)
      return !members.contains { $0.lesion == option.lesion }
        && (own == nil || sides.contains(nil) || sides.contains(own))
    }
    guard !near.isEmpty else { return [] }
    let lobes = Set(members.compactMap(lobe)).sorted { $0.rawValue < $1.rawValue }
    // Of more lobes the sides stand for all.
    let several = lobes.count <= 3 ? 1..<(1 << lobes.count) : 0..<0
    var blocks = several.map { which in
      near.filter { index in
        lobe(joint.options[index]).flatMap(lobes.firstIndex(of:)).map { which & (1 << $0) != 0 } ?? false
      }
    }
    blocks += sides.map { own in near.filter { side(joint.options[$0]) == own } } + [near]
    for block in Set(blocks) where !block.isEmpty {
      let all = members + block.map { joint.options[$0] }
      if isBroken(try LungReserve(joint.pool, all), all) == nil { return Set(near) }
    }
    return []
  }
}
