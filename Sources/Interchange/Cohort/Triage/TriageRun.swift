// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Parallelism
public import Planning
internal import Report
internal import Triage

/// A cohort turned into worklists: patients in, one pass, with bounded memory; lists out.
public struct TriageRun: Sendable {
  /// Where patients come from.
  public struct Inputs: Sendable {
    /// JSON lines (a file or `-`), cases, and folders of cases.
    public var paths: [String] = []
    /// Lesion lists of many patients.
    public var lists: [String] = []
    /// A table of patients, for the lists; `nil` without one.
    public var patients: String?
    /// What the user says about lists.
    public var options = LesionListOptions()

    /// Nothing yet.
    public init() {}
  }

  /// How far a run is.
  public struct Counts: Sendable, Hashable {
    /// Patients that are done, those of an earlier run among them.
    public internal(set) var patients = 0
    /// Patients that could not be read.
    public internal(set) var errors = 0
    /// Patients that an earlier run had done.
    public internal(set) var resumed = 0
    /// All patients of the inputs; `nil` where that is known only at the end.
    public internal(set) var all: Int?
  }

  let careProtocol: CareProtocol
  let triage: PatientTriage
  let inputs: Inputs
  let tool: String
  private let shard: AssessmentFilter.Shard?
  private let threads: Int?

  /// A run.
  ///
  /// - Parameters:
  ///   - tool: the program's name and version, for the lines.
  ///   - shard: which patients are answered: the part of so many, by turns; all without it.
  ///   - threads: tasks at most; as many as there are processors without it.
  /// - Throws: `PlanObstacle` for a protocol without a part on worklists.
  public init(
    _ careProtocol: CareProtocol, _ inputs: Inputs, tool: String, shard: AssessmentFilter.Shard? = nil,
    threads: Int? = nil
  ) throws {
    self.careProtocol = careProtocol
    triage = try PatientTriage(careProtocol)
    self.inputs = inputs
    self.tool = tool
    self.shard = shard
    self.threads = threads
  }

  /// Everything that is known once all patients are done.
  struct Answered {
    var ranking = WorklistRanking()
    var tally = WorklistTally()
    var counts = Counts()
    /// What the user said about lists when each line was made, and the programs that made them: one of each, as a rule.
    var options: Set<[String]> = []
    var tools: Set<String> = []
  }

  /// Answers all patients into a journal.
  ///
  /// - Parameters:
  ///   - resumes: whether what the journal holds is kept and gone on from; else it begins anew.
  ///   - warn: is told what is not used of the inputs, and where the run goes on.
  ///   - progress: is told after each batch.
  /// - Throws: `InputError` for inputs that cannot be read, for a journal of other patients or another protocol, and where
  ///   it cannot be written.
  func answer(
    into journal: TriageJournal, resumes: Bool, warn: ([String]) -> Void, progress: (Counts) -> Void
  ) throws -> Answered {
    var source = try source(warn)
    let desks = desks()
    var answered = Answered()
    answered.counts.all = shard == nil ? source.patients : nil
    var done: [String] = []
    if resumes, !journal.isEmpty { done = try replay(journal, desks, into: &answered) }
    if done.isEmpty { try journal.clear() }
    if !done.isEmpty {
      warn(["goes on after \(done.count) patients of \(FileAccess.name(of: journal.path))"])
    }
    answered.counts.resumed = done.count
    var place = 0
    try forEachBatch(&source) { batch in
      var items = batch
      // What an earlier run did is compared with what stands there now, and not done again.
      while place < done.count, let item = items.first {
        if item.isTriaged {
          throw InputError(
            file: journal.path, "cannot be gone on from with lines of an earlier triage",
            advice: "leave --resume out: such lines are not judged anew, and are quick to read")
        }
        guard try item.sha256() == done[place] else {
          throw InputError(
            file: journal.path, place: "line \(place + 1)", "is of another patient than the input's",
            advice: "the input has changed: take the file away and begin anew")
        }
        place += 1
        items.removeFirst()
      }
      try take(answers(to: items, desks), journal, into: &answered)
      progress(answered.counts)
    }
    guard answered.options.count <= 1 else {
      let all = answered.options.map { $0.isEmpty ? "none" : $0.joined(separator: " ") }.sorted()
      throw InputError(
        file: "the lines of earlier runs",
        "were made with different options about lists: \(all.joined(separator: " | "))",
        advice: "triage all parts with the same options")
    }
    if answered.tools.count > 1 {
      warn(["lines were made by different versions: \(answered.tools.sorted().joined(separator: ", "))"])
    }
    guard place == done.count else {
      throw InputError(
        file: journal.path, "holds more patients than the input",
        advice: "the input has changed: take the file away and begin anew")
    }
    return answered
  }

