// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Facts
import Foundation
import Planning
import Quantities
import Reasons
import Testing
import Vocabulary

@testable import Interchange

@Suite("Lesion lists")
struct LesionListTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func read(_ text: String, _ options: LesionListOptions = .init(), name: String = "l.csv") throws
    -> LesionList
  {
    try LesionListReader.read(try scratch.write(name, text), options)
  }

  /// The message of what a list is refused with.
  private func refusal(_ text: String, _ options: LesionListOptions = .init(), name: String = "l.csv") throws
    -> String
  {
    do {
      _ = try read(text, options, name: name)
      return "accepted"
    } catch let error as InputErrors {
      return error.description
    } catch let error as InputError {
      return error.description
    }
  }

  private func size(_ lesion: Lesion) -> Statement.Value? { lesion.statements[.longestAxialDiameter]?.value }

  @Test("one row a lesion; units, sides, lobes and distances are read")
  func plain() throws {
    let list = try read(
      """
      lesion_id,site,lobe,side,longest_diameter_cm,short_axis_mm,distance_to_heart_mm,distance_to_bronchial_tree_cm,x_mm,y_mm,z_mm
      A,lung,RUL,right,1.2,9,14,2.1,10,20,30
      B,Liver,,,2.85,,,,,,
      """)
    #expect(list.lesions.map(\.id) == ["A", "B"])
    let a = list.lesions[0]
    #expect(a.site == .lung && a.lobe == .rightUpper && a.side == .right)
    #expect(size(a) == .number(12))
    #expect(a.statements[.clearance(.heart)]?.value == .number(14))
    #expect(a.statements[.clearance(.bronchialTree)]?.value == .number(21))
    #expect(a.position == SIMD3(10, 20, 30))
    #expect(a.body != nil)
    let b = list.lesions[1]
    #expect(size(b) == .number(28.5))
    #expect(b.side == nil && b.body == nil && b.statements[.shortAxis] == nil)
  }

  @Test(
    "CRLF, a byte-order mark, tabs, semicolons, quotes and line breaks in quotes are read",
    arguments: [
      "lesion_id,site,size_mm,note\r\nA,lung,12,x\r\nB,lung,14,y\r\n",
      "\u{FEFF}lesion_id,site,size_mm\nA,lung,12\nB,lung,14",
      "lesion_id\tsite\tsize_mm\nA\tlung\t12\nB\tlung\t14\n",
      "lesion_id;site;size_mm\nA;lung;12\nB;lung;14\n",
      "lesion_id,site,size_mm,note\nA,lung,12,\"near\nthe \"\"hilum\"\", left\"\n\n\"B\",\"lung\",\"14\",\n",
      "Lesion_ID, Site ,SIZE_MM\nA,LUNG,12\nB,pulmonary,14\n",
    ])
  func dialects(text: String) throws {
    let list = try read(text, .init(diameterKind: .longestAxial))
    #expect(list.lesions.map(\.id) == ["A", "B"])
    #expect(list.lesions.map(size) == [.number(12), .number(14)])
    #expect(list.lesions.allSatisfy { $0.site == .lung })
  }

  @Test("a size must say which diameter it is; other kinds become a band")
  func diameterKinds() throws {
    #expect(try refusal("lesion_id,site,diameter_mm\nA,lung,12").contains("which diameter"))
    let equivalent = try read("lesion_id,site,diameter_mm\nA,lung,20", .init(diameterKind: .equivalent))
    #expect(size(equivalent.lesions[0]) == .interval(14, 36))
    #expect(equivalent.lesions[0].statements[.longestAxialDiameter]?.isEstimate == true)
    let column = try read(
      "lesion_id,site,diameter_mm,diameter_kind\nA,lung,20,greatest\nB,lung,20,longest_axial")
    #expect(size(column.lesions[0]) == .interval(10, 20))
    #expect(size(column.lesions[1]) == .number(20))
    #expect(try refusal("lesion_id,diameter_mm,diameter_kind\nA,20,").contains("which diameter"))
    #expect(try refusal("lesion_id,diameter_mm,diameter_kind\nA,20,longish").contains("no kind of diameter"))
  }

  @Test(
    "what is wrong is refused with its line and what to do",
    arguments: [
      ("lesion_id,site,size\nA,lung,12", "no unit"),
      ("lesion_id,site,longest_diameter\nA,lung,12", "no unit"),
      ("lesion_id,distance_to_heart\nA,12", "no unit"),
      ("lesion_id,distance_to_haert_mm\nA,12", "did you mean heart"),
      ("lesion_id,longest_diameter_mm\nA,NaN", "line 2"),
      ("lesion_id,longest_diameter_mm\nA,inf", "no number"),
      ("lesion_id,longest_diameter_mm\nA,-4", "negative"),
      ("lesion_id,longest_diameter_mm\nA,0x1p3", "no number"),
      ("lesion_id,longest_diameter_mm\nA,\"12,5\"", "decimal point"),
      ("lesion_id,longest_diameter_cm\nA,30", "not plausible"),
      ("lesion_id,longest_diameter_mm\nA,300", "not plausible"),
      ("lesion_id,longest_diameter_mm\nA,12\nA,13", "stands twice"),
      ("lesion_id,longest_diameter_mm\n", "no lesion"),
      ("", "empty"),
      ("lesion_id,longest_diameter_mm\nA,\"12\nB,13", "quote"),
      ("lesion_id,longest_diameter_mm\nA,12,13", "3 fields"),
      ("lesion_id,site,longest_diameter_mm\nA,knee,12", "no known site"),
      ("lesion_id,site,side,lobe\nA,lung,left,RUL", "does not lie on the left"),
      ("lesion_id,site,lobe\nA,lung,upper", "side is missing"),
      ("lesion_id,x_mm,y_mm\nA,1,2", "x, y and z"),
      ("colour,shape\nred,round", "no column tells"),
      ("lesion_id,longest_diameter_mm,volume_cc\nA,10,20", "do not fit"),
      ("patient_id,lesion_id,site\nP1,A,lung\n,B,lung", "patient id is empty"),
      ("lesion_id,site,frame_of_reference_uid\nA,lung,1.2\nB,lung,1.3", "frame of reference"),
      ("lesion_id,longest_diameter_mm,short_axis_mm\nA,10,40", "swapped"),
      ("lesion_id,longest_diameter_mm,diameter_kind\nA,29,equivalent", "said to be equivalent"),
      ("lesion_id,longest_diameter_mm,x_mm,y_mm,z_mm\nA,12,1e16,0,0", "10 m"),
      ("USUBJID,TRTESTCD,TRSTRESN\n1,LDIAM,21", "SDTM"),
      ("patient_id,lesion_id,site\np1,A,lung\np2,B,lung", "2 patients"),
      ("lesion_id,size_mm,diameter_mm\nA,1,2", "mean the same"),
      ("lesion_id,site,prior_local_therapy\nA,lung,chocolate", "no value of priorTherapyHere"),
    ])
  func refusals(text: String, words: String) throws {
    let message = try refusal(text, .init(diameterKind: text.contains("size_mm") ? .longestAxial : nil))
    #expect(message.contains(words), "\(message)")
  }

  @Test("bytes that are not UTF-8 are refused with their line")
  func encoding() throws {
    let path = try scratch.write("latin.csv", Array("lesion_id,site\nA,lung\nB,".utf8) + [0xE9, 0x0A])
    #expect(throws: InputError.self) { try LesionListReader.read(path, .init()) }
    do { _ = try LesionListReader.read(path, .init()) } catch let error as InputError {
      #expect(error.place == "line 3" && error.message.contains("UTF-8"))
    }
  }

  @Test("all bad rows are told at once; keep-going leaves them out and counts them")
  func keepGoing() throws {
    let text = "lesion_id,site,longest_diameter_mm\nA,lung,12\nB,lung,x\nC,moon,9\nD,lung,8"
    let message = try refusal(text)
    #expect(message.contains("line 3") && message.contains("line 4"))
    let list = try read(text, .init(keepGoing: true))
    #expect(list.lesions.map(\.id) == ["A", "D"])
    #expect(list.warnings.contains { $0.contains("2 of 4 rows") })
  }

  @Test("one patient of many is chosen by id")
  func patients() throws {
    let text = "patient_id,lesion_id,site\np1,A,lung\np2,A,lung\np2,B,lung"
    #expect(try read(text, .init(patientID: "p2")).lesions.map(\.id) == ["A", "B"])
    #expect(try refusal(text, .init(patientID: "p9")).contains("no row of patient p9"))
  }

  @Test("JSON: an array, or an object with lesions")
  func json() throws {
    let array = #"[{"lesion_id": "A", "site": "lung", "longestAxialDiameterMM": 12.5}]"#
    let object =
      #"{"lesions": [{"lesion_id": "A", "site": "lung", "longest_diameter_cm": 1.25, "side": null}]}"#
    for text in [array, object] {
      let list = try read(text, name: "l.json")
      #expect(list.lesions.map(size) == [.number(12.5)])
    }
    #expect(try refusal("{\"a\": 1}", name: "l.json").contains("no lesion list"))
    #expect(try refusal("[{", name: "l.json").contains("JSON"))
    // A row with a value that is none is left out whole, not kept without it.
    let mixed =
      #"[{"lesion_id": "A", "site": "lung", "distance_to_heart_mm": [3]}, {"lesion_id": "B", "site": "lung"}]"#
    #expect(try refusal(mixed, name: "l.json").contains("neither text nor number"))
    #expect(try read(mixed, .init(keepGoing: true), name: "l.json").lesions.map(\.id) == ["B"])
  }

  @Test("a large but possible size is warned about")
  func plausibility() throws {
    let list = try read("lesion_id,site,longest_diameter_mm\nA,liver,180")
    #expect(list.lesions[0].warnings.contains { $0.contains("unusually large") })
  }

  @Test("two axes make an ellipsoid, one a ball")
  func bodies() throws {
    let list = try read(
      "lesion_id,site,longest_diameter_mm,short_axis_mm,x_mm,y_mm,z_mm\nA,lung,20,10,0,0,0\nB,lung,20,,50,0,0"
    )
    let volumes = list.lesions.map { $0.body?.solid.volume.cubicMillimeters ?? 0 }
    #expect(abs(volumes[0] / (Double.pi / 6 * 20 * 10 * 10) - 1) < 1e-9)
    #expect(abs(volumes[1] / (Double.pi / 6 * 8000) - 1) < 1e-9)
  }
}

