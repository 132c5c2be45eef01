// SPDX-License-Identifier: Apache-2.0
/// Lesions by therapies: what a board reads first.
public struct ReportMatrix: Sendable {
  /// How a therapy is judged for a lesion.
  public struct Cell: Sendable, Hashable {
    /// The sign of the verdict: a picture may lose its colours.
    public let sign: String
    /// The verdict's word.
    public let word: String
    /// How it is meant.
    public let tone: ReportLine.Tone
    /// The score rounded as it is printed, 0 to 100; `nil` where there is none.
    public let score: Int?
    /// Whether the verdict rests on something taken for granted.
    public let isProvided: Bool
    /// What it hangs on, in a few words; empty for nothing.
    public let leading: String
    /// Whether no meaningful difference separates it from the best.
    public let isLeading: Bool
    /// Whether the plan chooses it.
    public let isChosen: Bool
    /// All reasons, the strongest first.
    public let reasons: [ReportLine]
  }

  /// What a plan does about a lesion, judged together with everything else in the plan.
  public struct Planned: Sendable, Hashable {
    /// What is done.
    public let what: String
    /// The verdict within the plan, with sign and score; empty where nothing is done.
    public let verdict: String
    /// How the verdict is meant.
    public let tone: ReportLine.Tone
    /// What it hangs on, in a few words; empty for nothing.
    public let leading: String
    /// The score with its place in the plan's file; `nil` where there is none.
    public let score: PlanFigure?
  }

  /// A lesion.
  public struct Row: Sendable {
    /// The lesion, by id.
    public let lesion: String
    /// Size and place.
    public let place: String
    /// The longest axial diameter in millimetres, to sort by; `nil` where unknown.
    public let size: Double?
    /// A cell for each column; `nil` where the therapy is not judged at this site.
    public let cells: [Cell?]
    /// What the plan does about it; `nil` where there is no plan.
    public let plan: Planned?
    /// Why nothing could be judged; empty where something was.
    public let note: String
  }

  /// The therapies: the word in files, and the head of the column.
  public let columns: [(word: String, title: String)]
  /// The lesions.
  public let rows: [Row]
  /// What signs mean.
  public let legend: String
  /// The same as a table of words.
  public let table: ReportTable
}
