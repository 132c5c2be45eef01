/// Where a lesion lies.
///
/// Sites without rules of their own still count as metastases.
public enum Site: String, Sendable, Hashable, CaseIterable {
  case lung, liver, pleura, mediastinum, chestWall, bone, spine, brain, lymphNode, adrenal, kidney
  case softTissue, skin, peritoneum, other

  /// The word for people.
  public var title: String {
    switch self {
    case .chestWall: "chest wall"
    case .lymphNode: "lymph node"
    case .softTissue: "soft tissue"
    default: rawValue
    }
  }

  /// The site a clinic's word means, or `nil`; case, spaces and underscores do not matter.
  public init?(word: String) {
    let key = Self.key(word)
    if let exact = Site.allCases.first(where: { Self.key($0.rawValue) == key }) {
      self = exact
      return
    }
    switch key {
    case "lungs", "pulmonary", "pulmo": self = .lung
    case "hepatic", "hepar": self = .liver
    case "bones", "skeletal", "rib", "femur", "pelvis": self = .bone
    case "vertebra", "vertebral", "spinal": self = .spine
    case "cerebral", "cerebellum", "cns": self = .brain
    case "node", "nodal", "ln", "lymphnodes": self = .lymphNode
    case "adrenalgland": self = .adrenal
    case "muscle", "subcutaneous": self = .softTissue
    default: return nil
    }
  }

  private static func key(_ word: String) -> String {
    String(word.lowercased().filter { $0.isLetter })
  }
}

/// The side of the body.
public enum Side: String, Sendable, Hashable, CaseIterable {
  case left, right, midline

  /// The side a clinic's word or letter means, or `nil`.
  public init?(word: String) {
    switch word.lowercased().filter({ $0.isLetter }) {
    case "l", "lt", "left", "li", "links": self = .left
    case "r", "rt", "right", "re", "rechts": self = .right
    case "m", "midline", "middle", "central", "median": self = .midline
    default: return nil
    }
  }
}

/// A lobe of the lung.
public enum Lobe: String, Sendable, Hashable, CaseIterable {
  case rightUpper, rightMiddle, rightLower, leftUpper, leftLower

  /// The side the lobe lies on.
  public var side: Side {
    switch self {
    case .rightUpper, .rightMiddle, .rightLower: .right
    case .leftUpper, .leftLower: .left
    }
  }

  /// The abbreviation clinicians write.
  public var abbreviation: String {
    switch self {
    case .rightUpper: "RUL"
    case .rightMiddle: "RML"
    case .rightLower: "RLL"
    case .leftUpper: "LUL"
    case .leftLower: "LLL"
    }
  }

  /// The zone that respiratory motion is reckoned by: upper, middle or lower.
  public var zone: String {
    switch self {
    case .rightUpper, .leftUpper: "upper"
    case .rightMiddle: "middle"
    case .rightLower, .leftLower: "lower"
    }
  }

  /// The lobe a clinic's word means, or `nil`.
  ///
  /// "upper" alone needs the side; the lingula is left upper.
  public init?(word: String, side: Side?) {
    let key = String(word.lowercased().filter { $0.isLetter })
    switch key {
    case "rul", "rightupper", "rightupperlobe": self = .rightUpper
    case "rml", "rightmiddle", "rightmiddlelobe", "middlelobe", "middle": self = .rightMiddle
    case "rll", "rightlower", "rightlowerlobe": self = .rightLower
    case "lul", "leftupper", "leftupperlobe", "lingula": self = .leftUpper
    case "lll", "leftlower", "leftlowerlobe": self = .leftLower
    case "upper", "upperlobe":
      guard let side, side != .midline else { return nil }
      self = side == .left ? .leftUpper : .rightUpper
    case "lower", "lowerlobe":
      guard let side, side != .midline else { return nil }
      self = side == .left ? .leftLower : .rightLower
    default: return nil
    }
  }
}
