/// A local therapy that can be judged for a lesion.
public enum Modality: String, Sendable, Hashable, CaseIterable {
  case metastasectomy, sbrt, radiofrequency, microwave, cryoablation
  case hepaticResection, chemoembolization, radioembolization

  /// The name for people.
  public var title: String {
    switch self {
    case .metastasectomy: "metastasectomy"
    case .sbrt: "SBRT"
    case .radiofrequency: "radiofrequency"
    case .microwave: "microwave"
    case .cryoablation: "cryoablation"
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
    case .hepaticResection: "resection"
    case .chemoembolization: "TACE"
    case .radioembolization: "TARE"
    }
  }
}
