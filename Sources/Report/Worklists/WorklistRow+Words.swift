// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Resection
public import Triage
internal import Vocabulary

extension WorklistRow {
  /// An entry in words.
  ///
  /// - Parameters:
  ///   - entry: of this very patient.
  ///   - source: the case's place where the patient has no id.
  ///   - warnings: what was guessed at or left out while the patient was read.
  ///   - steps: the criteria of the order by which the entry was compared, by their words.
  public init(
    _ entry: WorklistEntry, of triaged: TriagedPatient, patientID: String?, source: String? = nil,
    by steps: [String], warnings: [String]
  ) {
    self.init(
      patientID: patientID, advice: triaged.patient.advice.rawValue, weeks: triaged.patient.weeks,
      lists: triaged.entries.map(\.service.rawValue), verdict: entry.best.judged.verdict.word,
      leading: LeadingWords.text(entry.best.judged),
      candidates: Self.lesions(entry), excluded: entry.excluded.map(ExcludedLesion.init),
      completeness: entry.completeness.rawValue, unlistedLesions: entry.unlisted,
      doublingTimeDays: Self.ends(triaged.doublingTime),
      missing: entry.questions.map { Missing(question: $0.question.name, lesions: $0.lesions) },
      granted: entry.granted.map(\.name), warnings: warnings, source: source,
      order: zip(steps, zip(entry.values, entry.levels)).map { name, found in
        Step(by: name, level: Int(found.1), text: WorklistWords.text(name, found.0, entry, triaged))
      },
      ablation: Self.ablation(entry.outlook), irradiation: Self.irradiation(entry.outlook),
      resection: Self.resection(entry.outlook))
  }

  private static func lesions(_ entry: WorklistEntry) -> [Lesion] {
    var techniques: [ResectionOutlook.Technique?] = []
    if case .resection(let outlook) = entry.outlook { techniques = outlook.techniques }
    return entry.candidates.enumerated().map { index, candidate in
      let judged = candidate.judged
      return Lesion(
        id: candidate.lesion, site: candidate.site.rawValue,
        place: candidate.lobe?.abbreviation ?? candidate.side?.rawValue ?? "", sizeMM: ends(candidate.size),
        modality: judged.modality.rawValue, alike: candidate.alike.map(\.rawValue),
        verdict: judged.verdict.word, leading: LeadingWords.text(judged),
        requires: judged.leading?.condition?.kind.rawValue, isFirstChoice: candidate.isFirstChoice,
        technique: index < techniques.count ? techniques[index]?.title : nil)
    }
  }

  /// Both ends of a figure, to a hundredth; `nil` where it is not known.
  static func ends(_ value: FactValue) -> [Double]? {
    switch value.knowledge {
    case .known(.number(let x)): [hundredths(x), hundredths(x)]
    case .between(let low, let high): [hundredths(low), hundredths(high)]
    default: nil
    }
  }

  private static func hundredths(_ x: Double) -> Double { (x * 100).rounded() / 100 }

  private static func ablation(_ outlook: Outlook) -> Ablation? {
    guard case .ablation(let outlook) = outlook else { return nil }
    return Ablation(
      energies: Dictionary(
        outlook.energies.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { first, _ in first }),
      sittings: outlook.sittings.map { [$0.lowerBound, $0.upperBound] },
      lesionsPerSitting: outlook.lesionsPerSitting)
  }

  private static func irradiation(_ outlook: Outlook) -> Irradiation? {
    guard case .irradiation(let outlook) = outlook else { return nil }
    func band(_ figure: IrradiationOutlook.DoseFigure?) -> [Double]? {
      figure.map { [hundredths($0.expected), hundredths($0.low), hundredths($0.high)] }
    }
    return Irradiation(
      basis: outlook.basis == .planned ? Irradiation.planned : "stated", targets: outlook.targets,
      targetVolumeCC: outlook.targetVolume.map {
        [hundredths($0.lowerBound.cubicCentimeters), hundredths($0.upperBound.cubicCentimeters)]
      },
      visits: outlook.visits.map { [$0.lowerBound, $0.upperBound] }, lungV20Percent: band(outlook.lungV20),
      lungMeanGy: band(outlook.lungMean),
      earlierCourses: outlook.earlierCourses.map { [$0.least] + ($0.most.map { [$0] } ?? []) })
  }

  private static func resection(_ outlook: Outlook) -> Resection? {
    guard case .resection(let outlook) = outlook else { return nil }
    return Resection(
      operations: [outlook.operations.lowerBound, outlook.operations.upperBound],
      registryGroup: outlook.group?.numeral, reserveKnown: outlook.reserveKnown.map(\.name),
      reserveMissing: outlook.reserveMissing.map(\.name))
  }
}

extension WorklistRow.ExcludedLesion {
  init(_ excluded: Excluded) {
    self.init(id: excluded.lesion, site: excluded.site?.rawValue, why: WorklistWords.why(excluded))
  }
}

extension UnlistedRow {
  /// Why a patient is not on a service's list, in words.
  public init(_ unlisted: Unlisted) {
    self.init(service: unlisted.service.rawValue, why: WorklistWords.why(unlisted))
  }
}
