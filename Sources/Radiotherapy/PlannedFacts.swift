// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Quantities
internal import Vocabulary

/// What a planned course tells the rules: estimates all of them.
struct PlannedFacts {
  var patient = FactTable()
  var lesions: [String: FactTable] = [:]

  private static let source = "geometric estimate of a planned SBRT course"

  init(
    _ proposals: [SBRTProposal], organs: [OrganDose], lungs: OrganDose?, meanLungDose: DoseBand?,
    _ cumulative: CumulativeEvaluation.Reading, primarySet: String?
  ) {
    if let lungs {
      if let v20 = lungs.band(of: .volumeAtDose(20), in: .percent).flatMap(Self.between) {
        patient[.sbrtLungV20] = v20
      }
      // What series of several lesions tell risk by: doses added in gray.
      if let mean = meanLungDose.flatMap(Self.between) { patient[.sbrtMeanLungDose] = mean }
      if let word = Self.worst(lungs, primarySet) { patient[.sbrtLungLimits] = word }
    }
    if let liver = organs.first(where: { $0.organ == .liver }), let word = Self.worst(liver, primarySet) {
      patient[.sbrtLiverLimits] = word
    }
    for proposal in proposals {
      var facts = FactTable(proposal.centrality?.facts ?? [:])
      facts[.sbrtTargetVolume] = .number(
        proposal.target.solid.volume.cubicCentimeters,
        proposal.target.basis == .contouredPTV ? .measured : .derived, "planning target volume")
      for neighbour in proposal.neighbours {
        guard let check = LimitCheck.decisive(neighbour.checks, of: primarySet) else { continue }
        facts[.sbrtDose(neighbour.organ)] = .word(
          check.outcome.rawValue, .estimated, Self.words(neighbour, check))
      }
      if let word = Self.cumulative(
        cumulative.organs.map(\.standing), cumulative.courses,
        near: Self.organsSummed(beside: proposal.neighbours.map(\.organ)))
      {
        facts[.sbrtCumulative] = word
      }
      lesions[proposal.lesion] = facts
    }
  }

  private static func between(_ band: DoseBand) -> FactValue? {
    guard let high = band.high else { return nil }
    return FactValue(.between(band.low, high), origin: .estimated, source: source)
  }

  private static func worst(_ organ: OrganDose, _ set: String?) -> FactValue? {
    organ.worst(in: set).map { .word($0.outcome.rawValue, .estimated, source) }
  }

  private static func words(_ neighbour: NeighbourDose, _ check: LimitCheck) -> String {
    func text(_ x: Double) -> String { String((x * 10).rounded() / 10) }
    let dose = neighbour.dose
    return
      "\(source): \(neighbour.structure) at \(text(neighbour.distance.millimeters)) mm, near-maximum \(text(dose.expected ?? dose.low)) Gy (\(text(dose.low))–\(dose.high.map(text) ?? "?")), \(check.limit.set) \(check.limit.endpoint.name) < \(text(check.bound)) Gy in \(check.fractions)"
  }

  /// The organs whose sums with earlier courses a lesion is judged by: its neighbours, lungs and liver.
  static func organsSummed(beside neighbours: [OrganAtRisk]) -> Set<OrganAtRisk> {
    Set(neighbours + [.lungs, .liver])
  }

  /// How the cumulative limits of the organs beside a lesion stand; `nil` where nothing can be said.
  static func cumulative(
    _ organs: [OrganStanding], _ courses: [Reirradiation], near: Set<OrganAtRisk>
  ) -> FactValue? {
    guard !courses.isEmpty else { return nil }
    let checks = organs.filter { near.contains($0.organ) }.flatMap { organ in
      organ.checks.filter { $0.limit.isConsensus || $0.outcome != .kept }.map { (organ, $0) }
    }
    guard let worst = checks.max(by: { $0.1.outcome.rank < $1.1.outcome.rank }) else {
      let met = organs.filter { near.contains($0.organ) && $0.overlap != nil }
      if let organ = met.first(where: { !$0.checks.isEmpty }) {
        return .word(
          LimitCheck.Outcome.kept.rawValue, .estimated,
          "\(source) with earlier courses: \(organ.organ.title), limits without consensus")
      }
      let isApart = met.isEmpty && !courses.contains { [.unknown, .typeI].contains($0.kind) }
      return isApart ? .word("noOverlap", .estimated, source) : nil
    }
    guard worst.1.outcome != .unknown else { return nil }
    return .word(
      worst.1.outcome.rawValue, .estimated,
      "\(source) with earlier courses: \(worst.0.organ.title), \(worst.1.limit.set)")
  }
}
