// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Quantities
import Testing
import Vocabulary

@testable import Interchange

@Suite("DICOM segmentations")
struct SegmentationTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func map(_ draft: SegmentationDraft, threshold: Double? = nil) throws -> LabelMap {
    let path = scratch.path("seg.dcm")
    try draft.write(to: path)
    return try LabelMap(path: path, threshold: threshold)
  }

  private func imported(_ draft: SegmentationDraft) throws -> PatientCase {
    let path = scratch.path("seg.dcm")
    try draft.write(to: path)
    var work = CaseImport()
    work.structureSets = [path]
    return try work.run()
  }

  private func block(_ draft: SegmentationDraft, _ xs: Range<Int>, _ ys: Range<Int>, value: UInt8 = 1)
    -> [UInt8]
  {
    (0..<(draft.rows * draft.columns)).map {
      xs.contains($0 % draft.columns) && ys.contains($0 / draft.columns) ? value : 0
    }
  }

  @Test("bits run on from frame to frame: every voxel of random frames of odd sizes is where it was put")
  func bitsRunOn() throws {
    var state: UInt64 = 7
    func random(_ most: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % most
    }
    for _ in 0..<30 {
      var draft = SegmentationDraft()
      draft.rows = 1 + random(11)
      draft.columns = 1 + random(23)
      draft.segments = [.init(number: 1, label: "Lesion"), .init(number: 2, label: "Liver", type: nil)]
      let planes = 1 + random(5)
      // Dense and thin frames, in an order of their own.
      let density = 1 + random(9)
      var frames: [SegmentationDraft.Frame] = []
      for segment in 1...2 {
        for plane in 0..<planes {
          frames.append(
            .init(
              segment: segment, z: 3 * Double(plane),
              voxels: (0..<(draft.rows * draft.columns)).map { _ in random(10) < density ? 1 : 0 }))
        }
      }
      draft.frames = frames.sorted { ($0.z, $1.segment) < ($1.z, $0.segment) }
      let map = try map(draft)
      for segment in 1...2 {
        var expected: Set<[Int]> = []
        for frame in frames where frame.segment == segment {
          for (index, voxel) in frame.voxels.enumerated() where voxel == 1 {
            expected.insert([index % draft.columns, index / draft.columns, Int(frame.z / 3)])
          }
        }
        var found: Set<[Int]> = []
        for run in map.labels.first(where: { $0.value == segment })?.voxels.runs ?? [] {
          for x in run.first...run.last {
            #expect(found.insert([Int(x), Int(run.row), Int(run.plane)]).inserted)
          }
        }
        #expect(found == expected)
      }
    }
  }

  @Test("volumes, places and days: a block of 3 × 2 × 2 voxels of 2 × 1 × 3 mm")
  func placeAndVolume() throws {
    var draft = SegmentationDraft()
    draft.frames = [4.0, 7.0].map { .init(segment: 1, z: $0, voxels: block(draft, 2..<5, 3..<5)) }
    let patientCase = try imported(draft)
    let lesion = try #require(patientCase.lesions.first)
    let solid = try #require(lesion.body?.solid)
    #expect(abs(solid.volume.cubicMillimeters - 72) < 1e-9)
    // Columns 2 to 4 of 2 mm from x = 10, rows 3 and 4 of 1 mm from y = 20, planes at 4 and 7.
    let centre = try #require(solid.centroid)
    let offset = centre - SIMD3(16, 23.5, 5.5)
    #expect((offset * offset).sum() < 1e-12)
    #expect(patientCase.frameOfReference == "1.2.3")
    #expect(patientCase.patientID == "P1")
    #expect(patientCase.newestScan == "2026-01-02")
  }

  @Test("turned and mirrored frames put voxels where the patient has them")
  func orientations() throws {
    for (orientation, expected) in [
      ([1.0, 0, 0, 0, 1, 0], SIMD3(14.0, 20.0, 3.0)), ([-1, 0, 0, 0, -1, 0], SIMD3(6, 20, 3)),
      ([0, 1, 0, -1, 0, 0], SIMD3(10, 24, 3)), ([-1, 0, 0, 0, 1, 0], SIMD3(6, 20, 3)),
    ] {
      var draft = SegmentationDraft()
      draft.orientation = orientation
      draft.frames = [.init(segment: 1, z: 3, voxels: block(draft, 2..<3, 0..<1))]
      let map = try map(draft)
      let centre = VoxelBody(grid: map.grid).centroid(of: try #require(map.labels.first).voxels)
      let offset = centre - expected
      #expect((offset * offset).sum() < 1e-9, "\(orientation): \(centre)")
    }
  }

  @Test("frames that were left out are empty, and each segment is a body of its own where they overlap")
  func leftOutAndOverlapping() throws {
    var draft = SegmentationDraft()
    draft.segments = [.init(number: 1, label: "Lesion A"), .init(number: 5, label: "Lesion B")]
    draft.frames = [
      .init(segment: 1, z: 0, voxels: block(draft, 1..<5, 1..<5)),
      .init(segment: 1, z: 3, voxels: block(draft, 1..<5, 1..<5)),
      .init(segment: 5, z: 3, voxels: block(draft, 3..<7, 1..<5)),
      .init(segment: 5, z: 12, voxels: block(draft, 3..<7, 1..<5)),
    ]
    let map = try map(draft)
    #expect(map.grid.size.z == 5)
    #expect(map.labels.map(\.value) == [1, 5])
    #expect(map.labels.map(\.voxels.count) == [32, 32])
    let patientCase = try imported(draft)
    // Lesion B falls into two parts that do not touch.
    #expect(patientCase.lesions.map(\.id) == ["Lesion A", "Lesion B_1", "Lesion B_2"])
  }

  @Test("shares need a threshold; nothing and all do not")
  func fractions() throws {
    var draft = SegmentationDraft()
    draft.type = "FRACTIONAL"
    var voxels = block(draft, 0..<4, 0..<1, value: 255)
    draft.frames = [.init(segment: 1, z: 0, voxels: voxels)]
    #expect(try map(draft).labels.first?.voxels.count == 4)
    voxels[4] = 128
    voxels[5] = 127
    draft.frames = [.init(segment: 1, z: 0, voxels: voxels)]
    let message = try #require(throws: InputError.self) { try map(draft) }
    #expect(message.description.contains("--threshold"))
    #expect(try map(draft, threshold: 0.5).labels.first?.voxels.count == 5)
    #expect(try map(draft, threshold: 0.498).labels.first?.voxels.count == 6)
    #expect(try map(draft, threshold: 1).labels.first?.voxels.count == 4)
    #expect(try map(draft, threshold: 0.5).doubts.contains { $0.contains("0.5") })
    // Written as 0 and 1 under a maximum of 255: no voxel reaches a half, and that is said.
    draft.frames = [.init(segment: 1, z: 0, voxels: block(draft, 0..<4, 0..<1))]
    let none = try #require(throws: InputError.self) { try map(draft, threshold: 0.5) }
    #expect(none.description.contains("1 of 255"))
    #expect(try map(draft, threshold: 0.003).labels.first?.voxels.count == 4)
  }

  @Test("a label map's values are segments; undeclared ones are told")
  func labelMap() throws {
    var draft = SegmentationDraft()
    draft.type = "LABELMAP"
    draft.sopClass = DICOMSegmentation.labelMapClass
    draft.segments = [.init(number: 1, label: "Lesion"), .init(number: 2, label: "Liver", type: nil)]
    var voxels = block(draft, 0..<3, 0..<2)
    voxels[20] = 2
    voxels[21] = 9
    draft.frames = [.init(segment: 0, z: 0, voxels: voxels)]
    let map = try map(draft)
    #expect(map.labels.map(\.value) == [1, 2, 9])
    #expect(map.labels.map(\.voxels.count) == [6, 1, 1])
    #expect(map.doubts.contains { $0.contains("segment 9") })
  }

  @Test("codes say what a nameless segment is: growth, organ, side, lobe, in SNOMED's old and new codes")
  func codes() throws {
    var draft = SegmentationDraft()
    draft.segments = [
      .init(
        number: 1, label: "Segment_1", type: ("M-80006", "SRT", "Metastasis"), region: ("T-28400", "SRT", "x")
      ),
      .init(
        number: 2, label: "Segment_2", type: ("39607008", "SCT", "x"), modifier: ("7771000", "SCT", "Left")),
      .init(number: 3, label: "Segment_3", type: ("T-32000", "SRT", "x")),
      .init(number: 4, label: "Segment_4", type: ("1", "99LOCAL", "Left kidney")),
      .init(
        number: 5, label: "Seg5", type: ("27925004", "SCT", "x"), region: ("10200004", "SCT", "x")),
    ]
    draft.frames = (1...5).flatMap { segment in
      [0.0, 3.0].map { .init(segment: segment, z: $0, voxels: block(draft, segment..<(segment + 1), 1..<4)) }
    }
    let patientCase = try imported(draft)
    #expect(patientCase.lesions.map(\.id) == ["Segment_1", "Seg5"])
    #expect(patientCase.lesions[0].lobe == .rightLower)
    #expect(patientCase.lesions[0].site == .lung)
    #expect(patientCase.lesions[0].side == .right)
    #expect(patientCase.lesions[1].site == .liver)
    func structure(_ source: String) -> StructureName? {
      patientCase.structures.first { $0.sourceName == source }?.name
    }
    #expect(structure("Segment_2")?.tg263 == "Lung_L")
    #expect(structure("Segment_3")?.role == .heart)
    #expect(structure("Segment_4")?.tg263 == "Kidney_L")
  }

  @Test("a growth by its codes stays a lesion whatever organ its name is, and that is told")
  func contradiction() throws {
    var draft = SegmentationDraft()
    draft.segments = [
      .init(number: 1, label: "Liver"),
      .init(number: 2, label: "Tumor 1", type: ("10200004", "SCT", "Liver")),
    ]
    draft.frames = (1...2).flatMap { segment in
      [0.0, 3.0].map {
        .init(segment: segment, z: $0, voxels: block(draft, (2 * segment)..<(2 * segment + 1), 1..<3))
      }
    }
    let patientCase = try imported(draft)
    #expect(patientCase.lesions.map(\.id) == ["Liver", "Tumor 1"])
    #expect(patientCase.warnings.contains { $0.contains("segment Liver is a growth") })
    #expect(patientCase.warnings.contains { $0.contains("segment Tumor 1 is a lesion by its name") })
  }

  @Test("what would change a measurement is refused with the frame or tag")
  func refusals() throws {
    var good = SegmentationDraft()
    good.frames = [0.0, 3, 6].map { .init(segment: 1, z: $0, voxels: block(good, 1..<4, 1..<4)) }
    func refusal(_ change: (inout SegmentationDraft) -> Void) throws -> String {
      var draft = good
      change(&draft)
      return try #require(throws: InputError.self) { try map(draft) }.description
    }
    #expect(try refusal { $0.frames[1].z = 0 }.contains("twice"))
    #expect(try refusal { $0.frames[1].segment = 4 }.contains("not declared"))
    #expect(
      try refusal {
        $0.orientation = [1, 0, 0, 0, 0.9, 0.43589]
        $0.frames = [$0.frames[0]]
      }.contains("oblique"))
    // Planes that lean while their frames stand one above the other are no one grid.
    #expect(try refusal { $0.orientation = [1, 0, 0, 0, 0.9, 0.43589] }.contains("beside the others"))
    #expect(try refusal { $0.orientation = [1, 0, 0, 0, 1, 0.5] }.contains("(0020,0037)"))
    #expect(try refusal { $0.cut = 3 }.contains("(7FE0,0010)"))
    #expect(try refusal { $0.segments.append(.init(number: 1, label: "x")) }.contains("two segments"))
    #expect(try refusal { $0.type = "OTHER" }.contains("(0062,0001)"))
    #expect(
      try refusal {
        $0.frames[1].z = 2
        $0.frames[2].z = 7
      }.contains("uneven"))
    #expect(
      try refusal {
        $0.frames = [$0.frames[0]]; $0.between = nil; $0.thickness = nil
      }.contains("(0018,0088)"))
  }

  @Test("spacing that is absent or wrong is taken from the planes, and that is said")
  func spacing() throws {
    var draft = SegmentationDraft()
    draft.frames = [0.0, 2, 4, 6].map { .init(segment: 1, z: $0, voxels: block(draft, 1..<4, 1..<4)) }
    for between in [nil, 1.0, 5] {
      draft.between = between
      let map = try map(draft)
      #expect(abs(map.grid.spacing.z - 2) < 1e-12)
      #expect(map.doubts.contains { $0.contains("2.00 mm apart") })
    }
    draft.between = 2
    #expect(try map(draft).doubts.isEmpty)
    // Scattered planes: of two lesions ten apart the thickness counts.
    draft.between = nil
    draft.thickness = 2.5
    draft.frames = [0.0, 10].map { .init(segment: 1, z: $0, voxels: block(draft, 1..<4, 1..<4)) }
    #expect(abs(try map(draft).grid.spacing.z - 10) < 1e-12)
  }

  @Test("of another patient or frame than what was read before: refused")
  func agreement() throws {
    var draft = SegmentationDraft()
    draft.frames = [0.0, 3].map { .init(segment: 1, z: $0, voxels: block(draft, 1..<4, 1..<4)) }
    let first = scratch.path("one.dcm")
    try draft.write(to: first)
    draft.segments[0].label = "Lesion 2"
    for change in [0, 1] {
      var other = draft
      if change == 0 { other.frameOfReference = "9.9" } else { other.patientID = "P2" }
      let second = scratch.path("two.dcm")
      try other.write(to: second)
      var work = CaseImport()
      work.structureSets = [first, second]
      #expect(throws: InputError.self) { try work.run() }
    }
  }
}
