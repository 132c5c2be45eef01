// SPDX-License-Identifier: Apache-2.0
/// Of what a number of metastases is counted: a trial's "at most 5 a patient" is no ceiling of each lung.
public enum CountUnit: String, Sendable, Hashable, CaseIterable {
  /// All of the patient, or all that the patient has in one organ.
  case patient
  /// Those of one lung.
  case lung
  /// Those of one lobe.
  case lobe
  /// Those treated in one session or operation.
  case session

  /// The words for people: "each patient".
  public var title: String { "each \(rawValue)" }
}
