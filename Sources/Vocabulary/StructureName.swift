// SPDX-License-Identifier: Apache-2.0
/// A structure's name as AAPM TG-263 writes it, with what the structure is to therapy.
public struct StructureName: Sendable, Hashable {
  /// The TG-263 name (`Lung_L`, `Heart`, `SpinalCord`); the source's own name where TG-263 has none.
  public let tg263: String
  /// What the structure is to therapy.
  public let role: StructureRole
  /// The side, where the name says it.
  public let side: Side?
  /// The lobe, for lobes of the lung.
  public let lobe: Lobe?

  /// A name with its meaning.
  public init(tg263: String, role: StructureRole, side: Side? = nil, lobe: Lobe? = nil) {
    self.tg263 = tg263
    self.role = role
    self.side = side
    self.lobe = lobe
  }

  /// The structure a clinic's, TG-263's or TotalSegmentator's name means, in English, French, German, Dutch,
  /// Spanish, Italian, Portuguese or Latin.
  ///
  /// Case, separators, diacritics and the place of the side do not matter ("Lt Lung", `lung_left`, `Lung_L`,
  /// "Poumon G"). Letters for sides are read in the languages of the name they stand beside (D is right
  /// beside "poumon" and nothing beside "lung"); where these disagree the side stays unknown. Words for scan,
  /// phase, plan or copy after the name are left out ("Stomach_planCT"). A name outside the vocabulary keeps
  /// itself with role `.other`; nothing is guessed from a part of a word.
  public init(recognizing source: String) {
    self =
      Self.recognized(source)
      ?? StructureName(tg263: source, role: .other, side: Self.plainSide(StructureName.words(of: source)))
  }

  /// Whether the vocabulary knows the name, if only as a structure no rule asks for; false for names kept as
  /// they are.
  ///
  /// Lesions, targets, what is drawn around them (rings, beds) and planning risk volumes of known organs are
  /// known. Read from the name itself, so that it holds for names read back from a file.
  public var isRecognized: Bool {
    role != .other || Self.recognized(tg263) != nil || Self.isRiskVolume(tg263)
      || RegionOfInterestKind(name: tg263, interpretedType: "") != .structure
      || LesionWords.isAroundALesion(NameWords.folded(tg263))
  }

  /// Whether a source's name is one of the whole airway trees of TotalSegmentator, which hold bronchi far
  /// beyond the proximal tree: distances to them may come out too short.
  public static func isWholeAirwayTree(_ source: String) -> Bool {
    NameQualifiers.candidates(NameWords.folded(source)).contains {
      ["lungtracheabronchia", "lungairways", "lungairwayswall"].contains(NameWords.key($0))
    }
  }

  /// The words of a name, in lower case, split at separators and between letters and capitals or digits.
  public static func words(of name: String) -> [String] { words(of: name, keeping: nil) }

  /// The words of a name, one separator kept as a word of its own.
  static func words(of name: String, keeping sign: Character?) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    for character in name {
      let breaks =
        (character.isUppercase && previous.isLowercase) || (character.isNumber && previous.isLetter)
      if !character.isLetter && !character.isNumber || breaks {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character == sign { words.append(String(character)) }
      if character.isLetter || character.isNumber { word.append(contentsOf: character.lowercased()) }
      previous = character
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
