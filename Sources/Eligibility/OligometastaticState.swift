// SPDX-License-Identifier: Apache-2.0
public import Facts

/// The oligometastatic state by the five questions of ESTRO and EORTC (Guckenberger 2020, Lancet Oncol
/// 21:e18; the tree itself is recalled, see the bibliography's O-03 and O-04).
public enum OligometastaticState: Sendable, Hashable {
  /// One of the nine states, in words.
  case state(String)
  /// More lesions than the usual limit of five: a question for the board, not a stop.
  case beyondFive(Int)
  /// What must be known to name it.
  case unknown([Fact])

  /// The words in outputs.
  public var text: String {
    switch self {
    case .state(let words): words
    case .beyondFive(let count): "\(count) metastases: beyond the usual limit of five, a board question"
    case .unknown(let facts): "unknown: needs " + facts.map(\.title).joined(separator: ", ")
    }
  }

  /// The state that these facts show.
  public init(_ facts: FactTable) {
    if let lesions = facts.number(.metastasisCount), lesions > 5 {
      self = .beyondFive(Int(lesions))
      return
    }
    var asked: [Fact] = []
    func ask(_ fact: Fact) -> String? {
      let word = facts.word(fact)
      if word == nil { asked.append(fact) }
      return word
    }
    guard let poly = ask(.polymetastaticHistory) else {
      self = .unknown(asked)
      return
    }
    let kind: String
    if poly == "yes" {
      kind = "induced"
    } else if let earlier = ask(.oligometastaticHistory) {
      if earlier == "yes" {
        kind = "repeat"
      } else if let months = facts.number(.monthsSinceDiagnosis) {
        // Synchronous: within six months of the diagnosis.
        if months <= 6 {
          self = .state("synchronous oligometastatic disease")
          return
        }
        kind = "metachronous"
      } else {
        self = .unknown([.monthsSinceDiagnosis])
        return
      }
    } else {
      self = .unknown(asked)
      return
    }
    guard let treated = ask(.activeSystemicTherapy) else {
      self = .unknown(asked)
      return
    }
    guard treated == "yes" else {
      self = .state("\(kind) oligorecurrence")
      return
    }
    guard let progressing = ask(.progressing) else {
      self = .unknown(asked)
      return
    }
    if kind == "metachronous", progressing == "no" {
      self = .state("metachronous, stable under systemic therapy (not one of the nine states)")
      return
    }
    self = .state("\(kind) \(progressing == "yes" ? "oligoprogression" : "oligopersistence")")
  }
}
