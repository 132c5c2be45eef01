// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Facts
internal import Foundation
internal import Imaging
internal import Vocabulary

/// A CT to be imported: a NIfTI file, a folder with a DICOM series, or one multi-frame object.
public struct ImageInput: Sendable, Hashable {
  /// The file or the folder.
  public let path: String
  /// Which series of a folder with several, by its UID.
  public let series: String?
  /// The series' files, where they are known already; all of the folder without them.
  public let files: [String]?

  /// A CT.
  public init(path: String, series: String? = nil, files: [String]? = nil) {
    self.path = path
    self.series = series
    self.files = files
  }
}

extension CaseImport {
  /// Reads the CT, holds it against the rest of the case and keeps it there.
  ///
  /// - Returns: the image, and the files it was read from.
  func addImage(to result: inout PatientCase) throws -> (image: CTImage, files: [String])? {
    guard let ct else { return nil }
    // The name of a folder of images may be a patient's: it is not kept.
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: ct.path, isDirectory: &isFolder)
    let name = isFolder.boolValue ? "CT" : FileAccess.name(of: ct.path)
    if case .nifti = FileKind(ct.path) {
      let read = try NIfTIImage.read(ct.path)
      result.warnings += read.doubts.map { "\(name): \($0)" }
      if result.frameOfReference != nil {
        result.warnings.append(
          "\(name) names no DICOM frame of reference: its coordinates are taken for those of the contours")
      }
      result.ct = ImageStore.kept(read.image)
      return (read.image, [ct.path])
    }
    let read =
      try ct.files.map { try CTSeries(files: $0, path: ct.path, series: ct.series) }
      ?? CTSeries(path: ct.path, series: ct.series)
    try agree(
      on: [
        (
          ct.path,
          LabelMap.Identity(
            patientID: read.series.patientID, frameOfReference: read.series.frameOfReference,
            studyDay: read.series.studyDay)
        )
      ], &result)
    result.warnings += read.doubts.map { "\(name): \($0)" }
    result.ct = ImageStore.kept(read.image)
    return (read.image, read.files)
  }

  /// Adds what the CT itself shows where nothing is contoured, and says so.
  func derive(from image: CTImage, to result: inout PatientCase) throws {
    let anatomy = try CTAnatomy(image, besides: result.structures)
    result.structures += anatomy.structures
    let names = anatomy.structures.map(\.name.tg263)
    if !names.isEmpty {
      result.warnings.append(
        "from the CT alone, by thresholds, where nothing is contoured: \(names.joined(separator: ", ")). Estimates: look at them before anything rests on them; heart, vessels, bronchi and bowel are not told apart"
      )
    }
    result.warnings += anatomy.doubts.map(Self.words)
    guard let density = anatomy.lungDensity else { return }
    let source = "CT: voxels of the lungs without vessels and airways"
    func state(_ fact: Fact, _ value: Statement.Value) {
      guard result.patient.statements[fact] == nil else { return }
      result.patient.statements[fact] = Statement(value, source: source, isEstimate: true)
    }
    state(.lungDensity, .number((10 * density.mean).rounded() / 10))
    state(.lungBelow950, .number((1000 * density.shareBelow950).rounded() / 10))
    // Only what speaks against a therapy is concluded: a low share does not rule emphysema out.
    if density.shareBelow950 >= Self.emphysemaShare { state(.emphysema, .word("present")) }
  }

  /// The share of voxels below −950 HU from which a CT at full inspiration shows emphysema (recalled: COPDGene and others
  /// take 5 to 6 %).
  private static let emphysemaShare = 0.06

  /// States the mean density of lesions with a body.
  func measureDensities(in image: CTImage, _ result: inout PatientCase) {
    for index in result.lesions.indices {
      guard let body = result.lesions[index].body, result.lesions[index].statements[.meanDensity] == nil,
        let density = image.density(within: body.solid)
      else { continue }
      result.lesions[index].statements[.meanDensity] = Statement(
        .number(density.mean.rounded()), source: Self.densitySource(density), isEstimate: true)
    }
  }

  private static func densitySource(_ density: CTImage.Density) -> String {
    String(
      format: "CT: %d voxels, %.0f %% above 200 HU, %.0f %% below −300 HU", density.voxels,
      100 * density.shareAbove200, 100 * density.shareBelowMinus300)
  }

  private static func words(_ doubt: CTAnatomy.Doubt) -> String {
    switch doubt {
    case .noBody: "the CT shows nothing as large as a body, so nothing is derived from it"
    case .bodyCutOff(let share):
      String(
        format:
          "the body reaches the side of the CT in %.0f %% of its planes: skin, and distances to it, are not known there",
        100 * share)
    case .noLungs: "the CT shows no lung"
    case .oneLung(let side): "the CT shows one lung, the \(side.rawValue) one"
    case .lungsNotToldApart: "the lungs touch in the CT and are taken for one body; sides are not known"
    case .noTrachea: "no trachea was found in the CT, so the air of the bronchi may count as lung"
    }
  }
}
