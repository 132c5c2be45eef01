// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// What the codes of a segment say it is.
struct SegmentMeaning {
  /// Whether it is a growth, by its property type.
  var isGrowth: Bool
  /// The vocabulary's structure for its property type; `nil` for a growth and for what the vocabulary does not know.
  var structure: StructureName?
  /// The codes in words, for messages.
  var words: String
  /// Where it lies, by its anatomic region.
  var site: Site?
  var side: Side?
  var lobe: Lobe?

  /// What codes say.
  ///
  /// - Parameters:
  ///   - type: the property type: an organ, or a growth.
  ///   - modifiers: of the type, as its side.
  ///   - region: where a growth lies; `nil` where it is not said.
  ///   - regionModifiers: of the region, as its side.
  init(
    type: CodedConcept, modifiers: [CodedConcept], region: CodedConcept?, regionModifiers: [CodedConcept]
  ) {
    let organ = Terminology.name(of: type, modifiers)
    isGrowth =
      type.isOne(of: Terminology.growths)
      || RegionOfInterestKind(name: type.meaning, interpretedType: "") == .lesion
    words = ([type] + modifiers).map(\.meaning).joined(separator: ", ")
    if !isGrowth {
      let name = StructureName(recognizing: organ)
      structure = name.role == .other && !name.isRecognized ? nil : name
    }
    guard isGrowth, let region else { return }
    words += " of " + ([region] + regionModifiers).map(\.meaning).joined(separator: ", ")
    let place = Self.place(region, regionModifiers)
    (site, side, lobe) = (place.site, place.side, place.lobe)
  }

  /// A site, side and lobe from the code of a region; each `nil` where it says none.
  static func place(
    _ region: CodedConcept, _ modifiers: [CodedConcept]
  ) -> (site: Site?, side: Side?, lobe: Lobe?) {
    let name = Terminology.name(of: region, modifiers)
    let structure = StructureName(recognizing: name)
    let side = structure.side ?? Terminology.side(modifiers)
    let lobe = structure.lobe ?? Lobe(word: name, side: side)
    let site: Site? =
      if lobe != nil {
        .lung
      } else {
        switch structure.role {
        case .lung, .lobe: .lung
        case .liver: .liver
        case .kidney: .kidney
        case .adrenal: .adrenal
        case .bone, .rib: .bone
        case .chestWall: .chestWall
        case .pleura: .pleura
        case .skin: .skin
        default: Site(word: Terminology.name(of: region, []))
        }
      }
    return (site, side ?? lobe?.side, lobe)
  }
}
