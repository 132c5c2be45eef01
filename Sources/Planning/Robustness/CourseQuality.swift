// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// What a course of SBRT as a whole brings about, from a good plan to a poor one.
struct CourseQuality {
  private let joint: JointProblem

  init(_ joint: JointProblem) { self.joint = joint }

  /// What is brought about up to a quality.
  struct Step {
    /// 0 for a good plan, 1 for a poor one.
    let through: Double
    let items: Set<ContextItem>
  }

  /// How many qualities are looked at; between two that differ the change is found by halving.
  private static let looks = 16
  private static let halvings = 12

  /// The steps of options of SBRT chosen together; one without.
  ///
  /// - Throws: errors of geometry.
  func steps(_ chosen: [Int]) throws -> [Step] {
    let options = chosen.map { joint.options[$0] }
    guard !options.isEmpty else { return [Step(through: 1, items: [])] }
    let reading = try joint.reading.read(.irradiation, options)
    var judges: [(noise: MeasurementNoise, judge: (FactTable) -> ModalityJudgement)] = []
    var sites: Set<Site> = []
    for option in options {
      guard let modality = option.choice.modality, let site = option.site, sites.insert(site).inserted else {
        continue
      }
      let noise = MeasurementNoise(
        ofCourse: joint.reading.wholeTable(of: option, in: reading),
        limits: (reading.course?.limits ?? []).filter { $0.lesion == nil })
      guard noise.sources == [.dose] else { continue }
      judges.append((noise, { joint.pool.planJudge.judge(modality, at: site, facts: $0) }))
    }
    guard !judges.isEmpty else {
      return [Step(through: 1, items: joint.translation.context(reading.findings))]
    }
    let told = reading.facts.patient.recorded
    func items(_ quality: Double) -> Set<ContextItem> {
      var all: Set<ContextItem> = []
      for (noise, judge) in judges {
        let judged = judge(noise.facts(noise.changes([quality])))
        all.formUnion(joint.translation.context(judged.findings.filter { told.contains($0.fact) }))
      }
      return all
    }
    var steps: [Step] = []
    var before = items(0)
    var from = 0.0
    for look in 1...Self.looks {
      let quality = Double(look) / Double(Self.looks)
      let here = items(quality)
      if here != before {
        var (low, high) = (from, quality)
        for _ in 0..<Self.halvings {
          let middle = (low + high) / 2
          if items(middle) == before { low = middle } else { high = middle }
        }
        steps.append(Step(through: low, items: before))
        before = here
      }
      from = quality
    }
    return steps + [Step(through: 1, items: before)]
  }
}
