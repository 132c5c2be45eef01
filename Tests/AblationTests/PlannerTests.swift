// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Eligibility
import Evidence
import Facts
import Foundation
import Interchange
import Phantoms
import PlanarGeometry
import Planning
import Quantities
import Reasons
import Testing
import Vocabulary

@testable import Ablation

@Suite("Plans of whole cases")
struct PlannerTests {
  private func body() throws -> Structure {
    Body.structure("External", try Body.cylinder(.zero, radius: 80, from: -100, to: 100))
  }

  private func why(_ scene: Scene) throws -> Reason.Kind? {
    try scene.plan().lesions.first?.why?.kind
  }

  @Test("without a skin, outside the body, without a body: told, not guessed")
  func obstacles() throws {
    let lesion = try Body.ball(.zero, radius: 5)
    #expect(try why(Scene(structures: [], lesion: lesion)) == .ablation(.noSkin))
    let outside = Scene(structures: [try body()], lesion: try Body.ball(SIMD3(120, 0, 0), radius: 5))
    #expect(try why(outside) == .ablation(.outsideBody))
    let nothing = PatientCase(
      lesions: [Lesion(id: "A", sourceName: "A", site: .lung)], structures: [try body()])
    let plan = try AblationPlanner(Scene.parameters).plan(
      nothing, by: [.microwave], settings: ["A": LesionContext(site: .lung, facts: FactTable())])
    #expect(plan.lesions.first?.why?.kind == .ablation(.noBody))
    #expect(plan.lesionFacts.isEmpty)
    // The skin's rind alone is a skin too.
    let rind = try Body.stack(-100, 100) { _ in
      Region(nesting: [
        Region.ellipse(centre: .zero, semiAxes: SIMD2(80, 80), corners: 90).rings[0],
        Region.ellipse(centre: .zero, semiAxes: SIMD2(76, 76), corners: 90).rings[0],
      ])
    }
    let skin = Scene(structures: [Body.structure("Skin", rind)], lesion: lesion, site: .liver)
    #expect(try skin.proposal()?.applicators.isEmpty == false)
  }

  @Test("an applicator shorter than any way: no path, and the verdict says why")
  func tooShort() throws {
    var parameters = try Scene.parameters
    parameters.devices = parameters.devices.map { device in
      AblationDevice(
        id: device.id, name: device.name, energy: device.energy, basis: device.basis, tissue: device.tissue,
        derating: device.derating, lengths: [.millimeters(40)], diameter: device.diameter,
        settings: device.settings, mark: device.mark, sources: device.sources, isShipped: device.isShipped)
    }
    let scene = Scene(structures: [try body()], lesion: try Body.ball(.zero, radius: 5))
    let proposal = try #require(try scene.proposal(.microwave, parameters))
    #expect(proposal.applicators.isEmpty)
    #expect((proposal.search.refusals[.tooLong] ?? 0) > 8000)
    let careProtocol = try CareProtocolReader.shipped()
    let judged = Judge(careProtocol.ruleSet).judge(lesion: "A", site: .lung, facts: proposal.facts)
    let microwave = try #require(judged.modalities.first { $0.modality == .microwave })
    #expect(microwave.findings.contains { $0.rule == "lung.microwave.plan.path" && $0.grade == .exclusion })
    // Another energy is judged without this plan.
    let cryo = try #require(judged.modalities.first { $0.modality == .cryoablation })
    #expect(!cryo.findings.contains { $0.rule == "lung.cryoablation.plan.path" && $0.grade != nil })
  }

  @Test("unknown lesions, placements and devices are refused by name")
  func options() throws {
    let scene = Scene(structures: [try body()], lesion: try Body.ball(.zero, radius: 5))
    #expect(throws: PlanObstacle.self) { try scene.plan { $0.lesions = ["B"] } }
    #expect(throws: PlanObstacle.self) { try scene.plan { $0.placement = "wizard" } }
    #expect(throws: PlanObstacle.self) { try scene.plan { $0.device = "none" } }
  }

  @Test(
    "cryoablation: the margin is on the isotherm, the ice lies outside it, neighbours are held to the ice")
  func cryo() throws {
    let heart = Body.structure("Heart", try Body.box(SIMD3(14, -20, -20), SIMD3(60, 20, 20)))
    let lung = Body.structure("Lung_L", try Body.box(SIMD3(-60, -60, -60), SIMD3(13, 60, 60)))
    let scene = Scene(
      structures: [try body(), heart, lung], lesion: try Body.ball(.zero, radius: 5, step: 0.5))
    let proposal = try #require(try scene.proposal(.cryoablation))
    #expect(proposal.isotherm == .minus20)
    #expect(proposal.zone.across == .millimeters(11.5))
    #expect(proposal.zone.ice?.across == .millimeters(15.5))
    #expect(abs(proposal.coverage.map.minimum.millimeters - 6.5) < 0.15)
    let neighbour = try #require(proposal.neighbours.first { $0.role == .heart })
    #expect(abs(neighbour.distance.millimeters - 2.5) < 0.4)
    #expect(neighbour.iceDistance == .zero)
    #expect(neighbour.broken.contains { $0.effect == .injury })
    let fact = proposal.facts[.zoneClearance(.heart, .cryoablation)]
    #expect(fact.knowledge == .known(.number(0)))
    #expect(fact.origin == .estimated)
    // What would move the heart away, and whether it is usually enough.
    let advice = try #require(proposal.manoeuvres.first { $0.reach.manoeuvre == .artificialPneumothorax })
    #expect(advice.needed == .millimeters(5))
    #expect(advice.isEnough.usually)
    // The nerve nobody contoured is asked for, and is not a finding.
    #expect(proposal.nerveQuestions.contains { $0.role == .phrenicNerve })
    #expect(proposal.facts[.zoneClearance(.phrenicNerve, .cryoablation)].knowledge == .unknown)
  }

