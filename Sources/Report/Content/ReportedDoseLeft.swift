// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Dosimetry
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Vocabulary

/// What earlier courses of which only organs' greatest doses are reported leave of cumulative limits: a line an organ.
struct ReportedDoseLeft {
  private let dossier: Dossier

  init(_ dossier: Dossier) { self.dossier = dossier }

  /// "SpinalCord had 48 Gy EQD2 (α/β 2) by T8 to T11: 12 Gy left of the cumulative 60 Gy".
  ///
  /// The first consensus limit of the greatest dose counts, at its lower end; recovery is not counted.
  var lines: [ReportLine] {
    guard let limits = dossier.careProtocol.radiotherapy?.cumulativeLimits else { return [] }
    return dossier.patientCase.earlierCourses.flatMap { course -> [ReportLine] in
      guard case .maxima(let maxima) = course.record else { return [] }
      return maxima.compactMap { maximum in
        guard let organ = OrganAtRisk(maximum.structure),
          let limit = limits.first(where: { $0.organ == organ && $0.isConsensus && $0.endpoint == .maximum }),
          let alphaBeta = limit.alphaBeta, let most = limit.bounds?.low,
          let eqd2 = Fractionation(total: maximum.dose, fractions: course.fractions)?.eqd2(alphaBeta).gray
        else { return nil }
        let left = most - eqd2
        let rest = left > 0 ? "\(Figures.plain(Self.tenths(left))) Gy left of" : "nothing left of"
        return ReportLine(
          "\(maximum.structure.tg263) had \(Figures.plain(Self.tenths(eqd2))) Gy EQD2 (α/β \(Figures.plain(alphaBeta.gray))) by \(course.name): \(rest) the cumulative \(Figures.plain(most)) Gy",
          left > 0 ? .caution : .bad, sources: limit.sources)
      }
    }
  }

  private static func tenths(_ x: Double) -> Double { (x * 10).rounded() / 10 }
}
