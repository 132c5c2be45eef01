// SPDX-License-Identifier: Apache-2.0

/// Where one frame lies.
struct FramePlace {
  let position: SIMD3<Double>
  let rowDirection: SIMD3<Double>
  let columnDirection: SIMD3<Double>
  /// Between rows, and between columns.
  let spacing: [Double]
  let thickness: Double?
  let spacingBetween: Double?

  /// - Throws: `InputError` naming the tag that is absent or no place.
  init(_ groups: FrameGroups, _ frame: Int, _ path: String) throws(InputError) {
    func broken(_ tag: DICOMTag, _ message: String) -> InputError {
      InputError(
        file: path, place: "\(tag.text), frame \(frame + 1)", message,
        advice: "without its place in the patient it cannot be used; export it with its images' geometry")
    }
    guard
      let position = try groups.item(.planePositionSequence, frame)?.decimals(.imagePositionPatient),
      position.count == 3
    else { throw broken(.imagePositionPatient, "is absent or not three numbers") }
    guard
      let cosines = try groups.item(.planeOrientationSequence, frame)?.decimals(.imageOrientationPatient),
      cosines.count == 6
    else { throw broken(.imageOrientationPatient, "is absent or not six numbers") }
    let measures = groups.item(.pixelMeasuresSequence, frame)
    guard let spacing = try measures?.decimals(.pixelSpacing), spacing.count == 2,
      spacing.allSatisfy({ (0.01...100).contains($0) })
    else { throw broken(.pixelSpacing, "is absent or no spacing in millimetres") }
    self.position = SIMD3(position[0], position[1], position[2])
    rowDirection = SIMD3(cosines[0], cosines[1], cosines[2])
    columnDirection = SIMD3(cosines[3], cosines[4], cosines[5])
    guard abs((rowDirection * columnDirection).sum()) < 1e-3,
      [rowDirection, columnDirection].allSatisfy({ abs(($0 * $0).sum() - 1) < 1e-3 })
    else { throw broken(.imageOrientationPatient, "is no pair of directions at right angles") }
    guard ([position[0], position[1], position[2]]).allSatisfy({ abs($0) <= LesionRow.farthestMM }) else {
      throw broken(.imagePositionPatient, "lies over 10 m from the origin")
    }
    self.spacing = spacing
    thickness = try measures?.decimals(.sliceThickness)?.first
    spacingBetween = try measures?.decimals(.spacingBetweenSlices)?.first
  }

  /// Row × column.
  var normal: SIMD3<Double> { Self.cross(rowDirection, columnDirection) }

  static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }

  func isParallel(to other: FramePlace) -> Bool {
    let turned = [rowDirection - other.rowDirection, columnDirection - other.columnDirection]
    return turned.allSatisfy { ($0 * $0).sum() < 1e-8 }
      && zip(spacing, other.spacing).allSatisfy { abs($0 - $1) <= 1e-4 * $1 }
  }

  /// How far a place lies along the row, the column and the normal.
  func along(_ place: SIMD3<Double>) -> (row: Double, column: Double, normal: Double) {
    let step = place - position
    return ((step * rowDirection).sum(), (step * columnDirection).sum(), (step * normal).sum())
  }
}
