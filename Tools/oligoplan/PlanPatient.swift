// SPDX-License-Identifier: Apache-2.0
import Ablation
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Radiotherapy
import Report
import Vocabulary

/// Options of `oligoplan plan` for the patient as a whole.
struct JointArguments: ParsableArguments {
  @Option(
    name: .long,
    help:
      "The patient as a whole: decide a lesion's therapy, LESION=THERAPY[,THERAPY…]: reason; may be repeated. Therapies by name, or surgery, ablation, embolization, observe, untreated."
  )
  var fix: [String] = []

  @Option(
    name: .long,
    help: "The patient as a whole: rule a therapy out, LESION=THERAPY[,THERAPY…]: reason; may be repeated.")
  var forbid: [String] = []

  @Option(
    name: .long,
    help:
      "The patient as a whole: how many plans of another kind are shown at most, 0 to 4; 4 without it."
  )
  var alternatives: Int?

  @Option(
    name: .long,
    help:
      "The patient as a whole: Monte Carlo samples of the measurements for robustness, 0 to 100000; 1000 without it."
  )
  var samples: Int?

  @Option(name: .long, help: "The patient as a whole: the seed of the Monte Carlo samples; 1 without it.")
  var seed: UInt64?

  @Option(
    name: .long,
    help:
      "The patient as a whole: seconds after which the search ends with the best plan found so far, and says so; 0 for no limit; 10 without it."
  )
  var timeLimit: Double?

  /// The time limit where none is given.
  private static let usualSeconds = 10.0

  /// The options that were given, by name.
  var given: [String] {
    [
      fix.isEmpty ? nil : "--fix", forbid.isEmpty ? nil : "--forbid",
      alternatives.map { _ in "--alternatives" }, samples.map { _ in "--samples" },
      seed.map { _ in "--seed" }, timeLimit.map { _ in "--time-limit" },
    ].compactMap(\.self)
  }

  func validate() throws {
    if let alternatives, alternatives < 0 || alternatives > 4 {
      throw ValidationError("--alternatives lies between 0 and 4")
    }
    if let samples, samples < 0 || samples > 100_000 {
      throw ValidationError("--samples lies between 0 and 100000")
    }
    if let timeLimit, !(timeLimit >= 0 && timeLimit <= 86_400) {
      throw ValidationError("--time-limit lies between 0 and 86400 seconds")
    }
    _ = try locks
  }

  /// What the user decided.
  var locks: [ClinicianChoice] {
    get throws {
      try fix.map { try Self.lock($0, .fix) } + forbid.map { try Self.lock($0, .forbid) }
    }
  }

  /// What the planner is asked.
  func options() throws -> JointOptions {
    var options = JointOptions()
    options.locks = try locks
    if let alternatives { options.alternatives = alternatives }
    if let samples { options.samples = samples }
    if let seed { options.seed = seed }
    let seconds = timeLimit ?? Self.usualSeconds
    options.timeLimit = seconds > 0 ? seconds : nil
    let clock = ContinuousClock().now
    options.progress = { stage in
      // What is done within a moment needs no word.
      let seconds = clock.duration(to: ContinuousClock().now)
      if seconds > .seconds(2) { Streams.tell(stage.progress) }
    }
    return options
  }

  /// The options in force as the command takes them, by name.
  func settings(_ options: JointOptions) -> [String: [String]] {
    [
      "fix": fix, "forbid": forbid, "alternatives": [String(options.alternatives)],
      "samples": [String(options.samples)], "seed": [String(options.seed)],
      "time-limit": [options.timeLimit.map { String($0) } ?? "0"],
    ]
  }

  private static func lock(_ text: String, _ kind: ClinicianChoice.Kind) throws -> ClinicianChoice {
    let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    // A lesion's own id may hold an equals sign: the last one before the therapies counts.
    let equals = parts.first?.lastIndex(of: "=")
    if equals != nil, parts.count < 2 || parts[1].isEmpty {
      throw ValidationError("--\(kind.rawValue) \"\(text)\" gives no reason: write it behind a colon")
    }
    guard parts.count == 2, let equals else {
      throw ValidationError(
        "--\(kind.rawValue) \"\(text)\" is not LESION=THERAPY: reason, as --\(kind.rawValue) \"L3=sbrt: declined surgery\""
      )
    }
    let words = parts[0][parts[0].index(after: equals)...].split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let names = words.map { word in
      ClinicianChoice.words.first { $0.lowercased() == word.lowercased() } ?? word
    }
    return ClinicianChoice(
      lesion: parts[0][..<equals].trimmingCharacters(in: .whitespaces), kind: kind, choices: names,
      reason: parts[1])
  }
}

extension PlanStage {
  /// What is said on the standard error while a plan is made.
  fileprivate var progress: String {
    switch self {
    case .proposals: "plan: every therapy is proposed for every lesion"
    case .search: "plan: proposals made, the best plan is looked for"
    case .alternatives: "plan: best plan found, alternatives are looked for"
    case .samples: "plan: alternatives found, measurements are drawn anew"
    }
  }
}
