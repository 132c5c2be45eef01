// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Imaging
import Packing
import Testing

@testable import Report

@Suite("The CT in the report")
struct SceneImageTests {
  private func patientCase(_ image: CTImage) -> PatientCase {
    var patientCase = PatientCase()
    patientCase.ct = KeptImage(
      grid: image.grid, sha256: "x", window: image.window, packed: { Data() }, unpack: { _ in image })
    return patientCase
  }

  private func values(_ image: SceneImage) throws -> [Int] {
    let packed = try #require(Data(base64Encoded: image.voxels))
    let bytes = try #require(
      packed.withUnsafeBytes {
        Compression.inflated($0, most: image.size[0] * image.size[1] * image.size[2])
      })
    var value: UInt8 = 0
    return bytes.map { step in
      value = value &+ step
      return image.levels[Int(value)]
    }
  }

  @Test("voxels as large as the page's keep their values within a level, and their places")
  func values() throws {
    let grid = VoxelGrid(
      columns: 20, rows: 16, spacing: SIMD2(2, 2), first: SIMD2(-20, 5),
      planes: (0..<9).map { 3 * Double($0) })
    let stored = (0..<2880).map { (index: Int) -> Int16 in Int16((index * 37) % 2500 - 1024) }
    let image = CTImage(
      grid: grid, hounsfield: stored,
      window: .init(centre: 30, width: 300))
    let made = try #require(try SceneImage(of: patientCase(image)))
    #expect(made.size == [20, 16, 9])
    #expect(made.cornerMM == [-21, 4, -1.5])
    #expect(made.stepMM == [2, 2, 3])
    #expect(made.window == [30, 300])
    let found = try values(made)
    #expect(found.count == stored.count)
    for (found, stored) in zip(found, stored) {
      // Half of the widest step; beyond the levels the last one stands.
      #expect(abs(found - min(max(Int(stored), -1018), 2020)) <= 10)
    }
  }

  @Test("fine voxels are averaged; uneven planes become even ones")
  func averaged() throws {
    let grid = VoxelGrid(
      columns: 40, rows: 40, spacing: SIMD2(0.9, 0.9), first: SIMD2(0, 0),
      planes: [0, 1, 2, 3, 4, 6, 8, 10, 12])
    let image = CTImage(
      grid: grid, hounsfield: (0..<14_400).map { (index: Int) -> Int16 in index % 2 == 0 ? 0 : 80 })
    let made = try #require(try SceneImage(of: patientCase(image)))
    #expect(made.size[0] == 20)
    #expect(Set(try values(made)).isSubset(of: [36, 40, 44]))
  }

  @Test("levels rise, and tell soft tissue by 4 HU")
  func levels() {
    #expect(SceneImage.levels.count == 256)
    #expect(zip(SceneImage.levels.dropFirst(), SceneImage.levels).allSatisfy { $0 > $1 })
    let soft = SceneImage.levels.filter { (-160...240).contains($0) }
    #expect(zip(soft.dropFirst(), soft).allSatisfy { $0 - $1 <= 4 })
  }

  @Test("a case without an image has none in the report; one that cannot be read is refused")
  func without() throws {
    #expect(try SceneImage(of: PatientCase()) == nil)
    struct Gone: Error {}
    var patientCase = PatientCase()
    patientCase.ct = KeptImage(
      grid: VoxelGrid(columns: 2, rows: 2, spacing: SIMD2(1, 1), first: .zero, planes: [0, 1]), sha256: "x",
      window: nil, packed: { throw Gone() }, unpack: { _ in throw Gone() })
    #expect(throws: Gone.self) { try SceneImage(of: patientCase) }
  }
}
