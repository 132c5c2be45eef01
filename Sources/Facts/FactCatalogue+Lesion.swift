// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

// Facts about one lesion: size, place, earlier therapy.
extension FactCatalogue {
  static let lesion: [FactDefinition] = [
    number(
      .longestAxialDiameter, .lesion, .millimetres, 1...300, "longest diameter in an axial plane (RECIST 1.1)"
    ).labelled("size").alsoSpelt("longestdiameter", "maxaxialdiameter", "ldiam", "recistdiameter").measured(
      as: .size),
    number(
      .shortAxis, .lesion, .millimetres, 1...300, "longest diameter perpendicular to it, in the same plane"
    ).alsoSpelt("shortaxisdiameter", "shortdiameter").measured(as: .size),
    number(.volume, .lesion, .cubicCentimetres, 0.0005...14000, "volume").alsoInColumn(
      "volumemm3median", factor: 0.001),
    number(
      .depthFromPleura, .lesion, .millimetres, 0...150,
      "nearest visceral pleura to the lesion's nearest edge, fissures included where lobes are contoured"
    ).measured(as: .edge),
    number(
      .depthOfInnerEdge, .lesion, .millimetres, 1...250,
      "nearest visceral pleura to the lesion's inner edge"
    ).measured(as: .innerEdge),
    words(.lungZone, .lesion, ["upper", "middle", "lower"], "zone of the lung by lobe"),
    number(.respiratoryMotion, .lesion, .millimetres, 0...60, "peak-to-peak respiratory motion", usual: 6),
    number(.lesionsInSameLung, .lesion, .count, 1...500, "metastases in this lesion's lung").counted(
      per: .lung),
    words(
      .priorTherapyHere, .lesion, ["none", "resection", "ablation", "sbrt", "radiotherapy"],
      "earlier local therapy to this lesion or its area", usual: "none"
    ).alsoSpelt("priorlocaltherapy", "priortherapy").synonyms([
      "surgery": "resection", "metastasectomy": "resection", "wedge": "resection", "rfa": "ablation",
      "mwa": "ablation", "cryo": "ablation", "radiofrequency": "ablation", "microwave": "ablation",
      "cryoablation": "ablation", "sabr": "sbrt", "rt": "radiotherapy", "radiation": "radiotherapy",
      "no": "none",
      "false": "none",
    ]),
    words(.priorSurgerySameSide, .lesion, ["no", "yes"], "earlier surgery on this lung", usual: "no"),
    words(.priorAblationSameSide, .lesion, ["no", "yes"], "earlier ablation in this lung", usual: "no"),
    words(
      .priorRadiotherapyOverlap, .lesion, ["none", "nearby", "overlap"],
      "earlier radiotherapy: none near, within the same organ, or overlapping the lesion", usual: "none"),
    number(
      .monthsSinceRadiotherapy, .lesion, .months, 0...600,
      "months since the earlier radiotherapy that overlaps or lies nearby"),
    flag(.endobronchial, .lesion, "endobronchial growth").titled("endobronchial growth"),
    words(.perfusedVesselInTrack, .lesion, ["no", "yes"], "a vessel in the only needle track", usual: "no"),
  ]
}
