// SPDX-License-Identifier: Apache-2.0
public import Evidence
internal import Facts
internal import Vocabulary

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
  /// Weeks between sessions outside the lungs, by the family of the session before; planning ahead only.
  public var weeksAfter: FamilyNumbers
  /// Fractions of SBRT a week.
  public var fractionsPerWeek: Cited<Double>
  /// Whether SBRT of several lungs and organs is one course, or one after the other.
  public var courseTiming: Cited<CourseTiming>
  /// Days in hospital for a session of each family.
  public var hospitalDays: FamilyNumbers
  /// How much more an anaesthetic counts in a patient at risk.
  public var anaestheticRisk: AnaestheticRisk
  /// What one of each counts in the burden.
  public var burden: BurdenWeights
  /// What is counted for burdens that are not known.
  public var assumed: AssumedBurden
  /// How a plan that is recommended is chosen among draws of the measurements.
  public var recommendation: Recommendation
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
    /// A day in hospital.
    public let hospitalDay: Double
    /// A puncture of pleura or organ.
    public let puncture: Double
    /// A week until all is done.
    public let week: Double
    /// An energy in a lung or organ: one more device there.
    public let energy: Double
    /// Keys of the bibliography.
    public let sources: [String]

    /// Weights.
    public init(
      visit: Double, lungGray: Double, segment: Double, anaesthetic: Double, hospitalDay: Double,
      puncture: Double, week: Double, energy: Double, sources: [String]
    ) {
      self.visit = visit
      self.lungGray = lungGray
      self.segment = segment
      self.anaesthetic = anaesthetic
      self.hospitalDay = hospitalDay
      self.puncture = puncture
      self.week = week
      self.energy = energy
      self.sources = sources
    }
  }

  /// When the targets of a plan are irradiated.
  ///
  /// Doses are summed alike: what the fractions of one day add up to is no less than what the same doses come to on days of
  /// their own.
  public enum CourseTiming: String, Sendable, Hashable, CaseIterable {
    /// All on the same days.
    case concurrent
    /// One lung or organ after the other.
    case staged
  }

  /// A whole number for each family of therapies done in sessions.
  public struct FamilyNumbers: Sendable, Hashable {
    /// Operations.
    public let surgery: Int
    /// Ablations.
    public let ablation: Int
    /// Embolizations.
    public let embolization: Int
    /// Keys of the bibliography.
    public let sources: [String]

    /// Numbers.
    public init(surgery: Int, ablation: Int, embolization: Int, sources: [String]) {
      self.surgery = surgery
      self.ablation = ablation
      self.embolization = embolization
      self.sources = sources
    }

    /// The number of a family; 0 for those without sessions.
    func of(_ family: TherapyFamily) -> Int {
      switch family {
      case .surgery: surgery
      case .ablation: ablation
      case .embolization: embolization
      case .irradiation, .observation, .none: 0
      }
    }
  }

  /// What is counted for burdens that are not known, so that ignorance makes no plan lighter; never printed as if known.
  public struct AssumedBurden: Sendable, Hashable {
    /// Gray of mean lung dose for a lung target.
    public let lungGray: Double
    /// Segments for a lung lesion that is resected, and for a lobe at most as many as it has.
    public let segments: Double
    /// Visits for a course without a prescription.
    public let visits: Double
    /// Keys of the bibliography.
    public let sources: [String]

    /// Amounts.
    public init(lungGray: Double, segments: Double, visits: Double, sources: [String]) {
      self.lungGray = lungGray
      self.segments = segments
      self.visits = visits
      self.sources = sources
    }
  }

  /// How much more an anaesthetic counts in a patient at risk; 1 or more each, the greatest that applies.
  public struct AnaestheticRisk: Sendable, Hashable {
    /// ASA class 3.
    public let asa3: Double
    /// ASA class 4 or more.
    public let asa4: Double
    /// General anaesthesia reported as high risk.
    public let highRisk: Double
    /// Keys of the bibliography.
    public let sources: [String]

    /// Factors.
    public init(asa3: Double, asa4: Double, highRisk: Double, sources: [String]) {
      self.asa3 = asa3
      self.asa4 = asa4
      self.highRisk = highRisk
      self.sources = sources
    }

    /// The factor of a patient: of what is not known none, since it is the same in every plan.
    func factor(of patient: FactTable) -> Double {
      var factor = 1.0
      if let asa = patient.number(.asa) {
        if asa >= 3 { factor = max(factor, asa3) }
        if asa >= 4 { factor = max(factor, asa4) }
      }
      if patient.word(.generalAnaesthesia) == "highRisk" { factor = max(factor, highRisk) }
      return factor
    }
  }

  /// What a plan is charged in points for what comes before burden, where draws of the measurements differ in it, and from
  /// which share of draws on it counts as acceptable, and as robust.
  public struct Recommendation: Sendable, Hashable {
    /// A lesion without acceptable treatment.
    public let lesionLeft: Double
    /// A question that only a board can settle.
    public let boardQuestion: Double
    /// A lesion treated by less than its first therapy and those alike.
    public let outside: Double
    /// In which share of draws a recommended plan leaves no more lesions without acceptable treatment than the best plan, 0 to 1.
    public let acceptableShare: Double
    /// From which share of draws in which no plan is better it is called robust, 0 to 1.
    public let robustShare: Double
    /// Keys of the bibliography.
    public let sources: [String]

    /// Points and shares.
    public init(
      lesionLeft: Double, boardQuestion: Double, outside: Double, acceptableShare: Double,
      robustShare: Double, sources: [String]
    ) {
      self.lesionLeft = lesionLeft
      self.boardQuestion = boardQuestion
      self.outside = outside
      self.acceptableShare = acceptableShare
      self.robustShare = robustShare
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
    weeksBetweenOperations: Cited<Double>, weeksAfter: FamilyNumbers, fractionsPerWeek: Cited<Double>,
    courseTiming: Cited<CourseTiming>, hospitalDays: FamilyNumbers, anaestheticRisk: AnaestheticRisk,
    needleCandidates: Int, burden: BurdenWeights, assumed: AssumedBurden, recommendation: Recommendation,
    errors: MeasurementErrors
  ) {
    self.mostRegimens = mostRegimens
    self.lesionsPerSession = lesionsPerSession
    self.lesionsPerSessionSingleLung = lesionsPerSessionSingleLung
    self.puncturesPerSession = puncturesPerSession
    self.weeksBetweenLungs = weeksBetweenLungs
    self.weeksBetweenOperations = weeksBetweenOperations
    self.weeksAfter = weeksAfter
    self.fractionsPerWeek = fractionsPerWeek
    self.courseTiming = courseTiming
    self.hospitalDays = hospitalDays
    self.anaestheticRisk = anaestheticRisk
    self.needleCandidates = needleCandidates
    self.burden = burden
    self.assumed = assumed
    self.recommendation = recommendation
    self.errors = errors
  }

  /// Days in hospital for a session.
  func hospitalDays(_ family: TherapyFamily) -> Int { hospitalDays.of(family) }

  /// Weeks from a session to when the next may follow.
  func weeks(after family: TherapyFamily, at site: Site?) -> Int {
    switch family {
    case .surgery: Int(weeksBetweenOperations.value)
    case .ablation where site == .lung: Int(weeksBetweenLungs.value)
    default: weeksAfter.of(family)
    }
  }

  /// What a lung target of unknown dose is counted for, in thousandths of points.
  var assumedLungDose: Int { Int((1000 * assumed.lungGray * burden.lungGray).rounded()) }

  /// What a course of unknown visits is counted for, in thousandths of points.
  var assumedVisits: Int { Int((1000 * assumed.visits * burden.visit).rounded()) }

  /// What a resection of so many lesions of one lobe is counted for where its segments are not known, in thousandths of points.
  func assumedSegments(lesions: Int, atMost most: Double?) -> Int {
    Int((1000 * min(assumed.segments * Double(lesions), most ?? .infinity) * burden.segment).rounded())
  }

  /// Weeks that a course of so many fractions takes.
  func weeks(ofFractions count: Int) -> Int { Int((Double(count) / fractionsPerWeek.value).rounded(.up)) }

  /// Every source that is cited, with what cites it.
  public var citations: [(what: String, key: String)] {
    let cited: [(String, [String])] = [
      ("lesionsPerSession", lesionsPerSession.sources),
      ("lesionsPerSessionSingleLung", lesionsPerSessionSingleLung.sources),
      ("puncturesPerSession", puncturesPerSession.sources),
      ("weeksBetweenLungs", weeksBetweenLungs.sources),
      ("weeksBetweenOperations", weeksBetweenOperations.sources), ("burden", burden.sources),
      ("weeksAfter", weeksAfter.sources), ("fractionsPerWeek", fractionsPerWeek.sources),
      ("courseTiming", courseTiming.sources),
      ("hospitalDays", hospitalDays.sources), ("anaestheticRisk", anaestheticRisk.sources),
      ("assumed", assumed.sources), ("recommendation", recommendation.sources), ("errors", errors.sources),
    ]
    return cited.flatMap { what, keys in keys.map { (what, $0) } }
  }
}
