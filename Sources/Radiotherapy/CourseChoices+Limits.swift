internal import Anatomy
internal import Dosimetry
internal import Eligibility
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
    for (organ, entry) in NeighbourReader.entries(of: planned.draft) {
      let neighbour = NeighbourReader.neighbour(
        organ, entry, NeighbourReader.own(planned, at: entry.distance), of: planned,
        fractions: planned.scheme.fractionation.fractions, parameters: parameters, sex: sex)
      if let check = LimitCheck.decisive(neighbour.checks, of: parameters.primarySet) {
        found[organ] = NeighbourLimit(
          outcome: check.outcome, decides: check.limit.set == parameters.primarySet)
      }
    }
    return found
  }

  /// Limits of a whole organ where nobody gives them for the course's fraction count: those of the greatest count below,
  /// doses being told as equal effect in that count.
  func limits(of organ: OrganAtRisk, _ reader: LimitReader) -> LimitReader {
    func isLimited(_ fractions: Int) -> Bool {
      parameters.limits.contains { limit in
        limit.organ == organ && limit.set == parameters.primarySet && limit.level.binds && !limit.isAdvisory
          && limit.bound(fractions: fractions, prescription: reader.prescription) != nil
      }
    }
    let counts = (1...max(1, reader.fractions)).reversed()
    guard let fractions = counts.first(where: isLimited), fractions != reader.fractions else { return reader }
    return LimitReader(
      limits: reader.limits, fractions: fractions, prescription: reader.prescription, sex: reader.sex)
  }

  /// The same with how each regimen alone stands to earlier courses.
  ///
  /// - Parameter plan: plans the lesions named by the schemes given, by lesion.
  /// - Throws: what planning throws.
  func beside(
    _ plan: @Sendable (Set<String>, [String: String]) throws -> SBRTPlan
  ) throws -> CourseChoices {
    let parts = Workers.gather(
      regimens.count, into: { [(Int, Result<[String: FactValue], any Error>)]() }
    ) { index, found in
      let regimen = regimens[index]
      let schemes =
        regimen.isFirstChoice
        ? [:]
        : Dictionary(
          regimen.lesions.map { ($0, regimen.scheme.id) }, uniquingKeysWith: { first, _ in first })
      found.append(
        (
          index,
          Result {
            try plan(Set(regimen.lesions), schemes).lesionFacts.compactMapValues { table in
              table[.sbrtCumulative].knowledge == .unknown ? nil : table[.sbrtCumulative]
            }
          }
        ))
    }
    var choices = self
    for (index, result) in parts.joined() { choices.cumulative[index] = try result.get() }
    return choices
  }
}
