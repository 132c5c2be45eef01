// SPDX-License-Identifier: Apache-2.0
internal import CDCMTK
internal import Foundation

/// A DICOM file in memory.
///
/// Belongs to one task; items borrowed from it live as long as it does.
final class DICOMFile {
  private let handle: UnsafeMutablePointer<odcm_file>
  let name: String

  /// Opens a file in any transfer syntax, with or without preamble and meta header.
  ///
  /// - Parameter headOnly: whether what stands before the pixel data is enough.
  init(path: String, headOnly: Bool = false) throws(InputError) {
    name = path
    let readable = try PipeContents.readable(path)
    var refusal = ODCM_REFUSED_DAMAGED
    var message = [CChar](repeating: 0, count: 256)
    guard let handle = odcm_open(readable, headOnly ? 1 : 0, &refusal, &message, message.count) else {
      let text = message.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      switch refusal {
      case ODCM_REFUSED_DICTIONARY:
        throw InputError(file: path, "cannot be read (\(text))", advice: "or run Tools/setup again")
      case ODCM_REFUSED_LIMIT:
        throw InputError(
          file: path, "is refused: \(text)", advice: "export it again; it is damaged or hostile")
      default:
        throw InputError(
          file: path,
          Self.hasPreamble(readable)
            ? "is damaged or cut short (\(text))" : "is no DICOM file, or is cut short (\(text))",
          advice: "give a whole DICOM file; export it again if it is one")
      }
    }
    self.handle = handle
  }

  private static func hasPreamble(_ path: String) -> Bool {
    guard let head = try? Descriptor.reading(path).piece(of: path, 132) else { return false }
    return head.count == 132 && head.suffix(4).elementsEqual("DICM".utf8)
  }

  /// An empty data set to be written.
  init(creating name: String) throws(InputError) {
    self.name = name
    guard let handle = odcm_create() else {
      throw InputError(.cannotWrite, file: name, "out of memory")
    }
    self.handle = handle
  }

  deinit { odcm_close(handle) }

  /// What is to be told of the file's character set; `nil` where names are what the file declares.
  var charsetNote: String? {
    switch odcm_charset_of(handle) {
    case ODCM_CHARSET_FAILED:
      "names are in a character set that could not be read; they may look garbled"
    case ODCM_CHARSET_UTF8_UNDECLARED:
      "names are UTF-8, though the file declares another character set or none; they were read as UTF-8"
    default: nil
    }
  }
  var dataset: DICOMItem { DICOMItem(handle: odcm_dataset(handle), file: self) }

