// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Foundation
internal import Vocabulary

/// DICOM structured reports of measurements (TID 1500) as a lesion list.
///
/// Reports of several days are one list: the newest day's measurements are the lesions', and what an earlier report measured
/// of the same tracking identifier is their earlier size.
struct MeasurementReports {
  /// One report.
  private struct Report {
    let path: String
    let patientID: String?
    let day: String?
    let instance: String?
    let groups: [MeasurementGroup]
  }

  private var reports: [Report] = []
  /// The lesions of segments that are imported beside the reports, by the segment.
  private let lesions: [SegmentReference: [String]]

  /// Reads reports.
  ///
  /// - Parameters:
  ///   - unitFactor: what lengths without a unit are multiplied with to be in millimetres.
  ///   - lesions: the lesions of imported segments.
  /// - Throws: `InputError` for what is no measurement report, and for reports of two patients.
  init(
    paths: [String], unitFactor: Double?, lesions: [SegmentReference: [String]]
  ) throws(InputError) {
    self.lesions = lesions
    for path in paths { reports.append(try Self.report(path, unitFactor)) }
    let patients = Set(reports.compactMap(\.patientID))
    guard patients.count < 2 else {
      throw InputError(
        file: paths[0], "and the other reports are about \(patients.count) patients",
        advice: "import one patient at a time")
    }
    for (index, report) in reports.enumerated() {
      if let instance = report.instance,
        let same = reports[..<index].first(where: { $0.instance == instance })
      {
        throw InputError(
          file: report.path, "is the same report as \(FileAccess.name(of: same.path))", advice: "give it once"
        )
      }
    }
    reports.sort { ($0.day ?? "", $0.path) > ($1.day ?? "", $1.path) }
    if reports.count > 1, let undated = reports.first(where: { $0.day == nil }) {
      throw InputError(
        file: undated.path, place: DICOMTag.studyDate.text,
        "has no study date, so which report is the newest cannot be known",
        advice: "import it alone")
    }
  }

  private static func report(_ path: String, _ unitFactor: Double?) throws(InputError) -> Report {
    let file = try DICOMFile(path: path)
    let root = ReportItem(file.dataset)
    guard root.name.map({ $0.scheme == "DCM" && $0.value == "126000" }) ?? false else {
      throw InputError(
        file: path, "is a structured report of another kind (\(root.name?.meaning ?? "without a title"))",
        advice: "give an Imaging Measurement Report (TID 1500)")
    }
    var groups: [MeasurementGroup] = []
    for container in root.children
    where container.name.map({ $0.scheme == "DCM" && $0.value == "126010" }) ?? false {
      for child in container.children
      where child.name.map({ $0.scheme == "DCM" && $0.value == "125007" }) ?? false {
        groups.append(
          try MeasurementGroup(child, number: groups.count + 1, unitFactor: unitFactor, path: path))
      }
    }
    guard !groups.isEmpty else {
      throw InputError(
        file: path, "holds no measurement group", advice: "export the measurements with the report")
    }
    return Report(
      path: path, patientID: try file.dataset.patientID(path), day: file.dataset.day(.studyDate),
      instance: file.dataset.string(.sopInstanceUID),
      groups: groups)
  }

  /// The path that messages name: the newest report's.
  var path: String { reports[0].path }

