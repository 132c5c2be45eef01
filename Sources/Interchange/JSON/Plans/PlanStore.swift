// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
public import Planning

/// What a plan says as facts, as its file tells them.
struct PlannedFactsEntry: Codable {
  var patient: [String: ValueEntry]
  var lesions: [String: [String: ValueEntry]]

  struct ValueEntry: Codable {
    var number: Double?
    var low: Double?
    var high: Double?
    var word: String?
    var unit: String?
    var origin: String
    var source: String
  }

  init(_ facts: PlannedFactTables) {
    patient = Self.entries(facts.patient)
    lesions = facts.lesions.mapValues(Self.entries)
  }

  private static func entries(_ table: FactTable) -> [String: ValueEntry] {
    var entries: [String: ValueEntry] = [:]
    for fact in table.recorded {
      let value = table[fact]
      let unit = fact.definition.unit
      var entry = ValueEntry(
        unit: unit.isEmpty ? nil : unit, origin: value.origin.rawValue, source: value.source)
      switch value.knowledge {
      case .known(.number(let x)): entry.number = x
      case .known(.word(let word)): entry.word = word
      case .between(let low, let high): (entry.low, entry.high) = (low, high)
      case .unknown, .notApplicable: break
      }
      entries[fact.name] = entry
    }
    return entries
  }

  func tables(file: String) throws(InputError) -> PlannedFactTables {
    var tables: [String: FactTable] = [:]
    for (id, entries) in lesions { tables[id] = try Self.table(entries, file) }
    return PlannedFactTables(patient: try Self.table(patient, file), lesions: tables)
  }

  private static func table(_ entries: [String: ValueEntry], _ file: String) throws(InputError) -> FactTable {
    var table = FactTable()
    for (name, entry) in entries {
      guard let fact = Fact(named: name), let origin = FactValue.Origin(rawValue: entry.origin) else {
        throw InputError(file: file, place: name, "is no fact this version knows", advice: "plan again")
      }
      let numbers = [entry.number, entry.low, entry.high].compactMap(\.self)
      switch fact.definition.kind {
      case .number(let unit, let domain):
        guard entry.word == nil, entry.unit == unit.rawValue, numbers.allSatisfy(domain.contains) else {
          throw InputError(file: file, place: name, "holds no plausible value", advice: "plan again")
        }
      case .word(let words):
        guard numbers.isEmpty, entry.word.map(words.contains) ?? true else {
          throw InputError(file: file, place: name, "holds no value of this fact", advice: "plan again")
        }
      }
      let knowledge: FactValue.Knowledge
      if let word = entry.word {
        knowledge = .known(.word(word))
      } else if let number = entry.number {
        knowledge = .known(.number(number))
      } else if let low = entry.low, let high = entry.high, low <= high {
        knowledge = .between(low, high)
      } else {
        knowledge = .unknown
      }
      table[fact] = FactValue(knowledge, origin: origin, source: entry.source)
    }
    return table
  }
}

/// Plans on disk.
public enum PlanStore {
  private struct Probe: Decodable {
    let schema: String?
    let provenance: Provenance?
    let facts: PlannedFactsEntry?

    struct Provenance: Decodable {
      let caseSHA256: String?
      let careProtocol: ProtocolEntry?
      let options: [String: [String]]?
      let devices: CaseDocument.Provenance.Input?
      private enum CodingKeys: String, CodingKey {
        case caseSHA256, options, devices
        case careProtocol = "protocol"
      }
      struct ProtocolEntry: Decodable { let sha256: String? }
    }
  }

  /// A plan's file as it was read.
  public struct Stored: Sendable {
    /// What it says as facts.
    public let facts: PlannedFactTables
    /// The file, its hash, and the user's devices it was made with.
    public let source: PlanSource
    /// The options it was made with, by name; `nil` for a plan of a version that did not keep them.
    public let options: [String: [String]]?
  }

  /// A plan that was made of this case by this protocol.
  ///
  /// - Parameters:
  ///   - path: the plan's file.
  ///   - caseHash: the case's SHA-256.
  ///   - protocolHash: the protocol's.
  /// - Throws: `InputError` for a file that is no plan, or one of another case or protocol.
  public static func read(
    _ path: String, caseHash: String, protocolHash: String
  ) throws(InputError) -> Stored {
    let data = try FileAccess.read(path)
    let probe = try? JSONDecoder().decode(Probe.self, from: data)
    guard let probe, probe.schema == PlanEnvelope.schemaName,
      let facts = probe.facts
    else {
      throw InputError(
        file: path, "is no plan (\(PlanEnvelope.schemaName))",
        advice: probe?.schema == "oligoplan.plan/1"
          ? "it was made by an older version; plan anew"
          : "make one with oligoplan plan CASE --modality sbrt -o PLAN.json")
    }
    guard probe.provenance?.caseSHA256 == caseHash else {
      throw InputError(
        file: path, place: "provenance", "was made of another case, or the case was changed since",
        advice: "plan this case again")
    }
    guard probe.provenance?.careProtocol?.sha256 == protocolHash else {
      throw InputError(
        file: path, place: "provenance", "was made by another protocol",
        advice: "plan again by the protocol you assess with")
    }
    let own = probe.provenance?.devices.map {
      CaseInput(name: VisibleText.escaped($0.name), sha256: VisibleText.escaped($0.sha256))
    }
    return Stored(
      facts: try facts.tables(file: path),
      source: PlanSource(
        name: FileAccess.name(of: path), sha256: FileAccess.sha256(data), devices: own),
      options: probe.provenance?.options)
  }
}
