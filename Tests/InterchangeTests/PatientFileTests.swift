// SPDX-License-Identifier: Apache-2.0
import Cases
import Facts
import Testing

@testable import Interchange

@Suite("Patient files")
struct PatientFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func read(_ text: String) throws -> PatientFile {
    try PatientFileReader.read(try scratch.write("p.yaml", text))
  }

  private func refusal(_ text: String) throws -> String {
    do {
      _ = try read(text)
      return "accepted"
    } catch let error as InputErrors {
      return error.description
    } catch let error as InputError {
      return error.description
    }
  }

  @Test("every field is optional; units are in the keys and converted")
  func units() throws {
    let file = try read(
      """
      patient_id: P7
      histology: LMS
      disease_free_interval_years: 1.5
      fev1_percent_predicted: 72
      platelets_10e9_l: 180
      bilirubin_umol_l: 17.1
      ecog: 1
      pacemaker: no
      inr: unknown
      """)
    #expect(file.patientID == "P7")
    let values = file.record.statements.mapValues(\.value)
    #expect(values[.histology] == .word("leiomyosarcoma"))
    #expect(values[.diseaseFreeInterval] == .number(18))
    #expect(values[.fev1] == .number(72))
    #expect(values[.pacemaker] == .word("absent"))
    #expect(values[.inr] == nil)
    if case .number(let bilirubin)? = values[.bilirubin] {
      #expect(abs(bilirubin - 1) < 0.001)
    } else {
      Issue.record("no bilirubin")
    }
    #expect(file.record.priorTherapies == nil)
  }

  @Test("lung function and its tests, each in its units")
  func lungFunction() throws {
    let file = try read(
      """
      fev1_ml: 1600
      fev1_percent_predicted: 62
      vo2_peak_ml_kg_min: 14
      vo2_peak_percent: 55
      stair_climb_m: 20
      shuttle_walk_m: 380
      perfusion_right_percent: 40
      mrc_dyspnoea: 2
      body_surface_area_m2: 1.8
      """)
    let values = file.record.statements.mapValues(\.value)
    #expect(values[.fev1Volume] == .number(1.6))
    #expect(values[.fev1] == .number(62))
    #expect(values[.vo2Peak] == .number(14))
    #expect(values[.vo2PeakPercent] == .number(55))
    #expect(values[.stairClimb] == .number(20))
    #expect(values[.shuttleWalk] == .number(380))
    #expect(values[.perfusionRight] == .number(40))
    #expect(values[.mrcDyspnoea] == .number(2))
    #expect(values[.bodySurfaceArea] == .number(1.8))
  }

  @Test("JSON is read by the same keys")
  func json() throws {
    let file = try read(#"{"ecog": 2, "sex": "female", "priorTherapies": []}"#)
    #expect(file.record.statements[.ecog]?.value == .number(2))
    #expect(file.record.priorTherapies == [])
  }

  @Test("names and birth dates are not kept")
  func identity() throws {
    let file = try read("name: Doe^Jane\nbirth_date: 1970-01-01\necog: 0")
    #expect(file.record.statements.count == 1)
    #expect(file.warnings.count == 2)
    #expect(!"\(file)".contains("Doe"))
  }

  @Test("prior therapies")
  func therapies() throws {
    let file = try read(
      "prior_therapies:\n  - {kind: sbrt, lesion: L2, side: right, months_ago: 14}\n  - kind: resection\n    site: lung"
    )
    #expect(
      file.record.priorTherapies == [
        PriorTherapy(kind: .sbrt, lesion: "L2", site: nil, side: "right", monthsAgo: 14),
        PriorTherapy(kind: .resection, lesion: nil, site: "lung", side: nil, monthsAgo: nil),
      ])
  }

  @Test(
    "what is wrong is refused with its line and what to do",
    arguments: [
      ("fev1_l: 1600", "1600 L is not plausible for fev1Volume"), ("fev1_ml: 1.6", "not plausible"),
      ("dlco_percent_predicted: 220", "220 % predicted is not plausible for dlco"),
      ("dlco: 80", "dlco_percent_predicted"),
      ("shuttle_walk: 400", "shuttle_walk_m"), ("vo2_peak: 15", "vo2_peak_ml_kg_min"),
      ("perfusion_right_percent: 140", "not plausible"),
      ("perfusion_right_percent: 0.55", "write per cent: 55"), ("ecog: 7", "not plausible"),
      ("inr: high", "no number"), ("inr: .nan", "no number"),
      ("fev1: 72", "fev1_percent_predicted"), ("platelet_count: 4", "unknown key"),
      ("ecgo: 1", "did you mean ecog"), ("histology: unicorn", "no value of histology"),
      ("- a\n- b", "no patient file"), ("ecog: [1, 2]", "single value"),
      ("longest_axial_diameter_mm: 12", "about a lesion"), ("ecog: 1\necog: 2", "not valid YAML"),
      ("prior_therapies: {kind: sbrt}", "must be a list"),
      ("prior_therapies:\n - {kind: magic}", "needs its kind"),
      ("prior_therapies:\n - {kind: sbrt, side: up}", "no side"), ("ecog: \"1", "not valid YAML"),
      ("prior_therapies:\n - {kind: resection, lesion: [L1, L3]}", "single value"),
    ])
  func refusals(text: String, words: String) throws {
    let message = try refusal(text)
    #expect(message.contains(words), "\(message)")
  }
}
