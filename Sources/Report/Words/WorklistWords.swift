// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Triage
internal import Vocabulary

/// What worklists say.
enum WorklistWords {
  /// What a criterion finds of a patient, in a few words.
  static func text(
    _ name: String, _ value: CriterionValue, _ entry: WorklistEntry, _ triaged: TriagedPatient
  ) -> String {
    guard let criterion = WorklistCriterion(rawValue: name) else { return "" }
    switch (criterion, value) {
    case (.advice, _): return triaged.patient.advice.title
    case (.verdict, _): return verdict(entry)
    case (.choice, .place(let place)): return choices[place]
    case (.completeness, _): return completeness[entry.completeness] ?? ""
    case (.extent, .place):
      if case .resection(let outlook) = entry.outlook, let most = outlook.techniques.compactMap(\.self).max()
      {
        return most.title
      }
      return ""
    case (.reserve, .place(let place)):
      if case .resection(let outlook) = entry.outlook, outlook.reserveKnown.isEmpty, place == 0 {
        return "FEV1 and DLCO not asked"
      }
      return reserve[min(place, reserve.count - 1)]
    case (_, .unknown): return "\(title(criterion)) not known"
    case (.doublingTime, .figure(let low, let high)): return growth(low, high)
    case (.largest, .figure(let low, let high)): return "largest \(range(low, high)) mm"
    case (.targetVolume, .figure(let low, let high)):
      if case .irradiation(let outlook) = entry.outlook, outlook.basis == .planned {
        return "target volume \(range(low, high)) cc"
      }
      return "target volume about \(range(low, high)) cc"
    case (.registryGroup, .figure(let group, _)): return "registry group \(numerals[Int(group)] ?? "")"
    case (_, .figure(let low, let high)):
      return "\(range(low, high)) \(noun(criterion, isOne: low == 1 && high == 1))"
    case (_, .place): return ""
    }
  }

  private static let choices = [
    "a first choice for all candidates", "a first choice for some candidates", "no first choice",
  ]
  private static let completeness: [Completeness: String] = [
    .here: "all lesions", .withOthers: "all lesions with other services",
    .notAll: "not all lesions, or not known",
  ]
  private static let reserve = ["FEV1 and DLCO known", "FEV1 or DLCO to obtain", "FEV1 and DLCO to obtain"]
  fileprivate static let numerals = [1: "I", 2: "II", 3: "III", 4: "IV"]

  /// "eligible", "conditional: confirm location".
  private static func verdict(_ entry: WorklistEntry) -> String {
    let judged = entry.best.judged
    let leading = LeadingWords.text(judged)
    return judged.verdict.word + (leading.isEmpty ? "" : ": \(leading)")
  }

  /// A criterion as a column is headed by it.
  static func title(_ criterion: WorklistCriterion) -> String {
    switch criterion {
    case .advice: "advice"
    case .verdict: "verdict"
    case .choice: "choice"
    case .completeness: "completeness"
    case .lesions: "lesions"
    case .largest: "size"
    case .doublingTime: "growth"
    case .questions: "questions"
    case .sittings: "sittings"
    case .targetVolume: "target volume"
    case .visits: "visits"
    case .earlierCourses: "earlier radiotherapy"
    case .registryGroup: "registry group"
    case .operations: "operations"
    case .extent: "extent of resection"
    case .reserve: "FEV1 and DLCO"
    }
  }

  /// The title of a criterion by its word.
  static func title(ofStep name: String) -> String { WorklistCriterion(rawValue: name).map(title) ?? name }

  private static func noun(_ criterion: WorklistCriterion, isOne: Bool) -> String {
    let words: (String, String) =
      switch criterion {
      case .lesions: ("lesion", "lesions")
      case .questions: ("question", "questions")
      case .sittings: ("sitting", "sittings")
      case .visits: ("visit", "visits")
      case .earlierCourses: ("earlier course", "earlier courses")
      case .operations: ("operation", "operations")
      default: ("", "")
      }
    return isOne ? words.0 : words.1
  }

