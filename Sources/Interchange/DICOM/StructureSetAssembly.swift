internal import Anatomy
internal import Cases
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// What the user decides about ROIs, against what their names and types say.
public struct RegionOfInterestChoice: Sendable, Hashable {
  /// ROIs to be taken for lesions.
  public let lesions: Set<String>
  /// ROIs to be taken for structures.
  public let structures: Set<String>

  /// A choice; empty by default.
  public init(lesions: Set<String> = [], structures: Set<String> = []) {
    self.lesions = lesions
    self.structures = structures
  }
}

/// Makes lesions, targets, structures and markers from a structure set.
struct StructureSetAssembly {
  var lesions: [Lesion] = []
  var structures: [Structure] = []
  var targets: [TargetVolume] = []
  var markers: [Marker] = []
  var warnings: [String] = []

  /// Whether nothing at all was kept.
  var isEmpty: Bool { lesions.isEmpty && structures.isEmpty && targets.isEmpty && markers.isEmpty }

  /// Planes nearer than this are one plane.
  private static let samePlaneMM = 0.01

  init(
    _ set: RTStructureSet, endCap: EndCap, gapPolicy: GapPolicy, choice: RegionOfInterestChoice
  ) throws {
    warnings = set.warnings
    let spacing = Self.commonSpacing(set)
    let closedContours = set.regions.map { $0.contours.filter { $0.geometry == .closed } }
    let bodies = Workers.gather(set.regions.count, into: { [(Int, Swift.Result<Body?, any Error>)]() }) {
      index, found in
      let contours = closedContours[index]
      guard !contours.isEmpty else { return }
      found.append((index, Swift.Result { try Self.body(contours, spacing, endCap, gapPolicy) }))
    }
    let byRegion = Dictionary(uniqueKeysWithValues: bodies.joined())
    var names: Set<String> = []
    var drawnTargets: [(String, Solid)] = []
    for (index, region) in set.regions.enumerated() {
      var name = region.name
      if !names.insert(name).inserted {
        name = "\(region.name)#\(region.number)"
        names.insert(name)
        warnings.append("two ROIs are named \(region.name); the second is called \(name)")
      }
      keepMarkers(region, name)
      guard let found = byRegion[index] else {
        if region.contours.isEmpty { warnings.append("ROI \(name) has no contour and was left out") }
        continue
      }
      guard let body = try found.get() else {
        warnings.append("ROI \(name) encloses no area and was left out")
        continue
      }
      warnings += body.notes.map { "ROI \(name): \($0)" }
      guard let solid = body.solid else {
        warnings.append(
          "ROI \(name) has one plane and the set no spacing, so its thickness is unknown; left out")
        continue
      }
      let notes = body.notes
      switch Self.kind(region, name, choice) {
      case .lesion:
        if let longest = solid.axialDiameters?.longest.millimeters, longest >= PlausibleSize.unusuallyLargeMM
        {
          warnings.append(
            "lesion \(name): \(Int(longest.rounded())) mm across; does the ROI hold more than one lesion?")
        }
        lesions.append(
          Lesion(
            id: name, sourceName: region.name, position: solid.centroid, body: .contoured(solid),
            warnings: notes))
      case .target: drawnTargets.append((name, solid))
      case .structure:
        structures.append(
          Structure(
            name: StructureName(recognizing: region.name), sourceName: name, solid: solid,
            warnings: notes))
      }
    }
    targets = TargetSorting.sort(drawnTargets, lesions: &lesions, choice: choice, warnings: &warnings)
  }

  private static func kind(
    _ region: RegionOfInterest, _ name: String, _ choice: RegionOfInterestChoice
  ) -> RegionOfInterestKind {
    if choice.lesions.contains(name) { return .lesion }
    if choice.structures.contains(name) { return .structure }
    return RegionOfInterestKind(name: region.name, interpretedType: region.interpretedType)
  }

