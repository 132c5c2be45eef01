// SPDX-License-Identifier: Apache-2.0
internal import Facts

extension Reason {
  /// What a stable order goes by: organs and lesions first, then the rest.
  package var order: String {
    let figures = figures.map { $0.value.map { "\($0)" } ?? "?" }
    return (names + [kind.name] + facts.map(\.name) + figures + [quote ?? ""] + because.map(\.order))
      .joined(separator: " ")
  }
}
