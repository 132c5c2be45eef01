// SPDX-License-Identifier: Apache-2.0
/// A service of a hospital that treats metastases locally and works through a list of patients.
public enum HospitalService: String, Sendable, Hashable, CaseIterable {
  /// Interventional radiology: ablation and embolization.
  case ir
  /// Radiation oncology: SBRT.
  case radonc
  /// Surgery of the lung and the liver.
  case surgery

  /// The name for people.
  public var title: String {
    switch self {
    case .ir: "interventional radiology"
    case .radonc: "radiation oncology"
    case .surgery: "surgery"
    }
  }

  /// Whether the service does a therapy.
  public func does(_ modality: Modality) -> Bool {
    switch modality.family {
    case .ablation, .embolization: self == .ir
    case .radiotherapy: self == .radonc
    case .surgery: self == .surgery
    }
  }
}
