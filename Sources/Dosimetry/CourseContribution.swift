// SPDX-License-Identifier: Apache-2.0
public import Quantities

/// What one course, or one of its groups of equal fraction count, gave or will give.
public struct CourseContribution: Sendable {
  /// The course's name, unique among the earlier courses and among the planned ones; contributions of one course with one
  /// fraction count add as physical dose.
  public let course: String
  /// The number of fractions.
  public let fractions: Int
  /// At least this; where it is not known, nothing.
  public let low: BoundedDose
  /// As measured or expected.
  public let nominal: BoundedDose
  /// At most this.
  public let high: BoundedDose
  /// Whether it is an earlier course's dose, whose place is only as sure as the registration.
  public let isEarlier: Bool
  /// The share of its effect that has not recovered; 1 unless an assumption of recovery was asked for.
  public var keeping = 1.0
  /// Whether the three are one dose, which then is read once.
  private(set) var isExact = false

  /// A measured dose, its grid known where it is and bounded beyond.
  public init(measured grid: DoseGrid, course: String, fractions: Int) {
    let bounded = BoundedDose(grid)
    self.init(
      course: course, fractions: fractions, low: bounded, nominal: bounded, high: bounded, isEarlier: true)
    isExact = true
  }

  /// Adds its dose along a row of places: at least, as measured or expected, at most, in gray.
  func add(
    to doses: UnsafeMutableBufferPointer<SIMD3<Double>>, from place: (Int) -> SIMD3<Double>, count: Int
  ) {
    guard !isExact else {
      nominal.bounds(from: place, count: count) { doses[$0] += SIMD3($1, $1, $2) }
      return
    }
    low.bounds(from: place, count: count) { number, least, _ in doses[number].x += least }
    nominal.bounds(from: place, count: count) { number, least, _ in doses[number].y += least }
    high.bounds(from: place, count: count) { number, _, most in doses[number].z += most }
  }

  /// A dose with its bounds, as estimates have.
  public init(
    course: String, fractions: Int, low: BoundedDose, nominal: BoundedDose, high: BoundedDose, isEarlier: Bool
  ) {
    self.course = course
    self.fractions = fractions
    self.low = low
    self.nominal = nominal
    self.high = high
    self.isEarlier = isEarlier
  }
}

/// The half axes of the ellipsoid within which an earlier dose may lie beside its registered place.
public struct RegistrationUncertainty: Sendable, Hashable {
  /// Along x, y and z, in millimetres; zero or more.
  public let halfAxes: SIMD3<Double>

  /// An ellipsoid; `nil` for negative, non-finite or implausible (over 50 mm) half axes.
  public init?(x: Length, y: Length, z: Length) {
    let axes = SIMD3(x.millimeters, y.millimeters, z.millimeters)
    guard all(axes .>= 0), all(axes .<= 50) else { return nil }
    halfAxes = axes
  }

  /// Places within the ellipsoid as shifts: its centre and three shells of 26 directions.
  var shifts: [SIMD3<Double>] {
    guard halfAxes.max() > 0 else { return [.zero] }
    var shifts = [SIMD3<Double>.zero]
    for x in [-1.0, 0, 1] {
      for y in [-1.0, 0, 1] {
        for z in [-1.0, 0, 1] where x != 0 || y != 0 || z != 0 {
          let direction = SIMD3(x, y, z) / (x * x + y * y + z * z).squareRoot()
          for radius in [1.0 / 3, 2.0 / 3, 1] { shifts.append(direction * halfAxes * radius) }
        }
      }
    }
    return shifts
  }
}