  /// "doubles in 62 days"; within 84 days where nothing bounds it from below.
  private static func growth(_ low: Double, _ high: Double) -> String {
    isBounded(doublingTime: low)
      ? "doubles in \(range(low, high)) days" : "doubles within \(Figures.plain(high)) days"
  }

  /// Whether a doubling time's lower end says anything: the least that is plausible is no finding.
  static func isBounded(doublingTime low: Double) -> Bool {
    guard case .number(_, let domain) = Fact.doublingTime.definition.kind else { return true }
    return low > domain.lowerBound
  }

  /// "12", "12–18", "at least 12".
  private static func range(_ low: Double, _ high: Double) -> String {
    if !high.isFinite { return "at least \(Figures.plain(low))" }
    let (a, b) = (Figures.plain(low), Figures.plain(high))
    return a == b ? a : "\(a)–\(b)"
  }

  // MARK: Why not

  /// "size 41 mm", "not here", "no rules for this site".
  static func why(_ excluded: Excluded) -> String {
    if let judged = excluded.judged {
      return judged.verdict == .ineligible ? LeadingWords.text(judged) : "\(judged.modality.title) not here"
    }
    if let note = excluded.note { return ReasonWords.text(note) }
    return "no such therapy for the \(excluded.site?.title ?? "unknown site")"
  }

  /// Each cause with its lesions: "size 41 mm (1, 3); no rules for bone (2)".
  static func why(_ unlisted: Unlisted) -> String {
    if let advice = unlisted.advice { return advice.title }
    var order: [String] = []
    var lesions: [String: [String]] = [:]
    for excluded in unlisted.excluded {
      let cause = why(excluded)
      if lesions[cause] == nil { order.append(cause) }
      lesions[cause, default: []].append(excluded.lesion)
    }
    guard !order.isEmpty else { return "no lesion is listed" }
    return order.map { "\($0) (\((lesions[$0] ?? []).joined(separator: ", ")))" }.joined(separator: "; ")
  }
}

// What columns and summaries say of rows.
extension WorklistWords {
  /// What is advised for a patient, by its word.
  static func advice(_ word: String) -> String { Advice(rawValue: word)?.title ?? word }

  /// A question in one to three words.
  static func label(ofQuestion name: String) -> String { Fact(named: name)?.label ?? name }

  /// "3 MWA or cryo, 1 RFA", the most first: therapies of one count together.
  static func counts(_ energies: [String: Int]) -> String {
    Dictionary(grouping: energies, by: \.value).sorted { $0.key > $1.key }.map { count, entries in
      let known = entries.compactMap { Modality(rawValue: $0.key) }
      let names = Modality.allCases.filter(known.contains).map(\.shortTitle)
      return "\(count) \(names.joined(separator: " or "))"
    }.joined(separator: ", ")
  }

  /// "wedge 2, not known 1".
  static func techniques(_ candidates: [WorklistRow.Lesion]) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for word in candidates.map({ $0.technique ?? "?" }) {
      if counts[word] == nil { order.append(word) }
      counts[word, default: 0] += 1
    }
    if order == ["?"] { return "?" }
    return order.map { "\($0 == "?" ? "not known" : $0) \(counts[$0] ?? 0)" }.joined(separator: ", ")
  }

  /// The registry group as a figure.
  static func group(_ numeral: String?) -> Double? {
    numerals.first { $0.value == numeral }.map { Double($0.key) }
  }

  /// "known", "obtain DLCO".
  static func reserve(_ resection: WorklistRow.Resection?) -> String {
    guard let resection else { return "?" }
    if resection.reserveMissing.isEmpty { return resection.reserveKnown.isEmpty ? "not asked" : "known" }
    return "obtain " + resection.reserveMissing.map { $0.uppercased() }.joined(separator: ", ")
  }

  /// "eligible 3, conditional 40".
  static func verdicts(_ verdicts: [String: Int]) -> String {
    Verdict.allCases.compactMap { verdict in
      verdicts[verdict.word].map { "\(verdict.word) \($0)" }
    }.joined(separator: ", ")
  }
}
