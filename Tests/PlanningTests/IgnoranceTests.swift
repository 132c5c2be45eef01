// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Facts
import Foundation
import Phantoms
import Reasons
import Testing
import Vocabulary

@testable import Planning

/// Ignorance never helps: what is taken away from a report never makes a verdict better nor a score higher, unless a
/// condition, or what is granted, names it.
@Suite struct IgnoranceTests {
  /// A lesion with its site and everything that is known of it.
  private struct Subject {
    let name: String
    let site: Site
    let facts: FactTable
  }

  private static func listed() throws -> [Subject] {
    try VignetteTests.folders().flatMap { folder in
      try subjects(of: try Patients.listed(folder), folder.lastPathComponent)
    }
  }

  private static func subjects(of patientCase: PatientCase, _ name: String) throws -> [Subject] {
    let careProtocol = try Patients.careProtocol()
    let facts = FactAssembly(patientCase, try Measurements(of: patientCase), by: careProtocol.facts)
    return patientCase.lesions.compactMap { lesion in
      facts.site(of: lesion).map {
        Subject(name: "\(name) \(lesion.id)", site: $0, facts: facts.facts(of: lesion))
      }
    }
  }

  private static func known(_ facts: FactTable) -> [Fact] {
    FactCatalogue.all.map(\.fact).filter { fact in
      switch facts[fact].knowledge {
      case .known, .between: true
      case .unknown, .notApplicable: false
      }
    }
  }

  /// What is wrong with a judgement after facts were taken away; `nil` where nothing is.
  private static func violation(
    _ before: ModalityJudgement, _ after: ModalityJudgement, without dropped: [Fact]
  ) -> String? {
    let conditions = after.findings.filter { $0.effect == .conditions }
    var named = Set(conditions.flatMap { $0.reason.facts + [$0.fact] } + after.providedThat.flatMap(\.facts))
    if after.verdict == .indeterminate { named.formUnion(after.missing.map(\.fact)) }
    guard named.isDisjoint(with: dropped) else { return nil }
    let words = dropped.map(\.name).joined(separator: ", ")
    if after.verdict < before.verdict {
      return "without \(words): \(before.modality) \(before.verdict.word) becomes \(after.verdict.word)"
    }
    if after.score > before.score + 1e-9 {
      return "without \(words): \(before.modality) score \(before.score) becomes \(after.score)"
    }
    return nil
  }

  private static func violations(_ subject: Subject, _ judge: Judge, without drops: [[Fact]]) -> [String] {
    let before = judge.judge(lesion: subject.name, site: subject.site, facts: subject.facts).modalities
    return drops.flatMap { dropped -> [String] in
      var facts = subject.facts
      for fact in dropped { facts[fact] = FactValue.unknown("") }
      let after = judge.judge(lesion: subject.name, site: subject.site, facts: facts).modalities
      return before.compactMap { one in
        after.first { $0.modality == one.modality }.flatMap { violation(one, $0, without: dropped) }
          .map { "\(subject.name): \($0)" }
      }
    }
  }

  @Test func noFactThatIsTakenAwayHelps() throws {
    let judge = Judge(try Patients.careProtocol().ruleSet)
    var found: [String] = []
    for subject in try Self.listed() {
      found += Self.violations(subject, judge, without: Self.known(subject.facts).map { [$0] })
    }
    #expect(found.isEmpty, "\(found.count): \(found.prefix(20).joined(separator: "\n"))")
  }

  @Test func noTwoFactsThatAreTakenAwayHelp() throws {
    let judge = Judge(try Patients.careProtocol().ruleSet)
    var generator = SeededPatients(seed: 20)
    var found: [String] = []
    for subject in try Self.listed() {
      let known = Self.known(subject.facts)
      let pairs = (0..<60).map { _ in
        [known[generator.index(known.count)], known[generator.index(known.count)]]
      }
      found += Self.violations(subject, judge, without: pairs)
    }
    #expect(found.isEmpty, "\(found.count): \(found.prefix(20).joined(separator: "\n"))")
  }

