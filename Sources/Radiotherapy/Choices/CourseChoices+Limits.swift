// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Dosimetry
internal import Eligibility
public import Facts
internal import Quantities
internal import Vocabulary

extension CourseChoices {
  /// A near-maximum limit beside a target.
  struct NeighbourLimit {
    /// How it stands for the target alone.
    let outcome: LimitCheck.Outcome
    /// Whether the set that decides gives it.
    let decides: Bool
  }

  /// The organs beside a target that have a near-maximum limit at its fraction count.
  static func limited(
    _ planned: PlannedDraft, _ parameters: RadiotherapyParameters, _ sex: String?
  ) -> [OrganAtRisk: NeighbourLimit] {
    var found: [OrganAtRisk: NeighbourLimit] = [:]
    let reader = LimitEvaluation(
      beside: planned, fractions: planned.scheme.fractionation.fractions, parameters, sex: sex)
    for (organ, entry) in NeighbourDoses.entries(of: planned.draft) {
      let neighbour = NeighbourDoses.neighbour(
        organ, entry, NeighbourDoses.own(planned, at: entry.distance), heldTo: reader)
      if let check = LimitCheck.decisive(neighbour.checks, of: parameters.primarySet) {
        found[organ] = NeighbourLimit(
          outcome: check.outcome, decides: check.limit.set == parameters.primarySet)
      }
    }
    return found
  }

  /// An organ's limits read in the course's fraction count; where nobody gives them for it, in the greatest count below,
  /// doses being told as equal effect in that count.
  func limits(_ limits: [DoseLimit], _ reader: LimitEvaluation) -> LimitEvaluation {
    func isLimited(_ fractions: Int) -> Bool {
      limits.contains { limit in
        limit.set == parameters.primarySet
          && limit.bound(fractions: fractions, prescription: reader.prescription) != nil
      }
    }
    let counts = (1...max(1, reader.fractions)).reversed()
    return LimitEvaluation(
      limits: limits, fractions: counts.first(where: isLimited) ?? reader.fractions,
      prescription: reader.prescription, sex: reader.sex)
  }

  /// The course of a set of regimens on a grid, with earlier courses; without what each target costs the lungs, and which
  /// of them fit together.
  ///
  /// - Parameters:
  ///   - chosen: at most one regimen of each target, one or more.
  ///   - planner: plans it by its options, which say of earlier courses what those of the choices say.
  ///   - patient: what is known of the patient.
  ///   - isForLimits: whether only limits are asked, so that organs in which no courses meet are left out of the sums.
  /// - Throws: what planning throws.
  public func course(
    of chosen: [Int], by planner: SBRTPlanner, patient: FactTable, isForLimits: Bool
  ) throws -> SBRTPlan {
    let chosen = chosen.sorted { targets[$0] < targets[$1] }
    let drafts = chosen.map { index in
      var draft = planned[index].draft
      draft.composite = composites[targets[index]].compactMap { near in
        chosen.firstIndex { targets[$0] == near }
      }
      return draft
    }
    return try planner.plan(drafts, [], at: site, patient, isWeighed: false, isForLimits: isForLimits)
  }

  /// The same with how each regimen alone stands to earlier courses.
  ///
  /// - Throws: what planning throws.
  func besideEarlierCourses(by planner: SBRTPlanner) throws -> CourseChoices {
    let sums = try Workers.map(regimens.count) { index in
      var draft = planned[index].draft
      draft.composite = []
      return try planner.besideEarlierCourses(draft, at: site)
    }
    var choices = self
    for (index, sum) in sums.enumerated() { choices.cumulative[index] = sum }
    return choices
  }
}
