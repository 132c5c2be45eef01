// SPDX-License-Identifier: Apache-2.0
/// Something done during treatment that can lift a caution or an exclusion.
public enum Manoeuvre: String, Sendable, Hashable, CaseIterable {
  case hydrodissection, artificialPneumothorax, carbonDioxideDissection, breathHold, gating
  case balloonDisplacement, artificialAscites, thermalMonitoring, biliaryCooling, portalVeinEmbolization

  /// The words for people.
  public var title: String {
    switch self {
    case .artificialPneumothorax: "artificial pneumothorax"
    case .carbonDioxideDissection: "CO₂ dissection"
    case .breathHold: "breath-hold"
    case .balloonDisplacement: "balloon displacement"
    case .artificialAscites: "artificial ascites"
    case .thermalMonitoring: "temperature monitoring"
    case .biliaryCooling: "bile-duct cooling"
    case .portalVeinEmbolization: "portal-vein embolization"
    default: rawValue
    }
  }
}
