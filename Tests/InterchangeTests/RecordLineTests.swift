// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Interchange

@Suite("Lines of a cohort")
struct RecordLineTests {
  private func record(_ text: String, bare: Bool = false) -> AssessmentRecord {
    let leading = AssessmentRecord.LeadingEntry(
      rule: bare ? nil : text, fact: "inr", effect: "conditions", requires: bare ? nil : "board", text: text,
      sources: bare ? [] : ["A", text])
    let judged = AssessmentRecord.ModalityEntry(
      modality: "sbrt", verdict: "conditional", likely: bare ? nil : text, score: bare ? nil : 75,
      leading: bare ? nil : leading, missing: bare ? [] : [text, "b"], unavailable: bare ? nil : true)
    return AssessmentRecord(
      schema: "s/1", tool: text, protocolSHA256: "p", inputSHA256: "i", patientID: bare ? nil : text,
      advice: bare ? nil : "treat", weeks: bare ? nil : -12, oligometastatic: bare ? nil : text,
      missing: bare ? nil : [], assumed: bare ? nil : [text],
      lesions: bare
        ? []
        : [
          .init(id: text, site: text, modalities: [judged, judged], note: nil),
          .init(id: "2", site: nil, modalities: [], note: text),
        ],
      warnings: bare ? nil : [text, text], detail: nil,
      errors: bare
        ? [
          .init(kind: "invalid", place: text, message: text, advice: ""),
          .init(kind: "k", place: "", message: "m", advice: text),
        ] : nil)
  }

  @Test("the bytes are the encoder's", arguments: [false, true])
  func encoded(bare: Bool) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let hostile = String(String.UnicodeScalarView((0..<0x80).compactMap(Unicode.Scalar.init)))
    for text in ["", "plain", "a/b\\c\"d", hostile, "é\u{301}\u{202E}\u{2028}😀\u{FEFF}", "\u{7F}\u{80}"] {
      let record = record(text, bare: bare)
      var expected = try encoder.encode(record)
      expected.append(0x0A)
      let bytes = Data(JSONLine(record).bytes)
      // What is not seen is written as JSON's own escape: the same text, other bytes.
      if VisibleText.hidesAnything(String(text.unicodeScalars.filter { $0.value >= 0x7F })) {
        #expect(!VisibleText.hidesAnything(String(decoding: bytes, as: UTF8.self)))
        let objects = try [bytes, expected].map {
          try JSONSerialization.jsonObject(with: $0) as? NSDictionary
        }
        #expect(objects[0] == objects[1], "\(text.debugDescription)")
      } else {
        #expect(bytes == expected, "\(text.debugDescription)")
      }
    }
  }

  @Test("lines are those of the text, whatever their ends and however long")
  func batches() throws {
    let scratch = try Scratch()
    // Longer than a piece and than a batch's bytes; ends of both kinds, blank lines, none at the end.
    let long = String(repeating: "x", count: 3 << 20)
    let lines = ["a", long, "b \r", "c"] + (0..<3000).map { "line \($0)" } + [long + "y", "last"]
    let text =
      "\u{FEFF}" + lines.enumerated().map { $1 + ($0 % 3 == 0 ? "\r\n\n  \n" : "\n") }.joined().dropLast(1)
    var batches = try LineBatches(path: try scratch.write("lines", text))
    var found: [String] = []
    while true {
      let batch = try batches.next()
      if batch.isEmpty { break }
      #expect(batch.count <= 1024)
      found += batch.map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(found.map(\.count) == lines.map { $0.hasSuffix("\r") ? $0.count - 1 : $0.count })
    #expect(found.last == "last" && found[3] == "c")
    #expect(try LineBatches(path: try scratch.write("empty", "")).lines.isEmpty)
    #expect(try LineBatches(path: try scratch.write("mark", "\u{FEFF}")).lines.isEmpty)
  }

  @Test("a line beyond all bounds is cut, and the next is read whole")
  func tooLong() throws {
    let scratch = try Scratch()
    let long = String(repeating: "x", count: (32 << 20) + 5000)
    var batches = try LineBatches(path: try scratch.write("long", "first\n\(long)\nnext\n"))
    let lines = try batches.next() + batches.next()
    #expect(lines.count == 3 && lines[1].count == (32 << 20) + 1 && lines[2] == Data("next".utf8))
  }
}

extension LineBatches {
  /// The first batch of a copy.
  fileprivate var lines: [Data] {
    get throws {
      var copy = self
      return try copy.next()
    }
  }
}
