// SPDX-License-Identifier: Apache-2.0
import Cases
import Facts
import Foundation
import Phantoms
import Planning
import Quantities
import Radiotherapy
import Testing
import Vocabulary

@testable import Interchange

@Suite("Earlier courses in files")
struct EarlierCourseFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func courses(_ text: String) throws -> [EarlierCourse] {
    try PatientFileReader.read(try scratch.write("p.yaml", text)).courses
  }

  private func refusal(_ text: String) throws -> String {
    do {
      _ = try courses(text)
      return "accepted"
    } catch let error as InputErrors {
      return error.description
    } catch let error as InputError {
      return error.description
    }
  }

  @Test("a patient file tells prescriptions with targets and organ maxima")
  func patientFile() throws {
    let found = try courses(
      """
      earlier_courses:
      - {name: SBRT 2024, fractions: 5, date: 2024-03-01, prescription_gy: 50, isodose_percent: 80, targets: [PTV_2024]}
      - name: mantle
        fractions: 20
        months_ago: 300
        organ_maxima_gy: {SpinalCord: 38.5, Heart: 30}
      """)
    #expect(found.count == 2)
    #expect(found[0].record == .prescription(.gray(50), isodosePercent: 80, targets: ["PTV_2024"]))
    #expect(found[0].date == "2024-03-01" && found[1].monthsAgo == 300)
    guard case .maxima(let maxima) = found[1].record else {
      Issue.record("no maxima")
      return
    }
    #expect(Set(maxima.map(\.structure.tg263)) == ["SpinalCord", "Heart"])
  }

  static let broken: [(String, String)] = [
    ("- {name: A, prescription_gy: 50, targets: [P]}", "needs its fractions"),
    ("- {name: A, fractions: 5, prescription_gy: 50}", "needs targets"),
    ("- {name: A, fractions: 5, prescription_gy: 5000, targets: [P]}", "centigray"),
    ("- {name: A, fractions: 5, prescription_gy: -1, targets: [P]}", "no dose"),
    ("- {name: A, fractions: 5}", "prescription_gy or organ_maxima_gy"),
    ("- {name: A, fractions: 5, organ_maxima_gy: {Foo: 3}}", "no organ"),
    ("- {name: A, fractions: 5, date: 2024-13-01, organ_maxima_gy: {Heart: 3}}", "no date"),
    ("- {name: A, fractions: 5, months_ago: -2, organ_maxima_gy: {Heart: 3}}", "months_ago"),
    ("- {name: A, fractions: 5, isodose_percent: 0, prescription_gy: 50, targets: [P]}", "isodose_percent"),
    ("- {name: A, fractions: 5, dose: 50}", "unknown key"), ("- {fractions: 5}", "needs its name"),
    ("- {name: A, fractions: 5, isodose_percent: 10, prescription_gy: 50, targets: [P]}", "isodose_percent"),
    ("- {name: \"A\\nB\", fractions: 5, organ_maxima_gy: {Heart: 3}}", "on one line"),
    (
      "- {name: A, fractions: 5, date: 2024-03-01, months_ago: 60, organ_maxima_gy: {Heart: 3}}",
      "both date and months_ago"
    ),
    (
      "- {name: A, fractions: 5, organ_maxima_gy: {Heart: 3}}\n- {name: A, fractions: 5, organ_maxima_gy: {Heart: 3}}",
      "two earlier courses"
    ),
  ]

  @Test("what cannot be used is refused with its line", arguments: broken)
  func refused(text: String, expected: String) throws {
    let found = try refusal("earlier_courses:\n" + text)
    #expect(found.contains(expected) && found.contains("line"), "\(found)")
  }

  private static let export = """
    Patient ID           : 7
    Type                 : Cumulative Dose Volume Histogram
    Plan: OLD

    Structure: CORD
    Volume [cc]: 40.0
    Dose Cover.[%]: 100.0

    Relative dose [%]          Dose [cGy]    Ratio of Total Structure Volume [%]
                    0                   0                       100
                    1                 500                        50
                    2                1000                       0.1
                    3                1500                         0

    Structure: PTV
    Volume [cc]: 12.0
    Relative dose [%]          Dose [cGy]    Ratio of Total Structure Volume [%]
                    0                   0                       100
                    1                 500                       100
    """

  @Test("Windows' line breaks, as Eclipse writes them, read the same")
  func windowsText() throws {
    let here = try DVHTextReader(path: try scratch.write("old.dvh", Self.export))
    let there = try DVHTextReader(
      path: try scratch.write("windows.dvh", Self.export.replacing("\n", with: "\r\n")))
    #expect(there.curves == here.curves && there.curves.count == 1)
  }

  @Test("Eclipse's text: centigray become gray, targets are left out, fractions must be told")
  func text() throws {
    let path = try scratch.write("old.dvh", Self.export)
    let read = try DVHTextReader(path: path)
    #expect(read.patientID == "7" && read.curves.count == 1)
    let cord = try #require(read.curves.first)
    #expect(cord.structure.tg263 == "SpinalCord" && cord.gray == [0, 5, 10, 15])
    #expect(cord.maximum == .gray(15))
    // 0.04 cc of 40 are 0.1 %.
    #expect(abs(try #require(cord.dose(toHottest: .cubicCentimeters(0.04))).gray - 10) < 1e-9)
    let input = try DVHTextInput(argument: path + ",fractions=10,date=2020-02-29,course=old")
    #expect(input.fractions == 10 && input.path == path && input.course == "old")
    for wrong in [path, path + ",fractions=0", path + ",fractions=5,date=2020-02-30", path + ",fractions=x"] {
      #expect(throws: InputError.self) { try DVHTextInput(argument: wrong) }
    }
  }

  @Test(
    "texts that are no cumulative histogram in gray are refused",
    arguments: [
      ("Cumulative Dose", "Differential Dose", "cumulative"), ("[cGy]", "[%%]", "Gy or cGy"),
      ("Volume [cc]: 40.0", "Volume [cc]: n/a", "volume"),
      ("                  50\n", "                 500\n", "rise"),
      ("                1500 ", "                 900 ", "ascending"),
      ("Structure: CORD", "Structure: FOO", "no histogram"),
      (
        "0.1\n                3                1500                         0\n", "20\n", "of its volume left"
      ),
    ])
  func brokenText(from: String, to: String, expected: String) throws {
    let path = try scratch.write("broken.dvh", Self.export.replacing(from, with: to))
    do {
      _ = try DVHTextReader(path: path)
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains(expected), "\(error)")
    }
  }

  @Test("a case with earlier courses comes back from disk the same, in both forms")
  func store() throws {
    var patientCase = try #require(try PhantomCatalogue.make(name: "spheres")).patientCase
    let curve = OrganCurve(
      structure: StructureName(recognizing: "SpinalCord"), sourceName: "SpinalCord",
      volume: .cubicCentimeters(40),
      gray: [0, 5, 10], share: [1, 0.5, 0], maximum: .gray(10), mean: nil)
    patientCase.earlierCourses = [
      EarlierCourse(
        name: "a", fractions: 5, date: "2020-01-02",
        record: .prescription(.gray(50), isodosePercent: 80, targets: ["L"]),
        source: "s"),
      EarlierCourse(
        name: "b", fractions: 20, monthsAgo: 12,
        record: .maxima([OrganMaximum(structure: StructureName(recognizing: "Heart"), dose: .gray(30))]),
        source: "s"),
      EarlierCourse(name: "c", fractions: 3, record: .curves([curve]), source: "s"),
    ]
    for name in ["case", "case.json"] {
      let path = scratch.path(name)
      try CaseStore.write(patientCase, to: path, tool: "test")
      #expect(try CaseStore.read(path).patientCase.earlierCourses == patientCase.earlierCourses)
    }
  }

  @Test("a plan of another case or protocol, and what is none, is refused")
  func plans() throws {
    let patientCase = try #require(try PhantomCatalogue.make(name: "thorax")).patientCase
    let careProtocol = try CareProtocolReader.shipped()
    var options = PlanningOptions()
    options.sbrt.lesions = ["L2", "L4"]
    options.sbrt.spacing = .millimeters(5)
    let dossier = try PlanningContext(
      patientCase, by: careProtocol, options: options, request: PlanRequest([:], day: .unknown),
      caseHash: "abc"
    ).dossier(by: SBRTTherapy())
    let plan = try #require(dossier.plan)
    let path = scratch.path("plan.json")
    try FileAccess.write(try DossierExport.planJSON(dossier, tool: "test"), to: path)
    let read = try PlanStore.read(path, caseHash: "abc", protocolHash: careProtocol.sha256).facts
    #expect(read == plan.facts)
    #expect(throws: InputError.self) {
      try PlanStore.read(path, caseHash: "abd", protocolHash: careProtocol.sha256)
    }
    #expect(throws: InputError.self) { try PlanStore.read(path, caseHash: "abc", protocolHash: "other") }
    let changed = String(decoding: try FileAccess.read(path), as: UTF8.self)
      .replacing("sbrtTargetVolume", with: "sbrtTargetVolumes")
    let broken = try scratch.write("broken.json", changed)
    #expect(throws: InputError.self) {
      try PlanStore.read(broken, caseHash: "abc", protocolHash: careProtocol.sha256)
    }
    #expect(throws: InputError.self) {
      try PlanStore.read(try scratch.write("none.json", "{}"), caseHash: "abc", protocolHash: "x")
    }
  }
}
