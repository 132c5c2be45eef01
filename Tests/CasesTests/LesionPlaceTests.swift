// SPDX-License-Identifier: Apache-2.0
import Anatomy
import PlanarGeometry
import Testing
import Vocabulary

@testable import Cases

/// Where a lesion lies: its report before its surroundings, the lobe telling the side.
@Suite struct LesionPlaceTests {
  /// A cube of 40 mm around the origin.
  private static func cube() throws -> Solid {
    let region = Region.rectangle(low: SIMD2(-20, -20), high: SIMD2(20, 20))
    return try Solid(
      planes: (-4...4).map { (Double($0) * 5, region) }, endCap: .half)
  }

  private static func lung(_ side: Side?) throws -> Structure {
    Structure(
      name: StructureName(tg263: "Lung", role: .lung, side: side), sourceName: "Lung", solid: try cube())
  }

  private static func lesion(site: Site? = nil, side: Side? = nil, lobe: Lobe? = nil) -> Lesion {
    Lesion(id: "A", sourceName: "A", site: site, side: side, lobe: lobe)
  }

  @Test("a reported lobe tells the side, and goes before the surroundings")
  func lobe() throws {
    let around = Surroundings(of: .zero, among: [try Self.lung(.left)])
    let place = LesionPlace(Self.lesion(lobe: .rightLower), around)
    #expect(place.side == .right && place.lobe == .rightLower && place.site == .lung)
    #expect(Self.lesion(lobe: .rightLower).reportedSide == .right)
    #expect(Self.lesion(side: .left, lobe: .rightLower).reportedSide == .left, "a side is what is said first")
  }

  @Test("without a report the surroundings tell; without both nothing is known")
  func surroundings() throws {
    let around = Surroundings(of: .zero, among: [try Self.lung(.left)])
    #expect(LesionPlace(Self.lesion(), around).side == .left)
    #expect(LesionPlace(Self.lesion(), around).site == .lung)
    let outside = Surroundings(of: SIMD3(200, 0, 0), among: [try Self.lung(.left)])
    #expect(LesionPlace(Self.lesion(), outside) == LesionPlace(Self.lesion(), nil))
    #expect(LesionPlace(Self.lesion(), nil).site == nil && LesionPlace(Self.lesion(), nil).side == nil)
  }

  @Test("no lung lies in the midline, a lesion of the mediastinum may")
  func midline() {
    #expect(LesionPlace(Self.lesion(site: .lung, side: .midline), nil).side == nil)
    #expect(LesionPlace(Self.lesion(site: .mediastinum, side: .midline), nil).side == .midline)
  }
}
