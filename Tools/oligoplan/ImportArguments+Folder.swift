// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Interchange

extension ImportArguments {
  /// What was found in the files, with what options say beside it: a file that an option names is the option's.
  ///
  /// - Parameter files: the files and folders that were given, for messages.
  /// - Throws: `InputError`, and `ValidationError` for options that do not fit.
  func work(with contents: FolderContents, named files: [String]) throws -> CaseImport {
    Streams.tell((contents.words.isEmpty ? [] : ["files"]) + contents.words)
    var work = try work()
    let named = Set(try self.files().map(FileAccess.place))
    // A folder that an option names is the option's with all that lies in it.
    func found(_ files: [String]) -> [String] {
      files.filter { file in
        let place = FileAccess.place(file)
        return !named.contains { place == $0 || place.hasPrefix($0 + "/") }
      }
    }
    let doses = contents.doses.filter { !named.contains(FileAccess.place($0.path)) }
    // An option that says nothing of a plan leaves the one that the dose itself names.
    work.doses = work.doses.map { dose in
      var dose = dose
      let same = contents.doses.first { FileAccess.place($0.path) == FileAccess.place(dose.path) }
      if dose.plan == nil { dose.plan = same?.plan }
      return dose
    }
    work.structureSets = found(contents.structureSets) + work.structureSets
    work.doses = doses + work.doses
    let maps = found(contents.labelMaps)
    // Names are those of the one map there is; with several it is not known whose they are.
    let names = labels.isEmpty ? labelNames.first : nil
    guard names == nil || maps.count == 1 else {
      throw ValidationError("--label-names needs --labels where there is not one map alone")
    }
    work.labelMaps = maps.map { LabelMapInput(path: $0, namesFile: names) } + work.labelMaps
    work.lesionLists = found(contents.lesionLists) + work.lesionLists
    if work.ct == nil { work.ct = contents.ct }
    work.notes = contents.notes
    if let patient = found([contents.patientFile].compactMap(\.self)).first {
      guard work.patientFile == nil else {
        throw InputError(file: patient, "is a patient file beside --patient", advice: "give one of them")
      }
      work.patientFile = patient
    }
    try work.checkSources(of: files.first ?? "import")
    return work
  }
}
