public import Vocabulary

extension Fact {
  /// Facts that measurements, counts and earlier therapies answer; the rest is only ever stated.
  public static let longestAxialDiameter = Fact("longestAxialDiameter")
  /// See the catalogue.
  public static let shortAxis = Fact("shortAxis")
  /// See the catalogue.
  public static let volume = Fact("volume")
  /// See the catalogue.
  public static let depthFromPleura = Fact("depthFromPleura")
  /// See the catalogue.
  public static let depthOfInnerEdge = Fact("depthOfInnerEdge")
  /// See the catalogue.
  public static let lungZone = Fact("lungZone")
  /// See the catalogue.
  public static let lesionsInSameLung = Fact("lesionsInSameLung")
  /// See the catalogue.
  public static let priorTherapyHere = Fact("priorTherapyHere")
  /// See the catalogue.
  public static let priorSurgerySameSide = Fact("priorSurgerySameSide")
  /// See the catalogue.
  public static let priorAblationSameSide = Fact("priorAblationSameSide")
  /// See the catalogue.
  public static let priorRadiotherapyOverlap = Fact("priorRadiotherapyOverlap")
  /// See the catalogue.
  public static let monthsSinceRadiotherapy = Fact("monthsSinceRadiotherapy")
  /// See the catalogue.
  public static let metastasisCount = Fact("metastasisCount")
  /// See the catalogue.
  public static let lungMetastasisCount = Fact("lungMetastasisCount")
  /// See the catalogue.
  public static let liverMetastasisCount = Fact("liverMetastasisCount")
  /// See the catalogue.
  public static let largestMetastasis = Fact("largestMetastasis")
  /// See the catalogue.
  public static let lungLaterality = Fact("lungLaterality")
  /// See the catalogue.
  public static let respiratoryMotion = Fact("respiratoryMotion")
  /// See the catalogue.
  public static let centralityRTOG = Fact("centralityRTOG")
  /// See the catalogue.
  public static let centralityIASLC = Fact("centralityIASLC")
  /// See the catalogue.
  public static let centralityHILUS = Fact("centralityHILUS")
  /// See the catalogue.
  public static let ultracentral = Fact("ultracentral")
  /// See the catalogue.
  public static let earlierDoseHere = Fact("earlierDoseHere")
  /// See the catalogue.
  public static let sbrtTargetVolume = Fact("sbrtTargetVolume")
  /// See the catalogue.
  public static let sbrtLungV20 = Fact("sbrtLungV20")
  /// See the catalogue.
  public static let sbrtMeanLungDose = Fact("sbrtMeanLungDose")
  /// See the catalogue.
  public static let sbrtLungLimits = Fact("sbrtLungLimits")
  /// See the catalogue.
  public static let sbrtLiverLimits = Fact("sbrtLiverLimits")
  /// See the catalogue.
  public static let sbrtCumulative = Fact("sbrtCumulative")

  /// How an organ's limits stand against a planned course's estimated dose beside the lesion.
  public static func sbrtDose(_ organ: OrganAtRisk) -> Fact { Fact("sbrtDose(\(organ.rawValue))") }

  /// All of the above, for the test that holds them against the catalogue.
  static let named: [Fact] =
    [
      longestAxialDiameter, shortAxis, volume, depthFromPleura, depthOfInnerEdge, lungZone, lesionsInSameLung,
      priorTherapyHere, priorSurgerySameSide, priorAblationSameSide, priorRadiotherapyOverlap,
      monthsSinceRadiotherapy, metastasisCount, lungMetastasisCount, liverMetastasisCount, largestMetastasis,
      lungLaterality, respiratoryMotion, centralityRTOG, centralityIASLC, centralityHILUS, ultracentral,
      earlierDoseHere, sbrtTargetVolume, sbrtLungV20, sbrtMeanLungDose, sbrtLungLimits, sbrtLiverLimits,
      sbrtCumulative,
    ] + namedOfResection
}
