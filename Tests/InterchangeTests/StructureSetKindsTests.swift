// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Facts
import Foundation
import Quantities
import Testing
import Vocabulary

@testable import Interchange

/// What structure sets from clinics have wrong in them, kind by kind, with the right value.
@Suite("Structure sets as they come")
struct StructureSetKindsTests {
  private let scratch: Scratch
  private static let planes = (0..<10).map { 3.0 * Double($0) }

  init() throws { scratch = try Scratch() }

  private func run(
    _ draft: StructureSetDraft, _ choice: RegionOfInterestChoice = .init(), list: String? = nil
  ) throws -> PatientCase {
    try draft.write(scratch.path("rs.dcm"))
    var work = CaseImport()
    work.structureSets = [scratch.path("rs.dcm")]
    work.choice = choice
    if let list { work.lesionLists = [try scratch.write("l.csv", list)] }
    return try work.run()
  }

  private func refusal(
    _ draft: StructureSetDraft, _ choice: RegionOfInterestChoice = .init(), list: String? = nil
  ) throws -> String {
    do {
      _ = try run(draft, choice, list: list)
      return "accepted"
    } catch let error as InputError { return error.description }
  }

  private func volume(_ result: PatientCase, _ id: String = "GTV") throws -> Double {
    try #require(result.lesions.first { $0.id == id }?.body?.solid).volume.cubicCentimeters
  }

  private func told(_ result: PatientCase, _ words: String...) -> Bool {
    result.warnings.contains { warning in words.allSatisfy(warning.contains) }
  }

  // MARK: Planes

