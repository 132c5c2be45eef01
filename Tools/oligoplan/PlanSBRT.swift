// SPDX-License-Identifier: Apache-2.0
import Anatomy
import ArgumentParser
import Cases
import Dosimetry
internal import Facts
import Foundation
import Interchange
import Planning
import Quantities
import Radiotherapy

/// Options of `oligoplan plan --modality sbrt`.
struct SBRTArguments: ParsableArguments {
  @Option(
    name: .long,
    help:
      "SBRT: a prescription scheme of the protocol for all lesions, or LESION=SCHEME for one; may be repeated."
  )
  var scheme: [String] = []

  @Option(
    name: .long, help: "SBRT: how targets are made, a technique of the protocol, as itv4DCT or noFourDCT.")
  var technique: String?

  @Option(
    name: .long, help: "SBRT: the distance of the estimate's nodes in millimetres, 1 to 5; 2.5 without it.")
  var grid: Double?

  @Option(
    name: .long,
    help:
      "SBRT: how far earlier doses may lie off their registered places: half axes in mm, one number or x,y,z."
  )
  var registrationUncertainty: String?

  @Option(
    name: .long, help: "SBRT: an assumption of recovery of the protocol, as nieder-cord; none without it.")
  var recovery: String?

  @Option(
    name: .long,
    help: "The day to which intervals are counted, YYYY-MM-DD; the newest scan of the case without it.")
  var on: String?

  /// The options that were given, by name.
  var given: [String] {
    [
      scheme.isEmpty ? nil : "--scheme", technique.map { _ in "--technique" }, grid.map { _ in "--grid" },
      registrationUncertainty.map { _ in "--registration-uncertainty" }, recovery.map { _ in "--recovery" },
      on.map { _ in "--on" },
    ].compactMap(\.self)
  }

  func validate() throws {
    if let grid, !(1...5).contains(grid) { throw ValidationError("--grid lies between 1 and 5 mm") }
    if let text = registrationUncertainty, uncertainty(text) == nil {
      throw ValidationError("--registration-uncertainty is one number of mm or x,y,z, each 0 to 50")
    }
    if let on, SBRTOptions.date(on) == nil { throw ValidationError("--on is a day, YYYY-MM-DD") }
  }

  private func uncertainty(_ text: String) -> RegistrationUncertainty? {
    let numbers = text.split(separator: ",").compactMap { Double($0) }.map(Length.millimeters)
    guard numbers.count == text.split(separator: ",", omittingEmptySubsequences: false).count else {
      return nil
    }
    switch numbers.count {
    case 1: return RegistrationUncertainty(x: numbers[0], y: numbers[0], z: numbers[0])
    case 3: return RegistrationUncertainty(x: numbers[0], y: numbers[1], z: numbers[2])
    default: return nil
    }
  }

  /// The options in force as the command takes them, by name.
  ///
  /// What the protocol assumes is kept apart from what the user gave: the plan asks for it to be confirmed.
  func settings(_ parameters: RadiotherapyParameters?) -> [String: [String]] {
    [
      "scheme": scheme, "technique": [technique].compactMap(\.self),
      "technique\(PlanRepetition.assumed)": technique == nil
        ? [parameters?.assumedTechnique].compactMap(\.self) : [],
      "grid": [String(grid ?? Self.usualGrid)],
      "registration-uncertainty": [registrationUncertainty].compactMap(\.self),
      "recovery": [recovery].compactMap(\.self), "on": [on].compactMap(\.self),
    ]
  }

  /// The distance of the estimate's nodes where none is given, in millimetres.
  private static let usualGrid = 2.5

  /// What the planner is asked.
  ///
  /// - Parameter day: to which intervals are counted; `nil` where it is unknown.
  func options(lesions: [String], day: String?) -> SBRTOptions {
    var options = SBRTOptions()
    options.technique = technique
    options.lesions = lesions.isEmpty ? nil : Set(lesions)
    options.spacing = .millimeters(grid ?? Self.usualGrid)
    options.uncertainty = registrationUncertainty.flatMap(uncertainty)
    options.recovery = recovery
    options.day = day
    for text in scheme {
      // A scheme's own id may hold no equals sign.
      if let equals = text.firstIndex(of: "=") {
        options.schemes[String(text[..<equals])] = String(text[text.index(after: equals)...])
      } else {
        options.schemeForAll = text
      }
    }
    return options
  }

}
