// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Planning
internal import Vocabulary

// What repeats rules and what extends a protocol, as JSON Schema.
extension ProtocolSchema {
  /// A value, or a placeholder that stands for it while the rule is a template.
  static func orPlaceholder(_ schema: [String: Any]) -> [String: Any] {
    [
      "anyOf": [
        schema,
        ["type": "string", "pattern": "^\\{[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*)?\\}$"],
      ]
    ]
  }

  /// A plain rule, a rule made for several values, or a group of rules.
  ///
  /// - Parameter rule: the keys of a plain rule.
  static func ruleOrGroup(_ rule: [String: Any]) -> [String: Any] {
    var keys = rule
    keys["forEach"] = ["$ref": "#/$defs/forEach"]
    keys["limit"] = [
      "description": "the distance {limit} stands for, in mm, or {of: ID} of a zone limit",
      "anyOf": [
        ["type": "number"],
        [
          "type": "object", "required": ["of"], "additionalProperties": false,
          "properties": ["of": text("the id of one of ablation: zoneLimits")],
        ],
      ],
    ]
    var changes = rule
    changes["id"] = nil
    changes["limit"] = keys["limit"]
    changes["for"] = [
      "type": "object", "minProperties": 1, "description": "the values it is for, by variable",
      "additionalProperties": ["type": ["string", "array"]],
    ]
    let bands: [String: Any] = [
      "type": ["object", "array"],
      "description": "keys that change by the band's position from 1, or a list in place of all",
    ]
    changes["bands"] = bands
    changes["cases"] = bands
    keys["overrides"] = [
      "type": "array", "minItems": 1, "description": "what differs for some values of forEach",
      "items": [
        "type": "object", "required": ["for"], "additionalProperties": false, "properties": changes,
      ],
    ]
    var shared = rule
    shared["id"] = nil
    shared["forEach"] = keys["forEach"]
    shared["rules"] = ["$ref": "#/$defs/rules"]
    return [
      "anyOf": [
        ["type": "object", "required": ["id"], "additionalProperties": false, "properties": keys],
        [
          "type": "object", "required": ["rules"], "additionalProperties": false, "properties": shared,
          "description": "rules made as a whole for each value; keys beside them hold for each of them",
        ],
      ]
    ]
  }

  /// The variables of a template.
  static var forEach: [String: Any] {
    [
      "type": "object", "minProperties": 1,
      "description":
        "variables with their values; {name} stands for the value, {name.word} for a word it brings; at most \(RuleTemplates.mostCombinations) combinations",
      "additionalProperties": [
        "anyOf": [
          ["type": "array", "minItems": 1, "uniqueItems": true],
          ["type": "object", "minProperties": 1, "additionalProperties": ["type": "object"]],
        ]
      ],
    ]
  }

  /// A site's protocol that extends the shipped one.
  ///
  /// - Parameter needs: one entry on which facts matter.
  /// Orders of worklists: in a protocol that extends another, those of some services alone.
  static var worklists: [String: Any] {
    let step: [String: Any] = [
      "type": "object", "required": ["by"], "additionalProperties": false,
      "properties": [
        "by": ["enum": WorklistCriterion.allCases.map(\.rawValue)],
        "upTo": [
          "type": "array", "items": ["type": "number"],
          "description": "ends of bands whose figures count as equal, ascending",
        ] as [String: Any], "first": ["enum": ["least", "greatest"]],
      ] as [String: Any],
    ]
    let order: [String: Any] = [
      "type": "object", "required": ["order", "sources"], "additionalProperties": false,
      "properties": [
        "order": ["type": "array", "minItems": 1, "items": step],
        "sources": words("keys of the bibliography"),
      ] as [String: Any],
    ]
    var properties: [String: Any] = [
      "unlisted": [
        "type": "object", "required": ["advice", "sources"], "additionalProperties": false,
        "description": "patients with this advice are on no list",
        "properties": [
          "advice": ["type": "array", "items": ["enum": Advice.allCases.map(\.rawValue)]],
          "sources": words("keys of the bibliography"),
        ] as [String: Any],
      ] as [String: Any]
    ]
    for service in HospitalService.allCases { properties[service.rawValue] = order }
    return ["type": "object", "additionalProperties": false, "properties": properties]
  }

  static func extending(_ needs: [String: Any]) -> [String: Any] {
    let patch: [String: Any] = [
      "type": "object", "required": ["sources"],
      "description":
        "the keys that change, each as {was: …, to: …}; sentences as they are to be; bands by their position from 1",
      "properties": [
        "rule": text("the id of the rule that changes"),
        "limit": text("the id of the zone limit that changes; rules that take it follow"),
        "entry": ["type": "array", "description": "keys and ids that lead to any other entry with sources"],
        "edge": [
          "type": "object", "required": ["was", "to"], "additionalProperties": false,
          "description": "a threshold of the rule that moves, in both bands that end there",
          "properties": ["was": number("where it is"), "to": number("where it will be")],
        ],
        "sources": words("what the change rests on; takes the place of what rests there"),
      ] as [String: Any],
    ]
    return [
      "type": "object", "required": ["schema", "id", "version", "title", "extends"],
      "additionalProperties": false,
      "properties": [
        "schema": ["const": CareProtocolReader.schema], "id": text("the protocol's id"),
        "version": text("its version"), "title": text("its title"),
        "extends": text("the id of the shipped protocol"),
        "sources": ["$ref": "#/$defs/sources"], "rules": ["$ref": "#/$defs/rules"],
        "available": available, "needs": ["type": "array", "items": needs],
        "patches": ["type": "array", "items": patch], "worklists": worklists,
      ] as [String: Any],
    ]
  }
}
