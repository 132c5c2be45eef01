// SPDX-License-Identifier: Apache-2.0
public import Evidence
public import Quantities
public import Reasons
public import Vocabulary

/// Where a zone's dimensions were measured.
public enum ZoneBasis: String, Sendable, Hashable, CaseIterable {
  /// In tissue without blood flow: zones in patients are smaller.
  case exVivo
  /// In animals.
  case inVivo
  /// In patients.
  case clinical
  /// A figure of a manufacturer or a textbook that does not say where it was measured.
  case nominal

  /// The words for people.
  public var title: String {
    switch self {
    case .exVivo: "ex vivo"
    case .inVivo: "in vivo, animal"
    case .clinical: "clinical"
    case .nominal: "nominal"
    }
  }
}

/// One setting of a device with the zone its chart gives: a spheroid on the applicator's axis.
public struct ZoneSetting: Sendable, Hashable {
  /// Its name, as "100 W 10 min"; unique in its device.
  public let id: String
  /// The zone's length along the applicator as the chart gives it; `nil` when only a diameter was published.
  ///
  /// For cryoablation this is the ice's edge.
  public let long: Length?
  /// The zone's diameter across the applicator as the chart gives it; for cryoablation the ice's edge.
  public let short: Length
  /// How far the zone reaches beyond the tip as the chart gives it; `nil` when not published.
  public let pastTip: Length?
  /// How many applicators make it together, standing evenly around its axis.
  public let applicators: Int
  /// How far neighbouring applicators stand apart; `nil` for one.
  public let spacing: Length?
  /// Cryoablation: the diameter of the -20 degrees isotherm; `nil` for heat.
  public let minus20: Length?
  /// Cryoablation: the diameter of the -40 degrees isotherm; `nil` for heat.
  public let minus40: Length?

  /// A setting.
  public init(
    id: String, long: Length?, short: Length, pastTip: Length?, applicators: Int = 1, spacing: Length? = nil,
    minus20: Length? = nil, minus40: Length? = nil
  ) {
    self.applicators = applicators
    self.spacing = spacing
    self.id = id
    self.long = long
    self.short = short
    self.pastTip = pastTip
    self.minus20 = minus20
    self.minus40 = minus40
  }
}

/// A device with its chart.
///
/// Charts shipped with the program are illustrative: a plan that rests on them holds provided that the user's own device
/// and chart confirm the zone. A site's own table is read the same way.
public struct AblationDevice: Sendable, Hashable {
  /// Its id, unique.
  public let id: String
  /// Its name for people.
  public let name: String
  /// The energy: radiofrequency, microwave or cryoablation.
  public let energy: Modality
  /// Where its zones were measured.
  public let basis: ZoneBasis
  /// The tissue they were measured in, as `liver`.
  public let tissue: String
  /// What the chart's axes are multiplied by before anything is planned: above 0 to 1.
  public let derating: Double
  /// The usable lengths of its applicators; empty where the protocol's usual lengths count.
  public let lengths: [Length]
  /// The applicator's diameter.
  public let diameter: Length
  /// The settings, at least one.
  public let settings: [ZoneSetting]
  /// How far its figures may be relied on.
  public let mark: Mark
  /// The sources, keys of the bibliography; a site's own table may name itself.
  public let sources: [String]
  /// Whether it came with the program.
  public var isShipped: Bool

  /// A device.
  public init(
    id: String, name: String, energy: Modality, basis: ZoneBasis, tissue: String, derating: Double,
    lengths: [Length], diameter: Length, settings: [ZoneSetting], mark: Mark, sources: [String],
    isShipped: Bool
  ) {
    self.id = id
    self.name = name
    self.energy = energy
    self.basis = basis
    self.tissue = tissue
    self.derating = derating
    self.lengths = lengths
    self.diameter = diameter
    self.settings = settings
    self.mark = mark
    self.sources = sources
    self.isShipped = isShipped
  }
}

/// The largest zone that was measured with blood flow in a tissue: derated charts are held to it.
public struct ZoneCap: Sendable, Hashable {
  /// The energy.
  public let energy: Modality
  /// The sites.
  public let sites: [Site]
  /// The greatest length along the applicator.
  public let long: Length
  /// The greatest diameter across.
  public let short: Length
  /// Keys of the bibliography.
  public let sources: [String]

