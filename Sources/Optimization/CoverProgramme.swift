// SPDX-License-Identifier: Apache-2.0
/// What is left of a cover after its reduction, as an integer programme.
struct CoverProgramme {
  private(set) var programme = IntegerProgramme()
  private let reduction: CoverReduction
  private let mostGroups: Int?
  private var choices: [(candidate: Int, variable: Variable)] = []
  private var choiceOfCandidate: [Int: Variable] = [:]
  private var openingOfGroup: [Int: Variable] = [:]
  private var openings: [Variable] = []

  init(_ reduction: CoverReduction) throws(ProgrammeDefect) {
    self.reduction = reduction
    mostGroups = reduction.mostGroups
    let costs = try addVariables()
    try requireCover()
    if let most = reduction.mostCandidates {
      try programme.require(LinearExpression(sumOf: choices.map(\.variable)), .atMost, Double(most))
    }
    if let mostGroups {
      try programme.require(LinearExpression(sumOf: openings), .atMost, Double(mostGroups))
    }
    try programme.minimise(costs)
  }

  /// The candidates a solution chooses, rising.
  func chosen(in solution: Solution) -> [Int] {
    choices.filter { solution.isSet($0.variable) }.map(\.candidate)
  }

  private func closedGroup(_ candidate: Int) -> Int? {
    reduction.closedGroup(candidate, groupsAreLimited: mostGroups != nil)
  }

  /// A variable for each candidate and each group it needs opened; gives the costs of all.
  private mutating func addVariables() throws(ProgrammeDefect) -> LinearExpression {
    let cover = reduction.cover
    var costs: [LinearExpression.Term] = []
    for candidate in reduction.openCandidates.numbers {
      let choice = programme.addBinary()
      choiceOfCandidate[candidate] = choice
      choices.append((candidate: candidate, variable: choice))
      costs.append(LinearExpression.Term(cover.candidates[candidate].cost, choice))
      guard let group = closedGroup(candidate) else { continue }
      let opening: Variable
      if let known = openingOfGroup[group] {
        opening = known
      } else {
        opening = programme.addBinary()
        openingOfGroup[group] = opening
        openings.append(opening)
        costs.append(LinearExpression.Term(cover.openingCosts[group], opening))
      }
      // One row for each candidate: summed over the group, the relaxation would open groups by small fractions.
      try programme.require(LinearExpression([.init(1, choice), .init(-1, opening)]), .atMost, 0)
    }
    return LinearExpression(costs)
  }

  /// Every element needs a candidate, and one group that is open or a candidate without one.
  ///
  /// The second follows from the first in whole numbers but not in the relaxation, where several candidates of one
  /// group would share an element and open the group by a fraction only.
  private mutating func requireCover() throws(ProgrammeDefect) {
    var known: Set<[Int]> = []
    for element in reduction.openElements.numbers {
      let options = reduction.candidates[element].numbers
      try programme.require(
        LinearExpression(sumOf: options.compactMap { choiceOfCandidate[$0] }), .atLeast, 1)
      let entries = Set(
        options.compactMap { candidate in
          closedGroup(candidate).flatMap { openingOfGroup[$0] } ?? choiceOfCandidate[candidate]
        }
      ).sorted { $0.index < $1.index }
      if entries.count < options.count, known.insert(entries.map(\.index)).inserted {
        try programme.require(LinearExpression(sumOf: entries), .atLeast, 1)
      }
    }
  }
}
