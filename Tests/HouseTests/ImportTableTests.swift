// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The house's table, written out: what each target may import of ours and of others.
private let table: [String: Set<String>] = [
  "Quantities": [],
  "Parallelism": ["Foundation", "Dispatch", "Synchronization"],
  "Vocabulary": [],
  "Evidence": ["Vocabulary"],
  "Facts": ["Vocabulary"],
  "Reasons": ["Vocabulary", "Facts"],
  "Optimization": ["CCBC", "Synchronization"],
  "Registry": ["GRDB", "Foundation"],
  "PlanarGeometry": ["Quantities", "CGEOS", "Foundation"],
  "Anatomy": [
    "Parallelism", "Quantities", "Vocabulary", "PlanarGeometry", "Foundation", "Dispatch", "Synchronization",
  ],
  "Dosimetry": [
    "Parallelism", "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy", "Foundation",
  ],
  "Packing": ["CCompression"],
  "Imaging": ["Parallelism", "Quantities", "Vocabulary", "PlanarGeometry", "Anatomy", "Foundation"],
  "Cases": [
    "Parallelism", "Quantities", "Vocabulary", "Facts", "Anatomy", "Imaging", "Dosimetry", "Foundation",
  ],
  "Eligibility": ["Quantities", "Vocabulary", "Evidence", "Facts", "Reasons", "Foundation"],
  "Radiotherapy": [
    "Parallelism", "Quantities", "Vocabulary", "Evidence", "Anatomy", "Dosimetry", "Cases", "Facts",
    "Reasons",
    "Eligibility",
    "Foundation", "Synchronization",
  ],
  "Ablation": [
    "Parallelism", "Quantities", "Vocabulary", "Evidence", "Anatomy", "Cases", "Facts", "Reasons",
    "Eligibility",
    "Optimization",
    "Foundation",
  ],
  "Resection": [
    "Parallelism", "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy", "Cases", "Facts",
    "Reasons",
    "Eligibility",
    "Foundation",
  ],
  "Planning": [
    "Parallelism", "Quantities", "Vocabulary", "Evidence", "Anatomy", "Dosimetry", "Cases", "Facts",
    "Reasons",
    "Eligibility",
    "Radiotherapy",
    "Ablation", "Resection", "Optimization", "Foundation", "Synchronization",
  ],
  "Triage": [
    "Quantities", "Vocabulary", "Evidence", "Anatomy", "Dosimetry", "Cases", "Facts", "Reasons",
    "Eligibility",
    "Radiotherapy", "Resection", "Planning",
  ],
  "Interchange": [
    "Parallelism", "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy", "Imaging",
    "Dosimetry", "Cases",
    "Facts", "Reasons", "Eligibility", "Radiotherapy", "Ablation", "Resection", "Planning", "Triage",
    "Optimization", "Registry", "Report", "CDCMTK",
    "CNIfTI",
    "COpenJPEG", "Packing", "CCrypto", "CFiles",
    "CProtocolData", "Yams", "Foundation", "Synchronization",
  ],
  "Report": [
    "Parallelism", "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy", "Imaging",
    "Dosimetry", "Cases",
    "Facts", "Reasons", "Eligibility", "Radiotherapy", "Ablation", "Resection", "Planning", "Triage",
    "Packing", "CReportPage", "Mustache", "Foundation",
  ],
]

/// The one importer of each C target.
private let soleImporters = [
  "CGEOS": "PlanarGeometry", "CDCMTK": "Interchange", "CNIfTI": "Interchange", "CCrypto": "Interchange",
  "CProtocolData": "Interchange", "CFiles": "Interchange", "CCompression": "Packing",
  "COpenJPEG": "Interchange", "CCBC": "Optimization",
  "CReportPage": "Report", "GRDB": "Registry",
]

@Suite("The house keeps one direction of dependency")
struct ImportTableTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func swiftFiles(_ folder: URL) -> [URL] {
    let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (walker?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  private static func imports(_ file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let at = words.firstIndex(of: "import"), at <= 1, at + 1 < words.count,
        at == 0 || ["public", "internal", "private", "package", "@testable"].contains(words[0])
      else { return nil }
      return words[at + 1]
    }
  }

  /// The names of the types that a source declares, whatever follows them: a brace, a colon, a parameter list.
  private static func typeNames(in text: String) -> [String] {
    text.matches(of: /\b(?:struct|class|enum|actor|protocol|typealias)\s+([A-Za-z_][A-Za-z0-9_]*)/).map {
      String($0.1)
    }
  }

  @Test("names of types are found whatever follows them")
  func typeNamesAreFound() {
    let text = "struct Cases{}\nenum Protocol: Int {}\nfinal class  Report<T> {}\nactor A\n{}"
    #expect(Self.typeNames(in: text) == ["Cases", "Protocol", "Report", "A"])
  }

  @Test("every import below Sources is in the table", arguments: table.keys.sorted())
  func importsAreDeclared(target: String) throws {
    let files = Self.swiftFiles(Self.root.appendingPathComponent("Sources/\(target)"))
    #expect(!files.isEmpty)
    for file in files {
      for name in try Self.imports(file) {
        #expect(
          table[target]?.contains(name) == true, "\(file.lastPathComponent) of \(target) imports \(name)")
      }
    }
  }

  @Test("every Swift target below Sources is in the table")
  func targetsAreKnown() throws {
    let folder = Self.root.appendingPathComponent("Sources")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names.filter { !$0.hasPrefix("C") || $0 == "Cases" }) == Set(table.keys))
  }

  @Test("every C target has one importer", arguments: soleImporters.keys.sorted())
  func cTargetsStayBehindOneModule(target: String) throws {
    var importers: Set<String> = []
    for name in table.keys {
      for file in Self.swiftFiles(Self.root.appendingPathComponent("Sources/\(name)"))
      where try Self.imports(file).contains(target) { importers.insert(name) }
    }
    #expect(importers == [try #require(soleImporters[target])])
  }

  @Test("sources import Phantoms nowhere, and no type is named Protocol or after its module")
  func namesThatDoNotCompileForUsers() throws {
    for target in table.keys {
      for file in Self.swiftFiles(Self.root.appendingPathComponent("Sources/\(target)")) {
        let text = try String(contentsOf: file, encoding: .utf8)
        for name in Self.typeNames(in: text) {
          #expect(name != "Protocol" && name != target, "\(file.lastPathComponent)")
        }
      }
    }
  }
}
