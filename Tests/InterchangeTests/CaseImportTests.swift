// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Facts
import Foundation
import Phantoms
import Testing
import Vocabulary

@testable import Interchange

@Suite("Files brought together")
struct CaseImportTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func thorax() throws -> String {
    let path = scratch.path("rs.dcm")
    let phantom = try #require(try PhantomCatalogue.make(name: "thorax"))
    try RTStructureSetWriter(phantom.patientCase).write(to: path)
    return path
  }

  private func run(lists: [String], structures: [String] = [], patient: String? = nil) throws -> PatientCase {
    var work = CaseImport()
    work.structureSets = structures
    work.lesionLists = try lists.enumerated().map { try scratch.write("l\($0.offset).csv", $0.element) }
    work.patientFile = try patient.map { try scratch.write("p.yaml", $0) }
    return try work.run()
  }

  private func refusal(lists: [String], structures: [String] = [], patient: String? = nil) throws -> String {
    do {
      _ = try run(lists: lists, structures: structures, patient: patient)
      return "accepted"
    } catch let error as InputError { return error.description }
  }

  @Test("two lists add up; an id that stands in both is refused, not merged")
  func twoLists() throws {
    let result = try run(lists: ["lesion_id,site\nA,lung", "lesion_id,site\nB,liver"])
    #expect(result.lesions.map(\.id) == ["A", "B"])
    #expect(
      try refusal(lists: ["site,longest_diameter_mm\nliver,38", "site,longest_diameter_mm\nlung,9"])
        .contains("imported already"))
  }

  @Test("a row about a contoured lesion adds to it, by id or by place")
  func merging() throws {
    let structures = [try thorax()]
    let byID = try run(lists: ["lesion_id,prior_local_therapy\nL5,sbrt"], structures: structures)
    #expect(byID.lesions.count == 7)
    #expect(byID.lesions.first { $0.id == "L5" }?.statements[.priorTherapyHere]?.value == .word("sbrt"))
    let place = try #require(byID.lesions.first { $0.id == "L5" }?.position)
    let row = "lesion_id,x_mm,y_mm,z_mm,prior_local_therapy\nN9,\(place.x),\(place.y),\(place.z),ablation"
    let byPlace = try run(lists: [row], structures: structures)
    #expect(byPlace.lesions.count == 7)
    #expect(
      byPlace.lesions.first { $0.id == "L5" }?.statements[.priorTherapyHere]?.value == .word("ablation"))
    #expect(
      try refusal(lists: [row + "\nN10,\(place.x + 1),\(place.y),\(place.z),none"], structures: structures)
        .contains("second row"))
  }

  @Test("a list that contradicts the contours about side, site or lobe is refused")
  func contradictions() throws {
    let structures = [try thorax()]
    #expect(try refusal(lists: ["lesion_id,side\nL5,right"], structures: structures).contains("Lung_LLL"))
    #expect(
      try refusal(lists: ["lesion_id,site\nL5,liver"], structures: structures).contains("is said to be liver")
    )
    #expect(try refusal(lists: ["lesion_id,lobe\nL5,LUL"], structures: structures).contains("LUL"))
    #expect(try run(lists: ["lesion_id,side,lobe\nL5,left,LLL"], structures: structures).lesions.count == 7)
  }

  @Test("a prior therapy to a lesion that is not there is refused with a guess")
  func priorTherapy() throws {
    let message = try refusal(
      lists: ["lesion_id,site\nL1,lung"], patient: "prior_therapies:\n - {kind: sbrt, lesion: l2}")
    #expect(message.contains("did you mean L1"))
  }

  @Test("a place far from the contours of that name is refused, an unmatched row told")
  func places() throws {
    let structures = [try thorax()]
    #expect(
      try refusal(lists: ["lesion_id,x_mm,y_mm,z_mm\nL5,-80,30,40"], structures: structures)
        .contains("mm from the contours"))
    let further = try run(lists: ["lesion_id,site,side\nX1,lung,left"], structures: structures)
    #expect(further.lesions.count == 8)
    #expect(further.warnings.contains { $0.contains("counts as a further one") })
    #expect(
      try refusal(lists: ["patient_id,lesion_id,site\nOTHER,L5,lung"], structures: structures).contains(
        "OTHER"))
  }

  @Test("two patients are never one case")
  func patients() throws {
    #expect(
      try refusal(lists: ["patient_id,lesion_id,site\nP1,A,lung"], patient: "patient_id: P2").contains("P2"))
  }

  @Test("a diaphragm is derived for every lung that has none drawn")
  func diaphragms() throws {
    let result = try run(lists: [], structures: [try thorax()])
    #expect(
      result.structures.filter { $0.name.role == .diaphragm }.map(\.name.tg263).sorted()
        == ["Diaphragm_L", "Diaphragm_R"])
  }

  @Test("balls made from diameters are not written as contours")
  func modelledBodies() throws {
    let result = try run(lists: ["lesion_id,site,longest_diameter_mm,x_mm,y_mm,z_mm\nA,lung,12,0,0,0"])
    #expect(throws: InputError.self) {
      try RTStructureSetWriter(result).write(to: scratch.path("out.dcm"))
    }
    #expect(RTStructureSetWriter(result).uncontoured == ["A"])
  }

  @Test("lesions within one another are warned about")
  func twice() throws {
    let result = try run(lists: [
      "lesion_id,site,longest_diameter_mm,x_mm,y_mm,z_mm\nA,lung,12,0,0,0\nB,lung,11,1,1,0\nC,lung,9,50,0,0"
    ])
    #expect(result.warnings.filter { $0.contains("within one another") }.count == 1)
  }
}
