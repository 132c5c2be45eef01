// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Foundation
internal import Radiotherapy
internal import Vocabulary

/// How far what is known of one option may be off, and what it is when it is off by so much.
///
/// A diameter by two readers' differences; an edge's distance by those or half a plane, whichever is more, and by half of
/// what the diameter is off; a zone by what remains of misplacement after a control scan; a dose between a good and a poor
/// plan, the same for the whole course.
struct MeasurementNoise: Sendable {
  /// What may be off: one number of a standard normal each, the dose's quality a share of 0 to 1.
  enum Source: Sendable, Hashable {
    case diameter
    case edge(Fact)
    case placement
    case dose
  }

  /// The option's facts as they are known.
  let table: FactTable
  /// What may be off, in a fixed order.
  let sources: [Source]
  /// The facts that change with it.
  let changing: [Fact]
  private let diameter: Double
  private var deviation: Double
  /// Of each fact of a zone, whether it is a margin.
  private let zones: [Bool]
  /// Of each source, how many times what an edge is off by as the diameter is: half, outwards or inwards; 0 of no edge.
  ///
  /// Beside the sources, for definitions of facts are too much to look up once a draw.
  private let growths: [Double]
  private let doses: DoseNoise
  private let values: [Double]
  private let domains: [ClosedRange<Double>]
  private let errors: JointParameters.MeasurementErrors
  private let spacing: Double
  private let residual: Double

  init(
    _ table: FactTable, errors: JointParameters.MeasurementErrors, spacing: Double, residual: Double?,
    limits: [CourseCost.Limit]
  ) {
    self.table = table
    self.errors = errors
    self.spacing = spacing
    self.residual = residual ?? 0
    var sources: [Source] = []
    var changing: [Fact] = []
    diameter = table.number(.longestAxialDiameter) ?? 0
    if table.number(.longestAxialDiameter) != nil {
      sources.append(.diameter)
      changing.append(.longestAxialDiameter)
    }
    for fact in table.recorded where Self.isEdge(fact) && table.number(fact) != nil {
      sources.append(.edge(fact))
      changing.append(fact)
    }
    var zones: [Bool] = []
    if residual != nil {
      let facts = table.recorded.filter { Self.isZone($0) && table.number($0) != nil }
      if !facts.isEmpty { sources.append(.placement) }
      changing += facts
      zones = facts.map { $0.definition.uncertainty == .zoneMargin }
    }
    self.zones = zones
    let doses = DoseNoise(table, limits)
    changing += doses.facts
    if !doses.facts.isEmpty { sources.append(.dose) }
    self.doses = doses
    self.sources = sources
    growths = sources.map { source in
      guard case .edge(let fact) = source else { return 0 }
      return fact.definition.uncertainty == .innerEdge ? 0.5 : -0.5
    }
    self.changing = changing
    values = changing.map { table.number($0) ?? 0 }
    domains = changing.map(\.definition.domain)
    deviation = 0
    deviation = diameterDeviation(diameter)
  }

  /// What may be off about a course of SBRT as a whole.
  init(ofCourse table: FactTable, limits: [CourseCost.Limit]) {
    self.table = table
    errors = JointParameters.MeasurementErrors(readerLimit: 0, smallBelow: 0, largeShare: 0, sources: [])
    doses = DoseNoise(table, limits)
    changing = doses.facts
    sources = changing.isEmpty ? [] : [.dose]
    (diameter, deviation, spacing, residual, zones, growths) = (0, 0, 0, 0, [], [0])
    values = changing.map { table.number($0) ?? 0 }
    domains = changing.map(\.definition.domain)
  }

  private static func isEdge(_ fact: Fact) -> Bool {
    [.edge, .innerEdge].contains(fact.definition.uncertainty)
  }

  private static func isZone(_ fact: Fact) -> Bool {
    [.zoneMargin, .zoneDistance].contains(fact.definition.uncertainty)
  }

  /// The standard deviation of a diameter, in millimetres.
  func diameterDeviation(_ diameter: Double) -> Double {
    diameter < errors.smallBelow
      ? errors.readerLimit / (Self.limitDeviations * 2.0.squareRoot()) : errors.largeShare * diameter
  }

  /// The standard deviation of an edge's distance, in millimetres.
  var edgeDeviation: Double { max(errors.readerLimit, spacing / 2) / Self.limitDeviations }

  /// The standard deviation of a zone's place after a control scan, in millimetres; 0 where nothing is put.
  var zoneDeviation: Double { sources.contains(.placement) ? residual : 0 }

  /// Whether a fact is a planned zone's margin or distance that may be off.
  func isZone(_ fact: Fact) -> Bool { sources.contains(.placement) && Self.isZone(fact) }

  /// How many standard deviations hold 95 % of a normal distribution to either side.
  private static let limitDeviations = 1.96

  /// A fact when something is off.
  enum Point: Sendable, Hashable {
    case number(Double)
    case isKept(Bool)
  }

  /// What the facts that change come to when each source is off by so much, in the order of `changing`.
  ///
  /// - Parameter draw: one number a source, in their order.
  func changes(_ draw: [Double]) -> [Point] {
    var points: [Point] = []
    changes(draw, into: &points)
    return points
  }

  /// The same into an array that is there already.
  func changes(_ draw: [Double], into points: inout [Point]) {
    points.removeAll(keepingCapacity: true)
    var growth = 0.0
    for (place, z) in zip(sources.indices, draw) {
      switch sources[place] {
      case .diameter:
        growth = deviation * z
        points.append(clamped(0, diameter + growth))
      case .edge:
        let off = edgeDeviation * z + growths[place] * growth
        points.append(clamped(points.count, max(0, values[points.count] + off)))
      case .placement:
        for isMargin in zones {
          let value = values[points.count]
          // The least margin only shrinks, whichever way the zone is off; the zone stays as the lesion was measured.
          points.append(
            clamped(
              points.count,
              isMargin ? value - growth / 2 - residual * abs(z) : max(0, value + residual * z)))
        }
      case .dose: points += doses.points(z)
      }
    }
  }

  /// Draws between whose changes all others lie, but for one in a million of each source.
  var corners: [[Double]] {
    let reach = 5.0
    var corners: [[Double]] = []
    for growth in [-reach, reach] {
      for off in [-reach, reach] {
        for placement in [-reach, 0, reach] {
          for quality in [0.0, 1.0] {
            corners.append(
              sources.map { source in
                switch source {
                case .diameter: growth
                case .edge: off
                case .placement: placement
                case .dose: quality
                }
              })
          }
        }
      }
    }
    return corners
  }

  private func clamped(_ place: Int, _ x: Double) -> Point {
    .number(min(domains[place].upperBound, max(domains[place].lowerBound, x)))
  }

  /// The facts with these in their places.
  func facts(_ points: [Point]) -> FactTable {
    var facts = table
    for (fact, point) in zip(changing, points) {
      let old = table[fact]
      switch point {
      case .number(let x): facts[fact] = .number(x, old.origin, old.source)
      case .isKept(let isKept):
        facts[fact] = .word(
          (isKept ? LimitCheck.Outcome.kept : .exceeded).rawValue, .estimated, old.source)
      }
    }
    return facts
  }
}
