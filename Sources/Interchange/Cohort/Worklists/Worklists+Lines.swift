// SPDX-License-Identifier: Apache-2.0
public import Foundation
internal import Planning
internal import Report
public import Vocabulary

extension Worklists {
  /// Bytes that are written at once.
  private static let pieceBytes = 1 << 20

  /// The lists as JSON lines, schema `oligoplan.worklist/1`: a summary a list, its rows in order, then patients on no list, then
  /// those that could not be read.
  ///
  /// - Parameters:
  ///   - services: whose lists.
  ///   - limit: rows of each at most; all without it.
  ///   - write: takes the bytes, in order.
  /// - Throws: `InputError` where the journal cannot be read, and what `write` throws.
  public func lines(
    _ services: [HospitalService], limit: Int?, write: (Data) throws -> Void
  ) throws {
    var pending = Data()
    func add(_ line: JSONLine) throws {
      pending.append(contentsOf: line.bytes)
      guard pending.count >= Self.pieceBytes else { return }
      try write(pending)
      pending.removeAll(keepingCapacity: true)
    }
    for service in services {
      let places = ranking.ordered(service.rawValue)
      try add(summary(of: service))
      let steps = steps(of: service)
      for (rank, place) in places.prefix(limit ?? places.count).enumerated() {
        let row = try journal.bytes(place.row)
        try add(
          line("row") { line in
            line.field("behind", place.behind.map { $0 < steps.count ? steps[$0] : "" })
            line.field("kind", "row")
            line.field("of", places.count)
            line.field("protocolSHA256", careProtocol.sha256)
            line.field("rank", rank + 1)
            line.raw("row", row)
            line.field("schema", WorklistLine.schemaName)
            line.field("service", service.rawValue)
            line.field("tool", tool)
          })
      }
    }
    for (kind, ranges) in [("unlisted", ranking.orderedUnlisted()), ("error", ranking.orderedErrors())] {
      for range in ranges {
        let bytes = try journal.bytes(range)
        try add(
          line(kind) { line in
            line.field("kind", kind)
            // Without the line's end.
            line.raw("patient", bytes.dropLast())
            line.field("schema", WorklistLine.schemaName)
          })
      }
    }
    if !pending.isEmpty { try write(pending) }
  }

  private func line(_ kind: String, _ body: (inout JSONLine) -> Void) -> JSONLine {
    var line = JSONLine()
    line.object(body)
    line.end()
    return line
  }

  private func summary(of service: HospitalService) -> JSONLine {
    let list = tally.lists[service.rawValue] ?? .init()
    return line("summary") { line in
      line.field("errors", tally.errors)
      line.field("kind", "summary")
      line.field("leading", list.leading)
      line.list("missing", list.questions.map { $0 }) { line, entry in
        line.field("lesions", entry.open.lesions)
        line.field("patients", entry.open.patients)
        line.field("question", entry.question)
      }
      line.field("order", steps(of: service))
      line.field("patients", list.patients)
      line.field("protocolSHA256", careProtocol.sha256)
      line.field("schema", WorklistLine.schemaName)
      line.field("service", service.rawValue)
      line.field("tool", tool)
      line.field("triaged", tally.patients)
      line.field("unlisted", tally.unlisted)
      line.field("verdicts", list.verdicts)
    }
  }
}
