// SPDX-License-Identifier: Apache-2.0
import Foundation
import Report
import Testing

@testable import Interchange

@Suite("Lines of worklists")
struct WorklistLineTests {
  private func row(_ text: String, bare: Bool, levels: [Int] = [1, 2]) throws -> WorklistRow {
    // Through JSON, as rows have no initializer for tests.
    let lesion: [String: Any] = [
      "id": text, "site": "lung", "place": "", "sizeMM": [12.5, 13], "modality": "sbrt",
      "alike": bare ? [] : [text],
      "verdict": "conditional", "leading": text, "isFirstChoice": true,
    ]
    var object: [String: Any] = [
      "advice": "treat", "lists": ["ir"], "verdict": "eligible", "leading": text, "candidates": [lesion],
      "excluded": bare ? [] : [["id": text, "why": text]], "completeness": "here", "missing": [],
      "granted": [text], "warnings": bare ? [String]() : [text],
      "order": levels.map { ["by": "verdict", "level": $0, "text": text] },
    ]
    if !bare {
      object["patient_id"] = text
      object["weeks"] = 8
      object["source"] = text
      object["unlistedLesions"] = 1
      object["doublingTimeDays"] = [1.25, 1000]
      object["missing"] = [["question": "location", "lesions": 2]]
      object["ablation"] = [
        "energies": ["microwave": 2, text: 1], "sittings": [1, 2], "lesionsPerSitting": 3,
      ]
      object["irradiation"] = [
        "basis": "stated", "targets": 1, "targetVolumeCC": [0.1, 2], "visits": [3, 8],
        "lungV20Percent": [1, 0.5, 2],
        "earlierCourses": [0],
      ]
      object["resection"] = [
        "operations": [1, 2], "registryGroup": "II", "reserveKnown": [], "reserveMissing": ["fev1"],
      ]
    }
    return try JSONDecoder().decode(WorklistRow.self, from: JSONSerialization.data(withJSONObject: object))
  }

  private func line(_ text: String, bare: Bool) throws -> TriageLine {
    TriageLine(
      schema: TriageLine.schemaName, tool: text, protocolSHA256: "p", inputSHA256: "i",
      patientID: bare ? nil : text, source: bare ? text : nil, options: bare ? nil : [text],
      advice: bare ? nil : "treat",
      weeks: bare ? nil : 4, oligometastatic: bare ? nil : text,
      lesions: bare
        ? nil
        : [
          .init(
            id: text, site: bare ? nil : text,
            therapies: [.init(modality: "sbrt", verdict: "eligible", leading: text)])
        ],
      ir: bare ? nil : try row(text, bare: false),
      radonc: try row(text, bare: true), surgery: bare ? nil : try row(text, bare: true),
      unlisted: bare
        ? nil
        : [
          try JSONDecoder().decode(
            UnlistedRow.self, from: JSONSerialization.data(withJSONObject: ["service": "ir", "why": text]))
        ],
      warnings: bare ? nil : [text],
      errors: bare ? [.init(kind: "invalid", place: text, message: text, advice: "")] : nil)
  }

  private static let hostile =
    ["", "plain", "a/b\\c\"d}],{[:", "é\u{301}\u{202E}\u{2028}😀", "\\", "\"", "{\"ir\":1}"]
    + [String(String.UnicodeScalarView((0..<0x80).compactMap(Unicode.Scalar.init)))]

  @Test("the bytes are the encoder's", arguments: [false, true])
  func encoded(bare: Bool) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for text in Self.hostile {
      let line = try line(text, bare: bare)
      var expected = try encoder.encode(line)
      expected.append(0x0A)
      let bytes = Data(JSONLine(line).bytes)
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

  @Test("parts of a line are found whatever stands in its texts")
  func parts() throws {
    for text in Self.hostile {
      let line = try line(text, bare: false)
      let bytes = Data(JSONLine(line).bytes)
      bytes.withUnsafeBytes { buffer in
        let parts = JSONParts(buffer)
        for (service, row) in line.rows {
          let range = parts[service]
          let found = range.flatMap { try? JSONDecoder().decode(WorklistRow.self, from: bytes[$0]) }
          #expect(found == row, "\(service) \(text.debugDescription)")
        }
        #expect(parts["row"] == nil)
      }
    }
  }

  /// Sorting whole rows by what they hold is the slow, obvious reference.
  @Test("the order is that of the levels, then of the ids, wherever a patient stood", arguments: 1...8)
  func order(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var patients: [(id: String, hash: String, levels: [Int], answer: TriageDesk.Answer)] = []
    for _ in 0..<200 {
      let levels = (0..<3).map { _ in random(4) == 0 ? Int(Int32.max) : random(3) }
      let row = try row("x", bare: true, levels: levels)
      let id = random(10) == 0 ? "twice" : "P\(random(10_000))"
      let hash = String(format: "%016x", random(Int.max)) + String(repeating: "0", count: 48)
      let line = TriageLine(
        schema: "s", tool: "t", protocolSHA256: "p", inputSHA256: hash, patientID: id, source: nil,
        options: nil,
        advice: "treat",
        weeks: nil, oligometastatic: nil, lesions: nil, ir: row, radonc: nil, surgery: nil, unlisted: [],
        warnings: [],
        errors: nil)
      patients.append(
        (
          id, hash, levels,
          .init(
            bytes: Data(JSONLine(line).bytes), rows: line.rows, patientID: id, name: id, tool: "t",
            inputSHA256: hash, options: [],
            errors: nil)
        ))
    }
    func ranked(_ order: [Int]) -> [(id: String, hash: String, behind: Int?)] {
      var ranking = WorklistRanking()
      var start = 0
      for index in order {
        ranking.take(patients[index].answer, at: start)
        start += patients[index].answer.bytes.count
      }
      return ranking.ordered("ir").map {
        (ranking.id(of: $0.patient), patients[order[$0.patient]].hash, $0.behind)
      }
    }
    let expected = patients.indices.sorted { a, b in
      let (x, y) = (patients[a], patients[b])
      if x.levels != y.levels { return x.levels.lexicographicallyPrecedes(y.levels) }
      return (x.id, x.hash) < (y.id, y.hash)
    }
    let found = ranked(Array(patients.indices))
    #expect(found.map(\.hash) == expected.map { patients[$0].hash })
    #expect(ranked(patients.indices.reversed()).map(\.hash) == found.map(\.hash))
    for (place, (a, b)) in zip(expected, expected.dropFirst()).enumerated() {
      let first = zip(patients[a].levels, patients[b].levels).enumerated().first {
        $0.element.0 != $0.element.1
      }?.offset
      #expect(found[place + 1].behind == first)
    }
    var ranking = WorklistRanking()
    for patient in patients { ranking.take(patient.answer, at: 0) }
    #expect(ranking.repeatedIDs().contains("twice") == (patients.count { $0.id == "twice" } > 1))
  }
}
