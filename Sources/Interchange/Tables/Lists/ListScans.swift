// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// One scan: what its columns say, and the day.
struct ListScan: Hashable {
  let studies: [String]
  let day: String?

  var words: String { (studies + (day.map { [$0] } ?? [])).joined(separator: ", ") }
  func isNamed(by wanted: Set<String>) -> Bool {
    studies.contains(where: wanted.contains) || (day.map(wanted.contains) ?? false)
  }
  /// Whether two scans are surely not one: by their days where both are told, else by their studies.
  func differs(from other: ListScan) -> Bool {
    if let day, let theirs = other.day { return day != theirs }
    return !studies.isEmpty && !other.studies.isEmpty && studies != other.studies
  }
}

/// From which scans of one patient a list's rows come.
///
/// Lesions of two scans are one disease at two times, or the same nodules twice: never a sum.
struct ListScans {
  private var counts: [ListScan: Int] = [:]
  private var order: [ListScan] = []
  private var leftOut: [ListScan: Int] = [:]
  /// Rows that do not say of which scan they are.
  private var undated = 0

  /// The scan of all rows; `nil` where none is told or several are.
  var only: ListScan? { order.count == 1 ? order.first : nil }

  /// Whether rows of more than one scan were kept.
  var areSeveral: Bool { counts.count > 1 }

  /// Counts a row; whether it is to be kept.
  mutating func take(_ row: LesionRow, _ wanted: Set<String>) -> Bool {
    let scan = ListScan(studies: row.studies, day: row.scanDay)
    guard !scan.studies.isEmpty || scan.day != nil else {
      undated += 1
      return wanted.isEmpty
    }
    guard wanted.isEmpty || scan.isNamed(by: wanted) else {
      leftOut[scan, default: 0] += 1
      return false
    }
    // What the user named belongs together by his word.
    guard wanted.isEmpty else {
      if !order.contains(scan) { order.append(scan) }
      return true
    }
    if counts[scan] == nil { order.append(scan) }
    counts[scan, default: 0] += 1
    return true
  }

  /// Refuses rows of several scans; tells what was left out.
  ///
  /// - Parameter advice: what to do about rows of several scans.
  func settle(_ wanted: Set<String>, file: String, advice: String) throws(InputError) -> [String] {
    guard !areSeveral else {
      let named = order.prefix(6).map { "\($0.words) (\(counts[$0] ?? 0))" }
      throw InputError(
        file: file,
        "holds lesions of \(counts.count) scans of one patient: \(named.joined(separator: "; "))\(order.count > 6 ? " …" : "")",
        advice: advice)
    }
    for name in wanted.sorted() where !order.contains(where: { $0.isNamed(by: [name]) }) {
      throw InputError(
        file: file, "has no row of scan \(name)",
        advice: "there are: "
          + leftOut.keys.map(\.words).sorted().prefix(6).joined(separator: "; "))
    }
    var notes: [String] = []
    if undated > 0, !wanted.isEmpty {
      notes.append(
        "\(FileAccess.name(of: file)): \(undated) \(undated == 1 ? "row names" : "rows name") no scan and \(undated == 1 ? "was" : "were") left out (--scan)"
      )
    } else if undated > 0, let scan = order.first {
      notes.append(
        "\(FileAccess.name(of: file)): \(undated) \(undated == 1 ? "row names" : "rows name") no scan and \(undated == 1 ? "is" : "are") taken to be of \(scan.words) like the rest"
      )
    }
    return notes
      + leftOut.sorted { $0.key.words < $1.key.words }.map {
        "\(FileAccess.name(of: file)): \($0.value) \($0.value == 1 ? "row" : "rows") of scan \($0.key.words) left out (--scan)"
      }
  }
}
