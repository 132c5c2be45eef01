// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
public import Foundation
internal import Parallelism
public import Planning

/// A cohort through the assessment: a patient a line in, a record a line out, in the input's order.
///
/// A patient that cannot be read becomes a record that says why; the others are answered. The bytes are the same for any
/// number of tasks.
public struct AssessmentFilter: Sendable {
  /// Which lines are answered: the part of so many, by turns.
  public struct Shard: Sendable, Hashable {
    /// 1 for the first.
    public let part: Int
    /// How many parts there are.
    public let of: Int

    /// The part `i/n`; `nil` for anything else.
    public init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let part = parts[0], let of = parts[1], of >= 1, (1...of).contains(part) else {
        return nil
      }
      self.part = part
      self.of = of
    }
  }

  /// What was answered.
  public struct Counts: Sendable, Hashable {
    /// Records that were written, those of errors among them.
    public var records = 0
    /// Patients that could not be read.
    public var errors = 0
  }

  /// How answers are written.
  public enum Form: Sendable, Hashable {
    /// A record a line, schema `oligoplan.record/1`.
    case jsonLines(isDetailed: Bool)
    /// A row a lesion and therapy, CSV, with a header.
    case table
  }

  private let careProtocol: CareProtocol
  private let options: LesionListOptions
  private let tool: String
  private let form: Form
  private let shard: Shard?
  private let threads: Int?

  /// A filter.
  ///
  /// - Parameters:
  ///   - options: what the user says about all lists; a choice of patients or scans is none of them.
  ///   - tool: the program's name and version, for the records.
  ///   - form: how answers are written.
  ///   - threads: tasks at most; as many as there are processors without it.
  public init(
    _ careProtocol: CareProtocol, options: LesionListOptions, tool: String, form: Form,
    shard: Shard? = nil, threads: Int? = nil
  ) {
    self.careProtocol = careProtocol
    self.options = options
    self.tool = tool
    self.form = form
    self.shard = shard
    self.threads = threads
  }

  /// Answers every line of an input.
  ///
  /// - Parameters:
  ///   - path: a file, or `-` for the standard input.
  ///   - write: takes the records of a batch, in order.
  ///   - progress: is told after each batch what was answered so far.
  /// - Throws: `InputError` for an input that cannot be read, and what `write` throws.
  public func run(
    _ path: String, write: (Data) throws -> Void, progress: (Counts) -> Void = { _ in }
  ) throws -> Counts {
    var batches = try LineBatches(path: path)
    let desks = DeskPool { RecordDesk(careProtocol, options: options, tool: tool, form: form) }
    if form == .table { try write(AssessmentRecord.header) }
    var counts = Counts()
    var number = 0
    while true {
      let lines = try batches.next()
      guard !lines.isEmpty else { return counts }
      let chosen = shard.map { shard in
        lines.enumerated().filter { (number + $0.offset) % shard.of == shard.part - 1 }.map(\.element)
      }
      number += lines.count
      let answered = answers(to: chosen ?? lines, desks)
      var bytes = Data()
      for answer in answered {
        bytes.append(answer.bytes)
        counts.records += 1
        if answer.isError { counts.errors += 1 }
      }
      try write(bytes)
      progress(counts)
    }
  }

  private func answers(to lines: [Data], _ desks: DeskPool<RecordDesk>) -> [RecordDesk.Answer] {
    // Parts of equal length, more than tasks, so that no task waits long for another.
    let length = 32
    let parts = (lines.count + length - 1) / length
    return Workers.map(parts, tasks: threads) { part in
      desks.withDesk { desk in
        lines[(part * length)..<min(lines.count, (part + 1) * length)].map { desk.answer($0) }
      }
    }.flatMap(\.self)
  }
}
