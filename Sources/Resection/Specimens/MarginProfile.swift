// SPDX-License-Identifier: Apache-2.0
public import Quantities

/// How much healthy tissue is wanted around a lesion.
public struct MarginProfile: Sendable, Hashable {
  /// How a margin follows from a lesion.
  public enum Rule: Sendable, Hashable {
    /// The same for every lesion.
    case fixed(Length)
    /// The lesion's longest diameter, within these.
    case diameter(least: Length, most: Length)
  }
  /// Its id, unique.
  public let id: String
  /// A few words for people.
  public let title: String
  /// How the margin follows.
  public let rule: Rule
  /// Keys of the bibliography.
  public let sources: [String]

  /// A profile.
  public init(id: String, title: String, rule: Rule, sources: [String]) {
    self.id = id
    self.title = title
    self.rule = rule
    self.sources = sources
  }

  /// The margin around a lesion of this longest diameter.
  public func margin(diameter: Length) -> Length {
    switch rule {
    case .fixed(let margin): margin
    case .diameter(let least, let most): min(most, max(least, diameter))
    }
  }
}
