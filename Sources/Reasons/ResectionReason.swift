// SPDX-License-Identifier: Apache-2.0
/// What the resection planner says of a technique, a lobe, function after an operation or the plan as a whole.
///
/// Lengths stand in `figures` in millimetres, volumes in cubic centimetres; structures and lesions in `names`.
public enum ResectionReason: String, Sendable, Hashable, CaseIterable {
  // MARK: Why a lesion is not planned

  /// Neither contours nor place, size and depth.
  case noBody
  /// The lesion's body has no volume.
  case noVolume
  /// Its middle lies outside both contoured lungs.
  case outsideBothLungs
  /// No lung or lobe is contoured, and no depth from the pleura is reported.
  case noLungContoured
  /// Its middle lies outside the one contoured lung.
  case outsideContouredLung
  /// Reported on one side, found on another; names: both sides.
  case otherSide
  /// Reported in one lobe, found in another; names: both lobes.
  case otherLobe
  /// Its lobe cannot be used, and no lung is contoured around it.
  case lobeUnusable
  /// No surface of its lobe was found from it.
  case noSurface
  /// The liver is not contoured.
  case liverNotContoured
  /// The liver is contoured several times; names: the contours.
  case liverContouredTwice
  /// A liver lesion with neither contours nor place and size.
  case liverNoBody
  /// Its middle lies outside the contoured liver.
  case outsideLiver
  /// The liver specimen cannot be made.
  case specimenNotMade
  /// The lesion's site is unknown.
  case siteUnknown
  /// A liver lesion, where hepatic resection is not asked for.
  case planHepatic
  /// A lung lesion, where metastasectomy is not asked for.
  case planMetastasectomy
  /// No resection is planned at the site, which is the subject.
  case siteNotPlanned

  // MARK: Technique

  /// The lesion touches structures; names: the structures.
  case touches
  /// The lesion reaches into other lobes; names: the lobes.
  case reachesLobes
  /// Too deep for a wedge; figures: the depth, the limit.
  case tooDeep
  /// A wedge would take in bronchi or vessels; names: the structures.
  case wedgeTakesIn
  /// Too near to bronchi or vessels for a segmentectomy; names: the structures; figures: the distance, the margin.
  case tooNearForSegment
  /// Lobar and main bronchus are not told apart.
  case lobarOrMain
  /// Hilar or great vessels lie within the margin.
  case vesselsInMargin
  /// Lesion and margin are larger than segments allow; figures: how many segments.
  case tooLargeForSegments
  /// The wedge is deep; figures: inner edge with margin, the limit.
  case deepWedge
  /// Segments are judged by volume; figures: how many.
  case segmentsByVolume
  /// Segments or lobe is open without contours of lobes.
  case segmentsOrLobe
  /// Whether a structure lies within a distance is unknown; names: the structure; figures: the distance.
  case distanceOpen
  /// A great vessel within the margin may be one of the hilum.
  case greatVesselOpen
  /// Contours do not settle whether the lesion crosses; names: the technique if it does not; beneath: what they share.
  case unsettled
  /// What the lesion shares with a structure; names: the structure; figures: the volume.
  case shares
  /// What it shares with a derived structure; as `shares`.
  case sharesDerived
  /// It lies against a lobe whose contours leave it out; names: the lobe.
  case liesAgainst

  // MARK: Near a threshold; figures: the value, the measurement error, the threshold

  /// The depth.
  case depthNearLimit
  /// Inner edge with margin.
  case edgeNearLimit
  /// The distance to a structure; names: the structure.
  case distanceNearMargin
  /// The depth at Saito's line.
  case depthNearSaito
  /// It touches another lobe by no more than measurement error, without figures; names: the lobe.
  case touchesFissure

  // MARK: Alternatives

  /// A smaller margin; names: the technique; figures: the margin.
  case smallerMargin
  /// A wedge as deep as surgeons go; figures: the depth.
  case deeperWedge
  /// Laser enucleation; figures: the rim.
  case laser
  /// Ablation or SBRT of this lesion beside wedges of others.
  case hybrid

  // MARK: What must be said of a lesion

  /// The lung is contoured without a side.
  case lungWithoutSide
  /// Its lobe overlaps another and is not used.
  case lobeOverlaps
  /// The lobe is not contoured.
  case lobeNotContoured
  /// Bronchi are neither contoured nor reported.
  case bronchiUnknown
  /// Hilar vessels are neither contoured nor reported.
  case vesselsUnknown
  /// Neither of both is.
  case bronchiAndVesselsUnknown
  /// The specimen opens at another surface; figures: how far off.
  case opensElsewhere
  /// The plan rests on reported size and depth.
  case byReport

  // MARK: Lobes

  /// More than one lobe of a lung goes; names: the side, then the lobes.
  case severalLobes
  /// Whether lesions of unknown lobes merge is unknown.
  case lobesUnknown
  /// Lesions taken with the lobe; names: the lesions.
  case takenWithLobe
  /// Whether a lesion reaches beyond the lobe is not settled.
  case beyondLobeOpen
  /// A bronchus within the margin may be the main one.
  case maybeMainBronchus
  /// The cost beyond the lobe is not calculated.
  case costBeyondLobe
  /// Whether specimens merge is unknown without contours.
  case mergingUnknown
  /// Lesions go in one wedge; names: the lesions; figures: the gap.
  case oneWedge
  /// Lesions go in one segmentectomy; names: the lesions; figures: the gap.
  case oneSegmentectomy
  /// The lobe is not contoured as a whole, so its share is unknown.
  case shareUnknown
  /// So much would go that the lobe is proposed; figures: its share and the limit, in per cent.
  case lobeProposed

  // MARK: Function

  /// How many segments are lost already is unknown, for the reason beneath.
  case lostSegmentsUnknown
  /// There is one lung only.
  case oneLung
  /// Lung was resected before.
  case resectedBefore
  /// Provided that no segment is obstructed or lost already.
  case noSegmentLost
  /// Segments do not work; figures: how many.
  case segmentsNotWorking
  /// Emphysema is not contoured.
  case emphysemaNotContoured
  /// Functional volume leaves structures out; names: the structures.
  case withoutStructures
  /// Perfusion is taken as even within each lung.
  case perfusionEven

  // MARK: Contours

  /// A lobe is contoured twice; names: the lobe, the contour left out.
  case lobeTwice
  /// A lung is contoured twice; names: the side, the contour left out.
  case lungTwice
  /// Structures may be cut off at the image's edge; names: the structures.
  case cutOff
  /// Two lobes overlap; names: both; figures: the volume.
  case overlap

  // MARK: The plan as a whole

  /// Geometry is that of the inflated lung.
  case inflatedLung
  /// Each specimen is the least.
  case leastSpecimens
  /// Function is predicted.
  case functionPredicted
  /// Survival is that of series.
  case survivalOfSeries
  /// What is taken of the liver is the least.
  case leastOfLiver
  /// Both sides are operated on, one at a time.
  case bothSides
  /// A metastasis outside the lungs; names: the lesion; the subject is its site, where known.
  case elsewhere
}
