// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Planning
internal import Vocabulary

/// What is missing and could change a verdict, by who can provide it, the most telling first.
struct MissingFacts {
  private let assessment: Assessment
  private let modalities: [Modality]?
  private let lesions: [String]?

  /// - Parameters:
  ///   - modalities: whose verdicts count; all without it.
  ///   - lesions: the lesions that count, by id; all without it.
  init(_ assessment: Assessment, of modalities: [Modality]? = nil, lesions: [String]? = nil) {
    self.assessment = assessment
    self.modalities = modalities
    self.lesions = lesions
  }

  /// How many facts a line names.
  private static let most = 6

  private struct Want {
    let fact: Fact
    /// How many verdicts it could make impossible, and how many it could make conditional or likelier.
    var excludes = 0
    var conditions = 0
    var lesions: [String] = []
  }

  /// One line for what is reported or tested, one for what must be contoured or measured.
  var lines: [ReportLine] {
    let wants = wants
    var lines: [ReportLine] = []
    func add(_ head: String, _ own: [Want], _ words: (Want) -> String) {
      guard !own.isEmpty else { return }
      let more = own.count > Self.most ? ", and \(own.count - Self.most) more" : ""
      lines.append(
        ReportLine(
          head + own.prefix(Self.most).map(words).joined(separator: ", ") + more, .question))
    }
    add("report ", wants.filter { !$0.fact.isLocation }) { want in
      want.fact.title + Self.weight(want)
    }
    add("contour or measure the distance to ", wants.filter(\.fact.isLocation)) { want in
      want.fact.label + " (\(TherapyGroups.names(want.lesions)))"
    }
    return lines
  }

  private static func weight(_ want: Want) -> String {
    let verdicts = want.excludes + want.conditions
    return verdicts == 1 ? " (1 verdict)" : " (\(verdicts) verdicts)"
  }

  /// Facts that could exclude or condition a therapy, the most telling first; those of a plan are not asked of anybody.
  private var wants: [Want] {
    var wants: [Fact: Want] = [:]
    for lesion in assessment.lesions where lesions?.contains(lesion.lesion) != false {
      for judged in lesion.modalities
      where judged.verdict != .ineligible && modalities?.contains(judged.modality) != false {
        for missing in judged.missing where missing.couldExclude || missing.couldCondition {
          guard !missing.fact.definition.isPlanned else { continue }
          var want = wants[missing.fact] ?? Want(fact: missing.fact)
          if missing.couldExclude { want.excludes += 1 } else { want.conditions += 1 }
          if want.lesions.last != lesion.lesion { want.lesions.append(lesion.lesion) }
          wants[missing.fact] = want
        }
      }
    }
    return wants.values.sorted {
      (-$0.excludes, -$0.conditions, $0.fact) < (-$1.excludes, -$1.conditions, $1.fact)
    }
  }
}
