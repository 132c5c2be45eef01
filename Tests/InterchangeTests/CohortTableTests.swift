// SPDX-License-Identifier: Apache-2.0
import Cases
import Facts
import Foundation
import Testing

@testable import Interchange

@Suite("Tables of many patients")
struct CohortTableTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func patients(
    _ text: String, _ options: LesionListOptions = LesionListOptions(), sheet: String? = nil
  ) throws -> [PatientRows] {
    let path = try scratch.write("\(UUID().uuidString).csv", text)
    let sheet = try sheet.map { try PatientSheet(try scratch.write("\(UUID().uuidString).csv", $0)) }
    var seen: Set<String> = []
    var source = try CohortTableSource(path, options, sheet: sheet, seen: &seen)
    var found: [PatientRows] = []
    while let rows = try source.next() { found.append(rows) }
    return found
  }

  private func cases(
    _ text: String, _ options: LesionListOptions = LesionListOptions(), sheet: String? = nil
  ) throws -> [PatientCase] {
    let reader = PatientLineReader(options)
    return try patients(text, options, sheet: sheet).map { try reader.patient($0) }
  }

  private func number(_ lesion: Lesion, _ fact: Fact) -> Double? {
    if case .number(let x)? = lesion.statements[fact]?.value { x } else { nil }
  }

  @Test("rows of a patient that stand apart are one patient, whatever their order")
  func scattered() throws {
    let rows = (0..<300).map { index in
      "P\(index % 7),\(index / 7),lung,\(5 + index % 20)"
    }
    let text = (["patient_id,lesion_id,site,longest_axial_diameter_mm"] + rows).joined(separator: "\n")
    let found = try patients(text)
    #expect(Set(found.map(\.patientID)) == Set((0..<7).map { "P\($0)" }) && found.count == 7)
    for patient in found {
      let own = rows.filter { $0.hasPrefix(patient.patientID + ",") }
      #expect(patient.rows.map { $0.fields.joined(separator: ",") } == own)
    }
    // Sorted, the same patients come with the same hashes.
    let sorted =
      (["patient_id,lesion_id,site,longest_axial_diameter_mm"] + rows.sorted { $0.prefix(2) < $1.prefix(2) })
    let again = try patients(sorted.joined(separator: "\n"))
    #expect(
      Dictionary(uniqueKeysWithValues: again.map { ($0.patientID, Set($0.rows.map(\.fields))) })
        == Dictionary(uniqueKeysWithValues: found.map { ($0.patientID, Set($0.rows.map(\.fields))) }))
  }

  @Test("a case made of rows is that of the list of that patient alone")
  func sameAsImport() throws {
    let header = "patient_id,lesion_id,site,lobe,longest_axial_diameter_mm,distance_to_heart_mm"
    let rows = ["A,1,lung,RUL,12,4", "A,2,lung,LLL,8,", "B,1,liver,,25,30"]
    let many = try cases(([header] + rows).joined(separator: "\n"))
    for patient in many {
      var work = CaseImport()
      let id = try #require(patient.patientID)
      work.lesionLists = [
        try scratch.write("own.csv", ([header] + rows.filter { $0.hasPrefix(id) }).joined(separator: "\n"))
      ]
      let own = try work.run()
      #expect(patient.lesions.map(\.id) == own.lesions.map(\.id))
      for (a, b) in zip(patient.lesions, own.lesions) {
        #expect(
          a.site == b.site && a.lobe == b.lobe
            && a.statements.mapValues(\.value) == b.statements.mapValues(\.value))
      }
    }
  }

  @Test("a wide table is the long one: numbers before or behind, lesions that are empty left out")
  func wide() throws {
    let long = try cases(
      """
      patient_id,lesion_id,site,lobe,longest_axial_diameter_mm,ecog
      A,1,lung,RUL,12,1
      A,2,lung,LLL,8,1
      B,2,liver,,25,
      """)
    let forms = [
      """
      patient_id;ecog;lesion1_site;lesion1_lobe;lesion1_longest_axial_diameter_mm;lesion2_site;lesion2_lobe;lesion2_longest_axial_diameter_mm
      A;1;lung;RUL;12;lung;LLL;8
      B;;;;;liver;;25
      """,
      """
      patient_id,site_1,lobe_1,longest_axial_diameter_mm_1,site_2,lobe_2,longest_axial_diameter_mm_2,ECOG
      A,lung,RUL,12,lung,LLL,8,1
      B,,,,liver,,25,
      """,
      """
      patient_id,Nodule 1 site,Nodule 1 lobe,Nodule 1 longest_axial_diameter_mm,Nodule 2 site,Nodule 2 lobe,Nodule 2 longest_axial_diameter_mm,ecog
      A,lung,RUL,12,lung,LLL,8,1
      B,,,,liver,,25,
      """,
    ]
    for form in forms {
      let wide = try cases(form)
      #expect(wide.map(\.patientID) == long.map(\.patientID))
      for (a, b) in zip(wide, long) {
        #expect(a.lesions.map(\.id) == b.lesions.map(\.id) && a.lesions.map(\.site) == b.lesions.map(\.site))
        #expect(
          a.lesions.map { $0.statements.mapValues(\.value) }
            == b.lesions.map { $0.statements.mapValues(\.value) })
        #expect(a.patient.statements.mapValues(\.value) == b.patient.statements.mapValues(\.value))
      }
    }
  }

  @Test("of several scan days the newest counts, and the day before it tells growth of the same lesion")
  func growth() throws {
    let found = try cases(
      """
      patient_id,lesion_id,site,size_cm,scan_date
      A,1,lung,1.2,2026-01-10
      A,1,lung,1.5,2026-03-10
      A,1,lung,2.1,2026-06-10
      A,2,lung,0.8,2026-06-10
      A,3,lung,0.9,2026-03-10
      """, LesionListOptions(diameterKind: .longestAxial))
    let patient = try #require(found.first)
    #expect(patient.lesions.map(\.id) == ["1", "2"] && patient.newestScan == "2026-06-10")
    #expect(number(patient.lesions[0], .longestAxialDiameter) == 21)
    #expect(number(patient.lesions[0], .earlierLongestDiameter) == 15)
    #expect(number(patient.lesions[0], .growthInterval) == 92)
    #expect(number(patient.lesions[1], .earlierLongestDiameter) == nil)
    #expect(patient.warnings.contains { $0.contains("3 rows of earlier scans") })
  }

  @Test("no growth is told of other diameters, and days that cannot be ordered are refused")
  func noGrowth() throws {
    let text = """
      patient_id,lesion_id,site,size_mm,scan_date
      A,1,lung,12,2026-01-10
      A,1,lung,15,2026-03-10
      """
    let found = try cases(text, LesionListOptions(diameterKind: .equivalent))
    #expect(number(found[0].lesions[0], .earlierLongestDiameter) == nil && found[0].lesions.count == 1)
    #expect(throws: InputErrors.self) {
      try cases(
        text.replacing("2026-01-10", with: "10/01/2026"), LesionListOptions(diameterKind: .longestAxial))
    }
  }

  @Test("what the table and the sheet say of a patient counts once; where they differ the patient is refused")
  func patientColumns() throws {
    let text = """
      patient_id,lesion_id,site,longest_axial_diameter_mm,age_years
      A,1,lung,12,61
      A,2,lung,9,61
      B,1,lung,12,50
      """
    let found = try cases(text, sheet: "patient_id,fev1_percent_predicted,ward\nA,80,3\nB,,4\nC,70,5")
    func said(_ patient: PatientCase, _ fact: Fact) -> Double? {
      if case .number(let x)? = patient.patient.statements[fact]?.value { x } else { nil }
    }
    #expect(said(found[0], .age) == 61 && said(found[0], .fev1) == 80)
    #expect(said(found[1], .age) == 50 && said(found[1], .fev1) == nil)
    #expect(throws: InputError.self) { try cases(text.replacing("9,61", with: "9,62")) }
    #expect(throws: InputError.self) { try cases(text, sheet: "patient_id,age_years\nA,60") }
    #expect(throws: InputError.self) { try cases(text, sheet: "name,age_years\nA,60") }
    #expect(throws: InputError.self) { try cases(text, sheet: "patient_id,fev1\nA,60") }
  }

  @Test("a table without patients, an empty one and rows that do not fit are refused or set aside")
  func wrong() throws {
    #expect(throws: InputError.self) { try patients("site,longest_axial_diameter_mm\nlung,12") }
    #expect(throws: InputError.self) { try patients("") }
    #expect(try patients("patient_id,site,longest_axial_diameter_mm\n,,\n \n").isEmpty)
    let reader = PatientLineReader(LesionListOptions())
    for rows in try patients("patient_id,site,longest_axial_diameter_mm\nA,lung\n") {
      #expect(throws: InputError.self) { try reader.patient(rows) }
    }
    // A blank id is not the row above's: merged cells would take lesions away from their patients.
    #expect(throws: InputError.self) {
      try patients("patient_id,site,longest_axial_diameter_mm\nA,lung,12\n,lung,9\n")
    }
    #expect(throws: InputError.self) {
      try patients("site,longest_axial_diameter_mm,patient_id\nlung,12,A\nlung,9\n")
    }
  }

  @Test("lesions of earlier scans that the newest does not show leave the numbers open, and are named")
  func unseen() throws {
    for text in [
      "patient_id,lesion_id,site,longest_axial_diameter_mm,scan_date\nA,1,lung,45,2026-03-01\nA,2,lung,15,2026-03-01\nA,3,liver,20,2026-03-05\n",
      "patient_id,site,longest_axial_diameter_mm,scan_date\nA,lung,45,2026-03-01\nA,lung,15,2026-03-01\nA,liver,20,2026-03-05\n",
    ] {
      let patient = try cases(text)[0]
      #expect(patient.lesions.count == 1 && patient.warnings.contains { $0.contains("may") })
      guard case .interval(let low, let high)? = patient.patient.statements[.metastasisCount]?.value else {
        Issue.record("the number is not open")
        continue
      }
      #expect(low == 1 && high == 3)
      guard case .interval(0, 2)? = patient.patient.statements[.lungMetastasisCount]?.value else {
        Issue.record("the number in the lungs is not open")
        continue
      }
    }
  }

  @Test("an earlier size is read as one of now is: units in cells, and a defect is said")
  func earlierCells() throws {
    let text = """
      patient_id,lesion_id,site,longest_axial_diameter_mm,scan_date
      A,1,lung,12 mm,2026-01-10
      A,1,lung,15,2026-03-10
      """
    #expect(number(try cases(text)[0].lesions[0], .earlierLongestDiameter) == 12)
    #expect(throws: InputErrors.self) { try cases(text.replacing("12 mm", with: "twelve")) }
  }

  @Test(
    "a number in a header makes a lesion of what says something of lesions alone",
    arguments: [
      "patient_id,lesion_id,site,longest_axial_diameter_mm,comment_1,comment_2\nA,7,lung,12,x,y\n",
      "patient_id,lesion_id,site,longest_axial_diameter_mm,L3_smi\nA,7,lung,12,45\n",
      "patient_id,lesion1_id,lesion1_site,lesion1_longest_axial_diameter_mm\nA,7,lung,12\n",
    ])
  func numbers(text: String) throws {
    let patient = try cases(text)[0]
    #expect(patient.lesions.map(\.id) == ["7"] && number(patient.lesions[0], .longestAxialDiameter) == 12)
  }

  @Test(
    "columns of one lesion beside those of several are refused by name, not read as either",
    arguments: [
      "patient_id,lobe,lesion_id,longest_axial_diameter_mm_1,longest_axial_diameter_mm_2\nA,RUL,7,12,13\n",
      "patient_id,lesion_id,site,longest_axial_diameter_mm,target_1_site\nA,1,lung,12,lung\n",
    ])
  func mixed(text: String) throws {
    do {
      _ = try patients(text)
      Issue.record("a mixture was read")
    } catch let error as InputError { #expect(error.message.contains("of several"), "\(error.message)") }
  }

  @Test(
    "a wide table's scan day holds for its lesions; columns that are not used are named; defects keep their words"
  )
  func wideRest() throws {
    let text = """
      patient_id,scan_date,ward,lesion1_site,lesion1_longest_axial_diameter_mm
      A,2026-01-10,3,lung,12
      A,2026-03-10,3,lung,15
      """
    let patient = try cases(text)[0]
    #expect(patient.newestScan == "2026-03-10" && number(patient.lesions[0], .earlierLongestDiameter) == 12)
    #expect(try patients(text)[0].table.ignored == ["ward"])
    do {
      _ = try patients("patient_id,site,longest_axial_diameter_mm,fev1\nA,lung,12,80\n")
      Issue.record("a figure without a unit was read")
    } catch let error as InputError { #expect(error.message.contains("fev1"), "\(error.message)") }
  }
}
