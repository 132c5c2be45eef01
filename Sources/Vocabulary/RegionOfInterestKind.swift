// SPDX-License-Identifier: Apache-2.0
/// What a structure set's region of interest is taken for.
public enum RegionOfInterestKind: String, Sendable, Hashable {
  case lesion, target, structure

  /// The kind of an ROI, from its interpreted type (DICOM 3006,00A4) and its name in any language of the
  /// vocabulary.
  ///
  /// A GTV is a lesion, and so is a name that says so as a whole word between separators (GTV, IGTV, lesion,
  /// metastasis, tumour, nodule, "Lungenmetastase"), unless another word takes it back (bed, block, boost,
  /// ring, avoid, scar), the word before denies it ("no GTV", "pas de GTV") or it is an organ less a target
  /// (Lungs-GTV). CTV, ITV and PTV are targets of the GTV they contain, never lesions of their own.
  public init(name: String, interpretedType: String) {
    let words = NameWords.folded(name)
    let type = interpretedType.uppercased()
    let lesions = words.indices.filter { LesionWords.lesions.contains(words[$0]) && !Self.isNode(words, $0) }
    let targets = words.indices.filter { LesionWords.targets.contains(words[$0]) }
    let meant = (lesions + targets).filter { !Self.isDenied(words, $0) }
    if StructureName.withoutSubtraction(name) != nil {
      self = .structure
    } else if words.contains(where: LesionWords.exceptions.contains) {
      self = .structure
    } else if meant.isEmpty, !(lesions + targets).isEmpty {
      self = .structure
    } else if meant.contains(where: targets.contains) || Self.holdsTargetPhrase(words) {
      self = .target
    } else if !meant.isEmpty || type == "GTV" {
      self = .lesion
    } else if ["CTV", "ITV", "PTV"].contains(type) {
      self = .target
    } else {
      self = .structure
    }
  }

  /// Whether a word is only "Knoten" or "nodule" of "lymph node".
  private static func isNode(_ words: [String], _ index: Int) -> Bool {
    let isNodule = ["knoten", "nodule", "nodules", "nodulo", "nodulos", "noduli"].contains(words[index])
    return isNodule
      && words.contains { ["lymph", "lymphatic", "lymphatique", "linfatico", "linfaticos"].contains($0) }
  }

  private static func isDenied(_ words: [String], _ index: Int) -> Bool {
    guard let before = words[..<index].lastIndex(where: { !NameWords.fillers.contains($0) }) else {
      return false
    }
    // "Sin" first is Spanish for without; after an organ it may be Italian for left.
    return LesionWords.negations.contains(words[before]) || (words[before] == "sin" && before == 0)
  }

  private static func holdsTargetPhrase(_ words: [String]) -> Bool {
    LesionWords.targetPhrases.contains { phrase in
      words.indices.dropLast(phrase.count - 1).contains { Array(words[$0..<$0 + phrase.count]) == phrase }
    }
  }
}
