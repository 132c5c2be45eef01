// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Quantities
internal import Vocabulary

/// The small volume whose dose stands for an organ's greatest.
enum NearMaximum {
  /// D0.1cc, of cord and cauda D0.035cc, as the UK consensus 2022 has them.
  static func volume(of organ: OrganAtRisk) -> Volume {
    .cubicCentimeters(organ == .spinalCord || organ == .caudaEquina ? 0.035 : 0.1)
  }

  static func metric(of organ: OrganAtRisk) -> DoseMetric {
    organ.isParallel ? .mean : .doseToVolume(volume(of: organ).cubicCentimeters)
  }
}
