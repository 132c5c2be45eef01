// SPDX-License-Identifier: Apache-2.0
/// What the ablation planner says of zones, needle paths, a lesion or the plan as a whole.
///
/// Lengths and distances stand in `figures` in millimetres.
public enum AblationReason: String, Sendable, Hashable, CaseIterable {
  // MARK: How zones were found

  /// One zone, placed where its least margin is greatest; figures: the number of applicators that make it together.
  case singleZone
  /// Zones along one track, as few as cover it; figures: their number.
  case pulledBack
  /// Zones in a layout known to cover a ball; figures: their number.
  case layoutZones
  /// The fewest zones a set cover found; figures: their number.
  case fewestZones

  // MARK: What a proposal rests on

  /// The zone must be confirmed by the chart of the user's own device; names: device, setting, basis, tissue; figures: the
  /// derating, below 1 where the chart is multiplied by it.
  case chartToConfirm
  /// The chart gives no length along the applicator.
  case chartWithoutLength
  /// The derated chart was held to the largest zone measured in living lung.
  case chartCapped
  /// The chart gives no reach beyond the tip.
  case chartWithoutReach
  /// The needle path must be measured again in the position of the intervention.
  case pathToRemeasure
  /// Structures are not contoured, so paths were not kept clear of them; names: the structures.
  case notContoured

  // MARK: What else must be said

  /// Several applicators would keep the minimum margin, but no parallel paths were found; figures: the margin.
  case noParallelPaths
  /// Nothing keeps the minimum margin; figures: the most positions tried, the margin.
  case marginNotKept
  /// What a single zone would leave; figures: its least margin.
  case singleZoneMargin
  /// Cryoprobes lie farther apart than allowed; figures: the widest spacing, the most allowed.
  case probesTooFar
  /// Cryoprobes lie farther apart than aimed at; figures: the widest spacing, the lower and upper end aimed at, the most
  /// allowed.
  case probesBeyondTarget
  /// Paths keep limits on distance fields but not on contours; figures: their number, x, y and z of the best one's entry.
  case onlyOnFields
  /// No path keeps every distance; those shown cross nothing but pass nearer than a limit.
  case onlyNearPaths

  // MARK: Why a lesion cannot be planned

  /// Neither contours nor place and size.
  case noBody
  /// The skin is not contoured.
  case noSkin
  /// The body is too large to be searched.
  case bodyTooLarge
  /// The lesion's middle lies outside the body's outline.
  case outsideBody
  /// No device of the energies, or the lesion cannot be sampled.
  case noDevice

  // MARK: The plan as a whole

  /// Zones are spheroids of published charts.
  case zonesFromCharts
  /// Paths are straight lines through the contours as imaged.
  case straightPaths
  /// There are too many metastases to hold paths against the others; figures: the most.
  case manyMetastases
  /// Bodies are modelled from a reported place and size; names: the lesions.
  case bodiesModelled
}
