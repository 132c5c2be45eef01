// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Quantities

/// Figures of ablation plans in words.
enum AblationWords {
  /// A place in the images' frame: "x -58.2, y -3.1, z 55.7 mm".
  static func point(_ p: SIMD3<Double>) -> String {
    "x \(Figures.number(p.x, digits: 1)), y \(Figures.number(p.y, digits: 1)), z \(Figures.number(p.z, digits: 1)) mm"
  }

  /// A length in whole millimetres.
  static func whole(_ length: Length) -> String { "\(Figures.number(length.millimeters, digits: 0)) mm" }

  /// A chance: never beyond a per cent, for it is calculated on a thousand nodes, and never certainty.
  static func percent(_ probability: Double) -> String {
    let percent = probability * 100
    if percent > 99.5 { return "> 99 %" }
    if percent < 0.5 { return "< 1 %" }
    return "\(Figures.number(percent, digits: 0)) %"
  }

  /// How a margin is meant.
  static func tone(_ standing: AblationProposal.Standing) -> ReportLine.Tone {
    switch standing {
    case .goal: .good
    case .hard: .plain
    case .insufficient: .caution
    }
  }

  /// How the needle advances in a position: "68° from vertical towards the patient's left, within the axial plane".
  static func advance(_ path: NeedlePath, in position: PatientPosition) -> String {
    let angles = path.angles(in: position)
    let rise = Figures.number(abs(angles.towardsHeadDegrees), digits: 0)
    let obliquity =
      rise == "0"
      ? "within the axial plane"
      : "\(rise)° towards the \(angles.towardsHeadDegrees > 0 ? "head" : "feet")"
    return
      "\(Figures.number(angles.fromVerticalDegrees, digits: 0))° from vertical towards the patient's \(angles.lean.title), \(obliquity)"
  }

  /// "of 150 mm", or that none is long enough.
  static func length(_ applicator: PlannedApplicator) -> String {
    applicator.length.map { "of \(whole($0))" } ?? "none is long enough"
  }

  /// How far an applicator is pulled back from its deepest position: "12, 24".
  static func pulled(_ applicator: PlannedApplicator) -> String {
    applicator.pullBacks.filter { $0 > .zero }.map { Figures.number($0.millimeters, digits: 0) }
      .joined(separator: ", ")
  }
}
