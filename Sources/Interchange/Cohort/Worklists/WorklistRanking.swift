// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Report

/// The places of all patients on the lists: what they are compared by, and where their lines stand.
///
/// Of a patient no more is in memory than that.
struct WorklistRanking {
  /// A patient on a list.
  struct Place {
    /// Where the patient's row stands in the journal.
    let row: Range<Int>
    /// The patient's number among all.
    let patient: Int
    /// The criterion, by its place in the order, that the patient comes after the one before by; `nil` for the first and where
    /// only the id decides.
    let behind: Int?
  }

  /// One list: levels of all its rows one after the other.
  fileprivate struct List {
    var stride = 0
    var levels: [Int32] = []
    var starts: [Int] = []
    var lengths: [Int32] = []
    var patients: [Int32] = []
  }

  private var lists: [String: List] = [:]
  /// The ids of all patients, one after the other, and where each ends.
  private var ids: [UInt8] = []
  private var idEnds: [Int] = []
  /// The beginning of each patient's hash: the order of patients without an id, or of one id, hangs on no place in the cohort.
  private var hashes: [UInt64] = []
  /// The lines of patients on no list, and of those that could not be read.
  private(set) var unlisted: [(patient: Int, line: Range<Int>)] = []
  private(set) var errors: [(patient: Int, line: Range<Int>)] = []

  /// How many patients.
  var patients: Int { idEnds.count }

  /// Takes a patient's line.
  ///
  /// - Parameters:
  ///   - answer: the patient.
  ///   - start: where its line begins in the journal.
  mutating func take(_ answer: TriageDesk.Answer, at start: Int) {
    let patient = idEnds.count
    ids += Array(answer.name.utf8)
    idEnds.append(ids.count)
    hashes.append(UInt64(answer.inputSHA256.prefix(16), radix: 16) ?? 0)
    let line = start..<start + answer.bytes.count
    if answer.errors != nil { return errors.append((patient, line)) }
    if answer.rows.isEmpty { return unlisted.append((patient, line)) }
    answer.bytes.withUnsafeBytes { bytes in
      let parts = JSONParts(bytes)
      for (service, row) in answer.rows {
        guard let part = parts[service] else { continue }
        lists[service, default: List()].take(
          row.order.map { Int32(truncatingIfNeeded: $0.level) }, start + part.lowerBound, part.count, patient)
      }
    }
  }

  /// The patient's id, empty where there is none.
  func id(of patient: Int) -> String { String(decoding: ids[idRange(patient)], as: UTF8.self) }

  private func idRange(_ patient: Int) -> Range<Int> {
    (patient == 0 ? 0 : idEnds[patient - 1])..<idEnds[patient]
  }

  /// Whether a patient comes before another where nothing else decides: by id, then by what was read.
  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (ids[idRange(a)], ids[idRange(b)])
    if x.elementsEqual(y) { return (hashes[a], a) < (hashes[b], b) }
    return x.lexicographicallyPrecedes(y)
  }

  /// The patients of a list in order.
  func ordered(_ service: String) -> [Place] {
    guard let list = lists[service] else { return [] }
    let order = list.starts.indices.sorted { a, b in
      if let step = list.difference(a, b) {
        return list.levels[a * list.stride + step] < list.levels[b * list.stride + step]
      }
      return precedes(Int(list.patients[a]), Int(list.patients[b]))
    }
    return order.enumerated().map { rank, index in
      Place(
        row: list.starts[index]..<list.starts[index] + Int(list.lengths[index]),
        patient: Int(list.patients[index]),
        behind: rank == 0 ? nil : list.difference(order[rank - 1], index))
    }
  }

  /// Patients on no list, by id.
  func orderedUnlisted() -> [Range<Int>] {
    unlisted.sorted { precedes($0.patient, $1.patient) }.map(\.line)
  }

  /// Patients that could not be read, by id.
  func orderedErrors() -> [Range<Int>] {
    errors.sorted { precedes($0.patient, $1.patient) }.map(\.line)
  }

  /// Ids that more than one patient bears, in order.
  func repeatedIDs() -> [String] {
    let order = idEnds.indices.sorted { precedes($0, $1) }
    var found: [String] = []
    for (a, b) in zip(order, order.dropFirst()) where ids[idRange(a)].elementsEqual(ids[idRange(b)]) {
      let id = id(of: a)
      if !id.isEmpty, found.last != id { found.append(id) }
    }
    return found
  }
}

extension WorklistRanking.List {
  fileprivate mutating func take(_ row: [Int32], _ start: Int, _ length: Int, _ patient: Int) {
    if starts.isEmpty { stride = row.count }
    // All rows of a list are compared by the same criteria: of one protocol.
    levels += row.prefix(stride) + Array(repeating: .max, count: max(0, stride - row.count))
    starts.append(start)
    lengths.append(Int32(length))
    patients.append(Int32(patient))
  }

  /// The first criterion by which two rows differ; `nil` where none does.
  fileprivate func difference(_ a: Int, _ b: Int) -> Int? {
    for step in 0..<stride where levels[a * stride + step] != levels[b * stride + step] { return step }
    return nil
  }
}