  /// The rows.
  ///
  /// - Throws: `InputError` where two groups of a report bear one tracking identifier.
  func table() throws(InputError) -> LesionTable {
    var table = LesionTable()
    let newestDay = reports[0].day ?? ""
    let newest = reports.filter { ($0.day ?? "") == newestDay }
    let earlier = reports.filter { ($0.day ?? "") < newestDay }
    var seen: Set<String> = []
    for report in newest {
      for group in report.groups where isLesion(group, report, &table) {
        if let key = group.key, !seen.insert(key).inserted {
          throw InputError(
            file: report.path, place: group.place, "is measured twice on one day",
            advice: "keep one measurement group a lesion and day")
        }
        guard group.key != nil || newest.count == 1 else {
          throw InputError(
            file: report.path, place: group.place,
            "has no tracking identifier, so whether another report of the same day measures it as well cannot be known",
            advice: "give the reports of one day one by one")
        }
        table.rows.append(try row(group, report, earlier, &table))
      }
    }
    for report in earlier {
      let gone = report.groups.filter { group in
        group.isSized && group.isGrowth != false
          && !newest.contains { $0.groups.contains { $0.tracksSame(as: group) } }
      }
      guard !gone.isEmpty else { continue }
      table.warnings.append(
        "\(FileAccess.name(of: report.path)): not measured on \(newestDay), so no lesions now: \(gone.map(\.place).joined(separator: ", "))"
      )
    }
    return table
  }

  /// Whether a group is a lesion; what is left out, or only assumed, is told.
  private func isLesion(
    _ group: MeasurementGroup, _ report: Report, _ table: inout LesionTable
  ) -> Bool {
    let name = FileAccess.name(of: report.path)
    switch group.isGrowth {
    case false:
      table.warnings.append(
        "\(name): \(group.place) is about \(group.finding?.meaning ?? "an anatomical structure"), no lesion")
      return false
    case true: return true
    case nil:
      guard group.isSized else {
        table.warnings.append("\(name): \(group.place) has neither a finding nor a size and was left out")
        return false
      }
      table.warnings.append(
        "\(name): \(group.place) does not say what was found\(group.finding.map { " (\($0.meaning))" } ?? ""); it has a size and was taken for a lesion"
      )
      return true
    }
  }

  private func row(
    _ group: MeasurementGroup, _ report: Report, _ earlier: [Report], _ table: inout LesionTable
  ) throws(InputError) -> LesionTable.Row {
    var row = LesionTable.Row(place: group.place, cells: [:])
    let segmented = group.segment.flatMap { lesions[$0] } ?? []
    guard segmented.count < 2 else {
      throw InputError(
        file: report.path, place: group.place,
        "is about a segment of \(segmented.count) parts, each a lesion (\(segmented.joined(separator: ", "))); which of them cannot be known",
        advice: "segment them one by one, or leave the report out")
    }
    // A UID is no name: a finding without one is numbered.
    row.set("lesion_id", segmented.first ?? group.trackingID)
    row.set("patient_id", report.patientID)
    row.set("site", group.site.site?.rawValue)
    row.set("side", group.site.side?.rawValue)
    row.set("lobe", group.site.lobe?.abbreviation)
    row.set("short_axis_mm", group.lengths[.shortAxis])
    row.set("volume_cc", group.volumeCC)
    if let long = group.lengths[.longAxis] {
      row.set("longest_diameter_mm", long)
    } else if let greatest = group.lengths[.greatest], group.lengths[.diameter] == nil {
      row.set("diameter_mm", greatest)
      row.set("diameter_kind", "greatest")
    } else {
      row.set("diameter_mm", group.lengths[.diameter])
    }
    // Where it was measured is known only in three dimensions: points of an image need the image.
    row.set(place: group.centre)
    row.set("frame_of_reference_uid", group.centre == nil ? nil : group.frame)
    row.set("scan_date", report.day)
    guard
      let before = earlier.lazy.compactMap({ report in
        report.groups.first { $0.tracksSame(as: group) }.map { (report, $0) }
      }).first
    else { return row }
    let then = before.1
    if group.lengths[.longAxis] != nil, let long = then.lengths[.longAxis] {
      row.set("earlier_longest_diameter_mm", long)
      row.set("earlier_scan_date", before.0.day)
    } else if group.volumeCC != nil, let volume = then.volumeCC {
      row.set("earlier_volume_cc", volume)
      row.set("earlier_scan_date", before.0.day)
    } else {
      table.warnings.append(
        "\(FileAccess.name(of: before.0.path)): \(then.place) was measured otherwise than on \(report.day ?? "the newest day"), so its growth is not known"
      )
    }
    return row
  }
}
