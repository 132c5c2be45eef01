// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons
internal import Vocabulary

extension ReasonWords {
  /// What the SBRT planner says, in words.
  static func radiotherapy(_ kind: RadiotherapyReason, _ reason: Reason) -> String {
    let names = reason.names.joined(separator: ", ")
    func name(_ place: Int) -> String { place < reason.names.count ? reason.names[place] : "?" }
    let first = name(0)
    func figure(_ place: Int, _ format: String) -> String { Self.figure(reason, place, format) }
    switch kind {
    case .planningTargetContoured: return "planning target \(names) as contoured"
    case .internalTargetContoured: return "internal target \(names) as contoured"
    case .clinicalTargetContoured: return "clinical target \(names) as contoured"
    case .bodyModelled: return "a ball or ellipsoid of the reported size"
    case .techniqueAssumed: return "technique \(names) assumed; to be confirmed"
    case .motionReported:
      return
        "motion \(tenths(reason, 0)) mm peak to peak as reported, taken along the body; at most \(tenths(reason, 1)) mm in the axial plane"
    case .motionAssumed:
      let site = if case .site(let site)? = reason.subject { [site.title] } else { [String]() }
      return
        "motion assumed: \(tenths(reason, 0)) mm along the body, \(tenths(reason, 1)) mm axially, peak to peak (\((reason.names + site).joined(separator: " "))); to be confirmed by a 4D CT"
    case .motionWithoutSite: return "the site is unknown: no motion was added"
    case .clippedAtBody: return "clipped at the body outline"
    case .noBody: return "neither contours nor a place with a size"
    case .bodyNotGrown: return "its body could not be grown by a margin"
    case .touchesCentre: return "the target touches the \(names)"
    case .zoneWithoutStructures: return "IASLC zone without \(names): not contoured"
    case .mainBronchiNotApart:
      return "main bronchi are not contoured apart from the tree: taken for HILUS group A, the worse one"
    case .siteUnknown: return "the site is unknown"
    case .siteWithoutPrescription: return "the protocol has no prescription for this site"
    case .conditionHolds, .conditionFails, .conditionOpen: return condition(kind, reason)
    case .schemeUse: return reason.quote ?? ""
    case .optionBesideFirst: return "an option beside the first choice: \(reason.quote ?? "")"
    case .laterInOrder: return "comes later in the protocol's order"
    case .ownFirstChoice: return "its own first choice, but \(text(reason.because))"
    case .fixedByUser: return "fixed by the user"
    case .fixedAgainstProtocol: return "fixed by the user against the protocol"
    case .otherFractionCount: return "another permitted fraction count"
    case .partContoured: return "only \(names) is contoured"
    case .heartInParts: return "the heart itself is not contoured, only parts of it"
    case .cordNotCanal: return "the cord, where sources mean the canal or the cord with 2 mm around it"
    case .derived: return "not contoured but derived: \(reason.quote ?? "")"
    case .lessLesions: return "less GTV"
    case .noAlphaBeta:
      return
        "the protocol has no α/β for this organ: fraction counts were brought together with that of tumour"
    case .noUpperEnd:
      return
        "no upper end for means: beams that pass through are not seen (heuristic: our own nine-beam plans of lung targets gave the heart 3–9.5 times our mean)"
    case .outsideEarlierDose:
      return
        "part of it lies outside an earlier dose, which is bounded there by the greatest dose on the grid's nearest face"
    case .courseSilent: return "\(names) tells nothing of it"
    case .coursesWithoutPlace:
      return
        "\(names): reported without a place, so the sum lies between both doses apart and both in one point"
    case .courseEstimated:
      return "\(names): estimated from its prescription and target"
        + (reason.because.isEmpty ? "" : "; \(text(reason.because))")
    case .assumedInLung: return "\(names) is taken to lie in lung, since no lung is contoured"
    case .assumedPeripheral:
      return "\(names) is taken to lie peripherally, since no bronchial tree is contoured"
    case .recoveryDiscounted: return "earlier effect discounted by \(names)"
    case .noOverlap: return "no place is reached by two courses: cumulative limits are not asked"
    case .recoveryCountedTwice:
      return "\(names) is not compared: it assumes its interval already, so recovery must not count twice"
    case .otherAlphaBeta:
      return
        "\(names) is not compared: it is given for α/β \(plain(reason, 0)) Gy, doses here for \(plain(reason, 1)) Gy"
    case .limitWithoutPlace:
      return
        "\(reason.names.joined(separator: " ")) is not compared: an earlier course is reported without a place"
    case .newCourseExceeds:
      return
        "\(first): the planned course alone gives \(figure(0, "%.1f")) Gy EQD2 where \(figure(1, "%.4g")) Gy are the most"
    case .newCourseShare:
      return
        "\(first): the planned course is \(figure(0, "%.0f")) % of the sum where \(figure(1, "%.0f")) % are the most"
    case .intervalTooShort:
      return
        "\(first): \(figure(0, "%.1f")) months since the earlier course where \(figure(1, "%.4g")) are the least"
    case .intervalUnknown:
      return "\(first): holds from \(figure(0, "%.0f")) months on; the interval is not known"
    case .volumesOverlap:
      return
        "the volumes of \(figure(0, "%.4g")) % of both prescriptions overlap, as at (\(figure(1, "%.0f")), \(figure(2, "%.0f")), \(figure(3, "%.0f"))) mm"
    case .sumExceedsOneCourse:
      return "no overlap of volumes, but the sum of the \(names) exceeds what one course may give"
    case .organsAgain: return "irradiated again: \(names)"
    case .noOrganShared: return "no organ is shared"
    case .doseWithoutPlace: return "its dose has no place"
    case .inNoSum:
      let (told, why) = (reason.because.first.map(text) ?? "", reason.because.last.map(text) ?? "")
      return
        "\(first) gave the \(reason.names.dropFirst().joined(separator: " ")) \(told): in no sum, for it \(why)"
    case .toldByHistogram: return "a histogram of \(names)"
    case .toldByMaximum: return "at most \(hundredths(reason, 0)) Gy in \(figure(1, "%.0f"))"
    case .organNotContoured: return "is not contoured"
    case .organNeedsMean: return "is judged by a mean, which this does not tell"
    case .organWithoutSum: return "has no sum"
    case .gridMeetsNothing:
      return
        "the dose grid of \(names) meets no contoured organ: right for a distant course, else its registration is wrong"
    case .estimateNotDosimetry:
      return
        "a geometric estimate, no dosimetry: no beams, so entrance and exit dose along them is missing far from targets; no bone; the scatter and spread of low density is not seen"
    case .qualityBand:
      return "each dose as expected, with the band from the lower to the upper end of plan quality"
    case .countsDiffer:
      let counts = reason.figures.indices.map { plain(reason, $0) }
      let most = reason.figures.compactMap(\.value).max() ?? 1
      return
        "\(counts.joined(separator: ", ")) fractions in one course: organs' totals are doses of equal effect in \(Int(most)) fractions, with α/β in Gy of \(reason.because.map(text).joined(separator: ", "))"
    case .alphaBeta: return "\(names) \(plain(reason, 0))"
    case .compositeCounts:
      let own = reason.because.first.map(text) ?? ""
      let others = reason.because.dropFirst().map(text).joined(separator: ", ")
      return
        "\(own) lies within \(figure(0, "%.0f")) cm of \(others): one composite plan needs one fraction count (--scheme fixes it); until then their doses meet as doses of equal effect"
    case .targetPrescription: return "\(names) (\(plain(reason, 0)) Gy / \(plain(reason, 1)))"
    case .outsideTable:
      return
        "\(names): outside the conformality table (1.8–163 cc), which is not extrapolated; the band's ends are the expected law and what a planning guideline accepts"
    case .smallTargets:
      return
        "\(names): targets below \(figure(0, "%.0f")) cc are less certain; the upper end of their band is the worst that a planning guideline accepts"
    case .notInSums: return "\(names): not in the sums, so every total is what the others cost and no more"
    case .lungsNotContoured:
      return "both lungs are not contoured: V20, V5 and mean lung dose are unknown"
        + StructureRole.lung.segmentationHint
    case .treeNotContoured:
      return "the proximal bronchial tree is not contoured: which lesion is central cannot be told"
        + StructureRole.bronchialTree.segmentationHint
    case .nothingPlanned: return "no lesion is planned: the dose that organs have had is reported"
    case .limitOfSet:
      return
        "\(name(0)) \(name(1)) < \(plain(reason, 0)) \(reason.figures[0].unit) (\(reason.names.dropFirst(2).joined(separator: ", ")))"
    }
  }

  /// "distance to chest wall > 10 mm (22.1 mm)".
  private static func condition(_ kind: RadiotherapyReason, _ reason: Reason) -> String {
    let fact = reason.facts.first
    let unit = fact?.definition.unit ?? ""
    let known: String
    switch reason.value?.knowledge {
    case .known(.number(let x))?: known = shortTenths(x) + (unit == "count" ? "" : " " + unit)
    case .known(.word(let word))?: known = spacedWords(word)
    case .between(let low, let high)?: known = "\(shortTenths(low))–\(shortTenths(high)) \(unit)"
    case .unknown?, nil: known = reason.quote ?? "unknown"
    case .notApplicable?: known = "not applicable"
    }
    return "\(fact?.title ?? "") \(reason.limit.map(text) ?? "")"
      + (kind == .conditionFails ? ", here \(known)" : " (\(known))")
  }
}
