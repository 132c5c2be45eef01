// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons
internal import Vocabulary

extension ReasonWords {
  /// What the resection planner says, in words.
  static func resection(_ kind: ResectionReason, _ reason: Reason) -> String {
    let names = reason.names.joined(separator: ", ")
    let both = reason.names.joined(separator: " and ")
    func name(_ place: Int) -> String { place < reason.names.count ? reason.names[place] : "?" }
    func mm(_ place: Int) -> String { figure(reason, place, "%.1f") + " mm" }
    func whole(_ place: Int) -> String { figure(reason, place, "%.0f") }
    func short(_ place: Int) -> String { tenths(reason, place) }
    let site = if case .site(let site)? = reason.subject { site.title } else { "site unknown" }
    switch kind {
    case .noBody:
      return
        "neither contours nor place and size, and the list gives no depth from the pleura: nothing can be planned"
    case .noVolume: return "its body has no volume"
    case .outsideBothLungs:
      return
        "called a lung lesion, but its middle lies outside both contoured lungs: correct site, contour or frame"
    case .noLungContoured:
      return "no lung or lobe is contoured, and no depth from the pleura is reported"
        + StructureRole.lobe.segmentationHint
    case .outsideContouredLung:
      return "its middle lies outside the contoured lung; the other lung is not contoured"
    case .otherSide:
      return "reported as \(name(0)), but it lies in the \(name(1)) lung: one of them is wrong"
    case .otherLobe: return "reported as \(name(0)), but it lies in \(name(1)): one of them is wrong"
    case .lobeUnusable:
      return "its lobe cannot be used, and no lung is contoured around it: see the remarks"
    case .noSurface: return "no surface of its lobe was found from it, or it is too large to be drawn"
    case .liverNotContoured:
      return "the liver is not contoured: the liver remnant cannot be calculated"
        + StructureRole.liver.segmentationHint
    case .liverContouredTwice:
      return
        "the liver is contoured \(reason.names.count) times (\(names)): which one counts is not guessed"
    case .liverNoBody: return "neither contours nor place and size: what it takes of the liver is unknown"
    case .outsideLiver: return "called a liver lesion, but its middle lies outside the contoured liver"
    case .specimenNotMade: return "the specimen around it cannot be drawn"
    case .siteUnknown: return "its site is unknown"
    case .planHepatic: return "a liver lesion: plan hepatic resection"
    case .planMetastasectomy: return "a lung lesion: plan metastasectomy"
    case .siteNotPlanned: return "no resection is planned for this site (\(site))"
    case .touches: return "the lesion touches \(names)"
    case .reachesLobes:
      return "the lesion reaches into \(names) as well: a wedge across the fissure, or two lobes"
    case .tooDeep: return "\(mm(0)) from the nearest pleura, more than \(mm(1)): no wedge"
    case .wedgeTakesIn: return "the wedge would take in \(names): no wedge"
    case .tooNearForSegment:
      return "\(names) at \(mm(0)), nearer than the margin of \(mm(1)): no segmentectomy"
    case .lobarOrMain:
      return
        "the contour does not tell lobar from main bronchus: whether a lobe suffices is for the surgeon"
    case .vesselsInMargin:
      return "hilar or great vessels within the margin: more than a lobe, or a smaller margin"
    case .tooLargeForSegments:
      return "lesion with margin is larger than \(whole(0)) mean segments: no segmentectomy"
    case .deepWedge:
      return
        "deep wedge: inner edge and margin reach \(mm(0)), over \(mm(1)); a cavity may hide beside the staples, so the margin is overestimated"
    case .segmentsByVolume:
      return
        "segments are not contoured: that it lies within \(whole(0)) adjacent ones is an estimate by volume"
    case .segmentsOrLobe:
      return "without lobes contoured it is open whether segments suffice or the lobe is needed"
    case .distanceOpen: return "whether the \(names) lies within \(whole(0)) mm is not known"
    case .greatVesselOpen:
      return
        "a great vessel may lie within the margin: whether it is one of the hilum is not reported"
    case .unsettled:
      return
        "\(reason.because.map(text).joined(separator: " and ")), within the error of the contours: \(names) if it does not reach across, more than that (a wedge across the fissure, two lobes, or with the neighbour) if it does; look at the images"
    case .shares: return shared(reason)
    case .sharesDerived: return shared(reason) + " (derived)"
    case .liesAgainst: return "it lies against \(names), and the lobes' contours leave it out"
    case .depthNearLimit: return near("depth", reason)
    case .edgeNearLimit: return near("inner edge with margin", reason)
    case .distanceNearMargin: return near("distance to \(names)", reason)
    case .depthNearSaito: return near("depth", reason, "Saito's line at ")
    case .touchesFissure:
      return "it touches \(names) across the fissure by no more than measurement error"
    case .smallerMargin: return "\(name(0)) with a margin of \(short(0)) mm"
    case .deeperWedge: return "a wedge where surgeons go as deep as \(whole(0)) mm"
    case .laser:
      return "laser enucleation with \(short(0)) mm around; margins are clear less often"
    case .hybrid:
      return
        "ablation or SBRT for this one, beside wedges for what lies farther out: completeness is the patient's, by any combination"
    case .lungWithoutSide:
      return "the lung is contoured without a side: what depends on the side is unknown"
    case .lobeOverlaps:
      return "its lobe overlaps another and is not used: the lung's surface counts, fissures do not"
    case .lobeNotContoured:
      return
        "the lobe is not contoured: fissures do not count as pleura, and what depends on the lobe is unknown"
        + StructureRole.lobe.segmentationHint
    case .bronchiUnknown: return hilum("lobar and segmental bronchi")
    case .vesselsUnknown: return hilum("hilar vessels")
    case .bronchiAndVesselsUnknown: return hilum("lobar and segmental bronchi and hilar vessels")
    case .opensElsewhere:
      return "the nearest pleura leads into bronchi or vessels: taken from another surface, \(mm(0)) off"
    case .byReport:
      return
        "from reported size and depth: volumes are those of a ball beneath a flat pleura, an estimate; how much of the lobe that is cannot be told"
    case .severalLobes:
      return
        "\(reason.names.dropFirst().joined(separator: " and ")): more than one lobe of the \(name(0)) lung goes, for the board"
    case .lobesUnknown: return "whether they lie in one lobe, and merge, is unknown"
    case .takenWithLobe: return "\(names) taken with the lobe"
    case .beyondLobeOpen:
      return "the contours do not settle whether it reaches beyond the lobe: at worst the lung"
    case .maybeMainBronchus:
      return "a bronchus within the margin may be the main one: at worst the lung"
    case .costBeyondLobe:
      return "more than the lobe, or a neighbour: its cost beyond the lobe is not calculated"
    case .mergingUnknown: return "whether specimens merge is unknown without contours"
    case .oneWedge:
      return
        "\(both) in one specimen: closer than \(whole(0)) mm; the lung between them is not counted"
    case .oneSegmentectomy: return "\(both) in one segmentectomy: closer than \(whole(0)) mm"
    case .shareUnknown:
      return "how much of the lobe that is cannot be told: it is not contoured as a whole"
    case .lobeProposed:
      return
        "\(whole(0)) % of the lobe would go: taking the lobe is proposed (over \(whole(1)) %)"
    case .lostSegmentsUnknown:
      return
        "\(text(reason.because)): how many segments are lost already is not reported (\(reason.facts.first?.name ?? ""))"
    case .oneLung: return "one lung only"
    case .resectedBefore: return "lung was resected before"
    case .noSegmentLost: return "provided that no segment is obstructed or lost already"
    case .segmentsNotWorking:
      return
        "\(whole(0)) segments do not work; those removed are taken for working ones: a perfusion scan tells more"
    case .emphysemaNotContoured: return "emphysema is not contoured, so not excluded"
    case .withoutStructures: return "without \(names)"
    case .perfusionEven: return "within each lung perfusion is taken as even over its segments"
    case .lobeTwice: return "lobe \(name(0)) is contoured twice: \(name(1)) is left out"
    case .lungTwice: return "the \(name(0)) lung is contoured twice: \(name(1)) is left out"
    case .cutOff:
      return
        "\(names) may be cut off at the image's edge: volumes are not calculated from it, and depths near that edge may be too small"
    case .overlap:
      return
        "\(both) overlap by \(whole(0)) cc: neither is used, so what depends on them is unknown; correct the contours"
    case .inflatedLung:
      return
        "geometry is that of the inflated lung as contoured: the deflated lung is smaller, and margins measured in it differ"
    case .leastSpecimens:
      return
        "each specimen is the least that holds lesion and margin and opens at the pleura; straight staple lines take more"
    case .functionPredicted:
      return
        "function is predicted, for anatomical resections of cancer; wedges cost less and much of it returns: no single wedge is refused by it"
    case .survivalOfSeries:
      return
        "survival stands for whole series of selected, operated patients: it is no forecast for this patient"
    case .leastOfLiver:
      return
        "of the liver each lesion takes its margin and what lies between that and the nearest surface: the least"
    case .bothSides:
      return "both sides: operate one at a time and measure lung function again before the second"
    case .elsewhere: return "\(names) (\(site))"
    }
  }

  /// "0.25 cc of it lie in Lung_RML".
  private static func shared(_ reason: Reason) -> String {
    let cc = reason.figures.first?.value ?? 0
    let names = reason.names.joined(separator: ", ")
    return cc < 0.01
      ? "less than 0.01 cc of it lies in \(names)" : "\(figure(reason, 0, "%.2f")) cc of it lie in \(names)"
  }

  /// "depth 19.2 mm is within measurement error (± 1.5 mm) of 20 mm".
  private static func near(_ what: String, _ reason: Reason, _ of: String = "") -> String {
    "\(what) \(figure(reason, 0, "%.1f")) mm is within measurement error (± \(figure(reason, 1, "%.1f")) mm) of \(of)\(tenths(reason, 2)) mm"
  }

  private static func hilum(_ what: String) -> String {
    "\(what) are neither contoured nor reported: provided that none lies in the specimen"
  }
}
