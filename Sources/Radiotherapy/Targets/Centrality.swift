// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
public import Facts
public import Reasons
internal import Vocabulary

/// How central a lung lesion lies, by the three definitions in use, and whether its target touches the centre.
///
/// Distances run from the lesion, overlaps from its planning target. A definition whose structures are not all
/// contoured is answered only where those that are suffice.
public struct Centrality: Sendable, Hashable {
  /// What a definition says.
  public enum Answer: Sendable, Hashable {
    /// A word of the definition.
    case known(String)
    /// Which structures are missing to say it.
    case cannotClassify(missing: [String])

    /// The word, or that it cannot be said.
    public var text: String {
      switch self {
      case .known(let word): word
      case .cannotClassify(let missing): "cannot classify: not contoured: " + missing.joined(separator: ", ")
      }
    }
  }

  /// RTOG 0813: within 2 cm of the proximal bronchial tree, or the target touching mediastinal or pericardial pleura.
  public let rtog: Answer
  /// IASLC: within 2 cm of any critical structure of the mediastinum.
  public let iaslc: Answer
  /// HILUS: within 1 cm of the proximal bronchial tree; group A of trachea or main bronchi.
  public let hilus: Answer
  /// Whether the target overlaps airway, oesophagus, great vessels or heart.
  public let ultracentral: Answer
  /// What was taken for granted.
  public let remarks: [Reason]

  /// Of a lesion without a body, by stated distances alone.
  ///
  /// A target holds its lesion and reaches no farther than its margins: stated distances tell contact where the lesion
  /// itself touches, and none beyond that reach.
  ///
  /// - Parameter reach: how far a target reaches beyond its lesion at most, in millimetres.
  init(stated setting: LesionContext, reach: Double) {
    self.init(setting) { role in
      guard let stated = setting.clearance(role) else { return nil }
      if stated.high <= 0 { return 0 }
      return stated.low > reach ? stated.low - reach : nil
    }
  }

  /// - Parameters:
  ///   - setting: the lesion's distances.
  ///   - touches: the least distance of the planning target to structures of a role, in millimetres; `nil` where
  ///     none is contoured.
  init(_ setting: LesionContext, touches: (StructureRole) -> Double?) {
    var remarks: [Reason] = []
    let tree = setting.clearance(.bronchialTree)
    // The mediastinal pleura is never contoured: the organs it covers stand for it.
    let lining: [StructureRole] = [.heart, .greatVessels, .oesophagus, .trachea]
    let contacts = lining.map { ($0, touches($0)) }
    let touching = contacts.filter { ($0.1 ?? .infinity) <= 0 }.map(\.0)
    if let tree, tree.high <= 20 {
      rtog = .known("central")
    } else if !touching.isEmpty {
      rtog = .known("central")
      remarks.append(Reason(.radiotherapy(.touchesCentre), names: touching.map(\.title)))
    } else if let tree, tree.low > 20 {
      let unseen = contacts.filter { $0.1 == nil && $0.0 != .trachea }.map(\.0.title)
      rtog = unseen.isEmpty ? .known("peripheral") : .cannotClassify(missing: unseen)
    } else {
      rtog = .cannotClassify(missing: ["proximal bronchial tree"])
    }
    let critical: [StructureRole] = [
      .bronchialTree, .oesophagus, .heart, .greatVessels, .spinalCord, .brachialPlexus, .phrenicNerve,
    ]
    let distances = critical.map { ($0, setting.clearance($0)) }
    if distances.contains(where: { ($0.1?.high ?? .infinity) <= 20 }) {
      iaslc = .known("central")
    } else {
      // Nerves are hardly ever contoured; what they add is told, and does not stop the classification.
      let needed: [StructureRole] = [.bronchialTree, .oesophagus, .heart, .greatVessels, .spinalCord]
      let missing = distances.filter { needed.contains($0.0) && ($0.1?.low ?? 0) <= 20 }.map(\.0.title)
      iaslc = missing.isEmpty ? .known("peripheral") : .cannotClassify(missing: missing)
      let nerves = distances.filter { !needed.contains($0.0) && $0.1 == nil }.map(\.0.title)
      if missing.isEmpty {
        remarks.append(
          Reason(.radiotherapy(.zoneWithoutStructures), names: nerves + ["recurrent laryngeal nerve"]))
      }
    }
    let trachea = touches(.trachea)
    if let tree, tree.low > 10 {
      hilus = .known("none")
    } else if let tree, tree.high <= 10 {
      hilus = .known("groupA")
      if (setting.clearance(.trachea)?.high ?? .infinity) > 10 {
        remarks.append(Reason(.radiotherapy(.mainBronchiNotApart)))
      }
    } else {
      hilus = .cannotClassify(missing: ["proximal bronchial tree"])
    }
    let centre: [StructureRole] = [.bronchialTree, .oesophagus, .greatVessels, .heart]
    if centre.contains(where: { (touches($0) ?? .infinity) <= 0 }) || (trachea ?? .infinity) <= 0 {
      ultracentral = .known("yes")
    } else {
      let missing = centre.filter { touches($0) == nil }.map(\.title)
      ultracentral = missing.isEmpty ? .known("no") : .cannotClassify(missing: missing)
    }
    self.remarks = remarks
  }

  /// The answers as facts; what cannot be classified is unknown, with the reason.
  public var facts: [Fact: FactValue] {
    func value(_ answer: Answer) -> FactValue {
      switch answer {
      case .known(let word):
        .word(word, .derived, "distances of the lesion and overlap of its planning target")
      case .cannotClassify: .unknown(answer.text)
      }
    }
    return [
      .centralityRTOG: value(rtog), .centralityIASLC: value(iaslc), .centralityHILUS: value(hilus),
      .ultracentral: value(ultracentral),
    ]
  }

  /// Whether any definition calls it central: then the fall-off of central targets holds.
  var isCentral: Bool { [rtog, iaslc].contains(.known("central")) || ultracentral == .known("yes") }
}
