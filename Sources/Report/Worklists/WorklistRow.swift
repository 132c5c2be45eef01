// SPDX-License-Identifier: Apache-2.0
/// A patient on the worklist of one service, in words and figures: the same in every form of the list.
public struct WorklistRow: Codable, Sendable, Hashable {
  /// The patient's id as the input gives it; `nil` where it gives none.
  public let patientID: String?
  /// What is advised for the patient, and for advice to observe the weeks until restaging.
  public let advice: String
  /// See `advice`.
  public let weeks: Int?
  /// The services whose lists the patient is on, this one among them.
  public let lists: [String]
  /// The best verdict of the service's therapies.
  public let verdict: String
  /// What it hangs on, in a few words; empty for an eligible therapy.
  public let leading: String
  /// The lesions that the service could treat.
  public let candidates: [Lesion]
  /// The patient's other lesions, with why not.
  public let excluded: [ExcludedLesion]
  /// `here`, `withOthers` or `notAll`: whether all lesions can be treated.
  public let completeness: String
  /// Metastases that are counted and not listed; `nil` where their number is not known.
  public let unlistedLesions: Int?
  /// The shortest volume doubling time, both ends of what is known; `nil` where nothing is.
  public let doublingTimeDays: [Double]?
  /// What could change what the service does, what most lesions ask first.
  public let missing: [Missing]
  /// Facts that are unknown and taken for granted, to be confirmed before anything is done.
  public let granted: [String]
  /// What was guessed at, left out or differs in what was read of the patient.
  public let warnings: [String]
  /// The case's place where the patient has no id; `nil` otherwise.
  public let source: String?
  /// What each criterion of the order finds, in its order.
  public let order: [Step]
  /// Interventional radiology's figures.
  public let ablation: Ablation?
  /// Radiation oncology's figures.
  public let irradiation: Irradiation?
  /// Surgery's figures.
  public let resection: Resection?

  enum CodingKeys: String, CodingKey {
    case patientID = "patient_id"
    case advice, weeks, lists, verdict, leading, candidates, excluded, completeness, unlistedLesions
    case doublingTimeDays, missing, granted, warnings, source, order, ablation, irradiation, resection
  }

  /// A lesion that the service could treat.
  public struct Lesion: Codable, Sendable, Hashable {
    /// Its id.
    public let id: String
    /// Its site, and its lobe or side where known.
    public let site: String
    /// See `site`.
    public let place: String
    /// The longest axial diameter, both ends of what is known; `nil` where nothing is.
    public let sizeMM: [Double]?
    /// The service's best therapy, and those that no evidence tells from it.
    public let modality: String
    /// See `modality`.
    public let alike: [String]
    /// The verdict on it, and what that hangs on.
    public let verdict: String
    /// See `verdict`.
    public let leading: String
    /// `board`, `confirm`, `plan`, `manoeuvre`, `correct`, `staging`; `nil` where nothing is asked.
    public let requires: String?
    /// Whether it is among the lesion's first therapies of all services.
    public let isFirstChoice: Bool
    /// The technique of resection, where it is told.
    public let technique: String?
  }

  /// A lesion that the service cannot treat.
  public struct ExcludedLesion: Codable, Sendable, Hashable {
    /// Its id.
    public let id: String
    /// Its site, when known.
    public let site: String?
    /// Why not, in a few words.
    public let why: String
  }

  /// A question, and how many of the candidates ask it.
  public struct Missing: Codable, Sendable, Hashable {
    /// The fact's name, or `location`.
    public let question: String
    /// How many candidates ask it.
    public let lesions: Int
  }

  /// What a criterion finds.
  public struct Step: Codable, Sendable, Hashable {
    /// The criterion.
    public let by: String
    /// What it compares, the least first; a band's place where figures are joined.
    public let level: Int
    /// What it finds, in words.
    public let text: String
  }

  /// See `AblationOutlook`.
  public struct Ablation: Codable, Sendable, Hashable {
    /// How many lesions each therapy is best for, or as good as the best, by its word.
    public let energies: [String: Int]
    /// The least and the most sittings.
    public let sittings: [Int]?
    /// How many lesions one sitting holds at most.
    public let lesionsPerSitting: Int?
  }

  /// See `IrradiationOutlook`.
  public struct Irradiation: Codable, Sendable, Hashable {
    /// `planned` on contours, or `stated`: from sizes and margins alone.
    public let basis: String
    /// How many targets.
    public let targets: Int
    /// The least and the greatest volume of all planning targets.
    public let targetVolumeCC: [Double]?
    /// The least and the most visits.
    public let visits: [Int]?
    /// As expected, in a good and in a poor plan.
    public let lungV20Percent: [Double]?
    /// As expected, in a good and in a poor plan.
    public let lungMeanGy: [Double]?
    /// Earlier courses: at least; and at most where it is known.
    public let earlierCourses: [Int]?
  }

  /// See `ResectionOutlook`.
  public struct Resection: Codable, Sendable, Hashable {
    /// The least and the most operations.
    public let operations: [Int]
    /// The registry group, as a Roman numeral.
    public let registryGroup: String?
    /// Those of FEV1 and DLCO that are known, and those to obtain.
    public let reserveKnown: [String]
    /// See `reserveKnown`.
    public let reserveMissing: [String]
  }
}

/// Why a patient is on no list of a service.
public struct UnlistedRow: Codable, Sendable, Hashable {
  /// The service.
  public let service: String
  /// Why, in words.
  public let why: String
}
