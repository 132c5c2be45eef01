// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The lines of a file or of the standard input, a batch at a time: memory is bounded by a batch, not by the file.
struct LineBatches {
  /// Lines of a batch, and the bytes after which it is closed: enough to keep every processor busy, little enough to show
  /// progress and to keep memory small.
  private static let mostLines = 1024
  private static let mostBytes = 4 << 20
  private static let pieceBytes = 1 << 20

  let path: String
  private let source: Descriptor
  private var rest: [UInt8] = []
  private var ended = false

  /// - Parameter path: a file, a pipe, or `-` for the standard input.
  init(path: String) throws(InputError) {
    self.path = path
    if path == "-" {
      let number = dup(STDIN_FILENO)
      guard number >= 0 else { throw SystemFailure.cannotRead("standard input", errno) }
      source = Descriptor(number)
    } else {
      var status = stat()
      guard stat(path, &status) == 0 else { throw SystemFailure.cannotRead(path, errno) }
      guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemFailure.cannotRead(path, EISDIR) }
      let number = open(path, O_RDONLY | O_CLOEXEC)
      guard number >= 0 else { throw SystemFailure.cannotRead(path, errno) }
      source = Descriptor(number)
    }
  }

  /// The next lines that hold anything, without their ends; empty at the end of the input.
  ///
  /// A last line without an end counts. A line that is longer than any JSON that is read is given cut, so that its record
  /// says so and what follows is read.
  mutating func next() throws(InputError) -> [Data] {
    var lines: [Data] = []
    var bytes = 0
    while lines.count < Self.mostLines, bytes < Self.mostBytes {
      guard let line = try line() else { break }
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      bytes += line.count
      lines.append(line)
    }
    return lines
  }

  private var position = 0
  private var isBeginning = true

  private mutating func line() throws(InputError) -> Data? {
    var searched = position
    while true {
      let found = rest.withUnsafeBytes { buffer -> Int? in
        guard searched < buffer.count, let base = buffer.baseAddress,
          let end = memchr(base + searched, 0x0A, buffer.count - searched)
        else { return nil }
        return UnsafeRawPointer(end) - base
      }
      if let found {
        defer { position = found + 1 }
        return text(position..<found)
      }
      guard !ended else {
        guard position < rest.count else { return nil }
        defer { position = rest.count }
        return text(position..<rest.count)
      }
      // What was read is kept once; the line goes on in the next piece.
      rest.removeFirst(position)
      position = 0
      if rest.count > InputLimits.jsonBytes + 1 {
        rest.removeLast(rest.count - (InputLimits.jsonBytes + 1))
      }
      searched = rest.count
      let piece = try source.piece(of: path, Self.pieceBytes)
      ended = piece.isEmpty
      rest += piece
      // A byte-order mark at the very beginning belongs to no line.
      if isBeginning, rest.count >= 3 || ended {
        isBeginning = false
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
        searched = 0
      }
    }
  }

  private func text(_ range: Range<Int>) -> Data {
    var range = range.prefix(InputLimits.jsonBytes + 1)
    if range.last.map({ rest[$0] == 0x0D }) ?? false { range = range.dropLast() }
    return Data(rest[range.startIndex..<range.endIndex])
  }
}
