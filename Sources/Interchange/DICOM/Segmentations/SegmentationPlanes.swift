// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Where the frames of a segmentation lie: planes at even distances, of which some may have no frame.
struct SegmentationPlanes {
  /// The grid of all planes, from the lowest with a frame to the highest.
  let placement: GridPlacement
  /// The plane of each frame, counted along the normal.
  let planeOfFrame: [Int]
  /// What was found odd, in words.
  private(set) var doubts: [String] = []

  /// Planes whose places differ by less are one plane.
  private static let samePlaneMM = 0.01
  /// How far a plane may lie from its place on the even grid, as a share of the spacing.
  private static let unevenness = 0.02
  /// More planes than a body has at a tenth of a millimetre: a wild spacing would ask for millions.
  private static let mostPlanes = 20_000

  /// - Throws: `InputError` naming the tag: no place, frames turned against one another, uneven distances, …
  init(_ data: DICOMItem, _ groups: FrameGroups, _ path: String) throws(InputError) {
    guard let rows = data.unsigned(.rows), let columns = data.unsigned(.columns), rows > 0, columns > 0 else {
      throw InputError(
        file: path, place: DICOMTag.rows.text, "rows or columns are absent", advice: "export it again")
    }
    var frames: [FramePlace] = []
    for index in 0..<groups.count {
      frames.append(try FramePlace(groups, index, path))
    }
    let first = frames[0]
    guard let odd = frames.firstIndex(where: { !$0.isParallel(to: first) }) else {
      // What lies in the plane must agree, too: frames of one grid.
      let offsets = frames.map { first.along($0.position) }
      let distances = offsets.map { $0.normal }
      for (index, offset) in offsets.enumerated()
      where max(abs(offset.row), abs(offset.column)) > 0.05 * min(first.spacing[0], first.spacing[1]) {
        throw InputError(
          file: path, place: "frame \(index + 1)", "begins beside the others, so that there is no one grid",
          advice: "export it on the grid of its images")
      }
      let spacing = try Self.spacing(distances, frames, path, &doubts)
      let lowest = distances.min() ?? 0
      var planes: [Int] = []
      for (index, distance) in distances.enumerated() {
        let place = (distance - lowest) / spacing
        guard abs(place - place.rounded()) <= Self.unevenness, place < Double(Self.mostPlanes) else {
          throw InputError(
            file: path, place: "frame \(index + 1)",
            String(format: "lies %.3f mm along planes that are %.3f mm apart", distance - lowest, spacing),
            advice: "export it on planes at even distances")
        }
        planes.append(Int(place.rounded()))
      }
      planeOfFrame = planes
      placement = try GridPlacement(
        size: SIMD3(columns, rows, (planes.max() ?? 0) + 1),
        steps: [
          first.rowDirection * first.spacing[1], first.columnDirection * first.spacing[0],
          first.normal * spacing,
        ], first: first.position + first.normal * lowest, path: path,
        place: DICOMTag.imageOrientationPatient.text)
      return
    }
    throw InputError(
      file: path, place: "frame \(odd + 1)", "is turned or spaced otherwise than the first",
      advice: "export one orientation a file")
  }

  /// The distance of neighbouring planes.
  ///
  /// What the file says counts where the planes agree with it. Without it, planes that mostly follow one another tell it
  /// themselves; of scattered ones the thickness counts, and that is said.
  private static func spacing(
    _ distances: [Double], _ frames: [FramePlace], _ path: String, _ doubts: inout [String]
  ) throws(InputError) -> Double {
    let sorted = distances.sorted()
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > samePlaneMM }
    func divides(_ step: Double) -> Bool {
      gaps.allSatisfy { gap in
        let count = gap / step
        return count.rounded() >= 1 && abs(count - count.rounded()) <= unevenness
      }
    }
    let stated = frames[0].spacingBetween.flatMap { $0 > 0 ? $0 : nil }
    let thickness = frames[0].thickness.flatMap { $0 > 0 ? $0 : nil }
    guard let least = gaps.min() else {
      if let stated { return stated }
      guard let thickness else {
        throw InputError(
          file: path, place: DICOMTag.spacingBetweenSlices.text,
          "is absent, and one plane does not tell how thick it is", advice: "export it with its spacing")
      }
      doubts.append(
        String(
          format: "names no spacing between slices; its one plane is taken for %.2f mm thick, as its slices",
          thickness))
      return thickness
    }
    let close = gaps.filter { abs($0 - least) <= unevenness * least }.count
    if let stated, divides(stated) {
      guard least > 1.5 * stated, gaps.count >= 2, 2 * close > gaps.count else { return stated }
      doubts.append(
        String(
          format:
            "says that slices are %.2f mm apart, but its planes lie %.2f mm apart: these count", stated,
          least))
      return least
    }
    if divides(least), 2 * close >= gaps.count || thickness.map({ !divides($0) }) ?? true {
      doubts.append(
        (stated.map { String(format: "says that slices are %.2f mm apart, which its planes are not", $0) }
          ?? "names no spacing between slices") + String(format: "; its planes lie %.2f mm apart", least))
      return least
    }
    if let thickness, divides(thickness) {
      doubts.append(
        String(
          format: "names no spacing between slices; %.2f mm, the slices' thickness, is taken for it",
          thickness
        ))
      return thickness
    }
    throw InputError(
      file: path, place: DICOMTag.imagePositionPatient.text,
      "has planes at uneven distances (\(gaps.prefix(4).map { String(format: "%.3f", $0) }.joined(separator: ", ")) mm …)",
      advice: "export it on planes at even distances")
  }
}
