// SPDX-License-Identifier: Apache-2.0

/// A code of DICOM: its value, the scheme it is from, and its meaning in words.
struct CodedConcept: Hashable {
  let value: String
  /// `SCT` (SNOMED CT), `SRT` (the same concepts under their older codes), `DCM`, `UCUM` and others.
  let scheme: String
  /// What the file says it means; never what a decision rests on where the code is known.
  let meaning: String

  /// A code as it is written; SNOMED's codes of letters are one scheme under three names (PS3.16 section 8).
  init(value: String, scheme: String, meaning: String) {
    self.value = value
    self.meaning = meaning
    let scheme = scheme.uppercased()
    self.scheme = ["SNM3", "99SDM"].contains(scheme) ? "SRT" : scheme
  }

  /// The code of a sequence item; `nil` where it has no value.
  init?(_ item: DICOMItem) {
    guard
      let value = item.string(.codeValue) ?? item.string(.longCodeValue) ?? item.string(.urnCodeValue)
    else { return nil }
    self.init(
      value: value, scheme: item.string(.codingSchemeDesignator) ?? "",
      meaning: item.string(.codeMeaning) ?? value)
  }

  /// The first code of a sequence; `nil` where it is absent or empty.
  init?(_ item: DICOMItem, _ sequence: DICOMTag) {
    guard let first = item.items(sequence)?.first, let code = CodedConcept(first) else { return nil }
    self = code
  }

  /// Whether it is one of these, by scheme and value.
  func isOne(of codes: [Code]) -> Bool { codes.contains { $0.matches(self) } }

  /// A concept under both names that SNOMED gave it, or of one scheme alone.
  struct Code: Hashable {
    let sct: String?
    let srt: String?
    let dcm: String?

    init(sct: String, srt: String? = nil) {
      self.sct = sct
      self.srt = srt
      dcm = nil
    }

    init(dcm: String) {
      self.dcm = dcm
      sct = nil
      srt = nil
    }

    func matches(_ concept: CodedConcept) -> Bool {
      switch concept.scheme {
      case "SCT": concept.value == sct
      case "SRT": concept.value == srt
      case "DCM": concept.value == dcm
      default: false
      }
    }
  }
}

extension DICOMTag {
  static let codeValue = DICOMTag(0x0008, 0x0100)
  static let codingSchemeDesignator = DICOMTag(0x0008, 0x0102)
  static let codeMeaning = DICOMTag(0x0008, 0x0104)
  static let longCodeValue = DICOMTag(0x0008, 0x0119)
  static let urnCodeValue = DICOMTag(0x0008, 0x0120)
}
