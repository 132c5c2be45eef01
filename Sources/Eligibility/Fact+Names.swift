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

  /// All of the above, for the test that holds them against the catalogue.
  static let named: [Fact] = [
    longestAxialDiameter, shortAxis, volume, depthFromPleura, depthOfInnerEdge, lungZone, lesionsInSameLung,
    priorTherapyHere, priorSurgerySameSide, priorAblationSameSide, priorRadiotherapyOverlap,
    monthsSinceRadiotherapy, metastasisCount, lungMetastasisCount, liverMetastasisCount, largestMetastasis,
    lungLaterality,
  ]
}
