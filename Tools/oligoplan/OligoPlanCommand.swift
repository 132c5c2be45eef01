import ArgumentParser
import Interchange

/// The root: verbs only, no clinical or geometric logic.
@main
struct OligoPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oligoplan",
    abstract:
      "Judges local therapy of every metastasis: surgery, SBRT, radiofrequency, microwave, cryoablation.",
    discussion: """
      import makes a case from lesion lists, contours and a patient file; measure and assess read it; export \
      writes figures and tables. Exit status: 0 done, 64 usage, 65 input is wrong, 66 input not found, \
      70 a bug of ours, 73 cannot write.

      \(Notice.text)
      """,
    version: LibraryVersions.text,
    subcommands: [
      ImportCommand.self, MeasureCommand.self, AssessCommand.self, PlanCommand.self, DVHCommand.self,
      ExportCommand.self,
      ProtocolCommand.self, PhantomCommand.self,
    ])
}
