// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Planning
internal import Report
public import Vocabulary

extension Worklists {
  /// Rows of a list that a page holds without being asked for more: beyond, a browser takes seconds to open it.
  public static let mostRowsOfPage = 20_000

  /// The lists as one HTML file.
  ///
  /// - Parameters:
  ///   - services: whose lists.
  ///   - limit: rows of each at most; `mostRowsOfPage` without it.
  ///   - notice: what the lists are not, said once.
  ///   - reports: where patients' reports lie, with `{patient_id}` in it; those that are there are linked.
  ///   - output: the file that the page is written to, from which links lead.
  /// - Throws: `InputError` where the journal cannot be read.
  public func page(
    _ services: [HospitalService], limit: Int?, notice: String, reports: String?, from output: String?
  ) throws -> String {
    let most = limit ?? Self.mostRowsOfPage
    let shown = try services.map { try list($0, Array(ranking.ordered($0.rawValue).prefix(most))) }
    var links: [String: String] = [:]
    if let reports, let output {
      let folder = URL(fileURLWithPath: output).deletingLastPathComponent()
      for id in Set(shown.flatMap(\.rows).compactMap(\.patientID)) {
        links[id] = Self.link(to: id, reports, from: folder)
      }
    }
    return try WorklistPage(
      shown, tally, unlisted: try others(Array(ranking.orderedUnlisted().prefix(most))),
      errors: try others(Array(ranking.orderedErrors().prefix(most))),
      facts: [
        ("protocol", "\(careProtocol.name), SHA-256 \(careProtocol.sha256.prefix(12))…"), ("made by", tool),
        ("patients", "\(tally.patients)"),
      ], links: links, notice: notice, digest: { FileAccess.sha256Base64($0) }
    ).html()
  }

  /// The reference from a folder to a patient's report; `nil` where there is none.
  ///
  /// An id is one name, never a way out of the folder.
  private static func link(to id: String, _ reports: String, from folder: URL) -> String? {
    guard !id.contains("/"), id != "..", id != "." else { return nil }
    let place = reports.replacingOccurrences(of: "{patient_id}", with: id)
    let file = place.hasPrefix("/") ? URL(fileURLWithPath: place) : folder.appendingPathComponent(place)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    if place.hasPrefix("/") { return file.absoluteString }
    return place.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
  }
}
