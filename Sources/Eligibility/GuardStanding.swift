// SPDX-License-Identifier: Apache-2.0
public import Facts

extension Rule.Guard {
  /// How several conditions stand together.
  public enum Standing: Sendable, Hashable {
    /// All hold.
    case holds
    /// One does not hold.
    case fails
    /// None fails; these facts would tell.
    case open([Fact])
  }

  /// How conditions stand that must all hold; none at all hold.
  public static func standing(of conditions: [Rule.Guard], in facts: FactTable) -> Standing {
    var unknown: [Fact] = []
    for condition in conditions {
      switch condition.holds(in: facts) {
      case true?: continue
      case false?: return .fails
      case nil: if !unknown.contains(condition.fact) { unknown.append(condition.fact) }
      }
    }
    return unknown.isEmpty ? .holds : .open(unknown)
  }
}
