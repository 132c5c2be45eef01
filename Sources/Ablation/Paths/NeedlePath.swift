// SPDX-License-Identifier: Apache-2.0
public import Quantities
public import Vocabulary

/// How the patient lies for a needle.
public enum PatientPosition: String, Sendable, Hashable, CaseIterable {
  case supine, prone, leftLateral, rightLateral

  /// The words for people.
  public var title: String {
    switch self {
    case .supine: "supine"
    case .prone: "prone"
    case .leftLateral: "on the left side"
    case .rightLateral: "on the right side"
    }
  }

  /// What is up, in the patient's own directions (LPS).
  var up: SIMD3<Double> {
    switch self {
    case .supine: SIMD3(0, -1, 0)
    case .prone: SIMD3(0, 1, 0)
    case .leftLateral: SIMD3(-1, 0, 0)
    case .rightLateral: SIMD3(1, 0, 0)
    }
  }
}

/// Why a candidate path was refused.
public enum PathRefusal: Sendable, Hashable, Comparable {
  /// It crosses a structure of a role.
  case crosses(StructureRole)
  /// It passes nearer to a structure of a role than the limit.
  case near(StructureRole)
  /// It is longer than the longest applicator.
  case tooLong
  /// In no position does the table leave room.
  case table
  /// In no position does the applicator's outer end fit into the bore.
  case gantry
  /// It leaves the body through the first or last plane of the images, where no skin is known.
  case beyondImages
  /// Outside the skin it meets the body again (an arm).
  case meetsBodyAgain

  /// The words for people.
  public var title: String {
    switch self {
    case .crosses(.other): "crosses another lesion"
    case .crosses(let role): "crosses \(role.title)"
    case .near(let role): "too near to \(role.title)"
    case .tooLong: "longer than any applicator"
    case .table: "from the table's side in every position"
    case .gantry: "does not fit into the gantry"
    case .beyondImages: "leaves the imaged body"
    case .meetsBodyAgain: "meets the body again outside the skin"
    }
  }

  /// A word for files, as `crosses(Heart)`.
  public var word: String {
    switch self {
    case .crosses(.other): "crosses(lesion)"
    case .crosses(let role): "crosses(\(role.rawValue))"
    case .near(let role): "near(\(role.rawValue))"
    case .tooLong: "tooLong"
    case .table: "table"
    case .gantry: "gantry"
    case .beyondImages: "beyondImages"
    case .meetsBodyAgain: "meetsBodyAgain"
    }
  }

  /// Alphabetical by word.
  public static func < (a: PathRefusal, b: PathRefusal) -> Bool { a.word < b.word }
}

/// A structure a path goes through.
public struct PathCrossing: Sendable, Hashable {
  /// Its TG-263 name.
  public let structure: String
  /// Its role.
  public let role: StructureRole
  /// How much of the path lies in it.
  public let length: Length
}

/// How near a path comes to a structure, exact on the contours.
public struct PathClearance: Sendable, Hashable {
  /// Its TG-263 name.
  public let structure: String
  /// Its role.
  public let role: StructureRole
  /// The distance from the path's axis less half the applicator's diameter; zero in contact.
  public let distance: Length
  /// How deep below the skin the nearest place of the path lies.
  public let depth: Length
}

/// A straight way for an applicator, from the skin to where its tip lies.
public struct NeedlePath: Sendable, Hashable {
  /// Where it enters the skin, LPS in millimetres.
  public let entry: SIMD3<Double>
  /// Where the tip lies.
  public let tip: SIMD3<Double>
  /// The direction the needle advances in, of length one.
  public let direction: SIMD3<Double>
  /// From skin to tip.
  public let depth: Length
  /// Positions of the patient in which table and gantry leave room, the first preferred.
  public let positions: [PatientPosition]
  /// How much of the way lies in tissue that nobody contoured.
  public let uncharted: Length
  /// Aerated lung on the way, the lesion left out.
  public let aeratedLung: Length
  /// How often the path enters lung.
  public let pleuralPunctures: Int
  /// Fissures crossed, named by lobes, as `RUL–RLL`.
  public let fissures: [String]
  /// Bullae crossed.
  public let bullae: Int
  /// Vessels over 3 mm crossed, by name.
  public let vessels: [String]
  /// The angle to the first pleura or capsule met, 90 degrees at right angles; `nil` when none is met.
  public let surfaceAngleDegrees: Double?
  /// The angle to the axial plane, in degrees: zero within it.
  public let obliquityDegrees: Double
  /// Whether it passes within a centimetre below a rib, where the rib's vessels run.
  public let isBelowRib: Bool
  /// Whether the pleura is entered within the planned zone.
  public let entersPleuraInZone: Bool
  /// How far the target may be missed across the way before any part of the path touches a structure it must not; no more
  /// than distances are surely known to.
  public let clearRadius: Length
  /// The soft costs, lower is better and only for ranking.
  public let costs: PathCosts

  /// The relative score of pneumothorax: sums of log hazard ratios, for ranking paths only.
  public var pneumothoraxScore: Double {
    costs[.puncture] + costs[.fissure] + costs[.pleuraInZone] + costs[.bulla] + costs[.aeratedLung]
  }
}

/// The soft costs of a path, one a criterion.
public struct PathCosts: Sendable, Hashable {
  private var values = SIMD16<Double>.zero

  init() {}

  /// The cost of a criterion; zero where it does not arise.
  public internal(set) subscript(criterion: PathCriterion) -> Double {
    get { values[criterion.position] }
    set { values[criterion.position] = newValue }
  }

  /// All of them together.
  public var sum: Double { values.sum() }
}

extension PathCriterion {
  /// Where it stands among all criteria.
  var position: Int { Self.positions[self] ?? 0 }

  private static let positions = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// What a search of paths found.
public struct PathSearchResult: Sendable {
  /// How many candidate entries were looked at.
  public let tried: Int
  /// How many were refused by each limit; a candidate may break several.
  public let refusals: [PathRefusal: Int]
  /// How many keep every limit.
  public let feasible: Int
  /// Paths that keep every limit and that no other beats in every criterion.
  public let front: Int
  /// Whether every direction crosses something it must not: then there is surely no straight way.
  public let areAllCrossing: Bool
  /// A short list, best first, apart from one another.
  public let ranked: [NeedlePath]
  /// Many ways, best first, for plans of several applicators.
  let pool: [NeedlePath]
  /// Whether the short list passes some structure nearer than its limit, because no path keeps all of them.
  public let isNear: Bool
}
