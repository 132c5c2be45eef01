// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Evidence
public import Foundation
internal import Planning
internal import Vocabulary

/// The JSON Schemas of the files this program writes, and of the protocols it reads.
///
/// Each is made from the types that write the file, so that none can fall behind; `Documentation/schemas` holds them, and
/// what the tests write is validated against them.
public enum DocumentSchema: String, Sendable, CaseIterable {
  case assessment
  case patientCase = "case"
  case dvh, error, measurements, plan
  case careProtocol = "protocol"
  case record, triage, worklist

  /// JSON Schema, draft 2020-12.
  ///
  /// - Throws: never, but for a mistake in the types.
  public func json() throws -> Data {
    switch self {
    case .assessment: try document(AssessmentDocument.self, AssessmentDocument.schemaName)
    case .patientCase: try document(CaseDocument.self, CaseDocument.schemaName)
    case .dvh: try document(DoseDocument.self, DoseDocument.schemaName)
    case .error: try document(ErrorDocument.self, ErrorDocument.schemaName)
    case .measurements: try document(MeasurementsDocument.self, MeasurementsDocument.schemaName)
    case .plan: try plan()
    case .record: try document(AssessmentRecord.self, AssessmentRecord.schemaName)
    case .triage: try document(TriageLine.self, TriageLine.schemaName)
    case .worklist: try document(WorklistLine.self, WorklistLine.schemaName)
    case .careProtocol: try ProtocolSchema.json()
    }
  }

  private func document<T: Decodable>(_ type: T.Type, _ schema: String) throws -> Data {
    let recorder = SchemaRecorder()
    let node = SchemaRecorder.Node()
    _ = try T(from: SchemaDecoder(recorder: recorder, node: node))
    return try write(Self.closed(node.json, ["schema": schema]), recorder, schema)
  }

  /// One form for each kind of plan.
  private func plan() throws -> Data {
    let recorder = SchemaRecorder()
    func form<Part: Codable>(_ kind: TherapyPlan.Kind, _ part: Part.Type) throws -> [String: Any] {
      let node = SchemaRecorder.Node()
      _ = try PlanDocument<Part>(from: SchemaDecoder(recorder: recorder, node: node))
      return Self.closed(node.json, ["schema": PlanEnvelope.schemaName, "kind": kind.rawValue])
    }
    let forms = try TherapyPlan.Kind.allCases.map { kind in
      switch kind {
      case .sbrt: try form(kind, SBRTPlanPart.self)
      case .ablation: try form(kind, AblationPlanPart.self)
      case .resection: try form(kind, ResectionPlanPart.self)
      case .patient: try form(kind, PatientPlanPart.self)
      }
    }
    return try write(["oneOf": forms], recorder, PlanEnvelope.schemaName)
  }

  private func write(_ schema: [String: Any], _ recorder: SchemaRecorder, _ title: String) throws -> Data {
    var whole = schema
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    whole["title"] = title
    whole["$defs"] = recorder.definitions.mapValues { Self.closed($0, [:]) }
    var data = try JSONSerialization.data(
      withJSONObject: whole, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    data.append(UInt8(ascii: "\n"))
    return data
  }

  /// An object whose words come from closed lists, and whose numbers say their unit.
  ///
  /// - Parameter constants: what some keys always hold.
  private static func closed(_ object: [String: Any], _ constants: [String: String]) -> [String: Any] {
    guard var properties = object["properties"] as? [String: [String: Any]] else { return object }
    for (key, property) in properties {
      if let constant = constants[key] {
        properties[key] = ["const": constant]
      } else if let words = words[key], property["type"] as? String == "string" {
        properties[key] = ["enum": words]
      } else if let unit = units.first(where: { key.hasSuffix($0.key) })?.value {
        properties[key] = property.merging(["description": unit]) { $1 }
      }
    }
    var closed = object
    closed["properties"] = properties
    return closed
  }

  /// Keys that hold words of a closed list, whatever object they stand in.
  private static let words: [String: [String]] = [
    "verdict": Verdict.allCases.map(\.word), "grade": Grade.allCases.map(\.word) + ["unknown"],
    "concern": Concern.allCases.map(\.rawValue), "side": Side.allCases.map(\.rawValue) + ["both"],
    "site": Site.allCases.map(\.rawValue), "mark": Mark.allCases.map(\.rawValue),
  ]

  /// What the endings of keys mean.
  private static let units = [
    "MM": "millimetres", "CC": "cubic centimetres", "Gy": "gray", "Percent": "per cent", "Degrees": "degrees",
  ]
}

extension AssessmentDocument.ValueEntry: SchemaDescribed {
  static var schema: [String: Any] { ["type": ["number", "string"]] }
  static var example: Self { .number(0) }
}
