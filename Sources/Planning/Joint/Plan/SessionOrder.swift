// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// The order in which a plan's parts are done.
///
/// Operations first, for they prove what the nodules are; needles then; SBRT last. A convention, no proof.
struct SessionOrder {
  private let pool: TherapyPool

  init(_ pool: TherapyPool) { self.pool = pool }

  /// The order of families.
  private static let families: [TherapyFamily] = [.surgery, .ablation, .embolization, .irradiation]

  func sessions(_ chosen: [PlanOption]) -> [PlanSession] {
    var (week, operation) = (0, 0)
    return Self.families.flatMap { family in
      pool.group(family).sessions(chosen.filter { $0.choice.family == family }, among: chosen)
    }.map { session in
      var dated = session
      dated.startWeek = session.isIntraoperative ? operation : week
      if session.isIntraoperative { return dated }
      if session.modality == .hepaticResection { operation = week }
      week += weeks(session, chosen)
      return dated
    }
  }

  /// Weeks until the next session may follow.
  private func weeks(_ session: PlanSession, _ chosen: [PlanOption]) -> Int {
    let family = TherapyFamily(session.modality)
    if family == .irradiation { return session.visits.map { pool.parameters.weeks(ofFractions: $0) } ?? 0 }
    let site = chosen.first { session.lesions.contains($0.id) }?.site
    return pool.parameters.weeks(after: family, at: site)
  }
}
