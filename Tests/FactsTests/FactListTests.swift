// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Vocabulary

@testable import Facts

/// The closed list: every case has one row, and what files and outputs need follows from it.
@Suite("The closed list of facts")
struct FactListTests {
  private static let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "Sources/Facts/Fact.swift")

  /// The cases as they stand in the source: what has no row would be a fact without unit and domain.
  private static func cases() throws -> (single: [String], families: [String]) {
    let text = try String(contentsOf: source, encoding: .utf8)
    let body = try #require(text.firstMatch(of: /public enum Fact:[^{]*\{([\s\S]*?)\n\}/)).1
    var single: [String] = []
    var families: [String] = []
    for line in body.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) })
    where line.hasPrefix("case ") {
      if line.contains("(") {
        families.append(String(line.dropFirst(5).prefix { $0 != "(" }))
      } else {
        single += line.dropFirst(5).split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      }
    }
    return (single, families)
  }

  @Test("every case has exactly one row, and every row a case")
  func rows() throws {
    let (single, families) = try Self.cases()
    let names = FactCatalogue.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(single.count > 100 && Set(single).count == single.count)
    #expect(Set(names.filter { !$0.contains("(") }) == Set(single))
    #expect(
      Set(names.filter { $0.contains("(") }.map { String($0.prefix { $0 != "(" }) })
        == Set(families.filter { $0 != "planned" } + PlannedAblationFact.allCases.map(\.rawValue)))
  }

  @Test("every number of metastases says of what they are counted")
  func counts() {
    let numbers = FactCatalogue.all.filter { $0.unit == FactUnit.count.rawValue && !$0.isPlanned }
    // A new number must either say it or be listed here as one of something else.
    #expect(
      Set(numbers.filter { $0.countedPer == nil }.map(\.name)) == [
        "obstructedSegments", "thoracoscoreComorbidities",
      ])
    #expect(Fact.lesionsInSameLung.definition.countedPer == .lung)
    for fact in [Fact.metastasisCount, .lungMetastasisCount, .liverMetastasisCount] {
      #expect(fact.definition.countedPer == .patient)
    }
  }

  @Test("a name leads to its fact and back, and order is that of names")
  func names() {
    for definition in FactCatalogue.all {
      #expect(Fact(named: definition.name) == definition.fact)
      #expect(definition.fact.definition == definition)
    }
    let shuffled = FactCatalogue.all.map(\.fact).sorted()
    #expect(shuffled.map(\.name) == FactCatalogue.all.map(\.name).sorted())
    #expect(
      Fact(named: "clearance(Nothing)") == nil && Fact(named: "caseName") == nil && Fact(named: "") == nil)
    #expect(Fact.zoneClearance(.heart, .microwave).name == "zoneClearance(microwave:Heart)")
    #expect(Fact.planned(.zoneMargin, .cryoablation).name == "zoneMargin(cryoablation)")
  }

  @Test(
    "no two facts of one scope share a key with its unit, but for one that is said to be another's spelling")
  func keys() {
    for scope in [FactScope.patient, .lesion] {
      var owners: [String: Set<String>] = [:]
      for definition in FactCatalogue.all where definition.scope == scope {
        for name in definition.spellings {
          for unit in definition.unitSpellings {
            owners[name + plainKey(unit.ending), default: []].insert(definition.name)
          }
        }
      }
      #expect(owners.filter { $0.value.count > 1 }.isEmpty, "\(owners.filter { $0.value.count > 1 })")
    }
  }

  @Test("usual values lie in their domains; domains are not empty")
  func domains() {
    for definition in FactCatalogue.all {
      switch (definition.kind, definition.usual) {
      case (.number(_, let domain), let usual):
        #expect(domain.lowerBound < domain.upperBound, "\(definition.name)")
        if let usual {
          guard case .number(let x) = usual, domain.contains(x) else {
            Issue.record("\(definition.name)")
            continue
          }
        }
      case (.word(let words), let usual):
        #expect(Set(words).count == words.count && words.count > 1, "\(definition.name)")
        if let usual {
          guard case .word(let word) = usual, words.contains(word) else {
            Issue.record("\(definition.name)")
            continue
          }
        }
      }
      #expect(!definition.meaning.isEmpty && !definition.title.isEmpty)
    }
  }

  @Test("words of files: exact, another's spelling, absence and presence, none")
  func words() {
    #expect(Fact.pacemaker.definition.word(for: "Yes") == "present")
    #expect(Fact.pacemaker.definition.word(for: "none") == "absent")
    #expect(Fact.singleLung.definition.word(for: "TRUE") == "yes")
    #expect(Fact.priorTherapyHere.definition.word(for: "RFA") == "ablation")
    #expect(Fact.priorTherapyHere.definition.word(for: "interferon") == nil)
    #expect(Fact.histology.definition.word(for: "leiomyosarcoma") == Histology.leiomyosarcoma.rawValue)
    #expect(Fact.germline.definition.word(for: "tp53") == "TP53")
    #expect(Fact.inr.definition.word(for: "yes") == nil)
  }

  @Test("titles and keys are built from the definition")
  func titles() {
    #expect(Fact.inr.title == "INR" && Fact.longestAxialDiameter.title == "longest axial diameter")
    #expect(Fact.clearance(.chestWall).title == "distance to chest wall")
    #expect(Fact.longestAxialDiameter.definition.key == "longest_axial_diameter_mm")
    #expect(Fact.vo2PeakPercent.definition.key == "vo2_peak_percent_predicted")
    #expect(Fact.clearance(.chestWall).definition.key == "distance_to_ChestWall_mm")
    #expect(Fact.creatinine.definition.unitSpellings.contains { $0.ending == "_umol_l" })
    #expect(!Fact.albumin.definition.unitSpellings.contains { $0.ending == "_umol_l" })
  }
}
