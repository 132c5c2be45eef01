// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Foundation
internal import Quantities

/// A DICOM RT Dose as it was read: a grid along the patient's axes in gray, nothing registered or summed.
struct RTDose: Sendable {
  static let sopClass = "1.2.840.10008.5.1.4.1.1.481.2"
  /// The most voxels a grid may claim: a gigabyte of dose.
  static let mostVoxels = DoseGrid.mostNodes
  /// Dose above this is doubted, never refused (heuristic, no source): mostly it is centigray called gray.
  static let doubtedGray: Float = 200

  let grid: DoseGrid
  let summation: DoseSummation
  let patientID: String?
  let frameOfReference: String?
  /// The file's own SOP Instance UID.
  let instance: String?
  /// The plans the dose belongs to, by their SOP Instance UIDs; empty where the file does not say.
  let plans: [String]
  let warnings: [String]

  /// Reads a dose.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - prescription: what 100 % of a RELATIVE dose is; needed for those only.
  /// - Throws: `InputError` naming the tag.
  init(path: String, prescription: AbsorbedDose? = nil) throws(InputError) {
    let file = try DICOMFile(path: path)
    let data = file.dataset
    try Self.requireDose(data, path)
    var warnings: [String] = []
    func broken(_ tag: DICOMTag, _ message: String, _ advice: String = "export the dose again") -> InputError
    {
      InputError(file: path, place: tag.text, message, advice: advice)
    }
    switch data.string(.doseType) {
    case "PHYSICAL": break
    case "EFFECTIVE":
      throw broken(
        .doseType, "is EFFECTIVE: already corrected for biology by a model the file does not name",
        "export the physical dose")
    case let other?: throw broken(.doseType, "is \(other), not PHYSICAL", "export the physical dose")
    case nil: warnings.append("names no dose type; taken for PHYSICAL")
    }
    guard let word = data.string(.doseSummationType) else {
      throw broken(
        .doseSummationType, "does not say what the dose is the sum of", "export the dose of the whole plan")
    }
    guard let summation = DoseSummation(rawValue: word) else {
      throw broken(.doseSummationType, "\(word) is no dose summation type")
    }
    let geometry = try DoseGridGeometry(data, path)
    let scale = try Self.scale(data, path, prescription)
    var values = try Self.values(file, geometry.voxels, scale.factor, path)
    if scale.isRelative, let prescription {
      values = try Self.related(values, to: prescription, path, &warnings)
    }
    do { grid = try geometry.grid(values) } catch {
      throw InputError(file: path, "its numbers do not make a grid (\(error))", advice: "export it again")
    }
    let range = (values.min() ?? 0)...(max(values.max() ?? 0, values.min() ?? 0))
    if range.upperBound == 0, range.lowerBound == 0 { warnings.append("the dose is zero everywhere") }
    if range.upperBound > Self.doubtedGray {
      warnings.append(
        "reaches \(range.upperBound) Gy; is it in centigray, or damaged? (doses above \(Int(Self.doubtedGray)) Gy are doubted: a heuristic)"
      )
    }
    if range.lowerBound < 0 { warnings.append("holds doses below zero; they were kept") }
    self.summation = summation
    patientID = data.string(.patientID)
    frameOfReference = data.string(.frameOfReferenceUID)
    instance = data.string(.sopInstanceUID)
    plans = (data.items(.referencedRTPlanSequence) ?? []).compactMap { $0.string(.referencedSOPInstanceUID) }
    self.warnings = warnings
  }

  private static func requireDose(_ data: DICOMItem, _ path: String) throws(InputError) {
    let sopClass = data.string(.sopClassUID)
    guard sopClass == Self.sopClass || (sopClass == nil && data.string(.modality) == "RTDOSE") else {
      throw InputError(
        file: path, place: DICOMTag.sopClassUID.text,
        "is no RT Dose (\(data.string(.modality) ?? sopClass ?? "no SOP class"))",
        advice: "give the RTDOSE of the plan")
    }
  }

  /// What a stored value is to be multiplied with, before a relative dose is related to its prescription.
  private struct Scale {
    let factor: Double
    let isRelative: Bool
  }

  private static func scale(
    _ data: DICOMItem, _ path: String, _ prescription: AbsorbedDose?
  ) throws(InputError) -> Scale {
    guard let told = try data.decimals(.doseGridScaling), told.count == 1, let scaling = told.first,
      scaling > 0
    else {
      throw InputError(
        file: path, place: DICOMTag.doseGridScaling.text, "is absent, not above zero or not one number",
        advice: "export the dose again")
    }
    switch data.string(.doseUnits) {
    case "GY": return Scale(factor: scaling, isRelative: false)
    case "RELATIVE":
      guard prescription != nil else {
        throw InputError(
          file: path, place: DICOMTag.doseUnits.text, "is RELATIVE: the file does not say to which dose",
          advice: "export it in GY, or say what 100 % is: --dose FILE,prescription=GRAY")
      }
      return Scale(factor: scaling, isRelative: true)
    case let unit:
      throw InputError(
        file: path, place: DICOMTag.doseUnits.text, "is \(unit ?? "absent"), not GY",
        advice: "export the dose in GY")
    }
  }

  /// The dose by voxel in the file's own order, in gray or relative.
  private static func values(
    _ file: DICOMFile, _ count: Int, _ factor: Double, _ path: String
  ) throws(InputError) -> [Float] {
    // Piece by piece, so that the file's numbers and the dose never stand in memory side by side.
    func scaled<Sample: FixedWidthInteger & Sendable>(_ type: Sample.Type) throws(InputError) -> [Float] {
      var failure: InputError?
      let values = [Float](unsafeUninitializedCapacity: count) { values, written in
        do throws(InputError) {
          try file.forEachPixels(of: type, count: count) { first, samples in
            for index in samples.indices {
              values.initializeElement(at: first + index, to: Float(Double(samples[index]) * factor))
            }
          }
          written = count
        } catch { failure = error }
      }
      if let failure { throw failure }
      return values
    }
    let data = file.dataset
    let signed = data.unsigned(.pixelRepresentation) == 1
    switch data.unsigned(.bitsAllocated) {
    case 16?:
      return try signed ? scaled(Int16.self) : scaled(UInt16.self)
    case 32?:
      return try signed ? scaled(Int32.self) : scaled(UInt32.self)
    case let bits:
      throw InputError(
        file: path, place: DICOMTag.bitsAllocated.text,
        "is \(bits.map(String.init) ?? "absent"), where dose has 16 or 32", advice: "export the dose again")
    }
  }

  /// Relative values as shares or percentages of the prescription, whichever they can only be.
  private static func related(
    _ values: [Float], to prescription: AbsorbedDose, _ path: String, _ warnings: inout [String]
  ) throws(InputError) -> [Float] {
    let greatest = Double(values.max() ?? 0)
    // Heuristic, no source: nobody plans 5 times the prescription, nor less than 20 % of it at most: between lies no doubt.
    guard greatest <= 5 || greatest >= 20 else {
      throw InputError(
        file: path, place: DICOMTag.doseUnits.text,
        "its greatest value \(greatest) is neither a share nor a percentage of a prescription",
        advice: "export it in GY")
    }
    let isPercent = greatest >= 20
    warnings.append(
      "RELATIVE dose: its values, up to \(greatest), were taken as \(isPercent ? "per cent" : "shares") of the \(prescription.gray) Gy given as prescription"
    )
    let factor = Float(prescription.gray / (isPercent ? 100 : 1))
    return values.map { $0 * factor }
  }
}
