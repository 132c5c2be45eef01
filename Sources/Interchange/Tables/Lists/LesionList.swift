// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
public import Vocabulary

/// What the user says about a list that the list does not say itself.
public struct LesionListOptions: Sendable, Hashable {
  /// Which diameter the sizes are.
  public var diameterKind: DiameterKind?
  /// The site of lesions whose row names none.
  public var site: Site?
  /// Which patient of a list of many.
  public var patientID: String?
  /// What sizes under headers without a unit are multiplied with to be in millimetres.
  public var sizeFactor: Double?
  /// The studies, series, scans or scan days whose rows are meant, where a list has several.
  ///
  /// Rows of others are left out. Empty for a list of one.
  public var scans: Set<String>
  /// What columns mean whose own headers do not say it: this program's header by the list's.
  ///
  /// A list without one of them is
  /// refused.
  public var columns: [String: String] = [:]
  /// The same for all of a clinic's lists, which need not have every column.
  public var usualColumns: [String: String] = [:]
  /// The sheet of a spreadsheet that is read, by name; the first one without it.
  public var sheet: String?
  /// Whether merged cells of a spreadsheet count for every row they span, and blank patient ids are the row above's.
  public var fillsDown = false
  /// Whether rows that cannot be used are left out instead of refusing the list.
  public var keepGoing: Bool

  /// Whether a place and a size become a body, from which distances are estimated.
  ///
  /// Not for a cohort of lists: without structures there is no distance, and bodies are most of the work.
  var modelsBodies = true

  /// What to do about rows of several scans.
  var scanAdvice =
    "choose one with --scan; earlier sizes belong into earlier_longest_diameter_mm and earlier_scan_date. Scans that show different lesions at one time are taken together by naming each with --scan"

  /// Options; nothing said by default.
  public init(
    diameterKind: DiameterKind? = nil, site: Site? = nil, patientID: String? = nil, sizeFactor: Double? = nil,
    scans: Set<String> = [], keepGoing: Bool = false
  ) {
    self.diameterKind = diameterKind
    self.site = site
    self.patientID = patientID
    self.sizeFactor = sizeFactor
    self.scans = scans
    self.keepGoing = keepGoing
  }

  /// What sizes in a unit, `mm` or `cm`, are multiplied with to be in millimetres; `nil` for other words.
  public static func sizeFactor(of unit: String) -> Double? { StatementParser.millimetres(in: unit) }
}

/// A lesion list as it was read.
struct LesionList {
  var patientID: String?
  var frameOfReference: String?
  /// The newest day that a size was measured on, YYYY-MM-DD.
  var newestScan: String?
  /// The scan of all rows, where one is told.
  var scan: ListScan?
  /// Ids that the reader gave to rows without one.
  var numbered: Set<String> = []
  var lesions: [Lesion] = []
  var warnings: [String] = []
}
