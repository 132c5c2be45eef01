// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// Makes lesions, targets, structures and markers from a structure set.
struct StructureSetAssembly {
  var lesions: [Lesion] = []
  var structures: [Structure] = []
  var targets: [TargetVolume] = []
  var markers: [Marker] = []
  var warnings: [String] = []
  var parts = PartLedger()
  /// The set's ROIs by the names they are given.
  var names = RegionNames()

  /// Whether nothing at all was kept.
  var isEmpty: Bool { lesions.isEmpty && structures.isEmpty && targets.isEmpty && markers.isEmpty }

  /// Sorts what a set holds.
  ///
  /// - Parameters:
  ///   - file: the set's path, for errors.
  ///   - choice: as it was written.
  /// - Throws: `InputError` for a name that several ROIs bear, or lines where a ring is needed; errors of geometry.
  init(
    _ set: RTStructureSet, file: String, endCap: EndCap, gapPolicy: GapPolicy,
    choice written: RegionOfInterestChoice
  ) throws {
    warnings = set.warnings
    let ids = names.add(set.regions.map { ($0.name, $0.number) })
    for (name, same) in names.shared(among: ids) {
      warnings.append("\(same.count) ROIs are named \(name): they are called \(same.joined(separator: ", "))")
    }
    let choice = try written.resolved(by: names, file: file)
    let kinds = zip(set.regions, ids).map { Self.kind($0, $1, choice) }
    var regions: [RegionOfInterest] = []
    for (index, region) in set.regions.enumerated() {
      regions.append(try closing(region, ids[index], kinds[index], file))
    }
    let rules = RegionBody.Rules(
      grouping: PlaneGrouping(regions.map { $0.closed.compactMap { $0.points.first?.z } }), endCap: endCap,
      gapPolicy: gapPolicy, smallestPart: choice.smallestPart)
    let bodies = Self.bodies(of: regions, rules)
    var drawnTargets: [(String, Solid)] = []
    for (index, region) in regions.enumerated() {
      let id = ids[index]
      keepMarkers(region, id)
      guard let found = bodies[index] else {
        if region.contours.isEmpty { warnings.append("ROI \(id) has no contour and was left out") }
        continue
      }
      guard let (body, solid) = try kept(found, id, file) else { continue }
      switch kinds[index] {
      case .lesion: add(lesion: id, region.name, solid, body, isSplit: choice.split.contains(id))
      case .target: drawnTargets.append((id, solid))
      case .structure:
        if let found = body.parts.flatMap(BodyParts.init) { parts.structures[id] = found }
        structures.append(
          Structure(
            name: StructureName(recognizing: region.name), sourceName: id, solid: solid,
            warnings: body.notes))
      }
    }
    targets = TargetSorting.sort(drawnTargets, lesions: &lesions, choice: choice, warnings: &warnings)
    for (index, id) in ids.enumerated() where choice.split.contains(id) && kinds[index] != .lesion {
      throw InputError(
        file: file, place: "ROI \(id)", "is no lesion, so --split does not apply to it",
        advice: "--lesion-roi \"\(id)\" makes it one")
    }
  }

  /// The body of each ROI that has a ring, by the ROI's place.
  private static func bodies(
    of regions: [RegionOfInterest], _ rules: RegionBody.Rules
  ) -> [Int: Swift.Result<RegionBody?, any Error>] {
    let closed = regions.map(\.closed)
    let bodies = Workers.gather(regions.count, into: { [(Int, Swift.Result<RegionBody?, any Error>)]() }) {
      index, found in
      guard !closed[index].isEmpty else { return }
      found.append((index, Swift.Result { try RegionBody(closed[index], rules) }))
    }
    return Dictionary(uniqueKeysWithValues: bodies.joined())
  }

  /// A body that can be used, with what had to be mended told; `nil` for one that is left out, which is told as well.
  private mutating func kept(
    _ found: Swift.Result<RegionBody?, any Error>, _ id: String, _ file: String
  ) throws -> (body: RegionBody, solid: Solid)? {
    let made: RegionBody?
    do { made = try found.get() } catch let defect as RegionBody.Defect {
      throw InputError(
        file: file, place: "ROI \(id)", defect.words, advice: "draw it anew, or export the set without it")
    }
    guard let body = made else {
      warnings.append("ROI \(id) encloses no area and was left out")
      return nil
    }
    warnings += body.notes.map { "ROI \(id): \($0)" }
    if !body.dropped.isEmpty {
      warnings.append(
        "ROI \(id): \(body.dropped.count) \(body.dropped.count == 1 ? "part" : "parts") of together \(BodyParts.cc(body.dropped.reduce(.zero, +))) under --smallest-part were left out"
      )
    }
    guard let solid = body.solid else {
      warnings.append(
        "ROI \(id) has one plane and the set no spacing, so its thickness is unknown; left out")
      return nil
    }
    return (body, solid)
  }

