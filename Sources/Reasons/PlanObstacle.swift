// SPDX-License-Identifier: Apache-2.0
/// A request that no plan can be made of: it names what is not there, or leaves nothing to choose.
///
/// Every planner throws this one; errors of geometry are others.
public struct PlanObstacle: Error, Sendable, Hashable {
  /// Where the fault lies.
  public enum Subject: Sendable, Hashable {
    case patientCase, careProtocol
  }

  /// Where the fault lies.
  public let subject: Subject
  /// What is wrong, to follow the subject's name.
  public let message: String
  /// What stands against a plan; empty where the message says it all.
  public let because: [Reason]
  /// What to do about it.
  public let advice: String

  /// An obstacle.
  public init(
    _ message: String, of subject: Subject = .patientCase, because: [Reason] = [], advice: String
  ) {
    self.subject = subject
    self.message = message
    self.because = because
    self.advice = advice
  }
}