  /// Calls back with the pixel data as whole samples in host order, piece by piece, whatever the transfer syntax.
  ///
  /// - Parameter body: gets the number of the piece's first sample and its samples.
  /// - Throws: `InputError` when there are none, or their number of bytes is not the expected one.
  func forEachPixels<Sample: FixedWidthInteger & Sendable>(
    of type: Sample.Type, count: Int, _ body: (Int, UnsafeBufferPointer<Sample>) -> Void
  ) throws(InputError) {
    func broken(_ message: String, _ advice: String) -> InputError {
      InputError(file: name, place: DICOMTag.pixelData.text, message, advice: advice)
    }
    var message = [CChar](repeating: 0, count: 256)
    var length = 0
    guard odcm_pixels(handle, MemoryLayout<Sample>.size, &length, &message, message.count) != 0 else {
      let text = message.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      throw broken(text, "export the dose uncompressed")
    }
    // A value of odd length is padded by one byte.
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Sample>.size)
    guard !overflow, length == bytes || length == bytes + bytes % 2 else {
      throw broken(
        "holds \(length) bytes where rows, columns and frames ask for \(overflow ? "more than there can be" : String(bytes))",
        "the file is damaged or cut short; export it again")
    }
    let piece = UnsafeMutableBufferPointer<Sample>.allocate(capacity: min(max(count, 1), 1 << 19))
    defer { piece.deallocate() }
    guard let start = UnsafeMutableRawPointer(piece.baseAddress) else { return }
    var first = 0
    while first < count {
      let samples = min(piece.count, count - first)
      guard
        odcm_read_pixels(
          handle, first * MemoryLayout<Sample>.size, start, samples * MemoryLayout<Sample>.size) != 0
      else { throw broken("cannot be read", "the file is damaged or cut short; export it again") }
      body(first, UnsafeBufferPointer(rebasing: piece[..<samples]))
      first += samples
    }
  }

  /// The pixel data as bytes that can be read anywhere, whatever the transfer syntax.
  ///
  /// - Parameters:
  ///   - sampleBytes: 1 or 2; of the samples, or of the bits packed into them.
  ///   - expected: how many bytes there must be.
  ///   - advice: what to do where they cannot be read.
  /// - Throws: `InputError` when there are none, or their number is not the expected one.
  func pixelBytes(sampleBytes: Int, expected: Int, advice: String) throws(InputError) -> PixelBytes {
    var message = [CChar](repeating: 0, count: 256)
    var length = 0
    guard odcm_pixels(handle, sampleBytes, &length, &message, message.count) != 0 else {
      let text = message.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      throw InputError(file: name, place: DICOMTag.pixelData.text, text, advice: advice)
    }
    guard length == expected || length == expected + expected % 2 else {
      throw InputError(
        file: name, place: DICOMTag.pixelData.text,
        "holds \(length) bytes where rows, columns and frames ask for \(expected)",
        advice: "the file is damaged or cut short; export it again")
    }
    return PixelBytes(file: self)
  }

  /// The transfer syntax that the file was written in.
  var transferSyntax: String { String(cString: odcm_transfer_syntax(handle)) }

  /// Calls back with the compressed bytes of a frame; `nil` where they are not compressed, or not one fragment a frame.
  func withFragments<Result>(
    of frame: Int, among frames: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    var length = 0
    guard let start = odcm_fragments(handle, frame, frames, &length) else { return nil }
    return body(UnsafeBufferPointer(start: start, count: length))
  }

  /// Pixel data whose form is settled.
  struct PixelBytes {
    fileprivate let file: DICOMFile

    /// Copies bytes from a place on into a buffer.
    func read(offset: Int, count: Int, into bytes: inout [UInt8]) throws(InputError) {
      let done = bytes.withUnsafeMutableBytes { buffer in
        count <= buffer.count
          ? buffer.baseAddress.map { odcm_read_pixels(file.handle, offset, $0, count) } ?? 0 : 0
      }
      guard done != 0 else {
        throw InputError(
          file: file.name, place: DICOMTag.pixelData.text, "cannot be read",
          advice: "the file is damaged or cut short; export it again")
      }
    }
  }

  /// The whole file as bytes; staged in memory, where nobody else can read it.
  func data() throws(InputError) -> Data {
    guard let stage = Descriptor.anonymous("oligoplan") else {
      throw InputError(.cannotWrite, file: name, "cannot be written (no memory)")
    }
    var message = [CChar](repeating: 0, count: 256)
    guard odcm_save(handle, stage.path, &message, message.count) != 0 else {
      let text = message.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      throw InputError(.cannotWrite, file: name, "cannot be written (\(text))")
    }
    return try FileAccess.read(stage.path)
  }

  /// DCMTK's version.
  static var libraryVersion: String { String(cString: odcm_version()) }
}

/// One data set or sequence item.
struct DICOMItem {
  fileprivate let handle: UnsafeMutablePointer<odcm_item>
  /// Keeps the file alive while its items are in use.
  let file: DICOMFile

  fileprivate init(handle: UnsafeMutablePointer<odcm_item>, file: DICOMFile) {
    self.handle = handle
    self.file = file
  }

  /// The text of an element without padding; `nil` when absent or empty.
  ///
  /// Bytes that are not UTF-8 are read as Latin-1; what would steer a terminal is written out (`VisibleText`).
  func string(_ tag: DICOMTag) -> String? {
    withBytes(tag) { bytes in
      func isPadding(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0 }
      var first = 0
      var last = bytes.count
      while first < last, isPadding(bytes[first]) { first += 1 }
      while last > first, isPadding(bytes[last - 1]) { last -= 1 }
      guard first < last else { return nil }
      let trimmed = UnsafeBufferPointer(rebasing: bytes[first..<last])
      return VisibleText.escaped(
        Self.shiftedJapanese(trimmed) ?? String(validating: trimmed, as: UTF8.self)
          ?? String(trimmed.map { Character(Unicode.Scalar($0)) }))
    } ?? nil
  }

  /// Text that switches to Japanese characters by escape sequences (ISO 2022 IR 87), which DCMTK leaves as it is where its
  /// conversion has no table for them; `nil` for other text.
  private static func shiftedJapanese(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.contains(0x1B), bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(data: Data(bytes), encoding: .iso2022JP)
  }

  /// Whether an element is there and not empty, whatever its form.
  func holds(_ tag: DICOMTag) -> Bool { odcm_holds(handle, tag.group, tag.element) != 0 }

