// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Interchange

/// The options of `assess --jsonl`, and its run.
struct FilterArguments: ParsableArguments {
  @OptionGroup var list: ListArguments

  @Option(
    name: .long,
    help:
      "With --jsonl: only part i of n, by turns: i/n. paste -d '\\n' of all parts has the order of the whole."
  )
  var shard: String?

  @Option(name: .long, help: "With --jsonl: processors at most; all without it. The bytes are the same.")
  var threads: Int?

  @Flag(name: .long, help: "With --jsonl: exit status 65 where any patient could not be read.")
  var strict = false

  /// The options that were given, by name.
  var given: [String] {
    list.given + (shard == nil ? [] : ["--shard"]) + (threads == nil ? [] : ["--threads"])
      + (strict ? ["--strict"] : [])
  }

  func validate() throws {
    if let shard, AssessmentFilter.Shard(shard) == nil {
      throw ValidationError("--shard is the part of how many, as 1/4")
    }
    if let threads, threads < 1 { throw ValidationError("--threads is 1 or more") }
  }

  /// Answers a cohort.
  ///
  /// - Throws: `ExitCode` 65, 66 and 75, with words on the standard error.
  func run(_ path: String, protocolFile: String?, form: AssessmentFilter.Form) throws {
    try Streams.reporting {
      let filter = AssessmentFilter(
        try DossierReading.careProtocol(protocolFile), options: try list.options(), tool: DossierReading.tool,
        form: form, shard: shard.flatMap(AssessmentFilter.Shard.init), threads: threads)
      var progress = Progress()
      let counts: AssessmentFilter.Counts
      do {
        counts = try filter.run(path) { bytes in
          if let failure = FileAccess.write(bytes, toStream: STDOUT_FILENO) { throw Unwritten(failure) }
        } progress: {
          progress.show("assess: \($0.records) patients", after: $0.records)
        }
      } catch let failure as Unwritten {
        Streams.tell("error: \(failure.error)")
        throw ExitCode(75)
      }
      progress.end()
      if counts.errors > 0 {
        Streams.tell("assess: \(counts.errors) of \(counts.records) patients could not be read")
        if strict { throw ExitCode(65) }
      }
    }
  }

  /// That records could not be written: nothing is wrong with the input.
  private struct Unwritten: Error {
    let error: InputError

    init(_ error: InputError) { self.error = error }
  }
}