  private mutating func keepMarkers(_ region: RegionOfInterest, _ name: String) {
    for contour in region.contours where contour.geometry != .closed {
      markers.append(
        Marker(sourceName: name, isLine: contour.geometry == .open, points: contour.points))
    }
  }

  /// The most frequent distance of neighbouring planes over the whole set, for ROIs of a single plane.
  private static func commonSpacing(_ set: RTStructureSet) -> Length? {
    var counts: [Int: Int] = [:]
    for region in set.regions {
      let heights = Set(
        region.contours.filter { $0.geometry == .closed }.compactMap { $0.points.first?.z }
      ).sorted()
      for (a, b) in zip(heights, heights.dropFirst()) where b - a > samePlaneMM {
        counts[Int(((b - a) * 1000).rounded()), default: 0] += 1
      }
    }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }.map {
      .millimeters(Double($0.key) / 1000)
    }
  }

  /// What an ROI's closed contours make.
  private struct Body: Sendable {
    /// `nil` for a single plane of unknown thickness.
    let solid: Solid?
    /// What was mended or is missing.
    let notes: [String]
  }

  /// The body of an ROI's closed contours; `nil` when nothing has area.
  private static func body(
    _ contours: [DrawnContour], _ spacing: Length?, _ endCap: EndCap, _ gapPolicy: GapPolicy
  ) throws -> Body? {
    var notes: [String] = []
    var rings: [(z: Double, contour: Contour)] = []
    var flat = 0
    for drawn in contours {
      do {
        let contour = try Contour(drawn.points.map { SIMD2($0.x, $0.y) })
        rings.append((drawn.points[0].z, contour))
      } catch {
        flat += 1
      }
    }
    rings.sort { $0.z < $1.z }
    var planes: [(z: Double, region: Region)] = []
    var crossing = 0
    var duplicates = 0
    var overlapping = 0
    var first = 0
    while first < rings.count {
      var last = first
      while last + 1 < rings.count, rings[last + 1].z - rings[first].z < samePlaneMM { last += 1 }
      let (region, repairs) = try Region.evenOdd(
        rings[first...last].map(\.contour),
        combining: contours.contains(where: \.isExclusiveOr) ? .exclusiveOr : .evenOdd)
      for repair in repairs {
        switch repair {
        case .selfCrossing: crossing += 1
        case .duplicateRing, .nearDuplicate: duplicates += 1
        case .overlapping: overlapping += 1
        case .noArea: flat += 1
        }
      }
      planes.append((rings[first].z, region))
      first = last + 1
    }
    if crossing > 0 {
      notes.append("\(crossing) of \(contours.count) contours cross themselves and were filled by even-odd")
    }
    if overlapping > 0 {
      notes.append("\(overlapping) contours overlap another of their plane in part and were united with it")
    }
    if duplicates > 0 { notes.append("\(duplicates) repeated contours were counted once") }
    if flat > 0 { notes.append("\(flat) contours enclose no area and were left out") }
    let filled = planes.filter { !$0.region.isEmpty }
    guard !filled.isEmpty else { return nil }
    if filled.count == 1 {
      guard let spacing else { return Body(solid: nil, notes: notes) }
      notes.append("one plane only; its thickness is taken from the set's spacing, \(spacing.millimeters) mm")
    }
    let solid = try Solid(planes: filled, endCap: endCap, gapPolicy: gapPolicy, singlePlaneThickness: spacing)
    if let spacing, solid.slabs.count > 1, solid.nominalSpacing.millimeters > 1.5 * spacing.millimeters {
      notes.append(
        "planes \(solid.nominalSpacing.millimeters) mm apart where the set's are \(spacing.millimeters) mm: are planes missing?"
      )
    }
    for gap in solid.gaps {
      notes.append(
        "no contours between z \(gap.below) and \(gap.above) mm; the gap is \(gapPolicy == .open ? "left open" : "bridged")"
      )
    }
    return Body(solid: solid, notes: notes)
  }
}