  @Test(
    "rings of one plane whose z differ a little lie in one plane, and the shift is told",
    arguments: [0.02, 0.13, 0.4])
  func shiftedRings(shift: Double) throws {
    // A second part beside the first in every plane; a hole in another organ; a second part in two planes only.
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 20, planes: Self.planes)
    gtv.rings += Self.planes.map { .square(30, 0, side: 20, z: $0 + shift) }
    var heart = StructureSetDraft.Region.column("Heart", 100, side: 30, planes: Self.planes)
    heart.rings += Self.planes.map { .square(105, 5, side: 10, z: $0 - shift) }
    var liver = StructureSetDraft.Region.column("Liver", 200, side: 20, planes: Self.planes)
    liver.rings += Self.planes.prefix(2).map { .square(230, 0, side: 20, z: $0 + shift) }
    let result = try run(StructureSetDraft(regions: [gtv, heart, liver]))
    #expect(abs(try volume(result) - 24) < 1e-9)
    let organs = result.structures.map { $0.solid.volume.cubicCentimeters }
    #expect(abs(organs[0] - (9 - 1) * 3) < 1e-9)
    #expect(abs(organs[1] - (12 + 2 * 1.2)) < 1e-9)
    #expect(told(result, "ROI GTV", "up to \(StatementParser.plain(shift)) mm apart in z"))
  }

  @Test("an outline drawn twice, the second a little off, is no hole")
  func repeatedOutlines() throws {
    // A pyramid: every second outline is smaller by a twentieth and more, and lies within the first.
    let sides = (0..<10).map { 40 - 3 * Double($0) }
    var gtv = StructureSetDraft.Region(name: "GTV", rings: [])
    for (plane, side) in sides.enumerated() {
      let z = 3 * Double(plane)
      gtv.rings.append(.square(-side / 2, -side / 2, side: side, z: z))
      gtv.rings.append(.square(-side / 2 + 0.5, -side / 2 + 0.5, side: side - 1, z: z + 0.5))
    }
    let result = try run(StructureSetDraft(regions: [gtv]))
    let truth = sides.map { $0 * $0 * 3 / 1000 }.reduce(0, +)
    #expect(abs(try volume(result) - truth) < 1e-9)
    #expect(told(result, "ROI GTV", "drawn twice"))
  }

  @Test(
    "an ROI's own planes tell which rings are one plane, whatever the rest of the set has",
    arguments: [
      (1.0, 5.0, 0.1), (1, 5, 0.03), (5, 1, 0.3), (3, 3, 0.6), (3, 3, 0.61), (1, 1, 0.2), (2, 2, 0.4),
    ])
  func mixedSpacings(own: Double, other: Double, shift: Double) throws {
    let planes = (0..<12).map { own * Double($0) }
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 20, planes: planes)
    gtv.rings += planes.map { .square(30, 0, side: 20, z: $0 + shift) }
    let heart = StructureSetDraft.Region.column(
      "Heart", 100, side: 30, planes: (0..<12).map { other * Double($0) })
    let result = try run(StructureSetDraft(regions: [gtv, heart]))
    #expect(abs(try volume(result) - 2 * 0.4 * own * 12) < 1e-6)
  }

  @Test("rings too far off their plane to be of it are told")
  func unevenPlanes() throws {
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 20, planes: Self.planes)
    gtv.rings += Self.planes.map { .square(30, 0, side: 20, z: $0 + 1.2) }
    #expect(told(try run(StructureSetDraft(regions: [gtv])), "ROI GTV", "the volume comes out too small"))
  }

  @Test("planes finer than the set's are planes of their own")
  func finePlanes() throws {
    let fine = StructureSetDraft.Region.column("GTV", 0, side: 10, planes: (0..<9).map { 0.5 * Double($0) })
    let heart = StructureSetDraft.Region.column("Heart", 100, side: 30, planes: Self.planes)
    let result = try run(StructureSetDraft(regions: [fine, heart]))
    #expect(abs(try volume(result) - 0.45) < 1e-9)
    #expect(!told(result, "apart in z"))
  }

  /// Against a slow reference: planes drawn at multiples of a spacing, each ring moved by up to an eighth of it.
  @Test("shifted rings fall into the planes they were drawn for", arguments: 1...40)
  func grouping(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let spacing = Double.random(in: 0.6...6, using: &random)
    let most = min(spacing / 8, 0.45)
    var rings: [(z: Double, area: Double)] = []
    var truth: [Int] = []
    for plane in 0..<Int.random(in: 4...30, using: &random) {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        rings.append((spacing * Double(plane) + Double.random(in: -most...most, using: &random), 1))
        truth.append(plane)
      }
    }
    let shuffled = rings.indices.shuffled(using: &random)
    let grouping = PlaneGrouping([shuffled.map { rings[$0].z }, (0..<40).map { spacing * Double($0) }])
    let groups = grouping.groups(shuffled.map { rings[$0] })
    let found = groups.map { Set($0.rings.map { truth[shuffled[$0]] }) }
    #expect(found.allSatisfy { $0.count == 1 } && found.count == Set(truth).count)
  }

  // MARK: Lesions that organs leave out

  @Test("a lesion left out of the liver is the liver's, though plane by plane the lung goes around both")
  func leftOutOfLiver() throws {
    let own = Array(Self.planes[3...6])
    let gtv = StructureSetDraft.Region(name: "GTV", rings: own.map { .square(40, 40, side: 12, z: $0) })
    var liver = StructureSetDraft.Region(
      name: "Liver", rings: Self.planes.map { .square(0, 0, side: 100, z: $0) })
    liver.rings += own.map { .square(40, 40, side: 12, z: $0) }
    var lung = StructureSetDraft.Region(
      name: "Lung_R", rings: Self.planes.map { .square(-30, -30, side: 160, z: $0) })
    lung.rings += Self.planes.map { .square(0, 0, side: 100, z: $0) }
    let result = try run(StructureSetDraft(regions: [gtv, liver, lung]))
    let place = try #require(result.lesions[0].position)
    #expect(Surroundings(of: place, among: result.structures).site == .liver)
    #expect(told(result, "lesion GTV", "an assumption"))
    let organ = try #require(result.structures.first { $0.name.role == .liver })
    #expect(organ.solid.contains(place) && !organ.contoured.contains(place))
    #expect(result.structures.first { $0.name.role == .lung }?.asContoured == nil)
  }

  // MARK: Kinds of contours

  @Test("open rings whose ends meet are closed; others refuse the lesion, and stay lines elsewhere")
  func openRings() throws {
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 20, planes: Self.planes)
    gtv.rings[2].type = "OPEN_PLANAR"
    gtv.rings[7].type = "OPEN_PLANAR"
    let result = try run(StructureSetDraft(regions: [gtv]))
    #expect(abs(try volume(result) - 12) < 1e-9)
    #expect(told(result, "2 open contours"))
    // Some write the same rings as lines that leave their plane.
    gtv.rings[2].type = "OPEN_NONPLANAR"
    #expect(abs(try volume(try run(StructureSetDraft(regions: [gtv]))) - 12) < 1e-9)
    // A bent wire is no ring: two sides of the square, the third far longer than both.
    gtv.rings[7].points.removeLast()
    gtv.rings[7].points[1] = SIMD3(10, 0.5, 21)
    #expect(try refusal(StructureSetDraft(regions: [gtv])).contains("ROI GTV: 1 of its 2 open"))
    gtv.name = "Wire"
    let wire = try run(StructureSetDraft(regions: [.column("GTV", 90, side: 5, planes: Self.planes), gtv]))
    #expect(told(wire, "ROI Wire", "left out beside its closed ones"))
    #expect(wire.markers.count == 2)
  }

  @Test("interpolated contours are read, contours of one point and of two are dropped and counted")
  func oddContours() throws {
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 20, planes: Self.planes)
    for index in gtv.rings.indices { gtv.rings[index].type = "INTERPOLATED_PLANAR" }
    gtv.rings.append(.init(points: [SIMD3(50, 50, 12)]))
    gtv.rings.append(.init(points: [SIMD3(50, 50, 12), SIMD3(60, 60, 12)]))
    let result = try run(StructureSetDraft(regions: [gtv]))
    #expect(abs(try volume(result) - 12) < 1e-9)
    #expect(told(result, "10 contours are of type INTERPOLATED_PLANAR"))
    #expect(told(result, "2 contours enclose no area"))
  }

  @Test("an observation of no ROI is told, with the ROIs that lost theirs")
  func observations() throws {
    var draft = StructureSetDraft(regions: [
      .column("GTV", 0, side: 20, planes: Self.planes),
      .column("A", 90, side: 20, planes: Self.planes, type: nil),
    ])
    #expect(!told(try run(draft), "observation"))
    draft.strayObservations = [("99", "GTV")]
    let result = try run(draft)
    #expect(told(result, "names ROI 99", "GTV belongs to no ROI"))
    #expect(told(result, "unknown interpreted type", "A;"))
  }

  @Test(
    "UTF-8 under a single-byte character set, or under none, is read as UTF-8",
    arguments: ["ISO_IR 100", nil])
  func charsets(charset: String?) throws {
    let draft = StructureSetDraft(
      regions: [.column("Läsion ñ", 0, side: 20, planes: Self.planes)], charset: charset)
    let result = try run(draft)
    #expect(result.lesions.map(\.id) == ["Läsion ñ"])
    #expect(told(result, "read as UTF-8"))
  }

  @Test("text that is what its character set says is left alone")
  func latin() throws {
    // "Lésion" in Latin-1 is no UTF-8: the byte E9 stands before an ASCII letter.
    let path = scratch.path("latin.dcm")
    try StructureSetDraft(
      regions: [.column("L#sion", 0, side: 20, planes: Self.planes)], charset: "ISO_IR 100"
    )
    .write(path)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let at = try #require(bytes.firstRange(of: Array("L#sion".utf8))).lowerBound
    bytes[at + 1] = 0xE9
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    var work = CaseImport()
    work.structureSets = [path]
    let result = try work.run()
    #expect(result.lesions.map(\.id) == ["Lésion"])
    #expect(!told(result, "UTF-8"))
  }

  // MARK: Names

  @Test("ROIs of one name are told apart by number, every name printed is accepted, the bare one is not")
  func sharedNames() throws {
    let draft = StructureSetDraft(
      regions: ["GTV", "gtv", "GTV#1", "GTV"].enumerated().map {
        .column($1, 100 * Double($0), side: 20, planes: Self.planes)
      })
    let result = try run(draft)
    let ids = result.lesions.map(\.id)
    #expect(Set(ids).count == 4 && ids.contains("GTV#1") && ids.contains("gtv#2"))
    for id in ids {
      let chosen = try run(draft, .init(structures: [id]))
      #expect(chosen.lesions.count == 3 && chosen.structures.map(\.sourceName) == [id])
    }
    #expect(try refusal(draft, .init(structures: ["GTV"])).contains("3 ROIs or labels bear this name"))
  }

  @Test("a row reaches the contour that it names, or none")
  func rows() throws {
    let two = StructureSetDraft(regions: [
      .column("GTV", 0, side: 20, planes: Self.planes), .column("gtv", 100, side: 20, planes: Self.planes),
    ])
    let row = "lesion_id,site,prior_local_therapy\nGTV,lung,sbrt\n"
    #expect(try refusal(two, list: row).contains("2 contoured lesions bear this name"))
    let named = try run(two, list: row.replacingOccurrences(of: "\nGTV", with: "\ngtv#2"))
    #expect(named.lesions.map { $0.statements.count } == [0, 1])
    // A place tells as well.
    let placed = try run(two, list: "lesion_id,site,x_mm,y_mm,z_mm\nGTV,lung,110,10,12\n")
    #expect(placed.lesions.map(\.site) == [nil, .lung])
    // One of that name, written otherwise, is meant.
    let one = StructureSetDraft(regions: [.column("GTV", 0, side: 20, planes: Self.planes)])
    #expect(try run(one, list: row.replacingOccurrences(of: "\nGTV", with: "\ngtv")).lesions.count == 1)
  }

  // MARK: Parts

  @Test("a stray ring is told with volume and distance, and left out where the user says so")
  func strayRing() throws {
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 10, planes: Self.planes)
    gtv.rings.append(.square(-70.775, 0, side: 0.775, z: 12))
    var heart = StructureSetDraft.Region.column("Heart", 100, side: 30, planes: Self.planes)
    heart.rings.append(.square(30, 0, side: 1, z: 12))
    let draft = StructureSetDraft(regions: [gtv, heart])
    let result = try run(draft)
    #expect(told(result, "lesion GTV has a part of 0.0018 cc, 70.0 mm away from the rest of 3.00 cc"))
    #expect(told(result, "lesion GTV: 20.0 mm to Heart", "a part of 0.0030 cc", "90.0 mm away"))
    #expect(try #require(result.lesions[0].body?.solid.axialDiameters).longest.millimeters > 80)
    let clean = try run(draft, .init(smallestPart: .cubicCentimeters(0.1)))
    #expect(abs(try volume(clean) - 3) < 1e-9)
    let measured = try #require(try Measurements(of: clean).lesions.first)
    #expect(abs(try #require(measured.diameters).longest.millimeters - 200.0.squareRoot()) < 1e-9)
    #expect(measured.clearances.first { $0.structure.role == .heart }?.clearance.distance == .millimeters(90))
    #expect(told(clean, "ROI GTV: 1 part of together 0.0018 cc under --smallest-part"))
    #expect(told(clean, "ROI Heart: 1 part"))
  }

  @Test("far parts of one GTV ask whether they are lesions of their own, and become so")
  func split() throws {
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 20, planes: Self.planes)
    gtv.rings += Self.planes.prefix(5).map { .square(70, 0, side: 20, z: $0) }
    let draft = StructureSetDraft(regions: [gtv, .column("Heart", 200, side: 20, planes: Self.planes)])
    let whole = try run(draft)
    #expect(told(whole, "a part of 6.00 cc, 50.0 mm away from the rest of 12.00 cc", "--split \"GTV\""))
    #expect(!whole.lesions[0].warnings.isEmpty)
    let parts = try run(draft, .init(split: ["GTV"]))
    #expect(parts.lesions.map(\.id) == ["GTV_1", "GTV_2"])
    #expect(abs(try volume(parts, "GTV_1") - 12) < 1e-9)
    #expect(abs(try volume(parts, "GTV_2") - 6) < 1e-9)
    #expect(try refusal(draft, .init(split: ["Heart"])).contains("is no lesion"))
    #expect(try refusal(draft, .init(split: ["GTVX"])).contains("no ROI or label named GTVX"))
  }

  @Test("organs that come in parts are not doubted, one missing plane parts nothing")
  func ordinaryParts() throws {
    var ribs = StructureSetDraft.Region.column("Rib_L", 100, side: 20, planes: Self.planes)
    ribs.rings += Self.planes.map { .square(150, 0, side: 20, z: $0) }
    var gtv = StructureSetDraft.Region.column("GTV", 0, side: 20, planes: Self.planes)
    gtv.rings.remove(at: 4)
    let result = try run(StructureSetDraft(regions: [gtv, ribs]))
    #expect(!told(result, "do not touch") && !told(result, "has a part"))
  }

  // MARK: Neighbours

  @Test("what is not recognised near a lesion is named, with its distance")
  func unrecognised() throws {
    let draft = StructureSetDraft(regions: [
      .column("GTV", 0, side: 20, planes: Self.planes), .column("Xyzzy", 35, side: 5, planes: Self.planes),
      .column("Plugh", 90, side: 5, planes: Self.planes),
      .column("Coeur", 120, side: 20, planes: Self.planes),
    ])
    let result = try run(draft)
    #expect(told(result, "lesion GTV: Xyzzy at 15.0 mm is not recognised"))
    #expect(!told(result, "Plugh"))
    #expect(result.structures.map(\.name.role) == [.other, .other, .heart])
    let measured = try #require(try Measurements(of: result).lesions.first)
    #expect(measured.unrecognized.map(\.sourceName) == ["Xyzzy"])
  }

  @Test("the day of the study is the day of the scan")
  func studyDate() throws {
    var draft = StructureSetDraft(regions: [.column("GTV", 0, side: 20, planes: Self.planes)])
    #expect(try run(draft).newestScan == nil)
    draft.studyDate = "20260402"
    #expect(try run(draft).newestScan == "2026-04-02")
    draft.studyDate = "20261399"
    #expect(try run(draft).newestScan == nil)
  }
}

/// A generator of the tests' own.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
