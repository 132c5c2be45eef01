// SPDX-License-Identifier: Apache-2.0
public import Cases
internal import Eligibility
internal import Evidence
internal import Facts
public import Planning
public import Reasons
internal import Vocabulary

/// Puts a patient on the worklists of three services, with why, or says why not.
///
/// Only what is known moves a patient up. No list is a plan: it says whom to look at first, and what to ask.
public struct PatientTriage: Sendable {
  let careProtocol: CareProtocol
  /// By what the lists are ordered.
  public let parameters: WorklistParameters

  /// - Throws: `PlanObstacle` for a protocol without a part on worklists.
  public init(_ careProtocol: CareProtocol) throws(PlanObstacle) {
    guard let parameters = careProtocol.worklists else {
      throw PlanObstacle(
        "says nothing about worklists", of: .careProtocol,
        advice: "add its worklists part (oligoplan protocol show)")
    }
    self.careProtocol = careProtocol
    self.parameters = parameters
  }

  /// A patient as the services see it.
  ///
  /// - Parameters:
  ///   - measurements: of this very case.
  ///   - digest: of this very case.
  /// - Throws: errors of geometry, where a contoured case is planned.
  public func triage(
    _ patientCase: PatientCase, _ measurements: Measurements, _ digest: PatientDigest
  ) throws -> TriagedPatient {
    var entries: [WorklistEntry] = []
    var unlisted: [Unlisted] = []
    let advice = digest.patient.advice
    for service in HospitalService.allCases {
      if parameters.unlisted.contains(advice) {
        unlisted.append(Unlisted(service: service, advice: advice, excluded: []))
        continue
      }
      let (candidates, excluded) = sorted(patientCase, digest, for: service)
      guard let best = candidates.min(by: Candidate.needsLess) else {
        unlisted.append(Unlisted(service: service, advice: nil, excluded: excluded))
        continue
      }
      entries.append(try entry(service, candidates, best, excluded, patientCase, measurements, digest))
    }
    return TriagedPatient(
      patient: digest.patient, doublingTime: digest.facts.patient[.doublingTime], entries: entries,
      unlisted: unlisted, warnings: digest.facts.warnings)
  }

  /// The lesions that a service could treat, and the others.
  private func sorted(
    _ patientCase: PatientCase, _ digest: PatientDigest, for service: HospitalService
  ) -> (candidates: [Candidate], excluded: [Excluded]) {
    let scoring = careProtocol.ruleSet.scoring
    var candidates: [Candidate] = []
    var excluded: [Excluded] = []
    for (index, (lesion, judged)) in zip(patientCase.lesions, digest.lesions).enumerated() {
      let own = judged.modalities.filter { service.does($0.modality) }
      guard let site = judged.site, let best = own.first, best.isPossible else {
        excluded.append(
          Excluded(lesion: lesion.id, site: judged.site, judged: own.first, note: judged.note))
        continue
      }
      let rank = best.tally.rank
      let first = judged.modalities.first { $0.isPossible }
      candidates.append(
        Candidate(
          lesion: lesion.id, index: index, site: site, side: digest.facts.side(of: lesion),
          lobe: digest.facts.lobe(of: lesion),
          size: digest.lesionFacts[index][.longestAxialDiameter], judged: best,
          alike: own.dropFirst().filter {
            $0.isPossible && $0.tally.verdict == best.tally.verdict
              && scoring.isEquivalent($0.tally.rank, toFirst: rank)
          }.map(\.modality),
          // Where a verdict is open nothing tells which therapy comes first.
          isFirstChoice: best.verdict != .indeterminate
            && first.map {
              $0.modality == best.modality || scoring.isEquivalent(rank, toFirst: $0.tally.rank)
            } ?? false))
    }
    return (candidates, excluded)
  }

