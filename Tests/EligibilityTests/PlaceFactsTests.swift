// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Facts
import Interchange
import Phantoms
import Quantities
import Testing
import Vocabulary

@testable import Planning

/// Least distances that follow from a lesion's place, and what reported courses say by distance alone.
@Suite struct PlaceFactsTests {
  private static let shipped = Result { try CareProtocolReader.shipped() }

  private func facts(
    lobe: Lobe? = nil, side: Side? = nil, _ statements: Statements, courses: [EarlierCourse] = [],
    therapies: [PriorTherapy]? = nil
  ) throws -> FactTable {
    var patientCase = PatientCase(
      patient: PatientRecord(priorTherapies: therapies),
      lesions: [
        Lesion(id: "A", sourceName: "A", site: .lung, side: side, lobe: lobe, statements: statements)
      ])
    patientCase.earlierCourses = courses
    let assembly = FactAssembly(
      patientCase, try Measurements(of: patientCase), by: try Self.shipped.get().facts)
    return assembly.facts(of: patientCase.lesions[0])
  }

  private func stated(_ values: [Fact: Double]) -> Statements {
    Statements(uniqueKeysWithValues: values.map { ($0, Statement(.number($1), source: "test")) })
  }

  @Test("a reported depth bounds the inner edge and no organ: it may be that below the ribs")
  func pleura() throws {
    let table = try facts(stated([.depthFromPleura: 14, .longestAxialDiameter: 10]))
    #expect(table.interval(.depthOfInnerEdge) == 14...24)
    #expect(table.interval(.clearance(.heart)) == nil && table.interval(.clearance(.chestWall)) == nil)
  }

  @Test(
    "what lies beyond the pleura is at least as far away as a measured depth, and no farther than it truly is"
  )
  func measuredPleura() throws {
    var patientCase = try #require(try PhantomCatalogue.make(name: "thorax")).patientCase
    let parameters = try Self.shipped.get().facts
    let full = FactAssembly(patientCase, try Measurements(of: patientCase), by: parameters)
    patientCase.structures.removeAll { [.heart, .oesophagus, .pulmonaryVessel].contains($0.name.role) }
    let poorer = FactAssembly(patientCase, try Measurements(of: patientCase), by: parameters)
    var bounded = 0
    var vessels = 0
    for lesion in patientCase.lesions {
      let (known, table) = (full.facts(of: lesion), poorer.facts(of: lesion))
      for role in [StructureRole.heart, .oesophagus] {
        guard let depth = table.number(.depthFromPleura), depth > 0,
          table[.depthFromPleura].origin == .measured, let truth = known.number(.clearance(role)),
          let bound = table.interval(.clearance(role))
        else { continue }
        bounded += 1
        #expect(bound.lowerBound >= depth - 1e-9 && bound.lowerBound <= truth + 1e-6, "\(lesion.id) \(role)")
        #expect(bound.upperBound > 300, "what it is stays unknown")
      }
      // Bronchi and vessels lie within the lung: the pleura says nothing of them.
      vessels += known.number(.clearance(.pulmonaryVessel)) == nil ? 0 : 1
      #expect(table.interval(.clearance(.pulmonaryVessel)) == nil, "\(lesion.id)")
    }
    #expect(bounded >= 8)
    #expect(vessels >= 7, "with the contour they are measured")
  }

  @Test("a reported distance stands, however near")
  func reported() throws {
    let table = try facts(stated([.depthFromPleura: 14, .clearance(.heart): 3]))
    #expect(table.number(.clearance(.heart)) == 3)
  }

  @Test("lobe and side keep organs away, and only those")
  func lobes() throws {
    let upper = try facts(lobe: .rightUpper, stated([:]))
    #expect(upper.interval(.clearance(.stomach))?.lowerBound == 25)
    #expect(upper.interval(.clearance(.diaphragm))?.lowerBound == 25)
    #expect(upper.interval(.clearance(.brachialPlexus)) == nil)
    let lower = try facts(lobe: .leftLower, stated([:]))
    #expect(lower.interval(.clearance(.brachialPlexus))?.lowerBound == 25)
    #expect(lower.interval(.clearance(.stomach)) == nil && lower.interval(.clearance(.diaphragm)) == nil)
    let lingula = try facts(lobe: .leftUpper, stated([:]))
    #expect(lingula.interval(.clearance(.diaphragm)) == nil && lingula.interval(.clearance(.heart)) == nil)
    let right = try facts(side: .right, stated([:]))
    #expect(right.interval(.clearance(.stomach))?.lowerBound == 25)
    #expect(try facts(stated([:])).interval(.clearance(.stomach)) == nil)
  }

  @Test("a reported distance to the diaphragm keeps nothing below it away")
  func diaphragm() throws {
    let table = try facts(lobe: .leftLower, stated([.clearance(.diaphragm): 12]))
    #expect(table.interval(.clearance(.stomach)) == nil && table.interval(.clearance(.bowel)) == nil)
  }

  private func course(_ gray: Double, fractions: Int = 24) -> EarlierCourse {
    EarlierCourse(
      name: "T8 to T11", fractions: fractions, monthsAgo: 14,
      record: .maxima([
        OrganMaximum(
          structure: StructureName(tg263: "SpinalCord", role: .spinalCord), dose: .gray(gray))
      ]), source: "test")
  }

  private let spine = PriorTherapy(
    kind: .radiotherapy, lesion: nil, site: "spine", side: nil, monthsAgo: 14)

  @Test(
    "a reported course overlaps within 20 mm of an organ it reached, is nearby beyond, and open without a distance",
    arguments: [(9.0, "overlap"), (20, "overlap"), (20.1, "nearby"), (70, "nearby"), (nil, nil)]
      as [(Double?, String?)])
  func courses(distance: Double?, expected: String?) throws {
    let own = distance.map { stated([.clearance(.spinalCord): $0]) } ?? stated([:])
    let table = try facts(own, courses: [course(48)], therapies: [spine])
    #expect(table.word(.priorRadiotherapyOverlap) == expected)
    if expected == nil { #expect(table[.priorRadiotherapyOverlap].isReportedInPart) }
    if expected == "overlap" {
      #expect(table[.priorRadiotherapyOverlap].source.contains("48 Gy in 24 fractions (EQD2 48 Gy"))
      #expect(table.number(.monthsSinceRadiotherapy) == 14)
    }
  }

  @Test("a course that gave an organ less than 3 Gy says nothing, and spine is never elsewhere")
  func little() throws {
    let table = try facts(
      stated([.clearance(.spinalCord): 5]), courses: [course(2.5, fractions: 1)], therapies: [spine])
    #expect(table.word(.priorRadiotherapyOverlap) == nil)
    #expect(table[.priorRadiotherapyOverlap].isReportedInPart)
    // The lesion itself was not what the spine's field treated.
    #expect(table.word(.priorTherapyHere) == "none")
  }
}
