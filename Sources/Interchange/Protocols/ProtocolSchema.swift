// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Evidence
internal import Facts
public import Foundation
internal import Vocabulary

/// The JSON Schema of protocol files, made from the closed lists in the code, so it cannot fall behind them.
public enum ProtocolSchema {
  /// JSON Schema, draft 2020-12.
  public static func json() throws -> Data {
    let grades = Grade.allCases.map(\.word)
    let band: [String: Any] = [
      "type": "object", "required": ["grade", "text"], "additionalProperties": false,
      "properties": [
        "from": orPlaceholder(number("lower end, included, in the fact's unit")),
        "above": orPlaceholder(number("lower end, excluded")),
        "upTo": orPlaceholder(number("upper end, included")),
        "below": orPlaceholder(number("upper end, excluded")), "is": words("the words this case is for"),
        "grade": ["enum": grades],
        "desirability": orPlaceholder([
          "description": "0…1, or two numbers running linearly from the band's lower to its upper end",
          "oneOf": [
            ["type": "number", "minimum": 0, "maximum": 1],
            [
              "type": "array", "items": ["type": "number", "minimum": 0, "maximum": 1], "minItems": 2,
              "maxItems": 2,
            ],
          ],
        ]),
        "text": text("one sentence for people"), "sources": orPlaceholder(words("keys of the bibliography")),
        "rescuedBy": orPlaceholder([
          "type": "array", "items": ["enum": Manoeuvre.allCases.map(\.rawValue)],
        ]),
        "requires": text("board, plan or correction; for patient rules a free text"),
        "obtain": text("what to do or obtain"), "advice": ["enum": Advice.allCases.map(\.rawValue)],
        "weeks": ["type": "integer", "minimum": 1],
      ] as [String: Any],
    ]
    let guardSchema: [String: Any] = [
      "type": "object", "required": ["fact"], "additionalProperties": false,
      "properties": [
        "fact": ["$ref": "#/$defs/fact"], "is": words("values for which the rule applies"),
        "from": number("lower end"), "above": number("lower end"), "upTo": number("upper end"),
        "below": number("upper end"),
      ] as [String: Any],
    ]
    let rule: [String: Any] = [
      "id": text("unique"), "subject": ["enum": ["lesion", "patient"]],
      "sites": ["type": "array", "items": orPlaceholder(["enum": Site.allCases.map(\.rawValue)])],
      "modalities": [
        "type": "array", "items": orPlaceholder(["enum": Modality.allCases.map(\.rawValue)]),
      ],
      "fact": ["anyOf": [["$ref": "#/$defs/fact"], ["type": "string", "pattern": "\\{[A-Za-z]"]]],
      "unit": text("the fact's unit; numbers only"), "concern": ["enum": Concern.allCases.map(\.rawValue)],
      "root": text("rules with one root form a cluster"), "specificity": ["type": "integer"],
      "when": guardSchema, "whenUnknown": ["const": "worst"],
      "measurementError": number("in the fact's unit"),
      "sources": orPlaceholder(words("keys of the bibliography, for all bands")),
      "bands": ["type": "array", "items": band], "cases": ["type": "array", "items": band],
    ]
    let source: [String: Any] = [
      "type": "object", "required": ["key", "citation", "statement", "mark", "design", "unit"],
      "additionalProperties": false,
      "properties": [
        "key": text("what rules cite"), "citation": text("where to find it"),
        "statement": text("what it says, with its figures"),
        "mark": ["enum": Mark.allCases.map(\.rawValue)], "design": ["enum": Design.allCases.map(\.rawValue)],
        "endpoint": text("what was measured, and when"), "n": text("how many were counted"),
        "unit": ["enum": StudyUnit.allCases.map(\.rawValue)],
        "countedPer": [
          "enum": CountUnit.allCases.map(\.rawValue) + [SourceReader.noCount],
          "description":
            "of what it counted metastases, none where it sets no number; rules on a number ask for it",
        ] as [String: Any],
      ] as [String: Any],
    ]
    let facts = FactCatalogue.all.map { definition -> [String: Any] in
      var entry: [String: Any] = ["const": definition.name, "description": describe(definition)]
      if definition.scope == .patient { entry["x-patient-file-key"] = definition.key }
      return entry
    }
    let needs: [String: Any] = [
      "type": "object", "required": ["sites", "modalities"], "additionalProperties": false,
      "properties": [
        "sites": ["type": "array", "items": ["enum": Site.allCases.map(\.rawValue)]],
        "modalities": modalities,
        "indispensable": ["type": "array", "items": ["$ref": "#/$defs/fact"]],
        "decisive": ["type": "array", "items": ["$ref": "#/$defs/fact"], "maxItems": 6],
        "confirm": ["type": "array", "items": ["$ref": "#/$defs/fact"]],
      ] as [String: Any],
    ]
    let whole: [String: Any] = [
      "type": "object",
      "required": [
        "schema", "id", "version", "title", "weights", "scoring", "facts", "sources", "needs", "rules",
      ],
      "additionalProperties": false,
      "properties": [
        "schema": ["const": CareProtocolReader.schema], "id": text("the protocol's id"),
        "version": text("its version"), "title": text("its title"),
        "requires": ["type": "array", "items": requirement],
        "weights": weights, "weightsSources": words("keys of the bibliography"),
        "sources": ["$ref": "#/$defs/sources"], "needs": ["type": "array", "items": needs],
        "rules": ["$ref": "#/$defs/rules"], "available": available,
        "scoring": ["type": "object", "description": "how findings become a score; see protocol show"],
        "facts": [
          "type": "object", "description": "numbers by which facts follow from others; see protocol show",
        ],
        "radiotherapy": ["type": "object", "description": "see protocol show"],
        "ablation": ["type": "object", "description": "see protocol show"],
        "resection": ["type": "object", "description": "see protocol show"],
        "joint": ["type": "object", "description": "see protocol show"],
        "worklists": worklists,
      ] as [String: Any],
    ]
    let schema: [String: Any] = [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "OligoPlan care protocol",
      "anyOf": [whole, extending(needs)],
      "$defs": [
        "fact": ["oneOf": facts], "sources": ["type": "array", "items": source],
        "rules": ["type": "array", "items": ["$ref": "#/$defs/ruleOrGroup"]],
        "ruleOrGroup": ruleOrGroup(rule), "forEach": forEach,
      ],
    ]
    var data = try JSONSerialization.data(
      withJSONObject: schema, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    data.append(UInt8(ascii: "\n"))
    return data
  }

  private static var modalities: [String: Any] {
    ["type": "array", "items": ["enum": Modality.allCases.map(\.rawValue)]]
  }

  static var available: [String: Any] {
    [
      "type": "array", "items": ["enum": Modality.allCases.map(\.rawValue)], "minItems": 1,
      "description": "the therapies that the service has; without it all",
    ]
  }

  private static var requirement: [String: Any] {
    [
      "type": "object", "required": ["text", "sources"], "additionalProperties": false,
      "properties": ["text": text("what is required"), "sources": words("keys of the bibliography")],
    ]
  }

  private static var weights: [String: Any] {
    var properties: [String: Any] = [:]
    for concern in Concern.allCases { properties[concern.rawValue] = number("its weight; all sum to 1") }
    return [
      "type": "object", "required": Concern.allCases.map(\.rawValue), "additionalProperties": false,
      "properties": properties,
    ]
  }

  private static func describe(_ definition: FactDefinition) -> String {
    switch definition.kind {
    case .number(let unit, let domain):
      "\(definition.scope.rawValue): \(definition.meaning) (\(unit), \(StatementParser.plain(domain.lowerBound))…\(StatementParser.plain(domain.upperBound)))"
    case .word(let words):
      "\(definition.scope.rawValue): \(definition.meaning) (\(words.joined(separator: ", ")))"
    }
  }

  static func text(_ description: String) -> [String: Any] {
    ["type": "string", "description": description]
  }

  static func number(_ description: String) -> [String: Any] {
    ["type": "number", "description": description]
  }

  static func words(_ description: String) -> [String: Any] {
    ["type": "array", "items": ["type": "string"], "description": description]
  }
}
