// SPDX-License-Identifier: Apache-2.0
public import Cases

/// What a plan was asked for: everything beside the case and the protocol that shaped it.
///
/// Kept in the plan's file, so that the plan can be made again from it, to the last byte, on any day.
public struct PlanRequest: Sendable, Hashable {
  /// An option with the values in force, defaults included, as the command takes them.
  public struct Setting: Sendable, Hashable {
    /// The option's name without dashes.
    public let name: String
    /// Its values in the order they were given; never empty.
    public let values: [String]
  }

  /// To which day intervals were counted.
  public enum ReferenceDay: Sendable, Hashable {
    /// The user gave it, YYYY-MM-DD.
    case given(String)
    /// The case's newest scan, YYYY-MM-DD.
    case newestScan(String)
    /// Neither: intervals of dated courses are unknown.
    case unknown

    /// The day; `nil` when unknown.
    public var day: String? {
      switch self {
      case .given(let day), .newestScan(let day): day
      case .unknown: nil
      }
    }

    /// The words for people.
    public var words: String {
      switch self {
      case .given(let day): "\(day), as given"
      case .newestScan(let day): "\(day), the newest scan"
      case .unknown: "unknown: no scan is dated; give --on YYYY-MM-DD"
      }
    }

    /// The user's day, else the case's newest scan; never the clock.
    public init(given: String?, of patientCase: PatientCase) {
      if let given {
        self = .given(given)
      } else if let day = patientCase.newestScan {
        self = .newestScan(day)
      } else {
        self = .unknown
      }
    }
  }

  /// The options in force, by growing name.
  public let settings: [Setting]
  /// To which day intervals were counted.
  public let day: ReferenceDay
  /// The user's own table of devices; `nil` where the protocol's charts were used alone.
  public let devices: CaseInput?

  /// A request; options without values are left out.
  public init(_ settings: [String: [String]], day: ReferenceDay, devices: CaseInput? = nil) {
    self.settings = settings.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map {
      Setting(name: $0.key, values: $0.value)
    }
    self.day = day
    self.devices = devices
  }
}

/// A plan's file that an assessment rests on.
public struct PlanSource: Sendable, Hashable {
  /// The file's name without its folder.
  public let name: String
  /// SHA-256 of its bytes, in hexadecimal.
  public let sha256: String
  /// The user's own table of devices that it was made with; `nil` for the protocol's charts.
  public let devices: CaseInput?

  /// A plan's file.
  public init(name: String, sha256: String, devices: CaseInput?) {
    self.name = name
    self.sha256 = sha256
    self.devices = devices
  }
}
