// SPDX-License-Identifier: Apache-2.0
/// Parts that protocols of tests share.
enum ProtocolText {
  /// The numbers that every protocol must give; cites the source S.
  static let numbers = """
    scoring:
      furtherCluster: {weight: 0.25, sources: [S]}
      unlikeConcern: {share: 0.5, sources: [S]}
      leastDesirability: {value: 0.1, sources: [S]}
      equivalence: {points: 10, sources: [S]}
    facts:
      synchronous: {months: 6, sources: [S]}
      lateEffects: {alphaBetaGy: 3, sources: [S]}
      reached: {eqd2Gy: 3, sources: [S]}
      courseReach: {withinMM: 20, sources: [S]}
      overlap: {shareOfPrescription: 0.5, sources: [S]}
      growth: {leastDiameterMM: 2, leastVolumeShare: 0.3, conventionalSizeMM: 5, sources: [S]}
      doublingTolerance: {share: 0.2, sources: [S]}
      contradiction: {lengthMM: 2, volumeCC: 0.5, share: 0.2, sources: [S]}
      place: {beyondPleura: [], beyondDiaphragm: [], outOfReach: [], sources: [S]}
    """
}
