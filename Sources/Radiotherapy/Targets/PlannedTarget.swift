// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Quantities
public import Reasons
internal import Vocabulary

/// A planning target volume, drawn by somebody or grown from a lesion.
public struct PlannedTarget: Sendable {
  /// Where it comes from.
  public enum Basis: String, Sendable, Hashable {
    /// The user's planning target.
    case contouredPTV
    /// The user's internal target with a margin.
    case contouredITV
    /// The user's clinical target with motion and a margin.
    case contouredCTV
    /// The lesion with motion and a margin.
    case grown
    /// A ball or ellipsoid of the lesion's stated size with motion and a margin.
    case modelled
  }

  /// The lesions it is for, by id.
  public let lesions: [String]
  /// The planning target.
  public let solid: Solid
  /// Where it comes from.
  public let basis: Basis
  /// What was added for motion along x, y and z, to either side, in millimetres; zero where nothing was.
  public let motionMargin: SIMD3<Double>
  /// What was added for the setup along x, y and z, in millimetres; zero where nothing was.
  public let setupMargin: SIMD3<Double>
  /// The technique, where a margin was added.
  public let technique: String?
  /// What was taken for granted.
  public let remarks: [Reason]
  /// Keys of the bibliography.
  public let sources: [String]
}

/// Makes planning targets.
struct TargetMaker {
  let parameters: RadiotherapyParameters
  let technique: TargetTechnique
  /// Whether the user named the technique.
  let isTold: Bool
  let patientCase: PatientCase

  private struct Growth {
    var motion = SIMD3<Double>.zero
    var setup = SIMD3<Double>.zero
    var remarks: [Reason] = []
    var sources: [String] = []
  }

  /// The target of a lesion, or why there is none.
  ///
  /// A planning target somebody drew goes before an internal one, that before a clinical one, that before the lesion.
  func target(of lesion: Lesion, _ setting: LesionContext) throws -> Result<PlannedTarget, NoTarget> {
    let drawn = patientCase.targets.filter { $0.lesions.contains(lesion.id) }
    func first(_ word: String) -> TargetVolume? {
      // Of several the smallest: the others are likely to be unions.
      drawn.filter { StructureName.words(of: $0.sourceName).contains(word) }
        .min { $0.solid.volume < $1.solid.volume }
    }
    if let ptv = first("ptv") {
      return .success(
        PlannedTarget(
          lesions: ptv.lesions, solid: ptv.solid, basis: .contouredPTV, motionMargin: .zero,
          setupMargin: .zero, technique: nil,
          remarks: [Reason(.radiotherapy(.planningTargetContoured), names: [ptv.sourceName])], sources: []))
    }
    if let itv = first("itv") {
      return try grown(
        itv.solid, .contouredITV, itv.lesions, setting, addsMotion: false,
        [Reason(.radiotherapy(.internalTargetContoured), names: [itv.sourceName])])
    }
    if let ctv = first("ctv") {
      return try grown(
        ctv.solid, .contouredCTV, ctv.lesions, setting, addsMotion: true,
        [Reason(.radiotherapy(.clinicalTargetContoured), names: [ctv.sourceName])])
    }
    switch lesion.body {
    case .contoured(let solid)?: return try grown(solid, .grown, [lesion.id], setting, addsMotion: true, [])
    case .modelled(let solid)?:
      return try grown(
        solid, .modelled, [lesion.id], setting, addsMotion: true, [Reason(.radiotherapy(.bodyModelled))])
    case nil: return .failure(NoTarget(why: Reason(.radiotherapy(.noBody))))
    }
  }

  /// Why a lesion has no target.
  struct NoTarget: Error { let why: Reason }

  private func grown(
    _ body: Solid, _ basis: PlannedTarget.Basis, _ lesions: [String], _ setting: LesionContext,
    addsMotion: Bool, _ remarks: [Reason]
  ) throws -> Result<PlannedTarget, NoTarget> {
    let growth = growth(setting, addsMotion: addsMotion)
    var solid = body
    for margin in [growth.motion, growth.setup] {
      guard let margin = Self.margin(margin) else { continue }
      guard let grown = solid.expanded(by: margin) else {
        return .failure(NoTarget(why: Reason(.radiotherapy(.bodyNotGrown))))
      }
      solid = grown
    }
    let (clipped, clipping) = try clip(solid)
    return .success(
      PlannedTarget(
        lesions: lesions, solid: clipped, basis: basis, motionMargin: growth.motion,
        setupMargin: growth.setup, technique: technique.id, remarks: remarks + growth.remarks + clipping,
        sources: growth.sources))
  }

  private func growth(_ setting: LesionContext, addsMotion: Bool) -> Growth {
    var growth = Growth()
    growth.setup = SIMD3(
      technique.axial.millimeters, technique.axial.millimeters, technique.superiorInferior.millimeters)
    growth.sources = technique.sources
    if !isTold { growth.remarks.append(Reason(.radiotherapy(.techniqueAssumed), names: [technique.id])) }
    guard addsMotion, technique.usesMotion else { return growth }
    let zone = setting.lungZone
    // An unknown zone takes the row that moves most.
    let row = parameters.motionRows(setting).max { $0.superiorInferior < $1.superiorInferior }
    let axial = row?.axial.millimeters ?? 0
    if let told = setting.statedMotion {
      growth.motion = SIMD3(min(told, axial), min(told, axial), told) / 2
      growth.remarks.append(
        Reason(
          .radiotherapy(.motionReported), figures: [.init(told, unit: "mm"), .init(axial, unit: "mm")]))
    } else if let row {
      let along = row.superiorInferior.millimeters
      growth.motion = SIMD3(axial, axial, along) / 2
      if along > 0 || axial > 0 {
        growth.remarks.append(
          Reason(
            .radiotherapy(.motionAssumed), of: setting.site.map { .site($0) },
            figures: [.init(along, unit: "mm"), .init(axial, unit: "mm")],
            names: zone == row.zone ? [row.zone].compactMap(\.self) : []))
      }
    } else {
      growth.remarks.append(Reason(.radiotherapy(.motionWithoutSite)))
    }
    growth.sources += row?.sources ?? []
    return growth
  }

  /// How far a target made of this lesion reaches beyond it at most, in millimetres.
  func reach(_ setting: LesionContext) -> Double {
    let growth = growth(setting, addsMotion: true)
    return (growth.motion + growth.setup).max()
  }

  private static func margin(_ axes: SIMD3<Double>) -> Margin? {
    guard axes.max() > 0 else { return nil }
    // A half axis of nothing is no ellipsoid; a hundredth of a millimetre moves nothing.
    let least = pointwiseMax(axes, SIMD3(repeating: 0.01))
    return Margin(x: .millimeters(least.x), y: .millimeters(least.y), z: .millimeters(least.z))
  }

  /// What lies outside the patient is no target.
  private func clip(_ solid: Solid) throws -> (Solid, [Reason]) {
    guard let outline = patientCase.structures.first(where: { $0.name.role == .external }),
      let inside = try solid.intersection(outline.solid)
    else { return (solid, []) }
    let lost = 1 - inside.volume.cubicMillimeters / solid.volume.cubicMillimeters
    guard lost > 0.001 else { return (solid, []) }
    return (inside, [Reason(.radiotherapy(.clippedAtBody))])
  }
}
