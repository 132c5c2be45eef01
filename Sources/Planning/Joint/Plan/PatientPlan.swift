// SPDX-License-Identifier: Apache-2.0
public import Ablation
public import Eligibility
internal import Facts
public import Radiotherapy
public import Reasons
public import Vocabulary

/// What is done about one lesion in a plan for the whole patient.
public struct PlanAssignment: Sendable {
  /// The lesion, by id.
  public let lesion: String
  /// Its site; `nil` when unknown.
  public let site: Site?
  /// Its side, of lung lesions; `nil` when unknown.
  public let side: Side?
  /// What is done.
  public let choice: TherapyChoice
  /// The therapy judged together with everything else in the plan; `nil` for none.
  public let judgement: ModalityJudgement?
  /// The prescription, of SBRT; `nil` where none could be chosen.
  public let scheme: PrescriptionScheme?
  /// Why nothing is done, or what a lock says; empty where the judgement speaks for itself.
  public let reasons: [AssignmentReason]
  /// What the proposal takes for granted or leaves to the board.
  public let provisos: [Reason]
  /// What is proposed; empty where nothing could be planned.
  public let proposal: [Reason]
  /// The ablation that was judged, with its zones and needle paths.
  ///
  /// `nil` for every other therapy, and where none could be planned. A plan of ablation by itself tries more directions and may show another.
  public let ablation: AblationProposal?
  /// Other therapies that would leave the plan as good but for its score, where the scores do not differ meaningfully.
  public let alike: [TherapyChoice]
}

/// Why a lesion is assigned what it is.
public struct AssignmentReason: Sendable, Hashable {
  /// The reason.
  public let reason: Reason
  /// The kinds of therapy it speaks against; empty where it speaks of the lesion or of what is done.
  public let against: Set<TherapyFamily>

  /// A reason.
  public init(_ reason: Reason, against: Set<TherapyFamily> = []) {
    self.reason = reason
    self.against = against
  }
}

/// Lesions treated at one time, or by one course.
public struct PlanSession: Sendable, Hashable {
  /// The therapies, the same for all its lesions.
  public let modality: Modality
  /// The lesions, by id.
  public let lesions: [String]
  /// The lung; `nil` elsewhere, or where unknown.
  public let side: Side?
  /// Visits it takes: fractions, or one.
  public let visits: Int?
  /// Punctures; `nil` where unknown or none are meant.
  public let punctures: Int?
  /// Not before so many weeks after the session before it; `nil` where nothing asks for a pause.
  public let weeksAfter: Int?
  /// What is to be done or measured before it.
  public let before: [Reason]
  /// Keys of the bibliography.
  public let sources: [String]
  /// In which week it begins, the first session in week 0; for planning ahead.
  public internal(set) var startWeek = 0
  /// Whether it is done in the anaesthetic of the operation before it: it has no visit of its own.
  public internal(set) var isIntraoperative = false
}

/// What a plan's burden is measured by.
public enum PlanMeasure: Int, Sendable, Hashable, CaseIterable {
  /// Visits.
  case visits
  /// Mean lung dose; counted in hundredths of a gray.
  case lungDose
  /// Segments of lung; counted in hundredths.
  case segments
  /// Anaesthetics and sedations.
  case anaesthetics
  /// Days in hospital, as the protocol counts them.
  case hospitalDays
  /// Punctures of pleura or organ.
  case punctures
  /// Weeks until all is done and the patient has recovered from it.
  case weeks
  /// Energies in each place, added: one energy a place is one for each.
  case energies
  /// What is not known, as the protocol assumes it; counted in thousandths of points.
  case assumed
}

/// What a plan costs the patient.
public struct PlanBurden: Sendable, Hashable {
  /// Fractions, sessions and operations.
  public let visits: Int
  /// Mean lung dose of SBRT as expected, in gray, doses of all targets added.
  public let lungDoseGray: Double
  /// Segments of lung resected, as expected.
  public let segments: Double
  /// Anaesthetics and sedations.
  public let anaesthetics: Int
  /// Days in hospital, as the protocol counts them.
  public let hospitalDays: Int
  /// Punctures of pleura or organ.
  public let punctures: Int
  /// Weeks until all is done and the patient has recovered from it, one session after the other.
  public let weeks: Int
  /// Energies in each lung or organ, added.
  public let energies: Int
  /// What is not known, in the points that the protocol assumes for it, so that no plan is lighter for what is unknown.
  public let assumedPoints: Double
  /// All together in the protocol's points, with what is assumed.
  public let points: Double
  /// What of it is not known: the figures but for the points are without it, so that they are the least it can be.
  public let unknown: [Unknown]

  /// A part that is not known.
  public struct Unknown: Sendable, Hashable {
    /// Which figure is without it.
    public let measure: PlanMeasure
    /// What it is.
    public let reason: Reason
  }

  /// Whether a figure is all there is of it.
  public func isWhole(_ measure: PlanMeasure) -> Bool { !unknown.contains { $0.measure == measure } }
}

