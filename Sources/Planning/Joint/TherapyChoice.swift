// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What is done about one lesion.
public enum TherapyChoice: Sendable, Hashable {
  /// A local therapy; of SBRT with a prescription scheme of the protocol, where one could be chosen.
  case therapy(Modality, scheme: String?)
  /// Nothing local for now: restaged after some weeks, or after systemic treatment, before anything is decided.
  case observe
  /// Not treated locally.
  case untreated

  /// The therapy; `nil` for none.
  public var modality: Modality? { if case .therapy(let modality, _) = self { modality } else { nil } }

  /// The kind of treatment it belongs to.
  public var family: TherapyFamily {
    switch self {
    case .therapy(let modality, _): TherapyFamily(modality)
    case .observe: .observation
    case .untreated: .none
    }
  }

  /// The word in outputs.
  public var word: String {
    switch self {
    case .therapy(let modality, _): modality.rawValue
    case .observe: "observe"
    case .untreated: "untreated"
    }
  }

  /// The words for people.
  public var title: String {
    switch self {
    case .therapy(let modality, _): modality.title
    case .observe: "observe, decide later"
    case .untreated: "not treated locally"
    }
  }
}

/// Therapies of one kind: what makes a plan another plan.
public enum TherapyFamily: String, Sendable, Hashable, CaseIterable {
  case surgery, irradiation, ablation, embolization, observation, none

  /// The kind of a therapy.
  public init(_ modality: Modality) {
    self =
      switch modality.family {
      case .surgery: .surgery
      case .radiotherapy: .irradiation
      case .ablation: .ablation
      case .embolization: .embolization
      }
  }

  /// The words for people.
  public var title: String {
    switch self {
    case .irradiation: "SBRT"
    case .none: "no local therapy"
    default: rawValue
    }
  }
}

/// What a user decided for a lesion, with the reason.
public struct ClinicianChoice: Sendable, Hashable {
  /// What is decided.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// One of these and nothing else.
    case fix
    /// None of these.
    case forbid
  }
  /// The lesion, by id.
  public let lesion: String
  /// Whether the choices are fixed or forbidden.
  public let kind: Kind
  /// The words of therapies, or `observe` or `untreated`; a family's word stands for its therapies.
  public let choices: [String]
  /// The reason, printed in the plan; never empty.
  public let reason: String

  /// A lock.
  public init(lesion: String, kind: Kind, choices: [String], reason: String) {
    self.lesion = lesion
    self.kind = kind
    self.choices = choices
    self.reason = reason
  }

  /// Every word a lock may name.
  public static let words: [String] =
    Modality.allCases.map(\.rawValue)
    + [TherapyFamily.surgery, .ablation, .embolization].map(\.rawValue) + ["observe", "untreated"]

  /// Whether it names a choice.
  public func names(_ choice: TherapyChoice) -> Bool {
    choices.contains(choice.word) || choices.contains(choice.family.rawValue)
  }

  /// Whether a choice is against it.
  public func refuses(_ choice: TherapyChoice) -> Bool {
    switch kind {
    case .fix: !names(choice)
    case .forbid: names(choice)
    }
  }
}
