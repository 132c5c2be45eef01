// SPDX-License-Identifier: Apache-2.0
import Cases
import Foundation
import Planning
import Testing

@testable import Interchange

@Suite("Folders of patients as a cohort")
struct PatientFolderCohortTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func items(_ path: String) throws -> [CohortItem] {
    var source = try CohortSource([path], tables: [], sheet: nil, LesionListOptions())
    return try source.next()
  }

  @Test("each folder is a patient, a folder without folders is one; cases come before files")
  func folders() throws {
    for name in ["b/ct", "a", "empty"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path("tree/" + name), withIntermediateDirectories: true)
    }
    _ = try scratch.write("tree/a/l.csv", "lesion_id,site,longest_diameter_mm\nL1,lung,12\n")
    _ = try scratch.write("tree/b/l.csv", "lesion_id,site,longest_diameter_mm\nL1,liver,22\n")
    func names(_ items: [CohortItem]) -> [String] {
      items.map { item in
        switch item {
        case .folders(let paths):
          "folder " + paths.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: "+")
        case .stored(let path): "case \(URL(fileURLWithPath: path).lastPathComponent)"
        default: "other"
        }
      }
    }
    #expect(
      try CohortSource([scratch.path("tree")], tables: [], sheet: nil, LesionListOptions()).patients == 3)
    let table = try scratch.write(
      "all.csv", "patient_id,lesion_id,site,longest_diameter_mm\nP1,a,lung,12\nP2,b,lung,9\nP1,c,lung,8\n")
    #expect(try CohortSource([table], tables: [], sheet: nil, LesionListOptions()).patients == 2)
    let found = try items(scratch.path("tree"))
    #expect(names(found) == ["folder a", "folder b", "folder empty"])
    #expect(names(try items(scratch.path("tree/a"))) == ["folder a"])
    // The same files, wherever they stand, are the same patient; others are not.
    let hash = try found[0].sha256()
    try FileManager.default.copyItem(atPath: scratch.path("tree/a"), toPath: scratch.path("copy"))
    #expect(try CohortItem.folders(paths: [scratch.path("copy")]).sha256() == hash)
    #expect(try found[1].sha256() != hash)
  }

  @Test("a patient's folder becomes a case; one without lesions, or with two patients, says why")
  func imports() throws {
    _ = try scratch.write("l.csv", "patient_id,lesion_id,site,longest_diameter_mm\nP1,L1,lung,12\n")
    let folder = scratch.url.path
    let patientCase = try CaseImport(FolderContents([folder]), of: folder, LesionListOptions()).run()
    #expect(patientCase.lesions.map(\.id) == ["L1"])
    let empty = scratch.path("none")
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
    #expect(throws: InputError.self) {
      try CaseImport(FolderContents([empty]), of: empty, LesionListOptions())
    }
  }
}
