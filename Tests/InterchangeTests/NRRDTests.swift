// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import Testing
import Vocabulary

@testable import Interchange

@Suite("Segmentations in NRRD")
struct NRRDTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A header with fields in order, and voxels after a blank line.
  private func file(_ fields: [(String, String)], _ bytes: [UInt8], keys: [(String, String)] = []) throws
    -> String
  {
    let text =
      "NRRD0004\n# a comment\n" + fields.map { "\($0.0): \($0.1)\n" }.joined()
      + keys.map { "\($0.0):=\($0.1)\n" }.joined() + "\n"
    return try scratch.write("a.seg.nrrd", Array(text.utf8) + bytes)
  }

  private func fields(_ changes: [String: String?] = [:], layers: Int? = nil) -> [(String, String)] {
    let base: [(String, String)] = [
      ("type", "unsigned char"), ("dimension", layers == nil ? "3" : "4"),
      ("space", "left-posterior-superior"), ("sizes", (layers.map { "\($0) " } ?? "") + "3 2 2"),
      ("space directions", (layers == nil ? "" : "none ") + "(2,0,0) (0,1,0) (0,0,3)"),
      ("kinds", "domain domain domain"), ("encoding", "raw"), ("space origin", "(10,20,30)"),
    ]
    return base.compactMap { name, value in
      guard let change = changes[name] else { return (name, value) }
      return change.map { (name, $0) }
    }
  }

  @Test("voxels, directions and coordinate systems")
  func plain() throws {
    // One voxel of label 7: column 2, row 1, plane 0.
    var bytes = [UInt8](repeating: 0, count: 12)
    bytes[5] = 7
    for (space, directions, place) in [
      ("left-posterior-superior", "(2,0,0) (0,1,0) (0,0,3)", SIMD3(14.0, 21.0, 30.0)),
      ("RAS", "(2,0,0) (0,1,0) (0,0,3)", SIMD3(-14, -21, 30)),
      ("left-anterior-superior", "(2,0,0) (0,1,0) (0,0,3)", SIMD3(14, -21, 30)),
      ("LPS", "(-2,0,0) (0,0,1) (0,-3,0)", SIMD3(6, 20, 31)),
    ] {
      let map = try LabelMap(path: file(fields(["space": space, "space directions": directions]), bytes))
      #expect(map.labels.map(\.value) == [7])
      let centre = VoxelBody(grid: map.grid).centroid(of: map.labels[0].voxels)
      let offset = centre - place
      #expect((offset * offset).sum() < 1e-18, "\(space) \(directions): \(centre)")
      #expect(abs(map.grid.voxelVolume - 6) < 1e-12)
    }
  }

  @Test("all types of numbers in both orders of bytes")
  func types() throws {
    for (type, width, isBig) in [
      ("short", 2, false), ("uint16", 2, true), ("int", 4, true), ("unsigned int", 4, false),
      ("float", 4, true),
      ("double", 8, false), ("double", 8, true), ("signed char", 1, false),
    ] {
      var bytes: [UInt8] = []
      for index in 0..<12 {
        let label = index == 4 ? 3 : 0
        var raw: [UInt8]
        switch type {
        case "float": raw = withUnsafeBytes(of: Float(label).bitPattern.littleEndian) { Array($0) }
        case "double": raw = withUnsafeBytes(of: Double(label).bitPattern.littleEndian) { Array($0) }
        default: raw = [UInt8(label)] + [UInt8](repeating: 0, count: width - 1)
        }
        bytes += isBig ? raw.reversed() : raw
      }
      let all = fields(["type": type]) + [("endian", isBig ? "big" : "little")]
      let map = try LabelMap(path: file(all, bytes))
      #expect(map.labels.map(\.value) == [3], "\(type)")
      #expect(map.labels.first?.voxels.count == 1)
    }
  }

  @Test("Slicer's segments: names, layers that overlap, codes, and a segment without voxels")
  func slicer() throws {
    // Two layers: a voxel's layers lie together. Layer 0 has value 1 in the first row, layer 1 value 1 in the first plane.
    var bytes: [UInt8] = []
    for plane in 0..<2 {
      for row in 0..<2 {
        for _ in 0..<3 { bytes += [row == 0 ? 1 : 0, plane == 0 ? 1 : 0] }
      }
    }
    let keys = [
      ("Segment0_Name", "Segment_1"), ("Segment0_Layer", "0"), ("Segment0_LabelValue", "1"),
      (
        "Segment0_Tags",
        "TerminologyEntry:x~SCT^49755003^Morphologically Altered Structure~SCT^4147007^Mass~^^~x~SCT^10200004^Liver~^^|"
      ), ("Segment1_Name", "Liver"), ("Segment1_Layer", "1"), ("Segment1_LabelValue", "1"),
      ("Segment2_Name", "Spleen"), ("Segment2_Layer", "1"), ("Segment2_LabelValue", "2"),
    ]
    let map = try LabelMap(path: file(fields(layers: 2), bytes, keys: keys))
    #expect(map.labels.map(\.voxels.count) == [6, 6])
    #expect(map.labels[0].meaning?.isGrowth == true)
    #expect(map.labels[0].meaning?.site == .liver)
    #expect(map.names == [1: "Segment_1", 2: "Liver", 3: "Spleen"])
  }

  @Test("what is not there, or would move or change voxels, is refused")
  func refusals() throws {
    let bytes = [UInt8](repeating: 1, count: 12)
    for change: [String: String?] in [
      ["space": nil], ["space": "scanner-xyz"], ["space directions": nil], ["space origin": nil],
      ["space directions": "(2,0.3,0) (0,1,0) (0,0,3)"], ["encoding": "bzip2"], ["type": "block"],
      ["sizes": "3 2"], ["sizes": "3 2 99"], ["sizes": "1048576 1048576 1048576"], ["type": "short"],
      ["space directions": "(2,0,0) (0,1,0) (0,1,0)"], ["space directions": "none (0,1,0) (0,0,3)"],
    ] {
      #expect(throws: InputError.self, "\(change)") { try LabelMap(path: file(fields(change), bytes)) }
    }
    #expect(throws: InputError.self) {
      try LabelMap(path: file(fields() + [("space units", "\"cm\" \"cm\" \"cm\"")], bytes))
    }
    let named = try LabelMap(path: file(fields() + [("space units", "\"mm\" \"mm\" \"mm\"")], bytes))
    #expect(named.doubts.isEmpty)
    #expect(try LabelMap(path: file(fields(), bytes)).doubts.contains { $0.contains("unit") })
    #expect(throws: InputError.self) { try LabelMap(path: file(fields() + [("data file", "x.raw")], bytes)) }
    #expect(throws: InputError.self) { try LabelMap(path: file(fields(), Array(bytes.dropLast()))) }
  }
}
