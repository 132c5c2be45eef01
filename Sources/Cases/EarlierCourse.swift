// SPDX-License-Identifier: Apache-2.0
public import Quantities
public import Vocabulary

/// An earlier course of radiotherapy of which no dose grid was kept.
public struct EarlierCourse: Sendable, Hashable {
  /// What is known of its dose.
  public enum Record: Sendable, Hashable {
    /// The dose prescribed to targets that are contoured in the case, by their names.
    case prescription(AbsorbedDose, isodosePercent: Double?, targets: [String])
    /// Histograms of organs as a planning system exported them.
    case curves([OrganCurve])
    /// The greatest doses of organs as somebody states them.
    case maxima([OrganMaximum])
  }

  /// The course's name, unique among a case's courses.
  public let name: String
  /// The number of fractions.
  public let fractions: Int
  /// The date, YYYY-MM-DD; `nil` when not told.
  public let date: String?
  /// How many months ago it was, where that is told instead of a date.
  public let monthsAgo: Double?
  /// What is known of its dose.
  public let record: Record
  /// Where it is told.
  public let source: String

  /// A course.
  public init(
    name: String, fractions: Int, date: String? = nil, monthsAgo: Double? = nil, record: Record,
    source: String
  ) {
    self.name = name
    self.fractions = fractions
    self.date = date
    self.monthsAgo = monthsAgo
    self.record = record
    self.source = source
  }
}

/// The greatest dose of one organ, stated without a place.
public struct OrganMaximum: Sendable, Hashable {
  /// The structure.
  public let structure: StructureName
  /// Its greatest physical dose.
  public let dose: AbsorbedDose

  /// A maximum.
  public init(structure: StructureName, dose: AbsorbedDose) {
    self.structure = structure
    self.dose = dose
  }
}

/// A cumulative histogram of one organ from another program, without a place.
public struct OrganCurve: Sendable, Hashable {
  /// The structure.
  public let structure: StructureName
  /// Its name in the file.
  public let sourceName: String
  /// Its volume.
  public let volume: Volume
  /// Physical doses in gray, ascending.
  public let gray: [Double]
  /// The share of the volume that receives at least each dose, 1 to 0, not rising.
  public let share: [Double]
  /// The greatest dose as the file states it; `nil` when it does not.
  public let maximum: AbsorbedDose?
  /// The mean dose as the file states it; `nil` when it does not.
  public let mean: AbsorbedDose?

  /// A curve; readers check that it is one.
  public init(
    structure: StructureName, sourceName: String, volume: Volume, gray: [Double], share: [Double],
    maximum: AbsorbedDose?, mean: AbsorbedDose?
  ) {
    self.structure = structure
    self.sourceName = sourceName
    self.volume = volume
    self.gray = gray
    self.share = share
    self.maximum = maximum
    self.mean = mean
  }

  /// The least dose of the hottest part of a volume; the greatest for none, `nil` for more than the organ has.
  public func dose(toHottest part: Volume) -> AbsorbedDose? {
    guard volume > .zero, part <= volume, !gray.isEmpty else { return nil }
    let wanted = part.cubicMillimeters / volume.cubicMillimeters
    if wanted <= 0 { return maximum ?? gray.last.map { .gray($0) } }
    guard let upper = share.firstIndex(where: { $0 < wanted }) else { return gray.last.map { .gray($0) } }
    guard upper > 0 else { return .gray(gray[0]) }
    let drop = share[upper - 1] - share[upper]
    let part = drop > 0 ? (share[upper - 1] - wanted) / drop : 0
    return .gray(gray[upper - 1] + (gray[upper] - gray[upper - 1]) * part)
  }
}
