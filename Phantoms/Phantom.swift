// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
internal import Quantities
public import Vocabulary

/// A synthetic patient together with what is true of it by construction.
///
/// Coordinates are DICOM patient coordinates (LPS) in millimetres. All bodies are stacks of planes with half
/// end caps; the truths hold for that end cap.
public struct Phantom: Sendable, Hashable {
  /// The name it is asked for by, such as `thorax`.
  public let name: String
  /// One sentence about it.
  public let summary: String
  /// The seed that moved its scene against the planes.
  public let seed: UInt64
  /// The patient: lesions, structures and what is said about the patient.
  public let patientCase: PatientCase
  /// What is true by construction, in the order of the lesions.
  public let truth: [PhantomTruth]
  /// Where its lesions lie by construction, where no list says so; empty elsewhere.
  public let places: [PhantomPlace]
  /// How its lung lesions are resected by construction; `nil` where nothing is stated.
  public let resection: PhantomResection?

  init(
    name: String, summary: String, seed: UInt64, patientCase: PatientCase, truth: [PhantomTruth],
    places: [PhantomPlace] = [], resection: PhantomResection? = nil
  ) {
    self.places = places
    self.name = name
    self.summary = summary
    self.seed = seed
    self.patientCase = patientCase
    self.truth = truth
    self.resection = resection
  }
}

/// Where a phantom's lesion lies.
public struct PhantomPlace: Sendable, Hashable {
  /// The lesion, by id.
  public let lesion: String
  /// The organ.
  public let site: Site
  /// The side.
  public let side: Side
  /// The lobe.
  public let lobe: Lobe
}

/// How a phantom's lung lesions are resected with 10 mm around and wedges up to 20 mm deep, known from where they lie.
public struct PhantomResection: Sendable, Hashable {
  /// One lesion's technique.
  public struct Technique: Sendable, Hashable {
    /// The lesion, by id.
    public let lesion: String
    /// `wedge`, `deepWedge`, `segmentectomy` or `lobectomy`.
    public let technique: String
    /// Why, in words.
    public let derivation: String
  }
  /// One entry a lesion with a body.
  public let techniques: [Technique]
  /// Lesions that leave in one piece; all others leave alone.
  public let together: [[String]]
  /// Lobes that go as a whole, by their abbreviations.
  public let wholeLobes: [String]
  /// The lesions of each side: sides are operated on apart.
  public let right: [String]
  /// See `right`.
  public let left: [String]
}

/// One number that is known about a phantom without measuring it.
public struct PhantomTruth: Sendable, Hashable {
  /// What is known; every case's unit is in its name.
  public enum Quantity: Sendable, Hashable {
    /// The volume in cubic centimetres.
    case volumeCC
    /// The longest diameter in an axial plane, in millimetres.
    case longestAxialDiameterMM
    /// The longest diameter perpendicular to that, in the same plane, in millimetres.
    case shortAxisMM
    /// The greatest diameter in three dimensions, in millimetres.
    case greatestDiameterMM
    /// From the visceral pleura (fissures count where lobes are drawn) to the nearest edge, in millimetres.
    case pleuralDepthMM
    /// The least distance to the structure of this TG-263 name, in millimetres.
    case clearanceMM(to: String)
  }

  /// The lesion, by id.
  public let lesion: String
  /// What is known of it.
  public let quantity: Quantity
  /// The true value of the ideal body, in the quantity's unit.
  public let value: Double
  /// How far an exact measurement of the drawn planes may lie from it, in the quantity's unit.
  ///
  /// It covers what drawing loses (planes a spacing apart, polygons for curves, coordinates rounded to
  /// 0.001 mm by a file), not errors of a program.
  public let tolerance: Double
  /// The closed form in words.
  public let derivation: String

  /// What a measurement says of the same lesion and quantity, in the quantity's unit; `nil` if nothing.
  public func measured(by measurements: Measurements) -> Double? {
    guard let found = measurements[lesion: lesion] else { return nil }
    return switch quantity {
    case .volumeCC: found.volume.cubicCentimeters
    case .longestAxialDiameterMM: found.diameters?.longest.millimeters
    case .shortAxisMM: found.diameters?.shortAxis.millimeters
    case .greatestDiameterMM: found.greatestDiameter.millimeters
    case .pleuralDepthMM: found.pleuralDepth?.nearest.millimeters
    case .clearanceMM(let name):
      found.clearances.first { $0.structure.tg263 == name }?.clearance.distance.millimeters
    }
  }
}

/// The phantoms there are.
public enum PhantomCatalogue {
  /// A phantom's name with one sentence about it.
  public struct Entry: Sendable, Hashable {
    /// The name it is asked for by.
    public let name: String
    /// One sentence about it.
    public let summary: String
  }

  /// Every phantom, in the order of a listing.
  public static let all = [
    Entry(name: SpheresPhantom.name, summary: SpheresPhantom.summary),
    Entry(name: ThoraxPhantom.name, summary: ThoraxPhantom.summary),
    Entry(name: ThoraxCutPhantom.name, summary: ThoraxCutPhantom.summary),
    Entry(name: ThoraxCutPhantom.wholeName, summary: ThoraxCutPhantom.wholeSummary),
    Entry(name: LiverPhantom.name, summary: LiverPhantom.summary),
  ]

  /// The phantom of a name, or `nil` when there is none.
  ///
  /// - Parameters:
  ///   - name: a name of `all`.
  ///   - seed: moves the whole scene by less than half a voxel against the planes; the same seed gives the
  ///     same phantom.
  /// - Throws: `GEOSError` or `SolidDefect` when a body cannot be drawn.
  public static func make(name: String, seed: UInt64 = 1) throws -> Phantom? {
    switch name {
    case SpheresPhantom.name: try SpheresPhantom.make(seed: seed)
    case ThoraxPhantom.name: try ThoraxPhantom.make(seed: seed)
    case ThoraxCutPhantom.name: try ThoraxCutPhantom.make(seed: seed, isCut: true)
    case ThoraxCutPhantom.wholeName: try ThoraxCutPhantom.make(seed: seed, isCut: false)
    case LiverPhantom.name: try LiverPhantom.make(seed: seed)
    default: nil
    }
  }
}
