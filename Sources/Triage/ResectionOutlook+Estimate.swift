// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Planning
internal import Reasons
internal import Resection
internal import Vocabulary

extension ResectionOutlook {
  /// - Parameter parameters: `nil` where the protocol says nothing of resection; then no technique is known.
  /// - Throws: errors of geometry.
  init(
    _ candidates: [Candidate], _ patientCase: PatientCase, _ measurements: Measurements,
    _ digest: PatientDigest, _ parameters: ResectionParameters?
  ) throws {
    let facts = digest.facts.patient
    operations = Self.operations(candidates.map { ($0.site, $0.side) })
    group = digest.registryGroup
    let reserve: [Fact] = [.fev1, .dlco]
    // Function of the lungs is asked where a lung is operated on.
    let asked = candidates.contains { $0.site == .lung } ? reserve : []
    reserveKnown = asked.filter { facts.interval($0) != nil }
    reserveMissing = asked.filter { facts.interval($0) == nil }
    var found: [String: Technique] = [:]
    if let parameters, Self.tellsDepth(candidates, patientCase, digest) {
      var options = ResectionOptions()
      options.lesions = Set(candidates.map(\.lesion))
      let settings = Dictionary(
        candidates.map { ($0.lesion, LesionContext(site: $0.site, facts: digest.lesionFacts[$0.index])) },
        uniquingKeysWith: { first, _ in first })
      let plan = try ResectionPlanner(parameters, options: options).choices(
        patientCase, measurements, by: ResectionPlanner.modalities, settings: settings, patient: facts
      ).plan(of: options.lesions, withVariants: false)
      found = plan.lesionFacts.compactMapValues { $0.word(.resectionTechnique).flatMap(Technique.init) }
    }
    techniques = candidates.map { found[$0.lesion] }
  }

  /// Whether any candidate in a lung has a body or a stated depth: without, no technique can be told.
  private static func tellsDepth(
    _ candidates: [Candidate], _ patientCase: PatientCase, _ digest: PatientDigest
  ) -> Bool {
    candidates.contains { candidate in
      guard candidate.site == .lung else { return false }
      if case .contoured? = patientCase.lesions[candidate.index].body { return true }
      return digest.lesionFacts[candidate.index].interval(.depthFromPleura) != nil
    }
  }

  /// The least and the most operations: one a side of the chest, one for each other organ; a lesion whose side is unknown may lie
  /// on either.
  static func operations(_ places: [(site: Site, side: Side?)]) -> ClosedRange<Int> {
    let lung = places.filter { $0.site == .lung }
    let sides = Set(lung.compactMap { $0.side == .midline ? nil : $0.side })
    let open = lung.count - lung.count { $0.side == .left || $0.side == .right }
    let least = lung.isEmpty ? 0 : max(1, sides.count)
    let most = min(2, sides.count + open)
    let others = Set(places.map(\.site)).subtracting([.lung]).count
    return least + others...max(least, most) + others
  }
}
