// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Planning
public import Report
internal import Triage
public import Vocabulary

/// The worklists of a cohort: their rows in order, read from the journal as they are asked for.
public struct Worklists {
  /// What they hold, counted.
  public let tally: WorklistTally
  /// Ids that more than one patient bears.
  public let repeatedIDs: [String]
  let journal: TriageJournal
  let ranking: WorklistRanking
  let careProtocol: CareProtocol
  let tool: String
  private let steps: [String: [String]]

  init(_ answered: TriageRun.Answered, _ journal: TriageJournal, _ careProtocol: CareProtocol, tool: String) {
    tally = answered.tally
    ranking = answered.ranking
    repeatedIDs = answered.ranking.repeatedIDs()
    self.journal = journal
    self.careProtocol = careProtocol
    self.tool = tool
    steps = Dictionary(
      (careProtocol.worklists?.orders ?? [:]).map {
        ($0.key.rawValue, $0.value.steps.map(\.criterion.rawValue))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The criteria of a list's order, by their words.
  func steps(of service: HospitalService) -> [String] { steps[service.rawValue] ?? [] }

  /// A list's first rows, with what puts each behind the one before.
  ///
  /// - Throws: `InputError` where the journal cannot be read.
  func list(_ service: HospitalService, _ places: [WorklistRanking.Place]) throws -> WorklistReport.List {
    let decoder = JSONDecoder()
    let steps = steps(of: service)
    return WorklistReport.List(
      service: service,
      rows: try places.map { try decoder.decode(WorklistRow.self, from: try journal.bytes($0.row)) },
      keys: places.map(\.patient), steps: steps,
      behind: places.map { place in place.behind.map { $0 < steps.count ? steps[$0] : "" } })
  }

  /// Patients on no list, and those that could not be read, by their lines.
  func others(_ lines: [Range<Int>]) throws -> [WorklistReport.Other] {
    let decoder = JSONDecoder()
    return try lines.map { range in
      let line = try decoder.decode(TriageLine.self, from: try journal.bytes(range))
      let why =
        line.errors.map { errors in
          errors.map { [$0.place, $0.message].filter { !$0.isEmpty }.joined(separator: ": ") }
        } ?? Self.why(line.unlisted ?? [])
      return WorklistReport.Other(patientID: line.patientID, source: line.source, why: why)
    }
  }

  /// Why on no list: once where all services have one reason.
  private static func why(_ unlisted: [UnlistedRow]) -> [String] {
    let reasons = Set(unlisted.map(\.why))
    if reasons.count == 1, let only = reasons.first { return [only] }
    return unlisted.map { "\($0.service): \($0.why)" }
  }

  /// The lists as a document for the terminal.
  ///
  /// - Parameters:
  ///   - services: whose lists.
  ///   - limit: rows of each that are shown at most.
  ///   - notice: what the lists are not, said once.
  /// - Throws: `InputError` where the journal cannot be read.
  public func report(_ services: [HospitalService], limit: Int, notice: String) throws -> WorklistReport {
    WorklistReport(
      try services.map { try list($0, Array(ranking.ordered($0.rawValue).prefix(limit))) }, tally,
      unlisted: try others(Array(ranking.orderedUnlisted().prefix(limit))),
      errors: try others(Array(ranking.orderedErrors().prefix(limit))), notice: notice)
  }
}