@Suite("Growth between two dated scans")
struct GrowthListTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func facts(_ rows: String, header: String, patient: String = "") throws -> FactAssembly {
    let options = LesionListOptions()
    let list = try LesionListReader.read(
      try scratch.write("l.csv", "lesion_id,site,side,\(header)\n\(rows)\n"), options)
    let record = try PatientFileReader.read(
      try scratch.write("p.yaml", patient.isEmpty ? "ecog: 1" : patient)
    ).record
    let patientCase = PatientCase(patient: record, lesions: list.lesions)
    return FactAssembly(
      patientCase, try Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
  }

  private static let header =
    "longest_axial_diameter_mm,earlier_longest_diameter_mm,scan_date,earlier_scan_date"

  @Test("the shortest doubling time counts, once every lesion tells its own")
  func shortest() throws {
    let all = try facts(
      "A,lung,left,12.6,10,2026-03-12,2026-01-31\nB,lung,left,8,6,2026-03-12,2025-12-12", header: Self.header)
    // 40 days: 39.99; 90 days: 72.3.
    #expect(abs(try #require(all.patient.number(.doublingTime)) - 39.99) < 0.01)
    let part = try facts(
      "A,lung,left,12.6,10,2026-03-12,2026-01-31\nB,lung,left,8,,,", header: Self.header)
    let range = try #require(part.patient.interval(.doublingTime))
    #expect(range.lowerBound == 1)
    #expect(abs(range.upperBound - 39.99) < 0.01)
  }

