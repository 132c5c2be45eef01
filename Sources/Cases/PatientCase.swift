// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import Facts
public import Imaging
public import Vocabulary

/// A lesion's body, and whether it was drawn or only modelled.
public enum LesionBody: Sendable, Hashable {
  /// Contoured on images.
  case contoured(Solid)
  /// A ball or ellipsoid made from a centre and one or two diameters; distances from it are estimates.
  case modelled(Solid)

  /// The body.
  public var solid: Solid {
    switch self {
    case .contoured(let solid), .modelled(let solid): solid
    }
  }
}

/// One metastasis.
public struct Lesion: Sendable, Hashable {
  /// Its id, unique in the case.
  public let id: String
  /// The name it had in its file.
  public let sourceName: String
  /// Where it lies, when known.
  public var site: Site?
  /// The side, when known.
  public var side: Side?
  /// The lobe, when known.
  public var lobe: Lobe?
  /// The stated or measured centre, LPS in millimetres.
  public var position: SIMD3<Double>?
  /// Its body, when there are contours or a centre with a diameter.
  public var body: LesionBody?
  /// What lists say of it, by fact name.
  public var statements: Statements
  /// What was mended or missing when it was read.
  public var warnings: [String]

  /// A lesion; what is not given is unknown.
  public init(
    id: String, sourceName: String, site: Site? = nil, side: Side? = nil, lobe: Lobe? = nil,
    position: SIMD3<Double>? = nil, body: LesionBody? = nil, statements: Statements = [:],
    warnings: [String] = []
  ) {
    self.id = id
    self.sourceName = sourceName
    self.site = site
    self.side = side
    self.lobe = lobe
    self.position = position
    self.body = body
    self.statements = statements
    self.warnings = warnings
  }
}

/// A planner's target volume (CTV, ITV, PTV): never a lesion of its own.
public struct TargetVolume: Sendable, Hashable {
  /// The name it had in its file.
  public let sourceName: String
  /// Its body.
  public let solid: Solid
  /// The lesions it contains, by id.
  public let lesions: [String]

  /// A target.
  public init(sourceName: String, solid: Solid, lesions: [String]) {
    self.sourceName = sourceName
    self.solid = solid
    self.lesions = lesions
  }
}

/// Points or an open line drawn in a structure set: kept as what they are, never a body.
public struct Marker: Sendable, Hashable {
  /// The name it had in its file.
  public let sourceName: String
  /// Whether the points are joined to an open line.
  public let isLine: Bool
  /// The points, LPS in millimetres.
  public let points: [SIMD3<Double>]

  /// A marker.
  public init(sourceName: String, isLine: Bool, points: [SIMD3<Double>]) {
    self.sourceName = sourceName
    self.isLine = isLine
    self.points = points
  }
}

/// A file the case was made from.
public struct CaseInput: Sendable, Hashable {
  /// The file's name without its folder.
  public let name: String
  /// SHA-256 of its bytes, in hexadecimal.
  public let sha256: String

  /// An input.
  public init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}

/// One patient with lesions and anatomy: what was told and drawn, before anything is measured or judged.
public struct PatientCase: Sendable, Hashable {
  /// The patient's ID as the files give it; `nil` when they do not.
  ///
  /// Names are never kept.
  public var patientID: String?
  /// The DICOM frame of reference of all coordinates; `nil` without images.
  public var frameOfReference: String?
  /// The day of the newest scan that the case rests on, YYYY-MM-DD; `nil` when no file says it.
  ///
  /// Intervals are counted to this day unless the user gives another, never to the day on which the program runs.
  public var newestScan: String?
  /// What is said about the patient.
  public var patient: PatientRecord
  /// The lesions, ids unique.
  public var lesions: [Lesion]
  /// Organs and other structures, contoured or derived.
  public var structures: [Structure]
  /// The CT that the case rests on, voxels loaded when they are asked for; `nil` where none was imported.
  public var ct: KeptImage?
  /// Target volumes.
  public var targets: [TargetVolume]
  /// Points and open lines.
  public var markers: [Marker]
  /// The doses of courses of radiotherapy, names unique.
  public var doses: [CourseDose]
  /// Earlier courses of which no grid was kept, names unique among all courses.
  public var earlierCourses: [EarlierCourse]
  /// What was mended, guessed at or left out while reading, in words.
  public var warnings: [String]
  /// The files it was made from.
  public var inputs: [CaseInput]

  /// A case.
  public init(
    patientID: String? = nil, frameOfReference: String? = nil, patient: PatientRecord = PatientRecord(),
    lesions: [Lesion] = [], structures: [Structure] = [], targets: [TargetVolume] = [],
    markers: [Marker] = [], doses: [CourseDose] = [], earlierCourses: [EarlierCourse] = [],
    warnings: [String] = [], inputs: [CaseInput] = [], newestScan: String? = nil
  ) {
    ct = nil
    self.newestScan = newestScan
    self.earlierCourses = earlierCourses
    self.patientID = patientID
    self.frameOfReference = frameOfReference
    self.patient = patient
    self.lesions = lesions
    self.structures = structures
    self.targets = targets
    self.markers = markers
    self.doses = doses
    self.warnings = warnings
    self.inputs = inputs
  }

  /// Takes note of the day of a scan, YYYY-MM-DD; of several the newest counts.
  public mutating func sawScan(on day: String) { newestScan = max(newestScan ?? day, day) }
}
