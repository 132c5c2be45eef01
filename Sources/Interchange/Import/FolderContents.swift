// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Parallelism

/// Files of a patient sorted by what they hold, for a command that is given files or a folder and no options.
///
/// DICOM objects are grouped by patient, study and frame of reference: those of one patient, of the newest study that has
/// something to judge, and of one frame are used. Nothing of another patient, frame or time is merged with them; it is left
/// aside, each file with why. Measurements of earlier days are used for growth.
public struct FolderContents: Sendable {
  /// DICOM RT Structure Sets.
  public private(set) var structureSets: [String] = []
  /// RTDOSE files, each with the RTPLAN that it names where that is there.
  public private(set) var doses: [DoseInput] = []
  /// Label maps: NIfTI, NRRD and DICOM SEG.
  public private(set) var labelMaps: [String] = []
  /// Lesion lists: CSV, TSV, JSON, Slicer's points, DICOM SR.
  public private(set) var lesionLists: [String] = []
  /// The CT; `nil` without one.
  public private(set) var ct: ImageInput?
  /// A patient file; `nil` without one.
  public private(set) var patientFile: String?
  /// What was left aside, each with why.
  public private(set) var leftAside: [(file: String, why: String)] = []
  /// What a reader of the case must know of it: other frames and times that were left aside.
  public private(set) var notes: [String] = []

  /// Folders that were given are taken from what is shown of a path.
  private let roots: [String]

  /// What each file was taken for, in words.
  public var words: [String] {
    func lines(_ files: [String], _ word: String) -> [String] {
      files.map { "  \(word) \(shown($0))" }
    }
    var found = lines([patientFile].compactMap(\.self), "patient file") + lines(lesionLists, "lesion list")
    found += lines(structureSets, "structure set") + lines(labelMaps, "segmentation")
    if let ct {
      found += lines([ct.path], "CT").map { line in
        line + (ct.files.map { $0.count == 1 ? "" : " (\($0.count) images)" } ?? "")
      }
    }
    found += lines(doses.map(\.path), "dose") + lines(doses.compactMap(\.plan), "plan of a dose")
    // A thousand slices of another series are one line.
    var reasons: [String: [String]] = [:]
    var order: [String] = []
    for (file, why) in leftAside {
      if reasons[why] == nil { order.append(why) }
      reasons[why, default: []].append(file)
    }
    for why in order {
      let files = reasons[why] ?? []
      let names = files.prefix(3).map(shown).joined(separator: ", ")
      found.append(
        "  left aside: \(names)\(files.count > 3 ? " and \(files.count - 3) more" : "") (\(why))")
    }
    return found
  }

  private func shown(_ path: String) -> String {
    for root in roots where path.hasPrefix(root) && path != root {
      let rest = path.dropFirst(root.count).drop { $0 == "/" }
      if !rest.isEmpty { return VisibleText.escaped(String(rest)) }
    }
    return FileAccess.name(of: path)
  }