  @Test("what did not grow, was treated or is within error has none")
  func none() throws {
    let still = try facts("A,lung,left,10,10,2026-03-12,2026-01-31", header: Self.header)
    #expect(still.patient[.doublingTime].knowledge == .unknown)
    let error = try facts("A,lung,left,11,10,2026-03-12,2026-01-31", header: Self.header)
    #expect(error.patient.interval(.doublingTime) == nil)
    #expect(error.warnings.contains { $0.contains("within measurement error") })
    let convention = try facts("A,lung,left,9,5,2026-03-12,2026-01-31", header: Self.header)
    #expect(convention.warnings.contains { $0.contains("too small to measure") })
    let treated = try facts(
      "A,lung,left,15,10,2026-03-12,2026-01-31,ablation", header: Self.header + ",prior_local_therapy")
    #expect(treated.patient[.doublingTime].knowledge == .unknown)
  }

  @Test("a stated doubling time goes before, and a difference is told")
  func stated() throws {
    let both = try facts(
      "A,lung,left,12.6,10,2026-03-12,2026-01-31", header: Self.header, patient: "doubling_time_days: 90")
    #expect(both.patient.number(.doublingTime) == 90)
    #expect(both.warnings.contains { $0.contains("stated as 90 days") })
  }

  @Test("volumes measured the same way go before diameters")
  func volumes() throws {
    let facts = try facts(
      "A,lung,left,12,11,0.9,0.6,50",
      header:
        "longest_axial_diameter_mm,earlier_longest_diameter_mm,volume_cc,earlier_volume_cc,growth_interval_days"
    )
    #expect(abs(try #require(facts.patient.number(.doublingTime)) - 50 * log(2) / log(1.5)) < 1e-6)
  }

