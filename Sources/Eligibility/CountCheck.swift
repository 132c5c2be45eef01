// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Facts
internal import Vocabulary

/// Compares what a rule on a number of metastases counts with what its sources counted.
///
/// A trial's ceiling of each patient, asked of each lung, would let twice as many through. So every source that such a rule
/// cites says of what it counted, or that it sets no number; those that count must count as the rule's fact does, and each
/// band rests on one that does.
struct CountCheck {
  private let bibliography: Bibliography

  init(_ bibliography: Bibliography) { self.bibliography = bibliography }

  /// Everything found, by band; empty for a rule on anything but a number of metastases.
  func problems(_ rule: Rule) -> [RuleProblem] {
    guard let own = rule.fact.definition.countedPer else { return [] }
    return rule.bands.enumerated().flatMap { problems(rule, $0.offset, $0.element.sources, own) }
  }

  private func problems(_ rule: Rule, _ band: Int, _ keys: [String], _ own: CountUnit) -> [RuleProblem] {
    func problem(_ message: String, _ suggestion: String) -> RuleProblem {
      RuleProblem(rule: rule.id, band: band, message: message, suggestion: suggestion)
    }
    let sources = keys.compactMap { bibliography[$0] }
    var found: [RuleProblem] = []
    var restsOnCount = false
    for source in sources {
      switch source.counts {
      case nil:
        found.append(
          problem(
            "\(source.key) does not say of what it counted metastases",
            "give \(source.key) countedPer: \(own.rawValue) if it counted those of \(own.title), none if it sets no number"
          ))
      case .counted(let theirs)? where theirs != own:
        found.append(
          problem(
            "\(rule.fact.name) counts metastases of \(own.title), \(source.key) those of \(theirs.title)",
            "ask for the number that \(source.key) counted, or cite a source that counted those of \(own.title)"
          ))
        restsOnCount = true
      case .counted?: restsOnCount = true
      case .notCounted?: break
      }
    }
    // Without any source there is another problem already, and with one that does not say there is this one.
    if !sources.isEmpty, !restsOnCount, found.isEmpty {
      found.append(
        problem(
          "no source of this band counted metastases of \(own.title)",
          "cite one with countedPer: \(own.rawValue)"))
    }
    return found
  }
}
