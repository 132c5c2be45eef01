// SPDX-License-Identifier: Apache-2.0
public import Eligibility
public import Facts
public import Reasons
public import Vocabulary

/// A lesion that a service could treat: its best therapy there, and how that stands to the others.
public struct Candidate: Sendable {
  /// The lesion, by id.
  public let lesion: String
  /// Its place among the case's lesions.
  public let index: Int
  /// Its site.
  public let site: Site
  /// Its side; `nil` when unknown or where the site has none.
  public let side: Side?
  /// Its lobe; `nil` when unknown.
  public let lobe: Lobe?
  /// Its longest axial diameter in millimetres.
  public let size: FactValue
  /// The service's best therapy.
  public let judged: JudgementDigest
  /// The service's other therapies that no evidence tells from the best, in order.
  public let alike: [Modality]
  /// Whether the best is the lesion's first therapy of all, or one that no evidence tells from the first.
  public let isFirstChoice: Bool
}

/// A lesion that a service cannot treat.
public struct Excluded: Sendable {
  /// The lesion, by id.
  public let lesion: String
  /// Its site, when known.
  public let site: Site?
  /// The service's best therapy, which is ineligible or not available there; `nil` where none is judged.
  public let judged: JudgementDigest?
  /// Why none is judged; `nil` where one is, and where the site has rules but none for the service's therapies.
  public let note: Reason?
}

/// A question whose answer could change what a service does: a fact, or where the lesion lies.
public enum WorklistQuestion: Sendable, Hashable, Comparable {
  /// A fact.
  case fact(Fact)
  /// All distances together: one look at the images answers them.
  case location

  /// The question that a fact belongs to.
  public init(_ fact: Fact) { self = fact.isLocation ? .location : .fact(fact) }

  /// The word for it in files.
  public var name: String {
    switch self {
    case .fact(let fact): fact.name
    case .location: "location"
    }
  }

  /// The words for people.
  public var title: String {
    switch self {
    case .fact(let fact): fact.title
    case .location: "location"
    }
  }

  /// Where the lesion lies comes first, then facts in their order.
  public static func < (a: WorklistQuestion, b: WorklistQuestion) -> Bool {
    switch (a, b) {
    case (.location, .fact): true
    case (.fact(let x), .fact(let y)): x < y
    default: false
    }
  }
}
