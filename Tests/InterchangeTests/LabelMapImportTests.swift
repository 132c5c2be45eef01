// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Phantoms
import Quantities
import Testing
import Vocabulary

@testable import Interchange

@Suite("Label maps brought into a case")
struct LabelMapImportTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func run(
    _ labels: [LabelMapInput], structures: [String] = [], choice: RegionOfInterestChoice = .init(),
    _ change: (inout CaseImport) -> Void = { _ in }
  ) throws -> PatientCase {
    var work = CaseImport()
    work.labelMaps = labels
    work.structureSets = structures
    work.choice = choice
    change(&work)
    return try work.run()
  }

  private func write(_ name: String, _ draft: NIfTIDraft) throws -> LabelMapInput {
    LabelMapInput(path: try scratch.write(name, draft.compressed))
  }

  private static func table(_ names: [Int: String]) -> String {
    names.sorted { $0.key < $1.key }.map { "<Label Key=\"\($0.key)\"><![CDATA[\($0.value)]]></Label>" }
      .joined()
  }

  /// Blocks of labels apart from one another; label n fills the columns 3n and 3n + 1.
  private static func blocks(_ labels: Int, names: [Int: String]? = nil) -> NIfTIDraft {
    var draft = NIfTIDraft.map(count: SIMD3(3 * labels + 4, 5, 5)) { p in
      p.x >= 3 && p.x % 3 < 2 && p.x / 3 <= labels && (1...3).contains(p.y) && (1...3).contains(p.z)
        ? p.x / 3 : 0
    }
    draft.header = names.map(table)
    return draft
  }

  @Test("a combined map has structures by name, volumes by voxels, and says what is not in it")
  func combined() throws {
    let names = [1: "liver", 2: "rib_left_7", 3: "spleen", 9: "heart", 10: "brain"]
    let result = try run([write("seg.nii.gz", Self.blocks(3, names: names))])
    #expect(result.structures.map(\.name.tg263) == ["Liver", "Rib07_L", "Spleen"])
    #expect(result.structures.map(\.sourceName) == ["liver", "rib_left_7", "spleen"])
    for structure in result.structures {
      #expect(abs(structure.solid.volume.cubicMillimeters - 18) < 1e-9)
    }
    let absent = result.warnings.filter { $0.contains("not segmented is not the same") }
    #expect(absent.count == 1)
    // What matters stands first.
    #expect(absent[0].contains("heart, brain"))
    #expect(result.inputs.map(\.name) == ["seg.nii.gz"])
    #expect(result.frameOfReference == nil)
    // Back from disk.
    let place = scratch.path("case")
    try CaseStore.write(result, to: place, tool: "test")
    #expect(try CaseStore.read(place).patientCase == result)
  }

  @Test("labels without a name are kept by number, and TotalSegmentator's numbering is not guessed")
  func unnamed() throws {
    let result = try run([write("seg.nii.gz", Self.blocks(3, names: [2: "liver"]))])
    #expect(result.structures.map(\.name.tg263) == ["Label_1", "Liver", "Label_3"])
    #expect(result.structures.map(\.name.role) == [.other, .liver, .other])
    #expect(result.warnings.contains { $0.contains("label 1, 3") && $0.contains("--label-names") })
  }

  @Test("a file of names is taken before the header's, and a difference is told")
  func namesFile() throws {
    let map = try write("seg.nii.gz", Self.blocks(2, names: [1: "liver", 2: "spleen"]))
    let names = try scratch.write("names.json", #"{"1": "kidney_left"}"#)
    let result = try run([LabelMapInput(path: map.path, namesFile: names)])
    #expect(result.structures.map(\.name.tg263) == ["Kidney_L", "Spleen"])
    #expect(result.warnings.contains { $0.contains("named liver in its header; kidney_left") })
    #expect(result.inputs.map(\.name) == ["seg.nii.gz", "names.json"])
  }

  @Test("a folder has one organ a file, named by it; empty files are told once")
  func folder() throws {
    let folder = scratch.url.appendingPathComponent("organs")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, fill) in [
      ("lung_upper_lobe_left", 1), ("lung_lower_lobe_left", 1), ("heart", 255), ("trachea", 0), ("brain", 0),
    ] {
      let draft = NIfTIDraft.map(count: SIMD3(6, 6, 8)) { p in
        let half = name.contains("upper") ? (4...6).contains(p.z) : (1...3).contains(p.z)
        return half && (1...4).contains(p.x) && (1...4).contains(p.y) ? fill : 0
      }
      try Data(draft.compressed).write(to: folder.appendingPathComponent("\(name).nii.gz"))
    }
    try Data("{}".utf8).write(to: folder.appendingPathComponent("statistics.json"))
    let result = try run([LabelMapInput(path: folder.path)])
    let drawn = result.structures.filter { $0.derivation == nil }.map(\.name.tg263)
    #expect(Set(drawn) == ["Lung_LUL", "Lung_LLL", "Heart"])
    let lung = try #require(result.structures.first { $0.name.tg263 == "Lung_L" })
    #expect(abs(lung.solid.volume.cubicMillimeters - 16 * 6) < 1e-6)
    #expect(result.warnings.filter { $0.contains("no voxel of trachea, brain") }.count == 1)
    #expect(result.inputs.count == 5)
  }

  @Test("lesions by parts that do not touch: the largest first, none lost, in any orientation")
  func lesions() throws {
    // 8 voxels; 3 voxels in a line that hang on by a corner each; two single ones.
    let cube = Set((0..<8).map { SIMD3(1 + $0 % 2, 1 + $0 / 2 % 2, 1 + $0 / 4) })
    let slant: Set = [SIMD3(5, 5, 4), SIMD3(6, 6, 5), SIMD3(7, 7, 6)]
    let single: Set = [SIMD3(1, 8, 2), SIMD3(8, 1, 8)]
    let all = cube.union(slant).union(single)
    for (axes, against) in [([0, 1, 2], [true, true, false]), ([2, 0, 1], [true, false, false])] {
      let draft = NIfTIDraft.map(count: SIMD3(10, 10, 10), axes: axes, against: against) {
        all.contains($0) ? 1 : 0
      }
      let result = try run([write("lung_nodules.nii.gz", draft)])
      #expect(result.lesions.map(\.id) == (1...4).map { "lung_nodules_\($0)" })
      let volumes = result.lesions.compactMap { $0.body?.solid.volume.cubicMillimeters }
      #expect(zip(volumes, [8, 3, 1, 1]).allSatisfy { abs($0 - $1) < 1e-9 })
      // Of two of one size the lower comes first.
      #expect(result.lesions[2].position == SIMD3(1, 8, 2))
      #expect(result.lesions[3].position == SIMD3(8, 1, 8))
      #expect(
        result.warnings.contains { $0.contains("lung_nodules_1 (8 voxels), lung_nodules_2 (3 voxels)") })
      #expect(
        result.warnings.contains { $0.contains("under 3 voxels across") && $0.contains("lung_nodules_4") })
      #expect(result.lesions[3].warnings.contains { $0.contains("1 × 1 × 1 voxels") })
      #expect(result.structures.isEmpty)
    }
  }

  @Test("one part keeps its label's name; targets and choices are as for ROIs")
  func kinds() throws {
    let names = [1: "GTV", 2: "PTV", 3: "infiltrate", 4: "tumor bed"]
    let map = try write("seg.nii.gz", Self.blocks(4, names: names))
    let plain = try run([map])
    #expect(plain.lesions.map(\.id) == ["GTV"])
    #expect(plain.targets.map(\.sourceName) == ["PTV"])
    #expect(plain.structures.map(\.sourceName) == ["infiltrate", "tumor bed"])
    let chosen = try run([map], choice: .init(lesions: ["infiltrate"], structures: ["GTV"]))
    #expect(chosen.lesions.map(\.id) == ["infiltrate"])
    #expect(chosen.structures.map(\.sourceName) == ["GTV", "tumor bed"])
    #expect(throws: InputError.self) { try run([map], choice: .init(lesions: ["nowhere"])) }
  }

  @Test("what touches the edge of the image may be cut off, and is told by name")
  func edges() throws {
    var draft = NIfTIDraft.map(count: SIMD3(8, 8, 8)) { p in
      p.z == 0
        ? 1 : (3...4).contains(p.x) && (3...4).contains(p.y) && (3...4).contains(p.z) ? 2 : p.y == 7 ? 3 : 0
    }
    draft.header = Self.table([1: "liver", 2: "spleen", 3: "skin"])
    let result = try run([write("seg.nii.gz", draft)])
    let told = result.warnings.filter { $0.contains("touching the edge") }
    #expect(told.count == 1)
    #expect(told.first?.contains("liver") == true)
    #expect(told.first?.contains("spleen") == false)
    #expect(told.first?.contains("skin") == false)
    #expect(result.structures.first { $0.sourceName == "liver" }?.warnings.isEmpty == false)
  }

  @Test("beside a structure set: drawn organs stand, doubles are named, frames are said to be one")
  func beside() throws {
    let path = scratch.path("rs.dcm")
    let phantom = try #require(try PhantomCatalogue.make(name: "thorax"))
    try RTStructureSetWriter(phantom.patientCase).write(to: path)
    let drawn = try run([], structures: [path])
    let map = try write("seg.nii.gz", Self.blocks(2, names: [1: "heart", 2: "kidney_left"]))
    let result = try run([map], structures: [path]) {
      $0.endCap = .none
      $0.gapPolicy = .bridged
    }
    #expect(result.structures.filter { $0.name.tg263 == "Heart" }.count == 1)
    #expect(
      result.structures.first { $0.name.tg263 == "Heart" }?.sourceName
        == drawn.structures.first { $0.name.tg263 == "Heart" }?.sourceName)
    #expect(result.warnings.contains { $0.contains("heart was left out") && $0.contains("0.0 cc against") })
    let kidney = try #require(result.structures.first { $0.name.tg263 == "Kidney_L" })
    #expect(kidney.solid.endCap == .voxels)
    #expect(abs(kidney.solid.volume.cubicMillimeters - 18) < 1e-9)
    #expect(result.warnings.contains { $0.contains("names no DICOM frame of reference") })
    #expect(result.warnings.contains { $0.contains("--end-cap none does not hold for label maps") })
    #expect(result.warnings.contains { $0.contains("--bridge-gaps does not hold for label maps") })
    #expect(result.frameOfReference == drawn.frameOfReference)
  }

  @Test("labels that share a TG-263 name are all kept; nothing labelled is an error")
  func shared() throws {
    let map = try write("seg.nii.gz", Self.blocks(2, names: [1: "small_bowel", 2: "jejunum"]))
    let result = try run([map])
    #expect(result.structures.map(\.name.tg263) == ["Bowel_Small", "Bowel_Small"])
    #expect(result.warnings.contains { $0.contains("small_bowel and jejunum are all Bowel_Small") })
    let empty = try write("empty.nii.gz", .map(count: SIMD3(3, 3, 3)) { _ in 0 })
    #expect(throws: InputError.self) { try run([empty]) }
  }

  @Test("the airway tree of TotalSegmentator reaches too far, and says so")
  func airways() throws {
    let draft = NIfTIDraft.map(count: SIMD3(6, 6, 6)) {
      (2...3).contains($0.x) && (2...3).contains($0.y) && (1...4).contains($0.z) ? 1 : 0
    }
    let result = try run([write("lung_trachea_bronchia.nii.gz", draft)])
    let tree = try #require(result.structures.first { $0.derivation == nil })
    #expect(tree.name.role == .bronchialTree)
    #expect(tree.warnings.contains { $0.contains("beyond the proximal bronchial tree") })
  }
}