  /// Sorts files, and those of folders and of the folders within them.
  ///
  /// - Parameters:
  ///   - paths: files and folders.
  ///   - patientID: whose files are meant, where there are several patients'.
  /// - Throws: `InputError` for a path that is not there, for several patients, for two patient files, and where two frames
  ///   of one study could be meant.
  public init(_ paths: [String], patientID: String? = nil) throws(InputError) {
    roots = paths
    var found: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw InputError(.notFound, file: path, "is not there", advice: "check the name")
      }
      found += isFolder.boolValue ? try FolderWalk.files(in: path) : [path]
    }
    let all = found
    let files = Workers.map(all.count) { FolderFile(all[$0]) }
    try sort(files, patientID)
  }

  private mutating func sort(_ files: [FolderFile], _ wanted: String?) throws(InputError) {
    var used: [FolderFile] = []
    for file in files {
      if case .none(let why) = file.use { leftAside.append((file.path, why)) } else { used.append(file) }
    }
    used = withoutCopies(try ofOnePatient(used, wanted))
    used = try ofOneTime(used)
    for file in used {
      switch file.use {
      case .structureSet: structureSets.append(file.path)
      case .segmentation, .labelMap: labelMaps.append(file.path)
      case .measurements, .lesionList: lesionLists.append(file.path)
      case .patientFile:
        if let other = patientFile {
          throw InputError(
            file: file.path, "is a second patient file beside \(FileAccess.name(of: other))",
            advice: "give one: --patient FILE")
        }
        patientFile = file.path
      default: break
      }
    }
    pair(used.filter { $0.use == .dose }, with: used.filter { $0.use == .plan })
    if structureSets.isEmpty {
      for dose in doses {
        leftAside.append((dose.path, "a dose without an RT Structure Set in whose frame it lies"))
      }
      doses = []
    }
    chooseImage(used)
  }

  /// Without files that are there a second time, as exports to two folders leave them.
  private mutating func withoutCopies(_ files: [FolderFile]) -> [FolderFile] {
    var seen: [String: [(path: String, hash: String?)]] = [:]
    return files.filter { file in
      // Images are looked at plane by plane where they are read.
      guard let instance = file.instance, file.use != .ctImage else { return true }
      let others = seen[instance] ?? []
      // One UID for two objects is what bad anonymisers leave: only the bytes tell a copy.
      let hash = try? FileAccess.sha256(ofFile: file.path)
      seen[instance] = others + [(file.path, hash)]
      guard let same = others.first(where: { $0.hash == hash && hash != nil }) else { return true }
      leftAside.append((file.path, "the same file as \(shown(same.path))"))
      return false
    }
  }

  /// The files of one patient; those of others are left aside where one was asked for.
  private mutating func ofOnePatient(
    _ files: [FolderFile], _ wanted: String?
  ) throws(InputError) -> [FolderFile] {
    let counts = Dictionary(grouping: files.compactMap(\.patientID), by: \.self).mapValues(\.count)
    guard counts.count > 1 || (wanted != nil && !counts.isEmpty) else { return files }
    guard let wanted else {
      let words = counts.sorted { $0.key < $1.key }.prefix(5).map { "\($0.key) (\($0.value) files)" }
      throw InputError(
        file: roots.first ?? "import",
        "holds files of \(counts.count) patients: \(words.joined(separator: ", "))",
        advice: "choose one with --patient-id; patients are never merged")
    }
    return files.filter { file in
      guard let id = file.patientID, id != wanted else { return true }
      leftAside.append((file.path, "of patient \(id)"))
      return false
    }
  }

  /// The files of one frame of reference of the newest study that has lesions or an image in it.
  private mutating func ofOneTime(_ files: [FolderFile]) throws(InputError) -> [FolderFile] {
    let drawn = files.filter { $0.use == .structureSet || $0.use == .segmentation }
    let images = files.filter { $0.use == .ctImage }
    // What was drawn says which image is meant; without it the image does.
    let leading = drawn.isEmpty ? images : drawn
    guard !leading.isEmpty else { return files }
    let chosen = try newest(leading, isDrawn: !drawn.isEmpty)
    guard let chosen else {
      for file in images {
        leftAside.append(
          (file.path, "CT in one of several frames of reference; --ct FOLDER --series UID says which"))
      }
      return files.filter { $0.use != .ctImage }
    }
    let studies = Set(chosen.compactMap(\.study))
    let frames = Set(chosen.compactMap(\.frame))
    let day = chosen.compactMap(\.studyDay).max()
    let paths = Set(chosen.map(\.path))
    // Of one frame, or of one study where one of both names none.
    func isTogether(_ file: FolderFile) -> Bool {
      if let frame = file.frame, !frames.isEmpty { return frames.contains(frame) }
      return file.study.map(studies.contains) ?? false
    }
    if let day, let later = images.compactMap(\.studyDay).max(), later > day, !drawn.isEmpty {
      notes.append(
        "there are CT images of \(later), newer than the contours of \(day): the case is that of \(day)")
    }
    var noted: Set<FolderExclusion> = []
    return files.filter { file in
      let why: FolderExclusion
      switch file.use {
      case .structureSet, .segmentation:
        guard !paths.contains(file.path) else { return true }
        why = .contours(day: file.studyDay)
      case .ctImage:
        guard !isTogether(file) else { return true }
        why = .image(day: file.studyDay)
      case .dose:
        guard let own = file.frame, !frames.isEmpty, !frames.contains(own) else { return true }
        why = .dose
      case .measurements:
        guard !drawn.isEmpty, let day, let own = file.studyDay, own < day else { return true }
        why = .report(day: own, contours: day)
      default: return true
      }
      leftAside.append((file.path, why.text))
      if noted.insert(why).inserted { notes.append("left aside: \(why.note)") }
      return false
    }
  }

  /// Of contours, or of images without contours, those of one frame and the newest day; `nil` where images of several frames
  /// cannot be told apart.
  ///
  /// - Throws: `InputError` for contours that cannot be told apart.
  private func newest(_ files: [FolderFile], isDrawn: Bool) throws(InputError) -> [FolderFile]? {
    // Without a frame, what is of one study belongs together.
    let groups = Dictionary(grouping: files) { $0.frame ?? "study \($0.study ?? "")" }
    guard groups.count > 1 else { return files }
    func day(_ files: [FolderFile]) -> String? { files.compactMap(\.studyDay).max() }
    let newest = groups.values.compactMap(day).max()
    let chosen = groups.filter { day($0.value) == newest }
    guard chosen.count == 1, let only = chosen.first, groups.values.allSatisfy({ day($0) != nil }) else {
      guard isDrawn else { return nil }
      let words = groups.sorted { $0.key < $1.key }.map { frame, files in
        "\(frame)\(day(files).map { " of \($0)" } ?? ", undated") (\(files.map { shown($0.path) }.prefix(3).joined(separator: ", ")))"
      }
      throw InputError(
        file: roots.first ?? "import",
        "holds contours in \(groups.count) frames of reference, and which are the newest cannot be known: \(words.joined(separator: "; "))",
        advice: "import one of them: --structures FILE; frames are never mixed without a registration")
    }
    return only.value
  }

  /// The CT that contours were drawn on, else the only one.
  private mutating func chooseImage(_ files: [FolderFile]) {
    var series = Dictionary(grouping: files.filter { $0.use == .ctImage }, by: { $0.series ?? "" })
    // One image does not tell how thick it is: a slice that strayed in, or a picture of the protocol.
    for (uid, images) in series where images.count == 1 && !images[0].isMultiFrame {
      leftAside.append((images[0].path, "a single CT image"))
      series[uid] = nil
    }
    let drawnOn = Set(files.flatMap(\.drawnOn))
    let meant = series.filter { drawnOn.contains($0.key) }
    let chosen = meant.count == 1 ? meant.first : series.count == 1 ? series.first : nil
    for (uid, images) in series.sorted(by: { $0.key < $1.key }) where uid != chosen?.key {
      for image in images {
        leftAside.append(
          (
            image.path,
            chosen != nil
              ? "CT series \(uid), which the contours were not drawn on"
              : "one of \(series.count) CT series: --ct FOLDER --series UID says which"
          ))
      }
    }
    let volumes = files.filter { $0.use == .niftiImage }
    if let chosen {
      let paths = chosen.value.map(\.path).sorted()
      let folder = URL(fileURLWithPath: paths[0]).deletingLastPathComponent().path
      ct = ImageInput(path: paths.count == 1 ? paths[0] : folder, files: paths)
      for volume in volumes { leftAside.append((volume.path, "an image beside the DICOM CT")) }
    } else if series.isEmpty, volumes.count == 1 {
      ct = ImageInput(path: volumes[0].path)
    } else {
      for volume in volumes { leftAside.append((volume.path, "one of several images: --ct FILE says which")) }
    }
  }

  /// Gives each dose the plan that it names.
  private mutating func pair(_ found: [FolderFile], with plans: [FolderFile]) {
    var used: Set<String> = []
    for dose in found {
      var input = DoseInput(path: dose.path)
      if let plan = plans.first(where: { plan in plan.instance.map(dose.references.contains) ?? false }) {
        input.plan = plan.path
        used.insert(plan.path)
      }
      doses.append(input)
    }
    for plan in plans where !used.contains(plan.path) {
      leftAside.append((plan.path, "RTPLAN that no dose here names"))
    }
  }
}
