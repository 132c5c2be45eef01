// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Vocabulary

/// What a measurement group of a TID 1500 report says of one finding.
struct MeasurementGroup {
  /// Where it stands, for messages: its tracking identifier, else its number.
  let place: String
  var trackingID: String?
  var trackingUID: String?
  var finding: CodedConcept?
  var category: CodedConcept?
  var site: (site: Site?, side: Side?, lobe: Lobe?) = (nil, nil, nil)
  /// Lengths in millimetres by what they measure.
  var lengths: [Length: Double] = [:]
  var volumeCC: Double?
  /// The box of all that was drawn of it, LPS in millimetres.
  private var box: (low: SIMD3<Double>, high: SIMD3<Double>)?
  var frame: String?
  var segment: SegmentReference?

  /// What a length is.
  enum Length: Hashable {
    case longAxis, shortAxis, diameter, greatest
  }

  private static let names: [(Length, [CodedConcept.Code])] = [
    (.longAxis, [.init(sct: "103339001", srt: "G-A185")]),
    (.shortAxis, [.init(sct: "103340004", srt: "G-A186")]),
    (.diameter, [.init(sct: "81827009", srt: "M-02550")]),
  ]
  private static let volume = CodedConcept.Code(sct: "118565006", srt: "G-D705")
  private static let findingSite = CodedConcept.Code(sct: "363698007", srt: "G-C0E3")
  private static let findingCategory = CodedConcept.Code(sct: "276214006", srt: "R-42018")
  private static let laterality = CodedConcept.Code(sct: "272741003", srt: "G-C171")
  private static let modifier = CodedConcept.Code(sct: "106233006", srt: "G-A1F8")
  private static let morphologicallyAbnormal = CodedConcept.Code(sct: "49755003", srt: "M-01000")
  private static let anatomical = CodedConcept.Code(sct: "91723000", srt: "T-D0050")

  /// Reads a group.
  ///
  /// - Parameters:
  ///   - number: its number in the report.
  ///   - unitFactor: what lengths without a unit are multiplied with to be in millimetres; `nil` refuses them.
  /// - Throws: `InputError` naming the group and what is measured.
  init(_ item: ReportItem, number: Int, unitFactor: Double?, path: String) throws(InputError) {
    let children = item.children
    for child in children {
      switch child.name?.dicomValue {
      case "112039": trackingID = child.text
      case "112040": trackingUID = child.text
      case "121071": finding = child.code
      default: break
      }
    }
    place = trackingID.map { "measurement group \($0)" } ?? "measurement group \(number)"
    for child in children {
      if let name = child.name, name.isOne(of: [Self.findingCategory]) { category = child.code }
      if let name = child.name, name.isOne(of: [Self.findingSite]), let region = child.code {
        let modifiers = child.children.filter {
          $0.name?.isOne(of: [Self.laterality, Self.modifier]) ?? false
        }.compactMap(\.code)
        site = SegmentMeaning.place(region, modifiers)
      }
      if let found = child.place {
        // One outline a plane: the lesion's place is the middle of them all.
        if box != nil, found.frame != frame {
          throw InputError(
            file: path, place: place, "is drawn in two frames of reference", advice: "keep one of them")
        }
        box = (
          pointwiseMin(box?.low ?? found.low, found.low), pointwiseMax(box?.high ?? found.high, found.high)
        )
        frame = found.frame
      }
      if let found = child.segment { segment = found }
      try take(measurement: child, unitFactor, path)
    }
  }

  private mutating func take(
    measurement item: ReportItem, _ unitFactor: Double?, _ path: String
  ) throws(InputError) {
    guard let name = item.name, let measured = try item.measured() else { return }
    func broken(_ message: String, _ advice: String) -> InputError {
      InputError(file: path, place: "\(place), \(name.meaning)", message, advice: advice)
    }
    if let kind = Self.names.first(where: { name.isOne(of: $0.1) })?.0 ?? Self.ibsi[name.value] {
      // Minimum, mean and standard deviation of a length over several readers are no further lesions.
      guard lengths[kind] == nil else {
        throw broken(
          "stands twice; which of them is the lesion's cannot be known", "keep one measurement a group")
      }
      guard let unit = measured.unit, !Self.unitless.contains(unit.value.lowercased()) else {
        guard let unitFactor else {
          throw broken(
            "\(measured.value) has no unit", "say which it is: --unit mm or --unit cm; it is never guessed")
        }
        lengths[kind] = measured.value * unitFactor
        return
      }
      guard let factor = Self.millimetres[unit.value] else {
        throw broken(
          "is in \(QuotedCell.words(unit.value)), no unit of length", "measure in mm or cm, not in pixels")
      }
      lengths[kind] = measured.value * factor
    } else if name.isOne(of: [Self.volume]) || Self.ibsiVolumes.contains(name.value) {
      guard volumeCC == nil else {
        throw broken(
          "stands twice; which of them is the lesion's cannot be known", "keep one measurement a group")
      }
      guard let unit = measured.unit, let factor = Self.cubicCentimetres[unit.value] else {
        throw broken("has no unit of volume", "export it in mm3, cm3 or ml")
      }
      volumeCC = measured.value * factor
    }
  }

  /// The greatest diameter in three dimensions and the longest in the axial plane, as IBSI calls them.
  private static let ibsi: [String: Length] = ["L0JK": .greatest, "GFK8": .longAxis]
  /// Volumes by mesh and by voxels, as IBSI calls them.
  private static let ibsiVolumes: Set<String> = ["RNU0", "YEKZ"]
  /// UCUM's and others' codes for no unit.
  private static let unitless: Set<String> = ["1", "{no units}", "no units", "no unit", ""]
  private static let millimetres = ["mm": 1.0, "cm": 10, "m": 1000, "um": 0.001]
  private static let cubicCentimetres = [
    "mm3": 0.001, "cm3": 1, "ml": 1, "mL": 1, "cc": 1, "l": 1000, "L": 1000, "dm3": 1000,
  ]

  /// Whether it is about a growth; `nil` where the report does not say.
  var isGrowth: Bool? {
    if let finding {
      if finding.isOne(of: Terminology.growths)
        || RegionOfInterestKind(name: finding.meaning, interpretedType: "") == .lesion
      {
        return true
      }
      if StructureName(recognizing: Terminology.name(of: finding, [])).isRecognized { return false }
    }
    if let category {
      if category.isOne(of: [Self.anatomical]) { return false }
      if category.isOne(of: [Self.morphologicallyAbnormal]), finding == nil { return true }
    }
    return nil
  }

  /// Whether it says how large the finding is.
  var isSized: Bool {
    lengths[.longAxis] != nil || lengths[.diameter] != nil || lengths[.greatest] != nil || volumeCC != nil
  }

  /// What tells the finding from others of its report.
  var key: String? { trackingUID ?? trackingID }

  /// The middle of what was drawn of it; `nil` where nothing was, in three dimensions.
  var centre: SIMD3<Double>? { box.map { ($0.low + $0.high) / 2 } }

  /// Whether two groups track one finding: by their UIDs, by their names where one has no UID.
  func tracksSame(as other: MeasurementGroup) -> Bool {
    if let uid = trackingUID, let its = other.trackingUID { return uid == its }
    return trackingID != nil && trackingID == other.trackingID
  }
}

extension CodedConcept {
  /// The value of a code of DICOM's own scheme.
  fileprivate var dicomValue: String? { scheme == "DCM" ? value : nil }
}