  /// A lesion, or one for each of its parts where the user says so.
  private mutating func add(
    lesion id: String, _ sourceName: String, _ solid: Solid, _ body: RegionBody, isSplit: Bool
  ) {
    var bodies = [(id, solid)]
    if isSplit, let found = body.parts {
      // A part's name must be nobody else's.
      let ending = (1...found.count).contains { names.meaning(of: "\(id)_\($0)") != .none } ? "_part" : "_"
      bodies = (0..<found.count).compactMap { number in
        found.body(number).map { ("\(id)\(ending)\(number + 1)", $0) }
      }
      warnings.append("ROI \(id) was split into \(bodies.map(\.0).joined(separator: ", "))")
      for (part, _) in bodies { names.add(part, sourceName: part) }
    } else if isSplit {
      warnings.append("ROI \(id) is one part: there is nothing to split")
    } else if let found = body.parts.flatMap(BodyParts.init) {
      parts.lesions[id] = found
    }
    for (id, solid) in bodies {
      if let longest = solid.axialDiameters?.longest.millimeters, longest >= PlausibleSize.unusuallyLargeMM {
        warnings.append(
          "lesion \(id): \(Int(longest.rounded())) mm across; does the ROI hold more than one lesion?")
      }
      lesions.append(
        Lesion(
          id: id, sourceName: sourceName, position: solid.centroid, body: .contoured(solid),
          warnings: body.notes))
    }
  }

  private static func kind(
    _ region: RegionOfInterest, _ id: String, _ choice: RegionOfInterestChoice
  ) -> RegionOfInterestKind {
    if choice.lesions.contains(id) { return .lesion }
    if choice.structures.contains(id) { return .structure }
    return RegionOfInterestKind(name: region.name, interpretedType: region.interpretedType)
  }

  // MARK: Open lines

  /// The ROI with those of its open lines closed that are rings.
  ///
  /// Left open, a line would be dropped from a body that has closed rings as well, or the body would be missing: so
  /// where lines of a lesion, a target or a known organ do not close, the ROI is refused.
  private mutating func closing(
    _ region: RegionOfInterest, _ id: String, _ kind: RegionOfInterestKind, _ file: String
  ) throws(InputError) -> RegionOfInterest {
    let open = region.contours.filter { $0.geometry == .open || $0.geometry == .curve }
    guard !open.isEmpty else { return region }
    let unclosed = open.count { !OpenRings.closes($0.points) }
    let hasRings = region.contours.contains { $0.geometry == .closed }
    guard unclosed == 0 else {
      let isKnown = kind != .structure || StructureName(recognizing: region.name).role != .other
      if isKnown, hasRings || kind != .structure {
        throw InputError(
          file: file, place: "ROI \(id)",
          "\(unclosed) of its \(open.count) open contours are no rings: their ends do not meet, and without them the body would be too small",
          advice: "close them in the planning system and export CLOSED_PLANAR contours")
      }
      warnings.append(
        hasRings
          ? "ROI \(id): \(open.count) open contours were left out beside its closed ones; its body may be too small"
          : "ROI \(id) consists of open lines and is kept as lines: no body, so no distance to it")
      return region
    }
    warnings.append(
      "ROI \(id): \(open.count) open contours whose ends meet were read as closed")
    var closed = region
    closed.contours = region.contours.map {
      [.open, .curve].contains($0.geometry)
        ? DrawnContour(geometry: .closed, points: $0.points, isExclusiveOr: $0.isExclusiveOr) : $0
    }
    return closed
  }

  private mutating func keepMarkers(_ region: RegionOfInterest, _ id: String) {
    for contour in region.contours where contour.geometry != .closed {
      markers.append(
        Marker(sourceName: id, isLine: contour.geometry != .point, points: contour.points))
    }
  }
}

extension RegionOfInterest {
  /// The contours that are rings.
  fileprivate var closed: [DrawnContour] { contours.filter { $0.geometry == .closed } }
}
