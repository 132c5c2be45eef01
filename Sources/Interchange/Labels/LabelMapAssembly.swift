// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Makes lesions, targets and structures from label maps.
///
/// A label is what its name says, by the rules that hold for ROIs; a lesion label is one lesion for each part
/// that does not touch the others.
struct LabelMapAssembly {
  var lesions: [Lesion] = []
  var structures: [Structure] = []
  var targets: [TargetVolume] = []
  var warnings: [String] = []
  /// The files that were read, the map's and the names'.
  var files: [String] = []
  /// What DICOM says of patient and image, file by file.
  var identities: [(file: String, identity: LabelMap.Identity)] = []
  /// The lesions of segments of DICOM SEG.
  var segmentLesions: [SegmentReference: [String]] = [:]
  /// The names of all labels, of those without voxels too.
  var names: [String] = []

  /// Bodies of several parts.
  var parts = PartLedger()
  /// Labels without a name, with their volumes.
  var unnamed: [(label: Int, name: String, volume: Volume)] = []

  private let written: RegionOfInterestChoice
  private let namesFile: String
  private let threshold: Double?
  private var choice = RegionOfInterestChoice()
  private var drawnTargets: [(String, Solid)] = []
  private var taken: Set<String> = []
  private var findings = LabelMapFindings()

  /// Whether nothing at all was kept.
  var isEmpty: Bool { lesions.isEmpty && structures.isEmpty && targets.isEmpty }

  /// Lesions of as many voxels or fewer are more often slips of a segmentation than metastases (heuristic).
  static let speckVoxels = 4

  /// Labels thinner than this are measured with an error of the order of their size.
  static let fewVoxelsAcross = 3

  /// Reads a label map, or all maps of a folder.
  ///
  /// - Throws: `InputError`, `GEOSError`.
  init(_ input: LabelMapInput, choice: RegionOfInterestChoice, threshold: Double?) throws {
    self.threshold = threshold
    written = choice
    namesFile = input.namesFile ?? ""
    let given = try input.namesFile.map(LabelNames.read)
    let paths = try LabelMap.files(at: input.path)
    let isFolder = paths != [input.path]
    for path in paths {
      try add(try LabelMap(path: path, threshold: threshold), given: given, inFolder: isFolder)
      files.append(path)
    }
    files += input.namesFile.map { [$0] } ?? []
    targets = TargetSorting.sort(drawnTargets, lesions: &lesions, choice: written, warnings: &warnings)
    warnings += findings.words(about: input.path, unnamed: unnamed)
  }

  private mutating func add(_ map: LabelMap, given: [Int: String]?, inFolder: Bool) throws {
    identities.append((map.path, map.identity))
    for doubt in map.doubts { findings.add(doubt: doubt, of: map.path) }
    // A mask in a folder is named by its file: a table of names belongs to maps of several labels.
    let isMask = map.labels.count <= 1 && map.names.isEmpty && (given == nil || inFolder)
    let named = map.names.merging(given ?? [:]) { _, told in told }
    if let given {
      for (label, name) in map.names.sorted(by: { $0.key < $1.key }) {
        guard let told = given[label], told != name else { continue }
        warnings.append(
          "\(FileAccess.name(of: map.path)): label \(label) is named \(name) in its header; \(told) is used as told"
        )
      }
    }
    let present = Set(map.labels.map(\.value))
    let missing = isMask ? (present.isEmpty ? [map.stem] : []) : absentNames(named, present)
    names += missing
    findings.absent += missing
    let found = map.labels.map { isMask ? map.stem : named[$0.value] ?? "Label_\($0.value)" }
    let ids = unique(found, map)
    var own = RegionNames()
    for (id, name) in zip(ids, found) { own.add(id, sourceName: name) }
    choice = try written.resolved(by: own, file: map.path)
    let boxes = map.labels.map { $0.voxels.high &- $0.voxels.low &+ 1 }.reduce(0) {
      $0 + $1.x * $1.y * $1.z
    }
    guard boxes <= InputLimits.labelledVoxels else {
      throw InputError(
        file: map.path, "its labels are strewn over \(boxes >> 20) million voxels, label by label",
        advice: "is it a segmentation? leave out labels that are noise")
    }
    let voxelVolume = map.grid.spacing.x * map.grid.spacing.y * map.grid.spacing.z
    for (label, id) in zip(map.labels, ids) {
      let (value, voxels) = (label.value, label.voxels)
      names.append(id)
      if !isMask, named[value] == nil {
        let volume = Volume.cubicMillimeters(Double(voxels.count) * voxelVolume)
        if given != nil, !choice.lesions.contains(id), !choice.structures.contains(id) {
          throw InputError(
            file: map.path, place: "label \(value)",
            "has no name in \(namesFile) (\(voxels.count) \(voxels.count == 1 ? "voxel" : "voxels"), \(BodyParts.cc(volume)))",
            advice:
              "name it there, or say what it is: --lesion-roi \(id) or --structure-roi \(id)")
        }
        unnamed.append((value, id, volume))
      }
      let before = lesions.count
      try add(id, label, VoxelBody(grid: map.grid), map.path)
      if let instance = map.identity.instance, lesions.count > before {
        segmentLesions[SegmentReference(instance: instance, number: value)] = lesions[before...].map(\.id)
      }
    }
  }

