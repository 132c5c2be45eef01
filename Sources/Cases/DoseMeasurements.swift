// SPDX-License-Identifier: Apache-2.0
public import Anatomy
public import Dosimetry
internal import Foundation
public import Quantities
internal import Vocabulary

/// What one region of interest receives.
public struct RegionDose: Sendable {
  /// What the region is to the case.
  public enum Kind: String, Sendable {
    /// A lesion.
    case lesion
    /// A planner's target volume.
    case target
    /// An organ or another structure.
    case structure
  }

  /// A lesion's id, a structure's TG-263 name, a target's own name.
  public let name: String
  /// The name in its file.
  public let sourceName: String
  /// What it is to the case.
  public let kind: Kind
  /// How its body is closed; bodies of voxels and derived ones keep their own way.
  public let endCap: EndCap
  /// Volume by dose.
  public let histogram: DoseVolumeHistogram
  /// The metrics asked for, in order.
  public let values: [DoseMetricValue]
}

/// The dose that a case's regions receive from one course.
public struct DoseMeasurements: Sendable {
  /// The course's dose.
  public let dose: CourseDose
  /// What relative metrics refer to: as told, else the course's own.
  public let prescription: AbsorbedDose?
  /// How the contoured bodies were closed.
  public let endCap: EndCap
  /// The regions in the case's order: lesions, targets, structures.
  public let regions: [RegionDose]
  /// What limits the figures, in words.
  public let warnings: [String]

  /// A lesion or target of less than this many dose voxels across has a dose that the grid cannot show.
  ///
  /// Grammatikou 2025, doi 10.1002/acm2.70235: a 2 mm grid holds only from 20 mm diameter on.
  public static let voxelsAcrossWanted = 10.0

  /// Measures the dose of the regions.
  ///
  /// - Parameters:
  ///   - patientCase: the case; modelled lesions are left out, since they were never contoured.
  ///   - dose: one of its courses.
  ///   - names: which regions, by name or source name without regard to case; `nil` for all.
  ///   - metrics: what is asked of each.
  ///   - prescription: what relative metrics refer to; the course's own when `nil`.
  ///   - endCap: how bodies are closed; as the case has them when `nil`.
  public init(
    of patientCase: PatientCase, dose: CourseDose, regions names: [String]? = nil, metrics: [DoseMetric],
    prescription: AbsorbedDose? = nil, endCap: EndCap? = nil
  ) {
    var wanted = Self.candidates(patientCase)
    if let names {
      let asked = Set(names.map { $0.lowercased() })
      wanted = wanted.filter {
        asked.contains($0.name.lowercased()) || asked.contains($0.source.lowercased())
      }
    }
    let bodies = wanted.map { candidate in
      candidate.isDerived ? candidate.solid : endCap.map { candidate.solid.ended($0) } ?? candidate.solid
    }
    let histograms = dose.grid.histograms(of: bodies)
    let reference = prescription ?? dose.prescription
    self.dose = dose
    // What contoured bodies have; voxels and derived bodies keep their own way whatever was asked.
    let contoured = wanted.indices.filter { !wanted[$0].isDerived && bodies[$0].endCap != .voxels }
    self.endCap = contoured.first.map { bodies[$0].endCap } ?? bodies.first?.endCap ?? .half
    self.prescription = reference
    regions = wanted.indices.map { index in
      let (candidate, histogram) = (wanted[index], histograms[index])
      return RegionDose(
        name: candidate.name, sourceName: candidate.source, kind: candidate.kind,
        endCap: bodies[index].endCap,
        histogram: histogram,
        values: metrics.flatMap { histogram.values(of: $0, in: dose.grid, prescription: reference) })
    }
    warnings = Self.warnings(regions, dose)
  }

  private struct Candidate {
    let name: String
    let source: String
    let kind: RegionDose.Kind
    let solid: Solid
    var isDerived = false
  }

  private static func candidates(_ patientCase: PatientCase) -> [Candidate] {
    var all: [Candidate] = []
    for lesion in patientCase.lesions {
      guard case .contoured(let solid)? = lesion.body else { continue }
      all.append(Candidate(name: lesion.id, source: lesion.sourceName, kind: .lesion, solid: solid))
    }
    all += patientCase.targets.map {
      Candidate(name: $0.sourceName, source: $0.sourceName, kind: .target, solid: $0.solid)
    }
    // Several sources may be recognised as one organ: then each is told by its own name.
    let counts = Dictionary(grouping: patientCase.structures, by: \.name.tg263).mapValues(\.count)
    all += patientCase.structures.map {
      Candidate(
        name: counts[$0.name.tg263] == 1 ? $0.name.tg263 : $0.sourceName, source: $0.sourceName,
        kind: .structure, solid: $0.contoured, isDerived: $0.derivation != nil)
    }
    return all
  }

  /// The names a region may be asked for by.
  public static func names(in patientCase: PatientCase) -> [String] { candidates(patientCase).map(\.name) }

  /// Whether a name is that of a region.
  public static func has(_ name: String, in patientCase: PatientCase) -> Bool {
    candidates(patientCase).contains {
      $0.name.lowercased() == name.lowercased() || $0.source.lowercased() == name.lowercased()
    }
  }

  private static func warnings(_ regions: [RegionDose], _ dose: CourseDose) -> [String] {
    var warnings: [String] = []
    if dose.grid.planes.count == 1 { warnings.append("the dose has one plane only: no dose between planes") }
    for region in regions where region.histogram.volume <= .zero {
      warnings.append("\(region.name) has no volume with the end cap \(region.endCap.rawValue)")
    }
    for region in regions where !region.histogram.isFullyCovered && region.histogram.volume > .zero {
      warnings.append(
        String(
          format: "%.3g %% of %@ lies outside the dose of %@; its metrics are bounds, or of the part inside",
          100 * (1 - region.histogram.coveredShare), region.name, dose.name))
    }
    let gaps = zip(dose.grid.planes.dropFirst(), dose.grid.planes).map { $0 - $1 }
    let voxel = max(dose.grid.spacing.x, dose.grid.spacing.y, gaps.max() ?? 0)
    let small = regions.filter {
      $0.kind != .structure
        && $0.histogram.volume.equivalentSphereDiameter.millimeters < voxelsAcrossWanted * voxel
    }
    if !small.isEmpty {
      warnings.append(
        String(
          format:
            "the dose voxels (%.3g mm) are coarse for %@: less than %.0f across; the planning system's own grid limits the accuracy",
          voxel, small.map(\.name).joined(separator: ", "), voxelsAcrossWanted))
    }
    return warnings
  }
}
