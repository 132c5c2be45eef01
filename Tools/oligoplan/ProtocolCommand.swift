// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Eligibility
import Evidence
import Facts
import Foundation
import Interchange
import Planning

/// `oligoplan protocol`: the rules as data.
struct ProtocolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protocol", abstract: "Show, check or describe care protocols.",
    subcommands: [Show.self, Check.self, Schema.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a protocol; the shipped one without FILE.")

    @Argument(help: "A protocol (YAML).")
    var file: String?

    @Flag(help: "Write out every rule: what FILE extends with its patches, and rules made by forEach.")
    var expanded = false

    func run() throws {
      try Streams.reporting {
        let data = try file.map { try FileAccess.read($0) } ?? CareProtocolReader.shippedText
        try Streams.file(
          expanded ? try CareProtocolReader.expandedText(data, file: file ?? "default protocol") : data)
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Look for unknown facts, gapped or overlapping bands, missing sources, exclusions nothing entitles, numbers of metastases counted otherwise than in the source, rules that never speak."
    )

    @Argument(help: "A protocol (YAML); the shipped one without it.")
    var file: String?

    func run() throws {
      try Streams.reporting {
        let name = file ?? "default protocol"
        let data = try file.map { try FileAccess.read($0) } ?? CareProtocolReader.shippedText
        let (careProtocol, problems) = CareProtocolReader.check(data, file: name)
        for problem in problems {
          let place = problem.line > 0 ? "\(name):\(problem.line)" : name
          let rule = problem.rule.map { " rule \($0):" } ?? ""
          let advice = problem.suggestion.isEmpty ? "" : " — \(problem.suggestion)"
          Streams.tell("\(place):\(rule) \(problem.message)\(advice)")
        }
        guard problems.isEmpty, let careProtocol else {
          Streams.tell("\(problems.count) problem\(problems.count == 1 ? "" : "s")")
          throw ExitCode(65)
        }
        try Streams.result(
          "\(careProtocol.name): \(careProtocol.ruleSet.rules.count) rules, "
            + "\(careProtocol.bibliography.entries.count) sources, nothing wrong\n")
      }
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the JSON Schema of protocol files, with all facts; as oligoplan schema protocol.")

    func run() throws {
      try Streams.reporting { try Streams.result(try DocumentSchema.careProtocol.json()) }
    }
  }
}

/// `oligoplan schema KIND`: what a file holds, for those who read it by program.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of a kind of file.",
    discussion: "Each is made from the types that write the file; Documentation/schemas holds them all.")

  @Argument(
    help: "assessment, case, dvh, error, measurements, plan or protocol.",
    transform: { name in
      guard let kind = DocumentSchema(rawValue: name) else {
        throw ValidationError(
          "there is no schema \(name); there are "
            + DocumentSchema.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return kind
    })
  var kind: DocumentSchema

  func run() throws { try Streams.reporting { try Streams.result(try kind.json()) } }
}