  @Test("probes together stand as far apart as their chart, and none crosses another")
  func cluster() throws {
    let lung = Body.structure("Lung_L", try Body.box(SIMD3(-70, -60, -60), SIMD3(70, 60, 60)))
    let scene = Scene(structures: [try body(), lung], lesion: try Body.ball(.zero, radius: 10))
    let proposal = try #require(try scene.proposal(.cryoablation))
    #expect(proposal.zone.setting.applicators == 3)
    #expect(proposal.applicators.count == 3)
    let paths = proposal.applicators.map(\.path)
    func across(_ p: SIMD3<Double>) -> SIMD3<Double> {
      p - paths[0].direction * (p * paths[0].direction).sum()
    }
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      #expect(length(paths[a].direction - paths[b].direction) < 1e-9)
      #expect(abs(length(across(paths[a].tip - paths[b].tip)) - 20) < 1e-6)
    }
    // The zone's middle lies between them.
    let middle = (paths[0].tip + paths[1].tip + paths[2].tip) / 3
    #expect(length(across(middle - proposal.zones[0].centre)) < 1e-6)
  }

  @Test("a user's own table goes before the charts, and no term about charts is left")
  func ownTable() throws {
    let text = """
      schema: oligoplan.devices/1
      devices:
      - id: ours
        name: "Our antenna"
        energy: microwave
        basis: clinical
        tissue: lung
        derating: 1
        lengthsMM: [150]
        diameterMM: 2
        mark: verified
        sources: ["our follow-up 2026"]
        settings:
        - {id: "100 W 8 min", longMM: 38, shortMM: 32, pastTipMM: 8}
      """
    var parameters = try Scene.parameters
    parameters.devices += try AblationDeviceReader.load(Data(text.utf8), file: "ours.yaml")
    let scene = Scene(structures: [try body()], lesion: try Body.ball(.zero, radius: 8))
    let proposal = try #require(try scene.proposal(.microwave, parameters))
    #expect(proposal.zone.device.id == "ours")
    #expect(!proposal.providedThat.contains { $0.kind == .ablation(.chartToConfirm) })
    #expect(proposal.zone.middleBehindTip == .millimeters(11))
    let path = try #require(proposal.applicators.first?.path)
    #expect(abs(length(path.tip - proposal.zones[0].centre) - 11) < 1e-6)
  }

  @Test(
    "a table that cannot be right is refused with its line",
    arguments: [
      ("shortMM: -3", "shortMM"), ("shortMM: 40", "longMM"), ("pastTipMM: 60", "pastTipMM"),
      ("applicators: 3", "spacingMM"), ("minus20MM: 10", "isotherms"),
    ])
  func brokenTable(change: String, word: String) throws {
    let key = change.split(separator: ":")[0]
    var fields = ["longMM: 30", "shortMM: 25", "pastTipMM: 8"].filter { !$0.hasPrefix(key) }
    fields.append(change)
    let text = """
      schema: oligoplan.devices/1
      devices:
      - {id: ours, name: "Ours", energy: microwave, basis: clinical, tissue: lung, derating: 1, diameterMM: 2, mark: verified, sources: [x], settings: [{id: s, \(fields.joined(separator: ", "))}]}
      """
    let error = #expect(throws: InputErrors.self) {
      try AblationDeviceReader.load(Data(text.utf8), file: "ours.yaml")
    }
    #expect(error?.all.contains { $0.message.contains(word) && $0.place == "line 3" } == true)
  }

  @Test("derating, ice and tip: the planned zone is the chart's, shrunk about its own middle")
  func derating() throws {
    let parameters = try Scene.parameters
    let device = try #require(parameters.devices.first { $0.id == "emprint" })
    let setting = try #require(device.settings.first { $0.id == "100 W 10 min" })
    let zone = try #require(PlannedZone(device, setting, isotherm: .minus20))
    #expect(abs(zone.along.millimeters - 14.7) < 1e-9)
    #expect(abs(zone.across.millimeters - 12.6) < 1e-9)
    // Long 42, 9.45 beyond the tip: the middle lies 11.55 behind it (evidence, table 3a).
    #expect(abs(zone.middleBehindTip.millimeters - 11.55) < 1e-9)
    let cryo = try #require(parameters.devices.first { $0.id == "cryo-2.4" })
    let minus40 = try #require(PlannedZone(cryo, cryo.settings[0], isotherm: .minus40))
    #expect(minus40.across == .millimeters(9))
    #expect(minus40.assumptions.count == 2)
  }

  @Test("without ribs a clear way is an estimate and the ribs are named")
  func notContoured() throws {
    let scene = Scene(structures: [try body()], lesion: try Body.ball(.zero, radius: 5))
    let proposal = try #require(try scene.proposal())
    #expect(proposal.notContoured.contains(.rib))
    let fact = proposal.facts[.planned(.needlePath, .microwave)]
    #expect(fact.knowledge == .known(.word("clear")))
    #expect(fact.origin == .estimated)
    #expect(
      proposal.providedThat.contains {
        $0.kind == .ablation(.notContoured) && $0.names.contains(StructureRole.rib.title)
      })
    // Nothing is said of fissures, vessels or pleura that nobody contoured.
    for unknown in [PlannedAblationFact.fissureInTrack, .vesselInTrack, .pleuraInZone, .pleuralPunctures] {
      #expect(proposal.facts[.planned(unknown, .microwave)].knowledge == .unknown, "\(unknown)")
    }
  }

  @Test(
    "on both phantoms every lesion has a plan or an explanation that is right",
    arguments: ["thorax", "liver"])
  func phantoms(name: String) throws {
    let phantom = try #require(try PhantomCatalogue.make(name: name))
    let patientCase = phantom.patientCase
    let measurements = try Measurements(of: patientCase)
    let facts = FactAssembly(patientCase, measurements, by: try CareProtocolReader.shipped().facts)
    var options = AblationOptions()
    options.candidates = 6000
    let parameters = try Scene.parameters
    let plan = try AblationPlanner(parameters, options: options).plan(
      patientCase, by: Modality.ablations, settings: facts.lesionContexts(of: patientCase))
    #expect(plan.lesions.count == patientCase.lesions.count)
    for lesion in plan.lesions {
      guard let solid = patientCase.lesions.first(where: { $0.id == lesion.lesion })?.body?.solid else {
        #expect(lesion.why != nil)
        continue
      }
      #expect(lesion.proposals.count == 3)
      let radius = solid.volume.equivalentSphereDiameter.millimeters / 2
      for proposal in lesion.proposals {
        let label: Comment = "\(lesion.lesion) \(proposal.energy.rawValue)"
        // Every lesion of the phantoms can be reached.
        #expect(!proposal.applicators.isEmpty, label)
        // A ball's greatest possible margin in one zone is the difference of the radii.
        if proposal.zones.count == 1 {
          let most = proposal.zone.across.millimeters - radius
          #expect(proposal.coverage.map.minimum.millimeters <= most + 0.6, label)
          #expect(proposal.coverage.map.minimum.millimeters >= most - 1.2, label)
        }
        // Where less than 5 mm is left, no delivery that is allowed would do: by the covering table.
        if proposal.standing == .insufficient {
          let widest =
            parameters.devices.filter { $0.energy == proposal.energy }.flatMap { device in
              device.settings.filter { $0.applicators == 1 }.compactMap {
                PlannedZone(
                  device, $0, isotherm: parameters.isotherm(for: lesion.site),
                  cap: parameters.cap(proposal.energy, at: lesion.site))?.across.millimeters
              }
            }.max() ?? 0
          let most = parameters.delivery(at: lesion.site)?.mostPositions ?? 1
          let reach = SphereCover.best(count: most).reach * widest
          #expect(
            reach < radius + 5 + 0.3 || proposal.remarks.contains { $0.kind == .ablation(.noParallelPaths) },
            label)
        }
        for applicator in proposal.applicators + proposal.alternatives {
          // Exact on the contours: nothing that must not be crossed is touched.
          #expect(applicator.clearances.allSatisfy { $0.distance > .zero }, label)
          #expect(applicator.length.map { $0 >= applicator.path.depth } == true, label)
          let chances = applicator.probabilityClear.map(\.probability)
          #expect(chances[0] >= chances[1] - 1e-9, label)
        }
      }
    }
    if name == "thorax" {
      let words = Dictionary(uniqueKeysWithValues: plan.lesions.map { ($0.lesion, $0) })
      // L3 lies on the heart: cold first; L4 at the bronchus: no radiofrequency.
      #expect(words["L3"]?.choice.order.first == .cryoablation)
      #expect(words["L4"]?.choice.avoided == [.radiofrequency])
      #expect(
        words["L3"]?.proposals.allSatisfy {
          $0.neighbours.contains { $0.role == .heart && !$0.broken.isEmpty }
        } == true)
      // L7, 1 mm beneath the pleura: its zone reaches it.
      #expect(words["L7"]?.proposals.allSatisfy { $0.reachesPleura == true } == true)
      #expect(words["L8"]?.why != nil)
    }
  }
}
