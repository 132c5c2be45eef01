// SPDX-License-Identifier: Apache-2.0
/// An area in a plane.
///
/// Stored in square millimetres.
public struct Area: Sendable, Hashable, Comparable, AdditiveArithmetic {
  /// The area in square millimetres.
  public let squareMillimeters: Double

  /// An area given in square millimetres.
  public static func squareMillimeters(_ value: Double) -> Area { Area(storage: value) }
  /// No area.
  public static let zero = Area(storage: 0)

  private init(storage: Double) { squareMillimeters = storage }

  /// Whether the left area is smaller.
  public static func < (a: Area, b: Area) -> Bool { a.squareMillimeters < b.squareMillimeters }
  /// The sum.
  public static func + (a: Area, b: Area) -> Area {
    Area(storage: a.squareMillimeters + b.squareMillimeters)
  }
  /// The difference, which may be negative.
  public static func - (a: Area, b: Area) -> Area {
    Area(storage: a.squareMillimeters - b.squareMillimeters)
  }
  /// The prism of this base and height.
  public static func * (a: Area, height: Length) -> Volume {
    .cubicMillimeters(a.squareMillimeters * height.millimeters)
  }
}

/// A volume.
///
/// Stored in cubic millimetres; clinicians read it in cubic centimetres.
public struct Volume: Sendable, Hashable, Comparable, AdditiveArithmetic {
  /// The volume in cubic millimetres.
  public let cubicMillimeters: Double

  /// The volume in cubic centimetres (1 cc = 1000 mm³).
  public var cubicCentimeters: Double { cubicMillimeters / 1000 }

  /// A volume given in cubic millimetres.
  public static func cubicMillimeters(_ value: Double) -> Volume { Volume(storage: value) }
  /// A volume given in cubic centimetres.
  public static func cubicCentimeters(_ value: Double) -> Volume { Volume(storage: value * 1000) }
  /// No volume.
  public static let zero = Volume(storage: 0)

  private init(storage: Double) { cubicMillimeters = storage }

  /// The diameter of the ball that has this volume; zero for an empty or negative volume.
  public var equivalentSphereDiameter: Length {
    guard cubicMillimeters > 0 else { return .zero }
    return .millimeters(2 * Self.cubeRoot(3 * cubicMillimeters / (4 * Double.pi)))
  }

  /// The volume of a ball of this diameter.
  public static func ball(diameter: Length) -> Volume {
    let d = diameter.millimeters
    return Volume(storage: Double.pi / 6 * d * d * d)
  }

  /// The volume of an ellipsoid with these three full axes.
  public static func ellipsoid(_ a: Length, _ b: Length, _ c: Length) -> Volume {
    Volume(storage: Double.pi / 6 * a.millimeters * b.millimeters * c.millimeters)
  }

  /// Whether the left volume is smaller.
  public static func < (a: Volume, b: Volume) -> Bool { a.cubicMillimeters < b.cubicMillimeters }
  /// The sum.
  public static func + (a: Volume, b: Volume) -> Volume {
    Volume(storage: a.cubicMillimeters + b.cubicMillimeters)
  }
  /// The difference, which may be negative.
  public static func - (a: Volume, b: Volume) -> Volume {
    Volume(storage: a.cubicMillimeters - b.cubicMillimeters)
  }

  /// Newton's iteration: keeps this module free of the platform's mathematics library.
  private static func cubeRoot(_ v: Double) -> Double {
    var x = max(v, 1)
    for _ in 0..<200 {
      let next = (2 * x + v / (x * x)) / 3
      if abs(next - x) <= 1e-15 * next { return next }
      x = next
    }
    return x
  }
}
