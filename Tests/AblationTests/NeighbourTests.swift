// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Facts
import Foundation
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@testable import Ablation

@Suite("What lies beside, and what is not known")
struct NeighbourTests {
  private func body() throws -> Structure {
    Body.structure("External", try Body.cylinder(.zero, radius: 90, from: -110, to: 110))
  }

  private func known(_ value: FactValue) -> Double? {
    if case .known(.number(let x)) = value.knowledge { x } else { nil }
  }

  @Test("a zone too small for its lesion looks no kinder to neighbours than one that would hold it")
  func tooSmall() throws {
    // A lesion of 60 mm, 4 mm from the heart: the zone of 29 mm in its middle ends 20 mm off it.
    let heart = Body.structure("Heart", try Body.box(SIMD3(34, -20, -20), SIMD3(60, 20, 20)))
    let lung = Body.structure("Lung_L", try Body.box(SIMD3(-60, -60, -60), SIMD3(33, 60, 60)))
    let scene = Scene(
      structures: [try body(), heart, lung], lesion: try Body.ball(.zero, radius: 30, step: 2))
    let proposal = try #require(try scene.proposal())
    #expect(proposal.standing == .insufficient)
    let neighbour = try #require(proposal.neighbours.first { $0.role == .heart })
    #expect(neighbour.distance > .millimeters(15))
    #expect(known(proposal.facts[.zoneClearance(.heart, .microwave)]) == 0)
    // That it stays off the pleura says nothing either.
    #expect(proposal.reachesPleura == false)
    #expect(proposal.facts[.planned(.pleuraInZone, .microwave)].knowledge == .unknown)
  }

