internal import Ablation
internal import Dosimetry
internal import Eligibility
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
  private let ranges: [ClosedRange<Double>]
  private let checked: [[(band: DoseBand, bound: Double)]]
  private let values: [Double]
  private let domains: [ClosedRange<Double>]
  private let errors: JointParameters.MeasurementErrors
  private let spacing: Double
  private let residual: Double

  /// Ends of diameters and distances that a rule could read.
  private static let depths: [Fact] = [.depthFromPleura, .depthOfInnerEdge]

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
      zones = facts.map { $0.name.hasPrefix("zoneMargin(") }
    }
    self.zones = zones
    var ranges: [ClosedRange<Double>] = []
    for fact in [Fact.sbrtLungV20, .sbrtMeanLungDose] {
      if let range = table.interval(fact), range.upperBound > 0 {
        ranges.append(range)
        changing.append(fact)
      }
    }
    self.ranges = ranges
    var checked: [Fact: [(band: DoseBand, bound: Double)]] = [:]
    for limit in limits {
      guard let band = limit.check.value, let fact = Self.fact(limit), table.word(fact) != nil else {
        continue
      }
      checked[fact, default: []].append((band, limit.check.bound))
    }
    let order = checked.keys.sorted()
    self.checked = order.compactMap { checked[$0] }
    changing += order
    if !ranges.isEmpty || !checked.isEmpty { sources.append(.dose) }
    self.sources = sources
    self.changing = changing
    values = changing.map { table.number($0) ?? 0 }
    domains = changing.map(\.range)
    deviation = 0
    deviation = diameterDeviation(diameter)
  }

  private static func fact(_ limit: CourseCost.Limit) -> Fact? {
    switch (limit.lesion, limit.organ) {
    case (nil, .lungs): .sbrtLungLimits
    case (nil, .liver): .sbrtLiverLimits
    case (nil, _): nil
    default: .sbrtDose(limit.organ)
    }
  }

  private static func isEdge(_ fact: Fact) -> Bool {
    fact.name.hasPrefix("clearance(") || depths.contains(fact)
  }

  private static func isZone(_ fact: Fact) -> Bool {
    fact.name.hasPrefix("zoneClearance(") || fact.name.hasPrefix("zoneMargin(")
  }

  /// The standard deviation of a diameter, in millimetres.
  func diameterDeviation(_ diameter: Double) -> Double {
    diameter < errors.smallBelow
      ? errors.readerLimit / (Self.limitDeviations * 2.0.squareRoot()) : errors.largeShare * diameter
  }

  /// The standard deviation of an edge's distance, in millimetres.
  var edgeDeviation: Double { max(errors.readerLimit, spacing / 2) / Self.limitDeviations }

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
    points.reserveCapacity(changing.count)
    var growth = 0.0
    for (source, z) in zip(sources, draw) {
      switch source {
      case .diameter:
        growth = deviation * z
        points.append(clamped(0, diameter + growth))
      case .edge(let fact):
        let off = edgeDeviation * z + (fact == .depthOfInnerEdge ? growth / 2 : -growth / 2)
        points.append(clamped(points.count, max(0, values[points.count] + off)))
      case .placement:
        for isMargin in zones {
          let value = values[points.count]
          // The least margin only shrinks, whichever way the zone is off.
          points.append(
            clamped(points.count, isMargin ? value - residual * abs(z) : max(0, value + residual * z)))
        }
      case .dose:
        for range in ranges {
          points.append(.number(range.lowerBound + (range.upperBound - range.lowerBound) * z))
        }
        for bands in checked {
          points.append(.isKept(bands.allSatisfy { Self.value($0.band, z) < $0.bound }))
        }
      }
    }
    return points
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

  /// A band's value in a plan between good (0) and poor (1), the expected one in the middle.
  static func value(_ band: DoseBand, _ quality: Double) -> Double {
    let middle = band.expected ?? (band.low + (band.high ?? band.low)) / 2
    let high = band.high ?? middle
    return quality < 0.5
      ? band.low + (middle - band.low) * 2 * quality : middle + (high - middle) * (2 * quality - 1)
  }
}

extension Fact {
  /// The plausible range of a number; 0…0 of a word.
  var range: ClosedRange<Double> {
    if case .number(_, let domain) = definition.kind { domain } else { 0...0 }
  }
}

/// Points spread evenly over a unit cube, the same for the same seed: an additive recurrence of the generalised golden
/// ratio (Roberts 2018), shifted at random.
struct EvenPoints {
  private let steps: [Double]
  private let shifts: [Double]

  init(dimensions: Int, seed: UInt64) {
    var root = 2.0
    for _ in 0..<60 { root = pow(1 + root, 1 / Double(dimensions + 1)) }
    steps = (1...max(1, dimensions)).map { pow(1 / root, Double($0)).truncatingRemainder(dividingBy: 1) }
    var draws = Draws(seed: seed)
    shifts = steps.map { _ in draws.next() }
  }

  /// The coordinates of a point, each above 0 and below 1.
  func point(_ index: Int) -> [Double] {
    zip(steps, shifts).map { step, shift in
      let x = (shift + step * Double(index + 1)).truncatingRemainder(dividingBy: 1)
      return min(1 - 1e-12, max(1e-12, x))
    }
  }

  /// The standard normal's value below which a share lies (Acklam 2003; off by less than 1.2e-9 of itself).
  static func normal(_ p: Double) -> Double {
    let a = [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
      2.506628277459239,
    ]
    let b = [
      -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
    ]
    let c = [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783,
    ]
    let d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
    func tail(_ q: Double) -> Double {
      c.reduce(0) { $0 * q + $1 } / ((d.reduce(0) { $0 * q + $1 }) * q + 1)
    }
    if p < 0.02425 { return tail((-2 * log(p)).squareRoot()) }
    if p > 1 - 0.02425 { return -tail((-2 * log(1 - p)).squareRoot()) }
    let q = p - 0.5
    let r = q * q
    return a.reduce(0) { $0 * r + $1 } * q / ((b.reduce(0) { $0 * r + $1 }) * r + 1)
  }
}
