// SPDX-License-Identifier: Apache-2.0
/// A drawing of numbers, with the same numbers as a table: for readers of a terminal, of a screen reader, and for whoever
/// wants the figure itself.
public struct ReportFigure: Sendable {
  /// What is drawn.
  public enum Drawing: Sendable {
    /// When what is done, in weeks.
    case timeline(Timeline)
    /// Plans beside one another, measure by measure.
    case comparison(Comparison)
    /// Values with their band beside a limit.
    case limits([LimitBar])
    /// Curves with their band.
    case curves(CurveChart)
    /// Values, each with its band, in order.
    case ranges([LimitBar])
    /// How far decision thresholds lie from what is measured.
    case thresholds([ThresholdBar])
    /// Plans by two measures.
    case scatter(Scatter)
    /// A guideline's algorithm with the steps that were taken.
    case walk([WalkStep])
  }

  /// The heading.
  public let title: String
  /// What is drawn.
  public let drawing: Drawing
  /// The numbers; without rows there is no figure.
  public let table: ReportTable
  /// What a reader must know to read it; empty for nothing.
  public let note: String

  /// A figure.
  public init(_ title: String, _ drawing: Drawing, table: ReportTable, note: String = "") {
    self.title = title
    self.drawing = drawing
    self.table = table
    self.note = note
  }
}

/// A number of a plan as it is printed, with where it stands in the plan's file.
public struct PlanFigure: Sendable, Hashable {
  /// The number; `nil` where it is unknown.
  public let value: Double?
  /// As it is printed.
  public let text: String
  /// Where it stands: the kind of plan, `#`, and a JSON pointer, as `patient#/burden/visits`; `nil` where no file holds it.
  public let place: String?
  /// Whether something of it is not known, so that it is the least it can be.
  public let isLeast: Bool
  /// Whether there is no such thing to be known, as of the dose of a plan without irradiation.
  public var isAbsent = false

  /// A number.
  public init(_ value: Double?, _ text: String, at place: String? = nil, isLeast: Bool = false) {
    self.value = value
    self.text = text
    self.place = place
    self.isLeast = isLeast
  }
}

extension ReportFigure {
  /// What is done in which week.
  public struct Timeline: Sendable {
    /// One sitting or course.
    public struct Sitting: Sendable {
      /// Its word and lesions.
      public let title: String
      /// The kind of therapy, for colour and pattern.
      public let kind: TherapyKind
      /// The week it begins in, 0 the first.
      public let week: PlanFigure
      /// Visits; `nil` where unknown.
      public let visits: PlanFigure
      /// Weeks that must lie between it and the one before; `nil` for no pause.
      public let pause: Int?
      /// What is to be done or measured before it, in words; empty for nothing.
      public let before: String
    }
    /// In their order.
    public let sittings: [Sitting]
    /// Weeks until all is done and recovered from.
    public let weeks: PlanFigure
  }

  /// The kinds of therapy as drawings tell them apart.
  public enum TherapyKind: String, Sendable, Hashable {
    case surgery, radiotherapy, ablation, embolization, none
  }

  /// Plans by measures.
  public struct Comparison: Sendable {
    /// The measures: heads of columns.
    public let measures: [String]
    /// The plans, the recommended first, each with a figure a measure.
    public let plans: [(title: String, isRecommended: Bool, isOnFront: Bool, figures: [PlanFigure])]
  }

  /// A value with its band, beside a limit where there is one.
  public struct LimitBar: Sendable {
    /// What it is.
    public let title: String
    /// As expected.
    public let value: PlanFigure
    /// The lower and the upper end of its band; `nil` where there is none.
    public let low: Double?
    /// See `low`.
    public let high: Double?
    /// The limit; `nil` for none.
    public let limit: Double?
    /// The unit of all four.
    public let unit: String
    /// How it stands.
    public let tone: ReportLine.Tone
    /// In words: how it stands, of which source.
    public let standing: String
  }

  /// Curves over dose.
  public struct CurveChart: Sendable {
    /// One curve with its band: percent of the volume at least at each dose.
    public struct Curve: Sendable {
      /// Whose it is.
      public let title: String
      /// The doses in gray, growing.
      public let gray: [Double]
      /// As expected, in per cent.
      public let expected: [Double]
      /// The lower and the upper end of the band.
      public let low: [Double]
      /// See `low`.
      public let high: [Double]
    }
    /// A limit as a point: less than so much of the volume at so much dose.
    public struct Mark: Sendable {
      /// Whose limit, of which source.
      public let title: String
      /// The dose in gray.
      public let gray: Double
      /// The share in per cent.
      public let percent: Double
      /// The place of its curve among the curves.
      public let curve: Int
    }
    /// The curves.
    public let curves: [Curve]
    /// The limits.
    public let marks: [Mark]
  }

  /// A decision threshold.
  public struct ThresholdBar: Sendable {
    /// The lesion and the fact.
    public let title: String
    /// Its value now and the threshold, with the unit.
    public let value: Double
    /// See `value`.
    public let edge: Double
    /// The unit.
    public let unit: String
    /// How far it is, in standard deviations of the measurement, above zero for a rise; `nil` where no error is known.
    public let deviations: PlanFigure
    /// Whether the value must rise.
    public let isRise: Bool
    /// What changes.
    public let effect: String
    /// Whether a lesion would be treated otherwise.
    public let changesPlan: Bool
  }

  /// Plans by two measures.
  public struct Scatter: Sendable {
    /// A plan.
    public struct Point: Sendable {
      /// Its title.
      public let title: String
      /// The two figures.
      public let x: PlanFigure
      /// See `x`.
      public let y: PlanFigure
      /// Whether it is the recommended one.
      public let isRecommended: Bool
      /// Whether nothing found is lighter in every measure.
      public let isOnFront: Bool
    }
    /// The names of the axes, with units.
    public let axes: (x: String, y: String)
    /// The plans.
    public let points: [Point]
  }

  /// A step of a guideline's algorithm.
  public struct WalkStep: Sendable {
    /// What is asked, or the end that is reached.
    public let title: String
    /// What is known of it; empty for an end.
    public let value: String
    /// The branch taken.
    public let answer: String
    /// How it stands.
    public let tone: ReportLine.Tone
    /// Whether it is an end; a walk has one as expected and one at worst.
    public var isEnd = false
  }
}
