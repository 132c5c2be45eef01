// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Resection

/// What each criterion finds of one patient in one list.
struct CriterionFindings {
  let candidates: [Candidate]
  let best: Candidate
  let excluded: [Excluded]
  let unlisted: Int?
  let outlook: Outlook
  let digest: PatientDigest
  let questions: Int

  func value(of criterion: WorklistCriterion) -> CriterionValue {
    switch criterion {
    case .advice: .place(Advice.allCases.firstIndex(of: digest.patient.advice) ?? Advice.allCases.count)
    case .verdict: .place(best.judged.readiness)
    case .choice: choice
    case .completeness: .place(Completeness.allCases.firstIndex(of: completeness) ?? 0)
    case .lesions: .figure(Double(candidates.count))
    case .largest: largest
    case .doublingTime: doublingTime
    case .questions: .figure(Double(questions))
    case .sittings, .targetVolume, .visits, .earlierCourses, .registryGroup, .operations, .extent, .reserve:
      ofOutlook(criterion)
    }
  }

  private var choice: CriterionValue {
    let first = candidates.count { $0.isFirstChoice }
    return .place(first == candidates.count ? 0 : first > 0 ? 1 : 2)
  }

  /// What is not known to be listed is not known to be treated.
  var completeness: Completeness {
    guard unlisted == 0 else { return .notAll }
    if excluded.isEmpty { return .here }
    let treatable = Set(
      digest.lesions.filter { $0.modalities.contains(where: \.isPossible) }.map(\.lesion))
    return excluded.allSatisfy { treatable.contains($0.lesion) } ? .withOthers : .notAll
  }

  /// At least the largest that is known; without an upper end where a size is not.
  private var largest: CriterionValue {
    let sizes = candidates.compactMap { candidate -> ClosedRange<Double>? in
      switch candidate.size.knowledge {
      case .known(.number(let x)): x...x
      case .between(let low, let high): low...high
      default: nil
      }
    }
    guard let low = sizes.map(\.lowerBound).max(), let high = sizes.map(\.upperBound).max() else {
      return .unknown
    }
    return .figure(low: low, high: sizes.count < candidates.count ? .infinity : high)
  }

  private var doublingTime: CriterionValue { Self.figure(digest.facts.patient.interval(.doublingTime)) }

  private static func figure(_ ends: ClosedRange<Double>?) -> CriterionValue {
    ends.map { .figure(low: $0.lowerBound, high: $0.upperBound) } ?? .unknown
  }

  private static func figure(_ ends: ClosedRange<Int>?) -> CriterionValue {
    figure(ends.map { Double($0.lowerBound)...Double($0.upperBound) })
  }

  private func ofOutlook(_ criterion: WorklistCriterion) -> CriterionValue {
    func figure(_ x: Double?) -> CriterionValue { x.map { .figure($0) } ?? .unknown }
    switch (outlook, criterion) {
    case (.ablation(let outlook), .sittings): return Self.figure(outlook.sittings)
    case (.irradiation(let outlook), .targetVolume):
      return Self.figure(
        outlook.targetVolume.map { $0.lowerBound.cubicCentimeters...$0.upperBound.cubicCentimeters })
    case (.irradiation(let outlook), .visits): return Self.figure(outlook.visits)
    case (.irradiation(let outlook), .earlierCourses):
      guard let courses = outlook.earlierCourses else { return .unknown }
      return .figure(low: Double(courses.least), high: courses.most.map(Double.init) ?? .infinity)
    case (.resection(let outlook), .registryGroup): return figure(outlook.group.map { Double($0.rawValue) })
    case (.resection(let outlook), .operations): return Self.figure(outlook.operations)
    case (.resection(let outlook), .extent):
      let known = outlook.techniques.compactMap(\.self)
      guard known.count == outlook.techniques.count, let most = known.max() else { return .unknown }
      return .place(most.place)
    case (.resection(let outlook), .reserve): return .place(outlook.reserveMissing.count)
    default: return .unknown
    }
  }
}

extension ResectionOutlook.Technique {
  /// 0 for the least; what is not settled counts as the most.
  var place: Int {
    switch self {
    case .wedge: 0
    case .deepWedge: 1
    case .segmentectomy: 2
    case .lobectomy: 3
    case .extended: 4
    case .unsettled: 5
    }
  }
}
