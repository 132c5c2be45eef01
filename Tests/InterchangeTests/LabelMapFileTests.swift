// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import Testing

@testable import Interchange

@Suite("NIfTI files, good and bad")
struct LabelMapFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let cube = NIfTIDraft.map(count: SIMD3(4, 4, 4), spacing: SIMD3(1, 1, 2)) {
    $0.x > 0 && $0.x < 3 && $0.y > 0 && $0.y < 3 && $0.z > 0 && $0.z < 3 ? 3 : 0
  }

  private func refusal(_ bytes: [UInt8], _ name: String = "map.nii") throws -> String {
    let path = try scratch.write(name, bytes)
    do {
      let map = try LabelMap(path: path)
      return "accepted \(map.labels.map(\.value))"
    } catch {
      #expect(error.kind == .invalid)
      #expect(error.file.hasSuffix(name))
      #expect(!error.advice.isEmpty)
      return error.description
    }
  }

  @Test(
    "every type of number, both versions, both byte orders, plain and compressed",
    arguments: [2, 4, 8, 16, 64, 256, 512, 768], [1, 2])
  func types(datatype: Int, version: Int) throws {
    for bigEndian in [false, true] {
      for compressed in [false, true] {
        var draft = Self.cube
        draft.datatype = datatype
        draft.version = version
        draft.bigEndian = bigEndian
        let path = try scratch.write(
          compressed ? "map.nii.gz" : "map.nii", compressed ? draft.compressed : draft.bytes)
        let map = try LabelMap(path: path)
        #expect(map.labels.map(\.value) == [3])
        #expect(map.labels.first?.voxels.count == 8)
        #expect(map.grid.voxelVolume == 2)
        #expect(map.doubts.isEmpty)
      }
    }
  }

  @Test("scaled values are refused, since they would rename organs; a slope of 1, 0 or NaN means none")
  func scaling() throws {
    var draft = Self.cube
    for (slope, intercept) in [(2.0, 0.0), (1, 1), (0.1, 0)] {
      draft.slope = slope
      draft.intercept = intercept
      #expect(try refusal(draft.bytes).contains("plain labels"))
    }
    draft.intercept = 0
    for none in [0, Double.nan, 1] {
      draft.slope = none
      #expect(try LabelMap(path: scratch.write("c.nii", draft.bytes)).labels.map(\.value) == [3])
    }
  }

  @Test(
    "units are converted; without one millimetres are taken and that is said; voxels of a metre are refused")
  func units() throws {
    for (unit, factor) in [(2, 1.0), (0, 1), (3, 0.001)] {
      var draft = Self.cube
      draft.units = unit
      draft.affine = draft.affine.map { $0.map { $0 / factor } }
      let map = try LabelMap(path: scratch.write("u.nii", draft.bytes))
      #expect(abs(map.grid.voxelVolume / 2 - 1) < 1e-6)
      #expect(map.doubts.contains { $0.contains("unit") || $0.contains("micrometres") } == (unit != 2))
    }
    for unit in [1, 3] {
      var draft = Self.cube
      draft.units = unit
      #expect(try refusal(draft.bytes).contains("in millimetres"))
    }
  }

  @Test("a fourth dimension of one image is none, and empty maps are read")
  func lenience() throws {
    var draft = Self.cube
    draft.dimensions = 5
    #expect(try LabelMap(path: scratch.write("a.nii", draft.bytes)).labels.count == 1)
    draft.values = draft.values.map { _ in 0 }
    #expect(try LabelMap(path: scratch.write("b.nii", draft.compressed)).labels.isEmpty)
  }

  @Test("what is no label map on the patient's axes is refused with what to do")
  func refusals() throws {
    func changed(_ change: (inout NIfTIDraft) -> Void) throws -> String {
      var draft = Self.cube
      change(&draft)
      return try refusal(draft.bytes)
    }
    #expect(try changed { $0.magic = "xyz" }.contains("no NIfTI magic"))
    #expect(try changed { $0.magic = "ni1" }.contains("file of its own"))
    #expect(try refusal([]).contains("is no NIfTI file"))
    #expect(
      try refusal([UInt8]("this is text, not an image, and long enough to be one".utf8)).contains("no NIfTI"))
    #expect(try changed { $0.affine[0] = [1, 0.01, 0, 0] }.contains("is oblique"))
    #expect(
      try changed { $0.affine = [[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]] }.contains("no usable affine"))
    #expect(try changed { $0.affine[1][1] = .nan }.contains("no usable affine"))
    #expect(try changed { $0.affine[2][3] = .infinity }.contains("no usable affine"))
    #expect(try changed { $0.sformCode = 0 }.contains("neither an sform nor a qform"))
    func qform(_ change: (inout NIfTIDraft) -> Void) throws -> String {
      try changed {
        $0.sformCode = 0
        $0.qformCode = 1
        change(&$0)
      }
    }
    #expect(try qform { $0.pixdim[1] = 0 }.contains("voxel size 0 x 1 x 2"))
    #expect(try qform { $0.pixdim[3] = .nan }.contains("no usable affine"))
    #expect(try qform { $0.quaternion[0] = .nan }.contains("no usable affine"))
    #expect(try qform { $0.quaternion = [0.1, 0, 0, 0, 0, 0] }.contains("is oblique"))
    #expect(try qform { $0.quaternion = [0, 0, 1, 0, 0, 0] }.hasPrefix("accepted"))
    #expect(
      try changed {
        $0.further[0] = 2; $0.dimensions = 4
      }.contains("2 images along dimension 4"))
    #expect(try changed { $0.dimensions = 2 }.contains("no single three-dimensional image"))
    #expect(try changed { $0.dimensions = 99 }.contains("99 dimensions"))
    #expect(try changed { $0.size.0 = -4 }.contains("-4 voxels"))
    #expect(try changed { $0.datatype = 128 }.contains("holds no labels"))
    #expect(try changed { $0.offset = 1e9 }.contains("begin at byte"))
    #expect(try changed { $0.offset = .nan }.contains("begin at byte"))
    #expect(try changed { $0.offset = 12 }.contains("begin at byte"))
    for (value, text) in [
      (0.5, "whole numbers"), (.nan, "whole numbers"), (-1, "0 or more"), (3e9, "go up to"),
    ] {
      #expect(
        try changed {
          $0.datatype = 64
          $0.values[21] = value
        }.contains(text))
    }
    let place = try changed {
      $0.datatype = 16
      $0.values[4 * 4 * 2 + 4 * 1 + 3] = 0.25
    }
    #expect(place.contains("voxel (3, 1, 2)"))
    let grey = NIfTIDraft(size: (20, 20, 20), values: (0..<8000).map { Double($0) })
    var image = grey
    image.datatype = 512
    #expect(try refusal(image.bytes).contains("an image, not a label map"))
  }

  @Test("files cut short at any byte are refused, plain or compressed, and so is a wrong checksum")
  func truncation() throws {
    let plain = Self.cube.bytes
    for length in stride(from: 0, to: plain.count, by: 7) {
      #expect(!(try refusal(Array(plain[..<length])).hasPrefix("accepted")), "\(length) bytes")
    }
    let packed = Self.cube.compressed
    for length in stride(from: 0, to: packed.count - 8, by: 7) {
      #expect(!(try refusal(Array(packed[..<length]), "map.nii.gz").hasPrefix("accepted")), "\(length) bytes")
    }
    var wrong = packed
    wrong[packed.count - 7] ^= 1
    #expect(try refusal(wrong, "map.nii.gz").contains("cut short"))
  }

  @Test("a header that claims too much costs nothing")
  func hugeClaims() throws {
    var draft = Self.cube
    draft.size = (28000, 28000, 2)
    draft.affine = draft.affine.map { $0.map { $0 * 0.1 } }
    #expect(try refusal(draft.bytes).contains("ends before its last voxel"))
    #expect(try refusal(draft.compressed, "map.nii.gz").contains("ends before its last voxel"))
    draft.size = (30000, 30000, 2)
    #expect(try refusal(draft.bytes).contains("1716 MB unpacked"))
    draft.size = (32767, 32767, 32767)
    #expect(try refusal(draft.bytes).contains("more than any image has"))
    draft.version = 2
    draft.size = (1 << 40, 1 << 40, 1 << 40)
    #expect(try refusal(draft.bytes).contains("more than any image has"))
    draft.size = (4, 4, Int.max)
    #expect(try refusal(draft.bytes).contains("more than any image has"))
    draft.dimensions = 200
    #expect(try refusal(draft.bytes).contains("200 dimensions"))
  }

  @Test("any byte may be wrong: it is read or refused, and never ends the program", arguments: [1, 2])
  func damagedBytes(version: Int) throws {
    var draft = Self.cube
    draft.version = version
    draft.header = "<Label Key=\"3\"><![CDATA[heart]]></Label>"
    let good = draft.bytes
    var seed: UInt64 = 7
    for round in 0..<3000 {
      var bytes = good
      for _ in 0...(round % 3) {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 20)
      }
      let path = try scratch.write("fuzz.nii", bytes)
      do {
        let map = try LabelMap(path: path)
        // A sane grid, whatever it was made from.
        #expect(map.grid.voxelVolume > 0)
      } catch { #expect(error.kind == .invalid) }
    }
  }

  @Test("what is not there is 66, a folder without maps is told")
  func missing() throws {
    do {
      _ = try LabelMap(path: scratch.path("none.nii.gz"))
      Issue.record("accepted")
    } catch { #expect(error.kind == .notFound) }
    do {
      _ = try LabelMap.files(at: scratch.url.path)
      Issue.record("accepted")
    } catch { #expect(error.description.contains("holds no .nii")) }
  }

  @Test("names stand in a header's label table")
  func header() throws {
    var draft = Self.cube
    draft.header = """
      <?xml version="1.0"?><CaretExtension><VolumeInformation Index="0"><LabelTable>
      <Label Key="0"><![CDATA[background]]></Label>
      <Label Key="1" Red="0.0" Alpha="1"><![CDATA[spleen]]></Label>
      <Label Red="0.0" Key="3">kidney &amp; cyst</Label></LabelTable></VolumeInformation></CaretExtension>
      """
    for version in [1, 2] {
      draft.version = version
      draft.bigEndian = version == 2
      let map = try LabelMap(path: scratch.write("named.nii.gz", draft.compressed))
      #expect(map.names == [1: "spleen", 3: "kidney & cyst"])
    }
    draft.header = "DICOM or a comment, no labels"
    #expect(try LabelMap(path: scratch.write("other.nii", draft.bytes)).names.isEmpty)
    #expect(LabelNames.inHeader([UInt8]("<Label Key=\"1\">never closed".utf8)).isEmpty)
    #expect(LabelNames.inHeader([UInt8]("</Label><Label ></Label><Label Key=\"x\">a</Label>".utf8)).isEmpty)
  }

  @Test(
    "names stand in a file: JSON either way round, a table, or ITK-SNAP's description",
    arguments: [
      #"{"1": "spleen", "2": "kidney_right"}"#,
      #"{"labels": {"background": 0, "spleen": 1, "kidney_right": 2}}"#,
      "label,name\n1,spleen\n2,kidney_right\n", "1;spleen\n2;kidney_right",
      "name\tcolour\tid\nspleen\tred\t1\nkidney_right\tblue\t2",
      """
      ################################################
      # ITK-SnAP Label Description File
      # IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL
          0     0    0    0        0  0  0    "Clear Label"
          1   255    0    0        1  1  1    "spleen"
          2     0  255    0      0.5  1  1    "kidney_right"
      """,
    ])
  func nameFiles(text: String) throws {
    #expect(try LabelNames.read(scratch.write("names.txt", text)) == [1: "spleen", 2: "kidney_right"])
  }

  @Test(
    "a file of names that cannot be used is refused by place",
    arguments: [
      ("", "names no label"), ("{", "no JSON object"), (#"{"1": []}"#, "\"1\""), ("organ\nspleen", "line 1"),
      ("label,name\nx,spleen", "line 2"), ("1,spleen\n1,liver", "named spleen and liver"),
      ("[1, 2]", "line 1"), ("1,liver\n3," + String(repeating: "heart ", count: 90), "label 3"),
    ])
  func badNameFiles(text: String, told: String) throws {
    let path = try scratch.write("names.txt", text)
    do {
      _ = try LabelNames.read(path)
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains(told), "\(error)")
      #expect(error.kind == .invalid)
    }
  }
}
