// SPDX-License-Identifier: Apache-2.0
internal import Facts

/// How a finding speaks for or against a therapy, best first.
public enum Grade: Int, Sendable, Hashable, CaseIterable, Comparable {
  case favourable, acceptable, caution, exclusion

  /// The word in protocols and outputs.
  public var word: String {
    switch self {
    case .favourable: "favourable"
    case .acceptable: "acceptable"
    case .caution: "caution"
    case .exclusion: "exclusion"
    }
  }

  /// Whether the left grade is better.
  public static func < (a: Grade, b: Grade) -> Bool { a.rawValue < b.rawValue }
}

/// The five questions that every therapy is asked.
public enum Concern: String, Sendable, Hashable, CaseIterable {
  /// Will the lesion be controlled?
  case control
  /// Which neighbours are at risk?
  case neighbours
  /// Can it be reached, covered and done?
  case deliverability
  /// Can the patient bear it?
  case reserve
  /// What does it cost the patient: visits, dose, function, invasiveness?
  case burden

  /// The place in the concerns' order.
  var place: Int {
    switch self {
    case .control: 0
    case .neighbours: 1
    case .deliverability: 2
    case .reserve: 3
    case .burden: 4
    }
  }
}

/// What is said about the patient as a whole.
public enum Advice: String, Sendable, Hashable, CaseIterable {
  case treat, boardOnly, observe, systemicFirst, stageFirst, palliative

  /// Whether a local therapy may be called a first choice under it.
  public var offersLocalTherapy: Bool { self == .treat || self == .boardOnly }

  /// The words for people.
  public var title: String {
    switch self {
    case .treat: "treat"
    case .boardOnly: "board decision only"
    case .observe: "observe and restage"
    case .systemicFirst: "systemic treatment first"
    case .stageFirst: "finish staging first"
    case .palliative: "best supportive care"
    }
  }
}