  /// The ids of a map's labels: labels that share a name, case ignored, are called by name and label.
  private mutating func unique(_ present: [String], _ map: LabelMap) -> [String] {
    let sharing = Dictionary(grouping: present, by: { $0.lowercased() }).mapValues(\.count)
    var ids: [String] = []
    for (index, name) in present.enumerated() {
      var id = name
      if sharing[name.lowercased(), default: 0] > 1 { id += "#\(map.labels[index].value)" }
      if !taken.insert(id).inserted {
        var copy = 2
        while !taken.insert("\(id)#\(copy)").inserted { copy += 1 }
        warnings.append(
          "\(FileAccess.name(of: map.path)): \(id) is there already; the further one is called \(id)#\(copy)")
        id += "#\(copy)"
      }
      ids.append(id)
    }
    for (name, count) in sharing.sorted(by: { $0.key < $1.key }) where count > 1 {
      let same = zip(present, ids).filter { $0.0.lowercased() == name }.map(\.1)
      warnings.append(
        "\(FileAccess.name(of: map.path)): \(count) labels are named \(name): they are called \(same.joined(separator: ", "))"
      )
    }
    return ids
  }

  private func absentNames(_ named: [Int: String], _ present: Set<Int>) -> [String] {
    named.sorted { $0.key < $1.key }.filter { !present.contains($0.key) }.map(\.value)
  }

  /// What a label is: as the user says, else by its name and codes.
  ///
  /// A growth by its codes is a lesion unless its name says that it is a target; codes and a name that contradict one
  /// another are told, since a lesion taken for an organ is no lesion any more.
  private mutating func kind(
    of name: String, _ meaning: SegmentMeaning?, _ path: String
  ) -> RegionOfInterestKind {
    if choice.lesions.contains(name) { return .lesion }
    if choice.structures.contains(name) { return .structure }
    let byName = RegionOfInterestKind(name: name, interpretedType: "")
    guard let meaning else { return byName }
    if meaning.isGrowth, byName == .structure {
      guard StructureName(recognizing: name).isRecognized else { return .lesion }
      warnings.append(
        "\(FileAccess.name(of: path)): segment \(name) is a growth by its codes (\(meaning.words)) and something else by its name: taken for a lesion; --structure-roi \"\(name)\" decides otherwise"
      )
      return .lesion
    }
    if byName == .lesion, !meaning.isGrowth {
      warnings.append(
        "\(FileAccess.name(of: path)): segment \(name) is a lesion by its name and \(meaning.words) by its codes: taken for a lesion; --structure-roi \"\(name)\" decides otherwise"
      )
    }
    return byName
  }

  private mutating func add(
    _ name: String, _ label: LabelMap.Label, _ body: VoxelBody, _ path: String
  ) throws {
    let voxels = label.voxels
    let kind = kind(of: name, label.meaning, path)
    let touches = body.touchesEdge(voxels)
    if kind == .lesion {
      if touches { findings.cut.append(name) }
      try addLesions(name, label, body, path)
      return
    }
    let kept = try keptParts(name, voxels, body)
    guard let solid = try body.solid(of: kept) else { return }
    if kind == .target {
      parts.structures[name] = nil
      if touches { findings.cut.append(name) }
      drawnTargets.append((name, solid))
      return
    }
    let meaning = structureName(of: name, label.meaning?.structure, path)
    var notes: [String] = []
    // The outline of the body is always cut: no scan shows all of it.
    let isCut = touches && ![.external, .skin].contains(meaning.role)
    if isCut {
      findings.cut.append(name)
      notes.append(Structure.cutOffWarning)
    }
    if StructureName.isWholeAirwayTree(name) {
      notes.append(
        "holds bronchi beyond the proximal bronchial tree, so distances to it may come out too short")
      warnings.append("\(name) \(notes[notes.count - 1])")
    }
    structures.append(
      Structure(
        name: meaning, sourceName: name, solid: solid, warnings: notes, mayBeCutOff: isCut))
  }

