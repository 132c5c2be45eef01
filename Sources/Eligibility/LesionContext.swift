// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Vocabulary

/// What a planner is told of one lesion beside its body: where it lies and what is known of it.
public struct LesionContext: Sendable {
  /// The lesion's site; `nil` when unknown.
  public let site: Site?
  /// What is known of the lesion and its patient.
  public let facts: FactTable

  /// A setting.
  public init(site: Site?, facts: FactTable) {
    self.site = site
    self.facts = facts
  }
}
