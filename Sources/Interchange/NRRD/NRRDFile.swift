// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import Packing

/// An NRRD file of voxels: where they lie, and their values in the file's order.
///
/// Read are whole numbers and floating point numbers, raw or in gzip, with their place in the patient.
struct NRRDFile {
  let path: String
  let header: NRRDHeader
  /// How many layers share the grid: 1 without an axis of layers.
  let layers: Int
  /// Where the voxels lie.
  let placement: GridPlacement
  private let type: Sample
  private let isBigEndian: Bool
  private let isPacked: Bool
  private let readable: String

  /// The types of values that segmentations have.
  private enum Sample: String {
    case int8, uint8, int16, uint16, int32, uint32, float, double

    var bytes: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .int32, .uint32, .float: 4
      case .double: 8
      }
    }

    /// The types by all names that the format gives them.
    init?(word: String) {
      switch word.replacing("unsigned", with: "u").replacing(" ", with: "").replacing("_t", with: "") {
      case "signedchar", "int8": self = .int8
      case "uchar", "uint8": self = .uint8
      case "short", "shortint", "signedshort", "signedshortint", "int16": self = .int16
      case "ushort", "ushortint", "uint16": self = .uint16
      case "int", "signedint", "int32": self = .int32
      case "uint", "uint32": self = .uint32
      case "float": self = .float
      case "double": self = .double
      default: return nil
      }
    }
  }

  /// Values of a row that are read at once, at most.
  private static let mostInRow = 1 << 22
  /// As many values as an image may have: those of 512 × 512 × 4,096 voxels in two layers.
  private static let mostValues = 1 << 31

  /// Reads the header.
  ///
  /// - Throws: `InputError` naming the field.
  init(path: String) throws(InputError) {
    self.path = path
    readable = try PipeContents.readable(path)
    let header = try NRRDHeader(path: path, readable: readable)
    self.header = header
    func broken(_ field: String, _ message: String, _ advice: String = "write the file again") -> InputError {
      InputError(file: path, place: field, message, advice: advice)
    }
    guard let type = header.fields["type"].flatMap({ Sample(word: $0.lowercased()) }) else {
      throw broken("type", "is absent or none that a segmentation has", "save labels as whole numbers")
    }
    self.type = type
    switch header.fields["encoding"]?.lowercased() {
    case "raw": isPacked = false
    case "gzip", "gz": isPacked = true
    default:
      throw broken("encoding", "is absent or neither raw nor gzip", "save it as raw or gzip")
    }
    isBigEndian = header.fields["endian"]?.lowercased() == "big"
    guard type.bytes == 1 || header.fields["endian"] != nil else {
      throw broken("endian", "is absent, so the order of bytes is not known")
    }
    guard
      header.fields["line skip"] ?? header.fields["lineskip"] ?? "0" == "0",
      header.fields["byte skip"] ?? header.fields["byteskip"] ?? "0" == "0"
    else { throw broken("line skip, byte skip", "are not read") }
    let sizes = (header.numbers("sizes") ?? []).compactMap { Int(exactly: $0) }
    guard [3, 4].contains(sizes.count), sizes.allSatisfy({ (1...1 << 20).contains($0) }) else {
      throw broken("sizes", "are not those of one three-dimensional image", "save one image a file")
    }
    guard sizes.reduce(1.0, { $0 * Double($1) }) <= Double(Self.mostValues) else {
      throw broken("sizes", "ask for more than \(Self.mostValues >> 20) million values", "crop the image")
    }
    guard let directions = header.vectors("space directions"), directions.count == sizes.count else {
      throw broken(
        "space directions", "are absent, so where the voxels lie is not known",
        "write it with the geometry of its CT")
    }
    let spatial = directions.compactMap(\.self)
    guard spatial.count == 3, spatial.allSatisfy({ $0.count == 3 && $0.allSatisfy(\.isFinite) }),
      spatial.allSatisfy({ $0.contains { $0 != 0 } }),
      let origin = header.vectors("space origin")?.first.flatMap(\.self), origin.count == 3
    else { throw broken("space directions, space origin", "are no place in three dimensions") }
    // An axis of layers comes first, as Slicer writes it: the layers of a voxel lie together.
    guard directions.count == 3 || directions[0] == nil else {
      throw broken("space directions", "has its axis of layers elsewhere than first", "write it with Slicer")
    }
    layers = sizes.count == 4 ? sizes[0] : 1
    guard layers <= LabelMap.mostLabels,
      (sizes.count == 4 ? sizes[1] : sizes[0]) <= Self.mostInRow / layers
    else { throw broken("sizes", "\(layers) layers, or a row of them, are too many") }
    let sign = try Self.signs(header.fields["space"], path)
    try Self.requireMillimetres(header.fields["space units"], path)
    func point(_ values: [Double]) -> SIMD3<Double> { SIMD3(values[0], values[1], values[2]) * sign }
    placement = try GridPlacement(
      size: SIMD3(sizes.count == 4 ? Array(sizes.dropFirst()) : sizes), steps: spatial.map(point),
      first: point(origin), path: path, place: "space directions")
  }

  /// Whether the header names its unit of length.
  var namesUnit: Bool { header.fields["space units"] != nil }

  /// - Throws: `InputError` for lengths in anything but millimetres.
  private static func requireMillimetres(_ units: String?, _ path: String) throws(InputError) {
    guard let units else { return }
    let words = units.split { $0 == " " || $0 == "\"" }.map { $0.lowercased() }
    guard words.allSatisfy({ ["mm", "millimeter", "millimetre", "millimeters", "millimetres"].contains($0) })
    else {
      throw InputError(
        file: path, place: "space units", "are not millimetres", advice: "write it with its lengths in mm")
    }
  }

  /// What takes the file's coordinates to LPS.
  private static func signs(_ space: String?, _ path: String) throws(InputError) -> SIMD3<Double> {
    switch space?.lowercased() {
    case "left-posterior-superior", "lps": SIMD3(1, 1, 1)
    case "right-anterior-superior", "ras": SIMD3(-1, -1, 1)
    case "left-anterior-superior", "las": SIMD3(1, -1, 1)
    default:
      throw InputError(
        file: path, place: "space",
        space == nil
          ? "is absent, so left and right cannot be told" : "is none that lies in the patient",
        advice: "write it in left-posterior-superior (LPS) or right-anterior-superior (RAS)")
    }
  }

  /// Calls back with the values of every row along the first axis of space, layer by layer within a row.
  ///
  /// - Parameter body: gets the row's number (j + k × rows) and its values, voxel by voxel, the layers of a voxel together.
  /// - Throws: `InputError` when the file ends early, or what `body` throws.
  func forEachRow(
    _ body: (_ row: Int, _ values: UnsafeBufferPointer<Double>) throws(InputError) -> Void
  ) throws(InputError) {
    let size = placement.size
    let perRow = size.x * layers
    let rows = size.y * size.z
    let together = max(1, min(rows, (1 << 18) / perRow))
    let source = try Source(readable, path, offset: header.dataOffset, isPacked: isPacked)
    let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: together * perRow * type.bytes, alignment: 8)
    let values = UnsafeMutableBufferPointer<Double>.allocate(capacity: together * perRow)
    defer {
      raw.deallocate()
      values.deallocate()
    }
    var first = 0
    while first < rows {
      let count = min(together, rows - first)
      try source.fill(UnsafeMutableRawBufferPointer(rebasing: raw[..<(count * perRow * type.bytes)]))
      convert(raw, count * perRow, values)
      for row in 0..<count {
        try body(first + row, UnsafeBufferPointer(rebasing: values[(row * perRow)..<((row + 1) * perRow)]))
      }
      first += count
    }
  }

  private func convert(
    _ raw: UnsafeMutableRawBufferPointer, _ count: Int, _ values: UnsafeMutableBufferPointer<Double>
  ) {
    func whole<Whole: FixedWidthInteger>(_ type: Whole.Type) {
      for index in 0..<count {
        let stored = raw.loadUnaligned(fromByteOffset: index * MemoryLayout<Whole>.size, as: Whole.self)
        values[index] = Double(isBigEndian ? Whole(bigEndian: stored) : Whole(littleEndian: stored))
      }
    }
    switch type {
    case .int8: whole(Int8.self)
    case .uint8: whole(UInt8.self)
    case .int16: whole(Int16.self)
    case .uint16: whole(UInt16.self)
    case .int32: whole(Int32.self)
    case .uint32: whole(UInt32.self)
    case .float:
      for index in 0..<count {
        let bits = raw.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
        values[index] = Double(Float(bitPattern: isBigEndian ? bits.bigEndian : bits.littleEndian))
      }
    case .double:
      for index in 0..<count {
        let bits = raw.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
        values[index] = Double(bitPattern: isBigEndian ? bits.bigEndian : bits.littleEndian)
      }
    }
  }

  /// The bytes of the voxels, packed or not.
  private final class Source {
    private let path: String
    private let plain: Descriptor?
    private let packed: GzipStream?

    init(_ readable: String, _ path: String, offset: Int, isPacked: Bool) throws(InputError) {
      self.path = path
      if isPacked {
        plain = nil
        packed = GzipStream(path: readable, offset: offset)
        guard packed != nil else { throw InputError(file: path, "cannot be read") }
      } else {
        let file = try Descriptor.reading(readable)
        guard lseek(file.number, off_t(offset), SEEK_SET) >= 0 else {
          throw InputError(file: path, "cannot be read")
        }
        plain = file
        packed = nil
      }
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(InputError) {
      let isWhole: Bool
      if let packed {
        isWhole = packed.fill(buffer)
      } else if let plain {
        isWhole = try plain.fill(buffer, of: path)
      } else {
        isWhole = false
      }
      guard isWhole else {
        throw InputError(
          file: path, "is damaged or cut short: it ends before its last voxel",
          advice: "copy or write the file again")
      }
    }
  }
}