  /// Answers all patients and writes each batch as it comes.
  func stream(
    write: (Data) throws -> Void, warn: ([String]) -> Void, progress: (Counts) -> Void
  ) throws -> Counts {
    var source = try source(warn)
    let desks = desks()
    var counts = Counts()
    counts.all = shard == nil ? source.patients : nil
    try forEachBatch(&source) { items in
      let answers = answers(to: items, desks)
      try write(answers.reduce(into: Data()) { $0.append($1.bytes) })
      counts.patients += answers.count
      counts.errors += answers.count { $0.errors != nil }
      progress(counts)
    }
    return counts
  }

  private func source(_ warn: ([String]) -> Void) throws -> CohortSource {
    let source = try CohortSource(
      inputs.paths, tables: inputs.lists, sheet: inputs.patients, inputs.options)
    if !source.warnings.isEmpty { warn(source.warnings) }
    return source
  }

  private func desks() -> DeskPool<TriageDesk> {
    DeskPool { TriageDesk(careProtocol, triage, options: inputs.options, tool: tool) }
  }

  /// Every batch of the patients that are answered here.
  private func forEachBatch(_ source: inout CohortSource, _ body: ([CohortItem]) throws -> Void) throws {
    var number = 0
    while true {
      let all = try source.next()
      guard !all.isEmpty else { return }
      let chosen = shard.map { shard in
        all.enumerated().filter { (number + $0.offset) % shard.of == shard.part - 1 }.map(\.element)
      }
      number += all.count
      try body(chosen ?? all)
    }
  }

  private func take(
    _ answers: [TriageDesk.Answer], _ journal: TriageJournal, into answered: inout Answered
  ) throws(InputError) {
    var bytes = Data()
    let start = journal.end
    for answer in answers {
      answered.take(answer, at: start + bytes.count)
      bytes.append(answer.bytes)
    }
    if !bytes.isEmpty { try journal.append(bytes) }
  }

  /// Reads what an earlier run did; the hashes of its inputs, in their order.
  private func replay(
    _ journal: TriageJournal, _ desks: DeskPool<TriageDesk>, into answered: inout Answered
  ) throws -> [String] {
    var done: [String] = []
    var number = 0
    try desks.withDesk { desk in
      try journal.replay { line in
        number += 1
        let answer: TriageDesk.Answer
        do throws(InputError) { answer = try desk.answer(again: line) } catch {
          throw InputError(
            file: journal.path, place: "line \(number)", error.message,
            advice: "take the file away and begin anew")
        }
        guard desk.isSaidAlike(answer) else {
          throw InputError(
            file: journal.path, place: "line \(number)", "was made with other options about lists",
            advice: "give the same, or take the file away and begin anew")
        }
        answered.take(answer, at: journal.end)
        done.append(answer.inputSHA256)
      }
    }
    return done
  }

  private func answers(to items: [CohortItem], _ desks: DeskPool<TriageDesk>) -> [TriageDesk.Answer] {
    // Parts of equal length, more than tasks, so that no task waits long for another; cases take long each.
    let length = items.contains(where: \.isSlow) ? 1 : 32
    let parts = (items.count + length - 1) / length
    return Workers.map(parts, tasks: threads) { part in
      desks.withDesk { desk in
        items[(part * length)..<min(items.count, (part + 1) * length)].map { desk.answer($0) }
      }
    }.flatMap(\.self)
  }
}

extension TriageRun.Answered {
  mutating func take(_ answer: TriageDesk.Answer, at start: Int) {
    ranking.take(answer, at: start)
    tally.add(answer.rows, isError: answer.errors != nil)
    counts.patients += 1
    counts.errors += answer.errors == nil ? 0 : 1
    options.insert(answer.options)
    tools.insert(answer.tool)
  }
}
