// SPDX-License-Identifier: Apache-2.0
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

  /// The site a clinic's word means in any language of the vocabulary, or `nil`; case, diacritics, spaces and
  /// underscores do not matter.
  public init?(word: String) {
    guard let site = SiteWords.table[SiteWords.key(word)] else { return nil }
    self = site
  }
}

/// The side of the body.
public enum Side: String, Sendable, Hashable, CaseIterable {
  case left, right, midline

  /// The side a clinic's word or letter means, or `nil`.
  ///
  /// A word for a side needs no name beside it to be read in its language; of single letters only those that
  /// mean one side wherever they mean one and nothing else count (L, R, D, G, M).
  public init?(word: String) {
    let key = SiteWords.key(word)
    if let side = SideWords.anywhere(key) ?? SideWords.alone[key] {
      self = side
    } else if SiteWords.midline.contains(key) {
      self = .midline
    } else {
      return nil
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
  /// "upper" alone needs the side, in every language; the lingula is left upper. "UL" means the upper lobe in
  /// English and the lower in German, and so none.
  public init?(word: String, side: Side?) {
    let words = NameWords.folded(word)
    if let lobe = Lobe(english: words.joined(), side: side) {
      self = lobe
      return
    }
    let short = words.joined().uppercased()
    if let lobe = LobeWords.abbreviations[short] {
      self = lobe
    } else if short == "OL" || short == "ML", let height = LobeWords.germanAbbreviations[short] {
      guard let lobe = Lobe(height, side) else { return nil }
      self = lobe
    } else {
      // A column for lobes needs no word for one: "inférieur droit".
      guard let reading = LobeWords.reading(words) ?? LobeWords.reading(words, needsNoun: false),
        let lobe = Lobe(reading.height, reading.side ?? side)
      else { return nil }
      self = lobe
    }
  }

  /// The lobe an English word means, all in small letters.
  init?(english word: String, side: Side?) {
    switch word.filter(\.isLetter) {
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
