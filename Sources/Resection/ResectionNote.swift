// SPDX-License-Identifier: Apache-2.0
public import Eligibility
internal import Facts
internal import Reasons
public import Vocabulary

/// Something said where its conditions hold.
public struct ResectionNote: Sendable, Hashable {
  /// What a note is about.
  public enum Topic: String, Sendable, Hashable, CaseIterable {
    case selection, survival, repeatSurgery, nodes, missedNodules, histology, approach, staging, reserve,
      technique,
      liver

    /// The words for people.
    public var title: String {
      switch self {
      case .repeatSurgery: "repeat surgery"
      case .missedNodules: "nodules CT misses"
      case .survival: "survival in comparable series"
      default: rawValue
      }
    }
  }
  /// Its id, unique.
  public let id: String
  /// What it is about.
  public let topic: Topic
  /// The therapies it holds for.
  public let modalities: [Modality]
  /// Conditions, all of which must hold.
  public let whenAll: [Eligibility.Rule.Guard]
  /// The sentence.
  public let text: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A note.
  public init(
    id: String, topic: Topic, modalities: [Modality], whenAll: [Eligibility.Rule.Guard], text: String,
    sources: [String]
  ) {
    self.id = id
    self.topic = topic
    self.modalities = modalities
    self.whenAll = whenAll
    self.text = text
    self.sources = sources
  }
}
