// SPDX-License-Identifier: Apache-2.0
/// A local therapy that can be judged for a lesion.
public enum Modality: String, Sendable, Hashable, CaseIterable {
  case metastasectomy, sbrt, radiofrequency, microwave, cryoablation, irreversibleElectroporation
  case hepaticResection, chemoembolization, radioembolization

  /// The name for people.
  public var title: String {
    switch self {
    case .metastasectomy: "metastasectomy"
    case .sbrt: "SBRT"
    case .radiofrequency: "radiofrequency"
    case .microwave: "microwave"
    case .cryoablation: "cryoablation"
    case .irreversibleElectroporation: "irreversible electroporation"
    case .hepaticResection: "hepatic resection"
    case .chemoembolization: "chemoembolization"
    case .radioembolization: "radioembolization"
    }
  }

  /// A name short enough for a table's head.
  public var shortTitle: String {
    switch self {
    case .metastasectomy: "surgery"
    case .sbrt: "SBRT"
    case .radiofrequency: "RFA"
    case .microwave: "MWA"
    case .cryoablation: "cryo"
    case .irreversibleElectroporation: "IRE"
    case .hepaticResection: "resection"
    case .chemoembolization: "TACE"
    case .radioembolization: "TARE"
    }
  }
}

extension Modality {
  /// What kind of therapy it is: planners, limits and words are shared within a kind.
  public enum Family: Sendable, Hashable {
    case surgery, radiotherapy, ablation, embolization
  }

  /// What kind of therapy it is.
  public var family: Family {
    switch self {
    case .metastasectomy, .hepaticResection: .surgery
    case .sbrt: .radiotherapy
    case .radiofrequency, .microwave, .cryoablation, .irreversibleElectroporation: .ablation
    case .chemoembolization, .radioembolization: .embolization
    }
  }

  /// The energies of ablation, in the vocabulary's order; which of them are judged and planned is the protocol's to say.
  public static let ablations: [Modality] = allCases.filter { $0.family == .ablation }
}
