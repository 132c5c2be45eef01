// SPDX-License-Identifier: Apache-2.0
/// The cheapest choice of candidates that covers every element, where candidates may stand in groups that cost
/// something to open.
///
/// Elements, candidates and groups are numbered from 0 in the order given. Costs share one unit, whatever it is.
public struct SetCover: Sendable, Hashable {
  /// One candidate for the choice.
  public struct Candidate: Sendable, Hashable {
    /// The elements it covers, in any order, repeated ones counting once; with none it is never chosen.
    public let elements: [Int]
    /// What choosing it costs, positive.
    public let cost: Double
    /// The group that must be open for it, or `nil` when it needs none.
    public let group: Int?

    /// A candidate; checked when it is given to a `SetCover`.
    public init(elements: [Int], cost: Double, group: Int? = nil) {
      self.elements = elements
      self.cost = cost
      self.group = group
    }
  }

  /// How many elements are to be covered.
  public let elementCount: Int
  /// The candidates.
  public let candidates: [Candidate]
  /// What opening each group costs, once however many of its candidates are chosen.
  public let openingCosts: [Double]
  /// The most candidates that may be chosen, or `nil` for any number.
  public let mostCandidates: Int?
  /// The most groups that may be open, or `nil` for any number; candidates without a group do not count.
  public let mostGroups: Int?

  /// A cover to be found; without elements the answer chooses nothing and costs nothing.
  ///
  /// Throws for a negative count or limit, a cost that is not positive, an opening cost that is negative, either
  /// not finite or beyond `IntegerProgramme.largestNumber`, and for elements and groups that do not exist.
  public init(
    elementCount: Int, candidates: [Candidate], openingCosts: [Double] = [], mostCandidates: Int? = nil,
    mostGroups: Int? = nil
  ) throws(CoverDefect) {
    guard elementCount >= 0, mostCandidates ?? 0 >= 0, mostGroups ?? 0 >= 0 else { throw .negativeCount }
    for (group, cost) in openingCosts.enumerated() {
      guard cost >= 0, cost <= IntegerProgramme.largestNumber else { throw .openingCost(group: group) }
    }
    for (number, candidate) in candidates.enumerated() {
      guard candidate.cost > 0, candidate.cost <= IntegerProgramme.largestNumber else {
        throw .cost(candidate: number)
      }
      for element in candidate.elements where !(0..<elementCount).contains(element) {
        throw .element(candidate: number, element: element)
      }
      if let group = candidate.group, !openingCosts.indices.contains(group) {
        throw .group(candidate: number, group: group)
      }
    }
    self.elementCount = elementCount
    self.candidates = candidates
    self.openingCosts = openingCosts
    self.mostCandidates = mostCandidates
    self.mostGroups = mostGroups
  }
}

/// Why a cover cannot be stated.
public enum CoverDefect: Error, Sendable, Hashable {
  /// The number of elements, or a limit, is negative.
  case negativeCount
  /// The candidate's cost is not positive, not finite or too great.
  case cost(candidate: Int)
  /// The group's opening cost is negative, not finite or too great.
  case openingCost(group: Int)
  /// The candidate covers an element that does not exist.
  case element(candidate: Int, element: Int)
  /// The candidate stands in a group that does not exist.
  case group(candidate: Int, group: Int)
}

/// A choice of candidates that covers every element.
public struct Cover: Sendable, Hashable {
  /// The chosen candidates, rising; none of them can be left out.
  public let chosen: [Int]
  /// The groups they stand in, rising.
  public let openGroups: [Int]
  /// The costs of the chosen candidates and of opening their groups.
  public let cost: Double
  /// No cover within the limits costs less; equal to `cost` when this one is proven cheapest.
  public let lowerBound: Double

  /// Whether no cover within the limits is cheaper, but for `IntegerProgramme.optimalityTolerance`.
  public var isProvenCheapest: Bool { lowerBound == cost }
}

/// What the search for a cover gave.
public enum CoverAnswer: Sendable, Hashable {
  /// A cover within the limits.
  case cover(Cover)
  /// No candidate covers these elements, rising.
  case uncoverable(elements: [Int])
  /// Every element has a candidate, but covering all takes more candidates or groups than allowed.
  case needsMoreThanAllowed
  /// The search was stopped before a cover within the limits was found; there may be none.
  case limitReachedWithoutCover
}
