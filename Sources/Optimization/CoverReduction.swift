// SPDX-License-Identifier: Apache-2.0
/// A set cover made smaller by steps that keep one cheapest cover: what is forced is chosen, what something else
/// makes needless is dropped.
///
/// Every step is exact on the problem as it stands, so their order decides among equally cheap covers only.
struct CoverReduction {
  let cover: SetCover
  /// The elements still to be covered that each candidate covers.
  private(set) var elements: [BitSet]
  /// The candidates still in question of each element.
  private(set) var candidates: [BitSet]
  private(set) var openElements: BitSet
  private(set) var openCandidates: BitSet
  private(set) var chosen: [Int] = []
  /// Groups that are open because something forces them; their opening cost is spent.
  private(set) var openedGroups: Set<Int> = []
  /// Whether the limits exclude every cover.
  private(set) var isExcluded = false

  init(_ cover: SetCover) {
    self.cover = cover
    elements = cover.candidates.map { candidate in
      var set = BitSet(universe: cover.elementCount)
      for element in candidate.elements { set.insert(element) }
      return set
    }
    candidates = Array(repeating: BitSet(universe: cover.candidates.count), count: cover.elementCount)
    openElements = BitSet(universe: cover.elementCount)
    openCandidates = BitSet(universe: cover.candidates.count)
    for element in 0..<cover.elementCount { openElements.insert(element) }
    for (candidate, set) in elements.enumerated() {
      openCandidates.insert(candidate)
      for element in set.numbers { candidates[element].insert(candidate) }
    }
  }

  /// Elements no candidate covers.
  var uncoverable: [Int] { openElements.numbers.filter { candidates[$0].isEmpty } }

  /// How many more candidates may be chosen, where that can matter: a cheapest cover has no candidate that could
  /// be left out, so never more than elements.
  var mostCandidates: Int? {
    cover.mostCandidates.map { $0 - chosen.count }
      .flatMap { $0 >= min(openElements.count, openCandidates.count) ? nil : $0 }
  }

  /// How many more groups may be opened, where that can matter.
  var mostGroups: Int? {
    guard let most = cover.mostGroups else { return nil }
    let closed = Set(openCandidates.numbers.compactMap { cover.candidates[$0].group })
      .subtracting(openedGroups)
    let left = most - openedGroups.count
    return left >= min(openElements.count, closed.count) ? nil : left
  }

  /// The group a candidate still needs opened.
  func closedGroup(_ candidate: Int, groupsAreLimited: Bool) -> Int? {
    guard let group = cover.candidates[candidate].group, !openedGroups.contains(group) else { return nil }
    return groupsAreLimited || cover.openingCosts[group] > 0 ? group : nil
  }

  /// Takes every step until none changes anything.
  mutating func run() {
    var isChanged = true
    while isChanged && !isExcluded && !openElements.isEmpty {
      isChanged = dropClosedForGood()
      isChanged = takeForced() || isChanged
      isChanged = dropNeedlessCandidates() || isChanged
      isChanged = dropImpliedElements() || isChanged
    }
  }

  /// Candidates of closed groups when no group may be opened any more; tells, too, when the limits are overrun.
  private mutating func dropClosedForGood() -> Bool {
    if let mostCandidates, mostCandidates <= 0 { isExcluded = true }
    guard let mostGroups else { return false }
    if mostGroups < 0 { isExcluded = true }
    guard mostGroups <= 0 else { return false }
    var isChanged = false
    for candidate in openCandidates.numbers where closedGroup(candidate, groupsAreLimited: true) != nil {
      drop(candidate: candidate)
      isChanged = true
    }
    if !uncoverable.isEmpty { isExcluded = true }
    return isChanged
  }

  /// The only candidate of an element, and the only group of an element's candidates.
  private mutating func takeForced() -> Bool {
    var isChanged = false
    for element in openElements.numbers where openElements.contains(element) {
      let options = candidates[element].numbers
      if options.count == 1 {
        choose(options[0])
        isChanged = true
      } else if let first = options.first, let group = cover.candidates[first].group,
        !openedGroups.contains(group), options.allSatisfy({ cover.candidates[$0].group == group })
      {
        openedGroups.insert(group)
        isChanged = true
      }
    }
    return isChanged
  }

  /// Candidates another one can stand in for at no greater cost and without a further group.
  private mutating func dropNeedlessCandidates() -> Bool {
    let groupsAreLimited = mostGroups != nil
    var isChanged = false
    for candidate in openCandidates.numbers {
      let covered = elements[candidate].numbers
      guard let rarest = covered.min(by: { candidates[$0].count < candidates[$1].count }) else {
        drop(candidate: candidate)
        continue
      }
      let group = closedGroup(candidate, groupsAreLimited: groupsAreLimited)
      let cost = cover.candidates[candidate].cost
      let replacement = candidates[rarest].numbers.first { other in
        guard other != candidate, elements[candidate].isSubset(of: elements[other]) else { return false }
        let otherGroup = closedGroup(other, groupsAreLimited: groupsAreLimited)
        let needsOpening = otherGroup != nil && otherGroup != group
        if needsOpening && groupsAreLimited { return false }
        let extra = needsOpening ? otherGroup.map { cover.openingCosts[$0] } ?? 0 : 0
        let otherCost = cover.candidates[other].cost + extra
        guard otherCost <= cost else { return false }
        // Of two that can stand in for each other the first one stays.
        let isMutual = otherCost == cost && otherGroup == group && elements[other] == elements[candidate]
        return !isMutual || other < candidate
      }
      if replacement != nil {
        drop(candidate: candidate)
        isChanged = true
      }
    }
    return isChanged
  }

  /// Elements that are covered whenever another one is.
  private mutating func dropImpliedElements() -> Bool {
    var isChanged = false
    for element in openElements.numbers where openElements.contains(element) {
      let options = candidates[element]
      guard let narrowest = options.numbers.min(by: { elements[$0].count < elements[$1].count })
      else { continue }
      for other in elements[narrowest].numbers
      where other != element && options.isSubset(of: candidates[other]) {
        // Equal ones imply each other; the one at hand stays and the other is gone at once.
        drop(element: other)
        isChanged = true
      }
    }
    return isChanged
  }

  private mutating func choose(_ candidate: Int) {
    chosen.append(candidate)
    if let group = cover.candidates[candidate].group { openedGroups.insert(group) }
    for element in elements[candidate].numbers { drop(element: element) }
    drop(candidate: candidate)
  }

  private mutating func drop(candidate: Int) {
    openCandidates.remove(candidate)
    for element in elements[candidate].numbers { candidates[element].remove(candidate) }
  }

  private mutating func drop(element: Int) {
    openElements.remove(element)
    for candidate in candidates[element].numbers { elements[candidate].remove(element) }
  }
}
