// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Planning
public import Registry

extension Worklists {
  /// Keeps what was said of every patient in a registry; patients without an id are not kept, for nobody could find them again.
  ///
  /// - Parameters:
  ///   - registry: opened to be written.
  ///   - time: of the run, as `YYYY-MM-DDThh:mm:ssZ`.
  ///   - inputs: the inputs' names, for people.
  /// - Returns: what was kept, and how many patients have no id.
  /// - Throws: `RegistryError`; `InputError` where the journal cannot be read. Nothing of the run is then kept.
  public func keep(
    in registry: RegistryStore, time: String, inputs: [String]
  ) throws -> (kept: RegistryStore.Kept, nameless: Int) {
    let run = RegistryRun(
      time: time, tool: tool, protocolSHA256: careProtocol.sha256, protocolName: careProtocol.name,
      inputs: inputs.joined(separator: ", "))
    let decoder = JSONDecoder()
    var nameless = 0
    let kept = try registry.record(run) { keep in
      try journal.replay { data in
        let line = try decoder.decode(TriageLine.self, from: data)
        guard let patient = line.patientID, !patient.isEmpty else {
          nameless += 1
          return
        }
        try keep(Self.entry(line, patient))
      }
    }
    return (kept, nameless)
  }

  private static func entry(_ line: TriageLine, _ patient: String) -> RegistryEntry {
    RegistryEntry(
      patient: patient, tool: line.tool, inputSHA256: line.inputSHA256,
      options: (line.options ?? []).joined(separator: " "), advice: line.advice,
      lists: line.rows.map(\.service).joined(separator: " "),
      errors: (line.errors ?? []).map {
        [$0.place, $0.message].filter { !$0.isEmpty }.joined(separator: ": ")
      }
      .joined(separator: "; "),
      verdicts: (line.lesions ?? []).flatMap { lesion in
        lesion.therapies.map {
          RegistryEntry.Verdict(
            lesion: lesion.id, modality: $0.modality, verdict: $0.verdict, leading: $0.leading)
        }
      })
  }
}

extension RegistryError {
  /// As the command says it of a file.
  public func words(of file: String) -> InputError {
    let kind: InputError.Kind =
      switch self.kind {
      case .notFound: .notFound
      case .busy, .unwritable: .cannotWrite
      case .unreadable, .newer, .unknown: .invalid
      }
    return InputError(kind, file: file, message, advice: advice)
  }
}
