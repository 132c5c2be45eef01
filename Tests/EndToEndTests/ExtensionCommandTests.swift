// SPDX-License-Identifier: Apache-2.0
import Fixtures
import Foundation
import Testing

/// Energies and sites are extended by data: what a protocol of a test adds is judged, planned, chosen and printed.
@Suite("A therapy and a site more, by a protocol alone", .serialized)
final class ExtensionCommandTests: CommandFolder {
  private func path(_ name: String) -> String {
    Repository.file("Tests/EndToEndTests/Protocols/\(name)").path
  }

  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The verdict of a therapy for a lesion; `nil` where it is not judged.
  private func verdict(_ assessment: Data, _ lesion: String, _ modality: String) throws -> String? {
    let lesions = try #require(try object(assessment)["lesions"] as? [[String: Any]])
    let own = try #require(lesions.first { $0["id"] as? String == lesion })
    let modalities = try #require(own["modalities"] as? [[String: Any]])
    return modalities.first { $0["modality"] as? String == modality }?["verdict"] as? String
  }

  private func proposals(_ plan: Data) throws -> [[String: Any]] {
    try #require(try object(plan)["proposals"] as? [[String: Any]])
  }

  @Test("electroporation of liver lesions")
  func electroporation() throws {
    #expect(try run("phantom", "write", "liver", "-o", "liver").status == 0)
    let imported = try run(
      "import", "--structures", "liver/structures.dcm", "--lesions", "liver/lesions.csv", "--patient",
      "liver/patient.yaml", "-o", "case.json")
    #expect(imported.status == 0, "\(imported.errors)")
    let (site, devices) = (path("electroporation.yaml"), path("electroporation-devices.yaml"))
    let checked = try run("protocol", "check", site)
    #expect(checked.status == 0, "\(checked.errors)")

    let before = try run("assess", "case.json", "--format", "json")
    let after = try run("assess", "case.json", "--format", "json", "--protocol", site)
    let lesions = try #require(try object(after.output)["lesions"] as? [[String: Any]])
    let id = try #require(lesions.first { $0["site"] as? String == "liver" }?["id"] as? String)
    #expect(try verdict(before.output, id, "irreversibleElectroporation") == nil)
    #expect(try verdict(after.output, id, "irreversibleElectroporation") != nil)
    let page = try run("assess", "case.json", "--protocol", site).text
    #expect(page.contains("IRE"))
    #expect(!(try run("assess", "case.json").text.contains("IRE")))

    let planned = try run(
      "plan", "case.json", "--modality", "irreversibleElectroporation", "--protocol", site, "--devices",
      devices, "--lesion", id, "--candidates", "2000", "--format", "json", "-o", "plan.json")
    #expect(planned.status == 0, "\(planned.errors)")
    let proposal = try #require(try proposals(planned.output).first?["proposal"] as? [String: Any])
    #expect(proposal["device"] as? String == "ire-test")
    let zones = try #require(proposal["zones"] as? [[String: Any]])
    #expect(!zones.isEmpty)
    // The planned margin reaches the rule that asks for it.
    let judged = try run(
      "assess", "case.json", "--plan", "plan.json", "--format", "json", "--protocol", site)
    #expect(judged.text.contains("liver.irreversibleElectroporation.margin"))

    let joint = try run(
      "plan", "case.json", "--protocol", site, "--devices", devices, "--samples", "0", "--alternatives", "0",
      "--fix", "\(id)=irreversibleElectroporation: wanted by a test", "--format", "json")
    #expect(joint.status == 0, "\(joint.errors)")
    let assignments = try #require(try object(joint.output)["assignments"] as? [[String: Any]])
    let own = try #require(assignments.first { $0["lesion"] as? String == id })
    #expect(own["modality"] as? String == "irreversibleElectroporation")
    #expect(!((own["proposal"] as? [Any])?.isEmpty ?? true))
    let sessions = try #require(try object(joint.output)["sessions"] as? [[String: Any]])
    #expect(sessions.contains { $0["modality"] as? String == "irreversibleElectroporation" })
  }

  @Test("SBRT of bone lesions")
  func bone() throws {
    try write(
      "l.csv",
      "lesion_id,site,longest_diameter_mm,x_mm,y_mm,z_mm,distance_to_spinal_cord_mm\nB1,bone,24,10,20,30,12\n"
    )
    try write("p.yaml", "ecog: 1\n")
    let imported = try run("import", "--lesions", "l.csv", "--patient", "p.yaml", "-o", "case.json")
    #expect(imported.status == 0, "\(imported.errors)")
    let site = path("bone-sbrt.yaml")
    #expect(try run("protocol", "check", site).status == 0)
    let before = try run("assess", "case.json", "--format", "json")
    let after = try run("assess", "case.json", "--format", "json", "--protocol", site)
    #expect(try verdict(before.output, "B1", "sbrt") == nil)
    #expect(try verdict(after.output, "B1", "sbrt") == "eligible")

    let planned = try run(
      "plan", "case.json", "--modality", "sbrt", "--protocol", site, "--format", "json")
    #expect(planned.status == 0, "\(planned.errors)")
    let proposal = try #require(try proposals(planned.output).first?["proposal"] as? [String: Any])
    let prescription = try #require(proposal["prescription"] as? [String: Any])
    #expect(prescription["scheme"] as? String == "B-30/3")
    #expect(try run("plan", "case.json", "--modality", "sbrt", "--protocol", site).text.contains("B1"))

    let joint = try run(
      "plan", "case.json", "--protocol", site, "--samples", "0", "--alternatives", "0", "--format", "json")
    #expect(joint.status == 0, "\(joint.errors)")
    let assignments = try #require(try object(joint.output)["assignments"] as? [[String: Any]])
    #expect(assignments.first?["modality"] as? String == "sbrt")
  }
}
