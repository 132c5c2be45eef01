// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Points and lines that 3D Slicer saved (`.fcsv`, `.mrk.json`) as a lesion list.
///
/// A point is a lesion of unknown size; a line is a lesion of the line's length. Places are read by the coordinate system that
/// the file names, and by none other: taken for one another, RAS and LPS put a lesion into the other lung.
enum SlicerPoints {
  /// Reads a file of either format.
  ///
  /// - Throws: `InputError` for a file without a coordinate system, for places that are none, and for markups that are
  ///   neither points nor lines.
  static func table(_ path: String) throws(InputError) -> LesionTable {
    let data = try FileAccess.read(path, limit: InputLimits.jsonBytes)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw InputError(file: path, "holds bytes that are not UTF-8", advice: "save it again with Slicer")
    }
    let first = text.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
    return first == "{" ? try markups(data, path) : try fiducials(text, path)
  }

  /// What takes a coordinate system's places to LPS.
  private static func signs(_ system: String?, _ path: String, _ place: String) throws(InputError) -> SIMD3<
    Double
  > {
    // Slicer before 4.11 wrote 0 for RAS, 1 for LPS.
    switch system?.trimmingCharacters(in: .whitespaces).uppercased() {
    case "LPS", "1": SIMD3(1, 1, 1)
    case "RAS", "0": SIMD3(-1, -1, 1)
    default:
      throw InputError(
        file: path, place: place,
        system == nil
          ? "names no coordinate system, so left and right cannot be told"
          : "is neither LPS nor RAS: places in voxels are no places in the patient",
        advice: "save it with Slicer 4.11 or newer, or write a lesion list with x_mm, y_mm, z_mm in LPS")
    }
  }

  // MARK: fcsv

  private static func fiducials(_ text: String, _ path: String) throws(InputError) -> LesionTable {
    var table = LesionTable()
    var system: String?
    var columns = ["id", "x", "y", "z", "ow", "ox", "oy", "oz", "vis", "sel", "lock", "label", "desc"]
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty { continue }
      if trimmed.hasPrefix("#") {
        let parts = trimmed.dropFirst().split(separator: "=", maxSplits: 1).map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts.count == 2 else { continue }
        if parts[0].lowercased() == "coordinatesystem" { system = parts[1] }
        if parts[0].lowercased() == "columns" {
          columns = parts[1].split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces).lowercased()
          }
        }
        continue
      }
      let place = "line \(number + 1)"
      let fields = try fields(String(line), path)
      func field(_ name: String) -> String? {
        columns.firstIndex(of: name).flatMap { fields.indices.contains($0) ? fields[$0] : nil }
      }
      let sign = try signs(system, path, "CoordinateSystem")
      let values = ["x", "y", "z"].map { field($0).flatMap(Double.init) }
      guard let x = values[0], let y = values[1], let z = values[2], [x, y, z].allSatisfy(\.isFinite) else {
        throw InputError(
          file: path, place: place, "has no x, y and z", advice: "save it again with Slicer")
      }
      var row = LesionTable.Row(place: place, cells: [:])
      row.set("lesion_id", field("label").map(VisibleText.escaped))
      row.set(place: SIMD3(x, y, z) * sign)
      table.rows.append(row)
    }
    return told(table, path)
  }

  /// The fields of one line, which may be quoted.
  private static func fields(_ line: String, _ path: String) throws(InputError) -> [String] {
    var found: [String] = [""]
    var isQuoted = false
    for character in line where character != "\r" {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: found.append("")
      default: found[found.count - 1].append(character)
      }
    }
    return found.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  // MARK: mrk.json

  private struct Document: Decodable {
    struct Markup: Decodable {
      let type: String
      let coordinateSystem: String?
      let coordinateUnits: Units?
      let controlPoints: [ControlPoint]?
      let name: String?
    }
    struct ControlPoint: Decodable {
      let label: String?
      let position: [Double]?
      let positionStatus: String?
    }
    /// A word, or a code.
    enum Units: Decodable {
      case word(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .word(text)
        } else {
          self = .word((try? container.decode([String].self))?.dropFirst().first ?? "unknown")
        }
      }
    }
    let markups: [Markup]
  }

  private static func markups(_ data: Data, _ path: String) throws(InputError) -> LesionTable {
    let document: Document
    do { document = try JSONDecoder().decode(Document.self, from: data) } catch {
      throw InputError(
        file: path, "is no list of Slicer's markups", advice: "save the markups again with Slicer")
    }
    var table = LesionTable()
    for (index, markup) in document.markups.enumerated() {
      let place = "markup \(index + 1)"
      if case .word(let unit)? = markup.coordinateUnits, unit.lowercased() != "mm" {
        throw InputError(
          file: path, place: place, "is in \(QuotedCell.words(unit)), not in mm", advice: "save it in mm")
      }
      let sign = try signs(markup.coordinateSystem, path, "\(place), coordinateSystem")
      let points = (markup.controlPoints ?? []).filter {
        ($0.positionStatus ?? "defined") == "defined" && $0.position != nil
      }
      let places = try points.map { point throws(InputError) in
        guard let values = point.position, values.count == 3, values.allSatisfy(\.isFinite) else {
          throw InputError(file: path, place: place, "has a point without x, y and z")
        }
        return SIMD3(values[0], values[1], values[2]) * sign
      }
      switch markup.type {
      case "Fiducial":
        for (number, point) in points.enumerated() {
          var row = LesionTable.Row(place: "\(place), point \(number + 1)", cells: [:])
          row.set("lesion_id", point.label.map(VisibleText.escaped))
          row.set(place: places[number])
          table.rows.append(row)
        }
      case "Line":
        guard places.count == 2 else {
          throw InputError(
            file: path, place: place, "is a line without two ends", advice: "draw it to its end")
        }
        table.rows.append(line(markup.name ?? points[0].label, places, place))
      default:
        throw InputError(
          file: path, place: place, "is \(QuotedCell.words(markup.type)), neither points nor lines",
          advice: "save points (one a lesion) or lines (a lesion's longest diameter)")
      }
    }
    return told(table, path)
  }

  /// A line is the longest axial diameter where it lies in an axial plane; else which diameter it is must be said.
  private static func line(_ name: String?, _ ends: [SIMD3<Double>], _ place: String) -> LesionTable.Row {
    var row = LesionTable.Row(place: place, cells: [:])
    let step = ends[1] - ends[0]
    row.set("lesion_id", name.map(VisibleText.escaped))
    row.set(place: (ends[0] + ends[1]) / 2)
    row.set("diameter_mm", (step * step).sum().squareRoot())
    if abs(step.z) <= axialMM { row.set("diameter_kind", DiameterKind.longestAxial.rawValue) }
    return row
  }

  /// Ends that differ by less in z lie in one axial plane: lines are drawn on slices.
  private static let axialMM = 0.1

  /// Points say nothing of a size, and nothing of a frame.
  private static func told(_ table: LesionTable, _ path: String) -> LesionTable {
    var table = table
    let points = table.rows.filter { $0.cells["diameter_mm"] == nil }.count
    if points > 0 {
      table.warnings.append(
        "\(FileAccess.name(of: path)): \(points) \(points == 1 ? "point is" : "points are") taken for lesions whose size is not known"
      )
    }
    return table
  }
}
