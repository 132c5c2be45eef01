// SPDX-License-Identifier: Apache-2.0
public import Dosimetry

/// What a planned course is estimated to cost the lungs, or another organ that works in parallel.
public struct LesionCost: Sendable, Hashable {
  /// The lesion or lesions of one target.
  public let lesions: [String]
  /// What the target alone adds to the organ's mean dose, in gray.
  public let mean: DoseBand
  /// The share of the organ that the target alone gives 20 Gy or more, in per cent.
  public let v20Percent: DoseBand
}
