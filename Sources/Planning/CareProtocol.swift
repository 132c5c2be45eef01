public import Ablation
public import Eligibility
public import Evidence
internal import Facts
public import Radiotherapy
public import Resection

/// A care protocol: rules with their needs and weights, and the bibliography they cite.
public struct CareProtocol: Sendable {
  /// Its id, as "oligoplan-default".
  public let id: String
  /// Its version, as "2026.11".
  public let version: String
  /// Its title for people.
  public let title: String
  /// SHA-256 of the file it was read from, in hexadecimal.
  public let sha256: String
  /// The rules.
  public let ruleSet: RuleSet
  /// The sources.
  public let bibliography: Bibliography
  /// What it says about stereotactic radiotherapy; `nil` when it says nothing, and none can be planned.
  public let radiotherapy: RadiotherapyParameters?
  /// What it says about ablation; `nil` when it says nothing, and none can be planned.
  public var ablation: AblationParameters?
  /// What it says about resection; `nil` when it says nothing, and none can be planned.
  public let resection: ResectionParameters?

  /// What it says about planning the patient as a whole; `nil` when it says nothing, and no joint plan can be made.
  public let joint: JointParameters?

  /// A care protocol.
  public init(
    id: String, version: String, title: String, sha256: String, ruleSet: RuleSet,
    bibliography: Bibliography, radiotherapy: RadiotherapyParameters? = nil,
    ablation: AblationParameters? = nil, resection: ResectionParameters? = nil, joint: JointParameters? = nil
  ) {
    self.joint = joint
    self.resection = resection
    self.ablation = ablation
    self.radiotherapy = radiotherapy
    self.id = id
    self.version = version
    self.title = title
    self.sha256 = sha256
    self.ruleSet = ruleSet
    self.bibliography = bibliography
  }
}
