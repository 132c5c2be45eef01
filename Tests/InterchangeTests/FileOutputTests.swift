// SPDX-License-Identifier: Apache-2.0
import Cases
import Dosimetry
import Foundation
import Phantoms
import Testing

@testable import Interchange

@Suite("Outputs: whole or not at all, as private as before, never over an input")
struct FileOutputTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path(name))
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: scratch.url.path)) ?? []).sorted()
  }

  private func patientCase() throws -> PatientCase {
    try #require(try PhantomCatalogue.make(name: "spheres")).patientCase
  }

  @Test("an overwritten file keeps its permissions, and a case's files theirs")
  func permissions() throws {
    let path = try scratch.write("plan.json", "old")
    chmod(path, 0o600)
    try FileAccess.write(Data("new".utf8), to: path)
    #expect(try mode("plan.json") == 0o600)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    try CaseStore.write(try patientCase(), to: scratch.path("case"), tool: "test")
    for name in ["case", "case/case.json", "case/bodies.bin"] { chmod(scratch.path(name), 0o700) }
    try CaseStore.write(try patientCase(), to: scratch.path("case"), tool: "test")
    for name in ["case", "case/case.json", "case/bodies.bin"] { #expect(try mode(name) == 0o700, "\(name)") }
  }

  @Test("a link stays a link")
  func links() throws {
    _ = try scratch.write("real.json", "old")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link.json"), withDestinationPath: "real.json")
    try FileAccess.write(Data("new".utf8), to: scratch.path("link.json"))
    #expect(try String(contentsOfFile: scratch.path("real.json"), encoding: .utf8) == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link.json")) == "real.json")
  }

  @Test("where one output cannot be written, the others stay as they were and nothing is left")
  func together() throws {
    _ = try scratch.write("plan.json", "old")
    var outputs = OutputSet()
    outputs.add(Data("new".utf8), to: scratch.path("plan.json"))
    outputs.add(folder: [("a.svg", Data("x".utf8))], to: scratch.path("pages")) { _ in true }
    outputs.add(Data("x".utf8), to: scratch.path("absent/pieces.dcm"))
    let refusal = #expect(throws: InputError.self) { try outputs.publish() }
    #expect(refusal?.kind == .cannotWrite && refusal?.file == scratch.path("absent/pieces.dcm"))
    #expect(try String(contentsOfFile: scratch.path("plan.json"), encoding: .utf8) == "old")
    #expect(names == ["plan.json"])
  }

  @Test("a folder is replaced whole, and one that holds something else is not touched")
  func folders() throws {
    func publish(_ files: [String]) throws {
      var outputs = OutputSet()
      outputs.add(folder: files.map { ($0, Data($0.utf8)) }, to: scratch.path("pages")) {
        $0.hasSuffix(".svg")
      }
      try outputs.publish()
    }
    try publish(["a.svg", "b.svg"])
    try publish(["c.svg"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("pages")) == ["c.svg"])
    _ = try scratch.write("pages/letter.txt", "mine")
    #expect(throws: InputError.self) { try publish(["d.svg"]) }
    #expect(try String(contentsOfFile: scratch.path("pages/letter.txt"), encoding: .utf8) == "mine")
    #expect(names == ["pages"])
  }

  @Test("a case without a dose replaces one with a dose")
  func reimport() throws {
    var dosed = try patientCase()
    let grid = try DoseGrid(
      origin: .zero, spacing: SIMD2(2, 2), columns: 2, rows: 2, planes: [0, 3],
      gray: [1, 2, 3, 4, 5, 6, 7, 8])
    dosed.doses = [
      CourseDose(
        name: "d", grid: grid, summation: .plan, fractions: 5, prescription: nil, date: nil,
        sources: ["d.dcm"],
        registration: nil)
    ]
    try CaseStore.write(dosed, to: scratch.path("case"), tool: "test")
    #expect(try CaseStore.read(scratch.path("case")).patientCase.doses == dosed.doses)
    #expect(FileManager.default.fileExists(atPath: scratch.path("case/doses.bin")))
    try CaseStore.write(try patientCase(), to: scratch.path("case"), tool: "test")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("case/doses.bin")))
    #expect(try CaseStore.read(scratch.path("case")).patientCase == patientCase())
  }

  @Test("what a killed process left is taken away; what another one is writing is not")
  func leftovers() throws {
    let killed = ".case.\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: scratch.path(killed), withIntermediateDirectories: false)
    _ = try scratch.write(killed + "/case.json", "half")
    let alive = ".case.\(UUID().uuidString)"
    let held = try Descriptor.reading(try scratch.write(alive, "half"))
    #expect(flock(held.number, LOCK_EX | LOCK_NB) == 0)
    _ = try scratch.write(".case.backup", "somebody's own")
    try CaseStore.write(try patientCase(), to: scratch.path("case"), tool: "test")
    #expect(names == [".case.backup", alive, "case"].sorted())
    withExtendedLifetime(held) {}
  }

  @Test("a former case that a killed process set aside comes back")
  func setAside() throws {
    try CaseStore.write(try patientCase(), to: scratch.path("case"), tool: "test")
    rename(scratch.path("case"), scratch.path(".case.\(UUID().uuidString).former"))
    let output = try StagedOutput(for: scratch.path("case"), isFolder: true)
    #expect(try CaseStore.read(scratch.path("case")).patientCase == patientCase())
    withExtendedLifetime(output) {}
  }

  @Test("outputs within the case, over an input or over one another are refused")
  func refusedNames() throws {
    try CaseStore.write(try patientCase(), to: scratch.path("case"), tool: "test")
    _ = try scratch.write("rules.yaml", "id: x")
    link(scratch.path("rules.yaml"), scratch.path("hard.yaml"))
    try FileManager.default.createSymbolicLink(atPath: scratch.path("soft"), withDestinationPath: "case")
    func refuses(_ outputs: [String], _ inputs: [String] = ["case", "rules.yaml"]) -> Bool {
      do {
        try OutputNames.check(outputs.map(scratch.path), against: inputs.map(scratch.path))
        return false
      } catch { return error.kind == .cannotWrite }
    }
    for wrong in [
      "case/case.json", "case/bodies.bin", "case/new.json", "case", "soft/x.json", "rules.yaml", "hard.yaml",
    ] {
      #expect(refuses([wrong]), "\(wrong)")
    }
    #expect(refuses(["case/x.json"], ["case/case.json"]))
    #expect(refuses(["a.json", "b.json", "./a.json"]))
    #expect(refuses(["pages", "pages/plan.json"]))
    #expect(!refuses(["a.json", "b.json", "pages"]))
    #expect(!refuses(["cases.json"]))
    // A case in one file may lie among other files.
    try FileManager.default.createDirectory(
      atPath: scratch.path("single"), withIntermediateDirectories: false)
    try CaseStore.write(try patientCase(), to: scratch.path("single/case.json"), tool: "test")
    #expect(!refuses(["single/plan.json"], ["single/case.json"]))
    #expect(!refuses(["a.json"], ["-"]))
    try OutputNames.check(["/dev/stdout", "/dev/stdout"], against: [])
  }
}
