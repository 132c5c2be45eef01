// SPDX-License-Identifier: Apache-2.0
import Eligibility
import Facts
import Quantities
import Reasons
import Testing
import Vocabulary

@testable import Radiotherapy

@Suite("Centrality and the choice of a prescription")
struct ChoiceTests {
  private static let far: [String: Double] = [
    "clearance(BronchialTree)": 60, "clearance(Heart)": 60, "clearance(GreatVessels)": 60,
    "clearance(Oesophagus)": 60, "clearance(SpinalCord)": 60, "clearance(BrachialPlexus)": 60,
    "clearance(ChestWall)": 30, "longestAxialDiameter": 15, "metastasisCount": 2,
  ]

  private func centrality(
    _ changed: [String: Double?] = [:], touching: [StructureRole: Double] = [:], unseen: [StructureRole] = []
  ) throws -> Centrality {
    var numbers = Self.far
    for (key, value) in changed { numbers[key] = value }
    return Centrality(LesionContext(site: .lung, facts: try Shipped.facts(numbers))) { role in
      unseen.contains(role) ? nil : touching[role] ?? 50
    }
  }

  @Test("20 mm is central, 20.1 is not; 10 mm is HILUS, 10.1 is not")
  func edges() throws {
    #expect(try centrality(["clearance(BronchialTree)": 20]).rtog == .known("central"))
    #expect(try centrality(["clearance(BronchialTree)": 20.1]).rtog == .known("peripheral"))
    #expect(try centrality(["clearance(BronchialTree)": 10]).hilus == .known("groupA"))
    #expect(try centrality(["clearance(BronchialTree)": 10.1]).hilus == .known("none"))
    for role in ["Heart", "GreatVessels", "Oesophagus", "SpinalCord", "BrachialPlexus"] {
      #expect(try centrality(["clearance(\(role))": 20]).iaslc == .known("central"), "\(role)")
      #expect(try centrality(["clearance(\(role))": 20]).rtog == .known("peripheral"), "\(role)")
      #expect(try centrality(["clearance(\(role))": 20.1]).iaslc == .known("peripheral"), "\(role)")
    }
  }

  @Test("a target that touches the mediastinum is central by RTOG and ultracentral")
  func touching() throws {
    for role in [StructureRole.heart, .greatVessels, .oesophagus] {
      let touched = try centrality(touching: [role: 0])
      #expect(touched.rtog == .known("central") && touched.ultracentral == .known("yes"))
      #expect(try centrality(touching: [role: 0.1]).ultracentral == .known("no"))
    }
  }

  @Test("without the bronchial tree nothing is classified, unless what is there suffices")
  func missing() throws {
    let none = try centrality(["clearance(BronchialTree)": nil], unseen: [.bronchialTree, .trachea])
    for answer in [none.rtog, none.hilus, none.iaslc, none.ultracentral] {
      guard case .cannotClassify(let missing) = answer else {
        Issue.record("\(answer)")
        continue
      }
      #expect(!missing.isEmpty && answer.text.contains("cannot classify"))
    }
    let near = try centrality(["clearance(BronchialTree)": nil, "clearance(Heart)": 5])
    #expect(near.iaslc == .known("central"))
    // A known trachea alone bounds the tree from one side only.
    var facts = try Shipped.facts(Self.far)
    facts[.clearance(.bronchialTree)] = FactValue(.between(0, 30), origin: .measured, source: "trachea")
    let bounded = Centrality(LesionContext(site: .lung, facts: facts)) { _ in 50 }
    #expect(bounded.rtog != .known("peripheral") && bounded.rtog != .known("central"))
  }

  private func choice(
    _ changed: [String: Double?] = [:], touching: [StructureRole: Double] = [:], unseen: [StructureRole] = [],
    site: Site = .lung
  ) throws -> PrescriptionChoice {
    var numbers = Self.far
    for (key, value) in changed { numbers[key] = value }
    var facts = try Shipped.facts(numbers)
    if site == .lung {
      facts = facts.merging(FactTable(try centrality(changed, touching: touching, unseen: unseen).facts))
    }
    return PrescriptionChoice(try Shipped.parameters().schemes, at: site, facts: facts)
  }

