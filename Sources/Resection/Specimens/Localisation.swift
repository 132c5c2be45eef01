// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Foundation
public import Quantities

/// Whether a nodule should be marked before a thoracoscopic resection.
public struct Localisation: Sendable, Hashable {
  /// What a rule says.
  public enum Answer: String, Sendable, Hashable, CaseIterable {
    /// Likely to be found.
    case notNeeded
    /// Likely to be missed.
    case advised
    /// Not enough is known.
    case unknown
  }

  /// Saito's line: deeper than the line at the nodule's size.
  public let saito: Answer
  /// The depth up to which Saito's line calls a nodule of this size detectable.
  public let saitoDepth: Length
  /// Nakashima's rule for metastases: how many of its three criteria hold, at least and at most.
  public let nakashimaCriteria: ClosedRange<Int>
  /// Nakashima's answer.
  public let nakashima: Answer

  /// Advised as soon as either rule advises it; not needed only when both say so.
  public var answer: Answer {
    if saito == .advised || nakashima == .advised { return .advised }
    return saito == .notNeeded && nakashima == .notNeeded ? .notNeeded : .unknown
  }

  /// - Parameters:
  ///   - diameters: what the nodule's longest diameter may be.
  ///   - nearest: from the visceral pleura to its nearest edge.
  ///   - deepest: from the visceral pleura to its inner border; `nil` when unknown.
  ///   - isLowDensity: low density after chemotherapy; `nil` when unknown.
  public init(
    diameters: ClosedRange<Length>, nearest: Length, deepest: Length?, isLowDensity: Bool?,
    _ criteria: LocalisationCriteria
  ) {
    func line(_ size: Length) -> Double { criteria.saito.slope * size.millimeters + criteria.saito.intercept }
    // The smaller it is, the less deep it is found.
    saitoDepth = .millimeters(max(0, line(diameters.lowerBound)))
    let answers = Set([diameters.lowerBound, diameters.upperBound].map { nearest.millimeters > line($0) })
    saito = answers.count > 1 ? .unknown : (answers.contains(true) ? .advised : .notNeeded)
    func count(_ size: Length) -> Int {
      let isSmall = size <= criteria.small
      let isDeep = deepest.map { size.millimeters <= criteria.ratio * $0.millimeters } ?? false
      return (isSmall ? 1 : 0) + (isDeep ? 1 : 0) + (isLowDensity == true ? 1 : 0)
    }
    let open = (deepest == nil ? 1 : 0) + (isLowDensity == nil ? 1 : 0)
    let (least, most) = (count(diameters.upperBound), count(diameters.lowerBound) + open)
    nakashimaCriteria = least...most
    nakashima =
      least >= criteria.criteria ? .advised : (most < criteria.criteria ? .notNeeded : .unknown)
  }
}

/// What a nodule must be to be found without a mark at thoracoscopy.
public struct LocalisationCriteria: Sendable, Hashable {
  /// Saito: undetectable when the depth exceeds slope × size + intercept, in millimetres.
  public let saito: (slope: Double, intercept: Double)
  /// Nakashima: small at most this.
  public let small: Length
  /// Nakashima: diameter over depth of the inner border at most this.
  public let ratio: Double
  /// Nakashima: so many of the three criteria ask for a mark.
  public let criteria: Int
  /// Keys of the bibliography for Saito's line and Nakashima's rule.
  public let sources: (saito: [String], nakashima: [String])

  /// Criteria.
  public init(
    saito: (slope: Double, intercept: Double), small: Length, ratio: Double, criteria: Int,
    sources: (saito: [String], nakashima: [String])
  ) {
    self.saito = saito
    self.small = small
    self.ratio = ratio
    self.criteria = criteria
    self.sources = sources
  }

  /// Equal in every figure and source.
  public static func == (a: LocalisationCriteria, b: LocalisationCriteria) -> Bool {
    a.saito == b.saito && a.small == b.small && a.ratio == b.ratio && a.criteria == b.criteria
      && a.sources == b.sources
  }

  /// See `==`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(saito.slope)
    hasher.combine(saito.intercept)
    hasher.combine(small)
  }
}
