// SPDX-License-Identifier: Apache-2.0
import Foundation
import Interchange

// oligoplan-truth              the tables of all suites as Markdown
// oligoplan-truth truths       the truths of Nelms' bodies, as Documentation/truth/nelms.md has them
// oligoplan-truth versions     the program and the libraries it rests on
// oligoplan-truth write DIR    cases as DICOM with their truth, for Tools/crosscheck/peer_scores

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.count) {
case (nil, _):
  for tables in [NelmsTables.all, DiscTables.all, SphereTables.all, ExtraTables.all] {
    for table in try tables() { print(table.text) }
  }
case ("truths", 1): for table in try TruthTables.all() { print(table.text) }
case ("versions", 1): print(LibraryVersions.text)
case ("write", 2):
  try CaseFolders(root: URL(fileURLWithPath: arguments.last ?? "")).write()
default:
  FileHandle.standardError.write(Data("usage: oligoplan-truth [truths | versions | write DIR]\n".utf8))
  exit(64)
}
