// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Parallelism

/// The patients of a cohort from all that the user named, a batch at a time.
struct CohortSource {
  /// Patients of a batch: enough to keep every processor busy, few enough that memory stays small.
  private static let mostItems = 1024
  /// Cases hold contours and take seconds.
  private static let mostCases = 16

  private enum Part {
    case lines(LineBatches)
    case table(CohortTableSource)
    case cases([String])
    case folders([[String]])
  }

  private var parts: [Part]
  /// How many patients there are; `nil` where that is known only at the end, as of lines.
  let patients: Int?
  /// What is not used of the inputs, in words.
  let warnings: [String]

  /// - Parameters:
  ///   - paths: JSON lines (a file or `-`), cases, folders of cases or of patients' files; tables too.
  ///   - tables: lesion lists of many patients: CSV, TSV, or JSON lines.
  ///   - sheet: a table of patients, for the lists.
  /// - Throws: `InputError` for what is not there or none of these.
  init(
    _ paths: [String], tables: [String], sheet: String?, _ options: LesionListOptions
  ) throws {
    let sheet = try sheet.map { try PatientSheet($0) }
    var warnings: [String] = []
    func warn(_ file: String, _ ignored: [String]) {
      guard !ignored.isEmpty else { return }
      warnings.append(
        "\(FileAccess.name(of: file)): columns not used: \(ignored.joined(separator: ", "))")
    }
    if let sheet { warn(sheet.file, sheet.ignored) }
    parts = []
    var seen: Set<String> = []
    for path in paths + tables {
      switch try Self.kind(of: path, isTable: tables.contains(path)) {
      case .lines:
        guard sheet == nil || !tables.contains(path) else {
          throw InputError(
            file: path, "holds JSON lines, which --patients does not go with",
            advice: "what is said of a patient stands under patient in the patient's line")
        }
        parts.append(.lines(try LineBatches(path: path)))
      case .cases(let cases): parts.append(.cases(cases))
      case .folders(let folders): parts.append(.folders(folders))
      case .table:
        let source = try CohortTableSource(path, options, sheet: sheet, seen: &seen)
        warn(path, source.table.ignored)
        parts.append(.table(source))
      }
    }
    if let sheet {
      let strangers = sheet.ids.filter { !seen.contains($0) }.sorted()
      if !strangers.isEmpty {
        warnings.append(
          "\(FileAccess.name(of: sheet.file)): \(strangers.count) \(strangers.count == 1 ? "patient stands" : "patients stand") in no list: \(strangers.prefix(5).joined(separator: ", "))\(strangers.count > 5 ? " …" : "")"
        )
      }
    }
    self.warnings = warnings
    let counts = parts.map { part -> Int? in
      switch part {
      case .lines: nil
      case .table(let table): table.patients
      case .cases(let cases): cases.count
      case .folders(let folders): folders.count
      }
    }
    patients = counts.contains(nil) ? nil : counts.compactMap(\.self).reduce(0, +)
    // The first patient is to come first.
    parts.reverse()
  }

  private enum Kind {
    case lines, table
    case cases([String])
    case folders([[String]])
  }

  private static func kind(of path: String, isTable: Bool) throws(InputError) -> Kind {
    if path == "-" { return .lines }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InputError(.notFound, file: path, "is not there", advice: "check the name")
    }
    if isFolder.boolValue { return try contents(of: path) }
    switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "csv", "tsv", "txt": return .table
    case "json" where CaseStore.isCase(path): return .cases([path])
    case "json":
      throw InputError(
        file: path, "is JSON, but no case",
        advice: "write one patient a line (JSON lines, .jsonl), or a table")
    case "jsonl", "ndjson": return .lines
    default: return isTable ? .table : .lines
    }
  }

  /// The cases of a folder: the folder itself, or those within it, one level deep, by their names.
  ///
  /// Where it holds none, each
  /// folder within it is a patient's, as hospitals export them; a folder without folders is one patient's.
  private static func contents(of folder: String) throws(InputError) -> Kind {
    if CaseStore.isCase(folder) { return .cases([folder]) }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted() else {
      throw InputError(
        .notFound, file: folder, "is a folder that cannot be read", advice: "check its permissions")
    }
    let inner = names.filter { !$0.hasPrefix(".") }.map {
      folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)"
    }
    let found = inner.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      return (isFolder.boolValue || path.lowercased().hasSuffix(".json")) && CaseStore.isCase(path)
    }
    guard found.isEmpty else { return .cases(found) }
    let folders = inner.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      return isFolder.boolValue
    }
    guard !inner.isEmpty else {
      throw InputError(
        file: folder, "holds no case and no patient's folder",
        advice: "make cases with oligoplan import … -o \(folder)/PATIENT")
    }
    guard !folders.isEmpty else { return .folders([[folder]]) }
    let loose = inner.filter { !folders.contains($0) }
    guard loose.isEmpty else {
      throw InputError(
        file: folder,
        "holds files beside folders (\(loose.prefix(3).map(FileAccess.name).joined(separator: ", "))), so whose they are cannot be known",
        advice: "give a folder in which each folder is one patient's")
    }
    return .folders(byPatient(folders))
  }

  /// Folders that hold files of one patient by their DICOM ID are that patient's together: CT, contours and doses are often
  /// exported one folder each.
  private static func byPatient(_ folders: [String]) -> [[String]] {
    let ids = Workers.map(folders.count) { index -> String? in
      let files = (try? FolderWalk.files(in: folders[index])) ?? []
      return files.lazy.compactMap { FolderFile($0).patientID }.first
    }
    var groups: [[String]] = []
    var places: [String: Int] = [:]
    for (folder, id) in zip(folders, ids) {
      if let id, let place = places[id] {
        groups[place].append(folder)
      } else {
        if let id { places[id] = groups.count }
        groups.append([folder])
      }
    }
    return groups
  }

  /// The next patients; empty at the end.
  ///
  /// - Throws: `InputError` where an input cannot be read further.
  mutating func next() throws(InputError) -> [CohortItem] {
    while let part = parts.popLast() {
      var items: [CohortItem] = []
      switch part {
      case .lines(var lines):
        items = try lines.next().map(CohortItem.line)
        if !items.isEmpty { parts.append(.lines(lines)) }
      case .table(var table):
        while items.count < Self.mostItems, let rows = try table.next() { items.append(.rows(rows)) }
        if !items.isEmpty { parts.append(.table(table)) }
      case .cases(let paths):
        items = paths.prefix(Self.mostCases).map { CohortItem.stored(path: $0) }
        if paths.count > Self.mostCases { parts.append(.cases(Array(paths.dropFirst(Self.mostCases)))) }
      case .folders(let paths):
        items = paths.prefix(Self.mostCases).map { CohortItem.folders(paths: $0) }
        if paths.count > Self.mostCases { parts.append(.folders(Array(paths.dropFirst(Self.mostCases)))) }
      }
      if !items.isEmpty { return items }
    }
    return []
  }
}
