// SPDX-License-Identifier: Apache-2.0
import Interchange
import Anatomy
import Cases
import Eligibility
import Facts
import PlanarGeometry
import Planning
import Quantities
import Testing
import Vocabulary

@Suite("Facts from statements and measurements")
struct FactAssemblyTests {
  private func box(_ low: SIMD3<Double>, _ high: SIMD3<Double>) throws -> Solid {
    let region = Region.rectangle(low: SIMD2(low.x, low.y), high: SIMD2(high.x, high.y))
    let planes = Int((high.z - low.z) / 2)
    return try Solid(planes: (0..<planes).map { (low.z + 1 + 2 * Double($0), region) }, endCap: .half)
  }

  private func structure(_ name: String, _ low: SIMD3<Double>, _ high: SIMD3<Double>) throws -> Structure {
    Structure(name: StructureName(recognizing: name), sourceName: name, solid: try box(low, high))
  }

  private func facts(_ patientCase: PatientCase, _ id: String = "A") throws -> FactTable {
    let assembly = FactAssembly(
      patientCase, try Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
    let lesion = try #require(patientCase.lesions.first { $0.id == id })
    return assembly.facts(of: lesion)
  }

  /// A box of 10 mm as lesion A.
  private func lesion(side: Side? = .right, modelled: Bool = false) throws -> Lesion {
    let body = try box(SIMD3(0, 0, 0), SIMD3(10, 10, 10))
    return Lesion(
      id: "A", sourceName: "A", site: .lung, side: side, position: SIMD3(5, 5, 5),
      body: modelled ? .modelled(body) : .contoured(body))
  }

  private func number(_ value: FactValue) -> Double? {
    if case .known(.number(let x)) = value.knowledge { x } else { nil }
  }

  @Test("the other side's diaphragm, ribs and plexus say nothing about this lesion")
  func otherSide() throws {
    for name in ["Diaphragm_L", "Chestwall_L", "Rib_L", "BrachialPlex_L", "N_Phrenic_L"] {
      var patientCase = PatientCase(lesions: [try lesion()])
      patientCase.structures = [try structure(name, SIMD3(160, 0, 0), SIMD3(180, 10, 10))]
      let fact = Fact.clearance(patientCase.structures[0].name.role)
      #expect(try facts(patientCase)[fact].knowledge == .unknown, "\(name)")
      patientCase.lesions[0].side = .left
      #expect(number(try facts(patientCase)[fact]) == 150, "\(name)")
      patientCase.lesions[0].side = nil
      #expect(try facts(patientCase)[fact].knowledge == .unknown, "\(name) without a side")
    }
  }

  @Test("ribs are chest wall: the nearer counts, and without a wall it lies no farther than the nearest rib")
  func chestWallAndRibs() throws {
    func wall(_ rib: Double?, _ wall: Double?) throws -> FactValue.Knowledge {
      var patientCase = PatientCase(lesions: [try lesion()])
      for (name, distance) in [("Rib_R", rib), ("Chestwall_R", wall)] {
        guard let distance else { continue }
        patientCase.structures.append(
          try structure(name, SIMD3(10 + distance, 0, 0), SIMD3(30 + distance, 10, 10)))
      }
      return try facts(patientCase)[.clearance(.chestWall)].knowledge
    }
    #expect(try wall(nil, nil) == .unknown)
    #expect(try wall(nil, 7) == .known(.number(7)))
    #expect(try wall(9, 7) == .known(.number(7)))
    #expect(try wall(5, 7) == .known(.number(5)))
    #expect(try wall(19, nil) == .between(0, 19))
    #expect(try wall(0, nil) == .known(.number(0)))
    // Stated distances stand for one another alike.
    var listed = Lesion(id: "A", sourceName: "A", site: .lung, side: .right)
    listed.statements[.clearance(.rib)] = Statement(.number(3), source: "list")
    #expect(try facts(PatientCase(lesions: [listed]))[.clearance(.chestWall)].knowledge == .between(0, 3))
  }

  @Test("told counts: never fewer than are listed; more than are listed stays, and both are said")
  func toldCounts() throws {
    func told(_ count: Double, _ laterality: String? = nil) throws -> (facts: FactTable, warnings: [String]) {
      let second = Lesion(id: "B", sourceName: "B", site: .lung, side: .left, position: nil, body: nil)
      var patientCase = PatientCase(lesions: [try lesion(), second])
      patientCase.patient.statements[.lungMetastasisCount] = Statement(.number(count), source: "file")
      if let laterality {
        patientCase.patient.statements[.lungLaterality] = Statement(.word(laterality), source: "file")
      }
      let assembly = FactAssembly(
        patientCase, try Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
      return (assembly.patient, assembly.warnings)
    }
    func range(_ low: Double, _ high: Double) throws -> FactValue {
      let second = Lesion(id: "B", sourceName: "B", site: .lung, side: .left, position: nil, body: nil)
      var patientCase = PatientCase(lesions: [try lesion(), second])
      patientCase.patient.statements[.lungMetastasisCount] = Statement(.interval(low, high), source: "file")
      return FactAssembly(
        patientCase, try Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts
      ).patient[.lungMetastasisCount]
    }
    let fewer = try told(1, "unilateral")
    #expect(number(fewer.facts[.lungMetastasisCount]) == 2)
    #expect(fewer.warnings.contains { $0.hasPrefix("2 lung metastases are listed, but 1 are told") })
    #expect(fewer.facts[.lungLaterality].knowledge == .known(.word("bilateral")))
    #expect(fewer.warnings.contains { $0.contains("told as unilateral") })
    let more = try told(7)
    #expect(number(more.facts[.lungMetastasisCount]) == 7)
    #expect(more.warnings.contains { $0.hasPrefix("7 lung metastases are told, but 2 are listed") })
    #expect(try told(2, "bilateral").warnings.isEmpty)
    #expect(try told(2, "none").facts[.lungLaterality].knowledge == .known(.word("bilateral")))
    #expect(try range(1, 5).knowledge == .between(2, 5))
    #expect(try range(0, 2).knowledge == .known(.number(2)))
    #expect(try range(2, 3).knowledge == .between(2, 3))
  }

  @Test("the trachea counts for the airway, and alone leaves the bronchi open")
  func airways() throws {
    var patientCase = PatientCase(lesions: [try lesion()])
    let trachea = try structure("Trachea", SIMD3(15, 0, 0), SIMD3(25, 10, 10))
    let tree = try structure("BronchTree", SIMD3(60, 0, 0), SIMD3(70, 10, 10))
    patientCase.structures = [trachea, tree]
    #expect(number(try facts(patientCase)[.clearance(.bronchialTree)]) == 5)
    patientCase.structures = [tree]
    #expect(number(try facts(patientCase)[.clearance(.bronchialTree)]) == 50)
    patientCase.structures = [trachea]
    #expect(try facts(patientCase)[.clearance(.bronchialTree)].knowledge == .between(0, 5))
  }

  @Test("a measurement goes before a statement, a statement before an estimate, and differences are told")
  func precedence() throws {
    for modelled in [false, true] {
      var patientCase = PatientCase(lesions: [try lesion(modelled: modelled)])
      patientCase.structures = [try structure("Heart", SIMD3(50, 0, 0), SIMD3(90, 10, 10))]
      patientCase.lesions[0].statements[.clearance(.heart)] = Statement(.number(0), source: "list")
      let assembly = FactAssembly(
        patientCase, try Measurements(of: patientCase), by: try CareProtocolReader.shipped().facts)
      let value = assembly.facts(of: patientCase.lesions[0])[.clearance(.heart)]
      #expect(number(value) == (modelled ? 0 : 40))
      #expect(value.origin == (modelled ? .stated : .measured))
      #expect(assembly.warnings.contains { $0.contains("distance to heart") })
    }
  }

  @Test("a converted size is an estimate and never excludes")
  func convertedSize() throws {
    var patientCase = PatientCase(lesions: [Lesion(id: "A", sourceName: "A", site: .lung)])
    patientCase.lesions[0].statements[.longestAxialDiameter] = Statement(
      .interval(36, 64), source: "list", isEstimate: true)
    let table = try facts(patientCase)
    #expect(table[.longestAxialDiameter].origin == .estimated)
    #expect(table[.largestMetastasis].knowledge == .between(36, 64))
  }

  /// What a list of earlier therapies says of a right lung lesion A beside a lesion B on the left.
  @Test(
    "earlier therapies say none only where they were surely elsewhere",
    arguments: [
      (PriorTherapy(kind: .sbrt, lesion: "A", site: nil, side: nil, monthsAgo: 9), "sbrt", "overlap", "no"),
      (PriorTherapy(kind: .sbrt, lesion: "B", site: nil, side: nil, monthsAgo: 9), "none", "none", "no"),
      (PriorTherapy(kind: .sbrt, lesion: nil, site: nil, side: nil, monthsAgo: 9), nil, nil, "no"),
      (
        PriorTherapy(kind: .radiotherapy, lesion: nil, site: "lung", side: "right", monthsAgo: 9), nil, nil,
        "no"
      ),
      (
        PriorTherapy(kind: .radiotherapy, lesion: nil, site: "lung", side: "left", monthsAgo: 9), "none",
        "none", "no"
      ),
      (
        PriorTherapy(kind: .radiotherapy, lesion: nil, site: "liver", side: nil, monthsAgo: 9), "none",
        "none", "no"
      ),
      (
        PriorTherapy(kind: .radiotherapy, lesion: nil, site: "mediastinum", side: nil, monthsAgo: 9), nil,
        nil, "no"
      ),
      (
        PriorTherapy(kind: .resection, lesion: nil, site: "lung", side: "right", monthsAgo: 9), nil, "none",
        "yes"
      ),
      (PriorTherapy(kind: .resection, lesion: nil, site: "lung", side: nil, monthsAgo: 9), nil, "none", nil),
      (PriorTherapy(kind: .systemic, lesion: nil, site: nil, side: nil, monthsAgo: 9), "none", "none", "no"),
    ] as [(PriorTherapy, String?, String?, String?)])
  func priorTherapies(therapy: PriorTherapy, here: String?, radiation: String?, surgery: String?) throws {
    let patientCase = PatientCase(
      patient: PatientRecord(priorTherapies: [therapy]),
      lesions: [
        Lesion(id: "A", sourceName: "A", site: .lung, side: .right),
        Lesion(id: "B", sourceName: "B", site: .lung, side: .left),
      ])
    let table = try facts(patientCase)
    func word(_ fact: Fact) -> String? {
      if case .known(.word(let word)) = table[fact].knowledge { word } else { nil }
    }
    #expect(word(.priorTherapyHere) == here)
    #expect(word(.priorRadiotherapyOverlap) == radiation)
    #expect(word(.priorSurgerySameSide) == surgery)
  }

  @Test("nothing said about earlier therapies leaves them unknown; an empty list says none")
  func noTherapies() throws {
    var patientCase = PatientCase(lesions: [Lesion(id: "A", sourceName: "A", site: .lung, side: .right)])
    #expect(try facts(patientCase)[.priorTherapyHere].knowledge == .unknown)
    patientCase.patient.priorTherapies = []
    #expect(try facts(patientCase)[.priorTherapyHere].knowledge == .known(.word("none")))
  }

  @Test("counts and sides come from the list only when every lesion tells its own")
  func counts() throws {
    var patientCase = PatientCase(lesions: [
      Lesion(id: "A", sourceName: "A", site: .lung, side: .right),
      Lesion(id: "B", sourceName: "B", site: .lung, side: .left),
      Lesion(id: "C", sourceName: "C", site: .bone),
    ])
    var table = try facts(patientCase)
    #expect(number(table[.metastasisCount]) == 3)
    #expect(number(table[.lungMetastasisCount]) == 2)
    #expect(table[.lungLaterality].knowledge == .known(.word("bilateral")))
    #expect(number(table[.lesionsInSameLung]) == 1)
    patientCase.lesions[1].side = nil
    table = try facts(patientCase)
    #expect(table[.lungLaterality].knowledge == .unknown)
    #expect(table[.lesionsInSameLung].knowledge == .unknown)
    patientCase.lesions[2].site = nil
    #expect(try facts(patientCase)[.lungMetastasisCount].knowledge == .unknown)
  }
}