  @Test(
    "to the rules trachea and bronchial tree are one, and with the trachea alone the bronchi may be nearer")
  func airway() throws {
    let trachea = Body.structure("Trachea", try Body.cylinder(SIMD2(24, 0), radius: 8, from: -60, to: 60))
    let tree = Body.structure("BronchTree", try Body.cylinder(SIMD2(-34, 0), radius: 6, from: -60, to: 60))
    let lung = Body.structure("Lung_L", try Body.box(SIMD3(-27, -60, -60), SIMD3(15, 60, 60)))
    let lesion = try Body.ball(.zero, radius: 4)
    let both = Scene(structures: [try body(), trachea, tree, lung], lesion: lesion)
    let proposal = try #require(try both.proposal())
    let near = try #require(proposal.neighbours.first { $0.role == .trachea })
    #expect(known(proposal.facts[.zoneClearance(.bronchialTree, .microwave)]) == near.distance.millimeters)
    let alone = try #require(
      try Scene(structures: [try body(), trachea, lung], lesion: lesion).proposal())
    guard case .between(let low, let high) = alone.facts[.zoneClearance(.bronchialTree, .microwave)].knowledge
    else {
      Issue.record("a distance to the trachea alone was taken for that of the bronchi")
      return
    }
    #expect(low == 0 && high == near.distance.millimeters)
  }

  @Test("no way goes through the other lung, nor through another metastasis")
  func otherLungAndLesion() throws {
    let right = Body.structure("Lung_R", try Body.box(SIMD3(-70, -40, -60), SIMD3(-2, 40, 60)))
    let left = Body.structure("Lung_L", try Body.box(SIMD3(2, -40, -60), SIMD3(70, 40, 60)))
    let scene = Scene(
      structures: [try body(), right, left], lesion: try Body.ball(SIMD3(-10, 0, 0), radius: 4))
    var patientCase = scene.patientCase
    let other = try Body.ball(SIMD3(-40, 0, 0), radius: 10)
    patientCase.lesions.append(Lesion(id: "B", sourceName: "B", site: .lung, body: .contoured(other)))
    let setting = LesionContext(site: .lung, facts: FactTable())
    let plan = try AblationPlanner(Scene.parameters).plan(
      patientCase, by: [.microwave], settings: ["A": setting, "B": setting])
    let proposal = try #require(plan.lesions.first { $0.lesion == "A" }?.proposals.first)
    #expect((proposal.search.refusals[.crosses(.lung)] ?? 0) > 500)
    #expect((proposal.search.refusals[.crosses(.other)] ?? 0) > 50)
    for applicator in proposal.applicators + proposal.alternatives {
      #expect(!applicator.crosses.contains { $0.structure == "Lung_L" })
      for s in stride(from: 0.0, through: applicator.path.depth.millimeters, by: 1) {
        let p = applicator.path.entry + applicator.path.direction * s
        #expect(!other.contains(p))
      }
    }
  }

  @Test("a liver's needle goes through lung only where no other way is open")
  func throughLungToLiver() throws {
    // A lung all around but for a gap in front.
    let lung = Body.structure(
      "Lung_R",
      try Body.stack(-100, 100) { _ in
        let ring = Region(nesting: [
          Region.ellipse(centre: .zero, semiAxes: SIMD2(70, 70), corners: 90).rings[0],
          Region.ellipse(centre: .zero, semiAxes: SIMD2(55, 55), corners: 90).rings[0],
        ])
        return (try? ring.subtracting(Region.rectangle(low: SIMD2(-25, -90), high: SIMD2(25, 0)))) ?? ring
      })
    let scene = Scene(structures: [try body(), lung], lesion: try Body.ball(.zero, radius: 5), site: .liver)
    let proposal = try #require(try scene.proposal())
    #expect(!proposal.search.isNear)
    #expect((proposal.search.refusals[.near(.lung)] ?? 0) > 3000)
    for applicator in proposal.applicators + proposal.alternatives {
      #expect(applicator.path.pleuralPunctures == 0)
    }
  }

  @Test("more structures than can be told apart: the organ around the lesion is still its home")
  func manyStructures() throws {
    var structures = [
      try body(), Body.structure("Liver", try Body.box(SIMD3(-50, -50, -50), SIMD3(50, 50, 50))),
    ]
    for index in 0..<70 {
      let place = SIMD3(70, Double(index % 10) * 4 - 20, Double(index / 10) * 10 - 40)
      structures.append(
        Body.structure("vertebrae_L\(index % 5 + 1) copy \(index)", try Body.box(place, place + 3)))
    }
    let scene = Scene(structures: structures, lesion: try Body.ball(.zero, radius: 5), site: .liver)
    let proposal = try #require(try scene.proposal())
    #expect(
      !proposal.applicators.isEmpty,
      "\(proposal.search.refusals) \(proposal.search.ranked.count) \(proposal.search.pool.count) \(proposal.remarks)"
    )
    #expect(proposal.search.refusals[.crosses(.liver)] == nil)
  }

  @Test("without the lesion's own lung nothing is said of aerated lung, pleura, fissures or ablated lung")
  func otherLungOnly() throws {
    let left = Body.structure("Lung_L", try Body.box(SIMD3(20, -40, -60), SIMD3(70, 40, 60)))
    let upper = Body.structure("Lung_LUL", try Body.box(SIMD3(20, -40, 0), SIMD3(70, 40, 60)))
    let scene = Scene(
      structures: [try body(), left, upper], lesion: try Body.ball(SIMD3(-40, 0, 0), radius: 5))
    let proposal = try #require(try scene.proposal())
    for fact in [
      PlannedAblationFact.aeratedLungInTrack, .pleuralPunctures, .fissureInTrack, .vesselInTrack,
      .pleuraInZone,
    ] {
      #expect(proposal.facts[.planned(fact, .microwave)].knowledge == .unknown, "\(fact)")
    }
    #expect(proposal.coverage.lung == nil)
  }

  @Test("the skin counts though only the body's outline is contoured")
  func skin() throws {
    let scene = Scene(
      structures: [try body()], lesion: try Body.ball(SIMD3(72, 0, 0), radius: 5), site: .liver)
    let proposal = try #require(try scene.proposal())
    let skin = try #require(proposal.neighbours.first { $0.role == .skin })
    #expect(skin.distance < .millimeters(8))
    #expect(skin.broken.contains { $0.effect == .injury })
    #expect(known(proposal.facts[.zoneClearance(.skin, .microwave)]) != nil)
  }

  @Test("nerves nobody contoured are asked for also where nothing they run along is contoured")
  func nerves() throws {
    let scene = Scene(structures: [try body()], lesion: try Body.ball(.zero, radius: 5))
    let proposal = try #require(try scene.proposal())
    #expect(proposal.nerveQuestions.contains { $0.role == .phrenicNerve })
  }
}