  /// What trials and guidelines give: the change to a far, small lesion and the expected dose.
  static let expected: [([String: Double], [StructureRole: Double], String)] = [
    ([:], [:], "54 Gy / 3"), (["longestAxialDiameter": 30], [:], "54 Gy / 3"),
    (["longestAxialDiameter": 30.1], [:], "55 Gy / 5"), (["longestAxialDiameter": 45], [:], "55 Gy / 5"),
    (["clearance(ChestWall)": 10.1], [:], "54 Gy / 3"), (["clearance(ChestWall)": 10], [:], "48 Gy / 4"),
    (["clearance(ChestWall)": 5], [:], "55 Gy / 5"), (["clearance(ChestWall)": 0], [:], "55 Gy / 5"),
    (["clearance(BronchialTree)": 20], [:], "50 Gy / 5"), (["clearance(Heart)": 12], [:], "50 Gy / 5"),
    (["clearance(BrachialPlexus)": 15], [:], "60 Gy / 8"),
    (["clearance(BronchialTree)": 8], [:], "60 Gy / 8"), ([:], [.heart: 0], "60 Gy / 8"),
    // The count never lowers a lung prescription by itself.
    (["metastasisCount": 8], [:], "54 Gy / 3"),
  ]

  @Test("the first choice in the lung by place, size and chest wall", arguments: expected)
  func lung(changed: [String: Double], touching: [StructureRole: Double], words: String) throws {
    let chosen = try choice(changed.mapValues { $0 }, touching: touching)
    #expect(chosen.scheme?.words == words, "\(changed): \(chosen.scheme?.id ?? "none")")
    #expect(chosen.providedThat.isEmpty)
    #expect(chosen.candidates.filter { $0.standing == .chosen }.count == 1)
    #expect(chosen.candidates.allSatisfy { !$0.why.isEmpty && !$0.sources.isEmpty })
  }

  @Test("three fractions are refused within 2 cm of the tree, everything under eight within 1 cm")
  func refused() throws {
    func standing(_ choice: PrescriptionChoice, _ id: String) throws -> PrescriptionChoice.Candidate.Standing
    {
      try #require(choice.candidates.first { $0.scheme.id == id }).standing
    }
    let central = try choice(["clearance(BronchialTree)": 15])
    for id in ["L-P-54/3", "L-P-45/3", "L-1-34", "L-1-30", "L-1-28"] {
      #expect(try standing(central, id) == .refused, "\(id)")
    }
    let inner = try choice(["clearance(BronchialTree)": 9])
    for candidate in inner.candidates where [.chosen, .permitted, .open].contains(candidate.standing) {
      #expect(candidate.scheme.fractionation.fractions >= 8, "\(candidate.scheme.id)")
    }
    #expect(try standing(inner, "L-UC-56/8") == .avoided)
    #expect(inner.scheme?.requiresBoard == true)
  }

  @Test("an unknown centre gives no three fractions: what holds for certain, with its terms")
  func unknownCentre() throws {
    let open = try choice(
      ["clearance(BronchialTree)": nil], unseen: [.bronchialTree, .trachea])
    #expect((open.scheme?.fractionation.fractions ?? 0) >= 8)
    #expect(!open.providedThat.isEmpty)
    #expect(open.candidates.first { $0.scheme.id == "L-P-54/3" }?.standing == .open)
  }

  @Test("an unknown chest wall falls back on the scheme that holds for every distance")
  func unknownChestWall() throws {
    let open = try choice(["clearance(ChestWall)": nil])
    #expect(open.scheme?.words == "55 Gy / 5" && open.providedThat.isEmpty)
  }

  @Test("sites with and without a scheme")
  func sites() throws {
    #expect(try choice(site: .liver).scheme?.words == "45 Gy / 3")
    #expect(try choice(site: .adrenal).scheme?.words == "60 Gy / 8")
    #expect(try choice(site: .bone).scheme?.words == "30 Gy / 3")
    #expect(try choice(site: .brain).scheme == nil)
    #expect(PrescriptionChoice(try Shipped.parameters().schemes, at: nil, facts: FactTable()).scheme == nil)
  }

  @Test("reduced doses of SABR-COMET-10 are options from four lesions on, and never a first choice")
  func reduced() throws {
    func standing(_ count: Double) throws -> PrescriptionChoice.Candidate.Standing? {
      try choice(["metastasisCount": count]).candidates.first { $0.scheme.id == "O-35/5-lung" }?.standing
    }
    #expect(try standing(3) == .refused)
    #expect(try standing(6) == .permitted)
    #expect(try standing(11) == .refused)
  }
}