  /// What an organ is by its name, and by its codes where that says nothing, or leaves the side open.
  private mutating func structureName(
    of name: String, _ coded: StructureName?, _ path: String
  ) -> StructureName {
    let named = StructureName(recognizing: name)
    guard let coded else { return named }
    guard named.isRecognized else { return coded }
    if named.role == coded.role, named.side == nil, coded.side != nil { return coded }
    if named.role != coded.role || (coded.side != nil && named.side != coded.side) {
      warnings.append(
        "\(FileAccess.name(of: path)): segment \(name) is \(named.tg263) by its name and \(coded.tg263) by its codes; the name counts"
      )
    }
    return named
  }

  /// The voxels of an organ without the parts that are smaller than asked; its further parts are remembered.
  private mutating func keptParts(
    _ name: String, _ voxels: VoxelSet, _ body: VoxelBody
  ) throws -> VoxelSet {
    var parts = voxels.components()
    guard parts.count > 1 else { return voxels }
    parts.sort { ($1.count, $0.low.z, $0.low.y, $0.low.x) < ($0.count, $1.low.z, $1.low.y, $1.low.x) }
    if let least = choice.smallestPart {
      let small = parts.indices.dropFirst().first { volume(parts[$0], body) < least } ?? parts.count
      if small < parts.count {
        findings.dropped.append("\(parts.count - small) of \(name)")
        parts.removeSubrange(small...)
      }
    }
    if parts.count > 1, let main = try body.solid(of: parts[0]) {
      let others = Array(parts.dropFirst())
      self.parts.structures[name] = try BodyParts(main: main, volumes: others.map { volume($0, body) }) {
        try body.solid(of: others[$0])
      }
    }
    return VoxelSet(joining: parts)
  }

  private func volume(_ voxels: VoxelSet, _ body: VoxelBody) -> Volume {
    let spacing = body.grid.spacing
    return .cubicMillimeters(Double(voxels.count) * spacing.x * spacing.y * spacing.z)
  }

  /// Every part a lesion of its own, the largest first, however small the last, unless the user wants small ones out.
  private mutating func addLesions(
    _ name: String, _ label: LabelMap.Label, _ body: VoxelBody, _ path: String
  ) throws {
    let voxels = label.voxels
    var parts = voxels.components().map { ($0, body.centroid(of: $0)) }.sorted { a, b in
      if a.0.count != b.0.count { return a.0.count > b.0.count }
      return (a.1.z, a.1.y, a.1.x) < (b.1.z, b.1.y, b.1.x)
    }
    if let least = choice.smallestPart {
      // A label is never emptied: what it holds at least is a lesion that somebody drew.
      let small = parts.dropFirst().filter { volume($0.0, body) < least }
      parts.removeSubrange((parts.count - small.count)...)
      for (part, centre) in small {
        findings.dropped.append(
          String(
            format: "%@ of %@ at (%.0f, %.0f, %.0f)", BodyParts.cc(volume(part, body)), name, centre.x,
            centre.y, centre.z))
      }
    }
    guard lesions.count + parts.count <= InputLimits.lesions else {
      let smallest = parts.map { volume($0.0, body) }.sorted().dropFirst(parts.count / 2).first ?? .zero
      throw InputError(
        file: path, place: "label \(name)",
        "falls into \(parts.count) parts, each of which would be a lesion",
        advice:
          "more than \(InputLimits.lesions) are no oligometastatic disease; is it noise? --smallest-part \(LabelMapFindings.justAbove(smallest)) leaves out half of them"
      )
    }
    for (index, part) in parts.enumerated() {
      guard let solid = try body.solid(of: part.0) else { continue }
      let id = parts.count == 1 ? name : "\(name)_\(index + 1)"
      let across = body.extent(of: part.0)
      var own: [String] = []
      findings.counted.append("\(id) (\(part.0.count) \(part.0.count == 1 ? "voxel" : "voxels"))")
      if across.min() < Self.fewVoxelsAcross {
        own.append(
          "\(across.x) × \(across.y) × \(across.z) voxels: a size from so few voxels is uncertain")
        findings.thin.append(id)
      }
      if part.0.count <= Self.speckVoxels {
        findings.speck = max(findings.speck, volume(part.0, body))
        findings.specks.append("\(id) (\(BodyParts.cc(volume(part.0, body))))")
      }
      if let longest = solid.axialDiameters?.longest.millimeters, longest >= PlausibleSize.unusuallyLargeMM {
        warnings.append(
          "lesion \(id): \(Int(longest.rounded())) mm across; do several lesions touch in the label map?")
      }
      lesions.append(
        Lesion(
          id: id, sourceName: name, site: label.meaning?.site, side: label.meaning?.side,
          lobe: label.meaning?.lobe, position: solid.centroid, body: .contoured(solid), warnings: own))
    }
    if !parts.isEmpty { findings.spacing = pointwiseMax(findings.spacing, body.grid.spacing) }
  }
}
