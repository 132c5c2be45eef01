// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import Imaging
internal import Packing
internal import Parallelism

/// A case's CT as `case.json` tells it; its voxels lie beside it.
struct ImageEntry: Codable, Hashable {
  var columns: Int
  var rows: Int
  /// The centre of the first voxel along x and y.
  var originMM: [Double]
  var spacingMM: [Double]
  var planesMM: [Double]
  /// Centre and width of the image's own window, in Hounsfield units.
  var windowHU: [Double]?
  /// SHA-256 of the packed voxels.
  var sha256: String
}

/// Voxels packed without loss: plane by plane, each voxel as its difference from the one before, by zstd.
///
/// Low bytes stand apart from high ones. A thorax takes about half of its size.
///
/// A plane is: its length in bytes as 32 bits, little endian; then a zstd frame.
enum ImageStore {
  static let fileName = "ct.bin"
  /// zstd's quickest level: higher ones take three times as long for a tenth less.
  private static let level: Int32 = 1

  /// Packs an image.
  static func pack(_ image: CTImage) -> Data {
    let plane = image.grid.size.x * image.grid.size.y
    let parts = Workers.map(image.grid.size.z) { z -> [UInt8] in
      var bytes = [UInt8](repeating: 0, count: 2 * plane)
      image.hounsfield.withUnsafeBufferPointer { values in
        var before: Int16 = 0
        for index in 0..<plane {
          let value = values[z * plane + index]
          let step = value &- before
          // Signs go to the lowest bit, so that small steps have high bytes of 0.
          let folded = UInt16(bitPattern: (step &<< 1) ^ (step &>> 15))
          bytes[index] = UInt8(truncatingIfNeeded: folded)
          bytes[plane + index] = UInt8(truncatingIfNeeded: folded >> 8)
          before = value
        }
      }
      return Compression.zstd(bytes, level: level)
    }
    var data = Data(capacity: parts.reduce(0) { $0 + $1.count + 4 })
    for part in parts {
      withUnsafeBytes(of: UInt32(part.count).littleEndian) { data.append(contentsOf: $0) }
      data.append(contentsOf: part)
    }
    return data
  }

  /// What the document says of an image.
  static func entry(_ image: KeptImage) -> ImageEntry {
    let grid = image.grid
    return ImageEntry(
      columns: grid.size.x, rows: grid.size.y, originMM: [grid.centre(0, 0), grid.centre(1, 0)],
      spacingMM: [grid.spacing.x, grid.spacing.y], planesMM: (0..<grid.size.z).map { grid.centre(2, $0) },
      windowHU: image.window.map { [$0.centre, $0.width] }, sha256: image.sha256)
  }

  /// Columns and rows, planes, and the size of a voxel in millimetres, that an image has.
  static let mostAcross = 4096
  static let mostPlanes = 16_384
  private static let spacing = 0.01...100.0

  /// Refuses an image that could not be kept: of no patient's size or place.
  ///
  /// - Throws: `InputError`.
  static func check(_ grid: VoxelGrid, file: String) throws(InputError) {
    let edges = (0..<3).flatMap { [grid.edge($0, 0), grid.edge($0, grid.size[$0])] }
    guard (2...mostAcross).contains(grid.size.x), (2...mostAcross).contains(grid.size.y),
      (2...mostPlanes).contains(grid.size.z), (0..<3).allSatisfy({ spacing.contains(grid.spacing[$0]) }),
      edges.allSatisfy({ abs($0) <= LesionRow.farthestMM })
    else {
      throw InputError(
        file: file,
        "has \(grid.size.x) × \(grid.size.y) × \(grid.size.z) voxels of \(grid.spacing.x) × \(grid.spacing.y) × \(grid.spacing.z) mm, or lies over 10 m from the origin",
        advice: "is it one CT series, with its geometry in millimetres?")
    }
  }

