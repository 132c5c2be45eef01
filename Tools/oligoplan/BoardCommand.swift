// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Report
import Vocabulary

/// `oligoplan board`: a patient's files in, the report of a tumour board out.
struct BoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "Everything for one patient: import, assess, all plans, the report.",
    discussion: """
      FILES are sorted by what they hold: RT Structure Sets, RTDOSE with the RTPLAN that it names, NIfTI label maps, lesion \
      lists (CSV, TSV), a patient file (YAML); a folder gives its files. What was taken for what is said on the standard \
      error. Options name what a file cannot say of itself, as --dose FILE,fractions=3. A case that is imported already is \
      taken as it is.

      DIR then holds report.html, one file that opens in any browser and asks nothing of any network, the case, and the \
      plans (JSON), each as plan writes it.
      """)

  @Argument(help: "Files or a folder of one patient, or a case.")
  var files: [String] = []

  @Option(name: [.customShort("o"), .long], help: "The folder to write.")
  var output: String

  @OptionGroup var input: ImportArguments
  @OptionGroup var joint: JointArguments
  @OptionGroup var sbrt: SBRTArguments
  @OptionGroup var ablation: AblationArguments

  @Option(name: .customLong("protocol"), help: "A care protocol (YAML); the shipped one without it.")
  var protocolFile: String?

  func validate() throws {
    if files.contains("-") {
      throw ValidationError("a patient's files are named, not read from the standard input")
    }
    if files.isEmpty, input.isEmpty {
      throw ValidationError("give a patient's files, a folder of them, or a case")
    }
  }

  func run() throws {
    try Streams.reporting {
      let named = try files + input.files() + [protocolFile, ablation.devices].compactMap(\.self)
      try OutputNames.check([output], against: named)
      let path = try caseOnDisk()
      let setup = PlanSetup(
        path: path, protocolFile: protocolFile, modality: nil, lesions: [], joint: joint, sbrt: sbrt,
        ablation: ablation)
      let context = try setup.context()
      Streams.tell("plan: the reference day is \(context.request.day.words)")
      let board = try context.board(
        requests: { setup.request(PlanCommand.Planned($0), in: context) },
        progress: { Streams.tell("plan: \($0.rawValue)") })
      for part in board.unplanned {
        Streams.warn(["no plan by \(part.kind.rawValue): \(setup.refusal(part.obstacle).description)"])
      }
      Streams.tell("report")
      try write(board)
    }
  }

  private func planFile(_ kind: TherapyPlan.Kind) -> String { "\(output)/\(kind.rawValue)-plan.json" }
  private var reportFile: String { "\(output)/report.html" }

  private func write(_ board: BoardDossier) throws {
    var outputs = OutputSet()
    var lines: [String] = []
    for kind in TherapyPlan.Kind.allCases {
      guard let dossier = board[kind] else { continue }
      outputs.add(try DossierExport.planJSON(dossier, tool: DossierReading.tool), to: planFile(kind))
      lines.append("wrote \(planFile(kind))")
    }
    outputs.add(try ReportCommand.page(board), to: reportFile)
    lines.append("wrote \(reportFile)")
    try outputs.publish()
    Streams.tell(lines)
  }

  /// The case that is planned: the one that is given, or what the files make, written into the folder.
  private func caseOnDisk() throws -> String {
    if files.count == 1, CaseStore.isCase(files[0]) {
      guard let option = input.given.first else {
        // Before anything that takes time.
        try FileAccess.makeFolder(output)
        removeFormer()
        return files[0]
      }
      throw ValidationError("\(option) says how files are read; \(files[0]) is a case, which is read already")
    }
    let work = try input.work(with: try FolderContents(files, patientID: input.patientID), named: files)
    let patientCase = try work.run()
    Streams.tell(ImportWords.lines(patientCase))
    Streams.warn(patientCase.warnings)
    let path = "\(output)/case"
    try FileAccess.makeFolder(output)
    // Plans and a report of what stood there before would be taken for those of this case.
    removeFormer()
    try CaseStore.write(patientCase, to: path, tool: DossierReading.tool)
    Streams.tell("wrote \(path)")
    return path
  }

  private func removeFormer() {
    for file in TherapyPlan.Kind.allCases.map(planFile) + [reportFile] {
      try? FileManager.default.removeItem(atPath: file)
    }
  }
}

extension PlanCommand.Planned {
  /// What plans a kind; `nil` for the patient as a whole.
  init?(_ kind: TherapyPlan.Kind) {
    switch kind {
    case .sbrt: self = .sbrt
    case .ablation: self = .ablation(nil)
    case .resection: self = .resection([.metastasectomy, .hepaticResection])
    case .patient: return nil
    }
  }
}
