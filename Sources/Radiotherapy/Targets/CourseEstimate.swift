// SPDX-License-Identifier: Apache-2.0
public import Eligibility
internal import Facts
internal import Foundation
public import Quantities
internal import Reasons
internal import Vocabulary

/// What a lesion list alone tells of a course of SBRT to one lesion: how many fractions, and how large a target.
///
/// An estimate from a stated size and the protocol's margins, always with both ends: nothing is contoured and nothing planned.
public struct CourseEstimate: Sendable, Hashable {
  /// The fraction counts of the schemes that could be the first choice, ascending; empty where the site has none.
  public let fractionCounts: [Int]
  /// The planning target's volume: of a ball of the least and of the greatest possible size, moved and set up as the protocol's
  /// assumed technique says; `nil` without a size.
  public let targetVolume: ClosedRange<Volume>?

  /// - Parameter setting: what is known of the lesion and its patient.
  public init(_ setting: LesionContext, by parameters: RadiotherapyParameters) {
    let technique = parameters.techniques.first { $0.id == parameters.assumedTechnique }
    targetVolume = technique.flatMap { technique in
      setting.facts.interval(.longestAxialDiameter).map { size in
        // Of zones that are possible one may move less along the body and more across it: all are tried.
        let growths = Self.growths(setting, technique, parameters)
        let least = growths.map { Self.volume(diameter: size.lowerBound, growth: $0) }.min() ?? .zero
        let most = growths.map { Self.volume(diameter: size.upperBound, growth: $0) }.max() ?? .zero
        return least...max(least, most)
      }
    }
    let reach = technique.flatMap { Self.growths(setting, $0, parameters).map(\.reach).max() } ?? 0
    fractionCounts = Self.fractionCounts(setting, reach: reach, parameters)
  }

  /// What is added to either side: for motion and for the setup, across the body's axis and along it, in millimetres.
  private struct Growth {
    var motion = SIMD2<Double>.zero
    let setup: SIMD2<Double>

    /// How far it reaches at most.
    var reach: Double { (motion + setup).max() }
  }

  /// The growth for each way in which the lesion may move; never empty.
  private static func growths(
    _ setting: LesionContext, _ technique: TargetTechnique, _ parameters: RadiotherapyParameters
  ) -> [Growth] {
    let setup = SIMD2(technique.axial.millimeters, technique.superiorInferior.millimeters)
    guard technique.usesMotion else { return [Growth(setup: setup)] }
    func grown(_ row: MotionZone?) -> Growth {
      let axial = row?.axial.millimeters ?? 0
      let along = setting.statedMotion ?? row?.superiorInferior.millimeters ?? 0
      return Growth(motion: SIMD2(min(axial, setting.statedMotion ?? axial), along) / 2, setup: setup)
    }
    let rows = parameters.motionRows(setting)
    return rows.isEmpty ? [grown(nil)] : rows.map { grown($0) }
  }

  /// The volume of a ball grown by an ellipsoid for motion and another for the setup, all three round about the body's axis.
  ///
  /// Of such a sum the points with one normal add up: at an angle θ from the axis an ellipsoid of half axes a and c has its point
  /// a² sin θ / h off the axis and c² cos θ / h along it, h² = a² sin² θ + c² cos² θ. The volume is π ∫ r² dz.
  private static func volume(diameter: Double, growth: Growth) -> Volume {
    let bodies = [SIMD2(repeating: diameter / 2), growth.motion, growth.setup]
    let steps = 96
    var volume = 0.0
    var last: (r: Double, z: Double)?
    for step in 0...steps {
      let angle = Double.pi / 2 * Double(step) / Double(steps)
      let (sine, cosine) = (sin(angle), cos(angle))
      var point = (r: 0.0, z: 0.0)
      for body in bodies {
        let height = (body.x * sine * body.x * sine + body.y * cosine * body.y * cosine).squareRoot()
        guard height > 0 else { continue }
        point.r += body.x * body.x * sine / height
        point.z += body.y * body.y * cosine / height
      }
      if let last {
        // The frustum between two circles.
        let square = last.r * last.r + last.r * point.r + point.r * point.r
        volume += 2 * Double.pi / 3 * square * (last.z - point.z)
      }
      last = point
    }
    return .cubicMillimeters(volume)
  }

  /// Of the schemes in the protocol's order, those that could be the first choice: open ones until one that surely is.
  private static func fractionCounts(
    _ setting: LesionContext, reach: Double, _ parameters: RadiotherapyParameters
  ) -> [Int] {
    guard let site = setting.site else { return [] }
    var facts = setting.facts
    if site == .lung, Self.tellsWhere(setting) {
      facts = facts.merging(FactTable(Centrality(stated: setting, reach: reach).facts))
    }
    var counts: Set<Int> = []
    for scheme in parameters.schemes where scheme.role == .standard && scheme.sites.contains(site) {
      let permitted = Self.all(scheme.permitted, facts)
      guard permitted != false else { continue }
      let preferred = Self.all(scheme.preferred, facts)
      guard preferred != false else { continue }
      counts.insert(scheme.fractionation.fractions)
      if permitted == true, preferred == true { break }
    }
    return counts.sorted()
  }

  /// Whether anything tells how central the lesion lies.
  private static func tellsWhere(_ setting: LesionContext) -> Bool {
    [
      .bronchialTree, .trachea, .oesophagus, .heart, .greatVessels, .spinalCord, .brachialPlexus,
      .phrenicNerve,
    ]
    .contains { setting.clearance($0) != nil }
  }

  private static func all(_ conditions: [SchemeCondition], _ facts: FactTable) -> Bool? {
    var isOpen = false
    for condition in conditions {
      // What a plan would tell is open here, for there is none.
      if case .unknown = facts[condition.condition.fact].knowledge {
        isOpen = true
        continue
      }
      switch condition.condition.holds(in: facts) {
      case true?: continue
      case false?: return false
      case nil: isOpen = true
      }
    }
    return isOpen ? nil : true
  }
}

extension RadiotherapyParameters {
  /// The rows of motion that a lesion's place leaves possible: its zone's own, or all of its site.
  func motionRows(_ setting: LesionContext) -> [MotionZone] {
    let rows = motion.filter { $0.site == setting.site }
    guard let zone = setting.lungZone, let own = rows.first(where: { $0.zone == zone }) else { return rows }
    return [own]
  }
}