  @Test(arguments: ["thorax", "liver"])
  func noMeasuredDistanceThatIsMissingHelps(phantom: String) throws {
    let judge = Judge(try Patients.careProtocol().ruleSet)
    let subjects = try Self.subjects(
      of: try #require(try PhantomCatalogue.make(name: phantom)).patientCase, phantom)
    #expect(!subjects.isEmpty)
    var found: [String] = []
    for subject in subjects {
      found += Self.violations(subject, judge, without: Self.known(subject.facts).map { [$0] })
    }
    #expect(found.isEmpty, "\(found.count): \(found.prefix(20).joined(separator: "\n"))")
  }

  /// A distance of 3 mm that is then not reported, whatever else the list says of the lesion.
  ///
  /// Organs that lobe or side rule out are left out: there the report of 3 mm contradicts itself.
  @Test func aNearOrganThatIsNotReportedAnyMoreNeverHelps() throws {
    let careProtocol = try Patients.careProtocol()
    let judge = Judge(careProtocol.ruleSet)
    let roles: [StructureRole] = [
      .heart, .greatVessels, .bronchialTree, .bronchus, .pulmonaryVessel, .oesophagus, .spinalCord,
      .chestWall, .phrenicNerve, .bowel, .hepaticVessel, .bileDuct,
    ]
    var found: [String] = []
    var tried = 0
    for folder in try VignetteTests.folders() {
      let patientCase = try Patients.listed(folder)
      let measurements = try Measurements(of: patientCase)
      for (index, lesion) in patientCase.lesions.enumerated() {
        for role in roles where !(role == .bowel && lesion.lobe == .rightUpper) {
          func judged(_ distance: Double?) -> [ModalityJudgement] {
            var changed = patientCase
            changed.lesions[index].statements[.clearance(role)] = distance.map {
              Statement(.number($0), source: "test")
            }
            if role == .chestWall { changed.lesions[index].statements[.clearance(.rib)] = nil }
            let facts = FactAssembly(changed, measurements, by: careProtocol.facts)
            let own = changed.lesions[index]
            return judge.judge(lesion: own.id, site: facts.site(of: own), facts: facts.facts(of: own))
              .modalities
          }
          tried += 1
          let (before, after) = (judged(3), judged(nil))
          found += before.compactMap { one in
            after.first { $0.modality == one.modality }.flatMap {
              Self.violation(one, $0, without: [.clearance(role)])
            }
            .map { "\(folder.lastPathComponent) \(lesion.id): \($0)" }
          }
        }
      }
    }
    #expect(tried > 1000)
    #expect(found.isEmpty, "\(found.count): \(found.prefix(20).joined(separator: "\n"))")
  }

  @Test func reportsThatGrowPoorerBecomeQuestions() throws {
    let judge = Judge(try Patients.careProtocol().ruleSet)
    func table(_ values: [(Fact, Double)]) -> FactTable {
      FactTable(Dictionary(uniqueKeysWithValues: values.map { ($0, FactValue.number($1, .stated, "test")) }))
    }
    let near = table([(.longestAxialDiameter, 12), (.clearance(.heart), 3), (.ecog, 0)])
    for (modality, facts) in [(Modality.radiofrequency, near), (.sbrt, near)] {
      let judged = judge.judge(modality, at: .lung, facts: facts)
      #expect(judged.verdict == .conditional, "\(modality)")
    }
    let bare = judge.judge(.sbrt, at: .lung, facts: table([(.longestAxialDiameter, 12), (.ecog, 0)]))
    #expect(bare.verdict == .conditional && bare.hangsOnFactsAlone)
    let location = bare.findings.filter { $0.condition?.request == .location }
    #expect(location.count == 1, "one condition for all distances")
    #expect(location.first?.reason.facts.contains(.clearance(.bronchialTree)) == true)
    let unsized = judge.judge(.metastasectomy, at: .lung, facts: table([(.ecog, 0)]))
    #expect(unsized.verdict == .indeterminate && !unsized.isScored)
  }
}

/// Numbers that are the same in every run.
private struct SeededPatients {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func index(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }
}
