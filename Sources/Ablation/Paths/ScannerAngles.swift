// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A needle's direction as one sets it at the scanner.
public struct ScannerAngles: Sendable, Hashable {
  /// In the axial plane: from straight down to the needle's way, 0 to 180 degrees.
  public let fromVerticalDegrees: Double
  /// Where the needle leans to in the axial plane: the patient's left, right, front or back.
  public let lean: Lean
  /// Out of the axial plane: towards the head above zero, towards the feet below.
  public let towardsHeadDegrees: Double

  /// A side of the patient.
  public enum Lean: String, Sendable, Hashable, CaseIterable {
    case left, right, front, back

    /// The words for people.
    public var title: String { rawValue }
  }
}

extension NeedlePath {
  /// The angles of the way in a position of the patient.
  public func angles(in position: PatientPosition) -> ScannerAngles {
    let down = -position.up
    let across = SIMD3(-down.y, down.x, 0)
    let fall = (direction * down).sum()
    let side = (direction * across).sum()
    let leanTo = side >= 0 ? across : -across
    let lean: ScannerAngles.Lean =
      if abs(leanTo.x) > 0.5 { leanTo.x > 0 ? .left : .right } else { leanTo.y > 0 ? .back : .front }
    return ScannerAngles(
      fromVerticalDegrees: atan2(abs(side), fall) * 180 / .pi, lean: lean,
      towardsHeadDegrees: asin(max(-1, min(1, direction.z))) * 180 / .pi)
  }
}
