// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
internal import Dosimetry
public import Foundation
public import Quantities

/// Doses as CSV (RFC 4180, UTF-8, CRLF).
public enum DoseTables {
  /// One row a region and metric; where part of the region lies outside the dose, bounds instead of a value.
  public static func metrics(_ measured: DoseMeasurements, patientID: String?) -> Data {
    var rows = [
      [
        "patient_id", "course", "roi", "source_name", "kind", "end_cap", "volume_cc",
        "covered_by_dose_percent", "metric", "value", "unit", "low", "high", "why",
      ]
    ]
    for region in measured.regions {
      for value in region.values {
        rows.append([
          patientID ?? "", measured.dose.name, region.name, region.sourceName, region.kind.rawValue,
          region.endCap.rawValue, text(region.histogram.volume.cubicCentimeters),
          text(100 * region.histogram.coveredShare), value.name, text(value.value), value.unit.rawValue,
          text(value.low), text(value.high), value.why ?? "",
        ])
      }
    }
    return DossierTables.csv(rows)
  }

  /// The curves for a spreadsheet: one row a dose, for each region a column in per cent and one in cc.
  ///
  /// Cumulative columns hold the volume that receives at least the row's dose; differential ones the volume per
  /// gray between this row's dose and the next.
  public static func curves(_ measured: DoseMeasurements, step: AbsorbedDose, differential: Bool) -> Data {
    let curves = measured.regions.map { $0.histogram.curve(step: step).map(\.volume.cubicCentimeters) }
    let per = differential ? " per Gy" : ""
    var rows = [
      ["dose_gy"]
        + measured.regions.flatMap { region in
          // Volume whose dose is unknown is in no row, and that must be seen in the file itself.
          let part =
            region.histogram.isFullyCovered
            ? "" : String(format: " (only the %.4g %% inside the dose)", 100 * region.histogram.coveredShare)
          return ["\(region.name) percent\(per)\(part)", "\(region.name) cc\(per)\(part)"]
        }
    ]
    for index in 0..<(curves.map(\.count).max() ?? 0) {
      var row = [String(format: "%.6g", step.gray * Double(index))]
      for (region, curve) in zip(measured.regions, curves) {
        guard !curve.isEmpty else {
          row += ["", ""]
          continue
        }
        let here = index < curve.count ? curve[index] : 0
        let next = index + 1 < curve.count ? curve[index + 1] : 0
        let volume = differential ? (here - next) / step.gray : here
        let whole = region.histogram.volume.cubicCentimeters
        row += [whole > 0 ? text(100 * volume / whole) : "", text(volume)]
      }
      rows.append(row)
    }
    return DossierTables.csv(rows)
  }

  private static func text(_ value: Double?) -> String { value.map { String(format: "%.6g", $0) } ?? "" }
}
