// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Quantities
public import Resection
public import Vocabulary

/// What treating a patient's candidates would take in a service, as far as it is known.
public enum Outlook: Sendable {
  case ablation(AblationOutlook)
  case irradiation(IrradiationOutlook)
  case resection(ResectionOutlook)
}

/// What interventional radiology would do.
public struct AblationOutlook: Sendable {
  /// For how many lesions each therapy is the best, or one that no evidence tells from it; only those above zero.
  public let energies: [Modality: Int]
  /// The least and the most sittings: lesions of one lung, or of one other organ, as many together as the protocol allows;
  /// `nil` where the protocol says nothing of it, and where a lesion is to be embolized.
  public let sittings: ClosedRange<Int>?
  /// How many lesions one sitting holds at most; `nil` where the protocol says nothing of it.
  public let lesionsPerSitting: Int?
}

/// What radiation oncology would do.
public struct IrradiationOutlook: Sendable {
  /// Where the figures come from.
  public enum Basis: Sendable, Hashable {
    /// An estimated course on contours.
    case planned
    /// Stated sizes and the protocol's margins and schemes.
    case stated
  }

  /// Where the figures come from.
  public let basis: Basis
  /// How many targets.
  public let targets: Int
  /// The planning targets' volume together; `nil` where a size is unknown.
  public let targetVolume: ClosedRange<Volume>?
  /// Visits: fractions of lesions with one fraction count together; `nil` where a lesion has no scheme.
  public let visits: ClosedRange<Int>?
  /// The lungs' V20 in per cent, as expected, in a good and in a poor plan; `nil` without both lungs contoured.
  public let lungV20: DoseFigure?
  /// The lungs' mean dose in gray; `nil` without both lungs contoured.
  public let lungMean: DoseFigure?
  /// Earlier courses of radiotherapy: at least, and at most where earlier therapies are told; `nil` where nothing is said of them.
  public let earlierCourses: (least: Int, most: Int?)?

  /// An estimate with its band.
  public struct DoseFigure: Sendable, Hashable {
    /// As expected.
    public let expected: Double
    /// In a good plan.
    public let low: Double
    /// In a poor plan.
    public let high: Double
  }
}

/// What surgery would do.
public struct ResectionOutlook: Sendable {
  /// The technique for each candidate, in the candidates' order; `nil` where what is known does not tell.
  public let techniques: [Technique?]
  /// The least and the most operations: one a side of the chest, one for the liver.
  public let operations: ClosedRange<Int>
  /// The registry group if every lung metastasis can be resected; `nil` where it is not known.
  public let group: IRLMGroup?
  /// Those of FEV1 and DLCO that are known.
  public let reserveKnown: [Fact]
  /// Those that are to obtain.
  public let reserveMissing: [Fact]

  /// A technique as a plan names it.
  public enum Technique: Sendable, Hashable, Comparable {
    case wedge, deepWedge, segmentectomy, lobectomy, extended
    /// Within the error of what was measured.
    case unsettled

    /// The word of a fact; `nil` for another word.
    init?(_ word: String) {
      switch word {
      case "wedge": self = .wedge
      case "deepWedge": self = .deepWedge
      case "segmentectomy": self = .segmentectomy
      case "lobectomy": self = .lobectomy
      case "extended": self = .extended
      case "unsettled": self = .unsettled
      default: return nil
      }
    }

    /// The words for people.
    public var title: String {
      switch self {
      case .wedge: "wedge"
      case .deepWedge: "deep wedge"
      case .segmentectomy: "segmentectomy"
      case .lobectomy: "lobectomy"
      case .extended: "more than a lobe"
      case .unsettled: "extent not settled"
      }
    }
  }
}
