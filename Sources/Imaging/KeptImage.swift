// SPDX-License-Identifier: Apache-2.0
public import Anatomy
public import Foundation

/// A case's CT: where it lies, and its voxels when they are asked for.
///
/// A case is judged without its image; what draws or measures it loads it.
public struct KeptImage: Sendable, Hashable {
  /// Where the voxels lie.
  public let grid: VoxelGrid
  /// SHA-256 of the packed voxels, in hexadecimal; tells images apart.
  public let sha256: String
  /// The window that the image asks to be shown with, if it does.
  public let window: CTImage.Window?
  private let pack: @Sendable () throws -> Data
  private let unpack: @Sendable (Data) throws -> CTImage

  /// An image that is made, or read, when it is asked for.
  ///
  /// - Parameters:
  ///   - grid: where its voxels lie.
  ///   - sha256: of the packed voxels.
  ///   - window: the image's own, if it has one.
  ///   - packed: the packed voxels.
  ///   - unpack: the image of packed voxels.
  public init(
    grid: VoxelGrid, sha256: String, window: CTImage.Window?, packed: @escaping @Sendable () throws -> Data,
    unpack: @escaping @Sendable (Data) throws -> CTImage
  ) {
    self.grid = grid
    self.sha256 = sha256
    self.window = window
    pack = packed
    self.unpack = unpack
  }

  /// The packed voxels.
  ///
  /// - Throws: what reading them throws.
  public func packed() throws -> Data { try pack() }

  /// The image.
  ///
  /// - Throws: what reading it throws.
  public func image() throws -> CTImage { try unpack(try pack()) }

  /// Whether two are one image, by grid and voxels.
  public static func == (a: KeptImage, b: KeptImage) -> Bool { a.sha256 == b.sha256 && a.grid == b.grid }

  /// By what tells images apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(sha256) }
}
