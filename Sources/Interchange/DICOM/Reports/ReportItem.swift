// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// An item of the content tree of a DICOM structured report.
struct ReportItem {
  let data: DICOMItem
  /// What the item is about; `nil` where it has no name.
  let name: CodedConcept?
  let valueType: String

  init(_ data: DICOMItem) {
    self.data = data
    name = CodedConcept(data, .conceptNameCodeSequence)
    valueType = data.string(.valueType) ?? ""
  }

  /// The items below it.
  var children: [ReportItem] { (data.items(.contentSequence) ?? []).map(ReportItem.init) }

  /// The code that a CODE item holds.
  var code: CodedConcept? { valueType == "CODE" ? CodedConcept(data, .conceptCodeSequence) : nil }

  /// The text that a TEXT item, or the UID that a UIDREF item holds.
  var text: String? {
    switch valueType {
    case "TEXT": data.string(.textValue)
    case "UIDREF": data.string(.uid)
    default: nil
    }
  }

  /// The number that a NUM item holds, with its unit; `nil` where it was not measured.
  ///
  /// - Throws: `InputError` for text that is no number.
  func measured() throws(InputError) -> (value: Double, unit: CodedConcept?)? {
    guard valueType == "NUM", let item = data.items(.measuredValueSequence)?.first,
      let value = try item.decimals(.numericValue)?.first
    else { return nil }
    return (value, CodedConcept(item, .measurementUnitsCodeSequence))
  }

  /// The box of the graphic of an SCOORD3D item, LPS in millimetres, and its frame of reference.
  var place: (low: SIMD3<Double>, high: SIMD3<Double>, frame: String?)? {
    guard valueType == "SCOORD3D", let values = data.floats(.graphicData), values.count >= 3,
      values.count % 3 == 0, values.allSatisfy(\.isFinite)
    else { return nil }
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    for index in stride(from: 0, to: values.count, by: 3) {
      let point = SIMD3(Double(values[index]), Double(values[index + 1]), Double(values[index + 2]))
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    return (low, high, data.string(.referencedFrameOfReferenceUID))
  }

  /// The segment of a DICOM SEG that an IMAGE item refers to.
  var segment: SegmentReference? {
    guard valueType == "IMAGE", let item = data.items(.referencedSOPSequence)?.first,
      let instance = item.string(.referencedSOPInstanceUID),
      let number = item.unsigned(.referencedSegmentNumberOfReport)
    else { return nil }
    return SegmentReference(instance: instance, number: number)
  }
}

/// A segment of a DICOM SEG, by the file's SOP Instance UID and the segment's number.
struct SegmentReference: Hashable {
  let instance: String
  let number: Int
}

extension DICOMTag {
  static let conceptNameCodeSequence = DICOMTag(0x0040, 0xA043)
  static let conceptCodeSequence = DICOMTag(0x0040, 0xA168)
  static let contentSequence = DICOMTag(0x0040, 0xA730)
  static let valueType = DICOMTag(0x0040, 0xA040)
  static let textValue = DICOMTag(0x0040, 0xA160)
  static let uid = DICOMTag(0x0040, 0xA124)
  static let measuredValueSequence = DICOMTag(0x0040, 0xA300)
  static let numericValue = DICOMTag(0x0040, 0xA30A)
  static let measurementUnitsCodeSequence = DICOMTag(0x0040, 0x08EA)
  static let graphicData = DICOMTag(0x0070, 0x0022)
  static let referencedSOPSequence = DICOMTag(0x0008, 0x1199)
  static let referencedSegmentNumberOfReport = DICOMTag(0x0062, 0x000B)
}