  /// The grid that an entry tells; `nil` for none that an image has.
  private static func grid(_ entry: ImageEntry) -> VoxelGrid? {
    guard (2...mostAcross).contains(entry.columns), (2...mostAcross).contains(entry.rows),
      (2...mostPlanes).contains(entry.planesMM.count), entry.originMM.count == 2, entry.spacingMM.count == 2,
      entry.spacingMM.allSatisfy({ spacing.contains($0) }),
      (entry.originMM + entry.planesMM).allSatisfy({ abs($0) <= LesionRow.farthestMM }),
      zip(entry.planesMM.dropFirst(), entry.planesMM).allSatisfy({ $0 - $1 > 1e-3 }),
      entry.columns * entry.rows <= (1 << 30) / entry.planesMM.count
    else { return nil }
    return VoxelGrid(
      columns: entry.columns, rows: entry.rows, spacing: SIMD2(entry.spacingMM[0], entry.spacingMM[1]),
      first: SIMD2(entry.originMM[0], entry.originMM[1]), planes: entry.planesMM)
  }

  /// The image of a case, whose voxels are read and checked when they are asked for.
  ///
  /// - Parameters:
  ///   - path: the packed voxels.
  ///   - file: the case, which a refusal names.
  /// - Throws: `InputError` for an entry that no image has.
  static func kept(_ entry: ImageEntry, at path: String, file: String) throws(InputError) -> KeptImage {
    guard let grid = grid(entry) else {
      throw InputError(file: file, place: "ct", "is no image", advice: "import the case again")
    }
    let window = entry.windowHU.flatMap {
      $0.count == 2 && $0[1] > 0 ? CTImage.Window(centre: $0[0], width: $0[1]) : nil
    }
    return KeptImage(
      grid: grid, sha256: entry.sha256, window: window,
      packed: {
        let data = try FileAccess.read(path)
        guard FileAccess.sha256(data) == entry.sha256 else {
          throw InputError(
            file: path, "does not match the hash in \(CaseStore.documentName)",
            advice: "the case was changed or damaged; import it again")
        }
        return data
      }, unpack: { try unpack($0, grid, window, path) })
  }

  /// An image that was just made, with its packed form.
  static func kept(_ image: CTImage) -> KeptImage {
    let data = pack(image)
    return KeptImage(
      grid: image.grid, sha256: FileAccess.sha256(data), window: image.window, packed: { data },
      unpack: { _ in image })
  }

  private static func unpack(
    _ data: Data, _ grid: VoxelGrid, _ window: CTImage.Window?, _ path: String
  ) throws(InputError) -> CTImage {
    let broken = InputError(file: path, "is damaged", advice: "import the case again")
    let plane = grid.size.x * grid.size.y
    var places: [(offset: Int, length: Int)] = []
    var offset = 0
    for _ in 0..<grid.size.z {
      guard offset + 4 <= data.count else { throw broken }
      let length = data.withUnsafeBytes {
        Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      }
      guard length <= data.count - offset - 4 else { throw broken }
      places.append((offset + 4, length))
      offset += 4 + length
    }
    guard offset == data.count else { throw broken }
    let found = places
    let states = Workers.fill(
      arrays: 1, count: plane * grid.size.z, parts: grid.size.z,
      into: { [UInt8](repeating: 0, count: 2 * plane) }
    ) {
      (z: Int, out: [UnsafeMutableBufferPointer<Int16>], bytes: inout [UInt8]) in
      let done = data.withUnsafeBytes { raw in
        Compression.unzstd(
          UnsafeRawBufferPointer(rebasing: raw[found[z].offset..<(found[z].offset + found[z].length)]),
          into: &bytes)
      }
      // A plane that is damaged is filled with a value that no image has, and found below.
      guard done else {
        for index in 0..<plane { out[0][index] = .min }
        return
      }
      var before: Int16 = 0
      for index in 0..<plane {
        let folded = UInt16(bytes[index]) | UInt16(bytes[plane + index]) << 8
        let step = Int16(bitPattern: folded &>> 1) ^ -Int16(bitPattern: folded & 1)
        before = before &+ step
        out[0][index] = before
      }
    }
    guard !states[0].contains(.min) else { throw broken }
    return CTImage(grid: grid, hounsfield: states[0], window: window)
  }
}
