// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Interchange

/// The root: verbs only, no clinical or geometric logic.
@main
struct OligoPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oligoplan",
    abstract:
      "Judges local therapy of every metastasis: surgery, SBRT, radiofrequency, microwave, cryoablation.",
    discussion: """
      board takes a patient's files and writes the report for a tumour board. Step by step: import makes a case from \
      lesion lists, contours and a patient file; measure, assess and plan read it; report and export write what others read. Exit status: 0 done, 64 usage, 65 input is wrong, 66 input not found, \
      70 a bug of ours, 73 cannot write.

      \(Notice.text)
      """,
    version: LibraryVersions.text,
    subcommands: [
      BoardCommand.self, ImportCommand.self, MeasureCommand.self, AssessCommand.self, PlanCommand.self,
      DVHCommand.self,
      ReportCommand.self, ExportCommand.self, TriageCommand.self, RegistryCommand.self,
      ProtocolCommand.self, SchemaCommand.self, PhantomCommand.self,
    ])

  /// Runs the command that the arguments name.
  ///
  /// Arguments come from scripts and hold names of files: what is said of them is written out like all else.
  static func main() {
    // A reader that closes its end is an error to be told, not a signal.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let status = exitCode(for: error)
      var text = fullMessage(for: error)
      for argument in CommandLine.arguments.dropFirst() {
        // Of an option with its value in one piece the value alone is repeated.
        let parts = [argument] + argument.split(separator: "=", maxSplits: 1).dropFirst().map(String.init)
        for part in parts where VisibleText.escaped(part) != part {
          text = text.replacingOccurrences(of: part, with: VisibleText.escaped(part))
        }
      }
      if !text.isEmpty {
        let page = Data((VisibleText.page(text, keepsColours: false) + "\n").utf8)
        _ = FileAccess.write(page, toStream: status == .success ? STDOUT_FILENO : STDERR_FILENO)
      }
      Foundation.exit(status.rawValue)
    }
  }
}