  private func entry(
    _ service: HospitalService, _ candidates: [Candidate], _ best: Candidate, _ excluded: [Excluded],
    _ patientCase: PatientCase, _ measurements: Measurements, _ digest: PatientDigest
  ) throws -> WorklistEntry {
    let facts = digest.facts.patient
    let outlook: Outlook =
      switch service {
      case .ir: .ablation(AblationOutlook(candidates, facts, careProtocol.joint))
      case .radonc:
        .irradiation(try IrradiationOutlook(candidates, patientCase, digest, careProtocol.radiotherapy))
      case .surgery:
        .resection(
          try ResectionOutlook(candidates, patientCase, measurements, digest, careProtocol.resection))
      }
    let listed = patientCase.lesions.count
    let told = facts.interval(.metastasisCount).map { max(0, Int($0.upperBound) - listed) }
    let questions = Self.questions(candidates, digest.patient)
    let granted = Set(candidates.flatMap(\.judged.assumed) + digest.patient.providedThat.flatMap(\.facts))
    let found = CriterionFindings(
      candidates: candidates, best: best, excluded: excluded, unlisted: told, outlook: outlook,
      digest: digest,
      questions: questions.count)
    let steps = parameters.orders[service]?.steps ?? []
    let values = steps.map { found.value(of: $0.criterion) }
    return WorklistEntry(
      service: service, candidates: candidates, excluded: excluded, best: best, unlisted: told,
      completeness: found.completeness, outlook: outlook, questions: questions,
      granted: granted.inOrder(), values: values,
      levels: zip(steps, values).map { step, value in step.level(of: value) })
  }

  /// What could change a candidate's verdict, and what of the patient was taken at its worst: each once, the one that most
  /// candidates ask first.
  private static func questions(
    _ candidates: [Candidate], _ patient: PatientJudgement
  ) -> [(question: WorklistQuestion, lesions: Int)] {
    var counts: [WorklistQuestion: Int] = [:]
    for candidate in candidates {
      // What leaves a verdict open is asked, whether or not a rule would answer it with more than a score.
      let asked = candidate.judged.open.map(\.fact) + (candidate.judged.deciding.map { [$0] } ?? [])
      for question in Set(asked.map(WorklistQuestion.init)) {
        counts[question, default: 0] += 1
      }
    }
    for finding in patient.findings where finding.reason.kind == .judgement(.takenAtWorst) {
      counts[WorklistQuestion(finding.fact)] = candidates.count
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}

extension JudgementDigest {
  /// Whether the therapy may come into question here: not excluded, and the service has it.
  var isPossible: Bool { verdict != .ineligible && !isUnavailable }

  /// What stands before treatment: nothing, facts, an act, the board, an open verdict; 0 to 4.
  var readiness: Int {
    switch verdict {
    case .eligible: 0
    case .conditional: !tally.boardConditions.isEmpty ? 3 : tally.needsAct ? 2 : 1
    case .indeterminate, .ineligible: 4
    }
  }
}

extension Candidate {
  /// Whether less stands before a candidate's treatment than before another's; alike in that, the better judged.
  static func needsLess(_ a: Candidate, _ b: Candidate) -> Bool {
    let (x, y) = (a.judged.readiness, b.judged.readiness)
    return x == y ? a.judged.tally.rank.precedes(b.judged.tally.rank) : x < y
  }
}

extension WorklistParameters.Step {
  /// The number that a finding is compared by: the least comes first, what is unknown last.
  public func level(of value: CriterionValue) -> Int32 {
    switch value {
    case .place(let place): return Int32(place)
    case .unknown: return .max
    case .figure(let low, let high):
      // Of what is possible the end that is later in the list: ignorance moves nobody up.
      let x = isGreatestFirst ? low : high
      guard x.isFinite else { return .max }
      guard bands.isEmpty else {
        let band = bands.firstIndex { x <= $0 } ?? bands.count
        return Int32(isGreatestFirst ? bands.count - band : band)
      }
      // Tenths are as fine as any of the figures.
      let tenths = Int32(max(-1e8, min(1e8, (x * 10).rounded())))
      return isGreatestFirst ? -tenths : tenths
    }
  }
}
