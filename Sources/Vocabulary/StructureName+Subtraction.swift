// SPDX-License-Identifier: Apache-2.0
extension StructureName {
  /// What a name takes away from an organ.
  private struct Subtraction {
    let organ: String
    let target: String
  }

  /// The organ of a name that takes a target away from it ("Lungs-GTV", "Liver minus PTV", "Lunge ohne GTV"),
  /// or `nil` for other names.
  static func withoutSubtraction(_ name: String) -> String? {
    guard let found = subtraction(in: name), let organ = recognized(found.organ), organ.role != .other else {
      return nil
    }
    return found.organ
  }

  /// The organ a name with a subtraction still stands for, or `nil`.
  ///
  /// An organ less the lesion itself is as near to the lesion as the organ. Less a target with margins it is
  /// only where limits are written so (lungs, liver, kidneys): of another organ the nearest part would be
  /// missing, and its distance and dose would come out too kind.
  static func organ(of name: String) -> String? {
    guard let found = subtraction(in: name), let organ = recognized(found.organ), organ.role != .other else {
      return nil
    }
    let isLesionAlone = !["ctv", "itv", "ptv", "target"].contains(found.target)
    return isLesionAlone || [.lung, .lobe, .liver, .kidney].contains(organ.role) ? found.organ : nil
  }

  private static func subtraction(in name: String) -> Subtraction? {
    if let dash = name.lastIndex(where: dashes.contains), let first = words(of: String(name[dash...])).first,
      targets.contains(first)
    {
      return Subtraction(organ: String(name[..<dash]), target: first)
    }
    let words = NameWords.folded(name)
    for (index, word) in words.enumerated() where index > 0 {
      guard let target = NameWords.skippingFillers(words[(index + 1)...]) else { continue }
      let isTarget = targets.contains(target)
      guard isTarget || LesionWords.lesions.contains(target) else { continue }
      let organ = words[..<index].joined(separator: " ")
      // "sin" is without in Spanish and left in Italian; "sub nodule" is no subtraction.
      if signs.contains(word) || (word == "sin" && isSpanish(organ))
        || (isTarget && shortSigns.contains(word))
      {
        return Subtraction(organ: organ, target: target)
      }
    }
    return nil
  }

  private static func isSpanish(_ name: String) -> Bool {
    NameTable.entries[NameWords.key(name)]?.languages.contains(.spanish) ?? false
  }

  private static let dashes: Set<Character> = ["-", "–", "—", "−", "‐", "‑"]

  private static let targets: Set<String> = [
    "gtv", "igtv", "gtvp", "gtvn", "gtvs", "ctv", "itv", "ptv", "target",
  ]

  private static let signs: Set<String> = [
    "minus", "without", "excl", "ohne", "abzuglich", "abzueglich", "abzgl", "sans", "moins", "hors", "menos",
    "meno", "senza", "sem", "zonder",
  ]

  /// Words that take a target away and could be something else beside a lesion.
  private static let shortSigns: Set<String> = ["sub", "less", "ex", "no", "not", "min"]
}
