// SPDX-License-Identifier: Apache-2.0
/// What a dose grid is the sum of (DICOM Dose Summation Type, (3004,000A)).
public enum DoseSummation: String, Sendable, Hashable, CaseIterable {
  /// The entire delivery of all fraction groups of a plan.
  case plan = "PLAN"
  /// The entire delivery of two or more plans.
  case multiPlan = "MULTI_PLAN"
  /// An overview of a plan.
  case planOverview = "PLAN_OVERVIEW"
  /// The entire delivery of one fraction group.
  case fraction = "FRACTION"
  /// The entire delivery of one or more beams.
  case beam = "BEAM"
  /// The entire delivery of one or more brachytherapy application setups.
  case brachy = "BRACHY"
  /// One session of a fraction group.
  case fractionSession = "FRACTION_SESSION"
  /// One session of one or more beams.
  case beamSession = "BEAM_SESSION"
  /// One session of brachytherapy.
  case brachySession = "BRACHY_SESSION"
  /// One or more control points of a beam.
  case controlPoint = "CONTROL_POINT"
  /// What a treatment record says was delivered.
  case record = "RECORD"

  /// Whether it stands for everything a plan gives, so that a histogram of it is the plan's.
  public var isWholePlan: Bool { [.plan, .multiPlan, .planOverview, .record].contains(self) }
}
