// SPDX-License-Identifier: Apache-2.0
/// What a cohort's worklists hold, counted: how many patients, by which verdict, hanging on what, and what to obtain.
public struct WorklistTally: Sendable, Hashable {
  /// The figures of one list.
  public struct List: Sendable, Hashable {
    /// An empty list.
    public init() {}

    /// Patients on it.
    public internal(set) var patients = 0
    /// Patients by their best verdict.
    public internal(set) var verdicts: [String: Int] = [:]
    /// Patients by what that hangs on; those that hang on nothing are not counted here.
    public internal(set) var leading: [String: Int] = [:]
    /// By question: patients, and candidate lesions, that it is open for and could change.
    public internal(set) var missing: [String: Open] = [:]

    /// A question's figures.
    public struct Open: Sendable, Hashable {
      /// Patients.
      public internal(set) var patients = 0
      /// Candidate lesions.
      public internal(set) var lesions = 0
    }

    /// Questions, the one that is open for most patients first.
    public var questions: [(question: String, open: Open)] {
      missing.sorted { ($1.value.patients, $0.key) < ($0.value.patients, $1.key) }.map { ($0.key, $0.value) }
    }
  }

  /// All patients, those that could not be read among them.
  public internal(set) var patients = 0
  /// Patients that could not be read.
  public internal(set) var errors = 0
  /// Patients on no list.
  public internal(set) var unlisted = 0
  /// The lists, by service.
  public internal(set) var lists: [String: List] = [:]

  /// Nothing yet.
  public init() {}

  /// Counts a patient.
  ///
  /// - Parameters:
  ///   - rows: of the lists that the patient is on, with the services' words.
  ///   - isError: whether the patient could not be read.
  public mutating func add(_ rows: [(service: String, row: WorklistRow)], isError: Bool) {
    patients += 1
    if isError {
      errors += 1
    } else if rows.isEmpty {
      unlisted += 1
    }
    for (service, row) in rows {
      lists[service, default: List()].patients += 1
      lists[service, default: List()].verdicts[row.verdict, default: 0] += 1
      if !row.leading.isEmpty { lists[service, default: List()].leading[row.leading, default: 0] += 1 }
      for missing in row.missing {
        lists[service, default: List()].missing[missing.question, default: .init()].patients += 1
        lists[service, default: List()].missing[missing.question, default: .init()].lesions += missing.lesions
      }
    }
  }

  /// Adds what another counted.
  public mutating func add(_ other: WorklistTally) {
    patients += other.patients
    errors += other.errors
    unlisted += other.unlisted
    for (service, list) in other.lists {
      var sum = lists[service] ?? List()
      sum.patients += list.patients
      sum.verdicts.merge(list.verdicts, uniquingKeysWith: +)
      sum.leading.merge(list.leading, uniquingKeysWith: +)
      for (question, open) in list.missing {
        sum.missing[question, default: .init()].patients += open.patients
        sum.missing[question, default: .init()].lesions += open.lesions
      }
      lists[service] = sum
    }
  }
}