  /// The raw bytes of a text element; `nil` when absent or empty.
  func withBytes<Result>(_ tag: DICOMTag, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    var length = 0
    guard let start = odcm_string(handle, tag.group, tag.element, &length) else { return nil }
    return start.withMemoryRebound(to: UInt8.self, capacity: length) {
      body(UnsafeBufferPointer(start: $0, count: length))
    }
  }

  /// The items of a sequence; `nil` when it is absent.
  func items(_ tag: DICOMTag) -> [DICOMItem]? {
    let count = odcm_count(handle, tag.group, tag.element)
    guard count >= 0 else { return nil }
    final class Collection { var items: [UnsafeMutablePointer<odcm_item>] = [] }
    let collection = Collection()
    collection.items.reserveCapacity(count)
    odcm_each(handle, tag.group, tag.element, Unmanaged.passUnretained(collection).toOpaque()) {
      context, child in
      Unmanaged<Collection>.fromOpaque(context).takeUnretainedValue().items.append(child)
    }
    return collection.items.map { DICOMItem(handle: $0, file: file) }
  }

  /// An unsigned 16-bit number; `nil` when absent.
  func unsigned(_ tag: DICOMTag) -> Int? {
    var value: UInt16 = 0
    return odcm_uint16(handle, tag.group, tag.element, &value) != 0 ? Int(value) : nil
  }

  /// The numbers of an element of 32-bit floating point; `nil` when absent or of another kind.
  func floats(_ tag: DICOMTag) -> [Float]? {
    var count = 0
    guard let start = odcm_floats(handle, tag.group, tag.element, &count) else { return nil }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// The numbers of a decimal string; `nil` when absent.
  ///
  /// - Throws: `InputError` naming the tag when one is no number.
  func decimals(_ tag: DICOMTag) throws(InputError) -> [Double]? {
    guard let parsed = withBytes(tag, { bytes in Swift.Result { try DecimalStringParser.parse(bytes) } })
    else {
      return nil
    }
    do { return try parsed.get() } catch {
      throw InputError(
        file: file.name, place: tag.text, "holds something that is no number",
        advice: "export it again")
    }
  }

  /// A date element as YYYY-MM-DD; `nil` when absent or no date.
  func day(_ tag: DICOMTag) -> String? {
    guard let text = string(tag), text.count == 8, text.allSatisfy(\.isNumber) else { return nil }
    let day = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    return CourseDate.isDate(day) ? day : nil
  }

  /// The patient's ID; `nil` when absent or empty.
  ///
  /// - Throws: `InputError` for one that is too long.
  func patientID(_ path: String) throws(InputError) -> String? {
    guard let id = string(.patientID) else { return nil }
    if let defect = NameLength.defect(of: id, "patient id") { throw InputError(file: path, defect) }
    return id
  }

  func putPixels(_ words: [UInt16]) throws(InputError) {
    guard
      words.withUnsafeBufferPointer({ buffer in
        buffer.baseAddress.map { odcm_put_pixels(handle, $0, UInt(buffer.count)) } ?? 0
      }) != 0
    else {
      throw InputError(.cannotWrite, file: file.name, place: DICOMTag.pixelData.text, "cannot be stored")
    }
  }

  func put(_ tag: DICOMTag, _ value: String) throws(InputError) {
    guard odcm_put(handle, tag.group, tag.element, value) != 0 else {
      throw InputError(.cannotWrite, file: file.name, place: tag.text, "the value does not fit the element")
    }
  }

  /// Writes a name of ours into a Long String: at most 64 characters, of which none is a backslash, which would make two
  /// values of it (PS3.5 6.2), and none is a control.
  ///
  /// A longer name keeps its beginning and end, which tell lesions apart.
  func putText(_ tag: DICOMTag, _ value: String) throws(InputError) {
    var text = VisibleText.escaped(value).replacingOccurrences(of: "\\", with: "/")
    if text.unicodeScalars.count > 64 {
      let scalars = Array(text.unicodeScalars)
      var kept = String.UnicodeScalarView(scalars.prefix(31))
      kept.append("~")
      kept.append(contentsOf: scalars.suffix(32))
      text = String(kept)
    }
    try put(tag, text)
  }

  func append(_ tag: DICOMTag) throws(InputError) -> DICOMItem {
    guard let child = odcm_append(handle, tag.group, tag.element) else {
      throw InputError(.cannotWrite, file: file.name, place: tag.text, "the item cannot be made")
    }
    return DICOMItem(handle: child, file: file)
  }
}
