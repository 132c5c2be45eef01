// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Facts
import Foundation
import Phantoms
import Quantities
import Testing
import Vocabulary

@testable import Interchange

@Suite("Cases on disk")
struct CaseStoreTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A case with everything a case can hold.
  private func fullCase() throws -> PatientCase {
    let phantom = try #require(try PhantomCatalogue.make(name: "liver"))
    var result = phantom.patientCase
    result.warnings = ["a warning – with a dash"]
    result.inputs = [CaseInput(name: "rs.dcm", sha256: "ab")]
    result.patient.priorTherapies = [
      PriorTherapy(kind: .sbrt, lesion: "H1", site: nil, side: "left", monthsAgo: 7.5),
      PriorTherapy(kind: .systemic, lesion: nil, site: nil, side: nil, monthsAgo: nil),
    ]
    result.lesions[0].statements = [
      .longestAxialDiameter: Statement(.interval(12, 19.25), source: "list, line 2"),
      .priorTherapyHere: Statement(.word("none"), source: "list, line 2"),
      .clearance(.heart): Statement(.number(3.3), source: "list, line 2"),
    ]
    result.lesions.append(
      Lesion(
        id: "ball", sourceName: "ball", site: .lung, side: .left, lobe: .leftLower, position: SIMD3(1, 2, 3),
        body: .modelled(try Solid.ball(centre: SIMD3(1, 2, 3), diameter: .millimeters(11))), warnings: ["w"]))
    result.targets = [
      TargetVolume(sourceName: "PTV", solid: result.structures[0].solid, lesions: ["H1"])
    ]
    result.markers = [Marker(sourceName: "iso", isLine: false, points: [SIMD3(1, 2, 3)])]
    return result
  }

  @Test("a case comes back as it was", arguments: ["case", "case.json"])
  func roundTrip(name: String) throws {
    let original = try fullCase()
    try CaseStore.write(original, to: scratch.path(name), tool: "test")
    let back = try CaseStore.read(scratch.path(name))
    #expect(back.patientCase == original)
    // Writing again gives the same document, and so the same hash.
    try CaseStore.write(back.patientCase, to: scratch.path("again" + name), tool: "test")
    #expect(try CaseStore.read(scratch.path("again" + name)).sha256 == back.sha256)
  }

  @Test("a changed body is noticed")
  func tampering() throws {
    try CaseStore.write(try fullCase(), to: scratch.path("case"), tool: "test")
    let url = scratch.url.appendingPathComponent("case/bodies.bin")
    var bytes = try Data(contentsOf: url)
    bytes[1000] ^= 1
    try bytes.write(to: url)
    #expect(throws: InputError.self) { try CaseStore.read(scratch.path("case")) }
  }

  @Test("foreign, newer and missing cases are refused with their reason")
  func refusals() throws {
    let cases = [
      ("a.json", "{\"schema\": \"oligoplan.case/2\"}", "not oligoplan.case/1"), ("b.json", "{}", "missing"),
      ("c.json", "hello", "no case"),
    ]
    for (name, text, words) in cases {
      let path = try scratch.write(name, text)
      do {
        _ = try CaseStore.read(path)
        Issue.record("accepted \(name)")
      } catch let error as InputError { #expect(error.description.contains(words), "\(error)") }
    }
    do { _ = try CaseStore.read(scratch.path("nothing")) } catch let error as InputError {
      #expect(error.kind == .notFound)
    }
  }

  @Test("a directory that is not ours is never replaced")
  func foreignDirectory() throws {
    try FileManager.default.createDirectory(atPath: scratch.path("mine"), withIntermediateDirectories: true)
    _ = try scratch.write("mine/thesis.txt", "years of work")
    do {
      try CaseStore.write(try fullCase(), to: scratch.path("mine"), tool: "test")
      Issue.record("replaced a foreign directory")
    } catch let error as InputError { #expect(error.kind == .cannotWrite) }
    #expect(FileManager.default.fileExists(atPath: scratch.path("mine/thesis.txt")))
    do {
      try CaseStore.write(try fullCase(), to: scratch.path("no/such/folder/case.json"), tool: "test")
    } catch let error as InputError { #expect(error.kind == .cannotWrite) }
  }

  @Test("a case folder with anything else in it is never replaced, and a link stays a link")
  func neighbours() throws {
    try CaseStore.write(try fullCase(), to: scratch.path("case"), tool: "test")
    try CaseStore.write(try fullCase(), to: scratch.path("case"), tool: "test")
    _ = try scratch.write("case/lesions.csv", "lesion_id,site\n")
    #expect(throws: InputError.self) {
      try CaseStore.write(try fullCase(), to: scratch.path("case"), tool: "test")
    }
    #expect(FileManager.default.fileExists(atPath: scratch.path("case/lesions.csv")))
    _ = try scratch.write("real.json", "old")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link.json"), withDestinationPath: scratch.path("real.json"))
    try FileAccess.write(Data("new".utf8), to: scratch.path("link.json"))
    #expect(try String(contentsOfFile: scratch.path("real.json"), encoding: .utf8) == "new")
    #expect(
      (try FileManager.default.attributesOfItem(atPath: scratch.path("link.json"))[.type]
        as? FileAttributeType)
        == .typeSymbolicLink)
  }

  @Test("SHA-256 is SHA-256")
  func hash() {
    #expect(
      FileAccess.sha256(Data("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("phantom files come back as the phantom's statements")
  func tables() throws {
    let phantom = try #require(try PhantomCatalogue.make(name: "thorax"))
    try FileAccess.write(CaseTables.patientFile(phantom.patientCase), to: scratch.path("p.yaml"))
    let file = try PatientFileReader.read(scratch.path("p.yaml"))
    #expect(file.patientID == phantom.patientCase.patientID)
    #expect(
      file.record.statements.mapValues(\.value) == phantom.patientCase.patient.statements.mapValues(\.value))
    #expect(file.record.priorTherapies == phantom.patientCase.patient.priorTherapies)
    try FileAccess.write(CaseTables.lesionList(phantom.patientCase), to: scratch.path("l.csv"))
    let list = try LesionListReader.read(scratch.path("l.csv"), .init())
    #expect(list.lesions.map(\.id) == phantom.patientCase.lesions.map(\.id))
    #expect(list.lesions.map(\.site) == phantom.patientCase.lesions.map(\.site))
  }
}
