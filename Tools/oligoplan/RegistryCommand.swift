// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Interchange
import Registry
import Report

/// `oligoplan registry`: what a registry of judgements tells.
struct RegistryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry",
    abstract:
      "Ask a registry of judgements: what changed, what another protocol makes of it, who was judged by what.",
    discussion: """
      triage --store FILE keeps every judgement in a registry: one SQLite file, which one run writes at a time and any number \
      of others read meanwhile. Names are never kept; a patient is known by the id that the input gives.
      """,
    subcommands: [Changes.self, Compare.self, Audit.self, Override.self])

  /// Opens a registry and answers from it.
  static func answering(
    _ path: String, _ access: RegistryStore.Access, _ body: (RegistryStore) throws -> Void
  ) throws {
    try Streams.reporting {
      do {
        // A question or a decision makes no registry.
        guard FileManager.default.fileExists(atPath: path) else {
          throw RegistryError(.notFound, "is not there", advice: "make one with triage --store \(path)")
        }
        try body(try RegistryStore(path, access))
      } catch let error as RegistryError {
        throw error.words(of: path)
      }
    }
  }

  /// What a query prints.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, csv
  }

  /// Rows as a table of text or as CSV.
  static func show(_ heading: String, _ columns: [String], _ rows: [[String]], _ form: Form) throws {
    switch form {
    case .csv: try Streams.result(DossierTables.table(columns, rows))
    case .text:
      try Streams.result(
        TerminalText(Streams.style).text(RegistryTable(heading, columns, rows).document))
    }
  }

  static func show(_ changes: [RegistryChange], _ heading: String, _ form: Form) throws {
    func words(_ verdict: RegistryEntry.Verdict?) -> String {
      guard let verdict else { return "–" }
      return verdict.verdict + (verdict.leading.isEmpty ? "" : ": \(verdict.leading)")
    }
    let patients = Set(changes.map(\.patient)).count
    try show(
      "\(heading): \(changes.count) \(changes.count == 1 ? "verdict" : "verdicts") of \(patients) \(patients == 1 ? "patient" : "patients")",
      ["patient", "lesion", "therapy", "before", "now"],
      changes.map { [$0.patient, $0.lesion, $0.modality, words($0.before), words($0.now)] }, form)
  }

  /// `registry changes`.
  struct Changes: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Verdicts that the newest runs have otherwise than the runs before a day; new patients among them.")

    @Argument(help: "The registry.")
    var store: String

    @Option(name: .long, help: "The day or time: YYYY-MM-DD, or with Thh:mm:ssZ.")
    var since: String

    @Option(name: .long, help: "text or csv.")
    var format: Form = .text

    func validate() throws { _ = try RegistryTime.text(since) }

    func run() throws {
      try RegistryCommand.answering(store, .reading) { registry in
        try RegistryCommand.show(
          try registry.changes(since: try RegistryTime.text(since)), "Changed since \(since)", format)
      }
    }
  }

  /// `registry compare`.
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Of patients judged by two protocols, the verdicts that differ: who becomes eligible under the new one."
    )

    @Argument(help: "The registry.")
    var store: String

    @Option(name: .long, help: "The protocol before: its name, or the beginning of its SHA-256.")
    var from: String

    @Option(name: .long, help: "The other one.")
    var to: String

    @Flag(name: .long, help: "Only verdicts that become eligible or conditional and were neither.")
    var gained = false

    @Option(name: .long, help: "text or csv.")
    var format: Form = .text

    func run() throws {
      try RegistryCommand.answering(store, .reading) { registry in
        let open: Set = ["eligible", "conditional"]
        let changes = try registry.changes(fromProtocol: from, to: to).filter { change in
          !gained
            || open.contains(change.now?.verdict ?? "") && !open.contains(change.before?.verdict ?? "")
        }
        try RegistryCommand.show(changes, "From \(from) to \(to)", format)
      }
    }
  }

  /// `registry audit`.
  struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Who was judged when, by which program, protocol and input; and what clinicians decided otherwise.")

    @Argument(help: "The registry.")
    var store: String

    @Option(name: .long, help: "Only this patient.")
    var patient: String?

    @Flag(name: .long, help: "Only what clinicians decided otherwise.")
    var overrides = false

    @Option(name: .long, help: "text or csv.")
    var format: Form = .text

    func run() throws {
      try RegistryCommand.answering(store, .reading) { registry in
        if !overrides { try show(try registry.judgements(of: patient)) }
        let decided = try registry.overrides(of: patient)
        if overrides || (format == .text && !decided.isEmpty) { try show(decided) }
      }
    }

    private func show(_ judgements: [RegistryJudgement]) throws {
      // On a page the beginnings of hashes tell them apart; a table has them whole.
      func hash(_ text: String) -> String { format == .csv ? text : String(text.prefix(12)) }
      try RegistryCommand.show(
        "\(judgements.count) \(judgements.count == 1 ? "judgement" : "judgements")",
        [
          "patient", "first", "last", "runs", "program", "protocol", "protocol SHA-256", "input SHA-256",
          "options",
          "advice", "lists", "errors",
        ],
        judgements.map {
          [
            $0.patient, $0.first, $0.last, String($0.runs), $0.tool, $0.protocolName,
            hash($0.protocolSHA256), hash($0.inputSHA256), $0.options,
            $0.advice ?? "",
            $0.lists, $0.errors,
          ]
        }, format)
    }

    private func show(_ overrides: [RegistryOverride]) throws {
      try RegistryCommand.show(
        "\(overrides.count) decided otherwise",
        ["time", "patient", "lesion", "therapy", "verdict", "why", "by"],
        overrides.map {
          [$0.time, $0.patient, $0.lesion ?? "all", $0.modality ?? "all", $0.verdict, $0.why, $0.by]
        }, format)
    }
  }

  /// `registry override`.
  struct Override: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Keep what a clinician decided otherwise, with the reason. The program's own verdict stays beside it."
    )

    @Argument(help: "The registry.")
    var store: String

    @Option(name: .long, help: "The patient.")
    var patient: String

    @Option(name: .long, help: "The lesion; all without it.")
    var lesion: String?

    @Option(name: .long, help: "The therapy's word, as microwave; all without it.")
    var therapy: String?

    @Option(name: .long, help: "eligible, conditional, indeterminate or ineligible.")
    var verdict: String

    @Option(name: .long, help: "Why.")
    var why: String

    @Option(name: .long, help: "Who decides.")
    var by: String

    @Option(name: .long, help: "The day or time; now without it.")
    var on: String?

    func validate() throws {
      guard ["eligible", "conditional", "indeterminate", "ineligible"].contains(verdict) else {
        throw ValidationError("--verdict is eligible, conditional, indeterminate or ineligible")
      }
      for (name, text) in [("--why", why), ("--by", by)]
      where text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty {
        throw ValidationError("\(name) says nothing")
      }
      if let on { _ = try RegistryTime.text(on) }
    }

    func run() throws {
      try RegistryCommand.answering(store, .writing) { registry in
        try registry.add(
          RegistryOverride(
            time: try on.map(RegistryTime.text) ?? RegistryTime.now, patient: patient, lesion: lesion,
            modality: therapy, verdict: verdict, why: why, by: by))
      }
    }
  }
}

/// Times as a registry keeps them.
enum RegistryTime {
  /// The present, to the second.
  static var now: String { ISO8601DateFormatter().string(from: Date()) }

  /// A day or a time, as `YYYY-MM-DDThh:mm:ssZ`.
  ///
  /// - Throws: `ValidationError` for anything else.
  static func text(_ text: String) throws -> String {
    let whole = text.count == 10 ? "\(text)T00:00:00Z" : text
    guard let date = ISO8601DateFormatter().date(from: whole),
      ISO8601DateFormatter().string(from: date) == whole
    else { throw ValidationError("a time is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ") }
    return whole
  }
}
