// SPDX-License-Identifier: Apache-2.0
import Ablation
import ArgumentParser
import Cases
internal import Facts
import Foundation
import Interchange
import Planning
import Report
import Vocabulary

/// Options of `oligoplan plan` for ablation.
struct AblationArguments: ParsableArguments {
  @Option(
    name: .long,
    help:
      "Ablation: your own table of devices (YAML, oligoplan.devices/1); it goes before the shipped charts.")
  var devices: String?

  @Option(name: .long, help: "Ablation: plan with this device only.")
  var device: String?

  @Option(
    name: .long,
    help:
      "Ablation: the accuracy needle paths are ranked by, as guided or freeHand; the worst of the protocol without it."
  )
  var placement: String?

  @Option(
    name: .long,
    help:
      "Ablation: a position that may be used: supine, prone, leftLateral or rightLateral; may be repeated.")
  var position: [String] = []

  @Option(name: .long, help: "Ablation: directions tried for each target, 1000 to 100000; 12000 without it.")
  var candidates: Int?

  /// The options that were given, by name.
  var given: [String] {
    [
      devices.map { _ in "--devices" }, device.map { _ in "--device" }, placement.map { _ in "--placement" },
      position.isEmpty ? nil : "--position", candidates.map { _ in "--candidates" },
    ].compactMap(\.self)
  }

  func validate() throws {
    if let candidates, candidates < 1000 || candidates > 100_000 {
      throw ValidationError("--candidates lies between 1000 and 100000")
    }
    for name in position where PatientPosition(rawValue: name) == nil {
      throw ValidationError(
        "no position \(name); there are " + PatientPosition.allCases.map(\.rawValue).joined(separator: ", "))
    }
  }

  /// The options in force as the command takes them, by name; how many directions are tried only where it can be chosen.
  func settings(choosesCandidates: Bool) -> [String: [String]] {
    let options = options(lesions: [])
    return [
      "device": [device].compactMap(\.self), "placement": [placement].compactMap(\.self),
      "position": options.positions.map(\.rawValue),
      "candidates": choosesCandidates ? [String(options.candidates)] : [],
    ]
  }

  /// The user's own table of devices before the protocol's.
  ///
  /// - Returns: the table's file with its hash; `nil` where none was given.
  func addDevices(to parameters: inout AblationParameters) throws -> CaseInput? {
    guard let file = devices else { return nil }
    let data = try FileAccess.read(file)
    let own = try AblationDeviceReader.load(data, file: file)
    let ids = Set(own.map(\.id))
    parameters.devices.removeAll { ids.contains($0.id) }
    parameters.devices += own
    return CaseInput(name: FileAccess.name(of: file), sha256: FileAccess.sha256(data))
  }

  /// What the planner is asked.
  func options(lesions: [String]) -> AblationOptions {
    var options = AblationOptions()
    options.lesions = lesions.isEmpty ? nil : Set(lesions)
    options.placement = placement
    options.device = device
    if !position.isEmpty { options.positions = position.compactMap(PatientPosition.init(rawValue:)) }
    if let candidates { options.candidates = candidates }
    return options
  }
}
