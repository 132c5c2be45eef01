// SPDX-License-Identifier: Apache-2.0
public import Cases
internal import Dosimetry
public import Eligibility
public import Facts
public import Quantities
internal import Reasons
internal import Vocabulary

extension PrescriptionChoice {
  /// The choice itself, then the permitted schemes of other fraction counts, in the protocol's order.
  func permitted(most: Int) -> [PrescriptionChoice] {
    guard let first = scheme else { return [] }
    var counts: Set<Int> = [first.fractionation.fractions]
    var all = [self]
    // What the user fixed has no alternative.
    guard override == nil else { return all }
    for candidate in candidates
    where all.count < most && candidate.standing == .permitted
      && counts.insert(candidate.scheme.fractionation.fractions).inserted
    {
      all.append(choosing(candidate.scheme, because: Reason(.radiotherapy(.otherFractionCount))))
    }
    return all
  }
}

extension SBRTPlanner {
  /// The distance of nodes on which single regimens are held against earlier courses.
  private static let weighingSpacing = Length.millimeters(5)

  /// The distance of nodes on which courses that are looked at by the dozen are summed with earlier ones; that of means at
  /// least, so that what earlier courses left is summed once for all of them.
  public static let coarseSumSpacing = Length.millimeters(4)

  /// The lesions' targets and permitted prescriptions, to choose sets of them.
  ///
  /// - Parameter mostRegimens: how many prescriptions of one target are offered, 1 or more.
  /// - Throws: as `plan` does.
  public func choices(
    _ patientCase: PatientCase, settings: [String: LesionContext], patient: FactTable, mostRegimens: Int
  ) throws -> CourseChoices {
    let (drafts, unplanned) = try DraftMaker(
      parameters: parameters, options: options, patientCase: patientCase, settings: settings
    ).drafts()
    let site = try irradiatedCase(patientCase)
    let choices = try CourseChoices(
      drafts, unplanned, site, parameters, sex: patient.word(.sex), mostRegimens: mostRegimens)
    guard !site.earlier.isEmpty else { return choices }
    // Every regimen is looked at: the plan that is chosen is summed on finer nodes.
    var asked = options
    asked.spacing = max(asked.spacing, Self.weighingSpacing)
    asked.sumSpacing = max(asked.sumSpacing, Self.coarseSumSpacing)
    return try choices.besideEarlierCourses(by: SBRTPlanner(parameters, options: asked))
  }
}
