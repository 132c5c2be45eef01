// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons
internal import Vocabulary

extension ReasonWords {
  /// What a plan for the whole patient says, in words.
  static func joint(_ kind: JointReason, _ reason: Reason) -> String {
    func name(_ place: Int) -> String { place < reason.names.count ? reason.names[place] : "" }
    let quote = reason.quote ?? ""
    switch kind {
    case .fixedByUser: return "decided by the user: \(quote)"
    case .excludedByUser: return "ruled out: \(reason.names.joined(separator: ", ")) by the user: \(quote)"
    case .againstProtocol: return "against the protocol"
    case .ineligible: return "ineligible"
    case .lacksFact:
      return "not planned without \(reason.facts.map(\.title).joined(separator: ", "))"
    case .notPossible: return "\(name(0)): " + reason.because.map(text).joined(separator: "; ")
    case .organLimit: return organLimit(reason)
    case .cumulativeLimit:
      return "\(name(0)): with earlier courses over the cumulative limit of \(name(1))"
    case .noReserve:
      let lungs = reason.names.count > 1 ? "the \(name(1)) lung" : "both lungs, one after the other"
      let left = reason.figures.map { $0.value.map { "\(Int($0.rounded())) %" } ?? "unknown" }
      return
        "no reserve for \(lungs): \(name(0)) high risk (\(quote)); FEV1 would be \(left[0]), DLCO \(left[1]) of predicted"
    case .unknownReserve:
      return
        "more than a lobe may go for \(reason.names.joined(separator: ", ")), and whether the lungs bear it is not known: obtain \(reason.facts.map(\.title).joined(separator: ", "))"
    case .lesserScore:
      let points = reason.figures.map { $0.value.map { String(Int($0.rounded())) } ?? "?" }
      return "scores \(points.first ?? "?"), the lesion's first therapy \(points.last ?? "?")"
    case .lesserVerdict: return "\(name(0)), the lesion's first therapy \(name(1))"
    case .oneFractionCount:
      return "\(name(0)) and \(name(1)) lie so near that one plan treats both: one fraction count"
    case .oneTarget:
      return
        "\(name(0)) and \(name(1)) have one target: both are irradiated in one prescription, or neither is"
    case .ofLesion:
      let lesion = if case .lesion(let id)? = reason.subject { id } else { "?" }
      return "\(lesion): " + reason.because.map(text).joined(separator: "; ")
    case .searchCutShort: return "the search was cut short; whether there is such a plan is not known"
    case .decisionsLeaveNone:
      return "what was decided leaves no such plan; whether there is one without it was not looked at"
    case .noneKeepsLimits: return "no \(name(0)) that keeps every limit was found"
    case .notJudgedAtSite:
      let site = if case .site(let site)? = reason.subject { site.title } else { "unknown" }
      return "no \(name(0)) is judged at this site (\(site))"
    case .prescription, .withoutDose, .sharedTarget, .lungDoseAlone, .ablationZone, .specimen,
      .boardPrescription, .boardExtent:
      return proposal(kind, reason)
    case .takenWithLobe:
      return "\(name(0)) lies in the \(name(1)), which goes as a whole, and is taken with it"
    }
  }

  /// "oesophagus beside L3: D0.1cc would be 31.2 (28–34.1) Gy of 27 in 3 fractions (UK22, estimated)".
  private static func organLimit(_ reason: Reason) -> String {
    let (value, bound, fractions) = (reason.figures[0], reason.figures[1], reason.figures[2])
    let beside = if case .lesion(let id)? = reason.subject { " beside \(id)" } else { "" }
    let dose =
      value.band.map { band in
        "\(tenths(value.value ?? band.lowerBound)) (\(tenths(band.lowerBound))–\(band.upperBound.isFinite ? tenths(band.upperBound) : "?"))"
      } ?? "unknown"
    let head =
      "\(reason.names[0])\(beside): \(reason.names[1]) would be \(dose) \(value.unit) of \(tenths(bound.value ?? 0)) in \(Int(fractions.value ?? 0)) fractions (\(reason.names[2]), estimated)"
    guard reason.figures.count > 3 else { return head }
    return head + ", "
      + lowerCount(limit: Int(fractions.value ?? 0), course: Int(reason.figures[3].value ?? 0))
  }

  /// That a limit is one of a lower fraction count than the course has.
  static func lowerCount(limit: Int, course: Int) -> String {
    "by the limit for \(limit) fractions and the dose of equal effect in them: nobody gives one for \(course) (heuristic)"
  }

  private static func tenths(_ x: Double) -> String { String((x * 10).rounded() / 10) }
}
