// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Facts
internal import Quantities
internal import Vocabulary

/// How a lesion is named in tables.
enum LesionWords {
  /// "lung RUL": site and lobe, else side, as reported, else as measured.
  ///
  /// - Parameter site: the site it was judged at; the lesion's own without it.
  static func place(_ lesion: Lesion, _ measured: LesionMeasurements?, site: Site? = nil) -> String {
    words(lesion.place(measured), site: site)
  }

  /// A place in words.
  ///
  /// - Parameter site: the site it was judged at; the place's own without it.
  static func words(_ place: LesionPlace, site: Site? = nil) -> String {
    [(site ?? place.site)?.title ?? "site unknown", place.lobe?.abbreviation ?? place.side?.rawValue]
      .compactMap(\.self).joined(separator: " ")
  }

  /// The longest axial diameter: of its contours, else as reported, else "unknown".
  static func size(_ lesion: Lesion, _ measured: LesionMeasurements?) -> String {
    if let measured, !measured.modelled, let diameters = measured.diameters {
      return Figures.millimeters(diameters.longest)
    }
    return reported(lesion, .longestAxialDiameter, "mm")
  }

  /// The same diameter in millimetres, of what is reported the upper end; `nil` where it is unknown.
  static func diameter(_ lesion: Lesion, _ measured: LesionMeasurements?) -> Double? {
    if let measured, !measured.modelled, let diameters = measured.diameters {
      return diameters.longest.millimeters
    }
    switch lesion.statements[.longestAxialDiameter]?.value {
    case .number(let x)?: return x
    case .interval(_, let high)?: return high
    default: return nil
    }
  }

  /// A number that is reported of the lesion with its unit; "unknown" where there is none.
  static func reported(_ lesion: Lesion, _ fact: Fact, _ unit: String) -> String {
    switch lesion.statements[fact]?.value {
    case .number(let x)?: "\(Figures.plain(x)) \(unit)"
    case .interval(let low, let high)?: "\(Figures.plain(low))–\(Figures.plain(high)) \(unit)"
    default: "unknown"
    }
  }
}
