// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Cases
import Foundation
import Interchange
import Phantoms
import Vocabulary

/// `oligoplan phantom`: synthetic patients with known truth.
struct PhantomCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phantom", abstract: "List or write synthetic patients with known truth.",
    subcommands: [List.self, Write.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the phantoms.")

    func run() throws {
      try Streams.reporting {
        for entry in PhantomCatalogue.all { try Streams.result("\(entry.name): \(entry.summary)\n") }
      }
    }
  }

  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a phantom: RTSTRUCT, RTDOSE where it has one, lesion list, patient file and its truth."
    )

    @Argument(help: "The phantom's name.")
    var name: String

    @Option(name: .long, help: "Moves the scene against the planes; the same seed gives the same files.")
    var seed: UInt64 = 1

    @Option(name: [.customShort("o"), .long], help: "The directory to write into; made when absent.")
    var output: String

    func run() throws {
      try Streams.reporting {
        guard let phantom = try PhantomCatalogue.make(name: name, seed: seed) else {
          throw ValidationError(
            "no phantom \(name); there are " + PhantomCatalogue.all.map(\.name).joined(separator: ", "))
        }
        let folder = URL(fileURLWithPath: output)
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        let patientCase = phantom.patientCase
        var outputs = OutputSet()
        outputs.add(
          try RTStructureSetWriter(patientCase).data(for: path("structures.dcm")), to: path("structures.dcm"))
        outputs.add(CaseTables.lesionList(patientCase), to: path("lesions.csv"))
        outputs.add(CaseTables.patientFile(patientCase), to: path("patient.yaml"))
        outputs.add(try PhantomTruthFile.json(phantom), to: path("truth.json"))
        for dose in patientCase.doses {
          outputs.add(
            try RTDoseWriter(dose, of: patientCase).data(for: path("dose.dcm")), to: path("dose.dcm"))
        }
        do {
          try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
          throw InputError(.cannotWrite, file: output, "cannot be made", advice: "check the folder above it")
        }
        try outputs.publish()
        let dose = phantom.patientCase.doses.isEmpty ? "" : " dose.dcm,"
        Streams.tell("wrote structures.dcm,\(dose) lesions.csv, patient.yaml and truth.json to \(output)")
      }
    }
  }
}

/// A phantom's truth as JSON, schema `oligoplan.truth/1`.
enum PhantomTruthFile {
  private struct Document: Encodable {
    let schema = "oligoplan.truth/1"
    let phantom: String
    let seed: UInt64
    let truth: [Entry]
    let places: [PlaceEntry]?
    let resection: ResectionEntry?
  }

  private struct PlaceEntry: Encodable {
    let lesion: String
    let site: String
    let side: String
    let lobe: String
  }

  private struct ResectionEntry: Encodable {
    let techniques: [TechniqueEntry]
    let together: [[String]]
    let wholeLobes: [String]
    let right: [String]
    let left: [String]
    struct TechniqueEntry: Encodable {
      let lesion: String
      let technique: String
      let derivation: String
    }
  }

  private struct Entry: Encodable {
    let lesion: String
    let quantity: String
    let structure: String?
    let value: Double
    let tolerance: Double
    let derivation: String
  }

  static func json(_ phantom: Phantom) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        phantom: phantom.name, seed: phantom.seed,
        truth: phantom.truth.map { truth in
          let (quantity, structure) = words(truth.quantity)
          return Entry(
            lesion: truth.lesion, quantity: quantity, structure: structure, value: truth.value,
            tolerance: truth.tolerance, derivation: truth.derivation)
        },
        places: phantom.places.isEmpty
          ? nil
          : phantom.places.map {
            PlaceEntry(
              lesion: $0.lesion, site: $0.site.rawValue, side: $0.side.rawValue, lobe: $0.lobe.abbreviation)
          },
        resection: phantom.resection.map { resection in
          ResectionEntry(
            techniques: resection.techniques.map {
              .init(lesion: $0.lesion, technique: $0.technique, derivation: $0.derivation)
            }, together: resection.together, wholeLobes: resection.wholeLobes, right: resection.right,
            left: resection.left)
        }))
  }

  private static func words(_ quantity: PhantomTruth.Quantity) -> (String, String?) {
    switch quantity {
    case .volumeCC: ("volumeCC", nil)
    case .longestAxialDiameterMM: ("longestAxialDiameterMM", nil)
    case .shortAxisMM: ("shortAxisMM", nil)
    case .greatestDiameterMM: ("greatestDiameterMM", nil)
    case .pleuralDepthMM: ("depthFromPleuraMM", nil)
    case .clearanceMM(let name): ("clearanceMM", name)
    }
  }
}