  @Test(
    "dates that say nothing are refused",
    arguments: [
      ("2026-03-12,", "one of two scan dates is missing"),
      (",2026-01-31", "one of two scan dates is missing"),
      ("2026-01-31,2026-03-12", "not before"),
      ("2026-13-01,2026-01-01", "no day"), ("12.3.2026,2026-01-01", "no day"),
    ])
  func refused(dates: String, words: String) throws {
    do {
      _ = try facts("A,lung,left,12,10,\(dates)", header: Self.header)
      Issue.record("accepted")
    } catch let error as InputErrors {
      #expect(error.description.contains(words), "\(error.description)")
    }
  }

  @Test("a new nodule has one date; half of a pair is named")
  func halves() throws {
    let new = try facts("A,lung,left,9,,2026-03-12,", header: Self.header)
    #expect(new.patient[.doublingTime].knowledge == .unknown)
    let undated = try facts("A,lung,left,12,10,,", header: Self.header)
    #expect(undated.warnings.contains { $0.contains("not when it was measured") })
    let unsized = try facts("A,lung,left,12,,2026-03-12,2026-01-31", header: Self.header)
    #expect(unsized.warnings.contains { $0.contains("no earlier size") })
    let shrunk = try facts(
      "A,lung,left,8,10,2026-03-12,2026-01-31", header: Self.header, patient: "doubling_time_days: 30")
    // Doubling in 30 days would have shown in 40; doubling in 300 would not.
    #expect(shrunk.warnings.contains { $0.contains("none grew") })
    let slow = try facts(
      "A,lung,left,10,10,2026-03-12,2026-01-31", header: Self.header, patient: "doubling_time_days: 300")
    #expect(!slow.warnings.contains { $0.contains("none grew") })
    let faster = try facts(
      "A,lung,left,20,10,2026-02-10,2026-01-31\nB,lung,left,8,,,", header: Self.header,
      patient: "doubling_time_days: 60")
    #expect(faster.warnings.contains { $0.contains("at most 3 days") })
  }
}
