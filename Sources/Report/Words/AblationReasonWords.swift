// SPDX-License-Identifier: Apache-2.0
internal import Reasons
internal import Vocabulary

extension ReasonWords {
  /// What the ablation planner says, in words.
  static func ablation(_ kind: AblationReason, _ reason: Reason) -> String {
    let names = reason.names.joined(separator: ", ")
    func name(_ place: Int) -> String { place < reason.names.count ? reason.names[place] : "?" }
    func figure(_ place: Int) -> String { tenths(reason, place) }
    switch kind {
    case .singleZone:
      let count = reason.figures.first?.value ?? 1
      let together = count > 1 ? " by \(figure(0)) applicators together" : ""
      return "one zone\(together), placed where its least margin is greatest"
    case .pulledBack: return "\(figure(0)) positions along one track, as few as cover it"
    case .layoutZones: return "\(figure(0)) overlapping zones in a layout known to cover a ball"
    case .fewestZones: return "\(figure(0)) overlapping zones, the fewest a set cover found"
    case .chartToConfirm:
      let derating = reason.figures.first?.value ?? 1
      return
        "your own device's chart confirms the zone: \(name(0)), \(name(1)), \(name(2)) \(name(3))"
        + (derating < 1 ? ", multiplied by \(hundredths(reason, 0))" : "")
    case .chartWithoutLength:
      return "the chart gives no length along the applicator: taken as long as wide"
    case .chartCapped: return "the derated chart was held to the largest zone measured in living lung"
    case .chartWithoutReach:
      return "the chart does not say how far the zone reaches beyond the tip: taken as not at all"
    case .pathToRemeasure:
      return
        "the needle path is measured again in the position of the intervention, in the images' breath phase"
    case .notContoured: return "not contoured: \(names); the needle path must be looked at for them"
    case .noParallelPaths:
      return
        "several applicators would hold the lesion with \(figure(0)) mm, but no parallel needle paths for all of them were found; shown is one applicator"
    case .marginNotKept:
      return
        "no zone of the charts, nor \(figure(0)) positions of it, hold the lesion with \(figure(1)) mm; shown is the one that leaves out least"
    case .singleZoneMargin: return "a single zone would leave \(figure(0)) mm at least"
    case .probesTooFar:
      return
        "probes lie up to \(figure(0)) mm apart, more than \(figure(1)) mm: the ice between them may not be lethal"
    case .probesBeyondTarget:
      return
        "probes lie up to \(figure(0)) mm apart: beyond the \(figure(1))–\(figure(2)) mm aimed at, within \(figure(3)) mm"
    case .onlyOnFields:
      return
        "\(figure(0)) directions keep their limits on fields but not on the contours (the best enters at \(figure(1)), \(figure(2)), \(figure(3)))"
    case .onlyNearPaths:
      return
        "no needle path keeps every distance; shown are paths that cross nothing but pass nearer than a limit"
    case .noBody: return "neither contours nor place and size: nothing can be aimed at"
    case .noSkin:
      return "no skin contour: paths start at the skin, so contour the body (External, BODY) or the skin"
        + StructureRole.skin.segmentationHint
    case .bodyTooLarge: return "the body is too large to be searched"
    case .outsideBody:
      return
        "the lesion's middle lies outside the body's outline: contours or frames do not fit together"
    case .noDevice:
      return
        "no device of these energies in the protocol or your table, or a lesion too small or large to be sampled"
    case .zonesFromCharts:
      return
        "zones are spheroids of published charts, derated as the protocol says: estimates, each provided that your own device's chart confirms it; neither blood flow nor the joined effect of several applicators is simulated"
    case .straightPaths:
      return
        "paths are straight lines through the contours as imaged, in that breath phase: re-measure in the position of the intervention before anything is punctured"
    case .manyMetastases:
      return
        "more than \(figure(0)) metastases: needle paths were not compared with the other metastases, look for them"
    case .bodiesModelled:
      return
        "\(names): the body is modelled from a reported place and size, so every distance is an estimate"
    }
  }
}
