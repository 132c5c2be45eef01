// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons
internal import Report

/// A reason as outputs for machines write it: kind and fields, and a text for people.
struct ReasonEntry: Codable {
  let kind: String
  let text: String
  /// The facts it speaks of, the leading one first; absent for none.
  let facts: [String]?
  let figures: [FigureEntry]?
  let limit: String?
  let sources: [String]?

  struct FigureEntry: Codable {
    let value: Double?
    let low: Double?
    let high: Double?
    let unit: String
  }

  init(_ reason: Reason) {
    kind = reason.kind.name
    text = ReasonWords.text(reason)
    facts = reason.facts.isEmpty ? nil : reason.facts.map(\.name)
    figures =
      reason.figures.isEmpty
      ? nil
      : reason.figures.map {
        FigureEntry(
          value: $0.value.map { JSONText.rounded($0) }, low: $0.band.map { JSONText.rounded($0.lowerBound) },
          high: $0.band.flatMap { $0.upperBound.isFinite ? JSONText.rounded($0.upperBound) : nil },
          unit: $0.unit)
      }
    limit = reason.limit.map(ReasonWords.text)
    sources = reason.sources.isEmpty ? nil : reason.sources
  }
}
