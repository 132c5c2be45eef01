// SPDX-License-Identifier: Apache-2.0
public import Foundation

extension TriageRun {
  /// Answers all patients and makes the lists.
  ///
  /// - Parameters:
  ///   - journal: the file that a stopped run goes on from; `nil` for none.
  ///   - resumes: whether what it holds is gone on from; else it begins anew.
  ///   - warn: is told what is not used of the inputs, and where the run goes on.
  ///   - progress: is told after each batch.
  ///   - body: takes the lists; once it returns, the journal is taken away.
  /// - Throws: `InputError`, and what `body` throws; the journal then stays.
  public func run(
    journal path: String?, resumes: Bool, warn: ([String]) -> Void, progress: (Counts) -> Void,
    _ body: (Worklists) throws -> Void
  ) throws -> Counts {
    let journal = try TriageJournal(path)
    defer { if path != nil { journal.removeIfEmpty() } }
    let answered = try answer(into: journal, resumes: resumes, warn: warn, progress: progress)
    try body(Worklists(answered, journal, careProtocol, tool: tool))
    if path != nil { journal.remove() }
    return answered.counts
  }

  /// Answers all patients, a line each in the inputs' order, into a file that appears when all are done.
  ///
  /// - Parameter output: the file; what is done of it stands beside it, in `output.journal`.
  /// - Throws: `InputError`; what is done then stays.
  public func lines(
    to output: String, resumes: Bool, warn: ([String]) -> Void, progress: (Counts) -> Void
  ) throws -> Counts {
    let journal = try TriageJournal(Self.journal(of: output))
    defer { journal.removeIfEmpty() }
    let answered = try answer(into: journal, resumes: resumes, warn: warn, progress: progress)
    try journal.publish(to: output)
    return answered.counts
  }

  /// Answers all patients, a line each in the inputs' order, as they come.
  ///
  /// - Parameter write: takes the lines of a batch.
  /// - Throws: `InputError`, and what `write` throws.
  public func lines(
    write: (Data) throws -> Void, warn: ([String]) -> Void, progress: (Counts) -> Void
  ) throws -> Counts {
    try stream(write: write, warn: warn, progress: progress)
  }

  /// Where a run to an output keeps what is done.
  public static func journal(of output: String) -> String { "\(output).journal" }
}
