// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Imaging
import Phantoms
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

/// The thorax phantom as a CT shows it, with noise and a table; made once.
private let thorax: (patient: PatientCase, image: CTImage)? = {
  guard let phantom = try? PhantomCatalogue.make(name: "thorax", seed: 1),
    let image = CTRendering().image(of: phantom.patientCase)
  else { return nil }
  return (phantom.patientCase, image)
}()

@Suite("What a CT shows by itself")
struct CTAnatomyTests {
  private func truth(_ role: StructureRole) throws -> Double {
    try #require(thorax).patient.structures.filter { $0.name.role == role && $0.derivation == nil }.reduce(0)
    {
      $0 + $1.contoured.volume.cubicCentimeters
    }
  }

  @Test("lungs, bone, body and airways of the rendered thorax are those it was rendered from")
  func thoraxVolumes() throws {
    let anatomy = try CTAnatomy(try #require(thorax).image, besides: [])
    #expect(anatomy.doubts.isEmpty)
    func derived(_ role: StructureRole) -> Double {
      anatomy.structures.filter { $0.name.role == role }.reduce(0) { $0 + $1.solid.volume.cubicCentimeters }
    }
    for (role, share) in [(StructureRole.lung, 0.03), (.rib, 0.03), (.external, 0.01)] {
      let expected = try truth(role)
      #expect(abs(derived(role) / expected - 1) < share, "\(role)")
    }
    let air = try truth(.trachea) + truth(.bronchialTree)
    #expect(abs(derived(.trachea) / air - 1) < 0.15)
    // The patient's left lies towards growing x.
    let left = try #require(anatomy.structures.first { $0.name.tg263 == "Lung_L" }?.solid.centroid)
    let right = try #require(anatomy.structures.first { $0.name.tg263 == "Lung_R" }?.solid.centroid)
    #expect(left.x > right.x)
    #expect(anatomy.structures.allSatisfy { $0.derivation != nil })
  }

  @Test("the skin lies within 2 mm of the true one, above the table too")
  func skin() throws {
    let found = try #require(thorax)
    let anatomy = try CTAnatomy(found.image, besides: [])
    let skin = try #require(anatomy.structures.first { $0.name.role == .external }?.solid)
    let body = try #require(found.patient.structures.first { $0.name.role == .external }?.solid)
    // Points of the true skin, 2 mm inwards and outwards, towards the middle of their plane.
    var wrong = 0
    var count = 0
    for slab in body.slabs.dropFirst(4).dropLast(4) {
      let points = try #require(slab.region.polygons.first).outer.points
      let middle = points.reduce(SIMD2<Double>.zero, +) / Double(points.count)
      for point in points {
        let step = (point - middle) / ((point - middle) * (point - middle)).sum().squareRoot()
        let inner = point - 2 * step
        let outer = point + 2 * step
        count += 1
        if !skin.encloses(SIMD3(inner.x, inner.y, slab.z)) || skin.encloses(SIMD3(outer.x, outer.y, slab.z)) {
          wrong += 1
        }
      }
    }
    #expect(count > 1000)
    #expect(wrong == 0)
  }

  @Test("of what is contoured nothing is derived, side by side")
  func besidesContours() throws {
    let found = try #require(thorax)
    let drawn = found.patient.structures.filter { ["Lung_L", "External"].contains($0.name.tg263) }
    #expect(!drawn.isEmpty)
    let names = try CTAnatomy(found.image, besides: drawn).structures.map(\.name.tg263)
    #expect(!names.contains("Lung_L"))
    #expect(names.contains("Lung_R"))
    #expect(!names.contains("External") || !drawn.contains { $0.name.role == .external })
  }

  @Test("an image without a body, and one of a body without lungs, say so and derive no more")
  func withoutBody() throws {
    let grid = VoxelGrid(
      columns: 60, rows: 60, spacing: SIMD2(5, 5), first: SIMD2(0, 0), planes: (0..<40).map { 5 * Double($0) }
    )
    let air = CTImage(grid: grid, hounsfield: [Int16](repeating: -1000, count: 60 * 60 * 40))
    let nothing = try CTAnatomy(air, besides: [])
    #expect(nothing.doubts == [.noBody])
    #expect(nothing.structures.isEmpty)
    #expect(nothing.lungDensity == nil)
    let water = CTImage(
      grid: grid,
      hounsfield: (0..<(60 * 60 * 40)).map { index in
        let (x, y) = (index % 60, index / 60 % 60)
        return (10..<50).contains(x) && (10..<50).contains(y) ? 0 : -1000
      })
    let block = try CTAnatomy(water, besides: [])
    #expect(block.doubts.contains(.noLungs))
    let volume = try #require(block.structures.first { $0.name.role == .external }).solid.volume
      .cubicCentimeters
    // 40 × 40 × 40 voxels of 5 mm, less what opening takes off its edges.
    #expect(abs(volume / 8000 - 1) < 0.02)
    #expect(block.lungDensity == nil)
  }

  @Test("thin slabs and coarse images are looked at like others", arguments: [2, 3, 5])
  func thinSlabs(planes: Int) throws {
    for spacing in [0.3, 1, 6] {
      let grid = VoxelGrid(
        columns: 300, rows: 240, spacing: SIMD2(0.8, 0.8), first: SIMD2(0, 0),
        planes: (0..<planes).map { spacing * Double($0) })
      let image = CTImage(
        grid: grid,
        hounsfield: (0..<(300 * 240 * planes)).map { ($0 % 300) > 20 && ($0 % 300) < 280 ? 30 : -1000 })
      _ = try CTAnatomy(image, besides: [])
    }
    let coarse = VoxelGrid(
      columns: 3, rows: 3, spacing: SIMD2(50, 50), first: SIMD2(0, 0), planes: [0, 50, 100])
    _ = try CTAnatomy(CTImage(grid: coarse, hounsfield: [Int16](repeating: 40, count: 27)), besides: [])
  }

  @Test("the dome of the liver, an island in the lung's planes, is no lung; a nodule within it is")
  func dome() throws {
    // A trunk with one lung on each side; a dome rises into the right one, a nodule of 30 mm lies in the left one.
    let (nx, ny, nz) = (110, 80, 80)
    let grid = VoxelGrid(
      columns: nx, rows: ny, spacing: SIMD2(3, 3), first: SIMD2(0, 0), planes: (0..<nz).map { 3 * Double($0) }
    )
    func within(_ p: SIMD3<Double>, _ centre: SIMD3<Double>, _ radii: SIMD3<Double>) -> Bool {
      let q = (p - centre) / radii
      return (q * q).sum() <= 1
    }
    var values = [Int16](repeating: -1000, count: nx * ny * nz)
    for z in 0..<nz {
      for y in 0..<ny {
        for x in 0..<nx {
          let p = SIMD3(Double(x), Double(y), Double(z))
          var value: Int16 = -1000
          if within(SIMD3(p.x, p.y, 0), SIMD3(55, 40, 0), SIMD3(50, 34, 1)) { value = 40 }
          let isLung =
            p.z > 14 && p.z < 70
            && (within(SIMD3(p.x, p.y, 0), SIMD3(30, 40, 0), SIMD3(20, 24, 1))
              || within(SIMD3(p.x, p.y, 0), SIMD3(80, 40, 0), SIMD3(20, 24, 1)))
          if isLung { value = -850 }
          if within(p, SIMD3(30, 40, 14), SIMD3(12, 14, 22)) { value = 55 }
          if within(p, SIMD3(80, 40, 45), SIMD3(5, 5, 5)) { value = 40 }
          values[(z * ny + y) * nx + x] = value
        }
      }
    }
    let anatomy = try CTAnatomy(CTImage(grid: grid, hounsfield: values), besides: [])
    let right = try #require(anatomy.structures.first { $0.name.tg263 == "Lung_R" }?.solid)
    let left = try #require(anatomy.structures.first { $0.name.tg263 == "Lung_L" }?.solid)
    #expect(!right.contains(SIMD3(90, 120, 70)))
    #expect(right.contains(SIMD3(90, 120, 150)))
    #expect(left.contains(SIMD3(240, 120, 135)))
  }

  @Test("the share below −950 HU is counted voxel by voxel in lung alone")
  func density() throws {
    let anatomy = try CTAnatomy(try #require(thorax).image, besides: [])
    let density = try #require(anatomy.lungDensity)
    #expect(abs(density.mean + 840) < 10)
    // Noise of 20 HU around −840 reaches −950 nowhere.
    #expect(density.shareBelow950 < 0.001)
  }

  @Test("density within a body is that of its voxels")
  func densityWithin() throws {
    let grid = VoxelGrid(
      columns: 20, rows: 20, spacing: SIMD2(1, 1), first: SIMD2(0, 0), planes: (0..<20).map { Double($0) })
    let image = CTImage(
      grid: grid,
      hounsfield: (0..<8000).map { index in
        let (x, y, z) = (index % 20, index / 20 % 20, index / 400)
        guard (5..<15).contains(x), (5..<15).contains(y), (5..<15).contains(z) else { return -800 }
        return x < 10 ? 300 : 40
      })
    let square = try Contour([SIMD2(4.5, 4.5), SIMD2(14.5, 4.5), SIMD2(14.5, 14.5), SIMD2(4.5, 14.5)])
    let solid = try Solid(
      planes: (5..<15).map { (z: Double($0), region: Region(nesting: [square])) }, endCap: .half)
    let density = try #require(image.density(within: solid))
    #expect(density.voxels == 1000)
    #expect(abs(density.mean - 170) < 1e-9)
    #expect(abs(density.shareAbove200 - 0.5) < 1e-9)
    #expect(density.shareBelowMinus300 == 0)
  }
}

@Suite("Grids of voxels")
struct VoxelGridTests {
  @Test("uneven planes reach half-way to their neighbours")
  func unevenPlanes() {
    let grid = VoxelGrid(
      columns: 4, rows: 4, spacing: SIMD2(1, 1), first: SIMD2(0, 0), planes: [0, 1, 3, 6])
    #expect((0...4).map { grid.edge(2, $0) } == [-0.5, 0.5, 2, 4.5, 7.5])
    #expect(grid.plane(at: 1.9) == 1)
    #expect(grid.plane(at: 2) == 2)
    #expect(grid.plane(at: 7.5) == nil)
    #expect(grid.plane(at: -0.6) == nil)
    #expect(grid.voxel(at: SIMD3(3.4, 0, 6)) == SIMD3(3, 0, 3))
    #expect(grid.voxel(at: SIMD3(3.6, 0, 6)) == nil)
  }
}
