// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Interchange
import Planning
import Registry
import Report
import Vocabulary

/// `oligoplan triage`: a cohort turned into the worklists of three services.
struct TriageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "triage",
    abstract: "Turn a cohort into ranked, explained worklists for IR, radiation oncology and surgery.",
    discussion: """
      The cohort is lesion lists of many patients (CSV or TSV, a row a lesion or a row a patient with lesion1_…, lesion2_… \
      columns; of several scan days the newest counts and those before tell growth), JSON lines as for assess --jsonl, cases, \
      or folders of cases. A patient that cannot be read is reported and set aside.

      A list holds the patients for whom the service has a therapy that is not excluded, ordered by the protocol's worklists \
      part: what is unknown comes last. Each row says what put it behind the one above; a patient on no list says why.

      With -o FILE what is done stands in FILE.journal until the lists are written: after an interruption --resume goes on \
      from there. --as patients writes one line a patient in input order, unranked; triage of such lines, from any number of \
      parts (--shard), makes the lists of the whole. Exit status: 0 done (patients set aside are counted on standard error), \
      65 input is wrong or, with --strict, a patient was set aside, 66 input not found, 73 cannot write.
      """)

  /// How lists are written.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, csv, jsonl, html, patients
  }

  @Argument(help: "Cases, folders of cases, files of JSON lines, or - for JSON lines on standard input.")
  var paths: [String] = []

  @Option(name: .long, help: "A lesion list of many patients: CSV, TSV or JSON lines; may be repeated.")
  var lesions: [String] = []

  @Option(
    name: .long,
    help:
      "A table of the patients of these lists (CSV or TSV): patient_id and columns named like a patient file's keys."
  )
  var patients: String?

  @Option(
    name: .long, help: "ir, radonc or surgery; may be repeated; all three without it.",
    transform: Self.service)
  var service: [HospitalService] = []

  @Option(name: .customLong("as"), help: "text, csv, jsonl, html, or patients: a line a patient, unranked.")
  var form: Form = .text

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "The file to write; standard output without it.")
  var output: String?

  @Option(name: .long, help: "Rows of each list at most: 30 of text, 20000 of html, else all.")
  var limit: Int?

  @Option(
    name: .long,
    help: "A registry (SQLite) that keeps every judgement; made where none is. See oligoplan registry.")
  var store: String?

  @Option(name: .long, help: "The day or time of the run for the registry; now without it.")
  var on: String?

  @Flag(name: .long, help: "Go on from what an interrupted run left in OUTPUT.journal.")
  var resume = false

  @OptionGroup var list: ListArguments

  @Option(
    name: .long, help: "Only part i of n of the patients, by turns: i/n; with --as patients, to be merged.")
  var shard: String?

  @Option(name: .long, help: "Processors at most; all without it. The bytes are the same.")
  var threads: Int?

  @Option(
    name: .long,
    help:
      "Where patients' reports lie, with {patient_id} in it: rows of the page link to those that are there.")
  var reports: String?

  @Option(name: .customLong("protocol"), help: "A care protocol (YAML); the shipped one without it.")
  var protocolFile: String?

  @Flag(name: .long, help: "Exit status 65 where any patient could not be read.")
  var strict = false

  private static func service(_ word: String) throws -> HospitalService {
    guard let service = HospitalService(rawValue: word) else {
      throw ValidationError("--service is ir, radonc or surgery")
    }
    return service
  }

  func validate() throws {
    guard !paths.isEmpty || !lesions.isEmpty else {
      throw ValidationError("name a cohort: --lesions FILE, cases, or JSON lines")
    }
    if patients != nil, lesions.isEmpty { throw ValidationError("--patients needs --lesions") }
    if let shard, AssessmentFilter.Shard(shard) == nil {
      throw ValidationError("--shard is the part of how many, as 1/4")
    }
    if shard != nil, form != .patients {
      throw ValidationError("--shard goes with --as patients: lists of a part are not those of the whole")
    }
    if let threads, threads < 1 { throw ValidationError("--threads is 1 or more") }
    if let limit, limit < 1 { throw ValidationError("--limit is 1 or more") }
    if resume, output == nil {
      throw ValidationError("--resume needs -o: what is done stands beside the output")
    }
    if let reports {
      guard form == .html, output != nil else {
        throw ValidationError("--reports goes with --as html and -o")
      }
      guard reports.contains("{patient_id}") else {
        throw ValidationError(
          "--reports names the patient by {patient_id}, as boards/{patient_id}/report.html")
      }
    }
    if store != nil, form == .patients || shard != nil {
      throw ValidationError("--store goes with lists: merge the lines of parts, and keep those")
    }
    if let on {
      guard store != nil else { throw ValidationError("--on needs --store") }
      _ = try RegistryTime.text(on)
    }
    if form == .patients, !service.isEmpty || limit != nil {
      throw ValidationError("--service and --limit are about lists; --as patients has all of every patient")
    }
  }

  func run() throws {
    try Streams.reporting {
      // What is there is looked at before hours are spent; what is not is made once there is something to keep.
      if let store, FileManager.default.fileExists(atPath: store) { _ = try registry(store) }
      var inputs = TriageRun.Inputs()
      inputs.paths = paths
      inputs.lists = lesions
      inputs.patients = patients
      inputs.options = try list.options()
      let run = try TriageRun(
        try DossierReading.careProtocol(protocolFile), inputs, tool: DossierReading.tool,
        shard: shard.flatMap(AssessmentFilter.Shard.init), threads: threads)
      var shown = Progress()
      func progress(_ counts: TriageRun.Counts) {
        shown.show(
          "triage: \(counts.patients)\(counts.all.map { " of \($0)" } ?? "") patients",
          after: counts.patients - counts.resumed, of: counts.all.map { $0 - counts.resumed })
      }
      let counts: TriageRun.Counts
      if form == .patients {
        counts =
          try output.map {
            try run.lines(to: $0, resumes: resume, warn: Streams.warn, progress: progress)
          }
          ?? run.lines(write: { try Streams.result($0) }, warn: Streams.warn, progress: progress)
      } else {
        counts = try run.run(
          journal: output.map(TriageRun.journal), resumes: resume, warn: Streams.warn, progress: progress
        ) { lists in
          shown.end()
          warn(ofRepeated: lists.repeatedIDs)
          try write(lists)
          if let store { try keep(lists, in: try registry(store), store) }
        }
      }
      shown.end()
      if counts.errors > 0 {
        Streams.tell(
          "triage: \(counts.errors) of \(counts.patients) patients could not be read and are set aside")
        if strict { throw ExitCode(65) }
      }
    }
  }

  private func registry(_ path: String) throws -> RegistryStore {
    do throws(RegistryError) { return try RegistryStore(path, .writing) } catch {
      throw error.words(of: path)
    }
  }

  private func keep(_ lists: Worklists, in registry: RegistryStore, _ path: String) throws {
    let time = try on.map(RegistryTime.text) ?? RegistryTime.now
    do {
      let (kept, nameless) = try lists.keep(in: registry, time: time, inputs: paths + lesions)
      Streams.tell(
        "triage: \(path) keeps \(kept.new) new judgements, \(kept.known) are known"
          + (nameless > 0 ? "; \(nameless) patients without an id are not kept" : ""))
    } catch let error as RegistryError { throw error.words(of: path) }
  }

  private func warn(ofRepeated ids: [String]) {
    guard !ids.isEmpty else { return }
    let more = ids.count > 5 ? " and \(ids.count - 5) more" : ""
    Streams.warn([
      "\(ids.count) \(ids.count == 1 ? "patient id stands" : "patient ids stand") on more than one patient: \(ids.prefix(5).joined(separator: ", "))\(more)"
    ])
  }

  private func write(_ lists: Worklists) throws {
    let services =
      service.isEmpty ? HospitalService.allCases : HospitalService.allCases.filter(service.contains)
    let file = try StreamedOutput(output)
    switch form {
    case .jsonl: try lists.lines(services, limit: limit) { try file.write($0) }
    case .csv: try lists.table(services, limit: limit) { try file.write($0) }
    case .html:
      try file.write(
        Data(try lists.page(services, limit: limit, notice: Notice.text, reports: reports, from: output).utf8)
      )
    case .text, .patients:
      let report = try lists.report(services, limit: limit ?? 30, notice: Notice.text)
      let style = output == nil ? Streams.style : .plain
      let text = TerminalText(style).text(report.document)
      if output == nil { return try Streams.result(text) }
      try file.write(Data(VisibleText.page(text, keepsColours: false).utf8))
    }
    try file.close()
  }
}
