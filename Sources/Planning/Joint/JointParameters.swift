// SPDX-License-Identifier: Apache-2.0
public import Evidence
internal import Resection

/// What a care protocol says about planning a patient as a whole.
public struct JointParameters: Sendable, Hashable {
  /// How many prescriptions of one SBRT target are weighed against one another, 1 or more.
  public var mostRegimens: Int
  /// How many lesions are ablated in one session at most.
  public var lesionsPerSession: Cited<Double>
  /// The same in a patient with one lung.
  public var lesionsPerSessionSingleLung: Cited<Double>
  /// How many punctures of the pleura, or of the liver, one session holds at most.
  public var puncturesPerSession: Cited<Double>
  /// Weeks between thermal sessions in different lungs, at least.
  public var weeksBetweenLungs: Cited<Double>
  /// Weeks between operations on different sides, for planning ahead only.
  public var weeksBetweenOperations: Cited<Double>
  /// How many directions are tried for each needle while a patient is planned.
  public var needleCandidates: Int
  /// What one of each counts in the burden.
  public var burden: BurdenWeights
  /// How far measurements may be off.
  public var errors: MeasurementErrors

  /// What one of each measure counts in the burden of a plan, in points.
  public struct BurdenWeights: Sendable, Hashable {
    /// A visit: a fraction, a session, an operation.
    public let visit: Double
    /// A gray of mean lung dose.
    public let lungGray: Double
    /// A segment of lung.
    public let segment: Double
    /// An anaesthetic or sedation.
    public let anaesthetic: Double
    /// Keys of the bibliography.
    public let sources: [String]

    /// Weights.
    public init(visit: Double, lungGray: Double, segment: Double, anaesthetic: Double, sources: [String]) {
      self.visit = visit
      self.lungGray = lungGray
      self.segment = segment
      self.anaesthetic = anaesthetic
      self.sources = sources
    }
  }

  /// How far sizes, distances and estimated doses may be off.
  public struct MeasurementErrors: Sendable, Hashable {
    /// What 95 % of two readers' diameters differ by at most, in millimetres, of lesions below `smallBelow`.
    public let readerLimit: Double
    /// Where that holds, in millimetres.
    public let smallBelow: Double
    /// The standard deviation of a larger diameter, as a share of it.
    public let largeShare: Double
    /// Keys of the bibliography.
    public let sources: [String]

    /// Errors.
    public init(
      readerLimit: Double, smallBelow: Double, largeShare: Double, sources: [String]
    ) {
      self.readerLimit = readerLimit
      self.smallBelow = smallBelow
      self.largeShare = largeShare
      self.sources = sources
    }
  }

  /// Parameters.
  public init(
    mostRegimens: Int, lesionsPerSession: Cited<Double>, lesionsPerSessionSingleLung: Cited<Double>,
    puncturesPerSession: Cited<Double>, weeksBetweenLungs: Cited<Double>,
    weeksBetweenOperations: Cited<Double>,
    needleCandidates: Int, burden: BurdenWeights, errors: MeasurementErrors
  ) {
    self.mostRegimens = mostRegimens
    self.lesionsPerSession = lesionsPerSession
    self.lesionsPerSessionSingleLung = lesionsPerSessionSingleLung
    self.puncturesPerSession = puncturesPerSession
    self.weeksBetweenLungs = weeksBetweenLungs
    self.weeksBetweenOperations = weeksBetweenOperations
    self.needleCandidates = needleCandidates
    self.burden = burden
    self.errors = errors
  }

  /// Every source that is cited, with what cites it.
  public var citations: [(what: String, key: String)] {
    let cited: [(String, [String])] = [
      ("lesionsPerSession", lesionsPerSession.sources),
      ("lesionsPerSessionSingleLung", lesionsPerSessionSingleLung.sources),
      ("puncturesPerSession", puncturesPerSession.sources),
      ("weeksBetweenLungs", weeksBetweenLungs.sources),
      ("weeksBetweenOperations", weeksBetweenOperations.sources), ("burden", burden.sources),
      ("errors", errors.sources),
    ]
    return cited.flatMap { what, keys in keys.map { (what, $0) } }
  }
}
