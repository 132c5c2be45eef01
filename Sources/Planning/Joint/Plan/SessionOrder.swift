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
    Self.families.flatMap { family in
      pool.group(family).sessions(chosen.filter { $0.choice.family == family }, among: chosen)
    }
  }
}
