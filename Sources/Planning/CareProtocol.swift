// SPDX-License-Identifier: Apache-2.0
public import Ablation
public import Eligibility
public import Evidence
internal import Facts
public import Radiotherapy
public import Resection

/// A care protocol: rules with their needs and weights, and the bibliography they cite.
public struct CareProtocol: Sendable {
  /// The protocol that a site's own one extends, as it was then.
  public struct Extended: Sendable, Hashable {
    /// Its id.
    public let id: String
    /// Its version.
    public let version: String
    /// SHA-256 of its file, in hexadecimal.
    public let sha256: String

    /// A protocol that is extended.
    public init(id: String, version: String, sha256: String) {
      self.id = id
      self.version = version
      self.sha256 = sha256
    }
  }

  /// Its id, as "oligoplan-default".
  public let id: String
  /// Its version, as "2026.11".
  public let version: String
  /// Its title for people.
  public let title: String
  /// SHA-256 of the file it was read from, in hexadecimal; of the file followed by the one it extends where it extends one.
  public let sha256: String
  /// What it extends; `nil` for a protocol that stands by itself.
  public let extends: Extended?
  /// The rules.
  public let ruleSet: RuleSet
  /// The sources.
  public let bibliography: Bibliography
  /// The numbers by which facts follow from what was reported and measured.
  public let facts: FactParameters
  /// What it says about stereotactic radiotherapy; `nil` when it says nothing, and none can be planned.
  public let radiotherapy: RadiotherapyParameters?
  /// What it says about ablation; `nil` when it says nothing, and none can be planned.
  public var ablation: AblationParameters?
  /// What it says about resection; `nil` when it says nothing, and none can be planned.
  public let resection: ResectionParameters?

  /// What it says about planning the patient as a whole; `nil` when it says nothing, and no joint plan can be made.
  public let joint: JointParameters?
  /// What it says about worklists; `nil` when it says nothing, and none can be ordered.
  public let worklists: WorklistParameters?

  /// A care protocol.
  public init(
    id: String, version: String, title: String, sha256: String, extends: Extended? = nil, ruleSet: RuleSet,
    bibliography: Bibliography, facts: FactParameters, radiotherapy: RadiotherapyParameters? = nil,
    ablation: AblationParameters? = nil, resection: ResectionParameters? = nil, joint: JointParameters? = nil,
    worklists: WorklistParameters? = nil
  ) {
    self.joint = joint
    self.worklists = worklists
    self.facts = facts
    self.resection = resection
    self.ablation = ablation
    self.radiotherapy = radiotherapy
    self.id = id
    self.version = version
    self.title = title
    self.sha256 = sha256
    self.extends = extends
    self.ruleSet = ruleSet
    self.bibliography = bibliography
  }

  /// Its id and version, with those of what it extends, for people.
  public var name: String {
    extends.map { "\(id) \(version) (extends \($0.id) \($0.version))" } ?? "\(id) \(version)"
  }
}
