// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning

/// A plan's own options, to make it again.
struct PlanRepetition {
  private let options: [String: [String]]

  /// How names end of options that nobody gave and the protocol assumes: kept to be read, not given again.
  static let assumed = "-assumed"

  /// Reads a plan and checks that it is of the same case, protocol and devices.
  ///
  /// - Throws: `InputError`.
  init(_ file: String, of path: String, protocolFile: String?, devices: String?) throws {
    let stored = try CaseStore.read(path)
    let careProtocol = try DossierReading.careProtocol(protocolFile)
    let plan = try PlanStore.read(file, caseHash: stored.sha256, protocolHash: careProtocol.sha256)
    guard let options = plan.options else {
      throw InputError(
        file: file, place: "provenance", "does not keep the options it was made with",
        advice: "it was made by an older version; plan anew")
    }
    let given = try devices.map { FileAccess.sha256(try FileAccess.read($0)) }
    guard given == plan.source.devices?.sha256 else {
      throw InputError(
        file: file, place: "provenance",
        plan.source.devices.map { "was made with the devices of \($0.name)" }
          ?? "was made with the protocol's charts alone",
        advice: plan.source.devices == nil ? "leave --devices out" : "give that very file: --devices FILE")
    }
    // A plan's file may come from anywhere: it says how to plan, never what to read or where to write.
    if let name = options.keys.filter({ !$0.hasSuffix(Self.assumed) && !Self.shaping.contains($0) }).min() {
      throw InputError(
        file: file, place: "provenance", "keeps an option \"\(name)\" that shapes no plan",
        advice: "plan anew")
    }
    self.options = options
    self.file = file
  }

  private let file: String

  /// The options that shape a plan.
  private static let shaping: Set = [
    "modality", "lesion", "scheme", "technique", "grid", "registration-uncertainty", "recovery", "on",
    "device",
    "placement", "position", "candidates", "fix", "forbid", "alternatives", "samples", "seed", "time-limit",
  ]

  /// The command with the plan's options, and the outputs of another one.
  ///
  /// - Throws: `InputError` for a file whose options this version does not know.
  func command(like other: PlanCommand) throws -> PlanCommand {
    var arguments = [other.path, "--format", other.format.rawValue]
    for (name, values) in options.sorted(by: { $0.key < $1.key }) where !name.hasSuffix(Self.assumed) {
      // As one argument, so that no value is taken for an option.
      for value in values { arguments.append("--\(name)=\(value)") }
    }
    let outputs: [(String, String?)] = [
      ("--output", other.output), ("--pages", other.pages), ("--pages-as", other.pagesAs?.rawValue),
      ("--structures", other.structures),
      ("--protocol", other.protocolFile), ("--devices", other.ablation.devices),
    ]
    for (name, value) in outputs { if let value { arguments += [name, value] } }
    do { return try PlanCommand.parse(arguments) } catch {
      throw InputError(
        file: file, place: "provenance",
        "its options are none that this version takes: \(PlanCommand.message(for: error))",
        advice: "plan anew")
    }
  }
}
