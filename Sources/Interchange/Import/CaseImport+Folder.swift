// SPDX-License-Identifier: Apache-2.0

extension CaseImport {
  /// An import of what was found in a patient's folder.
  ///
  /// - Parameters:
  ///   - contents: the folder's files, sorted.
  ///   - folder: what messages name.
  /// - Throws: `InputError` where nothing in it tells of lesions, and for doses without contours.
  init(_ contents: FolderContents, of folder: String, _ options: LesionListOptions) throws(InputError) {
    self.init()
    structureSets = contents.structureSets
    doses = contents.doses
    labelMaps = contents.labelMaps.map { LabelMapInput(path: $0) }
    lesionLists = contents.lesionLists
    ct = contents.ct
    notes = contents.notes
    patientFile = contents.patientFile
    listOptions = options
    try checkSources(of: folder)
  }

  /// Whether what is to be read can become a case.
  ///
  /// - Parameter folder: what messages name.
  /// - Throws: `InputError` where nothing in it tells of lesions, and for doses without contours.
  public func checkSources(of folder: String) throws(InputError) {
    guard !(structureSets.isEmpty && lesionLists.isEmpty && labelMaps.isEmpty) else {
      throw InputError(
        file: folder, "holds nothing that lesions could come from",
        advice: "give an RT Structure Set, a segmentation or a lesion list")
    }
    guard doses.isEmpty || !structureSets.isEmpty else {
      throw InputError(
        file: doses[0].path, "is a dose without a structure set in whose frame it lies",
        advice: "give the RT Structure Set as well, or leave the dose out")
    }
  }
}
