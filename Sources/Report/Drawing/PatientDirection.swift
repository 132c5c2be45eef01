// SPDX-License-Identifier: Apache-2.0
/// Directions as words, for vectors in the patient's frame (LPS).
enum PatientDirection {
  private static func words(_ v: SIMD3<Double>) -> [(word: String, amount: Double)] {
    [
      (v.x >= 0 ? "left" : "right", abs(v.x)), (v.y >= 0 ? "back" : "front", abs(v.y)),
      (v.z >= 0 ? "head" : "feet", abs(v.z)),
    ]
  }

  /// Where a direction points: the sides it mostly goes to, the strongest first, as `front, left`.
  static func side(of direction: SIMD3<Double>, joined separator: String = ", ") -> String {
    let size = (direction * direction).sum().squareRoot()
    guard size > 0 else { return "" }
    return words(direction / size).filter { $0.amount > 0.4 }.sorted { $0.amount > $1.amount }.map(\.word)
      .joined(separator: separator)
  }

  /// A displacement in whole millimetres, as `34 mm right, 12 mm head`; parts under half a millimetre are left out.
  static func offset(_ v: SIMD3<Double>) -> String {
    let parts = words(v).filter { $0.amount >= 0.5 }.map {
      "\(Figures.number($0.amount, digits: 0)) mm \($0.word)"
    }
    return parts.isEmpty ? "at the same place" : parts.joined(separator: ", ")
  }
}
