// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Files of a patient sorted by what they hold, for a command that is given files or a folder and no options.
public struct FolderContents: Sendable {
  /// DICOM RT Structure Sets.
  public private(set) var structureSets: [String] = []
  /// RTDOSE files, each with the RTPLAN that it names where that is there.
  public private(set) var doses: [DoseInput] = []
  /// NIfTI label maps.
  public private(set) var labelMaps: [String] = []
  /// Lesion lists: CSV, TSV or JSON.
  public private(set) var lesionLists: [String] = []
  /// A patient file; `nil` without one.
  public private(set) var patientFile: String?
  /// What was left aside, each with why.
  public private(set) var leftAside: [(file: String, why: String)] = []
  private var plans: [(path: String, uid: String)] = []
  /// The plans that each dose names, by their SOP Instance UIDs.
  private var plansOfDoses: [[String]] = []

  /// What each file was taken for, in words.
  public var words: [String] {
    func lines(_ files: [String], _ word: String) -> [String] {
      files.map { "  \(word) \(FileAccess.name(of: $0))" }
    }
    return lines(structureSets, "structure set") + lines(doses.map(\.path), "dose")
      + lines(doses.compactMap(\.plan), "plan of a dose") + lines(labelMaps, "label map")
      + lines(lesionLists, "lesion list") + lines([patientFile].compactMap(\.self), "patient file")
      + leftAside.map { "  left aside: \(FileAccess.name(of: $0.file)) (\($0.why))" }
  }

  /// Sorts files, and those of folders, one level deep.
  ///
  /// - Throws: `InputError` for a path that is not there, and for two patient files.
  public init(_ paths: [String]) throws(InputError) {
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw InputError(.notFound, file: path, "is not there", advice: "check the name")
      }
      guard isFolder.boolValue else {
        try take(path)
        continue
      }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path).sorted() else {
        throw InputError(
          .notFound, file: path, "is a folder that cannot be read", advice: "check its permissions")
      }
      for name in names where !name.hasPrefix(".") {
        let inner = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
        var isInner: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: inner, isDirectory: &isInner)
        if isInner.boolValue {
          leftAside.append((inner, "a folder within the folder: name it by itself"))
        } else {
          try take(inner)
        }
      }
    }
    pairPlans()
  }

  private mutating func take(_ path: String) throws(InputError) {
    switch FileKind(path) {
    case .dicom: takeDICOM(path)
    case .nifti: labelMaps.append(path)
    case .empty: leftAside.append((path, "empty"))
    case .nrrd: leftAside.append((path, "NRRD: convert it to NIfTI"))
    case .compressed, .archive: leftAside.append((path, "packed: unpack it first"))
    case .pdf: leftAside.append((path, "PDF"))
    case .missing, .folder: leftAside.append((path, "cannot be read"))
    case .slicerFiducials: lesionLists.append(path)
    case .other: try takeText(path)
    }
  }

  private mutating func takeText(_ path: String) throws(InputError) {
    switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "csv", "tsv": lesionLists.append(path)
    case "yaml", "yml":
      if let other = patientFile {
        throw InputError(
          file: path, "is a second patient file beside \(FileAccess.name(of: other))",
          advice: "give one: --patient FILE")
      }
      patientFile = path
    case "json": takeJSON(path)
    case "txt":
      leftAside.append((path, "text: a histogram of an earlier course is given with --dvh FILE,fractions=N"))
    default: leftAside.append((path, "not recognised"))
    }
  }

  private mutating func takeJSON(_ path: String) {
    switch JSONKind(path) {
    case .rows: lesionLists.append(path)
    case .ours(let schema): leftAside.append((path, "\(schema), a file of this program"))
    case .unreadable: leftAside.append((path, "not JSON that can be read"))
    case .other: leftAside.append((path, "JSON: say what it is, --lesions FILE or --patient FILE"))
    }
  }

  private mutating func takeDICOM(_ path: String) {
    let data: DICOMItem
    let file: DICOMFile
    do { file = try DICOMFile(path: path) } catch {
      // Of a folder of slices one may be damaged; what lesions come from is read again and refused there.
      leftAside.append((path, error.message))
      return
    }
    data = file.dataset
    switch data.string(.modality) {
    case "RTSTRUCT": structureSets.append(path)
    case "RTDOSE":
      doses.append(DoseInput(path: path))
      plansOfDoses.append(
        (data.items(.referencedRTPlanSequence) ?? []).compactMap { $0.string(.referencedSOPInstanceUID) })
    case "RTPLAN": plans.append((path, data.string(.sopInstanceUID) ?? ""))
    case "SEG": leftAside.append((path, "DICOM SEG: not read yet; convert it to an RT Structure Set"))
    case let modality?: leftAside.append((path, "\(modality), nothing to read lesions from"))
    case nil: leftAside.append((path, "DICOM without a modality"))
    }
  }

  /// Gives each dose the plan that it names.
  private mutating func pairPlans() {
    var used: Set<String> = []
    for (index, named) in plansOfDoses.enumerated() {
      guard let plan = plans.first(where: { named.contains($0.uid) && !$0.uid.isEmpty }) else { continue }
      doses[index].plan = plan.path
      used.insert(plan.path)
    }
    for plan in plans where !used.contains(plan.path) {
      leftAside.append((plan.path, "RTPLAN that no dose here names"))
    }
  }
}