  /// A cap.
  public init(energy: Modality, sites: [Site], long: Length, short: Length, sources: [String]) {
    self.energy = energy
    self.sites = sites
    self.long = long
    self.short = short
    self.sources = sources
  }
}

/// The isotherm that counts as dead in cryoablation.
public enum LethalIsotherm: String, Sendable, Hashable, CaseIterable {
  case minus20, minus40

  /// The words for people.
  public var title: String { self == .minus20 ? "-20 °C" : "-40 °C" }
}

/// A setting as planned: derated, and for cryoablation the lethal isotherm inside the ice.
public struct PlannedZone: Sendable, Hashable {
  /// The device.
  public let device: AblationDevice
  /// The setting.
  public let setting: ZoneSetting
  /// Half the zone's length along the applicator.
  public let along: Length
  /// Half the zone's diameter across.
  public let across: Length
  /// How far the zone's middle lies behind the tip.
  public let middleBehindTip: Length
  /// The same of the ice's edge, cryoablation only.
  public let ice: (along: Length, across: Length)?
  /// What was assumed because the chart does not give it.
  public let assumptions: [AblationReason]

  /// A planned zone; `nil` where the isotherm asked for is not in the chart.
  ///
  /// - Parameter cap: what zones of this energy and site may not exceed, unless the chart is clinical; `nil` for none.
  public init?(
    _ device: AblationDevice, _ setting: ZoneSetting, isotherm: LethalIsotherm, cap: ZoneCap? = nil
  ) {
    self.device = device
    self.setting = setting
    let factor = device.derating
    var assumptions: [AblationReason] = []
    let edgeAcross = setting.short * (factor / 2)
    let edgeAlong = (setting.long ?? setting.short) * (factor / 2)
    if setting.long == nil {
      assumptions.append(.chartWithoutLength)
    }
    if device.energy == .cryoablation {
      guard let diameter = isotherm == .minus20 ? setting.minus20 : setting.minus40 else { return nil }
      let inset = edgeAcross - diameter * (factor / 2)
      across = diameter * (factor / 2)
      along = edgeAlong - inset
      ice = (edgeAlong, edgeAcross)
    } else {
      let held = device.basis == .clinical ? nil : cap
      across = min(edgeAcross, held.map { $0.short * 0.5 } ?? edgeAcross)
      along = min(edgeAlong, held.map { $0.long * 0.5 } ?? edgeAlong)
      if across < edgeAcross || along < edgeAlong {
        assumptions.append(.chartCapped)
      }
      ice = nil
    }
    if let pastTip = setting.pastTip {
      // The middle stays where the chart has it; only the axes shrink.
      middleBehindTip = (setting.long ?? setting.short) * 0.5 - pastTip
    } else {
      middleBehindTip = along
      assumptions.append(.chartWithoutReach)
    }
    guard along > .zero, across > .zero else { return nil }
    self.assumptions = assumptions
  }

  /// Volume of one zone.
  public var volume: Volume {
    let (a, b) = (along.millimeters, across.millimeters)
    return .cubicMillimeters(4 / 3 * Double.pi * a * b * b)
  }

  /// The chart's own axes as people write them, before derating and isotherm.
  public var chartWords: String {
    "\(setting.long.map { "\(rounded($0 * 0.5)) × " } ?? "")\(rounded(setting.short * 0.5)) mm"
      + (device.derating < 1 ? " × \((device.derating * 100).rounded() / 100)" : "")
  }

  /// As people write it: "29.4 × 25.2 mm".
  public var words: String { "\(rounded(along)) × \(rounded(across)) mm" }

  private func rounded(_ half: Length) -> String {
    String((half.millimeters * 20).rounded() / 10)
  }

  /// Equal in device and setting; everything else follows.
  public static func == (a: PlannedZone, b: PlannedZone) -> Bool {
    a.device == b.device && a.setting == b.setting && a.along == b.along && a.across == b.across
  }

  /// See `==`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(device)
    hasher.combine(setting)
    hasher.combine(across)
  }
}