/// How a plan stands: what plans are ordered by, figure by figure.
public struct PlanStanding: Sendable, Hashable {
  /// Lesions without an acceptable treatment.
  public let withoutAcceptable: Int
  /// Lesions without any.
  public let untreated: Int
  /// Questions that only a board can settle; one of the patient counts once.
  public let board: Int
  /// Lesions treated by less than their first therapy and those that no evidence tells from it.
  public let outside: Int
  /// Other open conditions; one of the patient counts once.
  public let conditions: Int
  /// Concerns of all lesions graded as caution.
  public let cautions: Int
  /// Concerns graded as acceptable.
  public let acceptables: Int
  /// The mean score of the lesions that are treated; `nil` where none is.
  public let meanScore: Double?
}

/// How far a plan is proven.
public enum PlanProof: Sendable, Hashable {
  /// No other choice stands before it, every choice's proposals being made anew for it.
  case optimal
  /// The search was cut short; in words how far it came.
  case gap(String)
  /// Over draws of the measurements it is charged least on average, of so many plans that were best in one of them.
  case leastRegret(of: Int)
}

extension PlanProof {
  /// The words in outputs.
  public var words: String {
    switch self {
    case .optimal: "optimal: every choice's proposals made anew for it"
    case .gap(let text): text
    case .leastRegret(let count):
      "least expected regret over the draws, of \(count) plans that are the best in one of them; proposals made anew"
    }
  }
}

/// One plan for all lesions.
public struct PlanVariant: Sendable {
  /// What it is among the others, in words.
  public let title: String
  /// One for each lesion, by id.
  public let assignments: [PlanAssignment]
  /// In the order proposed.
  public let sessions: [PlanSession]
  /// How it stands.
  public let standing: PlanStanding
  /// What it costs.
  public let burden: PlanBurden
  /// The limits of the patient.
  public let limits: [PlanLimit]
  /// What its proposals tell the rules.
  public let facts: PlannedFactTables
  /// How far it is proven.
  public let proof: PlanProof
  /// Against the recommended plan, what is won; empty for that plan itself.
  public let won: [Reason]
  /// Against the recommended plan, what is lost.
  public let lost: [Reason]
  /// What is said of it as a whole.
  public internal(set) var remarks: [Reason] = []
  /// Whether nothing that was found leaves as few lesions and is as light in every measure.
  public var isOnFront = false
}

/// A kind of plan that cannot be had, with the reasons.
public struct ImpossibleKind: Sendable, Hashable {
  /// The kind.
  public let family: TherapyFamily
  /// For each lesion that it leaves, why.
  public let reasons: [Reason]
}

/// What a plan is to the board.
public enum PlanStatus: String, Sendable, Hashable, CaseIterable {
  /// It is recommended.
  case recommended
  /// It stands if the board lifts what only it can lift.
  case ifBoardLifts
  /// No local therapy is recommended: something else comes first.
  case noLocalPlan
}

/// What a plan is made of, as far as it has come.
public enum PlanStage: String, Sendable, Hashable, CaseIterable {
  /// Every therapy is proposed for every lesion.
  case proposals
  /// The best plan is looked for.
  case search
  /// Plans of other kinds are looked for.
  case alternatives
  /// Measurements are drawn anew.
  case samples
}

/// The patient as a whole: one plan, its alternatives, and why others are none.
public struct PatientPlan: Sendable {
  /// What is said of the patient.
  public let patient: PatientJudgement
  /// What the user decided.
  public let locks: [ClinicianChoice]
  /// What the plan is to the board.
  public let status: PlanStatus
  /// The plan that stands before all others.
  public let recommended: PlanVariant
  /// The kinds of alternatives that it is itself, as "fewest visits".
  public let alsoCalled: [String]
  /// Others that differ in kind, the better first.
  public let alternatives: [PlanVariant]
  /// Plans of one kind alone that cannot be had.
  public let impossible: [ImpossibleKind]
  /// Therapies that are not offered, with the reason.
  public let refused: [RefusedChoice]
  /// Every lesion with its therapies, each judged as if this lesion alone were treated, by growing id.
  ///
  /// With its own proposal and what earlier courses left. The judgements in `recommended` take everything else of the plan into account.
  public let alone: [LesionJudgement]
  /// How near the edge it stands; `nil` where nothing was drawn.
  public let robustness: PlanRobustness?
  /// What holds for the whole plan.
  public let remarks: [Reason]
  /// What it took to find.
  public let effort: Effort

  /// What it took to find a plan.
  public struct Effort: Sendable, Hashable {
    /// Programmes solved.
    public let programmes: Int
    /// Sets of options proposed anew.
    public let evaluations: Int
    /// Seconds in the solver, and in all.
    public let solverSeconds: Double
    /// See `solverSeconds`.
    public let seconds: Double
  }
}

extension PatientPlan {
  /// Keys of the bibliography that the plans cite.
  public var cited: Set<String> {
    var keys = Set(patient.findings.flatMap(\.sources) + patient.requires.flatMap(\.sources))
    for variant in [recommended] + alternatives {
      for assignment in variant.assignments {
        let findings = assignment.judgement?.findings ?? []
        keys.formUnion(
          findings.filter { [.conditions, .lowers, .excludes].contains($0.effect) }.flatMap(\.sources))
        keys.formUnion(assignment.scheme?.sources ?? [])
      }
      keys.formUnion(variant.sessions.flatMap(\.sources) + variant.limits.flatMap(\.sources))
    }
    keys.formUnion(refused.flatMap(\.reason.sources))
    return keys
  }
}
