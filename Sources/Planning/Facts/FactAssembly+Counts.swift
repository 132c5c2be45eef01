// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Facts
internal import Vocabulary

extension FactAssembly {
  /// How many metastases there are, where, and how large the largest is: no fewer than are listed, whatever was reported.
  static func count(
    _ patientCase: PatientCase, _ places: [String: LesionPlace], _ tables: [String: FactTable],
    into facts: inout FactTable, _ warnings: inout [String]
  ) {
    func state(_ fact: Fact, _ value: FactValue) {
      if case .unknown = facts[fact].knowledge { facts[fact] = value }
    }
    let lesions = patientCase.lesions
    guard !lesions.isEmpty else { return }
    let source = "lesions listed"
    // There are no fewer than are listed, whatever was reported; there may be more.
    func settle(_ fact: Fact, _ listed: Int, open: Int = 0, _ name: String) {
      let low = Double(listed)
      let own =
        open == 0
        ? FactValue.number(low, .derived, source)
        : FactValue(.between(low, low + Double(open)), origin: .derived, source: source)
      guard let told = facts.interval(fact) else {
        if open == 0 { state(fact, own) }
        return
      }
      if told.upperBound < low {
        warnings.append(
          "\(listed) \(name) are listed, but \(Int(told.upperBound)) are told: the list counts")
        facts[fact] = own
      } else if told.lowerBound < low {
        facts[fact] =
          told.upperBound == low
          ? own
          : FactValue(.between(low, told.upperBound), origin: facts[fact].origin, source: facts[fact].source)
      } else if told.lowerBound > low + Double(open) {
        warnings.append(
          "\(Int(told.lowerBound)) \(name) are told, but \(listed) are listed: what is not listed is not planned"
        )
      }
    }
    settle(.metastasisCount, lesions.count, "metastases")
    largest(lesions.compactMap { tables[$0.id]?[.longestAxialDiameter] }, of: lesions.count, source).map {
      state(.largestMetastasis, $0)
    }
    let open = lesions.count { places[$0.id]?.site == nil }
    let lung = lesions.filter { places[$0.id]?.site == .lung }
    settle(.lungMetastasisCount, lung.count, open: open, "lung metastases")
    settle(
      .liverMetastasisCount, lesions.count { places[$0.id]?.site == .liver }, open: open, "liver metastases")
    let seen = Set(lung.compactMap { places[$0.id]?.side }).count
    // What is seen on both sides, or at all, is certain whatever else is not known.
    if let told = facts.word(.lungLaterality),
      (seen > 1 && told != "bilateral") || (!lung.isEmpty && told == "none")
    {
      warnings.append(
        "lung metastases are listed\(seen > 1 ? " in both lungs" : ""), but told as \(told): the list counts")
      facts[.lungLaterality] = .unknown("")
    }
    if seen > 1 || (open == 0 && lung.allSatisfy { places[$0.id]?.side != nil }) {
      state(
        .lungLaterality,
        .word(seen == 0 ? "none" : (seen == 1 ? "unilateral" : "bilateral"), .derived, source))
    }
  }

  /// The largest of these sizes, if every lesion has one; between two numbers where some are.
  private static func largest(_ sizes: [FactValue], of count: Int, _ source: String) -> FactValue? {
    var low = 0.0
    var high = 0.0
    var known = 0
    var estimated = false
    for size in sizes {
      switch size.knowledge {
      case .known(.number(let x)):
        low = max(low, x)
        high = max(high, x)
      case .between(let a, let b):
        low = max(low, a)
        high = max(high, b)
      default: continue
      }
      known += 1
      if size.origin == .estimated { estimated = true }
    }
    guard known == count, known > 0 else { return nil }
    return FactValue(
      low == high ? .known(.number(low)) : .between(low, high), origin: estimated ? .estimated : .derived,
      source: source)
  }
}
