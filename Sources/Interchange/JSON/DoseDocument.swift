// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
internal import Dosimetry
public import Foundation
public import Quantities

/// `dvh --format json`: schema `oligoplan.dvh/1`.
public struct DoseDocument: Codable {
  static let schemaName = "oligoplan.dvh/1"

  private let schema: String
  private let provenance: Provenance
  private let warnings: [String]
  private let patientID: String?
  private let course: Course
  private let endCap: String
  private let rois: [Region]

  private struct Provenance: Codable {
    let tool: String
    let notice: String
    let caseSHA256: String?
    let inputs: [CaseDocument.Provenance.Input]
  }

  private struct Course: Codable {
    let name: String
    let summation: String
    let fractions: Int?
    let prescriptionGy: Double?
    let date: String?
    let sources: [String]
    let registration: String?
    let voxelMM: [Double]
  }

  private struct Region: Codable {
    let name: String
    let sourceName: String
    let kind: String
    let endCap: String
    let volumeCC: Double
    let coveredByDosePercent: Double
    let minimumGy: Double?
    let meanGy: Double?
    let maximumGy: Double?
    let cellMM: [Double]
    let metrics: [Metric]
    let curve: Curve
  }

  private struct Metric: Codable {
    let name: String
    let value: Double?
    let unit: String
    let low: Double?
    let high: Double?
    let ofCoveredPart: Double?
    let why: String?
  }

  private struct Curve: Codable {
    let doseGy: [Double]
    let volumeCC: [Double]
  }

  /// The document of what was measured.
  ///
  /// - Parameters:
  ///   - measured: the doses of the regions.
  ///   - patientCase: the case they are of.
  ///   - caseHash: its hash, when it came from a store.
  ///   - step: the distance of the curve's doses.
  ///   - tool: the program and its version.
  public init(
    _ measured: DoseMeasurements, of patientCase: PatientCase, caseHash: String?, step: AbsorbedDose,
    tool: String
  ) {
    schema = Self.schemaName
    provenance = Provenance(
      tool: tool, notice: Notice.text, caseSHA256: caseHash,
      inputs: patientCase.inputs.map { .init(name: $0.name, sha256: $0.sha256) })
    warnings = patientCase.warnings + measured.warnings
    patientID = patientCase.patientID
    let dose = measured.dose
    let gaps = zip(dose.grid.planes.dropFirst(), dose.grid.planes).map { $0 - $1 }
    course = Course(
      name: dose.name, summation: dose.summation.rawValue, fractions: dose.fractions,
      prescriptionGy: measured.prescription?.gray, date: dose.date, sources: dose.sources,
      registration: dose.registration,
      voxelMM: [dose.grid.spacing.x, dose.grid.spacing.y] + (gaps.max().map { [$0] } ?? []))
    endCap = measured.endCap.rawValue
    rois = measured.regions.map { region in
      let histogram = region.histogram
      let known = histogram.isFullyCovered
      let curve = histogram.curve(step: step)
      return Region(
        name: region.name, sourceName: region.sourceName, kind: region.kind.rawValue,
        endCap: region.endCap.rawValue, volumeCC: histogram.volume.cubicCentimeters,
        coveredByDosePercent: 100 * histogram.coveredShare,
        minimumGy: known ? histogram.minimum?.gray : nil, meanGy: known ? histogram.mean?.gray : nil,
        maximumGy: known ? histogram.maximum?.gray : nil,
        cellMM: [histogram.cellSides.x, histogram.cellSides.y, histogram.cellSides.z],
        metrics: region.values.map {
          Metric(
            name: $0.name, value: $0.value, unit: $0.unit.rawValue, low: $0.low, high: $0.high,
            ofCoveredPart: $0.ofCoveredPart, why: $0.why)
        },
        curve: Curve(
          doseGy: curve.map(\.dose.gray), volumeCC: curve.map(\.volume.cubicCentimeters)))
    }
  }

  /// The document's bytes.
  public func json() throws -> Data { try JSONText.encode(self) }
}
